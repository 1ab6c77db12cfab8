#include "sim/base/sum.h"

static uint8_t
add(const uint8_t *p, size_t len)
{
    uint8_t total = 0;

    for (size_t i = 0; i < len; i++)
        total = (uint8_t)(total + p[i]);
    return total;
}

uint8_t
sum_of(const void *p, size_t len)
{
    return (uint8_t)-add(p, len);
}

bool
sum_ok(const void *p, size_t len)
{
    return add(p, len) == 0;
}
