#include "sim/mc/mc_parts.h"

#include "sim/base/planted.h"

enum { FORMAT_UNSIGNED, FORMAT_ONES, FORMAT_TWOS, FORMAT_NONE };

#define STEPS 256 /* between two draws of a wandering value */

int
sensor_number_of(uint8_t format, uint8_t raw)
{
    if (format == FORMAT_ONES && raw & 0x80)
        return -(int)(uint8_t)~raw;
    return format == FORMAT_TWOS ? (int8_t)raw : raw;
}

/* The raw value of a number, which is first brought into the format's range. */
static uint8_t
raw_of(uint8_t format, int number)
{
    static const struct {
        int min, max;
    } range[] = { { 0, 255 }, { -127, 127 }, { -128, 127 }, { 0, 255 } };
    int min = range[format & 3].min, max = range[format & 3].max;

    if (number < min)
        number = min;
    if (number > max)
        number = max;
    return (uint8_t)(format == FORMAT_ONES && number < 0 ? ~-number : number);
}

/* A displacement of -move .. move, for the n-th period of a sensor. */
static int
draw(struct rng_key key, uint64_t n, uint8_t move)
{
    return (int)(rng_at(key, n) % (2u * move + 1u)) - move;
}

/*
 * How far a wandering value is from where it was described, at an instant: a
 * draw for each period, and a straight line between one and the next. The
 * sensors of a controller do not turn all at once; each has a phase.
 */
static int
displacement(struct rng_key key, const struct machine_sensor *facts, instant now)
{
    uint32_t ms = facts->move_ms ? facts->move_ms : SENSOR_MOVE_DEFAULT_MS;
    instant period = SPAN_MS(ms);
    instant at = now + rng_at(key, UINT64_MAX) % period;
    int step = (int)(at % period / (period / STEPS));
    int from = draw(key, at / period, facts->move);
    int to = draw(key, at / period + 1, facts->move);
    int sum = from * STEPS + (to - from) * (step < STEPS ? step : STEPS);

    return (sum + (sum < 0 ? -STEPS / 2 : STEPS / 2)) / STEPS;
}

bool
sensor_wanders(const struct mc *mc, uint32_t i)
{
    const struct sensor *s = &mc->sensors.at[i];
    const struct machine_sensor *facts = sensor_facts(mc, i);

    return facts->move != 0 && facts->format != FORMAT_NONE && s->scanning &&
           s->available && !s->pinned && !mc->manufacturing && sensor_is_threshold(s);
}

uint8_t
sensor_raw_now(const struct mc *mc, uint32_t i)
{
    const struct sensor *s = &mc->sensors.at[i];
    const struct machine_sensor *facts = sensor_facts(mc, i);
    struct rng_key key;

    if (!sensor_wanders(mc, i))
        return s->value;
    key = rng_key_numbered(mc->sensors.key, (uint64_t)facts->lun << 8 | facts->number);
    return raw_of(facts->format, sensor_number_of(facts->format, s->value) +
                                     displacement(key, facts, mc->world->now));
}

static bool
is_upper(unsigned threshold)
{
    return threshold >= THR_UNC;
}

uint8_t
sensor_comparison(const struct mc *mc, uint32_t i, uint8_t raw)
{
    const struct sensor *s = &mc->sensors.at[i];
    const struct machine_sensor *facts = sensor_facts(mc, i);
    int reading = sensor_number_of(facts->format, raw);
    uint8_t reached = 0;

    for (unsigned t = 0; t < THRESHOLDS; t++) {
        int threshold = sensor_number_of(facts->format, s->threshold[t]);

        if (is_upper(t) ? reading >= threshold : reading <= threshold)
            reached |= (uint8_t)(1u << t);
    }
    return reached & facts->threshold_mask;
}

/*
 * Where a reading must get to for event bit to change, given whether it
 * holds: going low it comes at the threshold and goes above the negative
 * hysteresis; going high it comes at the threshold and goes below the
 * positive hysteresis.
 */
static bool
can_change(const struct machine_sensor *facts, const struct sensor *s, unsigned bit,
           bool holds, int lowest, int highest)
{
    int threshold = sensor_number_of(facts->format, s->threshold[bit / 2]);

    if (PLANTED(HYSTERESIS_IGNORED) && holds)
        return bit % 2 == 0 ? highest > threshold : lowest < threshold;
    if (bit % 2 == 0)
        return holds ? highest >= threshold + s->hysteresis_down + 1
                     : lowest <= threshold;
    return holds ? lowest <= threshold - (s->hysteresis_up + 1) : highest >= threshold;
}

/* Event bits of the thresholds that a sensor has and reports in any way. */
static uint16_t
threshold_bits(const struct machine_sensor *facts)
{
    uint16_t bits = 0;

    for (unsigned t = 0; t < THRESHOLDS; t++)
        if (facts->threshold_mask & 1u << t)
            bits |= (uint16_t)(3u << 2 * t);
    return bits & (facts->assert_supported | facts->deassert_supported);
}

uint16_t
sensor_conditions(const struct machine_sensor *facts, const struct sensor *s, uint8_t raw,
                  uint16_t before)
{
    int reading = sensor_number_of(facts->format, raw);
    uint16_t bits = threshold_bits(facts);
    uint16_t now = before & bits;

    for (unsigned bit = 0; bit < 2 * THRESHOLDS; bit++)
        if (bits >> bit & 1 &&
            can_change(facts, s, bit, now >> bit & 1, reading, reading))
            now ^= (uint16_t)(1u << bit);
    return now;
}

bool
sensor_can_cross(const struct mc *mc, uint32_t i)
{
    const struct sensor *s = &mc->sensors.at[i];
    const struct machine_sensor *facts = sensor_facts(mc, i);
    uint16_t bits = threshold_bits(facts) & (s->assert_enabled | s->deassert_enabled);
    int value = sensor_number_of(facts->format, s->value);

    for (unsigned bit = 0; bit < 2 * THRESHOLDS; bit++)
        if (bits >> bit & 1 && can_change(facts, s, bit, s->active >> bit & 1,
                                          value - facts->move, value + facts->move))
            return true;
    return false;
}
