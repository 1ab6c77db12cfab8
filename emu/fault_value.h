/*
 * fault_value.h - the values of a fault's keys; for fault_words.c alone.
 */
#ifndef IPMILAB_EMU_FAULT_VALUE_H
#define IPMILAB_EMU_FAULT_VALUE_H

#include <stddef.h>

#include "emu/fault_words.h"

enum value_kind {
    VALUE_INT,           /* int: a number up to max */
    VALUE_U32,
    VALUE_U8,
    VALUE_OCTET,         /* int: a number, or "any" */
    VALUE_SPAN,          /* instant */
    VALUE_CHANCE,        /* ppm, given in percent */
    VALUE_DIR,
    VALUE_PART,
    VALUE_SEGMENT,
    VALUE_NAME,
};

/* A key, and where its value goes. */
struct fault_key {
    const char *word;
    enum value_kind kind;
    size_t member;
    uint32_t max;
    uint8_t says;                /* of an effect: how; 0: goes with all */
    const char *expected;
};

/* A part of a word, at its column. */
struct token fault_token_part(const struct token *t, size_t from, size_t len);

/* A number from 0 to max. */
bool fault_number(const struct token *t, uint32_t max, uint32_t *out);

/* Names go into traces: plain characters only; cut to FAULT_NAME_MAX. */
void fault_keep_name(struct fault_words *out, const char *text, size_t len);

/* Take the value of key into out. False: it is not what key->expected says. */
bool fault_value(struct fault_words *out, const struct fault_key *key, const struct token *t);

#endif
