#include "lua/outside_replay.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct outside_world {
    struct outside_replay *replay;
    struct stage *stage;
    struct stage_driver driver;
    char *calls;                      /* each is the endpoint of a console */
    size_t call_count;
};

#define CALLS_MAX   4096
#define PARTED_STEP 1000000000u       /* what a play that has parted waits for times out */
#define WAIT_MAX    (366 * 86400ull * 1000000000u)   /* no run has waited longer at once */

static struct outside_replay *
replay_of(const struct outside_setup *setup)
{
    return (struct outside_replay *)(uintptr_t)setup;      /* its first member */
}

/* ---- the log ---- */

static void
part(struct outside_replay *r, enum outside_code asked)
{
    if (!r->parted) {
        r->asked = asked;
        r->had = outside_read_peek(&r->log);
    }
    r->parted = true;
}

/* Is that next? Takes the code. */
static bool
next_is(struct outside_replay *r, enum outside_code code)
{
    if (r->parted || outside_read_peek(&r->log) != code)
        return false;
    (void)outside_read_number(&r->log, 1);
    return true;
}

/* That is next, or the play has parted. */
static bool
expect(struct outside_replay *r, enum outside_code code)
{
    if (next_is(r, code))
        return true;
    part(r, code);
    return false;
}

static enum status
read_status(struct outside_replay *r)
{
    uint64_t v = outside_read_number(&r->log, 1);

    return v <= ST_CRYPTO ? (enum status)v : ST_IO;
}

static void
read_text(struct outside_replay *r, char *to, size_t size)
{
    struct bytes text = outside_read_octets(&r->log);

    snprintf(to, size, "%.*s", (int)text.len, text.len ? (const char *)text.at : "");
}

/* ---- what has no world ---- */

static bool
find(const struct outside_setup *setup, const char *name, char *to, size_t size)
{
    struct outside_replay *r = replay_of(setup);
    bool found;

    (void)name;
    if (!expect(r, OUTSIDE_FIND))
        return false;
    found = outside_read_number(&r->log, 1);
    read_text(r, to, size);
    return found;
}

static void
path(const struct outside_setup *setup, char *to, size_t size)
{
    (void)setup;
    snprintf(to, size, "%s", "");
}

static enum status
resolve(const struct outside_setup *setup, const char *host, uint16_t port, struct peer *out)
{
    struct outside_replay *r = replay_of(setup);
    enum status st;

    (void)host;
    (void)port;
    if (!expect(r, OUTSIDE_RESOLVED))
        return ST_MISSING;
    st = read_status(r);
    *out = outside_read_peer(&r->log);
    return st;
}

static void
host_text(const struct outside_setup *setup, const struct peer *at, char *to, size_t size)
{
    struct outside_replay *r = replay_of(setup);

    (void)at;
    snprintf(to, size, "%s", "");
    if (expect(r, OUTSIDE_HOST))
        read_text(r, to, size);
}

/* ---- time ---- */

static bool
is_far(const struct outside_world *w, instant now)
{
    return now > instant_add(stage_now(w->stage), WAIT_MAX);
}

static void
give_datagram(struct outside_world *w)
{
    struct outside_reader *log = &w->replay->log;
    struct chassis_unit *unit = lab_unit(stage_lab(w->stage),
                                         (uint32_t)outside_read_number(log, 4));
    uint32_t n = (uint32_t)outside_read_number(log, 1);
    instant now = outside_read_number(log, 8);
    struct peer from = outside_read_peer(log);
    struct bytes octets = outside_read_octets(log);
    struct lan *lan = unit != NULL ? chassis_unit_lan(unit, n) : NULL;

    if (lan == NULL || log->bad || is_far(w, now))
        part(w->replay, OUTSIDE_DATAGRAM);
    else
        stage_datagram(w->stage, unit, lan, now, &from, octets);
}

static void
give_answer(struct outside_world *w)
{
    struct outside_reader *log = &w->replay->log;
    size_t call = outside_read_number(log, 4);
    instant now = outside_read_number(log, 8);
    struct peer from = outside_read_peer(log);
    struct bytes octets = outside_read_octets(log);

    if (call >= w->call_count || log->bad || is_far(w, now))
        part(w->replay, OUTSIDE_ANSWER);
    else
        stage_answer(w->stage, &w->calls[call], now, &from, octets);
}

static instant
wait_log(void *ctx, instant until)
{
    struct outside_world *w = ctx;
    struct outside_replay *r = w->replay;

    for (;;) {
        if (next_is(r, OUTSIDE_DATAGRAM))
            give_datagram(w);
        else if (next_is(r, OUTSIDE_ANSWER))
            give_answer(w);
        else if (next_is(r, OUTSIDE_UNTIL))
            return until;
        else if (next_is(r, OUTSIDE_WAITED)) {
            instant now = outside_read_number(&r->log, 8);

            if (!is_far(w, now))
                return now;
            break;
        } else
            break;
    }
    part(r, OUTSIDE_WAITED);
    return until != INSTANT_NEVER ? until : stage_now(w->stage) + PARTED_STEP;
}

static void
send_nothing(void *ctx, const struct outbox_entry *e)
{
    (void)ctx;
    (void)e;
}

static const struct stage_driver *
drive(struct outside_world *w, enum outside_pace pace)
{
    (void)pace;
    (void)expect(w->replay, OUTSIDE_DRIVES);
    return &w->driver;
}

/* ---- birth and death ---- */

static void
close_world(struct outside_world *w)
{
    if (w == NULL)
        return;
    free(w->calls);
    free(w);
}

static enum status
open_world(const struct outside_setup *setup, struct stage *stage, struct outside_world **out)
{
    struct outside_replay *r = replay_of(setup);
    struct outside_world *w;
    enum status st = expect(r, OUTSIDE_OPEN) ? read_status(r) : ST_IO;

    if (st != ST_OK)
        return st;
    w = calloc(1, sizeof *w);
    if (w == NULL)
        return ST_NOMEM;
    w->calls = calloc(CALLS_MAX, 1);
    if (w->calls == NULL) {
        free(w);
        return ST_NOMEM;
    }
    w->replay = r;
    w->stage = stage;
    w->driver = (struct stage_driver){ w, wait_log, send_nothing };
    *out = w;
    return ST_OK;
}

static bool
busy(const struct outside_world *w)
{
    return next_is(w->replay, OUTSIDE_BUSY) ||
           (!next_is(w->replay, OUTSIDE_IDLE) && expect(w->replay, OUTSIDE_BUSY));
}

static const char *
folder(struct outside_world *w)
{
    struct outside_replay *r = w->replay;

    errno = EIO;
    if (!expect(r, OUTSIDE_FOLDER) || !outside_read_number(&r->log, 1))
        return NULL;
    read_text(r, r->path, sizeof r->path);
    return r->path;
}

/* ---- programs ---- */

static enum status
start(struct outside_world *w, const struct outside_program *p, uint32_t *id)
{
    struct outside_replay *r = w->replay;
    enum status st;

    (void)p;
    if (!expect(r, OUTSIDE_STARTED))
        return ST_FULL;
    st = read_status(r);
    errno = (int)outside_read_number(&r->log, 4);
    *id = (uint32_t)outside_read_number(&r->log, 4);
    return st;
}

static bool
state(const struct outside_world *w, uint32_t id, struct outside_state *out)
{
    struct outside_reader *log = &w->replay->log;
    bool good;

    (void)id;
    *out = (struct outside_state){ 0 };
    if (next_is(w->replay, OUTSIDE_RUNS))
        return true;
    /* A play that has parted is not to wait for it. */
    out->ended = true;
    if (!expect(w->replay, OUTSIDE_STATE))
        return true;
    good = outside_read_number(log, 1);
    out->ended = outside_read_number(log, 1);
    out->late = outside_read_number(log, 1);
    out->status = (int)outside_read_number(log, 4);
    out->signal = (int)outside_read_number(log, 4);
    out->ns = outside_read_number(log, 8);
    out->lost[0] = outside_read_number(log, 8);
    out->lost[1] = outside_read_number(log, 8);
    return good;
}

static bool
take(struct outside_world *w, uint32_t id, bool *errors, struct bytes *octets)
{
    struct outside_replay *r = w->replay;

    (void)id;
    if (next_is(r, OUTSIDE_SILENT) || !expect(r, OUTSIDE_TOOK))
        return false;
    *errors = outside_read_number(&r->log, 1);
    *octets = outside_read_octets(&r->log);
    return true;
}

static enum status
write_input(struct outside_world *w, uint32_t id, struct bytes octets)
{
    (void)id;
    (void)octets;
    return expect(w->replay, OUTSIDE_WROTE) ? read_status(w->replay) : ST_INVALID;
}

static bool
send_signal(struct outside_world *w, uint32_t id, int number)
{
    (void)id;
    (void)number;
    return expect(w->replay, OUTSIDE_SIGNALLED) && outside_read_number(&w->replay->log, 1);
}

static void
leave(struct outside_world *w, uint32_t id)
{
    (void)w;
    (void)id;
}

static void
limit(struct outside_world *w, uint32_t id, instant span)
{
    (void)span;
    leave(w, id);
}

/* ---- addresses ---- */

static enum status
listen(struct outside_world *w, struct chassis_unit *unit, struct lan *lan, const char *host,
       uint16_t port, struct peer *bound)
{
    struct outside_replay *r = w->replay;
    enum status st;

    (void)host;
    (void)port;
    errno = EIO;
    if (!expect(r, OUTSIDE_LISTENS))
        return ST_IO;
    st = read_status(r);
    errno = (int)outside_read_number(&r->log, 4);
    *bound = outside_read_peer(&r->log);
    if (st == ST_OK) {
        stage_open_lan(w->stage, unit, lan, NULL);
        lan_set_port(lan, bound->port);
    }
    return st;
}

static void
unlisten(struct outside_world *w, struct lan *lan)
{
    (void)w;
    (void)lan;
}

static enum status
call(struct outside_world *w, const struct peer *to, void **endpoint)
{
    enum status st;

    (void)to;
    if (!expect(w->replay, OUTSIDE_CALLED))
        return ST_IO;
    st = read_status(w->replay);
    if (st == ST_OK && w->call_count == CALLS_MAX)
        return ST_FULL;
    if (st == ST_OK)
        *endpoint = &w->calls[w->call_count++];
    return st;
}

static void
hang_up(struct outside_world *w, void *endpoint)
{
    (void)w;
    (void)endpoint;
}

static const struct outside_ops replay_ops = {
    .open = open_world, .close = close_world, .drive = drive, .busy = busy, .folder = folder,
    .find = find, .path = path, .start = start, .state = state, .take = take,
    .write = write_input, .close_input = leave, .signal = send_signal, .limit = limit,
    .drop = leave, .listen = listen, .unlisten = unlisten, .resolve = resolve, .call = call,
    .hang_up = hang_up, .host_text = host_text,
};

void
outside_replay(struct outside_replay *r, struct bytes log, const struct outside_target *target)
{
    *r = (struct outside_replay){
        .setup = { .ops = &replay_ops, .folder = "", .target = target },
        .log = { .left = log },
    };
}
