#include "sim/lan/lan_parts.h"

#include <string.h>

/* What anyone may ask before he logs in. Spec: IPMI v2.0 22.13, 22.15. */

#define LEVEL_BITS 0x0f

/* ---- Get Channel Authentication Capabilities ---- */

#define CAPS_WANTS_20 0x80      /* request, octet 1 */
#define CAPS_HAS_20 0x80        /* answer, authentication types */

enum {   /* answer, status */
    CAPS_ANONYMOUS = 0x01,
    CAPS_NULL_NAMES = 0x02,
    CAPS_NAMES = 0x04,
    CAPS_NO_USER_LEVEL = 0x08,
    CAPS_NO_PER_MESSAGE = 0x10,
    CAPS_TWO_KEYS = 0x20,
};

enum {   /* answer, extended capabilities */
    CAPS_IPMI_15 = 0x01,
    CAPS_IPMI_20 = 0x02,
};

static bool
is_zero(const uint8_t *p, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (p[i] != 0)
            return false;
    return true;
}

/* The log-in status bit that a user makes true. */
static uint8_t
user_bit(const struct lan_user *u)
{
    if (!is_zero(u->name, sizeof u->name))
        return CAPS_NAMES;
    return is_zero(u->password, sizeof u->password) ? CAPS_ANONYMOUS : CAPS_NULL_NAMES;
}

static uint8_t
login_status(struct lan *lan)
{
    const struct channel_access *access = &lan->config->access->volatile_access;
    uint8_t status = 0;
    struct lan_user u;

    for (uint8_t id = 1; id <= LAN_USER_ID_MAX; id++)
        if (lan_get_user(lan, id, &u))
            status |= user_bit(&u);
    crypto_wipe(u.password, sizeof u.password);
    if (access->per_message_disabled)
        status |= CAPS_NO_PER_MESSAGE;
    if (access->user_level_disabled)
        status |= CAPS_NO_USER_LEVEL;
    return status;
}

/* The IPMI 1.5 types for sessions up to a level, as their bits. */
static uint8_t
types_at(const struct lan *lan, uint8_t level)
{
    uint8_t types = 0;

    for (uint8_t type = AUTH_NONE; type < AUTH_OEM; type++)
        if (lan_auth_enabled(lan, type, level))
            types |= auth15_bit(type);
    return types;
}

enum ipmi_cc
lan_get_auth_capabilities(struct lan *lan, struct ipmi_req *rq, struct wr *rs)
{
    const struct lan_config *c = lan->config;
    bool extended = (rd_u8(&rq->data) & CAPS_WANTS_20) && c->rmcpp;
    uint8_t level = rd_u8(&rq->data) & LEVEL_BITS;
    uint8_t types, status;

    if (level < PRIV_CALLBACK || level > PRIV_OEM)
        return CC_INVALID_FIELD;
    types = types_at(lan, level);
    status = login_status(lan);
    if (extended && c->kg_set)
        status |= CAPS_TWO_KEYS;
    wr_u8(rs, c->channel);
    wr_u8(rs, types | (extended ? CAPS_HAS_20 : 0u));
    wr_u8(rs, status);
    wr_u8(rs, extended ? (types ? CAPS_IPMI_15 | CAPS_IPMI_20 : CAPS_IPMI_20) : 0u);
    wr_le24(rs, c->oem_iana);
    wr_u8(rs, c->oem_aux);
    return CC_OK;
}

/* ---- Get Channel Cipher Suites ---- */

#define SUITES_BY_SUITE 0x80    /* request, octet 3; else by algorithm */
#define SUITES_INDEX_BITS 0x3f
#define SUITES_PAGE 16          /* octets an answer holds; fewer end the list */

/* A record for each suite on offer, in the order of the configuration. */
static void
list_suites(const struct lan *lan, struct wr *w)
{
    for (unsigned i = 0; i < lan->config->suites; i++) {
        unsigned id = lan->config->suite_id[i];

        if (id <= SUITE_ID_MAX && lan_suite_limit(lan, id) != PRIV_NONE)
            suite_record_build(w, suite_by_id(id));
    }
}

/* Each algorithm that some suite on offer has, once. */
static void
list_algorithms(const struct lan *lan, struct wr *w)
{
    uint8_t have[ALG_KINDS] = { 0 };    /* bit n: algorithm n */

    for (unsigned id = 0; id <= SUITE_ID_MAX; id++)
        for (int kind = 0; kind < ALG_KINDS; kind++)
            if (lan_suite_limit(lan, id) != PRIV_NONE)
                have[kind] |= (uint8_t)(1u << suite_by_id(id)->alg[kind]);
    for (int kind = 0; kind < ALG_KINDS; kind++)
        for (unsigned alg = 0; alg < 8; alg++)
            if (have[kind] >> alg & 1)
                wr_u8(w, suite_alg_octet((enum algorithm_kind)kind, alg));
}

enum ipmi_cc
lan_get_cipher_suites(struct lan *lan, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t list[(SUITE_ID_MAX + 1) * SUITE_RECORD_LEN];
    struct wr w = wr_of(list, sizeof list);
    struct rd page;
    uint8_t type, form;
    size_t at, left;

    if (!lan->config->rmcpp)
        return CC_INVALID_COMMAND;
    rd_skip(&rq->data, 1);      /* the channel: this one */
    type = rd_u8(&rq->data) & PAYLOAD_TYPE_BITS;
    form = rd_u8(&rq->data);
    if (type != PAYLOAD_IPMI && type != PAYLOAD_SOL)
        return CC_INVALID_FIELD;
    if (form & SUITES_BY_SUITE)
        list_suites(lan, &w);
    else
        list_algorithms(lan, &w);
    page = rd_of(wr_bytes_of(&w));
    at = (size_t)(form & SUITES_INDEX_BITS) * SUITES_PAGE;
    rd_skip(&page, at);
    left = rd_left(&page);      /* 0 past the end */
    wr_u8(rs, lan->config->channel);
    wr_span(rs, rd_bytes(&page, left < SUITES_PAGE ? left : SUITES_PAGE));
    return CC_OK;
}
