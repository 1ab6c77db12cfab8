#include "lua/outside_log.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_SIZE 4096

const char *
outside_code_text(enum outside_code code)
{
    static const char *const texts[OUTSIDE_CODES] = {
        [OUTSIDE_OPEN] = "programs and ports", [OUTSIDE_FIND] = "where a program is",
        [OUTSIDE_IDLE] = "whether programs run", [OUTSIDE_BUSY] = "whether programs run",
        [OUTSIDE_RESOLVED] = "an address", [OUTSIDE_FOLDER] = "the test's folder",
        [OUTSIDE_STARTED] = "a new program", [OUTSIDE_RUNS] = "a program's state",
        [OUTSIDE_STATE] = "a program's state", [OUTSIDE_SILENT] = "a program's output",
        [OUTSIDE_TOOK] = "a program's output", [OUTSIDE_WROTE] = "a program's input",
        [OUTSIDE_SIGNALLED] = "a signal", [OUTSIDE_LISTENS] = "a port of a BMC",
        [OUTSIDE_CALLED] = "a console before a BMC elsewhere",
        [OUTSIDE_HOST] = "an address in words",
        [OUTSIDE_DRIVES] = "another pace of time", [OUTSIDE_UNTIL] = "time to pass",
        [OUTSIDE_WAITED] = "time to pass", [OUTSIDE_DATAGRAM] = "time to pass",
        [OUTSIDE_ANSWER] = "time to pass",
    };

    return code < OUTSIDE_CODES && texts[code] != NULL ? texts[code] : "nothing more";
}

/* ---- writing ---- */

static void
put(struct outside_log *log, const void *from, size_t len)
{
    size_t size = log->size ? log->size : FIRST_SIZE;
    uint8_t *more;

    if (log->full || len > OUTSIDE_LOG_MAX - log->len) {
        log->full = true;
        return;
    }
    while (size - log->len < len || size == 0)
        size *= 2;
    if (size != log->size) {
        more = realloc(log->at, size);
        if (more == NULL) {
            log->full = true;
            return;
        }
        log->at = more;
        log->size = size;
    }
    if (len != 0)
        memcpy(log->at + log->len, from, len);
    log->len += len;
}

void
outside_log_code(struct outside_log *log, enum outside_code code)
{
    outside_log_number(log, (uint64_t)code, 1);
}

void
outside_log_number(struct outside_log *log, uint64_t v, unsigned octets)
{
    uint8_t bytes[8];

    for (unsigned i = 0; i < octets; i++)
        bytes[i] = (uint8_t)(v >> 8 * i);
    put(log, bytes, octets);
}

void
outside_log_octets(struct outside_log *log, struct bytes octets)
{
    outside_log_number(log, octets.len, 4);
    put(log, octets.at, octets.len);
}

void
outside_log_peer(struct outside_log *log, const struct peer *peer)
{
    outside_log_number(log, peer->family, 1);
    outside_log_number(log, peer->port, 2);
    put(log, peer->addr, sizeof peer->addr);
}

void
outside_log_piece(struct outside_log *log, struct bytes piece)
{
    put(log, piece.at, piece.len);
}

void
outside_log_free(struct outside_log *log)
{
    free(log->at);
    *log = (struct outside_log){ 0 };
}

/* ---- reading ---- */

/* The next octets; none, and bad, when there are not so many. */
static const uint8_t *
take(struct outside_reader *r, size_t len)
{
    const uint8_t *at = r->left.at;

    if (r->bad || len > r->left.len) {
        r->bad = true;
        return NULL;
    }
    r->left = bytes_of(at + len, r->left.len - len);
    return at;
}

enum outside_code
outside_read_peek(const struct outside_reader *r)
{
    uint8_t code = r->bad || r->left.len == 0 ? 0 : r->left.at[0];

    return code > 0 && code < OUTSIDE_CODES ? (enum outside_code)code : OUTSIDE_CODES;
}

uint64_t
outside_read_number(struct outside_reader *r, unsigned octets)
{
    const uint8_t *at = take(r, octets);
    uint64_t v = 0;

    for (unsigned i = 0; at != NULL && i < octets; i++)
        v |= (uint64_t)at[i] << 8 * i;
    return v;
}

struct bytes
outside_read_octets(struct outside_reader *r)
{
    size_t len = outside_read_number(r, 4);
    const uint8_t *at = take(r, len);

    return bytes_of(at, at != NULL ? len : 0);
}

struct peer
outside_read_peer(struct outside_reader *r)
{
    struct peer peer = { .family = (uint8_t)outside_read_number(r, 1) };
    const uint8_t *at;

    peer.port = (uint16_t)outside_read_number(r, 2);
    at = take(r, sizeof peer.addr);
    if (at != NULL)
        memcpy(peer.addr, at, sizeof peer.addr);
    return peer;
}
