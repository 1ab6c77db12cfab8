/*
 * fault.h - the fault plan: what goes wrong, when, how often.
 *
 * Faults are data. A rule says which frames it means (link, direction,
 * netfn, command, LUN, sequence number, payload type, addresses, a window of
 * time), when it strikes (a probability, every nth match, so many times at
 * most) and what it does.
 *
 * There are two kinds of effects. Those of a link (FAULT_LOSE to
 * FAULT_TRUNCATE) befall what has crossed: a link asks the plan once for
 * each frame with fault_ask() and obeys the verdict; see link.h, which does
 * that for every kind of link. Those of the wire (FAULT_NAK and after) befall
 * a bus that octets are being put on; they exist on TAP_IPMB only, whose
 * medium asks with fault_ask_wire(), once for each frame, when the frame
 * first wants the wire and the wire is free. A frame that the wire did not
 * carry whole never gets to the link, nor to the rules of that kind.
 *
 * Rules are asked in the order in which they were armed, all of their kind
 * for each frame. Effects of several rules add up, except that a lost frame
 * is only lost, and that of rules with one effect the last says where to
 * corrupt, NAK or stick, and what else is not a span. Each rule draws from a
 * stream of its own, named after its id, so that arming one disturbs no
 * other. A rule does not match a frame that is too short for its effect (an
 * offset past the end, nothing to cut off, no such place). A plan belongs to
 * one chassis and is not thread-safe.
 *
 * What each effect takes from its rule (span is always span plus up to
 * jitter, but for FAULT_DUPLICATE and FAULT_REORDER):
 *
 *   FAULT_LOSE       nothing. The frame is gone.
 *   FAULT_DELAY      span.
 *   FAULT_DUPLICATE  count more copies (0: one), span apart.
 *   FAULT_REORDER    Held until the next frame of the same direction has
 *                    passed, or span is over (0: FAULT_REORDER_SPAN).
 *   FAULT_CORRUPT    XOR mask into count octets (0: one) from offset of
 *                    place; offset -1: anywhere in it, mask 0: a random
 *                    non-zero one. Octets past the end of place are spared.
 *   FAULT_TRUNCATE   Cut to count octets; 0: to a random length, at least 1.
 *
 *   FAULT_NAK        Octet offset is not acknowledged; 0 is the first, -1
 *                    the address (the second, in a broadcast).
 *   FAULT_STRETCH    The receiver holds the clock for span after octet
 *                    offset; -1: after each that it acknowledges.
 *   FAULT_COLLIDE    The frame waits until another node wants the wire, at
 *                    most for span (0: FAULT_COLLIDE_SPAN), and then both
 *                    start at one instant. What that costs is the bus
 *                    model's: both frames, or an arbitration.
 *   FAULT_BABBLE     A babbling node has taken the wire when this frame
 *                    wanted it, and hogs it for span; then it is free.
 *   FAULT_STICK      The receiver pulls SDA low when it acknowledges octet
 *                    offset (-1: the address) and does not let go: the frame
 *                    is lost, the sender learns it, nobody can send. Clocks
 *                    free the bus: a sender gives nine, and SDA is let go at
 *                    the ninth of those that begin when span is over, or at
 *                    clock number count since it stuck (0: no such clock).
 *   FAULT_BUSY       The target does not acknowledge its address for span
 *                    from now on, this frame's included.
 *   FAULT_DEAD       The target neither acknowledges nor sends for span.
 *   FAULT_CUT        A segment of the bus is cut off: of frames between an
 *                    address in set and one outside, the address is not
 *                    acknowledged. Others do not match.
 *
 * A busy, dead or stuck state lasts as it was struck, also when the rule is
 * disarmed meanwhile.
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
    FAULT_LOSE,
    FAULT_DELAY,
    FAULT_DUPLICATE,
    FAULT_REORDER,
    FAULT_CORRUPT,
    FAULT_TRUNCATE,
    FAULT_NAK,         /* from here on: of the wire */
    FAULT_STRETCH,
    FAULT_COLLIDE,
    FAULT_BABBLE,
    FAULT_STICK,
    FAULT_BUSY,
    FAULT_DEAD,
    FAULT_CUT,
    FAULT_EFFECTS
};

/* True for an effect that only the wire of a bus can have. */
static inline bool
fault_of_wire(enum fault_effect effect)
{
    return effect >= FAULT_NAK;
}

/* An effect in one word ("lose"); never NULL. */
const char *fault_effect_text(enum fault_effect effect);

#define FAULT_ANY (-1)   /* in a match field: any value */

#define FAULT_NAME_MAX 47                /* characters of a name that are kept */
#define FAULT_REORDER_SPAN SPAN_S(1)     /* where a rule gives no span */
#define FAULT_COLLIDE_SPAN SPAN_S(1)

/* Parts of a frame that a rule can name. */
enum fault_place {
    FAULT_AT_FRAME,        /* all of it */
    FAULT_AT_HEADER_SUM,   /* IPMB: the first checksum */
    FAULT_AT_DATA,         /* after the command, before the last checksum */
    FAULT_AT_DATA_SUM,     /* the last checksum */
    FAULT_PLACES
};

struct fault_part {
    uint16_t at, len;      /* len 0: the frame has no such part, or its link
                              does not know */
};

/* What a link knows of a frame. Fields it does not know are FAULT_ANY and
 * match only rules that do not ask for them. A bus knows all but the payload
 * type; a LAN knows LUN and sequence number of what comes in; only a bus
 * knows places. */
struct fault_frame {
    enum tap_link link;
    int number;         /* channel or bus */
    enum tap_dir dir;
    int netfn, cmd;     /* of the request or response inside, when known */
    int payload_type;   /* RMCP+ payload type 0..3Fh; IPMI 1.5 counts as 0 */
    int source, target; /* slave addresses, on a bus */
    int lun;            /* of the target: the one beside the netfn */
    int seq;            /* rqSeq, 0..3Fh */
    struct fault_part parts[FAULT_PLACES];   /* FAULT_AT_FRAME: not used */
    size_t len;
};

struct fault_rule {
    const char *name;        /* borrowed for the call; copied; shows in traces;
                                NULL or empty: "fault" */
    enum fault_effect effect;

    /* which frames */
    int link, number, dir;   /* FAULT_ANY or a value of the types above */
    int netfn, cmd, payload_type, source, target, lun, seq;
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
    enum fault_place place;    /* FAULT_CORRUPT only */
    uint64_t set[2];           /* FAULT_CUT only: see fault_set_add() */
};

/* All match fields FAULT_ANY, always, for ever, offset anywhere. */
struct fault_rule fault_rule_any(enum fault_effect effect);

/* Put an address (even) into the set of rule; and ask whether it is there. */
void fault_set_add(struct fault_rule *rule, uint8_t address);
bool fault_set_has(const struct fault_rule *rule, uint8_t address);

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

/*
 * What becomes of the wire because of one frame. Spans are 0 where no rule
 * says so. A rule's id stands beside what ends a frame, for its name.
 */
struct fault_wire {
    bool struck;              /* any rule struck */
    bool nak;                 /* for whatever reason of those above */
    bool stick;
    int16_t nak_at, stick_at, stretch_at;   /* octets; -1: the address */
    uint32_t nak_rule, stick_rule, babble_rule;
    uint32_t stick_clocks;
    instant stretch;          /* after each octet */
    instant stretch_once;     /* after octet stretch_at */
    instant collide;          /* waits so long for another */
    instant babble;
    instant stick_span;
    instant busy, dead;       /* the target, from now on */
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

/* The name of rule id; NULL when there is none. Valid until it is disarmed. */
const char *fault_name(const struct fault_plan *plan, uint32_t id);

/* True when some rule asks for netfn, cmd, LUN, sequence number or payload
 * type on link, so that the link must look into a frame before it asks. */
bool fault_wants_message(const struct fault_plan *plan, enum tap_link link);

/* True when no rule is armed; plan may be NULL. */
bool fault_idle(const struct fault_plan *plan);

/* The verdict on a frame at instant now. plan may be NULL. */
struct fault_verdict fault_ask(struct fault_plan *plan, instant now,
                               const struct fault_frame *f);

/* The verdict on a frame that wants the wire. plan may be NULL. */
struct fault_wire fault_ask_wire(struct fault_plan *plan, instant now,
                                 const struct fault_frame *f);

#endif
