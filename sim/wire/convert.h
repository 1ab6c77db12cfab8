/*
 * convert.h - raw readings to values in the units of their record, and back.
 *
 *     y = L[(M * x + B * 10^K1) * 10^K2]
 *
 * x is the raw octet as the number that the record's analog format makes of
 * it; L is one of the twelve linearizations. A record whose format says that
 * there is no analog reading, whose linearization is "non-linear" (70h: its
 * factors change with the reading) or one of an OEM's has no values here.
 *
 * Back from a value goes to the raw octet whose value is nearest, of two
 * that are as near the one whose octet is smaller; a value out of range
 * (infinity as well) becomes the nearest end. So a raw octet comes back as
 * itself, or as another one that has the same value. Nothing here keeps
 * state.
 * Spec: IPMI v2.0 36.3, 36.4, 43.1 octets 21 to 30.
 */
#ifndef IPMILAB_WIRE_CONVERT_H
#define IPMILAB_WIRE_CONVERT_H

#include "sim/wire/sdr.h"

enum convert_format { CONVERT_UNSIGNED, CONVERT_ONES, CONVERT_TWOS, CONVERT_NOT_ANALOG };

enum convert_linearization {
    CONVERT_LINEAR, CONVERT_LN, CONVERT_LOG10, CONVERT_LOG2, CONVERT_EXP, CONVERT_EXP10,
    CONVERT_EXP2, CONVERT_INVERSE, CONVERT_SQUARE, CONVERT_CUBE, CONVERT_SQRT, CONVERT_CBRT,
    CONVERT_LINEARIZATIONS,
};

/* What a conversion depends on. */
struct convert {
    uint8_t format;              /* enum convert_format */
    struct sdr_factors factors;
};

/* That of a record. False when it has no values. */
bool convert_of(const struct sdr *sdr, struct convert *out);

/* A raw octet as the number that a format means. */
int convert_number(uint8_t format, uint8_t raw);

/* The value of a raw octet. False where the function has none (the logarithm
 * of a negative number, 1/0), and *value is then untouched. */
bool convert_value(const struct convert *c, uint8_t raw, double *value);

/* The raw octet of a value. False when there is none at all, and *raw is
 * then untouched; also for a value that is no number. */
bool convert_raw(const struct convert *c, double value, uint8_t *raw);

/* What one count is worth about a raw octet: the difference to its
 * neighbours at most. 0 where there is no value. */
double convert_count(const struct convert *c, uint8_t raw);

#endif
