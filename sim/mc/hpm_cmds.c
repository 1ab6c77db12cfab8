#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"

#define HPM_REVISION 0x00 /* HPM.1 R1.0 */

/* Get Target Upgrade Capabilities. */
#define CAP_SELF_TEST         0x01
#define CAP_AUTO_ROLLBACK     0x02
#define CAP_MANUAL_ROLLBACK   0x04
#define CAP_DEFERRED          0x10
#define CAP_ROLLBACK_OVERRIDE 0x40
#define CAPABILITIES                                                          \
    (CAP_SELF_TEST | CAP_AUTO_ROLLBACK | CAP_MANUAL_ROLLBACK | CAP_DEFERRED | \
     CAP_ROLLBACK_OVERRIDE)

/* Get Component Properties: selectors, and the general ones. */
enum { PROP_GENERAL, PROP_VERSION, PROP_NAME, PROP_ROLLBACK, PROP_DEFERRED };
#define GENERAL_ROLLBACK_AUTO 0x02 /* the target makes the rollback copy itself */
#define GENERAL_PREPARE       0x04
#define GENERAL_COMPARE       0x08
#define GENERAL_DEFERRED      0x10
#define GENERAL_PAYLOAD_RESET 0x20
#define CC_BAD_COMPONENT      CC_CMD_82
#define CC_BAD_SELECTOR       CC_CMD_83

/* HPM.2. */
#define HPM2              0x02
#define HPM2_REVISION     0x01
#define HPM2_PARAMS_REV   0x01
#define HPM2_CAPABILITIES 0x00

/* Note how a command ended, for Get Upgrade Status. */
static enum ipmi_cc
ended(struct hpm *h, const struct ipmi_req *rq, enum ipmi_cc cc)
{
    if (h->busy && h->busy != rq->cmd)
        return cc;
    h->command = rq->cmd;
    h->cc = (uint8_t)cc;
    return cc;
}

static enum ipmi_cc
get_target_capabilities(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct hpm *h = hpm_of(mc);

    (void)rq;
    if (h == NULL)
        return CC_NO_SPACE;
    wr_u8(rs, HPM_REVISION);
    wr_u8(rs, CAPABILITIES);
    wr_fill(rs, HPM_TIMEOUT_5S, 4); /* upgrade, self-test, rollback, inaccessibility */
    wr_u8(rs, hpm_mask(h));
    return CC_OK;
}

static uint8_t
general(const struct hpm_component *c)
{
    return (uint8_t)((c->no_rollback ? 0 : GENERAL_ROLLBACK_AUTO) |
                     (c->no_deferral ? 0 : GENERAL_DEFERRED) |
                     (c->payload_reset ? GENERAL_PAYLOAD_RESET : 0) | GENERAL_PREPARE |
                     GENERAL_COMPARE);
}

/* A copy that is not there has a version that clients print as dashes. */
static void
write_version(struct wr *rs, const struct hpm_copy *copy)
{
    if (copy->there)
        wr_bytes(rs, copy->version, HPM_VERSION);
    else
        wr_fill(rs, 0xff, HPM_VERSION);
}

static enum ipmi_cc
get_component_properties(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct hpm *h = hpm_of(mc);
    uint8_t id = rd_u8(&rq->data);
    uint8_t selector = rd_u8(&rq->data);
    const struct hpm_component *c;

    if (h == NULL)
        return CC_NO_SPACE;
    if (id >= HPM_COMPONENTS || !h->at[id].present)
        return CC_BAD_COMPONENT;
    c = &h->at[id];
    switch (selector) {
    case PROP_GENERAL: wr_u8(rs, general(c)); return CC_OK;
    case PROP_VERSION: write_version(rs, &c->active); return CC_OK;
    case PROP_NAME: wr_bytes(rs, c->name, sizeof c->name); return CC_OK;
    case PROP_ROLLBACK: write_version(rs, &c->rollback); return CC_OK;
    case PROP_DEFERRED: write_version(rs, &c->deferred); return CC_OK;
    default: return CC_BAD_SELECTOR;
    }
}

static enum ipmi_cc
abort_upgrade(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct hpm *h = hpm_of(mc);

    (void)rs;
    return h == NULL ? CC_NO_SPACE : ended(h, rq, hpm_abort(h));
}

static enum ipmi_cc
initiate_upgrade_action(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct hpm *h = hpm_of(mc);
    uint8_t mask = rd_u8(&rq->data);
    uint8_t action = rd_u8(&rq->data);

    (void)rs;
    return h == NULL ? CC_NO_SPACE : ended(h, rq, hpm_initiate(h, mask, action));
}

static enum ipmi_cc
upload_firmware_block(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct hpm *h = hpm_of(mc);
    uint8_t number = rd_u8(&rq->data);

    return h == NULL ? CC_NO_SPACE
                     : ended(h, rq, hpm_block(h, number, rd_rest(&rq->data), rs));
}

static enum ipmi_cc
finish_firmware_upload(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct hpm *h = hpm_of(mc);
    uint8_t component = rd_u8(&rq->data);
    uint32_t length = rd_le32(&rq->data);

    (void)rs;
    return h == NULL ? CC_NO_SPACE : ended(h, rq, hpm_finish(h, component, length));
}

static enum ipmi_cc
get_upgrade_status(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct hpm *h = hpm_of(mc);

    (void)rq;
    if (h == NULL)
        return CC_NO_SPACE;
    wr_u8(rs, h->command);
    wr_u8(rs, h->cc);
    wr_u8(rs, hpm_percent(h));
    return CC_OK;
}

static enum ipmi_cc
activate_firmware(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct hpm *h = hpm_of(mc);
    uint8_t no_rollback = rd_left(&rq->data) > 0 ? rd_u8(&rq->data) : 0;

    (void)rs;
    if (no_rollback > 1)
        return CC_INVALID_FIELD;
    return h == NULL ? CC_NO_SPACE : ended(h, rq, hpm_activate(h, no_rollback));
}

static enum ipmi_cc
query_self_test(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct hpm *h = hpm_of(mc);

    if (h == NULL)
        return CC_NO_SPACE;
    if (h->busy)
        return CC_CMD_80;
    (void)rq;
    wr_u8(rs, h->test);
    wr_u8(rs, h->test_mask);
    return CC_OK;
}

static enum ipmi_cc
query_rollback_status(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct hpm *h = hpm_of(mc);

    (void)rq;
    if (h == NULL)
        return CC_NO_SPACE;
    if (h->busy)
        return CC_CMD_80;
    wr_u8(rs, h->rolled_back);
    wr_u8(rs, 100);
    return (enum ipmi_cc)h->rollback_cc;
}

static enum ipmi_cc
initiate_manual_rollback(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct hpm *h = hpm_of(mc);

    (void)rs;
    return h == NULL ? CC_NO_SPACE : ended(h, rq, hpm_roll_back(h));
}

/* HPM.2: how a LAN client may speak to us; longer messages than IPMI's own
 * stand in LAN parameter LANPARM_HPM2. */
static enum ipmi_cc
get_lan_attach_capabilities(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint16_t channels = 0;

    if (rd_left(&rq->data) > 0 && rd_u8(&rq->data) != HPM2)
        return CC_INVALID_FIELD;
    for (unsigned i = 0; i < mc->lan_count; i++)
        channels |= (uint16_t)(1u << mc->machine->lans[i].channel);
    wr_u8(rs, HPM2);
    wr_u8(rs, HPM2_REVISION);
    wr_le16(rs, channels);
    wr_u8(rs, HPM2_CAPABILITIES);
    wr_u8(rs, LANPARM_HPM2);
    wr_u8(rs, HPM2_PARAMS_REV);
    return CC_OK;
}

#define HPM(cmd, name, needs, min, max, handler)                             \
    {                                                                        \
        NETFN_GROUP, cmd, name, needs, min, max, GROUP_HPM, handler, "HPM.1" \
    }

static const struct command rows[] = {
    HPM(0x2e, "HPM.1 Get Target Upgrade Capabilities", NEEDS_USER | READS, 1, 1,
        get_target_capabilities),
    HPM(0x2f, "HPM.1 Get Component Properties", NEEDS_USER | READS, 3, 3,
        get_component_properties),
    HPM(0x30, "HPM.1 Abort Firmware Upgrade", NEEDS_ADMIN, 1, 1, abort_upgrade),
    HPM(0x31, "HPM.1 Initiate Upgrade Action", NEEDS_ADMIN, 3, 3,
        initiate_upgrade_action),
    HPM(0x32, "HPM.1 Upload Firmware Block", NEEDS_ADMIN, 2, LEN_ANY,
        upload_firmware_block),
    HPM(0x33, "HPM.1 Finish Firmware Upload", NEEDS_ADMIN, 6, 6, finish_firmware_upload),
    HPM(0x34, "HPM.1 Get Upgrade Status", NEEDS_USER | READS, 1, 1, get_upgrade_status),
    HPM(0x35, "HPM.1 Activate Firmware", NEEDS_ADMIN, 1, 2, activate_firmware),
    HPM(0x36, "HPM.1 Query Self-test Results", NEEDS_USER | READS, 1, 1, query_self_test),
    HPM(0x37, "HPM.1 Query Rollback Status", NEEDS_USER | READS, 1, 1,
        query_rollback_status),
    HPM(0x38, "HPM.1 Initiate Manual Rollback", NEEDS_ADMIN, 1, 1,
        initiate_manual_rollback),
    { NETFN_GROUP, 0x3e, "HPM.2 Get LAN Attach Capabilities", NEEDS_USER | READS, 1, 2,
      GROUP_HPM | GROUP_LAN, get_lan_attach_capabilities, "HPM.2" },
};

const struct command_table hpm_commands = { "hpm", rows, sizeof rows / sizeof rows[0],
                                            GROUP_PICMG };
