/*
 * command_names.h - the names of commands, as our own rows have them: those
 * of the specifications, and of manufacturers who are told by an IANA number
 * in front of the data. Those of network functions 30h and up mean something
 * else with every manufacturer and have none.
 */
#ifndef IPMILAB_CAPTURE_COMMAND_NAMES_H
#define IPMILAB_CAPTURE_COMMAND_NAMES_H

#include <stdint.h>

struct command_names;

/* NULL: no memory. */
struct command_names *command_names_new(void);
void command_names_free(struct command_names *names);

/* The name of a command; netfn may be that of the response, id is the group
 * or IANA number (else 0). NULL when it is not known. */
const char *command_name(const struct command_names *names, unsigned netfn, unsigned cmd,
                         uint32_t id);

#endif
