#include <string.h>

#include "sim/oem/fujitsu_impl.h"
#include "sim/oem/health.h"
#include "sim/wire/sdr.h"

#define EEPROMS 2

enum light { LIGHT_OFF, LIGHT_ON, LIGHT_BLINK };

/* ---- status ---- */

static bool
in_post(const struct mc *mc)
{
    enum host_stage stage;

    if (mc->opts.host == NULL)
        return false;
    stage = host_stage(mc->opts.host);
    return stage == HOST_STAGE_POST || stage == HOST_STAGE_SETUP;
}

enum ipmi_cc
fujitsu_get_post_state(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_u8(rs, in_post(mc));
    return CC_OK;
}

static bool
identify_on(const struct mc *mc)
{
    return mc->chassis->identify != IDENTIFY_OFF;
}

static enum light
css_led(enum oem_health worst)
{
    return worst >= HEALTH_WARNING ? LIGHT_ON : LIGHT_OFF;
}

static enum light
global_error_led(enum oem_health worst)
{
    if (worst == HEALTH_FATAL)
        return LIGHT_BLINK;
    return worst == HEALTH_CRITICAL ? LIGHT_ON : LIGHT_OFF;
}

#define STATUS_ON       0x80
#define STATUS_SEL      0x10
#define STATUS_WATCHDOG 0x04
#define STATUS_AGENT    0x02
#define STATUS_POST     0x01

static uint8_t
system_status(const struct mc *mc)
{
    unsigned status = 0;

    if (mc->opts.host != NULL && host_power_good(mc->opts.host))
        status |= STATUS_ON;
    if (mc->sel != NULL && mc->sel->count > 0)
        status |= STATUS_SEL;
    if (mc->watchdog != NULL && watchdog_running(mc->watchdog))
        status |= STATUS_WATCHDOG;
    if (fujitsu_agent_there(mc))
        status |= STATUS_AGENT;
    if (in_post(mc))
        status |= STATUS_POST;
    return (uint8_t)status;
}

#define NEWS_SEL_ENTRY   0x80
#define NEWS_SEL_CLEARED 0x40
#define NEWS_SDR         0x20
#define NEWS_DISPLAY     0x01

static bool
happened(uint32_t at, uint32_t since)
{
    return at != SEL_TIME_UNSPECIFIED && at >= since;
}

static uint8_t
news_since(const struct mc *mc, const struct fujitsu *f, uint32_t since)
{
    unsigned news = 0;
    uint32_t added, erased;

    if (mc->sel != NULL && happened(mc->sel->add_time, since))
        news |= NEWS_SEL_ENTRY;
    if (mc->sel != NULL && happened(mc->sel->erase_time, since))
        news |= NEWS_SEL_CLEARED;
    sdr_stamps(mc, &added, &erased);
    if (mc->sdrs.own != NULL && (happened(added, since) || happened(erased, since)))
        news |= NEWS_SDR;
    if (f->has_output && f->output_s >= since)
        news |= NEWS_DISPLAY;
    return (uint8_t)news;
}

enum ipmi_cc
fujitsu_get_system_status(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint32_t since = rd_le32(&rq->data);
    enum oem_health worst = oem_health_worst(mc, OEM_HEALTH_ANY_TYPE, NULL);

    wr_u8(rs, system_status(mc));
    wr_u8(rs, (unsigned)identify_on(mc) << 7 | (unsigned)css_led(worst) << 2 |
              (unsigned)global_error_led(worst));
    wr_u8(rs, news_since(mc, fujitsu_state(mc), since));
    wr_u8(rs, mc->opts.host != NULL ? host_post_code(mc->opts.host) : 0);
    return CC_OK;
}

static uint8_t
from_bcd(uint8_t bcd)
{
    return (uint8_t)((bcd >> 4) * 10 + (bcd & 0x0f));
}

enum ipmi_cc
fujitsu_get_eeprom_version(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    static const uint8_t booter[] = { 1, 0, 1, 0 };
    const struct machine_mc *m = mc->machine;

    if (rd_u8(&rq->data) >= EEPROMS)
        return CC_RANGE;
    wr_u8(rs, 1);                /* its checksum is right */
    wr_u8(rs, m->fw_major & 0x7fu);
    wr_u8(rs, from_bcd(m->fw_minor));
    wr_bytes(rs, m->aux, 3);
    wr_u8(rs, 'A');
    wr_u8(rs, 1);                /* sensor data records: revision 1.00A */
    wr_u8(rs, 0);
    wr_u8(rs, 'A');
    wr_le16(rs, m->product);
    wr_bytes(rs, booter, sizeof booter);
    return CC_OK;
}

enum ipmi_cc
fujitsu_set_identify_led(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t on = rd_u8(&rq->data);

    (void)rs;
    if (on > 1)
        return CC_INVALID_FIELD;
    chassis_identify(mc->chassis, 0, on);
    return CC_OK;
}

enum ipmi_cc
fujitsu_get_identify_led(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_u8(rs, identify_on(mc));
    return CC_OK;
}

enum ipmi_cc
fujitsu_get_error_led(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    enum oem_health worst = oem_health_worst(mc, OEM_HEALTH_ANY_TYPE, NULL);

    (void)rq;
    wr_u8(rs, 3u * (unsigned)css_led(worst) + (unsigned)global_error_led(worst));
    return CC_OK;
}

/* ---- components ---- */

#define COMPONENT_NO_SIGNAL 0x01     /* completion codes */
#define COMPONENT_ABSENT    0x02
#define COMPONENT_QUIET     0x02     /* option: no COMPONENT_ABSENT */
#define COMPONENT_NAME      0x01     /* option: with the id string */
#define HAS_LED             0x01

/* The sensor of a type that belongs to an entity instance: its index, and
 * its record. */
static bool
find_component(const struct mc *mc, uint8_t entity, uint8_t instance, uint8_t type,
               uint32_t *i, struct sdr *sdr)
{
    for (*i = 0; *i < mc->sensors.count; ++*i) {
        const struct machine_sensor *facts = sensor_facts(mc, *i);

        if (facts->type == type &&
            sdr_parse(sdr_of_sensor(mc, facts->lun, facts->number), sdr) == SDR_OK &&
            sdr_is_sensor(sdr) && sdr->u.sensor.entity == entity &&
            sdr->u.sensor.instance == instance)
            return true;
    }
    return false;
}

enum ipmi_cc
fujitsu_get_component_status(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    static const uint8_t signals[] = { 0, 2, 3, 3 };   /* by enum oem_health */
    uint8_t entity = rd_u8(&rq->data);
    uint8_t instance = (uint8_t)(rd_u8(&rq->data) + 1);
    uint8_t type = rd_u8(&rq->data);
    uint8_t option = rd_left(&rq->data) > 0 ? rd_u8(&rq->data) : 0;
    char name[SDR_ID_TEXT];
    struct sdr sdr;
    uint32_t i;

    if (!find_component(mc, entity, instance, type, &i, &sdr))
        return (enum ipmi_cc)COMPONENT_NO_SIGNAL;
    if (!sensor_has_reading(&mc->sensors.at[i]) && !(option & COMPONENT_QUIET))
        return (enum ipmi_cc)COMPONENT_ABSENT;
    wr_u8(rs, signals[oem_health_of(mc, i)]);
    wr_u8(rs, HAS_LED);
    if (option & COMPONENT_NAME) {
        sdr_id_text(&sdr, name, sizeof name);
        wr_u8(rs, (unsigned)strlen(name));
        wr_bytes(rs, name, strlen(name));
    }
    return CC_OK;
}

/* ---- the display ---- */

enum ipmi_cc
fujitsu_write_to_display(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct fujitsu *f = fujitsu_state(mc);
    uint8_t len, attribute;

    (void)rs;
    rd_skip(&rq->data, 3);
    len = rd_u8(&rq->data);
    attribute = rd_u8(&rq->data);
    if (attribute > 1)
        return CC_INVALID_FIELD;
    if (len != 1 + rd_left(&rq->data))
        return CC_LENGTH;
    f->has_output = true;
    f->output_s = sel_time(mc);
    return CC_OK;
}
