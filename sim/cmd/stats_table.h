/*
 * stats_table.h - which figures there are of what a lab has counted, and how
 * a row of them is shown; for stats.c alone. A new counter takes one line in
 * stats_table.c.
 */
#ifndef IPMILAB_CMD_STATS_TABLE_H
#define IPMILAB_CMD_STATS_TABLE_H

#include <jansson.h>
#include <stdio.h>

#include "sim/engine/link.h"
#include "sim/lab/lab.h"
#include "sim/mc/mc_stats.h"

#define STATS_NAME_MAX 48

/* One counter of a struct. */
struct stats_figure {
    const char *key;         /* JSON's */
    const char *title;       /* of its column; NULL: below the row, where not 0 */
    size_t at;               /* a uint64_t in the struct */
};

/* All that is counted of a bus. */
struct bus_counts {
    struct medium_stats wire;
    uint64_t fates[FATES];
    uint64_t percent_100;    /* utilisation in hundredths of a percent */
};

/* All that is counted of a LAN channel. */
struct lan_counts {
    struct lan_stats lan;
    uint64_t lost_in, lost_out; /* to faults */
    uint64_t drops;             /* for all reasons */
    uint64_t sessions;
};

/* Tables, in the order in which they are shown. */
enum stats_kind { KIND_BUS, KIND_NODE, KIND_PORT, KIND_BRIDGE, KIND_LAN, KIND_ICMB, KINDS };

struct stats_table {
    const char *key, *title;
    const struct stats_figure *figures;
    size_t count;
};

extern const struct stats_table stats_tables[KINDS];

/* One row: a name and the struct that the table's figures are in. */
struct stats_row {
    char name[STATS_NAME_MAX];
    const void *counts;
    const uint64_t *drops; /* of a LAN, by reason; or NULL */
};

/* Where rows go. */
struct stats_report {
    struct lab *lab;
    instant now;
    FILE *to;
    json_t *json;          /* of all tables; NULL: text */
    enum stats_kind kind;
    json_t *rows;          /* of this kind */
    bool begun;            /* its title is out */
};

/* Show a row of the present kind, unless all of its figures are 0. */
void stats_put(struct stats_report *r, const struct stats_row *row);

#endif
