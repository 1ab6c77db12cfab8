/*
 * lan_conf.h - the directives of lan.conf: one row each.
 *
 * Directives fill in the controller that set_working_mc names, 20h at first;
 * those between startlan and endlan fill in a LAN channel of it. Words that
 * name programs or devices of the computer's are checked and kept
 * (machine_word), not carried out.
 */
#ifndef IPMILAB_EMU_LAN_CONF_H
#define IPMILAB_EMU_LAN_CONF_H

#include "emu/build.h"
#include "emu/script.h"

#define CONF_PORT_DEFAULT 623
#define CONF_PORT_SECONDARY 664
#define CONF_CHANNEL_MAX 15
#define CONF_SESSIONS_MAX 64

enum conf_scope { SCOPE_MACHINE, SCOPE_LAN };

/* What a directive is carried out with. */
struct conf {
    struct script *script;
    struct build *build;
    struct lexer lx;
    const struct conf_row *row;
    struct machine_mc *mc;          /* the working one */
    uint32_t lan;                   /* index of the open channel, when in_lan */
    bool in_lan;
    bool named;                     /* name was given */
    struct place at;                /* of the directive */
    struct place lan_at;            /* of startlan */
    struct value v[ARGS_MAX];
};

struct conf_row {
    const char *name;
    enum conf_scope scope;
    struct arg args[ARGS_MAX];
    const char *more;               /* what may follow; NULL: nothing, "": anything */
    const char *doc;
    void (*handler)(struct conf *c);
};

/* All rows, in the manual's order. */
const struct conf_row *conf_rows(size_t *count);
const struct conf_row *conf_row_find(const char *name, size_t len, enum conf_scope scope);

/* Carry out all directives of a text. *named tells whether there was a name. */
void conf_run_text(struct script *script, struct build *build, const char *file,
                   const char *text, size_t len, bool *named);

#endif
