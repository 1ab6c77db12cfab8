/* Which buses there are, and who is on which. */
#include <string.h>

#include "emu/emu_handlers.h"
#include "sim/bus/bus_name.h"
#include "sim/bus/medium.h"

#define OWNER_ADDRESS 0x20u /* of whoever a bus belongs to, on that bus */

static struct diags *
diags_of(struct emu_call *call)
{
    return call->run->script->diags;
}

/* ---- ipmb_bus ---- */

/* The id and kind of a bus by its name; false after a complaint. */
static bool
named_bus(struct emu_call *call, const struct value *name, uint8_t *id, bool *local)
{
    uint8_t number;
    bool good = bus_number(name->text, name->len, &number);
    unsigned kind = good ? number & BUS_KIND_BITS : BUS_SINGLE;

    *id = good ? number & BUS_ID_BITS : 0;
    *local = kind == BUS_LOCAL;
    good = good && *id <= BUS_ID_MAX && (kind == BUS_SINGLE || (*local && *id > 0));
    if (!good)
        diag_error(diags_of(call), name->at,
                   "found %s; expected the bus's name, ipmb0 to ipmb%u or ipmb-l1 to ipmb-l%u",
                   name->text, BUS_ID_MAX, BUS_ID_MAX);
    return good;
}

static bool
bit_rate(struct emu_call *call, const struct token *t, uint32_t *hz)
{
    struct number n;

    if (number_read(t->text + 3, t->len - 3, &n) && !n.negative &&
        n.magnitude >= MEDIUM_BIT_RATE_MIN && n.magnitude <= MEDIUM_BIT_RATE_MAX) {
        *hz = (uint32_t)n.magnitude;
        return true;
    }
    lex_wrong(call->lx, t, "hz= and %u to %u", MEDIUM_BIT_RATE_MIN, MEDIUM_BIT_RATE_MAX);
    return false;
}

/* The words after a bus's name; false after a complaint. */
static bool
bus_words(struct emu_call *call, struct description_bus *bus)
{
    struct token t;

    while (lex_word(call->lx, &t)) {
        if (t.text[0] == '#')
            return true;
        if (token_is(&t, "pair") && !bus->local)
            bus->pair = true;
        else if (token_is(&t, "csma"))
            bus->csma = true;
        else if (token_is(&t, "instant"))
            bus->instant = true;
        else if (t.len > 3 && memcmp(t.text, "hz=", 3) == 0) {
            if (!bit_rate(call, &t, &bus->hz))
                return false;
        } else {
            lex_wrong(call->lx, &t, bus->local ? "csma, instant or hz=N"
                                               : "pair, csma, instant or hz=N");
            return false;
        }
    }
    return true;
}

static void
describe_first(struct description *d, const struct description_bus *bus)
{
    d->bus_pair = bus->pair;
    d->bus_csma = bus->csma;
    d->bus_instant = bus->instant;
    d->bus_hz = bus->hz;
}

void
do_ipmb_bus(struct emu_call *call)
{
    struct build *b = call->run->build;
    struct description_bus bus = { 0 }, *kept;

    if (!named_bus(call, &call->v[0], &bus.id, &bus.local) || !bus_words(call, &bus))
        return;
    if (bus.id == 0) {
        describe_first(b->d, &bus);
        return;
    }
    if (description_find_bus(b->d, bus.id) != NULL) {
        diag_error(diags_of(call), call->v[0].at,
                   "found a second bus of number %u; expected each number once", bus.id);
        return;
    }
    kept = DESCRIPTION_ADD(b->d, b->d->buses, b->d->bus_count);
    b->nomem = b->nomem || kept == NULL;
    if (kept != NULL)
        *kept = bus;
}

/* ---- mc_bus ---- */

static bool
own_address(struct emu_call *call, uint8_t *address)
{
    static const char key[] = "address=";
    const size_t len = sizeof key - 1;
    struct number n;
    struct token t;

    if (!lex_word(call->lx, &t) || t.text[0] == '#')
        return true;
    if (t.len > len && memcmp(t.text, key, len) == 0 &&
        number_read(t.text + len, t.len - len, &n) && !n.negative && n.magnitude > 0 &&
        n.magnitude <= 0xfe && (n.magnitude & 1) == 0) {
        *address = (uint8_t)n.magnitude;
        return true;
    }
    lex_wrong(call->lx, &t, "address= and the controller's address there, even and above 0");
    return false;
}

/* Why a controller cannot have that port; NULL when it can. */
static const char *
objection(const struct emu_call *call, const struct machine_port *port)
{
    const struct machine_mc *mc = call->mc;

    if (port->bus != 0 && description_find_bus(call->run->build->d, port->bus) == NULL)
        return "a bus that ipmb_bus has described before";
    if (port->bus == mc->bus)
        return "another bus than the one that it is on anyway";
    for (uint32_t i = 0; i < mc->port_count; i++)
        if (mc->ports[i].bus == port->bus)
            return "a bus that it is not on yet";
    return NULL;
}

static bool
channel_free(struct emu_call *call, const struct machine_port *port)
{
    for (uint32_t i = 0; i < call->mc->port_count; i++)
        if (call->mc->ports[i].channel == port->channel)
            return false;
    return port->channel != 0;
}

void
do_mc_bus(struct emu_call *call)
{
    struct build *b = call->run->build;
    struct machine_port port = { .channel = (uint8_t)call->v[2].n, .address = OWNER_ADDRESS };
    struct machine_port *kept;
    const char *why;
    bool local;

    if (!named_bus(call, &call->v[1], &port.bus, &local) || !own_address(call, &port.address))
        return;
    why = objection(call, &port);
    if (why != NULL) {
        diag_error(diags_of(call), call->v[1].at, "found %s; expected %s", call->v[1].text, why);
        return;
    }
    if (!channel_free(call, &port)) {
        diag_error(diags_of(call), call->v[2].at,
                   "found channel %u; expected one of its that is free, 1 to 11", port.channel);
        return;
    }
    kept = DESCRIPTION_ADD(b->d, call->mc->ports, call->mc->port_count);
    b->nomem = b->nomem || kept == NULL;
    if (kept != NULL)
        *kept = port;
}

/* ---- controllers by their ids ---- */

uint16_t
emu_mc_id(struct emu_call *call, const struct value *v)
{
    const struct emu_run *run = call->run;
    const struct description *d = run->build != NULL ? run->build->d : run->live;

    if (v->n <= 0xff || description_find_bus(d, (uint8_t)(v->n >> 8)) != NULL)
        return (uint16_t)v->n;
    diag_warning(diags_of(call), v->at,
                 "found controller 0x%03x; expected an address in 8 bits, or a bus %u: it is "
                 "taken as 0x%02x", (unsigned)v->n, (unsigned)v->n >> 8, v->n & 0xffu);
    return (uint8_t)v->n;
}

/* ---- faults ---- */

/* There is a bus of that number, as faults and taps know it. */
static bool
is_described(const struct description *d, unsigned number)
{
    unsigned kind = number & BUS_KIND_BITS, id = number & BUS_ID_BITS;
    const struct description_bus *bus = id ? description_find_bus(d, (uint8_t)id) : NULL;
    bool pair = id ? bus != NULL && bus->pair : d->bus_pair;

    if (kind == BUS_PAIR_A || kind == BUS_PAIR_B)
        return pair;
    if (id == 0)
        return kind == BUS_SINGLE && !pair;
    return bus != NULL && !pair && bus->local == (kind == BUS_LOCAL);
}

void
emu_check_bus(struct emu_call *call, const struct fault_rule *rule)
{
    const struct emu_run *run = call->run;
    const struct description *d = run->build != NULL ? run->build->d : run->live;
    char name[BUS_NAME_SIZE];

    if (rule->link != TAP_IPMB || rule->number < 0 || is_described(d, (unsigned)rule->number))
        return;
    diag_warning(diags_of(call), call->at,
                 "found a fault on %s, which is not there: it never strikes; expected the name "
                 "of a bus%s", bus_name((uint8_t)rule->number, name),
                 d->bus_pair ? ", such as ipmb0-a" : "");
}
