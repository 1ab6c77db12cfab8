#include "sim/io/stream.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "sim/host/uart.h"
#include "sim/io/tcp_line.h"

#define PORT_MAX 65535
#define IAC 0xff
#define TELNET_BREAK 0xf3
#define TELNET_SE 0xf0
#define TELNET_SB 0xfa
#define TELNET_WILL 0xfb           /* .. DONT: an option follows */
#define TELNET_DONT 0xfe

/* One port. Octets from the server wait in from, which has room for one piece
 * more whenever the line is not held. */
struct stream {
    struct streams *all;
    struct chassis_unit *unit;
    struct stream_device device;
    const char *words;             /* for complaints */
    struct tcp_line *line;
    bool refusing;                 /* the port was told to wait */
    uint8_t telnet;                /* stream_untelnet()'s state */
    uint8_t from[2 * TCP_LINE_PIECE];
    size_t from_len;
};

struct streams {
    struct loop *loop;
    streams_warn_fn *warn;
    struct stream **at;
    size_t count;
};

/* ---- words ---- */

/* The text after prefix; NULL when it does not begin with it. */
static const char *
after(const char *text, const char *prefix)
{
    size_t len = strlen(prefix);

    return strncmp(text, prefix, len) == 0 ? text + len : NULL;
}

bool
stream_parse(const char *words, struct stream_device *out)
{
    char text[STREAM_HOST_MAX + 8];
    const char *rest;
    char *colon, *end;
    size_t len;
    unsigned long port;

    words += *words == '"';
    rest = after(words, "tcp:");
    out->telnet = rest == NULL;
    if (rest == NULL && (rest = after(words, "telnet:")) == NULL)
        return false;
    len = strcspn(rest, "\" \t");
    if (len >= sizeof text)
        return false;
    memcpy(text, rest, len);
    text[len] = '\0';
    colon = strrchr(text, ':');
    if (colon == NULL || colon == text || (size_t)(colon - text) >= sizeof out->host)
        return false;
    port = strtoul(colon + 1, &end, 10);
    if (end == colon + 1 || *end != '\0' || port < 1 || port > PORT_MAX)
        return false;
    *colon = '\0';
    memcpy(out->host, text, (size_t)(colon - text) + 1);
    out->port = (uint16_t)port;
    return true;
}

/* ---- telnet ---- */

enum { PLAIN, COMMAND, OPTION, SUB, SUB_COMMAND };

static uint8_t
command(uint8_t octet)
{
    if (octet == TELNET_SB)
        return SUB;
    return octet >= TELNET_WILL && octet <= TELNET_DONT ? OPTION : PLAIN;
}

size_t
stream_untelnet(uint8_t *state, uint8_t *at, size_t len)
{
    size_t left = 0;

    for (size_t i = 0; i < len; i++) {
        uint8_t octet = at[i];

        switch (*state) {
        case PLAIN:
            if (octet == IAC)
                *state = COMMAND;
            else
                at[left++] = octet;
            break;
        case COMMAND:
            *state = octet == IAC ? PLAIN : command(octet);
            if (octet == IAC)
                at[left++] = octet;
            break;
        case OPTION:
            *state = PLAIN;
            break;
        case SUB:
            *state = octet == IAC ? SUB_COMMAND : SUB;
            break;
        default:
            *state = octet == TELNET_SE ? PLAIN : SUB;
            break;
        }
    }
    return left;
}

/* ---- to the server ---- */

/* Tell the port something, now. */
static void
at_port(struct stream *s, void (*what)(struct lab *, struct chassis_unit *, instant))
{
    struct loop *loop = s->all->loop;

    what(loop_lab(loop), s->unit, loop_now(loop));
    loop_settle(loop);
}

/* There is room, or nobody is there any more: who waited need not. */
static void
go_on(void *ctx)
{
    struct stream *s = ctx;

    if (!s->refusing)
        return;
    s->refusing = false;
    at_port(s, lab_listen);
}

/* Characters typed at the console. */
static size_t
port_hear(void *ctx, struct bytes chars)
{
    static const uint8_t doubled[] = { IAC, IAC };
    struct stream *s = ctx;
    size_t taken = 0;

    if (!tcp_line_has_peer(s->line))
        return chars.len;
    for (; taken < chars.len; taken++) {
        bool twice = s->device.telnet && chars.at[taken] == IAC;

        if (!tcp_line_put(s->line, twice ? bytes_of(doubled, 2) : bytes_of(chars.at + taken, 1)))
            break;
    }
    s->refusing = taken < chars.len;
    tcp_line_flush(s->line);
    return taken;
}

static void
port_signal(void *ctx, enum uart_signal what, bool on)
{
    static const uint8_t octets[] = { IAC, TELNET_BREAK };
    struct stream *s = ctx;

    (void)on;
    if (what == UART_BREAK && s->device.telnet &&
        tcp_line_put(s->line, bytes_of(octets, sizeof octets)))
        tcp_line_flush(s->line);
}

/* ---- from the server ---- */

static void
heard(void *ctx, uint8_t *at, size_t len)
{
    struct stream *s = ctx;

    if (s->device.telnet)
        len = stream_untelnet(&s->telnet, at, len);
    assert(len <= sizeof s->from - s->from_len);
    memcpy(s->from + s->from_len, at, len);
    s->from_len += len;
    tcp_line_hold(s->line, s->from_len > TCP_LINE_PIECE);
    if (len > 0)
        at_port(s, lab_speak);
}

static size_t
port_say(void *ctx, uint8_t *to, size_t room)
{
    struct stream *s = ctx;
    size_t count = s->from_len < room ? s->from_len : room;

    memcpy(to, s->from, count);
    s->from_len -= count;
    memmove(s->from, s->from + count, s->from_len);
    tcp_line_hold(s->line, s->from_len > TCP_LINE_PIECE);
    return count;
}

static void
joined(void *ctx)
{
    struct stream *s = ctx;

    s->telnet = PLAIN;
    tcp_line_hold(s->line, s->from_len > TCP_LINE_PIECE);
}

static void
trouble(void *ctx, const char *why)
{
    struct stream *s = ctx;

    if (s->all->warn != NULL)
        s->all->warn(s->words, why);
}

/* ---- life ---- */

static struct stream *
add(struct streams *all)
{
    struct stream **at = realloc(all->at, (all->count + 1) * sizeof(*at));
    struct stream *s = calloc(1, sizeof *s);

    if (at != NULL)
        all->at = at;
    if (at == NULL || s == NULL) {
        free(s);
        return NULL;
    }
    s->all = all;
    if (tcp_line_new(loop_uv(all->loop),
                     &(struct tcp_line_user){ .ctx = s, .joined = joined, .left = go_on,
                                              .heard = heard, .sent = go_on,
                                              .trouble = trouble, .closed = free },
                     &s->line) != ST_OK) {
        free(s);
        return NULL;
    }
    all->at[all->count++] = s;
    return s;
}

static enum status
open_stream(struct streams *all, struct chassis_unit *unit, const struct machine_word *w)
{
    struct stream_device device;
    struct stream *s;
    enum status st;

    if (!stream_parse(w->rest, &device)) {
        if (all->warn != NULL)
            all->warn(w->rest, "not opened: expected tcp:HOST:PORT or telnet:HOST:PORT");
        return ST_OK;
    }
    s = add(all);
    if (s == NULL)
        return ST_NOMEM;
    s->unit = unit;
    s->device = device;
    s->words = w->rest;
    st = lab_plug(loop_lab(all->loop), unit,
                  &(struct uart_end){ s, port_say, port_hear, port_signal });
    if (st == ST_OK)
        tcp_line_connect(s->line, s->device.host, device.port);
    return st;
}

static enum status
open_unit(struct streams *all, struct chassis_unit *unit)
{
    const struct machine_mc *m;

    if (chassis_unit_bmc(unit) == NULL || chassis_unit_host(unit) == NULL)
        return ST_OK;
    m = mc_machine(chassis_unit_bmc(unit));
    for (uint32_t i = 0; i < m->word_count; i++)
        if (strcmp(m->words[i].word, "sol") == 0)
            return open_stream(all, unit, &m->words[i]);
    return ST_OK;
}

enum status
streams_new(struct loop *loop, streams_warn_fn *warn, struct streams **out)
{
    struct streams *all = calloc(1, sizeof *all);
    struct lab *lab = loop_lab(loop);
    enum status st = ST_OK;

    if (all == NULL)
        return ST_NOMEM;
    all->loop = loop;
    all->warn = warn;
    for (uint32_t n = 0; st == ST_OK && n < lab_count(lab); n++)
        st = open_unit(all, lab_unit(lab, n));
    if (st != ST_OK) {
        streams_free(all);
        return st;
    }
    *out = all;
    return ST_OK;
}

/* The streams themselves are freed when the loop is done with their lines. */
void
streams_free(struct streams *streams)
{
    if (streams == NULL)
        return;
    for (size_t i = 0; i < streams->count; i++) {
        struct stream *s = streams->at[i];

        lab_unplug(loop_lab(streams->loop), s->unit, s);
        tcp_line_close(s->line);
    }
    free(streams->at);
    free(streams);
}
