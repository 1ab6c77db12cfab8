#include "sim/oem/profiles.h"

#include "tests/lib/run.h"

START_TEST(has_profiles_that_are_sound)
{
    const struct oem_profile *profile;
    struct command_set *set;

    for (size_t n = 0; (profile = oem_profile_nth(n)) != NULL; n++) {
        ck_assert_ptr_eq(oem_profile_find(profile->name), profile);
        ck_assert_uint_le(profile->state_size, OEM_STATE_MAX);
        ck_assert_msg(command_set_new(profile->tables, profile->table_count, &set) == ST_OK,
                      "%s: rows collide, or one makes no sense", profile->name);
        command_set_free(set);
    }
    ck_assert_ptr_null(oem_profile_find("nobody's"));
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("profiles", &t);

    tcase_add_test(t, has_profiles_that_are_sound);
    return run_suite(s);
}
