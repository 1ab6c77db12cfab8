/*
 * trace_cmds.h - the words of "ipmilab trace", and what they share.
 */
#ifndef IPMILAB_CMD_TRACE_CMDS_H
#define IPMILAB_CMD_TRACE_CMDS_H

#include "capture/packet_source.h"
#include "sim/cmd/commands.h"

int cmd_trace_print(int argc, char **argv);
int cmd_trace_decrypt(int argc, char **argv);
int cmd_trace_replay(int argc, char **argv);
int cmd_trace_compare(int argc, char **argv);

/* Replay the trace of a scenario's run, whose facts (play_facts.h) are given.
 * Returns the exit code. */
int trace_replay_scenario(const char *path, const char *json, size_t len);

/* Open a capture file, or complain. Returns -1 or an exit code. */
int trace_source_open(const char *path, struct packet_source **out);

/* Say what is wrong with a file that was read. Returns the exit code. */
int trace_source_bad(const struct packet_source *s);

/* A packet's instant in seconds after start_ns: "0.123456789". */
#define TRACE_TIME_MAX 32
const char *trace_time_text(uint64_t time_ns, uint64_t start_ns, char to[TRACE_TIME_MAX]);

#endif
