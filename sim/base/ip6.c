#include "sim/base/ip6.h"

#include <stdio.h>
#include <string.h>

#include "sim/base/hex.h"

#define GROUPS 8
#define DIGITS 4                 /* of a group */
#define NONE   GROUPS            /* no "::" was seen */

/* A group's digits at at; how many, or 0. */
static size_t
parse_group(struct bytes text, size_t at, uint16_t *group)
{
    size_t n = 0;

    *group = 0;
    while (n < DIGITS && at + n < text.len && hex_digit((char)text.at[at + n]) >= 0) {
        *group = (uint16_t)(*group << 4 | hex_digit((char)text.at[at + n]));
        n++;
    }
    return n;
}

static bool
pair_of_colons(struct bytes text, size_t at)
{
    return at + 1 < text.len && text.at[at] == ':' && text.at[at + 1] == ':';
}

/* Read groups; *gap is the number of those before "::". Returns how many
 * there are, or GROUPS + 1 when it is no address. */
static unsigned
parse_groups(struct bytes text, uint16_t groups[GROUPS], unsigned *gap)
{
    unsigned n = 0;
    size_t at = 0;

    *gap = NONE;
    if (pair_of_colons(text, 0)) {
        *gap = 0;
        at = 2;
    }
    while (at < text.len) {
        size_t digits = n < GROUPS ? parse_group(text, at, &groups[n]) : 0;

        if (digits == 0)
            return GROUPS + 1;
        n++;
        at += digits;
        if (at == text.len)
            break;
        if (pair_of_colons(text, at)) {
            if (*gap != NONE)
                return GROUPS + 1;
            *gap = n;
            at += 2;
        } else if (text.at[at] == ':' && at + 1 < text.len) {
            at++;
        } else {
            return GROUPS + 1;
        }
    }
    return n;
}

bool
ip6_parse(struct bytes text, uint8_t to[IP6_ADDRESS])
{
    uint16_t groups[GROUPS];
    unsigned gap;
    unsigned n = parse_groups(text, groups, &gap);

    if (n > GROUPS || (gap == NONE ? n != GROUPS : n == GROUPS))
        return false;
    memset(to, 0, IP6_ADDRESS);
    for (unsigned i = 0; i < n; i++) {
        unsigned place = i < gap ? i : i + GROUPS - n;

        to[2 * place] = (uint8_t)(groups[i] >> 8);
        to[2 * place + 1] = (uint8_t)groups[i];
    }
    return true;
}

/* The run of zero groups that "::" stands for; length 0: none. */
static unsigned
longest_run(const uint8_t address[IP6_ADDRESS], unsigned *length)
{
    unsigned best = 0, begin = 0;

    *length = 0;
    for (unsigned i = 0; i < GROUPS; i++) {
        if (address[2 * i] | address[2 * i + 1])
            begin = i + 1;
        else if (i + 1 - begin > *length) {
            best = begin;
            *length = i + 1 - begin;
        }
    }
    if (*length < 2)
        *length = 0;
    return best;
}

size_t
ip6_print(const uint8_t address[IP6_ADDRESS], char to[IP6_TEXT])
{
    unsigned length;
    unsigned run = longest_run(address, &length);
    size_t at = 0;

    to[0] = '\0';
    for (unsigned i = 0; i < GROUPS; i++) {
        unsigned group = (unsigned)address[2 * i] << 8 | address[2 * i + 1];
        bool colon = i > 0 && !(length && i == run + length);

        if (length && i == run) {
            at += (size_t)snprintf(to + at, IP6_TEXT - at, "::");
            i += length - 1;
        } else {
            at += (size_t)snprintf(to + at, IP6_TEXT - at, colon ? ":%x" : "%x", group);
        }
    }
    return at;
}
