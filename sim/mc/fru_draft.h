/*
 * fru_draft.h - a FRU inventory that is rewritten as a whole: locked, written
 * piece by piece into a draft, and committed when it is right.
 *
 * One FRU of a controller is locked at a time. A lock that nobody uses for
 * DRAFT_TIMEOUT is over, and its draft with it; so it is after a cold reset.
 * A draft that is no well-formed inventory is not committed. The time-stamp
 * is that of the last commit, 0 before the first: the seconds of lab time.
 * Spec: PICMG 3.0 3.6.4 (as clients use it), VITA 46.11.
 */
#ifndef IPMILAB_MC_FRU_DRAFT_H
#define IPMILAB_MC_FRU_DRAFT_H

#include "sim/base/bytes.h"
#include "sim/base/status.h"
#include "sim/engine/instant.h"
#include "sim/ipmi/command.h"

struct mc;

#define DRAFT_TIMEOUT SPAN_S(20)

#define CC_DRAFT_BAD    CC_CMD_80   /* commit: no FRU information; write: not your lock */
#define CC_DRAFT_LOCKED CC_CMD_81

struct fru_draft {
    uint8_t fru;
    uint16_t lock;              /* id of the lock in force or last given */
    instant until;              /* of the lock; 0 = none */
    uint32_t stamp;
    uint8_t *octets;            /* NULL until written */
};

/* mc->draft: NULL until needed. */
enum status fru_draft_init(struct mc *mc);
void fru_draft_reset(struct mc *mc);
void fru_draft_free(struct mc *mc);

/* The operations of FRU Inventory Device Lock Control. */
enum fru_draft_op { DRAFT_GET, DRAFT_LOCK, DRAFT_DISCARD, DRAFT_COMMIT };

/* Do one; lock is read by the last two and told by all, as is the stamp. */
enum ipmi_cc fru_draft_control(struct mc *mc, uint8_t fru, uint8_t op, uint16_t *lock,
                               uint32_t *stamp);

/* Write into the draft. */
enum ipmi_cc fru_draft_write(struct mc *mc, uint8_t fru, uint16_t lock, uint16_t at,
                             struct bytes data);

#endif
