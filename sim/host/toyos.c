#include "sim/host/toyos.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/host/toyos_impl.h"

#define ANSWER_MAX 1024        /* the longest that one key brings about */
#define TEXT_MAX 256           /* one piece of formatted text */

enum key {
    KEY_INTERRUPT = 0x03, KEY_EOF = 0x04, KEY_BACKSPACE = 0x08, KEY_NEWLINE = 0x0a,
    KEY_RETURN = 0x0d, KEY_KILL = 0x15, KEY_DELETE = 0x7f,
};

/* ---- saying ---- */

static size_t
out_room(const struct toyos *os)
{
    return sizeof os->out - os->out_len;
}

void
toyos_text(struct toyos *os, const char *s, size_t len)
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

void
toyos_say(struct toyos *os, const char *format, ...)
{
    char piece[TEXT_MAX];
    va_list args;
    int len;

    va_start(args, format);
    len = vsnprintf(piece, sizeof piece, format, args);
    va_end(args);
    if (len > 0)
        toyos_text(os, piece, (size_t)len < sizeof piece ? (size_t)len : sizeof piece - 1);
}

void
toyos_prompt(struct toyos *os)
{
    os->line_len = 0;
    switch (os->where) {
    case AT_SETUP:
        toyos_say(os, "Setup. Press X to leave it and start again: ");
        break;
    case AT_LOGIN:
        toyos_say(os, TOYOS_NAME " login: ");
        break;
    case AT_PASSWORD:
        toyos_say(os, "Password: ");
        break;
    case AT_SHELL:
        toyos_say(os, "%s@" TOYOS_NAME ":~# ", os->user);
        break;
    default:
        break;
    }
}

void
toyos_log_in_again(struct toyos *os)
{
    os->where = AT_LOGIN;
    toyos_stop_listing(os);
    toyos_say(os, "\r\nipmilab host OS 1.0 " TOYOS_NAME " ttyS0\r\n\r\n");
    toyos_prompt(os);
}

/* ---- keys ---- */

static bool
listing(const struct toyos *os)
{
    return os->seq_next <= os->seq_last;
}

static void
enter(struct toyos *os)
{
    uint8_t where = os->where;

    os->line[os->line_len] = '\0';
    toyos_say(os, "\r\n");
    if (where == AT_LOGIN && os->line_len > 0) {
        memcpy(os->user, os->line, os->line_len + 1);
        os->where = AT_PASSWORD;
    } else if (where == AT_PASSWORD) {
        os->where = AT_SHELL;
        toyos_say(os, "\r\nWelcome to the ipmilab host OS. Commands: help\r\n");
    } else if (where == AT_SHELL) {
        toyos_run_line(os);
        if (os->where != AT_SHELL || listing(os))
            return;
    }
    toyos_prompt(os);
}

static void
erase(struct toyos *os)
{
    if (os->line_len == 0)
        return;
    os->line_len--;
    if (os->where != AT_PASSWORD)
        toyos_say(os, "\b \b");
}

static void
type(struct toyos *os, uint8_t key)
{
    if (key < ' ' || os->line_len == sizeof os->line - 1)
        return;
    os->line[os->line_len++] = (char)key;
    if (os->where != AT_PASSWORD)
        toyos_text(os, (const char *)&key, 1);
}

static void
press_sysrq(struct toyos *os, uint8_t key)
{
    os->sysrq = false;
    switch (key) {
    case 'b':
        toyos_say(os, "\r\nsysrq: Resetting\r\n");
        (void)host_do(os->host, HOST_OP_RESET, CAUSE_SOFT_RESET);
        break;
    case 'o':
        toyos_say(os, "\r\nsysrq: Power Off\r\n");
        (void)host_do(os->host, HOST_OP_OFF, CAUSE_UNKNOWN);
        break;
    default:
        toyos_say(os, "\r\nsysrq: HELP : reboot(b) poweroff(o)\r\n");
        toyos_prompt(os);
        break;
    }
}

static void
interrupt(struct toyos *os)
{
    toyos_stop_listing(os);
    toyos_say(os, "^C\r\n");
    if (os->where == AT_PASSWORD)
        os->where = AT_LOGIN;
    toyos_prompt(os);
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
            toyos_exit(os);
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
        toyos_say(os, "%" PRIu64 "\r\n", os->seq_next++);
    if (!listing(os) && os->seq_last != 0) {
        toyos_stop_listing(os);
        toyos_prompt(os);
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
        toyos_log_in_again(os);
    else if (os->where == AT_BOOT)
        toyos_watch_boot(os);
    else
        toyos_prompt(os);
}

static void
leave(struct toyos *os)
{
    timeline_disarm(&os->world->timeline, &os->boot);
    os->out_len = os->out_at = os->ahead_len = os->line_len = 0;
    toyos_stop_listing(os);
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
    timer_init(&os->boot, TIMER_DEVICE, toyos_on_boot, os);
    if (host_listen(host, &(struct host_listener){ toyos_host_event, os }) != ST_OK) {
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
