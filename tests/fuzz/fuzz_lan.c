/*
 * Datagrams fed to a LAN channel that has sessions open, and an honest client
 * beside them that must be served afterwards.
 *
 * An input is a row of records: how, length, content. Content is a datagram as
 * it stands, or wrapped so that it gets further than noise would.
 */
#include <stdio.h>
#include <stdlib.h>

#include "sim/base/rd.h"
#include "sim/wire/lan15.h"
#include "sim/wire/lanmsg.h"
#include "sim/wire/rakp_msg.h"
#include "sim/wire/rmcp.h"
#include "sim/wire/rmcpp.h"
#include "tests/lib/lanpair.h"

enum how {
    RAW,               /* the datagram itself */
    PAYLOAD_IN_20,     /* payload type, payload: in an RMCP+ session (suite 1) */
    MESSAGE_IN_15,     /* message: in an IPMI 1.5 session (type none) */
    SET_UP,            /* payload type, payload: for the session opened last */
    REQUEST_ALONE,     /* netfn, cmd, data: outside a session */
    REQUEST_IN_20,
    REQUEST_IN_15,
    WAIT,              /* seconds */
    HOWS
};

/* What a console said last in each kind of session: where to go on. */
struct next {
    uint32_t sid, seq;
};

static struct lanpair pair;
static struct next next15, next20;
static uint32_t opened;         /* BMC session id of the last Open Session Response */

static const struct peer stranger = { .addr = { 192, 0, 2, 66 }, .port = 666,
                                      .family = PEER_IPV4 };

static void
must(bool held, const char *what)
{
    if (held)
        return;
    fprintf(stderr, "fuzz_lan: %s\n", what);
    abort();
}

/* ---- sessions to go on in ---- */

static void
learn(void *ctx, bool to_bmc, struct bytes datagram)
{
    struct rmcp r;
    struct lan15 m15;
    struct rmcpp m20;

    (void)ctx;
    if (!to_bmc || rmcp_parse(datagram, &r) != RMCP_OK)
        return;
    if (lan15_auth_type(r.data) == AUTH_RMCPP) {
        if (rmcpp_parse(r.data, &m20) == RMCPP_OK)
            next20 = (struct next){ m20.sid, m20.seq };
    } else if (lan15_parse(r.data, &m15) == LAN15_OK) {
        next15 = (struct next){ m15.sid, m15.seq };
    }
}

static struct remote *
open_console(bool rmcpp, uint8_t suite)
{
    struct remote_opts opts = lanpair_console(&pair);
    struct remote *r;

    opts.rmcpp = rmcpp;
    opts.suite = suite;
    opts.auth_type = AUTH_NONE;
    must(remote_new(&opts, &r) == ST_OK, "remote_new");
    lanpair_open(&pair, r);
    must(remote_state(r) == REMOTE_OPEN, "an honest client is not let in");
    return r;
}

/* ---- what is said ---- */

static void
say(const struct wr *w)
{
    struct rmcp r;
    struct rmcpp m;
    struct open_response rs;

    if (w->bad)
        return;
    lan_input(pair.lan, &stranger, wr_bytes_of(w));
    for (size_t i = 0; i < outbox_count(pair.out); i++)
        if (rmcp_parse(outbox_at(pair.out, i)->bytes, &r) == RMCP_OK &&
            rmcpp_parse(r.data, &m) == RMCPP_OK && m.type == PAYLOAD_OPEN_RESPONSE &&
            open_response_parse(m.payload, &rs) && rs.status == RAKP_OK)
            opened = rs.bmc_sid;
    outbox_clear(pair.out);
}

static struct wr
begin(uint8_t *buf, size_t size)
{
    struct wr w = wr_of(buf, size);

    rmcp_build(&w, &(struct rmcp){ .sequence = RMCP_NO_ACK, .msg_class = RMCP_IPMI });
    return w;
}

static void
say_payload(uint8_t type, struct next at, struct bytes payload)
{
    uint8_t buf[2048];
    struct wr w = begin(buf, sizeof buf);

    rmcpp_build_header(&w, &(struct rmcpp){ .type = type, .sid = at.sid, .seq = at.seq },
                       payload.len);
    wr_span(&w, payload);
    say(&w);
}

static void
say_message(struct next at, struct bytes msg)
{
    uint8_t buf[2048];
    struct wr w = begin(buf, sizeof buf);

    lan15_build(&w, &(struct lan15){ .sid = at.sid, .seq = at.seq, .msg = msg });
    say(&w);
}

/* RAKP messages 1 and 3 name the session in their second word. */
static void
say_set_up(struct rd *r)
{
    uint8_t type = rd_u8(r), payload[256];
    struct bytes rest = rd_rest(r);
    struct wr w = wr_of(payload, sizeof payload), sid;

    wr_span(&w, rest);
    if (type != PAYLOAD_OPEN_REQUEST && rest.len >= 8) {
        sid = wr_of(payload + 4, 4);
        wr_le32(&sid, opened);
    }
    say_payload(type, (struct next){ 0, 0 }, wr_bytes_of(&w));
}

static struct bytes
request(struct rd *r, uint8_t *buf, size_t size)
{
    struct wr w = wr_of(buf, size);
    uint8_t netfn = rd_u8(r) & 0x3f, cmd = rd_u8(r);

    lanmsg_build(&w, &(struct lanmsg){ .to = 0x20, .netfn = netfn, .from = 0x81,
                                       .cmd = cmd, .data = rd_rest(r) });
    return wr_bytes_of(&w);
}

static void
say_record(uint8_t how, struct bytes content)
{
    struct rd r = rd_of(content);
    uint8_t buf[300];
    struct wr raw;

    switch (how % HOWS) {
    case RAW:
        raw = wr_of(buf, sizeof buf);
        wr_span(&raw, content);
        say(&raw);
        break;
    case PAYLOAD_IN_20:
        next20.seq++;
        buf[0] = rd_u8(&r);
        say_payload(buf[0], next20, rd_rest(&r));
        break;
    case MESSAGE_IN_15:
        next15.seq++;
        say_message(next15, content);
        break;
    case SET_UP:
        say_set_up(&r);
        break;
    case REQUEST_ALONE:
        say_message((struct next){ 0, 0 }, request(&r, buf, sizeof buf));
        break;
    case REQUEST_IN_20:
        next20.seq++;
        say_payload(PAYLOAD_IPMI, next20, request(&r, buf, sizeof buf));
        break;
    case REQUEST_IN_15:
        next15.seq++;
        say_message(next15, request(&r, buf, sizeof buf));
        break;
    case WAIT:
        world_advance(&pair.world, pair.world.now + SPAN_S(rd_u8(&r)));
        break;
    }
}

/* ---- the honest client ---- */

static void
answered(void *ctx, bool timed_out, uint8_t cc, struct bytes data)
{
    (void)data;
    *(bool *)ctx = !timed_out && cc == 0;
}

static void
serve_the_honest(struct remote *r)
{
    bool good = false;

    must(remote_request(r, pair.world.now, NETFN_APP, 0x01, bytes_of(NULL, 0), answered,
                        &good), "remote_request");
    lanpair_run(&pair, r);
    must(good, "an honest client is not served");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct rd r = rd_of(bytes_of(data, size));
    struct remote *v15, *v20, *honest;

    lanpair_begin(&pair, 1);
    pair.seen = learn;
    v15 = open_console(false, 0);
    v20 = open_console(true, 1);
    pair.seen = NULL;
    while (rd_left(&r) >= 2) {
        uint8_t how = rd_u8(&r);
        size_t len = rd_u8(&r);

        say_record(how, rd_bytes(&r, len < rd_left(&r) ? len : rd_left(&r)));
    }
    honest = open_console(true, 3);
    serve_the_honest(honest);
    remote_free(honest);
    remote_free(v20);
    remote_free(v15);
    lanpair_end(&pair);
    return 0;
}
