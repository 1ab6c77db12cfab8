# capture - rank 5: taps to pcap and pcapng.

core_archives += capture/libcapture.la
capture_libcapture_la_SOURCES = \
	capture/ipframe.c capture/ipframe.h \
	capture/pcap_sink.c \
	capture/pcapng.c capture/pcapng.h \
	capture/pcapng_sink.c \
	capture/trace.c capture/trace.h \
	capture/trace_sink.h

unit_tests += \
	tests/capture/check_ipframe \
	tests/capture/check_trace
