#include "sim/oem/ibm.h"

#include "sim/mc/mc_parts.h"
#include "sim/oem/health.h"
#include "sim/wire/sdr.h"

#define NETFN_IBM 0x3a

#define IANA_AVOCENT 11102u
#define IANA_LENOVO  19046u
#define IANA_SYSTEM_X 20301u
#define IANA_IBM     2u

/* ---- which LEDs there are ---- */

#define LED_FAULT    0x0000
#define LED_LOCATION 0x0001
#define LED_INFO     0x0003

/* LEDs that sensors of a type light. */
static const struct led {
    uint16_t id;
    uint8_t type;
} leds[] = {
    { 0x001c, 0x01 },            /* TEMP */
    { 0x0011, 0x02 },            /* VRM: voltage */
    { 0x0014, 0x04 },            /* FAN */
    { 0x0010, 0x07 },            /* CPU */
    { 0x001b, 0x08 },            /* OVERSPEC: power supply */
    { 0x0015, 0x0c },            /* MEM */
    { 0x0013, 0x0d },            /* DASD: drive */
    { 0x0019, 0x13 },            /* NMI: critical interrupt */
    { 0x0020, 0x21 },            /* PCI: slot */
};

#define LEDS (sizeof leds / sizeof leds[0])

/* An OEM record of an LED: manufacturer, then kind, 2 octets, id. Ours are
 * longer: ipmiutil reads 16 octets of a record before it knows its length. */
#define RECORD_KIND  (SDR_HEADER + 3u)
#define RECORD_ID    (RECORD_KIND + 3u)
#define RECORD_MIN   (RECORD_ID + 2u)
#define RECORD       16u
#define KIND_LED     0xed

static bool
is_led_record(struct bytes record)
{
    return record.len >= RECORD_MIN && record.at[3] == SDR_OEM &&
           record.at[RECORD_KIND] == KIND_LED;
}

static bool
has_led_records(const struct mc *mc)
{
    uint16_t id;

    for (uint32_t n = 0; n < sdr_count(mc); n++)
        if (is_led_record(sdr_nth(mc, n, &id)))
            return true;
    return false;
}

/* Whether a record names the LED. Of its two octets clients take the larger
 * for the low one: both orders are met. */
static bool
record_names(const struct mc *mc, uint16_t led)
{
    uint8_t low = (uint8_t)led, high = (uint8_t)(led >> 8);
    uint16_t id;

    for (uint32_t n = 0; n < sdr_count(mc); n++) {
        struct bytes record = sdr_nth(mc, n, &id);
        const uint8_t *at = record.at + RECORD_ID;

        if (is_led_record(record) &&
            ((at[0] == low && at[1] == high) || (at[0] == high && at[1] == low)))
            return true;
    }
    return false;
}

static void
add_led_record(struct mc *mc, uint16_t led)
{
    uint8_t room[RECORD];
    struct wr w = wr_of(room, sizeof room);
    uint16_t id;

    wr_le16(&w, 0);
    wr_u8(&w, SDR_VERSION);
    wr_u8(&w, SDR_OEM);
    wr_u8(&w, RECORD - SDR_HEADER);
    wr_le24(&w, IANA_IBM);
    wr_u8(&w, KIND_LED);
    wr_le16(&w, 0);
    wr_le16(&w, led);
    wr_fill(&w, 0, RECORD - RECORD_MIN);
    if (sdr_take_id(mc, &id) == ST_OK)
        (void)sdr_add(mc, wr_bytes_of(&w), id);
}

static bool
has_type(const struct mc *mc, uint8_t type)
{
    for (uint32_t i = 0; i < mc->sensors.count; i++)
        if (sensor_facts(mc, i)->type == type)
            return true;
    return false;
}

static void
init(struct mc *mc, void *state)
{
    (void)state;
    if (!(mc->gate.groups & GROUP_SDR_REPOSITORY) || has_led_records(mc))
        return;
    add_led_record(mc, LED_FAULT);
    add_led_record(mc, LED_LOCATION);
    add_led_record(mc, LED_INFO);
    for (size_t i = 0; i < LEDS; i++)
        if (has_type(mc, leds[i].type))
            add_led_record(mc, leds[i].id);
}

/* ---- what they show ---- */

enum why { WHY_OFF, WHY_LED, WHY_SENSOR, WHY_USER };

struct shown {
    enum why why;
    uint16_t by;                 /* an LED, or a sensor number */
};

static struct shown
by_sensor(const struct mc *mc, uint8_t type, enum oem_health least)
{
    uint32_t i = 0;

    if (oem_health_worst(mc, type, &i) < least)
        return (struct shown){ WHY_OFF, 0 };
    return (struct shown){ WHY_SENSOR, sensor_facts(mc, i)->number };
}

static struct shown
fault(const struct mc *mc)
{
    for (size_t i = 0; i < LEDS; i++)
        if (oem_health_worst(mc, leds[i].type, NULL) >= HEALTH_CRITICAL)
            return (struct shown){ WHY_LED, leds[i].id };
    return by_sensor(mc, OEM_HEALTH_ANY_TYPE, HEALTH_CRITICAL);
}

static struct shown
show(const struct mc *mc, uint16_t id)
{
    if (id == LED_FAULT)
        return fault(mc);
    if (id == LED_LOCATION && mc->chassis != NULL && mc->chassis->identify != IDENTIFY_OFF)
        return (struct shown){ WHY_USER, 0 };
    if (id == LED_INFO)
        return by_sensor(mc, OEM_HEALTH_ANY_TYPE, HEALTH_WARNING);
    for (size_t i = 0; i < LEDS; i++)
        if (leds[i].id == id)
            return by_sensor(mc, leds[i].type, HEALTH_CRITICAL);
    return (struct shown){ WHY_OFF, 0 };
}

static enum ipmi_cc
get_led(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint16_t id = rd_be16(&rq->data);
    struct shown shown;

    if (!record_names(mc, id))
        return CC_RANGE;
    shown = show(mc, id);
    wr_u8(rs, 0);
    wr_u8(rs, shown.why != WHY_OFF);
    wr_u8(rs, 0);
    wr_be16(rs, shown.by);
    wr_u8(rs, shown.why);
    return CC_OK;
}

/* ---- the profile ---- */

#define OEM GROUP_OEM_CMDS
#define SDRS (GROUP_OEM_CMDS | GROUP_SDR_REPOSITORY)

static const struct command rows[] = {
    { NETFN_IBM, 0x50, "IBM Get Build", NEEDS_USER | READS, 0, 0, OEM, ibm_get_build, "" },
    { NETFN_IBM, 0xc0, "IBM Get LED", NEEDS_USER | READS, 2, 2, SDRS, get_led, "" },
    { NETFN_IBM, 0xc1, "IBM Get Controller Kind", NEEDS_USER | READS, 0, 0, OEM,
      ibm_get_kind, "" },
    { NETFN_IBM, 0xc4, "IBM Property", NEEDS_USER, 4, LEN_ANY, OEM, ibm_property, "" },
};

static const struct command energy_rows[] = {
    { NETFN_OEM, 0x81, "IBM Read Energy Meter", NEEDS_USER | READS, 8, 8, OEM,
      ibm_read_meter, "" },
    { NETFN_OEM, 0x82, "IBM Find Energy Meter", NEEDS_USER | READS, 6, 6, OEM,
      ibm_find_meter, "" },
};

static const struct command defaults_rows[] = {
    { NETFN_OEM, 0xcc, "IBM Restore Defaults", NEEDS_ADMIN, 4, LEN_ANY, OEM,
      ibm_restore_defaults, "" },
};

#define COUNT(of) (sizeof(of) / sizeof(of)[0])

const struct command_table oem_ibm_commands = { "ibm", rows, COUNT(rows), 0 };
const struct command_table oem_ibm_lenovo_energy_commands = {
    "lenovo energy", energy_rows, COUNT(energy_rows), IANA_LENOVO,
};
const struct command_table oem_ibm_energy_commands = {
    "ibm energy", energy_rows, COUNT(energy_rows), IANA_SYSTEM_X,
};
const struct command_table oem_ibm_defaults_commands = {
    "ibm defaults", defaults_rows, COUNT(defaults_rows), IANA_AVOCENT,
};

static const struct command_table *const tables[] = {
    &oem_ibm_commands, &oem_ibm_lenovo_energy_commands, &oem_ibm_energy_commands,
    &oem_ibm_defaults_commands,
};

const struct oem_profile oem_ibm = {
    .name = "ibm",
    .what = "IBM and Lenovo System x, as IMM answers",
    .tables = tables,
    .table_count = COUNT(tables),
    .state_size = sizeof(struct ibm),
    .init = init,
};
