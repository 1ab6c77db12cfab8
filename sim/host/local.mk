# sim/host - rank 3: the managed computer.

core_archives += sim/host/libhost.la
sim_host_libhost_la_SOURCES = \
	sim/host/host.c sim/host/host.h \
	sim/host/power.c sim/host/power.h \
	sim/host/post.c sim/host/post.h \
	sim/host/toyos.c sim/host/toyos.h sim/host/toyos_impl.h \
	sim/host/toyos_boot.c sim/host/toyos_shell.c \
	sim/host/uart.c sim/host/uart.h

unit_tests += \
	tests/sim/host/check_host \
	tests/sim/host/check_power \
	tests/sim/host/check_toyos \
	tests/sim/host/check_uart
