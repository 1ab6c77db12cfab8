# sim/base - rank 0: bytes, status, checksums, hex.

core_archives += sim/base/libbase.la
sim_base_libbase_la_SOURCES = \
	sim/base/bytes.h \
	sim/base/hex.c sim/base/hex.h \
	sim/base/ip6.c sim/base/ip6.h \
	sim/base/planted.h \
	sim/base/rd.c sim/base/rd.h \
	sim/base/status.c sim/base/status.h \
	sim/base/sum.c sim/base/sum.h \
	sim/base/wr.c sim/base/wr.h

# Bugs that tests can choose, in a build for that alone.
if ENABLE_PLANTED_BUGS
sim_base_libbase_la_SOURCES += sim/base/planted.c
endif

unit_tests += \
	tests/sim/base/check_hex \
	tests/sim/base/check_ip6 \
	tests/sim/base/check_rd \
	tests/sim/base/check_sum \
	tests/sim/base/check_wr

fuzz_targets += tests/fuzz/fuzz_ip6
