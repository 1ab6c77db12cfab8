#include "sim/lan/lan_parts.h"

#include <string.h>

#include "sim/base/planted.h"

/* Get Session Challenge and Activate Session: how an IPMI 1.5 session begins.
 * Spec: IPMI v2.0 22.16, 22.17. */

#define TYPE_BITS 0x0f
#define LEVEL_BITS 0x0f

enum {
    CHALLENGE_NO_USER = CC_CMD_81,
    CHALLENGE_NO_NULL_USER = CC_CMD_82,
};

enum {
    ACTIVATE_NO_SLOT = CC_CMD_81,
    ACTIVATE_NO_SLOT_FOR_USER = CC_CMD_82,
    ACTIVATE_BAD_SEQUENCE = CC_CMD_84,
    ACTIVATE_BAD_SESSION = CC_CMD_85,
    ACTIVATE_TOO_PRIVILEGED = CC_CMD_86,
};

/* The frame of a request, as far as a session remembers it. */
static struct link_frame
frame_of(const struct ipmi_req *rq)
{
    return (struct link_frame){ .remote = rq->from.peer, .local = rq->from.local };
}

static bool
type_enabled_at_all(const struct lan *lan, uint8_t type)
{
    for (uint8_t level = PRIV_CALLBACK; level <= PRIV_OEM; level++)
        if (lan_auth_enabled(lan, type, level))
            return true;
    return false;
}

enum ipmi_cc
lan_get_session_challenge(struct lan *lan, struct ipmi_req *rq, struct wr *rs)
{
    static const uint8_t null_name[RAKP_NAME_MAX];
    uint8_t type = rd_u8(&rq->data) & TYPE_BITS;
    uint8_t name[RAKP_NAME_MAX];
    struct link_frame f = frame_of(rq);
    struct lan_user u;
    struct session *s;
    bool found;

    rd_copy(&rq->data, name, sizeof name);
    if (!type_enabled_at_all(lan, type))
        return CC_INVALID_FIELD;
    found = lan_find_user(lan, name, PRIV_NONE, &u);
    /* A 20-octet password cannot be used here, whatever its first 16 are. */
    if (!found || u.password_is_20) {
        lan->stats.logins_refused++;
        lan_refused(lan, "no such user");
        return memcmp(name, null_name, sizeof name) == 0
                   ? (enum ipmi_cc)CHALLENGE_NO_NULL_USER
                   : (enum ipmi_cc)CHALLENGE_NO_USER;
    }
    s = lan_begin_session(lan, &f, SESSION_CHALLENGED);
    if (s == NULL)
        return CC_NO_SPACE;
    s->user = u.id;
    s->v15.auth_type = type;
    memcpy(s->v15.password, u.password, sizeof s->v15.password);
    crypto_wipe(&u, sizeof u);
    rng_fill(&lan->nonces, s->v15.challenge, sizeof s->v15.challenge);
    wr_le32(rs, s->id);
    wr_bytes(rs, s->v15.challenge, sizeof s->v15.challenge);
    return CC_OK;
}

/* ---- Activate Session ---- */

struct activation {
    uint8_t type, level;
    uint8_t challenge[AUTH15_CHALLENGE_LEN];
    uint32_t out_seq;
};

static struct activation
parse_activation(struct rd *r)
{
    struct activation a;

    a.type = rd_u8(r) & TYPE_BITS;
    a.level = rd_u8(r) & LEVEL_BITS;
    rd_copy(r, a.challenge, sizeof a.challenge);
    a.out_seq = rd_le32(r);
    return a;
}

/* Only types with a hash depend on the challenge; with others consoles send
 * zeroes or the password in its place. */
static bool
challenge_is_right(const struct session15 *v, const struct activation *a)
{
    if (PLANTED(LAN15_CHALLENGE_UNCHECKED) || (a->type != AUTH_MD2 && a->type != AUTH_MD5))
        return true;
    return crypto_equal(a->challenge, v->challenge, sizeof v->challenge);
}

/* What holds for a pending and for an active session. */
static enum ipmi_cc
judge_form(const struct session *s, const struct activation *a)
{
    if (a->type != s->v15.auth_type || !challenge_is_right(&s->v15, a))
        return CC_INVALID_FIELD;
    if (a->level < PRIV_CALLBACK || a->level > PRIV_OEM)
        return CC_INVALID_FIELD;
    return a->out_seq == 0 ? (enum ipmi_cc)ACTIVATE_BAD_SEQUENCE : CC_OK;
}

static enum ipmi_cc
judge_user(struct lan *lan, const struct session *s, const struct activation *a)
{
    struct lan_user u;
    bool found = lan_get_user(lan, s->user, &u);

    crypto_wipe(u.password, sizeof u.password);
    if (!found)
        return (enum ipmi_cc)ACTIVATE_BAD_SESSION;
    if (a->level > lan_user_limit(lan, &u))
        return (enum ipmi_cc)ACTIVATE_TOO_PRIVILEGED;
    if (!lan_auth_enabled(lan, a->type, a->level))
        return CC_INVALID_FIELD;
    if (lan_full(lan))
        return (enum ipmi_cc)ACTIVATE_NO_SLOT;
    return lan_user_full(lan, &u) ? (enum ipmi_cc)ACTIVATE_NO_SLOT_FOR_USER : CC_OK;
}

static uint32_t
draw_nonzero(struct rng *rng)
{
    uint32_t n;

    do
        n = (uint32_t)rng_u64(rng);
    while (n == 0);
    return n;
}

static void
activate(struct lan *lan, struct session *s, const struct activation *a)
{
    struct session15 *v = &s->v15;

    v->per_message = !lan->config->access->volatile_access.per_message_disabled;
    v->fresh = true;
    v->first_inbound = draw_nonzero(&lan->nonces);
    seqwin_start(&v->in, v->first_inbound);
    s->limit = a->level;
    lan_activate(lan, s);
}

/* What an active session expects next: the number it announced, until the
 * console has used it. */
static uint32_t
next_inbound(const struct session15 *v)
{
    return v->fresh ? v->first_inbound : v->in.highest + 1;
}

enum ipmi_cc
lan_activate_session(struct lan *lan, struct ipmi_req *rq, struct wr *rs)
{
    struct activation a = parse_activation(&rq->data);
    struct session *s = session_find(&lan->sessions, rq->from.session);
    enum ipmi_cc cc;

    if (s == NULL || s->rmcpp)
        return (enum ipmi_cc)ACTIVATE_BAD_SESSION;
    cc = judge_form(s, &a);
    if (cc == CC_OK && s->state == SESSION_CHALLENGED)
        cc = judge_user(lan, s, &a);
    if (cc != CC_OK) {
        lan->stats.logins_refused += s->state == SESSION_CHALLENGED;
        lan_refused(lan, "session activation refused");
        return cc;
    }
    if (s->state == SESSION_CHALLENGED)
        activate(lan, s, &a);
    /* Also when the answer was lost and when an open session asks again: our
     * next number, which this answer is the first to carry, is the console's. */
    s->v15.out_seq = a.out_seq;
    wr_u8(rs, s->v15.per_message ? s->v15.auth_type : AUTH_NONE);
    wr_le32(rs, s->id);
    wr_le32(rs, next_inbound(&s->v15));
    wr_u8(rs, s->limit);
    return CC_OK;
}
