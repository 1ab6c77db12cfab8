#include <string.h>

#include "sim/engine/outbox.h"
#include "tests/lib/run.h"

static struct outbox *ob;
static const struct peer to = { .addr = { 127, 0, 0, 1 }, .port = 623, .family = PEER_IPV4 };
static uint8_t big[OUTBOX_DATAGRAM_MAX + 1];

static void
begin(void)
{
    ck_assert_int_eq(outbox_new(3, &ob), ST_OK);
}

static void
end(void)
{
    outbox_free(ob);
}

static void
put(const char *text)
{
    outbox_put(ob, 5, &ob, &to, bytes_of(text, strlen(text)));
}

START_TEST(keeps_datagrams_in_order_with_all_that_belongs_to_them)
{
    put("first");
    put("second");
    ck_assert_uint_eq(outbox_count(ob), 2);
    ck_assert_mem_eq(outbox_at(ob, 0)->bytes.at, "first", 5);
    ck_assert_mem_eq(outbox_at(ob, 1)->bytes.at, "second", 6);
    ck_assert_uint_eq(outbox_at(ob, 1)->bytes.len, 6);
    ck_assert_uint_eq(outbox_at(ob, 1)->at, 5);
    ck_assert_ptr_eq(outbox_at(ob, 1)->endpoint, &ob);
    ck_assert(peer_equal(&outbox_at(ob, 1)->to, &to));
}
END_TEST

START_TEST(starts_over_when_begun_twice)
{
    struct wr w = outbox_begin(ob);

    wr_u8(&w, 1);
    w = outbox_begin(ob);
    wr_u8(&w, 2);
    outbox_end(ob, &w, 0, NULL, &to);
    ck_assert_uint_eq(outbox_count(ob), 1);
    ck_assert_uint_eq(outbox_at(ob, 0)->bytes.at[0], 2);
}
END_TEST

START_TEST(drops_and_counts_what_comes_when_it_is_full)
{
    struct wr w;

    for (int i = 0; i < 5; i++)
        put("x");
    ck_assert_uint_eq(outbox_count(ob), 3);
    ck_assert_uint_eq(outbox_dropped(ob), 2);
    w = outbox_begin(ob);
    ck_assert(w.bad);
    ck_assert_uint_eq(wr_room(&w), 0);
}
END_TEST

START_TEST(takes_the_longest_datagram_and_none_longer)
{
    outbox_put(ob, 0, NULL, &to, bytes_of(big, OUTBOX_DATAGRAM_MAX));
    outbox_put(ob, 0, NULL, &to, bytes_of(big, OUTBOX_DATAGRAM_MAX + 1));
    outbox_put(ob, 0, NULL, &to, bytes_of(big, OUTBOX_DATAGRAM_MAX));
    outbox_put(ob, 0, NULL, &to, bytes_of(big, OUTBOX_DATAGRAM_MAX));
    ck_assert_uint_eq(outbox_count(ob), 3);
    ck_assert_uint_eq(outbox_dropped(ob), 1);
}
END_TEST

START_TEST(drops_and_counts_an_empty_datagram)
{
    outbox_put(ob, 0, NULL, &to, bytes_of(NULL, 0));
    ck_assert_uint_eq(outbox_count(ob), 0);
    ck_assert_uint_eq(outbox_dropped(ob), 1);
}
END_TEST

START_TEST(has_all_its_room_again_when_cleared)
{
    for (int round = 0; round < 4; round++) {
        for (int i = 0; i < 3; i++)
            outbox_put(ob, 0, NULL, &to, bytes_of(big, OUTBOX_DATAGRAM_MAX));
        ck_assert_uint_eq(outbox_count(ob), 3);
        outbox_clear(ob);
        ck_assert_uint_eq(outbox_count(ob), 0);
    }
    ck_assert_uint_eq(outbox_dropped(ob), 0);
}
END_TEST

START_TEST(refuses_sizes_out_of_range)
{
    struct outbox *none;

    ck_assert_int_eq(outbox_new(0, &none), ST_INVALID);
    ck_assert_int_eq(outbox_new(65537, &none), ST_INVALID);
    outbox_free(NULL);
}
END_TEST

static Suite *
outbox_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("sim/engine/outbox", &c);

    tcase_add_checked_fixture(c, begin, end);
    tcase_add_test(c, keeps_datagrams_in_order_with_all_that_belongs_to_them);
    tcase_add_test(c, starts_over_when_begun_twice);
    tcase_add_test(c, drops_and_counts_what_comes_when_it_is_full);
    tcase_add_test(c, takes_the_longest_datagram_and_none_longer);
    tcase_add_test(c, drops_and_counts_an_empty_datagram);
    tcase_add_test(c, has_all_its_room_again_when_cleared);
    tcase_add_test(c, refuses_sizes_out_of_range);
    return s;
}

int
main(void)
{
    return run_suite(outbox_suite());
}
