/*
 * replay_match.h - what a replay sends, held against the packets of a trace:
 * a struct pcapng_out that compares instead of writing.
 */
#ifndef IPMILAB_CMD_REPLAY_MATCH_H
#define IPMILAB_CMD_REPLAY_MATCH_H

#include "capture/compare.h"
#include "capture/packet_source.h"

struct replay_match {
    struct packet_source *source;      /* borrowed, read alone from here */
    uint64_t start_ns;
    struct packet_lane *lanes;         /* of the replay, by number */
    uint32_t lane_count;
    struct packet expected;            /* the trace's next that is no input */
    enum packet_result result;         /* is there one? */
    bool open_end;                     /* the trace was cut: more may come than it has */
    uint64_t same;
    enum compare_what what;            /* the first difference */
    struct packet found;               /* the replay's; its octets are kept */
    bool nothing_found;                /* the replay sent nothing */
    uint8_t octets[PCAPNG_PACKET_MAX];
    char comment[PCAPNG_COMMENT_MAX];
};

/* Begin with the trace's first packet read. The struct stays where it is. */
void replay_match_begin(struct replay_match *m, struct packet_source *source,
                        uint64_t epoch_s);
void replay_match_end(struct replay_match *m);

/* Where the replay's trace goes. */
struct pcapng_out replay_match_out(struct replay_match *m);

/* The replay is over: is anything left in the trace? */
void replay_match_finish(struct replay_match *m);

/* True when all was the same so far. */
bool replay_match_good(const struct replay_match *m);

/* Explain the first difference. */
enum status replay_match_explain(const struct replay_match *m, FILE *to);

#endif
