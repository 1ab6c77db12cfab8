/*
 * filter.h - which packets are meant: terms that all must hold.
 *
 *     lane=ipmb0,netfn=06h,cmd=01h
 *     kind=rakp1  kind!=encrypted  cc!=0  host=192.0.2.1  text=selftest
 *
 * A term is NAME=VALUE or NAME!=VALUE; terms are separated by commas. Numbers
 * are decimal, or hexadecimal as 0x1f or 1Fh; A..B means a range. Words are
 * compared without case; text= and comment= look for the word anywhere.
 */
#ifndef IPMILAB_CAPTURE_FILTER_H
#define IPMILAB_CAPTURE_FILTER_H

#include "capture/dissect.h"
#include "capture/packet.h"

#define FILTER_TERMS_MAX 32
#define FILTER_WORD_MAX 64

struct filter_row;

struct filter_term {
    const struct filter_row *row;
    bool not;
    uint64_t from, to;                 /* of numbers */
    char word[FILTER_WORD_MAX];
};

/* None of them: all packets are meant. */
struct filter {
    struct filter_term terms[FILTER_TERMS_MAX];
    unsigned count;
};

/* Add the terms of text. False: error says what is wrong. */
bool filter_add(struct filter *f, const char *text, char *error, size_t size);

/* Is p, which became d, meant? */
bool filter_holds(const struct filter *f, const struct packet *p, const struct dissection *d);

/* The names of terms and what they mean, the n-th; NULL past the last. */
const char *filter_help(unsigned n, const char **name);

#endif
