#include "sim/mc/mc.h"

#include <stdlib.h>
#include <string.h>

#include "sim/mc/agent.h"
#include "sim/mc/mc_channels.h"
#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"

/* The version and variant of a random GUID, where wire order has them: least
 * significant octet first. */
#define GUID_VERSION_AT 9
#define GUID_VERSION_4  0x40
#define GUID_VARIANT_AT 7
#define GUID_VARIANT    0x80

/* Device support bits of Get Device ID are the first groups as they stand. */
#define BMC_GROUPS                                                                  \
    (GROUP_BMC | GROUP_CHANNELS | GROUP_WATCHDOG | GROUP_PEF | GROUP_DCMI_CMDS |      \
     GROUP_FIREWALL)

/* ---- what it is ---- */

/* A described GUID belongs to the first controller of a machine alone; the
 * others would pass for it. */
static void
make_guid(struct mc *mc)
{
    const struct machine_mc *m = mc->machine;
    struct rng stream = rng_named(mc->opts.identity.key, "guid");
    bool first = mc->opts.identity.index == 0;

    if (first && m->guid_given) {
        memcpy(mc->guid, m->guid, sizeof mc->guid);
        return;
    }
    if (first && mc->opts.bmc && m->lan_count && m->lans[0].guid_given) {
        memcpy(mc->guid, m->lans[0].guid, sizeof mc->guid);
        return;
    }
    rng_fill(&stream, mc->guid, sizeof mc->guid);
    mc->guid[GUID_VERSION_AT] =
        (uint8_t)((mc->guid[GUID_VERSION_AT] & 0x0f) | GUID_VERSION_4);
    mc->guid[GUID_VARIANT_AT] =
        (uint8_t)((mc->guid[GUID_VARIANT_AT] & 0x3f) | GUID_VARIANT);
}

static uint32_t
groups_of(const struct mc *mc)
{
    const struct machine_mc *m = mc->machine;
    uint32_t groups = m->support;

    /* Descriptions forget the bit (OpenIPMI's own ipmisim1.emu does); what is
     * described can be asked for all the same. */
    if (m->sensor_count > 0)
        groups |= GROUP_SENSOR_DEVICE;
    if (m->fru_count > 0)
        groups |= GROUP_FRU_DEVICE;
    if (mc->opts.bmc)
        groups |= BMC_GROUPS;
    if (mc->opts.bus_count)
        groups |= GROUP_CHANNELS;
    if (mc->lan_count)
        groups |= GROUP_LAN;
    if (m->has_device_sdrs)
        groups |= GROUP_DEVICE_SDRS;
    if (mc->lan_count && mc->opts.host != NULL)
        groups |= GROUP_SOL;
    if (mc->has_serial)
        groups |= GROUP_SERIAL;
    groups |= picmg_groups(mc);
    if (mc->opts.icmb != NULL)
        groups |= GROUP_ICMB;
    if (m->profiles[0] != NULL || m->rule_count)
        groups |= GROUP_OEM_CMDS;
    return groups & ~m->groups_off;
}

/* ---- the parts, in the order of mc_parts.h ---- */

static const struct part {
    enum status (*init)(struct mc *mc);
    void (*reset)(struct mc *mc);
    void (*free)(struct mc *mc);
    bool bmc_only;
} parts[] = {
    { users_init, users_reset, users_free, true },
    { lanparm_init, lanparm_reset, lanparm_free, true },
    { messages_init, messages_reset, messages_free, false },
    { watchdog_init, watchdog_reset, watchdog_free, true },
    { chassis_init, chassis_reset, chassis_free, false },
    { sysinfo_init, sysinfo_reset, sysinfo_free, true },
    { events_init, events_reset, events_free, false },
    { sel_init, sel_reset, sel_free, false },
    { sdr_repo_init, sdr_repo_reset, sdr_repo_free, false },
    { sensors_init, sensors_reset, sensors_free, false },
    { sensor_history_init, sensor_history_reset, sensor_history_free, false },
    { host_log_init, host_log_reset, host_log_free, true },
    { aggregate_init, aggregate_reset, aggregate_free, false },
    { frus_init, frus_reset, frus_free, false },
    { fru_draft_init, fru_draft_reset, fru_draft_free, false },
    { picmg_init, picmg_reset, picmg_free, false },
    { shelf_init, shelf_reset, shelf_free, true },
    { hpm_init, hpm_reset, hpm_free, false },
    { icmb_bridge_init, icmb_bridge_reset, icmb_bridge_free, true },
    { pef_init, pef_reset, pef_free, true },
    { dcmi_init, dcmi_reset, dcmi_free, true },
    { firewall_init, firewall_reset, firewall_free, true },
    { i2c_init, i2c_reset, i2c_free, false },
    { serial_init, serial_reset, serial_free, true },
    { solport_init, solport_reset, solport_free, true },
    { forward_init, forward_reset, forward_free, true },
    { oem_init, oem_reset, oem_free, false },
};

#define PARTS (sizeof parts / sizeof parts[0])

static bool
has_part(const struct mc *mc, const struct part *p)
{
    return mc->opts.bmc || !p->bmc_only;
}

static enum status
make_parts(struct mc *mc)
{
    enum status st = ST_OK;

    for (size_t i = 0; st == ST_OK && i < PARTS; i++)
        if (has_part(mc, &parts[i]))
            st = parts[i].init(mc);
    return st;
}

static void
tell_reset(struct mc *mc, enum mc_watch_reset what)
{
    const struct mc_watch *watch = mc_watch_of(mc);

    if (watch != NULL && watch->reset != NULL)
        watch->reset(watch->ctx, mc, what);
}

static void
reset_step(void *ctx, instant at)
{
    struct mc *mc = ctx;

    (void)at;
    switch (mc->reset) {
    case RESET_COLD_ASKED: mc_cold_reset(mc); break;
    case RESET_WARM_ASKED: mc_warm_reset(mc); break;
    case RESET_UNDER_WAY:
        mc->reset = RESET_NONE;
        for (unsigned n = 0; n < CHANNELS; n++)
            mc->channels[n].volatile_access = mc->channels[n].stored_access;
        mc_set_enabled(mc, mc->enabled);
        if (mc->enabled && mc->gate.groups & GROUP_SDR_REPOSITORY)
            (void)agent_run(mc);
        tell_reset(mc, WATCH_STARTED);
        break;
    }
}

static void
setup(struct mc *mc, const struct mc_opts *opts)
{
    mc->world = opts->world;
    mc->machine = opts->machine;
    mc->opts = *opts;
    mc->enabled = opts->machine->enabled;
    timer_init(&mc->reset_timer, TIMER_DEVICE, reset_step, mc);
    make_guid(mc);
}

enum status
mc_new(const struct mc_opts *opts, struct mc **out)
{
    struct mc *mc = calloc(1, sizeof *mc);
    enum status st;

    if (mc == NULL)
        return ST_NOMEM;
    setup(mc, opts);
    st = mc_channels_init(mc);
    mc->gate = (struct command_gate){ .set = opts->commands, .groups = groups_of(mc) };
    if (st == ST_OK)
        st = mc_ports_init(mc);
    if (st == ST_OK)
        st = make_parts(mc);
    if (st == ST_OK)
        st = mc_lans_init(mc);
    if (st != ST_OK) {
        mc_free(mc);
        return st;
    }
    *out = mc;
    return ST_OK;
}

void
mc_free(struct mc *mc)
{
    const struct mc_watch *watch;

    if (mc == NULL)
        return;
    watch = mc_watch_of(mc);
    if (watch != NULL && watch->gone != NULL)
        watch->gone(watch->ctx, mc);
    timeline_disarm(&mc->world->timeline, &mc->reset_timer);
    mc_lans_free(mc);
    mc_ports_free(mc);
    for (size_t i = PARTS; i-- > 0;)
        if (has_part(mc, &parts[i]))
            parts[i].free(mc);
    free(mc);
}

/* ---- facts ---- */

uint8_t
mc_address(const struct mc *mc)
{
    return mc->machine->address;
}

const struct machine_mc *
mc_machine(const struct mc *mc)
{
    return mc->machine;
}

struct world *
mc_world(const struct mc *mc)
{
    return mc->world;
}

const uint8_t *
mc_guid(const struct mc *mc)
{
    return mc->guid;
}

struct lan *
mc_lan(const struct mc *mc, unsigned n)
{
    return n < mc->lan_count ? mc->lans[n] : NULL;
}

int
mc_lan_index(const struct mc *mc, uint8_t channel)
{
    for (unsigned i = 0; i < mc->lan_count; i++)
        if (mc->machine->lans[i].channel == channel)
            return (int)i;
    return -1;
}

struct lan *
mc_lan_of(struct mc *mc, uint8_t channel)
{
    int i = mc_lan_index(mc, channel);

    return i < 0 ? NULL : mc->lans[i];
}

const uint8_t *
mc_mac(const struct mc *mc, uint8_t channel)
{
    int i = mc_lan_index(mc, channel);

    return i < 0 ? NULL : lanparm_mac(mc, (unsigned)i);
}

const uint8_t *
mc_ip(const struct mc *mc, uint8_t channel)
{
    int i = mc_lan_index(mc, channel);

    return i < 0 ? NULL : lanparm_ip(mc, (unsigned)i);
}

struct channel *
mc_channel(struct mc *mc, const struct ipmi_req *rq, uint8_t number)
{
    if (number == CHANNEL_PRESENT && rq != NULL)
        number = rq->from.channel;
    if (number >= CHANNELS || !mc->channels[number].present)
        return NULL;
    return &mc->channels[number];
}

int
mc_sensor_of_type(const struct mc *mc, uint8_t type)
{
    for (uint32_t i = 0; i < mc->sensors.count; i++)
        if (mc->sensors.at[i].type == type && !mc->machine->sensors[i].mirror)
            return (int)i;
    return -1;
}

/* ---- requests ---- */

/* It is there and runs. */
static bool
awake(const struct mc *mc)
{
    return mc->enabled && !mc->unpowered && mc->reset != RESET_UNDER_WAY;
}

void
mc_request(void *ctx, struct ipmi_req *rq)
{
    struct mc *mc = ctx;
    bool by_lan = mc_lan_index(mc, rq->from.channel) >= 0;
    const struct mc_watch *watch = mc_watch_of(mc);

    if (watch != NULL && watch->request != NULL && awake(mc))
        watch->request(watch->ctx, mc, rq);
    if (awake(mc) && rq->lun == LUN_SMS && mc->opts.bmc)
        messages_put_request(mc, rq);
    else if (awake(mc) && forward_take(mc, rq))
        return;
    else if (awake(mc))
        command_dispatch(&mc->gate, mc, rq);
    else if (by_lan && mc->reset != RESET_UNDER_WAY && !mc->unpowered)
        ipmi_answer(&rq->from, CC_UNSPECIFIED, bytes_of(NULL, 0));
}

enum ipmi_cc
mc_pass(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    return command_pass(&mc->gate, mc, rq, rs);
}

const struct command *
mc_command(const struct mc *mc, unsigned netfn, unsigned cmd, uint32_t id)
{
    return command_gate_find(&mc->gate, netfn, cmd, id);
}

/* ---- being there or not ---- */

void
mc_set_enabled(struct mc *mc, bool enabled)
{
    mc->enabled = enabled;
    for (uint8_t n = 0; n < CHANNELS; n++) {
        struct ipmb_port *port = mc_port(mc, n);

        if (port != NULL && !awake(mc))
            ipmb_port_detach(port);
        else if (port != NULL && !ipmb_port_attached(port))
            (void)ipmb_port_attach(port);
    }
}

/* While a controller starts, nothing gets through to it. */
static void
go_away(struct mc *mc)
{
    mc->reset = RESET_UNDER_WAY;
    for (unsigned n = 0; n < CHANNELS; n++)
        mc->channels[n].volatile_access.mode = ACCESS_DISABLED;
    mc_set_enabled(mc, mc->enabled);
    (void)timeline_arm(&mc->world->timeline, &mc->reset_timer,
                       instant_add(mc->world->now, MC_RESET_TIME));
}

void
mc_cold_reset(struct mc *mc)
{
    tell_reset(mc, WATCH_COLD_RESET);
    for (unsigned i = 0; i < mc->lan_count; i++)
        lan_session_close_user(mc->lans[i], 0, SESSION_END_CONFIG);
    mc->manufacturing = false;
    for (size_t i = 0; i < PARTS; i++)
        if (has_part(mc, &parts[i]))
            parts[i].reset(mc);
    mc_ports_reset(mc);
    mc->acpi_system = mc->acpi_device = 0;
    go_away(mc);
}

void
mc_set_power(struct mc *mc, bool on)
{
    if (on != mc->unpowered)
        return;
    mc->unpowered = !on;
    for (unsigned i = 0; i < mc->lan_count; i++)
        lan_set_power(mc->lans[i], on);
    mc_cold_reset(mc);
    if (on)
        return;
    mc->reset = RESET_NONE;
    timeline_disarm(&mc->world->timeline, &mc->reset_timer);
    mc_set_enabled(mc, mc->enabled);
}

/* Interfaces begin anew; settings, sensors and sessions stay as they are
 * (ipmiutil goes on in the session in which it asked for this). */
void
mc_warm_reset(struct mc *mc)
{
    tell_reset(mc, WATCH_WARM_RESET);
    mc->reset = RESET_NONE;
    timeline_disarm(&mc->world->timeline, &mc->reset_timer);
    messages_warm_reset(mc);
    mc_ports_reset(mc);
}

void
mc_ask_reset(struct mc *mc, enum mc_reset which)
{
    mc->reset = (uint8_t)which;
    (void)timeline_arm(&mc->world->timeline, &mc->reset_timer,
                       instant_add(mc->world->now, MC_RESET_DELAY));
}

/* ---- commands ---- */

const struct command_table *const *
mc_command_tables(size_t *count)
{
    static const struct command_table *const tables[] = {
        &app_commands,      &users_commands,      &channel_commands, &session_commands,
        &watchdog_commands, &message_commands,    &payload_commands, &chassis_commands,
        &lanparm_commands,  &sysinfo_commands,    &event_commands,   &sensor_commands,
        &sdr_commands,      &device_sdr_commands, &sel_commands,     &fru_commands,
        &pef_commands,
        &serial_commands,   &solport_commands,    &forward_commands,
        &dcmi_commands,     &firewall_commands,   &i2c_commands,
        &picmg_commands,    &picmg_link_commands, &picmg_power_commands, &shelf_commands,
        &vita_commands,     &hpm_commands,        &icmb_commands,
    };

    *count = sizeof tables / sizeof tables[0];
    return tables;
}
