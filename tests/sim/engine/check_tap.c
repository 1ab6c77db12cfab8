#include "sim/engine/tap.h"
#include "tests/lib/run.h"

static void
count(void *ctx, const struct tap_event *ev)
{
    *(int *)ctx += (int)ev->number;
}

START_TEST(tells_nobody_when_nobody_listens)
{
    tap_emit(NULL, &(struct tap_event){ .number = 3 });
}
END_TEST

START_TEST(tells_the_listener)
{
    int heard = 0;
    struct tap tap = { count, &heard };

    tap_emit(&tap, &(struct tap_event){ .number = 3 });
    tap_emit(&tap, &(struct tap_event){ .number = 4 });
    ck_assert_int_eq(heard, 7);
}
END_TEST

START_TEST(has_a_word_of_its_own_for_every_fate)
{
    ck_assert_str_eq(fate_text(FATE_DELIVERED), "delivered");
    ck_assert_str_eq(fate_text(FATE_IGNORED), "ignored");
    for (int i = 0; i < FATES; i++)
        for (int j = 0; j < i; j++)
            ck_assert_str_ne(fate_text((enum fate)i), fate_text((enum fate)j));
    ck_assert_str_eq(fate_text(FATES), "unknown");
}
END_TEST

static Suite *
tap_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("sim/engine/tap", &c);

    tcase_add_test(c, tells_nobody_when_nobody_listens);
    tcase_add_test(c, tells_the_listener);
    tcase_add_test(c, has_a_word_of_its_own_for_every_fate);
    return s;
}

int
main(void)
{
    return run_suite(tap_suite());
}
