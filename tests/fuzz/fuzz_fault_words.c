/* Faults in words: whatever a line says, it is a rule that can be armed, or is
 * complained of. */
#include <stdlib.h>
#include <string.h>

#include "emu/fault_words.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static void
check_rule(const struct fault_words *words)
{
    struct fault_plan *plan;

    if (memchr(words->name, '\0', sizeof words->name) == NULL ||
        words->rule.name != words->name)
        abort();
    if (fault_plan_new(rng_key_root(1), &plan) != ST_OK ||
        fault_arm(plan, &words->rule, NULL) != ST_OK)
        abort();
    fault_plan_free(plan);
}

int
LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    struct pool pool = { 0 };
    struct vars vars;
    struct diags diags;
    struct source source;
    struct line line;

    diags_init(&diags);
    vars_init(&vars, &pool);
    source_open(&source, "f", (const char *)at, len, true, &diags);
    while (source_next(&source, &line)) {
        size_t errors = diags.errors;
        struct fault_words words;
        struct lexer lx;
        bool good;

        lexer_open(&lx, &line, &vars, &pool, &diags);
        good = fault_words_parse(&lx, &words);
        if (good != (diags.errors == errors))
            abort();
        if (good)
            check_rule(&words);
    }
    source_close(&source);
    pool_free(&pool);
    diags_free(&diags);
    return 0;
}
