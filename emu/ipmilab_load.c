/* ipmilab_load.c - the part of the public interface that reads files. */
#include "sim/lab/ipmilab.h"

#include <stdlib.h>

#include "emu/emu.h"
#include "sim/lab/machines.h"

#define LINE_SIZE (DIAG_TEXT_MAX + EMU_PATH_MAX)

static void
tell_all(const struct diags *diags, ipmilab_message_fn *tell, void *ctx)
{
    char line[LINE_SIZE];

    for (size_t i = 0; tell != NULL && i < diags->count; i++)
        tell(ctx, diags->list[i].severity == SEVERITY_ERROR,
             diag_print(&diags->list[i], line, sizeof line));
}

int
ipmilab_load(const char *const *files, size_t count, ipmilab_message_fn *tell, void *ctx,
             struct ipmilab_machines **out)
{
    struct ipmilab_machines *m = calloc(1, sizeof *m);
    struct diags diags;
    enum status st;

    if (m == NULL)
        return IPMILAB_ENOMEM;
    diags_init(&diags);
    st = emu_load(files, count, NULL, &diags, &m->at, &m->count);
    tell_all(&diags, tell, ctx);
    diags_free(&diags);
    if (st != ST_OK) {
        free(m);
        return ipmilab_error((int)st);
    }
    *out = m;
    return 0;
}
