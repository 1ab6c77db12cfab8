#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"
#include "sim/wire/rmcpp.h"

/* Spec: IPMI v2.0 24. */

#define CHANNEL_BITS 0x0f
#define ID_BITS      0x3f
#define INSTANCE_BITS 0x0f
#define TYPE_BITS    0x3f
#define OP_SHIFT     6
enum { OP_ENABLE, OP_DISABLE };

#define PAYLOAD_VERSION     0x10 /* 1.0 */

/* Get Channel Payload Support: types 0 - Fh, 10h - 1Fh, 20h - 2Fh. */
#define STANDARD_TYPES 0x0001u   /* and SOL where there is SOL */
#define SETUP_TYPES    0x003fu
#define OEM_TYPES      0x0000u

#define PAYLOAD_ENABLES       4 /* octets in Set and Get User Payload Access */
#define PAYLOAD_INFO          8
#define PAYLOAD_AUX           4
#define AUX_ENCRYPT           0x80
#define AUX_AUTHENTICATE      0x40
#define VLAN_ENABLED          0x80
#define VLAN_ID_HIGH          0x0f
#define VLAN_NONE             0xffff

#define CC_TYPE_NOT_AVAILABLE CC_CMD_80 /* Get Channel Payload Version */
#define CC_INACTIVE           CC_CMD_80 /* Deactivate Payload */
#define CC_TYPE_DISABLED      CC_CMD_81
#define CC_LIMIT              CC_CMD_82
#define CC_NO_ENCRYPTION_HERE CC_CMD_83
#define CC_ENCRYPTION_WANTED  CC_CMD_84

/* A LAN that the request means; NULL. */
static const struct channel *
lan_channel(struct mc *mc, struct ipmi_req *rq)
{
    const struct channel *c = mc_channel(mc, rq, rd_u8(&rq->data) & CHANNEL_BITS);

    return c != NULL && c->medium == MEDIUM_LAN ? c : NULL;
}

static bool
has_sol(const struct mc *mc)
{
    return mc->gate.groups & GROUP_SOL;
}

/* ---- activation ---- */

/* What Activate and Deactivate Payload begin with. */
struct payload {
    uint8_t type, instance, aux;
};

static struct payload
payload_of(struct ipmi_req *rq)
{
    struct payload p = { .type = rd_u8(&rq->data) & TYPE_BITS,
                         .instance = rd_u8(&rq->data) & INSTANCE_BITS };

    p.aux = rd_u8(&rq->data);
    return p;
}

/* SOL is the one payload that is activated; that it be enabled on the channel
 * and for the user, and the user as far as SOL wants him to be, is asked of
 * who activates and of who deactivates. */
static enum ipmi_cc
may_have(struct mc *mc, const struct ipmi_req *rq, const struct payload *p)
{
    int lan = mc_lan_index(mc, rq->from.channel);
    const struct solport_config *config;

    if (p->type != PAYLOAD_SOL || p->instance == 0)
        return CC_INVALID_FIELD;
    if (lan < 0)
        return CC_STATE;
    config = solport_config(mc, (unsigned)lan);
    if (!has_sol(mc) || !config->enable)
        return CC_TYPE_DISABLED;
    return rq->privilege < (config->protection & SOLPORT_PRIVILEGE) ? CC_PRIVILEGE : CC_OK;
}

static bool
user_may(const struct mc *mc, const struct ipmi_req *rq)
{
    const struct user *u = users_get(mc->users, rq->from.user);
    int channel = users_channel(mc->users, rq->from.channel);

    return u != NULL && channel >= 0 && (u->access[channel].payloads[0] & 1 << PAYLOAD_SOL);
}

/* The session that asks, if it is one that can carry payloads. */
static bool
asking_session(struct mc *mc, const struct ipmi_req *rq, struct lan_session_info *out)
{
    struct lan *lan = mc_lan_of(mc, rq->from.channel);

    return lan != NULL && lan_session_by_id(lan, rq->from.session, out) && out->rmcpp;
}

static enum ipmi_cc
protection_fits(const struct solport_config *config, const struct lan_session_info *session,
                uint8_t aux)
{
    bool encrypt = aux & AUX_ENCRYPT, authenticate = aux & AUX_AUTHENTICATE;

    if (encrypt && !session->encrypts && !(config->protection & SOLPORT_FORCE_ENCRYPTION))
        return CC_NO_ENCRYPTION_HERE;
    if ((config->protection & SOLPORT_FORCE_ENCRYPTION) && !(encrypt && session->encrypts))
        return CC_ENCRYPTION_WANTED;
    if ((config->protection & SOLPORT_FORCE_CODES) &&
        !(authenticate && session->authenticated))
        return CC_INVALID_FIELD;   /* there is no code for this one */
    return CC_OK;
}

static uint16_t
vlan_of(const struct mc *mc, unsigned lan)
{
    const uint8_t *vlan = mc->lanparm[lan]->vlan;

    if (!(vlan[1] & VLAN_ENABLED))
        return VLAN_NONE;
    return (uint16_t)((vlan[1] & VLAN_ID_HIGH) << 8 | vlan[0]);
}

static void
put_activation(struct mc *mc, const struct ipmi_req *rq, struct wr *rs)
{
    unsigned lan = (unsigned)mc_lan_index(mc, rq->from.channel);
    uint16_t port = lan_port_of(mc->lans[lan], &rq->from.peer);

    wr_fill(rs, 0, PAYLOAD_AUX); /* not in test mode: there is none */
    wr_le16(rs, SOLPORT_PAYLOAD);
    wr_le16(rs, SOLPORT_PAYLOAD);
    wr_le16(rs, port ? port : SOLPORT_UDP);
    wr_le16(rs, vlan_of(mc, lan));
}

static enum ipmi_cc
activate_payload(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct payload p = payload_of(rq);
    enum ipmi_cc cc = may_have(mc, rq, &p);
    struct lan_session_info session;
    int lan = mc_lan_index(mc, rq->from.channel);

    if (cc != CC_OK)
        return cc;
    if (!user_may(mc, rq))
        return CC_TYPE_DISABLED;
    if (p.instance > SOLPORT_INSTANCES)
        return CC_LIMIT;
    if (!asking_session(mc, rq, &session))
        return CC_STATE;
    cc = protection_fits(solport_config(mc, (unsigned)lan), &session, p.aux);
    if (cc == CC_OK && !serial_allows_sol(mc))
        cc = CC_STATE;
    if (cc == CC_OK)
        cc = solport_activate(mc, &(struct solport_start){
            .channel = rq->from.channel, .instance = p.instance, .session = session.id,
            .encrypt = p.aux & AUX_ENCRYPT, .authenticate = p.aux & AUX_AUTHENTICATE,
        });
    if (cc == CC_OK)
        put_activation(mc, rq, rs);
    return cc;
}

static enum ipmi_cc
deactivate_payload(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct payload p = payload_of(rq);
    enum ipmi_cc cc = may_have(mc, rq, &p);

    (void)rs;
    if (cc != CC_OK)
        return cc;
    if (solport_owner(mc, p.instance) == 0)
        return CC_INACTIVE;
    (void)solport_deactivate(mc, rq->from.session);
    return CC_OK;
}

/* How many instances there can be, and a bit for each that is active. */
static enum ipmi_cc
get_payload_activation_status(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t type = rd_u8(&rq->data) & TYPE_BITS;
    unsigned active = 0;

    if (type != PAYLOAD_SOL)
        return CC_INVALID_FIELD;
    for (uint8_t n = 1; n <= SOLPORT_INSTANCES; n++)
        active |= (solport_owner(mc, n) != 0 ? 1u : 0u) << (n - 1);
    wr_u8(rs, has_sol(mc) ? SOLPORT_INSTANCES : 0);
    wr_le16(rs, active);
    return CC_OK;
}

static enum ipmi_cc
get_payload_instance_info(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t type = rd_u8(&rq->data) & TYPE_BITS, instance = rd_u8(&rq->data);

    if (type != PAYLOAD_SOL || instance == 0)
        return CC_INVALID_FIELD;
    wr_le32(rs, solport_owner(mc, instance));
    wr_u8(rs, instance <= SOLPORT_INSTANCES && has_sol(mc) ? SOLPORT_NUMBER : 0);
    wr_fill(rs, 0, PAYLOAD_INFO - 1);
    return CC_OK;
}

/* ---- who may, and what there is ---- */

/* IPMI itself, type 0, is nobody's to disable, and only one octet each of standard
 * and OEM types has enables; the other is reserved. */
static enum ipmi_cc
set_user_payload_access(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct channel *c = lan_channel(mc, rq);
    uint8_t octet = rd_u8(&rq->data);
    uint8_t id = octet & ID_BITS, op = octet >> OP_SHIFT;
    static const uint8_t there[PAYLOAD_ENABLES] = { 0xfe, 0x00, 0xff, 0x00 };
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
        uint8_t bits = rd_u8(&rq->data) & there[i];

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
    wr_le16(rs, STANDARD_TYPES | (has_sol(mc) ? 1u << PAYLOAD_SOL : 0u));
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
    if (type != PAYLOAD_IPMI && (type != PAYLOAD_SOL || !has_sol(mc)) &&
        (type < PAYLOAD_OPEN_REQUEST || type > PAYLOAD_RAKP4))
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
    { NETFN_APP, 0x48, "Activate Payload", NEEDS_USER, 6, 6, GROUP_BMC, activate_payload,
      "24.1" },
    { NETFN_APP, 0x49, "Deactivate Payload", NEEDS_USER, 6, 6, GROUP_BMC,
      deactivate_payload, "24.2" },
    { NETFN_APP, 0x4a, "Get Payload Activation Status", NEEDS_USER | READS, 1, 1, GROUP_BMC,
      get_payload_activation_status, "24.4" },
    { NETFN_APP, 0x4b, "Get Payload Instance Info", NEEDS_USER | READS, 2, 2, GROUP_BMC,
      get_payload_instance_info, "24.5" },
    { NETFN_APP, 0x4c, "Set User Payload Access", NEEDS_ADMIN, 6, 6, GROUP_BMC,
      set_user_payload_access, "24.6" },
    { NETFN_APP, 0x4d, "Get User Payload Access", NEEDS_OPERATOR | READS, 2, 2, GROUP_BMC,
      get_user_payload_access, "24.7" },
    { NETFN_APP, 0x4e, "Get Channel Payload Support", NEEDS_USER | READS, 1, 1, GROUP_BMC,
      get_channel_payload_support, "24.8" },
    { NETFN_APP, 0x4f, "Get Channel Payload Version", NEEDS_USER | READS, 2, 2, GROUP_BMC,
      get_channel_payload_version, "24.9" },
    { NETFN_APP, 0x50, "Get Channel OEM Payload Info", NEEDS_USER | READS, 7, 7, GROUP_BMC,
      get_channel_oem_payload_info, "24.10" },
};

const struct command_table payload_commands = { "payloads", rows,
                                                sizeof rows / sizeof rows[0], 0 };
