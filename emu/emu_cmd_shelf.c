#include <string.h>

#include "emu/emu_handlers.h"

#define ICMB_ALL 0xffff

static struct diags *
diags_of(struct emu_call *call)
{
    return call->run->script->diags;
}

/* ---- the shelf ---- */

void
do_atca_enable(struct emu_call *call)
{
    call->run->build->d->shelf.atca = true;
}

void
do_atca_set_site(struct emu_call *call)
{
    struct build *b = call->run->build;
    struct machine_shelf *shelf = &b->d->shelf;
    struct machine_site *site = NULL;

    for (uint32_t i = 0; site == NULL && i < shelf->site_count; i++)
        if (shelf->sites[i].hw_address == call->v[0].n)
            site = (struct machine_site *)(uintptr_t)&shelf->sites[i];
    if (site == NULL)
        site = DESCRIPTION_ADD(b->d, shelf->sites, shelf->site_count);
    if (site == NULL)
        b->nomem = true;
    else
        *site = (struct machine_site){ (uint8_t)call->v[0].n, (uint8_t)call->v[1].n,
                                       (uint8_t)call->v[2].n };
}

void
do_vita_enable(struct emu_call *call)
{
    call->run->build->d->shelf.vita = true;
}

/* ---- what a FRU draws ---- */

/* The power of one FRU of a controller, made or to be described anew. */
static struct machine_power *
power_of(struct emu_call *call)
{
    struct machine_mc *mc = call->mc;
    struct build *b = call->run->build;
    struct machine_power *p;

    for (uint32_t i = 0; i < mc->power_count; i++)
        if (mc->powers[i].fru == call->v[1].n)
            return (struct machine_power *)(uintptr_t)&mc->powers[i];
    p = DESCRIPTION_ADD(b->d, mc->powers, mc->power_count);
    b->nomem = b->nomem || p == NULL;
    return p;
}

void
do_fru_power(struct emu_call *call)
{
    struct machine_power power = {
        .fru = (uint8_t)call->v[1].n,
        .delay = (uint8_t)call->v[2].n,
        .multiplier = (uint8_t)call->v[3].n,
    };
    struct machine_power *p;
    size_t count;

    if (!args_octets(call->lx, "draw", power.draw, sizeof power.draw, &count))
        return;
    if (count == 0) {
        diag_error(diags_of(call), call->at,
                   "found no draw; expected one for each power level");
        return;
    }
    power.count = (uint8_t)count;
    p = power_of(call);
    if (p != NULL)
        *p = power;
}

/* ---- HPM.1 ---- */

static bool
firmware_flags(struct emu_call *call, struct machine_firmware *f)
{
    struct token t;

    while (lex_word(call->lx, &t)) {
        if (t.text[0] == '#')
            return true;
        if (token_is(&t, "no-rollback"))
            f->no_rollback = true;
        else if (token_is(&t, "no-deferral"))
            f->no_deferral = true;
        else if (token_is(&t, "payload-reset"))
            f->payload_reset = true;
        else {
            lex_wrong(call->lx, &t, "no-rollback, no-deferral or payload-reset");
            return false;
        }
    }
    return true;
}

void
do_hpm_component(struct emu_call *call)
{
    struct build *b = call->run->build;
    struct machine_mc *mc = call->mc;
    const struct value *v = call->v;
    struct machine_firmware firmware = {
        .id = (uint8_t)v[1].n,
        .version = { (uint8_t)v[3].n, (uint8_t)v[4].n },
    };
    struct machine_firmware *f = NULL;

    if (v[2].len > sizeof firmware.name) {
        diag_error(diags_of(call), v[2].at,
                   "found a name of %zu characters; expected at most %zu", v[2].len,
                   sizeof firmware.name);
        return;
    }
    memcpy(firmware.name, v[2].text, v[2].len);
    if (!firmware_flags(call, &firmware))
        return;
    for (uint32_t i = 0; f == NULL && i < mc->firmware_count; i++)
        if (mc->firmwares[i].id == firmware.id)
            f = (struct machine_firmware *)(uintptr_t)&mc->firmwares[i];
    if (f == NULL)
        f = DESCRIPTION_ADD(b->d, mc->firmwares, mc->firmware_count);
    if (f == NULL)
        b->nomem = true;
    else
        *f = firmware;
}

/* ---- the ICMB ---- */

void
do_icmb(struct emu_call *call)
{
    struct build *b = call->run->build;

    if (call->v[1].n == 0 || call->v[1].n >= ICMB_ALL) {
        diag_error(diags_of(call), call->v[1].at,
                   "found address 0x%04x; expected 0x0001 to 0xfffe",
                   (unsigned)call->v[1].n);
        return;
    }
    b->d->icmb = build_text(b, call->v[0].text, call->v[0].len);
    b->d->icmb_address = (uint16_t)call->v[1].n;
    b->d->icmb_channel = call->v[2].given ? (uint8_t)call->v[2].n : 0;
}

/* ---- what happens to FRUs ---- */

static void
act_on_fru(struct emu_call *call, enum lab_act what)
{
    struct lab_action a = {
        .what = what,
        .mc = machine_id(call->mc),
        .number = (uint8_t)call->v[1].n,
        .on = call->v[2].n,
    };

    emu_do(call, &a);
}

void
do_fru_handle(struct emu_call *call)
{
    act_on_fru(call, ACT_FRU_HANDLE);
}

void
do_fru_presence(struct emu_call *call)
{
    act_on_fru(call, ACT_FRU_PRESENCE);
}
