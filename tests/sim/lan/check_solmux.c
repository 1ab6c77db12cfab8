#include "sim/lan/solmux.h"

#include <string.h>

#include "tests/lib/run.h"

/* A mux between a host that is a buffer and a console of written-out packets. */
static struct world world;
static struct solmux *mux;
static struct solmux_rules rules;
static uint8_t sent[64][SOL_HEADER + SOL_CHARS_MAX];
static size_t sent_len[64], sent_count;
static char host[1024];
static size_t host_len, host_room;
static unsigned rooms;
static uint8_t operations;
static unsigned operated;

static void
on_send(void *ctx, struct bytes payload)
{
    (void)ctx;
    ck_assert_uint_lt(sent_count, 64);
    memcpy(sent[sent_count], payload.at, payload.len);
    sent_len[sent_count++] = payload.len;
}

static size_t
on_typed(void *ctx, struct bytes chars)
{
    size_t count = chars.len < host_room ? chars.len : host_room;

    (void)ctx;
    memcpy(host + host_len, chars.at, count);
    host_len += count;
    host_room -= count;
    return count;
}

static void
on_room(void *ctx)
{
    (void)ctx;
    rooms++;
}

static void
on_operate(void *ctx, uint8_t ops)
{
    (void)ctx;
    operations = ops;
    operated++;
}

static void
begin(void)
{
    static const struct solmux_sinks sinks = {
        .rules = &rules, .send = on_send, .typed = on_typed, .room = on_room,
        .operate = on_operate,
    };

    world_init(&world, rng_key_root(1), 0, WORLD_EPOCH_DEFAULT);
    rules = (struct solmux_rules){ .accumulate = 2, .threshold = 4, .retries = 2,
                                   .retry_interval = 10 };
    sent_count = host_len = 0;
    host_room = sizeof host;
    rooms = operated = 0;
    operations = 0;
    ck_assert_int_eq(solmux_new(&world, &sinks, &mux), ST_OK);
}

static void
end(void)
{
    solmux_free(mux);
    world_free(&world);
}

static void
pass(instant span)
{
    world_advance(&world, instant_add(world.now, span));
}

static void
say(const char *s)
{
    ck_assert_uint_eq(solmux_output(mux, bytes_of(s, strlen(s))), strlen(s));
}

/* A packet from the console. */
static void
console(uint8_t seq, uint8_t ack, uint8_t accepted, uint8_t flags, const char *s)
{
    uint8_t buf[SOL_HEADER + SOL_CHARS_MAX];
    struct wr w = wr_of(buf, sizeof buf);

    sol_build(&w, &(struct sol_packet){ seq, ack, accepted, flags, bytes_of(s, strlen(s)) });
    ck_assert(solmux_input(mux, wr_bytes_of(&w)));
}

static void
check_sent(size_t n, uint8_t seq, uint8_t ack, uint8_t accepted, uint8_t flags, const char *s)
{
    ck_assert_uint_lt(n, sent_count);
    ck_assert_uint_eq(sent[n][0], seq);
    ck_assert_uint_eq(sent[n][1], ack);
    ck_assert_uint_eq(sent[n][2], accepted);
    ck_assert_uint_eq(sent[n][3], flags);
    ck_assert_uint_eq(sent_len[n] - SOL_HEADER, strlen(s));
    ck_assert_mem_eq(sent[n] + SOL_HEADER, s, strlen(s));
}

START_TEST(gathers_characters_for_the_interval)
{
    say("a");
    pass(SPAN_MS(5));
    say("b");
    pass(SPAN_MS(4));
    ck_assert_uint_eq(sent_count, 0);
    pass(SPAN_MS(1));
    check_sent(0, 1, 0, 0, 0, "ab");
}
END_TEST

START_TEST(sends_at_once_when_the_threshold_is_reached)
{
    say("abc");
    ck_assert_uint_eq(sent_count, 0);
    say("d");
    check_sent(0, 1, 0, 0, 0, "abcd");
}
END_TEST

START_TEST(has_one_packet_under_way)
{
    say("abcd");
    say("efgh");
    pass(SPAN_MS(50));
    ck_assert_uint_eq(sent_count, 1);
    console(0, 1, 4, 0, "");
    ck_assert_uint_eq(sent_count, 2);
    check_sent(1, 2, 0, 0, 0, "efgh");
}
END_TEST

START_TEST(goes_through_fifteen_numbers)
{
    for (unsigned i = 0; i < 16; i++) {
        say("abcd");
        check_sent(i, (uint8_t)(i % 15 + 1), 0, 0, 0, "abcd");
        console(0, (uint8_t)(i % 15 + 1), 4, 0, "");
    }
}
END_TEST

START_TEST(sends_again_and_then_gives_up)
{
    say("abcd");
    say("xy");
    pass(SPAN_MS(99));
    ck_assert_uint_eq(sent_count, 1);
    pass(SPAN_MS(1));
    check_sent(1, 1, 0, 0, 0, "abcd");
    pass(SPAN_MS(100));
    check_sent(2, 1, 0, 0, 0, "abcd");
    pass(SPAN_MS(100));
    ck_assert_uint_eq(solmux_stats(mux)->dropped, 4);
    check_sent(3, 2, 0, 0, SOL_OVERRUN, "xy");
    console(0, 2, 2, 0, "");
    say("next");
    check_sent(4, 3, 0, 0, 0, "next");
}
END_TEST

START_TEST(sends_the_rest_of_what_was_accepted_in_part)
{
    say("abcd");
    console(0, 1, 1, 0, "");
    check_sent(1, 2, 0, 0, 0, "bcd");
    console(0, 2, 3, 0, "");
    ck_assert_uint_eq(solmux_stats(mux)->sent, 4);
    pass(SPAN_S(1));
    ck_assert_uint_eq(sent_count, 2);
}
END_TEST

START_TEST(waits_when_it_is_refused)
{
    say("abcd");
    console(0, 1, 1, SOL_NACK, "");
    say("efgh");
    pass(SPAN_MS(99));
    ck_assert_uint_eq(sent_count, 1);
    pass(SPAN_MS(1));
    check_sent(1, 2, 0, 0, 0, "bcdefgh");
    console(0, 2, 0, SOL_NACK, "");
    console(0, 0, 0, 0, "");
    check_sent(2, 3, 0, 0, 0, "bcdefgh");
}
END_TEST

START_TEST(loses_nothing_to_a_console_that_refuses_for_long)
{
    say("abcd");
    for (uint8_t i = 0; i < 50; i++) {
        console(0, sent[sent_count - 1][0], 0, SOL_NACK, "");
        pass(SPAN_MS(100));
    }
    ck_assert_uint_eq(sent_count, 51);
    check_sent(50, 50 % 15 + 1, 0, 0, 0, "abcd");
    ck_assert_uint_eq(solmux_stats(mux)->dropped, 0);
}
END_TEST

START_TEST(ignores_acknowledgements_of_other_packets)
{
    say("abcd");
    console(0, 2, 4, 0, "");
    console(0, 15, 4, 0, "");
    pass(SPAN_MS(100));
    check_sent(1, 1, 0, 0, 0, "abcd");
}
END_TEST

START_TEST(holds_no_more_than_it_promises)
{
    char many[SOLMUX_ROOM + 10];

    memset(many, 'x', sizeof many);
    ck_assert_uint_eq(solmux_room(mux), SOLMUX_ROOM);
    ck_assert_uint_eq(solmux_output(mux, bytes_of(many, sizeof many)), SOLMUX_ROOM);
    ck_assert_uint_eq(solmux_room(mux), 0);
    ck_assert_uint_eq(solmux_output(mux, bytes_of(many, 1)), 0);
    ck_assert_uint_eq(sent_len[0], SOL_HEADER + SOL_CHARS_MAX);
    console(0, 1, SOL_CHARS_MAX, 0, "");
    ck_assert_uint_eq(rooms, 1);
    ck_assert_uint_eq(solmux_room(mux), SOL_CHARS_MAX);
}
END_TEST

START_TEST(gives_the_host_what_is_typed)
{
    console(1, 0, 0, 0, "ls");
    check_sent(0, 0, 1, 2, 0, "");
    console(2, 0, 0, 0, "-l");
    check_sent(1, 0, 2, 2, 0, "");
    ck_assert_uint_eq(host_len, 4);
    ck_assert_mem_eq(host, "ls-l", 4);
}
END_TEST

START_TEST(takes_a_repeated_packet_once)
{
    console(1, 0, 0, 0, "ls");
    console(1, 0, 0, 0, "ls");
    check_sent(1, 0, 1, 2, 0, "");
    ck_assert_uint_eq(host_len, 2);
    ck_assert_uint_eq(solmux_stats(mux)->repeats, 1);
}
END_TEST

START_TEST(acknowledges_when_the_host_has_taken_all)
{
    host_room = 1;
    console(1, 0, 0, 0, "abc");
    console(1, 0, 0, 0, "abc");
    ck_assert_uint_eq(sent_count, 0);
    host_room = 1;
    solmux_typed_room(mux);
    ck_assert_uint_eq(sent_count, 0);
    host_room = 9;
    solmux_typed_room(mux);
    check_sent(0, 0, 1, 3, 0, "");
    ck_assert_mem_eq(host, "abc", 3);
    pass(SPAN_S(1));
    ck_assert_uint_eq(sent_count, 1);
}
END_TEST

START_TEST(accepts_in_part_what_the_host_does_not_take_in_time)
{
    host_room = 2;
    console(1, 0, 0, 0, "abc");
    pass(SOLMUX_HOLD);
    check_sent(0, 0, 1, 2, 0, "");
    host_room = 9;
    console(2, 0, 0, 0, "c");
    check_sent(1, 0, 2, 1, 0, "");
    ck_assert_mem_eq(host, "abc", 3);
}
END_TEST

START_TEST(refuses_what_the_host_takes_nothing_of)
{
    host_room = 0;
    console(1, 0, 0, 0, "abc");
    pass(SOLMUX_HOLD);
    check_sent(0, 0, 1, 0, SOL_NACK, "");
    host_room = 9;
    console(1, 0, 0, 0, "abc");
    check_sent(1, 0, 1, 3, 0, "");
    ck_assert_uint_eq(host_len, 3);
}
END_TEST

START_TEST(acknowledges_an_empty_packet_with_a_number)
{
    console(3, 0, 0, 0, "");
    check_sent(0, 0, 3, 0, 0, "");
    console(0, 0, 0, 0, "");
    ck_assert_uint_eq(sent_count, 1);
}
END_TEST

START_TEST(does_operations_once)
{
    console(1, 0, 0, SOL_BREAK | SOL_PAUSE, "");
    ck_assert_uint_eq(operations, SOL_BREAK | SOL_PAUSE);
    console(1, 0, 0, SOL_BREAK | SOL_PAUSE, "");
    ck_assert_uint_eq(operated, 1);
    console(2, 0, 0, SOL_PAUSE, "");
    ck_assert_uint_eq(operated, 1);
    console(0, 0, 0, 0, "");
    ck_assert_uint_eq(operated, 2);
    ck_assert_uint_eq(operations, 0);
}
END_TEST

START_TEST(flushes_what_is_asked_for)
{
    host_room = 1;
    console(1, 0, 0, 0, "abc");
    console(2, 0, 0, SOL_FLUSH_INBOUND, "");
    check_sent(0, 0, 1, 3, 0, "");
    check_sent(1, 0, 2, 0, 0, "");
    ck_assert_uint_eq(host_len, 1);
    say("abcd");
    say("efgh");
    console(3, 0, 0, SOL_FLUSH_OUTBOUND, "");
    ck_assert_uint_eq(solmux_room(mux), SOLMUX_ROOM);
    pass(SPAN_S(1));
    say("next");
    check_sent(sent_count - 1, 2, 0, 0, 0, "next");
}
END_TEST

START_TEST(tells_of_a_break_and_of_an_end)
{
    solmux_break(mux);
    check_sent(0, 1, 0, 0, SOL_BREAK_SEEN, "");
    console(0, 1, 0, 0, "");
    solmux_set_available(mux, false);
    check_sent(1, 0, 0, 0, SOL_UNAVAILABLE, "");
    solmux_set_available(mux, true);
    check_sent(2, 0, 0, 0, 0, "");
    solmux_end(mux);
    check_sent(3, 0, 0, 0, SOL_INACTIVE, "");
    ck_assert_uint_eq(solmux_output(mux, bytes_of("x", 1)), 0);
    console(1, 0, 0, 0, "x");
    ck_assert_uint_eq(sent_count, 4);
    ck_assert_uint_eq(host_len, 0);
}
END_TEST

/* ipmitool took a packet that came before the answer to its activation for that
 * answer. */
START_TEST(begins_unavailable_without_a_packet_of_its_own)
{
    solmux_begin_unavailable(mux);
    pass(SPAN_S(1));
    ck_assert_uint_eq(sent_count, 0);
    console(1, 0, 0, 0, "");
    check_sent(0, 0, 1, 0, SOL_UNAVAILABLE, "");
    solmux_set_available(mux, true);
    check_sent(1, 0, 0, 0, 0, "");
}
END_TEST

START_TEST(refuses_what_is_no_packet)
{
    ck_assert(!solmux_input(mux, bytes_of("\1\0", 2)));
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("solmux", &t);

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_test(t, gathers_characters_for_the_interval);
    tcase_add_test(t, sends_at_once_when_the_threshold_is_reached);
    tcase_add_test(t, has_one_packet_under_way);
    tcase_add_test(t, goes_through_fifteen_numbers);
    tcase_add_test(t, sends_again_and_then_gives_up);
    tcase_add_test(t, sends_the_rest_of_what_was_accepted_in_part);
    tcase_add_test(t, waits_when_it_is_refused);
    tcase_add_test(t, loses_nothing_to_a_console_that_refuses_for_long);
    tcase_add_test(t, ignores_acknowledgements_of_other_packets);
    tcase_add_test(t, holds_no_more_than_it_promises);
    tcase_add_test(t, gives_the_host_what_is_typed);
    tcase_add_test(t, takes_a_repeated_packet_once);
    tcase_add_test(t, acknowledges_when_the_host_has_taken_all);
    tcase_add_test(t, accepts_in_part_what_the_host_does_not_take_in_time);
    tcase_add_test(t, refuses_what_the_host_takes_nothing_of);
    tcase_add_test(t, acknowledges_an_empty_packet_with_a_number);
    tcase_add_test(t, does_operations_once);
    tcase_add_test(t, flushes_what_is_asked_for);
    tcase_add_test(t, tells_of_a_break_and_of_an_end);
    tcase_add_test(t, begins_unavailable_without_a_packet_of_its_own);
    tcase_add_test(t, refuses_what_is_no_packet);
    return run_suite(s);
}
