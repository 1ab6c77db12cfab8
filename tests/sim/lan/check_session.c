#include "sim/lan/session.h"

#include "tests/lib/run.h"

static struct sessions t;
static struct rng rng;

static void
begin(void)
{
    rng = rng_named(rng_key_root(1), "ids");
    sessions_init(&t, &rng);
}

static void
end(void)
{
    sessions_free(&t);
}

static struct session *
make(void)
{
    struct session *s = session_begin(&t, &rng, SESSION_OPENED);

    ck_assert_ptr_nonnull(s);
    return s;
}

START_TEST(finds_a_session_by_its_id)
{
    struct session *a = make(), *b = make();

    ck_assert_ptr_eq(session_find(&t, a->id), a);
    ck_assert_ptr_eq(session_find(&t, b->id), b);
    ck_assert_ptr_null(session_find(&t, 0));
    ck_assert_ptr_null(session_find(&t, a->id ^ 0x80000000));
    ck_assert_ptr_null(session_find(&t, a->id ^ 0x40));
}
END_TEST

START_TEST(forgets_a_dropped_session_and_reuses_its_memory)
{
    struct session *a = make();
    uint32_t id = a->id;

    session_drop(&t, a);
    ck_assert_ptr_null(session_find(&t, id));
    ck_assert_ptr_eq(make(), a);
    ck_assert_ptr_null(session_find(&t, id));
}
END_TEST

/* 20,000 one after the other in one place, all different and none 0. */
START_TEST(gives_no_id_twice_soon)
{
    enum { IDS = 20000 };
    static uint32_t ids[IDS];
    static uint8_t seen[1 << 16];

    for (int i = 0; i < IDS; i++) {
        struct session *s = make();

        ids[i] = s->id;
        ck_assert_uint_ne(s->id, 0);
        ck_assert_uint_eq(seen[s->id >> 7 & 0xffff]++, 0);
        session_drop(&t, s);
    }
    ck_assert_uint_ne(ids[0], ids[1]);
}
END_TEST

START_TEST(keeps_active_sessions_in_order_of_activation)
{
    struct session *a = make(), *b = make(), *c = make();

    session_activate(&t, b);
    session_activate(&t, c);
    session_activate(&t, a);
    ck_assert_ptr_eq(t.active.first, b);
    ck_assert_ptr_eq(t.active.first->next, c);
    ck_assert_ptr_eq(t.active.last, a);
    session_drop(&t, c);
    ck_assert_ptr_eq(b->next, a);
    ck_assert_uint_eq(t.active.count, 2);
}
END_TEST

START_TEST(moves_a_used_pending_session_to_the_end)
{
    struct session *a = make(), *b = make();

    session_used(&t, a);
    ck_assert_ptr_eq(t.pending.first, b);
    ck_assert_ptr_eq(t.pending.last, a);
}
END_TEST

START_TEST(numbers_handles_from_1_and_skips_those_in_use)
{
    struct session *stays = make();

    session_activate(&t, stays);
    ck_assert_uint_eq(stays->handle, 1);
    for (int i = 0; i < 600; i++) {
        struct session *s = make();

        session_activate(&t, s);
        ck_assert_uint_ne(s->handle, 0);
        ck_assert_uint_ne(s->handle, 1);
        session_drop(&t, s);
    }
}
END_TEST

START_TEST(counts_the_sessions_of_a_user)
{
    for (uint8_t i = 0; i < 5; i++) {
        struct session *s = make();

        s->user = i % 2 ? 3 : 2;
        if (i != 4)
            session_activate(&t, s);
    }
    ck_assert_uint_eq(session_count_user(&t, 2), 2);
    ck_assert_uint_eq(session_count_user(&t, 3), 2);
    ck_assert_uint_eq(session_count_user(&t, 9), 0);
}
END_TEST

START_TEST(holds_as_many_as_it_says)
{
    for (unsigned i = 0; i < LAN_SESSIONS_MAX; i++)
        session_activate(&t, make());
    for (unsigned i = 0; i < SESSION_PENDING_MAX; i++)
        make();
    for (const struct session *s = t.active.first; s != NULL; s = s->next)
        ck_assert_ptr_eq(session_find(&t, s->id), s);
}
END_TEST

START_TEST(costs_no_more_than_its_budget)
{
    /* design: a session at most 4 KiB; contexts of the library are 1.5 of it */
    ck_assert_uint_le(sizeof(struct session), 2048);
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("session", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, finds_a_session_by_its_id);
    tcase_add_test(tc, forgets_a_dropped_session_and_reuses_its_memory);
    tcase_add_test(tc, gives_no_id_twice_soon);
    tcase_add_test(tc, keeps_active_sessions_in_order_of_activation);
    tcase_add_test(tc, moves_a_used_pending_session_to_the_end);
    tcase_add_test(tc, numbers_handles_from_1_and_skips_those_in_use);
    tcase_add_test(tc, counts_the_sessions_of_a_user);
    tcase_add_test(tc, holds_as_many_as_it_says);
    tcase_add_test(tc, costs_no_more_than_its_budget);
    return run_suite(s);
}
