#include "sim/mc/picmg_cmds.h"

#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"

/* PICMG 3.0 R3.0 is version 2.3 of the extension, minor digit first; that of a
 * module, by AMC.0, is 4.1, MicroTCA's is 5.0. */
#define VERSION_ATCA 0x32
#define VERSION_AMC  0x14
#define VERSION_UTCA 0x05

#define LED_GENERAL  4u
#define LED_FLAGS    0x00 /* VITA: no LED depends on something else */
#define ACTIVATE_MAX 1
#define RESETS_COLD  0x01 /* FRU Control Capabilities */
#define RESETS       0x0f
#define VITA_POWER   0x10 /* deactivation takes a payload's power away */

enum { KEY_HARDWARE, KEY_IPMB, KEY_RESERVED, KEY_PHYSICAL };

#define ADDRESS_NONE 0xff /* reserved: there was an IPMB-1 once */

struct picmg_fru *
picmg_named(struct mc *mc, struct ipmi_req *rq)
{
    return picmg_fru(mc, rd_u8(&rq->data));
}

static uint8_t
version_of(uint8_t site_type)
{
    switch (site_type) {
    case SITE_AMC: return VERSION_AMC;
    case SITE_MCH:
    case SITE_POWER_MODULE: return VERSION_UTCA;
    default: return VERSION_ATCA;
    }
}

static enum ipmi_cc
get_properties(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_u8(rs, version_of(picmg_own_site(mc).type));
    wr_u8(rs, picmg_fru_max(mc));
    wr_u8(rs, 0);
    return CC_OK;
}

/* ---- addresses ---- */

/* Any controller knows itself, the shelf manager knows all. */
static bool
find_site(const struct mc *mc, uint8_t key_type, uint8_t key, uint8_t type,
          struct machine_site *site)
{
    const struct machine_site *found = NULL;

    *site = picmg_own_site(mc);
    if (key_type == KEY_HARDWARE)
        found = picmg_site_at(mc, key);
    else if (key_type == KEY_IPMB)
        found = picmg_site_at(mc, key >> 1);
    else
        found = picmg_site_of(mc, type, key);
    if (found != NULL)
        *site = *found;
    else if (key_type == KEY_PHYSICAL
                 ? site->type != type || site->number != key
                 : site->hw_address != (key_type == KEY_IPMB ? key >> 1 : key))
        return false;
    return shelf_managed(mc) || site->hw_address == mc->machine->address >> 1;
}

/* What is asked about: [fru [key type, key [site type]]]. CC_OK, *site and
 * *fru, or why not. */
static enum ipmi_cc
addressed(struct mc *mc, struct ipmi_req *rq, struct machine_site *site, uint8_t *fru)
{
    size_t left = rd_left(&rq->data);
    uint8_t key_type, key, type;

    *fru = left > 0 ? rd_u8(&rq->data) : 0;
    *site = picmg_own_site(mc);
    if (left == 2)
        return CC_LENGTH;
    if (left > 2) {
        key_type = rd_u8(&rq->data);
        key = rd_u8(&rq->data);
        if (key_type == KEY_RESERVED || key_type > KEY_PHYSICAL)
            return CC_INVALID_FIELD;
        if (key_type == KEY_PHYSICAL && left < 4)
            return CC_LENGTH;
        type = left > 3 ? rd_u8(&rq->data) : 0;
        if (!find_site(mc, key_type, key, type, site))
            return CC_NOT_PRESENT;
    }
    if (*fru > 0 &&
        (site->hw_address != mc->machine->address >> 1 || (fru_find(mc, *fru) == NULL)))
        return CC_NOT_PRESENT;
    return CC_OK;
}

enum ipmi_cc
picmg_get_address_info(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct machine_site site;
    uint8_t fru;
    enum ipmi_cc cc = addressed(mc, rq, &site, &fru);

    if (cc != CC_OK)
        return cc;
    wr_u8(rs, site.hw_address);
    wr_u8(rs, (uint8_t)(site.hw_address << 1));
    wr_u8(rs, ADDRESS_NONE);
    wr_u8(rs, fru);
    wr_u8(rs, site.number);
    wr_u8(rs, site.type);
    return CC_OK;
}

/* ---- FRUs ---- */

enum ipmi_cc
picmg_fru_control_cmd(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct picmg_fru *f = picmg_named(mc, rq);
    uint8_t option = rd_u8(&rq->data);

    (void)rs;
    if (f == NULL || (picmg_by_vita(rq) && option == CONTROL_QUIESCE))
        return CC_INVALID_FIELD;
    return picmg_control(f, option);
}

/* PICMG: cold reset is always there, and its bit is reserved. VITA has no
 * quiesce, and says in the place of it whether power can be controlled. */
enum ipmi_cc
picmg_get_control_capabilities(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct picmg_fru *f = picmg_named(mc, rq);

    if (f == NULL)
        return CC_INVALID_FIELD;
    if (picmg_by_vita(rq))
        wr_u8(rs, (picmg_controls(f) & RESETS) | VITA_POWER);
    else
        wr_u8(rs, picmg_controls(f) & ~(unsigned)RESETS_COLD);
    return CC_OK;
}

static uint8_t
policies_of(const struct ipmi_req *rq)
{
    return picmg_by_vita(rq) ? POLICY_VITA : POLICY_PICMG;
}

enum ipmi_cc
picmg_set_policy_cmd(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct picmg_fru *f = picmg_named(mc, rq);
    uint8_t mask = rd_u8(&rq->data), bits = rd_u8(&rq->data);

    (void)rs;
    if (f == NULL || (mask | bits) & ~policies_of(rq))
        return CC_INVALID_FIELD;
    picmg_set_policy(f, mask, bits);
    return CC_OK;
}

enum ipmi_cc
picmg_get_policy_cmd(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct picmg_fru *f = picmg_named(mc, rq);

    if (f == NULL)
        return CC_INVALID_FIELD;
    wr_u8(rs, f->policy & policies_of(rq));
    return CC_OK;
}

enum ipmi_cc
picmg_set_activation(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct picmg_fru *f = picmg_named(mc, rq);
    uint8_t activate = rd_u8(&rq->data);

    (void)rs;
    if (f == NULL || activate > ACTIVATE_MAX)
        return CC_INVALID_FIELD;
    return picmg_activate(f, activate);
}

/* ---- the record that tells where a FRU is ---- */

/* Octets of a locator record, header included. */
#define LOCATOR_ADDRESS 5 /* both kinds: the controller's slave address */
#define LOCATOR_FRU     6 /* FRU locator: its id */
#define LOCATOR_LOGICAL 7 /* [7] it is a logical FRU device */
#define SDR_TYPE_AT     3
#define TYPE_FRU        0x11
#define TYPE_MC         0x12

static bool
locates(const struct mc *mc, struct bytes record, uint8_t fru)
{
    if (record.len <= LOCATOR_LOGICAL ||
        record.at[LOCATOR_ADDRESS] != mc->machine->address)
        return false;
    if (fru == 0)
        return record.at[SDR_TYPE_AT] == TYPE_MC;
    return record.at[SDR_TYPE_AT] == TYPE_FRU && record.at[LOCATOR_FRU] == fru &&
           (record.at[LOCATOR_LOGICAL] & 0x80);
}

/* The first behind a record id: of the device SDRs, which know only their own;
 * then of the repository. */
static bool
find_locator(const struct mc *mc, uint8_t fru, uint16_t after, uint16_t *id)
{
    struct bytes record;

    for (uint32_t i = 0; i < mc->machine->device_sdr_count[0]; i++) {
        *id = (uint16_t)(i + 1);
        if (*id > after && locates(mc, mc->machine->device_sdrs[0][i].record, fru))
            return true;
    }
    for (uint32_t n = 0; (record = sdr_nth(mc, n, id)).len > 0; n++)
        if (*id > after && locates(mc, record, fru))
            return true;
    return false;
}

enum ipmi_cc
picmg_locator_id(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t fru = rd_u8(&rq->data);
    uint16_t after = rd_left(&rq->data) > 0 ? rd_le16(&rq->data) : 0;
    uint16_t id;

    if (fru > 0 && fru_find(mc, fru) == NULL)
        return CC_INVALID_FIELD;
    if (!find_locator(mc, fru, after, &id))
        return CC_NOT_PRESENT;
    wr_le16(rs, id);
    return CC_OK;
}

/* ---- LEDs ---- */

static enum ipmi_cc
get_led_properties(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    unsigned count = picmg_leds(mc);

    if (picmg_named(mc, rq) == NULL)
        return CC_INVALID_FIELD;
    wr_u8(rs, (1u << (count < LED_GENERAL ? count : LED_GENERAL)) - 1);
    wr_u8(rs, count < LED_GENERAL ? 0 : count - LED_GENERAL);
    return CC_OK;
}

enum ipmi_cc
picmg_get_led_colours(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct picmg_fru *f = picmg_named(mc, rq);
    uint8_t led = rd_u8(&rq->data);

    if (f == NULL || led >= picmg_leds(mc))
        return CC_INVALID_FIELD;
    wr_u8(rs, picmg_led_colours(led));
    wr_u8(rs, picmg_led_colour(led));
    wr_u8(rs, picmg_led_colour(led));
    if (picmg_by_vita(rq))
        wr_u8(rs, LED_FLAGS);
    return CC_OK;
}

enum ipmi_cc
picmg_set_led_state(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct picmg_fru *f = picmg_named(mc, rq);
    uint8_t led = rd_u8(&rq->data);
    struct led_show told = { .function = rd_u8(&rq->data) };

    (void)rs;
    told.on_time = rd_u8(&rq->data);
    told.colour = rd_u8(&rq->data);
    return f == NULL ? CC_INVALID_FIELD : picmg_led_set(f, led, told);
}

enum ipmi_cc
picmg_get_led_state(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct picmg_fru *f = picmg_named(mc, rq);
    uint8_t led = rd_u8(&rq->data);

    if (f == NULL || led >= picmg_leds(mc))
        return CC_INVALID_FIELD;
    picmg_led_get(f, led, rs);
    return CC_OK;
}

#define PICMG(cmd, name, needs, min, max, handler)                                     \
    {                                                                                  \
        NETFN_GROUP, cmd, name, needs, min, max, GROUP_PICMG_CMDS, handler, "PICMG3.0" \
    }
#define USER     NEEDS_USER
#define OPERATOR NEEDS_OPERATOR

static const struct command rows[] = {
    PICMG(0x00, "Get PICMG Properties", USER | READS, 1, 1, get_properties),
    PICMG(0x01, "Get Address Info", USER | READS, 1, 5, picmg_get_address_info),
    PICMG(0x04, "FRU Control", OPERATOR, 3, 3, picmg_fru_control_cmd),
    PICMG(0x05, "Get FRU LED Properties", USER | READS, 2, 2, get_led_properties),
    PICMG(0x06, "Get LED Color Capabilities", USER | READS, 3, 3,
          picmg_get_led_colours),
    PICMG(0x07, "Set FRU LED State", OPERATOR, 6, 6, picmg_set_led_state),
    PICMG(0x08, "Get FRU LED State", USER | READS, 3, 3, picmg_get_led_state),
    PICMG(0x0a, "Set FRU Activation Policy", OPERATOR, 4, 4, picmg_set_policy_cmd),
    PICMG(0x0b, "Get FRU Activation Policy", USER | READS, 2, 2,
          picmg_get_policy_cmd),
    PICMG(0x0c, "Set FRU Activation", OPERATOR, 3, 3, picmg_set_activation),
    PICMG(0x0d, "Get Device Locator Record ID", USER | READS, 2, 4, picmg_locator_id),
    PICMG(0x1e, "FRU Control Capabilities", USER | READS, 2, 2,
          picmg_get_control_capabilities),
};

const struct command_table picmg_commands = { "picmg", rows, sizeof rows / sizeof rows[0],
                                              GROUP_PICMG };
