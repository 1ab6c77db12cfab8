/*
 * oem_rows.h - commands from outside: rows that the user of the library, or a
 * scenario, adds to one controller or to all of a lab while it runs.
 *
 * A row stands before the controller's profiles and standard rows, those of
 * one controller before those of all. Its function answers as a handler does,
 * may have the next in line do it (mc_pass), and may add and remove rows, itself included: what it removes
 * passes requests on from then on. A list has at most one row of a command.
 */
#ifndef IPMILAB_MC_OEM_ROWS_H
#define IPMILAB_MC_OEM_ROWS_H

#include "sim/ipmi/command.h"

#define OEM_ROWS_MAX 1024        /* of a list */

/* As command_fn; ctx is the row's. */
typedef enum ipmi_cc oem_row_fn(void *ctx, struct mc *mc, struct ipmi_req *rq, struct wr *rs);

struct oem_row_facts {
    uint8_t netfn, cmd;
    uint32_t id;                 /* group id or IANA number, for those functions */
    uint8_t needs;               /* enum command_needs */
    uint16_t len_min, len_max;   /* as of struct command: id octets included */
    const char *name;            /* borrowed as long as the row; NULL: none */
    oem_row_fn *fn;
    void *ctx;
};

struct oem_row;

/* All zero: empty. */
struct oem_rows {
    struct command_layer layer;  /* for gates */
    struct command_set *set;     /* that of the layer */
    struct oem_row **list;
    size_t count, room;
    unsigned calls;              /* of their functions, under way */
    bool stale;                  /* some were removed and are still listed */
};

/* ST_EXISTS: the list has that command; ST_INVALID: an odd network function,
 * or lengths upside down; ST_FULL. *out names the row until it is removed. */
enum status oem_rows_add(struct oem_rows *rows, const struct oem_row_facts *facts,
                         struct oem_row **out);
void oem_row_remove(struct oem_row *row);

/* Remove all, and give back the memory. Not from within a function of theirs. */
void oem_rows_free(struct oem_rows *rows);

#endif
