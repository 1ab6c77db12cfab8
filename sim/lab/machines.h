/*
 * machines.h - what a loader hands to the library's public interface: the
 * inside of struct ipmilab_machines (ipmilab.h), and status as its errors.
 */
#ifndef IPMILAB_LAB_MACHINES_H
#define IPMILAB_LAB_MACHINES_H

#include "sim/lab/description.h"

struct ipmilab_machines {
    struct description **at;     /* a reference of each is owned */
    size_t count;
};

/* An enum status as one of ipmilab.h's errors; 0 for ST_OK. */
int ipmilab_error(int status);

#endif
