#include "sim/wire/pet.h"

#include <string.h>

#include "sim/base/rd.h"

/* Tags of BER, and of SNMP's own types. */
#define TAG_INTEGER 0x02
#define TAG_OCTETS 0x04
#define TAG_OID 0x06
#define TAG_SEQUENCE 0x30
#define TAG_ADDRESS 0x40
#define TAG_TICKS 0x43
#define TAG_TRAP 0xa4

#define LONG_FORM 0x80          /* of a length; [6:0] octets follow */

#define VERSION_1 0
#define ENTERPRISE_SPECIFIC 6
#define SPECIFIC_MAX 0xffffffu

#define FIELDS 46               /* octets of the variable that are always there */
#define VARIABLE_MAX (FIELDS + PET_OEM_MAX)
#define INTEGER_MAX 5           /* 32 bits and a sign */
#define COMMUNITY_MAX 255
#define BIND_MAX (VARIABLE_MAX + 32)

#define MULTIRECORD 0x80
#define TEXT_ASCII 0x40         /* [7:6] of the octet after it; [5:0] length */
#define RECORD_ALERT_STRING 0x01

/* 1.3.6.1.4.1.3183.1.1, and the variable below it. */
static const uint8_t enterprise[] = { 0x2b, 6, 1, 4, 1, 0x98, 0x6f, 1, 1 };
static const uint8_t variable[] = { 0x2b, 6, 1, 4, 1, 0x98, 0x6f, 1, 1, 1 };

/* ---- writing ---- */

static void
put_length(struct wr *w, size_t len)
{
    if (len < LONG_FORM) {
        wr_u8(w, (unsigned)len);
    } else if (len <= UINT8_MAX) {
        wr_u8(w, LONG_FORM | 1);
        wr_u8(w, (unsigned)len);
    } else {
        wr_u8(w, LONG_FORM | 2);
        wr_be16(w, (unsigned)len);
    }
}

static void
put(struct wr *w, uint8_t tag, const void *from, size_t len)
{
    wr_u8(w, tag);
    put_length(w, len);
    wr_bytes(w, from, len);
}

/* What was written to part becomes the content of one element of w. */
static void
put_part(struct wr *w, uint8_t tag, const struct wr *part)
{
    put(w, tag, part->start, wr_len(part));
    w->bad |= part->bad;
}

/* As few octets as hold v and a clear sign bit. */
static void
put_unsigned(struct wr *w, uint8_t tag, uint32_t v)
{
    uint8_t octets[INTEGER_MAX] = { 0, (uint8_t)(v >> 24), (uint8_t)(v >> 16),
                                    (uint8_t)(v >> 8), (uint8_t)v };
    size_t at = 0;

    while (at < INTEGER_MAX - 1 && octets[at] == 0 && !(octets[at + 1] & 0x80))
        at++;
    put(w, tag, octets + at, INTEGER_MAX - at);
}

static void
put_fields(struct wr *w, const struct pet *pet)
{
    wr_bytes(w, pet->guid, sizeof pet->guid);
    wr_be16(w, pet->sequence);
    wr_be32(w, pet->time_s);
    wr_be16(w, pet->utc_offset);
    wr_u8(w, pet->source);
    wr_u8(w, pet->event_source);
    wr_u8(w, pet->severity);
    wr_u8(w, pet->sensor_device);
    wr_u8(w, pet->sensor_number);
    wr_u8(w, pet->entity);
    wr_u8(w, pet->instance);
    wr_bytes(w, pet->data, sizeof pet->data);
    wr_u8(w, pet->language);
    wr_be32(w, pet->manufacturer);
    wr_be16(w, pet->system_id);
    if (pet->oem.len > 0)
        wr_span(w, pet->oem);
    else
        wr_u8(w, PET_OEM_END);
}

/* The list of variables: one. */
static void
put_bindings(struct wr *w, const struct pet *pet)
{
    uint8_t fields_room[VARIABLE_MAX], bind_room[BIND_MAX], list_room[BIND_MAX];
    struct wr fields = wr_of(fields_room, sizeof fields_room);
    struct wr bind = wr_of(bind_room, sizeof bind_room);
    struct wr list = wr_of(list_room, sizeof list_room);

    put_fields(&fields, pet);
    put(&bind, TAG_OID, variable, sizeof variable);
    put_part(&bind, TAG_OCTETS, &fields);
    put_part(&list, TAG_SEQUENCE, &bind);
    put_part(w, TAG_SEQUENCE, &list);
}

static void
put_trap(struct wr *w, const struct pet *pet)
{
    uint32_t specific = (uint32_t)pet->sensor_type << 16 | (uint32_t)pet->event_type << 8 |
                        pet->offset;

    put(w, TAG_OID, enterprise, sizeof enterprise);
    put(w, TAG_ADDRESS, pet->agent, sizeof pet->agent);
    put_unsigned(w, TAG_INTEGER, ENTERPRISE_SPECIFIC);
    put_unsigned(w, TAG_INTEGER, specific);
    put_unsigned(w, TAG_TICKS, pet->uptime_cs);
    put_bindings(w, pet);
}

void
pet_build(struct wr *w, const struct pet *pet)
{
    uint8_t trap_room[PET_MESSAGE_MAX], message_room[PET_MESSAGE_MAX];
    struct wr trap = wr_of(trap_room, sizeof trap_room);
    struct wr message = wr_of(message_room, sizeof message_room);

    put_trap(&trap, pet);
    put_unsigned(&message, TAG_INTEGER, VERSION_1);
    put(&message, TAG_OCTETS, pet->community.at, pet->community.len);
    put_part(&message, TAG_TRAP, &trap);
    put_part(w, TAG_SEQUENCE, &message);
}

void
pet_build_text(struct wr *w, const char *text, size_t len)
{
    size_t kept = len < PET_TEXT_MAX ? len : PET_TEXT_MAX;

    wr_u8(w, MULTIRECORD);
    wr_u8(w, TEXT_ASCII | (unsigned)kept);
    wr_u8(w, RECORD_ALERT_STRING);
    wr_bytes(w, text, kept);
    wr_u8(w, PET_OEM_END);
}

/* ---- reading ---- */

static size_t
get_length(struct rd *r)
{
    uint8_t first = rd_u8(r);

    if (first < LONG_FORM)
        return first;
    if (first == (LONG_FORM | 1))
        return rd_u8(r);
    if (first == (LONG_FORM | 2))
        return rd_be16(r);
    r->bad = true;
    return 0;
}

/* The content of the next element, which must have that tag. */
static struct rd
get(struct rd *r, uint8_t tag)
{
    size_t len;

    if (rd_u8(r) != tag)
        r->bad = true;
    len = get_length(r);
    return rd_of(rd_bytes(r, len));
}

static void
get_exactly(struct rd *r, uint8_t tag, const uint8_t *want, size_t len)
{
    struct rd content = get(r, tag);

    if (rd_left(&content) != len || memcmp(content.at, want, len) != 0)
        r->bad = true;
}

static uint32_t
get_unsigned(struct rd *r, uint8_t tag)
{
    struct rd content = get(r, tag);
    size_t len = rd_left(&content);
    uint32_t v = 0;

    if (len == 0 || len > INTEGER_MAX || (len == INTEGER_MAX && *content.at != 0))
        r->bad = true;
    while (rd_left(&content) > 0)
        v = v << 8 | rd_u8(&content);
    return r->bad ? 0 : v;
}

static void
get_fields(struct rd *r, struct pet *pet)
{
    rd_copy(r, pet->guid, sizeof pet->guid);
    pet->sequence = rd_be16(r);
    pet->time_s = rd_be32(r);
    pet->utc_offset = rd_be16(r);
    pet->source = rd_u8(r);
    pet->event_source = rd_u8(r);
    pet->severity = rd_u8(r);
    pet->sensor_device = rd_u8(r);
    pet->sensor_number = rd_u8(r);
    pet->entity = rd_u8(r);
    pet->instance = rd_u8(r);
    rd_copy(r, pet->data, sizeof pet->data);
    pet->language = rd_u8(r);
    pet->manufacturer = rd_be32(r);
    pet->system_id = rd_be16(r);
    pet->oem = rd_rest(r);
}

static bool
get_bindings(struct rd *r, struct pet *pet)
{
    struct rd list = get(r, TAG_SEQUENCE);
    struct rd bind = get(&list, TAG_SEQUENCE);
    struct rd fields;

    get_exactly(&bind, TAG_OID, variable, sizeof variable);
    fields = get(&bind, TAG_OCTETS);
    if (r->bad || list.bad || bind.bad || rd_left(&bind) != 0)
        return false;
    get_fields(&fields, pet);
    return !fields.bad && pet->oem.len >= 1 && pet->oem.len <= PET_OEM_MAX;
}

static bool
get_trap(struct rd *r, struct pet *pet)
{
    struct rd agent;
    uint32_t specific;

    get_exactly(r, TAG_OID, enterprise, sizeof enterprise);
    agent = get(r, TAG_ADDRESS);
    if (rd_left(&agent) != sizeof pet->agent)
        return false;
    rd_copy(&agent, pet->agent, sizeof pet->agent);
    if (get_unsigned(r, TAG_INTEGER) != ENTERPRISE_SPECIFIC)
        return false;
    specific = get_unsigned(r, TAG_INTEGER);
    pet->sensor_type = (uint8_t)(specific >> 16);
    pet->event_type = (uint8_t)(specific >> 8);
    pet->offset = (uint8_t)specific;
    pet->uptime_cs = get_unsigned(r, TAG_TICKS);
    return specific <= SPECIFIC_MAX && get_bindings(r, pet) && rd_done(r);
}

bool
pet_parse(struct bytes in, struct pet *out)
{
    struct rd r = rd_of(in);
    struct rd message = get(&r, TAG_SEQUENCE);
    struct rd community, trap;
    struct pet pet = { 0 };

    if (get_unsigned(&message, TAG_INTEGER) != VERSION_1)
        return false;
    community = get(&message, TAG_OCTETS);
    trap = get(&message, TAG_TRAP);
    if (!rd_done(&r) || !rd_done(&message) || rd_left(&community) > COMMUNITY_MAX)
        return false;
    pet.community = rd_rest(&community);
    if (!get_trap(&trap, &pet))
        return false;
    *out = pet;
    return true;
}
