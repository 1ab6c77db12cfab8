/*
 * hex.h - octets as hexadecimal text and back.
 */
#ifndef IPMILAB_BASE_HEX_H
#define IPMILAB_BASE_HEX_H

#include <stdbool.h>

#include "sim/base/bytes.h"

/* The value of one hexadecimal digit, or -1. */
int hex_digit(char c);

/*
 * Write span as lower-case digits, NUL-terminated, into size characters at
 * to; what does not fit is left out in whole octets. Returns to.
 */
char *hex_print(struct bytes span, char *to, size_t size);

/*
 * Read exactly 2 * len digits at text into len octets at to. False, and to
 * unspecified, when a digit is missing or wrong.
 */
bool hex_read(const char *text, uint8_t *to, size_t len);

#endif
