#include "lua/library.h"

#include <string.h>

const struct library_file *
library_find(const char *name)
{
    for (size_t i = 0; i < library_count; i++)
        if (strcmp(library_files[i].name, name) == 0)
            return &library_files[i];
    return NULL;
}
