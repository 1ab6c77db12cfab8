/*
 * text.h - the packed character sets of SDR id strings and FRU fields.
 *
 * Both begin strings with a type/length octet; its two type bits choose one
 * of these. BCD plus has two characters an octet, the high nibble first;
 * packed ASCII four in three octets, the first in the lowest six bits.
 * Spec: IPMI v2.0 43.15; FRU Storage Definition 13.
 */
#ifndef IPMILAB_WIRE_TEXT_H
#define IPMILAB_WIRE_TEXT_H

#include <stdbool.h>

#include "sim/base/bytes.h"

enum text_code {
    TEXT_WIDE,      /* type 0 of SDRs: two octets a character, low one first */
    TEXT_BCD_PLUS,
    TEXT_PACKED,
    TEXT_LATIN,
};

/* Characters that so many octets hold, and octets that so many characters take. */
size_t text_chars(enum text_code code, size_t octets);
size_t text_octets(enum text_code code, size_t chars);

/*
 * Decode at most chars characters of data (as many as it holds) into at most
 * size - 1 characters at to, NUL-terminated; what is not printable ASCII
 * becomes '?'. Returns to.
 */
char *text_decode(enum text_code code, struct bytes data, size_t chars, char *to,
                  size_t size);

/*
 * Encode text over len octets at data, padded with blanks or cut to what they
 * hold. False, data unspecified, when the set lacks a character.
 */
bool text_encode(enum text_code code, const char *text, uint8_t *data, size_t len);

#endif
