#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lua/core.h"
#include "lua/frames.h"
#include "sim/engine/world.h"

#define PATH_LEN 4096
#define ANY      (-1)

static const char frames_key;      /* registry: the play's frames */

static const char *const link_names[TAP_LINKS + 1] = {
    [TAP_LAN] = "lan", [TAP_LAN_CLEAR] = "clear", [TAP_IPMB] = "ipmb", [TAP_SYSIF] = "sysif",
    [TAP_ICMB] = "icmb", [TAP_NOTE] = "note",
};

static const char *const dir_names[] = {
    [TAP_TO_BMC] = "to bmc", [TAP_FROM_BMC] = "from bmc", [TAP_ON_BUS] = "on bus", NULL,
};

/* ---- the play's film ---- */

static int
drop_frames(lua_State *L)
{
    frames_free(*(struct frames **)lua_touserdata(L, 1));
    return 0;
}

static struct frames *
make_frames(lua_State *L)
{
    struct film *film = play_film(play_of(L));
    struct frames **at = lua_newuserdatauv(L, sizeof(struct frames *), 0);

    *at = NULL;
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, drop_frames);
    lua_setfield(L, -2, "__gc");
    lua_setmetatable(L, -2);
    *at = film == NULL ? NULL : frames_new(film);
    if (*at == NULL)
        luaL_error(L, "not enough memory");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &frames_key);
    return *at;
}

/* The frames, up to date. */
static struct frames *
frames_of(lua_State *L)
{
    struct frames *frames;

    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &frames_key) == LUA_TNIL)
        frames = make_frames(L);
    else
        frames = *(struct frames **)lua_touserdata(L, -1);
    lua_pop(L, 1);
    if (!frames_update(frames))
        luaL_error(L, "not enough memory");
    return frames;
}

/* ---- filters ---- */

struct filter {
    int link, number, dir, fate, chassis;
    int netfn, cmd, cc, lun, seq, source, target;
    int answer;                    /* 1: responses, 0: requests */
    lua_Integer session;
    const char *name, *payload, *why;   /* in the table's fields: borrowed from it */
    instant after, before;
};

/* The place of a field's word in a list; ANY for nil. */
static int
word_field(lua_State *L, const char *field, const char *const words[])
{
    int found = ANY;

    if (lua_getfield(L, 2, field) != LUA_TNIL)
        found = luaL_checkoption(L, -1, NULL, words);
    lua_pop(L, 1);
    return found;
}

static int
fate_field(lua_State *L)
{
    const char *word;
    int fate = 0;

    if (lua_getfield(L, 2, "fate") == LUA_TNIL) {
        lua_pop(L, 1);
        return ANY;
    }
    word = luaL_checkstring(L, -1);
    while (fate < FATES && strcmp(fate_text((enum fate)fate), word) != 0)
        fate++;
    if (fate == FATES)
        luaL_error(L, "fate = \"%s\": there is no such fate", word);
    lua_pop(L, 1);
    return fate;
}

static int
number_field(lua_State *L, const char *field, int max)
{
    return (int)core_field_number(L, 2, field, 0, max, ANY);
}

/* Text that the table keeps alive. */
static const char *
text_field(lua_State *L, const char *field)
{
    const char *text = NULL;

    if (lua_getfield(L, 2, field) != LUA_TNIL)
        text = luaL_checkstring(L, -1);
    lua_pop(L, 1);
    return text;
}

static int
answer_field(lua_State *L)
{
    int answer = ANY;

    if (lua_getfield(L, 2, "answer") != LUA_TNIL)
        answer = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return answer;
}

static struct filter
check_filter(lua_State *L)
{
    luaL_checktype(L, 2, LUA_TTABLE);
    return (struct filter){
        .link = word_field(L, "link", link_names), .number = number_field(L, "number", 255),
        .dir = word_field(L, "direction", dir_names), .fate = fate_field(L),
        .chassis = number_field(L, "unit", INT32_MAX),
        .netfn = number_field(L, "netfn", 0x3f), .cmd = number_field(L, "cmd", 0xff),
        .cc = number_field(L, "cc", 0xff), .lun = number_field(L, "lun", 3),
        .seq = number_field(L, "seq", 0x3f), .source = number_field(L, "from", 0xff),
        .target = number_field(L, "to", 0xff), .answer = answer_field(L),
        .session = core_field_number(L, 2, "session", 0, UINT32_MAX, ANY),
        .name = text_field(L, "name"), .payload = text_field(L, "payload"),
        .why = text_field(L, "why"),
        .after = (instant)core_field_number(L, 2, "after", 0, INT64_MAX, 0),
        .before = (instant)core_field_number(L, 2, "before", 0, INT64_MAX, INT64_MAX),
    };
}

static bool
means(int wanted, int is)
{
    return wanted == ANY || wanted == is;
}

static bool
is_text(const char *wanted, const char *is)
{
    return wanted == NULL || (is != NULL && strcasecmp(wanted, is) == 0);
}

/* Notes and copies are shown to those who ask for them. */
static bool
link_fits(const struct filter *f, enum tap_link link)
{
    if (f->link == ANY)
        return link != TAP_NOTE && link != TAP_LAN_CLEAR;
    return f->link == (int)link;
}

/* Requests and responses of a command are meant by the even number; the odd
 * one means responses alone. */
static bool
netfn_fits(int wanted, int is)
{
    return wanted == ANY || wanted == is || (is != FRAME_UNKNOWN && wanted == (is & ~1));
}

static bool
event_fits(const struct filter *f, const struct tap_event *ev)
{
    return link_fits(f, ev->link) && means(f->number, ev->number) && means(f->dir, (int)ev->dir) &&
           means(f->chassis, (int)ev->chassis) && ev->at >= f->after && ev->at <= f->before;
}

static bool
facts_fit(const struct filter *f, const struct frame_facts *facts)
{
    bool response = facts->netfn != FRAME_UNKNOWN && facts->netfn & 1;

    if (f->answer != ANY && (facts->netfn == FRAME_UNKNOWN || response != (f->answer == 1)))
        return false;
    return netfn_fits(f->netfn, facts->netfn) && means(f->cmd, facts->cmd) &&
           means(f->cc, facts->cc) && means(f->lun, facts->lun) && means(f->seq, facts->seq) &&
           means(f->source, facts->source) && means(f->target, facts->target) &&
           is_text(f->name, facts->name) && is_text(f->payload, facts->payload) &&
           (f->session == ANY || f->session == (lua_Integer)facts->session);
}

static bool
fits(const struct filter *f, const struct frames *frames, size_t n)
{
    struct frame_view v;

    frames_view(frames, n, &v);
    return event_fits(f, v.event) && means(f->fate, (int)v.fate) && facts_fit(f, &v.facts) &&
           (f->why == NULL || (v.why != NULL && strstr(v.why, f->why) != NULL));
}

/* ---- the primitives ---- */

static int
trace_count(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)frames_count(frames_of(L)));
    return 1;
}

static int
trace_next(lua_State *L)
{
    lua_Integer from = core_number(L, 1, 0, INT64_MAX, "from");
    struct filter filter = check_filter(L);
    const struct frames *frames = frames_of(L);

    for (size_t n = (size_t)from; n < frames_count(frames); n++)
        if (fits(&filter, frames, n)) {
            lua_pushinteger(L, (lua_Integer)n);
            return 1;
        }
    return 0;
}

static void
set_known(lua_State *L, const char *field, int v)
{
    if (v != FRAME_UNKNOWN)
        core_set_number(L, field, v);
}

static void
set_text(lua_State *L, const char *field, const char *text)
{
    if (text != NULL)
        core_set_text(L, field, text);
}

static void
set_facts(lua_State *L, const struct frame_facts *f)
{
    set_text(L, "name", f->name);
    set_text(L, "payload", f->payload);
    set_known(L, "netfn", f->netfn);
    set_known(L, "cmd", f->cmd);
    set_known(L, "cc", f->cc);
    set_known(L, "lun", f->lun);
    set_known(L, "seq", f->seq);
    set_known(L, "from", f->source);
    set_known(L, "to", f->target);
    core_set_bool(L, "encrypted", f->encrypted);
    if (f->netfn != FRAME_UNKNOWN)
        core_set_bool(L, "answer", f->netfn & 1);
    core_set_number(L, "session", f->session);
    core_set_number(L, "session_seq", f->session_seq);
    core_push_bytes(L, f->data);
    lua_setfield(L, -2, "data");
}

static void
set_peer(lua_State *L, const char *field, const struct peer *p)
{
    if (p->family != PEER_IPV4)
        return;
    lua_pushfstring(L, "%d.%d.%d.%d:%d", p->addr[0], p->addr[1], p->addr[2], p->addr[3], p->port);
    lua_setfield(L, -2, field);
}

static int
trace_frame(lua_State *L)
{
    lua_Integer n = core_number(L, 1, 0, INT64_MAX, "frame");
    const struct frames *frames = frames_of(L);
    struct frame_view v;

    if ((size_t)n >= frames_count(frames))
        return 0;
    frames_view(frames, (size_t)n, &v);
    lua_createtable(L, 0, 24);
    core_set_number(L, "instant", (lua_Integer)v.event->at);
    core_set_number(L, "unit", v.event->chassis);
    core_set_text(L, "link", link_names[v.event->link]);
    core_set_number(L, "number", v.event->number);
    core_set_text(L, "direction", dir_names[v.event->dir]);
    core_set_text(L, "fate", fate_text(v.fate));
    set_text(L, "why", v.why);
    core_push_bytes(L, v.event->bytes);
    lua_setfield(L, -2, "bytes");
    set_peer(L, "bmc", &v.event->local);
    set_peer(L, "console", &v.event->remote);
    set_facts(L, &v.facts);
    return 1;
}

/* Events that found no room in the film. */
static int
trace_missed(lua_State *L)
{
    const struct film *film = play_film(play_of(L));

    lua_pushinteger(L, film == NULL ? 0 : (lua_Integer)film_missed(film));
    return 1;
}

/* A file name that leads nowhere else. */
static bool
is_plain_name(const char *name)
{
    return name[0] != '\0' && name[0] != '.' && strpbrk(name, "/\\") == NULL &&
           strlen(name) < 200;
}

static int
trace_save(lua_State *L)
{
    const char *name = luaL_checkstring(L, 1);
    const char *folder = play_traces(play_of(L));
    struct film *film = play_film(play_of(L));
    char path[PATH_LEN];
    int len;
    enum status st;

    if (folder == NULL)
        return luaL_error(L, "there is no folder for traces; give one with --traces");
    if (!is_plain_name(name))
        return luaL_error(L, "\"%s\": expected the name of a file, without a folder", name);
    len = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (film == NULL || len < 0 || (size_t)len >= sizeof path)
        return luaL_error(L, "not enough memory");
    st = film_save(film, path, WORLD_EPOCH_DEFAULT);
    if (st != ST_OK)
        return core_fail(L, name, st);
    lua_pushstring(L, path);
    return 1;
}

static const struct core_row rows[] = {
    { "trace_count", trace_count, "() -> events filmed, from the first call of any of these on" },
    { "trace_next", trace_next, "(from, filter) -> the first event that fits, from that one on" },
    { "trace_frame", trace_frame, "(n) -> {instant, link, direction, fate, why, bytes, name, ...}" },
    { "trace_missed", trace_missed, "() -> events that found no room" },
    { "trace_save", trace_save, "(name) -> path: write a trace file" },
};

const struct core_rows l_trace_rows = { rows, sizeof rows / sizeof rows[0] };
