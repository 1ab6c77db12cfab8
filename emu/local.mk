# emu - rank 6: the languages .emu, lan.conf and SDR source; shipped machines.

core_archives += emu/libemu.la
emu_libemu_la_SOURCES = \
	emu/args.c emu/args.h \
	emu/build.c emu/build.h \
	emu/build_act.c \
	emu/build_aggregate.c \
	emu/build_ports.c \
	emu/diag.c emu/diag.h \
	emu/emu.c emu/emu.h \
	emu/emu_cmd.c emu/emu_cmd.h \
	emu/emu_cmd_bus.c \
	emu/emu_cmd_fru.c \
	emu/emu_cmd_host.c \
	emu/emu_cmd_i2c.c \
	emu/emu_cmd_lab.c \
	emu/emu_cmd_mc.c \
	emu/emu_cmd_oem.c \
	emu/emu_cmd_sensor.c \
	emu/emu_cmd_shelf.c \
	emu/emu_cmd_topology.c \
	emu/emu_file.c emu/emu_file.h \
	emu/emu_handlers.h \
	emu/emu_line.c emu/emu_line.h \
	emu/fault_value.c emu/fault_value.h \
	emu/fault_words.c emu/fault_words.h \
	emu/fru_area.c \
	emu/fru_compile.h \
	emu/fru_fields.c emu/fru_fields.h \
	emu/fru_item.c \
	emu/fru_layout.c emu/fru_layout.h \
	emu/fru_out.c emu/fru_out.h \
	emu/fru_print.c \
	emu/fru_print_record.c \
	emu/fru_record.c \
	emu/fru_source.c emu/fru_source.h \
	emu/fru_text.c emu/fru_text.h \
	emu/fru_value.c \
	emu/fru_words.c emu/fru_words.h \
	emu/ipmilab_load.c \
	emu/lan_conf.c emu/lan_conf.h \
	emu/lan_conf_channel.c \
	emu/lan_conf_handlers.h \
	emu/lan_conf_mc.c \
	emu/lexer.c emu/lexer.h \
	emu/pool.c emu/pool.h \
	emu/script.c emu/script.h \
	emu/sdr_compile.h \
	emu/sdr_fields.c emu/sdr_fields.h \
	emu/sdr_id.c emu/sdr_id.h \
	emu/sdr_line.c \
	emu/sdr_print.c \
	emu/sdr_source.c emu/sdr_source.h \
	emu/sdr_stored.c emu/sdr_stored.h \
	emu/sdr_value.c \
	emu/sdr_words.c emu/sdr_words.h \
	emu/sensor_sdr.c emu/sensor_sdr.h \
	emu/vars.c emu/vars.h

# M, B and their exponents in SDR source.

machinesdir = $(pkgdatadir)/machines
dist_machines_DATA = \
	emu/machines/server-1u-dimm.fru \
	emu/machines/server-1u-psu.fru \
	emu/machines/server-1u.conf \
	emu/machines/server-1u.emu \
	emu/machines/server-1u.fru \
	emu/machines/server-1u.sdrs \
	emu/machines/server-2s-backplane.fru \
	emu/machines/server-2s-psu-1.fru \
	emu/machines/server-2s-psu-2.fru \
	emu/machines/server-2s-riser.fru \
	emu/machines/server-2s.conf \
	emu/machines/server-2s.emu \
	emu/machines/server-2s.fru \
	emu/machines/server-2s.sdrs \
	emu/machines/shelf-board-1.fru \
	emu/machines/shelf-board-1.sdrs \
	emu/machines/shelf-board-2.fru \
	emu/machines/shelf-board-2.sdrs \
	emu/machines/shelf-board-3.fru \
	emu/machines/shelf-board-3.sdrs \
	emu/machines/shelf-carrier.fru \
	emu/machines/shelf-carrier.sdrs \
	emu/machines/shelf-fan-tray.fru \
	emu/machines/shelf-fan-tray.sdrs \
	emu/machines/shelf-manager.fru \
	emu/machines/shelf-module-1.fru \
	emu/machines/shelf-module-1.sdrs \
	emu/machines/shelf-module-2.fru \
	emu/machines/shelf-module-2.sdrs \
	emu/machines/shelf.conf \
	emu/machines/shelf.emu \
	emu/machines/shelf.fru \
	emu/machines/shelf.sdrs \
	emu/machines/twin-node-a.fru \
	emu/machines/twin-node-a.sdrs \
	emu/machines/twin-node-b.fru \
	emu/machines/twin-node-b.sdrs \
	emu/machines/twin-psu-1.fru \
	emu/machines/twin-psu-2.fru \
	emu/machines/twin.conf \
	emu/machines/twin.emu \
	emu/machines/twin.fru \
	emu/machines/twin.sdrs \
	emu/machines/vendors.conf \
	emu/machines/vendors.emu \
	emu/machines/vendors.sdrs

unit_tests += \
	tests/emu/check_emu \
	tests/emu/check_emu_cmd \
	tests/emu/check_emu_cmd_i2c \
	tests/emu/check_emu_cmd_oem \
	tests/emu/check_emu_cmd_fru \
	tests/emu/check_emu_cmd_bus \
	tests/emu/check_emu_cmd_topology \
	tests/emu/check_emu_file \
	tests/emu/check_fault_words \
	tests/emu/check_fru_source \
	tests/emu/check_fru_text \
	tests/emu/check_lan_conf \
	tests/emu/check_lexer \
	tests/emu/check_sdr_source \
	tests/emu/check_sdr_stored

fuzz_targets += \
	tests/fuzz/fuzz_emu \
	tests/fuzz/fuzz_fault_words \
	tests/fuzz/fuzz_fru_source \
	tests/fuzz/fuzz_lan_conf \
	tests/fuzz/fuzz_sdr_source \
	tests/fuzz/fuzz_sdr_stored

dist_man5_MANS = doc/ipmilab-emu.5
