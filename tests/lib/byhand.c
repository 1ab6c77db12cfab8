#include "tests/lib/byhand.h"

#include <check.h>
#include <string.h>

#include "sim/base/hex.h"
#include "sim/lan/auth15.h"
#include "sim/wire/rmcp.h"

#define CONSOLE_SID 0xa0a2a3a4

static const struct peer console = { .addr = { 192, 0, 2, 9 }, .port = 50000,
                                     .family = PEER_IPV4 };

void
byhand_begin(struct byhand *b, struct lanpair *p)
{
    memset(b, 0, sizeof *b);
    b->pair = p;
    b->from = console;
    b->rng = rng_named(rng_key_root(7), "by hand");
    memcpy(b->password, LANPAIR_PASSWORD, strlen(LANPAIR_PASSWORD));
    memcpy(b->kuid, LANPAIR_PASSWORD, strlen(LANPAIR_PASSWORD));
}

void
byhand_end(struct byhand *b)
{
    protect_close(&b->protect);
}

struct bytes
byhand_text(const char *text)
{
    return bytes_of(text, strlen(text));
}

/* ---- datagrams ---- */

static void
keep_reply(struct byhand *b)
{
    struct bytes first = { 0 };

    b->replies = (unsigned)outbox_count(b->pair->out);
    if (b->replies != 0) {
        first = outbox_at(b->pair->out, 0)->bytes;
        ck_assert(peer_equal(&outbox_at(b->pair->out, 0)->to, &b->from));
        memcpy(b->reply, first.at, first.len);
    }
    b->reply_len = first.len;
    outbox_clear(b->pair->out);
}

enum lan_drop
byhand_say(struct byhand *b, struct bytes datagram)
{
    struct lan_stats before = *lan_stats(b->pair->lan);
    const struct lan_stats *after = lan_stats(b->pair->lan);

    lan_input(b->pair->lan, &b->from, datagram);
    keep_reply(b);
    for (int why = 0; why < LAN_DROPS; why++)
        if (after->dropped[why] != before.dropped[why])
            return (enum lan_drop)why;
    return DROP_NONE;
}

enum lan_drop
byhand_say_hex(struct byhand *b, const char *digits)
{
    uint8_t buf[OUTBOX_DATAGRAM_MAX];
    size_t len = strlen(digits) / 2;

    ck_assert(hex_read(digits, buf, len));
    return byhand_say(b, bytes_of(buf, len));
}

enum lan_drop
byhand_say_packet(struct byhand *b)
{
    return byhand_say(b, bytes_of(b->packet, b->packet_len));
}

static struct wr
begin_packet(struct byhand *b)
{
    struct wr w = wr_of(b->packet, sizeof b->packet);

    rmcp_build(&w, &(struct rmcp){ .sequence = RMCP_NO_ACK, .msg_class = RMCP_IPMI });
    return w;
}

static void
end_packet(struct byhand *b, const struct wr *w)
{
    ck_assert(!w->bad);
    b->packet_len = wr_len(w);
}

static struct bytes
request(const struct byhand *b, uint8_t netfn, uint8_t cmd, struct bytes data,
        uint8_t *buf, size_t size)
{
    struct wr w = wr_of(buf, size);

    lanmsg_build(&w, &(struct lanmsg){
        .to = 0x20, .netfn = netfn, .from = LANMSG_SWID_CONSOLE, .rq_seq = b->rq_seq,
        .cmd = cmd, .data = data,
    });
    ck_assert(!w.bad);
    return wr_bytes_of(&w);
}

static struct bytes
reply_data(const struct byhand *b)
{
    struct rmcp m;

    ck_assert_int_eq(rmcp_parse(bytes_of(b->reply, b->reply_len), &m), RMCP_OK);
    ck_assert_uint_eq(m.sequence, RMCP_NO_ACK);
    ck_assert_uint_eq(m.msg_class, RMCP_IPMI);
    return m.data;
}

/* Take a response apart; it begins with its completion code. */
static int
response_cc(const struct byhand *b, struct bytes msg, struct bytes *data)
{
    struct lanmsg m;

    ck_assert_int_eq(lanmsg_parse(msg, &m), LANMSG_OK);
    ck_assert(lanmsg_is_response(&m));
    ck_assert_uint_eq(m.to, LANMSG_SWID_CONSOLE);
    ck_assert_uint_eq(m.from, 0x20);
    ck_assert_uint_eq(m.rq_seq, b->rq_seq);
    ck_assert_uint_ge(m.data.len, 1);
    if (data != NULL)
        *data = bytes_of(m.data.at + 1, m.data.len - 1);
    return m.data.at[0];
}

/* ---- IPMI 1.5 ---- */

void
byhand15_make(struct byhand *b, uint8_t auth_type, uint32_t sid, uint32_t seq,
              uint8_t netfn, uint8_t cmd, struct bytes data)
{
    uint8_t msg[LAN15_MSG_MAX], code[AUTH_CODE_LEN] = { 0 };
    struct wr w = begin_packet(b);
    struct lan15 m = { .auth_type = auth_type, .seq = seq, .sid = sid, .code = code };

    b->rq_seq = (uint8_t)((b->rq_seq + 1) % 64);
    m.msg = request(b, netfn, cmd, data, msg, sizeof msg);
    (void)auth15_packet(b->pair->work, auth_type, b->password, sid, seq, m.msg, code);
    lan15_build(&w, &m);
    end_packet(b, &w);
}

enum lan_drop
byhand15_send(struct byhand *b, uint8_t netfn, uint8_t cmd, struct bytes data)
{
    byhand15_make(b, b->auth_type, b->sid, b->seq++, netfn, cmd, data);
    return byhand_say_packet(b);
}

int
byhand15_cc(const struct byhand *b, struct lan15 *wrap, struct bytes *data)
{
    struct lan15 m;
    uint8_t code[AUTH_CODE_LEN];

    if (b->replies == 0)
        return -1;
    ck_assert_int_eq(lan15_parse(reply_data(b), &m), LAN15_OK);
    if (m.auth_type != AUTH_NONE) {
        ck_assert(auth15_packet(b->pair->work, m.auth_type, b->password, m.sid, m.seq,
                                m.msg, code));
        ck_assert_mem_eq(code, m.code, sizeof code);
    }
    if (wrap != NULL)
        *wrap = m;
    return response_cc(b, m.msg, data);
}

int
byhand15_challenge(struct byhand *b, uint8_t auth_type, const char *name,
                   uint8_t challenge[16])
{
    uint8_t rq[17] = { auth_type };
    struct bytes data;
    struct rd r;
    int cc;

    memcpy(rq + 1, name, strlen(name));
    byhand15_make(b, AUTH_NONE, 0, 0, NETFN_APP, 0x39, bytes_of(rq, sizeof rq));
    byhand_say_packet(b);
    cc = byhand15_cc(b, NULL, &data);
    if (cc != 0)
        return cc;
    r = rd_of(data);
    b->auth_type = auth_type;
    b->sid = rd_le32(&r);
    rd_copy(&r, challenge, 16);
    ck_assert(rd_done(&r));
    ck_assert_uint_ne(b->sid, 0);
    return cc;
}

int
byhand15_activate(struct byhand *b, uint8_t level, const uint8_t challenge[16],
                  uint32_t out_seq)
{
    uint8_t rq[22];
    struct wr w = wr_of(rq, sizeof rq);
    struct bytes data;
    struct rd r;
    int cc;

    wr_u8(&w, b->auth_type);
    wr_u8(&w, level);
    wr_bytes(&w, challenge, 16);
    wr_le32(&w, out_seq);
    byhand15_make(b, b->auth_type, b->sid, 0, NETFN_APP, 0x3a, wr_bytes_of(&w));
    byhand_say_packet(b);
    cc = byhand15_cc(b, NULL, &data);
    if (cc != 0)
        return cc;
    r = rd_of(data);
    rd_skip(&r, 1);
    b->sid = rd_le32(&r);
    b->seq = rd_le32(&r);
    rd_skip(&r, 1);
    ck_assert(rd_done(&r));
    return cc;
}

void
byhand15_login(struct byhand *b, uint8_t auth_type)
{
    uint8_t challenge[16];

    ck_assert_int_eq(byhand15_challenge(b, auth_type, LANPAIR_USER, challenge), 0);
    ck_assert_int_eq(byhand15_activate(b, PRIV_ADMIN, challenge, 0x100), 0);
}

/* ---- RMCP+ set-up ---- */

struct open_request
byhand_open_request(unsigned suite, uint8_t privilege)
{
    struct open_request rq = { .tag = 1, .privilege = privilege, .console_sid = CONSOLE_SID };

    for (uint8_t kind = 0; kind < ALG_KINDS; kind++)
        rq.alg[kind] = (struct algorithm_block){ kind, ALG_BLOCK_LEN,
                                                 suite_by_id(suite)->alg[kind] };
    return rq;
}

struct bytes
byhand_setup(struct byhand *b, uint8_t type, struct bytes payload)
{
    struct wr w = begin_packet(b);
    struct rmcpp m = { .type = type };

    rmcpp_build_header(&w, &m, payload.len);
    wr_span(&w, payload);
    end_packet(b, &w);
    byhand_say_packet(b);
    if (b->replies == 0)
        return bytes_of(NULL, 0);
    ck_assert_uint_eq(b->replies, 1);
    ck_assert_int_eq(rmcpp_parse(reply_data(b), &m), RMCPP_OK);
    ck_assert(!m.encrypted && !m.authenticated);
    ck_assert_uint_eq(m.type, type + 1u);
    ck_assert_uint_eq(m.sid, 0);
    ck_assert_uint_eq(m.seq, 0);
    return m.payload;
}

uint8_t
byhand_open(struct byhand *b, const struct open_request *rq, struct open_response *rs)
{
    uint8_t buf[RAKP_MSG_MAX];
    struct wr w = wr_of(buf, sizeof buf);

    open_request_build(&w, rq);
    ck_assert(open_response_parse(byhand_setup(b, PAYLOAD_OPEN_REQUEST, wr_bytes_of(&w)), rs));
    ck_assert_uint_eq(rs->tag, rq->tag);
    ck_assert_uint_eq(rs->console_sid, rq->console_sid);
    b->facts.auth = rs->alg[ALG_AUTH];
    b->facts.console_sid = rq->console_sid;
    b->facts.bmc_sid = rs->bmc_sid;
    return rs->status;
}

uint8_t
byhand_rakp1(struct byhand *b, uint8_t role, const char *name, struct rakp2 *rs)
{
    struct rakp1 *m = &b->rakp1;
    uint8_t buf[RAKP_MSG_MAX], code[RAKP_CODE_MAX];
    struct wr w = wr_of(buf, sizeof buf);

    *m = (struct rakp1){ .tag = 2, .bmc_sid = b->facts.bmc_sid, .role = role };
    rng_fill(&b->rng, m->random, sizeof m->random);
    m->name_len = (uint8_t)strlen(name);
    memcpy(m->name, name, m->name_len);
    rakp1_build(&w, m);
    ck_assert(rakp2_parse(byhand_setup(b, PAYLOAD_RAKP1, wr_bytes_of(&w)), rs));
    ck_assert_uint_eq(rs->tag, m->tag);
    if (rs->status != RAKP_OK)
        return rs->status;
    memcpy(b->facts.rc, m->random, sizeof m->random);
    memcpy(b->facts.rm, rs->random, sizeof rs->random);
    memcpy(b->facts.guid, rs->guid, sizeof rs->guid);
    b->facts.role = role;
    b->facts.name_len = m->name_len;
    memcpy(b->facts.name, m->name, sizeof m->name);
    ck_assert_uint_eq(rs->code.len, rakp_code_len(b->facts.auth));
    if (rs->code.len != 0 && rakp_code2(b->pair->work, &b->facts, b->kuid, code) &&
        memcmp(code, rs->code.at, rs->code.len) != 0)
        ck_abort_msg("RAKP 2 has a wrong code");
    return rs->status;
}

static void
derive(struct byhand *b, const struct rakp34 *rs)
{
    const uint8_t *kg = b->pair->config.kg_set ? b->pair->config.kg : b->kuid;
    uint8_t sik[RAKP_SIK_MAX], icv[RAKP_CODE_MAX], k1[RAKP_SIK_MAX], k2[RAKP_SIK_MAX];
    struct protect_keys keys = { { k1, rakp_code_len(b->facts.auth) }, k2, b->kuid };

    protect_close(&b->protect);
    b->seq20 = 1;
    if (b->facts.auth != AUTH_RAKP_NONE) {
        ck_assert(rakp_sik(b->pair->work, &b->facts, kg, sik));
        ck_assert(rakp_icv(b->pair->work, &b->facts, sik, icv));
        ck_assert_mem_eq(rs->code.at, icv, rs->code.len);
        ck_assert(rakp_key(b->pair->work, &b->facts, sik, 1, k1));
        ck_assert(rakp_key(b->pair->work, &b->facts, sik, 2, k2));
    }
    ck_assert_uint_eq(rs->code.len, rakp_icv_len(b->facts.auth));
    ck_assert_int_eq(protect_open(&b->protect, b->pair->crypto, b->suite, &keys), ST_OK);
}

uint8_t
byhand_rakp3(struct byhand *b, struct rakp34 *rs)
{
    uint8_t buf[RAKP_MSG_MAX], code[RAKP_CODE_MAX];
    struct wr w = wr_of(buf, sizeof buf);
    struct rakp34 m = { .tag = 3, .sid = b->facts.bmc_sid };

    m.code = bytes_of(code, rakp_code_len(b->facts.auth));
    if (m.code.len != 0)
        ck_assert(rakp_code3(b->pair->work, &b->facts, b->kuid, code));
    rakp34_build(&w, &m);
    ck_assert(rakp34_parse(byhand_setup(b, PAYLOAD_RAKP3, wr_bytes_of(&w)), rs));
    ck_assert_uint_eq(rs->tag, m.tag);
    ck_assert_uint_eq(rs->sid, b->facts.console_sid);
    if (rs->status == RAKP_OK)
        derive(b, rs);
    return rs->status;
}

uint8_t
byhand_login(struct byhand *b, unsigned suite, uint8_t role, const char *name)
{
    struct open_request rq = byhand_open_request(suite, 0);
    struct open_response open;
    struct rakp2 rakp2;
    struct rakp34 rakp4;
    uint8_t status = byhand_open(b, &rq, &open);

    b->suite = suite_by_id(suite);
    if (status == RAKP_OK)
        status = byhand_rakp1(b, role, name, &rakp2);
    if (status == RAKP_OK)
        status = byhand_rakp3(b, &rakp4);
    return status;
}

/* ---- RMCP+ packets ---- */

struct byhand_packet
byhand_next(struct byhand *b)
{
    b->rq_seq = (uint8_t)((b->rq_seq + 1) % 64);
    return (struct byhand_packet){
        .encrypted = b->protect.conf != CONF_NONE,
        .authenticated = b->protect.integrity != INTEGRITY_NONE,
        .type = PAYLOAD_IPMI,
        .sid = b->facts.bmc_sid,
        .seq = b->seq20++,
    };
}

void
byhand_make(struct byhand *b, const struct byhand_packet *p, struct bytes payload)
{
    uint8_t hidden[OUTBOX_DATAGRAM_MAX], code[RMCPP_CODE_MAX];
    struct wr h = wr_of(hidden, sizeof hidden), w = begin_packet(b);
    uint8_t *start = w.at;

    if (p->encrypted) {
        ck_assert(protect_encrypt(&b->protect, b->pair->work, &b->rng, payload, &h));
        payload = wr_bytes_of(&h);
    }
    rmcpp_build_header(&w, &(struct rmcpp){
        .encrypted = p->encrypted, .authenticated = p->authenticated, .type = p->type,
        .sid = p->sid, .seq = p->seq,
    }, payload.len);
    wr_span(&w, payload);
    if (p->authenticated) {
        rmcpp_build_trailer(&w, start);
        ck_assert(protect_sign(&b->protect, b->pair->work,
                               bytes_of(start, (size_t)(w.at - start)), code));
        wr_bytes(&w, code, protect_code_len(&b->protect));
    }
    end_packet(b, &w);
}

void
byhand_make_request(struct byhand *b, const struct byhand_packet *p, uint8_t netfn,
                    uint8_t cmd, struct bytes data)
{
    uint8_t msg[1100];

    byhand_make(b, p, request(b, netfn, cmd, data, msg, sizeof msg));
}

enum lan_drop
byhand_send(struct byhand *b, uint8_t netfn, uint8_t cmd, struct bytes data)
{
    struct byhand_packet p = byhand_next(b);

    byhand_make_request(b, &p, netfn, cmd, data);
    return byhand_say_packet(b);
}

int
byhand_cc(struct byhand *b, struct rmcpp *outer, uint8_t room[1024], struct bytes *data)
{
    struct rmcpp m;
    struct bytes plain;

    if (b->replies == 0)
        return -1;
    ck_assert_int_eq(rmcpp_parse(reply_data(b), &m), RMCPP_OK);
    ck_assert_uint_eq(m.type, PAYLOAD_IPMI);
    if (m.authenticated)
        ck_assert(protect_verify(&b->protect, b->pair->work, &m));
    plain = m.payload;
    if (m.encrypted)
        ck_assert(protect_decrypt(&b->protect, b->pair->work, m.payload, room, &plain));
    if (outer != NULL)
        *outer = m;
    return response_cc(b, plain, data);
}
