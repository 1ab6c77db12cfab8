#include "sim/oem/intel.h"

#include <string.h>

#include "sim/mc/mc_parts.h"

_Static_assert(INTEL_LANS == MC_LANS_MAX, "mail settings for each LAN");

#define CHANNEL_BITS 0x0f
#define CHANNEL_ENGINE 6

#define NETFN_BOARD 0x30
#define NETFN_CONFIG 0x32
#define NETFN_LAN 0x3e

#define RESTORE_STATUS 0x00
#define RESTORE_BEGIN 0xaa
#define RESTORE_DONE 0x01

#define DELAY_HIGH_BITS 0x07
#define FAULT_STATE_LAST 4
#define SERVICES 0xa8                  /* SSH, HTTP, RMCP */
#define SERVICES_OEM 0x80              /* KVM */
#define FAILOVER_LAST 2
#define FAILOVER_ASK 0xff
#define OVERRIDE_BITS 0x07
#define SLOT_FAULTED 2u
#define ID_LED_ON 0x80
#define ID_LED_TIMED 0x40

enum agent_request { AGENT_ASK, AGENT_SHUT_DOWN, AGENT_RESET };

struct intel *
intel_of(struct mc *mc)
{
    return oem_state(mc, &oem_intel);
}

/* ---- configuration ---- */

static void
factory(struct intel *intel)
{
    struct intel_me me = intel->me;
    instant restored_at = intel->restored_at;

    intel_smtp_clear(intel);
    *intel = (struct intel){
        .services = { SERVICES, SERVICES_OEM }, .me = me, .restored_at = restored_at,
    };
}

static enum ipmi_cc
restore_configuration(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    static const uint8_t key[] = { 'C', 'L', 'R' };
    struct intel *intel = intel_of(mc);
    struct bytes given = rd_bytes(&rq->data, sizeof key);
    uint8_t what = rd_u8(&rq->data);

    if (memcmp(given.at, key, sizeof key) != 0 ||
        (what != RESTORE_STATUS && what != RESTORE_BEGIN))
        return CC_INVALID_FIELD;
    if (what == RESTORE_BEGIN) {
        factory(intel);
        intel->restored_at = instant_add(mc->world->now, INTEL_RESTORE_TIME);
    }
    wr_u8(rs, mc->world->now >= intel->restored_at ? RESTORE_DONE : 0);
    return CC_OK;
}

static enum ipmi_cc
set_delay(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint16_t delay = rd_be16(&rq->data);

    (void)rs;
    if (delay > INTEL_DELAY_MAX)
        return CC_INVALID_FIELD;
    intel_of(mc)->restore_delay_s = delay;
    return CC_OK;
}

static enum ipmi_cc
get_delay(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_be16(rs, intel_of(mc)->restore_delay_s);
    return CC_OK;
}

static enum ipmi_cc
set_fault(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t source = rd_u8(&rq->data), type = rd_u8(&rq->data), state = rd_u8(&rq->data);

    (void)rs;
    if (source >= INTEL_FAULT_SOURCES || type >= INTEL_FAULT_TYPES || state > FAULT_STATE_LAST)
        return CC_INVALID_FIELD;
    intel_of(mc)->faults[source][type] = state;
    return CC_OK;
}

static enum ipmi_cc
set_services(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t *services = intel_of(mc)->services;
    uint8_t on = rd_u8(&rq->data), which[2];

    (void)rs;
    rd_copy(&rq->data, which, sizeof which);
    if (on > 1 || which[0] & ~SERVICES || which[1] & ~SERVICES_OEM)
        return CC_INVALID_FIELD;
    for (unsigned i = 0; i < sizeof which; i++)
        services[i] = (uint8_t)(on ? services[i] | which[i] : services[i] & ~which[i]);
    return CC_OK;
}

static enum ipmi_cc
get_services(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_bytes(rs, intel_of(mc)->services, sizeof intel_of(mc)->services);
    return CC_OK;
}

static enum ipmi_cc
failover(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t mode = rd_u8(&rq->data);

    if (mode != FAILOVER_ASK && mode > FAILOVER_LAST)
        return CC_INVALID_FIELD;
    if (mode != FAILOVER_ASK)
        intel_of(mc)->failover = mode;
    wr_u8(rs, intel_of(mc)->failover);
    return CC_OK;
}

/* ---- lights ---- */

static enum ipmi_cc
get_led_status(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    static const uint8_t octets[] = {
        [IDENTIFY_OFF] = 0, [IDENTIFY_TIMED] = ID_LED_TIMED, [IDENTIFY_ON] = ID_LED_ON,
    };

    (void)rq;
    wr_u8(rs, octets[mc->chassis->identify]);
    return CC_OK;
}

static enum ipmi_cc
set_slots(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct intel *intel = intel_of(mc);
    uint8_t override = rd_u8(&rq->data);
    uint16_t slots = rd_le16(&rq->data);

    (void)rs;
    if (override & ~OVERRIDE_BITS || slots >> INTEL_SLOTS || rd_u8(&rq->data) != 0)
        return CC_INVALID_FIELD;
    intel->override = override;
    intel->slots = slots;
    return CC_OK;
}

static enum ipmi_cc
get_slots(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct intel *intel = intel_of(mc);
    uint32_t states = 0;

    (void)rq;
    for (unsigned i = 0; i < INTEL_SLOTS; i++)
        if (intel->slots >> i & 1u)
            states |= SLOT_FAULTED << 2 * i;
    wr_u8(rs, intel->override);
    wr_le24(rs, states);
    return CC_OK;
}

/* ---- the host ---- */

static enum ipmi_cc
soft_reset(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct host *host = mc->chassis->host;
    bool there = host != NULL && host_stage(host) == HOST_STAGE_OS;

    (void)rs;
    switch (rd_u8(&rq->data)) {
    case AGENT_ASK:
        return there ? CC_OK : CC_STATE;
    case AGENT_SHUT_DOWN:
        return there ? chassis_control(mc->chassis, HOST_OP_SOFT, rq->from.channel) : CC_STATE;
    case AGENT_RESET:
        return there ? chassis_control(mc->chassis, HOST_OP_RESET, rq->from.channel) : CC_STATE;
    default:
        return CC_INVALID_FIELD;
    }
}

/* ---- the way to the engine ---- */

static enum ipmi_cc
send_message(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct bytes rest = rd_rest(&rq->data);
    uint8_t message[IPMI_DATA_MAX];

    if (rest.len > sizeof message)
        return CC_LENGTH;
    memcpy(message, rest.at, rest.len);
    if ((message[0] & CHANNEL_BITS) == CHANNEL_ENGINE && !mc->channels[CHANNEL_ENGINE].present)
        message[0] = (uint8_t)((message[0] & ~CHANNEL_BITS) | CHANNEL_PRIMARY_IPMB);
    rq->data = rd_of(bytes_of(message, rest.len));
    return mc_pass(mc, rq, rs);
}

/* ---- rows and profile ---- */

#define BMC GROUP_BMC
#define LIGHTS (GROUP_BMC | GROUP_CHASSIS_DEVICE)

static const struct command rows[] = {
    { NETFN_APP, 0x34, "Send Message", NEEDS_HANDLER, 1, LEN_ANY, BMC, send_message, "22.7" },
    { NETFN_BOARD, 0x02, "Intel Restore Configuration", NEEDS_ADMIN, 4, 4, BMC,
      restore_configuration, "" },
    { NETFN_BOARD, 0x54, "Intel Set Power Restore Delay", NEEDS_ADMIN, 2, 2, BMC, set_delay, "" },
    { NETFN_BOARD, 0x55, "Intel Get Power Restore Delay", NEEDS_USER | READS, 0, 0, BMC,
      get_delay, "" },
    { NETFN_BOARD, 0x57, "Intel Set Fault Indication", NEEDS_OPERATOR, 5, 8, BMC, set_fault, "" },
    { NETFN_BOARD, 0x64, "Intel Set Disk Slot LEDs", NEEDS_OPERATOR, 4, 4, BMC, set_slots, "" },
    { NETFN_BOARD, 0x65, "Intel Get Disk Slot LEDs", NEEDS_USER | READS, 0, 0, BMC,
      get_slots, "" },
    { NETFN_BOARD, 0x70, "Intel Soft Reset", NEEDS_OPERATOR, 1, 1, LIGHTS, soft_reset, "" },
    { NETFN_BOARD, 0xb1, "Intel Control BMC Services", NEEDS_ADMIN, 3, 3, BMC, set_services, "" },
    { NETFN_BOARD, 0xb2, "Intel Get BMC Services", NEEDS_USER | READS, 0, 0, BMC,
      get_services, "" },
    { NETFN_CONFIG, 0x40, "Intel Get LED Status", NEEDS_USER | READS, 0, 0, LIGHTS,
      get_led_status, "" },
    { NETFN_LAN, 0x40, "Intel LAN Failover", NEEDS_ADMIN, 1, 1, BMC, failover, "" },
};

const struct command_table oem_intel_commands = {
    .subject = "intel", .rows = rows, .count = sizeof rows / sizeof rows[0],
};

static const struct command_table *const tables[] = {
    &oem_intel_commands, &oem_intel_smtp_commands, &oem_intel_me_commands,
};

static void
init(struct mc *mc, void *state)
{
    struct intel *intel = state;

    (void)mc;
    intel_me_init(&intel->me);
    factory(intel);
}

static void
reset(struct mc *mc, void *state)
{
    struct intel *intel = state;

    (void)mc;
    intel_me_reset(&intel->me);
}

static void
end(struct mc *mc, void *state)
{
    (void)mc;
    intel_smtp_clear(state);
}

const struct oem_profile oem_intel = {
    .name = "intel",
    .what = "Intel server boards, and the update of their Management Engine",
    .tables = tables,
    .table_count = sizeof tables / sizeof tables[0],
    .state_size = sizeof(struct intel),
    .init = init,
    .reset = reset,
    .end = end,
};
