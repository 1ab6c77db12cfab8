#include "sim/lan/remote.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/lan/remote_priv.h"

#define RQ_SEQ_BITS 0x3f

/* ---- life ---- */

static bool
valid_opts(const struct remote_opts *o)
{
    if (o->rmcpp)
        return suite_by_id(o->suite) != NULL;
    return o->auth_type == AUTH_NONE || o->auth_type == AUTH_MD2 ||
           o->auth_type == AUTH_MD5 || o->auth_type == AUTH_STRAIGHT;
}

enum status
remote_new(const struct remote_opts *opts, struct remote **out)
{
    struct remote *r;
    enum status st;

    if (!valid_opts(opts))
        return ST_INVALID;
    r = calloc(1, sizeof *r);
    if (r == NULL)
        return ST_NOMEM;
    r->opts = *opts;
    r->opts.user[sizeof r->opts.user - 1] = '\0';
    if (r->opts.timeout == 0)
        r->opts.timeout = REMOTE_TIMEOUT;
    if (r->opts.retries == 0)
        r->opts.retries = REMOTE_RETRIES;
    r->rng = rng_start(opts->key);
    r->tag = (uint8_t)rng_u64(&r->rng);
    if (opts->work == NULL) {
        st = crypto_work_new(opts->crypto, &r->own_work);
        if (st != ST_OK) {
            free(r);
            return st;
        }
    }
    *out = r;
    return ST_OK;
}

void
remote_free(struct remote *r)
{
    if (r == NULL)
        return;
    remote_rakp_forget(r);
    crypto_work_free(r->own_work);
    crypto_wipe(r, sizeof *r);
    free(r);
}

struct crypto_work *
remote_work(const struct remote *r)
{
    return r->own_work != NULL ? r->own_work : r->opts.work;
}

void
remote_broke(struct remote *r, const char *rule)
{
    r->violation = rule;
    r->stats.violations++;
}

/* End a request. Its row is free again before its owner hears of it. */
static void
finish(struct remote_pending *p, bool timed_out, uint8_t cc, struct bytes data)
{
    p->used = false;
    if (p->done != NULL)
        p->done(p->ctx, timed_out, cc, data);
}

void
remote_abandon(struct remote *r)
{
    uint64_t before = r->order;

    r->setup.used = false;
    r->payload_count = 0;
    for (unsigned i = 0; i < REMOTE_PENDING_MAX; i++)
        if (r->pending[i].used && r->pending[i].order < before)
            finish(&r->pending[i], true, 0, (struct bytes){ 0 });
}

static void
forget_session(struct remote *r)
{
    remote_rakp_forget(r);
    r->keyed = false;
    r->privilege = PRIV_NONE;
    r->bmc_sid = r->console_sid = r->temporary_sid = 0;
}

void
remote_end(struct remote *r, enum remote_state state)
{
    forget_session(r);
    r->state = state;
    remote_abandon(r);
}

void
remote_fail(struct remote *r, const char *step, const char *why)
{
    snprintf(r->error, sizeof r->error, "%s: %s", step, why);
    remote_end(r, REMOTE_FAILED);
}

/* ---- sending and sending again ---- */

void
remote_retry_begin(const struct remote *r, struct remote_retry *t)
{
    t->due = true;
    t->sends = 1;
    t->deadline = instant_add(r->now, r->opts.timeout);
}

bool
remote_retry_again(struct remote *r, struct remote_retry *t)
{
    if (r->opts.retries == REMOTE_NO_RETRIES || t->sends > r->opts.retries)
        return false;
    t->due = true;
    t->sends++;
    t->deadline = instant_add(r->now, r->opts.timeout);
    r->stats.retries++;
    return true;
}

static struct remote_pending *
free_row(struct remote *r)
{
    for (unsigned i = 0; i < REMOTE_PENDING_MAX; i++)
        if (!r->pending[i].used)
            return &r->pending[i];
    return NULL;
}

static struct remote_pending *
row_of_seq(struct remote *r, uint8_t rq_seq)
{
    for (unsigned i = 0; i < REMOTE_PENDING_MAX; i++)
        if (r->pending[i].used && r->pending[i].rq_seq == rq_seq)
            return &r->pending[i];
    return NULL;
}

/* The next 6-bit sequence number that no request under way has. */
static uint8_t
next_rq_seq(struct remote *r)
{
    uint8_t seq;

    do {
        seq = r->rq_seq;
        r->rq_seq = (r->rq_seq + 1u) & RQ_SEQ_BITS;
    } while (row_of_seq(r, seq) != NULL);
    return seq;
}

bool
remote_ask(struct remote *r, enum remote_wrap wrap, uint8_t netfn, uint8_t cmd,
           struct bytes data, remote_done_fn *done, void *ctx)
{
    struct remote_pending *p = free_row(r);

    if (p == NULL || data.len > REMOTE_DATA_MAX)
        return false;
    p->rq_seq = next_rq_seq(r);
    p->used = true;
    p->wrap = (uint8_t)wrap;
    p->netfn = netfn;
    p->cmd = cmd;
    p->len = (uint8_t)data.len;
    if (data.len)
        memcpy(p->data, data.at, data.len);
    p->order = r->order++;
    p->done = done;
    p->ctx = ctx;
    remote_retry_begin(r, &p->retry);
    return true;
}

bool
remote_request(struct remote *r, instant now, uint8_t netfn, uint8_t cmd,
               struct bytes data, remote_done_fn *done, void *ctx)
{
    r->now = now;
    return remote_ask(r, r->keyed ? WRAP_SESSION : WRAP_NONE, netfn, cmd, data, done, ctx);
}

static struct remote_pending *
first_due(struct remote *r)
{
    struct remote_pending *first = NULL;

    for (unsigned i = 0; i < REMOTE_PENDING_MAX; i++) {
        struct remote_pending *p = &r->pending[i];

        if (p->used && p->retry.due && (first == NULL || p->order < first->order))
            first = p;
    }
    return first;
}

static void
build_request(struct remote *r, struct wr *w, const struct remote_pending *p)
{
    uint8_t msg[LANMSG_LEN_MIN + REMOTE_DATA_MAX];
    struct wr m = wr_of(msg, sizeof msg);

    lanmsg_build(&m, &(struct lanmsg){
                         .to = BMC_ADDRESS,
                         .netfn = p->netfn,
                         .from = LANMSG_SWID_CONSOLE,
                         .rq_seq = p->rq_seq,
                         .cmd = p->cmd,
                         .data = bytes_of(p->data, p->len),
                     });
    if (p->wrap == WRAP_SESSION && r->opts.rmcpp)
        remote_rmcpp_wrap(r, w, PAYLOAD_IPMI, wr_bytes_of(&m));
    else
        remote15_wrap(r, w, (enum remote_wrap)p->wrap, wr_bytes_of(&m));
}

void
remote_on_payload(struct remote *r, remote_payload_fn *fn, void *ctx)
{
    r->on_payload = fn;
    r->on_payload_ctx = ctx;
}

bool
remote_send_payload(struct remote *r, instant now, uint8_t type, struct bytes payload)
{
    struct remote_payload *p;

    r->now = now;
    if (!r->keyed || !r->opts.rmcpp || r->payload_count == REMOTE_PAYLOADS_MAX ||
        payload.len > sizeof p->data)
        return false;
    p = &r->payloads[r->payload_count++];
    p->type = type;
    p->len = (uint16_t)payload.len;
    if (payload.len)
        memcpy(p->data, payload.at, payload.len);
    return true;
}

static void
build_payload(struct remote *r, struct wr *w)
{
    const struct remote_payload *p = &r->payloads[0];

    remote_rmcpp_wrap(r, w, p->type, bytes_of(p->data, p->len));
    r->payload_count--;
    memmove(r->payloads, r->payloads + 1, r->payload_count * sizeof r->payloads[0]);
}

bool
remote_output(struct remote *r, struct bytes *datagram)
{
    struct wr w = wr_of(r->out, sizeof r->out);
    struct remote_pending *p = NULL;

    rmcp_build(&w, &(struct rmcp){ .sequence = RMCP_NO_ACK, .msg_class = RMCP_IPMI });
    if (r->setup.used && r->setup.retry.due) {
        r->setup.retry.due = false;
        r->setup.used = r->state == REMOTE_OPENING;   /* else a last word */
        remote_rakp_build(r, &w);
    } else if (r->payload_count > 0) {
        build_payload(r, &w);
    } else {
        p = first_due(r);
        if (p == NULL)
            return false;
        p->retry.due = false;
        build_request(r, &w, p);
    }
    assert(!w.bad);
    r->stats.sent++;
    *datagram = wr_bytes_of(&w);
    return true;
}

instant
remote_now(const struct remote *r)
{
    return r->now;
}

instant
remote_deadline(const struct remote *r)
{
    instant first = r->setup.used ? r->setup.retry.deadline : INSTANT_NEVER;

    for (unsigned i = 0; i < REMOTE_PENDING_MAX; i++)
        if (r->pending[i].used && r->pending[i].retry.deadline < first)
            first = r->pending[i].retry.deadline;
    return first;
}

void
remote_expire(struct remote *r, instant now)
{
    r->now = now;
    if (r->setup.used && r->setup.retry.deadline <= now &&
        !remote_retry_again(r, &r->setup.retry))
        remote_fail(r, remote_rakp_step(r), "no answer");
    for (unsigned i = 0; i < REMOTE_PENDING_MAX; i++) {
        struct remote_pending *p = &r->pending[i];

        if (p->used && p->retry.deadline <= now && !remote_retry_again(r, &p->retry))
            finish(p, true, 0, (struct bytes){ 0 });
    }
}

/* ---- answers ---- */

/* How far the BMC's numbers may run ahead of what arrived: so many answers in
 * a row may have been lost. */
#define SEQ_AHEAD_MAX 64

bool
remote_take_seq(struct remote *r, uint32_t seq)
{
    bool fresh = seqwin_fresh(&r->seq_in, seq, SEQ_AHEAD_MAX);

    if (fresh)
        seqwin_take(&r->seq_in, seq);
    return fresh;
}

/* What must be true of an answer to p; NULL when all is. */
static const char *
broken_rule(const struct remote_pending *p, enum remote_wrap wrap, const struct lanmsg *m)
{
    if (wrap != p->wrap)
        return "13.6: the answer is not wrapped as its request was";
    if (m->to != LANMSG_SWID_CONSOLE || m->to_lun != 0)
        return "13.8: the answer is not addressed to the requester";
    if (m->from != BMC_ADDRESS || m->from_lun != 0)
        return "13.8: the answer is not from the responder that was asked";
    if (m->netfn != (p->netfn | 1) || m->cmd != p->cmd)
        return "13.8: the answer is to another command than was asked under its rqSeq";
    if (m->data.len == 0)
        return "13.8: the answer has no completion code";
    return NULL;
}

static void
take_answer(struct remote *r, enum remote_wrap wrap, const struct lanmsg *m, bool fresh)
{
    struct remote_pending *p = row_of_seq(r, m->rq_seq);
    const char *rule;

    if (p == NULL) {
        r->stats.repeats++;
        return;
    }
    rule = broken_rule(p, wrap, m);
    if (rule != NULL) {
        remote_broke(r, rule);
        return;
    }
    if (!fresh)
        remote_broke(r, "6.12.12: the session sequence number of the answer is not a new one");
    finish(p, false, m->data.at[0], bytes_of(m->data.at + 1, m->data.len - 1));
}

void
remote_take_message(struct remote *r, enum remote_wrap wrap, struct bytes msg, bool fresh)
{
    static const char *const rules[] = {
        [LANMSG_SHORT] = "13.8: the message is shorter than any message",
        [LANMSG_BAD_HEADER_SUM] = "13.8: checksum 1 is wrong",
        [LANMSG_BAD_DATA_SUM] = "13.8: checksum 2 is wrong",
    };
    struct lanmsg m;
    enum lanmsg_err err = lanmsg_parse(msg, &m);

    if (err != LANMSG_OK)
        remote_broke(r, rules[err]);
    else if (lanmsg_is_response(&m))
        take_answer(r, wrap, &m, fresh);
}

/* What must be true of the RMCP header of an IPMI message. */
static const char *
broken_header(const struct rmcp *m, const uint8_t *datagram)
{
    if (m->msg_class != RMCP_IPMI || m->ack)
        return "13.1.3: the RMCP message class is not IPMI";
    if (m->sequence != RMCP_NO_ACK)
        return "13.1.3: the RMCP sequence number is not FFh";
    if (datagram[1] != 0)
        return "13.1.3: a reserved octet of the RMCP header is not zero";
    return NULL;
}

void
remote_input(struct remote *r, instant now, struct bytes datagram)
{
    struct rmcp m;
    const char *rule;

    r->now = now;
    r->stats.received++;
    if (rmcp_parse(datagram, &m) != RMCP_OK) {
        remote_broke(r, "13.1.3: no RMCP header of version 06h");
        return;
    }
    rule = broken_header(&m, datagram.at);
    if (rule != NULL)
        remote_broke(r, rule);
    else if (lan15_auth_type(m.data) == AUTH_RMCPP)
        remote_rmcpp_input(r, m.data);
    else
        remote15_input(r, m.data);
}

/* ---- facts ---- */

enum remote_state
remote_state(const struct remote *r)
{
    return r->state;
}

const char *
remote_error(const struct remote *r)
{
    return r->state == REMOTE_FAILED ? r->error : NULL;
}

const char *
remote_violation(const struct remote *r)
{
    return r->violation;
}

uint8_t
remote_privilege(const struct remote *r)
{
    return r->privilege;
}

uint32_t
remote_bmc_sid(const struct remote *r)
{
    return r->bmc_sid;
}

uint32_t
remote_console_sid(const struct remote *r)
{
    return r->console_sid;
}

bool
remote_secrets(const struct remote *r, struct remote_secrets *out)
{
    if (r->state != REMOTE_OPEN)
        return false;
    *out = (struct remote_secrets){ .rmcpp = r->opts.rmcpp, .auth_type = r->auth_type,
                                    .password = r->opts.password };
    if (!r->opts.rmcpp)
        return true;
    out->auth = r->suite->alg[ALG_AUTH];
    out->integrity = r->suite->alg[ALG_INTEGRITY];
    out->conf = r->suite->alg[ALG_CONF];
    out->sik = bytes_of(r->sik, rakp_code_len(r->facts.auth));
    return true;
}

uint32_t
remote_take_number(struct remote *r)
{
    return r->seq_out++;
}

const struct remote_stats *
remote_stats(const struct remote *r)
{
    return &r->stats;
}
