#include "sim/lan/remote.h"

#include <stdio.h>
#include <string.h>

#include "sim/base/hex.h"
#include "sim/base/sum.h"
#include "tests/lib/lanpair.h"
#include "tests/lib/run.h"

#define COUNT(a) ((int)(sizeof(a) / sizeof *(a)))
#define SEED 7

static struct lanpair pair;
static struct remote *remote;

static void
set_up(void)
{
    lanpair_begin(&pair, SEED);
    remote = NULL;
}

static void
tear_down(void)
{
    remote_free(remote);
    lanpair_end(&pair);
}

static void
make(const struct remote_opts *opts)
{
    remote_free(remote);
    remote = NULL;
    ck_assert_int_eq(remote_new(opts, &remote), ST_OK);
}

static void
assert_open(void)
{
    ck_assert_msg(remote_state(remote) == REMOTE_OPEN, "%s",
                  remote_error(remote) ? remote_error(remote) : "not open");
}

static void
assert_no_violation(void)
{
    ck_assert_msg(remote_violation(remote) == NULL, "%s", remote_violation(remote));
}

static void
assert_failed(const char *words)
{
    ck_assert_int_eq(remote_state(remote), REMOTE_FAILED);
    ck_assert_str_eq(remote_error(remote), words);
    ck_assert_int_eq(remote_privilege(remote), PRIV_NONE);
}

/* What came of a request. */
struct end {
    unsigned answers, time_outs;
    uint8_t cc;
    struct bytes data;
    uint8_t room[256];
    instant at;
};

static void
note_end(void *ctx, bool timed_out, uint8_t cc, struct bytes data)
{
    struct end *e = ctx;

    e->at = pair.world.now;
    if (timed_out) {
        e->time_outs++;
        return;
    }
    e->answers++;
    e->cc = cc;
    ck_assert_uint_le(data.len, sizeof e->room);
    if (data.len)
        memcpy(e->room, data.at, data.len);
    e->data = bytes_of(e->room, data.len);
}

static bool
ask_echo(struct end *e, uint8_t octet, size_t len)
{
    uint8_t data[REMOTE_DATA_MAX + 1];

    memset(data, octet, sizeof data);
    return remote_request(remote, pair.world.now, LANPAIR_ECHO_NETFN, LANPAIR_ECHO_CMD,
                          bytes_of(data, len), note_end, e);
}

/* One request there and back. */
static void
assert_echo(uint8_t octet, size_t len)
{
    struct end e = { 0 };

    ck_assert(ask_echo(&e, octet, len));
    lanpair_run(&pair, remote);
    ck_assert_uint_eq(e.answers, 1);
    ck_assert_uint_eq(e.cc, CC_OK);
    ck_assert_uint_eq(e.data.len, len);
    for (size_t i = 0; i < len; i++)
        ck_assert_uint_eq(e.data.at[i], octet);
}

/* ---- sessions of every kind ---- */

static void
assert_whole_session(void)
{
    lanpair_open(&pair, remote);
    assert_open();
    ck_assert_int_eq(remote_privilege(remote), PRIV_ADMIN);
    ck_assert_uint_ne(remote_bmc_sid(remote), 0);
    ck_assert_uint_eq(lan_session_count(pair.lan), 1);
    for (uint8_t i = 0; i < 40; i++)
        assert_echo(i, i);
    assert_echo(0xaa, 200);
    remote_close(remote, pair.world.now);
    lanpair_run(&pair, remote);
    ck_assert_int_eq(remote_state(remote), REMOTE_CLOSED);
    ck_assert_uint_eq(lan_session_count(pair.lan), 0);
    ck_assert_uint_eq(pair.began, 1);
    ck_assert_uint_eq(pair.ended, 1);
    ck_assert_uint_eq(remote_stats(remote)->retries, 0);
    assert_no_violation();
}

START_TEST(keeps_a_session_of_each_suite)
{
    struct remote_opts opts = lanpair_console(&pair);

    opts.suite = (uint8_t)_i;
    make(&opts);
    assert_whole_session();
}
END_TEST

START_TEST(keeps_a_session_of_each_suite_with_two_keys)
{
    struct remote_opts opts = lanpair_console(&pair);

    opts.suite = (uint8_t)_i;
    opts.kg_set = pair.config.kg_set = true;
    memcpy(opts.kg, "0123456789abcdefghij", sizeof opts.kg);
    memcpy(pair.config.kg, opts.kg, sizeof opts.kg);
    make(&opts);
    assert_whole_session();
}
END_TEST

static const uint8_t auth_types[] = { 0, 1, 2, 4 };

START_TEST(keeps_a_session_of_each_authentication_type)
{
    struct remote_opts opts = lanpair_console(&pair);

    opts.rmcpp = false;
    opts.auth_type = auth_types[_i];
    make(&opts);
    assert_whole_session();
}
END_TEST

START_TEST(goes_on_unauthenticated_where_that_is_enough)
{
    struct remote_opts opts = lanpair_console(&pair);

    opts.rmcpp = false;
    opts.auth_type = auth_types[_i];
    pair.channel.volatile_access.per_message_disabled = true;
    make(&opts);
    assert_whole_session();
}
END_TEST

START_TEST(takes_20_octets_of_password_as_they_are)
{
    struct remote_opts opts = lanpair_console(&pair);

    memcpy(opts.password, "twenty-octets-of-it!", sizeof opts.password);
    memcpy(pair.users[1].password, opts.password, sizeof opts.password);
    pair.users[1].password_is_20 = true;
    opts.suite = (uint8_t)_i;
    make(&opts);
    assert_whole_session();
}
END_TEST

/* ---- ways to ask ---- */

START_TEST(logs_in_by_name_and_privilege)
{
    struct remote_opts opts = lanpair_console(&pair);

    opts.name_only = false;
    make(&opts);
    assert_whole_session();
}
END_TEST

START_TEST(asks_for_the_highest_privilege)
{
    struct remote_opts opts = lanpair_console(&pair);

    opts.ask_highest = true;
    make(&opts);
    assert_whole_session();
}
END_TEST

START_TEST(leaves_out_the_capabilities)
{
    struct remote_opts opts = lanpair_console(&pair);

    opts.skip_capabilities = true;
    opts.rmcpp = _i;
    opts.auth_type = 2;
    make(&opts);
    assert_whole_session();
}
END_TEST

START_TEST(stays_a_user_when_it_wants_no_more)
{
    struct remote_opts opts = lanpair_console(&pair);
    unsigned before = pair.requests;

    strcpy(opts.user, "user");
    opts.privilege = PRIV_USER;
    opts.skip_capabilities = true;
    make(&opts);
    lanpair_open(&pair, remote);
    assert_open();
    ck_assert_int_eq(remote_privilege(remote), PRIV_USER);
    ck_assert_uint_eq(pair.requests, before);
    assert_no_violation();
}
END_TEST

START_TEST(asks_outside_of_sessions)
{
    struct remote_opts opts = lanpair_console(&pair);
    static const uint8_t ask[] = { 0x8e, PRIV_ADMIN };
    struct end e = { 0 };

    make(&opts);
    ck_assert(remote_request(remote, 0, NETFN_APP, 0x38, bytes_of(ask, 2), note_end, &e));
    lanpair_run(&pair, remote);
    ck_assert_uint_eq(e.answers, 1);
    ck_assert_uint_eq(e.data.len, 8);
    ck_assert_int_eq(remote_state(remote), REMOTE_IDLE);
    assert_no_violation();
}
END_TEST

START_TEST(opens_again_and_again)
{
    struct remote_opts opts = lanpair_console(&pair);

    opts.rmcpp = _i;
    opts.auth_type = 2;
    make(&opts);
    for (unsigned i = 1; i <= 5; i++) {
        lanpair_open(&pair, remote);
        assert_open();
        assert_echo(1, 1);
        remote_close(remote, pair.world.now);
        lanpair_run(&pair, remote);
        ck_assert_int_eq(remote_state(remote), REMOTE_CLOSED);
        ck_assert_uint_eq(pair.ended, i);
    }
    assert_no_violation();
}
END_TEST

START_TEST(opens_anew_in_the_midst_of_it)
{
    struct remote_opts opts = lanpair_console(&pair);
    struct end e = { 0 };

    make(&opts);
    remote_open(remote, 0);
    remote_open(remote, 0);
    lanpair_open(&pair, remote);
    assert_open();
    ck_assert(ask_echo(&e, 1, 1));
    lanpair_open(&pair, remote);
    assert_open();
    ck_assert_uint_eq(e.time_outs, 1);
    assert_no_violation();
}
END_TEST

START_TEST(knows_no_such_kind_of_session)
{
    struct remote_opts opts = lanpair_console(&pair);
    struct remote *r;

    opts.suite = 20;
    ck_assert_int_eq(remote_new(&opts, &r), ST_INVALID);
    opts.rmcpp = false;
    opts.auth_type = 3;
    ck_assert_int_eq(remote_new(&opts, &r), ST_INVALID);
}
END_TEST

/* ---- refusals ---- */

static const struct {
    const char *why;
    bool rmcpp;
    uint8_t auth_type, suite;
    const char *user, *password, *kg;
    uint8_t privilege;
    const char *want;
} refusals[] = {
    { "wrong password", true, 0, 3, LANPAIR_USER, "tset", NULL, PRIV_ADMIN,
      "RAKP 2: wrong key exchange code (another password?)" },
    { "wrong password, SHA-256", true, 0, 17, LANPAIR_USER, "", NULL, PRIV_ADMIN,
      "RAKP 2: wrong key exchange code (another password?)" },
    { "wrong K_g", true, 0, 3, LANPAIR_USER, LANPAIR_PASSWORD, "other", PRIV_ADMIN,
      "RAKP 4: wrong integrity check value (another K_g?)" },
    { "unknown name", true, 0, 3, "nobody", LANPAIR_PASSWORD, NULL, PRIV_ADMIN,
      "RAKP 2: unauthorized name" },
    { "disabled null user", true, 0, 3, "", LANPAIR_PASSWORD, NULL, PRIV_ADMIN,
      "RAKP 2: unauthorized name" },
    { "a user who would be administrator", true, 0, 3, "user", LANPAIR_PASSWORD, NULL,
      PRIV_ADMIN, "RAKP 2: unauthorized role or privilege level requested" },
    { "1.5: wrong password", false, 2, 0, LANPAIR_USER, "tset", NULL, PRIV_ADMIN,
      "Activate Session: no answer" },
    { "1.5: wrong straight password", false, 4, 0, LANPAIR_USER, "tset", NULL, PRIV_ADMIN,
      "Activate Session: no answer" },
    { "1.5: unknown name", false, 2, 0, "nobody", LANPAIR_PASSWORD, NULL, PRIV_ADMIN,
      "Get Session Challenge: invalid user name" },
};

START_TEST(fails_in_words)
{
    struct remote_opts opts = lanpair_console(&pair);

    opts.rmcpp = refusals[_i].rmcpp;
    opts.auth_type = refusals[_i].auth_type;
    opts.suite = refusals[_i].suite;
    opts.privilege = refusals[_i].privilege;
    strcpy(opts.user, refusals[_i].user);
    memset(opts.password, 0, sizeof opts.password);
    memcpy(opts.password, refusals[_i].password, strlen(refusals[_i].password));
    if (refusals[_i].kg != NULL) {
        opts.kg_set = true;
        memcpy(opts.kg, refusals[_i].kg, strlen(refusals[_i].kg));
    }
    make(&opts);
    lanpair_open(&pair, remote);
    assert_failed(refusals[_i].want);
    assert_no_violation();
    ck_assert_uint_eq(lan_session_count(pair.lan), pair.began - pair.ended);
}
END_TEST

START_TEST(fails_when_the_type_is_not_offered)
{
    struct remote_opts opts = lanpair_console(&pair);

    opts.rmcpp = false;
    opts.auth_type = 1;
    memset(pair.config.auth_enables, AUTH_BIT_MD5, sizeof pair.config.auth_enables);
    make(&opts);
    lanpair_open(&pair, remote);
    assert_failed("Get Channel Authentication Capabilities: "
                  "the authentication type is not offered");
}
END_TEST

START_TEST(fails_when_ipmi_2_is_not_offered)
{
    struct remote_opts opts = lanpair_console(&pair);

    pair.config.rmcpp = false;
    make(&opts);
    lanpair_open(&pair, remote);
    assert_failed("Get Channel Authentication Capabilities: IPMI 2.0 is not offered");
}
END_TEST

START_TEST(fails_at_the_fifth_silence)
{
    struct remote_opts opts = lanpair_console(&pair);

    opts.skip_capabilities = true;
    pair.deaf = true;
    make(&opts);
    lanpair_open(&pair, remote);
    assert_failed("Open Session: no answer");
    ck_assert_uint_eq(pair.world.now, SPAN_S(5));
    ck_assert_uint_eq(remote_stats(remote)->sent, 5);
}
END_TEST

/* ---- requests ---- */

static void
open_plain(uint8_t suite)
{
    struct remote_opts opts = lanpair_console(&pair);

    opts.suite = suite;
    make(&opts);
    lanpair_open(&pair, remote);
    assert_open();
}

START_TEST(has_eight_under_way_and_no_more)
{
    struct end e[REMOTE_PENDING_MAX] = { 0 }, more = { 0 };

    open_plain(3);
    for (uint8_t i = 0; i < REMOTE_PENDING_MAX; i++)
        ck_assert(ask_echo(&e[i], i, 1));
    ck_assert(!ask_echo(&more, 1, 1));
    lanpair_run(&pair, remote);
    for (uint8_t i = 0; i < REMOTE_PENDING_MAX; i++) {
        ck_assert_uint_eq(e[i].answers, 1);
        ck_assert_uint_eq(e[i].data.at[0], i);
    }
    ck_assert_uint_eq(more.answers + more.time_outs, 0);
    assert_no_violation();
}
END_TEST

START_TEST(refuses_more_data_than_a_message_holds)
{
    struct end e = { 0 };

    open_plain(3);
    ck_assert(!ask_echo(&e, 1, REMOTE_DATA_MAX + 1));
    ck_assert(ask_echo(&e, 1, REMOTE_DATA_MAX));
}
END_TEST

START_TEST(gives_completion_codes_as_they_come)
{
    struct end e = { 0 };

    open_plain(3);
    ck_assert(remote_request(remote, 0, NETFN_STORAGE, 0x99, (struct bytes){ 0 }, note_end, &e));
    lanpair_run(&pair, remote);
    ck_assert_uint_eq(e.cc, CC_INVALID_COMMAND);
    ck_assert_uint_eq(e.data.len, 0);
}
END_TEST

/* Datagrams to the BMC, as they left. */
struct log {
    unsigned count;
    uint32_t session_seq[16];
    uint8_t rq_seq[16];
};

static void
log_clear_request(void *ctx, bool to_bmc, struct bytes d)
{
    struct log *log = ctx;

    if (!to_bmc || log->count == COUNT(log->rq_seq))
        return;
    /* suite 1: nothing hides the message, 16 octets in */
    log->session_seq[log->count] = (uint32_t)d.at[10] | (uint32_t)d.at[11] << 8;
    log->rq_seq[log->count] = d.at[16 + 4] >> 2;
    log->count++;
}

START_TEST(retries_with_the_same_rqseq_under_new_session_numbers)
{
    struct log log = { 0 };
    struct end e = { 0 };
    instant before;

    open_plain(1);
    before = pair.world.now;
    pair.seen = log_clear_request;
    pair.seen_ctx = &log;
    pair.deaf = true;
    ck_assert(ask_echo(&e, 1, 4));
    lanpair_run(&pair, remote);
    ck_assert_uint_eq(e.time_outs, 1);
    ck_assert_uint_eq(e.at, before + SPAN_S(5));
    ck_assert_uint_eq(log.count, 5);
    for (unsigned i = 1; i < log.count; i++) {
        ck_assert_uint_eq(log.rq_seq[i], log.rq_seq[0]);
        ck_assert_uint_eq(log.session_seq[i], log.session_seq[i - 1] + 1);
    }
}
END_TEST

START_TEST(is_closed_though_nobody_answers)
{
    open_plain(3);
    pair.deaf = true;
    remote_close(remote, pair.world.now);
    ck_assert_int_eq(remote_state(remote), REMOTE_CLOSING);
    lanpair_run(&pair, remote);
    ck_assert_int_eq(remote_state(remote), REMOTE_CLOSED);
}
END_TEST

START_TEST(tells_of_requests_that_a_close_ends)
{
    struct end e = { 0 };

    open_plain(3);
    ck_assert(ask_echo(&e, 1, 4));
    remote_close(remote, pair.world.now);
    ck_assert_uint_eq(e.time_outs, 1);
    lanpair_run(&pair, remote);
    ck_assert_uint_eq(e.answers, 0);
}
END_TEST

/* ---- a bad network ---- */

static void
arm(enum fault_effect effect, uint32_t permille, instant span)
{
    struct fault_rule rule = fault_rule_any(effect);
    uint32_t id;

    rule.name = "bad network";
    rule.link = TAP_LAN;
    rule.probability_ppm = permille * 1000;
    rule.span = span;
    rule.count = 1;
    ck_assert_int_eq(world_arm_fault(&pair.world, &rule, &id), ST_OK);
}

/* Suites 0 to 17, then the authentication types. */
static struct remote_opts
kind(int n)
{
    struct remote_opts opts = lanpair_console(&pair);

    opts.rmcpp = n < 18;
    opts.suite = (uint8_t)n;
    opts.auth_type = n < 18 ? 0 : auth_types[n - 18];
    opts.retries = 20;
    return opts;
}
#define KINDS (18 + 4)

static void
assert_gets_through(int n)
{
    struct remote_opts opts = kind(n);
    struct end e[40] = { 0 };

    make(&opts);
    lanpair_open(&pair, remote);
    assert_open();
    for (int i = 0; i < COUNT(e); i++) {
        if (!ask_echo(&e[i], (uint8_t)i, (size_t)i)) {
            lanpair_run(&pair, remote);
            ck_assert(ask_echo(&e[i], (uint8_t)i, (size_t)i));
        }
    }
    lanpair_run(&pair, remote);
    for (int i = 0; i < COUNT(e); i++) {
        ck_assert_msg(e[i].answers == 1, "request %d: %u answers, %u time-outs", i,
                      e[i].answers, e[i].time_outs);
        ck_assert_uint_eq(e[i].data.len, (size_t)i);
    }
    remote_close(remote, pair.world.now);
    lanpair_run(&pair, remote);
    ck_assert_int_eq(remote_state(remote), REMOTE_CLOSED);
    assert_no_violation();
}

START_TEST(gets_through_a_link_that_loses_a_fifth)
{
    arm(FAULT_LOSE, 200, 0);
    assert_gets_through(_i);
    ck_assert_uint_gt(remote_stats(remote)->retries, 0);
}
END_TEST

START_TEST(minds_no_repeated_datagrams)
{
    arm(FAULT_DUPLICATE, 300, 0);
    assert_gets_through(_i);
    ck_assert_uint_gt(remote_stats(remote)->repeats, 0);
}
END_TEST

START_TEST(minds_no_delayed_and_reordered_datagrams)
{
    arm(FAULT_DELAY, 200, SPAN_MS(30));
    arm(FAULT_REORDER, 200, SPAN_MS(30));
    assert_gets_through(_i);
}
END_TEST

/* ---- violations ---- */

/* Answers to be changed on their way; kind of session; what it breaks. */
static const struct {
    const char *why;
    int kind;
    int at;           /* octet of the datagram, from its end when negative */
    uint8_t flip;
    bool sums;        /* mend the message's checksums (kinds in the clear) */
    const char *want;
} changes[] = {
    { "RMCP version", 1, 0, 0x01, false, "13.1.3: no RMCP header of version 06h" },
    { "RMCP reserved", 1, 1, 0x01, false,
      "13.1.3: a reserved octet of the RMCP header is not zero" },
    { "RMCP sequence", 1, 2, 0x01, false, "13.1.3: the RMCP sequence number is not FFh" },
    { "RMCP class", 1, 3, 0x01, false, "13.1.3: the RMCP message class is not IPMI" },
    { "RMCP ACK", 1, 3, 0x80, false, "13.1.3: the RMCP message class is not IPMI" },
    { "payload length", 1, 14, 0x01, false,
      "13.6: the payload is not as long as the session header says" },
    { "checksum 1", 1, 16 + 2, 0x01, false, "13.8: checksum 1 is wrong" },
    { "checksum 2", 1, -1, 0x01, false, "13.8: checksum 2 is wrong" },
    { "requester's address", 1, 16, 0x02, true,
      "13.8: the answer is not addressed to the requester" },
    { "responder's address", 1, 16 + 3, 0x02, true,
      "13.8: the answer is not from the responder that was asked" },
    { "command", 1, 16 + 5, 0x01, true,
      "13.8: the answer is to another command than was asked under its rqSeq" },
    { "network function", 1, 16 + 1, 0x08, true,
      "13.8: the answer is to another command than was asked under its rqSeq" },
    { "authenticated bit", 1, 5, 0x40, false,
      "13.6: the packet is not authenticated as the session is" },
    { "session sequence number far off", 1, 11, 0x40, false,
      "6.12.12: the session sequence number of the answer is not a new one" },
    { "payload type", 1, 5, 0x01, false, "24.1: a payload of a type that was not activated" },
    { "AuthCode", 3, -1, 0x01, false,
      "13.28.4: the AuthCode or the session trailer is wrong" },
    { "next header", 3, -13, 0x01, false,
      "13.28.4: the AuthCode or the session trailer is wrong" },
    { "encrypted bit", 3, 5, 0x80, false,
      "13.6: the packet is not encrypted as the session is" },
    { "1.5 AuthCode", 18 + 2, 13, 0x01, false, "22.17.1: the AuthCode is wrong" },
    { "1.5 sequence number under MD5", 18 + 2, 5, 0x01, false,
      "22.17.1: the AuthCode is wrong" },
    { "1.5 type", 18 + 0, 4, 0x40, false,
      "13.6: a reserved bit of the authentication type is not zero" },
    { "1.5 length", 18 + 2, 29, 0x10, false,
      "13.6: the message is not as long as the session header says" },
};

static uint8_t answer[512];
static size_t answer_len;

static void
keep_answer(void *ctx, bool to_bmc, struct bytes d)
{
    (void)ctx;
    if (to_bmc)
        return;
    memcpy(answer, d.at, d.len);
    answer_len = d.len;
}

/* Get the datagram that answers an echo of 4 octets, and keep it from r. */
static void
catch_answer(struct end *e)
{
    static const struct peer console = { .addr = { 127, 0, 0, 1 }, .port = 40000,
                                         .family = PEER_IPV4 };
    struct bytes d;

    ck_assert(ask_echo(e, 5, 4));
    ck_assert(remote_output(remote, &d));
    lan_input(pair.lan, &console, d);
    ck_assert_uint_eq(outbox_count(pair.out), 1);
    keep_answer(NULL, false, outbox_at(pair.out, 0)->bytes);
    outbox_clear(pair.out);
}

static void
mend_sums(size_t msg)
{
    answer[msg + 2] = sum_of(answer + msg, 2);
    answer[answer_len - 1] = sum_of(answer + msg + 3, answer_len - msg - 4);
}

START_TEST(tells_which_rule_was_broken)
{
    struct remote_opts opts = kind(changes[_i].kind);
    struct end e = { 0 };
    size_t at;

    make(&opts);
    lanpair_open(&pair, remote);
    assert_open();
    assert_no_violation();
    catch_answer(&e);
    at = (size_t)(changes[_i].at < 0 ? (int)answer_len + changes[_i].at : changes[_i].at);
    answer[at] ^= changes[_i].flip;
    if (changes[_i].sums)
        mend_sums(16);
    remote_input(remote, pair.world.now, bytes_of(answer, answer_len));
    ck_assert_ptr_nonnull(remote_violation(remote));
    ck_assert_str_eq(remote_violation(remote), changes[_i].want);

    /* and it was told apart from nothing but a loss */
    lanpair_run(&pair, remote);
    ck_assert_uint_eq(e.answers, 1);
    ck_assert_uint_eq(e.data.len, 4);
}
END_TEST

START_TEST(survives_any_change_of_one_octet)
{
    struct remote_opts opts = kind(_i);
    struct end e = { 0 };
    uint8_t copy[sizeof answer];

    make(&opts);
    lanpair_open(&pair, remote);
    assert_open();
    catch_answer(&e);
    memcpy(copy, answer, answer_len);
    for (size_t at = 0; at < answer_len; at++) {
        for (unsigned bit = 0; bit < 8; bit++) {
            memcpy(answer, copy, answer_len);
            answer[at] ^= (uint8_t)(1u << bit);
            remote_input(remote, pair.world.now, bytes_of(answer, answer_len));
        }
    }
    for (size_t len = 0; len < answer_len; len++)
        remote_input(remote, pair.world.now, bytes_of(copy, len));
    ck_assert_uint_gt(remote_stats(remote)->violations, 0);
    lanpair_run(&pair, remote);
    ck_assert_uint_eq(e.answers, 1);
    assert_echo(9, 9);
}
END_TEST

/* ---- determinism ---- */

static void
add_to_digest(void *ctx, bool to_bmc, struct bytes d)
{
    uint64_t *h = ctx;

    *h = (*h ^ (to_bmc ? 1u : 2u)) * 1099511628211u;
    for (size_t i = 0; i < d.len; i++)
        *h = (*h ^ d.at[i]) * 1099511628211u;
}

static uint64_t
history(int n, const char *key)
{
    uint64_t h = 14695981039346656037u;
    struct remote_opts opts;

    lanpair_end(&pair);
    lanpair_begin(&pair, SEED);
    pair.seen = add_to_digest;
    pair.seen_ctx = &h;
    arm(FAULT_LOSE, 200, 0);
    opts = kind(n);
    opts.key = rng_key_named(rng_key_root(1), key);
    make(&opts);
    lanpair_open(&pair, remote);
    assert_open();
    assert_echo(1, 10);
    return h;
}

START_TEST(repeats_its_history_from_its_key)
{
    uint64_t first = history(_i, "one");

    ck_assert_uint_eq(history(_i, "one"), first);
    ck_assert_uint_ne(history(_i, "two"), first);
}
END_TEST

static Suite *
remote_suite(void)
{
    TCase *tc;
    Suite *s = run_suite_of("remote", &tc);

    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_loop_test(tc, keeps_a_session_of_each_suite, 0, 18);
    tcase_add_loop_test(tc, keeps_a_session_of_each_suite_with_two_keys, 0, 18);
    tcase_add_loop_test(tc, keeps_a_session_of_each_authentication_type, 0, COUNT(auth_types));
    tcase_add_loop_test(tc, goes_on_unauthenticated_where_that_is_enough, 0,
                        COUNT(auth_types));
    tcase_add_loop_test(tc, takes_20_octets_of_password_as_they_are, 1, 18);
    tcase_add_test(tc, logs_in_by_name_and_privilege);
    tcase_add_test(tc, asks_for_the_highest_privilege);
    tcase_add_loop_test(tc, leaves_out_the_capabilities, 0, 2);
    tcase_add_test(tc, stays_a_user_when_it_wants_no_more);
    tcase_add_test(tc, asks_outside_of_sessions);
    tcase_add_loop_test(tc, opens_again_and_again, 0, 2);
    tcase_add_test(tc, opens_anew_in_the_midst_of_it);
    tcase_add_test(tc, knows_no_such_kind_of_session);
    tcase_add_loop_test(tc, fails_in_words, 0, COUNT(refusals));
    tcase_add_test(tc, fails_when_the_type_is_not_offered);
    tcase_add_test(tc, fails_when_ipmi_2_is_not_offered);
    tcase_add_test(tc, fails_at_the_fifth_silence);
    tcase_add_test(tc, has_eight_under_way_and_no_more);
    tcase_add_test(tc, refuses_more_data_than_a_message_holds);
    tcase_add_test(tc, gives_completion_codes_as_they_come);
    tcase_add_test(tc, retries_with_the_same_rqseq_under_new_session_numbers);
    tcase_add_test(tc, is_closed_though_nobody_answers);
    tcase_add_test(tc, tells_of_requests_that_a_close_ends);
    tcase_add_loop_test(tc, gets_through_a_link_that_loses_a_fifth, 0, KINDS);
    tcase_add_loop_test(tc, minds_no_repeated_datagrams, 0, KINDS);
    tcase_add_loop_test(tc, minds_no_delayed_and_reordered_datagrams, 0, KINDS);
    tcase_add_loop_test(tc, tells_which_rule_was_broken, 0, COUNT(changes));
    tcase_add_loop_test(tc, survives_any_change_of_one_octet, 0, KINDS);
    tcase_add_loop_test(tc, repeats_its_history_from_its_key, 0, KINDS);
    return s;
}

int
main(void)
{
    return run_suite(remote_suite());
}
