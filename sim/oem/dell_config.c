/*
 * Extended configuration: network function 2Eh of IANA 674.
 *
 *   01h reserve: answers a reservation, which ends the one before
 *   02h get: reservation, token, index, offset (16 bits), octets or FFh for
 *       all; answers token, index, octets, data
 *   03h set: reservation, token, index, offset, 1 with the last part, data;
 *       answers how many octets were taken
 *
 * A token begins with its length (16 bits, these five octets included), the
 * version 1 and a mask (16 bits) of the fields that mean something, in their
 * order. A set changes those, once its last part is there: all of them or
 * none. Texts have their length in front. No token here has an index.
 *
 * C5h another reservation, CCh no such token or index, a field that is only
 * read or out of its range, C9h an offset that does not follow, C4h no room.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/oem/dell.h"

#define TOKEN_VERSION 1
#define ALL_OCTETS 0xff
#define LAST_PART 0x01
#define PART_BITS 0x0f
#define ANSWER_HEAD 3u            /* token, index, octets */

/* FreeIPMI wants an answer to have no less data than a header's. */
#define PART_MAX 128u
#define PART_MIN DELL_TOKEN_HEADER

/* ---- tokens ---- */

#define READ_ONLY 0x80            /* beside a kind */

enum kind { FLAG, OCTET, WORD, LONG, TEXT, SCHEMA };

static const uint8_t ssh_fields[] = { FLAG, OCTET | READ_ONLY, OCTET | READ_ONLY, LONG, WORD };
static const uint8_t telnet_fields[] = {
    FLAG, OCTET | READ_ONLY, OCTET | READ_ONLY, LONG, WORD, FLAG,
};
static const uint8_t web_fields[] = {
    FLAG, OCTET | READ_ONLY, OCTET | READ_ONLY, LONG, WORD, WORD,
};
/* Enable, time-out; root domain, the controller's domain and name; schema;
 * smart card logon, revocation list, single sign-on; filters of three domain
 * controllers and three global catalogs; certificate validation. */
static const uint8_t directory_fields[] = {
    FLAG, LONG, TEXT, TEXT, TEXT, SCHEMA, FLAG, FLAG, FLAG, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT,
    FLAG,
};

static const struct token {
    uint8_t id;
    const uint8_t *fields;
    uint8_t count;
    size_t at;                    /* in struct dell; of the directory a pointer */
    size_t max;                   /* octets */
} tokens[] = {
    { 0x07, directory_fields, sizeof directory_fields, offsetof(struct dell, directory),
      DELL_DIRECTORY },
    { 0x0a, ssh_fields, sizeof ssh_fields, offsetof(struct dell, ssh), DELL_SSH },
    { 0x0b, telnet_fields, sizeof telnet_fields, offsetof(struct dell, telnet), DELL_TELNET },
    { 0x0c, web_fields, sizeof web_fields, offsetof(struct dell, web), DELL_WEB },
};

static const struct token *
token_of(uint8_t id)
{
    for (size_t i = 0; i < sizeof tokens / sizeof tokens[0]; i++)
        if (tokens[i].id == id)
            return &tokens[i];
    return NULL;
}

/* ---- defaults ---- */

#define PORT_SSH 22
#define PORT_TELNET 23
#define PORT_HTTP 80
#define PORT_HTTPS 443
#define WEB_HTTPS_AT 9u
#define SCHEMA_EXTENDED 1
#define SCHEMA_STANDARD 2

/* Disabled, time-out, no names. */
static const uint8_t directory_default[DELL_DIRECTORY] = { [1] = 120, [8] = SCHEMA_STANDARD };

void
dell_config_defaults(struct dell *d)
{
    struct wr ssh = wr_of(d->ssh, sizeof d->ssh);
    struct wr telnet = wr_of(d->telnet, sizeof d->telnet);
    struct wr web = wr_of(d->web, sizeof d->web);

    wr_u8(&ssh, 1);
    wr_le16(&ssh, 4);             /* connections at most, and now */
    wr_le32(&ssh, 1800);
    wr_le16(&ssh, PORT_SSH);
    wr_u8(&telnet, 0);
    wr_le16(&telnet, 4);
    wr_le32(&telnet, 1800);
    wr_le16(&telnet, PORT_TELNET);
    wr_u8(&telnet, 1);
    wr_u8(&web, 1);
    wr_le16(&web, 4);
    wr_le32(&web, 1800);
    wr_le16(&web, PORT_HTTP);
    wr_le16(&web, PORT_HTTPS);
    free(d->directory);
    d->directory = NULL;
}

bool
dell_web_enabled(const struct dell *d)
{
    return d->web[0];
}

void
dell_web_enable(struct dell *d, bool on)
{
    d->web[0] = on;
}

uint16_t
dell_https_port(const struct dell *d)
{
    return (uint16_t)(d->web[WEB_HTTPS_AT] | d->web[WEB_HTTPS_AT + 1] << 8);
}

/* ---- values ---- */

static bool
is_directory(const struct token *token)
{
    return token->fields == directory_fields;
}

static const uint8_t *
value_of(const struct dell *d, const struct token *token)
{
    if (is_directory(token))
        return d->directory != NULL ? d->directory : directory_default;
    return (const uint8_t *)d + token->at;
}

/* The same to be written; NULL: no memory. */
static uint8_t *
own_value(struct dell *d, const struct token *token)
{
    if (!is_directory(token))
        return (uint8_t *)d + token->at;
    if (d->directory == NULL) {
        d->directory = malloc(DELL_DIRECTORY);
        if (d->directory != NULL)
            memcpy(d->directory, directory_default, DELL_DIRECTORY);
    }
    return d->directory;
}

/* ---- fields ---- */

/* Take the octets of the next field; r->bad when it is cut. */
static struct bytes
take_field(struct rd *r, uint8_t field)
{
    static const uint8_t sizes[] = { [FLAG] = 1, [OCTET] = 1, [WORD] = 2, [LONG] = 4,
                                     [SCHEMA] = 1 };
    struct rd ahead = *r;
    uint8_t kind = field & (uint8_t)~READ_ONLY;

    return rd_bytes(r, kind == TEXT ? 1u + rd_u8(&ahead) : sizes[kind]);
}

static bool
field_good(uint8_t field, struct bytes value)
{
    if (field & READ_ONLY)
        return false;
    if (field == FLAG)
        return value.at[0] <= 1;
    if (field == SCHEMA)
        return value.at[0] == SCHEMA_EXTENDED || value.at[0] == SCHEMA_STANDARD;
    return true;
}

static size_t
token_len(const struct token *token, const uint8_t *value)
{
    struct rd r = rd_of(bytes_of(value, token->max));

    for (unsigned i = 0; i < token->count; i++)
        (void)take_field(&r, token->fields[i]);
    return token->max - rd_left(&r);
}

static uint32_t
whole_mask(const struct token *token)
{
    return (1u << token->count) - 1u;
}

/* ---- get ---- */

static struct bytes
build(const struct dell *d, const struct token *token, uint8_t room[DELL_TOKEN_MAX])
{
    const uint8_t *value = value_of(d, token);
    size_t len = token_len(token, value);
    struct wr w = wr_of(room, DELL_TOKEN_MAX);

    wr_le16(&w, (unsigned)(DELL_TOKEN_HEADER + len));
    wr_u8(&w, TOKEN_VERSION);
    wr_le16(&w, whole_mask(token));
    wr_bytes(&w, value, len);
    return wr_bytes_of(&w);
}

/* How many octets to answer when all of left are asked for. */
static size_t
part_of(size_t left, size_t room)
{
    size_t part = room < PART_MAX ? room : PART_MAX;

    if (left <= part)
        return left;
    return left - part < PART_MIN ? part - PART_MIN : part;
}

static enum ipmi_cc
get_config(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct dell *d = dell_of(mc);
    uint8_t reservation = rd_u8(&rq->data);
    const struct token *token = token_of(rd_u8(&rq->data));
    uint8_t index = rd_u8(&rq->data);
    uint16_t offset = rd_le16(&rq->data);
    size_t n = rd_u8(&rq->data);
    uint8_t room[DELL_TOKEN_MAX];
    struct bytes all;

    if (reservation == 0 || reservation != d->reservation)
        return CC_RESERVATION;
    if (token == NULL || index != 0)
        return CC_INVALID_FIELD;
    all = build(d, token, room);
    if (offset >= all.len || n == 0)
        return CC_RANGE;
    if (n == ALL_OCTETS)
        n = part_of(all.len - offset, wr_room(rs) - ANSWER_HEAD);
    if (n > all.len - offset)
        return CC_RANGE;
    if (n + ANSWER_HEAD > wr_room(rs))
        return CC_CANNOT_RETURN;
    wr_u8(rs, token->id);
    wr_u8(rs, index);
    wr_u8(rs, (unsigned)n);
    wr_bytes(rs, all.at + offset, n);
    return CC_OK;
}

/* ---- set ---- */

/* Write old with the fields of mask from new to out. CCh: not a token. */
static enum ipmi_cc
merge(const struct token *token, struct rd *old, struct rd *new, uint32_t mask,
      struct wr *out)
{
    for (unsigned i = 0; i < token->count; i++) {
        struct bytes was = take_field(old, token->fields[i]);
        struct bytes is = take_field(new, token->fields[i]);
        bool wanted = mask & 1u << i;

        if (new->bad || (wanted && !field_good(token->fields[i], is)))
            return CC_INVALID_FIELD;
        wr_span(out, wanted ? is : was);
    }
    if (!rd_done(new))
        return CC_INVALID_FIELD;
    return out->bad ? CC_NO_SPACE : CC_OK;
}

static enum ipmi_cc
commit(struct dell *d, const struct token *token)
{
    const struct dell_upload *up = d->upload;
    struct rd new = rd_of(bytes_of(up->octets, up->len));
    struct rd old = rd_of(bytes_of(value_of(d, token), token->max));
    uint8_t room[DELL_DIRECTORY];
    struct wr merged = wr_of(room, token->max);
    uint16_t len = rd_le16(&new);
    uint8_t version = rd_u8(&new);
    uint16_t mask = rd_le16(&new);
    uint8_t *value;
    enum ipmi_cc cc;

    if (new.bad || len != up->len || version != TOKEN_VERSION ||
        (mask & ~whole_mask(token)) != 0)
        return CC_INVALID_FIELD;
    cc = merge(token, &old, &new, mask, &merged);
    if (cc != CC_OK)
        return cc;
    value = own_value(d, token);
    if (value == NULL)
        return CC_NO_SPACE;
    memcpy(value, room, wr_len(&merged));
    return CC_OK;
}

void
dell_drop_upload(struct dell *d)
{
    free(d->upload);
    d->upload = NULL;
}

static enum ipmi_cc
begin_upload(struct dell *d, const struct token *token)
{
    if (d->upload == NULL)
        d->upload = malloc(sizeof *d->upload);
    if (d->upload == NULL)
        return CC_NO_SPACE;
    *d->upload = (struct dell_upload){ .token = token->id };
    return CC_OK;
}

static enum ipmi_cc
append(struct dell *d, const struct token *token, uint16_t offset, struct bytes part)
{
    enum ipmi_cc cc = offset == 0 ? begin_upload(d, token) : CC_OK;
    struct dell_upload *up = d->upload;

    if (cc != CC_OK)
        return cc;
    if (up == NULL || up->token != token->id || offset != up->len)
        return CC_RANGE;
    if (part.len > sizeof up->octets - up->len)
        return CC_NO_SPACE;
    memcpy(up->octets + up->len, part.at, part.len);
    up->len = (uint16_t)(up->len + part.len);
    return CC_OK;
}

static enum ipmi_cc
set_config(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct dell *d = dell_of(mc);
    uint8_t reservation = rd_u8(&rq->data);
    const struct token *token = token_of(rd_u8(&rq->data));
    uint8_t index = rd_u8(&rq->data);
    uint16_t offset = rd_le16(&rq->data);
    uint8_t progress = rd_u8(&rq->data);
    struct bytes part = rd_rest(&rq->data);
    enum ipmi_cc cc;

    if (reservation == 0 || reservation != d->reservation)
        return CC_RESERVATION;
    if (token == NULL || index != 0 || (progress & PART_BITS) > LAST_PART)
        return CC_INVALID_FIELD;
    cc = append(d, token, offset, part);
    if (cc == CC_OK && (progress & PART_BITS) == LAST_PART) {
        cc = commit(d, token);
        dell_drop_upload(d);
    }
    if (cc == CC_OK)
        wr_u8(rs, (unsigned)part.len);
    return cc;
}

static enum ipmi_cc
reserve(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct dell *d = dell_of(mc);

    (void)rq;
    d->reservation = d->reservation == UINT8_MAX ? 1 : (uint8_t)(d->reservation + 1);
    wr_u8(rs, d->reservation);
    return CC_OK;
}

#define OEM GROUP_OEM_CMDS

static const struct command rows[] = {
    { NETFN_OEM, 0x01, "Dell Reserve Extended Configuration", NEEDS_USER, 3, 3, OEM, reserve,
      "" },
    { NETFN_OEM, 0x02, "Dell Get Extended Configuration", NEEDS_USER | READS, 9, 9, OEM,
      get_config, "" },
    { NETFN_OEM, 0x03, "Dell Set Extended Configuration", NEEDS_ADMIN, 10, LEN_ANY, OEM,
      set_config, "" },
};

const struct command_table oem_dell_config_commands = { "dell-config", rows,
                                                        sizeof rows / sizeof rows[0],
                                                        DELL_IANA };
