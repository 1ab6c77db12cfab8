#include "sim/oem/ibm.h"

#include <stdio.h>
#include <string.h>

#include "sim/host/power.h"
#include "sim/mc/mc_parts.h"
#include "sim/oem/defaults.h"
#include "sim/oem/fru.h"

static struct ibm *
state_of(struct mc *mc)
{
    return oem_state(mc, &oem_ibm);
}

/* ---- what it is ---- */

#define KIND_IMM 0x01

#define BUILD_ID  "1AOO32A  "    /* 9 octets */
#define BUILD_DAY "2015/06/01"

enum ipmi_cc
ibm_get_kind(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)mc;
    (void)rq;
    wr_u8(rs, 0);
    wr_u8(rs, KIND_IMM);
    wr_u8(rs, 0);
    return CC_OK;
}

enum ipmi_cc
ibm_get_build(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    static const char build[] = BUILD_ID BUILD_DAY "\0" "12:00:00";

    (void)mc;
    (void)rq;
    wr_bytes(rs, build, sizeof build);
    return CC_OK;
}

/* ---- properties ---- */

/*
 * Request: what to do (0 get, 3 set), 0, how many octets follow; to set one
 * more, 1. Then the name, as a text: 80h and its length in front; to set, a
 * value of one octet: 11h, value. Answer: 0 or why not; to get, the length of
 * what follows (2) and the value: a text, or 44h and four octets.
 */
#define PROPERTY_GET  0
#define PROPERTY_SET  3
#define TEXT_TAG      0x80
#define TEXT_LENGTH   0x7f
#define OCTET_TAG     0x11
#define DWORD_TAG     0x44
#define PROPERTY_NONE 1          /* answers */
#define PROPERTY_FULL 2
#define VALUE_MAX     TEXT_LENGTH

typedef void property_fn(const struct mc *mc, char to[VALUE_MAX + 1]);

static void
firmware_version(const struct mc *mc, char to[VALUE_MAX + 1])
{
    snprintf(to, VALUE_MAX + 1, "%u.%02x", mc->machine->fw_major & 0x7fu,
             (unsigned)mc->machine->fw_minor);
}

static void
firmware_build(const struct mc *mc, char to[VALUE_MAX + 1])
{
    (void)mc;
    snprintf(to, VALUE_MAX + 1, "%s", BUILD_ID);
}

static void
build_day(const struct mc *mc, char to[VALUE_MAX + 1])
{
    (void)mc;
    snprintf(to, VALUE_MAX + 1, "%s", BUILD_DAY);
}

/* System firmware's version is what the host leaves in System Info. */
static void
system_version(const struct mc *mc, char to[VALUE_MAX + 1])
{
    uint8_t encoding;
    size_t len = sysinfo_string(mc, 1, &encoding, (uint8_t *)to, VALUE_MAX);

    to[len < VALUE_MAX ? len : VALUE_MAX] = '\0';
}

static void
product_name(const struct mc *mc, char to[VALUE_MAX + 1])
{
    oem_fru_text(mc, OEM_FRU_NOW, FRU_PRODUCT, FRU_PRODUCT_NAME, to, VALUE_MAX + 1);
}

static void
product_serial(const struct mc *mc, char to[VALUE_MAX + 1])
{
    oem_fru_text(mc, OEM_FRU_NOW, FRU_PRODUCT, FRU_PRODUCT_SERIAL, to, VALUE_MAX + 1);
}

static const struct {
    const char *name;
    property_fn *get;
} properties[] = {
    { "/v2/bios/build_id", firmware_build },
    { "/v2/bios/build_version", system_version },
    { "/v2/bios/build_date", build_day },
    { "/v2/ibmc/dm/fw/imm2/backup_build_id", firmware_build },
    { "/v2/ibmc/dm/fw/imm2/backup_build_version", firmware_version },
    { "/v2/ibmc/dm/fw/imm2/backup_build_date", build_day },
    { "/v2/ibmc/trusted_buildid", firmware_build },
    { "/v2/ibmc/name", product_name },
    { "/v2/ibmc/serial_number", product_serial },
};

static void
answer_value(struct bytes value, uint8_t tag, struct wr *rs)
{
    wr_u8(rs, 0);
    wr_le16(rs, (unsigned)value.len + 1);
    wr_u8(rs, tag);
    wr_span(rs, value);
}

static struct ibm_property *
find_set(struct ibm *ibm, const char *name)
{
    for (size_t i = 0; i < IBM_PROPERTIES; i++)
        if (strcmp(ibm->properties[i].name, name) == 0)
            return &ibm->properties[i];
    return NULL;
}

static void
get_property(struct mc *mc, const char *name, struct wr *rs)
{
    const struct ibm_property *set = find_set(state_of(mc), name);
    char text[VALUE_MAX + 1];

    if (set != NULL) {
        answer_value(bytes_of((const uint8_t[]){ set->value, 0, 0, 0 }, 4), DWORD_TAG, rs);
        return;
    }
    for (size_t i = 0; i < sizeof properties / sizeof properties[0]; i++)
        if (strcmp(properties[i].name, name) == 0) {
            properties[i].get(mc, text);
            answer_value(bytes_of(text, strlen(text)), (uint8_t)(TEXT_TAG | strlen(text)), rs);
            return;
        }
    wr_u8(rs, PROPERTY_NONE);
}

static enum ipmi_cc
set_property(struct mc *mc, const char *name, struct rd *data, struct wr *rs)
{
    struct ibm *ibm = state_of(mc);
    struct ibm_property *set = find_set(ibm, name);
    uint8_t tag = rd_u8(data);
    uint8_t value = rd_u8(data);

    if (tag != OCTET_TAG || !rd_done(data))
        return CC_INVALID_FIELD;
    if (set == NULL)
        set = find_set(ibm, "");
    if (set == NULL) {
        wr_u8(rs, PROPERTY_FULL);
        return CC_OK;
    }
    memcpy(set->name, name, strlen(name) + 1);
    set->value = value;
    wr_u8(rs, 0);
    return CC_OK;
}

enum ipmi_cc
ibm_property(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t what = rd_u8(&rq->data);
    char name[IBM_PROPERTY_NAME + 1] = { 0 };
    uint8_t tag;

    rd_skip(&rq->data, 1);
    if (rd_u8(&rq->data) != rd_left(&rq->data))
        return CC_LENGTH;
    if (what != PROPERTY_GET && what != PROPERTY_SET)
        return CC_INVALID_FIELD;
    if (what == PROPERTY_SET && rd_u8(&rq->data) != 1)
        return CC_INVALID_FIELD;
    tag = rd_u8(&rq->data);
    if (!(tag & TEXT_TAG) || (tag & TEXT_LENGTH) == 0 ||
        (tag & TEXT_LENGTH) > IBM_PROPERTY_NAME)
        return CC_INVALID_FIELD;
    rd_copy(&rq->data, name, tag & TEXT_LENGTH);
    if (rq->data.bad || name[0] == '\0')
        return CC_INVALID_FIELD;
    if (what == PROPERTY_SET)
        return rq->privilege >= PRIV_ADMIN ? set_property(mc, name, &rq->data, rs)
                                           : CC_PRIVILEGE;
    get_property(mc, name, rs);
    return CC_OK;
}

/* ---- energy ---- */

#define METER_HANDLE  1
#define METER_READ    0x82
#define METER_AC      1
#define METER_SIZE    8
#define EFFICIENCY    92u        /* percent, of the power supplies */
#define NS_PER_MJ_W   1000000u   /* a watt is a mJ in so many ns */

/* Add what was drawn since it was last looked at. */
static uint64_t
count_energy(struct mc *mc, struct ibm *ibm)
{
    struct power_stats stats;
    instant now = mc->world->now;

    if (now > ibm->counted) {
        power_statistics(mc->dcmi->power, ibm->counted, now, &stats);
        ibm->dc_mj += stats.average * ((now - ibm->counted) / NS_PER_MJ_W);
        ibm->counted = now;
    }
    return ibm->dc_mj;
}

enum ipmi_cc
ibm_find_meter(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    static const uint8_t found[] = { 0, 2, 1, METER_HANDLE };

    (void)mc;
    (void)rq;
    wr_bytes(rs, found, sizeof found);
    return CC_OK;
}

enum ipmi_cc
ibm_read_meter(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t handle = rd_u8(&rq->data);
    uint8_t count = rd_u8(&rq->data);
    uint8_t what = rd_u8(&rq->data);
    uint8_t meter = rd_u8(&rq->data);
    uint8_t size = rd_u8(&rq->data);
    uint64_t mj;

    if (handle != METER_HANDLE || count != 1 || what != METER_READ || meter > METER_AC ||
        size != METER_SIZE)
        return CC_INVALID_FIELD;
    if (mc->dcmi == NULL || mc->dcmi->power == NULL)
        return CC_NOT_PRESENT;
    mj = count_energy(mc, state_of(mc));
    if (meter == METER_AC)
        mj = mj / EFFICIENCY * 100;
    wr_be32(rs, (uint32_t)(mj >> 32));
    wr_be32(rs, (uint32_t)mj);
    return CC_OK;
}

/* ---- defaults ---- */

enum ipmi_cc
ibm_restore_defaults(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    static const uint8_t asked[] = { 0x0a, 0x01, 0xff, 0x00, 0x00, 0x00 };
    struct bytes data = rd_rest(&rq->data);
    struct ibm *ibm = state_of(mc);
    enum ipmi_cc cc;

    if (data.len < 1 || data.at[0] != asked[0]) {
        cc = command_pass(&mc->gate, mc, rq, rs);
        return cc == CC_INVALID_COMMAND ? CC_INVALID_FIELD : cc;
    }
    if (data.len != sizeof asked || memcmp(data.at, asked, sizeof asked) != 0)
        return CC_INVALID_FIELD;
    memset(ibm->properties, 0, sizeof ibm->properties);
    return oem_defaults(mc, OEM_DEFAULTS_PARTS);
}
