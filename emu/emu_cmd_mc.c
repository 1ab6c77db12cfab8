#include <string.h>

#include "emu/emu_handlers.h"
#include "sim/ipmi/command.h"

#define SEL_BODY 13
#define SEL_TYPE_OEM_STAMPED 0xc0

static struct diags *
diags_of(struct emu_call *call)
{
    return call->run->script->diags;
}

void
do_mc_setbmc(struct emu_call *call)
{
    struct build *b = call->run->build;
    uint16_t address = emu_mc_id(call, &call->v[0]);

    if ((address & 1) || address == 0 || address > 0xff)
        diag_error(diags_of(call), call->v[0].at,
                   "found 0x%02x; expected the BMC's address, even and above 0", address);
    else
        b->d->bmc_address = (uint8_t)address;
}

static void
mc_flags(struct emu_call *call)
{
    struct token t;

    while (lex_word(call->lx, &t)) {
        if (token_is(&t, "dynsens"))
            call->mc->dynamic_sensors = true;
        else if (token_is(&t, "persist_sdr"))
            call->mc->persist_sdr = true;
        else if (t.text[0] == '#')
            return;
        else
            lex_doubt(call->lx, &t, "dynsens or persist_sdr; it is passed over");
    }
}

/* ipmi_sim knows a controller from mc_add or set_working_mc on; here it may
 * be named earlier, which is worth a word because it is not there. */
static void
check_order(struct emu_call *call, const struct mc_note *note)
{
    if (note->in_conf || call->mc->address == 0x20 || note->named.line == 0)
        return;
    if (note->named.line == call->v[0].at.line && note->named.file == call->v[0].at.file)
        return;
    diag_warning(diags_of(call), note->named,
                 "found controller 0x%02x before its mc_add; expected mc_add before",
                 machine_id(call->mc));
}

void
do_mc_add(struct emu_call *call)
{
    struct build *b = call->run->build;
    const struct value *v = call->v;
    struct machine_mc *mc = build_mc(b, emu_mc_id(call, &v[0]), v[0].at);
    struct mc_note *note = mc ? build_note(b, machine_id(mc)) : NULL;

    if (note == NULL)
        return;
    call->mc = mc;
    if (mc->added) {
        diag_error(diags_of(call), v[0].at,
                   "found controller 0x%02x a second time; expected it once, as in line %d",
                   machine_id(mc), note->added.line);
        return;
    }
    check_order(call, note);
    note->added = v[0].at;
    mc->added = true;
    mc->device_id = (uint8_t)v[1].n;
    mc->has_device_sdrs = v[2].n != 0;
    mc->device_revision = v[3].n & 0x0f;
    mc->fw_major = v[4].n & 0x7f;
    mc->fw_minor = (uint8_t)v[5].n;
    mc->support = (uint8_t)v[6].n;
    mc->manufacturer = v[7].n & 0xfffff;
    mc->product = (uint16_t)v[8].n;
    mc_flags(call);
}

static void
enable(struct emu_call *call, bool on)
{
    struct lab_action a = { .what = ACT_MC_ENABLE, .mc = machine_id(call->mc), .on = on };

    if (call->run->build != NULL)
        build_enable(call->run->build, call->mc, on);
    else
        emu_do(call, &a);
}

void
do_mc_enable(struct emu_call *call)
{
    enable(call, true);
}

void
do_mc_disable(struct emu_call *call)
{
    enable(call, false);
}

void
do_mc_delete(struct emu_call *call)
{
    struct build *b = call->run->build;

    if (b->at > 0) {
        diag_warning(diags_of(call), call->at,
                     "found mc_delete after a sleep; expected mc_remove: that is done");
        do_mc_remove(call);
        return;
    }
    build_mc_delete(b, machine_id(call->mc));
}

void
do_mc_set_guid(struct emu_call *call)
{
    memcpy(call->mc->guid, call->v[1].bytes, sizeof call->mc->guid);
    call->mc->guid_given = true;
}

void
do_mc_set_num_leds(struct emu_call *call)
{
    call->mc->leds = (uint8_t)call->v[1].n;
}

/* The event is an OEM record whose fields ipmi_sim has fixed: from 20h,
 * version 1, about the board at 40h, then the power value. */
void
do_mc_set_power(struct emu_call *call)
{
    struct build *b = call->run->build;
    struct lab_action a = {
        .what = ACT_SEL_ADD,
        .mc = b ? b->d->bmc_address : call->run->live->bmc_address,
        .value = SEL_TYPE_OEM_STAMPED,
        .body = { [4] = 0x20, [6] = 0x01, [8] = 0x40, [10] = (uint8_t)call->v[1].n },
    };

    if (b != NULL) {
        char text[16] = { 0 };

        text[0] = (char)('0' + call->v[1].n / 100);
        text[1] = (char)('0' + call->v[1].n / 10 % 10);
        text[2] = (char)('0' + call->v[1].n % 10);
        build_word(b, call->mc, "mc_set_power", text, 3, call->at);
    }
    if (call->v[2].n)
        emu_do(call, &a);
}

/* ---- SEL -------------------------------------------------------------------------- */

void
do_sel_enable(struct emu_call *call)
{
    struct machine_sel *sel = &call->mc->sel;
    uint32_t max = call->v[1].n;

    if (max > UINT16_MAX) {
        diag_warning(diags_of(call), call->v[1].at, "found %u records; expected at most %u",
                     (unsigned)max, UINT16_MAX);
        max = UINT16_MAX;
    }
    sel->present = true;
    sel->max = (uint16_t)max;
    sel->flags = call->v[2].n & BUILD_SEL_FLAGS;
}

static bool
sel_body(struct emu_call *call, uint8_t body[SEL_BODY])
{
    size_t count;

    if (!args_octets(call->lx, "record's octet", body, SEL_BODY, &count))
        return false;
    if (count < SEL_BODY)
        diag_error(diags_of(call), call->at, "found %zu octets; expected 13 after the type",
                   count);
    return count == SEL_BODY;
}

void
do_sel_add(struct emu_call *call)
{
    struct lab_action a = {
        .what = ACT_SEL_ADD, .mc = machine_id(call->mc), .value = (uint8_t)call->v[1].n
    };

    if (sel_body(call, a.body))
        emu_do(call, &a);
}

void
do_sel_seed(struct emu_call *call)
{
    struct build *b = call->run->build;
    struct machine_sel_entry entry = {
        .type = (uint8_t)call->v[2].n, .before_s = call->v[1].n
    };
    struct machine_sel_entry *e;

    if (!sel_body(call, entry.body))
        return;
    e = DESCRIPTION_ADD(b->d, call->mc->sel.entries, call->mc->sel.count);
    if (e == NULL)
        b->nomem = true;
    else
        *e = entry;
}

/* ---- optional commands ---------------------------------------------------------------- */

static const struct keyword groups[] = {
    { "bridge", GROUP_BRIDGE_DEVICE },
    { "chassis", GROUP_CHASSIS_DEVICE },
    { "dcmi", GROUP_DCMI_CMDS },
    { "device-sdrs", GROUP_DEVICE_SDRS },
    { "event-generator", GROUP_EVENT_GENERATOR },
    { "event-receiver", GROUP_EVENT_RECEIVER },
    { "firewall", GROUP_FIREWALL },
    { "fru", GROUP_FRU_DEVICE },
    { "hpm", GROUP_HPM },
    { "icmb", GROUP_ICMB },
    { "lan", GROUP_LAN },
    { "oem", GROUP_OEM_CMDS },
    { "pef", GROUP_PEF },
    { "picmg", GROUP_PICMG_CMDS },
    { "sdr-repository", GROUP_SDR_REPOSITORY },
    { "sel", GROUP_SEL_DEVICE },
    { "sensor", GROUP_SENSOR_DEVICE },
    { "serial", GROUP_SERIAL },
    { "sol", GROUP_SOL },
    { "vita", GROUP_VITA_CMDS },
    { "watchdog", GROUP_WATCHDOG },
    { NULL, 0 },
};

void
do_group_off(struct emu_call *call)
{
    static const struct arg group = { ARG_CHOICE, "group of commands", 0, groups, false };
    struct value v;
    struct token t;

    if (!lex_peek(call->lx, &t)) {
        (void)arg_parse(call->lx, &group, &v);
        return;
    }
    while (lex_word(call->lx, &t))
        if (arg_of_token(call->lx, &t, &group, &v))
            call->mc->groups_off |= v.n;
}
