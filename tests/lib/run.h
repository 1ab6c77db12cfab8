/*
 * run.h - the main of a unit test.
 *
 *     int
 *     main(void)
 *     {
 *         return run_suite(rd_suite());
 *     }
 *
 * Check's environment variables work as ever: CK_FORK=no to debug,
 * CK_RUN_CASE=name for one case, CK_VERBOSITY=verbose.
 */
#ifndef IPMILAB_TESTS_RUN_H
#define IPMILAB_TESTS_RUN_H

#include <check.h>

/*
 * Run all tests of a suite, print what failed, and give what main returns:
 * 0, or 1 when a test failed. Takes the suite.
 */
int run_suite(Suite *s);

/*
 * A suite of one case: the shape of most check files. Tests are then added
 * to *out with tcase_add_test(), rows with tcase_add_loop_test().
 */
Suite *run_suite_of(const char *subject, TCase **out);

#endif
