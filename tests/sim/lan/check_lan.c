#include <stdio.h>

#include "sim/base/hex.h"
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

/* ---- RMCP and ASF ---- */

#define PONG "0600ff06" "000011be40" "21" "0010" "000011be00000000" "8100000000000000"

static const struct {
    const char *why, *datagram;
    enum lan_drop want;
    const char *reply[2];
} datagrams[] = {
    { "empty", "", DROP_RMCP_SHORT, { NULL } },
    { "cut header", "0600ff", DROP_RMCP_SHORT, { NULL } },
    { "version 5", "0500ff06000011be80210000", DROP_RMCP_VERSION, { NULL } },
    { "class 0", "0600ff00", DROP_RMCP_CLASS, { NULL } },
    { "class OEM", "0600ff08", DROP_RMCP_CLASS, { NULL } },
    { "numbered class OEM", "06000108", DROP_RMCP_CLASS, { NULL } },
    { "an ACK", "06000186", DROP_RMCP_ACK, { NULL } },
    { "ping", "0600ff06000011be80210000", DROP_NONE, { PONG, NULL } },
    { "numbered ping", "06000506000011be80210000", DROP_NONE, { "06000586", PONG } },
    { "pong", PONG, DROP_ASF, { NULL } },
    { "another IANA number", "0600ff06000011bf80210000", DROP_ASF, { NULL } },
    { "cut ping", "0600ff06000011be802100", DROP_ASF, { NULL } },
    { "ping with a wrong length", "0600ff06000011be80210001", DROP_ASF, { NULL } },
    { "class IPMI, nothing in it", "0600ff07", DROP_FORMAT, { NULL } },
    { "numbered class IPMI", "06000507", DROP_FORMAT, { "06000587", NULL } },
};

START_TEST(judges_datagrams)
{
    const struct outbox_entry *e;
    uint8_t in[64];
    char text[2 * 64 + 1];
    size_t len = strlen(datagrams[_i].datagram) / 2, replies = 0;

    ck_assert(hex_read(datagrams[_i].datagram, in, len));
    lan_input(pair.lan, &b.from, bytes_of(in, len));
    ck_assert_msg(lan_stats(pair.lan)->dropped[datagrams[_i].want] ==
                      (datagrams[_i].want != DROP_NONE), "%s", datagrams[_i].why);
    for (; replies < 2 && datagrams[_i].reply[replies] != NULL; replies++) {
        e = outbox_at(pair.out, replies);
        ck_assert_str_eq(hex_print(e->bytes, text, sizeof text),
                         datagrams[_i].reply[replies]);
    }
    ck_assert_uint_eq(outbox_count(pair.out), replies);
}
END_TEST

START_TEST(names_dcmi_in_its_pong)
{
    pair.config.dcmi_pong = true;
    byhand_say_hex(&b, "0600ff06000011be80210000");
    ck_assert_uint_eq(b.reply[14], 0x8e);
    ck_assert_uint_eq(b.reply[15], 0x71);
}
END_TEST

START_TEST(has_words_for_every_drop)
{
    for (int why = 0; why < LAN_DROPS; why++) {
        ck_assert_ptr_nonnull(lan_drop_text((enum lan_drop)why));
        for (int other = 0; other < why; other++)
            ck_assert_str_ne(lan_drop_text((enum lan_drop)why),
                             lan_drop_text((enum lan_drop)other));
    }
    ck_assert_str_eq(lan_drop_text(LAN_DROPS), "unknown reason");
}
END_TEST

/* ---- time-outs ---- */

START_TEST(ends_a_session_60_seconds_after_it_was_heard)
{
    ck_assert_uint_eq(byhand_login(&b, 3, 0x14, LANPAIR_USER), RAKP_OK);
    for (unsigned i = 1; i <= 3; i++) {
        world_advance(&pair.world, i * SPAN_S(59));
        ck_assert_int_eq(byhand_send(&b, NETFN_APP, 0x01, nothing), DROP_NONE);
    }
    world_advance(&pair.world, SPAN_S(3 * 59 + 60) - 1);
    ck_assert_uint_eq(lan_session_count(pair.lan), 1);
    ck_assert_uint_eq(world_deadline(&pair.world), SPAN_S(3 * 59 + 60));
    world_advance(&pair.world, SPAN_S(3 * 59 + 60));
    ck_assert_uint_eq(lan_session_count(pair.lan), 0);
    ck_assert_uint_eq(pair.ended, 1);
    ck_assert_uint_eq(lan_stats(pair.lan)->sessions_timed_out, 1);
    ck_assert_uint_eq(world_deadline(&pair.world), INSTANT_NEVER);
}
END_TEST

START_TEST(is_kept_awake_by_valid_packets_only)
{
    byhand15_login(&b, AUTH_MD5);
    world_advance(&pair.world, SPAN_S(30));
    byhand15_make(&b, AUTH_MD5, b.sid, b.seq, NETFN_APP, 0x01, nothing);
    b.packet[b.packet_len - 1] ^= 1;
    ck_assert_int_eq(byhand_say_packet(&b), DROP_AUTHCODE);
    world_advance(&pair.world, SPAN_S(60));
    ck_assert_uint_eq(lan_session_count(pair.lan), 0);
}
END_TEST

/* ---- sessions, for the controller ---- */

START_TEST(lists_its_sessions_in_order_of_opening)
{
    struct lan_session_info info;
    uint32_t ids[3];

    for (int i = 0; i < 3; i++) {
        ck_assert_uint_eq(byhand_login(&b, 3, 0x14, LANPAIR_USER), RAKP_OK);
        ids[i] = b.facts.bmc_sid;
    }
    for (unsigned i = 0; i < 3; i++) {
        ck_assert(lan_session_nth(pair.lan, i, &info));
        ck_assert_uint_eq(info.id, ids[i]);
        ck_assert_uint_eq(info.handle, i + 1);
        ck_assert(lan_session_by_handle(pair.lan, info.handle, &info));
        ck_assert_uint_eq(info.id, ids[i]);
    }
    ck_assert(!lan_session_nth(pair.lan, 3, &info));
    ck_assert(!lan_session_by_handle(pair.lan, 9, &info));
    ck_assert_uint_eq(lan_session_slots(pair.lan), LAN_SESSIONS_DEFAULT);
}
END_TEST

START_TEST(closes_the_sessions_of_a_user)
{
    static const char *const names[] = { "user", LANPAIR_USER, "user", "operator" };

    for (int i = 0; i < 4; i++)
        ck_assert_uint_eq(byhand_login(&b, 3, 0x12, names[i]), RAKP_OK);
    lan_session_close_user(pair.lan, 3, SESSION_END_CONFIG);
    ck_assert_uint_eq(lan_session_count(pair.lan), 2);
    ck_assert(lan_session_close(pair.lan, b.facts.bmc_sid, SESSION_END_CLOSED));
    ck_assert(!lan_session_close(pair.lan, b.facts.bmc_sid, SESSION_END_CLOSED));
    lan_session_close_user(pair.lan, 0, SESSION_END_CONFIG);
    ck_assert_uint_eq(lan_session_count(pair.lan), 0);
    ck_assert_uint_eq(pair.ended, 4);
}
END_TEST

START_TEST(follows_a_console_to_another_port)
{
    struct lan_session_info info;

    ck_assert_uint_eq(byhand_login(&b, 3, 0x14, LANPAIR_USER), RAKP_OK);
    b.from.port = 1234;
    ck_assert_int_eq(byhand_send(&b, NETFN_APP, 0x01, nothing), DROP_NONE);
    ck_assert(lan_session_by_id(pair.lan, b.facts.bmc_sid, &info));
    ck_assert_uint_eq(info.peer.port, 1234);
}
END_TEST

/* ---- pre-boot mode ---- */

static bool
is_preboot(void *ctx)
{
    return *(const bool *)ctx;
}

START_TEST(is_open_before_the_boot_only_in_preboot_mode)
{
    bool preboot = true;
    struct lan_host host = { .ctx = &preboot, .config = &pair.config, .preboot = is_preboot };
    struct lan_opts opts = { .world = &pair.world, .crypto = pair.crypto, .work = pair.work,
                             .host = &host, .stream = "lan2" };
    struct lan *whole = pair.lan;
    struct open_request rq = byhand_open_request(3, 0);
    struct open_response rs;

    pair.channel.volatile_access.mode = ACCESS_PREBOOT;
    ck_assert_int_eq(lan_new(&opts, &pair.lan), ST_OK);
    ck_assert_uint_eq(byhand_open(&b, &rq, &rs), RAKP_OK);
    preboot = false;
    ck_assert_int_eq(byhand_say_packet(&b), DROP_CHANNEL_DISABLED);
    pair.channel.volatile_access.mode = ACCESS_ALWAYS;
    ck_assert_int_eq(byhand_say_packet(&b), DROP_NONE);
    lan_free(pair.lan);
    pair.lan = whole;
}
END_TEST

/* ---- faults ---- */

static uint64_t
struck(uint32_t id)
{
    uint64_t matched, times;

    ck_assert(fault_counts(pair.world.faults, id, &matched, &times));
    return times;
}

/* A console's retries begin a new keystream: it cannot know what was lost. */
static void
send_get_device_id(bool v15)
{
    protect_renew_iv(&b.protect);
    if (v15)
        byhand15_send(&b, NETFN_APP, 0x01, nothing);
    else
        byhand_send(&b, NETFN_APP, 0x01, nothing);
}

/* Lose the requests or answers of one command, in whatever they are wrapped. */
START_TEST(loses_messages_by_their_command)
{
    struct fault_rule rule = fault_rule_any(FAULT_LOSE);
    uint32_t id;

    rule.name = "deaf";
    rule.link = TAP_LAN;
    rule.dir = _i % 2 ? TAP_FROM_BMC : TAP_TO_BMC;
    rule.netfn = _i % 2 ? NETFN_APP + 1 : NETFN_APP;
    rule.cmd = 0x01;
    ck_assert_int_eq(world_arm_fault(&pair.world, &rule, &id), ST_OK);
    if (_i < 2)
        byhand15_login(&b, AUTH_MD5);
    else
        ck_assert_uint_eq(byhand_login(&b, _i < 4 ? 3 : 4, 0x14, LANPAIR_USER), RAKP_OK);
    ck_assert_uint_eq(struck(id), 0);
    for (unsigned i = 1; i < 4; i++) {
        send_get_device_id(_i < 2);
        ck_assert_uint_eq(b.replies, 0);
        ck_assert_uint_eq(struck(id), i);
        ck_assert_uint_eq(pair.requests - (_i < 2 ? 2 : 0), _i % 2 ? i : 0);
    }
    fault_disarm_all(pair.world.faults);
    send_get_device_id(_i < 2);
    ck_assert_uint_eq(b.replies, 1);
    if (_i >= 2)
        ck_assert_int_eq(byhand_cc(&b, NULL, room, NULL), CC_OK);
}
END_TEST

START_TEST(loses_set_up_messages_by_their_payload_type)
{
    struct fault_rule rule = fault_rule_any(FAULT_LOSE);
    struct open_request rq = byhand_open_request(3, 0);
    struct open_response rs;
    struct rakp2 rakp2;
    uint32_t id;

    rule.name = "no RAKP 4";
    rule.payload_type = PAYLOAD_RAKP4;
    rule.times = 1;
    ck_assert_int_eq(world_arm_fault(&pair.world, &rule, &id), ST_OK);
    ck_assert_uint_eq(byhand_open(&b, &rq, &rs), RAKP_OK);
    b.suite = suite_by_id(3);
    ck_assert_uint_eq(byhand_rakp1(&b, 0x14, LANPAIR_USER, &rakp2), RAKP_OK);
    ck_assert_uint_eq(byhand_setup(&b, PAYLOAD_RAKP3, nothing).len, 0);
    ck_assert_uint_eq(struck(id), 0);
    ck_assert_uint_eq(lan_session_count(pair.lan), 0);
}
END_TEST

/* What was lost on the way in did not come; on the way out it was sent. */
START_TEST(counts_what_it_knows_of)
{
    struct fault_rule rule = fault_rule_any(FAULT_LOSE);
    uint32_t id;

    rule.name = "deaf";
    rule.link = TAP_LAN;
    rule.dir = _i ? TAP_FROM_BMC : TAP_TO_BMC;
    ck_assert_int_eq(world_arm_fault(&pair.world, &rule, &id), ST_OK);
    byhand_say_hex(&b, "0600ff06000011be80210000");
    ck_assert_uint_eq(struck(id), 1);
    ck_assert_uint_eq(lan_stats(pair.lan)->received, (unsigned)_i);
    ck_assert_uint_eq(lan_stats(pair.lan)->sent, (unsigned)_i);
}
END_TEST

/* ---- the tap ---- */

static struct seen {
    unsigned count[TAP_LINKS], ignored;
    struct tap_event last[TAP_LINKS];
    uint8_t bytes[TAP_LINKS][OUTBOX_DATAGRAM_MAX];
    char why[128];
} seen;

static void
see(void *ctx, const struct tap_event *ev)
{
    (void)ctx;
    seen.count[ev->link]++;
    seen.last[ev->link] = *ev;
    if (ev->bytes.len != 0)
        memcpy(seen.bytes[ev->link], ev->bytes.at, ev->bytes.len);
    if (ev->fate == FATE_IGNORED) {
        seen.ignored++;
        snprintf(seen.why, sizeof seen.why, "%s", ev->why);
    }
}

static const struct tap tap = { .emit = see };

static void
listen_in(void)
{
    memset(&seen, 0, sizeof seen);
    pair.world.tap = &tap;
}

START_TEST(shows_datagrams_and_why_they_are_dropped)
{
    listen_in();
    byhand_say_hex(&b, "0600ff06000011be80210000");
    ck_assert_uint_eq(seen.count[TAP_LAN], 2);
    ck_assert_int_eq(seen.last[TAP_LAN].dir, TAP_FROM_BMC);
    ck_assert(peer_equal(&seen.last[TAP_LAN].remote, &b.from));
    ck_assert_uint_eq(seen.last[TAP_LAN].local.port, 623);
    ck_assert_uint_eq(seen.ignored, 0);
    byhand_say_hex(&b, "0600ff09");
    ck_assert_uint_eq(seen.ignored, 1);
    ck_assert_str_eq(seen.why, lan_drop_text(DROP_RMCP_CLASS));
}
END_TEST

START_TEST(answers_from_the_port_it_was_asked_at)
{
    const struct peer second = { .port = 664, .family = PEER_IPV4 };

    listen_in();
    lan_set_port(pair.lan, 9001);
    lan_set_secondary(pair.lan, &second, 9002);
    for (unsigned i = 0; i < 2; i++) {
        b.from.secondary = i;
        byhand_say_hex(&b, "0600ff06000011be80210000");
        ck_assert_uint_eq(b.replies, 1);   /* and to b.from, with its mark */
        ck_assert_uint_eq(seen.last[TAP_LAN].local.port, i ? 664 : 623);
        ck_assert_uint_eq(lan_port_of(pair.lan, &b.from), 9001 + i);
    }
}
END_TEST

/* The clear copy of the packet with these lengths. */
static void
assert_clear(const struct rmcpp *wire, size_t len)
{
    const struct tap_event *ev = &seen.last[TAP_LAN_CLEAR];
    struct rmcpp m;

    ck_assert_int_eq(rmcpp_parse(bytes_of(seen.bytes[TAP_LAN_CLEAR] + 4, ev->bytes.len - 4),
                                 &m), RMCPP_OK);
    ck_assert_mem_eq(seen.bytes[TAP_LAN_CLEAR], "\x06\x00\xff\x07", 4);
    ck_assert(!m.encrypted && !m.authenticated);
    ck_assert_uint_eq(m.type, PAYLOAD_IPMI);
    ck_assert_uint_eq(m.sid, wire->sid);
    ck_assert_uint_eq(m.seq, wire->seq);
    ck_assert_uint_eq(m.payload.len, len);
}

START_TEST(shows_encrypted_payloads_in_the_clear)
{
    struct byhand_packet p;
    struct rmcpp outer;

    ck_assert_uint_eq(byhand_login(&b, (unsigned)_i, 0x14, LANPAIR_USER), RAKP_OK);
    listen_in();
    p = byhand_next(&b);
    byhand_make_request(&b, &p, NETFN_APP, 0x01, nothing);
    ck_assert_int_eq(byhand_say_packet(&b), DROP_NONE);
    ck_assert_int_eq(byhand_cc(&b, &outer, room, NULL), CC_OK);
    ck_assert_uint_eq(seen.count[TAP_LAN_CLEAR], outer.encrypted ? 2 : 0);
    ck_assert_uint_eq(seen.count[TAP_LAN], 2);
    if (outer.encrypted)
        assert_clear(&outer, 8 + 11);
}
END_TEST

START_TEST(costs_the_same_bytes_whether_anyone_listens_or_not)
{
    uint8_t first[OUTBOX_DATAGRAM_MAX];

    ck_assert_uint_eq(byhand_login(&b, 3, 0x14, LANPAIR_USER), RAKP_OK);
    byhand_send(&b, NETFN_APP, 0x01, nothing);
    memcpy(first, b.reply, b.reply_len);
    end();
    begin();
    listen_in();
    ck_assert_uint_eq(byhand_login(&b, 3, 0x14, LANPAIR_USER), RAKP_OK);
    byhand_send(&b, NETFN_APP, 0x01, nothing);
    ck_assert_mem_eq(b.reply, first, b.reply_len);
}
END_TEST

#define COUNT(rows) (int)(sizeof(rows) / sizeof(rows)[0])

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("lan", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_loop_test(tc, judges_datagrams, 0, COUNT(datagrams));
    tcase_add_test(tc, names_dcmi_in_its_pong);
    tcase_add_test(tc, has_words_for_every_drop);
    tcase_add_test(tc, ends_a_session_60_seconds_after_it_was_heard);
    tcase_add_test(tc, is_kept_awake_by_valid_packets_only);
    tcase_add_test(tc, lists_its_sessions_in_order_of_opening);
    tcase_add_test(tc, closes_the_sessions_of_a_user);
    tcase_add_test(tc, follows_a_console_to_another_port);
    tcase_add_test(tc, is_open_before_the_boot_only_in_preboot_mode);
    tcase_add_loop_test(tc, loses_messages_by_their_command, 0, 6);
    tcase_add_test(tc, loses_set_up_messages_by_their_payload_type);
    tcase_add_loop_test(tc, counts_what_it_knows_of, 0, 2);
    tcase_add_test(tc, answers_from_the_port_it_was_asked_at);
    tcase_add_test(tc, shows_datagrams_and_why_they_are_dropped);
    tcase_add_loop_test(tc, shows_encrypted_payloads_in_the_clear, 0, 18);
    tcase_add_test(tc, costs_the_same_bytes_whether_anyone_listens_or_not);
    return run_suite(s);
}
