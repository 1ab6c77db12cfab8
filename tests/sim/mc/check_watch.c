#include <string.h>

#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

static struct mcworld w;

/* What was told, in one word each. */
static struct told {
    char words[256];
    uint8_t record[16];
    uint8_t cc;
    struct ipmi_origin way;
} told;

static const struct mc_watch *slot;

static void
tell(const char *word)
{
    strncat(told.words, word, sizeof told.words - strlen(told.words) - 1);
    strncat(told.words, " ", sizeof told.words - strlen(told.words) - 1);
}

static void
sel_added(void *ctx, struct mc *mc, const uint8_t *record)
{
    ck_assert_ptr_eq(ctx, &told);
    ck_assert_ptr_eq(mc, w.mc);
    memcpy(told.record, record, sizeof told.record);
    tell("added");
}

static void
watchdog(void *ctx, struct mc *mc, bool expired, uint8_t use, uint8_t actions)
{
    (void)ctx;
    (void)mc;
    ck_assert_uint_eq(use & WATCHDOG_USE, WATCHDOG_SMS_OS);
    ck_assert_uint_eq(actions, WATCHDOG_NMI << 4 | WATCHDOG_NOTHING);
    tell(expired ? "expired" : "pre");
}

static void
reset(void *ctx, struct mc *mc, enum mc_watch_reset what)
{
    static const char *const words[] = { "cold", "warm", "started" };

    (void)ctx;
    (void)mc;
    tell(words[what]);
}

static void
gone(void *ctx, struct mc *mc)
{
    (void)ctx;
    (void)mc;
    tell("gone");
}

static void
answered(void *ctx, const struct ipmi_origin *origin, uint8_t cc, struct bytes data)
{
    struct ipmi_origin own = *origin;

    ck_assert_ptr_eq(ctx, &told);
    told.cc = cc;
    own.answer = told.way.answer;
    own.ctx = told.way.ctx;
    ipmi_answer(&own, cc, data);
}

static void
request(void *ctx, struct mc *mc, struct ipmi_req *rq)
{
    (void)mc;
    tell("asked");
    told.way = rq->from;
    rq->from.answer = answered;
    rq->from.ctx = ctx;
}

static const struct mc_watch all = {
    .ctx = &told, .sel_added = sel_added, .watchdog = watchdog, .reset = reset, .gone = gone,
};

static void
begin(void)
{
    told = (struct told){ .cc = 0xee };
    mcworld_plain(&w);
    slot = &all;
    w.mc->opts.watch = &slot;
}

static void
end(void)
{
    mcworld_end(&w);
}

START_TEST(tells_of_records_as_they_were_logged)
{
    uint8_t body[13] = { 0, 0, 0, 0, 0x20, 0, 4, 1, 2, 0x6f, 3, 4, 5 };

    ck_assert_uint_ne(mc_sel_add(w.mc, 0x02, body), 0);
    ck_assert_str_eq(told.words, "added ");
    ck_assert_uint_eq(told.record[2], 0x02);
    ck_assert_mem_eq(told.record + 7, body + 4, 9);
}
END_TEST

START_TEST(tells_of_the_watchdog_twice)
{
    ask(&w, NETFN_APP, 0x24, WATCHDOG_DONT_LOG | WATCHDOG_SMS_OS, WATCHDOG_NMI << 4, 1, 0, 20, 0);
    ask(&w, NETFN_APP, 0x22);
    mcworld_run(&w, SPAN_MS(1500));
    ck_assert_str_eq(told.words, "pre ");
    mcworld_run(&w, SPAN_MS(1000));
    ck_assert_str_eq(told.words, "pre expired ");
}
END_TEST

START_TEST(tells_of_resets_and_when_one_is_over)
{
    mc_warm_reset(w.mc);
    ck_assert_str_eq(told.words, "warm ");
    mc_cold_reset(w.mc);
    ck_assert_str_eq(told.words, "warm cold ");
    mcworld_run(&w, SPAN_S(1));
    ck_assert_str_eq(told.words, "warm cold started ");
}
END_TEST

START_TEST(may_stand_in_the_way_of_an_answer)
{
    struct mc_watch watch = { .ctx = &told, .request = request };

    slot = &watch;
    ck_cc(ask(&w, NETFN_APP, 0x01), CC_OK);
    ck_assert_str_eq(told.words, "asked ");
    ck_assert_uint_eq(told.cc, CC_OK);
    slot = &all;
}
END_TEST

START_TEST(tells_before_it_is_gone)
{
    struct mcworld v;

    mcworld_plain(&v);
    v.mc->opts.watch = &slot;
    mcworld_end(&v);
    ck_assert_str_eq(told.words, "gone ");
}
END_TEST

START_TEST(costs_nobody_anything_who_does_not_listen)
{
    static const struct mc_watch nothing;
    uint8_t body[13] = { 0 };

    slot = &nothing;
    ck_assert_uint_ne(mc_sel_add(w.mc, 0xc0, body), 0);
    mc_cold_reset(w.mc);
    slot = NULL;
    mc_cold_reset(w.mc);
    ck_assert_str_eq(told.words, "");
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("watch", &t);

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_test(t, tells_of_records_as_they_were_logged);
    tcase_add_test(t, tells_of_the_watchdog_twice);
    tcase_add_test(t, tells_of_resets_and_when_one_is_over);
    tcase_add_test(t, may_stand_in_the_way_of_an_answer);
    tcase_add_test(t, tells_before_it_is_gone);
    tcase_add_test(t, costs_nobody_anything_who_does_not_listen);
    return run_suite(s);
}
