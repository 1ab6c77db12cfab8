/* SDR source: every record that comes of an input, and the input itself as a
 * record, prints to source that compiles to the same octets. */
#include <stdlib.h>
#include <string.h>

#include "emu/sdr_source.h"
#include "sim/wire/sdr.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

/* "s.sdrs" is the input; there is nothing else. */
static enum status
read_input(void *ctx, const char *path, char **text, size_t *len)
{
    const struct bytes *input = ctx;

    if (strcmp(path, "s.sdrs") != 0)
        return ST_MISSING;
    *text = malloc(input->len + 1);
    if (*text == NULL)
        return ST_NOMEM;
    if (input->len)
        memcpy(*text, input->at, input->len);
    *len = input->len;
    return ST_OK;
}

static void
compile(struct bytes source, bool packed, sdr_record_fn *record, void *ctx)
{
    struct emu_reader reader = { .read = read_input, .ctx = &source };
    struct sdr_source_opts opts = { .record = record, .ctx = ctx, .packed = packed };
    struct diags diags;

    diags_init(&diags);
    (void)sdr_source_file(&reader, "s.sdrs", &opts, &diags);
    diags_free(&diags);
}

struct expected {
    struct bytes record;
    unsigned seen;
};

static bool
compare(void *ctx, struct bytes record)
{
    struct expected *e = ctx;

    if (record.len != e->record.len ||
        memcmp(record.at + 2, e->record.at + 2, record.len - 2) != 0)
        abort();
    e->seen++;
    return true;
}

static bool
check_round(void *ctx, struct bytes record)
{
    static char text[SDR_PRINT_MAX];
    struct expected e = { record, 0 };
    size_t len = sdr_source_print(record, text, sizeof text);

    (void)ctx;
    if (len == 0)
        abort();
    compile(bytes_of(text, len), false, compare, &e);
    compile(bytes_of(text, len), true, compare, &e);
    if (e.seen != 2)
        abort();
    return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    struct bytes input = bytes_of(at, len);

    compile(input, false, check_round, NULL);
    compile(input, true, check_round, NULL);
    if (sdr_check_length(input) == SDR_OK && len <= SDR_RECORD_MAX)
        (void)check_round(NULL, input);
    return 0;
}
