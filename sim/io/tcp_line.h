/*
 * tcp_line.h - a line of characters over TCP, with one peer at a time: a
 * server that we connect to, or a client that connects to us.
 *
 * A server that is not there, or goes, is tried again every TCP_LINE_RETRY_MS.
 * A second client is hung up on at once. No more than TCP_LINE_ROOM octets
 * wait for the peer; they are lost when he goes.
 */
#ifndef IPMILAB_IO_TCP_LINE_H
#define IPMILAB_IO_TCP_LINE_H

#include <stdbool.h>
#include <uv.h>

#include "sim/base/bytes.h"
#include "sim/base/status.h"

#define TCP_LINE_RETRY_MS 10000
#define TCP_LINE_ROOM 8192
#define TCP_LINE_PIECE 2048        /* octets that come at a time, at most */

struct tcp_line;

/* Whose line it is. Any but closed may be NULL. */
struct tcp_line_user {
    void *ctx;
    void (*joined)(void *ctx);     /* there is a peer */
    void (*left)(void *ctx);       /* he is gone */

    /* len octets came; they may be changed in place. */
    void (*heard)(void *ctx, uint8_t *at, size_t len);

    /* Something was sent: there is room again. */
    void (*sent)(void *ctx);

    /* It does not work; told once until it does. */
    void (*trouble)(void *ctx, const char *why);

    /* The last of it, after tcp_line_close(). */
    void (*closed)(void *ctx);
};

/* Copies user. ST_NOMEM. */
enum status tcp_line_new(uv_loop_t *uv, const struct tcp_line_user *user, struct tcp_line **out);

/* One of them, once; host is borrowed as long as the line. */
void tcp_line_connect(struct tcp_line *line, const char *host, uint16_t port);
void tcp_line_listen(struct tcp_line *line, const char *host, uint16_t port);

bool tcp_line_has_peer(const struct tcp_line *line);

/* Say something, all of it or nothing; false: nobody is there, or no room is. */
bool tcp_line_put(struct tcp_line *line, struct bytes chars);

/* Send what was put. */
void tcp_line_flush(struct tcp_line *line);

/* Read no more from the peer, who will wait, until told so. */
void tcp_line_hold(struct tcp_line *line, bool on);

/* Hang up and give the line away: closed() is called when the loop is done
 * with it, and nothing else is before. */
void tcp_line_close(struct tcp_line *line);

#endif
