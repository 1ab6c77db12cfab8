# sim/mc - rank 4: what a management controller is: models and their command rows.

core_archives += sim/mc/libmc.la
sim_mc_libmc_la_SOURCES = \
	sim/mc/agent.c sim/mc/agent.h \
	sim/mc/aggregate.c sim/mc/aggregate.h \
	sim/mc/alert.c sim/mc/alert.h \
	sim/mc/alert_send.c sim/mc/alert_send.h \
	sim/mc/app_cmds.c \
	sim/mc/audit.c sim/mc/audit.h \
	sim/mc/boot.c sim/mc/boot.h \
	sim/mc/bridge.c sim/mc/bridge.h sim/mc/bridge_parts.h \
	sim/mc/bridge_bus.c \
	sim/mc/bridge_deliver.c \
	sim/mc/bridge_pending.c \
	sim/mc/bridge_session.c \
	sim/mc/channel_cmds.c \
	sim/mc/chassis.c sim/mc/chassis.h \
	sim/mc/chassis_cmds.c \
	sim/mc/dcmi.c sim/mc/dcmi.h \
	sim/mc/dcmi_cmds.c \
	sim/mc/dcmi_limit.c \
	sim/mc/dcmi_sensor.c \
	sim/mc/device_sdr_cmds.c \
	sim/mc/event.c sim/mc/event.h \
	sim/mc/event_cmds.c \
	sim/mc/firewall.c sim/mc/firewall.h \
	sim/mc/firewall_cmds.c \
	sim/mc/firewall_subfn.c sim/mc/firewall_subfn.h \
	sim/mc/forward.c sim/mc/forward.h \
	sim/mc/forward_cmds.c \
	sim/mc/fru.c sim/mc/fru.h \
	sim/mc/fru_cmds.c \
	sim/mc/fru_draft.c sim/mc/fru_draft.h \
	sim/mc/hpm.c sim/mc/hpm.h \
	sim/mc/hpm_cmds.c \
	sim/mc/icmb_bridge.c sim/mc/icmb_bridge.h \
	sim/mc/icmb_cmds.c \
	sim/mc/host_log.c sim/mc/host_log.h \
	sim/mc/i2c.c sim/mc/i2c.h \
	sim/mc/i2c_cmds.c \
	sim/mc/lanparm.c sim/mc/lanparm.h \
	sim/mc/lanparm6.c sim/mc/lanparm6.h \
	sim/mc/lanparm_cmds.c \
	sim/mc/lanparm_rows.c sim/mc/lanparm_rows.h \
	sim/mc/machine.h \
	sim/mc/mc.c sim/mc/mc.h \
	sim/mc/mc_channels.c sim/mc/mc_channels.h \
	sim/mc/mc_parts.h \
	sim/mc/mc_tables.h \
	sim/mc/mc_stats.c sim/mc/mc_stats.h \
	sim/mc/message_cmds.c \
	sim/mc/messages.c sim/mc/messages.h \
	sim/mc/oem.c sim/mc/oem.h \
	sim/mc/oem_library.c sim/mc/oem_library.h \
	sim/mc/oem_params.c sim/mc/oem_params.h \
	sim/mc/oem_part.h \
	sim/mc/oem_rows.c sim/mc/oem_rows.h \
	sim/mc/oem_rules.c sim/mc/oem_rules.h \
	sim/mc/payload_cmds.c \
	sim/mc/picmg.c sim/mc/picmg.h \
	sim/mc/picmg_cmds.c sim/mc/picmg_cmds.h \
	sim/mc/picmg_led.c \
	sim/mc/picmg_link.c \
	sim/mc/picmg_link_cmds.c \
	sim/mc/picmg_power.c \
	sim/mc/picmg_power_cmds.c \
	sim/mc/pef.c sim/mc/pef.h \
	sim/mc/pef_cmds.c \
	sim/mc/pef_factory.c \
	sim/mc/pef_filter.c sim/mc/pef_filter.h \
	sim/mc/pef_parm.c \
	sim/mc/presence.c sim/mc/presence.h \
	sim/mc/reply.c sim/mc/reply.h \
	sim/mc/sdr_cmds.c \
	sim/mc/sdr_repo.c sim/mc/sdr_repo.h \
	sim/mc/sel.c sim/mc/sel.h \
	sim/mc/sel_cmds.c \
	sim/mc/sel_sensor.c sim/mc/sel_sensor.h \
	sim/mc/sensor.c sim/mc/sensor.h \
	sim/mc/sensor_cmds.c \
	sim/mc/sensor_history.c sim/mc/sensor_history.h \
	sim/mc/sensor_reading.c \
	sim/mc/sensor_units.c \
	sim/mc/serial.c sim/mc/serial.h \
	sim/mc/serial_cmds.c \
	sim/mc/serial_parm.c \
	sim/mc/session_cmds.c \
	sim/mc/solport.c sim/mc/solport.h \
	sim/mc/solport_cmds.c \
	sim/mc/shelf.c sim/mc/shelf.h \
	sim/mc/shelf_cmds.c \
	sim/mc/sysinfo.c sim/mc/sysinfo.h \
	sim/mc/sysinfo_cmds.c \
	sim/mc/users.c sim/mc/users.h \
	sim/mc/users_cmds.c \
	sim/mc/vita_cmds.c \
	sim/mc/watch.h \
	sim/mc/watchdog.c sim/mc/watchdog.h \
	sim/mc/watchdog_cmds.c

unit_tests += \
	tests/sim/mc/check_aggregate \
	tests/sim/mc/check_alert \
	tests/sim/mc/check_agent \
	tests/sim/mc/check_app \
	tests/sim/mc/check_audit \
	tests/sim/mc/check_boot \
	tests/sim/mc/check_bridge \
	tests/sim/mc/check_chassis \
	tests/sim/mc/check_dcmi \
	tests/sim/mc/check_event \
	tests/sim/mc/check_firewall \
	tests/sim/mc/check_forward \
	tests/sim/mc/check_fru \
	tests/sim/mc/check_hpm \
	tests/sim/mc/check_icmb_bridge \
	tests/sim/mc/check_host_log \
	tests/sim/mc/check_i2c \
	tests/sim/mc/check_lanparm \
	tests/sim/mc/check_messages \
	tests/sim/mc/check_oem \
	tests/sim/mc/check_oem_rows \
	tests/sim/mc/check_oem_rules \
	tests/sim/mc/check_pef \
	tests/sim/mc/check_pef_filter \
	tests/sim/mc/check_picmg \
	tests/sim/mc/check_presence \
	tests/sim/mc/check_sdr_repo \
	tests/sim/mc/check_sel \
	tests/sim/mc/check_sel_sensor \
	tests/sim/mc/check_sensor \
	tests/sim/mc/check_sensor_history \
	tests/sim/mc/check_serial \
	tests/sim/mc/check_session_cmds \
	tests/sim/mc/check_solport \
	tests/sim/mc/check_sysinfo \
	tests/sim/mc/check_users \
	tests/sim/mc/check_watch \
	tests/sim/mc/check_watchdog
