/*
 * run_texts.h - the files that a run was made from, as JSON: what run_facts.c
 * and play_facts.c share.
 */
#ifndef IPMILAB_CAPTURE_RUN_TEXTS_H
#define IPMILAB_CAPTURE_RUN_TEXTS_H

#include <jansson.h>

#include "capture/run_facts.h"

struct run_texts {
    struct run_text *at;
    size_t count;
    uint8_t **octets;              /* of texts in hex; NULL for the others */
};

json_t *run_texts_print(const struct run_text *texts, size_t count);

/* Read a list into *out, which begins zeroed and points into the list. Returns
 * what is wrong, or NULL; run_texts_free() in either case. */
const char *run_texts_read(const json_t *list, struct run_texts *out);
void run_texts_free(struct run_texts *texts);

#endif
