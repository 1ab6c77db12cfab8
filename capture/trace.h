/*
 * trace.h - a run recorded: a tap that writes a capture file.
 *
 * The kind is told by the file's name: ".pcapng" keeps everything on one
 * timeline, in nanoseconds: the LAN datagrams of all chassis (lan0, raw IP),
 * the decrypted copy of each RMCP+ payload (lan0-clear), notes, and each bus
 * as an interface of its own: ipmb0 and icmb0 of the first chassis, then
 * NAME/ipmb0 and so on of the others. Bus frames are records of PICMG HPM.2
 * (link type 260), which Wireshark dissects as IPMB without being told; the
 * time-stamp of a frame is that of the end of its STOP. Fates and faults are
 * packet comments. Any other file name makes a classic pcap of the LAN
 * datagrams as raw IP, for everything that reads pcap. Time-stamps are lab
 * time from the epoch. The octets depend on the events alone, never on the
 * machine.
 */
#ifndef IPMILAB_CAPTURE_TRACE_H
#define IPMILAB_CAPTURE_TRACE_H

#include "sim/base/status.h"
#include "sim/engine/tap.h"

struct trace;

/* Create (or empty) the file at path. epoch_s: lab time 0 since 1970. */
enum status trace_open(const char *path, uint64_t epoch_s, struct trace **out);

/* Call the buses of a chassis by a name, from its first frame on; without one
 * it is chassisN. The name is copied; ST_NOMEM. */
enum status trace_name(struct trace *trace, uint32_t chassis, const char *name);

/* The tap to give to a lab; valid until trace_close(). */
const struct tap *trace_tap(struct trace *trace);

/* Write out what is buffered; ST_IO when any write failed since the start. */
enum status trace_flush(struct trace *trace);

/* Flush and close; also after an error. */
enum status trace_close(struct trace *trace);

#endif
