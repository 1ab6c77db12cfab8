/*
 * outside_log.h - what the world outside gave a play, in the order in which
 * the play asked: written while a run is recorded (outside_record.h), given
 * again in its replay (outside_replay.h).
 *
 * A scenario does the same again when it is given the same; so this, with its
 * text and the seed, is all that a run is made of. The log is octets; each
 * answer is a code and its fields, numbers little-endian, texts and octets
 * behind their length (4):
 *
 *     open       status                      find       good, path
 *     busy       (two codes: no, yes)        resolve    status, peer
 *     folder     good, path                  start      status, errno (4), id (4)
 *     runs       of a state that says no more than that it runs
 *     state      good, ended, late, status (4), signal (4), ns (8), lost (8, 8)
 *     silent     take() gave nothing         take       errors, octets
 *     write      status                      signal     good
 *     listen     status, errno (4), peer     call       status
 *     host       octets: an address in words
 *     drive      nothing                     until      the wait's own end
 *     wait       the instant (8)
 *     datagram   within a wait: unit (4), lan, instant (8), peer, octets
 *     answer     the same: call (4), instant (8), peer, octets
 *
 *     peer: family (0, 4 or 6), port (2), address (16)
 */
#ifndef IPMILAB_LUA_OUTSIDE_LOG_H
#define IPMILAB_LUA_OUTSIDE_LOG_H

#include <stdbool.h>

#include "sim/base/bytes.h"
#include "sim/base/status.h"
#include "sim/engine/instant.h"
#include "sim/engine/peer.h"

#define OUTSIDE_LOG_MAX (32u << 20)    /* octets; what comes after is not kept */

enum outside_code {
    OUTSIDE_OPEN = 1, OUTSIDE_FIND, OUTSIDE_IDLE, OUTSIDE_BUSY, OUTSIDE_RESOLVED,
    OUTSIDE_FOLDER, OUTSIDE_STARTED, OUTSIDE_RUNS, OUTSIDE_STATE, OUTSIDE_SILENT,
    OUTSIDE_TOOK, OUTSIDE_WROTE, OUTSIDE_SIGNALLED, OUTSIDE_LISTENS, OUTSIDE_CALLED,
    OUTSIDE_HOST, OUTSIDE_DRIVES, OUTSIDE_UNTIL, OUTSIDE_WAITED, OUTSIDE_DATAGRAM, OUTSIDE_ANSWER,
    OUTSIDE_CODES
};

/* A code in a word or two, as in "the scenario asks for a program's output". */
const char *outside_code_text(enum outside_code code);

/* ---- writing ---- */

struct outside_log {
    uint8_t *at;
    size_t len, size;
    bool full;                     /* something was not kept: of no use for a replay */
};

void outside_log_code(struct outside_log *log, enum outside_code code);
void outside_log_number(struct outside_log *log, uint64_t v, unsigned octets);
void outside_log_octets(struct outside_log *log, struct bytes octets);
void outside_log_peer(struct outside_log *log, const struct peer *peer);
void outside_log_piece(struct outside_log *log, struct bytes piece);    /* of another log */
void outside_log_free(struct outside_log *log);

/* ---- reading: zero, and bad, past the end ---- */

struct outside_reader {
    struct bytes left;
    bool bad;
};

/* The next code, which stays; OUTSIDE_CODES at the end, or for none. */
enum outside_code outside_read_peek(const struct outside_reader *r);
uint64_t outside_read_number(struct outside_reader *r, unsigned octets);
struct bytes outside_read_octets(struct outside_reader *r);     /* of the log's */
struct peer outside_read_peer(struct outside_reader *r);

#endif
