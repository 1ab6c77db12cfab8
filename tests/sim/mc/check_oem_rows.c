#include "sim/mc/oem_rows.h"

#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

#define NETFN_VENDOR 0x30

static struct mcworld w;

/* What stands behind: a command of a profile's. */
static enum ipmi_cc
says_one(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)mc;
    (void)rq;
    wr_u8(rs, 1);
    return CC_OK;
}

static const struct command profile_rows[] = {
    { NETFN_VENDOR, 0x02, "Says One", NEEDS_ADMIN, 0, 1, GROUP_OEM_CMDS, says_one, "" },
};
static const struct command_table profile_table = { "one", profile_rows, 1, 0 };
static const struct command_table *const profile_tables[] = { &profile_table };
static const struct oem_profile profile = {
    .name = "one", .what = "", .tables = profile_tables, .table_count = 1,
};

/* One more controller; it outlives the test. */
static struct machine_mc satellite;

static void
end(void)
{
    mcworld_end(&w);
}

static void
begin(void)
{
    mcworld_describe(&w);
    w.machine.profiles[0] = &profile;
    mcworld_begin(&w);
}

struct hooked {
    unsigned calls;
    uint8_t says;
    struct oem_row *remove;      /* when called */
    bool passes;
};

static enum ipmi_cc
hook(void *ctx, struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct hooked *h = ctx;

    h->calls++;
    if (h->remove != NULL)
        oem_row_remove(h->remove);
    h->remove = NULL;
    if (h->passes)
        return mc_pass(mc, rq, rs);
    wr_u8(rs, h->says);
    return CC_OK;
}

static struct oem_row_facts
facts_of(uint8_t netfn, uint8_t cmd, struct hooked *h)
{
    return (struct oem_row_facts){ .netfn = netfn, .cmd = cmd, .needs = NEEDS_USER,
                                   .len_max = LEN_ANY, .fn = hook, .ctx = h };
}

START_TEST(stands_in_the_order_of_the_header)
{
    struct hooked all = { .says = 0xa1 }, one = { .says = 0x01 };
    struct oem_row_facts facts = facts_of(NETFN_VENDOR, 0x02, &all);
    struct oem_row *row_of_all, *row_of_one;

    satellite = mcworld_satellite(0x82);
    (void)mcworld_add(&w, &satellite);
    ck_assert_int_eq(oem_rows_add(oem_library_rows(w.oem), &facts, &row_of_all), ST_OK);
    ck_answer(ask(&w, NETFN_VENDOR, 0x02), CC_OK, 0xa1);
    ck_answer(ask_of(&w, w.satellites[0], NETFN_VENDOR, 0x02), CC_OK, 0xa1);
    facts.ctx = &one;
    ck_assert_int_eq(oem_rows_add(oem_rows_of(w.mc), &facts, &row_of_one), ST_OK);
    ck_answer(ask(&w, NETFN_VENDOR, 0x02), CC_OK, 0x01);
    ck_answer(ask_of(&w, w.satellites[0], NETFN_VENDOR, 0x02), CC_OK, 0xa1);
    one.passes = true;
    ck_answer(ask(&w, NETFN_VENDOR, 0x02), CC_OK, 0xa1);
    all.passes = true;
    ck_answer(ask(&w, NETFN_VENDOR, 0x02), CC_OK, 1);
    ck_cc(ask_of(&w, w.satellites[0], NETFN_VENDOR, 0x02), CC_INVALID_COMMAND);
    oem_row_remove(row_of_all);
    oem_row_remove(row_of_one);
    ck_answer(ask(&w, NETFN_VENDOR, 0x02), CC_OK, 1);
    ck_cc(ask_of(&w, w.satellites[0], NETFN_VENDOR, 0x02), CC_INVALID_COMMAND);
}
END_TEST

START_TEST(stands_behind_rules)
{
    static const struct machine_rule rule = { .netfn = NETFN_VENDOR, .cmd = 0x03, .cc = 0x80 };
    struct hooked h = { .says = 0x01 };
    struct oem_row_facts facts = facts_of(NETFN_VENDOR, 0x03, &h);
    struct oem_row *row;

    end();
    mcworld_describe(&w);
    w.machine.rules = &rule;
    w.machine.rule_count = 1;
    mcworld_begin(&w);
    ck_assert_int_eq(oem_rows_add(oem_rows_of(w.mc), &facts, &row), ST_OK);
    ck_cc(ask(&w, NETFN_VENDOR, 0x03), 0x80);
    ck_cc(ask(&w, NETFN_VENDOR, 0x03, 1), CC_INVALID_FIELD);
    ck_assert_uint_eq(h.calls, 0);
}
END_TEST

START_TEST(may_remove_itself)
{
    struct hooked h = { .says = 0x33 };
    struct oem_row_facts facts = facts_of(NETFN_APP, 0x01, &h);
    struct oem_row *row;

    ck_assert_int_eq(oem_rows_add(oem_rows_of(w.mc), &facts, &row), ST_OK);
    h.remove = row;
    ck_answer(ask(&w, NETFN_APP, 0x01), CC_OK, 0x33);
    ck_assert_uint_gt(ask(&w, NETFN_APP, 0x01)->len, 1);
    ck_assert_uint_eq(h.calls, 1);
    ck_assert_int_eq(oem_rows_add(oem_rows_of(w.mc), &facts, &row), ST_OK);
    ck_answer(ask(&w, NETFN_APP, 0x01), CC_OK, 0x33);
}
END_TEST

START_TEST(refuses_rows_that_make_no_sense)
{
    struct hooked h = { .says = 0 };
    struct oem_row_facts facts = facts_of(NETFN_VENDOR, 0x02, &h);
    struct oem_rows *rows = oem_library_rows(w.oem);
    struct oem_row *row;

    ck_assert_int_eq(oem_rows_add(rows, &facts, &row), ST_OK);
    ck_assert_int_eq(oem_rows_add(rows, &facts, &row), ST_EXISTS);
    facts.netfn = NETFN_VENDOR + 1;
    ck_assert_int_eq(oem_rows_add(rows, &facts, &row), ST_INVALID);
    facts = facts_of(NETFN_VENDOR, 0x05, &h);
    facts.len_min = 4;
    facts.len_max = 3;
    ck_assert_int_eq(oem_rows_add(rows, &facts, &row), ST_INVALID);
    facts = facts_of(NETFN_VENDOR, 0x05, NULL);
    facts.fn = NULL;
    ck_assert_int_eq(oem_rows_add(rows, &facts, &row), ST_INVALID);
}
END_TEST

START_TEST(has_a_bounded_list)
{
    struct hooked h = { .says = 0x44 };
    struct oem_rows *rows = oem_library_rows(w.oem);
    struct oem_row *row;

    for (unsigned i = 0; i < OEM_ROWS_MAX; i++) {
        struct oem_row_facts facts =
            facts_of((uint8_t)(NETFN_VENDOR + 2 * (i / 256)), (uint8_t)i, &h);

        ck_assert_int_eq(oem_rows_add(rows, &facts, &row), ST_OK);
    }
    ck_assert_int_eq(oem_rows_add(rows, &(struct oem_row_facts){ .netfn = 0x3c, .fn = hook },
                                  &row), ST_FULL);
    ck_answer(ask(&w, NETFN_VENDOR + 6, 0xff), CC_OK, 0x44);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("oem_rows", &t);

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_test(t, stands_in_the_order_of_the_header);
    tcase_add_test(t, stands_behind_rules);
    tcase_add_test(t, may_remove_itself);
    tcase_add_test(t, refuses_rows_that_make_no_sense);
    tcase_add_test(t, has_a_bounded_list);
    return run_suite(s);
}
