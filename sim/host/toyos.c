#include "sim/host/toyos.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/host/post.h"

#define NAME "host"
#define OUT_MAX 2048           /* characters that wait to be fetched */
#define ANSWER_MAX 1024        /* the longest that one key brings about */
#define TEXT_MAX 256           /* one piece of formatted text */

enum key {
    KEY_INTERRUPT = 0x03, KEY_EOF = 0x04, KEY_BACKSPACE = 0x08, KEY_NEWLINE = 0x0a,
    KEY_RETURN = 0x0d, KEY_KILL = 0x15, KEY_DELETE = 0x7f,
};

enum where { AT_NOTHING, AT_BOOT, AT_SHUTDOWN, AT_SETUP, AT_LOGIN, AT_PASSWORD, AT_SHELL };

struct toyos {
    struct world *world;
    struct host *host;
    struct uart *uart;
    bool here;                 /* somebody is at the port */
    uint8_t where;             /* enum where */
    bool after_return;         /* a newline now belongs to the return before it */
    bool sysrq;                /* a break came just before */
    char user[TOYOS_LINE];
    char line[TOYOS_LINE];
    size_t line_len;
    uint8_t ahead[TOYOS_AHEAD];
    size_t ahead_len;
    bool ahead_full;           /* the port was told to wait */
    char out[OUT_MAX];
    size_t out_len, out_at;
    uint64_t seq_next, seq_last;   /* a listing under way while next <= last */
    instant boot_from;
    size_t boot_next;          /* row of boot_rows */
    struct timer boot;
};

/* ---- saying ---- */

static size_t
out_room(const struct toyos *os)
{
    return sizeof os->out - os->out_len;
}

static void
text(struct toyos *os, const char *s, size_t len)
{
    if (!os->here)
        return;
    if (os->out_at > 0) {
        os->out_len -= os->out_at;
        memmove(os->out, os->out + os->out_at, os->out_len);
        os->out_at = 0;
    }
    if (len > out_room(os))
        len = out_room(os);
    memcpy(os->out + os->out_len, s, len);
    os->out_len += len;
    uart_speak(os->uart);
}

static void
say(struct toyos *os, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void
say(struct toyos *os, const char *format, ...)
{
    char piece[TEXT_MAX];
    va_list args;
    int len;

    va_start(args, format);
    len = vsnprintf(piece, sizeof piece, format, args);
    va_end(args);
    if (len > 0)
        text(os, piece, (size_t)len < sizeof piece ? (size_t)len : sizeof piece - 1);
}

static void
prompt(struct toyos *os)
{
    os->line_len = 0;
    switch (os->where) {
    case AT_SETUP:
        say(os, "Setup. Press X to leave it and start again: ");
        break;
    case AT_LOGIN:
        say(os, NAME " login: ");
        break;
    case AT_PASSWORD:
        say(os, "Password: ");
        break;
    case AT_SHELL:
        say(os, "%s@" NAME ":~# ", os->user);
        break;
    default:
        break;
    }
}

static void
log_in_again(struct toyos *os)
{
    os->where = AT_LOGIN;
    os->seq_next = 1;
    os->seq_last = 0;
    say(os, "\r\nipmilab host OS 1.0 " NAME " ttyS0\r\n\r\n");
    prompt(os);
}

/* ---- booting ---- */

/* What the kernel says, and when: thousandths of the host's whole boot, which
 * begins with firmware's steps. The words after a time-stamp. */
static const struct boot_row {
    uint16_t at;
    bool stamped;
    const char *words;
} boot_rows[] = {
    { 745, false, "Loading ipmilab host OS 1.0 ...\r\n" },
    { 750, true, "ipmilab host OS 1.0 (simulated) #1" },
    { 752, true, "Command line: console=ttyS0,115200n8" },
    { 760, true, "Memory: 1015808K/1048576K available" },
    { 790, true, "serial8250: ttyS0 at I/O 0x3f8 (irq = 4) is a 16550A" },
    { 810, true, "ipmi_si: interface found at I/O 0xca2" },
    { 860, true, "VFS: mounted root (ext4 filesystem) read-only" },
    { 880, true, "init: starting services" },
    { 930, false, "Starting network: OK\r\n" },
    { 970, false, "Starting sshd: OK\r\n" },
};

#define BOOT_ROWS (sizeof boot_rows / sizeof boot_rows[0])
#define KERNEL_AT 750          /* when kernel time begins */

/* That part of a boot. */
static instant
part(const struct toyos *os, unsigned permille)
{
    struct host_delays delays;

    host_delays(os->host, &delays);
    return delays.boot / 1000u * permille;
}

static instant
row_at(const struct toyos *os, size_t row)
{
    return instant_add(os->boot_from, part(os, boot_rows[row].at));
}

static void
say_row(struct toyos *os, const struct boot_row *row)
{
    uint64_t us;

    if (!row->stamped) {
        text(os, row->words, strlen(row->words));
        return;
    }
    us = part(os, row->at - (unsigned)KERNEL_AT) / SPAN_US(1);
    say(os, "[%5" PRIu64 ".%06" PRIu64 "] %s\r\n", us / 1000000u, us % 1000000u, row->words);
}

static void
arm_boot(struct toyos *os)
{
    if (os->here && os->where == AT_BOOT && os->boot_next < BOOT_ROWS)
        (void)timeline_arm(&os->world->timeline, &os->boot, row_at(os, os->boot_next));
}

static void
on_boot(void *ctx, instant at)
{
    struct toyos *os = ctx;

    (void)at;
    say_row(os, &boot_rows[os->boot_next++]);
    arm_boot(os);
}

/* Who comes late has missed the first messages. */
static void
watch_boot(struct toyos *os)
{
    os->boot_next = 0;
    while (os->boot_next < BOOT_ROWS && row_at(os, os->boot_next) < os->world->now)
        os->boot_next++;
    arm_boot(os);
}

static void
stop(struct toyos *os, enum where where)
{
    timeline_disarm(&os->world->timeline, &os->boot);
    os->where = (uint8_t)where;
    os->ahead_len = os->line_len = 0;
    os->seq_next = 1;
    os->seq_last = 0;
    os->sysrq = false;
}

static void
start(struct toyos *os)
{
    os->out_len = os->out_at = 0;
    stop(os, AT_BOOT);
    os->boot_from = host_since(os->host);
    say(os, "\r\nipmilab firmware 1.0\r\n");
    watch_boot(os);
}

static void
firmware_step(struct toyos *os)
{
    uint8_t code = host_post_code(os->host);

    say(os, "%02X %s\r\n", (unsigned)code, post_text(code));
    if (host_stage(os->host) != HOST_STAGE_SETUP)
        return;
    stop(os, AT_SETUP);
    prompt(os);
}

static void
went_off(struct toyos *os)
{
    os->out_len = os->out_at = 0;
    stop(os, AT_NOTHING);
}

static void
host_event(void *ctx, enum host_event ev, enum host_cause cause)
{
    struct toyos *os = ctx;

    (void)cause;
    switch (ev) {
    case HOST_EVENT_POWERED_ON:
    case HOST_EVENT_RESET:
        start(os);
        break;
    case HOST_EVENT_POWERED_OFF:
        went_off(os);
        break;
    case HOST_EVENT_POST:
        firmware_step(os);
        break;
    case HOST_EVENT_BOOTED:
        stop(os, AT_LOGIN);
        log_in_again(os);
        break;
    case HOST_EVENT_SOFT_SHUTDOWN:
        if (host_stage(os->host) != HOST_STAGE_STOPPING)
            break;
        stop(os, AT_SHUTDOWN);
        say(os, "\r\nThe system is going down NOW!\r\nStopping sshd: OK\r\n");
        break;
    case HOST_EVENT_OS_STOPPED:
        say(os, "Stopping network: OK\r\nreboot: Power down\r\n");
        break;
    case HOST_EVENT_OS_CRASHED:
        stop(os, AT_SHUTDOWN);
        say(os, "\r\nKernel panic - not syncing: NMI: Not continuing\r\n");
        break;
    case HOST_EVENT_NMI:
    case HOST_EVENT_BOOT_DEVICE:
    case HOST_EVENT_OS_SILENT:
        break;
    }
}

/* ---- the shell ---- */

static void
cmd_uname(struct toyos *os, const char *args)
{
    say(os, strcmp(args, "-a") == 0 ? "ipmilab " NAME " 1.0 #1 simulated\r\n" : "ipmilab\r\n");
}

static void
cmd_uptime(struct toyos *os, const char *args)
{
    uint64_t s = (os->world->now - host_since(os->host)) / SPAN_S(1);

    (void)args;
    say(os, "up %" PRIu64 " days, %02u:%02u:%02u\r\n", s / 86400u, (unsigned)(s / 3600u % 24u),
        (unsigned)(s / 60u % 60u), (unsigned)(s % 60u));
}

/* Seconds, as date +%s has them: no calendar is needed to compare them. */
static void
cmd_date(struct toyos *os, const char *args)
{
    (void)args;
    say(os, "%" PRIu64 "\r\n", world_time_s(os->world));
}

static void
cmd_whoami(struct toyos *os, const char *args)
{
    (void)args;
    say(os, "%s\r\n", os->user);
}

static void
cmd_echo(struct toyos *os, const char *args)
{
    say(os, "%s\r\n", args);
}

static void
cmd_seq(struct toyos *os, const char *args)
{
    char *end;
    uint64_t first = strtoull(args, &end, 10), last;

    if (end == args) {
        say(os, "usage: seq [FROM] TO\r\n");
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
    say(os, "\033[H\033[2J");
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
    say(os, "logout\r\n");
    log_in_again(os);
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
        say(os, "%-10s%s\r\n", shell_rows[i].name, shell_rows[i].help);
}

static bool
listing(const struct toyos *os)
{
    return os->seq_next <= os->seq_last;
}

static void
run_line(struct toyos *os)
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
        say(os, "%s: command not found\r\n", name);
}

/* ---- keys ---- */

static void
enter(struct toyos *os)
{
    uint8_t where = os->where;

    os->line[os->line_len] = '\0';
    say(os, "\r\n");
    if (where == AT_LOGIN && os->line_len > 0) {
        memcpy(os->user, os->line, os->line_len + 1);
        os->where = AT_PASSWORD;
    } else if (where == AT_PASSWORD) {
        os->where = AT_SHELL;
        say(os, "\r\nWelcome to the ipmilab host OS. Commands: help\r\n");
    } else if (where == AT_SHELL) {
        run_line(os);
        if (os->where != AT_SHELL || listing(os))
            return;
    }
    prompt(os);
}

static void
erase(struct toyos *os)
{
    if (os->line_len == 0)
        return;
    os->line_len--;
    if (os->where != AT_PASSWORD)
        say(os, "\b \b");
}

static void
type(struct toyos *os, uint8_t key)
{
    if (key < ' ' || os->line_len == sizeof os->line - 1)
        return;
    os->line[os->line_len++] = (char)key;
    if (os->where != AT_PASSWORD)
        text(os, (const char *)&key, 1);
}

static void
press_sysrq(struct toyos *os, uint8_t key)
{
    os->sysrq = false;
    switch (key) {
    case 'b':
        say(os, "\r\nsysrq: Resetting\r\n");
        (void)host_do(os->host, HOST_OP_RESET, CAUSE_SOFT_RESET);
        break;
    case 'o':
        say(os, "\r\nsysrq: Power Off\r\n");
        (void)host_do(os->host, HOST_OP_OFF, CAUSE_UNKNOWN);
        break;
    default:
        say(os, "\r\nsysrq: HELP : reboot(b) poweroff(o)\r\n");
        prompt(os);
        break;
    }
}

static void
interrupt(struct toyos *os)
{
    os->seq_next = 1;
    os->seq_last = 0;
    say(os, "^C\r\n");
    if (os->where == AT_PASSWORD)
        os->where = AT_LOGIN;
    prompt(os);
}

static void
press(struct toyos *os, uint8_t key)
{
    bool pair = key == KEY_NEWLINE && os->after_return;

    os->after_return = key == KEY_RETURN;
    if (os->where == AT_NOTHING || pair)
        return;
    if (os->where == AT_SETUP && os->line_len == 0 && (key == 'x' || key == 'X')) {
        (void)host_do(os->host, HOST_OP_RESET, CAUSE_UNKNOWN);
        return;
    }
    if (os->sysrq) {
        press_sysrq(os, key);
        return;
    }
    switch (key) {
    case KEY_RETURN:
    case KEY_NEWLINE:
        enter(os);
        break;
    case KEY_BACKSPACE:
    case KEY_DELETE:
        erase(os);
        break;
    case KEY_INTERRUPT:
        interrupt(os);
        break;
    case KEY_KILL:
        while (os->line_len > 0)
            erase(os);
        break;
    case KEY_EOF:
        if (os->where == AT_SHELL && os->line_len == 0)
            cmd_exit(os, "");
        break;
    default:
        type(os, key);
        break;
    }
}

/* Work off keys as long as there is room for what they bring about. */
static void
go_on(struct toyos *os)
{
    size_t at = 0;

    while (at < os->ahead_len && !listing(os) && out_room(os) + os->out_at >= ANSWER_MAX)
        press(os, os->ahead[at++]);
    if (at > os->ahead_len)
        at = os->ahead_len;    /* an event of the host's has forgotten them */
    os->ahead_len -= at;
    memmove(os->ahead, os->ahead + at, os->ahead_len);
    if (os->ahead_full && os->ahead_len < sizeof os->ahead) {
        os->ahead_full = false;
        uart_listen(os->uart);
    }
}

/* Count on, as far as there is room. */
static void
list_more(struct toyos *os)
{
    while (listing(os) && out_room(os) + os->out_at >= ANSWER_MAX)
        say(os, "%" PRIu64 "\r\n", os->seq_next++);
    if (!listing(os) && os->seq_last != 0) {
        os->seq_next = 1;
        os->seq_last = 0;
        prompt(os);
    }
}

/* ---- the port ---- */

static size_t
port_say(void *ctx, uint8_t *to, size_t room)
{
    struct toyos *os = ctx;
    size_t count;

    if (os->seq_last != 0)
        list_more(os);
    count = os->out_len - os->out_at;
    count = count < room ? count : room;
    memcpy(to, os->out + os->out_at, count);
    os->out_at += count;
    go_on(os);
    return count;
}

/* An interrupt does not queue behind the keys that it is to undo. */
static size_t
port_hear(void *ctx, struct bytes chars)
{
    struct toyos *os = ctx;
    size_t taken = 0;

    for (; taken < chars.len; taken++) {
        if (chars.at[taken] == KEY_INTERRUPT && listing(os)) {
            os->ahead_len = os->out_len = os->out_at = 0;
            interrupt(os);
            continue;
        }
        if (os->ahead_len == sizeof os->ahead)
            break;
        os->ahead[os->ahead_len++] = chars.at[taken];
    }
    os->ahead_full = taken < chars.len;
    go_on(os);
    return taken;
}

static void
come(struct toyos *os)
{
    os->out_len = os->out_at = 0;
    if (os->where >= AT_LOGIN)
        log_in_again(os);
    else if (os->where == AT_BOOT)
        watch_boot(os);
    else
        prompt(os);
}

static void
leave(struct toyos *os)
{
    timeline_disarm(&os->world->timeline, &os->boot);
    os->out_len = os->out_at = os->ahead_len = os->line_len = 0;
    os->seq_next = 1;
    os->seq_last = 0;
    os->sysrq = os->ahead_full = false;
    if (os->where == AT_PASSWORD || os->where == AT_SHELL)
        os->where = AT_LOGIN;
}

static void
port_signal(void *ctx, enum uart_signal what, bool on)
{
    struct toyos *os = ctx;

    if (what == UART_BREAK)
        os->sysrq = os->where >= AT_LOGIN;
    if (what != UART_CARRIER)
        return;
    os->here = on;
    if (on)
        come(os);
    else
        leave(os);
}

/* ---- life ---- */

/* How far the host is at present. */
static void
find_state(struct toyos *os)
{
    static const uint8_t where[] = {
        [HOST_STAGE_NOTHING] = AT_NOTHING,   [HOST_STAGE_POST] = AT_BOOT,
        [HOST_STAGE_SETUP] = AT_SETUP,       [HOST_STAGE_OS] = AT_LOGIN,
        [HOST_STAGE_STOPPING] = AT_SHUTDOWN, [HOST_STAGE_STOPPED] = AT_SHUTDOWN,
    };

    os->where = where[host_stage(os->host)];
    os->boot_from = host_since(os->host);
}

enum status
toyos_new(struct world *world, struct host *host, struct uart *uart, struct toyos **out)
{
    struct toyos *os = calloc(1, sizeof *os);
    struct uart_end end = { os, port_say, port_hear, port_signal };

    if (os == NULL)
        return ST_NOMEM;
    os->world = world;
    os->host = host;
    os->uart = uart;
    os->seq_next = 1;
    timer_init(&os->boot, TIMER_DEVICE, on_boot, os);
    if (host_listen(host, &(struct host_listener){ host_event, os }) != ST_OK) {
        free(os);
        return ST_FULL;
    }
    find_state(os);
    uart_plug(uart, &end);
    *out = os;
    return ST_OK;
}

void
toyos_free(struct toyos *os)
{
    if (os == NULL)
        return;
    timeline_disarm(&os->world->timeline, &os->boot);
    host_unlisten(os->host, os);
    if (uart_has(os->uart, os))
        uart_plug(os->uart, NULL);
    free(os);
}
