#include "sim/host/uart.h"

#include <string.h>

#include "tests/lib/run.h"

static struct world world;
static struct uart *uart;
static const char *host_says;
static char host_heard[256], far_heard[256];
static size_t host_heard_len, host_takes, far_heard_len, far_has_room;
static unsigned mores, carriers, breaks, host_breaks;
static bool carrier;

static size_t
end_say(void *ctx, uint8_t *to, size_t room)
{
    size_t count = strlen(host_says);

    (void)ctx;
    count = count < room ? count : room;
    memcpy(to, host_says, count);
    host_says += count;
    return count;
}

static size_t
end_hear(void *ctx, struct bytes chars)
{
    size_t count = chars.len < host_takes ? chars.len : host_takes;

    (void)ctx;
    memcpy(host_heard + host_heard_len, chars.at, count);
    host_heard_len += count;
    host_takes -= count;
    return count;
}

static void
end_signal(void *ctx, enum uart_signal what, bool on)
{
    (void)ctx;
    if (what == UART_CARRIER) {
        carrier = on;
        carriers++;
    }
    breaks += what == UART_BREAK;
}

static size_t
far_room(void *ctx)
{
    (void)ctx;
    return far_has_room;
}

static void
far_take(void *ctx, struct bytes chars)
{
    (void)ctx;
    ck_assert_uint_le(chars.len, far_has_room);
    memcpy(far_heard + far_heard_len, chars.at, chars.len);
    far_heard_len += chars.len;
    far_has_room -= chars.len;
}

static void
far_more(void *ctx)
{
    (void)ctx;
    mores++;
}

static void
far_break(void *ctx)
{
    (void)ctx;
    host_breaks++;
}

static const struct uart_end host_end = { NULL, end_say, end_hear, end_signal };
static const struct uart_far far = { NULL, far_room, far_take, far_more, far_break };

static void
begin(void)
{
    world_init(&world, rng_key_root(1), 0, WORLD_EPOCH_DEFAULT);
    host_says = "";
    host_heard_len = far_heard_len = 0;
    host_takes = far_has_room = sizeof far_heard;
    mores = carriers = breaks = host_breaks = 0;
    carrier = false;
    ck_assert_int_eq(uart_new(&world, &uart), ST_OK);
    uart_plug(uart, &host_end);
    world_advance(&world, SPAN_S(1));
}

static void
end(void)
{
    uart_free(uart);
    world_free(&world);
}

static void
pass(instant span)
{
    world_advance(&world, instant_add(world.now, span));
}

static void
check_far(const char *want)
{
    ck_assert_uint_eq(far_heard_len, strlen(want));
    ck_assert_mem_eq(far_heard, want, strlen(want));
}

START_TEST(passes_characters_both_ways)
{
    ck_assert(uart_connect(uart, &far));
    host_says = "login: ";
    uart_speak(uart);
    pass(SPAN_MS(1));
    check_far("login: ");
    ck_assert_uint_eq(uart_send(uart, bytes_of("root", 4)), 4);
    ck_assert_mem_eq(host_heard, "root", 4);
}
END_TEST

START_TEST(keeps_the_pace_of_the_bit_rate)
{
    static const char many[] = "0123456789012345678901234567890123456789"
                               "0123456789012345678901234567890123456789";

    uart_set_rate(uart, 9600);          /* a character a millisecond or so */
    ck_assert(uart_connect(uart, &far));
    host_says = many;
    uart_speak(uart);
    pass(SPAN_MS(42));
    ck_assert_uint_ge(far_heard_len, 36);
    ck_assert_uint_le(far_heard_len, 46);
    pass(SPAN_MS(50));
    check_far(many);
    ck_assert_uint_le(uart_send(uart, bytes_of(many, 80)), 5);
    ck_assert_uint_eq(uart_send(uart, bytes_of(many, 80)), 0);
    pass(SPAN_MS(10));
    ck_assert_uint_eq(mores, 1);
}
END_TEST

START_TEST(waits_for_room_at_the_far_end)
{
    far_has_room = 3;
    ck_assert(uart_connect(uart, &far));
    host_says = "abcdef";
    uart_speak(uart);
    pass(SPAN_S(1));
    check_far("abc");
    far_has_room = 9;
    uart_far_room(uart);
    pass(SPAN_MS(1));
    check_far("abcdef");
}
END_TEST

START_TEST(tells_when_the_host_can_take_more)
{
    ck_assert(uart_connect(uart, &far));
    host_takes = 2;
    ck_assert_uint_eq(uart_send(uart, bytes_of("abc", 3)), 2);
    pass(SPAN_S(1));
    ck_assert_uint_eq(mores, 0);
    host_takes = 9;
    uart_listen(uart);
    pass(0);
    ck_assert_uint_eq(mores, 1);
}
END_TEST

START_TEST(stops_while_cts_is_down)
{
    ck_assert(uart_connect(uart, &far));
    uart_pause(uart, true);
    host_says = "abc";
    uart_speak(uart);
    pass(SPAN_S(1));
    check_far("");
    uart_pause(uart, false);
    pass(SPAN_MS(1));
    check_far("abc");
}
END_TEST

START_TEST(has_one_far_end_at_a_time)
{
    ck_assert(!uart_carrier(uart));
    ck_assert(uart_connect(uart, &far));
    ck_assert(carrier);
    ck_assert(!uart_connect(uart, &far));
    uart_disconnect(uart);
    ck_assert(!carrier);
    ck_assert(uart_connect(uart, &far));
    ck_assert_uint_eq(carriers, 3);
}
END_TEST

START_TEST(lets_the_host_talk_to_nobody)
{
    host_says = "gone";
    uart_speak(uart);
    pass(SPAN_S(1));
    ck_assert_str_eq(host_says, "");
    uart_plug(uart, NULL);
    ck_assert_uint_eq(uart_send(uart, bytes_of("gone", 4)), 4);
}
END_TEST

START_TEST(passes_breaks)
{
    ck_assert(uart_connect(uart, &far));
    uart_signal(uart, UART_BREAK, true);
    ck_assert_uint_eq(breaks, 1);
    uart_send_break(uart);
    ck_assert_uint_eq(host_breaks, 1);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("uart", &t);

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_test(t, passes_characters_both_ways);
    tcase_add_test(t, keeps_the_pace_of_the_bit_rate);
    tcase_add_test(t, waits_for_room_at_the_far_end);
    tcase_add_test(t, tells_when_the_host_can_take_more);
    tcase_add_test(t, stops_while_cts_is_down);
    tcase_add_test(t, has_one_far_end_at_a_time);
    tcase_add_test(t, lets_the_host_talk_to_nobody);
    tcase_add_test(t, passes_breaks);
    return run_suite(s);
}
