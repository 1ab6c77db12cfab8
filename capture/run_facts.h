/*
 * run_facts.h - what a run is made of, besides its inputs: in the comments of
 * a trace's section header, as JSON.
 *
 *     {"ipmilab run": 1, "version": "0.1.0", "epoch": 1767225600,
 *      "seed": "1", "entropy": "seed", "count": 1,
 *      "files": ["server-1u.emu"], "users": ["admin:secret"],
 *      "faults": ["ipmb lose 5%"],
 *      "texts": [{"name": "server-1u.emu", "text": "..."}, ...]}
 *
 * "texts" are all files that were read, under the names by which they were
 * opened, so that the machines can be made again anywhere; one that is not
 * UTF-8 has "hex" instead of "text". With "entropy": "system" there is "root":
 * the key drawn instead of the seed's, in hex. Numbers that may need 64 bits
 * are strings.
 *
 * A section comment has no more than 65,535 octets: the text is cut into
 * several, each behind RUN_FACTS_MARK. Comments without it are others'.
 *
 * Passwords are part of a machine: so they stand in its trace.
 */
#ifndef IPMILAB_CAPTURE_RUN_FACTS_H
#define IPMILAB_CAPTURE_RUN_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/base/bytes.h"
#include "sim/base/status.h"

#define RUN_FACTS_MARK "ipmilab-run:"
#define RUN_FACTS_TEXTS_MAX 4096

struct run_text {
    const char *name;
    struct bytes text;
};

struct run_facts {
    const char *version;           /* of the program that made it */
    uint64_t epoch_s, seed;
    bool system_entropy;
    uint64_t root;                 /* with system_entropy */
    uint32_t count;                /* chassis of each machine */
    const char *const *files;      /* in the order given */
    size_t file_count;
    const char *const *users;      /* NAME:PASSWORD */
    size_t user_count;
    const char *const *faults;
    size_t fault_count;
    const struct run_text *texts;
    size_t text_count;
};

/* The JSON of facts, malloc()ed, NUL-terminated, ASCII; NULL: no memory. */
char *run_facts_print(const struct run_facts *facts);

/*
 * Read len octets of JSON. *out is malloc()ed whole and is let go by
 * run_facts_free(). ST_INVALID: *why says what was expected; ST_NOMEM.
 */
enum status run_facts_read(const char *json, size_t len, struct run_facts **out,
                           const char **why);
void run_facts_free(struct run_facts *facts);

/*
 * Cut text into comments: *out is malloc()ed as one piece, *count spans of
 * at most max octets, each with its mark. ST_NOMEM.
 */
enum status run_facts_cut(const char *text, size_t max, struct bytes **out, size_t *count);

#endif
