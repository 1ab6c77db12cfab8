# sim/bus - rank 3: the IPMB, sans-IO.

core_archives += sim/bus/libbus.la
sim_bus_libbus_la_SOURCES = \
	sim/bus/bus_name.c sim/bus/bus_name.h \
	sim/bus/heard.c sim/bus/heard.h \
	sim/bus/i2c_node.c sim/bus/i2c_node.h \
	sim/bus/i2c_slave.c sim/bus/i2c_slave.h \
	sim/bus/icmb.c sim/bus/icmb.h \
	sim/bus/ipmb_answer.c \
	sim/bus/ipmb_ask.c \
	sim/bus/ipmb_port.c sim/bus/ipmb_port.h sim/bus/ipmb_port_impl.h \
	sim/bus/ipmb_raw.c \
	sim/bus/ipmb_way.c \
	sim/bus/medium.c sim/bus/medium.h sim/bus/medium_impl.h \
	sim/bus/medium_arbitrate.c \
	sim/bus/medium_fault.c \
	sim/bus/medium_read.c \
	sim/bus/medium_stats.c \
	sim/bus/medium_wire.c

unit_tests += \
	tests/sim/bus/check_bus_name \
	tests/sim/bus/check_heard \
	tests/sim/bus/check_i2c_slave \
	tests/sim/bus/check_icmb \
	tests/sim/bus/check_ipmb_port \
	tests/sim/bus/check_ipmb_way \
	tests/sim/bus/check_medium \
	tests/sim/bus/check_medium_arbitrate \
	tests/sim/bus/check_medium_fault \
	tests/sim/bus/check_medium_read \
	tests/sim/bus/check_medium_stats \
	tests/sim/bus/check_medium_wire

fuzz_targets += tests/fuzz/fuzz_icmb
