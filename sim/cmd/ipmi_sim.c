/*
 * ipmi_sim.c - the program under its predecessor's name: that program's
 * options, files, console on standard input, and addresses as the files say.
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
    for (size_t i = 0; i < rack->endpoint_count; i++)
        printf("Opened UDP port %u\n", rack->endpoints[i].bound.port);
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

/* The machine's .emu: as -f says, else NAME.emu in the system's folder, by
 * the name that lan.conf gives. */
static int
load_and_run(const struct old *old)
{
    const char *files[2] = { old->conf, old->commands_file };
    struct load_opts opts = {
        .files = files,
        .file_count = old->commands_file == NULL ? 1 : 2,
        .commands = old->commands.at,
        .command_count = old->commands.count,
        .quiet = old->no_stdio,
    };
    struct machines machines;
    char path[512];
    int code = machines_load(&opts, &machines);

    if (code < 0 && old->commands_file == NULL) {
        snprintf(path, sizeof path, IPMILAB_SYSCONFDIR "/ipmi/%s.emu", machines.at[0]->name);
        machines_free(&machines);
        files[1] = path;
        opts.file_count = 2;
        code = machines_load(&opts, &machines);
    }
    if (code >= 0)
        return code == EXIT_USAGE ? 1 : code;
    code = run_session(old, &machines);
    machines_free(&machines);
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
          "accepted; state is in memory" },
        { "debug", 'd', OPTION_COUNT, &old.debug, 0, 0, NULL,
          "accepted; use ipmilab serve --trace to see messages" },
        { "nostdio", 'n', OPTION_FLAG, &old.no_stdio, 0, 0, NULL,
          "no console on standard input" },
        { "nopersist", 'p', OPTION_FLAG, &old.no_persist, 0, 0, NULL,
          "accepted; nothing is kept anyway" },
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
