#include "sim/mc/i2c.h"

#include <stdlib.h>
#include <string.h>

#include "sim/bus/i2c_node.h"
#include "sim/mc/mc_parts.h"

#define CC_NAKED         CC_CMD_83
#define CC_READ_CUT      CC_CMD_84
#define READ_MAX         UINT8_MAX /* octets of one transfer */
#define PAST_THE_END     0xff      /* what an unwritten EEPROM holds */
#define SLOT_BITS        8         /* of a mark; the rest is the generation */

struct device {
    struct mc *mc;
    const struct machine_i2c *facts;
    struct i2c_slave slave;
    struct i2c_node *node;         /* on the IPMB; NULL: on a private bus */
    uint8_t *own;                  /* facts->size octets, once written */
};

/* A frame on its way to the IPMB. */
struct waiting {
    bool taken;
    bool cut;                      /* there was more to read than an answer holds */
    uint8_t channel;
    uint32_t generation;
    struct ipmi_origin origin;
};

struct i2c {
    struct waiting waiting[I2C_WAITING_MAX];
    uint32_t count;
    struct device devices[];
};

/* ---- content ---- */

static uint32_t
there_is(uint32_t size, uint32_t at, uint32_t len)
{
    if (at >= size)
        return 0;
    return len < size - at ? len : size - at;
}

static bool
read_fru(const struct device *d, uint32_t at, uint8_t *to, uint32_t len)
{
    const struct fru *fru = fru_find(d->mc, d->facts->fru);
    uint32_t there = fru != NULL ? there_is(fru->facts->size, at, len) : 0;

    memset(to, PAST_THE_END, len);
    return there == 0 || fru_read(d->mc, fru, at, to, there) == ST_OK;
}

static void
read_described(const struct machine_i2c *facts, uint32_t at, uint8_t *to, uint32_t len)
{
    uint32_t there = there_is((uint32_t)facts->data.len, at, len);

    memset(to, facts->kind == I2C_EEPROM ? PAST_THE_END : 0, len);
    if (there)
        memcpy(to, facts->data.at + at, there);
}

static bool
device_read(void *ctx, uint32_t at, uint8_t *to, uint32_t len)
{
    const struct device *d = ctx;
    const struct machine_i2c *facts = d->facts;
    const struct mc_backing *backing = d->mc->opts.backing;

    if (facts->of_fru)
        return read_fru(d, at, to, len);
    if (facts->path != NULL && backing != NULL)
        return backing->read(backing->ctx, facts->path, facts->offset + at, to, len);
    if (d->own != NULL)
        memcpy(to, d->own + at, len);
    else
        read_described(facts, at, to, len);
    return true;
}

/* What goes past the end of the FRU is lost. */
static bool
write_fru(const struct device *d, uint32_t at, struct bytes data)
{
    struct fru *fru = fru_find(d->mc, d->facts->fru);
    uint32_t there = fru != NULL ? there_is(fru->facts->size, at, (uint32_t)data.len) : 0;

    return there == 0 || fru_write(d->mc, fru, at, bytes_of(data.at, there)) == ST_OK;
}

static bool
device_write(void *ctx, uint32_t at, struct bytes data)
{
    struct device *d = ctx;
    const struct machine_i2c *facts = d->facts;
    const struct mc_backing *backing = d->mc->opts.backing;

    if (facts->of_fru)
        return write_fru(d, at, data);
    if (facts->path != NULL && backing != NULL)
        return backing->write(backing->ctx, facts->path, facts->offset + at, data);
    if (d->own == NULL) {
        d->own = malloc(facts->size);
        if (d->own == NULL)
            return false;
        read_described(facts, 0, d->own, facts->size);
    }
    memcpy(d->own + at, data.at, data.len);
    return true;
}

static struct i2c_store
store_of(struct device *d)
{
    return (struct i2c_store){ .read = device_read, .write = device_write, .ctx = d };
}

/* ---- private buses ---- */

/* The part, made at its first use; NULL when there is no memory. */
static struct i2c *
make_i2c(struct mc *mc)
{
    const struct machine_mc *m = mc->machine;
    struct i2c *i2c = mc->i2c;

    if (i2c != NULL)
        return i2c;
    i2c = calloc(1, sizeof *i2c + m->i2c_count * sizeof i2c->devices[0]);
    if (i2c == NULL)
        return NULL;
    i2c->count = m->i2c_count;
    for (uint32_t i = 0; i < i2c->count; i++) {
        const struct machine_i2c *facts = &m->i2c[i];

        i2c->devices[i] = (struct device){
            .mc = mc, .facts = facts,
            .slave = { .kind = facts->kind, .address = facts->address, .size = facts->size },
        };
    }
    mc->i2c = i2c;
    return i2c;
}

static bool
has_bus(const struct i2c *i2c, uint8_t bus)
{
    for (uint32_t i = 0; i < i2c->count; i++)
        if (i2c->devices[i].facts->bus == bus)
            return true;
    return false;
}

static struct device *
device_at(struct i2c *i2c, uint8_t bus, uint8_t address)
{
    for (uint32_t i = 0; i < i2c->count; i++)
        if (i2c->devices[i].facts->bus == bus &&
            i2c_slave_answers(&i2c->devices[i].slave, address))
            return &i2c->devices[i];
    return NULL;
}

static enum ipmi_cc
to_device(struct device *d, const struct i2c_transfer *t, size_t room, struct wr *rs)
{
    struct i2c_store store = store_of(d);
    uint8_t data[READ_MAX];
    uint8_t count = t->count < room ? t->count : (uint8_t)room;

    if (!i2c_slave_write(&d->slave, &store, t->address, t->data) ||
        !i2c_slave_read(&d->slave, &store, data, count))
        return CC_NAKED;
    wr_bytes(rs, data, count);
    return count < t->count ? CC_READ_CUT : CC_OK;
}

static enum ipmi_cc
to_private(struct i2c *i2c, const struct i2c_transfer *t, size_t room, struct wr *rs)
{
    struct device *d;

    if (!has_bus(i2c, t->bus))
        return CC_INVALID_FIELD;
    d = device_at(i2c, t->bus, t->address);
    return d == NULL ? CC_NAKED : to_device(d, t, room, rs);
}

/* ---- the IPMB ---- */

static void
frame_sent(void *ctx, uint32_t mark, enum ipmb_end end)
{
    struct mc *mc = ctx;
    struct waiting *w = &mc->i2c->waiting[mark % I2C_WAITING_MAX];
    struct bytes read = ipmb_port_octets_read(mc->channels[w->channel].impl);
    uint8_t cc = ipmb_end_cc(end);

    if (!w->taken || w->generation != mark >> SLOT_BITS)
        return;
    w->taken = false;
    ipmi_answer(&w->origin, cc == CC_OK && w->cut ? CC_READ_CUT : cc, read);
}

static struct waiting *
free_place(struct i2c *i2c)
{
    for (unsigned i = 0; i < I2C_WAITING_MAX; i++)
        if (!i2c->waiting[i].taken)
            return &i2c->waiting[i];
    return NULL;
}

static enum ipmi_cc
cc_of(enum status st)
{
    switch (st) {
    case ST_OK:      return CC_LATER;
    case ST_FULL:    return CC_BUSY;
    case ST_NOMEM:   return CC_NO_SPACE;
    case ST_INVALID: return CC_FIELD_LENGTH;
    default:         return CC_CMD_82;
    }
}

static enum ipmi_cc
send_frame(struct mc *mc, struct ipmb_port *port, const struct i2c_transfer *t,
           const struct ipmi_origin *origin, size_t room)
{
    uint8_t octets[MEDIUM_FRAME_MAX];
    struct wr frame = wr_of(octets, sizeof octets);
    struct waiting *w = free_place(mc->i2c);
    struct ipmb_raw raw = {
        .sent = frame_sent, .ctx = mc, .read = t->count < room ? t->count : (uint8_t)room,
    };
    enum status st;

    wr_u8(&frame, t->address);
    wr_span(&frame, t->data);
    if (frame.bad)
        return CC_FIELD_LENGTH;
    if (w == NULL)
        return CC_BUSY;
    raw.frame = wr_bytes_of(&frame);
    raw.mark = (w->generation + 1) << SLOT_BITS | (uint32_t)(w - mc->i2c->waiting);
    st = ipmb_port_send_raw(port, &raw);
    if (st == ST_OK)
        *w = (struct waiting){ .taken = true, .cut = t->count > raw.read,
                               .channel = t->channel,
                               .generation = raw.mark >> SLOT_BITS, .origin = *origin };
    return cc_of(st);
}

static enum ipmi_cc
to_public(struct mc *mc, const struct i2c_transfer *t, const struct ipmi_origin *origin,
          size_t room)
{
    const struct channel *c = &mc->channels[t->channel % CHANNELS];

    if (!c->present || c->medium != MEDIUM_IPMB || c->impl == NULL)
        return CC_INVALID_FIELD;
    return send_frame(mc, c->impl, t, origin, room);
}

bool
i2c_described(const struct mc *mc, uint8_t bus, uint8_t address)
{
    for (uint32_t i = 0; i < mc->machine->i2c_count; i++)
        if (mc->machine->i2c[i].bus == bus && mc->machine->i2c[i].address == address)
            return true;
    return false;
}

enum ipmi_cc
i2c_transfer(struct mc *mc, const struct i2c_transfer *t, const struct ipmi_origin *origin,
             size_t room, struct wr *rs)
{
    struct i2c *i2c = make_i2c(mc);

    if (i2c == NULL)
        return CC_NO_SPACE;
    return t->is_private ? to_private(i2c, t, room, rs) : to_public(mc, t, origin, room);
}

/* ---- the part ---- */

static bool
any_on_ipmb(const struct machine_mc *m)
{
    for (uint32_t i = 0; i < m->i2c_count; i++)
        if (m->i2c[i].bus == MACHINE_I2C_IPMB)
            return true;
    return false;
}

enum status
i2c_init(struct mc *mc)
{
    enum status st = ST_OK;

    mc->i2c = NULL;
    if (mc->opts.bus == NULL || !any_on_ipmb(mc->machine))
        return ST_OK;
    if (make_i2c(mc) == NULL)
        return ST_NOMEM;
    for (uint32_t i = 0; i < mc->i2c->count && st == ST_OK; i++) {
        struct device *d = &mc->i2c->devices[i];
        struct i2c_store store = store_of(d);

        if (d->facts->bus == MACHINE_I2C_IPMB)
            st = i2c_node_new(mc->opts.bus, &d->slave, &store, &d->node);
    }
    return st;
}

/* The devices keep what they hold; frames on their way are nobody's. */
void
i2c_reset(struct mc *mc)
{
    if (mc->i2c == NULL)
        return;
    for (unsigned i = 0; i < I2C_WAITING_MAX; i++)
        mc->i2c->waiting[i].taken = false;
}

void
i2c_free(struct mc *mc)
{
    if (mc->i2c == NULL)
        return;
    for (uint32_t i = 0; i < mc->i2c->count; i++) {
        i2c_node_free(mc->i2c->devices[i].node);
        free(mc->i2c->devices[i].own);
    }
    free(mc->i2c);
    mc->i2c = NULL;
}
