#include "tests/lib/byhand.h"
#include "tests/lib/run.h"

static struct lanpair pair;
static struct byhand b;
static uint8_t room[1024];

static void
begin(void)
{
    lanpair_begin(&pair, 1);
    byhand_begin(&b, &pair);
}

static void
end(void)
{
    byhand_end(&b);
    lanpair_end(&pair);
}

static const struct bytes nothing;

static void
login(unsigned suite)
{
    ck_assert_uint_eq(byhand_login(&b, suite, 0x14, LANPAIR_USER), RAKP_OK);
}

static enum lan_drop
say(const struct byhand_packet *p)
{
    byhand_make_request(&b, p, NETFN_APP, 0x01, nothing);
    return byhand_say_packet(&b);
}

/* ---- protection ---- */

/* Suites by what they protect; a packet's bits; whether it passes. */
static const struct {
    unsigned suite;
    bool encrypted, authenticated;
    enum lan_drop want;
} mixes[] = {
    { 1, false, false, DROP_NONE },
    { 2, false, true, DROP_NONE },
    { 2, false, false, DROP_UNPROTECTED },
    { 3, true, true, DROP_NONE },
    { 3, false, true, DROP_UNPROTECTED },
    { 3, true, false, DROP_UNPROTECTED },
    { 3, false, false, DROP_UNPROTECTED },
    { 4, false, true, DROP_UNPROTECTED },
};

START_TEST(wants_what_was_agreed)
{
    struct byhand_packet p;
    struct rmcpp outer;

    login(mixes[_i].suite);
    p = byhand_next(&b);
    p.encrypted = mixes[_i].encrypted;
    p.authenticated = mixes[_i].authenticated;
    ck_assert_int_eq(say(&p), mixes[_i].want);
    if (mixes[_i].want != DROP_NONE)
        return;
    ck_assert_int_eq(byhand_cc(&b, &outer, room, NULL), CC_OK);
    ck_assert_int_eq(outer.encrypted, mixes[_i].encrypted);
    ck_assert_int_eq(outer.authenticated, mixes[_i].authenticated);
    ck_assert_uint_eq(outer.sid, b.facts.console_sid);
    ck_assert_uint_eq(outer.seq, 1);
}
END_TEST

START_TEST(takes_no_protection_where_none_was_agreed)
{
    struct byhand_packet p;

    login(1);
    p = byhand_next(&b);
    byhand_make_request(&b, &p, NETFN_APP, 0x01, nothing);
    b.packet[5] |= RMCPP_AUTHENTICATED;
    ck_assert_int_eq(byhand_say_packet(&b), DROP_UNPROTECTED);
    b.packet[5] = RMCPP_ENCRYPTED;
    ck_assert_int_eq(byhand_say_packet(&b), DROP_UNPROTECTED);
}
END_TEST

START_TEST(drops_a_packet_with_any_bit_turned)
{
    struct byhand_packet p;

    login((unsigned)_i);
    p = byhand_next(&b);
    byhand_make_request(&b, &p, NETFN_APP, 0x01, nothing);
    for (size_t bit = 8 * 4; bit < 8 * b.packet_len; bit++) {
        b.packet[bit / 8] ^= (uint8_t)(1u << bit % 8);
        byhand_say_packet(&b);
        ck_assert_uint_eq(b.replies, 0);
        b.packet[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    ck_assert_uint_eq(pair.requests, 0);
    ck_assert_int_eq(byhand_say_packet(&b), DROP_NONE);
    ck_assert_int_eq(byhand_cc(&b, NULL, room, NULL), CC_OK);
}
END_TEST

/* ---- numbers ---- */

static const struct {
    const char *why;
    uint32_t seq[3];       /* 0: no more */
    enum lan_drop want;    /* of the last */
} numbers[] = {
    { "first", { 1 }, DROP_NONE },
    { "ipmitool's first", { 3 }, DROP_NONE },
    { "the farthest first", { 16 }, DROP_NONE },
    { "beyond", { 17 }, DROP_SEQUENCE },
    { "again", { 5, 5 }, DROP_SEQUENCE },
    { "late", { 5, 4 }, DROP_NONE },
    { "late, again", { 5, 4, 4 }, DROP_SEQUENCE },
    { "too late", { 16, 32, 15 }, DROP_SEQUENCE },
    { "just not too late", { 15, 31, 16 }, DROP_NONE },
};

START_TEST(tells_fresh_packets_by_their_numbers)
{
    enum lan_drop got = DROP_INTERNAL;

    login(3);
    for (int i = 0; i < 3 && numbers[_i].seq[i] != 0; i++) {
        struct byhand_packet p = byhand_next(&b);

        p.seq = numbers[_i].seq[i];
        got = say(&p);
    }
    ck_assert_msg(got == numbers[_i].want, "%s: %s", numbers[_i].why, lan_drop_text(got));
}
END_TEST

START_TEST(takes_no_number_0)
{
    struct byhand_packet p;

    login(1);
    p = byhand_next(&b);
    p.seq = 0;
    ck_assert_int_eq(say(&p), DROP_SEQUENCE);
}
END_TEST

START_TEST(numbers_its_own_packets_one_by_one)
{
    struct rmcpp outer;

    login(17);
    for (uint32_t i = 1; i < 30; i++) {
        byhand_send(&b, NETFN_APP, 0x01, nothing);
        ck_assert_int_eq(byhand_cc(&b, &outer, room, NULL), CC_OK);
        ck_assert_uint_eq(outer.seq, i);
    }
}
END_TEST

START_TEST(lets_no_forger_move_the_window)
{
    struct byhand_packet p;

    login(2);
    p = byhand_next(&b);
    p.seq = 16;
    byhand_make_request(&b, &p, NETFN_APP, 0x01, nothing);
    b.packet[b.packet_len - 1] ^= 1;
    ck_assert_int_eq(byhand_say_packet(&b), DROP_AUTHCODE);
    for (uint32_t i = 1; i < 5; i++) {
        p = byhand_next(&b);
        p.seq = i;
        ck_assert_int_eq(say(&p), DROP_NONE);
    }
}
END_TEST

/* ---- payloads ---- */

static const struct {
    uint8_t type;
    enum lan_drop in, out;     /* in a session, outside */
} payloads[] = {
    { PAYLOAD_SOL, DROP_PAYLOAD_OFF, DROP_NOT_SESSIONLESS },
    { PAYLOAD_OEM0, DROP_PAYLOAD_OFF, DROP_NOT_SESSIONLESS },
    { PAYLOAD_OEM7, DROP_PAYLOAD_OFF, DROP_NOT_SESSIONLESS },
    { 0x03, DROP_PAYLOAD_TYPE, DROP_PAYLOAD_TYPE },
    { 0x0f, DROP_PAYLOAD_TYPE, DROP_PAYLOAD_TYPE },
    { PAYLOAD_OPEN_REQUEST, DROP_PAYLOAD_TYPE, DROP_LENGTH },
    { PAYLOAD_OPEN_RESPONSE, DROP_PAYLOAD_TYPE, DROP_PAYLOAD_TYPE },
    { PAYLOAD_RAKP1, DROP_PAYLOAD_TYPE, DROP_LENGTH },
    { PAYLOAD_RAKP3, DROP_PAYLOAD_TYPE, DROP_LENGTH },
    { 0x28, DROP_PAYLOAD_TYPE, DROP_PAYLOAD_TYPE },
    { 0x3f, DROP_PAYLOAD_TYPE, DROP_PAYLOAD_TYPE },
};

START_TEST(knows_where_a_payload_belongs)
{
    struct byhand_packet p;

    login(3);
    p = byhand_next(&b);
    p.type = payloads[_i].type;
    byhand_make(&b, &p, byhand_text("abc"));
    ck_assert_int_eq(byhand_say_packet(&b), payloads[_i].in);
    p = (struct byhand_packet){ .type = payloads[_i].type };
    byhand_make(&b, &p, byhand_text("abc"));
    ck_assert_int_eq(byhand_say_packet(&b), payloads[_i].out);
}
END_TEST

START_TEST(takes_a_stream_in_its_order)
{
    static const struct {
        uint32_t seq;
        enum lan_drop want;
    } packets[] = {
        { 2, DROP_PAYLOAD_OFF }, { 1, DROP_OVERTAKEN }, { 5, DROP_PAYLOAD_OFF },
        { 4, DROP_OVERTAKEN }, { 6, DROP_PAYLOAD_OFF },
    };

    login(3);
    for (size_t i = 0; i < sizeof packets / sizeof packets[0]; i++) {
        struct byhand_packet p = byhand_next(&b);

        p.type = PAYLOAD_SOL;
        p.seq = packets[i].seq;
        byhand_make(&b, &p, byhand_text("abc"));
        ck_assert_int_eq(byhand_say_packet(&b), packets[i].want);
    }
}
END_TEST

START_TEST(answers_outside_a_session_in_the_same_wrapper)
{
    static const uint8_t rq[] = { 0x8e, 0x04 };
    struct byhand_packet p = { 0 };
    struct rmcpp outer;
    struct bytes data;

    byhand_make_request(&b, &p, NETFN_APP, 0x38, bytes_of(rq, sizeof rq));
    ck_assert_int_eq(byhand_say_packet(&b), DROP_NONE);
    ck_assert_int_eq(byhand_cc(&b, &outer, room, &data), CC_OK);
    ck_assert_uint_eq(outer.sid, 0);
    ck_assert_uint_eq(outer.seq, 0);
    ck_assert(!outer.authenticated && !outer.encrypted);
    ck_assert_uint_eq(data.len, 8);
}
END_TEST

START_TEST(gives_no_privilege_outside_a_session)
{
    struct byhand_packet p = { 0 };

    byhand_make_request(&b, &p, NETFN_APP, 0x01, nothing);
    ck_assert_int_eq(byhand_say_packet(&b), DROP_NONE);
    ck_assert_int_eq(byhand_cc(&b, NULL, room, NULL), CC_PRIVILEGE);
}
END_TEST

START_TEST(protects_nothing_outside_a_session)
{
    ck_assert_int_eq(byhand_say_hex(&b, "0600ff07" "0640" "00000000" "00000000" "0700"
                                        "2018c88104017a" "ffffff0307"), DROP_FORMAT);
    ck_assert_int_eq(byhand_say_hex(&b, "0600ff07" "0680" "00000000" "00000000" "0700"
                                        "2018c88104017a"), DROP_FORMAT);
}
END_TEST

START_TEST(drops_packets_of_sessions_that_are_not_there)
{
    struct open_request rq = byhand_open_request(1, 0);
    struct open_response rs;
    struct byhand_packet p = { .seq = 1 };

    ck_assert_uint_eq(byhand_open(&b, &rq, &rs), RAKP_OK);
    p.sid = rs.bmc_sid;
    ck_assert_int_eq(say(&p), DROP_SESSION_STATE);
    p.sid ^= 0x80000000;
    ck_assert_int_eq(say(&p), DROP_NO_SESSION);
    byhand15_login(&b, AUTH_MD5);
    p.sid = b.sid;
    ck_assert_int_eq(say(&p), DROP_NO_SESSION);
}
END_TEST

START_TEST(speaks_no_rmcpp_when_it_is_not_offered)
{
    struct byhand_packet p = { 0 };

    pair.config.rmcpp = false;
    ck_assert_int_eq(say(&p), DROP_AUTHTYPE);
}
END_TEST

START_TEST(carries_long_messages)
{
    static uint8_t data[IPMI_DATA_MAX];
    struct bytes got;

    login((unsigned)_i);
    for (size_t i = 0; i < sizeof data; i++)
        data[i] = (uint8_t)i;
    byhand_send(&b, LANPAIR_ECHO_NETFN, LANPAIR_ECHO_CMD, bytes_of(data, 1000));
    ck_assert_int_eq(byhand_cc(&b, NULL, room, &got), CC_OK);
    ck_assert_uint_eq(got.len, 1000);
    ck_assert_mem_eq(got.at, data, 1000);
}
END_TEST

START_TEST(sets_nothing_up_on_a_disabled_channel)
{
    struct open_request rq = byhand_open_request(3, 0);
    uint8_t buf[RAKP_MSG_MAX];
    struct wr w = wr_of(buf, sizeof buf);

    login(3);
    pair.channel.volatile_access.mode = ACCESS_DISABLED;
    ck_assert_int_eq(byhand_send(&b, NETFN_APP, 0x01, nothing), DROP_CHANNEL_DISABLED);
    open_request_build(&w, &rq);
    ck_assert_uint_eq(byhand_setup(&b, PAYLOAD_OPEN_REQUEST, wr_bytes_of(&w)).len, 0);
    ck_assert_uint_eq(lan_stats(pair.lan)->dropped[DROP_CHANNEL_DISABLED], 2);
}
END_TEST

/* ---- xRC4 and lost packets ---- */

START_TEST(brings_a_new_iv_with_the_answer_to_a_retry)
{
    struct byhand_packet p;
    struct rmcpp outer;

    login((unsigned)_i);
    p = byhand_next(&b);
    ck_assert_int_eq(say(&p), DROP_NONE);    /* this answer, and its IV, are lost */
    p.seq = b.seq20++;
    ck_assert_int_eq(say(&p), DROP_REPEATED);
    ck_assert_int_eq(byhand_cc(&b, &outer, room, NULL), CC_OK);
    ck_assert_uint_eq(outer.payload.at[0], 0);
    byhand_send(&b, NETFN_APP, 0x01, nothing);
    ck_assert_int_eq(byhand_cc(&b, &outer, room, NULL), CC_OK);
    ck_assert_uint_ne(outer.payload.at[0], 0);
}
END_TEST

/* ---- what the channel sends by itself ---- */

START_TEST(sends_a_message_into_a_session)
{
    static const uint8_t msg[] = { 0x81, 0x1c, 0x63, 0x20, 0x00, 0x01, 0xc1, 0x1e };
    struct rmcpp outer;

    login(3);
    ck_assert(!lan_session_send(pair.lan, b.facts.bmc_sid + 1, bytes_of(msg, sizeof msg)));
    ck_assert(lan_session_send(pair.lan, b.facts.bmc_sid, bytes_of(msg, sizeof msg)));
    ck_assert_uint_eq(outbox_count(pair.out), 1);
    b.replies = 1;
    b.reply_len = outbox_at(pair.out, 0)->bytes.len;
    memcpy(b.reply, outbox_at(pair.out, 0)->bytes.at, b.reply_len);
    ck_assert_int_eq(byhand_cc(&b, &outer, room, NULL), 0xc1);
    ck_assert(outer.authenticated && outer.encrypted);
}
END_TEST

START_TEST(sends_payloads_as_they_were_activated)
{
    struct rmcpp m;

    login(3);
    for (unsigned way = 0; way < 4; way++) {
        ck_assert(lan_payload_send(pair.lan, b.facts.bmc_sid, PAYLOAD_SOL,
                                   byhand_text("abc"), way & 1, way & 2));
        ck_assert_int_eq(rmcpp_parse(bytes_of(outbox_at(pair.out, 0)->bytes.at + 4,
                                              outbox_at(pair.out, 0)->bytes.len - 4), &m),
                         RMCPP_OK);
        ck_assert_int_eq(m.encrypted, (way & 1) != 0);
        ck_assert_int_eq(m.authenticated, (way & 2) != 0);
        ck_assert_uint_eq(m.type, PAYLOAD_SOL);
        /* two counters, one for each kind */
        ck_assert_uint_eq(m.seq, way % 2 + 1);
        outbox_clear(pair.out);
    }
    ck_assert(!lan_payload_send(pair.lan, b.facts.bmc_sid, PAYLOAD_OEM_EXPLICIT,
                                byhand_text("abc"), true, true));
}
END_TEST

#define COUNT(rows) (int)(sizeof(rows) / sizeof(rows)[0])

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("rmcpp_session", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_loop_test(tc, wants_what_was_agreed, 0, COUNT(mixes));
    tcase_add_test(tc, takes_no_protection_where_none_was_agreed);
    tcase_add_loop_test(tc, drops_a_packet_with_any_bit_turned, 2, 6);
    tcase_add_loop_test(tc, tells_fresh_packets_by_their_numbers, 0, COUNT(numbers));
    tcase_add_test(tc, takes_no_number_0);
    tcase_add_test(tc, numbers_its_own_packets_one_by_one);
    tcase_add_test(tc, lets_no_forger_move_the_window);
    tcase_add_loop_test(tc, knows_where_a_payload_belongs, 0, COUNT(payloads));
    tcase_add_test(tc, takes_a_stream_in_its_order);
    tcase_add_test(tc, answers_outside_a_session_in_the_same_wrapper);
    tcase_add_test(tc, gives_no_privilege_outside_a_session);
    tcase_add_test(tc, protects_nothing_outside_a_session);
    tcase_add_test(tc, drops_packets_of_sessions_that_are_not_there);
    tcase_add_test(tc, speaks_no_rmcpp_when_it_is_not_offered);
    tcase_add_loop_test(tc, carries_long_messages, 0, 18);
    tcase_add_test(tc, sets_nothing_up_on_a_disabled_channel);
    for (int suite = 4; suite <= 14; suite++)
        if (suite_by_id((unsigned)suite)->alg[ALG_CONF] > CONF_AES_CBC_128)
            tcase_add_loop_test(tc, brings_a_new_iv_with_the_answer_to_a_retry, suite,
                                suite + 1);
    tcase_add_test(tc, sends_a_message_into_a_session);
    tcase_add_test(tc, sends_payloads_as_they_were_activated);
    return run_suite(s);
}
