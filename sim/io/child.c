#include "sim/io/child.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "sim/io/child_impl.h"
#include "sim/io/pty.h"

#define READ_SIZE 16384
#define LOOK_AGAIN_MS 10

/* What was said and waits, in order. */
struct said {
    struct said *next;
    enum child_stream which;
    size_t len;
    uint8_t octets[];
};

/* One pipe or terminal, with its libuv handle. */
struct line {
    uv_pipe_t pipe;
    struct child *child;
    enum child_stream which;
    bool open;                   /* its handle is there, and not being closed */
    bool mute;                   /* nothing more can be read */
};

struct child {
    uv_loop_t *uv;
    pid_t pid;
    bool pty, over, freed;       /* over: it has ended, and is a zombie until freed */
    bool silent;                 /* nothing more will come */
    bool input_ends;             /* when what waits was written */
    bool heard, looked;          /* since it has ended, see on_linger() */
    bool late;
    int status, signal;
    uint64_t began_ns, ended_ns;
    struct line in, lines[CHILD_STREAMS];   /* on a terminal lines[CHILD_OUT] is all */
    uv_signal_t reaper;
    uv_timer_t linger, limit;
    int handles;                 /* not closed yet */
    uint8_t buffer[READ_SIZE];
    struct said *said, **said_end, *taken;
    size_t waiting[CHILD_STREAMS], unwritten;
    uint64_t lost[CHILD_STREAMS];
    void (*changed)(void *ctx);
    void *ctx;
};

struct writing {
    uv_write_t request;
    struct child *child;
    size_t len;
    uint8_t octets[];
};

/* ---- letting go ---- */

static void
free_said(struct said **list)
{
    while (*list != NULL) {
        struct said *s = *list;

        *list = s->next;
        free(s);
    }
}

static void
let_go(struct child *c)
{
    if (!c->freed || c->handles != 0)
        return;
    free_said(&c->said);
    free_said(&c->taken);
    free(c);
}

static void
handle_closed(uv_handle_t *handle)
{
    struct child *c = handle->data;

    c->handles--;
    let_go(c);
}

static void
line_closed(uv_handle_t *handle)
{
    const struct line *line = handle->data;

    line->child->handles--;
    let_go(line->child);
}

static void
close_line(struct line *line)
{
    if (!line->open)
        return;
    line->open = false;
    uv_close((uv_handle_t *)&line->pipe, line_closed);
}

/* ---- what it says ---- */

static void
tell(struct child *c)
{
    if (!c->freed && c->changed != NULL)
        c->changed(c->ctx);
}

static bool
keep(struct child *c, enum child_stream which, const uint8_t *octets, size_t len)
{
    struct said *s = len == 0 ? NULL : malloc(sizeof *s + len);

    if (s == NULL)
        return false;
    s->next = NULL;
    s->which = which;
    s->len = len;
    memcpy(s->octets, octets, len);
    *c->said_end = s;
    c->said_end = &s->next;
    c->waiting[which] += len;
    return true;
}

static void
on_alloc(uv_handle_t *handle, size_t hint, uv_buf_t *buf)
{
    struct line *line = handle->data;

    (void)hint;
    *buf = uv_buf_init((char *)line->child->buffer, READ_SIZE);
}

static bool
speaks(const struct line *line)
{
    return line->open && !line->mute;
}

/* Nothing more comes when it has ended and every line was read to its end. */
static void
look_for_silence(struct child *c)
{
    if (!c->over || speaks(&c->lines[CHILD_OUT]) || speaks(&c->lines[CHILD_ERR]))
        return;
    c->silent = true;
    uv_timer_stop(&c->linger);
    uv_timer_stop(&c->limit);
}

/* A terminal whose other side is closed reads as an error. Its program may be
 * about to end, and closing ours now would hang up on it. */
static void
end_line(struct line *line)
{
    line->mute = true;
    if (line->child->pty)
        uv_read_stop((uv_stream_t *)&line->pipe);
    else
        close_line(line);
}

static void
on_read(uv_stream_t *stream, ssize_t count, const uv_buf_t *buf)
{
    struct line *line = stream->data;
    struct child *c = line->child;
    size_t len = count > 0 ? (size_t)count : 0;
    size_t room = CHILD_WAITING_MAX - c->waiting[line->which];
    size_t kept = len < room ? len : room;

    (void)buf;
    if (!keep(c, line->which, c->buffer, kept))
        kept = 0;
    c->lost[line->which] += len - kept;
    c->heard = true;
    if (count < 0) {
        end_line(line);
        look_for_silence(c);
    }
    if (count != 0)
        tell(c);
}

bool
child_take(struct child *c, enum child_stream *which, struct bytes *octets)
{
    struct said *s = c->said;

    free_said(&c->taken);
    if (s == NULL)
        return false;
    c->said = s->next;
    if (c->said == NULL)
        c->said_end = &c->said;
    c->waiting[s->which] -= s->len;
    s->next = NULL;
    c->taken = s;
    *which = s->which;
    *octets = (struct bytes){ s->octets, s->len };
    return true;
}

/* ---- its end ---- */

/* Time is up for who holds its output open. When this process was too busy to
 * read, timers come before what waits to be read: so look once more. */
static void
on_linger(uv_timer_t *timer)
{
    struct child *c = timer->data;

    if (c->heard || !c->looked) {
        c->looked = !c->heard;
        c->heard = false;
        uv_timer_start(&c->linger, on_linger, LOOK_AGAIN_MS, 0);
        return;
    }
    close_line(&c->lines[CHILD_OUT]);
    close_line(&c->lines[CHILD_ERR]);
    look_for_silence(c);
    tell(c);
}

/* It stays a zombie, so that its number, which its group has as well, is
 * nobody else's. */
static bool
has_ended(struct child *c)
{
    siginfo_t info = { .si_pid = 0 };

    if (waitid(P_PID, (id_t)c->pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == 0)
        return false;
    if (info.si_code == CLD_EXITED)
        c->status = info.si_status;
    else
        c->signal = info.si_status;
    return true;
}

static void
on_child(uv_signal_t *signal, int number)
{
    struct child *c = signal->data;

    (void)number;
    if (c->over || !has_ended(c))
        return;
    c->over = true;
    c->ended_ns = uv_hrtime();
    c->heard = false;
    uv_signal_stop(&c->reaper);
    close_line(&c->in);
    uv_timer_start(&c->linger, on_linger, CHILD_LINGER_MS, 0);
    look_for_silence(c);
    tell(c);
}

struct child_state
child_state(const struct child *c)
{
    return (struct child_state){ .ended = c->silent, .status = c->status, .signal = c->signal,
                                 .late = c->late && !c->silent,
                                 .ns = (c->over ? c->ended_ns : uv_hrtime()) - c->began_ns,
                                 .lost = { c->lost[CHILD_OUT], c->lost[CHILD_ERR] } };
}

static void
on_limit(uv_timer_t *timer)
{
    struct child *c = timer->data;

    c->late = true;
    tell(c);
}

void
child_limit(struct child *c, uint64_t ms)
{
    c->late = false;
    if (c->silent)
        return;
    uv_update_time(c->uv);
    uv_timer_start(&c->limit, on_limit, ms, 0);
}

bool
child_signal(struct child *c, int signal)
{
    return !c->over && kill(-c->pid, signal) == 0;
}

/* ---- input ---- */

static struct line *
input_of(struct child *c)
{
    return c->pty ? &c->lines[CHILD_OUT] : &c->in;
}

static void
on_written(uv_write_t *request, int status)
{
    struct writing *w = request->data;
    struct child *c = w->child;

    c->unwritten -= w->len;
    if (!c->pty && (status < 0 || (c->input_ends && c->unwritten == 0)))
        close_line(&c->in);
    free(w);
}

enum status
child_write(struct child *c, struct bytes octets)
{
    struct line *line = input_of(c);
    struct writing *w;
    uv_buf_t buf;

    if (!line->open || (c->input_ends && !c->pty))
        return ST_INVALID;
    if (octets.len > CHILD_WAITING_MAX - c->unwritten)
        return ST_FULL;
    if (octets.len == 0)
        return ST_OK;
    w = malloc(sizeof *w + octets.len);
    if (w == NULL)
        return ST_NOMEM;
    w->child = c;
    w->len = octets.len;
    w->request.data = w;
    memcpy(w->octets, octets.at, octets.len);
    buf = uv_buf_init((char *)w->octets, (unsigned)octets.len);
    c->unwritten += w->len;
    if (uv_write(&w->request, (uv_stream_t *)&line->pipe, &buf, 1, on_written) != 0) {
        c->unwritten -= w->len;
        free(w);
        return ST_INVALID;
    }
    return ST_OK;
}

void
child_close_input(struct child *c)
{
    if (c->input_ends)
        return;
    if (c->pty)
        (void)child_write(c, bytes_of((const uint8_t *)PTY_END_OF_INPUT, 1));
    c->input_ends = true;
    if (!c->pty && c->unwritten == 0)
        close_line(&c->in);
}

/* ---- birth and death ---- */

static bool
open_line(struct child *c, struct line *line, int *fd, enum child_stream which)
{
    line->child = c;
    line->which = which;
    if (*fd < 0)
        return true;
    if (uv_pipe_init(c->uv, &line->pipe, 0) != 0)
        return false;
    line->pipe.data = line;
    line->open = true;
    c->handles++;
    if (uv_pipe_open(&line->pipe, *fd) != 0)
        return false;
    *fd = -1;
    return true;
}

static bool
open_lines(struct child *c, struct child_ends *e)
{
    if (!open_line(c, &c->in, &e->in, CHILD_OUT) ||
        !open_line(c, &c->lines[CHILD_OUT], &e->out[CHILD_OUT], CHILD_OUT) ||
        !open_line(c, &c->lines[CHILD_ERR], &e->out[CHILD_ERR], CHILD_ERR))
        return false;
    for (int i = 0; i < CHILD_STREAMS; i++)
        if (c->lines[i].open &&
            uv_read_start((uv_stream_t *)&c->lines[i].pipe, on_alloc, on_read) != 0)
            return false;
    return true;
}

/* Before the program is there, so that its end cannot be missed. */
static void
open_watch(struct child *c)
{
    uv_signal_init(c->uv, &c->reaper);
    uv_timer_init(c->uv, &c->linger);
    uv_timer_init(c->uv, &c->limit);
    c->reaper.data = c->linger.data = c->limit.data = c;
    c->handles += 3;
    uv_signal_start(&c->reaper, on_child, SIGCHLD);
}

enum status
child_start(const struct child_opts *opts, struct child **out)
{
    struct child *c = calloc(1, sizeof *c);
    struct child_ends ends;
    enum status st;

    if (c == NULL)
        return ST_NOMEM;
    c->uv = opts->uv;
    c->pty = opts->pty;
    c->changed = opts->changed;
    c->ctx = opts->ctx;
    c->said_end = &c->said;
    st = child_ends_open(opts->pty, &ends);
    if (st != ST_OK) {
        free(c);
        return st;
    }
    open_watch(c);
    c->began_ns = uv_hrtime();
    c->pid = child_launch(opts, &ends);
    if (c->pid == 0 || !open_lines(c, &ends))
        st = ST_IO;
    child_ends_close(&ends);
    if (st != ST_OK) {
        int why = errno;

        child_free(c);
        errno = why;
        return st;
    }
    *out = c;
    return ST_OK;
}

void
child_free(struct child *c)
{
    if (c == NULL)
        return;
    c->freed = true;
    if (c->pid > 0)
        child_end_group(c->pid);
    close_line(&c->in);
    close_line(&c->lines[CHILD_OUT]);
    close_line(&c->lines[CHILD_ERR]);
    uv_close((uv_handle_t *)&c->reaper, handle_closed);
    uv_close((uv_handle_t *)&c->linger, handle_closed);
    uv_close((uv_handle_t *)&c->limit, handle_closed);
}
