#include <string.h>

#include "sim/bus/heard.h"
#include "sim/bus/ipmb_port.h"
#include "tests/lib/run.h"

static struct heard h;

static void
begin(void)
{
    heard_init(&h);
}

static void
end(void)
{
    heard_free(&h);
}

static const uint8_t data[] = { 1, 2, 3, 4 };

static struct ipmb_frame
request(uint8_t source, uint8_t seq)
{
    return (struct ipmb_frame){
        .target = 0x20, .source = source, .seq = seq, .netfn = 4, .cmd = 2,
        .data = bytes_of(data, 2),
    };
}

static uint32_t
enter(struct ipmb_frame f, instant now, uint32_t *generation)
{
    uint32_t number = 0;

    ck_assert(heard_enter(&h, now, &f, &number, generation));
    return number;
}

START_TEST(finds_a_repeated_request_and_what_was_answered)
{
    struct ipmb_frame f = request(0x52, 5);
    uint32_t generation, number;
    const struct heard_entry *e;

    ck_assert_ptr_null(heard_find(&h, 0, &f));
    number = enter(f, 0, &generation);
    e = heard_find(&h, 1, &f);
    ck_assert_ptr_nonnull(e);
    ck_assert(!e->answered);
    heard_answer(&h, number, generation, bytes_of(data, 3));
    e = heard_find(&h, 1, &f);
    ck_assert(e->answered);
    ck_assert_uint_eq(e->reply_len, 3);
    ck_assert_mem_eq(e->reply, data, 3);
}
END_TEST

static const struct {
    const char *why;
    struct ipmb_frame f;
} others[] = {
    { "another source", { .source = 0x54, .seq = 5, .netfn = 4, .cmd = 2, .data = { data, 2 } } },
    { "another number", { .source = 0x52, .seq = 6, .netfn = 4, .cmd = 2, .data = { data, 2 } } },
    { "another netfn", { .source = 0x52, .seq = 5, .netfn = 6, .cmd = 2, .data = { data, 2 } } },
    { "another command", { .source = 0x52, .seq = 5, .netfn = 4, .cmd = 3, .data = { data, 2 } } },
    { "another LUN", { .source = 0x52, .seq = 5, .netfn = 4, .cmd = 2, .target_lun = 1,
                       .data = { data, 2 } } },
    { "another asker's LUN", { .source = 0x52, .seq = 5, .netfn = 4, .cmd = 2, .source_lun = 2,
                               .data = { data, 2 } } },
    { "longer data", { .source = 0x52, .seq = 5, .netfn = 4, .cmd = 2, .data = { data, 3 } } },
    { "other data", { .source = 0x52, .seq = 5, .netfn = 4, .cmd = 2, .data = { data + 1, 2 } } },
};

START_TEST(does_not_take_another_request_for_a_repeated_one)
{
    uint32_t generation;

    enter(request(0x52, 5), 0, &generation);
    ck_assert_msg(heard_find(&h, 0, &others[_i].f) == NULL, "%s", others[_i].why);
}
END_TEST

START_TEST(forgets_after_its_span)
{
    struct ipmb_frame f = request(0x52, 5);
    uint32_t generation;

    enter(f, 100, &generation);
    ck_assert_ptr_nonnull(heard_find(&h, 100 + IPMB_PORT_DUPLICATE_SPAN - 1, &f));
    ck_assert_ptr_null(heard_find(&h, 100 + IPMB_PORT_DUPLICATE_SPAN, &f));
}
END_TEST

START_TEST(forgets_when_the_source_has_moved_on)
{
    struct ipmb_frame f = request(0x52, 0);
    uint32_t generation;

    enter(f, 0, &generation);
    for (uint8_t i = 1; i < IPMB_PORT_DUPLICATE_LATER; i++)
        enter(request(0x52, i), 0, &generation);
    ck_assert_ptr_nonnull(heard_find(&h, 0, &f));
    enter(request(0x54, 7), 0, &generation);
    ck_assert_ptr_nonnull(heard_find(&h, 0, &f));
    enter(request(0x52, IPMB_PORT_DUPLICATE_LATER), 0, &generation);
    ck_assert_ptr_null(heard_find(&h, 0, &f));
}
END_TEST

START_TEST(gives_the_oldest_entry_away_when_it_is_full)
{
    uint32_t generation, first_generation, first;
    struct ipmb_frame f = request(0x10, 0);

    first = enter(f, 0, &first_generation);
    for (unsigned i = 1; i < IPMB_PORT_DUPLICATES_MAX; i++)
        enter(request((uint8_t)(0x10 + 2 * i), 0), i, &generation);
    ck_assert_uint_eq(h.count, IPMB_PORT_DUPLICATES_MAX);
    ck_assert_ptr_nonnull(heard_find(&h, 100, &f));
    ck_assert_uint_eq(enter(request(0xf0, 0), 100, &generation), first);
    ck_assert_uint_eq(h.count, IPMB_PORT_DUPLICATES_MAX);
    ck_assert_ptr_null(heard_find(&h, 100, &f));
    /* A late answer to the request that gave way must not end up here. */
    heard_answer(&h, first, first_generation, bytes_of(data, 3));
    f = request(0xf0, 0);
    ck_assert(!heard_find(&h, 100, &f)->answered);
}
END_TEST

START_TEST(takes_little_room_while_entries_expire)
{
    uint32_t generation;

    for (unsigned i = 0; i < 100; i++)
        enter(request(0x52, (uint8_t)(i % 64)), i * SPAN_S(2), &generation);
    ck_assert_uint_le(h.count, 4);
}
END_TEST

START_TEST(forgets_all_when_cleared)
{
    struct ipmb_frame f = request(0x52, 5);
    uint32_t generation, number = enter(f, 0, &generation);

    heard_clear(&h);
    ck_assert_ptr_null(heard_find(&h, 0, &f));
    heard_answer(&h, number, generation, bytes_of(data, 3));
    ck_assert_ptr_null(heard_find(&h, 0, &f));
}
END_TEST

static Suite *
heard_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("sim/bus/heard", &c);

    tcase_add_checked_fixture(c, begin, end);
    tcase_add_test(c, finds_a_repeated_request_and_what_was_answered);
    tcase_add_loop_test(c, does_not_take_another_request_for_a_repeated_one, 0,
                        sizeof others / sizeof others[0]);
    tcase_add_test(c, forgets_after_its_span);
    tcase_add_test(c, forgets_when_the_source_has_moved_on);
    tcase_add_test(c, gives_the_oldest_entry_away_when_it_is_full);
    tcase_add_test(c, takes_little_room_while_entries_expire);
    tcase_add_test(c, forgets_all_when_cleared);
    return s;
}

int
main(void)
{
    return run_suite(heard_suite());
}
