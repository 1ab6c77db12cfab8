# emu - rank 6: the languages .emu, lan.conf and SDR source; shipped machines.

core_archives += emu/libemu.la
emu_libemu_la_SOURCES =

machinesdir = $(pkgdatadir)/machines
dist_machines_DATA =
