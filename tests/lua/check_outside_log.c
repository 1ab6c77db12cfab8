#include "lua/outside_log.h"

#include <string.h>

#include "tests/lib/run.h"

START_TEST(gives_back_what_it_was_given)
{
    static const struct peer peer = { .family = PEER_IPV6, .port = 623, .addr = { 1, 2 } };
    struct outside_log log = { 0 };
    struct outside_reader r;
    struct peer back;
    struct bytes octets;

    outside_log_code(&log, OUTSIDE_WAITED);
    outside_log_number(&log, 0x0102030405060708u, 8);
    outside_log_octets(&log, bytes_of("hello", 5));
    outside_log_octets(&log, bytes_of(NULL, 0));
    outside_log_peer(&log, &peer);
    r = (struct outside_reader){ .left = bytes_of(log.at, log.len) };
    ck_assert(outside_read_peek(&r) == OUTSIDE_WAITED);
    ck_assert_uint_eq(outside_read_number(&r, 1), OUTSIDE_WAITED);
    ck_assert_uint_eq(outside_read_number(&r, 8), 0x0102030405060708u);
    octets = outside_read_octets(&r);
    ck_assert_uint_eq(octets.len, 5);
    ck_assert_mem_eq(octets.at, "hello", 5);
    ck_assert_uint_eq(outside_read_octets(&r).len, 0);
    back = outside_read_peer(&r);
    ck_assert(peer_equal(&peer, &back));
    ck_assert(!r.bad && r.left.len == 0);
    ck_assert(outside_read_peek(&r) == OUTSIDE_CODES);
    outside_log_free(&log);
}
END_TEST

START_TEST(reads_nothing_behind_its_end)
{
    static const uint8_t cut[] = { 5, 0, 0, 0, 'h', 'e' };
    struct outside_reader r = { .left = bytes_of(cut, sizeof cut) };

    ck_assert_uint_eq(outside_read_octets(&r).len, 0);
    ck_assert(r.bad);
    ck_assert_uint_eq(outside_read_number(&r, 1), 0);
    ck_assert(outside_read_peek(&r) == OUTSIDE_CODES);
}
END_TEST

START_TEST(keeps_no_more_than_it_may)
{
    static uint8_t much[1 << 20];
    struct outside_log log = { 0 };
    size_t len = 0;

    while (!log.full && len <= OUTSIDE_LOG_MAX) {
        len = log.len;
        outside_log_octets(&log, bytes_of(much, sizeof much));
    }
    ck_assert(log.full);
    ck_assert_uint_le(log.len, OUTSIDE_LOG_MAX);
    len = log.len;
    outside_log_number(&log, 1, 1);
    ck_assert_uint_eq(log.len, len);
    outside_log_free(&log);
}
END_TEST

START_TEST(has_words_for_each_code)
{
    for (int code = OUTSIDE_OPEN; code < OUTSIDE_CODES; code++)
        ck_assert_str_ne(outside_code_text((enum outside_code)code), "nothing more");
    ck_assert_str_eq(outside_code_text(OUTSIDE_CODES), "nothing more");
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("outside_log", &t);

    tcase_add_test(t, gives_back_what_it_was_given);
    tcase_add_test(t, reads_nothing_behind_its_end);
    tcase_add_test(t, keeps_no_more_than_it_may);
    tcase_add_test(t, has_words_for_each_code);
    return run_suite(s);
}
