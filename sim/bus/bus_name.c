#include "sim/bus/bus_name.h"

#include <stdio.h>
#include <string.h>

static const struct form {
    uint8_t kind;
    const char *before, *after;
} forms[] = {
    { BUS_SINGLE, "ipmb", "" },
    { BUS_PAIR_A, "ipmb", "-a" },
    { BUS_PAIR_B, "ipmb", "-b" },
    { BUS_LOCAL, "ipmb-l", "" },
};

const char *
bus_name(uint8_t number, char to[BUS_NAME_SIZE])
{
    const struct form *form = &forms[(number & BUS_KIND_BITS) >> 6];

    (void)snprintf(to, BUS_NAME_SIZE, "%s%u%s", form->before, number & BUS_ID_BITS,
                   form->after);
    return to;
}

/* Names are few and of one form each: the number whose name it is. */
bool
bus_number(const char *name, size_t len, uint8_t *number)
{
    char one[BUS_NAME_SIZE];

    for (unsigned n = 0; n <= UINT8_MAX; n++) {
        bus_name((uint8_t)n, one);
        if (strlen(one) == len && memcmp(one, name, len) == 0) {
            *number = (uint8_t)n;
            return true;
        }
    }
    return false;
}
