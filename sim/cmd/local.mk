# sim/cmd - rank 9: main and the subcommands.

bin_PROGRAMS += ipmilab
ipmilab_SOURCES = sim/cmd/main.c

# All but main, so that tests can link it.
shell_archives += sim/cmd/libcmd.la
sim_cmd_libcmd_la_CPPFLAGS = $(AM_CPPFLAGS) -DIPMILAB_SYSCONFDIR='"$(sysconfdir)"' \
	-DIPMILAB_LOCALSTATEDIR='"$(localstatedir)"'
sim_cmd_libcmd_la_SOURCES = \
	sim/cmd/check.c \
	sim/cmd/commands.h \
	sim/cmd/fru.c \
	sim/cmd/ipmi_sim.c \
	sim/cmd/list.c \
	sim/cmd/load.c sim/cmd/load.h \
	sim/cmd/options.c sim/cmd/options.h \
	sim/cmd/outfile.c sim/cmd/outfile.h \
	sim/cmd/plant.h \
	sim/cmd/play_trace.c sim/cmd/play_trace.h \
	sim/cmd/rack.c sim/cmd/rack.h \
	sim/cmd/recording.c sim/cmd/recording.h \
	sim/cmd/replay_inputs.c sim/cmd/replay_inputs.h \
	sim/cmd/replay_match.c sim/cmd/replay_match.h \
	sim/cmd/run.c \
	sim/cmd/sdr.c \
	sim/cmd/serve.c \
	sim/cmd/sources.c sim/cmd/sources.h \
	sim/cmd/stats.c sim/cmd/stats.h \
	sim/cmd/stats_table.c sim/cmd/stats_table.h \
	sim/cmd/target.c sim/cmd/target.h \
	sim/cmd/test.c \
	sim/cmd/trace.c \
	sim/cmd/trace_cmds.h \
	sim/cmd/trace_compare.c \
	sim/cmd/trace_decrypt.c \
	sim/cmd/trace_print.c \
	sim/cmd/trace_replay.c \
	sim/cmd/trace_replay_play.c \
	sim/cmd/troupe_dirs.c sim/cmd/troupe_dirs.h

if ENABLE_PLANTED_BUGS
sim_cmd_libcmd_la_SOURCES += sim/cmd/plant.c
endif

unit_tests += tests/sim/cmd/check_options tests/sim/cmd/check_target
