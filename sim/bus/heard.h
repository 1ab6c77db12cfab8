/*
 * heard.h - the requests that a port heard lately, and what it answered: the
 * duplicate filter of ipmb_port.h, where its rules are.
 *
 * Entries are found by number and generation, since one may have been given
 * to another request before a late answer comes.
 */
#ifndef IPMILAB_BUS_HEARD_H
#define IPMILAB_BUS_HEARD_H

#include "sim/bus/medium.h"
#include "sim/wire/ipmb.h"

struct heard_entry {
    bool used;
    bool answered;            /* reply holds the response */
    uint8_t source, source_lun, lun, seq, netfn, cmd;
    uint8_t later;            /* other requests of that source since */
    uint8_t data_len;
    uint8_t reply_len;
    uint32_t data_hash;
    uint32_t generation;
    instant at;               /* when it was heard first */
    uint8_t reply[MEDIUM_FRAME_MAX];
};

struct heard {
    struct heard_entry *entries;
    uint32_t count;           /* entries there are, used or not */
    uint32_t generations;
};

/* Empty; owns nothing yet. */
void heard_init(struct heard *h);
void heard_free(struct heard *h);

/* Forget all entries, keep the memory. */
void heard_clear(struct heard *h);

/* The entry of the request that f repeats; NULL when f is new. Valid until
 * the next call. */
const struct heard_entry *heard_find(const struct heard *h, instant now,
                                     const struct ipmb_frame *f);

/*
 * Enter f, a new request. Gives its entry: an unused or expired one, a
 * further one up to IPMB_PORT_DUPLICATES_MAX, or the oldest. False when
 * there is no memory for the first.
 */
bool heard_enter(struct heard *h, instant now, const struct ipmb_frame *f,
                 uint32_t *number, uint32_t *generation);

/* Keep the response to the request of an entry, if it is still there. */
void heard_answer(struct heard *h, uint32_t number, uint32_t generation,
                  struct bytes reply);

#endif
