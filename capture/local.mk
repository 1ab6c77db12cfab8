# capture - rank 5: taps to pcap and pcapng; captures to frames, to words, and
# compared.

core_archives += capture/libcapture.la
capture_libcapture_la_SOURCES = \
	capture/command_names.c capture/command_names.h \
	capture/compare.c capture/compare.h \
	capture/conversation.c capture/conversation.h \
	capture/decrypt.c capture/decrypt.h \
	capture/dissect.c capture/dissect.h \
	capture/dissect_bus.c \
	capture/dissect_fields.c \
	capture/dissect_lan.c \
	capture/dissect_lines.c \
	capture/dissect_message.c \
	capture/dissect_parts.h \
	capture/dissect_setup.c \
	capture/dissect_sol.c \
	capture/filter.c capture/filter.h \
	capture/input_record.c capture/input_record.h \
	capture/ipframe.c capture/ipframe.h \
	capture/netframe.c capture/netframe.h \
	capture/packet.h \
	capture/packet_source.c capture/packet_source.h \
	capture/pcap_sink.c \
	capture/pcapng.c capture/pcapng.h \
	capture/pcapng_block.c capture/pcapng_block.h \
	capture/pcapng_sink.c \
	capture/pcapng_source.c capture/pcapng_source.h \
	capture/peer_text.c capture/peer_text.h \
	capture/play_facts.c capture/play_facts.h \
	capture/run_facts.c capture/run_facts.h \
	capture/run_texts.c capture/run_texts.h \
	capture/trace.c capture/trace.h \
	capture/trace_sink.h

unit_tests += \
	tests/capture/check_compare \
	tests/capture/check_decrypt \
	tests/capture/check_dissect \
	tests/capture/check_filter \
	tests/capture/check_input_record \
	tests/capture/check_ipframe \
	tests/capture/check_netframe \
	tests/capture/check_pcapng_source \
	tests/capture/check_peer_text \
	tests/capture/check_play_facts \
	tests/capture/check_run_facts \
	tests/capture/check_trace

fuzz_targets += \
	tests/fuzz/fuzz_decrypt \
	tests/fuzz/fuzz_dissect \
	tests/fuzz/fuzz_input_record \
	tests/fuzz/fuzz_pcapng \
	tests/fuzz/fuzz_play_facts \
	tests/fuzz/fuzz_run_facts
