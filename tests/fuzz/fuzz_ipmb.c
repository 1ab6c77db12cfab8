/* The parser of IPMB frames: what it takes can be built again and is the
 * same, octet for octet. */
#include <stdlib.h>
#include <string.h>

#include "sim/wire/ipmb.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

int
LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    struct ipmb_frame f;
    uint8_t again[4096];
    struct wr w = wr_of(again, sizeof again);

    if (len > sizeof again || ipmb_parse(bytes_of(at, len), &f) != IPMB_OK)
        return 0;
    ipmb_build(&w, &f);
    if (w.bad || wr_len(&w) != len || memcmp(again, at, len) != 0)
        abort();
    return 0;
}
