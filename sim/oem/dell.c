#include "sim/oem/dell.h"

#include <stdlib.h>
#include <string.h>

#include "sim/host/post.h"
#include "sim/mc/mc_parts.h"

#define DEFAULTS_STATUS 0x00
#define DEFAULTS_BEGIN  0xaa
#define DEFAULTS_UNDER_WAY 0
#define DEFAULTS_COMPLETE  1

/* A port map under control of the controller, two slots each. */
#define PORT_MAP_BMC 0x20
#define SLOT_MAP_BOTH 0x11

struct dell *
dell_of(struct mc *mc)
{
    return oem_state(mc, &oem_dell);
}

/* ---- what is kept ---- */

static void
defaults(struct dell *d)
{
    d->nic = DELL_NIC_DEDICATED;
    d->failover = DELL_FAILOVER_NONE;
    d->password_policy = 0;
    d->port_map = PORT_MAP_BMC;
    d->slot_map = SLOT_MAP_BOTH;
    dell_lcd_defaults(&d->lcd);
    dell_config_defaults(d);
}

static void
default_power_limit(struct mc *mc)
{
    struct dcmi_power_limit limit;

    if (mc->dcmi == NULL)
        return;
    limit = mc->dcmi->limit;
    limit.watts = mc->machine->watts.full ? mc->machine->watts.full : DCMI_FULL;
    dcmi_activate_power_limit(mc, false);
    (void)dcmi_set_power_limit(mc, &limit);
}

static enum ipmi_cc
reset_to_defaults(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct dell *d = dell_of(mc);
    uint8_t what = rd_u8(&rq->data);

    if (what != DEFAULTS_STATUS && what != DEFAULTS_BEGIN)
        return CC_INVALID_FIELD;
    if (what == DEFAULTS_BEGIN) {
        defaults(d);
        default_power_limit(mc);
        d->defaults_until = instant_add(mc->world->now, DELL_DEFAULTS_SPAN);
    }
    wr_u8(rs, mc->world->now < d->defaults_until ? DEFAULTS_UNDER_WAY : DEFAULTS_COMPLETE);
    return CC_OK;
}

/* ---- odds and ends ---- */

static enum ipmi_cc
get_blade_slot(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)mc;
    (void)rq;
    (void)rs;
    return CC_STATE;
}

static enum ipmi_cc
get_identify_status(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_u8(rs, mc->chassis->identify != IDENTIFY_OFF);
    return CC_OK;
}

static enum ipmi_cc
set_password_policy(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t on = rd_u8(&rq->data);

    (void)rs;
    if (on > 1)
        return CC_INVALID_FIELD;
    dell_of(mc)->password_policy = on;
    return CC_OK;
}

/* A host that ran when the lab began has its boot behind it. */
static uint8_t
last_post_code(const struct host *host)
{
    uint8_t code = host != NULL ? host_post_code(host) : POST_NONE;

    if (code == POST_NONE && host != NULL && host_stage(host) == HOST_STAGE_OS)
        return POST_BOOT_OS;
    return code;
}

static enum ipmi_cc
get_last_post_code(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t code = last_post_code(mc->opts.host);
    const char *text = post_text(code);

    (void)rq;
    wr_u8(rs, code);
    wr_u8(rs, (unsigned)strlen(text));
    wr_bytes(rs, text, strlen(text));
    return CC_OK;
}

#define OEM GROUP_OEM_CMDS

static const struct command rows[] = {
    { DELL_NETFN, 0x18, "Dell Get Blade Slot Id", NEEDS_USER | READS, 0, 0, OEM,
      get_blade_slot, "" },
    { DELL_NETFN, 0x21, "Dell Reset To Defaults", NEEDS_ADMIN, 1, 1, OEM, reset_to_defaults,
      "" },
    { DELL_NETFN, 0x32, "Dell Query Chassis Identify Status", NEEDS_USER | READS, 0, 0,
      OEM | GROUP_CHASSIS_DEVICE, get_identify_status, "" },
    { DELL_NETFN, 0x51, "Dell Set Password Policy", NEEDS_ADMIN, 1, 1, OEM,
      set_password_policy, "" },
    { DELL_NETFN, 0x99, "Dell Get Last POST Code", NEEDS_USER | READS, 0, 0, OEM,
      get_last_post_code, "" },
};

const struct command_table oem_dell_commands = { "dell", rows, sizeof rows / sizeof rows[0],
                                                 0 };

/* ---- system info parameters ---- */

static const struct dell_params *const params[] = {
    &dell_info_params,  &dell_lcd_params,   &dell_lan_params,
    &dell_power_params, &dell_meter_params,
};

static const struct dell_param *
find_param(uint8_t selector)
{
    for (size_t i = 0; i < sizeof params / sizeof params[0]; i++)
        for (size_t j = 0; j < params[i]->count; j++)
            if (params[i]->rows[j].selector == selector)
                return &params[i]->rows[j];
    return NULL;
}

static enum ipmi_cc
get_sysinfo(struct mc *mc, uint8_t selector, uint8_t set, uint8_t block, struct wr *data)
{
    const struct dell_param *row = find_param(selector);

    (void)block;
    return row != NULL ? row->get(mc, set, data) : CC_PARAM_UNSUPPORTED;
}

static enum ipmi_cc
set_sysinfo(struct mc *mc, uint8_t selector, struct rd *data)
{
    const struct dell_param *row = find_param(selector);

    if (row == NULL)
        return CC_PARAM_UNSUPPORTED;
    return row->set != NULL ? row->set(mc, data) : CC_CMD_82;
}

/* ---- the profile ---- */

static void
init(struct mc *mc, void *state)
{
    struct dell *d = state;
    instant now = mc->world->now;

    defaults(d);
    d->meter = (struct dell_meter){ .made = now, .seen = now, .energy_since = now,
                                    .peak_since = now, .peak_at = now };
}

static void
reset(struct mc *mc, void *state)
{
    struct dell *d = state;

    (void)mc;
    d->lcd.kvm = 0;
    d->reservation = 0;
    dell_drop_upload(d);
    d->os_version = (struct dell_text){ 0 };
}

static void
end(struct mc *mc, void *state)
{
    struct dell *d = state;

    (void)mc;
    dell_drop_upload(d);
    free(d->directory);
}

static const struct command_table *const tables[] = {
    &oem_dell_commands,        &oem_dell_lan_commands,     &oem_dell_power_commands,
    &oem_dell_meter_commands,  &oem_dell_storage_commands, &oem_dell_slot_commands,
    &oem_dell_config_commands,
};

const struct oem_profile oem_dell = {
    .name = "dell",
    .what = "Dell PowerEdge, as an iDRAC answers",
    .tables = tables,
    .table_count = sizeof tables / sizeof tables[0],
    .state_size = sizeof(struct dell),
    .init = init,
    .reset = reset,
    .end = end,
    .get_sysinfo = get_sysinfo,
    .set_sysinfo = set_sysinfo,
};
