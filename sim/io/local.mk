# sim/io - rank 8: libuv; the only place that knows wall time and sockets.

shell_archives += sim/io/libio.la
sim_io_libio_la_SOURCES = \
	sim/io/addr.c sim/io/addr.h \
	sim/io/backing.c sim/io/backing.h \
	sim/io/child.c sim/io/child.h sim/io/child_impl.h \
	sim/io/child_launch.c \
	sim/io/console.c sim/io/console.h \
	sim/io/folder.c sim/io/folder.h \
	sim/io/hwmon.c sim/io/hwmon.h \
	sim/io/loop.c sim/io/loop.h \
	sim/io/orphans.c sim/io/orphans.h \
	sim/io/pty.c sim/io/pty.h \
	sim/io/sensor_dirs.c sim/io/sensor_dirs.h \
	sim/io/sensor_files.c sim/io/sensor_files.h \
	sim/io/serial_port.c sim/io/serial_port.h \
	sim/io/stage_loop.c sim/io/stage_loop.h sim/io/stage_loop_impl.h \
	sim/io/stage_ports.c \
	sim/io/stage_programs.c \
	sim/io/stream.c sim/io/stream.h \
	sim/io/tcp_line.c sim/io/tcp_line.h \
	sim/io/udp.c sim/io/udp.h \
	sim/io/udp_lab.c sim/io/udp_lab.h \
	sim/io/workers.c sim/io/workers.h

unit_tests += \
	tests/sim/io/check_addr \
	tests/sim/io/check_child \
	tests/sim/io/check_hwmon \
	tests/sim/io/check_sensor_dirs \
	tests/sim/io/check_sensor_files \
	tests/sim/io/check_serial_port \
	tests/sim/io/check_stream \
	tests/sim/io/check_tcp_line \
	tests/sim/io/check_workers
