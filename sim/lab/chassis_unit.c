#include "sim/lab/chassis_unit.h"

#include <stdlib.h>
#include <string.h>

#include "sim/lab/chassis_buses.h"
#include "sim/lab/mains.h"

struct chassis_unit {
    struct world world;
    struct chassis_opts opts;     /* as made */
    struct description *description;
    struct chassis_buses buses;
    struct segment *icmb;
    struct connector *connector;  /* to icmb */
    struct host *host;
    struct mains mains;
    struct mc **mcs;              /* mc_count of them; those put in later are last */
    uint32_t mc_count;
    struct mc *bmc;
    struct timer actions;         /* of the description's start script */
    uint32_t next_action;
    instant start;
    uint32_t index;               /* among those of its description */
};

/* Only controllers that were added exist; a name in lan.conf is none. */
static bool
exists(const struct machine_mc *m)
{
    return m->added;
}

static enum status
make_mc(struct chassis_unit *unit, const struct chassis_opts *o, const struct machine_mc *m)
{
    bool bmc = machine_id(m) == unit->description->bmc_address;
    struct mc_bus buses[CHASSIS_BUSES_OF_MC];
    struct mc_opts opts = {
        .world = &unit->world,
        .machine = m,
        .commands = o->commands,
        .oem = o->oem,
        .watch = o->watch,
        .crypto = o->crypto,
        .work = o->work,
        .bus = chassis_buses_find(&unit->buses, m->bus, false),
        .bus_b = chassis_buses_find(&unit->buses, m->bus, true),
        .buses = buses,
        .bus_count = chassis_buses_of(&unit->buses, m, buses),
        .host = bmc ? unit->host : NULL,
        .manager = &unit->bmc,
        .backing = o->backing,
        .shelf = &unit->description->shelf,
        .icmb = bmc && unit->connector ? connector_wire(unit->connector) : NULL,
        .icmb_address = (uint16_t)(unit->description->icmb_address + o->index),
        .icmb_channel = unit->description->icmb_channel,
        .identity = { .index = o->index, .key = rng_key_numbered(o->key, machine_id(m)) },
        .bmc = bmc,
        .event_receiver = chassis_buses_receiver(unit->description, m),
    };
    enum status st = mc_new(&opts, &unit->mcs[unit->mc_count]);

    if (st == ST_OK && bmc)
        unit->bmc = unit->mcs[unit->mc_count];
    if (st == ST_OK)
        unit->mc_count++;
    return st;
}

static enum status
make_mcs(struct chassis_unit *unit, const struct chassis_opts *o)
{
    const struct description *d = unit->description;
    enum status st = ST_OK;

    unit->mcs = calloc(d->mc_count ? d->mc_count : 1, sizeof *unit->mcs);
    if (unit->mcs == NULL)
        return ST_NOMEM;
    for (uint32_t i = 0; st == ST_OK && i < d->mc_count; i++)
        if (exists(d->mcs[i]))
            st = make_mc(unit, o, d->mcs[i]);
    return st;
}

static void
arm_actions(struct chassis_unit *unit)
{
    const struct description *d = unit->description;

    if (unit->next_action < d->action_count)
        (void)timeline_arm(&unit->world.timeline, &unit->actions,
                           instant_add(unit->start, d->actions[unit->next_action].at));
}

/* Do all actions of the start script that are due; one that means what is
 * not there is noted, and the rest go on. */
static void
run_actions(void *ctx, instant at)
{
    struct chassis_unit *unit = ctx;
    const struct description *d = unit->description;

    while (unit->next_action < d->action_count &&
           instant_add(unit->start, d->actions[unit->next_action].at) <= at) {
        enum status st = lab_act_on(unit, &d->actions[unit->next_action++]);

        if (st != ST_OK)
            world_note(&unit->world, status_text(st));
    }
    arm_actions(unit);
}

/* Is a host to be found on at the start? Not one that the restore policy
 * decides about: that one is about to be started, or stays off. */
static bool
found_on(const struct machine_mc *bmc)
{
    return bmc->power_on && !bmc->power_policy_given;
}

static void
set_delays(struct host *host, const struct machine_host *facts)
{
    struct host_delays d;
    instant *const spans[HOST_SPANS] = {
        [HOST_SPAN_ON] = &d.on,       [HOST_SPAN_OFF] = &d.off,   [HOST_SPAN_SOFT] = &d.soft,
        [HOST_SPAN_CYCLE] = &d.cycle, [HOST_SPAN_BOOT] = &d.boot,
    };

    host_delays(host, &d);
    for (unsigned i = 0; i < HOST_SPANS; i++)
        if (facts->given >> i & 1u)
            *spans[i] = SPAN_MS(facts->ms[i]);
    host_set_delays(host, &d);
}

static enum status
make_host(struct chassis_unit *unit, const struct machine_mc *bmc)
{
    enum status st = host_new(&unit->world, found_on(bmc), &unit->host);

    if (st == ST_OK)
        set_delays(unit->host, &bmc->host);
    return st;
}

static enum status
make_parts(struct chassis_unit *unit, const struct chassis_opts *o)
{
    const struct machine_mc *bmc =
        description_find_mc(unit->description, unit->description->bmc_address);
    enum status st = chassis_buses_init(&unit->buses, &unit->world, unit->description);

    unit->icmb = o->icmb;
    if (st == ST_OK && unit->icmb != NULL)
        st = segment_join(unit->icmb, &unit->world, &unit->connector);
    if (st == ST_OK && bmc != NULL)
        st = make_host(unit, bmc);
    if (st == ST_OK)
        st = make_mcs(unit, o);
    if (st == ST_OK && unit->host != NULL)
        mains_begin(&unit->mains);
    return st;
}

enum status
chassis_unit_new(const struct chassis_opts *opts, struct chassis_unit **out)
{
    struct chassis_unit *unit = calloc(1, sizeof *unit);
    enum status st;

    if (unit == NULL)
        return ST_NOMEM;
    world_init(&unit->world, opts->key, opts->number, opts->epoch_s);
    unit->world.tap = opts->tap;
    unit->world.out = opts->out;
    unit->opts = *opts;
    unit->description = description_ref(opts->description);
    unit->start = opts->start;
    unit->index = opts->index;
    world_advance(&unit->world, opts->start);
    timer_init(&unit->actions, TIMER_DEVICE, run_actions, unit);
    mains_init(&unit->mains, unit);
    st = make_parts(unit, opts);
    if (st != ST_OK) {
        chassis_unit_free(unit);
        return st;
    }
    arm_actions(unit);
    *out = unit;
    return ST_OK;
}

void
chassis_unit_free(struct chassis_unit *unit)
{
    if (unit == NULL)
        return;
    timeline_disarm(&unit->world.timeline, &unit->actions);
    mains_end(&unit->mains);
    unit->bmc = NULL;                 /* no satellite is to look at it any more */
    for (uint32_t i = 0; i < unit->mc_count; i++)
        mc_free(unit->mcs[i]);
    free(unit->mcs);
    segment_leave(unit->connector);
    host_free(unit->host);
    chassis_buses_free(&unit->buses);
    world_free(&unit->world);
    description_unref(unit->description);
    free(unit);
}

struct world *
chassis_unit_world(struct chassis_unit *unit)
{
    return &unit->world;
}

const struct description *
chassis_unit_description(const struct chassis_unit *unit)
{
    return unit->description;
}

uint32_t
chassis_unit_index(const struct chassis_unit *unit)
{
    return unit->index;
}

struct host *
chassis_unit_host(struct chassis_unit *unit)
{
    return unit->host;
}

struct medium *
chassis_unit_nth_bus(struct chassis_unit *unit, uint32_t n)
{
    return n < unit->buses.count ? unit->buses.at[n] : NULL;
}

struct medium *
chassis_unit_bus(struct chassis_unit *unit)
{
    return chassis_unit_nth_bus(unit, 0);
}

uint32_t
chassis_unit_bus_count(const struct chassis_unit *unit)
{
    return unit->buses.count;
}

struct segment *
chassis_unit_icmb(struct chassis_unit *unit)
{
    return unit->icmb;
}

struct mc *
chassis_unit_bmc(struct chassis_unit *unit)
{
    return unit->bmc;
}

struct mc *
chassis_unit_nth_mc(struct chassis_unit *unit, uint32_t n)
{
    return n < unit->mc_count ? unit->mcs[n] : NULL;
}

/* The place of the controller of an id, or mc_count. */
static uint32_t
place_of(const struct chassis_unit *unit, uint16_t id)
{
    uint32_t i = 0;

    while (i < unit->mc_count && machine_id(mc_machine(unit->mcs[i])) != id)
        i++;
    return i;
}

struct mc *
chassis_unit_mc(struct chassis_unit *unit, uint16_t id)
{
    return chassis_unit_nth_mc(unit, place_of(unit, id));
}

void
chassis_unit_set_mains(struct chassis_unit *unit, bool on)
{
    mains_set(&unit->mains, on);
}

enum status
chassis_unit_remove(struct chassis_unit *unit, uint16_t id)
{
    uint32_t i = place_of(unit, id);

    if (i == unit->mc_count)
        return ST_MISSING;
    if (unit->mcs[i] == unit->bmc || mc_lan(unit->mcs[i], 0) != NULL)
        return ST_INVALID;
    mc_free(unit->mcs[i]);
    unit->mc_count--;
    memmove(&unit->mcs[i], &unit->mcs[i + 1],
            (unit->mc_count - i) * sizeof unit->mcs[0]);
    return ST_OK;
}

enum status
chassis_unit_insert(struct chassis_unit *unit, uint16_t id)
{
    const struct machine_mc *m = description_find_mc(unit->description, id);
    enum status st;

    if (m == NULL || !exists(m))
        return ST_MISSING;
    if (chassis_unit_mc(unit, id) != NULL)
        return ST_EXISTS;
    st = make_mc(unit, &unit->opts, m);
    if (st == ST_OK && unit->mains.failed)
        mc_set_power(chassis_unit_mc(unit, id), false);
    return st;
}

/* The controller and place on it of the unit's n-th LAN endpoint; NULL. One that
 * is not the BMC may be described with LANs, and has none. */
static struct mc *
find_lan(struct chassis_unit *unit, uint32_t n, unsigned *lan)
{
    for (uint32_t i = 0; i < unit->mc_count; i++) {
        unsigned count = 0;

        while (mc_lan(unit->mcs[i], count) != NULL)
            count++;

        if (n < count) {
            *lan = n;
            return unit->mcs[i];
        }
        n -= count;
    }
    return NULL;
}

struct lan *
chassis_unit_lan(struct chassis_unit *unit, uint32_t n)
{
    unsigned lan;
    struct mc *mc = find_lan(unit, n, &lan);

    return mc == NULL ? NULL : mc_lan(mc, lan);
}

const struct machine_lan *
chassis_unit_lan_facts(struct chassis_unit *unit, uint32_t n)
{
    unsigned lan;
    struct mc *mc = find_lan(unit, n, &lan);

    return mc == NULL ? NULL : &mc_machine(mc)->lans[lan];
}

void
chassis_unit_advance(struct chassis_unit *unit, instant to)
{
    world_advance(&unit->world, to);
}

instant
chassis_unit_deadline(const struct chassis_unit *unit)
{
    return world_deadline(&unit->world);
}
