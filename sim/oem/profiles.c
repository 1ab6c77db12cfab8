#include "sim/oem/profiles.h"

#include <string.h>

/* By name, as the list and the manual have them; NULL at the end. */
static const struct oem_profile *const profiles[] = {
    &oem_dell,
    &oem_fujitsu,
    &oem_gigabyte,
    &oem_ibm,
    &oem_intel,
    &oem_intel_nm,
    &oem_inventec,
    &oem_kontron,
    &oem_quanta,
    &oem_sun,
    &oem_supermicro,
    &oem_tyan,
    &oem_wistron,
    NULL,
};

const struct oem_profile *
oem_profile_nth(size_t n)
{
    return n < sizeof profiles / sizeof profiles[0] ? profiles[n] : NULL;
}

const struct oem_profile *
oem_profile_find(const char *name)
{
    for (size_t i = 0; profiles[i] != NULL; i++)
        if (strcmp(profiles[i]->name, name) == 0)
            return profiles[i];
    return NULL;
}
