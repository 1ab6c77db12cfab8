# tests - anything, from outside.
#
# A unit test: tests/sim/wire/check_ipmb.c tests sim/wire/ipmb.c, is one
# program with a main of its own (tests/lib/run.h) and takes one line, in the
# local.mk of the folder that it tests:
#
#     unit_tests += tests/sim/wire/check_ipmb
#
# A fuzz target: tests/fuzz/fuzz_ipmb.c defines LLVMFuzzerTestOneInput and no
# main; its seeds are the files in tests/fuzz/seeds/ipmb/. One line, again in
# the local.mk of the folder that it tests:
#
#     fuzz_targets += tests/fuzz/fuzz_ipmb
#
# A client test: tests/clients/<client>_<subject>.sh begins with
#     . "$SRCDIR/tests/lib/sh.sh"
# whose top is the manual. One line in client_tests, below.
#
# Helpers that several tests share (builders, memory sinks) stand in
# tests/lib and are listed in test_helpers. Data that a test reads stands in
# tests/data, which is distributed whole; $SRCDIR/tests/data finds it, in C
# getenv("SRCDIR").
#
#     make check                            everything
#     make check-unit                       unit tests and fuzz seeds only
#     make check TESTS=tests/sim/base/check_rd      one test
#
# Exit status 77 means skipped; the log says which program was missing.

test_helpers = tests/lib/lanpair.c tests/lib/lanpair.h tests/lib/mcworld.h \
	tests/lib/run.h
check_scripts = \
	tests/check_layers.sh \
	tests/check_layers_itself.sh \
	tests/check_lists.sh
client_tests +=

EXTRA_DIST += $(check_scripts) $(client_tests) tests/lib/sh.sh tests/lib/launch.sh \
	tests/demo/demo.sh tests/no_check.sh tests/fuzz/seeds \
	tests/installcheck.sh tests/installed.c

# Programs without an LDADD of their own, which is all tests, link this.
LDADD = tests/lib/libtest.a $(FUZZ_ENGINE) \
	$(shell_archives) $(core_archives) $(CHECK_LIBS) $(UV_LIBS) $(core_libs)

check_LIBRARIES = tests/lib/libtest.a
tests_lib_libtest_a_SOURCES = $(test_helpers)

if HAVE_CHECK
built_unit_tests = $(unit_tests)
tests_lib_libtest_a_SOURCES += tests/lib/mcworld.c tests/lib/run.c
else
built_unit_tests =
check_scripts += tests/no_check.sh
endif

if ENABLE_FUZZ
FUZZ_ENGINE = $(LIB_FUZZING_ENGINE)
else
FUZZ_ENGINE =
tests_lib_libtest_a_SOURCES += tests/fuzz/replay_main.c
endif

check_PROGRAMS = $(built_unit_tests) $(fuzz_targets)
TESTS = $(check_scripts) $(check_PROGRAMS) $(client_tests)

# Check gives a test 4 seconds, too few under sanitizers on a busy machine.
# /usr/sbin is where FreeIPMI's tools live and not in everyone's PATH.
AM_TESTS_ENVIRONMENT = \
	SRCDIR='$(abs_top_srcdir)'; export SRCDIR; \
	BUILDDIR='$(abs_top_builddir)'; export BUILDDIR; \
	IPMILAB='$(abs_top_builddir)/ipmilab$(EXEEXT)'; export IPMILAB; \
	MACHINES='$(abs_top_srcdir)/emu/machines'; export MACHINES; \
	CC='$(CC)'; export CC; \
	PATH="$$PATH:/usr/sbin:/sbin"; export PATH; \
	LC_ALL=C; export LC_ALL; \
	CK_DEFAULT_TIMEOUT=120; export CK_DEFAULT_TIMEOUT; \
	UBSAN_OPTIONS=print_stacktrace=1; export UBSAN_OPTIONS;

TEST_EXTENSIONS = .sh
SH_LOG_COMPILER = $(SHELL)
LOG_COMPILER = $(SHELL) $(top_srcdir)/tests/lib/launch.sh

installcheck-local:
	SRCDIR='$(abs_top_srcdir)' CC='$(CC)' CFLAGS='$(CFLAGS) $(IPMILAB_CFLAGS)' \
	  bindir='$(DESTDIR)$(bindir)' libdir='$(DESTDIR)$(libdir)' \
	  machinesdir='$(DESTDIR)$(machinesdir)' pkgconfigdir='$(DESTDIR)$(pkgconfigdir)' \
	  $(SHELL) $(top_srcdir)/tests/installcheck.sh

.PHONY: check-unit coverage
check-unit: $(check_LIBRARIES) $(check_PROGRAMS)
	$(MAKE) $(AM_MAKEFLAGS) check-TESTS TESTS='$(check_PROGRAMS)'

if ENABLE_COVERAGE
coverage: check
	@command -v gcovr >/dev/null || { \
	  echo "make coverage: gcovr is missing; on Debian and Ubuntu: apt install gcovr" >&2; \
	  exit 2; }
	gcovr --root '$(abs_top_srcdir)' --object-directory '$(abs_top_builddir)' \
	  --filter '$(abs_top_srcdir)/(sim|emu|capture)/'
else
coverage:
	@echo "make coverage: configure with --enable-coverage first" >&2; exit 2
endif

# make bench
include tests/bench/local.mk
