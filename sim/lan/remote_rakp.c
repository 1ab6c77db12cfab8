#include <string.h>

#include "sim/lan/remote_priv.h"

/* ---- one set-up message ---- */

const char *
remote_rakp_step(const struct remote *r)
{
    switch (r->setup.type) {
    case PAYLOAD_OPEN_REQUEST: return "Open Session";
    case PAYLOAD_RAKP1: return "RAKP 2";
    default: return "RAKP 4";
    }
}

void
remote_rakp_build(struct remote *r, struct wr *w)
{
    struct bytes payload = bytes_of(r->setup.payload, r->setup.len);

    rmcpp_build_header(w, &(struct rmcpp){ .type = r->setup.type }, payload.len);
    wr_span(w, payload);
}

static struct wr
begin_setup(struct remote *r)
{
    r->tag++;
    return wr_of(r->setup.payload, sizeof r->setup.payload);
}

static void
end_setup(struct remote *r, uint8_t type, const struct wr *w)
{
    r->setup.type = type;
    r->setup.len = (uint8_t)wr_len(w);
    r->setup.used = true;
    remote_retry_begin(r, &r->setup.retry);
}

static void
fail(struct remote *r, const char *why)
{
    remote_fail(r, remote_rakp_step(r), why);
}

/* What is true of every answer: ours, by tag and session id. A stranger's is
 * passed over, since the right one may still come. */
static bool
answers_us(struct remote *r, uint8_t tag, uint32_t sid)
{
    if (tag != r->tag) {
        r->stats.repeats++;
        return false;
    }
    if (sid != r->console_sid) {
        remote_broke(r, "13.18: the answer does not name the console's session id");
        return false;
    }
    return true;
}

/* Fields that are reserved show when a message is built again from its
 * meaning. */
static void
judge_reserved(struct remote *r, struct bytes in, const struct wr *rebuilt)
{
    struct bytes want = wr_bytes_of(rebuilt);

    if (in.len != want.len)
        remote_broke(r, "13.18: the set-up message is longer than it should be");
    else if (memcmp(in.at, want.at, in.len) != 0)
        remote_broke(r, "13.18: a reserved field of the set-up message is not zero");
}

/* ---- Open Session ---- */

void
remote_rakp_begin(struct remote *r)
{
    struct wr w = begin_setup(r);
    struct open_request m = {
        .tag = r->tag,
        .privilege = r->opts.ask_highest ? 0 : r->opts.privilege,
    };

    r->suite = suite_by_id(r->opts.suite);
    do
        r->console_sid = (uint32_t)rng_u64(&r->rng);
    while (r->console_sid == 0);
    m.console_sid = r->console_sid;
    for (unsigned i = 0; i < ALG_KINDS; i++)
        m.alg[i] = (struct algorithm_block){ (uint8_t)i, ALG_BLOCK_LEN, r->suite->alg[i] };
    open_request_build(&w, &m);
    end_setup(r, PAYLOAD_OPEN_REQUEST, &w);
}

static void
send_rakp1(struct remote *r)
{
    struct wr w = begin_setup(r);
    struct rakp_facts *f = &r->facts;
    struct rakp1 m = { .tag = r->tag, .bmc_sid = r->bmc_sid };

    memset(f, 0, sizeof *f);
    f->auth = r->suite->alg[ALG_AUTH];
    f->console_sid = r->console_sid;
    f->bmc_sid = r->bmc_sid;
    rng_fill(&r->rng, f->rc, sizeof f->rc);
    f->role = (uint8_t)(r->opts.privilege | (r->opts.name_only ? RAKP_ROLE_NAME_ONLY : 0));
    f->name_len = (uint8_t)strlen(r->opts.user);
    memcpy(f->name, r->opts.user, f->name_len);
    memcpy(m.random, f->rc, sizeof m.random);
    m.role = f->role;
    m.name_len = f->name_len;
    memcpy(m.name, f->name, sizeof m.name);
    rakp1_build(&w, &m);
    end_setup(r, PAYLOAD_RAKP1, &w);
}

static void
take_open_response(struct remote *r, struct bytes in)
{
    uint8_t room[RAKP_MSG_MAX];
    struct wr again = wr_of(room, sizeof room);
    struct open_response m;

    if (!open_response_parse(in, &m)) {
        remote_broke(r, "13.18: the Open Session response is cut");
        return;
    }
    if (!answers_us(r, m.tag, m.console_sid))
        return;
    if (m.status != RAKP_OK) {
        fail(r, rakp_status_text(m.status));
        return;
    }
    open_response_build(&again, &m);
    judge_reserved(r, in, &again);
    if (memcmp(m.alg, r->suite->alg, sizeof m.alg) != 0 || m.bmc_sid == 0) {
        remote_broke(r, "13.18: other algorithms than were asked for, or no session id");
        fail(r, "malformed answer");
        return;
    }
    if (m.privilege == PRIV_NONE ||
        (!r->opts.ask_highest && m.privilege != r->opts.privilege))
        remote_broke(r, "13.18: the privilege is none, or not the one asked for");
    r->bmc_sid = m.bmc_sid;
    send_rakp1(r);
}

/* ---- RAKP 2 and 3 ---- */

/* Tell the BMC that its RAKP 2 was refused, once, and give up. */
static void
refuse_rakp2(struct remote *r)
{
    uint32_t bmc_sid = r->bmc_sid;
    struct wr w;

    fail(r, "wrong key exchange code (another password?)");
    w = begin_setup(r);
    rakp34_build(&w, &(struct rakp34){ .tag = r->tag,
                                       .status = RAKP_INVALID_INTEGRITY_CODE,
                                       .sid = bmc_sid });
    end_setup(r, PAYLOAD_RAKP3, &w);
    r->setup.retry.deadline = INSTANT_NEVER;
}

static void
send_rakp3(struct remote *r)
{
    uint8_t code[RAKP_CODE_MAX];
    struct wr w = begin_setup(r);
    struct rakp34 m = { .tag = r->tag, .sid = r->bmc_sid };

    m.code = bytes_of(code, rakp_code_len(r->facts.auth));
    if (m.code.len && !rakp_code3(remote_work(r), &r->facts, r->opts.password, code)) {
        fail(r, "the crypto library failed");
        return;
    }
    rakp34_build(&w, &m);
    end_setup(r, PAYLOAD_RAKP3, &w);
}

static bool
rakp2_code_ok(struct remote *r, const struct rakp2 *m)
{
    uint8_t code[RAKP_CODE_MAX];
    size_t len = rakp_code_len(r->facts.auth);

    memcpy(r->facts.rm, m->random, sizeof r->facts.rm);
    memcpy(r->facts.guid, m->guid, sizeof r->facts.guid);
    if (m->code.len < len)
        return false;
    return len == 0 || (rakp_code2(remote_work(r), &r->facts, r->opts.password, code) &&
                        crypto_equal(code, m->code.at, len));
}

static void
take_rakp2(struct remote *r, struct bytes in)
{
    uint8_t room[RAKP_MSG_MAX];
    struct wr again = wr_of(room, sizeof room);
    struct rakp2 m;

    if (!rakp2_parse(in, &m)) {
        remote_broke(r, "13.21: RAKP message 2 is cut");
        return;
    }
    if (!answers_us(r, m.tag, m.console_sid))
        return;
    if (m.status != RAKP_OK) {
        fail(r, rakp_status_text(m.status));
        return;
    }
    if (!rakp2_code_ok(r, &m)) {
        refuse_rakp2(r);
        return;
    }
    m.code.len = rakp_code_len(r->facts.auth);
    rakp2_build(&again, &m);
    judge_reserved(r, in, &again);
    send_rakp3(r);
}

/* ---- RAKP 4 and the keys ---- */

static bool
rakp4_code_ok(struct remote *r, const struct rakp34 *m)
{
    const uint8_t *kg = r->opts.kg_set ? r->opts.kg : r->opts.password;
    uint8_t code[RAKP_CODE_MAX];
    size_t len = rakp_icv_len(r->facts.auth);

    if (len == 0)
        return true;
    return m->code.len >= len && rakp_sik(remote_work(r), &r->facts, kg, r->sik) &&
           rakp_icv(remote_work(r), &r->facts, r->sik, code) &&
           crypto_equal(code, m->code.at, len);
}

/* K1 and K2, where the suite has an authentication algorithm to make them. */
static bool
derive(struct remote *r, uint8_t k1[RAKP_SIK_MAX], uint8_t k2[RAKP_SIK_MAX])
{
    return rakp_code_len(r->facts.auth) == 0 ||
           (rakp_key(remote_work(r), &r->facts, r->sik, 1, k1) &&
            rakp_key(remote_work(r), &r->facts, r->sik, 2, k2));
}

static bool
key_session(struct remote *r)
{
    uint8_t k1[RAKP_SIK_MAX] = { 0 }, k2[RAKP_SIK_MAX] = { 0 };
    struct protect_keys keys = {
        .k1 = bytes_of(k1, rakp_code_len(r->facts.auth)),
        .k2 = k2,
        .password = r->opts.password,
    };
    bool ok = derive(r, k1, k2) &&
              protect_open(&r->protect, r->opts.crypto, r->suite, &keys) == ST_OK;

    crypto_wipe(k1, sizeof k1);
    crypto_wipe(k2, sizeof k2);
    return ok;
}

static void
take_rakp4(struct remote *r, struct bytes in)
{
    uint8_t room[RAKP_MSG_MAX];
    struct wr again = wr_of(room, sizeof room);
    struct rakp34 m;

    if (!rakp34_parse(in, &m)) {
        remote_broke(r, "13.23: RAKP message 4 is cut");
        return;
    }
    if (!answers_us(r, m.tag, m.sid))
        return;
    if (m.status != RAKP_OK) {
        fail(r, rakp_status_text(m.status));
        return;
    }
    if (!rakp4_code_ok(r, &m)) {
        fail(r, "wrong integrity check value (another K_g?)");
        return;
    }
    m.code.len = rakp_icv_len(r->facts.auth);
    rakp34_build(&again, &m);
    judge_reserved(r, in, &again);
    if (!key_session(r)) {
        fail(r, "the crypto library failed");
        return;
    }
    r->setup.used = false;
    r->seq_out = 1;
    seqwin_start(&r->seq_in, 1);
    r->stream_seq = 0;
    remote_log_in_done(r);
}

void
remote_rakp_input(struct remote *r, struct bytes payload)
{
    switch (r->setup.type) {
    case PAYLOAD_OPEN_REQUEST: take_open_response(r, payload); break;
    case PAYLOAD_RAKP1: take_rakp2(r, payload); break;
    case PAYLOAD_RAKP3: take_rakp4(r, payload); break;
    default: break;
    }
}

void
remote_rakp_forget(struct remote *r)
{
    protect_close(&r->protect);
    crypto_wipe(r->sik, sizeof r->sik);
}
