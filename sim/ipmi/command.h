/*
 * command.h - command rows, their lookup, and the gate.
 *
 * Everything true of a command stands in one row. Rows come in constant
 * tables, one a subject (sel_cmds, chassis_cmds, ...); a command_set joins
 * the tables of a program into one index, made once and shared, immutable,
 * by all controllers. A controller may have further sets, of manufacturers'
 * commands (sim/mc/oem.h), that are looked up before that one; of several rows
 * of a command the first that takes a request of that length answers it, or
 * else refuses it. The gate - one for all channels - decides in this order: is
 * there such a command (C1h), is the LUN ours (C2h), may it be asked here and
 * at this privilege (D4h), does the firmware firewall let it by (D4h, D6h), is
 * the length right (C7h). Only then the handler runs, and only says what the
 * command does.
 *
 * Other LUNs than 0 are ours for the sensor network function, since sensors
 * and device SDRs live on LUNs, and for those of manufacturers (2Eh, 30h and
 * up), who do as they like; the rest of a controller is on LUN 0 alone.
 *
 * Spec: IPMI v2.0 5 (codes), Appendix G (privileges), H (sub-functions).
 */
#ifndef IPMILAB_IPMI_COMMAND_H
#define IPMILAB_IPMI_COMMAND_H

#include "sim/base/status.h"
#include "sim/ipmi/request.h"

struct mc;   /* the device behind the rows; opaque here */

/*
 * Do the command: read rq->data (already of a legal length, and past the
 * group or IANA octets), write the answer's data after the completion code
 * (the group or IANA octets are there already), return the completion code.
 * Returning non-zero after writing sends what was written as well; reset
 * the cursor where that is not meant. CC_LATER: the answer comes later
 * through rq->from; CC_SILENT: never. A handler that read past the end of
 * its data and still returned CC_OK is answered C7h.
 */
typedef enum ipmi_cc command_fn(struct mc *mc, struct ipmi_req *rq, struct wr *rs);

/* Where a command may come from; a row's needs. */
enum command_needs {
    NEEDS_NOTHING = 0,               /* any time, also outside a session */
    NEEDS_CALLBACK = PRIV_CALLBACK,
    NEEDS_USER = PRIV_USER,
    NEEDS_OPERATOR = PRIV_OPERATOR,
    NEEDS_ADMIN = PRIV_ADMIN,
    NEEDS_SYSTEM = PRIV_SYSTEM,      /* not from a session channel */
    NEEDS_HANDLER = 0x80,            /* the handler decides (payload dependent, ...) */
};

/*
 * With a row's needs: it only reads. Carried out twice it changes nothing more
 * than once, so that a request which comes again is answered anew, with what
 * is so then. Of a row without it the answer is kept for requests that come
 * again, and so it is of commands that read or write as their data says.
 */
#define READS 0x40

/* Groups that a machine may lack; bits of command_group. A row with 0 is
 * always there. The first eight are the device support bits of Get Device ID. */
enum command_group {
    GROUP_SENSOR_DEVICE = 1u << 0,
    GROUP_SDR_REPOSITORY = 1u << 1,
    GROUP_SEL_DEVICE = 1u << 2,
    GROUP_FRU_DEVICE = 1u << 3,
    GROUP_EVENT_RECEIVER = 1u << 4,
    GROUP_EVENT_GENERATOR = 1u << 5,
    GROUP_BRIDGE_DEVICE = 1u << 6,
    GROUP_CHASSIS_DEVICE = 1u << 7,
    GROUP_BMC = 1u << 8,             /* only the controller that owns channels */
    GROUP_LAN = 1u << 9,
    GROUP_SERIAL = 1u << 10,
    GROUP_SOL = 1u << 11,
    GROUP_PEF = 1u << 12,
    GROUP_WATCHDOG = 1u << 13,
    GROUP_DCMI_CMDS = 1u << 14,
    GROUP_PICMG_CMDS = 1u << 15,
    GROUP_DEVICE_SDRS = 1u << 16,
    GROUP_FIREWALL = 1u << 17,
    GROUP_HPM = 1u << 18,
    GROUP_VITA_CMDS = 1u << 19,
    GROUP_ICMB = 1u << 20,
    GROUP_OEM_CMDS = 1u << 21,
    GROUP_SHELF_MANAGER = 1u << 22,  /* the BMC of an ATCA shelf or a VITA chassis */
    GROUP_FAN_TRAY = 1u << 23,       /* with PICMG or VITA, and fans */
    GROUP_POWER_MODULE = 1u << 24,   /* MicroTCA */
    GROUP_TELCO_ALARM = 1u << 25,
    GROUP_CHANNELS = 1u << 26,       /* has more than the one bus */
};

#define LEN_ANY 0xffff

struct command {
    uint8_t netfn, cmd;
    const char *name;        /* as the specification spells it */
    uint8_t needs;           /* enum command_needs, maybe with READS */
    uint16_t len_min, len_max;   /* request data octets (group / IANA octets included) */
    uint32_t group;          /* enum command_group bits, all needed; 0 = always there */
    command_fn *handler;
    const char *section;     /* "31.5" */
};

/* A row's needs alone, enum command_needs. */
static inline uint8_t
command_needs(const struct command *row)
{
    return (uint8_t)(row->needs & ~READS);
}

/*
 * The id in front of the data of NETFN_GROUP and NETFN_OEM rows. Of NETFN_OEM
 * rows whose manufacturer leaves it out (Sun), so that the data is all the
 * command's: COMMAND_NO_IANA, looked up after the id that the data begins with.
 */
#define COMMAND_NO_IANA 0xff000000u

struct command_table {
    const char *subject;     /* "sel": for the list and for errors */
    const struct command *rows;
    size_t count;
    uint32_t id;             /* group id, or IANA number; else 0 */
};

struct command_set;

/*
 * Join tables (borrowed, constant). ST_EXISTS when two rows collide,
 * ST_INVALID when one has an odd network function, no handler or lengths
 * upside down.
 */
enum status command_set_new(const struct command_table *const *tables, size_t count,
                            struct command_set **out);
void command_set_free(struct command_set *set);

/* Find a row; id is the group or IANA number for those netfns, else 0. NULL. */
const struct command *command_find(const struct command_set *set, unsigned netfn,
                                   unsigned cmd, uint32_t id);

/* Walk all rows in order of netfn, id, cmd; NULL after the last. table may be NULL. */
const struct command *command_nth(const struct command_set *set, size_t n,
                                  const struct command_table **table);

/* A set that may be exchanged between two requests, at many gates at once.
 * NULL: no command. */
struct command_layer {
    const struct command_set *set;
};

/* What the gate must know of the controller. */
struct command_gate {
    const struct command_set *set;
    const struct command_layer *const *layers; /* looked up before set, in order; */
    unsigned layer_count;                      /* so many of them, borrowed */
    uint32_t groups;         /* what this controller has */
    bool closed;             /* disabled: nothing is answered */
    /* The firmware firewall's say, or NULL: what is not CC_OK refuses. id as
     * for command_find(). */
    enum ipmi_cc (*allows)(void *ctx, const struct ipmi_req *rq, const struct command *row,
                           uint32_t id);
    void *allows_ctx;
    uint64_t *accepted, *refused;   /* counters; may be NULL */
};

/*
 * The row that answers: of the first set that has one whose groups are there.
 * And the one that would answer if that row and those before it were not
 * there (after NULL: the first). NULL when there is none.
 */
const struct command *command_gate_find_after(const struct command_gate *gate,
                                              const struct command *after, unsigned netfn,
                                              unsigned cmd, uint32_t id);

static inline const struct command *
command_gate_find(const struct command_gate *gate, unsigned netfn, unsigned cmd, uint32_t id)
{
    return command_gate_find_after(gate, NULL, netfn, cmd, id);
}

/* Walk the rows of all sets, one set after the other, whatever their groups;
 * one that another hides comes as well. NULL after the last. */
const struct command *command_gate_nth(const struct command_gate *gate, size_t n,
                                       const struct command_table **table);

/*
 * Pass rq through the gate and, when it may, to its handler; answer through
 * rq->from (for NETFN_GROUP and NETFN_OEM with the id in front of the data,
 * also on errors). The answer is built in place; nothing is allocated. A
 * closed gate answers nothing.
 */
void command_dispatch(const struct command_gate *gate, struct mc *mc, struct ipmi_req *rq);

/*
 * From within a handler: let the row do it that would have answered if
 * rq->row were not there, with what rq->data has left, and return what it
 * returns. Its privilege and lengths count; C1h when there is none.
 */
enum ipmi_cc command_pass(const struct command_gate *gate, struct mc *mc, struct ipmi_req *rq,
                          struct wr *rs);

/* The same where rq->row's privilege stands for those of the rows behind it. */
enum ipmi_cc command_pass_open(const struct command_gate *gate, struct mc *mc,
                               struct ipmi_req *rq, struct wr *rs);

#endif
