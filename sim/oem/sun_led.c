#include <stdlib.h>
#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/oem/health.h"
#include "sim/oem/sun.h"

/* Octets of a generic device locator record, from its header on. */
enum { LOCATOR_ACCESS = 5, LOCATOR_SLAVE = 6, LOCATOR_ENTITY = 12, LOCATOR_INSTANCE = 13,
       LOCATOR_OEM = 14, LOCATOR_LEN = 15 };

/* Entities that stand for the whole. */
#define ENTITY_SYSTEM_BOARD   0x07
#define ENTITY_SYSTEM_CHASSIS 0x17
#define INSTANCE_BITS 0x7f
#define ADDRESS_BITS  0xfe

/* Requests: the short form, and with the entity. */
#define GET_SHORT 5u
#define GET_LONG  7u
#define SET_SHORT 7u
#define SET_LONG  9u

static const char *const modes[] = { "Off", "On", "Standby Blink", "Slow Blink", "Fast Blink" };

const char *
sun_led_mode_text(unsigned mode)
{
    return mode < sizeof modes / sizeof modes[0] ? modes[mode] : "Unknown";
}

/* ---- faults ---- */

static bool
sensor_belongs(const struct mc *mc, uint32_t i, uint8_t entity, uint8_t instance)
{
    struct sdr sdr;

    return sdr_parse(sensor_facts(mc, i)->sdr, &sdr) == SDR_OK && sdr_is_sensor(&sdr) &&
           sdr.u.sensor.entity == entity &&
           ((sdr.u.sensor.instance ^ instance) & INSTANCE_BITS) == 0;
}

bool
sun_faulty(const struct mc *mc, uint8_t entity, uint8_t instance)
{
    for (uint32_t i = 0; i < mc->sensors.count; i++)
        if (oem_health_of(mc, i) >= HEALTH_CRITICAL &&
            (entity == 0 || sensor_belongs(mc, i, entity, instance)))
            return true;
    return false;
}

/* ---- which ---- */

bool
sun_led_of(struct bytes record, struct sun_led *out)
{
    const uint8_t *r = record.at;
    struct sdr sdr;

    if (sdr_parse(record, &sdr) != SDR_OK || sdr.type != SDR_GENERIC_LOCATOR ||
        record.len < LOCATOR_LEN)
        return false;
    *out = (struct sun_led){
        .slave = r[LOCATOR_SLAVE], .access = r[LOCATOR_ACCESS], .oem = r[LOCATOR_OEM],
        .entity = r[LOCATOR_ENTITY], .instance = r[LOCATOR_INSTANCE], .type = r[LOCATOR_OEM],
    };
    return true;
}

/* A request's LED, entity 0 for the short form, completed from its record. */
static bool
find_led(const struct mc *mc, struct sun_led *led)
{
    struct bytes record;
    uint16_t id;

    for (uint32_t n = 0; (record = sdr_nth(mc, n, &id)).len > 0; n++) {
        struct sun_led found;

        if (!sun_led_of(record, &found) || found.slave != led->slave ||
            found.access != led->access || found.oem != led->oem)
            continue;
        if (led->entity != 0 && (found.entity != led->entity ||
                                 ((found.instance ^ led->instance) & INSTANCE_BITS) != 0))
            continue;
        led->entity = found.entity;
        led->instance = found.instance;
        return true;
    }
    return false;
}

/* The controller behind it: us, or one on the bus. */
static bool
reachable(const struct mc *mc, const struct sun_led *led)
{
    uint8_t address = led->access & ADDRESS_BITS;

    return address == 0 || address == mc->machine->address ||
           (mc->opts.bus != NULL && medium_has(mc->opts.bus, address));
}

static bool
of_system(const struct sun_led *led)
{
    return led->entity == ENTITY_SYSTEM_BOARD || led->entity == ENTITY_SYSTEM_CHASSIS;
}

static bool
is_locator_light(const struct mc *mc, const struct sun_led *led)
{
    return mc->chassis != NULL && of_system(led) && led->type == SUN_LED_LOCATE;
}

/* ---- modes ---- */

static struct sun_led_set *
written(struct sun *sun, const struct sun_led *led)
{
    for (unsigned i = 0; sun->leds != NULL && i < SUN_LEDS; i++)
        if (sun->leds[i].used && memcmp(&sun->leds[i].led, led, sizeof *led) == 0)
            return &sun->leds[i];
    return NULL;
}

static struct sun_led_set *
free_place(struct sun *sun)
{
    if (sun->leds == NULL)
        sun->leds = calloc(SUN_LEDS, sizeof *sun->leds);
    for (unsigned i = 0; sun->leds != NULL && i < SUN_LEDS; i++)
        if (!sun->leds[i].used)
            return &sun->leds[i];
    return NULL;
}

static uint8_t
activity(const struct mc *mc)
{
    const struct host *host = mc->opts.host;

    if (host == NULL || !host_power_good(host))
        return SUN_LED_STANDBY;
    return host_stage(host) == HOST_STAGE_POST ? SUN_LED_SLOW : SUN_LED_ON;
}

/* What it shows when nobody wrote it. */
static uint8_t
own_mode(const struct mc *mc, const struct sun_led *led)
{
    bool whole = of_system(led);

    if (led->type == SUN_LED_SERVICE)
        return sun_faulty(mc, whole ? 0 : led->entity, led->instance) ? SUN_LED_ON : SUN_LED_OFF;
    if (led->type == SUN_LED_ACT && whole)
        return activity(mc);
    return SUN_LED_OFF;
}

uint8_t
sun_led_get(struct mc *mc, const struct sun_led *led)
{
    const struct sun_led_set *set = written(sun_of(mc), led);

    if (is_locator_light(mc, led)) {
        if (mc->chassis->identify == IDENTIFY_OFF)
            return SUN_LED_OFF;
        return set != NULL && set->mode != SUN_LED_OFF ? set->mode : SUN_LED_FAST;
    }
    return set != NULL ? set->mode : own_mode(mc, led);
}

enum ipmi_cc
sun_led_write(struct mc *mc, const struct sun_led *led, uint8_t mode)
{
    struct sun *sun = sun_of(mc);
    struct sun_led_set *set = written(sun, led);

    if (set == NULL)
        set = free_place(sun);
    if (set == NULL)
        return CC_NO_SPACE;
    *set = (struct sun_led_set){ .used = true, .led = *led, .mode = mode };
    if (is_locator_light(mc, led))
        chassis_identify(mc->chassis, 0, mode != SUN_LED_OFF);
    return CC_OK;
}

/* ---- commands ---- */

/* What both requests begin with. */
static struct sun_led
read_led(struct rd *r)
{
    struct sun_led led = { 0 };

    led.slave = rd_u8(r);
    led.type = rd_u8(r);
    led.access = rd_u8(r);
    led.oem = rd_u8(r);
    return led;
}

static void
read_entity(struct rd *r, struct sun_led *led)
{
    led->entity = rd_u8(r);
    led->instance = rd_u8(r);
}

static enum ipmi_cc
check_led(const struct mc *mc, struct sun_led *led, uint8_t force)
{
    if (force > 1 || (led->type > SUN_LED_LOCATE && led->type != led->oem))
        return CC_INVALID_FIELD;
    if (!find_led(mc, led))
        return CC_NOT_PRESENT;
    return reachable(mc, led) ? CC_OK : CC_DESTINATION;
}

enum ipmi_cc
sun_cmd_get_led(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    size_t length = rd_left(&rq->data);
    struct sun_led led = read_led(&rq->data);
    enum ipmi_cc cc;

    if (length != GET_SHORT && length != GET_LONG)
        return CC_LENGTH;
    if (length == GET_LONG)
        read_entity(&rq->data, &led);
    cc = check_led(mc, &led, rd_u8(&rq->data));
    if (cc == CC_OK)
        wr_u8(rs, sun_led_get(mc, &led));
    return cc;
}

enum ipmi_cc
sun_cmd_set_led(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    size_t length = rd_left(&rq->data);
    struct sun_led led = read_led(&rq->data);
    uint8_t mode = rd_u8(&rq->data);
    enum ipmi_cc cc;

    (void)rs;
    if (length != SET_SHORT && length != SET_LONG)
        return CC_LENGTH;
    if (length == SET_LONG)
        read_entity(&rq->data, &led);
    cc = check_led(mc, &led, rd_u8(&rq->data));
    if (cc == CC_OK && mode > SUN_LED_FAST)
        cc = CC_INVALID_FIELD;
    return cc == CC_OK ? sun_led_write(mc, &led, mode) : cc;
}
