#include "sim/oem/quanta.h"

#include <math.h>
#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/oem/defaults.h"
#include "sim/oem/extconf_common.h"
#include "sim/oem/macs.h"
#include "sim/wire/sdr.h"

#define NETFN_GENERIC 0x30
#define NETFN_QCT     0x36

#define ENTITY_PROCESSOR 0x03
#define TYPE_TEMPERATURE 0x01
#define PROCESSOR_WESTMERE_EP 0x0e
#define PROCESSOR_MHZ    2400u
#define INSTANCES        128

#define PLATFORM_ID 1

/* Where the MAC addresses are. */
#define MACS_BUS     0x05        /* channel 0, bus 2, private */
#define MACS_ADDRESS 0xaa
#define READ_BIT     0x01
#define MACS_SIZE    (OEM_PORTS * OEM_MAC)

/* Kept but for the task and what extconf.h says. */
struct quanta {
    struct extconf conf;         /* first: extconf_common.h finds it by that */
    struct oem_task task;
    struct oem_macs macs;
};

static struct quanta *
state_of(struct mc *mc)
{
    return oem_state(mc, &oem_quanta);
}

/* ---- extended configuration ---- */

static const struct extconf_attr attrs[] = {
    { EXTCONF_SOL, 0x02, .kind = EXTCONF_VALUE, .size = 1, .max = 1 },
    { EXTCONF_SECURITY, 0x01, .kind = EXTCONF_VALUE, .size = 1, .max = 0x0f },
    { EXTCONF_POWER, 0x01, .kind = EXTCONF_VALUE, .size = 1 },
};

static const struct extconf_group group = { attrs, sizeof attrs / sizeof attrs[0] };
static const struct extconf_table table = { { &group, &extconf_common },
                                            extconf_common_other };

static enum ipmi_cc
reserve(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    return extconf_reserve(&state_of(mc)->conf, rs);
}

static enum ipmi_cc
get_config(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    return extconf_get(&state_of(mc)->conf, mc, rq, rs);
}

static enum ipmi_cc
set_config(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    return extconf_set(&state_of(mc)->conf, mc, rq, rs);
}

/* ---- defaults ---- */

static enum ipmi_cc
reset_to_defaults(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct quanta *q = state_of(mc);
    bool rest;
    enum ipmi_cc cc = oem_defaults_restore(mc, rq, &q->task, &rest, rs);

    if (cc != CC_OK || !rest)
        return cc;
    extconf_defaults(&q->conf);
    return CC_OK;
}

static enum ipmi_cc
get_restore_status(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    return oem_defaults_status(mc, rq, &state_of(mc)->task, rs);
}

/* ---- sensors, processors ---- */

static enum ipmi_cc
get_temperature(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t number = rd_u8(&rq->data);
    int i = sensor_index(mc, LUN_BMC, number);
    double celsius;

    if (i < 0 || sensor_facts(mc, (uint32_t)i)->type != TYPE_TEMPERATURE ||
        !sensor_has_reading(&mc->sensors.at[i]) ||
        !mc_sensor_units(mc, LUN_BMC, number, &celsius))
        return CC_NOT_PRESENT;
    celsius = fmin(fmax(round(celsius), INT8_MIN), INT8_MAX);
    wr_u8(rs, (uint8_t)(int8_t)celsius);
    return CC_OK;
}

/* Instances of processors that sensors of the repository belong to. */
static unsigned
processors(const struct mc *mc)
{
    bool seen[INSTANCES] = { false };
    unsigned n = 0;

    for (uint32_t i = 0; i < sdr_count(mc); i++) {
        struct sdr sdr;
        uint16_t id;
        uint8_t instance;

        if (sdr_parse(sdr_nth(mc, i, &id), &sdr) != SDR_OK || !sdr_is_sensor(&sdr) ||
            sdr.u.sensor.entity != ENTITY_PROCESSOR)
            continue;
        instance = sdr.u.sensor.instance % INSTANCES;
        n += !seen[instance];
        seen[instance] = true;
    }
    return n > 0 ? n : 1;
}

static enum ipmi_cc
get_processor(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t index = rd_u8(&rq->data);

    if (index < 1 || index > processors(mc))
        return CC_RANGE;
    wr_u8(rs, PROCESSOR_WESTMERE_EP);
    wr_le16(rs, PROCESSOR_MHZ);
    return CC_OK;
}

static enum ipmi_cc
get_platform(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    static const uint8_t magic[] = { 0x4c, 0x1c, 0x00, 0x02 };
    struct bytes asked = rd_bytes(&rq->data, sizeof magic);

    (void)mc;
    if (asked.len != sizeof magic || memcmp(asked.at, magic, sizeof magic) != 0)
        return CC_INVALID_FIELD;
    wr_u8(rs, PLATFORM_ID);
    return CC_OK;
}

/* ---- MAC addresses ---- */

static enum ipmi_cc
write_macs(struct mc *mc, struct quanta *q, uint16_t at, struct bytes data)
{
    enum ipmi_cc cc = CC_OK;

    if (at % OEM_MAC || data.len % OEM_MAC || at + data.len > MACS_SIZE)
        return CC_RANGE;
    for (size_t done = 0; cc == CC_OK && done < data.len; done += OEM_MAC)
        cc = oem_macs_set(mc, &q->macs, (enum oem_port)((at + done) / OEM_MAC),
                          data.at + done);
    return cc;
}

static enum ipmi_cc
access_macs(struct mc *mc, uint8_t count, struct rd *data, uint8_t privilege, struct wr *rs)
{
    struct quanta *q = state_of(mc);
    uint16_t at = rd_be16(data);
    struct bytes write = rd_rest(data);
    uint8_t macs[MACS_SIZE];

    if (data->bad)
        return CC_LENGTH;
    if (count > 0 && at + count > MACS_SIZE)
        return CC_RANGE;
    if (write.len > 0 && privilege < PRIV_ADMIN)
        return CC_PRIVILEGE;
    if (write.len > 0)
        return write_macs(mc, q, at, write);
    oem_macs_get(mc, &q->macs, OEM_PORT_DEDICATED, macs);
    oem_macs_get(mc, &q->macs, OEM_PORT_SHARED, macs + OEM_MAC);
    wr_bytes(rs, macs + at, count);
    return CC_OK;
}

static enum ipmi_cc
master_write_read(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct rd data = rq->data;
    uint8_t bus = rd_u8(&data);
    uint8_t address = rd_u8(&data) & (uint8_t)~READ_BIT;
    uint8_t count = rd_u8(&data);

    if (bus != MACS_BUS || address != MACS_ADDRESS || i2c_described(mc, 2, MACS_ADDRESS))
        return command_pass(&mc->gate, mc, rq, rs);
    return access_macs(mc, count, &data, rq->privilege, rs);
}

/* ---- the profile ---- */

static void
init(struct mc *mc, void *state)
{
    struct quanta *q = state;

    (void)mc;
    extconf_init(&q->conf, &table);
}

static void
reset(struct mc *mc, void *state)
{
    struct quanta *q = state;

    (void)mc;
    extconf_reset(&q->conf);
    q->task = (struct oem_task){ 0 };
}

static void
end(struct mc *mc, void *state)
{
    struct quanta *q = state;

    (void)mc;
    extconf_end(&q->conf);
}

#define OEM GROUP_OEM_CMDS

static const struct command rows[] = {
    { NETFN_APP, 0x52, "Master Write-Read", NEEDS_OPERATOR, 3, LEN_ANY, OEM,
      master_write_read, "22.11" },
    { NETFN_GENERIC, 0x01, "Quanta Reserve Extended Configuration", NEEDS_USER, 0, 0, OEM,
      reserve, "" },
    { NETFN_GENERIC, 0x02, "Quanta Get Extended Configuration", NEEDS_USER | READS,
      EXTCONF_GET_LEN, EXTCONF_GET_LEN, OEM, get_config, "" },
    { NETFN_GENERIC, 0x03, "Quanta Set Extended Configuration", NEEDS_ADMIN, EXTCONF_SET_LEN,
      LEN_ANY, OEM, set_config, "" },
    { NETFN_GENERIC, 0x04, "Quanta Reset To Defaults", NEEDS_ADMIN, 1, 1, OEM,
      reset_to_defaults, "" },
    { NETFN_GENERIC, 0x05, "Quanta Get Restore Status", NEEDS_USER | READS, 1, 1, OEM,
      get_restore_status, "" },
    { NETFN_GENERIC, 0x10, "Quanta Get Sensor Temperature Reading", NEEDS_USER | READS, 1,
      1, OEM, get_temperature, "" },
    { NETFN_GENERIC, 0x18, "Quanta Get Processor Information", NEEDS_USER | READS, 1, 1,
      OEM, get_processor, "" },
    { NETFN_QCT, 0x65, "Quanta Get Platform ID", NEEDS_USER | READS, 4, 4, OEM,
      get_platform, "" },
};

const struct command_table oem_quanta_commands = { "quanta", rows,
                                                   sizeof rows / sizeof rows[0], 0 };

static const struct command_table *const tables[] = { &oem_quanta_commands };

const struct oem_profile oem_quanta = {
    .name = "quanta",
    .what = "Quanta S99Q",
    .tables = tables,
    .table_count = sizeof tables / sizeof tables[0],
    .state_size = sizeof(struct quanta),
    .init = init,
    .reset = reset,
    .end = end,
};
