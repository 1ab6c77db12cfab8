#include "sim/oem/sun.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/oem/fans.h"

#define ECHO_SEQ       2u
#define ECHO_DATA      64u
#define VERSION_RECORD 1
#define VERSION_NANO   10u
#define VERSION_BUILD  10u
#define VERSION_TEXT   40u
#define VERSION_SPARE  15u
#define NAC_NAME       64u
#define PERCENT        100u
#define VALUE_LEN      80u   /* Get Value, both ways */
#define SETTING_LEN    60u
#define CLI_HEAD       8u

struct sun *
sun_of(struct mc *mc)
{
    return oem_state(mc, &oem_sun);
}

/* ---- text ---- */

void
sun_say(struct wr *out, const char *format, ...)
{
    char text[SUN_PATH + SUN_VALUE];
    va_list args;
    int len;

    va_start(args, format);
    len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (len > 0)
        wr_bytes(out, text, (size_t)len < sizeof text ? (size_t)len : sizeof text - 1);
}

void
sun_close_text(struct wr *out, char *text)
{
    text[wr_len(out)] = '\0';
}

static char
low(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool
sun_begins(const char *text, const char *with)
{
    while (*with != '\0' && low(*text) == low(*with)) {
        text++;
        with++;
    }
    return *with == '\0';
}

bool
sun_same(const char *a, const char *b)
{
    return strlen(a) == strlen(b) && sun_begins(a, b);
}

/* ---- what it is ---- */

static unsigned
bcd(uint8_t octet)
{
    return (octet >> 4) * 10u + (octet & 0x0fu);
}

void
sun_version(const struct mc *mc, char to[SUN_VERSION_TEXT])
{
    snprintf(to, SUN_VERSION_TEXT, "%u.%u.%u.%u", SUN_VERSION_MAJOR, SUN_VERSION_MINOR,
             mc->machine->fw_major & 0x7fu, bcd(mc->machine->fw_minor));
}

static void
fixed_text(struct wr *rs, const char *text, size_t size)
{
    size_t len = strlen(text) < size ? strlen(text) : size - 1;

    wr_bytes(rs, text, len);
    wr_fill(rs, 0, size - len);
}

static enum ipmi_cc
get_version(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    char text[SUN_VERSION_TEXT];

    (void)rq;
    sun_version(mc, text);
    wr_u8(rs, VERSION_RECORD);
    wr_u8(rs, SUN_VERSION_MAJOR);
    wr_u8(rs, SUN_VERSION_MINOR);
    wr_u8(rs, mc->machine->fw_major & 0x7fu);
    wr_u8(rs, bcd(mc->machine->fw_minor));
    fixed_text(rs, "", VERSION_NANO);
    fixed_text(rs, "r0", VERSION_BUILD);
    fixed_text(rs, text, VERSION_TEXT);
    wr_fill(rs, 0, VERSION_SPARE);
    return CC_OK;
}

static enum ipmi_cc
echo(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)mc;
    wr_span(rs, rd_rest(&rq->data));
    return CC_OK;
}

static void
find_nac_name(const struct mc *mc, const char *id, char *to, size_t size)
{
    struct bytes record;
    char name[SUN_PATH];
    struct sdr sdr;
    char text[SDR_ID_TEXT];

    to[0] = '\0';
    for (unsigned n = 0; sun_nth_part(mc, n, &record, name); n++)
        if (sdr_parse(record, &sdr) == SDR_OK &&
            sun_same(sdr_id_text(&sdr, text, sizeof text), id)) {
            snprintf(to, size, "/SYS/%.*s", (int)(size - sizeof "/SYS/"), name);
            return;
        }
}

/* The names we have fit one answer: its number is that of the request. */
static enum ipmi_cc
get_nac_name(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    char id[NAC_NAME + 1] = "", name[NAC_NAME];
    uint8_t number = rd_u8(&rq->data);

    rd_copy(&rq->data, id, NAC_NAME);
    if (number != 0)
        return CC_RANGE;
    find_nac_name(mc, id, name, sizeof name);
    wr_u8(rs, number);
    fixed_text(rs, name, NAC_NAME);
    return CC_OK;
}

/* ---- fans ---- */

static enum ipmi_cc
set_fan_speed(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t percent = rd_u8(&rq->data);

    (void)rs;
    if (percent > PERCENT)
        return CC_RANGE;
    sun_of(mc)->fans_by_hand = true;
    oem_fans_drive(mc, percent);
    return CC_OK;
}

static enum ipmi_cc
set_fan_mode(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t by_hand = rd_u8(&rq->data);
    struct sun *sun = sun_of(mc);

    (void)rs;
    if (by_hand > 1)
        return CC_INVALID_FIELD;
    if (!by_hand && sun->fans_by_hand)
        oem_fans_auto(mc);
    sun->fans_by_hand = by_hand;
    return CC_OK;
}

/* ---- the host ---- */

static const struct {
    enum host_op op;
} host_ops[] = {
    [SUN_ASKS_START] = { HOST_OP_ON },
    [SUN_ASKS_STOP] = { HOST_OP_SOFT },
    [SUN_ASKS_FORCE_STOP] = { HOST_OP_OFF },
    [SUN_ASKS_RESET] = { HOST_OP_RESET },
};

bool
sun_host(struct mc *mc, const struct ipmi_req *rq, enum sun_question what)
{
    if (what == SUN_ASKS_RESET_SP) {
        mc_ask_reset(mc, RESET_COLD_ASKED);
        return true;
    }
    return mc->chassis != NULL &&
           chassis_control(mc->chassis, host_ops[what].op, rq->from.channel) == CC_OK;
}

/* ---- the profile ---- */

static void
init(struct mc *mc, void *state)
{
    struct sun *sun = state;

    snprintf(sun->texts[0], SUN_TEXT, "SUNSP-%02X%02X%02X", mc->guid[13], mc->guid[14],
             mc->guid[15]);
}

static void
reset(struct mc *mc, void *state)
{
    struct sun *sun = state;

    if (sun->fans_by_hand)
        oem_fans_auto(mc);
    sun->fans_by_hand = false;
    free(sun->leds);
    sun->leds = NULL;
    sun_drop_key(&sun->draft.key);
    sun_close_cli(sun);
    sun->asked.waits = false;
    sun->setting.tid = 0;
}

static void
end(struct mc *mc, void *state)
{
    struct sun *sun = state;

    (void)mc;
    for (unsigned i = 0; i < SUN_KEYS; i++)
        sun_drop_key(&sun->keys[i]);
    sun_drop_key(&sun->draft.key);
    sun_close_cli(sun);
    free(sun->leds);
    free(sun->last_line);
}

static const struct command rows[] = {
    { NETFN_OEM, 0x01, "Sun Set SSH Key", NEEDS_ADMIN, 4, 3 + SUN_KEY_BLOCK, GROUP_OEM_CMDS,
      sun_cmd_set_key, "" },
    { NETFN_OEM, 0x02, "Sun Delete SSH Key", NEEDS_ADMIN, 1, 1, GROUP_OEM_CMDS,
      sun_cmd_delete_key, "" },
    { NETFN_OEM, 0x19, "Sun CLI", NEEDS_ADMIN, CLI_HEAD + 1, CLI_HEAD + SUN_CLI_CHUNK,
      GROUP_OEM_CMDS, sun_cmd_cli, "" },
    { NETFN_OEM, 0x20, "Sun Set Fan Speed", NEEDS_ADMIN, 1, 1, GROUP_OEM_CMDS, set_fan_speed,
      "" },
    { NETFN_OEM, 0x21, "Sun Get LED", NEEDS_USER | READS, 5, 7, GROUP_OEM_CMDS,
      sun_cmd_get_led, "" },
    { NETFN_OEM, 0x22, "Sun Set LED", NEEDS_OPERATOR, 7, 9, GROUP_OEM_CMDS, sun_cmd_set_led,
      "" },
    { NETFN_OEM, 0x23, "Sun Echo", NEEDS_USER, ECHO_SEQ, ECHO_SEQ + ECHO_DATA, GROUP_OEM_CMDS,
      echo, "" },
    { NETFN_OEM, 0x24, "Sun Get Version", NEEDS_USER | READS, 0, 0, GROUP_OEM_CMDS,
      get_version, "" },
    { NETFN_OEM, 0x29, "Sun Get NAC Name", NEEDS_USER | READS, 1 + NAC_NAME, 1 + NAC_NAME,
      GROUP_OEM_CMDS, get_nac_name, "" },
    { NETFN_OEM, 0x2a, "Sun Get Value", NEEDS_OPERATOR, VALUE_LEN, VALUE_LEN, GROUP_OEM_CMDS,
      sun_cmd_get_value, "" },
    { NETFN_OEM, 0x2c, "Sun Set Value", NEEDS_ADMIN, SETTING_LEN, SETTING_LEN, GROUP_OEM_CMDS,
      sun_cmd_set_value, "" },
    { NETFN_OEM, 0x41, "Sun Set Fan Mode", NEEDS_ADMIN, 1, 1, GROUP_OEM_CMDS, set_fan_mode,
      "" },
    { NETFN_OEM, 0x44, "Sun Core Tunnel", NEEDS_ADMIN, 2, LEN_ANY, GROUP_OEM_CMDS,
      sun_cmd_core_tunnel, "" },
};

const struct command_table oem_sun_commands = { "sun", rows, sizeof rows / sizeof rows[0],
                                                COMMAND_NO_IANA };

static const struct command_table *const tables[] = { &oem_sun_commands };

const struct oem_profile oem_sun = {
    .name = "sun",
    .what = "Sun and Oracle servers, as ILOM answers",
    .tables = tables,
    .table_count = sizeof tables / sizeof tables[0],
    .state_size = sizeof(struct sun),
    .init = init,
    .reset = reset,
    .end = end,
};
