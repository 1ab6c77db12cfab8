#include "sim/mc/shelf.h"

#include <stdlib.h>

#include "sim/mc/mc_parts.h"

#define CMD_SET_ACTIVATION 0x0c
#define CMD_SET_LEVEL      0x11
#define CMD_GET_LEVEL      0x12
#define DESIRED            1 /* Get Power Level: steady state, desired */
#define LEVEL_BITS         0x1f

#define EVENT_SENSOR_SPECIFIC 0x6f
#define EVENT_OEM_BOTH        0xa0 /* event data 2 and 3 are of the sensor's own kind */
#define STATE_BITS            0x07

bool
shelf_managed(const struct mc *mc)
{
    return (mc->gate.groups & GROUP_SHELF_MANAGER) != 0;
}

/* ---- what is known ---- */

static struct shelf_fru *
known(struct shelf *s, uint8_t address, uint8_t fru)
{
    for (uint32_t i = 0; i < s->fru_count; i++)
        if (s->frus[i].address == address && s->frus[i].fru == fru)
            return &s->frus[i];
    return NULL;
}

static struct shelf_fru *
note(struct shelf *s, uint8_t address, uint8_t fru)
{
    struct shelf_fru *f = known(s, address, fru);

    if (f != NULL || s->fru_count == SHELF_FRUS)
        return f;
    f = &s->frus[s->fru_count++];
    *f = (struct shelf_fru){ .address = address, .fru = fru };
    return f;
}

static void
grant(struct shelf *s, uint8_t address, uint8_t fru, uint32_t watts)
{
    struct shelf_fru *f = known(s, address, fru);

    if (f == NULL || f->watts == watts)
        return;
    f->watts = watts;
    s->grants++;
}

uint32_t
shelf_watts(const struct mc *mc)
{
    uint32_t watts = 0;

    for (uint32_t i = 0; mc->shelf != NULL && i < mc->shelf->fru_count; i++)
        watts += mc->shelf->frus[i].watts;
    return watts;
}

struct shelf_policy *
shelf_policy(struct mc *mc, const struct shelf_policy *like, bool make)
{
    struct shelf *s = shelf_of(mc);

    for (uint32_t i = 0; s != NULL && i < s->policy_count; i++) {
        struct shelf_policy *p = &s->policies[i];

        if (p->site == like->site && p->type == like->type && p->number == like->number &&
            p->of == like->of)
            return p;
    }
    if (s == NULL || !make || s->policy_count == SHELF_POLICIES)
        return NULL;
    s->policies[s->policy_count] = *like;
    return &s->policies[s->policy_count++];
}

/* ---- acting ---- */

static void
wait_for_next(struct shelf *s)
{
    if (s->act_count > 0 && !timer_armed(&s->next))
        (void)timeline_arm(&s->mc->world->timeline, &s->next,
                           instant_add(s->mc->world->now, SHELF_DELAY));
}

static void
act_done(struct shelf *s)
{
    s->asking = false;
    s->act_first = (s->act_first + 1) % SHELF_ACTS;
    s->act_count--;
    wait_for_next(s);
}

/* Tell in the controller's stead what only the shelf manager knows of its FRU:
 * that it went from or to M7. */
static void
tell(struct shelf *s, const struct shelf_fru *f, uint8_t state, uint8_t before)
{
    uint8_t generator[2] = { f->address, 0 };
    struct mc_event ev = {
        .lun = f->lun,
        .sensor_type = SENSOR_HOT_SWAP,
        .sensor_number = f->sensor,
        .type_dir = EVENT_SENSOR_SPECIFIC,
        .data = { (uint8_t)(EVENT_OEM_BOTH | state), (uint8_t)(SWAP_LOST << 4 | before),
                  f->fru },
    };

    event_received(s->mc, generator, &ev);
}

static void
lost(struct shelf *s, const struct shelf_act *a)
{
    const struct shelf_fru *f = known(s, a->address, a->fru);

    if (f != NULL && f->state != PICMG_M7)
        tell(s, f, PICMG_M7, a->state);
}

static void ask(struct shelf *s, uint8_t cmd, const uint8_t *data, size_t len);

/* Give the FRU what it wants: the level that Get Power Level told. */
static void
give_wanted(struct shelf *s, struct bytes answer)
{
    const struct shelf_act *a = &s->acts[s->act_first];
    struct rd r = rd_of(answer);
    uint8_t level, multiplier, draw = 0;

    rd_skip(&r, 1);
    level = rd_u8(&r) & LEVEL_BITS;
    rd_skip(&r, 1);
    multiplier = rd_u8(&r);
    for (uint8_t i = 0; i < level; i++)
        draw = rd_u8(&r);
    if (r.bad || level == 0) {
        act_done(s);
        return;
    }
    grant(s, a->address, a->fru, (draw * (uint32_t)multiplier + 9) / 10);
    ask(s, CMD_SET_LEVEL, (const uint8_t[]){ GROUP_PICMG, a->fru, level, 1 }, 4);
}

static void
answered(void *ctx, uint32_t mark, enum ipmb_end end, uint8_t cc, struct bytes data)
{
    struct shelf *s = ctx;

    if (end != IPMB_END_ANSWERED)
        lost(s, &s->acts[s->act_first]);
    if (end == IPMB_END_ANSWERED && cc == CC_OK && mark == CMD_GET_LEVEL)
        give_wanted(s, data);
    else
        act_done(s);
}

static void
ask(struct shelf *s, uint8_t cmd, const uint8_t *data, size_t len)
{
    struct ipmb_ask request = {
        .target = s->acts[s->act_first].address,
        .netfn = NETFN_GROUP,
        .cmd = cmd,
        .data = bytes_of(data, len),
        .done = answered,
        .ctx = s,
        .mark = cmd,
    };

    s->asking =
        s->mc->port != NULL && ipmb_port_ask(s->mc->port, &request, &s->ticket) == ST_OK;
    if (!s->asking)
        act_done(s);
}

/* A FRU of our own: no frame goes out for it. */
static void
act_here(struct shelf *s, const struct shelf_act *a)
{
    struct picmg_fru *f = picmg_fru(s->mc, a->fru);

    if (f != NULL && a->state == PICMG_M3) {
        (void)picmg_set_level(f, f->wanted);
        grant(s, a->address, a->fru, picmg_watts(picmg_power(s->mc, a->fru), f->level));
    } else if (f != NULL && a->state == (uint8_t)picmg_state(f)) {
        (void)picmg_activate(f, a->state == PICMG_M2);
    }
    act_done(s);
}

static void
act(void *ctx, instant at)
{
    struct shelf *s = ctx;
    const struct shelf_act *a = &s->acts[s->act_first];

    (void)at;
    if (s->asking || s->act_count == 0)
        return;
    if (a->address == s->mc->machine->address) {
        act_here(s, a);
        return;
    }
    switch (a->state) {
    case PICMG_M2:
    case PICMG_M5:
        ask(s, CMD_SET_ACTIVATION,
            (const uint8_t[]){ GROUP_PICMG, a->fru, a->state == PICMG_M2 }, 3);
        break;
    default:
        ask(s, CMD_GET_LEVEL, (const uint8_t[]){ GROUP_PICMG, a->fru, DESIRED }, 3);
        break;
    }
}

static void
plan(struct shelf *s, uint8_t address, uint8_t fru, uint8_t state)
{
    if (s->act_count == SHELF_ACTS) {
        s->dropped++;
        return;
    }
    s->acts[(s->act_first + s->act_count++) % SHELF_ACTS] =
        (struct shelf_act){ address, fru, state };
    if (!s->asking)
        wait_for_next(s);
}

void
shelf_renegotiate(struct mc *mc, uint8_t address, uint8_t fru)
{
    struct shelf *s = shelf_of(mc);

    if (s != NULL && note(s, address, fru) != NULL)
        plan(s, address, fru, PICMG_M3);
}

/* ---- hearing ---- */

bool
shelf_event(struct mc *mc, const uint8_t generator[2], const struct mc_event *ev)
{
    uint8_t state = ev->data[0] & STATE_BITS, before = ev->data[1] & STATE_BITS;
    struct shelf *s;
    struct shelf_fru *f;
    bool back;

    if (!shelf_managed(mc) || ev->sensor_type != SENSOR_HOT_SWAP ||
        ev->type_dir != EVENT_SENSOR_SPECIFIC)
        return false;
    s = shelf_of(mc);
    f = s == NULL ? NULL : note(s, generator[0], ev->data[2]);
    if (f == NULL)
        return false;
    back = f->state == PICMG_M7 && state != PICMG_M7 && before != PICMG_M7;
    f->state = state;
    f->lun = ev->lun;
    f->sensor = ev->sensor_number;
    if (state <= PICMG_M1)
        grant(s, f->address, f->fru, 0);
    if (back)
        tell(s, f, state, PICMG_M7);
    if (!mc->opts.shelf->atca || before == PICMG_M7)
        return true;
    if (state == PICMG_M2 || state == PICMG_M3 || state == PICMG_M5)
        plan(s, f->address, f->fru, state);
    return true;
}

/* ---- birth, cold reset, end ---- */

struct shelf *
shelf_of(struct mc *mc)
{
    struct shelf *s = mc->shelf;

    if (s != NULL)
        return s;
    s = calloc(1, sizeof *s);
    if (s == NULL)
        return NULL;
    s->mc = mc;
    s->address[0] = 0xc0;
    timer_init(&s->next, TIMER_DEVICE, act, s);
    mc->shelf = s;
    return s;
}

enum status
shelf_init(struct mc *mc)
{
    mc->shelf = NULL;
    return ST_OK;
}

void
shelf_reset(struct mc *mc)
{
    struct shelf *s = mc->shelf;

    if (s == NULL)
        return;
    if (s->asking)
        (void)ipmb_port_cancel(mc->port, s->ticket);
    timeline_disarm(&mc->world->timeline, &s->next);
    s->asking = false;
    s->act_count = s->policy_count = 0;
    for (unsigned i = 0; i < sizeof s->owners; i++)
        s->owners[i] = 0;
}

void
shelf_free(struct mc *mc)
{
    if (mc->shelf == NULL)
        return;
    timeline_disarm(&mc->world->timeline, &mc->shelf->next);
    free(mc->shelf);
    mc->shelf = NULL;
}
