#include "sim/cmd/troupe_dirs.h"

#include <stdlib.h>

void
troupe_dirs(struct troupe *t, const struct option_texts *first)
{
    const char *folder = getenv("IPMILAB_MACHINES");

    for (size_t i = 0; i < first->count; i++)
        (void)troupe_search(t, first->at[i]);
    if (folder != NULL)
        (void)troupe_search(t, folder);
    (void)troupe_search(t, IPMILAB_MACHINES_DIR);
}
