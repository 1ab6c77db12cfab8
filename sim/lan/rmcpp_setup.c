#include "sim/lan/lan_parts.h"

#include <string.h>

#include "sim/base/planted.h"

/* ---- messages that come again ---- */

bool
setup_is_repeat(const struct session_setup *m, struct bytes in)
{
    return m->answer_len != 0 && in.len == m->request_len &&
           memcmp(in.at + 1, m->request + 1, in.len - 1) == 0;
}

void
setup_keep(struct session_setup *m, struct bytes in, struct bytes answer)
{
    m->answer_len = 0;
    if (in.len > sizeof m->request || answer.len > sizeof m->answer)
        return;     /* too long to be recognized: worked out anew each time */
    memcpy(m->request, in.at, in.len);
    memcpy(m->answer, answer.at, answer.len);
    m->request_len = (uint8_t)in.len;
    m->answer_len = (uint8_t)answer.len;
}

static void
send_setup(struct lan *lan, const struct link_frame *f, uint8_t type, struct bytes payload)
{
    struct lan_route route = lan_route_of(f);

    if (!rmcpp_send(lan, NULL, type, FORMAT_RMCPP, &route, payload))
        lan_count_drop(lan, DROP_INTERNAL);
}

void
setup_repeat(struct lan *lan, const struct link_frame *f, uint8_t type,
             const struct session_setup *m, struct bytes in)
{
    uint8_t answer[RAKP_MSG_MAX];

    memcpy(answer, m->answer, m->answer_len);
    answer[0] = in.at[0];     /* the tag */
    send_setup(lan, f, type, bytes_of(answer, m->answer_len));
}

/* ---- Open Session ---- */

/* What is wrong with the proposal, by form alone. */
static enum rakp_status
judge_blocks(const struct algorithm_block *b)
{
    static const struct {
        uint8_t missing, unknown;
    } status[ALG_KINDS] = {
        [ALG_AUTH] = { RAKP_NO_MATCHING_AUTH, RAKP_INVALID_AUTH_ALG },
        [ALG_INTEGRITY] = { RAKP_NO_MATCHING_INTEGRITY, RAKP_INVALID_INTEGRITY_ALG },
        [ALG_CONF] = { RAKP_INVALID_PAYLOAD_TYPE, RAKP_INVALID_CONF_ALG },
    };

    for (int kind = 0; kind < ALG_KINDS; kind++, b++) {
        if (b->kind >= ALG_KINDS)
            return RAKP_INVALID_PAYLOAD_TYPE;
        if (b->kind != kind)
            return (enum rakp_status)status[kind].missing;
        if (b->len != ALG_BLOCK_LEN && b->len != ALG_BLOCK_ANY)
            return RAKP_ILLEGAL_PARAMETER;
        if (b->len == ALG_BLOCK_LEN &&
            !suite_alg_known((enum algorithm_kind)kind, b->alg))
            return (enum rakp_status)status[kind].unknown;
    }
    return RAKP_OK;
}

static bool
suite_matches(const struct suite *s, const struct algorithm_block *b)
{
    for (int kind = 0; kind < ALG_KINDS; kind++, b++)
        if (b->len == ALG_BLOCK_LEN && b->alg != s->alg[kind])
            return false;
    return true;
}

/* Of the suites we offer that match, the strongest that carries privilege,
 * else the strongest at all. NULL when none matches. */
static const struct suite *
choose_suite(const struct lan *lan, const struct open_request *rq)
{
    const struct suite *best = NULL;
    bool best_carries = false;

    for (unsigned id = 0; id <= SUITE_ID_MAX; id++) {
        const struct suite *s = suite_by_id(id);
        uint8_t limit = lan_suite_limit(lan, id);
        bool carries = limit >= rq->privilege;

        if (limit == PRIV_NONE || !suite_matches(s, rq->alg))
            continue;
        if (best != NULL && (carries < best_carries ||
                             (carries == best_carries && s->strength < best->strength)))
            continue;
        best = s;
        best_carries = carries;
    }
    return best;
}

/* Judge a request; on RAKP_OK *suite and *privilege are what it gets.
 * "Highest" (0) is resolved: consoles take the answer at its word. */
static enum rakp_status
judge_open(const struct lan *lan, const struct open_request *rq, const struct suite **suite,
           uint8_t *privilege)
{
    enum rakp_status status = judge_blocks(rq->alg);
    uint8_t limit;

    if (status != RAKP_OK)
        return status;
    if (rq->console_sid == 0)
        return RAKP_INVALID_SESSION_ID;
    if (rq->privilege > PRIV_OEM)
        return RAKP_INVALID_ROLE;
    *suite = choose_suite(lan, rq);
    if (*suite == NULL)
        return RAKP_NO_SUITE_MATCH;
    limit = lan_suite_limit(lan, (*suite)->id);
    if (!PLANTED(OPEN_LEVEL_UNCHECKED) && limit > lan_channel_limit(lan))
        limit = lan_channel_limit(lan);
    if (rq->privilege > limit)
        return RAKP_UNAUTHORIZED_ROLE;
    *privilege = rq->privilege != PRIV_NONE ? rq->privilege : limit;
    return lan_full(lan) ? RAKP_NO_RESOURCES : RAKP_OK;
}

static void
answer_open(struct lan *lan, const struct link_frame *f, struct session *s,
            struct bytes in, const struct open_response *rs)
{
    uint8_t buf[RAKP_MSG_MAX];
    struct wr w = wr_of(buf, sizeof buf);

    open_response_build(&w, rs);
    if (s != NULL)
        setup_keep(&s->v20.open, in, wr_bytes_of(&w));
    send_setup(lan, f, PAYLOAD_OPEN_RESPONSE, wr_bytes_of(&w));
}

/* The session that the same message of the same console opened before. */
static struct session *
find_opened(const struct lan *lan, const struct link_frame *f, struct bytes in)
{
    struct session *s = lan->sessions.pending.first;

    for (; s != NULL; s = s->next)
        if ((s->state == SESSION_OPENED || s->state == SESSION_RAKP2_SENT) &&
            peer_equal(&s->peer, &f->remote) && setup_is_repeat(&s->v20.open, in))
            return s;
    return NULL;
}

static struct session *
open_session(struct lan *lan, const struct link_frame *f, const struct open_request *rq,
             const struct suite *suite, uint8_t privilege)
{
    struct session *s = lan_begin_session(lan, f, SESSION_OPENED);

    if (s == NULL)
        return NULL;
    s->rmcpp = true;
    s->v20.suite = suite;
    s->v20.open_privilege = privilege;
    s->v20.facts.auth = suite->alg[ALG_AUTH];
    s->v20.facts.console_sid = rq->console_sid;
    s->v20.facts.bmc_sid = s->id;
    return s;
}

static enum lan_drop
open_input(struct lan *lan, const struct link_frame *f, struct bytes in)
{
    struct open_request rq;
    struct open_response rs = { 0 };
    const struct suite *suite = NULL;
    struct session *s;

    if (!open_request_parse(in, &rq))
        return DROP_LENGTH;
    s = find_opened(lan, f, in);
    if (s != NULL) {
        session_used(&lan->sessions, s);
        setup_repeat(lan, f, PAYLOAD_OPEN_RESPONSE, &s->v20.open, in);
        return DROP_NONE;
    }
    rs.tag = PLANTED(OPEN_TAG_WRONG) ? 0 : rq.tag;
    rs.console_sid = rq.console_sid;
    rs.status = (uint8_t)judge_open(lan, &rq, &suite, &rs.privilege);
    if (rs.status == RAKP_OK && suite != NULL) {
        s = open_session(lan, f, &rq, suite, rs.privilege);
        if (s == NULL)
            rs.status = RAKP_NO_RESOURCES;
    }
    if (s != NULL && suite != NULL) {
        rs.bmc_sid = s->id;
        memcpy(rs.alg, suite->alg, sizeof rs.alg);
    } else {
        rs.privilege = 0;
        lan->stats.logins_refused++;
        lan_refused(lan, rakp_status_text(rs.status));
    }
    answer_open(lan, f, s, in, &rs);
    return DROP_NONE;
}

enum lan_drop
rmcpp_setup_input(struct lan *lan, const struct link_frame *f, uint8_t type,
                  struct bytes payload)
{
    switch (type) {
    case PAYLOAD_OPEN_REQUEST:
        return open_input(lan, f, payload);
    case PAYLOAD_RAKP1:
        return rakp1_input(lan, f, payload);
    case PAYLOAD_RAKP3:
        return rakp3_input(lan, f, payload);
    default:
        return DROP_PAYLOAD_TYPE;
    }
}
