/*
 * outbox.h - datagrams to be sent, in order.
 *
 * The core appends; whoever drives it (a loop, a test, a replay) takes them
 * out after each call. Storage is fixed at creation. An outbox serves all
 * chassis of one thread. When it is full, more is dropped and counted:
 * drivers empty it between batches, so that only a driver's bug can fill it.
 */
#ifndef IPMILAB_ENGINE_OUTBOX_H
#define IPMILAB_ENGINE_OUTBOX_H

#include "sim/base/status.h"
#include "sim/base/wr.h"
#include "sim/engine/instant.h"
#include "sim/engine/peer.h"

#define OUTBOX_DATAGRAM_MAX 1472   /* an Ethernet frame's UDP payload */

struct outbox_entry {
    instant at;
    void *endpoint;       /* who sends: whatever the driver gave the link */
    struct peer to;
    struct bytes bytes;   /* in the outbox; valid until it is cleared */
};

struct outbox;

/* Make one for up to datagrams entries (at most 65536). */
enum status outbox_new(size_t datagrams, struct outbox **out);
void outbox_free(struct outbox *ob);

/*
 * Begin a datagram: a cursor with OUTBOX_DATAGRAM_MAX octets of room in the
 * outbox itself. Ends with outbox_end(); beginning again without it starts
 * over. When the outbox is full the cursor has no room and is bad.
 */
struct wr outbox_begin(struct outbox *ob);

/* Append what w holds, unless it is bad or empty (then it is counted). */
void outbox_end(struct outbox *ob, const struct wr *w, instant at, void *endpoint,
                const struct peer *to);

/* Append a ready datagram: begin, copy, end. */
void outbox_put(struct outbox *ob, instant at, void *endpoint, const struct peer *to,
                struct bytes datagram);

/* Entries waiting, and the i-th of them. */
size_t outbox_count(const struct outbox *ob);
const struct outbox_entry *outbox_at(const struct outbox *ob, size_t i);

/* Forget all entries. */
void outbox_clear(struct outbox *ob);

/* Datagrams dropped because the outbox was full or the writer overran. */
uint64_t outbox_dropped(const struct outbox *ob);

#endif
