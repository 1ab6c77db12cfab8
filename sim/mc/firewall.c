#include "sim/mc/firewall.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/planted.h"
#include "sim/mc/firewall_subfn.h"
#include "sim/mc/mc_parts.h"

/* Commands that cannot be disabled: without them nobody could find out, log
 * in, or enable what was disabled. */
static const uint8_t fixed[] = {
    0x01,                               /* Get Device ID */
    0x09, 0x0a, 0x0b, 0x0c, 0x0d,       /* the firewall's own */
    0x38, 0x39, 0x3a, 0x3b, 0x3c, 0x54, /* sessions */
    0x60, 0x61, 0x62, 0x63, 0x64,
};

/* Forwarded Command is there by being enabled for a channel, no other way. */
#define CMD_FORWARDED 0x30

/* A target of which something is disabled. */
struct entry {
    uint64_t key;
    uint64_t subs_off;
    bool off;
};

struct firewall {
    uint32_t count, room;
    struct entry *entries;              /* in order of key */
};

/* ---- entries ---- */

static uint64_t
key_of(const struct firewall_target *t)
{
    return (uint64_t)t->channel << 56 | (uint64_t)t->lun << 48 | (uint64_t)t->netfn << 40 |
           (uint64_t)t->cmd << 32 | t->id;
}

/* The place of a key, or where it would be. */
static uint32_t
place_of(const struct firewall *fw, uint64_t key)
{
    uint32_t low = 0, high = fw->count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (fw->entries[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const struct entry *
find(const struct mc *mc, const struct firewall_target *t)
{
    const struct firewall *fw = mc->firewall;
    uint64_t key = key_of(t);
    uint32_t at;

    if (fw == NULL)
        return NULL;
    at = place_of(fw, key);
    return at < fw->count && fw->entries[at].key == key ? &fw->entries[at] : NULL;
}

static enum ipmi_cc allows(void *ctx, const struct ipmi_req *rq, const struct command *row,
                           uint32_t id);

/* The gate asks only while something is disabled. */
static void
tell_gate(struct mc *mc)
{
    bool any = mc->firewall != NULL && mc->firewall->count > 0;

    mc->gate.allows = any ? allows : NULL;
    mc->gate.allows_ctx = mc;
}

bool
firewall_reserve(struct mc *mc, uint32_t more)
{
    struct firewall *fw = mc->firewall;
    struct entry *entries;

    if (fw == NULL)
        fw = mc->firewall = calloc(1, sizeof *fw);
    if (fw == NULL)
        return false;
    if (fw->room - fw->count >= more)
        return true;
    entries = realloc(fw->entries, (fw->count + more) * sizeof *entries);
    if (entries == NULL)
        return false;
    fw->entries = entries;
    fw->room = fw->count + more;
    return true;
}

/* Replace what is kept of a target; one of which nothing is disabled is
 * forgotten. */
static void
keep(struct mc *mc, const struct firewall_target *t, bool off, uint64_t subs_off)
{
    struct firewall *fw = mc->firewall;
    uint64_t key = key_of(t);
    uint32_t at = place_of(fw, key);
    struct entry *e = &fw->entries[at];
    bool there = at < fw->count && e->key == key;
    size_t after = fw->count - at;

    if (off || subs_off) {
        if (!there) {
            memmove(e + 1, e, after * sizeof *e);
            fw->count++;
        }
        *e = (struct entry){ .key = key, .subs_off = subs_off, .off = off };
    } else if (there) {
        memmove(e, e + 1, (after - 1) * sizeof *e);
        fw->count--;
    }
    tell_gate(mc);
}

/* ---- what there is ---- */

static bool
is_session_channel(const struct mc *mc, uint8_t channel)
{
    return mc->channels[channel % CHANNELS].sessions != SESSION_LESS;
}

/* Sensors can live on other LUNs; nothing else does. */
static bool
lun_has(const struct mc *mc, uint8_t lun, uint8_t netfn)
{
    if (lun == LUN_BMC)
        return true;
    if (netfn != NETFN_SENSOR || (lun == LUN_SMS && mc->opts.bmc))
        return false;
    return sensors_on_lun(mc, lun) > 0 || mc->machine->device_sdr_count[lun] > 0;
}

static bool
row_here(const struct mc *mc, const struct command *row, uint8_t channel, uint8_t lun)
{
    return row != NULL && (row->group & ~mc->gate.groups) == 0 &&
           lun_has(mc, lun, row->netfn) &&
           !(command_needs(row) == NEEDS_SYSTEM && is_session_channel(mc, channel));
}

static const struct command *
row_of(const struct mc *mc, const struct firewall_target *t)
{
    return command_gate_find(&mc->gate, t->netfn, t->cmd, t->id);
}

bool
firewall_supported(const struct mc *mc, const struct firewall_target *t)
{
    return row_here(mc, row_of(mc, t), t->channel, t->lun);
}

bool
firewall_configurable(const struct mc *mc, const struct firewall_target *t)
{
    if (!firewall_supported(mc, t))
        return false;
    if (t->netfn == NETFN_TRANSPORT && t->cmd == CMD_FORWARDED)
        return false;
    return t->netfn != NETFN_APP || memchr(fixed, t->cmd, sizeof fixed) == NULL;
}

bool
firewall_enabled(const struct mc *mc, const struct firewall_target *t)
{
    const struct entry *e = find(mc, t);

    return firewall_supported(mc, t) && (e == NULL || !e->off);
}

uint64_t
firewall_subs_supported(const struct mc *mc, const struct firewall_target *t)
{
    return firewall_supported(mc, t) ? firewall_subfn_all(t->netfn, t->cmd) : 0;
}

uint64_t
firewall_subs_enabled(const struct mc *mc, const struct firewall_target *t)
{
    const struct entry *e = find(mc, t);

    return firewall_subs_supported(mc, t) & ~(e != NULL ? e->subs_off : 0);
}

bool
firewall_netfn(const struct mc *mc, uint8_t channel, uint8_t lun, uint8_t netfn)
{
    const struct command *row;

    for (size_t n = 0; (row = command_gate_nth(&mc->gate, n, NULL)) != NULL; n++)
        if (row->netfn == netfn && row_here(mc, row, channel, lun))
            return true;
    return false;
}

/* The least id from least on that a network function's commands here have. */
static bool
next_id(const struct mc *mc, uint8_t netfn, uint32_t least, uint32_t *id)
{
    const struct command_table *table;
    const struct command *row;
    bool any = false;

    for (size_t i = 0; (row = command_gate_nth(&mc->gate, i, &table)) != NULL; i++) {
        if (row->netfn != netfn || (row->group & ~mc->gate.groups) != 0 || table->id < least ||
            (any && table->id >= *id))
            continue;
        *id = table->id;
        any = true;
    }
    return any;
}

bool
firewall_id(const struct mc *mc, uint8_t netfn, unsigned n, uint32_t *id)
{
    uint32_t least = 0;

    *id = 0;
    if (netfn != NETFN_GROUP && netfn != NETFN_OEM)
        return n == 0;
    while (next_id(mc, netfn, least, id)) {
        if (n-- == 0)
            return true;
        least = *id + 1;
    }
    return false;
}

/* True while something of a LUN is disabled. */
static bool
restricted(const struct mc *mc, uint8_t channel, uint8_t lun)
{
    const struct firewall *fw = mc->firewall;
    uint64_t low = (uint64_t)channel << 56 | (uint64_t)lun << 48;
    uint32_t at;

    if (fw == NULL)
        return false;
    at = place_of(fw, low);
    return at < fw->count && fw->entries[at].key >> 48 == low >> 48;
}

enum firewall_lun
firewall_lun(const struct mc *mc, uint8_t channel, uint8_t lun)
{
    if (!lun_has(mc, lun, NETFN_SENSOR))
        return FIREWALL_NO_COMMANDS;
    return restricted(mc, channel, lun) ? FIREWALL_RESTRICTED : FIREWALL_OPEN;
}

/* ---- changes ---- */

void
firewall_set(struct mc *mc, const struct firewall_target *t, bool enabled)
{
    uint64_t off = firewall_subs_supported(mc, t) & ~firewall_subs_enabled(mc, t);

    /* Those of the first mask count: ipmitool's "firewall reset" writes no other. */
    if (enabled && (uint32_t)firewall_subs_enabled(mc, t) == 0)
        off = 0;
    keep(mc, t, !enabled, off);
}

void
firewall_set_subs(struct mc *mc, const struct firewall_target *t, uint64_t enabled)
{
    uint64_t off = firewall_subs_supported(mc, t) & ~enabled;

    keep(mc, t, !firewall_enabled(mc, t), off);
}

static enum ipmi_cc
allows(void *ctx, const struct ipmi_req *rq, const struct command *row, uint32_t id)
{
    const struct firewall_target t = { .channel = rq->from.channel, .lun = rq->lun,
                                       .netfn = row->netfn, .cmd = row->cmd, .id = id };
    const struct mc *mc = ctx;
    const struct entry *e = find(mc, &t);

    if (e == NULL || PLANTED(FIREWALL_IGNORED))
        return CC_OK;
    if (e->off)
        return CC_PRIVILEGE;
    return firewall_subfn_used(mc, rq) & e->subs_off ? CC_SUBFN_DISABLED : CC_OK;
}

/* ---- the part ---- */

enum status
firewall_init(struct mc *mc)
{
    mc->firewall = NULL;
    return ST_OK;
}

/* Settings are nonvolatile. */
void
firewall_reset(struct mc *mc)
{
    (void)mc;
}

void
firewall_free(struct mc *mc)
{
    if (mc->firewall == NULL)
        return;
    free(mc->firewall->entries);
    free(mc->firewall);
    mc->firewall = NULL;
}
