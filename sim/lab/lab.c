#include "sim/lab/lab.h"

#include <stdlib.h>
#include <string.h>

#include "sim/lab/deadlines.h"

#define OUTBOX_DEFAULT 1024
#define LAB_SEGMENTS   256

struct lab {
    struct rng_key key;
    uint64_t epoch_s;
    const struct mc_backing *backing;
    const struct tap *tap;
    struct command_set *commands;
    struct crypto *crypto;
    struct crypto_work *work;
    struct outbox *out;
    size_t out_high;              /* three quarters of the outbox */
    struct chassis_unit **units;
    uint32_t count, room;
    struct deadlines deadlines;
    struct segment *segments[LAB_SEGMENTS];   /* segment_count of them */
    uint32_t segment_count;
    instant now;
};

static enum status
open_library(struct lab *lab, size_t datagrams)
{
    size_t count;
    const struct command_table *const *tables = mc_command_tables(&count);
    enum status st = command_set_new(tables, count, &lab->commands);

    if (st == ST_OK)
        st = crypto_new(&lab->crypto);
    if (st == ST_OK)
        st = crypto_work_new(lab->crypto, &lab->work);
    if (st == ST_OK)
        st = outbox_new(datagrams, &lab->out);
    return st;
}

enum status
lab_new(const struct lab_opts *opts, struct lab **out)
{
    struct lab *lab = calloc(1, sizeof *lab);
    size_t datagrams = opts->outbox ? opts->outbox : OUTBOX_DEFAULT;
    enum status st;

    if (lab == NULL)
        return ST_NOMEM;
    lab->key = opts->system_entropy ? opts->root_key : rng_key_root(opts->seed);
    lab->epoch_s = opts->epoch_s ? opts->epoch_s : WORLD_EPOCH_DEFAULT;
    lab->backing = opts->backing;
    lab->out_high = datagrams - datagrams / 4;
    st = open_library(lab, datagrams);
    if (st != ST_OK) {
        lab_free(lab);
        return st;
    }
    *out = lab;
    return ST_OK;
}

void
lab_free(struct lab *lab)
{
    if (lab == NULL)
        return;
    for (uint32_t i = 0; i < lab->count; i++)
        chassis_unit_free(lab->units[i]);
    for (uint32_t i = 0; i < lab->segment_count; i++)
        segment_free(lab->segments[i]);
    free(lab->units);
    deadlines_free(&lab->deadlines);
    outbox_free(lab->out);
    crypto_work_free(lab->work);
    crypto_free(lab->crypto);
    command_set_free(lab->commands);
    free(lab);
}

/* Room for one more unit, in the list and among the deadlines. */
static bool
make_room(struct lab *lab)
{
    uint32_t room = lab->room ? lab->room * 2 : 8;
    struct chassis_unit **units;

    if (lab->count < lab->room)
        return true;
    units = realloc(lab->units, room * sizeof *units);
    if (units == NULL)
        return false;
    lab->units = units;
    if (!deadlines_reserve(&lab->deadlines, room))
        return false;
    lab->room = room;
    return true;
}

/* The segment of a name, made when it is the first that asks for it. */
static enum status
find_segment(struct lab *lab, const char *name, struct segment **out)
{
    enum status st;

    for (uint32_t i = 0; i < lab->segment_count; i++)
        if (strcmp(segment_name(lab->segments[i]), name) == 0) {
            *out = lab->segments[i];
            return ST_OK;
        }
    if (lab->segment_count == LAB_SEGMENTS)
        return ST_FULL;
    st = segment_new(name, out);
    if (st == ST_OK)
        lab->segments[lab->segment_count++] = *out;
    return st;
}

enum status
lab_add(struct lab *lab, struct description *d, uint32_t index, struct chassis_unit **out)
{
    struct chassis_opts opts = {
        .description = d,
        .commands = lab->commands,
        .crypto = lab->crypto,
        .work = lab->work,
        .backing = lab->backing,
        .key = rng_key_numbered(rng_key_named(lab->key, d->name), index),
        .number = lab->count,
        .index = index,
        .epoch_s = lab->epoch_s,
        .tap = lab->tap,
        .out = lab->out,
        .start = lab->now,
    };
    struct chassis_unit *unit;
    enum status st = ST_OK;

    if (!make_room(lab))
        return ST_NOMEM;
    if (d->icmb != NULL)
        st = find_segment(lab, d->icmb, &opts.icmb);
    if (st == ST_OK)
        st = chassis_unit_new(&opts, &unit);
    if (st != ST_OK)
        return st;
    lab->units[lab->count] = unit;
    deadlines_set(&lab->deadlines, lab->count, chassis_unit_deadline(unit));
    lab->count++;
    if (out != NULL)
        *out = unit;
    return ST_OK;
}

uint32_t
lab_count(const struct lab *lab)
{
    return lab->count;
}

struct chassis_unit *
lab_unit(struct lab *lab, uint32_t n)
{
    return n < lab->count ? lab->units[n] : NULL;
}

struct outbox *
lab_outbox(struct lab *lab)
{
    return lab->out;
}

instant
lab_now(const struct lab *lab)
{
    return lab->now;
}

void
lab_set_tap(struct lab *lab, const struct tap *tap)
{
    lab->tap = tap;
    for (uint32_t i = 0; i < lab->count; i++)
        chassis_unit_world(lab->units[i])->tap = tap;
}

instant
lab_deadline(const struct lab *lab)
{
    return deadlines_next(&lab->deadlines);
}

static void
note_deadline(struct lab *lab, const struct world *world)
{
    deadlines_set(&lab->deadlines, world->chassis, world_deadline(world));
}

/* Note a unit's new deadline after anything was done to it, and those of the
 * chassis that it may have sent something to. */
static void
touched(struct lab *lab, struct chassis_unit *unit)
{
    struct segment *icmb = chassis_unit_icmb(unit);
    const struct world *world;

    note_deadline(lab, chassis_unit_world(unit));
    if (icmb == NULL || !segment_take_changed(icmb))
        return;
    for (uint32_t i = 0; (world = segment_world(icmb, i)) != NULL; i++)
        note_deadline(lab, world);
}

bool
lab_advance(struct lab *lab, instant to)
{
    for (;;) {
        instant due = deadlines_next(&lab->deadlines);
        struct chassis_unit *unit;

        if (due > to || due == INSTANT_NEVER)
            break;
        if (outbox_count(lab->out) >= lab->out_high)
            return false;
        unit = lab->units[deadlines_first(&lab->deadlines)];
        chassis_unit_advance(unit, due);
        lab->now = due > lab->now ? due : lab->now;
        touched(lab, unit);
    }
    if (to != INSTANT_NEVER && to > lab->now)
        lab->now = to;
    return true;
}

/* Of the chassis on a segment the one that acts next; of those that act at
 * the same instant the first. */
static const struct world *
next_of(const struct segment *icmb)
{
    const struct world *world, *next = NULL;

    for (uint32_t i = 0; (world = segment_world(icmb, i)) != NULL; i++)
        if (next == NULL || world_deadline(world) < world_deadline(next) ||
            (world_deadline(world) == world_deadline(next) && world->chassis < next->chassis))
            next = world;
    return next;
}

/* Bring one unit to an instant; timers of others keep their own order, except
 * of those that it shares a wire with: they come first. */
static void
bring(struct lab *lab, struct chassis_unit *unit, instant now)
{
    const struct segment *icmb = chassis_unit_icmb(unit);
    const struct world *next;

    while (icmb != NULL && (next = next_of(icmb)) != NULL && world_deadline(next) <= now) {
        chassis_unit_advance(lab->units[next->chassis], world_deadline(next));
        touched(lab, lab->units[next->chassis]);
    }
    chassis_unit_advance(unit, now);
    if (now > lab->now)
        lab->now = now;
}

void
lab_input(struct lab *lab, struct chassis_unit *unit, struct lan *lan, instant now,
          const struct peer *from, struct bytes datagram)
{
    bring(lab, unit, now);
    lan_input(lan, from, datagram);
    touched(lab, unit);
}

void
lab_do(struct lab *lab, struct chassis_unit *unit, instant now, void (*what)(void *ctx),
       void *ctx)
{
    bring(lab, unit, now);
    what(ctx);
    touched(lab, unit);
}

enum status
lab_act(struct lab *lab, struct chassis_unit *unit, instant now, const struct lab_action *a)
{
    enum status st;

    bring(lab, unit, now);
    st = lab_act_on(unit, a);
    touched(lab, unit);
    return st;
}
