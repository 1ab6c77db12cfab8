#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/host/toyos_impl.h"

static void
cmd_uname(struct toyos *os, const char *args)
{
    bool all = strcmp(args, "-a") == 0;

    toyos_say(os, all ? "ipmilab " TOYOS_NAME " 1.0 #1 simulated\r\n" : "ipmilab\r\n");
}

static void
cmd_uptime(struct toyos *os, const char *args)
{
    uint64_t s = (os->world->now - host_since(os->host)) / SPAN_S(1);

    (void)args;
    toyos_say(os, "up %" PRIu64 " days, %02u:%02u:%02u\r\n", s / 86400u,
              (unsigned)(s / 3600u % 24u), (unsigned)(s / 60u % 60u), (unsigned)(s % 60u));
}

/* Seconds, as date +%s has them: no calendar is needed to compare them. */
static void
cmd_date(struct toyos *os, const char *args)
{
    (void)args;
    toyos_say(os, "%" PRIu64 "\r\n", world_time_s(os->world));
}

static void
cmd_whoami(struct toyos *os, const char *args)
{
    (void)args;
    toyos_say(os, "%s\r\n", os->user);
}

static void
cmd_echo(struct toyos *os, const char *args)
{
    toyos_say(os, "%s\r\n", args);
}

static void
cmd_seq(struct toyos *os, const char *args)
{
    char *end;
    uint64_t first = strtoull(args, &end, 10), last;

    if (end == args) {
        toyos_say(os, "usage: seq [FROM] TO\r\n");
        return;
    }
    args = end;
    last = strtoull(args, &end, 10);
    os->seq_next = end == args ? 1 : first;
    os->seq_last = end == args ? first : last;
    if (os->seq_last == UINT64_MAX)
        os->seq_last--;
}

static void
cmd_clear(struct toyos *os, const char *args)
{
    (void)args;
    toyos_say(os, "\033[H\033[2J");
}

static void
cmd_reboot(struct toyos *os, const char *args)
{
    (void)args;
    (void)host_do(os->host, HOST_OP_RESET, CAUSE_SOFT_RESET);
}

static void
cmd_poweroff(struct toyos *os, const char *args)
{
    (void)args;
    (void)host_do(os->host, HOST_OP_SOFT, CAUSE_UNKNOWN);
}

static void
cmd_exit(struct toyos *os, const char *args)
{
    (void)args;
    toyos_say(os, "logout\r\n");
    toyos_log_in_again(os);
}

static void cmd_help(struct toyos *os, const char *args);

static const struct shell_row {
    const char *name, *help;
    void (*run)(struct toyos *os, const char *args);
} shell_rows[] = {
    { "help", "this list", cmd_help },
    { "uname", "name of the system; -a: all of it", cmd_uname },
    { "uptime", "how long it runs", cmd_uptime },
    { "date", "seconds since 1970", cmd_date },
    { "whoami", "name of the user", cmd_whoami },
    { "echo", "say the words again", cmd_echo },
    { "seq", "count: [FROM] TO", cmd_seq },
    { "clear", "clear the screen", cmd_clear },
    { "reboot", "reset the host", cmd_reboot },
    { "poweroff", "shut the host down", cmd_poweroff },
    { "exit", "log out", cmd_exit },
};

#define SHELL_ROWS (sizeof shell_rows / sizeof shell_rows[0])

static void
cmd_help(struct toyos *os, const char *args)
{
    (void)args;
    for (size_t i = 0; i < SHELL_ROWS; i++)
        toyos_say(os, "%-10s%s\r\n", shell_rows[i].name, shell_rows[i].help);
}

void
toyos_run_line(struct toyos *os)
{
    char *name = os->line, *args;
    size_t i = 0;

    while (*name == ' ')
        name++;
    args = name + strcspn(name, " ");
    if (*args != '\0')
        *args++ = '\0';
    while (i < SHELL_ROWS && strcmp(name, shell_rows[i].name) != 0)
        i++;
    if (i < SHELL_ROWS)
        shell_rows[i].run(os, args);
    else if (*name != '\0')
        toyos_say(os, "%s: command not found\r\n", name);
}

void
toyos_exit(struct toyos *os)
{
    cmd_exit(os, "");
}
