#include "sim/io/stream.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "sim/host/uart.h"
#include "sim/io/addr.h"

#define PORT_MAX 65535
#define IAC 0xff
#define TELNET_BREAK 0xf3
#define TELNET_SE 0xf0
#define TELNET_SB 0xfa
#define TELNET_WILL 0xfb           /* .. DONT: an option follows */
#define TELNET_DONT 0xfe

/* One port. Octets from the server wait in from; those for it in to, with
 * sent of them on their way. */
struct stream {
    struct streams *all;
    struct chassis_unit *unit;
    struct stream_device device;
    const char *words;             /* for complaints */
    bool connected, complained, deaf;   /* deaf: reading has stopped */
    bool refusing;                 /* the port was told to wait */
    uint8_t telnet;                /* stream_untelnet()'s state */
    uint8_t from[STREAM_ROOM], to[STREAM_ROOM];
    size_t from_len, to_len, sent;
    uint8_t input[STREAM_ROOM];
    uv_tcp_t tcp;
    uv_timer_t retry;
    uv_connect_t connect;
    uv_write_t write;
    int handles;                   /* not closed yet */
    bool closing;
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

static void go_on(struct stream *s);
static void lost(struct stream *s, const char *why);

/* Tell the port something, now. */
static void
at_port(struct stream *s, void (*tell)(struct lab *, struct chassis_unit *, instant))
{
    struct loop *loop = s->all->loop;

    tell(loop_lab(loop), s->unit, loop_now(loop));
    loop_settle(loop);
}

static void
on_written(uv_write_t *write, int status)
{
    struct stream *s = write->data;

    if (s->closing)
        return;
    s->to_len -= s->sent;
    memmove(s->to, s->to + s->sent, s->to_len);
    s->sent = 0;
    if (status < 0) {
        lost(s, uv_strerror(status));
        return;
    }
    go_on(s);
    if (s->refusing) {
        s->refusing = false;
        at_port(s, lab_listen);
    }
}

static void
go_on(struct stream *s)
{
    uv_buf_t buf;

    if (!s->connected || s->sent > 0 || s->to_len == 0)
        return;
    buf = uv_buf_init((char *)s->to, (unsigned)s->to_len);
    s->sent = s->to_len;
    if (uv_write(&s->write, (uv_stream_t *)&s->tcp, &buf, 1, on_written) != 0)
        s->sent = 0;
}

static bool
put(struct stream *s, const uint8_t *octets, size_t len)
{
    if (sizeof s->to - s->to_len < len)
        return false;
    memcpy(s->to + s->to_len, octets, len);
    s->to_len += len;
    return true;
}

/* Characters typed at the console. */
static size_t
port_hear(void *ctx, struct bytes chars)
{
    static const uint8_t doubled[] = { IAC, IAC };
    struct stream *s = ctx;
    size_t taken = 0;

    if (!s->connected)
        return chars.len;
    for (; taken < chars.len; taken++) {
        bool twice = s->device.telnet && chars.at[taken] == IAC;

        if (!put(s, twice ? doubled : chars.at + taken, twice ? 2 : 1))
            break;
    }
    s->refusing = taken < chars.len;
    go_on(s);
    return taken;
}

static void
port_signal(void *ctx, enum uart_signal what, bool on)
{
    static const uint8_t octets[] = { IAC, TELNET_BREAK };
    struct stream *s = ctx;

    (void)on;
    if (what == UART_BREAK && s->connected && s->device.telnet &&
        put(s, octets, sizeof octets))
        go_on(s);
}

/* ---- from the server ---- */

static void
on_alloc(uv_handle_t *handle, size_t hint, uv_buf_t *buf)
{
    struct stream *s = handle->data;

    (void)hint;
    *buf = uv_buf_init((char *)s->input, (unsigned)(sizeof s->from - s->from_len));
}

static void
on_read(uv_stream_t *tcp, ssize_t count, const uv_buf_t *buf)
{
    struct stream *s = tcp->data;
    size_t len = count > 0 ? (size_t)count : 0;

    (void)buf;
    if (count < 0) {
        lost(s, uv_strerror((int)count));
        return;
    }
    if (s->device.telnet)
        len = stream_untelnet(&s->telnet, s->input, len);
    assert(len <= sizeof s->from - s->from_len);
    memcpy(s->from + s->from_len, s->input, len);
    s->from_len += len;
    if (s->from_len == sizeof s->from) {
        s->deaf = true;
        uv_read_stop(tcp);
    }
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
    if (s->deaf && s->connected && s->from_len <= sizeof s->from / 2) {
        s->deaf = false;
        uv_read_start((uv_stream_t *)&s->tcp, on_alloc, on_read);
    }
    return count;
}

/* ---- connecting ---- */

static void begin(uv_timer_t *timer);

static void
complain(struct stream *s, const char *why)
{
    if (!s->complained && s->all->warn != NULL)
        s->all->warn(s->words, why);
    s->complained = true;
}

static void
try_later(struct stream *s)
{
    if (!s->closing)
        uv_timer_start(&s->retry, begin, STREAM_RETRY_MS, 0);
}

static void
tcp_closed(uv_handle_t *handle)
{
    struct stream *s = handle->data;

    if (--s->handles == 0)
        free(s);
    else
        try_later(s);
}

/* What was on its way to the server is lost; who waited need not any more. */
static void
lost(struct stream *s, const char *why)
{
    complain(s, why);
    s->connected = false;
    s->to_len = s->sent = 0;
    if (!uv_is_closing((uv_handle_t *)&s->tcp))
        uv_close((uv_handle_t *)&s->tcp, tcp_closed);
    if (s->refusing) {
        s->refusing = false;
        at_port(s, lab_listen);
    }
}

static void
on_connected(uv_connect_t *connect, int status)
{
    struct stream *s = connect->data;

    if (s->closing)
        return;
    if (status < 0) {
        lost(s, uv_strerror(status));
        return;
    }
    s->connected = true;
    s->complained = s->deaf = false;
    s->telnet = PLAIN;
    uv_tcp_nodelay(&s->tcp, 1);
    uv_read_start((uv_stream_t *)&s->tcp, on_alloc, on_read);
}

static void
begin(uv_timer_t *timer)
{
    struct stream *s = timer->data;
    struct sockaddr_storage sa;
    struct peer at;

    if (addr_resolve(s->device.host, s->device.port, &at) != ST_OK ||
        addr_from_peer(&at, &sa) == 0) {
        complain(s, "no such host");
        try_later(s);
        return;
    }
    uv_tcp_init(loop_uv(s->all->loop), &s->tcp);
    s->handles++;
    s->tcp.data = s->connect.data = s->write.data = s;
    if (uv_tcp_connect(&s->connect, &s->tcp, (struct sockaddr *)&sa, on_connected) != 0)
        lost(s, "cannot connect");
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
    all->at[all->count++] = s;
    s->all = all;
    uv_timer_init(loop_uv(all->loop), &s->retry);
    s->retry.data = s;
    s->handles = 1;
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
        begin(&s->retry);
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

static void
timer_closed(uv_handle_t *handle)
{
    struct stream *s = handle->data;

    if (--s->handles == 0)
        free(s);
}

static void
close_stream(struct stream *s)
{
    s->closing = true;
    s->connected = false;
    lab_unplug(loop_lab(s->all->loop), s->unit, s);
    if (s->handles == 2 && !uv_is_closing((uv_handle_t *)&s->tcp))
        uv_close((uv_handle_t *)&s->tcp, timer_closed);
    uv_close((uv_handle_t *)&s->retry, timer_closed);
}

/* The streams themselves are freed when the loop has closed their handles. */
void
streams_free(struct streams *streams)
{
    if (streams == NULL)
        return;
    for (size_t i = 0; i < streams->count; i++)
        close_stream(streams->at[i]);
    free(streams->at);
    free(streams);
}
