/*
 * target.h - the world outside for "ipmilab test" and "ipmilab run": the folder
 * of its files, and the BMC that --target names.
 */
#ifndef IPMILAB_CMD_TARGET_H
#define IPMILAB_CMD_TARGET_H

#include "lua/outside.h"
#include "sim/cmd/options.h"

struct target_opts {
    const char *target;            /* NULL: none */
    const char *user, *password, *lan15, *start;
    uint64_t suite;
    bool writes;
};

#define TARGET_DEFAULTS { .user = "ADMIN", .password = "ADMIN", .suite = 3 }

/* Rows for options_parse(). */
#define TARGET_ROWS(o) \
    { "target", 0, OPTION_TEXT, &(o)->target, 0, 0, "HOST[:PORT]", \
      "what target() is in scenarios: a BMC there instead of one of the lab" }, \
    { "user", 'U', OPTION_TEXT, &(o)->user, 0, 0, "NAME", "to log in to it (ADMIN)" }, \
    { "password", 'P', OPTION_TEXT, &(o)->password, 0, 0, "WORD", "the same (ADMIN)" }, \
    { "suite", 0, OPTION_NUMBER, &(o)->suite, 0, 63, "N", "cipher suite for it (3)" }, \
    { "lan15", 0, OPTION_TEXT, &(o)->lan15, 0, 0, "TYPE", \
      "IPMI 1.5 for it instead: none, md2, md5 or straight" }, \
    { "allow-writes", 0, OPTION_FLAG, &(o)->writes, 0, 0, NULL, \
      "also play tests that change it" }, \
    { "target-start", 0, OPTION_TEXT, &(o)->start, 0, 0, "COMMAND", \
      "the shell's command that runs it: a fresh one for each test" }

struct target {
    struct outside_setup setup;
    struct outside_target bmc;
    char *host, *folder;
};

/* Name the folder, which plays make, and read the target. Returns -1, or an exit code after a
 * complaint; *out is to be closed in both cases. */
int target_open(const struct target_opts *opts, struct target *out);

/* Remove the folder, if it was made. */
void target_close(struct target *t);

/* "host", "host:port", "[v6]:port" or a bare IPv6 address; port is 623 unless
 * said. The host is to be freed. False: it is none of these. */
bool target_parse(const char *text, char **host, uint16_t *port);

#endif
