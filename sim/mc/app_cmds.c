#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"

#define IPMI_VERSION_20 0x02
#define PROVIDES_SDRS   0x80
#define NOT_READY       0x80 /* Get Device ID, byte 3: initializing */
#define AUX_OCTETS      4
#define GUID_OCTETS     16

#define SELF_TEST_PASSED 0x55
#define SELF_TEST_FAILED 0x57 /* data: what was found */
#define FOUND_NO_SDRS    0x08
#define FOUND_NO_IPMB    0x10 /* its signal lines do not respond */

/* ACPI power states. */
#define ACPI_SET       0x80 /* Set ACPI Power State: this one is meant */
#define ACPI_STATE     0x7f
#define ACPI_NO_CHANGE 0x7f

/* What the buffers of the system interface take. */
#define SYSTEM_MESSAGE_MAX 0x40
#define BT_OUTSTANDING     1
#define BT_RESPONSE_S      5
#define BT_RETRIES         1

enum { INTERFACE_SSIF, INTERFACE_KCS, INTERFACE_SMIC };
#define INTERFACE_BITS 0x0f
#define KCS_VERSION    0x00
#define SSIF_MULTIPART 0x80 /* transactions of any number of parts */
#define SSIF_PEC       0x08
#define SSIF_VERSION   0x00

static enum ipmi_cc
get_device_id(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct machine_mc *m = mc->machine;
    const uint8_t *version = hpm_version(mc);

    (void)rq;
    wr_u8(rs, m->device_id);
    wr_u8(rs, (m->has_device_sdrs ? PROVIDES_SDRS : 0u) | (m->device_revision & 0x0fu));
    wr_u8(rs, (version ? version[0] : m->fw_major) & (unsigned)~NOT_READY);
    wr_u8(rs, version ? version[1] : m->fw_minor);
    wr_u8(rs, IPMI_VERSION_20);
    wr_u8(rs, m->support | (mc->icmb != NULL ? GROUP_BRIDGE_DEVICE : 0u));
    wr_le24(rs, m->manufacturer);
    wr_le16(rs, m->product);
    wr_bytes(rs, version ? version + 2 : m->aux, AUX_OCTETS);
    return CC_OK;
}

static enum ipmi_cc
cold_reset(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    (void)rs;
    mc_ask_reset(mc, RESET_COLD_ASKED);
    return CC_OK;
}

static enum ipmi_cc
warm_reset(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    (void)rs;
    mc_ask_reset(mc, RESET_WARM_ASKED);
    return CC_OK;
}

/* Neither of its buses, or the one that it has. */
static bool
ipmb_is_stuck(const struct mc *mc)
{
    const struct medium *a = mc->opts.bus, *b = mc->opts.bus_b;

    return a != NULL && medium_is_stuck(a) && (b == NULL || medium_is_stuck(b));
}

/* A machine is described sound; a repository that was emptied since is a
 * finding, and a bus that somebody holds. */
static enum ipmi_cc
get_self_test_results(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t found = 0;

    (void)rq;
    if (mc->gate.groups & GROUP_SDR_REPOSITORY && mc->sdrs.own != NULL && sdr_count(mc) == 0)
        found |= FOUND_NO_SDRS;
    if (ipmb_is_stuck(mc))
        found |= FOUND_NO_IPMB;
    wr_u8(rs, found ? SELF_TEST_FAILED : SELF_TEST_PASSED);
    wr_u8(rs, found);
    return CC_OK;
}

/* What a test fixture needs that is not open anyway: until a cold reset,
 * sensors read exactly what they are described with. */
static enum ipmi_cc
manufacturing_test_on(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    (void)rs;
    mc->manufacturing = true;
    for (uint32_t i = 0; i < mc->sensors.count; i++)
        sensor_review(mc, i);
    return CC_OK;
}

/* The states that the specification names. */
static bool
system_state_valid(uint8_t state)
{
    return state <= 0x0a || state == 0x20 || state == 0x21 || state == 0x2a ||
           state == ACPI_NO_CHANGE;
}

static bool
device_state_valid(uint8_t state)
{
    return state <= 0x03 || state == 0x2a || state == ACPI_NO_CHANGE;
}

static void
take_state(uint8_t *to, uint8_t octet)
{
    uint8_t state = octet & ACPI_STATE;

    if ((octet & ACPI_SET) && state != ACPI_NO_CHANGE)
        *to = state;
}

static enum ipmi_cc
set_acpi_power_state(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t system = rd_u8(&rq->data);
    uint8_t device = rd_u8(&rq->data);

    (void)rs;
    if ((system & ACPI_SET) && !system_state_valid(system & ACPI_STATE))
        return CC_INVALID_FIELD;
    if ((device & ACPI_SET) && !device_state_valid(device & ACPI_STATE))
        return CC_INVALID_FIELD;
    take_state(&mc->acpi_system, system);
    take_state(&mc->acpi_device, device);
    chassis_acpi_said(mc->chassis);
    return CC_OK;
}

static enum ipmi_cc
get_acpi_power_state(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_u8(rs, chassis_acpi_state(mc));
    wr_u8(rs, mc->acpi_device);
    return CC_OK;
}

static enum ipmi_cc
get_guid(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_bytes(rs, mc->guid, GUID_OCTETS);
    return CC_OK;
}

static enum ipmi_cc
get_bt_capabilities(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)mc;
    (void)rq;
    wr_u8(rs, BT_OUTSTANDING);
    wr_u8(rs, SYSTEM_MESSAGE_MAX);
    wr_u8(rs, SYSTEM_MESSAGE_MAX);
    wr_u8(rs, BT_RESPONSE_S);
    wr_u8(rs, BT_RETRIES);
    return CC_OK;
}

static enum ipmi_cc
get_system_interface_capabilities(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t interface = rd_u8(&rq->data) & INTERFACE_BITS;

    (void)mc;
    if (interface > INTERFACE_SMIC)
        return CC_INVALID_FIELD;
    wr_u8(rs, 0);
    wr_u8(rs, interface == INTERFACE_SSIF ? SSIF_MULTIPART | SSIF_PEC | SSIF_VERSION
                                          : KCS_VERSION);
    wr_u8(rs, SYSTEM_MESSAGE_MAX);
    if (interface == INTERFACE_SSIF)
        wr_u8(rs, SYSTEM_MESSAGE_MAX);   /* and what comes out */
    return CC_OK;
}

static const struct command rows[] = {
    { NETFN_APP, 0x01, "Get Device ID", NEEDS_USER | READS, 0, 0, 0, get_device_id,
      "20.1" },
    { NETFN_APP, 0x02, "Cold Reset", NEEDS_ADMIN, 0, 0, 0, cold_reset, "20.2" },
    { NETFN_APP, 0x03, "Warm Reset", NEEDS_ADMIN, 0, 0, 0, warm_reset, "20.3" },
    { NETFN_APP, 0x04, "Get Self Test Results", NEEDS_USER | READS, 0, 0, 0,
      get_self_test_results, "20.4" },
    { NETFN_APP, 0x05, "Manufacturing Test On", NEEDS_ADMIN, 0, LEN_ANY, 0,
      manufacturing_test_on, "20.5" },
    { NETFN_APP, 0x06, "Set ACPI Power State", NEEDS_ADMIN, 2, 2, 0, set_acpi_power_state,
      "20.6" },
    { NETFN_APP, 0x07, "Get ACPI Power State", NEEDS_USER | READS, 0, 0, 0,
      get_acpi_power_state, "20.7" },
    { NETFN_APP, 0x08, "Get Device GUID", NEEDS_USER | READS, 0, 0, 0, get_guid, "20.8" },
    { NETFN_APP, 0x36, "Get BT Interface Capabilities", NEEDS_USER | READS, 0, 0, GROUP_BMC,
      get_bt_capabilities, "22.10" },
    { NETFN_APP, 0x37, "Get System GUID", NEEDS_NOTHING | READS, 0, 0, GROUP_BMC, get_guid,
      "22.14" },
    { NETFN_APP, 0x57, "Get System Interface Capabilities", NEEDS_USER | READS, 1, 1,
      GROUP_BMC, get_system_interface_capabilities, "22.9" },
};

const struct command_table app_commands = { "app", rows, sizeof rows / sizeof rows[0],
                                            0 };
