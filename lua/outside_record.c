#include "lua/outside_record.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Ours: around the real one. */
struct outside_world {
    const struct outside_ops *ops;
    struct outside_log *log;
    struct outside_world *real;
    struct stage *stage;
    struct stage_ear ear;
    struct stage_driver driver;
    const struct stage_driver *real_driver;
    void **calls;                     /* endpoints, in the order of their making */
    size_t call_count;
};

static struct outside_recorder *
recorder_of(const struct outside_setup *setup)
{
    return (struct outside_recorder *)(uintptr_t)setup;    /* its first member */
}

static struct bytes
text_bytes(const char *text)
{
    return bytes_of(text, text != NULL ? strlen(text) : 0);
}

/* ---- what has no world ---- */

static bool
find(const struct outside_setup *setup, const char *name, char *to, size_t size)
{
    struct outside_recorder *r = recorder_of(setup);
    bool found = r->real->ops->find(r->real, name, to, size);

    outside_log_code(r->log, OUTSIDE_FIND);
    outside_log_number(r->log, found, 1);
    outside_log_octets(r->log, text_bytes(found ? to : ""));
    return found;
}

/* For programs alone, which a replay does not run. */
static void
path(const struct outside_setup *setup, char *to, size_t size)
{
    struct outside_recorder *r = recorder_of(setup);

    r->real->ops->path(r->real, to, size);
}

static void
host_text(const struct outside_setup *setup, const struct peer *at, char *to, size_t size)
{
    struct outside_recorder *r = recorder_of(setup);

    r->real->ops->host_text(r->real, at, to, size);
    outside_log_code(r->log, OUTSIDE_HOST);
    outside_log_octets(r->log, text_bytes(to));
}

static enum status
resolve(const struct outside_setup *setup, const char *host, uint16_t port, struct peer *out)
{
    struct outside_recorder *r = recorder_of(setup);
    enum status st = r->real->ops->resolve(r->real, host, port, out);
    static const struct peer nobody;

    outside_log_code(r->log, OUTSIDE_RESOLVED);
    outside_log_number(r->log, (uint64_t)st, 1);
    outside_log_peer(r->log, st == ST_OK ? out : &nobody);
    return st;
}

/* ---- what comes in ---- */

static uint32_t
unit_number(struct lab *lab, const struct chassis_unit *unit)
{
    uint32_t n = 0;

    while (lab_unit(lab, n) != NULL && lab_unit(lab, n) != unit)
        n++;
    return n;
}

static uint32_t
lan_number(struct chassis_unit *unit, const struct lan *lan)
{
    uint32_t n = 0;

    while (n < UINT8_MAX && chassis_unit_lan(unit, n) != NULL &&
           chassis_unit_lan(unit, n) != lan)
        n++;
    return n;
}

static void
on_datagram(void *ctx, struct chassis_unit *unit, const struct lan *lan, instant now,
            const struct peer *from, struct bytes datagram)
{
    struct outside_world *w = ctx;

    outside_log_code(w->log, OUTSIDE_DATAGRAM);
    outside_log_number(w->log, unit_number(stage_lab(w->stage), unit), 4);
    outside_log_number(w->log, lan_number(unit, lan), 1);
    outside_log_number(w->log, now, 8);
    outside_log_peer(w->log, from);
    outside_log_octets(w->log, datagram);
}

static void
on_answer(void *ctx, const void *endpoint, instant now, const struct peer *from,
          struct bytes datagram)
{
    struct outside_world *w = ctx;
    size_t call = 0;

    while (call < w->call_count && w->calls[call] != endpoint)
        call++;
    outside_log_code(w->log, OUTSIDE_ANSWER);
    outside_log_number(w->log, call, 4);
    outside_log_number(w->log, now, 8);
    outside_log_peer(w->log, from);
    outside_log_octets(w->log, datagram);
}

/* ---- time ---- */

static instant
wait_outside(void *ctx, instant until)
{
    struct outside_world *w = ctx;
    instant now = w->real_driver->wait(w->real_driver->ctx, until);

    if (now == until) {
        outside_log_code(w->log, OUTSIDE_UNTIL);
        return now;
    }
    outside_log_code(w->log, OUTSIDE_WAITED);
    outside_log_number(w->log, now, 8);
    return now;
}

static void
send_outside(void *ctx, const struct outbox_entry *e)
{
    struct outside_world *w = ctx;

    w->real_driver->send(w->real_driver->ctx, e);
}

static const struct stage_driver *
drive(struct outside_world *w, enum outside_pace pace)
{
    w->real_driver = w->ops->drive(w->real, pace);
    outside_log_code(w->log, OUTSIDE_DRIVES);
    return &w->driver;
}

/* ---- birth and death ---- */

static void
close_world(struct outside_world *w)
{
    if (w == NULL)
        return;
    stage_listen(w->stage, NULL);
    w->ops->close(w->real);
    free(w->calls);
    free(w);
}

static enum status
open_world(const struct outside_setup *setup, struct stage *stage, struct outside_world **out)
{
    struct outside_recorder *r = recorder_of(setup);
    struct outside_world *w = calloc(1, sizeof *w);
    enum status st = ST_NOMEM;

    if (w != NULL)
        st = r->real->ops->open(r->real, stage, &w->real);
    outside_log_code(r->log, OUTSIDE_OPEN);
    outside_log_number(r->log, (uint64_t)st, 1);
    if (st != ST_OK) {
        free(w);
        return st;
    }
    w->ops = r->real->ops;
    w->log = r->log;
    w->stage = stage;
    w->ear = (struct stage_ear){ w, on_datagram, on_answer };
    w->driver = (struct stage_driver){ w, wait_outside, send_outside };
    stage_listen(stage, &w->ear);
    *out = w;
    return ST_OK;
}

static bool
busy(const struct outside_world *w)
{
    bool is = w->ops->busy(w->real);

    outside_log_code(w->log, is ? OUTSIDE_BUSY : OUTSIDE_IDLE);
    return is;
}

static const char *
folder(struct outside_world *w)
{
    const char *path = w->ops->folder(w->real);

    outside_log_code(w->log, OUTSIDE_FOLDER);
    outside_log_number(w->log, path != NULL, 1);
    outside_log_octets(w->log, text_bytes(path));
    return path;
}

/* ---- programs ---- */

static enum status
start(struct outside_world *w, const struct outside_program *p, uint32_t *id)
{
    enum status st = w->ops->start(w->real, p, id);
    int why = errno;

    outside_log_code(w->log, OUTSIDE_STARTED);
    outside_log_number(w->log, (uint64_t)st, 1);
    outside_log_number(w->log, (uint32_t)why, 4);
    outside_log_number(w->log, st == ST_OK ? *id : 0, 4);
    errno = why;
    return st;
}

static bool
state(const struct outside_world *w, uint32_t id, struct outside_state *out)
{
    bool good = w->ops->state(w->real, id, out);

    if (good && !out->ended && !out->late && out->lost[0] + out->lost[1] == 0) {
        out->ns = 0;                  /* differs each time; nobody wants it before the end */
        outside_log_code(w->log, OUTSIDE_RUNS);
        return good;
    }
    if (!good)
        *out = (struct outside_state){ 0 };
    outside_log_code(w->log, OUTSIDE_STATE);
    outside_log_number(w->log, good, 1);
    outside_log_number(w->log, out->ended, 1);
    outside_log_number(w->log, out->late, 1);
    outside_log_number(w->log, (uint32_t)out->status, 4);
    outside_log_number(w->log, (uint32_t)out->signal, 4);
    outside_log_number(w->log, out->ns, 8);
    outside_log_number(w->log, out->lost[0], 8);
    outside_log_number(w->log, out->lost[1], 8);
    return good;
}

static bool
take(struct outside_world *w, uint32_t id, bool *errors, struct bytes *octets)
{
    if (!w->ops->take(w->real, id, errors, octets)) {
        outside_log_code(w->log, OUTSIDE_SILENT);
        return false;
    }
    outside_log_code(w->log, OUTSIDE_TOOK);
    outside_log_number(w->log, *errors, 1);
    outside_log_octets(w->log, *octets);
    return true;
}

static enum status
write_input(struct outside_world *w, uint32_t id, struct bytes octets)
{
    enum status st = w->ops->write(w->real, id, octets);

    outside_log_code(w->log, OUTSIDE_WROTE);
    outside_log_number(w->log, (uint64_t)st, 1);
    return st;
}

static void
close_input(struct outside_world *w, uint32_t id)
{
    w->ops->close_input(w->real, id);
}

static bool
send_signal(struct outside_world *w, uint32_t id, int number)
{
    bool there = w->ops->signal(w->real, id, number);

    outside_log_code(w->log, OUTSIDE_SIGNALLED);
    outside_log_number(w->log, there, 1);
    return there;
}

static void
limit(struct outside_world *w, uint32_t id, instant span)
{
    w->ops->limit(w->real, id, span);
}

static void
drop(struct outside_world *w, uint32_t id)
{
    w->ops->drop(w->real, id);
}

/* ---- addresses ---- */

static enum status
listen(struct outside_world *w, struct chassis_unit *unit, struct lan *lan, const char *host,
       uint16_t port, struct peer *bound)
{
    static const struct peer nowhere;
    enum status st = w->ops->listen(w->real, unit, lan, host, port, bound);
    int why = errno;

    outside_log_code(w->log, OUTSIDE_LISTENS);
    outside_log_number(w->log, (uint64_t)st, 1);
    outside_log_number(w->log, (uint32_t)why, 4);
    outside_log_peer(w->log, st == ST_OK ? bound : &nowhere);
    errno = why;
    return st;
}

static void
unlisten(struct outside_world *w, struct lan *lan)
{
    w->ops->unlisten(w->real, lan);
}

static enum status
call(struct outside_world *w, const struct peer *to, void **endpoint)
{
    void **more = realloc(w->calls, (w->call_count + 1) * sizeof *more);
    enum status st = ST_NOMEM;

    if (more != NULL) {
        w->calls = more;
        st = w->ops->call(w->real, to, endpoint);
    }
    outside_log_code(w->log, OUTSIDE_CALLED);
    outside_log_number(w->log, (uint64_t)st, 1);
    if (st == ST_OK)
        w->calls[w->call_count++] = *endpoint;
    return st;
}

static void
hang_up(struct outside_world *w, void *endpoint)
{
    w->ops->hang_up(w->real, endpoint);
}

static const struct outside_ops record_ops = {
    .open = open_world, .close = close_world, .drive = drive, .busy = busy, .folder = folder,
    .find = find, .path = path, .start = start, .state = state, .take = take,
    .write = write_input, .close_input = close_input, .signal = send_signal, .limit = limit,
    .drop = drop, .listen = listen, .unlisten = unlisten, .resolve = resolve, .call = call,
    .hang_up = hang_up, .host_text = host_text,
};

void
outside_record(struct outside_recorder *r, const struct outside_setup *real,
               struct outside_log *log)
{
    *r = (struct outside_recorder){ .setup = *real, .real = real, .log = log };
    r->setup.ops = &record_ops;
}
