/* The rows of PEF parameters 0 to 13, a family of struct mc. */
#include <stddef.h>

#include "sim/mc/mc_parts.h"

#define CONTROL_BITS 0x0f
#define POLICY_NUMBER_BITS 0x7f   /* with the group selector, that FreeIPMI reads back */
#define KIND_RESERVED 0x20        /* of PEF_FILTER_KIND: 01b and 11b */
#define POLICY_KIND_MAX 4
#define GUID_USED 0x01
#define KEY_BITS 0x7f

static enum ipmi_cc
set_control(void *of, const struct param_ask *ask, struct rd *data)
{
    (void)ask;
    return pef_set_control(of, rd_u8(data) & CONTROL_BITS) ? CC_OK : CC_NO_SPACE;
}

static enum ipmi_cc
check_actions(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    (void)of;
    (void)ask;
    (void)len;
    data[0] &= PEF_ACTIONS;
    return CC_OK;
}

/* Who made a filter is not changed by switching it on or off: ipmitool
 * writes zeros there. */
static enum ipmi_cc
check_filter_state(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    uint8_t now = pef_config(of)->filters[ask->set - 1][0];

    (void)len;
    data[0] = (uint8_t)((data[0] & PEF_FILTER_ENABLED) | (now & PEF_FILTER_KIND));
    return CC_OK;
}

/* One bit, or none: unspecified. */
static bool
is_severity(uint8_t v)
{
    return v <= 0x20 && (v & (v - 1)) == 0;
}

static enum ipmi_cc
check_filter(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    (void)of;
    (void)ask;
    (void)len;
    data[0] &= PEF_FILTER_ENABLED | PEF_FILTER_KIND;
    data[1] &= PEF_ACTIONS;
    data[2] &= POLICY_NUMBER_BITS;
    return (data[0] & KIND_RESERVED) || !is_severity(data[3]) ? CC_INVALID_FIELD : CC_OK;
}

static enum ipmi_cc
check_policy(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    (void)of;
    (void)ask;
    (void)len;
    return param_check_range(data[0] & PEF_POLICY_KIND, POLICY_KIND_MAX);
}

static enum ipmi_cc
check_guid(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    (void)of;
    (void)ask;
    (void)len;
    data[0] &= GUID_USED;
    return CC_OK;
}

static enum ipmi_cc
check_key(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    (void)of;
    (void)ask;
    (void)len;
    data[0] &= KEY_BITS;
    data[1] &= KEY_BITS;
    return CC_OK;
}

static const uint8_t filters[] = { PEF_FILTERS };
static const uint8_t policies[] = { PEF_POLICIES };
static const uint8_t strings[] = { PEF_STRINGS };

#define AT(field) .at = offsetof(struct pef_config, field)
#define ONLY .access = PARAM_RO
#define FROM_1_TO(n, octets) .keys = PARAM_SETS, .set_min = 1, .set_max = (n), .stride = (octets)
#define FROM_0_TO(n, octets) .set_max = (n), .stride = (octets), .keep = PARAM_SET0_VOLATILE

static const struct param rows[] = {
    { PARAM_PROGRESS, "Set In Progress", .size = 1, AT(progress), .keep = PARAM_VOLATILE },
    { 1, "PEF Control", .size = 1, AT(control), .set = set_control },
    { 2, "PEF Action Global Control", .size = 1, AT(actions), .check = check_actions },
    { 3, "PEF Startup Delay", .size = 1, AT(startup_s) },
    { 4, "PEF Alert Startup Delay", .size = 1, AT(alert_startup_s) },
    { 5, "Number of Event Filters", .size = 1, ONLY, .fixed = filters },
    { 6, "Event Filter Table", .size = PEF_FILTER, AT(filters), .check = check_filter,
      FROM_1_TO(PEF_FILTERS, PEF_FILTER) },
    { 7, "Event Filter Table Data 1", .size = 1, AT(filters), .check = check_filter_state,
      FROM_1_TO(PEF_FILTERS, PEF_FILTER) },
    { 8, "Number of Alert Policy Entries", .size = 1, ONLY, .fixed = policies },
    { 9, "Alert Policy Table", .size = PEF_POLICY, AT(policies), .check = check_policy,
      FROM_1_TO(PEF_POLICIES, PEF_POLICY) },
    { 10, "System GUID", .size = 1 + 16, AT(guid), .check = check_guid },
    { 11, "Number of Alert Strings", .size = 1, ONLY, .fixed = strings },
    { 12, "Alert String Keys", .size = 2, AT(keys), .check = check_key, .keys = PARAM_SETS,
      FROM_0_TO(PEF_STRINGS, 2) },
    { 13, "Alert Strings", .size = 1, .size_max = PEF_STRING_BLOCK, AT(strings),
      .keys = PARAM_SETS_BLOCKS, .block_min = 1, .block_max = PEF_STRING_BLOCKS,
      FROM_0_TO(PEF_STRINGS, PEF_STRING_MAX) },
};

static const uint8_t *
load(const void *of, const struct param *row)
{
    (void)row;
    return (const uint8_t *)pef_config(of);
}

static uint8_t *
store(void *of, const struct param *row)
{
    (void)row;
    return (uint8_t *)pef_own_config(of);
}

const struct param_family pef_family = {
    .name = "PEF",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
    .revision = PARAM_REVISION,
    .load = load,
    .store = store,
};
