#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"

#define CHANNEL_BITS 0x0f
#define ID_BITS      0x3f
#define TYPE_BITS    0x3f
#define OP_SHIFT     6
enum { OP_ENABLE, OP_DISABLE };

#define PAYLOAD_IPMI        0x00
#define PAYLOAD_SOL         0x01
#define PAYLOAD_SETUP_FIRST 0x10 /* Open Session, RAKP */
#define PAYLOAD_SETUP_LAST  0x15
#define PAYLOAD_VERSION     0x10 /* 1.0 */

/* Get Channel Payload Support: types 0 - Fh, 10h - 1Fh, 20h - 2Fh. */
#define STANDARD_TYPES 0x0001u
#define SETUP_TYPES    0x003fu
#define OEM_TYPES      0x0000u

#define PAYLOAD_ENABLES       4 /* octets in Set and Get User Payload Access */
#define PAYLOAD_INFO          8
#define CC_TYPE_NOT_AVAILABLE CC_CMD_80
#define CC_TYPE_DISABLED      CC_CMD_81

/* A LAN that the request means; NULL. */
static const struct channel *
lan_channel(struct mc *mc, struct ipmi_req *rq)
{
    const struct channel *c = mc_channel(mc, rq, rd_u8(&rq->data) & CHANNEL_BITS);

    return c != NULL && c->medium == MEDIUM_LAN ? c : NULL;
}

/* Only IPMI messages travel in sessions so far, and those need no activation.
 * Serial over LAN is a type that exists and is disabled. */
static enum ipmi_cc
refuse_activation(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t type = rd_u8(&rq->data) & TYPE_BITS;

    (void)mc;
    (void)rs;
    return type == PAYLOAD_SOL ? CC_TYPE_DISABLED : CC_INVALID_FIELD;
}

/* Instances that can be active at once: none. */
static enum ipmi_cc
get_payload_activation_status(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t type = rd_u8(&rq->data) & TYPE_BITS;

    (void)mc;
    if (type != PAYLOAD_SOL)
        return CC_INVALID_FIELD;
    wr_u8(rs, 0);
    wr_le16(rs, 0);
    return CC_OK;
}

static enum ipmi_cc
get_payload_instance_info(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t type = rd_u8(&rq->data) & TYPE_BITS;

    (void)mc;
    if (type != PAYLOAD_SOL || rd_u8(&rq->data) == 0)
        return CC_INVALID_FIELD;
    wr_le32(rs, 0); /* nobody's session */
    wr_fill(rs, 0, PAYLOAD_INFO);
    return CC_OK;
}

static enum ipmi_cc
set_user_payload_access(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct channel *c = lan_channel(mc, rq);
    uint8_t octet = rd_u8(&rq->data);
    uint8_t id = octet & ID_BITS, op = octet >> OP_SHIFT;
    struct user *u;
    uint8_t *payloads;

    (void)rs;
    if (c == NULL || op > OP_DISABLE || users_get(mc->users, id) == NULL)
        return CC_INVALID_FIELD;
    u = users_edit(mc->users, id);
    if (u == NULL)
        return CC_NO_SPACE;
    payloads = u->access[users_channel(mc->users, c->number)].payloads;
    for (size_t i = 0; i < PAYLOAD_ENABLES; i++) {
        uint8_t bits = rd_u8(&rq->data);

        if (op == OP_ENABLE)
            payloads[i] |= bits;
        else
            payloads[i] &= (uint8_t)~bits;
    }
    return CC_OK;
}

static enum ipmi_cc
get_user_payload_access(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct channel *c = lan_channel(mc, rq);
    const struct user *u = users_get(mc->users, rd_u8(&rq->data) & ID_BITS);

    if (c == NULL || u == NULL)
        return CC_INVALID_FIELD;
    wr_bytes(rs, u->access[users_channel(mc->users, c->number)].payloads,
             PAYLOAD_ENABLES);
    return CC_OK;
}

static enum ipmi_cc
get_channel_payload_support(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    if (lan_channel(mc, rq) == NULL)
        return CC_INVALID_FIELD;
    wr_le16(rs, STANDARD_TYPES);
    wr_le16(rs, SETUP_TYPES);
    wr_le16(rs, OEM_TYPES);
    wr_le16(rs, 0);
    return CC_OK;
}

static enum ipmi_cc
get_channel_payload_version(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct channel *c = lan_channel(mc, rq);
    uint8_t type = rd_u8(&rq->data);

    if (c == NULL)
        return CC_INVALID_FIELD;
    if (type != PAYLOAD_IPMI && (type < PAYLOAD_SETUP_FIRST || type > PAYLOAD_SETUP_LAST))
        return CC_TYPE_NOT_AVAILABLE;
    wr_u8(rs, PAYLOAD_VERSION);
    return CC_OK;
}

static enum ipmi_cc
get_channel_oem_payload_info(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rs;
    return lan_channel(mc, rq) == NULL ? CC_INVALID_FIELD : CC_TYPE_NOT_AVAILABLE;
}

static const struct command rows[] = {
    { NETFN_APP, 0x48, "Activate Payload", NEEDS_USER, 6, 6, GROUP_BMC, refuse_activation,
      "24.1" },
    { NETFN_APP, 0x49, "Deactivate Payload", NEEDS_USER, 6, 6, GROUP_BMC,
      refuse_activation, "24.2" },
    { NETFN_APP, 0x4a, "Get Payload Activation Status", NEEDS_USER, 1, 1, GROUP_BMC,
      get_payload_activation_status, "24.4" },
    { NETFN_APP, 0x4b, "Get Payload Instance Info", NEEDS_USER, 2, 2, GROUP_BMC,
      get_payload_instance_info, "24.5" },
    { NETFN_APP, 0x4c, "Set User Payload Access", NEEDS_ADMIN, 6, 6, GROUP_BMC,
      set_user_payload_access, "24.6" },
    { NETFN_APP, 0x4d, "Get User Payload Access", NEEDS_OPERATOR, 2, 2, GROUP_BMC,
      get_user_payload_access, "24.7" },
    { NETFN_APP, 0x4e, "Get Channel Payload Support", NEEDS_USER, 1, 1, GROUP_BMC,
      get_channel_payload_support, "24.8" },
    { NETFN_APP, 0x4f, "Get Channel Payload Version", NEEDS_USER, 2, 2, GROUP_BMC,
      get_channel_payload_version, "24.9" },
    { NETFN_APP, 0x50, "Get Channel OEM Payload Info", NEEDS_USER, 7, 7, GROUP_BMC,
      get_channel_oem_payload_info, "24.10" },
};

const struct command_table payload_commands = { "payloads", rows,
                                                sizeof rows / sizeof rows[0], 0 };
