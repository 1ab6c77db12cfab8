/*
 * The facts of a scenario's run, as JSON: what can be read is printed, and reads and
 * prints the same again; what cannot has a reason.
 */
#include <stdlib.h>
#include <string.h>

#include "capture/play_facts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
again(const struct play_facts *facts)
{
    char *json = play_facts_print(facts), *same;
    struct play_facts *back;
    const char *why;

    if (json == NULL)
        return;
    if (play_facts_read(json, strlen(json), &back, &why) != ST_OK)
        abort();
    same = play_facts_print(back);
    if (same != NULL && strcmp(json, same) != 0)
        abort();
    play_facts_free(back);
    free(same);
    free(json);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct play_facts *facts;
    const char *why = NULL;

    if (play_facts_read((const char *)data, size, &facts, &why) == ST_OK) {
        again(facts);
        play_facts_free(facts);
    } else if (why == NULL || why[0] == '\0') {
        abort();
    }
    return 0;
}
