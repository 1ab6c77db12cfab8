#include "capture/decrypt.h"

#include <stdlib.h>
#include <string.h>

#include "sim/lan/protect.h"
#include "sim/lan/rakp.h"
#include "sim/wire/lan15.h"
#include "sim/wire/rmcp.h"
#include "sim/wire/rmcpp.h"

struct followed {
    struct decrypt_session told;
    struct rakp_facts facts;
    bool have_rakp1, have_rakp2, keyed;
    struct protect to_bmc, from_bmc;   /* each reads one direction */
};

struct decrypt {
    struct crypto *crypto;
    struct crypto_work *work;
    char user[RAKP_NAME_MAX + 1];
    bool any_user;
    uint8_t kuid[RAKP_KEY_LEN], kg[RAKP_KEY_LEN];
    struct followed **sessions;
    size_t count, room;
    uint64_t missed;
    uint8_t plain[DECRYPT_DATAGRAM_MAX];
    uint8_t clear[DECRYPT_DATAGRAM_MAX];
};

bool
decrypt_is_failure(enum decrypt_state state)
{
    return state >= DECRYPT_NO_SETUP;
}

const char *
decrypt_state_text(enum decrypt_state state)
{
    static const char *const words[] = {
        [DECRYPT_OPENING] = "its set-up was not finished",
        [DECRYPT_REFUSED] = "refused by the BMC",
        [DECRYPT_READY] = "read",
        [DECRYPT_PLAIN] = "not encrypted",
        [DECRYPT_NO_SETUP] = "its set-up is not in the capture",
        [DECRYPT_OTHER_USER] = "of another user",
        [DECRYPT_WRONG_PASSWORD] = "wrong password: the code of RAKP message 2 does not match",
        [DECRYPT_WRONG_KG] = "wrong Kg: the code of RAKP message 4 does not match",
        [DECRYPT_ALGORITHM] = "of an algorithm that is not known",
    };

    return (unsigned)state < sizeof words / sizeof words[0] ? words[state] : "unknown";
}

/* ---- life ---- */

enum status
decrypt_new(const struct decrypt_opts *opts, struct decrypt **out)
{
    struct decrypt *d = calloc(1, sizeof *d);
    enum status st = ST_NOMEM;

    if (d == NULL)
        return st;
    st = crypto_new(&d->crypto);
    if (st == ST_OK)
        st = crypto_work_new(d->crypto, &d->work);
    if (st != ST_OK) {
        decrypt_free(d);
        return st;
    }
    d->any_user = opts->user == NULL;
    if (opts->user != NULL)
        strncpy(d->user, opts->user, sizeof d->user - 1);
    memcpy(d->kuid, opts->password, opts->password_len);
    memcpy(d->kg, opts->kg != NULL ? opts->kg : d->kuid, sizeof d->kg);
    *out = d;
    return ST_OK;
}

static void
free_session(struct followed *s)
{
    protect_close(&s->to_bmc);
    protect_close(&s->from_bmc);
    free(s);
}

void
decrypt_free(struct decrypt *d)
{
    if (d == NULL)
        return;
    for (size_t i = 0; i < d->count; i++)
        free_session(d->sessions[i]);
    free(d->sessions);
    crypto_work_free(d->work);
    crypto_free(d->crypto);
    crypto_wipe(d, sizeof *d);
    free(d);
}

const struct decrypt_session *
decrypt_session(const struct decrypt *d, size_t n)
{
    return n < d->count ? &d->sessions[n]->told : NULL;
}

uint64_t
decrypt_missed(const struct decrypt *d)
{
    return d->missed;
}

/* ---- sessions ---- */

/* A new session, not followed yet; NULL: no place or no memory. */
static struct followed *
add(struct decrypt *d, const struct decrypt_datagram *in)
{
    struct followed *s = NULL;

    if (d->count == d->room && d->count < DECRYPT_SESSIONS_MAX) {
        size_t room = d->room ? d->room * 2 : 16;
        struct followed **more = realloc(d->sessions, room * sizeof(*more));

        if (more != NULL) {
            d->sessions = more;
            d->room = room;
        }
    }
    if (d->count < d->room)
        s = calloc(1, sizeof *s);
    if (s == NULL) {
        d->missed++;
        return NULL;
    }
    s->told.first = in->number;
    d->sessions[d->count++] = s;
    return s;
}

/* The latest session of these peers; sid is the receiver's. */
static struct followed *
find(struct decrypt *d, const struct decrypt_datagram *in, uint32_t sid, bool to_bmc)
{
    const struct peer *console = to_bmc ? &in->from : &in->to;
    const struct peer *bmc = to_bmc ? &in->to : &in->from;

    for (size_t i = d->count; i-- > 0;) {
        struct followed *s = d->sessions[i];
        uint32_t id = to_bmc ? s->told.bmc_sid : s->told.console_sid;

        if (id == sid && peer_equal(&s->told.console, console) && peer_equal(&s->told.bmc, bmc))
            return s;
    }
    return NULL;
}

static void
refuse(struct followed *s, uint8_t status)
{
    if (s->told.state != DECRYPT_OPENING)
        return;
    s->told.state = DECRYPT_REFUSED;
    s->told.status = status;
}

/* ---- set-up ---- */

static void
open_request(struct decrypt *d, const struct decrypt_datagram *in, struct bytes payload)
{
    struct open_request m;
    struct followed *s;

    if (!open_request_parse(payload, &m))
        return;
    s = find(d, in, 0, true);          /* asked before, not answered yet */
    if (s == NULL || s->told.console_sid != m.console_sid ||
        s->told.state != DECRYPT_OPENING)
        s = add(d, in);
    if (s == NULL)
        return;
    s->told.console = in->from;
    s->told.bmc = in->to;
    s->told.console_sid = m.console_sid;
}

static void
open_response(struct decrypt *d, const struct decrypt_datagram *in, struct bytes payload)
{
    struct open_response m;
    struct followed *s;

    if (!open_response_parse(payload, &m))
        return;
    s = find(d, in, m.console_sid, false);
    if (s == NULL || s->told.state != DECRYPT_OPENING)
        return;
    if (m.status != RAKP_OK) {
        refuse(s, m.status);
        return;
    }
    s->told.bmc_sid = m.bmc_sid;
    memcpy(s->told.alg, m.alg, sizeof s->told.alg);
    s->facts.auth = m.alg[ALG_AUTH];
    s->facts.console_sid = m.console_sid;
    s->facts.bmc_sid = m.bmc_sid;
    for (unsigned kind = 0; kind < ALG_KINDS; kind++)
        if (!suite_alg_known((enum algorithm_kind)kind, m.alg[kind]))
            s->told.state = DECRYPT_ALGORITHM;
}

static void
rakp1(struct decrypt *d, const struct decrypt_datagram *in, struct bytes payload)
{
    struct rakp1 m;
    struct followed *s;

    if (!rakp1_parse(payload, &m) || m.name_len > RAKP_NAME_MAX)
        return;
    s = find(d, in, m.bmc_sid, true);
    if (s == NULL || s->told.state != DECRYPT_OPENING)
        return;
    memcpy(s->facts.rc, m.random, sizeof s->facts.rc);
    memcpy(s->facts.name, m.name, sizeof s->facts.name);
    memcpy(s->told.user, m.name, sizeof m.name);
    s->facts.role = m.role;
    s->facts.name_len = m.name_len;
    s->have_rakp1 = true;
}

static void
rakp2(struct decrypt *d, const struct decrypt_datagram *in, struct bytes payload)
{
    uint8_t code[RAKP_CODE_MAX];
    size_t len;
    struct rakp2 m;
    struct followed *s;

    if (!rakp2_parse(payload, &m))
        return;
    s = find(d, in, m.console_sid, false);
    if (s == NULL || s->told.state != DECRYPT_OPENING || !s->have_rakp1)
        return;
    if (m.status != RAKP_OK) {
        refuse(s, m.status);
        return;
    }
    memcpy(s->facts.rm, m.random, sizeof s->facts.rm);
    memcpy(s->facts.guid, m.guid, sizeof s->facts.guid);
    s->have_rakp2 = true;
    len = rakp_code_len(s->facts.auth);
    if (len == 0)
        return;
    if (!d->any_user && strcmp(d->user, s->told.user) != 0)
        s->told.state = DECRYPT_OTHER_USER;
    else if (m.code.len < len || !rakp_code2(d->work, &s->facts, d->kuid, code) ||
             !crypto_equal(code, m.code.at, len))
        s->told.state = DECRYPT_WRONG_PASSWORD;
}

/* Derive the keys and open what reads both directions. */
static bool
key(struct decrypt *d, struct followed *s, const uint8_t sik[RAKP_SIK_MAX])
{
    uint8_t k1[RAKP_SIK_MAX], k2[RAKP_SIK_MAX];
    struct suite suite = { 0 };
    struct protect_keys keys = { .k1 = bytes_of(k1, rakp_code_len(s->facts.auth)), .k2 = k2,
                                 .password = d->kuid };
    bool good = rakp_key(d->work, &s->facts, sik, 1, k1) &&
                rakp_key(d->work, &s->facts, sik, 2, k2);

    memcpy(suite.alg, s->told.alg, sizeof suite.alg);
    good = good && protect_open(&s->to_bmc, d->crypto, &suite, &keys) == ST_OK &&
           protect_open(&s->from_bmc, d->crypto, &suite, &keys) == ST_OK;
    crypto_wipe(k1, sizeof k1);
    crypto_wipe(k2, sizeof k2);
    return good;
}

static void
rakp4(struct decrypt *d, const struct decrypt_datagram *in, struct bytes payload)
{
    uint8_t sik[RAKP_SIK_MAX], icv[RAKP_CODE_MAX];
    size_t len;
    struct rakp34 m;
    struct followed *s;

    if (!rakp34_parse(payload, &m))
        return;
    s = find(d, in, m.sid, false);
    if (s == NULL || s->told.state != DECRYPT_OPENING)
        return;
    if (m.status != RAKP_OK) {
        refuse(s, m.status);
        return;
    }
    len = rakp_icv_len(s->facts.auth);
    if (!s->have_rakp2)
        return;
    if (len == 0) {
        s->told.state = DECRYPT_PLAIN;
        return;
    }
    if (m.code.len < len || !rakp_sik(d->work, &s->facts, d->kg, sik) ||
        !rakp_icv(d->work, &s->facts, sik, icv) || !crypto_equal(icv, m.code.at, len))
        s->told.state = DECRYPT_WRONG_KG;
    else
        s->told.state = key(d, s, sik) ? DECRYPT_READY : DECRYPT_ALGORITHM;
    crypto_wipe(sik, sizeof sik);
}

/* The BMC's refusal of message 3 comes as message 4; message 3 itself tells
 * nothing that the others do not. */
static const struct {
    uint8_t type;
    void (*take)(struct decrypt *d, const struct decrypt_datagram *in, struct bytes payload);
} setups[] = {
    { PAYLOAD_OPEN_REQUEST, open_request }, { PAYLOAD_OPEN_RESPONSE, open_response },
    { PAYLOAD_RAKP1, rakp1 },               { PAYLOAD_RAKP2, rakp2 },
    { PAYLOAD_RAKP4, rakp4 },
};

/* ---- packets of sessions ---- */

/* The session of a protected packet; one whose set-up was not seen is made. */
static struct followed *
session_of(struct decrypt *d, const struct decrypt_datagram *in, uint32_t sid, bool *to_bmc)
{
    struct followed *s = find(d, in, sid, true);

    *to_bmc = s != NULL;
    if (s == NULL)
        s = find(d, in, sid, false);
    if (s != NULL)
        return s;
    s = add(d, in);
    if (s == NULL)
        return NULL;
    *to_bmc = in->to.port == RMCP_PORT || in->from.port != RMCP_PORT;
    s->told.state = DECRYPT_NO_SETUP;
    s->told.console = *to_bmc ? in->from : in->to;
    s->told.bmc = *to_bmc ? in->to : in->from;
    *(*to_bmc ? &s->told.bmc_sid : &s->told.console_sid) = sid;
    return s;
}

/* The packet as it would be without its protection. */
static bool
build_clear(struct decrypt *d, const struct rmcpp *m, struct bytes plain, struct bytes *out)
{
    struct wr w = wr_of(d->clear, sizeof d->clear);
    struct rmcpp clear = *m;

    clear.encrypted = clear.authenticated = false;
    rmcp_build(&w, &(struct rmcp){ .sequence = RMCP_NO_ACK, .msg_class = RMCP_IPMI });
    rmcpp_build_header(&w, &clear, plain.len);
    wr_span(&w, plain);
    *out = wr_bytes_of(&w);
    return !w.bad;
}

static bool
read_packet(struct decrypt *d, struct followed *s, bool to_bmc, const struct rmcpp *m,
            struct bytes *clear)
{
    struct protect *p = to_bmc ? &s->to_bmc : &s->from_bmc;
    struct bytes plain = m->payload;

    if (s->told.state != DECRYPT_READY || m->payload.len > sizeof d->plain)
        return false;
    if (m->authenticated && !protect_verify(p, d->work, m)) {
        s->told.bad_codes++;
        return false;
    }
    if (m->encrypted && !protect_decrypt(p, d->work, m->payload, d->plain, &plain)) {
        s->told.garbled++;
        return false;
    }
    s->told.read++;
    return m->encrypted && build_clear(d, m, plain, clear);
}

bool
decrypt_input(struct decrypt *d, const struct decrypt_datagram *in, struct bytes *clear)
{
    struct rmcp r;
    struct rmcpp m;
    struct followed *s;
    bool to_bmc;

    if (in->bytes.len > DECRYPT_DATAGRAM_MAX || rmcp_parse(in->bytes, &r) != RMCP_OK ||
        r.ack || r.msg_class != RMCP_IPMI || lan15_auth_type(r.data) != AUTH_RMCPP ||
        rmcpp_parse(r.data, &m) != RMCPP_OK)
        return false;
    for (size_t i = 0; i < sizeof setups / sizeof setups[0]; i++)
        if (setups[i].type == m.type && m.sid == 0)
            setups[i].take(d, in, m.payload);
    if (m.sid == 0 || !(m.encrypted || m.authenticated))
        return false;
    s = session_of(d, in, m.sid, &to_bmc);
    if (s == NULL)
        return false;
    s->told.packets++;
    return read_packet(d, s, to_bmc, &m, clear);
}
