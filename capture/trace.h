/*
 * trace.h - a run recorded: a tap that writes a capture file.
 *
 * The kind is told by the file's name: ".pcapng" keeps everything on one
 * timeline, each link an interface of its own (lan0 raw IP, ipmb0 I2C,
 * lan0-clear the decrypted copy of each RMCP+ payload), fates and faults as
 * packet comments; any other name is a classic pcap of the LAN datagrams as
 * raw IP, for everything that reads pcap. Time-stamps are lab time from the
 * epoch. The octets depend on the events alone, never on the machine.
 */
#ifndef IPMILAB_CAPTURE_TRACE_H
#define IPMILAB_CAPTURE_TRACE_H

#include "sim/base/status.h"
#include "sim/engine/tap.h"

struct trace;

/* Create (or empty) the file at path. epoch_s: lab time 0 since 1970. */
enum status trace_open(const char *path, uint64_t epoch_s, struct trace **out);

/* The tap to give to a lab; valid until trace_close(). */
const struct tap *trace_tap(struct trace *trace);

/* Write out what is buffered; ST_IO when any write failed since the start. */
enum status trace_flush(struct trace *trace);

/* Flush and close; also after an error. */
enum status trace_close(struct trace *trace);

#endif
