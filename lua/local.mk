# lua - rank 7: the scenario language: primitives in C, the library in Lua,
# the player of tests.

lua_library = \
	lua/ipmilab/api.lua \
	lua/ipmilab/blame.lua \
	lua/ipmilab/bus.lua \
	lua/ipmilab/bytes.lua \
	lua/ipmilab/client.lua \
	lua/ipmilab/codes.lua \
	lua/ipmilab/commands.lua \
	lua/ipmilab/conform.lua \
	lua/ipmilab/console.lua \
	lua/ipmilab/expect.lua \
	lua/ipmilab/fault.lua \
	lua/ipmilab/fleet.lua \
	lua/ipmilab/front.lua \
	lua/ipmilab/grade.lua \
	lua/ipmilab/hook.lua \
	lua/ipmilab/host.lua \
	lua/ipmilab/lab.lua \
	lua/ipmilab/lint.lua \
	lua/ipmilab/login.lua \
	lua/ipmilab/node.lua \
	lua/ipmilab/on.lua \
	lua/ipmilab/packet.lua \
	lua/ipmilab/run.lua \
	lua/ipmilab/sandbox.lua \
	lua/ipmilab/sensor.lua \
	lua/ipmilab/session.lua \
	lua/ipmilab/show.lua \
	lua/ipmilab/sol.lua \
	lua/ipmilab/span.lua \
	lua/ipmilab/steps.lua \
	lua/ipmilab/suite.lua \
	lua/ipmilab/target.lua \
	lua/ipmilab/task.lua \
	lua/ipmilab/time.lua \
	lua/ipmilab/trace.lua \
	lua/ipmilab/wire.lua

shell_archives += lua/liblua.la
lua_liblua_la_CPPFLAGS = $(AM_CPPFLAGS) $(LUA_CFLAGS)
lua_liblua_la_SOURCES = \
	lua/core.c lua/core.h \
	lua/film.c lua/film.h \
	lua/frame.c lua/frame.h \
	lua/frames.c lua/frames.h \
	lua/hooks.c lua/hooks.h \
	lua/inspect.c lua/inspect.h \
	lua/l_bus.c \
	lua/l_console.c \
	lua/l_crypto.c \
	lua/l_fault.c \
	lua/l_hook.c \
	lua/l_host.c \
	lua/l_lab.c \
	lua/l_mc.c \
	lua/l_node.c \
	lua/l_run.c \
	lua/l_sol.c \
	lua/l_target.c \
	lua/l_time.c \
	lua/l_trace.c \
	lua/l_watch.c \
	lua/library.c lua/library.h \
	lua/outside.h \
	lua/outside_log.c lua/outside_log.h \
	lua/outside_record.c lua/outside_record.h \
	lua/outside_replay.c lua/outside_replay.h \
	lua/plan.c lua/plan.h \
	lua/play.c lua/play.h \
	lua/report.h \
	lua/report_html.c \
	lua/report_human.c \
	lua/report_json.c \
	lua/report_junit.c \
	lua/report_tap.c \
	lua/result_text.c lua/result_text.h \
	lua/scenario.c lua/scenario.h \
	lua/stage.c lua/stage.h lua/stage_impl.h \
	lua/stage_console.c \
	lua/stage_sol.c \
	lua/timeline.c lua/timeline.h \
	lua/troupe.c lua/troupe.h
nodist_lua_liblua_la_SOURCES = .aux/lua_library.c

.aux/lua_library.c: $(lua_library) lua/embed.sh
	$(AM_V_GEN)$(MKDIR_P) .aux && files= && for f in $(lua_library); do \
	  files="$$files $(srcdir)/$$f"; done && \
	  sh $(srcdir)/lua/embed.sh $$files >$@.new && mv $@.new $@

CLEANFILES += $(nodist_lua_liblua_la_SOURCES)
EXTRA_DIST += $(lua_library) lua/embed.sh

unit_tests += \
	tests/lua/check_frames \
	tests/lua/check_outside_log
fuzz_targets += tests/fuzz/fuzz_outside_log
