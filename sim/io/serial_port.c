#include "sim/io/serial_port.h"

#include <stdlib.h>
#include <string.h>

#include "sim/io/addr.h"
#include "sim/serial/serial_line.h"

#define PORT_MAX 65535
#define WORD_MAX 64
#define BACKLOG 4

/* One line. The server's handle, or the retry timer, lasts; the client's comes
 * and goes. */
struct serial_port {
    struct serial_ports *all;
    struct chassis_unit *unit;
    struct serial_port_line facts;
    const char *words;             /* for complaints */
    struct serial_line *line;
    bool connected, complained, closing;
    uint8_t to[SERIAL_PORT_ROOM];
    size_t to_len, sent;
    uint8_t input[SERIAL_PORT_ROOM];
    struct bytes heard;            /* for lab_do() */
    uv_tcp_t server, client;
    uv_timer_t retry;
    uv_connect_t connect;
    uv_write_t write;
    int handles;                   /* not closed yet */
};

struct serial_ports {
    struct loop *loop;
    serial_ports_warn_fn *warn;
    struct serial_port **at;
    size_t count;
};

/* ---- words ---- */

/* The next word, into to; false past the last, or when it is too long. */
static bool
next_word(const char **words, char to[WORD_MAX])
{
    const char *from = *words + strspn(*words, " \t\"");
    size_t len = strcspn(from, " \t\"");

    *words = from + len;
    if (len == 0 || len >= WORD_MAX || *from == '#')
        return false;
    memcpy(to, from, len);
    to[len] = '\0';
    return true;
}

static bool
channel_of(const char *word, uint8_t *channel)
{
    static const char *const interfaces[] = { "kcs", "bt", "smic", "ssif" };
    char *end;
    unsigned long n;

    *channel = CHANNEL_SYSTEM;
    for (size_t i = 0; i < sizeof interfaces / sizeof interfaces[0]; i++)
        if (strncmp(word, interfaces[i], strlen(interfaces[i])) == 0)
            return true;
    n = strtoul(word, &end, 0);
    *channel = (uint8_t)n;
    return *end == '\0' && n <= CHANNEL_SYSTEM;
}

static bool
codec_of(const char *word, uint8_t *codec)
{
    static const char *const codecs[] = {
        [SERIAL_CODEC_BASIC] = "Direct",
        [SERIAL_CODEC_TERMINAL] = "TerminalMode",
        [SERIAL_CODEC_RADISYS] = "RadisysAscii",
    };

    for (uint8_t i = 0; i < sizeof codecs / sizeof codecs[0]; i++)
        if (strcmp(word, codecs[i]) == 0) {
            *codec = i;
            return true;
        }
    return false;
}

bool
serial_port_parse(const char *words, struct serial_port_line *out)
{
    char word[WORD_MAX], *end;
    unsigned long port;
    bool codec = false;

    *out = (struct serial_port_line){ .port = 0 };
    if (!next_word(&words, word) || !channel_of(word, &out->channel) ||
        !next_word(&words, out->host) || !next_word(&words, word))
        return false;
    port = strtoul(word, &end, 10);
    if (*end != '\0' || port < 1 || port > PORT_MAX)
        return false;
    out->port = (uint16_t)port;
    while (next_word(&words, word)) {
        if (strcmp(word, "connect") == 0)
            out->connect = true;
        else if (strcmp(word, "codec") == 0)
            codec = next_word(&words, word) && codec_of(word, &out->codec);
        else if (!next_word(&words, word))     /* of a word that means nothing here */
            break;
    }
    return codec;
}

/* ---- to the client ---- */

static void drop_client(struct serial_port *p);

static void go_on(struct serial_port *p);

static void
on_written(uv_write_t *write, int status)
{
    struct serial_port *p = write->data;

    if (p->closing || !p->connected)
        return;
    p->to_len -= p->sent;
    memmove(p->to, p->to + p->sent, p->to_len);
    p->sent = 0;
    if (status < 0)
        drop_client(p);
    else
        go_on(p);
}

static void
go_on(struct serial_port *p)
{
    uv_buf_t buf = uv_buf_init((char *)p->to, (unsigned)p->to_len);

    if (!p->connected || p->sent > 0 || p->to_len == 0)
        return;
    p->sent = p->to_len;
    if (uv_write(&p->write, (uv_stream_t *)&p->client, &buf, 1, on_written) != 0)
        p->sent = 0;
}

/* serial_line_sinks.say: a message that does not fit is lost whole. */
static void
say(void *ctx, struct bytes chars)
{
    struct serial_port *p = ctx;

    if (!p->connected || chars.len > sizeof p->to - p->to_len)
        return;
    memcpy(p->to + p->to_len, chars.at, chars.len);
    p->to_len += chars.len;
    go_on(p);
}

/* ---- from the client ---- */

static void
request(void *ctx, struct ipmi_req *rq)
{
    struct serial_port *p = ctx;
    struct mc *bmc = chassis_unit_bmc(p->unit);

    if (bmc != NULL)
        mc_request(bmc, rq);
}

static void
hear(void *ctx)
{
    struct serial_port *p = ctx;

    serial_line_hear(p->line, p->heard);
}

static void
on_alloc(uv_handle_t *handle, size_t hint, uv_buf_t *buf)
{
    struct serial_port *p = handle->data;

    (void)hint;
    *buf = uv_buf_init((char *)p->input, sizeof p->input);
}

static void
on_read(uv_stream_t *client, ssize_t count, const uv_buf_t *buf)
{
    struct serial_port *p = client->data;
    struct loop *loop = p->all->loop;

    (void)buf;
    if (count < 0) {
        drop_client(p);
        return;
    }
    p->heard = bytes_of(p->input, (size_t)count);
    lab_do(loop_lab(loop), p->unit, loop_now(loop), hear, p);
    loop_settle(loop);
}

/* ---- clients ---- */

static void begin(uv_timer_t *timer);

static void
closed(uv_handle_t *handle)
{
    struct serial_port *p = handle->data;

    if (--p->handles > 0)
        return;
    serial_line_free(p->line);
    free(p);
}

static void
client_closed(uv_handle_t *handle)
{
    struct serial_port *p = handle->data;

    if (!p->closing && p->facts.connect)
        uv_timer_start(&p->retry, begin, SERIAL_PORT_RETRY_MS, 0);
    closed(handle);
}

static void
drop_client(struct serial_port *p)
{
    p->connected = false;
    p->to_len = p->sent = 0;
    serial_line_hang_up(p->line);
    if (!uv_is_closing((uv_handle_t *)&p->client))
        uv_close((uv_handle_t *)&p->client, client_closed);
}

static void
welcome(struct serial_port *p)
{
    p->connected = true;
    p->complained = false;
    uv_tcp_nodelay(&p->client, 1);
    uv_read_start((uv_stream_t *)&p->client, on_alloc, on_read);
}

static void
make_client(struct serial_port *p)
{
    uv_tcp_init(loop_uv(p->all->loop), &p->client);
    p->client.data = p->connect.data = p->write.data = p;
    p->handles++;
}

static void
free_handle(uv_handle_t *handle)
{
    free(handle);
}

/* One too many: hang up. */
static void
turn_away(uv_stream_t *server)
{
    uv_tcp_t *tcp = malloc(sizeof *tcp);

    if (tcp == NULL)
        return;
    uv_tcp_init(server->loop, tcp);
    (void)uv_accept(server, (uv_stream_t *)tcp);
    uv_close((uv_handle_t *)tcp, free_handle);
}

static void
on_client(uv_stream_t *server, int status)
{
    struct serial_port *p = server->data;

    if (status < 0 || p->closing)
        return;
    /* One that is being hung up still has its handle. */
    if (p->handles > 2) {
        turn_away(server);
        return;
    }
    make_client(p);
    if (uv_accept(server, (uv_stream_t *)&p->client) == 0)
        welcome(p);
    else
        drop_client(p);
}

static void
complain(struct serial_port *p, const char *why)
{
    if (!p->complained && p->all->warn != NULL)
        p->all->warn(p->words, why);
    p->complained = true;
}

static void
on_connected(uv_connect_t *connect, int status)
{
    struct serial_port *p = connect->data;

    if (p->closing)
        return;
    if (status == 0) {
        welcome(p);
        return;
    }
    complain(p, uv_strerror(status));
    drop_client(p);
}

/* Where it is, with port as far up as the BMC is of several. */
static bool
place_of(struct serial_port *p, struct sockaddr_storage *sa)
{
    unsigned port = p->facts.port + (p->facts.connect ? 0 : chassis_unit_index(p->unit));
    struct peer at;

    return port <= PORT_MAX && addr_resolve(p->facts.host, (uint16_t)port, &at) == ST_OK &&
           addr_from_peer(&at, sa) != 0;
}

static void
begin(uv_timer_t *timer)
{
    struct serial_port *p = timer->data;
    struct sockaddr_storage sa;

    if (!place_of(p, &sa)) {
        complain(p, "no such host");
        return;
    }
    make_client(p);
    if (uv_tcp_connect(&p->connect, &p->client, (struct sockaddr *)&sa, on_connected) != 0) {
        complain(p, "cannot connect");
        drop_client(p);
    }
}

static void
listen_at(struct serial_port *p)
{
    struct sockaddr_storage sa;
    int rc = UV_EADDRNOTAVAIL;

    if (place_of(p, &sa))
        rc = uv_tcp_bind(&p->server, (struct sockaddr *)&sa, 0);
    if (rc == 0)
        rc = uv_listen((uv_stream_t *)&p->server, BACKLOG, on_client);
    if (rc != 0)
        complain(p, uv_strerror(rc));
}

/* ---- life ---- */

static enum status
make_line(struct serial_port *p)
{
    bool system = p->facts.channel == CHANNEL_SYSTEM;
    struct serial_line_config config = {
        .world = chassis_unit_world(p->unit),
        .codec = p->facts.codec,
        .channel = p->facts.channel,
        .privilege = system ? PRIV_SYSTEM : PRIV_ADMIN,
        .address = mc_address(chassis_unit_bmc(p->unit)),
    };

    return serial_line_new(&config, &(struct serial_line_sinks){ p, request, say }, &p->line);
}

static enum status
open_port(struct serial_ports *all, struct chassis_unit *unit, const struct machine_word *w)
{
    struct serial_port_line facts;
    struct serial_port **at, *p;

    if (!serial_port_parse(w->rest, &facts))
        return ST_OK;
    at = realloc(all->at, (all->count + 1) * sizeof(*at));
    p = calloc(1, sizeof *p);
    if (at != NULL)
        all->at = at;
    if (at == NULL || p == NULL) {
        free(p);
        return ST_NOMEM;
    }
    p->all = all;
    p->unit = unit;
    p->facts = facts;
    p->words = w->rest;
    if (make_line(p) != ST_OK) {
        free(p);
        return ST_NOMEM;
    }
    all->at[all->count++] = p;
    uv_tcp_init(loop_uv(all->loop), &p->server);
    uv_timer_init(loop_uv(all->loop), &p->retry);
    p->server.data = p->retry.data = p;
    p->handles = 2;
    if (facts.connect)
        begin(&p->retry);
    else
        listen_at(p);
    return ST_OK;
}

static enum status
open_unit(struct serial_ports *all, struct chassis_unit *unit)
{
    const struct machine_mc *m;
    enum status st = ST_OK;

    if (chassis_unit_bmc(unit) == NULL)
        return ST_OK;
    m = mc_machine(chassis_unit_bmc(unit));
    for (uint32_t i = 0; st == ST_OK && i < m->word_count; i++)
        if (strcmp(m->words[i].word, "serial") == 0)
            st = open_port(all, unit, &m->words[i]);
    return st;
}

enum status
serial_ports_new(struct loop *loop, serial_ports_warn_fn *warn, struct serial_ports **out)
{
    struct serial_ports *all = calloc(1, sizeof *all);
    struct lab *lab = loop_lab(loop);
    enum status st = ST_OK;

    if (all == NULL)
        return ST_NOMEM;
    all->loop = loop;
    all->warn = warn;
    for (uint32_t n = 0; st == ST_OK && n < lab_count(lab); n++)
        st = open_unit(all, lab_unit(lab, n));
    if (st != ST_OK) {
        serial_ports_free(all);
        return st;
    }
    *out = all;
    return ST_OK;
}

static void
close_port(struct serial_port *p)
{
    p->closing = true;
    p->connected = false;
    if (p->handles > 2 && !uv_is_closing((uv_handle_t *)&p->client))
        uv_close((uv_handle_t *)&p->client, client_closed);
    uv_close((uv_handle_t *)&p->server, closed);
    uv_close((uv_handle_t *)&p->retry, closed);
}

void
serial_ports_free(struct serial_ports *ports)
{
    if (ports == NULL)
        return;
    for (size_t i = 0; i < ports->count; i++)
        close_port(ports->at[i]);
    free(ports->at);
    free(ports);
}
