# sim/ipmi - rank 2: requests, command rows, the gate, parameter families.

core_archives += sim/ipmi/libipmi.la
sim_ipmi_libipmi_la_SOURCES = \
	sim/ipmi/channel.h \
	sim/ipmi/command.c sim/ipmi/command.h \
	sim/ipmi/param.c sim/ipmi/param.h \
	sim/ipmi/request.h

unit_tests += \
	tests/sim/ipmi/check_command \
	tests/sim/ipmi/check_param
