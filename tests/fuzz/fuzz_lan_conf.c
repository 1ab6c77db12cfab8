/* lan.conf: whatever a file says, it loads or is complained of. */
#include <stdlib.h>
#include <string.h>

#include "emu/emu.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

/* "lan.conf" is the input; there is nothing else. */
static enum status
read_input(void *ctx, const char *path, char **text, size_t *len)
{
    const struct bytes *input = ctx;

    if (strcmp(path, "lan.conf") != 0)
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
check_mc(const struct machine_mc *mc)
{
    for (uint32_t i = 0; i < mc->user_count; i++)
        if (mc->users[i].id == 0 || mc->users[i].id > 63)
            abort();
    for (uint32_t i = 0; i < mc->lan_count; i++)
        if (memchr(mc->lans[i].host, '\0', sizeof mc->lans[i].host) == NULL)
            abort();
    for (uint32_t i = 0; i < mc->word_count; i++)
        if (strlen(mc->words[i].word) == 0 || mc->words[i].line < 1)
            abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    static const char *const names[] = { "lan.conf" };
    struct bytes input = bytes_of(at, len);
    struct emu_opts opts = { .reader = { .read = read_input, .ctx = &input } };
    struct description **all;
    struct diags diags;
    enum status st;
    size_t n;

    diags_init(&diags);
    st = emu_load(names, 1, &opts, &diags, &all, &n);
    if ((st == ST_OK) != (diags.errors == 0) || (st == ST_OK) != (all != NULL))
        abort();
    if (st == ST_OK) {
        for (uint32_t i = 0; i < all[0]->mc_count; i++)
            check_mc(all[0]->mcs[i]);
        description_unref(all[0]);
    }
    free(all);
    diags_free(&diags);
    return 0;
}
