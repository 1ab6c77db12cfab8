#include "sim/lab/lab.h"

#include <stdlib.h>
#include <string.h>

#include "sim/lab/deadlines.h"
#include "sim/lab/outside.h"
#include "sim/mc/oem_library.h"

#define OUTBOX_DEFAULT 1024
#define LAB_SEGMENTS   256

struct lab {
    struct rng_key key;
    uint64_t epoch_s;
    struct outside outside;
    const struct tap *tap;
    const struct mc_watch *watch;
    struct command_set *commands;
    struct oem_library *oem;
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

    lab->oem = oem_library_new();
    if (lab->oem == NULL)
        st = ST_NOMEM;
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
    outside_init(&lab->outside, opts->backing, &lab->now);
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
    outside_free(&lab->outside);
    for (uint32_t i = 0; i < lab->segment_count; i++)
        segment_free(lab->segments[i]);
    free(lab->units);
    deadlines_free(&lab->deadlines);
    outbox_free(lab->out);
    crypto_work_free(lab->work);
    crypto_free(lab->crypto);
    oem_library_free(lab->oem);
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
        .oem = lab->oem,
        .watch = &lab->watch,
        .crypto = lab->crypto,
        .work = lab->work,
        .backing = outside_backing(&lab->outside),
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

struct oem_library *
lab_oem(struct lab *lab)
{
    return lab->oem;
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

void
lab_set_recorder(struct lab *lab, lab_record_fn *record, void *ctx)
{
    lab->outside.record = record;
    lab->outside.ctx = ctx;
}

void
lab_set_watch(struct lab *lab, const struct mc_watch *watch)
{
    lab->watch = watch;
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

/* Fire what is due up to an instant, as long as fewer datagrams than room
 * wait to be sent. */
static bool
fire(struct lab *lab, instant to, size_t room)
{
    for (;;) {
        instant due = deadlines_next(&lab->deadlines);
        struct chassis_unit *unit;

        if (due > to || due == INSTANT_NEVER)
            return true;
        if (outbox_count(lab->out) >= room)
            return false;
        unit = lab->units[deadlines_first(&lab->deadlines)];
        lab->now = due > lab->now ? due : lab->now;
        chassis_unit_advance(unit, due);
        touched(lab, unit);
    }
}

bool
lab_advance(struct lab *lab, instant to)
{
    if (!fire(lab, to, lab->out_high))
        return false;
    if (to != INSTANT_NEVER && to > lab->now)
        lab->now = to;
    return true;
}

/* Bring the lab to the instant of an input. All of it, so that the order of
 * what happens hangs on the inputs alone and not on when the driver advanced. */
static void
bring(struct lab *lab, struct chassis_unit *unit, instant now)
{
    (void)fire(lab, now, SIZE_MAX);
    if (now > lab->now)
        lab->now = now;
    chassis_unit_advance(unit, now);
}

void
lab_input(struct lab *lab, struct chassis_unit *unit, struct lan *lan, instant now,
          const struct peer *from, struct bytes datagram)
{
    bring(lab, unit, now);
    outside_tell(&lab->outside, &(struct lab_heard){
        .kind = HEARD_DATAGRAM, .unit = unit, .lan = lan, .from = from, .octets = datagram,
    });
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
    outside_tell(&lab->outside, &(struct lab_heard){
        .kind = HEARD_ACTION, .unit = unit, .action = a,
    });
    st = lab_act_on(unit, a);
    touched(lab, unit);
    return st;
}

/* ---- serial ports that lead out ---- */

enum status
lab_plug(struct lab *lab, struct chassis_unit *unit, const struct uart_end *end)
{
    enum status st;

    bring(lab, unit, lab->now);
    st = outside_plug(&lab->outside, unit, end);
    touched(lab, unit);
    return st;
}

void
lab_unplug(struct lab *lab, struct chassis_unit *unit, const void *ctx)
{
    bring(lab, unit, lab->now);
    if (outside_unplug(&lab->outside, unit, ctx))
        touched(lab, unit);
}

static void
at_port(struct lab *lab, struct chassis_unit *unit, instant now, enum lab_heard_kind kind,
        void (*what)(struct uart *uart))
{
    struct uart *uart = outside_uart(unit);

    if (uart == NULL)
        return;
    bring(lab, unit, now);
    outside_tell(&lab->outside, &(struct lab_heard){ .kind = kind, .unit = unit });
    what(uart);
    touched(lab, unit);
}

void
lab_speak(struct lab *lab, struct chassis_unit *unit, instant now)
{
    at_port(lab, unit, now, HEARD_SPEAK, uart_speak);
}

void
lab_listen(struct lab *lab, struct chassis_unit *unit, instant now)
{
    at_port(lab, unit, now, HEARD_LISTEN, uart_listen);
}
