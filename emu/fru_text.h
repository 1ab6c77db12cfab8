/*
 * fru_text.h - the texts of FRU fields: UTF-8, as source files have it, to
 * stored octets and back; and dates.
 *
 * Nothing allocates. Control characters have no place in a text, so octets
 * that hold some are no text here.
 * Spec: Platform Management FRU Information Storage Definition 11, 13.
 */
#ifndef IPMILAB_EMU_FRU_TEXT_H
#define IPMILAB_EMU_FRU_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/base/bytes.h"
#include "sim/base/status.h"

/* The first four are the type bits of a field's first octet; type 3 is 8-bit
 * in English areas, else two octets a character, the low one first. */
enum fru_code {
    FRU_CODE_BINARY,
    FRU_CODE_BCD,
    FRU_CODE_6BIT,
    FRU_CODE_8BIT,
    FRU_CODE_UNICODE,
};

#define FRU_TEXT_MAX 255                       /* octets of any text, stored */
#define FRU_TEXT_SIZE (2 * FRU_TEXT_MAX + 2)   /* UTF-8 of any text, with NUL */

/* The word for an encoding in source text. */
const char *fru_code_word(enum fru_code code);

/* Its two type bits. */
unsigned fru_code_type(enum fru_code code);

/*
 * Encode len characters of UTF-8 into at most room (up to FRU_TEXT_MAX)
 * octets at to; *count of them. ST_INVALID: a character that the encoding
 * lacks, or no UTF-8. ST_FULL: too long.
 */
enum status fru_text_encode(enum fru_code code, const char *text, size_t len, uint8_t *to,
                            size_t room, size_t *count);

/* Decode into NUL-terminated UTF-8. False, to unspecified, when the octets
 * are not what fru_text_encode() would make of the text. */
bool fru_text_decode(enum fru_code code, struct bytes octets, char to[FRU_TEXT_SIZE]);

/* Minutes since 1996-01-01T00:00 and YYYY-MM-DDTHH:MM; when reading, the
 * time may be missing. False: no such date, or not in 24 bits of minutes. */
#define FRU_DATE_SIZE 40
bool fru_date_read(const char *text, size_t len, uint32_t *minutes);
char *fru_date_print(uint32_t minutes, char to[FRU_DATE_SIZE]);

#endif
