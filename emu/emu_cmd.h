/*
 * emu_cmd.h - the commands of the .emu language: one row each.
 *
 * The same rows read files, answer at a console while the lab runs, and
 * print the manual's list.
 */
#ifndef IPMILAB_EMU_EMU_CMD_H
#define IPMILAB_EMU_EMU_CMD_H

#include "emu/build.h"
#include "emu/emu_line.h"
#include "emu/script.h"

/* Commands being carried out: of a file, into build, or at run time. */
struct emu_run {
    struct script *script;
    struct pool *words;                 /* of the lines being read */
    struct build *build;                /* NULL at run time */
    const struct description *live;     /* at run time: what there is */
    struct emu_answer *answer;          /* at run time: what comes of it */
    bool quit;                          /* no more commands */
};

/* What a command's first arguments name, looked up before its handler. */
enum emu_needs {
    NEEDS_NO_PART,
    NEEDS_MC,            /* a controller's address */
    NEEDS_SENSOR,        /* a controller's address, LUN, sensor number */
};

enum emu_when {
    WHEN_LOADING,        /* describes the machine: in a file only */
    WHEN_ANY,            /* at run time as well */
    WHEN_RUNNING,        /* at run time only; silent in a file */
    WHEN_FORK,           /* a word of a fork of ipmi_sim: kept, with a warning */
};

struct emu_call {
    struct emu_run *run;
    const struct emu_cmd *cmd;
    struct lexer *lx;                   /* what follows the arguments */
    struct place at;                    /* of the command */
    struct machine_mc *mc;
    struct machine_sensor *sensor;      /* NULL at run time */
    struct sensor_note *note;           /* NULL at run time */
    struct value v[ARGS_MAX];
};

struct emu_cmd {
    const char *name;
    enum emu_when when;
    enum emu_needs needs;
    struct arg args[ARGS_MAX];
    const char *more;                   /* what may follow the arguments; NULL: nothing */
    const char *doc;                    /* a sentence */
    void (*handler)(struct emu_call *call);
};

/* All rows, in the manual's order. */
const struct emu_cmd *emu_cmds(size_t *count);

/* The row of a name, or NULL. */
const struct emu_cmd *emu_cmd_find(const char *name, size_t len);

/* Carry out a line, or all lines of a text. What is wrong goes to the
 * script's diagnostics; the rest is carried out all the same. */
void emu_run_line(struct emu_run *run, const struct line *line);
void emu_run_text(struct emu_run *run, const char *file, const char *text, size_t len);

/* Do an imperative command: fold or keep it while loading, answer it at run time. */
void emu_do(struct emu_call *call, const struct lab_action *action);

#endif
