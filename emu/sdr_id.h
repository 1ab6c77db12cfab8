/*
 * sdr_id.h - id strings of SDRs as sdrcomp writes them: a type/length octet
 * that counts characters, then the characters in one of three encodings.
 *
 * BCD plus has the low nibble first (sim/wire/text.h); of one character
 * in 8 bits it makes two, with a NUL, because C1h would end a FRU area.
 * Spec: IPMI v2.0 43.15.
 */
#ifndef IPMILAB_EMU_SDR_ID_H
#define IPMILAB_EMU_SDR_ID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/base/bytes.h"

#define SDR_ID_CHARS_MAX 63       /* what the length's six bits of sdrcomp count */
#define SDR_ID_CHARS_SPEC 16      /* what the specification has room for */
#define SDR_ID_OCTETS_MAX (1 + SDR_ID_CHARS_MAX + 1)

/* The values are the type bits: text_code_of_sdr(). */
enum sdr_id_code { SDR_ID_BCD = 1, SDR_ID_6BIT = 2, SDR_ID_8BIT = 3 };

/* The shortest encoding that has all characters. */
enum sdr_id_code sdr_id_shortest(const char *text, size_t len);

/* Type/length octet and string; returns the octets, 0 when the encoding
 * lacks a character or there are more than SDR_ID_CHARS_MAX. */
size_t sdr_id_encode(enum sdr_id_code code, const char *text, size_t len,
                     uint8_t to[SDR_ID_OCTETS_MAX]);

/*
 * The characters of an id, type/length octet first; returns how many. False
 * when they are not what sdr_id_encode() would make of them.
 */
bool sdr_id_decode(struct bytes id, char to[SDR_ID_CHARS_MAX], size_t *len,
                   enum sdr_id_code *code);

#endif
