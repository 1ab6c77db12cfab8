#include "sim/lab/chassis_buses.h"

#include <stdlib.h>

#include "sim/bus/bus_name.h"
#include "sim/mc/event.h"

static enum status
add(struct chassis_buses *b, struct world *world, const struct description_bus *bus,
    enum bus_form kind)
{
    struct medium_config config = {
        .number = (uint8_t)((unsigned)kind | bus->id),
        .model = bus->csma ? BUS_CSMA : BUS_I2C,
        .bit_rate = bus->hz,
        .instant_speed = bus->instant,
    };
    enum status st = medium_new(world, &config, &b->at[b->count]);

    b->count += st == ST_OK;
    return st;
}

static enum status
make(struct chassis_buses *b, struct world *world, const struct description_bus *bus)
{
    enum status st;

    if (!bus->pair)
        return add(b, world, bus, bus->local ? BUS_LOCAL : BUS_SINGLE);
    st = add(b, world, bus, BUS_PAIR_A);
    return st == ST_OK ? add(b, world, bus, BUS_PAIR_B) : st;
}

enum status
chassis_buses_init(struct chassis_buses *b, struct world *world, const struct description *d)
{
    struct description_bus first = {
        .pair = d->bus_pair, .instant = d->bus_instant, .csma = d->bus_csma, .hz = d->bus_hz,
    };
    enum status st;

    *b = (struct chassis_buses){ .at = calloc(2 * (1 + d->bus_count), sizeof *b->at) };
    if (b->at == NULL)
        return ST_NOMEM;
    st = make(b, world, &first);
    for (uint32_t i = 0; st == ST_OK && i < d->bus_count; i++)
        st = make(b, world, &d->buses[i]);
    return st;
}

void
chassis_buses_free(struct chassis_buses *b)
{
    for (uint32_t i = 0; i < b->count; i++)
        medium_free(b->at[i]);
    free(b->at);
    *b = (struct chassis_buses){ 0 };
}

struct medium *
chassis_buses_find(const struct chassis_buses *b, uint8_t id, bool second)
{
    for (uint32_t i = 0; i < b->count; i++) {
        uint8_t number = medium_config(b->at[i])->number;

        if ((number & BUS_ID_BITS) == id && ((number & BUS_KIND_BITS) == BUS_PAIR_B) == second)
            return b->at[i];
    }
    return NULL;
}

uint32_t
chassis_buses_of(const struct chassis_buses *b, const struct machine_mc *m,
                 struct mc_bus to[CHASSIS_BUSES_OF_MC])
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < m->port_count && count < CHASSIS_BUSES_OF_MC; i++) {
        const struct machine_port *p = &m->ports[i];
        struct medium *medium = chassis_buses_find(b, p->bus, false);

        if (medium != NULL)
            to[count++] = (struct mc_bus){ medium, chassis_buses_find(b, p->bus, true),
                                           p->channel, p->address };
    }
    return count;
}

/* The address on a bus of the first controller whose further bus it is. */
static uint8_t
owner_of(const struct description *d, uint8_t bus)
{
    for (uint32_t i = 0; i < d->mc_count; i++)
        for (uint32_t j = 0; j < d->mcs[i]->port_count; j++)
            if (d->mcs[i]->ports[j].bus == bus && d->mcs[i]->added)
                return d->mcs[i]->ports[j].address;
    return EVENT_RECEIVER_NONE;
}

uint8_t
chassis_buses_receiver(const struct description *d, const struct machine_mc *m)
{
    if (m->keeps_events || machine_id(m) == d->bmc_address)
        return 0;
    return m->bus == 0 ? d->bmc_address : owner_of(d, m->bus);
}
