/*
 * ipmi_sim.c - the program under its predecessor's name: that program's
 * options, files, console on standard input, and addresses as the files say.
 * Of the state that it keeps in STATE/ipmi_sim/NAME the sensor data records
 * are read, which is how sdrcomp's output is installed there; nothing is
 * written.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "emu/emu_line.h"
#include "sim/cmd/commands.h"
#include "sim/cmd/load.h"
#include "sim/cmd/options.h"
#include "sim/cmd/rack.h"
#include "sim/io/console.h"
#include "sim/mc/fru.h"

#ifndef IPMILAB_VERSION
#define IPMILAB_VERSION "unknown"
#endif
#ifndef IPMILAB_SYSCONFDIR
#define IPMILAB_SYSCONFDIR "/etc"
#endif
#ifndef IPMILAB_LOCALSTATEDIR
#define IPMILAB_LOCALSTATEDIR "/var"
#endif

#define STATE_PATH_MAX 512

struct old {
    const char *conf, *commands_file, *state;
    struct option_texts commands;
    unsigned debug;
    bool no_stdio, no_persist, version;
};

struct session {
    struct rack rack;
    struct emu_console *language;
    struct console *console;
};

/* Do what a line came to, on the one chassis there is. */
static void
do_actions(struct session *s, const struct emu_answer *answer)
{
    struct lab *lab = s->rack.lab;
    instant now = loop_now(s->rack.loop);

    for (size_t i = 0; i < answer->count; i++) {
        enum status st = lab_act(lab, lab_unit(lab, 0), now, &answer->actions[i]);

        if (st != ST_OK)
            printf("**%s\n", status_text(st));
    }
    loop_settle(s->rack.loop);
}

/* Show a FRU inventory, eight octets in a line. */
static void
dump_fru(const struct session *s, uint16_t id, uint8_t number)
{
    struct mc *mc = chassis_unit_mc(lab_unit(s->rack.lab, 0), id);
    struct fru *fru = mc != NULL ? fru_find(mc, number) : NULL;
    uint8_t octets[8];

    if (fru == NULL) {
        printf("**%s\n", status_text(ST_MISSING));
        return;
    }
    for (uint32_t at = 0; at < fru->facts->size; at += sizeof octets) {
        uint32_t n = fru->facts->size - at;

        if (n > sizeof octets)
            n = sizeof octets;
        if (fru_read(mc, fru, at, octets, n) != ST_OK) {
            printf("**%s\n", status_text(ST_IO));
            return;
        }
        for (uint32_t i = 0; i < n; i++)
            printf(" 0x%02x", octets[i]);
        printf("\n");
    }
}

static void
prompt(void)
{
    printf("> ");
    fflush(stdout);
}

static void
on_line(void *ctx, const char *line)
{
    struct session *s = ctx;
    struct emu_answer answer = { 0 };
    const struct description *live = chassis_unit_description(lab_unit(s->rack.lab, 0));

    if (emu_line(s->language, live, line, &answer) == ST_NOMEM)
        printf("**%s\n", status_text(ST_NOMEM));
    if (answer.text != NULL && answer.text[0])
        printf("%s\n", answer.text);
    do_actions(s, &answer);
    if (answer.dump)
        dump_fru(s, answer.dump_mc, answer.dump_fru);
    if (answer.slept)
        console_pause(s->console, answer.slept);
    if (answer.quit)
        loop_stop(s->rack.loop);
    prompt();
}

/* ipmi_sim ends when its standard input does. */
static void
on_end(void *ctx)
{
    struct session *s = ctx;

    loop_stop(s->rack.loop);
}

static int
open_console(struct session *s)
{
    struct console_sink sink = { s, on_line, on_end };

    if (emu_console_new(NULL, &s->language) != ST_OK ||
        console_new(s->rack.loop, &sink, &s->console) != ST_OK) {
        fprintf(stderr, "ipmi_sim: %s\n", status_text(ST_NOMEM));
        return EXIT_LAB;
    }
    prompt();
    return -1;
}

static void
print_opened(const struct rack *rack)
{
    for (size_t i = 0; i < rack->endpoint_count; i++) {
        const struct rack_endpoint *e = &rack->endpoints[i];

        printf("Opened UDP port %u\n", e->bound.port);
        if (e->secondary.port != 0)
            printf("Opened UDP port %u\n", e->secondary.port);
    }
    fflush(stdout);
}

static int
run_session(const struct old *old, const struct machines *machines)
{
    struct rack_opts opts = {
        .machines = machines->at,
        .machine_count = machines->count,
        .count = 1,
        .own_ports = true,
        .only_addressed = true,
        .port = RACK_PORT_DEFAULT,
        .seed = (uint64_t)getpid(),
        .system_entropy = true,
    };
    struct session s = { 0 };
    int code = rack_open(&opts, &s.rack);

    if (code >= 0)
        return code;
    print_opened(&s.rack);
    code = old->no_stdio ? -1 : open_console(&s);
    if (code < 0)
        rack_run(&s.rack);
    console_free(s.console);
    emu_console_free(s.language);
    return code < 0 ? rack_close(&s.rack) : (rack_close(&s.rack), code);
}

/* Directives that name what this program does not run or open. */
static void
tell_of_what_is_kept(const struct machine_mc *mc)
{
    static const char *const kept[] = { "chassis_control", "startcmd", "lan_config_program",
                                        "console", "ipmb", "loadlib" };

    for (uint32_t i = 0; i < mc->word_count; i++) {
        const struct machine_word *w = &mc->words[i];
        bool vm = strcmp(w->word, "serial") == 0 && strstr(w->rest, "VM") != NULL;

        for (size_t k = 0; k < sizeof kept / sizeof kept[0] && !vm; k++)
            vm = strcmp(w->word, kept[k]) == 0;
        if (vm)
            fprintf(stderr, "ipmi_sim: %s:%d: %s: read, and not carried out\n", w->file, w->line,
                    w->word);
    }
}

static void
tell_of_machine(const struct description *d)
{
    for (uint32_t i = 0; i < d->mc_count; i++)
        tell_of_what_is_kept(d->mcs[i]);
}

/* What is loaded: files as given or found, and their machine. */
struct loading {
    struct load_opts opts;
    struct machines machines;
    const char *files[2 + DESCRIPTION_MCS_MAX];
    char emu_path[STATE_PATH_MAX];
    char stored[DESCRIPTION_MCS_MAX][STATE_PATH_MAX];
};

/* Load again, as more has been found. */
static int
load_anew(struct loading *l)
{
    machines_free(&l->machines);
    return machines_load(&l->opts, &l->machines);
}

/* The files with the records that ipmi_sim has stored for controllers that
 * are told to persist_sdr; how many. */
static size_t
find_stored(struct loading *l, const char *state)
{
    const struct description *d = l->machines.at[0];
    size_t found = 0;

    for (uint32_t i = 0; i < d->mc_count; i++) {
        char *path = l->stored[found];

        if (!d->mcs[i]->persist_sdr)
            continue;
        if (snprintf(path, STATE_PATH_MAX, "%s/ipmi_sim/%s/sdr.%2.2x.main", state, d->name,
                     d->mcs[i]->address) < STATE_PATH_MAX && access(path, F_OK) == 0) {
            l->files[l->opts.file_count++] = path;
            found++;
        }
    }
    return found;
}

/* The machine's .emu: as -f says, else NAME.emu in the system's folder, by
 * the name that lan.conf gives. */
static int
load(struct loading *l, const struct old *old)
{
    int code;

    l->files[0] = old->conf;
    l->files[1] = old->commands_file;
    l->opts = (struct load_opts){
        .files = l->files,
        .file_count = old->commands_file == NULL ? 1 : 2,
        .commands = old->commands.at,
        .command_count = old->commands.count,
        .quiet = old->no_stdio,
    };
    code = machines_load(&l->opts, &l->machines);
    if (code < 0 && old->commands_file == NULL) {
        snprintf(l->emu_path, sizeof l->emu_path, IPMILAB_SYSCONFDIR "/ipmi/%s.emu",
                 l->machines.at[0]->name);
        l->files[l->opts.file_count++] = l->emu_path;
        code = load_anew(l);
    }
    if (code < 0 && !old->no_persist &&
        find_stored(l, old->state ? old->state : IPMILAB_LOCALSTATEDIR) > 0) {
        l->opts.quiet = true;       /* what there is to warn of was told */
        code = load_anew(l);
    }
    return code;
}

static int
load_and_run(const struct old *old)
{
    struct loading *l = calloc(1, sizeof *l);
    int code = l == NULL ? EXIT_LAB : load(l, old);

    if (code < 0) {
        tell_of_machine(l->machines.at[0]);
        code = run_session(old, &l->machines);
        machines_free(&l->machines);
    } else if (code == EXIT_USAGE) {
        code = 1;
    }
    free(l);
    return code;
}

int
cmd_ipmi_sim(int argc, char **argv)
{
    struct old old = { .conf = IPMILAB_SYSCONFDIR "/ipmi/lan.conf" };
    const struct option_row rows[] = {
        { "config-file", 'c', OPTION_TEXT, &old.conf, 0, 0, "FILE", "lan.conf to read" },
        { "command-file", 'f', OPTION_TEXT, &old.commands_file, 0, 0, "FILE",
          ".emu commands to run at the start" },
        { "command-string", 'x', OPTION_TEXTS, &old.commands, 0, 0, "COMMAND",
          "a command to run after the file" },
        { "state-dir", 's', OPTION_TEXT, &old.state, 0, 0, "DIR",
          "read sensor data records from DIR/ipmi_sim/NAME/sdr.XX.main; nothing is written" },
        { "debug", 'd', OPTION_COUNT, &old.debug, 0, 0, NULL,
          "accepted; use ipmilab serve --trace to see messages" },
        { "nostdio", 'n', OPTION_FLAG, &old.no_stdio, 0, 0, NULL,
          "no console on standard input" },
        { "nopersist", 'p', OPTION_FLAG, &old.no_persist, 0, 0, NULL,
          "do not read them either" },
        { "version", 'v', OPTION_FLAG, &old.version, 0, 0, NULL, "print the version" },
    };
    const struct option_set set = {
        "ipmi_sim [options]",
        "ipmilab under the name of OpenIPMI's simulator: the same options and files.",
        rows, sizeof rows / sizeof rows[0],
    };
    const char **operands = calloc((size_t)argc + 1, sizeof *operands);
    size_t extra;
    int code;

    if (operands == NULL)
        return EXIT_LAB;
    code = options_parse(&set, argc, argv, operands, &extra);
    free(operands);
    if (code < 0 && old.version) {
        printf("IPMI Simulator version " IPMILAB_VERSION " (ipmilab)\n");
        code = EXIT_GOOD;
    }
    if (code < 0)
        code = load_and_run(&old);
    option_texts_free(&old.commands);
    return code;
}
