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
 * packet comments. What reached the lab from outside is on "inputs" and, with
 * what the run is made of in the section header, makes it one that can be
 * replayed. Any other file name makes a classic pcap of the LAN
 * datagrams as raw IP, for everything that reads pcap. Time-stamps are lab
 * time from the epoch. The octets depend on the events alone, never on the
 * machine.
 */
#ifndef IPMILAB_CAPTURE_TRACE_H
#define IPMILAB_CAPTURE_TRACE_H

#include <stdbool.h>

#include "sim/base/status.h"
#include "sim/engine/tap.h"

struct trace;
struct pcapng_out;

/* Create (or empty) the file at path. epoch_s: lab time 0 since 1970. */
enum status trace_open(const char *path, uint64_t epoch_s, struct trace **out);

/* The same with what the run is made of (run_facts.h's JSON; NULL: nothing),
 * which only a pcapng takes. ST_FULL: that is too long for a section header. */
enum status trace_open_run(const char *path, uint64_t epoch_s, const char *facts,
                           struct trace **out);

/* The same packets as in a pcapng, to who wants them (pcapng.h; copied). */
enum status trace_open_to(const struct pcapng_out *to, uint64_t epoch_s, struct trace **out);

/* Would a trace of that name keep inputs: is it a pcapng? */
bool trace_keeps_inputs(const char *path);

/* Keep an input (input_record.h), at its instant, before what comes of it; a
 * classic pcap does not. ST_IO when any write has failed. */
enum status trace_input(struct trace *trace, instant at, struct bytes record);

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
