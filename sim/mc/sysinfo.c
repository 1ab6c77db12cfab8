#include "sim/mc/sysinfo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/mc/mc_parts.h"

#define FIRMWARE_VERSION 1
#define SYSTEM_NAME 2
#define OS_NAME 4
#define OS_VERSION 5

#define BLOCK 16                 /* octets of one set */
#define BLOCK_SENT_MAX 18        /* ipmiutil sends two too many; they are ignored */
#define FIRST_CHARS 14           /* of the string in set 0 */
#define SET_LAST 15
#define ENCODING_UTF16 2
#define ENCODING_BITS 0x0f

#define SDR_MC_LOCATOR 0x12
#define SDR_TYPE_AT 3
#define SDR_HEADER 5
#define LOCATOR_ID_AT 15         /* type/length octet of the id string */
#define ID_LENGTH_BITS 0x1f
#define ID_ASCII 0xc0

struct string {
    uint8_t encoding;
    uint8_t length;
    uint8_t octets[SYSINFO_STRING_MAX];
};

struct sysinfo {
    uint8_t progress;
    struct string *strings[SYSINFO_STRINGS];   /* NULL = as the machine has it */
};

/* ---- what an unwritten string reads as ---- */

static void
firmware_version(const struct machine_mc *machine, struct string *out)
{
    int n = snprintf((char *)out->octets, sizeof out->octets, "%u.%02x",
                     machine->fw_major & 0x7fu, machine->fw_minor);

    out->length = (uint8_t)n;
}

/* The id string of a management controller locator, if record is ours. */
static bool
locator_name(struct bytes record, uint8_t address, struct bytes *out)
{
    struct rd r = rd_of(record);
    uint8_t kind, owner, id;

    rd_skip(&r, SDR_TYPE_AT);
    kind = rd_u8(&r);
    rd_skip(&r, SDR_HEADER - SDR_TYPE_AT - 1);
    owner = rd_u8(&r);
    rd_skip(&r, LOCATOR_ID_AT - SDR_HEADER - 1);
    id = rd_u8(&r);
    *out = rd_bytes(&r, id & ID_LENGTH_BITS);
    return !r.bad && kind == SDR_MC_LOCATOR && owner == address &&
           (id & ~ID_LENGTH_BITS & UINT8_MAX) == ID_ASCII;
}

/* A description has no system name, but usually one for its controller. */
static void
system_name(const struct machine_mc *machine, struct string *out)
{
    struct bytes name;

    for (uint32_t i = 0; i < machine->sdr_count; i++)
        if (locator_name(machine->sdrs[i].record, machine->address, &name)) {
            memcpy(out->octets, name.at, name.len);
            out->length = (uint8_t)name.len;
            return;
        }
}

static void
look_up(const struct mc *mc, unsigned parameter, struct string *out)
{
    const struct sysinfo *info = mc->sysinfo;

    if (info != NULL && info->strings[parameter - 1] != NULL) {
        *out = *info->strings[parameter - 1];
        return;
    }
    memset(out, 0, sizeof *out);
    if (parameter == FIRMWARE_VERSION)
        firmware_version(mc->machine, out);
    else if (parameter == SYSTEM_NAME)
        system_name(mc->machine, out);
}

size_t
sysinfo_string(const struct mc *mc, unsigned parameter, uint8_t *encoding, uint8_t *to,
               size_t size)
{
    struct string s;

    look_up(mc, parameter, &s);
    *encoding = s.encoding;
    memcpy(to, s.octets, s.length < size ? s.length : size);
    return s.length;
}

/* ---- parameters ---- */

static struct sysinfo *
make_info(struct mc *mc)
{
    if (mc->sysinfo == NULL)
        mc->sysinfo = calloc(1, sizeof *mc->sysinfo);
    return mc->sysinfo;
}

/* The string to write to; it begins as what it read as. */
static struct string *
make_string(struct mc *mc, unsigned parameter)
{
    struct sysinfo *info = make_info(mc);
    struct string *s;

    if (info == NULL || info->strings[parameter - 1] != NULL)
        return info == NULL ? NULL : info->strings[parameter - 1];
    s = malloc(sizeof *s);
    if (s != NULL)
        look_up(mc, parameter, s);
    info->strings[parameter - 1] = s;
    return s;
}

/* What the rest of a set has of the string, up to room octets. */
static void
copy_set(struct rd *data, uint8_t *to, size_t room)
{
    rd_copy(data, to, rd_left(data) < room ? rd_left(data) : room);
}

/* Set 0 says how long the string is to be and begins it anew. */
static enum ipmi_cc
begin_string(struct mc *mc, unsigned parameter, struct rd *data)
{
    uint8_t encoding = rd_u8(data) & ENCODING_BITS;
    uint8_t length = rd_u8(data);
    struct string *s;

    if (data->bad)
        return CC_LENGTH;
    if (encoding > ENCODING_UTF16)
        return CC_INVALID_FIELD;
    if (length > SYSINFO_STRING_MAX)
        return CC_RANGE;
    s = make_string(mc, parameter);
    if (s == NULL)
        return CC_NO_SPACE;
    memset(s, 0, sizeof *s);
    s->encoding = encoding;
    s->length = length;
    copy_set(data, s->octets, FIRST_CHARS);
    return CC_OK;
}

static enum ipmi_cc
set_string(void *of, const struct param_ask *ask, struct rd *data)
{
    struct string *s;

    if (ask->set == 0)
        return begin_string(of, ask->selector, data);
    s = make_string(of, ask->selector);
    if (s == NULL)
        return CC_NO_SPACE;
    copy_set(data, s->octets + FIRST_CHARS + BLOCK * (ask->set - 1), BLOCK);
    return CC_OK;
}

static enum ipmi_cc
get_string(const void *of, const struct param_ask *ask, struct wr *rs)
{
    struct string s;

    look_up(of, ask->selector, &s);
    if (ask->set == 0) {
        wr_u8(rs, s.encoding);
        wr_u8(rs, s.length);
        wr_bytes(rs, s.octets, FIRST_CHARS);
    } else {
        wr_bytes(rs, s.octets + FIRST_CHARS + BLOCK * (ask->set - 1), BLOCK);
    }
    return CC_OK;
}

#define STRING .size = 1, .size_max = BLOCK_SENT_MAX, .keys = PARAM_SETS, .set_max = SET_LAST, \
               .set = set_string, .get = get_string

static const struct param rows[] = {
    { PARAM_PROGRESS, "Set In Progress", .size = 1, .keep = PARAM_VOLATILE,
      .at = offsetof(struct sysinfo, progress) },
    { FIRMWARE_VERSION, "System Firmware Version", STRING },
    { SYSTEM_NAME, "System Name", STRING },
    { 3, "Primary Operating System Name", STRING },
    { OS_NAME, "Operating System Name", STRING, .keep = PARAM_VOLATILE },
    { OS_VERSION, "Present OS Version Number", STRING, .keep = PARAM_VOLATILE },
    { 6, "BMC URL", STRING },
    { 7, "Base OS/Hypervisor URL", STRING },
};

static const uint8_t *
load(const void *of, const struct param *row)
{
    static const struct sysinfo nothing = { 0 };
    const struct mc *mc = of;

    (void)row;
    return (const uint8_t *)(mc->sysinfo != NULL ? mc->sysinfo : &nothing);
}

static uint8_t *
store(void *of, const struct param *row)
{
    (void)row;
    return (uint8_t *)make_info(of);
}

const struct param_family sysinfo_family = {
    .name = "system info",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
    .revision = PARAM_REVISION,
    .load = load,
    .store = store,
};

/* ---- the part ---- */

enum status
sysinfo_init(struct mc *mc)
{
    mc->sysinfo = NULL;
    return ST_OK;
}

static void
forget(struct sysinfo *info, unsigned parameter)
{
    free(info->strings[parameter - 1]);
    info->strings[parameter - 1] = NULL;
}

void
sysinfo_host_left(struct mc *mc)
{
    if (mc->sysinfo == NULL)
        return;
    mc->sysinfo->progress = PROGRESS_COMPLETE;
    forget(mc->sysinfo, OS_NAME);
    forget(mc->sysinfo, OS_VERSION);
}

void
sysinfo_reset(struct mc *mc)
{
    sysinfo_host_left(mc);
}

void
sysinfo_free(struct mc *mc)
{
    if (mc->sysinfo == NULL)
        return;
    for (unsigned p = 1; p <= SYSINFO_STRINGS; p++)
        forget(mc->sysinfo, p);
    free(mc->sysinfo);
    mc->sysinfo = NULL;
}
