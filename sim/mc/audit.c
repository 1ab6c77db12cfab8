#include "sim/mc/audit.h"

#include "sim/mc/mc_parts.h"

#define SENSOR_TYPE_AUDIT          0x2a
#define EVENT_TYPE_SENSOR_SPECIFIC 0x6f
#define ED1_DATA_2_3               0xa0 /* event data 2 and 3 as the sensor type says */
#define USER_UNKNOWN               0
#define CAUSE_SHIFT                4 /* of deactivation, in event data 3 */

/* Why a session was deactivated, by enum lan_session_end. */
static const uint8_t end_causes[] = {
    [SESSION_END_CLOSED] = 1,
    [SESSION_END_TIMEOUT] = 2,
    [SESSION_END_CONFIG] = 3,
};

static bool
wanted(const struct sensor *s, enum audit what)
{
    return s->events && (s->assert_enabled >> what & 1) != 0;
}

static void
send(struct mc *mc, enum audit what, uint8_t ed2, uint8_t ed3, bool demanded)
{
    int i = mc_sensor_of_type(mc, SENSOR_TYPE_AUDIT);
    struct mc_event ev = {
        .sensor_type = SENSOR_TYPE_AUDIT,
        .type_dir = EVENT_TYPE_SENSOR_SPECIFIC,
        .data = { (uint8_t)(ED1_DATA_2_3 | what), ed2, ed3 },
    };

    if (i < 0 && !demanded)
        return;
    if (i >= 0) {
        if (!wanted(&mc->sensors.at[i], what) && !demanded)
            return;
        ev.lun = sensor_facts(mc, (uint32_t)i)->lun;
        ev.sensor_number = sensor_facts(mc, (uint32_t)i)->number;
    }
    mc_event(mc, &ev);
}

void
audit_event(struct mc *mc, enum audit what, uint8_t user, uint8_t channel)
{
    send(mc, what, user, channel, false);
}

void
audit_ended(struct mc *mc, uint8_t channel, enum lan_session_end why)
{
    send(mc, AUDIT_DEACTIVATED, USER_UNKNOWN,
         (uint8_t)(end_causes[why] << CAUSE_SHIFT | channel), false);
}

void
audit_locked_out(struct mc *mc, uint8_t user, uint8_t channel, bool demanded)
{
    send(mc, AUDIT_LOCKED_OUT, user, channel, demanded);
}
