#include "sim/mc/dcmi.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/wire/fru.h"

#define FRU_OF_THE_SYSTEM 0
#define FRU_IMAGE_MAX 2048u          /* an asset tag further in is not looked for */

/* Encodings of an asset tag that is not plain text. */
#define CC_BINARY CC_CMD_80
#define CC_BCD    CC_CMD_81
#define CC_PACKED CC_CMD_82
#define CC_WIDE   CC_CMD_83          /* two octets a character */

/* Language codes of FRU areas in which text is one octet a character. */
#define ENGLISH_DEFAULT 0
#define ENGLISH 25

#define DISCOVERY_BITS 0x83          /* back-off, options 60/43, option 12 */
#define DISCOVERY_DEFAULT 0x01
#define RESTART_DHCP 0x01
#define INITIAL_DEFAULT 4
#define CONTACT_DEFAULT 120
#define RETRY_DEFAULT 64

/* 5 s, 15 s, 30 s; 1, 3, 7, 15, 30 min; 1 h. */
const uint8_t dcmi_periods[DCMI_PERIODS] = {
    0x05, 0x0f, 0x1e, 0x41, 0x43, 0x47, 0x4f, 0x5e, 0x81,
};

/* ---- strings ---- */

static const struct {
    uint8_t max;
} strings[] = {
    [DCMI_ASSET] = { DCMI_ASSET_MAX },
    [DCMI_IDENTIFIER] = { DCMI_IDENTIFIER_MAX },
};

static enum ipmi_cc
cc_of_encoding(uint8_t encoding, uint8_t language)
{
    bool english = language == ENGLISH_DEFAULT || language == ENGLISH;

    switch (encoding) {
    case FRU_BINARY:   return CC_BINARY;
    case FRU_BCD_PLUS: return CC_BCD;
    case FRU_PACKED:   return CC_PACKED;
    default:           return english ? CC_OK : CC_WIDE;
    }
}

/* The asset tag in the product area of FRU 0, as stored there. */
static enum ipmi_cc
asset_of_fru(const struct mc *mc, struct dcmi_string *out)
{
    const struct fru *fru = fru_find(mc, FRU_OF_THE_SYSTEM);
    uint8_t image[FRU_IMAGE_MAX];
    uint32_t size = fru != NULL ? fru->facts->size : 0;
    struct fru_area area;
    struct fru_field field;

    if (size > sizeof image)
        size = sizeof image;
    if (size == 0 || fru_read(mc, fru, 0, image, size) != ST_OK ||
        !fru_area_open(bytes_of(image, size), FRU_PRODUCT, &area) ||
        !fru_nth(&area, FRU_PRODUCT_ASSET, &field) || field.data.len == 0)
        return CC_OK;
    out->len = (uint8_t)field.data.len;      /* FRU_FIELD_MAX at most, as ours */
    memcpy(out->octets, field.data.at, field.data.len);
    return cc_of_encoding(field.encoding, area.language);
}

static void
identifier_of_mac(const struct mc *mc, struct dcmi_string *out)
{
    static const uint8_t no_mac[6] = { 0 };
    const uint8_t *mac = mc->lan_count ? lanparm_mac(mc, 0) : no_mac;
    int n = snprintf((char *)out->octets, sizeof out->octets, "DCMI%02X%02X%02X%02X%02X%02X",
                     mac[0], mac[1], mac[2], mac[3], mac[4], mac[5]);

    out->len = (uint8_t)(n + 1);
}

static struct dcmi_string **
place_of(const struct mc *mc, enum dcmi_which which)
{
    return which == DCMI_ASSET ? &mc->dcmi->asset : &mc->dcmi->identifier;
}

enum ipmi_cc
dcmi_string(const struct mc *mc, enum dcmi_which which, struct dcmi_string *out)
{
    const struct dcmi_string *own = *place_of(mc, which);

    memset(out, 0, sizeof *out);
    if (own != NULL) {
        *out = *own;
        return CC_OK;
    }
    if (which == DCMI_ASSET)
        return asset_of_fru(mc, out);
    identifier_of_mac(mc, out);
    return CC_OK;
}

/* Pieces must adjoin: what is written in the middle ends the string there,
 * and nothing can be left out. */
enum ipmi_cc
dcmi_set_string(struct mc *mc, enum dcmi_which which, uint8_t offset, struct bytes data,
                uint8_t *total)
{
    struct dcmi_string **place = place_of(mc, which);
    struct dcmi_string s;

    if (data.len > DCMI_CHUNK || offset + data.len > strings[which].max)
        return CC_RANGE;
    (void)dcmi_string(mc, which, &s);
    if (offset > s.len)
        return CC_RANGE;
    if (*place == NULL)
        *place = malloc(sizeof **place);
    if (*place == NULL)
        return CC_NO_SPACE;
    s.len = (uint8_t)(offset + data.len);
    if (data.len)
        memcpy(s.octets + offset, data.at, data.len);
    memset(s.octets + s.len, 0, sizeof s.octets - s.len);
    **place = s;
    *total = s.len;
    return CC_OK;
}

/* ---- parameters ---- */

/* Addresses from DHCP are given out outside of the lab; what a restart does
 * here is to be seen in the trace. */
static enum ipmi_cc
set_activate(void *of, const struct param_ask *ask, struct rd *data)
{
    struct mc *mc = of;

    (void)ask;
    if (rd_u8(data) != RESTART_DHCP)
        return CC_INVALID_FIELD;
    world_note(mc->world, "dcmi: DHCP discovery begins anew");
    return CC_OK;
}

static enum ipmi_cc
get_activate(const void *of, const struct param_ask *ask, struct wr *rs)
{
    (void)of;
    (void)ask;
    wr_u8(rs, 0);
    return CC_OK;
}

static enum ipmi_cc
check_discovery(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    (void)of;
    (void)ask;
    (void)len;
    return data[0] & ~DISCOVERY_BITS ? CC_INVALID_FIELD : CC_OK;
}

#define AT(field) .at = offsetof(struct dcmi_config, field)

static const struct param rows[] = {
    { 1, "Activate DHCP", .size = 1, .set = set_activate, .get = get_activate },
    { 2, "Discovery Configuration", .size = 1, AT(discovery), .check = check_discovery },
    { 3, "DHCP Timing 1", .size = 1, AT(initial_s) },
    { 4, "DHCP Timing 2", .size = 2, AT(contact_s) },
    { 5, "DHCP Timing 3", .size = 2, AT(retry_s) },
};

static const uint8_t *
load(const void *of, const struct param *row)
{
    const struct mc *mc = of;

    (void)row;
    return (const uint8_t *)&mc->dcmi->config;
}

static uint8_t *
store(void *of, const struct param *row)
{
    struct mc *mc = of;

    (void)row;
    return (uint8_t *)&mc->dcmi->config;
}

const struct param_family dcmi_family = {
    .name = "DCMI",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
    .revision = DCMI_REVISION_CONFIG,
    .load = load,
    .store = store,
};

/* ---- the part ---- */

static struct power_facts
watts_of(const struct machine_mc *machine)
{
    const struct machine_watts *w = &machine->watts;

    if (w->full == 0)
        return (struct power_facts){ .standby = DCMI_STANDBY, .idle = DCMI_IDLE,
                                     .full = DCMI_FULL, .floor = DCMI_FLOOR };
    return (struct power_facts){ .standby = w->standby, .idle = w->idle, .full = w->full,
                                 .floor = w->floor };
}

static void scan(void *ctx, instant at);

static enum status
begin(struct dcmi *dcmi, struct mc *mc)
{
    struct power_facts watts = watts_of(mc->machine);

    dcmi->mc = mc;
    dcmi->began = mc->world->now;
    dcmi->limit = (struct dcmi_power_limit){
        .watts = watts.full, .correction_ms = DCMI_CORRECTION_DEFAULT,
        .period_s = DCMI_PERIOD_DEFAULT,
    };
    dcmi->config = (struct dcmi_config){
        .discovery = DISCOVERY_DEFAULT, .initial_s = INITIAL_DEFAULT,
        .contact_s = { CONTACT_DEFAULT }, .retry_s = { RETRY_DEFAULT },
    };
    timer_init(&dcmi->scan, TIMER_DEVICE, scan, mc);
    if (mc->opts.host == NULL)
        return ST_OK;
    return power_new(mc->world, mc->opts.host, &watts, &dcmi->power);
}

static void
scan(void *ctx, instant at)
{
    (void)at;
    dcmi_review(ctx);
}

enum status
dcmi_init(struct mc *mc)
{
    struct dcmi *dcmi;

    mc->dcmi = NULL;
    if (!(mc->gate.groups & GROUP_DCMI_CMDS))
        return ST_OK;
    dcmi = calloc(1, sizeof *dcmi);
    if (dcmi == NULL)
        return ST_NOMEM;
    mc->dcmi = dcmi;
    return begin(dcmi, mc);
}

/* Thermal limits go unless they are to persist; what is being watched is
 * watched from now on. */
void
dcmi_reset(struct mc *mc)
{
    struct dcmi *dcmi = mc->dcmi;

    if (dcmi == NULL)
        return;
    dcmi->began = mc->world->now;
    dcmi->limit.watch = (struct dcmi_watch){ 0 };
    for (unsigned i = 0; i < dcmi->thermal_count; i++) {
        struct dcmi_thermal_limit *limit = &dcmi->thermal[i];

        limit->watch = (struct dcmi_watch){ 0 };
        if (!(limit->action & DCMI_THERMAL_PERSISTENT))
            *limit = (struct dcmi_thermal_limit){ 0 };
    }
    dcmi_review(mc);
}

void
dcmi_free(struct mc *mc)
{
    struct dcmi *dcmi = mc->dcmi;

    if (dcmi == NULL)
        return;
    timeline_disarm(&mc->world->timeline, &dcmi->scan);
    power_free(dcmi->power);
    free(dcmi->thermal);
    free(dcmi->asset);
    free(dcmi->identifier);
    free(dcmi);
    mc->dcmi = NULL;
}
