/*
 * The facts of a run, as JSON: what can be read is printed, and reads and
 * prints the same again; what cannot has a reason.
 */
#include <stdlib.h>
#include <string.h>

#include "capture/run_facts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
again(const struct run_facts *facts)
{
    char *json = run_facts_print(facts), *same;
    struct run_facts *back;
    const char *why;

    if (json == NULL)
        return;
    if (run_facts_read(json, strlen(json), &back, &why) != ST_OK)
        abort();
    same = run_facts_print(back);
    if (same != NULL && strcmp(json, same) != 0)
        abort();
    run_facts_free(back);
    free(same);
    free(json);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct run_facts *facts;
    const char *why = NULL;

    if (run_facts_read((const char *)data, size, &facts, &why) == ST_OK) {
        again(facts);
        run_facts_free(facts);
    } else if (why == NULL || why[0] == '\0') {
        abort();
    }
    return 0;
}
