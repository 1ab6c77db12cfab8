#include "sim/base/planted.h"

#include <string.h>

#define FACTS(name, clause, what) { #name, clause, what },

static const struct planted_facts bugs[] = {
    PLANTED_BUGS(FACTS)
};

#define BUGS (sizeof bugs / sizeof bugs[0])

enum planted planted_bug = PLANT_NONE;

const struct planted_facts *
planted_nth(size_t n)
{
    return n < BUGS ? &bugs[n] : NULL;
}

bool
planted_choose(const char *name)
{
    size_t n = 0;

    if (name == NULL || *name == '\0') {
        planted_bug = PLANT_NONE;
        return true;
    }
    while (n < BUGS && strcmp(bugs[n].name, name) != 0)
        n++;
    if (n == BUGS)
        return false;
    planted_bug = (enum planted)(n + 1);
    return true;
}
