/*
 * ip6.h - IPv6 addresses as text.
 *
 * Eight groups of up to four hex digits, one run of zero groups shortened to
 * "::"; a scope, and an IPv4 address at the end, are not taken. Printed as
 * RFC 5952 wants it: lower case, no leading zeros, "::" for the longest run
 * of two groups and more, the first of equals.
 * Spec: RFC 4291 2.2, RFC 5952 4.
 */
#ifndef IPMILAB_BASE_IP6_H
#define IPMILAB_BASE_IP6_H

#include <stdbool.h>

#include "sim/base/bytes.h"

#define IP6_ADDRESS 16
#define IP6_TEXT 40              /* the longest text, with its NUL */

/* Take an address out of a text, all of it. False, and to is untouched. */
bool ip6_parse(struct bytes text, uint8_t to[IP6_ADDRESS]);

/* Print an address, NUL-terminated. Returns the length. */
size_t ip6_print(const uint8_t address[IP6_ADDRESS], char to[IP6_TEXT]);

#endif
