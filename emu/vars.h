/*
 * vars.h - the variables that define sets and $name reads.
 *
 * Names are anything without a blank, case counts; setting one again
 * replaces its value. The text belongs to the pool given.
 */
#ifndef IPMILAB_EMU_VARS_H
#define IPMILAB_EMU_VARS_H

#include "emu/pool.h"

#define VARS_BUCKETS 64

struct var;

struct vars {
    struct pool *pool;
    struct var *bucket[VARS_BUCKETS];
};

/* None set. */
void vars_init(struct vars *vars, struct pool *pool);

/* Set one; the texts are copied. False when memory ran out. */
bool vars_set(struct vars *vars, const char *name, size_t name_len, const char *value);

/* The value, or NULL when there is no such variable. */
const char *vars_get(const struct vars *vars, const char *name, size_t name_len);

#endif
