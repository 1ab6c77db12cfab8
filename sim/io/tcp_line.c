#include "sim/io/tcp_line.h"

#include <stdlib.h>
#include <string.h>

#include "sim/io/addr.h"

#define BACKLOG 4

struct tcp_line {
    struct tcp_line_user user;
    uv_loop_t *uv;
    const char *host;
    uint16_t port;
    bool serves;                   /* else it connects */
    bool peer, held, complained, closing;
    uint8_t to[TCP_LINE_ROOM];     /* sent octets of to_len are on their way */
    size_t to_len, sent;
    uint8_t from[TCP_LINE_PIECE];
    uv_timer_t retry;
    uv_tcp_t server, tcp;          /* server: of one that serves */
    uv_connect_t connect;
    uv_write_t write;
    int handles;                   /* not closed yet */
    bool has_tcp;                  /* tcp is one of them */
};

static void
tell(const struct tcp_line *l, void (*what)(void *ctx))
{
    if (what != NULL && !l->closing)
        what(l->user.ctx);
}

static void
complain(struct tcp_line *l, const char *why)
{
    if (!l->complained && !l->closing && l->user.trouble != NULL)
        l->user.trouble(l->user.ctx, why);
    l->complained = true;
}

/* ---- hanging up ---- */

static void begin(uv_timer_t *timer);

static void
try_later(struct tcp_line *l)
{
    if (!l->closing && !l->serves)
        uv_timer_start(&l->retry, begin, TCP_LINE_RETRY_MS, 0);
}

static void
handle_closed(uv_handle_t *handle)
{
    struct tcp_line *l = handle->data;

    if (--l->handles > 0)
        return;
    l->user.closed(l->user.ctx);
    free(l);
}

static void
tcp_closed(uv_handle_t *handle)
{
    struct tcp_line *l = handle->data;

    l->has_tcp = false;
    try_later(l);
    handle_closed(handle);
}

/* What was on its way is lost. */
static void
hang_up(struct tcp_line *l)
{
    bool was = l->peer;

    l->peer = false;
    l->to_len = l->sent = 0;
    if (l->has_tcp && !uv_is_closing((uv_handle_t *)&l->tcp))
        uv_close((uv_handle_t *)&l->tcp, tcp_closed);
    if (was)
        tell(l, l->user.left);
}

/* ---- to the peer ---- */

static void
on_written(uv_write_t *write, int status)
{
    struct tcp_line *l = write->data;

    if (!l->peer)
        return;
    l->to_len -= l->sent;
    memmove(l->to, l->to + l->sent, l->to_len);
    l->sent = 0;
    if (status < 0) {
        hang_up(l);
        return;
    }
    tcp_line_flush(l);
    tell(l, l->user.sent);
}

bool
tcp_line_put(struct tcp_line *l, struct bytes chars)
{
    if (!l->peer || chars.len > sizeof l->to - l->to_len)
        return false;
    memcpy(l->to + l->to_len, chars.at, chars.len);
    l->to_len += chars.len;
    return true;
}

void
tcp_line_flush(struct tcp_line *l)
{
    uv_buf_t buf = uv_buf_init((char *)l->to, (unsigned)l->to_len);

    if (!l->peer || l->sent > 0 || l->to_len == 0)
        return;
    l->sent = l->to_len;
    if (uv_write(&l->write, (uv_stream_t *)&l->tcp, &buf, 1, on_written) != 0)
        l->sent = 0;
}

/* ---- from the peer ---- */

static void
on_alloc(uv_handle_t *handle, size_t hint, uv_buf_t *buf)
{
    struct tcp_line *l = handle->data;

    (void)hint;
    *buf = uv_buf_init((char *)l->from, sizeof l->from);
}

static void
on_read(uv_stream_t *tcp, ssize_t count, const uv_buf_t *buf)
{
    struct tcp_line *l = tcp->data;

    (void)buf;
    if (count < 0) {
        if (!l->serves)
            complain(l, uv_strerror((int)count));
        hang_up(l);
    } else if (count > 0 && l->user.heard != NULL)
        l->user.heard(l->user.ctx, l->from, (size_t)count);
}

void
tcp_line_hold(struct tcp_line *l, bool on)
{
    if (on == l->held)
        return;
    l->held = on;
    if (!l->peer)
        return;
    if (on)
        uv_read_stop((uv_stream_t *)&l->tcp);
    else
        uv_read_start((uv_stream_t *)&l->tcp, on_alloc, on_read);
}

static void
welcome(struct tcp_line *l)
{
    l->peer = true;
    l->complained = l->held = false;
    uv_tcp_nodelay(&l->tcp, 1);
    uv_read_start((uv_stream_t *)&l->tcp, on_alloc, on_read);
    tell(l, l->user.joined);
}

static void
make_tcp(struct tcp_line *l)
{
    uv_tcp_init(l->uv, &l->tcp);
    l->tcp.data = l->connect.data = l->write.data = l;
    l->has_tcp = true;
    l->handles++;
}

bool
tcp_line_has_peer(const struct tcp_line *l)
{
    return l->peer;
}

static bool
address_of(const struct tcp_line *l, struct sockaddr_storage *sa)
{
    struct peer at;

    return addr_resolve(l->host, l->port, &at) == ST_OK && addr_from_peer(&at, sa) != 0;
}

/* ---- a server elsewhere ---- */

static void
on_connected(uv_connect_t *connect, int status)
{
    struct tcp_line *l = connect->data;

    if (l->closing)
        return;
    if (status == 0) {
        welcome(l);
        return;
    }
    complain(l, uv_strerror(status));
    hang_up(l);
}

static void
begin(uv_timer_t *timer)
{
    struct tcp_line *l = timer->data;
    struct sockaddr_storage sa;

    if (!address_of(l, &sa)) {
        complain(l, "no such host");
        try_later(l);
        return;
    }
    make_tcp(l);
    if (uv_tcp_connect(&l->connect, &l->tcp, (struct sockaddr *)&sa, on_connected) != 0) {
        complain(l, "cannot connect");
        hang_up(l);
    }
}

void
tcp_line_connect(struct tcp_line *l, const char *host, uint16_t port)
{
    l->host = host;
    l->port = port;
    begin(&l->retry);
}

/* ---- clients ---- */

static void
free_handle(uv_handle_t *handle)
{
    free(handle);
}

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
    struct tcp_line *l = server->data;

    if (status < 0 || l->closing)
        return;
    /* One that is being hung up on still has its handle. */
    if (l->has_tcp) {
        turn_away(server);
        return;
    }
    make_tcp(l);
    if (uv_accept(server, (uv_stream_t *)&l->tcp) == 0)
        welcome(l);
    else
        hang_up(l);
}

void
tcp_line_listen(struct tcp_line *l, const char *host, uint16_t port)
{
    struct sockaddr_storage sa;
    int rc = UV_EADDRNOTAVAIL;

    l->host = host;
    l->port = port;
    l->serves = true;
    uv_tcp_init(l->uv, &l->server);
    l->server.data = l;
    l->handles++;
    if (address_of(l, &sa))
        rc = uv_tcp_bind(&l->server, (struct sockaddr *)&sa, 0);
    if (rc == 0)
        rc = uv_listen((uv_stream_t *)&l->server, BACKLOG, on_client);
    if (rc != 0)
        complain(l, uv_strerror(rc));
}

/* ---- life ---- */

enum status
tcp_line_new(uv_loop_t *uv, const struct tcp_line_user *user, struct tcp_line **out)
{
    struct tcp_line *l = calloc(1, sizeof *l);

    if (l == NULL)
        return ST_NOMEM;
    l->user = *user;
    l->uv = uv;
    uv_timer_init(uv, &l->retry);
    l->retry.data = l;
    l->handles = 1;
    *out = l;
    return ST_OK;
}

void
tcp_line_close(struct tcp_line *l)
{
    if (l == NULL)
        return;
    l->closing = true;
    hang_up(l);
    if (l->serves)
        uv_close((uv_handle_t *)&l->server, handle_closed);
    uv_close((uv_handle_t *)&l->retry, handle_closed);
}
