#include <string.h>

#include "sim/lab/description.h"
#include "tests/lib/run.h"

static struct description *d;

static void
setup(void)
{
    ck_assert(description_new("rack", &d) == ST_OK);
}

static void
teardown(void)
{
    description_unref(d);
}

START_TEST(begins_with_a_name_and_the_bmc_at_20h)
{
    ck_assert_str_eq(d->name, "rack");
    ck_assert_uint_eq(d->bmc_address, 0x20);
    ck_assert_uint_eq(d->mc_count, 0);
}
END_TEST

START_TEST(makes_each_controller_once)
{
    struct machine_mc *mc = description_mc(d, 0x30);

    ck_assert_ptr_nonnull(mc);
    ck_assert_ptr_eq(description_mc(d, 0x30), mc);
    ck_assert_ptr_null(description_find_mc(d, 0x32));
    ck_assert_uint_eq(d->mc_count, 1);
}
END_TEST

START_TEST(keeps_elements_while_arrays_grow)
{
    struct machine_mc *mc = description_mc(d, 0x20);

    for (unsigned i = 0; i < 1000; i++) {
        struct machine_sensor *s = DESCRIPTION_ADD(d, mc->sensors, mc->sensor_count);

        ck_assert_ptr_nonnull(s);
        ck_assert_uint_eq(s->number, 0);
        s->number = (uint8_t)i;
        s->lun = (uint8_t)(i >> 8);
    }
    ck_assert_uint_eq(mc->sensor_count, 1000);
    for (unsigned i = 0; i < 1000; i++)
        ck_assert_uint_eq(mc->sensors[i].lun * 256u + mc->sensors[i].number, i);
    ck_assert_ptr_eq(description_sensor(mc, 2, 88), &mc->sensors[600]);
    ck_assert_ptr_null(description_sensor(mc, 3, 250));
}
END_TEST

START_TEST(keeps_actions_in_the_order_in_which_they_are_due)
{
    static const instant at[] = { 5, 0, 7, 5, 0 };
    static const uint8_t order[] = { 1, 4, 0, 3, 2 };

    for (uint8_t i = 0; i < 5; i++)
        ck_assert_int_eq(description_act(d, &(struct lab_action){ .at = at[i], .value = i }),
                         ST_OK);
    for (unsigned i = 0; i < 5; i++)
        ck_assert_uint_eq(d->actions[i].value, order[i]);
}
END_TEST

START_TEST(holds_more_than_a_chunk_at_once)
{
    uint8_t *big = description_alloc(d, 100000);
    struct bytes copy;

    ck_assert_ptr_nonnull(big);
    memset(big, 7, 100000);
    copy = description_bytes(d, big, 100000);
    ck_assert_uint_eq(copy.len, 100000);
    ck_assert_uint_eq(copy.at[99999], 7);
    ck_assert_str_eq(description_text(d, "words"), "words");
}
END_TEST

START_TEST(lives_until_its_last_user_lets_go)
{
    struct description *other = description_ref(d);

    description_unref(d);
    ck_assert_str_eq(other->name, "rack");
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("description", &t);

    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, keeps_actions_in_the_order_in_which_they_are_due);
    tcase_add_test(t, begins_with_a_name_and_the_bmc_at_20h);
    tcase_add_test(t, makes_each_controller_once);
    tcase_add_test(t, keeps_elements_while_arrays_grow);
    tcase_add_test(t, holds_more_than_a_chunk_at_once);
    tcase_add_test(t, lives_until_its_last_user_lets_go);
    return run_suite(s);
}
