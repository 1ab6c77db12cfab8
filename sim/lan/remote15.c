#include <string.h>

#include "sim/base/rd.h"
#include "sim/lan/remote_priv.h"

#define CMD_GET_SESSION_CHALLENGE 0x39
#define CMD_ACTIVATE_SESSION 0x3a

#define NAME_LEN 16
#define CC_NO_SUCH_USER CC_CMD_81
#define CC_NULL_USER_OFF CC_CMD_82

/* ---- the wrapper ---- */

/* The session header that goes with a way of wrapping; numbers a message of
 * the session. */
static struct lan15
header(struct remote *r, enum remote_wrap wrap)
{
    switch (wrap) {
    case WRAP_ACTIVATE:
        return (struct lan15){ .auth_type = r->opts.auth_type, .sid = r->temporary_sid };
    case WRAP_SESSION:
        return (struct lan15){
            .auth_type = r->auth_type, .sid = r->bmc_sid, .seq = r->seq_out++
        };
    default:
        return (struct lan15){ .auth_type = AUTH_NONE };
    }
}

void
remote15_wrap(struct remote *r, struct wr *w, enum remote_wrap wrap, struct bytes msg)
{
    struct lan15 m = header(r, wrap);
    uint8_t code[AUTH_CODE_LEN] = { 0 };

    if (m.auth_type != AUTH_NONE && !auth15_packet(remote_work(r), m.auth_type,
                                                   r->opts.password, m.sid, m.seq, msg, code))
        w->bad = true;
    m.code = code;
    m.msg = msg;
    lan15_build(w, &m);
}

/* What kind of packet has this session id. The answer to Activate Session
 * comes under the temporary id or under the new one, which nobody knows yet. */
static enum remote_wrap
wrap_of(const struct remote *r, const struct lan15 *m)
{
    if (m->sid == 0)
        return WRAP_NONE;
    if (r->keyed && m->sid == r->bmc_sid)
        return WRAP_SESSION;
    return WRAP_ACTIVATE;
}

static bool
code_ok(struct remote *r, const struct lan15 *m)
{
    uint8_t code[AUTH_CODE_LEN];

    return m->auth_type == AUTH_NONE ||
           (auth15_packet(remote_work(r), m->auth_type, r->opts.password, m->sid, m->seq,
                          m->msg, code) &&
            crypto_equal(code, m->code, sizeof code));
}

static const char *
broken_rule(struct remote *r, const struct lan15 *m, enum remote_wrap wrap)
{
    uint8_t type = wrap == WRAP_SESSION ? r->auth_type : r->opts.auth_type;

    if (wrap == WRAP_NONE && (m->auth_type != AUTH_NONE || m->seq != 0))
        return "13.6: a message outside of sessions has an AuthCode or a sequence number";
    if (wrap != WRAP_NONE && m->auth_type != type)
        return "13.6: the authentication type is not the session's";
    if (!code_ok(r, m))
        return "22.17.1: the AuthCode is wrong";
    return NULL;
}

void
remote15_input(struct remote *r, struct bytes in)
{
    static const char *const rules[] = {
        [LAN15_SHORT] = "13.6: the session header is cut",
        [LAN15_LENGTH] = "13.6: the message is not as long as the session header says",
    };
    struct lan15 m;
    enum lan15_err err = lan15_parse(in, &m);
    enum remote_wrap wrap;
    const char *rule;

    if (err != LAN15_OK) {
        remote_broke(r, rules[err]);
        return;
    }
    wrap = wrap_of(r, &m);
    if (wrap != WRAP_NONE && r->temporary_sid == 0) {
        r->stats.repeats++;   /* of an earlier session */
        return;
    }
    rule = broken_rule(r, &m, wrap);
    if (rule != NULL) {
        remote_broke(r, rule);
        return;
    }
    if (in.at[0] != m.auth_type)
        remote_broke(r, "13.6: a reserved bit of the authentication type is not zero");
    r->answer_sid = m.sid;
    remote_take_message(r, wrap, m.msg, wrap == WRAP_NONE || remote_take_seq(r, m.seq));
}

/* ---- the log-in ---- */

/* Tell the rules that the answer to Activate Session breaks, which are no
 * reason not to go on. */
static void
judge_activation(struct remote *r, uint8_t type, uint8_t limit)
{
    if (type != r->opts.auth_type && type != AUTH_NONE)
        remote_broke(r, "22.17: the authentication type is neither the one asked for nor none");
    if (r->seq_out == 0)
        remote_broke(r, "22.17: the initial inbound sequence number is zero");
    if (limit == PRIV_NONE || limit > r->opts.privilege)
        remote_broke(r, "22.17: the maximum privilege is none, or more than was asked for");
    if (r->answer_sid != r->temporary_sid && r->answer_sid != r->bmc_sid)
        remote_broke(r, "22.17: the answer comes under a session id of neither kind");
}

static void
activate_done(void *ctx, bool timed_out, uint8_t cc, struct bytes data)
{
    static const char step[] = "Activate Session";
    struct remote *r = ctx;
    struct rd in = rd_of(data);
    uint8_t type, limit;

    if (!remote_step_ok(r, step, timed_out, cc))
        return;
    type = rd_u8(&in);
    r->bmc_sid = rd_le32(&in);
    r->seq_out = rd_le32(&in);
    limit = rd_u8(&in);
    if (!rd_done(&in) || r->bmc_sid == 0) {
        remote_broke(r, "22.17: the answer is not 11 octets long, or names no session");
        remote_fail(r, step, "malformed answer");
        return;
    }
    judge_activation(r, type, limit);
    r->console_sid = r->bmc_sid;
    r->auth_type = type;
    remote_log_in_done(r);
}

static void
activate(struct remote *r)
{
    uint8_t data[22];
    struct wr w = wr_of(data, sizeof data);
    uint32_t first_in;

    do
        first_in = (uint32_t)rng_u64(&r->rng);
    while (first_in == 0);
    seqwin_start(&r->seq_in, first_in);
    wr_u8(&w, r->opts.auth_type);
    wr_u8(&w, r->opts.privilege);
    wr_bytes(&w, r->challenge, sizeof r->challenge);
    wr_le32(&w, first_in);
    remote_ask(r, WRAP_ACTIVATE, NETFN_APP, CMD_ACTIVATE_SESSION, wr_bytes_of(&w),
               activate_done, r);
}

static void
challenge_done(void *ctx, bool timed_out, uint8_t cc, struct bytes data)
{
    static const char step[] = "Get Session Challenge";
    struct remote *r = ctx;
    struct rd in = rd_of(data);

    if (r->state == REMOTE_OPENING && !timed_out && cc == CC_NO_SUCH_USER) {
        remote_fail(r, step, "invalid user name");
        return;
    }
    if (r->state == REMOTE_OPENING && !timed_out && cc == CC_NULL_USER_OFF) {
        remote_fail(r, step, "null user name not enabled");
        return;
    }
    if (!remote_step_ok(r, step, timed_out, cc))
        return;
    r->temporary_sid = rd_le32(&in);
    rd_copy(&in, r->challenge, sizeof r->challenge);
    if (!rd_done(&in) || r->temporary_sid == 0) {
        remote_broke(r, "22.16: the answer is not 21 octets long, or its session id is zero");
        remote_fail(r, step, "malformed answer");
        return;
    }
    activate(r);
}

void
remote15_begin(struct remote *r)
{
    uint8_t data[1 + NAME_LEN] = { r->opts.auth_type };

    memcpy(data + 1, r->opts.user, NAME_LEN);
    remote_ask(r, WRAP_NONE, NETFN_APP, CMD_GET_SESSION_CHALLENGE,
               bytes_of(data, sizeof data), challenge_done, r);
}
