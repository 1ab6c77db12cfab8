# sim/io - rank 8: libuv; the only place that knows wall time and sockets.

shell_archives += sim/io/libio.la
sim_io_libio_la_SOURCES = \
	sim/io/addr.c sim/io/addr.h \
	sim/io/backing.c sim/io/backing.h \
	sim/io/console.c sim/io/console.h \
	sim/io/hwmon.c sim/io/hwmon.h \
	sim/io/loop.c sim/io/loop.h \
	sim/io/sensor_dirs.c sim/io/sensor_dirs.h \
	sim/io/sensor_files.c sim/io/sensor_files.h \
	sim/io/stream.c sim/io/stream.h \
	sim/io/udp.c sim/io/udp.h \
	sim/io/workers.c sim/io/workers.h

unit_tests += \
	tests/sim/io/check_addr \
	tests/sim/io/check_hwmon \
	tests/sim/io/check_sensor_dirs \
	tests/sim/io/check_sensor_files \
	tests/sim/io/check_stream
