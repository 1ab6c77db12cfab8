/*
 * backing.h - files of this computer behind FRUs, for the core.
 *
 * Each access reads or writes the file; nothing is kept, so that other
 * programs see and may change what is there.
 */
#ifndef IPMILAB_IO_BACKING_H
#define IPMILAB_IO_BACKING_H

#include "sim/mc/mc.h"

/* The functions; constant, without context. */
const struct mc_backing *backing_files(void);

#endif
