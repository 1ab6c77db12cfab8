# sim/mc - rank 4: what a management controller is: models and their command rows.

core_archives += sim/mc/libmc.la
sim_mc_libmc_la_SOURCES = \
	sim/mc/app_cmds.c \
	sim/mc/audit.c sim/mc/audit.h \
	sim/mc/boot.c sim/mc/boot.h \
	sim/mc/bridge.c sim/mc/bridge.h \
	sim/mc/channel_cmds.c \
	sim/mc/chassis.c sim/mc/chassis.h \
	sim/mc/chassis_cmds.c \
	sim/mc/device_sdr_cmds.c \
	sim/mc/event.c sim/mc/event.h \
	sim/mc/event_cmds.c \
	sim/mc/fru.c sim/mc/fru.h \
	sim/mc/fru_cmds.c \
	sim/mc/lanparm.c sim/mc/lanparm.h \
	sim/mc/lanparm6.c sim/mc/lanparm6.h \
	sim/mc/lanparm_cmds.c \
	sim/mc/lanparm_rows.c sim/mc/lanparm_rows.h \
	sim/mc/machine.h \
	sim/mc/mc.c sim/mc/mc.h \
	sim/mc/mc_parts.h \
	sim/mc/mc_tables.h \
	sim/mc/message_cmds.c \
	sim/mc/messages.c sim/mc/messages.h \
	sim/mc/payload_cmds.c \
	sim/mc/reply.c sim/mc/reply.h \
	sim/mc/sdr_cmds.c \
	sim/mc/sdr_repo.c sim/mc/sdr_repo.h \
	sim/mc/sel.c sim/mc/sel.h \
	sim/mc/sel_cmds.c \
	sim/mc/sensor.c sim/mc/sensor.h \
	sim/mc/sensor_cmds.c \
	sim/mc/sensor_reading.c \
	sim/mc/session_cmds.c \
	sim/mc/sysinfo.c sim/mc/sysinfo.h \
	sim/mc/sysinfo_cmds.c \
	sim/mc/users.c sim/mc/users.h \
	sim/mc/users_cmds.c \
	sim/mc/watchdog.c sim/mc/watchdog.h \
	sim/mc/watchdog_cmds.c

unit_tests += \
	tests/sim/mc/check_app \
	tests/sim/mc/check_audit \
	tests/sim/mc/check_boot \
	tests/sim/mc/check_bridge \
	tests/sim/mc/check_chassis \
	tests/sim/mc/check_event \
	tests/sim/mc/check_fru \
	tests/sim/mc/check_lanparm \
	tests/sim/mc/check_messages \
	tests/sim/mc/check_sdr_repo \
	tests/sim/mc/check_sel \
	tests/sim/mc/check_sensor \
	tests/sim/mc/check_session_cmds \
	tests/sim/mc/check_sysinfo \
	tests/sim/mc/check_users \
	tests/sim/mc/check_watchdog
