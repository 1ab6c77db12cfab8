#include "sim/io/console.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* How often a file, which never "becomes readable", is looked at. */
#define FILE_PERIOD_MS 1

struct console {
    uv_poll_t poll;              /* terminal, pipe, socket */
    uv_timer_t timer;            /* a file, or the end of a pause */
    struct loop *loop;
    struct console_sink sink;
    bool pollable, paused, ended, closing;
    int handles;                 /* not closed yet */
    size_t len;
    char line[CONSOLE_LINE_MAX];
};

static void
end(struct console *c)
{
    if (c->ended)
        return;
    c->ended = true;
    if (c->len) {
        c->line[c->len] = '\0';
        c->len = 0;
        c->sink.line(c->sink.ctx, c->line);
    }
    c->sink.ended(c->sink.ctx);
}

/* Take one character; what is too long for a line is cut. */
static void
take(struct console *c, char ch)
{
    if (ch != '\n') {
        if (ch != '\r' && c->len < sizeof c->line - 1)
            c->line[c->len++] = ch;
        return;
    }
    c->line[c->len] = '\0';
    c->len = 0;
    c->sink.line(c->sink.ctx, c->line);
}

/* True when standard input has something, or its end, to be read. */
static bool
readable(void)
{
    struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };

    return poll(&p, 1, 0) > 0;
}

/* One character at a time, so that a pause leaves the rest unread. */
static void
read_some(struct console *c)
{
    char ch;

    while (!c->paused && !c->ended && !c->closing && readable()) {
        ssize_t n = read(STDIN_FILENO, &ch, 1);

        if (n == 1)
            take(c, ch);
        else if (n == 0 || (errno != EAGAIN && errno != EINTR))
            end(c);
        else
            return;
    }
}

static void start(struct console *c);

static void
stop(struct console *c)
{
    if (c->pollable)
        uv_poll_stop(&c->poll);
    uv_timer_stop(&c->timer);
}

static void
on_readable(uv_poll_t *poll, int status, int events)
{
    struct console *c = poll->data;

    (void)events;
    if (status < 0)
        end(c);
    else
        read_some(c);
    if (c->ended)
        stop(c);
}

static void
on_file(uv_timer_t *timer)
{
    struct console *c = timer->data;

    read_some(c);
    if (c->ended)
        stop(c);
}

static void
on_pause_over(uv_timer_t *timer)
{
    struct console *c = timer->data;

    c->paused = false;
    start(c);
}

static void
start(struct console *c)
{
    if (c->pollable)
        uv_poll_start(&c->poll, UV_READABLE, on_readable);
    else
        uv_timer_start(&c->timer, on_file, 0, FILE_PERIOD_MS);
}

enum status
console_new(struct loop *loop, const struct console_sink *sink, struct console **out)
{
    struct console *c = calloc(1, sizeof *c);

    if (c == NULL)
        return ST_NOMEM;
    c->loop = loop;
    c->sink = *sink;
    uv_timer_init(loop_uv(loop), &c->timer);
    c->timer.data = c;
    c->handles = 1;
    c->pollable = uv_guess_handle(STDIN_FILENO) != UV_FILE &&
                  uv_poll_init(loop_uv(loop), &c->poll, STDIN_FILENO) == 0;
    if (c->pollable) {
        c->poll.data = c;
        c->handles++;
    }
    start(c);
    *out = c;
    return ST_OK;
}

void
console_pause(struct console *c, instant span)
{
    c->paused = true;
    stop(c);
    uv_timer_start(&c->timer, on_pause_over, (span + 999999u) / 1000000u, 0);
}

static void
handle_closed(uv_handle_t *handle)
{
    struct console *c = handle->data;

    if (--c->handles == 0)
        free(c);
}

void
console_free(struct console *c)
{
    if (c == NULL)
        return;
    c->closing = true;
    if (c->pollable)
        uv_close((uv_handle_t *)&c->poll, handle_closed);
    uv_close((uv_handle_t *)&c->timer, handle_closed);
}
