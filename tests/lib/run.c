#include "tests/lib/run.h"

int
run_suite(Suite *s)
{
    SRunner *runner = srunner_create(s);
    int failed;

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}

Suite *
run_suite_of(const char *subject, TCase **out)
{
    Suite *s = suite_create(subject);

    *out = tcase_create(subject);
    suite_add_tcase(s, *out);
    return s;
}
