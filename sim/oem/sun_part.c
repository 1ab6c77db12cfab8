#include <stdio.h>
#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/oem/sun.h"

static bool
is_part(const struct mc *mc, const struct sdr *sdr)
{
    if (sdr->type == SDR_GENERIC_LOCATOR)
        return true;
    return sdr_is_sensor(sdr) && sdr->type != SDR_EVENT_ONLY &&
           sdr->u.sensor.owner == mc->machine->address &&
           sensor_index(mc, sdr->u.sensor.lun, sdr->u.sensor.number) >= 0;
}

static void
part_name(const struct sdr *sdr, char to[SUN_PATH])
{
    sdr_id_text(sdr, to, SDR_ID_TEXT);
    for (char *c = to; *c != '\0'; c++)
        if (*c == ' ')
            *c = '_';
        else if (*c == '.' && (c[1] < '0' || c[1] > '9'))
            *c = '/';
}

bool
sun_nth_part(const struct mc *mc, unsigned n, struct bytes *record, char to[SUN_PATH])
{
    uint16_t id;

    for (uint32_t i = 0; (*record = sdr_nth(mc, i, &id)).len > 0; i++) {
        struct sdr sdr;

        if (sdr_parse(*record, &sdr) != SDR_OK || !is_part(mc, &sdr) || n-- > 0)
            continue;
        part_name(&sdr, to);
        return true;
    }
    return false;
}

bool
sun_find_part(const struct mc *mc, const char *path, struct bytes *record, const char **after)
{
    char name[SUN_PATH];

    for (unsigned n = 0; sun_nth_part(mc, n, record, name); n++) {
        *after = path + strlen(name);
        if (name[0] != '\0' && sun_begins(path, name) && (**after == '\0' || **after == '/'))
            return true;
    }
    return false;
}

static void
sensor_value(struct mc *mc, const struct sdr *sdr, char to[SUN_VALUE])
{
    uint8_t lun = sdr->u.sensor.lun, number = sdr->u.sensor.number, raw;
    uint16_t states;
    double value;

    if (mc_sensor_units(mc, lun, number, &value))
        snprintf(to, SUN_VALUE, "%.3f", value);
    else if (mc_sensor_raw(mc, lun, number, &raw, &states))
        snprintf(to, SUN_VALUE, "0x%04x", states);
    else
        snprintf(to, SUN_VALUE, "N/A");
}

void
sun_part_value(struct mc *mc, struct bytes record, char to[SUN_VALUE])
{
    struct sun_led led;
    struct sdr sdr;

    if (sun_led_of(record, &led))
        snprintf(to, SUN_VALUE, "%s", sun_led_mode_text(sun_led_get(mc, &led)));
    else if (sdr_parse(record, &sdr) == SDR_OK)
        sensor_value(mc, &sdr, to);
}

const char *
sun_part_type(struct bytes record)
{
    struct sdr sdr;

    if (sdr_parse(record, &sdr) != SDR_OK || sdr.type == SDR_GENERIC_LOCATOR)
        return "Indicator";
    return sdr.u.sensor.event_type == EVENT_TYPE_THRESHOLD ? "Threshold Sensor"
                                                           : "Discrete Sensor";
}

/* "On", "Fast Blink", "Fast_Blink": a LED's mode, or -1. */
static int
led_mode_named(const char *word)
{
    char plain[SUN_VALUE];

    snprintf(plain, sizeof plain, "%s", word);
    for (char *c = plain; *c != '\0'; c++)
        if (*c == '_')
            *c = ' ';
    for (int mode = SUN_LED_OFF; mode <= SUN_LED_FAST; mode++)
        if (sun_same(plain, sun_led_mode_text((unsigned)mode)))
            return mode;
    return -1;
}

enum sun_result
sun_set_part(struct mc *mc, struct bytes record, const char *value)
{
    int mode = led_mode_named(value);
    struct sun_led led;

    if (!sun_led_of(record, &led))
        return SUN_READ_ONLY;
    if (mode < 0 || sun_led_write(mc, &led, (uint8_t)mode) != CC_OK)
        return SUN_BAD_VALUE;
    return SUN_DONE;
}
