/*
 * result_text.h - a result as octets, to be carried between processes of one
 * program: no format to keep.
 */
#ifndef IPMILAB_LUA_RESULT_TEXT_H
#define IPMILAB_LUA_RESULT_TEXT_H

#include "lua/scenario.h"

#include <stdio.h>

void result_write(const struct scenario_result *r, FILE *to);

/* False: the octets are no result; *out is all zero then. Else free it with
 * scenario_result_free(). */
bool result_read(struct bytes from, struct scenario_result *out);

#endif
