/*
 * stats.h - what a lab has counted, as tables for people or as JSON.
 *
 * One table a kind of thing: buses, controllers on them, bridges, LANs, ICMB
 * segments; one row a thing, named by its machine. Rows of things that saw
 * nothing are left out. As JSON it is one line,
 *     {"stats":{"at_ns":...,"ipmb":[{"name":...,"frames":...}, ...], ...}}
 * with the same things and figures. Which figures there are stands in tables
 * in stats_table.c; a new counter takes one line there.
 */
#ifndef IPMILAB_CMD_STATS_H
#define IPMILAB_CMD_STATS_H

#include <stdio.h>

#include "sim/io/loop.h"

/* Write what lab has counted up to now. */
void stats_print(struct lab *lab, instant now, bool json, FILE *to);

/* Write it to standard output at each SIGUSR1, until loop_free(). ST_IO. */
struct stats_signal;
enum status stats_on_signal(struct loop *loop, bool json, struct stats_signal **out);

/* After loop_free(). */
void stats_signal_free(struct stats_signal *s);

#endif
