# sim/base - rank 0: bytes, status, checksums, hex.

core_archives += sim/base/libbase.la
sim_base_libbase_la_SOURCES = \
	sim/base/bytes.h \
	sim/base/hex.c sim/base/hex.h \
	sim/base/rd.c sim/base/rd.h \
	sim/base/status.c sim/base/status.h \
	sim/base/sum.c sim/base/sum.h \
	sim/base/wr.c sim/base/wr.h

unit_tests += \
	tests/sim/base/check_hex \
	tests/sim/base/check_rd \
	tests/sim/base/check_sum \
	tests/sim/base/check_wr
