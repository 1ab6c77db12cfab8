/*
 * What the command line can do: a word, options, a target, NAME=VALUE pairs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/oem/sun.h"

#define WORDS 12u   /* of a line */

/* A line being done. */
struct doing {
    struct mc *mc;
    struct sun_cli *cli;
    const struct ipmi_req *rq;
    struct wr *out;
    char *words[WORDS];
    unsigned count;
};

/* ---- options and targets ---- */

/* The first word after the command that is no option; NULL. */
static const char *
operand(const struct doing *d, unsigned n)
{
    for (unsigned i = 1; i < d->count; i++)
        if (d->words[i][0] != '-' && n-- == 0)
            return d->words[i];
    return NULL;
}

static bool
option(const struct doing *d, const char *name)
{
    for (unsigned i = 1; i < d->count; i++)
        if (sun_same(d->words[i], name))
            return true;
    return false;
}

/* An absolute path of what was said; NULL: too long. */
static const char *
absolute(const struct doing *d, const char *said, char to[SUN_PATH])
{
    const char *at = d->cli->at;
    int len;

    if (said == NULL)
        len = snprintf(to, SUN_PATH, "%s", at);
    else if (said[0] == '/')
        len = snprintf(to, SUN_PATH, "%s", said);
    else
        len = snprintf(to, SUN_PATH, "%s/%s", strcmp(at, "/") == 0 ? "" : at, said);
    return len < (int)SUN_PATH ? to : NULL;
}

static const char *
target(struct doing *d, const char *said, char to[SUN_PATH])
{
    const char *path = absolute(d, said, to);

    if (path != NULL && sun_is_target(d->mc, path))
        return path;
    sun_say(d->out, "%s: No matching target was found.\n", d->words[0]);
    return NULL;
}

/* ---- the commands ---- */

static void
do_version(struct doing *d)
{
    char text[SUN_VERSION_TEXT];

    sun_version(d->mc, text);
    sun_say(d->out, "SP firmware %s\nSP firmware build number: 0\n", text);
    sun_say(d->out, "SP filesystem version: 0.2.10\n");
}

static void
do_show(struct doing *d)
{
    char path[SUN_PATH], value[SUN_VALUE];
    const char *said = operand(d, 0);

    if (said != NULL && absolute(d, said, path) != NULL && !sun_is_target(d->mc, path) &&
        sun_get(d->mc, path, value))
        sun_say(d->out, "\n  %s = %s\n\n", path, value);
    else if (target(d, said, path) != NULL)
        sun_show(d->mc, path, d->out);
}

static void
do_cd(struct doing *d)
{
    char path[SUN_PATH];

    if (target(d, operand(d, 0), path) != NULL) {
        snprintf(d->cli->at, sizeof d->cli->at, "%s", path);
        sun_say(d->out, "%s\n", path);
    }
}

static const char *const set_words[] = {
    [SUN_DONE] = NULL,
    [SUN_NOT_FOUND] = "set: Invalid property",
    [SUN_READ_ONLY] = "set: The property is read-only",
    [SUN_BAD_VALUE] = "set: Invalid property value",
};

/* One NAME=VALUE. */
static void
set_one(struct doing *d, const char *path, char *pair)
{
    char whole[2 * SUN_PATH];
    char *value = strchr(pair, '=');
    enum sun_result result;

    *value++ = '\0';
    snprintf(whole, sizeof whole, "%s/%s", path, pair);
    result = sun_set(d->mc, d->rq, whole, value);
    if (result == SUN_DONE)
        sun_say(d->out, "Set '%s' to '%s'\n", pair, value);
    else
        sun_say(d->out, "%s\n", set_words[result]);
}

static void
do_set(struct doing *d)
{
    const char *first = operand(d, 0);
    char path[SUN_PATH];
    unsigned pairs = 0;

    if (target(d, first != NULL && strchr(first, '=') == NULL ? first : NULL, path) == NULL)
        return;
    for (unsigned i = 1; i < d->count; i++)
        if (strchr(d->words[i], '=') != NULL) {
            set_one(d, path, d->words[i]);
            pairs++;
        }
    if (pairs == 0)
        sun_say(d->out, "set: Invalid command syntax\n");
}

static const char *const questions[] = {
    [SUN_ASKS_START] = "start", [SUN_ASKS_STOP] = "stop",
    [SUN_ASKS_FORCE_STOP] = "immediately stop", [SUN_ASKS_RESET] = "reset",
    [SUN_ASKS_RESET_SP] = "reset",
};
static const char *const doings[] = {
    [SUN_ASKS_START] = "Starting /SYS", [SUN_ASKS_STOP] = "Stopping /SYS",
    [SUN_ASKS_FORCE_STOP] = "Stopping /SYS immediately",
    [SUN_ASKS_RESET] = "Performing hard reset on /SYS",
    [SUN_ASKS_RESET_SP] = "Performing reset on /SP",
};

static void
act(struct doing *d, enum sun_question what)
{
    if (sun_host(d->mc, d->rq, what))
        sun_say(d->out, "%s\n", doings[what]);
    else
        sun_say(d->out, "Target cannot do that in its present state\n");
}

/* Ask first, unless a script said that it is sure. */
static void
ask_to(struct doing *d, enum sun_question what)
{
    if (option(d, "-script")) {
        act(d, what);
        return;
    }
    sun_say(d->out, "Are you sure you want to %s %s (y/n)? ", questions[what],
            what == SUN_ASKS_RESET_SP ? "/SP" : "/SYS");
    d->cli->question = (uint8_t)what;
}

/* The target of start, stop or reset: /SYS, or /SP where that may be reset. */
static enum sun_question
power_target(struct doing *d, enum sun_question of_sys, enum sun_question of_sp)
{
    char path[SUN_PATH];

    if (absolute(d, operand(d, 0), path) != NULL) {
        if (sun_same(path, "/SYS"))
            return of_sys;
        if (sun_same(path, "/SP"))
            return of_sp;
    }
    return SUN_ASKS_NOTHING;
}

static void
do_power(struct doing *d, enum sun_question of_sys, enum sun_question of_sp)
{
    enum sun_question what = power_target(d, of_sys, of_sp);

    if (what == SUN_ASKS_NOTHING)
        sun_say(d->out, "%s: Invalid command syntax\n", d->words[0]);
    else
        ask_to(d, what);
}

static void
do_start(struct doing *d)
{
    do_power(d, SUN_ASKS_START, SUN_ASKS_NOTHING);
}

static void
do_stop(struct doing *d)
{
    bool force = option(d, "-force") || option(d, "-f");

    do_power(d, force ? SUN_ASKS_FORCE_STOP : SUN_ASKS_STOP, SUN_ASKS_NOTHING);
}

static void
do_reset(struct doing *d)
{
    do_power(d, SUN_ASKS_RESET, SUN_ASKS_RESET_SP);
}

void
sun_end_cli(struct sun_cli *cli, struct wr *out)
{
    sun_say(out, "Disconnected\n");
    cli->over = true;
}

static void
do_exit(struct doing *d)
{
    sun_end_cli(d->cli, d->out);
}

static void do_help(struct doing *d);

static const struct {
    const char *name, *usage;
    void (*run)(struct doing *d);
} commands[] = {
    { "cd", "cd TARGET", do_cd },
    { "exit", "exit", do_exit },
    { "help", "help [COMMAND]", do_help },
    { "reset", "reset [-script] TARGET", do_reset },
    { "set", "set [TARGET] PROPERTY=VALUE...", do_set },
    { "show", "show [TARGET]", do_show },
    { "start", "start [-script] TARGET", do_start },
    { "stop", "stop [-script] [-force] TARGET", do_stop },
    { "version", "version", do_version },
};

static void
do_help(struct doing *d)
{
    const char *about = operand(d, 0);

    if (about == NULL)
        sun_say(d->out, "The help command shows what commands there are.\n"
                         "Usage: help [COMMAND]\n\nAvailable commands:\n");
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (about == NULL || sun_same(about, commands[i].name))
            sun_say(d->out, "    %s\n", commands[i].usage);
}

/* ---- lines ---- */

/* Split at blanks; double quotes, which go, keep them. */
static unsigned
split(char *line, char *words[WORDS])
{
    unsigned count = 0;
    char *to = line;
    bool quoted = false, inside = false;

    for (const char *c = line; *c != '\0'; c++) {
        if (*c == '"') {
            quoted = !quoted;
        } else if (*c == ' ' && !quoted) {
            if (inside)
                *to++ = '\0';
            inside = false;
            continue;
        }
        if (!inside) {
            if (count == WORDS)
                break;
            words[count++] = to;
            inside = true;
        }
        if (*c != '"')
            *to++ = *c;
    }
    *to = '\0';
    return count;
}

static void
do_command(struct doing *d, char *line)
{
    d->count = split(line, d->words);
    if (d->count == 0)
        return;
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (sun_same(commands[i].name, d->words[0])) {
            commands[i].run(d);
            return;
        }
    sun_say(d->out, "Invalid command '%s' - type help for a list of commands.\n", d->words[0]);
}

static void
answer_question(struct doing *d, const char *line)
{
    enum sun_question what = d->cli->question;

    d->cli->question = SUN_ASKS_NOTHING;
    if (sun_same(line, "y") || sun_same(line, "yes"))
        act(d, what);
    else
        sun_say(d->out, "Command aborted.\n");
}

/* Without memory it is the one before that did it last. */
static void
keep_line(struct sun *sun, const char *line)
{
    if (sun->last_line == NULL)
        sun->last_line = malloc(SUN_CLI_LINE);
    if (sun->last_line != NULL)
        snprintf(sun->last_line, SUN_CLI_LINE, "%s", line);
}

void
sun_do_line(struct mc *mc, const struct ipmi_req *rq, char *line, struct wr *out)
{
    struct sun *sun = sun_of(mc);
    struct doing d = { .mc = mc, .cli = sun->cli, .rq = rq, .out = out };

    if (sun->cli->question != SUN_ASKS_NOTHING) {
        answer_question(&d, line);
        return;
    }
    if (line[0] != '\0')
        keep_line(sun, line);
    do_command(&d, line);
}
