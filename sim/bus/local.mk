# sim/bus - rank 3: the IPMB, sans-IO.

core_archives += sim/bus/libbus.la
sim_bus_libbus_la_SOURCES = \
	sim/bus/heard.c sim/bus/heard.h \
	sim/bus/i2c_slave.c sim/bus/i2c_slave.h \
	sim/bus/icmb.c sim/bus/icmb.h \
	sim/bus/ipmb_ask.c \
	sim/bus/ipmb_port.c sim/bus/ipmb_port.h sim/bus/ipmb_port_impl.h \
	sim/bus/medium.c sim/bus/medium.h

unit_tests += \
	tests/sim/bus/check_heard \
	tests/sim/bus/check_i2c_slave \
	tests/sim/bus/check_icmb \
	tests/sim/bus/check_ipmb_port \
	tests/sim/bus/check_medium

fuzz_targets += tests/fuzz/fuzz_icmb
