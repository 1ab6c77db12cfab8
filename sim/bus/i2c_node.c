#include "sim/bus/i2c_node.h"

#include <stdlib.h>

#include "sim/wire/ipmb.h"

#define ADDRESS_STEP 2u

/* One of its addresses. */
struct place {
    struct i2c_node *device;
    struct medium_node node;
};

struct i2c_node {
    struct medium *medium;
    struct i2c_slave *slave;
    struct i2c_store store;
    unsigned count;
    struct place places[];
};

static void
receive(void *ctx, const struct link_frame *f)
{
    const struct place *p = ctx;
    struct i2c_node *d = p->device;

    if (f->bytes.len == 0 || f->bytes.at[0] == IPMB_BROADCAST)
        medium_ignored(d->medium, f, "no device heeds a general call");
    else if (!i2c_slave_write(d->slave, &d->store, p->node.address,
                              bytes_of(f->bytes.at + 1, f->bytes.len - 1)))
        medium_ignored(d->medium, f, "the device does not work");
}

static bool
give(void *ctx, uint8_t address, uint8_t *to, size_t len)
{
    const struct place *p = ctx;

    (void)address;
    return i2c_slave_read(p->device->slave, &p->device->store, to, (uint32_t)len);
}

static unsigned
addresses_of(const struct i2c_slave *slave)
{
    unsigned n = 0;

    while (slave->address + n * ADDRESS_STEP <= UINT8_MAX &&
           i2c_slave_answers(slave, (uint8_t)(slave->address + n * ADDRESS_STEP)))
        n++;
    return n;
}

enum status
i2c_node_new(struct medium *m, struct i2c_slave *slave, const struct i2c_store *store,
             struct i2c_node **out)
{
    unsigned count = addresses_of(slave);
    struct i2c_node *d = calloc(1, sizeof *d + count * sizeof d->places[0]);
    enum status st = ST_OK;

    if (d == NULL)
        return ST_NOMEM;
    d->medium = m;
    d->slave = slave;
    d->store = *store;
    for (; d->count < count && st == ST_OK; d->count++) {
        struct place *p = &d->places[d->count];

        p->device = d;
        p->node = (struct medium_node){
            .address = (uint8_t)(slave->address + d->count * ADDRESS_STEP),
            .receive = receive, .read = give, .ctx = p,
        };
        st = medium_attach(m, &p->node);
    }
    if (st != ST_OK) {
        i2c_node_free(d);
        return st;
    }
    *out = d;
    return ST_OK;
}

void
i2c_node_free(struct i2c_node *d)
{
    if (d == NULL)
        return;
    for (unsigned i = 0; i < d->count; i++)
        medium_detach(d->medium, &d->places[i].node);
    free(d);
}
