/*
 * serial_text.h - messages on a serial line as hexadecimal text.
 * Spec: IPMI v2.0 14.7 (terminal mode).
 *
 * Terminal mode: "[", octets of two digits, blanks between them or none,
 * "]", and a new line. The octets are network function and LUN, sequence
 * number (two bits below it for bridging), command, in answers the completion
 * code, and data. Between brackets may stand words instead, for people. What
 * is outside of brackets is ignored; a "[" begins a line whatever was before
 * it; backspace and DEL take the last character back.
 *
 * Radisys's ASCII mode: the octets of an IPMB message, sums included, up to a
 * carriage return.
 */
#ifndef IPMILAB_WIRE_SERIAL_TEXT_H
#define IPMILAB_WIRE_SERIAL_TEXT_H

#include <stdbool.h>

#include "sim/base/bytes.h"
#include "sim/base/wr.h"

#define SERIAL_TEXT_MESSAGE_MAX 256u                              /* octets */
#define SERIAL_TEXT_LINE_MAX (3u * SERIAL_TEXT_MESSAGE_MAX + 4u)  /* characters */

/* A line on its way in. All 0: none. */
struct serial_text {
    bool inside, too_long;
    uint16_t len;
    char line[SERIAL_TEXT_LINE_MAX];
};

enum serial_text_event {
    SERIAL_TEXT_MORE,        /* nothing yet */
    SERIAL_TEXT_MESSAGE,     /* octets */
    SERIAL_TEXT_WORDS,       /* a line that does not begin like octets */
    SERIAL_TEXT_BAD,         /* too long, or octets up to somewhere */
};

/* Take one character of terminal mode, or of Radisys's. *got, the octets or
 * words, is valid until the next. */
enum serial_text_event serial_text_terminal(struct serial_text *t, uint8_t c,
                                            struct bytes *got);
enum serial_text_event serial_text_radisys(struct serial_text *t, uint8_t c, struct bytes *got);

/* Write a message: "[1C 00 01 00]", CR and LF; "1C0001", CR. */
void serial_text_build_terminal(struct wr *out, struct bytes message);
void serial_text_build_radisys(struct wr *out, struct bytes message);

#endif
