#include <string.h>

#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

#include "sim/mc/bridge.h"
#include "sim/wire/lanmsg.h"

#define SEND_MESSAGE  0x34
#define GET_MESSAGE   0x33
#define TRACK         0x40
#define SATELLITE     0x82
#define FURTHER       0x84
#define NOBODY        0x90
#define DEVICE_ID_LEN 15

/* Where the message of an IPMI 1.5 datagram without authentication begins. */
#define PLAIN_HEADER 14

static struct mcworld w;
static struct machine_mc machines[2];
static struct remote *console;
static struct lan_session_info session;

/* A BMC, two satellites, and a console in an unprotected session, so that
 * what goes into it can be read. */
static void
begin(void)
{
    struct remote_opts opts;

    mcworld_plain(&w);
    machines[0] = mcworld_satellite(SATELLITE);
    machines[1] = mcworld_satellite(FURTHER);
    mcworld_add(&w, &machines[0]);
    mcworld_add(&w, &machines[1]);
    opts = mcworld_console(&w);
    opts.rmcpp = false;
    opts.auth_type = 0;
    ck_assert_int_eq(remote_new(&opts, &console), ST_OK);
    remote_open(console, w.world.now);
    mcworld_talk(&w, 0, console);
    ck_assert_int_eq(remote_state(console), REMOTE_OPEN);
    ck_assert(lan_session_nth(mc_lan(w.mc, 0), 0, &session));
    mcworld_from_lan(&w, PRIV_OPERATOR);
    w.who.session = session.id;
}

static void
end(void)
{
    remote_free(console);
    mcworld_end(&w);
}

/* Send Message with control octet and a message of these fields. */
static struct answer *
send_of(struct mc *mc, uint8_t control, const struct ipmb_frame *f)
{
    uint8_t room[128];
    struct wr r = wr_of(room, sizeof room);

    wr_u8(&r, control);
    ipmb_build(&r, f);
    ck_assert(!r.bad);
    return mcworld_ask(&w, mc, NETFN_APP, SEND_MESSAGE, room, wr_len(&r));
}

/* Get Device ID for target, as ipmitool writes it. */
static struct ipmb_frame
device_id_of(uint8_t target)
{
    return (struct ipmb_frame){
        .target = target, .source = 0x81, .netfn = NETFN_APP, .seq = 0x15, .cmd = 0x01
    };
}

static struct answer *
send(uint8_t control, uint8_t target)
{
    struct ipmb_frame f = device_id_of(target);

    return send_of(w.mc, control, &f);
}

/* Check the one datagram that waits for the console. */
static void
ck_packet(uint8_t from, uint8_t cc, size_t data_len)
{
    struct lanmsg m;
    struct bytes d;

    ck_assert_uint_eq(outbox_count(w.out), 1);
    d = outbox_at(w.out, 0)->bytes;
    ck_assert_int_eq(
        lanmsg_parse(bytes_of(d.at + PLAIN_HEADER, d.len - PLAIN_HEADER), &m), LANMSG_OK);
    ck_assert_uint_eq(m.to, 0x81);
    ck_assert_uint_eq(m.from, from);
    ck_assert_uint_eq(m.netfn, NETFN_APP | 1);
    ck_assert_uint_eq(m.cmd, 0x01);
    ck_assert_uint_eq(m.rq_seq, 0x15);
    ck_assert_uint_eq(m.data.at[0], cc);
    ck_assert_uint_eq(m.data.len, 1 + data_len);
    outbox_clear(w.out);
}

START_TEST(answers_in_two_packets)
{
    struct answer *a = send(TRACK, SATELLITE);

    ck_assert(!a->came);
    mcworld_run(&w, SPAN_MS(2));
    ck_answer(a, CC_OK);
    ck_assert_uint_eq(outbox_count(w.out), 0);
    mcworld_run(&w, SPAN_MS(10));
    ck_packet(BMC_ADDRESS, CC_OK, DEVICE_ID_LEN);
    ck_assert_uint_eq(bridge_stats(w.mc).answered, 1);
}
END_TEST

START_TEST(answers_inside_when_told)
{
    struct answer *a;
    struct ipmb_frame f;

    ck_assert_int_eq(bridge_set_style(w.mc, BRIDGE_ENCAPSULATED), ST_OK);
    a = send(TRACK, SATELLITE);
    mcworld_run(&w, SPAN_MS(10));
    ck_cc(a, CC_OK);
    ck_assert_int_eq(ipmb_parse(bytes_of(a->data, a->len), &f), IPMB_OK);
    ck_assert_uint_eq(f.target, 0x81);
    ck_assert_uint_eq(f.source, SATELLITE);
    ck_assert_uint_eq(f.seq, 0x15);
    ck_assert_uint_eq(f.netfn, NETFN_APP | 1);
    ck_assert_uint_eq(f.data.len, 1 + DEVICE_ID_LEN);
    ck_assert_uint_eq(f.data.at[1], SATELLITE);
    ck_assert_uint_eq(outbox_count(w.out), 0);
}
END_TEST

START_TEST(passes_an_error_of_the_target_on)
{
    struct ipmb_frame f = device_id_of(SATELLITE);

    f.target_lun = 1;
    send_of(w.mc, TRACK, &f);
    mcworld_run(&w, SPAN_MS(10));
    ck_packet(BMC_ADDRESS, CC_INVALID_LUN, 0);
}
END_TEST

START_TEST(says_that_nobody_acknowledged)
{
    struct answer *a = send(TRACK, NOBODY), *raw = send(0, NOBODY);

    mcworld_run(&w, SPAN_S(10));
    ck_answer(a, CC_CMD_83);
    ck_answer(raw, CC_CMD_83);
    ck_assert_uint_eq(outbox_count(w.out), 0);
}
END_TEST

/* ---- a node that starves ---- */

#define BABBLER 0x30

/* Always has one more frame for the BMC, which is of no use to it: what begins
 * with 20h beats what begins with a satellite's address. */
struct babbler {
    struct medium_node node;
    unsigned left;           /* to be sent */
};

static void
babble(struct babbler *b)
{
    static const uint8_t frame[7] = { BMC_ADDRESS, 0, 0, BABBLER };

    if (b->left > 0) {
        b->left--;
        ck_assert_int_eq(medium_send(w.bus, &b->node, bytes_of(frame, sizeof frame), 0), ST_OK);
    }
}

static void
babble_on(void *ctx, uint32_t tag, enum wire_result result)
{
    (void)tag;
    ck_assert_int_eq(result, WIRE_DONE);
    babble(ctx);
}

static void
start_babbling(struct babbler *b, unsigned frames)
{
    *b = (struct babbler){ .node = { .address = BABBLER, .sent = babble_on, .ctx = b },
                           .left = frames };
    ck_assert_int_eq(medium_attach(w.bus, &b->node), ST_OK);
    babble(b);
}

/* Seven octets take 650 us and rest 4.7. The 64th loss is known after START
 * and the first bit, where 20h has a zero and 82h a one. */
#define GIVES_UP ((MEDIUM_ARBITRATION_TRIES - 1) * SPAN_US(6547) / 10 + SPAN_US(20))

START_TEST(says_that_others_always_won)
{
    struct babbler b;
    struct answer *a;

    start_babbling(&b, MEDIUM_ARBITRATION_TRIES);
    a = send(TRACK, SATELLITE);
    mcworld_run(&w, GIVES_UP - 1);
    ck_assert(!a->came);
    mcworld_run(&w, 1);
    ck_answer(a, CC_CMD_81);
    ck_assert_uint_eq(medium_stats(w.bus)->given_up, 1);
    ck_assert_uint_eq(medium_node_stats(w.bus, BMC_ADDRESS)->arbitration_losses,
                      MEDIUM_ARBITRATION_TRIES);
    mcworld_run(&w, SPAN_MS(10));
    ck_assert_uint_eq(outbox_count(w.out), 0);
    a = send(TRACK, SATELLITE);
    mcworld_run(&w, SPAN_MS(10));
    ck_answer(a, CC_OK);
    ck_packet(BMC_ADDRESS, CC_OK, DEVICE_ID_LEN);
    medium_detach(w.bus, &b.node);
}
END_TEST

START_TEST(gets_through_when_others_win_once_less)
{
    struct babbler b;
    struct answer *a;

    start_babbling(&b, MEDIUM_ARBITRATION_TRIES - 1);
    a = send(TRACK, SATELLITE);
    mcworld_run(&w, SPAN_MS(60));
    ck_answer(a, CC_OK);
    ck_packet(BMC_ADDRESS, CC_OK, DEVICE_ID_LEN);
    ck_assert_uint_eq(medium_stats(w.bus)->given_up, 0);
    medium_detach(w.bus, &b.node);
}
END_TEST

/* A satellite that hears and never answers. */
static void
hang_satellite(void)
{
    struct fault_rule rule = fault_rule_any(FAULT_LOSE);

    rule.link = TAP_IPMB;
    ck_assert_int_eq(world_arm_fault(&w.world, &rule, &(uint32_t){ 0 }), ST_OK);
}

START_TEST(keeps_silent_about_a_target_that_does)
{
    struct answer *a;

    hang_satellite();
    a = send(TRACK, SATELLITE);
    mcworld_run(&w, SPAN_S(10));
    ck_answer(a, CC_OK);
    ck_assert_uint_eq(outbox_count(w.out), 0);
    ck_assert_uint_eq(bridge_stats(w.mc).expired, 1);
}
END_TEST

START_TEST(says_so_inside_where_the_answer_would_be)
{
    struct answer *a;

    hang_satellite();
    ck_assert_int_eq(bridge_set_style(w.mc, BRIDGE_ENCAPSULATED), ST_OK);
    a = send(TRACK, SATELLITE);
    mcworld_run(&w, SPAN_S(10));
    ck_answer(a, CC_TIMEOUT);
}
END_TEST

START_TEST(is_busy_with_eight_open_requests)
{
    struct answer *last;

    hang_satellite();
    for (unsigned i = 0; i < BRIDGE_MAX; i++)
        ck_assert(!send(TRACK, SATELLITE)->came);
    ck_cc(send(TRACK, SATELLITE), CC_BUSY);
    ck_assert_uint_eq(bridge_stats(w.mc).refused, 1);
    mcworld_run(&w, BRIDGE_SPAN);
    last = send(TRACK, SATELLITE);
    mcworld_run(&w, SPAN_MS(2));
    ck_answer(last, CC_OK);
}
END_TEST

START_TEST(forgets_requests_of_a_session_that_ended)
{
    struct answer *a = send(TRACK, SATELLITE);

    mcworld_run(&w, SPAN_US(900));
    ck_answer(a, CC_OK);
    ck_assert(lan_session_close(mc_lan(w.mc, 0), session.id, SESSION_END_CLOSED));
    mcworld_run(&w, SPAN_S(10));
    ck_assert_uint_eq(outbox_count(w.out), 0);
    ck_assert_uint_eq(bridge_stats(w.mc).answered, 0);
}
END_TEST

START_TEST(does_what_is_for_itself_with_the_asker_s_privilege)
{
    struct ipmb_frame cold_reset = device_id_of(BMC_ADDRESS);

    ck_answer(send(TRACK, BMC_ADDRESS), CC_OK);
    ck_packet(BMC_ADDRESS, CC_OK, DEVICE_ID_LEN);
    cold_reset.cmd = 0x02;
    ck_answer(send_of(w.mc, TRACK, &cold_reset), CC_OK);
    ck_assert_uint_eq(outbox_at(w.out, 0)->bytes.at[PLAIN_HEADER + 6], CC_PRIVILEGE);
}
END_TEST

/* Further on, one Send Message inside the other: ipmitool -t -T. */
static void
ck_double(uint8_t target)
{
    uint8_t room[64];
    struct wr r = wr_of(room, sizeof room);
    struct ipmb_frame inner = device_id_of(target), outer = device_id_of(SATELLITE), got;
    struct lanmsg m;
    struct bytes d;
    struct answer *a;

    inner.source = BMC_ADDRESS;
    wr_u8(&r, TRACK);
    ipmb_build(&r, &inner);
    outer.cmd = SEND_MESSAGE;
    outer.data = wr_bytes_of(&r);
    a = send_of(w.mc, TRACK, &outer);
    mcworld_run(&w, SPAN_MS(50));
    ck_answer(a, CC_OK);
    ck_assert_uint_eq(outbox_count(w.out), 1);
    d = outbox_at(w.out, 0)->bytes;
    ck_assert_int_eq(
        lanmsg_parse(bytes_of(d.at + PLAIN_HEADER, d.len - PLAIN_HEADER), &m), LANMSG_OK);
    ck_assert_uint_eq(m.cmd, SEND_MESSAGE);
    ck_assert_uint_eq(m.rq_seq, 0x15);
    ck_assert_uint_eq(m.data.at[0], CC_OK);
    ck_assert_int_eq(ipmb_parse(bytes_of(m.data.at + 1, m.data.len - 1), &got), IPMB_OK);
    ck_assert_uint_eq(got.target, BMC_ADDRESS);
    ck_assert_uint_eq(got.source, target);
    ck_assert_uint_eq(got.cmd, 0x01);
    ck_assert_uint_eq(got.seq, 0x15);
    ck_assert_uint_eq(got.data.at[1], target);
}

START_TEST(bridges_twice)
{
    ck_double(_i == 0 ? FURTHER : SATELLITE);
}
END_TEST

START_TEST(takes_a_broadcast_get_device_id_only)
{
    struct ipmb_frame f = device_id_of(SATELLITE);
    struct answer *a;

    f.broadcast = true;
    a = send_of(w.mc, TRACK, &f);
    mcworld_run(&w, SPAN_MS(10));
    ck_answer(a, CC_OK);
    ck_packet(BMC_ADDRESS, CC_OK, DEVICE_ID_LEN);
    f.cmd = 0x04;
    ck_cc(send_of(w.mc, TRACK, &f), CC_INVALID_FIELD);
}
END_TEST

/* What crosses the bus, octet for octet. */
static uint8_t wire[4][IPMB_FRAME_MAX];
static size_t wire_len[4];
static unsigned wired;

static void
see(void *ctx, const struct tap_event *ev)
{
    (void)ctx;
    if (ev->link != TAP_IPMB || ev->bytes.len == 0)
        return;
    ck_assert_uint_lt(wired, sizeof wire / sizeof wire[0]);
    memcpy(wire[wired], ev->bytes.at, ev->bytes.len);
    wire_len[wired++] = ev->bytes.len;
}

static const struct tap bus_tap = { see, NULL };

#define ck_wire(n, ...)                                                         \
    do {                                                                        \
        ck_assert_uint_eq(wire_len[n], sizeof((const uint8_t[]){ __VA_ARGS__ })); \
        ck_assert_mem_eq(wire[n], ((const uint8_t[]){ __VA_ARGS__ }), wire_len[n]); \
    } while (0)

/* Tracked, our address and our number stand in the place of the asker's; not
 * tracked, the octets are as they came. */
START_TEST(puts_these_octets_on_the_wire)
{
    struct ipmb_frame f = device_id_of(SATELLITE);

    wired = 0;
    w.world.tap = &bus_tap;
    (void)send(TRACK, SATELLITE);
    mcworld_run(&w, SPAN_MS(10));
    ck_assert_uint_eq(wired, 2);
    ck_assert_uint_eq(wire[0][4] & 0x03, 0);
    ck_wire(0, 0x82, 0x18, 0x66, 0x20, wire[0][4], 0x01,
            (uint8_t)-(0x20 + wire[0][4] + 0x01));
    ck_assert_mem_eq(wire[1], ((const uint8_t[]){ 0x20, 0x1c, 0xc4, 0x82, wire[0][4], 0x01,
                                                  0x00 }), 7);
    mcworld_from_system(&w);
    f.source = BMC_ADDRESS;
    f.source_lun = LUN_SMS;
    (void)send_of(w.mc, 0, &f);
    mcworld_run(&w, SPAN_MS(10));
    ck_assert_uint_eq(wired, 4);
    ck_wire(2, 0x82, 0x18, 0x66, 0x20, 0x56, 0x01, 0x89);
    ck_assert_mem_eq(wire[3], ((const uint8_t[]){ 0x20, 0x1e, 0xc2, 0x82, 0x54, 0x01, 0x00 }),
                     7);
}
END_TEST

/* Not even a checksum is looked at, and nothing is. */
START_TEST(puts_raw_octets_on_the_wire_as_they_are)
{
    struct answer *a;

    wired = 0;
    w.world.tap = &bus_tap;
    a = ask(&w, NETFN_APP, SEND_MESSAGE, 0x80, SATELLITE, 0xde, 0xad);
    mcworld_run(&w, SPAN_S(10));
    ck_answer(a, CC_OK);
    ck_assert_uint_eq(wired, 1);
    ck_wire(0, SATELLITE, 0xde, 0xad);
    a = ask(&w, NETFN_APP, SEND_MESSAGE, 0x80, NOBODY, 0xde, 0xad);
    mcworld_run(&w, SPAN_S(1));
    ck_answer(a, CC_CMD_83);
    w.who.privilege = PRIV_USER;
    ck_cc(ask(&w, NETFN_APP, SEND_MESSAGE, 0x80, SATELLITE, 0x00), CC_PRIVILEGE);
}
END_TEST

static const struct {
    const char *why;
    uint8_t data[10];
    size_t len;
    unsigned cc;
} bad[] = {
    /* clang-format off */
    { "no message", { TRACK }, 1, CC_LENGTH },
    { "too short",  { TRACK, 0x82, 0x18, 0x66, 0x81, 0x00, 0x01 }, 7, CC_LENGTH },
    { "header sum", { TRACK, 0x82, 0x18, 0x67, 0x81, 0x00, 0x01, 0x7e }, 8, CC_INVALID_FIELD },
    { "data sum",   { TRACK, 0x82, 0x18, 0x66, 0x81, 0x00, 0x01, 0x7f }, 8, CC_INVALID_FIELD },
    { "raw, empty", { 0x80 }, 1, CC_LENGTH },
    { "raw to LAN", { 0x81, 0x82, 0x18, 0x66, 0x81, 0x00, 0x01, 0x7e }, 8, CC_INVALID_FIELD },
    { "reserved",   { 0xc0, 0x82, 0x18, 0x66, 0x81, 0x00, 0x01, 0x7e }, 8, CC_INVALID_FIELD },
    { "no channel", { 0x45, 0x82, 0x18, 0x66, 0x81, 0x00, 0x01, 0x7e }, 8, CC_INVALID_FIELD },
    { "no session", { 0x41, 0x77, 0x81, 0x18, 0x67, 0x20, 0x00, 0x01, 0xdf }, 9, CC_CMD_80 },
    /* clang-format on */
};

START_TEST(refuses_bad_messages)
{
    struct answer *a =
        mcworld_ask(&w, w.mc, NETFN_APP, SEND_MESSAGE, bad[_i].data, bad[_i].len);

    ck_assert_msg(a->came && a->cc == bad[_i].cc, "%s: %02X", bad[_i].why,
                  (unsigned)a->cc);
}
END_TEST

START_TEST(lets_users_reach_software_only)
{
    w.who.privilege = PRIV_USER;
    ck_cc(send(TRACK, SATELLITE), CC_PRIVILEGE);
    ck_cc(send(TRACK | CHANNEL_SYSTEM, BMC_ADDRESS), CC_OK);
    mcworld_from_system(&w);
    ck_answer(ask(&w, NETFN_APP, GET_MESSAGE), CC_OK, PRIV_USER << 4 | MCWORLD_LAN,
              session.handle, 0x20, 0x18, 0xc8, 0x81, 0x54, 0x01, 0x2a);
}
END_TEST

START_TEST(does_not_reach_software_that_does_not_receive)
{
    mcworld_from_system(&w);
    ck_cc(ask(&w, NETFN_APP, 0x32, MCWORLD_LAN, 0), CC_OK);
    mcworld_from_lan(&w, PRIV_USER);
    w.who.session = session.id;
    ck_cc(send(CHANNEL_SYSTEM, BMC_ADDRESS), CC_DESTINATION);
}
END_TEST

/* Untracked, from the system interface: the answer waits for Get Message. */
START_TEST(sends_for_software_and_queues_the_answer)
{
    struct ipmb_frame f = device_id_of(SATELLITE);
    struct answer *a;

    mcworld_from_system(&w);
    f.source = BMC_ADDRESS;
    f.source_lun = LUN_SMS;
    a = send_of(w.mc, 0, &f);
    mcworld_run(&w, SPAN_MS(10));
    ck_answer(a, CC_OK);
    a = ask(&w, NETFN_APP, GET_MESSAGE);
    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->data[0], CHANNEL_PRIMARY_IPMB);
    ck_assert_uint_eq(a->data[1], (NETFN_APP | 1) << 2 | LUN_SMS);
    ck_assert_uint_eq(a->data[3], SATELLITE);
    ck_assert_uint_eq(a->data[4], 0x15 << 2);
    ck_assert_uint_eq(a->data[5], 0x01);
    ck_assert_uint_eq(a->data[6], CC_OK);
    ck_assert_uint_eq(a->data[7], SATELLITE);
}
END_TEST

/* Software answers a console that knocked at LUN 2. */
START_TEST(carries_software_s_answer_into_the_session)
{
    mcworld_from_system(&w);
    ck_answer(ask(&w, NETFN_APP, SEND_MESSAGE, MCWORLD_LAN, session.handle, 0x81, 0x1c,
                  0x63, 0x20, 0x56, 0x01, 0xc1, 0xc8),
              CC_OK);
    ck_packet(BMC_ADDRESS, 0xc1, 0);
}
END_TEST

START_TEST(bridges_from_the_bus_to_a_console_and_back)
{
    uint8_t room[64];
    struct wr r = wr_of(room, sizeof room);
    struct ipmb_frame inner = {
        .target = 0x81, .source = SATELLITE, .netfn = NETFN_APP, .seq = 7, .cmd = 0x01
    };
    struct lanmsg m;
    struct bytes d;
    struct answer *a;
    uint8_t reply[] = { CC_OK, 0xaa };

    mcworld_from_system(&w);
    w.who.channel = CHANNEL_PRIMARY_IPMB;
    wr_u8(&r, TRACK | MCWORLD_LAN);
    wr_u8(&r, session.handle);
    ipmb_build(&r, &inner);
    a = mcworld_ask(&w, w.mc, NETFN_APP, SEND_MESSAGE, room, wr_len(&r));
    ck_assert(!a->came);
    d = outbox_at(w.out, 0)->bytes;
    ck_assert_int_eq(
        lanmsg_parse(bytes_of(d.at + PLAIN_HEADER, d.len - PLAIN_HEADER), &m), LANMSG_OK);
    ck_assert_uint_eq(m.to, 0x81);
    ck_assert_uint_eq(m.from, BMC_ADDRESS);
    bridge_lan_response(w.mc, MCWORLD_LAN, session.id, NETFN_APP | 1, m.rq_seq, 0x01,
                        bytes_of(reply, sizeof reply));
    ck_answer(a, CC_OK, SATELLITE, 0x1c, 0x62, 0x81, 0x1c, 0x01, 0x00, 0xaa, 0xb8);
}
END_TEST

START_TEST(queues_what_a_console_answers_to_software)
{
    uint8_t reply[] = { CC_OK };

    bridge_lan_response(w.mc, MCWORLD_LAN, session.id, NETFN_APP | 1, 9, 0x01,
                        bytes_of(reply, sizeof reply));
    mcworld_from_system(&w);
    ck_answer(ask(&w, NETFN_APP, GET_MESSAGE), CC_OK, PRIV_ADMIN << 4 | MCWORLD_LAN,
              session.handle, 0x20, 0x1e, 0xc2, 0x81, 0x24, 0x01, 0x00, 0x5a);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("bridge", &t);

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_test(t, answers_in_two_packets);
    tcase_add_test(t, answers_inside_when_told);
    tcase_add_test(t, passes_an_error_of_the_target_on);
    tcase_add_test(t, says_that_nobody_acknowledged);
    tcase_add_test(t, says_that_others_always_won);
    tcase_add_test(t, gets_through_when_others_win_once_less);
    tcase_add_test(t, keeps_silent_about_a_target_that_does);
    tcase_add_test(t, says_so_inside_where_the_answer_would_be);
    tcase_add_test(t, is_busy_with_eight_open_requests);
    tcase_add_test(t, forgets_requests_of_a_session_that_ended);
    tcase_add_test(t, does_what_is_for_itself_with_the_asker_s_privilege);
    tcase_add_loop_test(t, bridges_twice, 0, 2);
    tcase_add_test(t, takes_a_broadcast_get_device_id_only);
    tcase_add_test(t, puts_these_octets_on_the_wire);
    tcase_add_test(t, puts_raw_octets_on_the_wire_as_they_are);
    tcase_add_loop_test(t, refuses_bad_messages, 0, sizeof bad / sizeof bad[0]);
    tcase_add_test(t, lets_users_reach_software_only);
    tcase_add_test(t, does_not_reach_software_that_does_not_receive);
    tcase_add_test(t, sends_for_software_and_queues_the_answer);
    tcase_add_test(t, carries_software_s_answer_into_the_session);
    tcase_add_test(t, bridges_from_the_bus_to_a_console_and_back);
    tcase_add_test(t, queues_what_a_console_answers_to_software);
    return run_suite(s);
}
