/*
 * Texts as IPv6 addresses: what is taken is printed, and that is the same
 * address again.
 */
#include <stdlib.h>
#include <string.h>

#include "sim/base/ip6.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t first[IP6_ADDRESS], again[IP6_ADDRESS];
    char text[IP6_TEXT];
    size_t len;

    if (!ip6_parse(bytes_of(data, size), first))
        return 0;
    len = ip6_print(first, text);
    if (len != strlen(text) || !ip6_parse(bytes_of(text, len), again) ||
        memcmp(first, again, IP6_ADDRESS) != 0)
        abort();
    return 0;
}
