#include "sim/io/udp.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "sim/io/addr.h"
#include "sim/wire/pet.h"

#define BATCH 64                 /* datagrams a system call */
#define ROUNDS_MAX 8             /* batches from one socket before others get a turn */
#define DATAGRAM_MAX 2048

struct udp_socket {
    uv_poll_t poll;
    struct udp_hub *hub;
    struct udp_end end;
    struct udp_socket *second;   /* its secondary port; or NULL */
    int fd;
    bool polled;
};

struct udp_hub {
    struct udp_user user;
    struct udp_socket **sockets;
    uint32_t count, room;
    uint64_t unsent;
    uint16_t trap_port;          /* instead of PET_PORT; 0 = that itself */

    struct mmsghdr in[BATCH], out[BATCH];
    struct iovec in_iov[BATCH], out_iov[BATCH];
    struct sockaddr_storage in_from[BATCH], out_to[BATCH];
    uint8_t in_bytes[BATCH][DATAGRAM_MAX];
};

static void
prepare_input(struct udp_hub *hub)
{
    for (int i = 0; i < BATCH; i++) {
        hub->in_iov[i] = (struct iovec){ hub->in_bytes[i], DATAGRAM_MAX };
        hub->in[i].msg_hdr.msg_iov = &hub->in_iov[i];
        hub->in[i].msg_hdr.msg_iovlen = 1;
        hub->in[i].msg_hdr.msg_name = &hub->in_from[i];
        hub->out[i].msg_hdr.msg_iov = &hub->out_iov[i];
        hub->out[i].msg_hdr.msg_iovlen = 1;
        hub->out[i].msg_hdr.msg_name = &hub->out_to[i];
    }
}

/* Send the first count prepared messages by one socket; UDP may lose, so
 * what the system refuses is counted and gone. */
static void
send_batch(struct udp_hub *hub, const struct udp_socket *s, unsigned count)
{
    unsigned sent = 0;

    while (sent < count) {
        int n = sendmmsg(s->fd, hub->out + sent, count - sent, 0);

        if (n > 0)
            sent += (unsigned)n;
        else if (n < 0 && errno == EINTR)
            continue;
        else {
            hub->unsent++;
            sent++;
        }
    }
}

static socklen_t
destination(const struct udp_hub *hub, struct peer to, struct sockaddr_storage *out)
{
    if (hub->trap_port != 0 && to.port == PET_PORT)
        to.port = hub->trap_port;
    return addr_from_peer(&to, out);
}

static const struct udp_socket *
sender(const struct outbox_entry *e)
{
    const struct udp_socket *s = e->endpoint;

    return s != NULL && e->to.secondary && s->second != NULL ? s->second : s;
}

void
udp_hub_flush(struct udp_hub *hub, struct outbox *ob)
{
    size_t count = outbox_count(ob);
    unsigned ready = 0;
    const struct udp_socket *s = NULL;

    for (size_t i = 0; i < count; i++) {
        const struct outbox_entry *e = outbox_at(ob, i);

        if (ready && (sender(e) != s || ready == BATCH)) {
            send_batch(hub, s, ready);
            ready = 0;
        }
        s = sender(e);
        if (s == NULL)
            continue;
        hub->out_iov[ready] = (struct iovec){ (void *)(uintptr_t)e->bytes.at, e->bytes.len };
        hub->out[ready].msg_hdr.msg_namelen = destination(hub, e->to, &hub->out_to[ready]);
        ready++;
    }
    if (ready)
        send_batch(hub, s, ready);
    if (count)
        outbox_clear(ob);
}

static bool
is_open(const struct udp_hub *hub, const void *socket)
{
    for (uint32_t i = 0; i < hub->count; i++)
        if (hub->sockets[i] == socket)
            return true;
    return false;
}

void
udp_hub_send(struct udp_hub *hub, void *socket, const struct peer *to, struct bytes datagram)
{
    if (!is_open(hub, socket))
        return;
    hub->out_iov[0] = (struct iovec){ (void *)(uintptr_t)datagram.at, datagram.len };
    hub->out[0].msg_hdr.msg_namelen = destination(hub, *to, &hub->out_to[0]);
    send_batch(hub, socket, 1);
}

/* Give one received batch to the user, at one instant. */
static void
deliver(struct udp_hub *hub, struct udp_socket *s, int count)
{
    const struct udp_user *user = &hub->user;
    const struct udp_end end = s->end;
    instant now = user->arrived(user->ctx);

    for (int i = 0; i < count; i++) {
        struct peer from = addr_to_peer((struct sockaddr *)&hub->in_from[i]);

        from.secondary = end.beside != NULL;
        user->input(user->ctx, &end, now, &from,
                    bytes_of(hub->in_bytes[i], hub->in[i].msg_len));
    }
    user->settle(user->ctx);
}

static int
receive(struct udp_hub *hub, const struct udp_socket *s)
{
    for (int i = 0; i < BATCH; i++)
        hub->in[i].msg_hdr.msg_namelen = sizeof hub->in_from[i];
    return recvmmsg(s->fd, hub->in, BATCH, MSG_DONTWAIT, NULL);
}

static void
on_readable(uv_poll_t *poll, int status, int events)
{
    struct udp_socket *s = poll->data;

    (void)events;
    if (status < 0)
        return;
    for (int round = 0; round < ROUNDS_MAX; round++) {
        int n = receive(s->hub, s);

        if (n <= 0)
            return;
        deliver(s->hub, s, n);
        if (n < BATCH)
            return;
    }
}

enum status
udp_hub_new(const struct udp_user *user, struct udp_hub **out)
{
    struct udp_hub *hub = calloc(1, sizeof *hub);

    if (hub == NULL)
        return ST_NOMEM;
    hub->user = *user;
    prepare_input(hub);
    *out = hub;
    return ST_OK;
}

static void
socket_closed(uv_handle_t *handle)
{
    struct udp_socket *s = handle->data;

    close(s->fd);
    free(s);
}

static void
close_socket(struct udp_socket *s)
{
    if (s->polled)
        uv_close((uv_handle_t *)&s->poll, socket_closed);
    else {
        close(s->fd);
        free(s);
    }
}

void
udp_hub_free(struct udp_hub *hub)
{
    if (hub == NULL)
        return;
    for (uint32_t i = 0; i < hub->count; i++)
        close_socket(hub->sockets[i]);
    free(hub->sockets);
    free(hub);
}

static bool
make_room(struct udp_hub *hub)
{
    uint32_t room = hub->room ? hub->room * 2 : 16;
    struct udp_socket **sockets;

    if (hub->count < hub->room)
        return true;
    sockets = realloc(hub->sockets, room * sizeof(*sockets));
    if (sockets == NULL)
        return false;
    hub->sockets = sockets;
    hub->room = room;
    return true;
}

/*
 * Never fragment: so says the IPv4 header that LAN parameter 7 has by default,
 * and none of our datagrams is long enough. It also spares the system the
 * choice of an identification for each.
 */
static void
dont_fragment(int fd, int family)
{
    int on = IP_PMTUDISC_DO;

    if (family == AF_INET)
        (void)setsockopt(fd, IPPROTO_IP, IP_MTU_DISCOVER, &on, sizeof on);
}

/* A bound, non-blocking socket, or -1 with errno. */
static int
bind_socket(const struct peer *at, struct peer *bound)
{
    struct sockaddr_storage sa;
    socklen_t len = addr_from_peer(at, &sa);
    int fd = socket(sa.ss_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int why;

    if (fd < 0)
        return -1;
    dont_fragment(fd, sa.ss_family);
    if (bind(fd, (struct sockaddr *)&sa, len) == 0) {
        len = sizeof sa;
        if (getsockname(fd, (struct sockaddr *)&sa, &len) == 0) {
            *bound = addr_to_peer((struct sockaddr *)&sa);
            return fd;
        }
    }
    why = errno;
    close(fd);
    errno = why;
    return -1;
}

enum status
udp_hub_open(struct udp_hub *hub, const struct udp_end *end, const struct peer *at,
             struct peer *bound, void **socket)
{
    struct udp_socket *s;

    if (!make_room(hub))
        return ST_NOMEM;
    s = calloc(1, sizeof *s);
    if (s == NULL)
        return ST_NOMEM;
    s->fd = bind_socket(at, bound);
    if (s->fd < 0) {
        free(s);
        return ST_IO;
    }
    s->hub = hub;
    s->end = *end;
    if (end->beside != NULL)
        ((struct udp_socket *)end->beside)->second = s;
    hub->sockets[hub->count++] = s;
    *socket = s;
    return ST_OK;
}

enum status
udp_hub_start(struct udp_hub *hub)
{
    for (uint32_t i = 0; i < hub->count; i++) {
        struct udp_socket *s = hub->sockets[i];

        if (s->polled)
            continue;
        if (uv_poll_init(hub->user.uv, &s->poll, s->fd) != 0)
            return ST_IO;
        s->poll.data = s;
        s->polled = true;
        if (uv_poll_start(&s->poll, UV_READABLE, on_readable) != 0)
            return ST_IO;
    }
    return ST_OK;
}

void
udp_hub_close(struct udp_hub *hub, void *socket)
{
    uint32_t i = 0;

    while (hub->sockets[i] != socket)
        i++;
    if (hub->sockets[i]->end.beside != NULL)
        ((struct udp_socket *)hub->sockets[i]->end.beside)->second = NULL;
    close_socket(socket);
    hub->sockets[i] = hub->sockets[--hub->count];
}

void
udp_hub_set_trap_port(struct udp_hub *hub, uint16_t port)
{
    hub->trap_port = port;
}

uint64_t
udp_hub_unsent(const struct udp_hub *hub)
{
    return hub->unsent;
}
