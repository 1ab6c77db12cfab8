# sim/oem - rank 4.5: what manufacturers' controllers answer beyond the specification.

core_archives += sim/oem/liboem.la
sim_oem_liboem_la_SOURCES = \
	sim/oem/defaults.c sim/oem/defaults.h \
	sim/oem/dell.c sim/oem/dell.h \
	sim/oem/dell_config.c \
	sim/oem/dell_info.c \
	sim/oem/dell_lan.c \
	sim/oem/dell_lcd.c \
	sim/oem/dell_meter.c \
	sim/oem/dell_power.c \
	sim/oem/dell_slots.c \
	sim/oem/dell_storage.c \
	sim/oem/dell_supply.c \
	sim/oem/dhcp.c sim/oem/dhcp.h \
	sim/oem/extconf.c sim/oem/extconf.h \
	sim/oem/extconf_common.c sim/oem/extconf_common.h \
	sim/oem/fans.c sim/oem/fans.h \
	sim/oem/fru.c sim/oem/fru.h \
	sim/oem/fujitsu.c sim/oem/fujitsu.h \
	sim/oem/fujitsu_impl.h \
	sim/oem/fujitsu_power.c \
	sim/oem/fujitsu_sel.c \
	sim/oem/fujitsu_status.c \
	sim/oem/fujitsu_text.c sim/oem/fujitsu_text.h \
	sim/oem/gigabyte.c sim/oem/gigabyte.h \
	sim/oem/health.c sim/oem/health.h \
	sim/oem/ibm.c sim/oem/ibm.h \
	sim/oem/ibm_imm.c \
	sim/oem/intel.c sim/oem/intel.h \
	sim/oem/intel_me.c \
	sim/oem/intel_nm.c sim/oem/intel_nm.h \
	sim/oem/intel_nm_cmds.c \
	sim/oem/intel_nm_event.c \
	sim/oem/intel_nm_limit.c \
	sim/oem/intel_nm_measure.c \
	sim/oem/intel_nm_policy.c \
	sim/oem/intel_smtp.c \
	sim/oem/inventec.c sim/oem/inventec.h \
	sim/oem/kontron.c sim/oem/kontron.h \
	sim/oem/kontron_fwum.c \
	sim/oem/macs.c sim/oem/macs.h \
	sim/oem/profiles.c sim/oem/profiles.h \
	sim/oem/quanta.c sim/oem/quanta.h \
	sim/oem/sun.c sim/oem/sun.h \
	sim/oem/sun_cli.c \
	sim/oem/sun_file.c \
	sim/oem/sun_led.c \
	sim/oem/sun_part.c \
	sim/oem/sun_tree.c \
	sim/oem/sun_value.c \
	sim/oem/sun_words.c \
	sim/oem/supermicro.c sim/oem/supermicro.h \
	sim/oem/tyan.c sim/oem/tyan.h \
	sim/oem/wistron.c sim/oem/wistron.h \
	sim/oem/wistron_ipv6.c sim/oem/wistron_ipv6.h

unit_tests += \
	tests/sim/oem/check_defaults \
	tests/sim/oem/check_dell \
	tests/sim/oem/check_extconf \
	tests/sim/oem/check_fujitsu \
	tests/sim/oem/check_gigabyte \
	tests/sim/oem/check_ibm \
	tests/sim/oem/check_intel \
	tests/sim/oem/check_intel_nm \
	tests/sim/oem/check_inventec \
	tests/sim/oem/check_kontron \
	tests/sim/oem/check_profiles \
	tests/sim/oem/check_quanta \
	tests/sim/oem/check_sun \
	tests/sim/oem/check_supermicro \
	tests/sim/oem/check_wistron

fuzz_targets += tests/fuzz/fuzz_oem_profiles
