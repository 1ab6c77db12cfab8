#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"

#define CHANNEL_BITS 0x0f
#define NETFN_BITS 0x3f
#define LUN_BITS 0x03
#define UPPER_HALF 0x40
#define NO_HALF 0x80                  /* 10b and 11b are reserved */
#define LIST_INDEX 0x3f
#define LAST_OF_LIST 0x80

#define LUNS 4
#define PAIRS 32                      /* of network functions */
#define HALF 128                      /* commands of one request */
#define MASK_OCTETS (HALF / 8)
#define SUBS_OCTETS 4
#define SUBS_OF_MASK 32

/* What sub-functions are numbered by: IPMI 2.0, revision 1.0, no errata. */
#define SPEC_IPMI 0x00
#define SPEC_VERSION 0x20
#define SPEC_REVISION 0x10

#define CC_NOT_TO_BE_SET CC_CMD_80

/* What a request is about. Clients that know no ids (ipmitool) leave it out
 * of requests for group and OEM functions; then all ids are meant. */
struct about {
    struct firewall_target target;
    unsigned first;                   /* command code of the half */
    bool any_id;
};

/* ---- requests ---- */

static size_t
id_length(uint8_t netfn)
{
    if (netfn == NETFN_GROUP)
        return 1;
    return netfn == NETFN_OEM ? 3 : 0;
}

/* An id where there is one; tail octets follow it. */
static enum ipmi_cc
read_id(struct ipmi_req *rq, struct about *a, size_t tail)
{
    size_t len = id_length(a->target.netfn);

    if (rd_left(&rq->data) == tail) {
        a->any_id = len > 0;
        return CC_OK;
    }
    if (len == 0 || rd_left(&rq->data) != len + tail)
        return CC_LENGTH;
    a->target.id = len == 1 ? rd_u8(&rq->data) : rd_le24(&rq->data);
    return CC_OK;
}

/* Channel, network function with the half, LUN. */
static enum ipmi_cc
read_about(struct mc *mc, struct ipmi_req *rq, struct about *a)
{
    const struct channel *c = mc_channel(mc, rq, rd_u8(&rq->data) & CHANNEL_BITS);
    uint8_t netfn = rd_u8(&rq->data);

    *a = (struct about){ .first = netfn & UPPER_HALF ? HALF : 0 };
    a->target.netfn = netfn & NETFN_BITS;
    a->target.lun = rd_u8(&rq->data) & LUN_BITS;
    if (c == NULL || a->target.netfn % 2 || netfn & NO_HALF)
        return CC_INVALID_FIELD;
    a->target.channel = c->number;
    return CC_OK;
}

static enum ipmi_cc
read_command(struct mc *mc, struct ipmi_req *rq, struct about *a)
{
    enum ipmi_cc cc = read_about(mc, rq, a);

    a->target.cmd = rd_u8(&rq->data);
    return cc;
}

/* The n-th target that is meant: one for each id. */
static bool
nth_target(const struct mc *mc, const struct about *a, unsigned n, struct firewall_target *t)
{
    *t = a->target;
    if (!a->any_id)
        return n == 0;
    return firewall_id(mc, t->netfn, n, &t->id);
}

/* ---- what there is ---- */

static enum ipmi_cc
get_netfn_support(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct channel *c = mc_channel(mc, rq, rd_u8(&rq->data) & CHANNEL_BITS);
    unsigned luns = 0;

    if (c == NULL)
        return CC_INVALID_FIELD;
    for (uint8_t lun = 0; lun < LUNS; lun++)
        luns |= (unsigned)firewall_lun(mc, c->number, lun) << 2 * lun;
    wr_u8(rs, luns);
    for (uint8_t lun = 0; lun < LUNS; lun++) {
        uint32_t pairs = 0;

        for (uint8_t pair = 0; pair < PAIRS; pair++)
            if (firewall_netfn(mc, c->number, lun, (uint8_t)(2 * pair)))
                pairs |= 1u << pair;
        wr_le32(rs, pairs);
    }
    return CC_OK;
}

typedef bool command_test(const struct mc *mc, const struct firewall_target *t);

/* A bit for each command of a half for which test holds, with any id. */
static void
mask_of(const struct mc *mc, const struct about *a, command_test *test,
        uint8_t mask[MASK_OCTETS])
{
    struct firewall_target t;

    for (unsigned i = 0; i < MASK_OCTETS; i++)
        mask[i] = 0;
    for (unsigned n = 0; nth_target(mc, a, n, &t); n++)
        for (unsigned i = 0; i < HALF; i++) {
            t.cmd = (uint8_t)(a->first + i);
            if (test(mc, &t))
                mask[i / 8] |= (uint8_t)(1u << i % 8);
        }
}

static enum ipmi_cc
get_commands(struct mc *mc, struct ipmi_req *rq, struct wr *rs, command_test *test,
             uint8_t invert)
{
    uint8_t mask[MASK_OCTETS];
    struct about a;
    enum ipmi_cc cc = read_about(mc, rq, &a);

    if (cc == CC_OK)
        cc = read_id(rq, &a, 0);
    if (cc != CC_OK)
        return cc;
    mask_of(mc, &a, test, mask);
    for (unsigned i = 0; i < MASK_OCTETS; i++)
        wr_u8(rs, mask[i] ^ (unsigned)invert);
    return CC_OK;
}

/* The one mask in which a set bit says no. */
static enum ipmi_cc
get_command_support(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    return get_commands(mc, rq, rs, firewall_supported, 0xff);
}

static enum ipmi_cc
get_configurable_commands(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    return get_commands(mc, rq, rs, firewall_configurable, 0);
}

static enum ipmi_cc
get_command_enables(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    return get_commands(mc, rq, rs, firewall_enabled, 0);
}

typedef uint64_t subs_fn(const struct mc *mc, const struct firewall_target *t);

/* An answer's bits, and whether there are more than one mask holds. */
struct subs {
    uint64_t bits;
    bool two;
};

static enum ipmi_cc
read_subs(struct mc *mc, struct ipmi_req *rq, subs_fn *subs, struct subs *out)
{
    struct firewall_target t;
    struct about a;
    enum ipmi_cc cc = read_command(mc, rq, &a);

    if (cc == CC_OK)
        cc = read_id(rq, &a, 0);
    *out = (struct subs){ 0 };
    for (unsigned n = 0; cc == CC_OK && nth_target(mc, &a, n, &t); n++) {
        out->bits |= subs(mc, &t);
        out->two = out->two || firewall_subs_supported(mc, &t) >> SUBS_OF_MASK != 0;
    }
    return cc;
}

static void
write_subs(struct wr *rs, const struct subs *subs, uint64_t bits)
{
    wr_le32(rs, (uint32_t)bits);
    if (subs->two)
        wr_le32(rs, (uint32_t)(bits >> SUBS_OF_MASK));
}

static enum ipmi_cc
get_subfn_support(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct subs subs;
    enum ipmi_cc cc = read_subs(mc, rq, firewall_subs_supported, &subs);

    if (cc != CC_OK)
        return cc;
    wr_u8(rs, SPEC_IPMI);
    wr_u8(rs, SPEC_VERSION);
    wr_u8(rs, SPEC_REVISION);
    write_subs(rs, &subs, ~subs.bits);
    return CC_OK;
}

/* All that there are can be disabled. */
static enum ipmi_cc
get_configurable_subfns(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct subs subs;
    enum ipmi_cc cc = read_subs(mc, rq, firewall_subs_supported, &subs);

    if (cc == CC_OK)
        write_subs(rs, &subs, subs.bits);
    return cc;
}

static enum ipmi_cc
get_subfn_enables(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct subs subs;
    enum ipmi_cc cc = read_subs(mc, rq, firewall_subs_enabled, &subs);

    if (cc == CC_OK)
        write_subs(rs, &subs, subs.bits);
    return cc;
}

/* ---- changes ---- */

static bool
bit_of(struct bytes mask, unsigned i)
{
    return mask.at[i / 8] >> i % 8 & 1;
}

/* What is not there cannot be enabled, what is fixed not disabled. An id that
 * was left out is met by any of them. */
static bool
may_set(const struct mc *mc, const struct about *a, struct bytes mask)
{
    uint8_t supported[MASK_OCTETS], configurable[MASK_OCTETS];

    mask_of(mc, a, firewall_supported, supported);
    mask_of(mc, a, firewall_configurable, configurable);
    for (unsigned i = 0; i < MASK_OCTETS; i++)
        if (mask.at[i] & ~supported[i] || ~mask.at[i] & supported[i] & ~configurable[i] & 0xff)
            return false;
    return true;
}

static enum ipmi_cc
set_command_enables(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct firewall_target t;
    struct bytes mask;
    struct about a;
    enum ipmi_cc cc = read_about(mc, rq, &a);

    (void)rs;
    mask = rd_bytes(&rq->data, MASK_OCTETS);
    if (cc == CC_OK)
        cc = read_id(rq, &a, 0);
    if (cc != CC_OK || rq->data.bad)
        return cc;
    if (!may_set(mc, &a, mask))
        return CC_NOT_TO_BE_SET;
    for (unsigned n = 0; nth_target(mc, &a, n, &t); n++) {
        if (!firewall_reserve(mc, HALF))
            return CC_NO_SPACE;
        for (unsigned i = 0; i < HALF; i++) {
            t.cmd = (uint8_t)(a.first + i);
            if (firewall_supported(mc, &t) &&
                (bit_of(mask, i) || firewall_configurable(mc, &t)))
                firewall_set(mc, &t, bit_of(mask, i));
        }
    }
    return CC_OK;
}

/* One mask or two; known says which sub-functions they tell of. */
static enum ipmi_cc
read_subs_mask(struct ipmi_req *rq, struct about *a, uint64_t *subs, uint64_t *known)
{
    size_t left = rd_left(&rq->data) - id_length(a->target.netfn);
    bool two = rd_left(&rq->data) == 2 * SUBS_OCTETS || left == 2 * SUBS_OCTETS;
    enum ipmi_cc cc = read_id(rq, a, two ? 2 * SUBS_OCTETS : SUBS_OCTETS);

    *known = two ? UINT64_MAX : UINT32_MAX;
    *subs = rd_le32(&rq->data);
    if (two)
        *subs |= (uint64_t)rd_le32(&rq->data) << SUBS_OF_MASK;
    return cc;
}

static enum ipmi_cc
set_subfn_enables(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct firewall_target t;
    struct about a;
    uint64_t subs, known, all = 0;
    enum ipmi_cc cc = read_command(mc, rq, &a);

    (void)rs;
    if (cc == CC_OK)
        cc = read_subs_mask(rq, &a, &subs, &known);
    if (cc != CC_OK)
        return cc;
    for (unsigned n = 0; nth_target(mc, &a, n, &t); n++)
        all |= firewall_subs_supported(mc, &t);
    if (subs & ~all)
        return CC_NOT_TO_BE_SET;
    for (unsigned n = 0; nth_target(mc, &a, n, &t); n++) {
        if (firewall_subs_supported(mc, &t) == 0)
            continue;
        if (!firewall_reserve(mc, 1))
            return CC_NO_SPACE;
        firewall_set_subs(mc, &t, subs | (firewall_subs_enabled(mc, &t) & ~known));
    }
    return CC_OK;
}

/* ---- ids ---- */

/* Which groups or manufacturers a network function's commands are of. */
static enum ipmi_cc
get_oem_netfn_iana(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct channel *c = mc_channel(mc, rq, rd_u8(&rq->data) & CHANNEL_BITS);
    uint8_t netfn = rd_u8(&rq->data) & NETFN_BITS;
    unsigned index = rd_u8(&rq->data) & LIST_INDEX;
    unsigned luns = 0;
    uint32_t id, next;
    bool more, said;

    if (c == NULL || netfn % 2 || netfn < NETFN_GROUP)
        return CC_INVALID_FIELD;
    if (!firewall_netfn(mc, c->number, LUN_BMC, netfn) ||
        !firewall_id(mc, netfn, index, &id))
        return CC_RANGE;
    more = firewall_id(mc, netfn, index + 1, &next);
    for (uint8_t lun = 0; lun < LUNS; lun++)
        if (firewall_netfn(mc, c->number, lun, netfn))
            luns |= (unsigned)firewall_lun(mc, c->number, lun) << 2 * lun;
    said = netfn == NETFN_OEM && id != COMMAND_NO_IANA;
    wr_u8(rs, more ? 0 : LAST_OF_LIST);
    wr_u8(rs, luns);
    if (netfn == NETFN_GROUP)
        wr_u8(rs, id);
    else
        wr_le24(rs, said ? id : mc->machine->manufacturer);
    return CC_OK;
}

#define FIREWALL GROUP_FIREWALL

static const struct command rows[] = {
    { NETFN_APP, 0x09, "Get NetFn Support", NEEDS_USER | READS, 1, 1, FIREWALL,
      get_netfn_support, "21.2" },
    { NETFN_APP, 0x0a, "Get Command Support", NEEDS_USER | READS, 3, 6, FIREWALL,
      get_command_support, "21.3" },
    { NETFN_APP, 0x0b, "Get Command Sub-function Support", NEEDS_USER | READS, 4, 7,
      FIREWALL, get_subfn_support, "21.4" },
    { NETFN_APP, 0x0c, "Get Configurable Commands", NEEDS_USER | READS, 3, 6, FIREWALL,
      get_configurable_commands, "21.5" },
    { NETFN_APP, 0x0d, "Get Configurable Command Sub-functions", NEEDS_USER | READS, 4, 7,
      FIREWALL, get_configurable_subfns, "21.6" },
    { NETFN_APP, 0x60, "Set Command Enables", NEEDS_ADMIN, 19, 22, FIREWALL,
      set_command_enables, "21.7" },
    { NETFN_APP, 0x61, "Get Command Enables", NEEDS_USER | READS, 3, 6, FIREWALL,
      get_command_enables, "21.8" },
    { NETFN_APP, 0x62, "Set Command Sub-function Enables", NEEDS_ADMIN, 8, 15, FIREWALL,
      set_subfn_enables, "21.9" },
    { NETFN_APP, 0x63, "Get Command Sub-function Enables", NEEDS_USER | READS, 4, 7,
      FIREWALL, get_subfn_enables, "21.10" },
    { NETFN_APP, 0x64, "Get OEM NetFn IANA Support", NEEDS_USER | READS, 3, 3, FIREWALL,
      get_oem_netfn_iana, "21.11" },
};

const struct command_table firewall_commands = {
    .subject = "firewall",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
};
