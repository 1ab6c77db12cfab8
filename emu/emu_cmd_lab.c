#include "emu/emu_handlers.h"

void
do_quit(struct emu_call *call)
{
    call->run->quit = true;
    if (call->run->build != NULL)
        diag_warning(call->run->script->diags, call->at,
                     "found quit; expected a command: nothing after it is read");
}

void
do_define(struct emu_call *call)
{
    script_define(call->run->script, call->lx);
}

void
do_include(struct emu_call *call)
{
    struct script *s = call->run->script;
    struct opened file;

    if (!script_include(s, call->lx, &call->v[0], &file))
        return;
    emu_run_text(call->run, file.path, file.text, file.len);
    script_close(s, &file);
}

void
do_sleep(struct emu_call *call)
{
    instant *at = call->run->build ? &call->run->build->at : &call->run->answer->slept;

    *at = instant_add(*at, SPAN_MS(call->v[0].n));
}

void
do_noecho(struct emu_call *call)
{
    if (call->run->answer != NULL)
        call->run->answer->noecho = true;
}

/* Keep a command with its arguments as a word of the BMC's. */
static void
keep(struct emu_call *call, const struct token *rest)
{
    struct build *b = call->run->build;
    struct machine_mc *bmc = b ? build_mc(b, b->d->bmc_address, call->at) : NULL;

    if (bmc != NULL)
        build_word(b, bmc, call->cmd->name, rest->text, rest->len, call->at);
}

/* Words of a short list up to the end of the line; others earn a warning. */
static void
only_words(struct emu_call *call, const char *a, const char *b, const char *c)
{
    struct lexer before = *call->lx;
    struct token t, rest = lex_rest(&before);

    while (lex_word(call->lx, &t))
        if (!token_is(&t, a) && !token_is(&t, b) && (c == NULL || !token_is(&t, c)))
            lex_doubt(call->lx, &t, "%s", call->cmd->more);
    keep(call, &rest);
}

void
do_debug(struct emu_call *call)
{
    only_words(call, "raw", "msg", "sol");
}

void
do_persist(struct emu_call *call)
{
    only_words(call, "on", "off", NULL);
}

void
do_fork_word(struct emu_call *call)
{
    struct token rest = lex_rest(call->lx);

    keep(call, &rest);
}
