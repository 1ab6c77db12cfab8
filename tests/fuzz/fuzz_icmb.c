/* The parser of ICMB frames: what it takes can be built again and is the
 * same, octet for octet, but for the reserved bit of its control octet. */
#include <stdlib.h>
#include <string.h>

#include "sim/bus/icmb.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

int
LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    struct icmb_frame f, g;
    uint8_t again[ICMB_FRAME_MAX];
    struct wr w = wr_of(again, sizeof again);

    if (!icmb_parse(bytes_of(at, len), &f))
        return 0;
    icmb_build(&w, &f);
    if (w.bad || wr_len(&w) != len || !icmb_parse(wr_bytes_of(&w), &g))
        abort();
    if (f.to != g.to || f.from != g.from || f.response != g.response || f.seq != g.seq ||
        f.privilege != g.privilege || f.cmd != g.cmd || f.data.len != g.data.len ||
        memcmp(f.data.at, g.data.at, f.data.len) != 0)
        abort();
    return 0;
}
