/* Further buses of controllers: what only the whole machine tells. */
#include "emu/build.h"

static void
wrong(struct build *b, const struct machine_mc *mc, const struct machine_port *port,
      const char *expected)
{
    char name[BUS_NAME_SIZE];
    bool local = port->bus && description_find_bus(b->d, port->bus)->local;

    diag_error(b->diags, b->notes[machine_id(mc)]->named,
               "found controller 0x%02x on %s; expected %s", machine_id(mc),
               bus_name((uint8_t)((local ? BUS_LOCAL : BUS_SINGLE) | port->bus), name),
               expected);
}

/* A LAN has that channel of the controller's. */
static bool
channel_taken(const struct machine_mc *mc, uint8_t channel)
{
    for (uint32_t i = 0; i < mc->lan_count; i++)
        if (mc->lans[i].channel == channel)
            return true;
    return false;
}

/* Another controller, or a port of one, has that address on that bus. */
static bool
address_taken(const struct description *d, const struct machine_port *port)
{
    const struct machine_mc *mc = description_find_mc(d, MC_ID(port->bus, port->address));

    for (uint32_t i = 0; i < d->mc_count; i++)
        for (uint32_t j = 0; j < d->mcs[i]->port_count; j++) {
            const struct machine_port *other = &d->mcs[i]->ports[j];

            if (other != port && other->bus == port->bus && other->address == port->address)
                return true;
        }
    return mc != NULL && mc->added;
}

void
build_check_ports(struct build *b, const struct machine_mc *mc)
{
    for (uint32_t i = 0; i < mc->port_count; i++) {
        if (channel_taken(mc, mc->ports[i].channel))
            wrong(b, mc, &mc->ports[i], "a channel that no LAN of its has");
        if (address_taken(b->d, &mc->ports[i]))
            wrong(b, mc, &mc->ports[i], "an address there that no other has");
    }
}
