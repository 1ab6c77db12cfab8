#include "sim/lan/lan_parts.h"

#include <string.h>

#include "sim/base/planted.h"

/* The commands of an open session. Spec: IPMI v2.0 22.18, 22.19, 22.21, 24.3. */

#define LEVEL_BITS 0x0f

static struct session *
session_of(const struct lan *lan, const struct ipmi_req *rq)
{
    struct session *s = session_find(&lan->sessions, rq->from.session);

    return s != NULL && s->state == SESSION_ACTIVE ? s : NULL;
}

/* ---- Set Session Privilege Level ---- */

enum {
    PRIVILEGE_NOT_AVAILABLE = CC_CMD_80,   /* the session was opened for less */
    PRIVILEGE_OVER_LIMIT = CC_CMD_81,      /* of the user or the channel */
};

static enum ipmi_cc
judge_level(struct lan *lan, const struct session *s, uint8_t level)
{
    struct lan_user u;
    uint8_t limit = PRIV_NONE;

    if (lan_get_user(lan, s->user, &u))
        limit = lan_user_limit(lan, &u);
    crypto_wipe(u.password, sizeof u.password);
    if (level > limit)
        return (enum ipmi_cc)PRIVILEGE_OVER_LIMIT;
    return level > s->limit ? (enum ipmi_cc)PRIVILEGE_NOT_AVAILABLE : CC_OK;
}

enum ipmi_cc
lan_set_session_privilege(struct lan *lan, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t level = rd_u8(&rq->data) & LEVEL_BITS;
    struct session *s = session_of(lan, rq);
    enum ipmi_cc cc = CC_OK;

    if (s == NULL)
        return CC_STATE;
    /* 0 asks for the present level; Callback cannot be gone down to. */
    if (level == PRIV_CALLBACK || level > PRIV_OEM)
        return CC_INVALID_FIELD;
    if (level != PRIV_NONE)
        cc = judge_level(lan, s, level);
    if (cc != CC_OK)
        return cc;
    if (level != PRIV_NONE)
        s->privilege = level;
    wr_u8(rs, s->privilege);
    return CC_OK;
}

/* ---- Close Session ---- */

enum { CLOSE_BAD_ID = 0x87, CLOSE_BAD_HANDLE = 0x88 };

enum ipmi_cc
lan_close_session(struct lan *lan, struct ipmi_req *rq, struct wr *rs)
{
    uint32_t id = rd_le32(&rq->data);
    struct lan_session_info info;

    (void)rs;
    if (id != 0) {
        if (!lan_session_by_id(lan, id, &info))
            return (enum ipmi_cc)CLOSE_BAD_ID;
    } else {
        uint8_t handle = rd_u8(&rq->data);

        if (rq->data.bad)
            return CC_LENGTH;
        if (!lan_session_by_handle(lan, handle, &info))
            return (enum ipmi_cc)CLOSE_BAD_HANDLE;
    }
    if (info.id != rq->from.session && rq->privilege < PRIV_ADMIN)
        return CC_PRIVILEGE;
    if (!PLANTED(SESSION_STAYS))
        lan_session_close(lan, info.id, SESSION_END_CLOSED);
    return CC_OK;
}

/* ---- Get AuthCode ---- */

#define AUTHCODE_DATA_LEN 16
#define AUTHCODE_CLASS_BITS 0xc0
#define AUTHCODE_CLASS_15 0x00      /* bits 3:0: an IPMI 1.5 auth type */
#define AUTHCODE_CLASS_RMCPP 0x40   /* bits 5:0: an integrity algorithm */
#define USER_ID_BITS 0x3f

static enum ipmi_cc
authcode15(struct lan *lan, uint8_t type, const struct lan_user *u, struct bytes data,
           struct wr *rs)
{
    uint8_t code[AUTH_CODE_LEN];

    /* A straight password would be given away. */
    if ((type != AUTH_MD2 && type != AUTH_MD5) || u->password_is_20)
        return CC_INVALID_FIELD;
    if (!auth15_data(lan->work, type, u->password, data, code))
        return CC_UNSPECIFIED;
    wr_bytes(rs, code, sizeof code);
    return CC_OK;
}

/* Outside a session there is no K1: the user's password is the key. */
static enum ipmi_cc
authcode20(struct lan *lan, uint8_t alg, const struct lan_user *u, struct bytes data,
           struct wr *rs)
{
    static const struct {
        enum hash hash;
        uint8_t len;
    } algs[INTEGRITY_ALGS] = {
        [INTEGRITY_HMAC_SHA1_96] = { HASH_SHA1, 12 },
        [INTEGRITY_HMAC_MD5_128] = { HASH_MD5, 16 },
        [INTEGRITY_MD5_128] = { HASH_MD5, 16 },
        [INTEGRITY_HMAC_SHA256_128] = { HASH_SHA256, 16 },
    };
    struct bytes key = { u->password, sizeof u->password };
    struct bytes parts[] = { key, data, key };
    uint8_t code[HASH_SIZE_MAX];
    bool done;

    if (alg == INTEGRITY_NONE || alg >= INTEGRITY_ALGS)
        return CC_INVALID_FIELD;
    if (alg == INTEGRITY_MD5_128)
        done = crypto_digest(lan->work, HASH_MD5, parts, 3, code);
    else
        done = crypto_hmac(lan->work, algs[alg].hash, key, &data, 1, code);
    if (!done)
        return CC_UNSPECIFIED;
    wr_bytes(rs, code, algs[alg].len);
    return CC_OK;
}

enum ipmi_cc
lan_get_authcode(struct lan *lan, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t kind = rd_u8(&rq->data);
    uint8_t user, alg = kind & (uint8_t)~AUTHCODE_CLASS_BITS;
    struct bytes data;
    struct lan_user u;
    enum ipmi_cc cc = CC_INVALID_FIELD;

    rd_skip(&rq->data, 1);      /* the channel: this one */
    user = rd_u8(&rq->data) & USER_ID_BITS;
    data = rd_bytes(&rq->data, AUTHCODE_DATA_LEN);
    if (!lan->host.user(lan->host.ctx, lan->config->channel, user, &u))
        return CC_INVALID_FIELD;
    if ((kind & AUTHCODE_CLASS_BITS) == AUTHCODE_CLASS_15)
        cc = authcode15(lan, alg, &u, data, rs);
    else if ((kind & AUTHCODE_CLASS_BITS) == AUTHCODE_CLASS_RMCPP)
        cc = authcode20(lan, alg, &u, data, rs);
    crypto_wipe(u.password, sizeof u.password);
    return cc;
}

/* ---- Suspend/Resume Payload Encryption ---- */

enum { SUSPEND = 0, RESUME = 1, RENEW_IV = 2 };

enum {
    SUSPEND_NOT_SUPPORTED = CC_CMD_80,
    SUSPEND_NOT_ALLOWED = CC_CMD_81,       /* as the payload is configured */
    SUSPEND_NO_ENCRYPTION = CC_CMD_82,
    SUSPEND_NOT_ACTIVE = CC_CMD_83,
};

#define OPERATION_BITS 0x1f
#define INSTANCE_BITS 0x0f

static bool
payload_is_active(const struct lan *lan, const struct session *s, uint8_t type,
                  uint8_t instance)
{
    if (type == PAYLOAD_IPMI)
        return true;
    return lan->host.payload_active != NULL &&
           lan->host.payload_active(lan->host.ctx, lan->config->channel, s->id, type,
                                    instance);
}

static bool
must_be_encrypted(const struct lan *lan, uint8_t type)
{
    return lan->host.payload_forced != NULL &&
           lan->host.payload_forced(lan->host.ctx, lan->config->channel, type);
}

enum ipmi_cc
lan_suspend_encryption(struct lan *lan, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t type = rd_u8(&rq->data) & PAYLOAD_TYPE_BITS;
    uint8_t instance = rd_u8(&rq->data) & INSTANCE_BITS;
    uint8_t operation = rd_u8(&rq->data) & OPERATION_BITS;
    struct session *s = session_of(lan, rq);

    (void)rs;
    if (operation > RENEW_IV)
        return CC_INVALID_FIELD;
    if (s == NULL || !s->rmcpp || s->v20.protect.conf == CONF_NONE)
        return (enum ipmi_cc)SUSPEND_NO_ENCRYPTION;
    if (!payload_is_active(lan, s, type, instance))
        return (enum ipmi_cc)SUSPEND_NOT_ACTIVE;
    if (operation == SUSPEND && must_be_encrypted(lan, type))
        return (enum ipmi_cc)SUSPEND_NOT_ALLOWED;
    if (operation == RENEW_IV && s->v20.protect.conf == CONF_AES_CBC_128)
        return (enum ipmi_cc)SUSPEND_NOT_SUPPORTED;
    if (operation == RENEW_IV)
        protect_renew_iv(&s->v20.protect);
    else if (operation == SUSPEND)
        s->v20.suspended |= UINT64_C(1) << type;
    else
        s->v20.suspended &= ~(UINT64_C(1) << type);
    return CC_OK;
}
