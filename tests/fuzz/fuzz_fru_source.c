/* FRU source: the input as source text, and as a device's octets. What prints
 * without a word of damage compiles to the same octets; what is damaged still
 * prints, to the end. */
#include <stdlib.h>
#include <string.h>

#include "emu/fru_source.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

/* "f.fru" is the input; there is nothing else. */
static enum status
read_input(void *ctx, const char *path, char **text, size_t *len)
{
    const struct bytes *input = ctx;

    if (strcmp(path, "f.fru") != 0)
        return ST_MISSING;
    *text = malloc(input->len + 1);
    if (*text == NULL)
        return ST_NOMEM;
    if (input->len)
        memcpy(*text, input->at, input->len);
    *len = input->len;
    return ST_OK;
}

static enum status
compile(struct bytes source, struct fru_image *out)
{
    struct emu_reader reader = { .read = read_input, .ctx = &source };
    struct diags diags;
    enum status st;

    diags_init(&diags);
    st = fru_source_file(&reader, "f.fru", 0, &diags, out);
    diags_free(&diags);
    return st;
}

static void
check_round(struct bytes octets)
{
    struct fru_image again;
    struct diags diags;
    char *text;

    diags_init(&diags);
    text = fru_source_print(octets, "f.bin", &diags);
    if (text == NULL)
        abort();
    if (diags.errors == 0) {
        if (compile(bytes_of(text, strlen(text)), &again) != ST_OK)
            abort();
        if (again.len != octets.len || memcmp(again.octets, octets.at, octets.len) != 0)
            abort();
        free(again.octets);
    }
    free(text);
    diags_free(&diags);
}

int
LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    struct bytes input = bytes_of(at, len);
    struct fru_image image;

    if (compile(input, &image) == ST_OK) {
        check_round(bytes_of(image.octets, image.len));
        free(image.octets);
    }
    check_round(input);
    return 0;
}
