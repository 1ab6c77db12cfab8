/*
 * ipmilab_impl.h - the public lab from the inside, for the files behind
 * ipmilab.h.
 */
#ifndef IPMILAB_LAB_IPMILAB_IMPL_H
#define IPMILAB_LAB_IPMILAB_IMPL_H

#include "sim/lab/ipmilab.h"
#include "sim/lab/lab.h"

/* One BMC's endpoint; its address is the mark in the outbox. */
struct endpoint {
    struct chassis_unit *unit;
    struct lan *lan;
    int number;
};

struct hook;

struct ipmilab {
    struct lab *lab;
    struct endpoint **endpoints;
    int count;
    size_t sent;              /* of the outbox's entries, those taken */
    struct hook **hooks;      /* commands of the user's, by number; NULL: none now */
    int hook_count;
    ipmilab_pef_fn *pef;
    void *pef_ctx;
};

/* Forget the user's commands; their controllers are gone. */
void hooks_free(struct ipmilab *lab);

#endif
