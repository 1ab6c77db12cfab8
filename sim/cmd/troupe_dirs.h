/*
 * troupe_dirs.h - where scenarios look for machines by name: the folders of
 * --machines, that of the environment variable IPMILAB_MACHINES, that of the
 * installed ones.
 */
#ifndef IPMILAB_CMD_TROUPE_DIRS_H
#define IPMILAB_CMD_TROUPE_DIRS_H

#include "lua/troupe.h"
#include "sim/cmd/options.h"

void troupe_dirs(struct troupe *t, const struct option_texts *first);

#endif
