#include "sim/oem/extconf.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/mc/reply.h"

#define ANSWER_HEAD 4u         /* configuration, attribute, index, count */
#define MORE_FOLLOWS 0x00
#define THE_LAST 0x01
#define VALUE_MAX 4u           /* octets */

/* ---- rows, and where they keep what they keep ---- */

/* Octets that one index of an attribute keeps: a text has its length first. */
static size_t
one_size(const struct extconf_attr *a)
{
    return a->kind == EXTCONF_TEXT ? 1u + a->size : a->size;
}

static bool
is_kept(const struct extconf_attr *a)
{
    return a->get == NULL && !a->read_only;
}

static size_t
kept_size(const struct extconf_attr *a)
{
    return is_kept(a) ? one_size(a) * (a->last + 1u) : 0;
}

/* The n-th attribute of a table, all groups in a row; NULL past the last. */
static const struct extconf_attr *
nth(const struct extconf_table *table, size_t n)
{
    for (size_t g = 0; g < EXTCONF_GROUPS && table->groups[g] != NULL; g++) {
        if (n < table->groups[g]->count)
            return &table->groups[g]->attrs[n];
        n -= table->groups[g]->count;
    }
    return NULL;
}

/* Octets of store that a table needs. */
static size_t
room_of(const struct extconf_table *table)
{
    const struct extconf_attr *a;
    size_t room = 0;

    for (size_t n = 0; (a = nth(table, n)) != NULL; n++)
        room += kept_size(a);
    return room;
}

/* Find an attribute, and where in the store index 0 of it is kept. */
static const struct extconf_attr *
find(const struct extconf *conf, uint8_t config, uint8_t id, size_t *at)
{
    const struct extconf_attr *a;
    size_t before = 0;

    for (size_t n = 0; (a = nth(conf->table, n)) != NULL; n++) {
        if (a->config == config && a->id == id) {
            *at = before;
            return a;
        }
        before += kept_size(a);
    }
    return NULL;
}

bool
extconf_has(const struct extconf *conf, uint8_t config, uint8_t id)
{
    size_t at;

    return find(conf, config, id, &at) != NULL;
}

static bool
has_index(const struct extconf_attr *a, uint8_t index)
{
    return index <= a->last && (index > 0 || !a->from_one);
}

/* ---- values ---- */

static void
put_value(uint8_t *to, size_t size, uint32_t value)
{
    for (size_t i = 0; i < size; i++)
        to[i] = (uint8_t)(value >> 8 * i);
}

static uint32_t
value_of(const uint8_t *from, size_t size)
{
    uint32_t value = 0;

    for (size_t i = size; i-- > 0;)
        value = value << 8 | from[i];
    return value;
}

static void
put_first(const struct extconf_attr *a, uint8_t *to)
{
    size_t len = a->text != NULL ? strlen(a->text) : 0;

    if (a->kind == EXTCONF_VALUE) {
        put_value(to, a->size, a->value);
        return;
    }
    assert(len <= a->size);
    to[0] = (uint8_t)len;
    if (len)
        memcpy(to + 1, a->text, len);
}

/* The store, with what the table says in it at first; NULL: no memory. */
static uint8_t *
store_of(struct extconf *conf)
{
    const struct extconf_attr *a;
    uint8_t *at;

    if (conf->store != NULL)
        return conf->store;
    at = conf->store = calloc(1, room_of(conf->table));
    for (size_t n = 0; at != NULL && (a = nth(conf->table, n)) != NULL; n++)
        for (unsigned i = 0; is_kept(a) && i <= a->last; i++, at += one_size(a))
            put_first(a, at);
    return conf->store;
}

/* What is kept of an index of an attribute, at in the store; first has room
 * for it. */
static const uint8_t *
kept(const struct extconf *conf, const struct extconf_attr *a, size_t at, uint8_t *first)
{
    if (conf->store != NULL && is_kept(a))
        return conf->store + at;
    put_first(a, first);
    return first;
}

void
extconf_defaults(struct extconf *conf)
{
    free(conf->store);
    conf->store = NULL;
}

enum status
extconf_copy(struct extconf *to, const struct extconf *from)
{
    if (from->store == NULL) {
        extconf_defaults(to);
        return ST_OK;
    }
    if (store_of(to) == NULL)
        return ST_NOMEM;
    memcpy(to->store, from->store, room_of(from->table));
    return ST_OK;
}

void
extconf_init(struct extconf *conf, const struct extconf_table *table)
{
    *conf = (struct extconf){ .table = table };
}

void
extconf_end(struct extconf *conf)
{
    free(conf->store);
    free(conf->draft);
    *conf = (struct extconf){ .table = conf->table };
}

static void
forget_draft(struct extconf *conf)
{
    free(conf->draft);
    conf->draft = NULL;
}

void
extconf_reset(struct extconf *conf)
{
    conf->reservation = 0;
    forget_draft(conf);
}

/* A value that is kept here, and where; NULL: there is none. */
static const struct extconf_attr *
find_value(const struct extconf *conf, uint8_t config, uint8_t id, size_t *at)
{
    const struct extconf_attr *a = find(conf, config, id, at);

    return a != NULL && is_kept(a) && a->kind == EXTCONF_VALUE ? a : NULL;
}

bool
extconf_value(const struct extconf *conf, uint8_t config, uint8_t id, uint32_t *value)
{
    uint8_t first[VALUE_MAX];
    size_t at;
    const struct extconf_attr *a = find_value(conf, config, id, &at);

    if (a == NULL)
        return false;
    *value = value_of(kept(conf, a, at, first), a->size);
    return true;
}

bool
extconf_put_value(struct extconf *conf, uint8_t config, uint8_t id, uint32_t value)
{
    size_t at;
    const struct extconf_attr *a = find_value(conf, config, id, &at);

    if (a == NULL || store_of(conf) == NULL)
        return false;
    put_value(conf->store + at, a->size, value);
    return true;
}

/* ---- the commands ---- */

enum ipmi_cc
extconf_reserve(struct extconf *conf, struct wr *rs)
{
    conf->given = conf->given == UINT8_MAX ? 1 : (uint8_t)(conf->given + 1);
    conf->reservation = conf->given;
    forget_draft(conf);
    wr_u8(rs, conf->reservation);
    return CC_OK;
}

/* What get and set begin with. */
struct head {
    uint8_t reservation, config, id, index;
    uint16_t offset;
    struct extconf *conf;        /* that has the attribute */
    const struct extconf_attr *attr;
    size_t at;                   /* where in its store the index is kept */
};

static struct extconf *
having(struct extconf *conf, struct mc *mc, uint8_t config, uint8_t id)
{
    struct extconf *other = NULL;

    if (!extconf_has(conf, config, id) && conf->table->other != NULL)
        other = conf->table->other(mc, config, id);
    return other != NULL ? other : conf;
}

static enum ipmi_cc
read_head(struct extconf *conf, struct mc *mc, struct rd *data, struct head *h)
{
    h->reservation = rd_u8(data);
    h->config = rd_u8(data);
    h->id = rd_u8(data);
    h->index = rd_u8(data);
    h->offset = rd_le16(data);
    if (h->reservation == 0 || h->reservation != conf->reservation)
        return CC_RESERVATION;
    h->conf = having(conf, mc, h->config, h->id);
    h->attr = find(h->conf, h->config, h->id, &h->at);
    if (h->attr == NULL || !has_index(h->attr, h->index))
        return CC_INVALID_FIELD;
    if (is_kept(h->attr))
        h->at += h->index * one_size(h->attr);
    return CC_OK;
}

/* All of the data as it crosses. */
static enum ipmi_cc
gather(const struct head *h, struct mc *mc, struct wr *all)
{
    const struct extconf_attr *a = h->attr;
    uint8_t first[EXTCONF_DATA_MAX];
    uint8_t *len;
    enum ipmi_cc cc;

    if (a->get == NULL) {
        const uint8_t *at = kept(h->conf, a, h->at, first);

        wr_bytes(all, at, a->kind == EXTCONF_TEXT ? 1u + at[0] : a->size);
        return CC_OK;
    }
    len = a->kind == EXTCONF_TEXT ? wr_hole(all, 1) : NULL;
    cc = a->get(mc, h->index, all);
    if (len != NULL)
        *len = (uint8_t)(wr_len(all) - 1);
    return cc;
}

enum ipmi_cc
extconf_get(struct extconf *conf, struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t room[EXTCONF_DATA_MAX];
    struct wr all = wr_of(room, sizeof room);
    size_t fits = reply_room(mc, rq) - ANSWER_HEAD;
    struct head h;
    enum ipmi_cc cc = read_head(conf, mc, &rq->data, &h);
    uint8_t count = rd_u8(&rq->data);
    size_t len;

    if (cc == CC_OK)
        cc = gather(&h, mc, &all);
    if (cc != CC_OK)
        return cc;
    if (h.offset > wr_len(&all))
        return CC_RANGE;
    len = wr_len(&all) - h.offset;
    if (count != EXTCONF_ALL && count < len)
        len = count;
    if (len > fits) {
        if (count != EXTCONF_ALL)
            return CC_CANNOT_RETURN;
        len = fits;
    }
    wr_u8(rs, h.config);
    wr_u8(rs, h.id);
    wr_u8(rs, h.index);
    wr_u8(rs, (unsigned)len);
    wr_bytes(rs, room + h.offset, len);
    return CC_OK;
}

static enum ipmi_cc
store_value(struct mc *mc, const struct head *h, struct bytes data)
{
    const struct extconf_attr *a = h->attr;
    struct extconf *conf = h->conf;
    enum ipmi_cc cc = CC_OK;
    uint32_t value;

    if (data.len != a->size)
        return CC_LENGTH;
    value = value_of(data.at, data.len);
    if (a->max != 0 && (value < a->min || value > a->max))
        return CC_RANGE;
    if (a->get == NULL && store_of(conf) == NULL)
        return CC_NO_SPACE;
    if (a->set != NULL)
        cc = a->set(mc, h->index, data);
    if (cc == CC_OK && a->get == NULL)
        memcpy(conf->store + h->at, data.at, data.len);
    return cc;
}

static enum ipmi_cc
store_text(struct mc *mc, const struct head *h, struct bytes data)
{
    const struct extconf_attr *a = h->attr;
    struct extconf *conf = h->conf;
    enum ipmi_cc cc = CC_OK;
    struct bytes text;

    if (data.len < 1 || data.at[0] != data.len - 1)
        return CC_LENGTH;
    text = bytes_of(data.at + 1, data.len - 1);
    if (text.len > a->size)
        return CC_FIELD_LENGTH;
    if (a->get == NULL && store_of(conf) == NULL)
        return CC_NO_SPACE;
    if (a->set != NULL)
        cc = a->set(mc, h->index, text);
    if (cc != CC_OK || a->get != NULL)
        return cc;
    memset(conf->store + h->at, 0, one_size(a));
    memcpy(conf->store + h->at, data.at, data.len);
    return CC_OK;
}

/* Add data to the draft. C9h: not where it ends; C8h: no room. */
static enum ipmi_cc
draft_add(struct extconf_draft *draft, const struct head *h, struct bytes data)
{
    if (h->offset == 0) {
        draft->attr = h->attr;
        draft->index = h->index;
        draft->len = 0;
    }
    if (draft->attr != h->attr || draft->index != h->index || h->offset != draft->len)
        return CC_RANGE;
    if (data.len > sizeof draft->octets - draft->len)
        return CC_FIELD_LENGTH;
    memcpy(draft->octets + draft->len, data.at, data.len);
    draft->len = (uint8_t)(draft->len + data.len);
    return CC_OK;
}

enum ipmi_cc
extconf_set(struct extconf *conf, struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct head h;
    enum ipmi_cc cc = read_head(conf, mc, &rq->data, &h);
    uint8_t progress = rd_u8(&rq->data);
    struct bytes data = rd_rest(&rq->data);
    struct bytes all;

    if (cc != CC_OK)
        return cc;
    if (progress > THE_LAST)
        return CC_INVALID_FIELD;
    if (h.attr->read_only || (h.attr->get != NULL && h.attr->set == NULL))
        return CC_CMD_82;
    if (conf->draft == NULL)
        conf->draft = calloc(1, sizeof *conf->draft);
    if (conf->draft == NULL)
        return CC_NO_SPACE;
    cc = draft_add(conf->draft, &h, data);
    if (cc != CC_OK)
        return cc;
    if (progress == THE_LAST) {
        all = bytes_of(conf->draft->octets, conf->draft->len);
        cc = h.attr->kind == EXTCONF_TEXT ? store_text(mc, &h, all)
                                          : store_value(mc, &h, all);
        forget_draft(conf);
    }
    if (cc == CC_OK)
        wr_u8(rs, (unsigned)data.len);
    return cc;
}
