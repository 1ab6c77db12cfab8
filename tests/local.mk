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
# A program that such a test runs: one line in test_programs.
#
# Helpers that several tests share (builders, memory sinks) stand in tests/lib
# and are listed in test_helpers, or in check_helpers if they include
# check.h; shell libraries in shell_helpers. Data that a test reads stands in
# tests/data, which is distributed whole; $SRCDIR/tests/data finds it, in C
# getenv("SRCDIR").
#
#     make check                            everything
#     make check-unit                       unit tests and fuzz seeds only
#     make check TESTS=tests/sim/base/check_rd      one test
#
# Exit status 77 means skipped; the log says which program was missing.

test_helpers = \
	tests/lib/consoles.c tests/lib/consoles.h \
	tests/lib/lanpair.c tests/lib/lanpair.h
check_helpers = \
	tests/emu/files.h \
	tests/lib/byhand.c tests/lib/byhand.h \
	tests/lib/mcworld.c tests/lib/mcworld.h \
	tests/lib/records.h \
	tests/lib/run.c tests/lib/run.h \
	tests/lib/sensor_records.h \
	tests/lib/wireworld.c tests/lib/wireworld.h \
	tests/sim/bus/stations.h
shell_helpers = \
	tests/lib/clients.sh \
	tests/lib/hpm.sh \
	tests/lib/port_623.c \
	tests/lib/link.sh \
	tests/lib/sh.sh \
	tests/lib/suite.sh \
	tests/lib/trapd.sh
check_scripts = \
	tests/check_layers.sh \
	tests/check_layers_itself.sh \
	tests/check_lists.sh \
	tests/commands_list.sh \
	tests/fault_seeds.sh \
	tests/examples.sh \
	tests/options_manual.sh \
	tests/planted.sh \
	tests/lua/language.sh \
	tests/lua_manual.sh \
	tests/same_trace.sh \
	tests/check_scenario.sh \
	tests/scenarios.sh
lua_tests = \
	tests/lua/bus.lua \
	tests/lua/fault.lua \
	tests/lua/grade.lua \
	tests/lua/hook.lua \
	tests/lua/packet.lua \
	tests/lua/print.lua \
	tests/lua/sensor.lua \
	tests/lua/skip_all.lua \
	tests/lua/trace.lua \
	tests/lua/wrong/answer_options.lua \
	tests/lua/wrong/fault_disarmed.lua \
	tests/lua/wrong/fault_field.lua \
	tests/lua/wrong/fault_words.lua \
	tests/lua/wrong/hook_answer.lua \
	tests/lua/wrong/hook_asks.lua \
	tests/lua/wrong/hook_claim.lua \
	tests/lua/wrong/hook_data.lua \
	tests/lua/wrong/hook_elsewhere.lua \
	tests/lua/wrong/hook_error.lua \
	tests/lua/wrong/hook_forever.lua \
	tests/lua/wrong/hook_late_original.lua \
	tests/lua/wrong/hook_options.lua \
	tests/lua/wrong/hook_removes.lua \
	tests/lua/wrong/hook_waits.lua \
	tests/lua/wrong/host_state.lua \
	tests/lua/wrong/login_refused.lua \
	tests/lua/wrong/on_error.lua \
	tests/lua/wrong/on_event.lua \
	tests/lua/wrong/packet_octets.lua \
	tests/lua/wrong/satellite_gone.lua \
	tests/lua/wrong/session_code.lua \
	tests/lua/wrong/trace_claim.lua \
	tests/lua/wrong/trace_field.lua \
	tests/lua/wrong/trace_folder.lua
# Those that take long stand first: nobody is to wait for them at the end.
client_tests += \
	tests/clients/suite_freeipmi.sh \
	tests/clients/suite_faults.sh \
	tests/clients/suite_ipmitool.sh \
	tests/clients/target_ipmi_sim.sh \
	tests/clients/suite_labs.sh \
	tests/clients/freeipmi_config.sh \
	tests/clients/ipmitool_serial.sh \
	tests/clients/lua_outside.sh \
	tests/clients/openipmi_cmd.sh \
	tests/clients/snmptrapd_pet.sh \
	tests/clients/suite_fleet.sh \
	tests/clients/suite_ipmiutil.sh \
	tests/clients/suite_openipmi.sh \
	tests/clients/suite_pyghmi.sh \
	tests/clients/trace_replay.sh \
	tests/clients/trace_replay_scenario.sh \
	tests/clients/tshark_pcapng.sh \
	tests/clients/bridge_every_satellite.sh \
	tests/clients/bridge_hops.sh \
	tests/clients/freeipmi_chassis.sh \
	tests/clients/freeipmi_console.sh \
	tests/clients/freeipmi_dcmi.sh \
	tests/clients/freeipmi_fru.sh \
	tests/clients/freeipmi_info.sh \
	tests/clients/freeipmi_oem_dell.sh \
	tests/clients/freeipmi_oem_fujitsu.sh \
	tests/clients/freeipmi_oem_intel.sh \
	tests/clients/freeipmi_oem_others.sh \
	tests/clients/freeipmi_oem_sun.sh \
	tests/clients/freeipmi_oem_supermicro.sh \
	tests/clients/freeipmi_pef.sh \
	tests/clients/freeipmi_ping.sh \
	tests/clients/freeipmi_power.sh \
	tests/clients/freeipmi_sel.sh \
	tests/clients/freeipmi_sensors.sh \
	tests/clients/freeipmi_suites.sh \
	tests/clients/fru_compile.sh \
	tests/clients/ipmitool_aggregate.sh \
	tests/clients/ipmitool_boot.sh \
	tests/clients/ipmitool_bridge.sh \
	tests/clients/ipmitool_channel.sh \
	tests/clients/ipmitool_chassis.sh \
	tests/clients/ipmitool_cold_reset.sh \
	tests/clients/ipmitool_dcmi.sh \
	tests/clients/ipmitool_delloem.sh \
	tests/clients/ipmitool_firewall.sh \
	tests/clients/ipmitool_fru.sh \
	tests/clients/ipmitool_host.sh \
	tests/clients/ipmitool_hpm.sh \
	tests/clients/ipmitool_i2c.sh \
	tests/clients/ipmitool_icmb.sh \
	tests/clients/ipmitool_ime.sh \
	tests/clients/ipmitool_kontron.sh \
	tests/clients/ipmitool_lan.sh \
	tests/clients/ipmitool_lan15.sh \
	tests/clients/ipmitool_mc.sh \
	tests/clients/ipmitool_nm.sh \
	tests/clients/ipmitool_oem_raw.sh \
	tests/clients/ipmitool_pef.sh \
	tests/clients/ipmitool_picmg.sh \
	tests/clients/ipmitool_presence.sh \
	tests/clients/ipmitool_sdr.sh \
	tests/clients/ipmitool_sel.sh \
	tests/clients/ipmitool_sensor.sh \
	tests/clients/ipmitool_sol.sh \
	tests/clients/ipmitool_suites.sh \
	tests/clients/ipmitool_sunoem.sh \
	tests/clients/ipmitool_topology.sh \
	tests/clients/ipmitool_tsol.sh \
	tests/clients/ipmitool_user.sh \
	tests/clients/ipmitool_vita.sh \
	tests/clients/ipmiutil.sh \
	tests/clients/ipmiutil_dcmi.sh \
	tests/clients/ipmiutil_delloem.sh \
	tests/clients/ipmiutil_serial.sh \
	tests/clients/openipmi_fru.sh \
	tests/clients/openipmi_sh.sh \
	tests/clients/pyghmi.sh \
	tests/clients/pyghmi_dcmi.sh \
	tests/clients/pyipmi.sh \
	tests/clients/same_readings.sh \
	tests/clients/sdrcomp.sh \
	tests/clients/serve.sh \
	tests/clients/serve_as_ipmi_sim.sh \
	tests/clients/serve_garbage.sh \
	tests/clients/serve_refuses.sh \
	tests/clients/serve_secondary.sh \
	tests/clients/serve_sensors.sh \
	tests/clients/serve_stats.sh \
	tests/clients/trace_print.sh \
	tests/clients/tshark_pcap.sh \
	tests/clients/vendors.sh \
	tests/clients/watchdog_pet.sh
lua_outside = \
	tests/lua/outside/clients.lua \
	tests/lua/outside/dialogue.lua \
	tests/lua/outside/run.lua \
	tests/lua/outside/target.lua \
	tests/lua/outside/time.lua
# What runs through the whole tree.
unit_tests += tests/journeys/check_bridge_ends
unit_tests += tests/journeys/check_bridge_speed
unit_tests += tests/journeys/check_bus_soak
unit_tests += tests/journeys/check_every_row
unit_tests += tests/journeys/check_random_requests
unit_tests += tests/journeys/check_thirty_reporters

test_programs = \
	tests/trace_run

EXTRA_DIST += $(lua_outside) $(check_scripts) $(client_tests) $(shell_helpers) $(lua_tests) \
	tests/data tests/fuzz/seeds tests/demo/demo.sh tests/lib/launch.sh \
	tests/no_check.sh tests/installcheck.sh tests/installed.c

# Programs without an LDADD of their own, which is all tests, link this.
LDADD = tests/lib/libtest.a $(FUZZ_ENGINE) \
	$(shell_archives) $(core_archives) $(CHECK_LIBS) $(UV_LIBS) $(LUA_LIBS) $(core_libs)

check_LIBRARIES = tests/lib/libtest.a
tests_lib_libtest_a_SOURCES = $(test_helpers)

if HAVE_CHECK
built_unit_tests = $(unit_tests)
tests_lib_libtest_a_SOURCES += $(check_helpers)
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

quick_tests = $(built_unit_tests) $(fuzz_targets)
check_PROGRAMS = $(quick_tests) $(test_programs)
TESTS = $(check_scripts) $(quick_tests) $(client_tests)

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
	  man3dir='$(DESTDIR)$(man3dir)' luadefsdir='$(DESTDIR)$(luadefsdir)' \
	  machinesdir='$(DESTDIR)$(machinesdir)' pkgconfigdir='$(DESTDIR)$(pkgconfigdir)' \
	  $(SHELL) $(top_srcdir)/tests/installcheck.sh

.PHONY: check-unit coverage
check-unit: $(check_LIBRARIES) $(check_PROGRAMS)
	$(MAKE) $(AM_MAKEFLAGS) check-TESTS TESTS='$(quick_tests)'

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
