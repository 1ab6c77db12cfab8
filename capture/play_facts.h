/*
 * play_facts.h - what a run of a scenario is made of: in the comments of a
 * trace's section header, as JSON, cut into pieces like that of run_facts.h.
 *
 *     {"ipmilab scenario": 1, "version": "0.1.0", "seed": "1",
 *      "path": "fan.lua", "text": "test(...", "test": 1,
 *      "name": "a fan that stops is logged", "args": [], "folders": [...],
 *      "outside": false, "cut": false,
 *      "texts": [{"name": "server-1u.emu", "text": "..."}, ...]}
 *
 * A scenario is its own record: played again with the same seed it gives the
 * same lab, and does the same to it at the same instants. "test" counts from
 * 1; 0 stands for all tests of the file, one after the other. "folders" are
 * where machines were looked for, and "texts" the files that were read, as in
 * run_facts.h, so that nothing but the trace is needed. With "outside",
 * programs or BMCs elsewhere took part: what came of those is kept as inputs
 * (lua/outside_log.h), and "target" is what the scenario knew of the BMC that
 * was tested. "cut": the trace ends before the run did.
 */
#ifndef IPMILAB_CAPTURE_PLAY_FACTS_H
#define IPMILAB_CAPTURE_PLAY_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "capture/run_facts.h"

#define PLAY_FACTS_WORDS_MAX 256       /* arguments; folders */

struct play_target {
    const char *host;                  /* NULL: there was none */
    uint16_t port;
    const char *user, *password;
    unsigned suite;
    const char *lan15;                 /* or NULL */
    bool writes;
    const char *start;                 /* or NULL: the command that ran it */
};

struct play_facts {
    const char *version;               /* of the program that made it */
    uint64_t seed;
    const char *path;                  /* as it was given */
    struct bytes text;                 /* of the scenario */
    uint32_t test;
    const char *name;                  /* of the test; "" for all */
    const char *const *args;
    size_t arg_count;
    const char *const *folders;
    size_t folder_count;
    const struct run_text *texts;
    size_t text_count;
    bool outside, cut;
    struct play_target target;
};

/* The JSON of facts, malloc()ed, NUL-terminated, ASCII. NULL: no memory, or
 * the scenario's text is not UTF-8. */
char *play_facts_print(const struct play_facts *facts);

/* True when JSON, len octets, is that of a scenario's run, right or wrong. */
bool play_facts_are(const char *json, size_t len);

/*
 * Read them. *out is malloc()ed whole and is let go by play_facts_free().
 * ST_INVALID: *why says what was expected; ST_NOMEM.
 */
enum status play_facts_read(const char *json, size_t len, struct play_facts **out,
                            const char **why);
void play_facts_free(struct play_facts *facts);

#endif
