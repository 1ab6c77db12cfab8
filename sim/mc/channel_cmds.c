#include <string.h>

#include "sim/base/planted.h"
#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"

#define CHANNEL_BITS 0x0f
#define SELECT_SHIFT 6 /* Set and Get Channel Access: which copy is meant */
#define SELECT_BITS  0xc0
enum { SELECT_NONE, SELECT_STORED, SELECT_VOLATILE, SELECT_RESERVED };

/* Channel access, byte 2. */
#define ALERTING_DISABLED    0x20
#define PER_MESSAGE_DISABLED 0x10
#define USER_LEVEL_DISABLED  0x08
#define MODE_BITS            0x07
#define LIMIT_BITS           0x0f

#define CC_SESSION_LESS     CC_CMD_82
#define CC_MODE_UNSUPPORTED CC_CMD_83

#define IPMI_FORUM        0x001bf2u /* the IANA number of channels that are by the book */
#define SESSIONS_SHIFT    6
#define SESSION_COUNT_MAX 0x3f
#define NO_INTERRUPT      0x60 /* unspecified or none */

/* Set Channel Security Keys. */
#define KEY_OP_BITS 0x03
enum { KEY_READ, KEY_SET, KEY_LOCK };
enum { KEY_R, KEY_G };
#define LOCK_LOCKED   0x01
#define LOCK_UNLOCKED 0x02
#define CC_KEY_LOCKED CC_CMD_80
#define CC_KEY_SHORT  CC_CMD_81
#define CC_KEY_LONG   CC_CMD_82

static void
take_mode(struct channel_access *a, uint8_t octet)
{
    a->alerting_disabled = (octet & ALERTING_DISABLED) != 0;
    a->per_message_disabled = (octet & PER_MESSAGE_DISABLED) != 0;
    a->user_level_disabled = (octet & USER_LEVEL_DISABLED) != 0;
    a->mode = octet & MODE_BITS;
}

/* Pre-boot and shared are for serial ports. */
static bool
mode_supported(const struct channel *c, uint8_t mode)
{
    if (c->medium == MEDIUM_SERIAL)
        return mode <= ACCESS_SHARED;
    return mode == ACCESS_DISABLED || mode == ACCESS_ALWAYS;
}

static enum ipmi_cc
access_request_valid(const struct channel *c, uint8_t mode, uint8_t limit)
{
    if (mode >> SELECT_SHIFT == SELECT_RESERVED ||
        limit >> SELECT_SHIFT == SELECT_RESERVED)
        return CC_INVALID_FIELD;
    if (mode >> SELECT_SHIFT != SELECT_NONE && !mode_supported(c, mode & MODE_BITS))
        return CC_MODE_UNSUPPORTED;
    if (limit >> SELECT_SHIFT != SELECT_NONE &&
        ((limit & LIMIT_BITS) < PRIV_CALLBACK || (limit & LIMIT_BITS) > PRIV_OEM))
        return CC_INVALID_FIELD;
    return CC_OK;
}

static enum ipmi_cc
set_channel_access(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct channel *c = mc_channel(mc, rq, rd_u8(&rq->data) & CHANNEL_BITS);
    uint8_t mode = rd_u8(&rq->data), limit = rd_u8(&rq->data);
    enum ipmi_cc cc;

    (void)rs;
    if (c == NULL)
        return CC_INVALID_FIELD;
    if (c->sessions == SESSION_LESS)
        return CC_SESSION_LESS;
    cc = access_request_valid(c, mode, limit);
    if (cc != CC_OK)
        return cc;
    if (PLANTED(CHANNEL_ACCESS_SWAPPED) && mode >> SELECT_SHIFT != SELECT_NONE)
        mode ^= SELECT_BITS;
    if (mode >> SELECT_SHIFT == SELECT_STORED)
        take_mode(&c->stored_access, mode);
    else if (mode >> SELECT_SHIFT == SELECT_VOLATILE)
        take_mode(&c->volatile_access, mode);
    if (limit >> SELECT_SHIFT == SELECT_STORED)
        c->stored_access.limit = limit & LIMIT_BITS;
    else if (limit >> SELECT_SHIFT == SELECT_VOLATILE)
        c->volatile_access.limit = limit & LIMIT_BITS;
    return CC_OK;
}

static enum ipmi_cc
get_channel_access(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct channel *c = mc_channel(mc, rq, rd_u8(&rq->data) & CHANNEL_BITS);
    unsigned which = rd_u8(&rq->data) >> SELECT_SHIFT;
    const struct channel_access *a;

    if (c == NULL)
        return CC_INVALID_FIELD;
    if (c->sessions == SESSION_LESS)
        return CC_SESSION_LESS;
    if (which != SELECT_STORED && which != SELECT_VOLATILE)
        return CC_INVALID_FIELD;
    a = which == SELECT_STORED ? &c->stored_access : &c->volatile_access;
    wr_u8(rs, (a->alerting_disabled ? ALERTING_DISABLED : 0u) |
                  (a->per_message_disabled ? PER_MESSAGE_DISABLED : 0u) |
                  (a->user_level_disabled ? USER_LEVEL_DISABLED : 0u) | a->mode);
    wr_u8(rs, a->limit);
    return CC_OK;
}

static unsigned
session_count(struct mc *mc, const struct channel *c)
{
    struct lan *lan = mc_lan_of(mc, c->number);
    unsigned n = lan != NULL ? lan_session_count(lan) : 0;

    return n < SESSION_COUNT_MAX ? n : SESSION_COUNT_MAX;
}

static enum ipmi_cc
get_channel_info(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct channel *c = mc_channel(mc, rq, rd_u8(&rq->data) & CHANNEL_BITS);
    bool system = c != NULL && c->medium == MEDIUM_SYSTEM;

    if (c == NULL)
        return CC_INVALID_FIELD;
    wr_u8(rs, c->number);
    wr_u8(rs, c->medium);
    wr_u8(rs, c->protocol);
    wr_u8(rs, (unsigned)c->sessions << SESSIONS_SHIFT | session_count(mc, c));
    wr_le24(rs, IPMI_FORUM);
    wr_u8(rs, system ? NO_INTERRUPT : 0);
    wr_u8(rs, system ? NO_INTERRUPT : 0);
    return CC_OK;
}

/* Where a key of LAN n stands, and which bits say that it is locked. */
struct key {
    uint8_t *octets;
    uint16_t *locked;
};

static struct key
key_of(struct mc *mc, unsigned lan, uint8_t id)
{
    if (id == KEY_R)
        return (struct key){ mc->kr[lan], &mc->kr_locked };
    return (struct key){ lanparm_config(mc, lan)->kg, &mc->kg_locked };
}

/* A K_g of zeros is none: log-ins are by the user's key alone again. */
static void
note_kg(struct lan_config *config)
{
    static const uint8_t none[MC_KEY];

    config->kg_set = memcmp(config->kg, none, sizeof none) != 0;
}

static enum ipmi_cc
set_key(const struct key *k, struct bytes octets)
{
    if (octets.len < MC_KEY)
        return CC_KEY_SHORT;
    if (octets.len > MC_KEY)
        return CC_KEY_LONG;
    memcpy(k->octets, octets.at, MC_KEY);
    return CC_OK;
}

/* K_r is for controllers that make their random numbers with it. Ours come
 * from the lab; it is kept because FreeIPMI's ipmi-config wants to read it. */
static enum ipmi_cc
set_channel_security_keys(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct channel *c = mc_channel(mc, rq, rd_u8(&rq->data) & CHANNEL_BITS);
    uint8_t op = rd_u8(&rq->data) & KEY_OP_BITS, id = rd_u8(&rq->data);
    int lan = c != NULL ? mc_lan_index(mc, c->number) : -1;
    enum ipmi_cc cc = CC_OK;
    struct key k;
    uint16_t bit;

    if (lan < 0 || op > KEY_LOCK || id > KEY_G)
        return CC_INVALID_FIELD;
    k = key_of(mc, (unsigned)lan, id);
    bit = (uint16_t)(1u << c->number);
    if (*k.locked & bit)
        return CC_KEY_LOCKED;
    if (op == KEY_SET)
        cc = set_key(&k, rd_rest(&rq->data));
    if (cc != CC_OK)
        return cc;
    note_kg(lanparm_config(mc, (unsigned)lan));
    if (op == KEY_LOCK)
        *k.locked |= bit;
    wr_u8(rs, *k.locked & bit ? LOCK_LOCKED : LOCK_UNLOCKED);
    if (op == KEY_READ)
        wr_bytes(rs, k.octets, MC_KEY);
    return CC_OK;
}

static const struct command rows[] = {
    { NETFN_APP, 0x40, "Set Channel Access", NEEDS_ADMIN, 3, 3, GROUP_BMC,
      set_channel_access, "22.22" },
    { NETFN_APP, 0x41, "Get Channel Access", NEEDS_USER | READS, 2, 2, GROUP_BMC,
      get_channel_access, "22.23" },
    { NETFN_APP, 0x42, "Get Channel Info", NEEDS_USER | READS, 1, 1, GROUP_CHANNELS,
      get_channel_info, "22.24" },
    { NETFN_APP, 0x56, "Set Channel Security Keys", NEEDS_ADMIN, 3, 23, GROUP_BMC,
      set_channel_security_keys, "22.25" },
};

const struct command_table channel_commands = { "channels", rows,
                                                sizeof rows / sizeof rows[0], 0 };
