/*
 * plant.h - which of its planted bugs (sim/base/planted.h) a build for tests
 * has: the one that the environment variable IPMILAB_PLANT names.
 */
#ifndef IPMILAB_CMD_PLANT_H
#define IPMILAB_CMD_PLANT_H

#ifdef IPMILAB_PLANTED_BUGS

/* For --version: nobody should take such a build for a BMC. */
#define PLANT_VERSION " with planted bugs"

/*
 * Have the bug that the environment asks for, and give -1. An exit status
 * when that was all: IPMILAB_PLANT=list prints name, clause and sentence of
 * each, with tabs between; any other name that is no bug's is complained of.
 */
int plant_chosen(void);

#else

#define PLANT_VERSION ""

static inline int
plant_chosen(void)
{
    return -1;
}

#endif

#endif
