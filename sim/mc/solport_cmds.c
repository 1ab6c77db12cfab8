#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"

/* Spec: IPMI v2.0 26.1-26.3, table 26-5. */

#define CHANNEL_BITS 0x0f
#define REVISION_ONLY 0x80
#define RETRY_BITS 0x07
#define RATE_BITS 0x0f

/* ---- parameters ---- */

static enum ipmi_cc
check_enable(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    (void)of;
    (void)ask;
    (void)len;
    data[0] &= 1;
    return CC_OK;
}

static enum ipmi_cc
check_protection(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    uint8_t privilege = data[0] & SOLPORT_PRIVILEGE;

    (void)of;
    (void)ask;
    (void)len;
    if (privilege < PRIV_USER || privilege > PRIV_OEM)
        return CC_INVALID_FIELD;
    data[0] &= SOLPORT_FORCE_ENCRYPTION | SOLPORT_FORCE_CODES | SOLPORT_PRIVILEGE;
    return CC_OK;
}

/* The accumulate interval is 1-based. */
static enum ipmi_cc
check_accumulate(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    (void)of;
    (void)ask;
    (void)len;
    return data[0] == 0 ? CC_INVALID_FIELD : CC_OK;
}

static enum ipmi_cc
check_retry(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    (void)of;
    (void)ask;
    (void)len;
    data[0] &= RETRY_BITS;
    return CC_OK;
}

static enum ipmi_cc
check_rate(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    (void)of;
    (void)ask;
    (void)len;
    data[0] &= RATE_BITS;
    if (data[0] == SOLPORT_RATE_OF_SERIAL)
        return CC_OK;
    return data[0] >= SOLPORT_RATE_FIRST && data[0] <= SOLPORT_RATE_LAST ? CC_OK
                                                                         : CC_INVALID_FIELD;
}

static enum ipmi_cc
get_channel(const void *of, const struct param_ask *ask, struct wr *rs)
{
    const struct solport_of *sol = of;

    (void)ask;
    wr_u8(rs, sol->mc->machine->lans[sol->lan].channel);
    return CC_OK;
}

static uint16_t
udp_port(const struct mc *mc, unsigned lan)
{
    uint16_t port = mc->lans[lan] != NULL ? lan_port(mc->lans[lan]) : 0;

    return port ? port : SOLPORT_UDP;
}

static enum ipmi_cc
get_port(const void *of, const struct param_ask *ask, struct wr *rs)
{
    const struct solport_of *sol = of;

    (void)ask;
    wr_le16(rs, udp_port(sol->mc, sol->lan));
    return CC_OK;
}

/* A client that writes back what it read is let through. */
static enum ipmi_cc
set_port(void *of, const struct param_ask *ask, struct rd *data)
{
    const struct solport_of *sol = of;

    (void)ask;
    return rd_le16(data) == udp_port(sol->mc, sol->lan) ? CC_OK : CC_CMD_82;
}

#define AT(field) .at = offsetof(struct solport_config, field)

static const struct param params[] = {
    { PARAM_PROGRESS, "Set In Progress", .size = 1, AT(progress), .keep = PARAM_VOLATILE },
    { 1, "SOL Enable", .size = 1, AT(enable), .check = check_enable },
    { 2, "SOL Authentication", .size = 1, AT(protection), .check = check_protection },
    { 3, "Character Accumulate Interval and Send Threshold", .size = 2,
      AT(rules.accumulate), .check = check_accumulate },
    { 4, "SOL Retry", .size = 2, AT(rules.retries), .check = check_retry },
    { 5, "SOL Non-volatile Bit Rate", .size = 1, AT(rate), .check = check_rate },
    { 6, "SOL Volatile Bit Rate", .size = 1, AT(rate_now), .keep = PARAM_VOLATILE,
      .check = check_rate },
    { 7, "SOL Payload Channel", .size = 1, .access = PARAM_RO, .get = get_channel },
    { 8, "SOL Payload Port Number", .size = 2, .get = get_port, .set = set_port },
};

static const uint8_t *
load(const void *of, const struct param *row)
{
    const struct solport_of *sol = of;

    (void)row;
    return (const uint8_t *)solport_config(sol->mc, sol->lan);
}

static uint8_t *
store(void *of, const struct param *row)
{
    const struct solport_of *sol = of;

    (void)row;
    return (uint8_t *)solport_own_config(sol->mc, sol->lan);
}

const struct param_family solport_family = {
    .name = "SOL",
    .rows = params,
    .count = sizeof params / sizeof params[0],
    .revision = PARAM_REVISION,
    .load = load,
    .store = store,
};

/* ---- commands ---- */

/* Index of the LAN that the first octet names, or -1. */
static int
named(struct mc *mc, const struct ipmi_req *rq, uint8_t first)
{
    const struct channel *channel = mc_channel(mc, rq, first & CHANNEL_BITS);

    return channel != NULL ? mc_lan_index(mc, channel->number) : -1;
}

static enum ipmi_cc
set_sol_configuration(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    int lan = named(mc, rq, rd_u8(&rq->data));
    struct param_ask ask = { .selector = rd_u8(&rq->data), .privilege = rq->privilege };
    struct solport_of of = { mc, (unsigned)lan };
    enum ipmi_cc cc;

    (void)rs;
    if (lan < 0)
        return CC_INVALID_FIELD;
    cc = param_set(&solport_family, &of, &ask, &rq->data);
    if (cc == CC_OK)
        solport_changed(mc, (unsigned)lan);
    return cc;
}

static enum ipmi_cc
get_sol_configuration(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t first = rd_u8(&rq->data);
    int lan = named(mc, rq, first);
    struct param_ask ask = { .selector = rd_u8(&rq->data), .privilege = rq->privilege };
    struct solport_of of = { mc, (unsigned)lan };

    ask.set = rd_u8(&rq->data);
    ask.block = rd_u8(&rq->data);
    if (lan < 0)
        return CC_INVALID_FIELD;
    return param_get(&solport_family, &of, &ask, first & REVISION_ONLY, rs);
}

/* A BMC sends this over a serial connection that SOL takes the port from; it
 * is nothing to ask a BMC. */
static enum ipmi_cc
sol_activating(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)mc;
    (void)rq;
    (void)rs;
    return CC_INVALID_COMMAND;
}

#define SOL (GROUP_BMC | GROUP_SOL)

static const struct command rows[] = {
    { NETFN_TRANSPORT, 0x20, "SOL Activating", NEEDS_NOTHING, 4, 4, SOL, sol_activating,
      "26.1" },
    { NETFN_TRANSPORT, 0x21, "Set SOL Configuration Parameters", NEEDS_ADMIN, 2, LEN_ANY,
      SOL, set_sol_configuration, "26.2" },
    { NETFN_TRANSPORT, 0x22, "Get SOL Configuration Parameters", NEEDS_USER | READS, 4, 4,
      SOL, get_sol_configuration, "26.3" },
};

const struct command_table solport_commands = {
    .subject = "sol",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
};
