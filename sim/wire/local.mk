# sim/wire - rank 1: encodings, bytes to structs and back; pure functions.

core_archives += sim/wire/libwire.la
sim_wire_libwire_la_SOURCES = \
	sim/wire/asf.c sim/wire/asf.h \
	sim/wire/codes.c sim/wire/codes.h \
	sim/wire/convert.c sim/wire/convert.h \
	sim/wire/fru.c sim/wire/fru.h \
	sim/wire/ipmb.c sim/wire/ipmb.h \
	sim/wire/lan15.c sim/wire/lan15.h \
	sim/wire/lanmsg.c sim/wire/lanmsg.h \
	sim/wire/pet.c sim/wire/pet.h \
	sim/wire/rakp_msg.c sim/wire/rakp_msg.h \
	sim/wire/rmcp.c sim/wire/rmcp.h \
	sim/wire/rmcpp.c sim/wire/rmcpp.h \
	sim/wire/sdr.c sim/wire/sdr.h \
	sim/wire/sel.c sim/wire/sel.h \
	sim/wire/serial_basic.c sim/wire/serial_basic.h \
	sim/wire/serial_text.c sim/wire/serial_text.h \
	sim/wire/sol.c sim/wire/sol.h \
	sim/wire/text.c sim/wire/text.h

unit_tests += \
	tests/sim/wire/check_asf \
	tests/sim/wire/check_codes \
	tests/sim/wire/check_convert \
	tests/sim/wire/check_fru \
	tests/sim/wire/check_ipmb \
	tests/sim/wire/check_lan15 \
	tests/sim/wire/check_lanmsg \
	tests/sim/wire/check_pet \
	tests/sim/wire/check_rakp_msg \
	tests/sim/wire/check_rmcp \
	tests/sim/wire/check_rmcpp \
	tests/sim/wire/check_sdr \
	tests/sim/wire/check_sel \
	tests/sim/wire/check_serial_basic \
	tests/sim/wire/check_serial_text \
	tests/sim/wire/check_sol \
	tests/sim/wire/check_text

fuzz_targets += tests/fuzz/fuzz_fru tests/fuzz/fuzz_ipmb tests/fuzz/fuzz_pet tests/fuzz/fuzz_sdr
