#include "lua/inspect.h"

#include <stdlib.h>

#include "emu/emu_file.h"
#include "lua/play.h"

/* One finding: the table on top. */
static void
add_finding(lua_State *L, const char *path, struct diags *diags)
{
    struct place at = { .file = path };

    lua_getfield(L, -1, "line");
    lua_getfield(L, -2, "column");
    lua_getfield(L, -3, "message");
    at.line = (int)lua_tointeger(L, -3);
    at.column = (int)lua_tointeger(L, -2);
    diag_error(diags, at, "%s", lua_tostring(L, -1) ? lua_tostring(L, -1) : "an error");
    lua_pop(L, 3);
}

/* The list of findings on top; or an error of the library itself. */
static void
add_findings(lua_State *L, const char *path, struct diags *diags)
{
    size_t count = lua_rawlen(L, -1);

    for (size_t i = 1; i <= count; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i);
        add_finding(L, path, diags);
        lua_pop(L, 1);
    }
}

static enum status
inspect_text(struct troupe *t, const char *path, struct bytes text, struct diags *diags)
{
    struct play_opts opts = { .troupe = t };
    struct play *p;
    lua_State *L;
    enum status st = play_new(&opts, &p);

    if (st != ST_OK)
        return st;
    L = play_lua(p);
    lua_pushstring(L, path);
    lua_pushlstring(L, (const char *)text.at, text.len);
    if (play_call(p, "inspect", 2, 1))
        add_findings(L, path, diags);
    else
        diag_error(diags, (struct place){ .file = path }, "%s",
                   lua_tostring(L, -1) ? lua_tostring(L, -1) : "it cannot be looked at");
    play_free(p);
    return ST_OK;
}

enum status
scenario_inspect(struct troupe *t, const char *path, struct diags *diags)
{
    static const struct emu_reader files;
    char *text;
    size_t len;
    enum status st = emu_read(&files, path, &text, &len);

    if (st == ST_NOMEM)
        return st;
    if (st != ST_OK) {
        diag_error(diags, (struct place){ .file = path }, "cannot be read; expected a scenario");
        return ST_OK;
    }
    st = inspect_text(t, path, bytes_of(text, len), diags);
    free(text);
    return st;
}
