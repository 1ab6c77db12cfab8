# sim/serial - rank 3: serial lines into a controller, sans-IO.

core_archives += sim/serial/libserial.la
sim_serial_libserial_la_SOURCES = sim/serial/serial_line.c sim/serial/serial_line.h

unit_tests += tests/sim/serial/check_serial_line

fuzz_targets += tests/fuzz/fuzz_serial_line
