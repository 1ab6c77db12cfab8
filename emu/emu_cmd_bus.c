#include "emu/emu_handlers.h"
#include "emu/fault_words.h"
#include "sim/bus/medium.h"

static struct diags *
diags_of(struct emu_call *call)
{
    return call->run->script->diags;
}

/* ---- the bus itself ---- */

/* 0 stands for the word instant. */
void
do_ipmb_speed(struct emu_call *call)
{
    struct description *d = call->run->build->d;
    uint32_t hz = call->v[0].n;

    d->bus_instant = hz == 0;
    if (hz == 0)
        return;
    if (hz < MEDIUM_BIT_RATE_MIN || hz > MEDIUM_BIT_RATE_MAX)
        diag_error(diags_of(call), call->v[0].at,
                   "found %u Hz; expected %u to %u, or instant", (unsigned)hz,
                   MEDIUM_BIT_RATE_MIN, MEDIUM_BIT_RATE_MAX);
    else
        d->bus_hz = hz;
}

void
do_ipmb_model(struct emu_call *call)
{
    call->run->build->d->bus_csma = call->v[0].n == BUS_CSMA;
}

/* ---- who is on it ---- */

/* The BMC and what has a LAN of its own stay where they are. */
static bool
is_satellite(struct emu_call *call)
{
    struct emu_run *run = call->run;
    uint8_t bmc = run->build ? run->build->d->bmc_address : run->live->bmc_address;

    if (machine_id(call->mc) != bmc)
        return true;
    diag_error(diags_of(call), call->v[0].at,
               "found the BMC, 0x%02x; expected another controller", bmc);
    return false;
}

static void
act_on_satellite(struct emu_call *call, enum lab_act what, bool on)
{
    struct lab_action a = { .what = what, .mc = machine_id(call->mc), .on = on };

    if (is_satellite(call))
        emu_do(call, &a);
}

void
do_mc_remove(struct emu_call *call)
{
    act_on_satellite(call, ACT_MC_PRESENCE, false);
}

void
do_mc_insert(struct emu_call *call)
{
    act_on_satellite(call, ACT_MC_PRESENCE, true);
}

void
do_mc_power(struct emu_call *call)
{
    act_on_satellite(call, ACT_MC_POWER, call->v[1].n);
}

void
do_mc_reset(struct emu_call *call)
{
    struct lab_action a = { .what = ACT_MC_RESET,
                            .mc = machine_id(call->mc),
                            .on = call->v[1].n };

    emu_do(call, &a);
}

void
do_bridge_style(struct emu_call *call)
{
    struct lab_action a = { .what = ACT_BRIDGE_STYLE,
                            .mc = machine_id(call->mc),
                            .value = (uint8_t)call->v[1].n };

    emu_do(call, &a);
}

/* ---- faults ---- */

/* Memory that lives as long as the action does. */
static void *
room_for(struct emu_call *call, size_t size)
{
    struct build *b = call->run->build;
    void *p = b ? description_alloc(b->d, size) : pool_alloc(call->run->words, size);

    if (p == NULL && b != NULL)
        b->nomem = true;
    return p;
}

void
do_fault(struct emu_call *call)
{
    struct lab_action a = { .what = ACT_FAULT };
    struct fault_words words, *kept;

    if (!fault_words_parse(call->lx, &words))
        return;
    emu_check_bus(call, &words.rule);
    kept = room_for(call, sizeof *kept);
    if (kept == NULL)
        return;
    *kept = words;
    kept->rule.name = kept->name;
    a.fault = &kept->rule;
    emu_do(call, &a);
}

void
do_fault_clear(struct emu_call *call)
{
    struct lab_action a = { .what = ACT_FAULT_CLEAR, .id = call->v[0].n };

    emu_do(call, &a);
}
