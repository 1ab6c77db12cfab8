/*
 * link.h - one hop with a fate.
 *
 * A link carries frames in one direction: it asks the fault plan, tells the
 * tap, and delivers - at once, later, several times, damaged or never. The
 * plain case (no rule armed, nothing held) copies nothing. A held frame is
 * copied into a bounded store; when that is full, it is lost and counted.
 *
 * What the tap sees: one event a frame, just before its delivery, with the
 * octets as they arrive at the far end and, when a rule struck, the rule's
 * name as the reason. A frame that never arrives (lost, collided, NAKed) is
 * shown as it was sent, when it was sent. A frame that was struck in several
 * ways has the first of these fates that applies: duplicated (further copies
 * only), corrupted, truncated, delayed. So, of the frames sent,
 *
 *     frames = delivered + corrupted + truncated + delayed
 *            + lost + collided + NAKed + merged + holding - copies
 *
 * at any instant: holding counts all that is held, copies those of it that
 * are further copies. These count as duplicated when they arrive, or, when
 * the store could not hold them, as nothing at all.
 *
 * A receiver that drops what was delivered says so with link_ignored(), and
 * one that refuses it with link_refused(): an event without octets, as a
 * TAP_NOTE, that follows the frame's own. They count on top.
 *
 * A frame that is to be reordered waits until another of its direction has
 * been delivered in its stead, and is let go right behind it. The other is
 * not itself held back for the same reason: with every frame reordered, 1 2
 * 3 4 arrive as 2 1 4 3.
 */
#ifndef IPMILAB_ENGINE_LINK_H
#define IPMILAB_ENGINE_LINK_H

#include "sim/engine/fault.h"
#include "sim/engine/world.h"

#define LINK_HELD_MAX 64       /* frames held at once on one link */
#define LINK_FRAME_MAX 1500    /* octets of a frame that can be held */

/* What a link carries with a frame: kept for held frames, handed back. */
struct link_frame {
    struct fault_frame about;   /* about.len follows bytes.len by itself */
    struct peer local, remote;  /* LAN only */
    void *to;                   /* the receiver's own mark; kept as it is */
    struct bytes bytes;
};

/* Takes one delivered frame; bytes are borrowed for the call. It may send
 * into the same link again. */
typedef void link_deliver_fn(void *ctx, const struct link_frame *f);

struct link_held;

struct link {
    struct world *world;
    link_deliver_fn *deliver;
    void *ctx;
    struct link_held *held;     /* list by release; NULL while none */
    struct timer timer;
    uint32_t holding;
    uint32_t copies;            /* further ones, of what is held */
    uint64_t frames, octets;    /* sent into the link */
    uint64_t by_fate[FATES];
};

/* world and ctx are borrowed for the life of the link. The link must stay
 * where it is while it holds frames. */
void link_init(struct link *l, struct world *world, link_deliver_fn *deliver, void *ctx);

/* Drop what is held and disarm. */
void link_free(struct link *l);

/* Send one frame at the world's present instant. */
void link_send(struct link *l, const struct link_frame *f);

/*
 * Count and show a frame that the medium itself kept from arriving: fate is
 * FATE_LOST, FATE_COLLIDED or FATE_NAKED. No rule is asked.
 */
void link_failed(struct link *l, const struct link_frame *f, enum fate fate,
                 const char *why);

/* Count that f crossed as one with an equal frame, which is shown in its own
 * right; f itself only as a TAP_NOTE without octets. */
void link_merged(struct link *l, const struct link_frame *f, const char *why);

/* Count and show that the receiver dropped f, which was delivered to it, or
 * answered it with an error. why is a constant or lives for the call. */
void link_ignored(struct link *l, const struct link_frame *f, const char *why);
void link_refused(struct link *l, const struct link_frame *f, const char *why);

#endif
