# lua - rank 7: the scenario language: primitives in C, the library in Lua,
# the player of tests.

lua_library = \
	lua/ipmilab/api.lua \
	lua/ipmilab/blame.lua \
	lua/ipmilab/bytes.lua \
	lua/ipmilab/codes.lua \
	lua/ipmilab/commands.lua \
	lua/ipmilab/console.lua \
	lua/ipmilab/expect.lua \
	lua/ipmilab/front.lua \
	lua/ipmilab/lab.lua \
	lua/ipmilab/sandbox.lua \
	lua/ipmilab/sensor.lua \
	lua/ipmilab/span.lua \
	lua/ipmilab/suite.lua \
	lua/ipmilab/task.lua \
	lua/ipmilab/time.lua

shell_archives += lua/liblua.la
lua_liblua_la_CPPFLAGS = $(AM_CPPFLAGS) $(LUA_CFLAGS)
lua_liblua_la_SOURCES = \
	lua/core.c lua/core.h \
	lua/film.c lua/film.h \
	lua/l_console.c \
	lua/l_lab.c \
	lua/l_mc.c \
	lua/l_time.c \
	lua/library.c lua/library.h \
	lua/plan.c lua/plan.h \
	lua/play.c lua/play.h \
	lua/report.h \
	lua/report_human.c \
	lua/report_json.c \
	lua/report_junit.c \
	lua/report_tap.c \
	lua/result_text.c lua/result_text.h \
	lua/scenario.c lua/scenario.h \
	lua/stage.c lua/stage.h \
	lua/troupe.c lua/troupe.h
nodist_lua_liblua_la_SOURCES = .aux/lua_library.c

.aux/lua_library.c: $(lua_library) lua/embed.sh
	$(AM_V_GEN)$(MKDIR_P) .aux && files= && for f in $(lua_library); do \
	  files="$$files $(srcdir)/$$f"; done && \
	  sh $(srcdir)/lua/embed.sh $$files >$@.new && mv $@.new $@

CLEANFILES += $(nodist_lua_liblua_la_SOURCES)
EXTRA_DIST += $(lua_library) lua/embed.sh
