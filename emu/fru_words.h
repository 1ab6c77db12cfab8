/*
 * fru_words.h - words for the numbers in FRU information.
 * Spec: FRU Information Storage Definition 10, 15; SMBIOS, enclosure types.
 */
#ifndef IPMILAB_EMU_FRU_WORDS_H
#define IPMILAB_EMU_FRU_WORDS_H

#include "emu/args.h"

/* Chassis types, and languages; both lists end with a NULL name. */
extern const struct keyword fru_chassis_types[];
extern const struct keyword fru_languages[];

/* The word for a value, or NULL. */
const char *fru_word_of(const struct keyword *words, uint32_t value);

#endif
