/*
 * echo PORT - a bare UDP echo server on 127.0.0.1, with the loop, the poll
 * handle and the batches of sim/io/udp.c and nothing behind them: what a
 * request costs before anybody looks at it. Runs until killed.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <uv.h>

#define BATCH 64
#define DATAGRAM_MAX 2048

struct echo {
    uv_poll_t poll;
    int fd;
    struct mmsghdr msg[BATCH];
    struct iovec iov[BATCH];
    struct sockaddr_in peer[BATCH];
    uint8_t room[BATCH][DATAGRAM_MAX];
};

static int
receive(struct echo *e)
{
    for (int i = 0; i < BATCH; i++) {
        e->iov[i] = (struct iovec){ e->room[i], DATAGRAM_MAX };
        e->msg[i].msg_hdr = (struct msghdr){
            .msg_iov = &e->iov[i],
            .msg_iovlen = 1,
            .msg_name = &e->peer[i],
            .msg_namelen = sizeof e->peer[i],
        };
    }
    return recvmmsg(e->fd, e->msg, BATCH, MSG_DONTWAIT, NULL);
}

static void
on_readable(uv_poll_t *poll, int status, int events)
{
    struct echo *e = poll->data;
    int got;

    (void)status;
    (void)events;
    do {
        got = receive(e);
        for (int i = 0; i < got; i++)
            e->iov[i].iov_len = e->msg[i].msg_len;
        if (got > 0)
            (void)sendmmsg(e->fd, e->msg, (unsigned)got, 0);
    } while (got == BATCH);
}

int
main(int argc, char **argv)
{
    static struct echo e;
    struct sockaddr_in at = { .sin_family = AF_INET };

    at.sin_port = htons((uint16_t)(argc > 1 ? atoi(argv[1]) : 0));
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    e.fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (e.fd < 0 || bind(e.fd, (const struct sockaddr *)&at, sizeof at) != 0) {
        fprintf(stderr, "echo: %s\n", strerror(errno));
        return 1;
    }
    e.poll.data = &e;
    if (uv_poll_init(uv_default_loop(), &e.poll, e.fd) != 0 ||
        uv_poll_start(&e.poll, UV_READABLE, on_readable) != 0)
        return 1;
    return uv_run(uv_default_loop(), UV_RUN_DEFAULT);
}
