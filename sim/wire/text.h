/*
 * text.h - the packed character sets of SDR id strings and FRU fields.
 *
 * Both begin strings with a type/length octet; its two type bits choose one
 * of these. Packed ASCII has four characters in three octets, the first in
 * the lowest six bits.
 *
 * BCD plus has two characters an octet, and neither specification says which
 * nibble is the first, so each format has the order of those who use it:
 *
 *   FRU fields  high nibble first: "12" is 12h. So ipmitool and pyghmi read.
 *   SDR ids     low nibble first: "12" is 21h. So sdrcomp writes, OpenIPMI
 *               reads, and our SDR compiler has to, to give the same octets.
 *               ipmitool and FreeIPMI show the octets as they are, pyghmi
 *               takes the high nibble first.
 *
 * Spec: IPMI v2.0 43.15; FRU Storage Definition 13.
 */
#ifndef IPMILAB_WIRE_TEXT_H
#define IPMILAB_WIRE_TEXT_H

#include <stdbool.h>

#include "sim/base/bytes.h"

/* The first four have the type bits as their values. */
enum text_code {
    TEXT_WIDE,      /* type 0 of SDRs: two octets a character, low one first */
    TEXT_BCD_PLUS,  /* of FRU fields: the high nibble first */
    TEXT_PACKED,
    TEXT_LATIN,
    TEXT_BCD_LOW,   /* BCD plus of SDR ids: the low nibble first */
};

/* What an SDR's id is encoded in, of its type bits. */
static inline enum text_code
text_code_of_sdr(unsigned type)
{
    return type == TEXT_BCD_PLUS ? TEXT_BCD_LOW : (enum text_code)type;
}

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
 * Encode chars characters over len octets at data, which hold as many or more;
 * the rest is 0. False, data unspecified, when the set lacks a character.
 */
bool text_put(enum text_code code, const char *text, size_t chars, uint8_t *data, size_t len);

/*
 * The same, padded with blanks or cut to what they hold. False, data unspecified, when the set lacks a character.
 */
bool text_encode(enum text_code code, const char *text, uint8_t *data, size_t len);

#endif
