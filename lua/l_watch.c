#include <stdlib.h>
#include <string.h>

#include "lua/core.h"
#include "lua/hooks.h"

/* What can be listened to. */
enum kind { ON_POWER, ON_BOOT, ON_SESSION, ON_SEL, ON_WATCHDOG, ON_RESET, ON_COMMAND, KINDS };

static const char *const kind_names[KINDS + 1] = {
    [ON_POWER] = "power", [ON_BOOT] = "boot", [ON_SESSION] = "session", [ON_SEL] = "sel",
    [ON_WATCHDOG] = "watchdog", [ON_RESET] = "reset", [ON_COMMAND] = "command",
};

#define FIELDS_MAX 8

/* Something that happened: a kind, what, numbers by name, octets. */
struct happening {
    struct happening *next;
    enum kind kind;
    const char *what;             /* constant */
    const char *why;              /* constant, or NULL */
    instant at;
    uint32_t chassis;
    int mc;                       /* id, -1: the chassis' own */
    unsigned fields;
    struct {
        const char *name;         /* constant */
        uint32_t value;
    } field[FIELDS_MAX];
    size_t data_len, reply_len;   /* octets, one behind the other */
    bool has_reply;
    uint8_t octets[];
};

struct host_ear {
    struct host_ear *next;
    struct hooks *hooks;
    struct chassis_unit *unit;
    uint32_t number;
};

/* ---- the queue ---- */

/* Room for what happened; NULL: nobody wants it, or there is no room. Owned
 * by the queue at once. */
static struct happening *
note(struct hooks *h, enum kind kind, const char *what, const struct world *world, int mc,
     struct bytes data, struct bytes reply)
{
    struct happening *n = NULL;

    if (h->closed || !(h->kinds >> kind & 1))
        return NULL;
    if (h->happening_count < HAPPENINGS_MAX)
        n = calloc(1, sizeof *n + data.len + reply.len);
    if (n == NULL) {
        h->happenings_lost = true;
        return NULL;
    }
    n->kind = kind;
    n->what = what;
    n->at = world->now;
    n->chassis = world->chassis;
    n->mc = mc;
    n->data_len = data.len;
    n->reply_len = reply.len;
    if (data.len)
        memcpy(n->octets, data.at, data.len);
    if (reply.len)
        memcpy(n->octets + data.len, reply.at, reply.len);
    *h->happenings_end = n;
    h->happenings_end = &n->next;
    h->happening_count++;
    return n;
}

static struct happening *
note_mc(struct hooks *h, enum kind kind, const char *what, const struct mc *mc)
{
    struct bytes none = { 0 };

    return note(h, kind, what, mc_world(mc), machine_id(mc_machine(mc)), none, none);
}

static void
say(struct happening *n, const char *name, uint32_t value)
{
    if (n == NULL || n->fields == FIELDS_MAX)
        return;
    n->field[n->fields].name = name;
    n->field[n->fields++].value = value;
}

/* ---- controllers ---- */

static void
sel_added(void *ctx, struct mc *mc, const uint8_t *record)
{
    struct bytes none = { 0 };

    (void)note(ctx, ON_SEL, "added", mc_world(mc), machine_id(mc_machine(mc)), bytes_of(record, 16), none);
}

static void
watchdog(void *ctx, struct mc *mc, bool expired, uint8_t use, uint8_t actions)
{
    struct happening *n = note_mc(ctx, ON_WATCHDOG, expired ? "expired" : "pretimeout", mc);

    say(n, "use", use & 7u);
    say(n, "action", actions & 7u);
    say(n, "interrupt", (uint32_t)actions >> 4 & 7u);
}

static void
session_began(void *ctx, struct mc *mc, const struct mc_watch_session *s)
{
    struct happening *n = note_mc(ctx, ON_SESSION, "opened", mc);

    say(n, "channel", s->channel);
    say(n, "session", s->session);
    say(n, "user", s->user);
}

static void
session_ended(void *ctx, struct mc *mc, const struct mc_watch_session *s)
{
    static const char *const words[] = {
        [SESSION_END_CLOSED] = "closed", [SESSION_END_TIMEOUT] = "timed out",
        [SESSION_END_CONFIG] = "ended by the controller",
    };
    struct happening *n = note_mc(ctx, ON_SESSION, "closed", mc);

    say(n, "channel", s->channel);
    say(n, "session", s->session);
    if (n != NULL)
        n->why = words[s->end];
}

static void
session_refused(void *ctx, struct mc *mc, uint8_t channel, const char *why)
{
    struct happening *n = note_mc(ctx, ON_SESSION, "refused", mc);

    say(n, "channel", channel);
    if (n != NULL)
        n->why = why;
}

static void
mc_reset(void *ctx, struct mc *mc, enum mc_watch_reset what)
{
    static const char *const words[] = {
        [WATCH_COLD_RESET] = "cold", [WATCH_WARM_RESET] = "warm", [WATCH_STARTED] = "started",
    };
    struct hooks *h = ctx;

    if (what != WATCH_STARTED)
        hooks_forget(h, mc);
    (void)note_mc(h, ON_RESET, words[what], mc);
}

static void
gone(void *ctx, struct mc *mc)
{
    hooks_gone(ctx, mc);
}

/* ---- commands ---- */

/* A request whose answer is waited for, in the answer's way. */
struct watched {
    struct watched *next, **at;
    struct hooks *hooks;
    const struct world *world;
    uint16_t mc;                  /* id */
    ipmi_answer_fn *answer;       /* the way on */
    void *ctx;
    uint8_t netfn, lun, cmd, privilege;
    size_t len;
    uint8_t data[];
};

static void
say_request(struct happening *n, const struct ipmi_origin *from, uint8_t netfn, uint8_t cmd,
            uint8_t lun, uint8_t privilege)
{
    say(n, "netfn", netfn);
    say(n, "cmd", cmd);
    say(n, "lun", lun);
    say(n, "privilege", privilege);
    say(n, "channel", from->channel);
    say(n, "user", from->user);
    say(n, "session", from->session);
}

static void
unwatch(struct watched *w)
{
    *w->at = w->next;
    if (w->next != NULL)
        w->next->at = w->at;
    w->hooks->watched_count--;
    free(w);
}

static void
answered(void *ctx, const struct ipmi_origin *origin, uint8_t cc, struct bytes data)
{
    struct watched *w = ctx;
    struct ipmi_origin own = *origin;
    struct happening *n = note(w->hooks, ON_COMMAND, "answered", w->world, w->mc,
                               bytes_of(w->data, w->len), data);

    say_request(n, origin, w->netfn, w->cmd, w->lun, w->privilege);
    say(n, "cc", cc);
    if (n != NULL)
        n->has_reply = true;
    own.answer = w->answer;
    own.ctx = w->ctx;
    unwatch(w);
    ipmi_answer(&own, cc, data);
}

static void
request(void *ctx, struct mc *mc, struct ipmi_req *rq)
{
    struct hooks *h = ctx;
    struct bytes data = { rq->data.at, rd_left(&rq->data) }, none = { 0 };
    struct happening *n = note(h, ON_COMMAND, "asked", mc_world(mc), machine_id(mc_machine(mc)), data, none);
    struct watched *w;

    say_request(n, &rq->from, rq->netfn, rq->cmd, rq->lun, rq->privilege);
    if (n == NULL || h->watched_count == WATCHED_MAX)
        return;
    w = calloc(1, sizeof *w + data.len);
    if (w == NULL)
        return;
    *w = (struct watched){
        .next = h->watched, .at = &h->watched, .hooks = h, .world = mc_world(mc),
        .mc = machine_id(mc_machine(mc)), .answer = rq->from.answer, .ctx = rq->from.ctx,
        .netfn = rq->netfn, .lun = rq->lun, .cmd = rq->cmd, .privilege = rq->privilege,
        .len = data.len,
    };
    if (data.len)
        memcpy(w->data, data.at, data.len);
    if (w->next != NULL)
        w->next->at = &w->next;
    h->watched = w;
    h->watched_count++;
    rq->from.answer = answered;
    rq->from.ctx = w;
}

/* ---- hosts ---- */

static const struct {
    enum kind kind;
    const char *what;
} host_events[] = {
    [HOST_EVENT_POWERED_ON] = { ON_POWER, "on" },
    [HOST_EVENT_POWERED_OFF] = { ON_POWER, "off" },
    [HOST_EVENT_RESET] = { ON_POWER, "reset" },
    [HOST_EVENT_NMI] = { ON_POWER, "nmi" },
    [HOST_EVENT_SOFT_SHUTDOWN] = { ON_POWER, "soft shutdown" },
    [HOST_EVENT_BOOTED] = { ON_BOOT, "booted" },
    [HOST_EVENT_POST] = { ON_BOOT, "post" },
    [HOST_EVENT_BOOT_DEVICE] = { ON_BOOT, "boot device" },
    [HOST_EVENT_OS_STOPPED] = { ON_BOOT, "stopped" },
    [HOST_EVENT_OS_CRASHED] = { ON_BOOT, "crashed" },
    [HOST_EVENT_OS_SILENT] = { ON_BOOT, "silent" },
};

static void
host_event(void *ctx, enum host_event ev, enum host_cause cause)
{
    const struct host_ear *ear = ctx;
    struct bytes none = { 0 };
    struct happening *n = note(ear->hooks, host_events[ev].kind, host_events[ev].what,
                               chassis_unit_world(ear->unit), -1, none, none);

    say(n, "cause", (uint32_t)cause);
    if (ev == HOST_EVENT_POST)
        say(n, "code", host_post_code(chassis_unit_host(ear->unit)));
}

/* Listen to the hosts of chassis that were added since the last call. */
void
watch_added(struct hooks *h)
{
    struct chassis_unit *unit;

    if (h == NULL || !(h->kinds & (1u << ON_POWER | 1u << ON_BOOT)))
        return;
    for (; (unit = lab_unit(stage_lab(play_stage(h->play)), h->hosts)) != NULL; h->hosts++) {
        struct host_ear *ear;

        if (chassis_unit_host(unit) == NULL || (ear = calloc(1, sizeof *ear)) == NULL)
            continue;
        *ear = (struct host_ear){ h->ears, h, unit, h->hosts };
        if (host_listen(chassis_unit_host(unit),
                        &(struct host_listener){ host_event, ear }) != ST_OK) {
            free(ear);
            continue;
        }
        h->ears = ear;
    }
}

/* ---- the library's side ---- */

void
watch_open(struct hooks *h)
{
    h->watch = (struct mc_watch){
        .ctx = h, .sel_added = sel_added, .watchdog = watchdog, .session_began = session_began,
        .session_ended = session_ended, .session_refused = session_refused, .reset = mc_reset,
        .gone = gone,
    };
    lab_set_watch(stage_lab(play_stage(h->play)), &h->watch);
}

void
watch_close(struct hooks *h)
{
    lab_set_watch(stage_lab(play_stage(h->play)), NULL);
    while (h->ears != NULL) {
        struct host_ear *ear = h->ears;

        h->ears = ear->next;
        host_unlisten(chassis_unit_host(ear->unit), ear);
        free(ear);
    }
    while (h->happenings != NULL) {
        struct happening *n = h->happenings;

        h->happenings = n->next;
        free(n);
    }
}

void
watch_free(struct hooks *h)
{
    while (h->watched != NULL)
        unwatch(h->watched);
}

static int
watch_kind(lua_State *L)
{
    struct hooks *h = hooks_of(L);
    int kind = luaL_checkoption(L, 1, NULL, kind_names);

    h->kinds |= 1u << kind;
    if (kind == ON_COMMAND)
        h->watch.request = request;
    watch_added(h);
    return 0;
}

/* Names of all kinds, in their order. */
static int
watch_kinds(lua_State *L)
{
    lua_newtable(L);
    for (int i = 0; i < KINDS; i++) {
        lua_pushstring(L, kind_names[i]);
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

static void
push_happening(lua_State *L, const struct happening *n)
{
    lua_createtable(L, 0, (int)n->fields + 8);
    core_set_text(L, "event", kind_names[n->kind]);
    core_set_text(L, "what", n->what);
    core_set_number(L, "instant", (lua_Integer)n->at);
    core_set_number(L, "unit", n->chassis);
    if (n->mc >= 0)
        core_set_number(L, "address", n->mc);
    if (n->why != NULL)
        core_set_text(L, "why", n->why);
    for (unsigned i = 0; i < n->fields; i++)
        core_set_number(L, n->field[i].name, n->field[i].value);
    if (n->kind == ON_SEL || n->kind == ON_COMMAND) {
        core_push_bytes(L, bytes_of(n->octets, n->data_len));
        lua_setfield(L, -2, n->kind == ON_SEL ? "record" : "data");
    }
    if (n->has_reply) {
        core_push_bytes(L, bytes_of(n->octets + n->data_len, n->reply_len));
        lua_setfield(L, -2, "reply");
    }
}

/* The oldest thing that happened, or nothing. */
static int
happening(lua_State *L)
{
    struct hooks *h = *play_hooks(play_of(L));
    struct happening *n = h == NULL ? NULL : h->happenings;

    if (h != NULL && h->happenings_lost)
        return luaL_error(L, "more than %d events wait for their listeners", HAPPENINGS_MAX);
    if (n == NULL)
        return 0;
    push_happening(L, n);
    h->happenings = n->next;
    if (h->happenings == NULL)
        h->happenings_end = &h->happenings;
    h->happening_count--;
    free(n);
    return 1;
}

static const struct core_row rows[] = {
    { "watch_kind", watch_kind, "(kind): such events are wanted from now on" },
    { "watch_kinds", watch_kinds, "() -> names of all kinds" },
    { "happening", happening, "() -> {event, what, instant, unit, address, ...}, or nothing" },
};

const struct core_rows l_watch_rows = { rows, sizeof rows / sizeof rows[0] };
