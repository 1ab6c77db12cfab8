#include "sim/wire/convert.h"

#include <math.h>

#define RAWS 256

static double
linear(double x)
{
    return x;
}

static double
exp10_of(double x)
{
    return pow(10, x);
}

static double
inverse(double x)
{
    return 1 / x;
}

static double
square(double x)
{
    return x * x;
}

static double
cube(double x)
{
    return x * x * x;
}

static double (*const functions[CONVERT_LINEARIZATIONS])(double) = {
    [CONVERT_LINEAR] = linear,   [CONVERT_LN] = log,          [CONVERT_LOG10] = log10,
    [CONVERT_LOG2] = log2,       [CONVERT_EXP] = exp,         [CONVERT_EXP10] = exp10_of,
    [CONVERT_EXP2] = exp2,       [CONVERT_INVERSE] = inverse, [CONVERT_SQUARE] = square,
    [CONVERT_CUBE] = cube,       [CONVERT_SQRT] = sqrt,       [CONVERT_CBRT] = cbrt,
};

/* v * 10^e. Dividing by a power that is exact keeps 41 * 10^-1 at 4.1. */
static double
scaled(double v, int e)
{
    return e < 0 ? v / pow(10, -e) : v * pow(10, e);
}

bool
convert_of(const struct sdr *sdr, struct convert *out)
{
    if (sdr->type != SDR_FULL || sdr->u.sensor.units[0] >> 6 == CONVERT_NOT_ANALOG ||
        sdr->u.sensor.factors.linearization >= CONVERT_LINEARIZATIONS)
        return false;
    out->format = sdr->u.sensor.units[0] >> 6;
    out->factors = sdr->u.sensor.factors;
    return true;
}

int
convert_number(uint8_t format, uint8_t raw)
{
    if (format == CONVERT_ONES && raw & 0x80)
        return -(int)(uint8_t)~raw;
    return format == CONVERT_TWOS ? (int8_t)raw : raw;
}

bool
convert_value(const struct convert *c, uint8_t raw, double *value)
{
    const struct sdr_factors *f = &c->factors;
    double y;

    if (f->linearization >= CONVERT_LINEARIZATIONS || c->format == CONVERT_NOT_ANALOG)
        return false;
    y = f->m * convert_number(c->format, raw) + scaled(f->b, f->b_exp);
    y = functions[f->linearization](scaled(y, f->r_exp));
    if (!isfinite(y))
        return false;
    *value = y;
    return true;
}

/* The ends of what can be read. False when nothing can. */
static bool
range(const struct convert *c, double *lowest, double *highest)
{
    double y;

    *lowest = INFINITY;
    *highest = -INFINITY;
    for (unsigned i = 0; i < RAWS; i++)
        if (convert_value(c, (uint8_t)i, &y)) {
            *lowest = fmin(*lowest, y);
            *highest = fmax(*highest, y);
        }
    return *lowest <= *highest;
}

bool
convert_raw(const struct convert *c, double value, uint8_t *raw)
{
    double lowest, highest, y, nearest = INFINITY;

    if (isnan(value) || !range(c, &lowest, &highest))
        return false;
    value = fmin(fmax(value, lowest), highest);
    for (unsigned i = 0; i < RAWS; i++)
        if (convert_value(c, (uint8_t)i, &y) && fabs(y - value) < nearest) {
            nearest = fabs(y - value);
            *raw = (uint8_t)i;
        }
    return true;
}

double
convert_count(const struct convert *c, uint8_t raw)
{
    double at, beside, most = 0;

    if (!convert_value(c, raw, &at))
        return 0;
    for (int step = -1; step <= 1; step += 2)
        if (convert_value(c, (uint8_t)(raw + step), &beside) && raw + step >= 0 &&
            raw + step < RAWS && fabs(beside - at) > most)
            most = fabs(beside - at);
    return most;
}
