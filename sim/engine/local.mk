# sim/engine - rank 1: instants, event order, chance, faults, taps, outboxes.

core_archives += sim/engine/libengine.la
sim_engine_libengine_la_SOURCES = \
	sim/engine/fault.c sim/engine/fault.h \
	sim/engine/fault_effects.c sim/engine/fault_impl.h \
	sim/engine/instant.h \
	sim/engine/link.c sim/engine/link.h \
	sim/engine/outbox.c sim/engine/outbox.h \
	sim/engine/peer.h \
	sim/engine/rng.c sim/engine/rng.h \
	sim/engine/tap.c sim/engine/tap.h \
	sim/engine/timeline.c sim/engine/timeline.h \
	sim/engine/world.c sim/engine/world.h

unit_tests += \
	tests/sim/engine/check_fault \
	tests/sim/engine/check_link \
	tests/sim/engine/check_outbox \
	tests/sim/engine/check_rng \
	tests/sim/engine/check_tap \
	tests/sim/engine/check_timeline \
	tests/sim/engine/check_world
