#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "tests/bench/load.h"

#define BATCH 16
#define TICK_MS 10              /* how often deadlines are looked at */
#define SOCKET_BUFFER (1 << 20)

static instant
clock_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (instant)t.tv_sec * SPAN_S(1) + (instant)t.tv_nsec;
}

/* ---- workers ---- */

void
loop_connect(struct worker *w, unsigned n)
{
    const struct load_opts *o = &w->load->opts;
    struct sockaddr_in to = { .sin_family = AF_INET };

    to.sin_port = htons((uint16_t)(o->port + n % o->bmcs));
    if (inet_pton(AF_INET, o->host, &to.sin_addr) != 1)
        load_die("%s is not an IPv4 address", o->host);
    if (connect(w->fd, (const struct sockaddr *)&to, sizeof to) != 0)
        load_die("connect: %s", strerror(errno));
}

static void
begin_worker(struct load *l, unsigned i)
{
    struct worker *w = &l->workers[i];
    struct epoll_event ev = { .events = EPOLLIN, .data.ptr = w };
    struct remote_opts opts = l->opts.remote;
    int size = SOCKET_BUFFER;

    *w = (struct worker){ .load = l, .index = i, .heard = l->now };
    w->fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (w->fd < 0)
        load_die("socket: %s", strerror(errno));
    setsockopt(w->fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    loop_connect(w, i);
    if (epoll_ctl(l->epoll, EPOLL_CTL_ADD, w->fd, &ev) != 0)
        load_die("epoll_ctl: %s", strerror(errno));
    if (l->opts.mode->raw)
        return;
    opts.crypto = l->crypto;
    opts.work = l->work;
    opts.key = rng_key_numbered(opts.key, i);
    if (remote_new(&opts, &w->remote) != ST_OK)
        load_die("no such kind of session, or no memory");
}

void
loop_begin(struct load *l)
{
    l->epoll = epoll_create1(EPOLL_CLOEXEC);
    l->workers = calloc(l->opts.workers, sizeof *l->workers);
    if (l->epoll < 0 || l->workers == NULL)
        load_die("no memory, or no epoll");
    if (crypto_new(&l->crypto) != ST_OK || crypto_work_new(l->crypto, &l->work) != ST_OK)
        load_die("the crypto library does not do what is needed");
    l->now = clock_now();
    for (unsigned i = 0; i < l->opts.workers; i++)
        begin_worker(l, i);
    l->next_bmc = l->opts.workers;
    for (unsigned i = 0; i < l->opts.workers; i++)
        if (l->workers[i].remote != NULL)
            remote_open(l->workers[i].remote, l->now);
}

void
loop_end(struct load *l)
{
    for (unsigned i = 0; i < l->opts.workers; i++) {
        remote_free(l->workers[i].remote);
        close(l->workers[i].fd);
    }
    free(l->workers);
    crypto_work_free(l->work);
    crypto_free(l->crypto);
    close(l->epoll);
}

/* ---- datagrams ---- */

struct batch {
    struct mmsghdr msg[BATCH];
    struct iovec iov[BATCH];
    uint8_t room[BATCH][LOAD_DATAGRAM_MAX];
};

static void
batch_slot(struct batch *b, unsigned i, size_t len)
{
    b->iov[i] = (struct iovec){ .iov_base = b->room[i], .iov_len = len };
    b->msg[i].msg_hdr = (struct msghdr){ .msg_iov = &b->iov[i], .msg_iovlen = 1 };
}

/* What is refused now is sent again when its time has come. */
static void
send_batch(const struct worker *w, struct batch *b, unsigned count)
{
    if (count != 0)
        (void)sendmmsg(w->fd, b->msg, count, 0);
}

static bool
next_datagram(struct worker *w, struct batch *b, unsigned i)
{
    struct bytes d;

    if (w->remote != NULL) {
        if (!remote_output(w->remote, &d))
            return false;
        memcpy(b->room[i], d.at, d.len);
        batch_slot(b, i, d.len);
        return true;
    }
    if (w->to_send == 0)
        return false;
    w->to_send--;
    batch_slot(b, i, mode_raw_build(w, b->room[i]));
    return true;
}

/* Let w do what it does next, and send what comes of it. */
static void
go_on(struct worker *w, struct batch *b)
{
    unsigned count = 0;

    w->load->opts.mode->go_on(w);
    while (next_datagram(w, b, count)) {
        if (++count == BATCH) {
            send_batch(w, b, count);
            count = 0;
        }
    }
    send_batch(w, b, count);
}

static void
take_datagram(struct worker *w, struct bytes d)
{
    struct load *l = w->load;

    if (w->remote != NULL) {
        remote_input(w->remote, l->now, d);
    } else {
        w->heard = l->now;
        w->under_way -= w->under_way != 0;
        l->done++;
    }
}

static void
receive(struct worker *w, struct batch *b)
{
    int got;

    for (unsigned i = 0; i < BATCH; i++)
        batch_slot(b, i, LOAD_DATAGRAM_MAX);
    got = recvmmsg(w->fd, b->msg, BATCH, MSG_DONTWAIT, NULL);
    for (int i = 0; i < got; i++)
        take_datagram(w, bytes_of(b->room[i], b->msg[i].msg_len));
    if (got < 0 && errno == ECONNREFUSED)
        load_die("nobody listens at port %u", w->load->opts.port);
}

static void
tick(struct load *l, struct batch *b)
{
    for (unsigned i = 0; i < l->opts.workers; i++) {
        struct worker *w = &l->workers[i];

        if (w->remote != NULL && remote_deadline(w->remote) <= l->now)
            remote_expire(w->remote, l->now);
        go_on(w, b);
    }
}

void
loop_run(struct load *l, instant until)
{
    static struct batch batch;
    struct epoll_event ready[256];
    instant next_tick = l->now;

    while (l->now < until && l->idle < l->opts.workers) {
        int count;

        if (l->now >= next_tick) {
            tick(l, &batch);
            next_tick = l->now + SPAN_MS(TICK_MS);
        }
        count = epoll_wait(l->epoll, ready, sizeof ready / sizeof ready[0], TICK_MS);
        l->now = clock_now();
        for (int i = 0; i < count; i++) {
            receive(ready[i].data.ptr, &batch);
            go_on(ready[i].data.ptr, &batch);
        }
    }
}
