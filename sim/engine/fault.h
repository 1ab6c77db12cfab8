/*
 * fault.h - the fault plan: what goes wrong, when, how often.
 *
 * Faults are data. A rule says which frames it means (link, direction,
 * netfn, command, payload type, addresses, a window of time), when it
 * strikes (a probability, every nth match, so many times at most) and what
 * it does. A link asks the plan once for each frame and obeys the verdict;
 * see link.h, which does that for every kind of link.
 *
 * Rules are asked in the order in which they were armed, all of them for
 * each frame; effects of several rules add up, except that a lost frame is
 * only lost and that the last rule to corrupt says where. Each rule draws
 * from a stream of its own, named after its id, so that arming one disturbs
 * no other. A rule does not match a frame that is too short for its effect
 * (an offset past the end, nothing to cut off). A plan belongs to one chassis
 * and is not thread-safe.
 */
#ifndef IPMILAB_ENGINE_FAULT_H
#define IPMILAB_ENGINE_FAULT_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/base/status.h"
#include "sim/engine/instant.h"
#include "sim/engine/rng.h"
#include "sim/engine/tap.h"

enum fault_effect {
    FAULT_LOSE,       /* the frame is gone */
    FAULT_DELAY,      /* by span, plus up to jitter */
    FAULT_DUPLICATE,  /* count more copies (0: one), span apart */
    FAULT_REORDER,    /* held until the next frame of the same direction has
                         passed, or span is over */
    FAULT_CORRUPT,    /* XOR mask into count octets (0: one) from offset;
                         offset -1: anywhere, mask 0: a random non-zero one */
    FAULT_TRUNCATE,   /* cut to count octets; count 0: to a random length,
                         at least 1 */
    FAULT_EFFECTS
};

#define FAULT_ANY (-1)   /* in a match field: any value */

#define FAULT_NAME_MAX 47                /* characters of a name that are kept */
#define FAULT_REORDER_SPAN SPAN_S(1)     /* where a rule gives no span */

/* What a link knows of a frame. Fields it does not know are FAULT_ANY and
 * match only rules that do not ask for them. */
struct fault_frame {
    enum tap_link link;
    int number;         /* channel or bus */
    enum tap_dir dir;
    int netfn, cmd;     /* of the request or response inside, when known */
    int payload_type;   /* RMCP+ payload type 0..3Fh; IPMI 1.5 counts as 0 */
    int source, target; /* slave addresses, on a bus */
    size_t len;
};

struct fault_rule {
    const char *name;        /* borrowed for the call; copied; shows in traces;
                                NULL or empty: "fault" */
    enum fault_effect effect;

    /* which frames */
    int link, number, dir;   /* FAULT_ANY or a value of the types above */
    int netfn, cmd, payload_type, source, target;
    instant from, until;     /* window; until 0 = for ever */

    /* when it strikes */
    uint32_t probability_ppm;  /* 0 = always (1,000,000) */
    uint32_t every;            /* strikes at every nth match; 0 and 1 = each */
    uint32_t times;            /* strikes at most so often; 0 = no limit */

    /* how */
    instant span, jitter;
    int offset;
    uint32_t count;
    uint8_t mask;
};

/* All match fields FAULT_ANY, always, for ever, offset anywhere. */
struct fault_rule fault_rule_any(enum fault_effect effect);

#define FAULT_COPIES_MAX 8

/* What becomes of one frame. copies[0] is the frame itself. */
struct fault_verdict {
    bool struck;              /* any rule struck: the slow path */
    bool lost;
    bool reorder;
    instant reorder_span;
    uint8_t copies;           /* 1 and more */
    instant delay[FAULT_COPIES_MAX];
    size_t cut;               /* length left; SIZE_MAX = whole */
    int corrupt_at;           /* first octet to damage, -1 = none */
    uint32_t corrupt_len;
    uint8_t corrupt_mask;
    const char *name;         /* of the rule that lost it, or the last that
                                 struck; valid until that rule is disarmed */
};

struct fault_plan;

/* An empty plan drawing from key; asking an empty plan costs one test. */
enum status fault_plan_new(struct rng_key key, struct fault_plan **out);
void fault_plan_free(struct fault_plan *plan);

/*
 * Arm a copy of rule. Its id, from 1 and never used again, is for
 * fault_disarm; ST_FULL past FAULT_RULES_MAX, ST_INVALID for a rule that
 * contradicts itself or can never match, ST_NOMEM.
 */
#define FAULT_RULES_MAX 256
enum status fault_arm(struct fault_plan *plan, const struct fault_rule *rule, uint32_t *id);
bool fault_disarm(struct fault_plan *plan, uint32_t id);
void fault_disarm_all(struct fault_plan *plan);

/* How often rule id matched and struck; false when there is none. */
bool fault_counts(const struct fault_plan *plan, uint32_t id, uint64_t *matched,
                  uint64_t *struck);

/* True when some rule asks for netfn, cmd or payload type on link, so that
 * the link must look into a frame before it asks. */
bool fault_wants_message(const struct fault_plan *plan, enum tap_link link);

/* True when no rule is armed; plan may be NULL. */
bool fault_idle(const struct fault_plan *plan);

/* The verdict on a frame at instant now. plan may be NULL. */
struct fault_verdict fault_ask(struct fault_plan *plan, instant now,
                               const struct fault_frame *f);

#endif
