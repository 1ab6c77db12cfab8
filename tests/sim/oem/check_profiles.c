#include "sim/oem/profiles.h"

#include <string.h>

#include "sim/mc/mc.h"
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

/*
 * Names say which commands read, but for these: what is called so and changes
 * something (takes a message, draws a challenge, asks another bus, notes what is
 * to be fetched), and what reads under another name.
 */
static const char *const writers[] = {
    "Get Message", "Get Session Challenge", "GetAddresses", "Sun Get Value",
};
static const char *const readers[] = {
    "Read FRU Data",
    "Error Report",
    "FRU Control Capabilities",
    "FRU Persistent Control Capabilities",
    "HPM.1 Query Self-test Results",
    "HPM.1 Query Rollback Status",
    "Dell Query Chassis Identify Status",
    "IBM Read Energy Meter",
    "IBM Find Energy Meter",
    "Wistron Read Proprietary String",
};

#define COUNT(array) (sizeof (array) / sizeof (array)[0])

static bool
is_one_of(const char *name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i], name) == 0)
            return true;
    return false;
}

/* "Get ...", "GetEventCount", "Dell Get ...". */
static bool
is_called_get(const char *name)
{
    return strncmp(name, "Get", 3) == 0 || strstr(name, " Get ") != NULL;
}

static unsigned
check_readers(const struct command_table *const *tables, size_t count)
{
    unsigned rows = 0;

    for (size_t t = 0; t < count; t++)
        for (size_t i = 0; i < tables[t]->count; i++, rows++) {
            const struct command *row = &tables[t]->rows[i];
            bool wanted = is_one_of(row->name, readers, COUNT(readers)) ||
                          (is_called_get(row->name) &&
                           !is_one_of(row->name, writers, COUNT(writers)));

            ck_assert_msg(wanted == ((row->needs & READS) != 0), "%s: %s", tables[t]->subject,
                          row->name);
        }
    return rows;
}

START_TEST(says_of_each_row_whether_it_only_reads)
{
    const struct oem_profile *profile;
    unsigned vendors = 0;
    size_t count;
    const struct command_table *const *tables = mc_command_tables(&count);

    ck_assert_uint_gt(check_readers(tables, count), 250);
    for (size_t n = 0; (profile = oem_profile_nth(n)) != NULL; n++)
        vendors += check_readers(profile->tables, profile->table_count);
    ck_assert_uint_gt(vendors, 100);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("profiles", &t);

    tcase_add_test(t, has_profiles_that_are_sound);
    tcase_add_test(t, says_of_each_row_whether_it_only_reads);
    return run_suite(s);
}
