# sim/host - rank 3: the managed computer.

core_archives += sim/host/libhost.la
sim_host_libhost_la_SOURCES = \
	sim/host/host.c sim/host/host.h

unit_tests += \
	tests/sim/host/check_host
