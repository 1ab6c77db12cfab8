#include "sim/cmd/plant.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/planted.h"
#include "sim/cmd/options.h"

#define VARIABLE "IPMILAB_PLANT"

static int
list(void)
{
    const struct planted_facts *bug;

    for (size_t n = 0; (bug = planted_nth(n)) != NULL; n++)
        printf("%s\t%s\t%s\n", bug->name, bug->clause, bug->what);
    return EXIT_GOOD;
}

int
plant_chosen(void)
{
    const char *name = getenv(VARIABLE);

    if (name != NULL && strcmp(name, "list") == 0)
        return list();
    if (planted_choose(name))
        return -1;
    fprintf(stderr, "ipmilab: " VARIABLE ": \"%s\" is no bug; \"list\" prints all\n", name);
    return EXIT_USAGE;
}
