#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"

#include "sim/base/rd.h"

/* The session commands: which LAN channel is meant is decided here, what the
 * command does stands in sim/lan. Spec: IPMI v2.0 22.13-22.21, 24.3. */

#define CHANNEL_BITS 0x0f

/* The LAN channel that a request came by; NULL for other kinds. */
static struct lan *
asker(struct mc *mc, const struct ipmi_req *rq)
{
    return mc_lan_of(mc, rq->from.channel);
}

/* The LAN channel whose number stands in octet i of the request's data. */
static struct lan *
named(struct mc *mc, const struct ipmi_req *rq, size_t i)
{
    struct rd data = rq->data;
    const struct channel *c;

    rd_skip(&data, i);
    c = mc_channel(mc, rq, rd_u8(&data) & CHANNEL_BITS);
    return c != NULL ? mc_lan_of(mc, c->number) : NULL;
}

/* ---- commands that name a channel: one without sessions has none of this ---- */

static enum ipmi_cc
get_auth_capabilities(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct lan *lan = named(mc, rq, 0);

    return lan != NULL ? lan_get_auth_capabilities(lan, rq, rs) : CC_INVALID_FIELD;
}

static enum ipmi_cc
get_cipher_suites(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct lan *lan = named(mc, rq, 0);

    return lan != NULL ? lan_get_cipher_suites(lan, rq, rs) : CC_INVALID_FIELD;
}

static enum ipmi_cc
get_authcode(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct lan *lan = named(mc, rq, 1);

    return lan != NULL ? lan_get_authcode(lan, rq, rs) : CC_INVALID_FIELD;
}

/* ---- commands that only make sense on the way they come by ---- */

static enum ipmi_cc
get_session_challenge(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct lan *lan = asker(mc, rq);

    return lan != NULL ? lan_get_session_challenge(lan, rq, rs) : CC_INVALID_COMMAND;
}

static enum ipmi_cc
activate_session(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct lan *lan = asker(mc, rq);

    return lan != NULL ? lan_activate_session(lan, rq, rs) : CC_INVALID_COMMAND;
}

static enum ipmi_cc
set_session_privilege(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct lan *lan = asker(mc, rq);

    return lan != NULL ? lan_set_session_privilege(lan, rq, rs) : CC_INVALID_COMMAND;
}

static enum ipmi_cc
suspend_encryption(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct lan *lan = asker(mc, rq);

    return lan != NULL ? lan_suspend_encryption(lan, rq, rs) : CC_INVALID_COMMAND;
}

/* ---- sessions of all channels ---- */

struct found {
    struct lan *lan;
    struct lan_session_info info;
};

/* A handle is one channel's own: the asker's comes before the others. */
static bool
find_handle(struct mc *mc, const struct ipmi_req *rq, uint8_t handle, struct found *out)
{
    struct lan *own = asker(mc, rq);

    out->lan = own;
    if (own != NULL && lan_session_by_handle(own, handle, &out->info))
        return true;
    for (unsigned i = 0; (out->lan = mc_lan(mc, i)) != NULL; i++)
        if (lan_session_by_handle(out->lan, handle, &out->info))
            return true;
    return false;
}

static bool
find_id(struct mc *mc, uint32_t id, struct found *out)
{
    for (unsigned i = 0; (out->lan = mc_lan(mc, i)) != NULL; i++)
        if (lan_session_by_id(out->lan, id, &out->info))
            return true;
    return false;
}

static bool
find_nth(struct mc *mc, unsigned n, struct found *out)
{
    for (unsigned i = 0; (out->lan = mc_lan(mc, i)) != NULL; i++) {
        unsigned count = lan_session_count(out->lan);

        if (n < count)
            return lan_session_nth(out->lan, n, &out->info);
        n -= count;
    }
    return false;
}

/* A channel judges and closes its own sessions; a session that no channel
 * has is refused by any. */
static enum ipmi_cc
close_session(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct rd data = rq->data;
    uint32_t id = rd_le32(&data);
    struct lan *any = mc_lan(mc, 0);
    struct found found;
    bool has = id != 0 ? find_id(mc, id, &found) : find_handle(mc, rq, rd_u8(&data), &found);

    if (has)
        return lan_close_session(found.lan, rq, rs);
    return any != NULL ? lan_close_session(any, rq, rs) : CC_INVALID_COMMAND;
}

/* ---- Get Session Info ---- */

enum { INFO_PRESENT = 0x00, INFO_BY_HANDLE = 0xfe, INFO_BY_ID = 0xff };

#define INFO_COUNT_MAX 0x3f      /* six bits */
#define INFO_RMCPP 0x10          /* session protocol: IPMI v2.0 */
#define USER_ID_BITS 0x3f

static unsigned
at_most(unsigned n, unsigned max)
{
    return n < max ? n : max;
}

static void
put_counts(struct mc *mc, uint8_t handle, struct wr *rs)
{
    unsigned slots = 0, active = 0;
    const struct lan *lan;

    for (unsigned i = 0; (lan = mc_lan(mc, i)) != NULL; i++) {
        slots += lan_session_slots(lan);
        active += lan_session_count(lan);
    }
    wr_u8(rs, handle);
    wr_u8(rs, at_most(slots, INFO_COUNT_MAX));
    wr_u8(rs, at_most(active, INFO_COUNT_MAX));
}

/* What is told of sessions on LANs: address (an IPv4 one, else 0), MAC
 * (unknown here: 0), port. */
static void
put_console(const struct peer *p, struct wr *rs)
{
    static const uint8_t none[6];

    wr_bytes(rs, p->family == PEER_IPV4 ? p->addr : none, 4);
    wr_bytes(rs, none, 6);
    wr_le16(rs, p->port);
}

static void
put_session(struct mc *mc, const struct lan_session_info *info, struct wr *rs)
{
    put_counts(mc, info->handle, rs);
    wr_u8(rs, info->user & USER_ID_BITS);
    wr_u8(rs, info->privilege);
    wr_u8(rs, info->channel | (info->rmcpp ? INFO_RMCPP : 0u));
    put_console(&info->peer, rs);
}

static enum ipmi_cc
get_session_info(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t which = rd_u8(&rq->data);
    struct found found;
    bool has;

    switch (which) {
    case INFO_PRESENT:
        has = rq->from.session != 0 && find_id(mc, rq->from.session, &found);
        break;
    case INFO_BY_HANDLE:
        has = find_handle(mc, rq, rd_u8(&rq->data), &found);
        break;
    case INFO_BY_ID:
        has = find_id(mc, rd_le32(&rq->data), &found);
        break;
    default:
        has = find_nth(mc, which - 1u, &found);
        break;
    }
    if (rq->data.bad)
        return CC_LENGTH;
    if (!has && (which == INFO_BY_HANDLE || which == INFO_BY_ID))
        return CC_NOT_PRESENT;
    if (has)
        put_session(mc, &found.info, rs);
    else
        put_counts(mc, 0, rs);
    return CC_OK;
}

static const struct command rows[] = {
    { NETFN_APP, 0x38, "Get Channel Authentication Capabilities", NEEDS_NOTHING | READS,
      2, 2, GROUP_BMC, get_auth_capabilities, "22.13" },
    { NETFN_APP, 0x39, "Get Session Challenge", NEEDS_NOTHING, 17, 17, GROUP_BMC,
      get_session_challenge, "22.16" },
    { NETFN_APP, 0x3a, "Activate Session", NEEDS_NOTHING, 22, 22, GROUP_BMC,
      activate_session, "22.17" },
    { NETFN_APP, 0x3b, "Set Session Privilege Level", NEEDS_USER, 1, 1, GROUP_BMC,
      set_session_privilege, "22.18" },
    { NETFN_APP, 0x3c, "Close Session", NEEDS_CALLBACK, 4, 5, GROUP_BMC, close_session,
      "22.19" },
    { NETFN_APP, 0x3d, "Get Session Info", NEEDS_USER | READS, 1, 5, GROUP_BMC,
      get_session_info, "22.20" },
    { NETFN_APP, 0x3f, "Get AuthCode", NEEDS_OPERATOR | READS, 19, 19, GROUP_BMC,
      get_authcode, "22.21" },
    { NETFN_APP, 0x54, "Get Channel Cipher Suites", NEEDS_NOTHING | READS, 3, 3, GROUP_BMC,
      get_cipher_suites, "22.15" },
    { NETFN_APP, 0x55, "Suspend/Resume Payload Encryption", NEEDS_USER, 3, 3, GROUP_BMC,
      suspend_encryption, "24.3" },
};

const struct command_table session_commands = {
    .subject = "session",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
};
