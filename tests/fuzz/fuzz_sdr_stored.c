/* SDRs as ipmi_sim stores them: every record that comes of an input is as long
 * as it says. */
#include <stdlib.h>

#include "emu/sdr_stored.h"
#include "sim/wire/sdr.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static bool
check_record(void *ctx, struct bytes record)
{
    (void)ctx;
    if (record.len < SDR_HEADER || record.len > SDR_RECORD_MAX ||
        record.len != SDR_HEADER + (size_t)record.at[4])
        abort();
    return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    const char *text = (const char *)at;
    struct diags diags;

    diags_init(&diags);
    (void)sdr_stored_is(text, len);
    if (!sdr_stored_text("sdr.20.main", text, len, check_record, NULL, &diags))
        abort();
    diags_free(&diags);
    return 0;
}
