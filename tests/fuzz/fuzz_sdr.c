/* The parser of SDRs: it stays inside the record, and its id text inside its
 * room. */
#include <stdlib.h>
#include <string.h>

#include "sim/wire/sdr.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

int
LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    struct bytes record = bytes_of(at, len);
    struct sdr sdr;
    char text[SDR_ID_TEXT];

    if (sdr_parse(record, &sdr) != SDR_OK)
        return 0;
    if (sdr.length + SDR_HEADER != len || sdr_check_length(record) != SDR_OK)
        abort();
    if (strlen(sdr_id_text(&sdr, text, sizeof text)) > sdr.id_chars)
        abort();
    if (sdr_is_sensor(&sdr) && (sdr.u.sensor.share == 0 || sdr.u.sensor.lun > 3))
        abort();
    return 0;
}
