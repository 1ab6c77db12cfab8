# tests/bench - what the simulator costs, in ratios taken in one run.
#
#     make bench
#
# builds and runs tests/bench/bench.sh, whose top is the manual. Not part of
# make check: figures need a quiet machine.

EXTRA_PROGRAMS += tests/bench/load tests/bench/echo tests/bench/hook_cost
CLEANFILES += tests/bench/load$(EXEEXT) tests/bench/echo$(EXEEXT) \
	tests/bench/hook_cost$(EXEEXT)
EXTRA_DIST += tests/bench/bench.sh tests/bench/machine.sh

tests_bench_load_SOURCES = \
	tests/bench/load.c \
	tests/bench/load.h \
	tests/bench/load_cpu.c \
	tests/bench/load_loop.c \
	tests/bench/load_modes.c
tests_bench_load_LDADD = $(core_archives) $(core_libs)

tests_bench_echo_SOURCES = tests/bench/echo.c
tests_bench_echo_LDADD = $(UV_LIBS)

tests_bench_hook_cost_CPPFLAGS = $(AM_CPPFLAGS) $(LUA_CFLAGS)
tests_bench_hook_cost_SOURCES = tests/bench/hook_cost.c
tests_bench_hook_cost_LDADD = $(shell_archives) $(core_archives) $(UV_LIBS) $(LUA_LIBS) \
	$(core_libs)

.PHONY: bench
bench: ipmilab$(EXEEXT) tests/bench/load$(EXEEXT) tests/bench/echo$(EXEEXT) \
		tests/bench/hook_cost$(EXEEXT)
	@IPMILAB='$(abs_top_builddir)/ipmilab$(EXEEXT)' \
	LOAD='$(abs_top_builddir)/tests/bench/load$(EXEEXT)' \
	ECHO_SERVER='$(abs_top_builddir)/tests/bench/echo$(EXEEXT)' \
	HOOK_COST='$(abs_top_builddir)/tests/bench/hook_cost$(EXEEXT)' \
	SRCDIR='$(abs_top_srcdir)' $(SHELL) $(top_srcdir)/tests/bench/bench.sh
