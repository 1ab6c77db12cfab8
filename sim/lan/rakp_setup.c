#include "sim/lan/lan_parts.h"

#include <string.h>

#include "sim/base/planted.h"

/* ---- RAKP messages 1 and 2 ---- */

/* Who logs in, by name and the privilege he asks for. On RAKP_OK *u is he. */
static enum rakp_status
find_by_role(struct lan *lan, const struct rakp1 *m, struct lan_user *u)
{
    uint8_t level = m->role & RAKP_ROLE_LEVEL;

    if (m->role & RAKP_ROLE_NAME_ONLY)
        return lan_find_user(lan, m->name, PRIV_NONE, u) ? RAKP_OK : RAKP_UNAUTHORIZED_NAME;
    if (lan_find_user(lan, m->name, level, u))
        return RAKP_OK;
    return lan_find_user(lan, m->name, PRIV_NONE, u) ? RAKP_UNAUTHORIZED_ROLE
                                                     : RAKP_UNAUTHORIZED_NAME;
}

static enum rakp_status
judge_rakp1(struct lan *lan, const struct session *s, const struct rakp1 *m,
            struct lan_user *u)
{
    uint8_t level = m->role & RAKP_ROLE_LEVEL;
    enum rakp_status status;

    if (m->name_len > RAKP_NAME_MAX)
        return RAKP_INVALID_NAME_LENGTH;
    if (level == PRIV_NONE || level > PRIV_OEM)
        return RAKP_INVALID_ROLE;
    status = find_by_role(lan, m, u);
    if (PLANTED(RAKP_STATUS_WRONG) && status == RAKP_UNAUTHORIZED_NAME)
        status = RAKP_INVALID_NAME_LENGTH;
    if (status != RAKP_OK)
        return status;
    if (level > lan_user_limit(lan, u) || level > s->v20.open_privilege)
        return RAKP_UNAUTHORIZED_ROLE;
    return lan_user_full(lan, u) ? RAKP_NO_RESOURCES_AT_ROLE : RAKP_OK;
}

static void
send_rakp2(struct lan *lan, const struct link_frame *f, struct session *s, struct bytes in,
           const struct rakp2 *m)
{
    uint8_t buf[RAKP_MSG_MAX];
    struct wr w = wr_of(buf, sizeof buf);
    struct lan_route route = lan_route_of(f);

    rakp2_build(&w, m);
    if (m->status == RAKP_OK) {
        setup_keep(&s->v20.rakp1, in, wr_bytes_of(&w));
    } else {
        lan->stats.logins_refused++;
        lan_refused(lan, rakp_status_text(m->status));
    }
    if (!rmcpp_send(lan, NULL, PAYLOAD_RAKP2, FORMAT_RMCPP, &route, wr_bytes_of(&w)))
        lan_count_drop(lan, DROP_INTERNAL);
}

static void
note_facts(struct lan *lan, struct session *s, const struct rakp1 *m,
           const struct lan_user *u)
{
    struct rakp_facts *f = &s->v20.facts;

    memcpy(f->rc, m->random, sizeof f->rc);
    rng_fill(&lan->nonces, f->rm, sizeof f->rm);
    memcpy(f->guid, lan->config->guid, sizeof f->guid);
    f->role = m->role;
    f->name_len = m->name_len;
    memcpy(f->name, m->name, sizeof f->name);
    memcpy(s->v20.kuid, u->password, sizeof s->v20.kuid);
    s->user = u->id;
    s->limit = m->role & RAKP_ROLE_LEVEL;
}

/* Accept RAKP message 1 of u and answer it. */
static void
begin_exchange(struct lan *lan, const struct link_frame *f, struct session *s,
               struct bytes in, const struct rakp1 *m, const struct lan_user *u)
{
    struct rakp2 rs = {
        .tag = PLANTED(RAKP_TAG_WRONG) ? UINT8_MAX : m->tag,
        .console_sid = s->v20.facts.console_sid,
    };
    uint8_t code[RAKP_CODE_MAX];
    size_t len = rakp_code_len(s->v20.facts.auth);

    note_facts(lan, s, m, u);
    if (len != 0 && !rakp_code2(lan->work, &s->v20.facts, s->v20.kuid, code))
        rs.status = RAKP_NO_RESOURCES;
    else
        s->state = SESSION_RAKP2_SENT;
    memcpy(rs.random, s->v20.facts.rm, sizeof rs.random);
    memcpy(rs.guid, s->v20.facts.guid, sizeof rs.guid);
    rs.code = bytes_of(code, PLANTED(RAKP2_CODE_MISSING) ? 0 : len);
    send_rakp2(lan, f, s, in, &rs);
}

enum lan_drop
rakp1_input(struct lan *lan, const struct link_frame *f, struct bytes in)
{
    struct rakp1 m;
    struct rakp2 refusal = { 0 };
    struct lan_user u;
    struct session *s;

    if (!rakp1_parse(in, &m))
        return DROP_LENGTH;
    s = session_find(&lan->sessions, m.bmc_sid);
    refusal.tag = m.tag;
    refusal.status = RAKP_INVALID_SESSION_ID;
    if (s != NULL && s->rmcpp) {
        refusal.console_sid = s->v20.facts.console_sid;
        if (setup_is_repeat(&s->v20.rakp1, in)) {
            setup_repeat(lan, f, PAYLOAD_RAKP2, &s->v20.rakp1, in);
            return DROP_NONE;
        }
        refusal.status = RAKP_INACTIVE_SESSION_ID;
        if (s->state == SESSION_OPENED || s->state == SESSION_RAKP2_SENT) {
            session_used(&lan->sessions, s);
            refusal.status = (uint8_t)judge_rakp1(lan, s, &m, &u);
        }
    }
    if (refusal.status == RAKP_OK)
        begin_exchange(lan, f, s, in, &m, &u);
    else
        send_rakp2(lan, f, s, in, &refusal);
    crypto_wipe(&u, sizeof u);
    return DROP_NONE;
}

/* ---- RAKP messages 3 and 4 ---- */

static bool
code3_is_good(struct lan *lan, const struct session *s, const struct rakp34 *m)
{
    uint8_t code[RAKP_CODE_MAX];
    size_t len = rakp_code_len(s->v20.facts.auth);

    if (len == 0 || PLANTED(RAKP3_CODE_UNCHECKED))
        return true;
    return m->code.len == len &&
           rakp_code3(lan->work, &s->v20.facts, s->v20.kuid, code) &&
           crypto_equal(code, m->code.at, len);
}

/* Derive the session's keys and key its contexts; icv is for RAKP message 4. */
static bool
derive_keys(struct lan *lan, struct session *s, uint8_t icv[RAKP_CODE_MAX])
{
    struct session20 *v = &s->v20;
    uint8_t sik[RAKP_SIK_MAX], k1[RAKP_SIK_MAX], k2[RAKP_SIK_MAX];
    struct protect_keys keys = { { k1, rakp_code_len(v->facts.auth) }, k2, v->kuid };
    bool two_keys = lan->config->kg_set && !PLANTED(KG_IGNORED);
    const uint8_t *kg = two_keys ? lan->config->kg : v->kuid;
    bool done;

    if (v->facts.auth == AUTH_RAKP_NONE) {
        keys = (struct protect_keys){ 0 };
        return protect_open(&v->protect, lan->crypto, v->suite, &keys) == ST_OK;
    }
    done = rakp_sik(lan->work, &v->facts, kg, sik) &&
           rakp_key(lan->work, &v->facts, sik, 1, k1) &&
           rakp_key(lan->work, &v->facts, sik, 2, k2) &&
           rakp_icv(lan->work, &v->facts, sik, icv) &&
           protect_open(&v->protect, lan->crypto, v->suite, &keys) == ST_OK;
    crypto_wipe(sik, sizeof sik);
    crypto_wipe(k1, sizeof k1);
    crypto_wipe(k2, sizeof k2);
    return done;
}

/* Much may have changed since RAKP message 1: the user, his sessions. */
static enum rakp_status
judge_rakp3(struct lan *lan, struct session *s, const struct rakp34 *m)
{
    struct lan_user u;
    enum rakp_status status = RAKP_OK;

    if (!code3_is_good(lan, s, m)) {
        lan_login(lan, s->user, LOGIN_BAD_PASSWORD);
        return RAKP_INVALID_INTEGRITY_CODE;
    }
    if (!lan_get_user(lan, s->user, &u))
        status = RAKP_UNAUTHORIZED_NAME;
    else if (s->limit > lan_user_limit(lan, &u))
        status = RAKP_UNAUTHORIZED_ROLE;
    else if (lan_full(lan))
        status = RAKP_NO_RESOURCES;
    else if (lan_user_full(lan, &u))
        status = RAKP_NO_RESOURCES_AT_ROLE;
    crypto_wipe(&u, sizeof u);
    if (status != RAKP_OK) {
        lan->stats.logins_refused++;
        lan_refused(lan, rakp_status_text(status));
    }
    return status;
}

static void
start_counters(struct session20 *v)
{
    for (int i = 0; i < COUNTERS; i++) {
        seqwin_start(&v->in[i], 1);
        v->out_seq[i] = 1;
    }
}

/* Decide on RAKP message 3: the session becomes active or is refused. */
static void
finish_exchange(struct lan *lan, struct session *s, const struct rakp34 *m,
                struct rakp34 *rs, uint8_t icv[RAKP_CODE_MAX])
{
    rs->status = (uint8_t)judge_rakp3(lan, s, m);
    if (rs->status == RAKP_OK && !derive_keys(lan, s, icv))
        rs->status = RAKP_NO_RESOURCES;
    crypto_wipe(s->v20.kuid, sizeof s->v20.kuid);
    if (rs->status != RAKP_OK) {
        s->state = SESSION_REFUSED;
        return;
    }
    rs->code = bytes_of(icv, rakp_icv_len(s->v20.facts.auth));
    if (PLANTED(RAKP4_CODE_MISSING))
        rs->code.len = 0;
    start_counters(&s->v20);
    lan_activate(lan, s);
}

static void
send_rakp4(struct lan *lan, const struct link_frame *f, struct session *s, struct bytes in,
           const struct rakp34 *m)
{
    uint8_t buf[RAKP_MSG_MAX];
    struct wr w = wr_of(buf, sizeof buf);
    struct lan_route route = lan_route_of(f);

    rakp34_build(&w, m);
    if (s != NULL)
        setup_keep(&s->v20.rakp3, in, wr_bytes_of(&w));
    if (!rmcpp_send(lan, NULL, PAYLOAD_RAKP4, FORMAT_RMCPP, &route, wr_bytes_of(&w)))
        lan_count_drop(lan, DROP_INTERNAL);
}

/* The console gave up. It did so over our key exchange code when it knows
 * another password than we: that counts like a wrong one of its own. It
 * expects no answer. */
static enum lan_drop
abandoned(struct lan *lan, struct session *s, uint8_t status)
{
    if (s == NULL)
        return DROP_NO_SESSION;
    if (s->state == SESSION_ACTIVE)
        return DROP_SESSION_STATE;
    if (s->state == SESSION_RAKP2_SENT && status == RAKP_INVALID_INTEGRITY_CODE)
        lan_login(lan, s->user, LOGIN_BAD_PASSWORD);
    lan_end_session(lan, s, SESSION_END_CLOSED);
    return DROP_NONE;
}

static void
refuse_rakp3(struct lan *lan, const struct link_frame *f, struct bytes in,
             struct rakp34 *rs, enum rakp_status status)
{
    rs->status = (uint8_t)status;
    send_rakp4(lan, f, NULL, in, rs);
}

enum lan_drop
rakp3_input(struct lan *lan, const struct link_frame *f, struct bytes in)
{
    struct rakp34 m;
    struct rakp34 rs = { 0 };
    uint8_t icv[RAKP_CODE_MAX];
    struct session *s;

    if (!rakp34_parse(in, &m))
        return DROP_LENGTH;
    s = session_find(&lan->sessions, m.sid);
    if (s != NULL && !s->rmcpp)
        s = NULL;
    if (m.status != RAKP_OK)
        return abandoned(lan, s, m.status);
    rs.tag = m.tag;
    rs.sid = s != NULL ? s->v20.facts.console_sid : 0;
    if (s == NULL) {
        refuse_rakp3(lan, f, in, &rs, RAKP_INVALID_SESSION_ID);
    } else if (setup_is_repeat(&s->v20.rakp3, in)) {
        setup_repeat(lan, f, PAYLOAD_RAKP4, &s->v20.rakp3, in);
    } else if (s->state != SESSION_RAKP2_SENT) {
        refuse_rakp3(lan, f, in, &rs, RAKP_INACTIVE_SESSION_ID);
    } else {
        session_used(&lan->sessions, s);
        lan_heard(lan, s, f);
        finish_exchange(lan, s, &m, &rs, icv);
        send_rakp4(lan, f, s, in, &rs);
    }
    return DROP_NONE;
}
