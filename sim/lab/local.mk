# sim/lab - rank 5: chassis and labs, from a description; the public header.

core_archives += sim/lab/liblab.la
sim_lab_liblab_la_SOURCES = \
	sim/lab/action.c sim/lab/action.h \
	sim/lab/chassis_buses.c sim/lab/chassis_buses.h \
	sim/lab/chassis_unit.c sim/lab/chassis_unit.h \
	sim/lab/mains.c sim/lab/mains.h \
	sim/lab/deadlines.c sim/lab/deadlines.h \
	sim/lab/description.c sim/lab/description.h \
	sim/lab/ipmilab.c sim/lab/ipmilab_impl.h \
	sim/lab/ipmilab_commands.c \
	sim/lab/lab.c sim/lab/lab.h \
	sim/lab/machines.h \
	sim/lab/outside.c sim/lab/outside.h \
	sim/lab/recorder.h \
	sim/lab/segment.c sim/lab/segment.h

unit_tests += \
	tests/sim/lab/check_action \
	tests/sim/lab/check_chassis_buses \
	tests/sim/lab/check_chassis_unit \
	tests/sim/lab/check_deadlines \
	tests/sim/lab/check_description \
	tests/sim/lab/check_ipmilab \
	tests/sim/lab/check_lab \
	tests/sim/lab/check_mains \
	tests/sim/lab/check_outside \
	tests/sim/lab/check_segment

# The one header that is installed, as <ipmilab/ipmilab.h>.
ipmilabincludedir = $(includedir)/ipmilab
ipmilabinclude_HEADERS = sim/lab/ipmilab.h
