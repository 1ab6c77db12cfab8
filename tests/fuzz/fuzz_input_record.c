/*
 * Records of inputs: what can be read is written again to the same octets.
 */
#include <stdlib.h>
#include <string.h>

#include "capture/input_record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct input_record m;
    static uint8_t again[INPUT_RECORD_MAX];
    struct wr w = wr_of(again, sizeof again);
    char text[64];

    if (!input_record_parse(bytes_of(data, size), &m))
        return 0;
    input_record_build(&w, &m);
    if (size <= sizeof again &&
        (w.bad || wr_len(&w) != size || memcmp(again, data, size) != 0))
        abort();
    if (strlen(input_record_text(bytes_of(data, size), text, sizeof text)) >= sizeof text)
        abort();
    return 0;
}
