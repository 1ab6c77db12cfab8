#include "sim/mc/mc_parts.h"
#include "sim/oem/intel_nm.h"

#define MODE_BITS 0x1f
#define RESET_POLICY 0x01
#define RESET_FIRST_HOST 0x1b          /* the modes before it and after RESET_POLICY: none */

#define STATE_ADMIN 0x10
#define STATE_OPERATES 0x20
#define STATE_MEASURES 0x40
#define STATE_LIMITS 0x80

#define ALERT_CHANNEL 0x0f
#define ALERT_RESERVED 0x70
#define ALL_SOCKETS 0xff
#define ALL_CORES 0xff
#define SOCKETS_NAMED 8

/* ---- statistics ---- */

static enum ipmi_cc
read_mode(struct ipmi_req *rq, uint8_t *mode)
{
    *mode = rd_u8(&rq->data);
    return *mode & ~MODE_BITS ? CC_INVALID_FIELD : CC_OK;
}

static void
begin_statistics(struct nm *nm, uint8_t domain)
{
    nm->since[domain] = nm->mc->world->now;
    if (domain == NM_PLATFORM)
        nm_inlet_begin(nm, &nm->inlet);
}

static enum ipmi_cc
reset_statistics(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct nm *nm = nm_of(mc);
    uint8_t mode, domain;
    struct nm_policy *p;
    enum ipmi_cc cc = read_mode(rq, &mode);

    (void)rs;
    if (cc != CC_OK)
        return cc;
    if (mode > RESET_POLICY && mode < RESET_FIRST_HOST)
        return NM_CC_MODE;
    if (mode == RESET_POLICY) {
        cc = nm_read_policy(mc, rq, &p);
        if (cc == CC_OK) {
            p->since = mc->world->now;
            nm_inlet_begin(nm, &p->inlet);
        }
        return cc;
    }
    cc = nm_read_domain(rq, &domain);
    if (cc == CC_OK)
        begin_statistics(nm, domain);
    return cc;
}

static unsigned
state_of(const struct nm *nm, uint8_t domain, const struct nm_policy *p)
{
    bool admin = p != NULL ? p->enabled : nm->on;
    bool operates = p != NULL ? p->in_force : nm->on && nm->domain_on[domain];
    bool limits = p != NULL ? nm_limits(nm, p) : nm_limiting(nm, domain) != NULL;

    return domain | (admin ? STATE_ADMIN : 0u) | (operates ? STATE_OPERATES : 0u) |
           (nm_power(nm) != NULL ? STATE_MEASURES : 0u) | (limits ? STATE_LIMITS : 0u);
}

static enum ipmi_cc
get_statistics(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct nm *nm = nm_of(mc);
    struct nm_policy *p = NULL;
    struct nm_statistics s;
    uint8_t mode, domain;
    enum ipmi_cc cc = read_mode(rq, &mode);

    if (cc == CC_OK && nm_mode_of_policy(mode))
        cc = nm_read_policy(mc, rq, &p);
    else if (cc == CC_OK)
        cc = nm_read_domain(rq, &domain);
    if (cc != CC_OK)
        return cc;
    if (p != NULL)
        domain = p->domain;
    cc = nm_statistics(nm, mode, domain, p, &s);
    if (cc != CC_OK)
        return cc;
    wr_le16(rs, s.now);
    wr_le16(rs, s.min);
    wr_le16(rs, s.max);
    wr_le16(rs, s.average);
    wr_le32(rs, sel_time(mc));
    wr_le32(rs, s.period_s);
    wr_u8(rs, state_of(nm, domain, p));
    return CC_OK;
}

/* ---- what it can do ---- */

static enum ipmi_cc
get_capabilities(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct nm *nm = nm_of(mc);
    uint8_t domain, what, trigger;
    enum ipmi_cc cc = nm_read_domain(rq, &domain);
    unsigned max, min;

    if (cc != CC_OK)
        return cc;
    what = rd_u8(&rq->data);
    trigger = what & NM_DOMAIN_BITS;
    if (trigger >= NM_TRIGGERS || (nm_triggers[trigger].platform_only && domain != NM_PLATFORM))
        return NM_CC_TRIGGER;
    if ((what & NM_HIGH_NIBBLE & ~NM_SECONDARY) != NM_POWER_CONTROL)
        return NM_CC_ACTION;
    min = trigger == NM_NO_TRIGGER ? nm->ranges[domain].min : nm_triggers[trigger].trigger_min;
    max = trigger == NM_NO_TRIGGER ? nm->ranges[domain].max : nm_triggers[trigger].trigger_max;
    wr_u8(rs, NM_POLICIES);
    wr_le16(rs, max);
    wr_le16(rs, min);
    wr_le32(rs, NM_CORRECTION_MIN);
    wr_le32(rs, NM_CORRECTION_MAX);
    wr_le16(rs, NM_PERIOD_MIN);
    wr_le16(rs, NM_PERIOD_MAX);
    wr_u8(rs, domain | (what & NM_SECONDARY));
    return CC_OK;
}

static enum ipmi_cc
get_version(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_u8(rs, NM_VERSION);
    wr_u8(rs, NM_INTERFACE);
    wr_u8(rs, mc->machine->aux[0]);
    wr_u8(rs, mc->machine->fw_major);
    wr_u8(rs, mc->machine->fw_minor);
    return CC_OK;
}

static enum ipmi_cc
set_range(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t domain;
    enum ipmi_cc cc = nm_read_domain(rq, &domain);
    struct nm_range range;

    (void)rs;
    if (cc != CC_OK)
        return cc;
    range.min = rd_le16(&rq->data);
    range.max = rd_le16(&rq->data);
    if (range.min > range.max)
        return CC_INVALID_FIELD;
    nm_of(mc)->ranges[domain] = range;
    return CC_OK;
}

static enum ipmi_cc
get_limiting(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t domain;
    enum ipmi_cc cc = nm_read_domain(rq, &domain);
    const struct nm_policy *p;

    if (cc != CC_OK)
        return cc;
    nm_review(nm_of(mc));
    p = nm_limiting(nm_of(mc), domain);
    if (p == NULL)
        return NM_CC_NOTHING;
    wr_u8(rs, p->id);
    return CC_OK;
}

/* ---- alert destination ---- */

static enum ipmi_cc
set_destination(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct nm *nm = nm_of(mc);
    uint8_t to[sizeof nm->destination];

    (void)rs;
    rd_copy(&rq->data, to, sizeof to);
    if (to[0] & ALERT_RESERVED)
        return CC_INVALID_FIELD;
    if ((to[0] & ALERT_CHANNEL) == CHANNEL_PRIMARY_IPMB ? to[1] & 1u : to[1] & NM_HIGH_NIBBLE)
        return CC_INVALID_FIELD;
    for (unsigned i = 0; i < sizeof to; i++)
        nm->destination[i] = to[i];
    return CC_OK;
}

static enum ipmi_cc
get_destination(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct nm *nm = nm_of(mc);

    (void)rq;
    wr_bytes(rs, nm->destination, sizeof nm->destination);
    return CC_OK;
}

/* ---- turbo ratios ---- */

/* Read socket and cores; *sockets gets a bit for each processor that is meant,
 * *cores a bit for each number of active cores. */
static enum ipmi_cc
read_turbo(struct mc *mc, struct ipmi_req *rq, unsigned *sockets, unsigned *cores)
{
    const struct host *host = nm_host(nm_of(mc));
    uint8_t socket = rd_u8(&rq->data), active = rd_u8(&rq->data);

    *sockets = socket == ALL_SOCKETS ? (1u << NM_SOCKETS) - 1 : 1u << (socket & 0x1f);
    *cores = active == ALL_CORES ? (1u << NM_CORES) - 1 : 1u << ((active - 1) & 0x1f);
    if (socket != ALL_SOCKETS && socket >= SOCKETS_NAMED)
        return NM_CC_SOCKET;
    if (socket != ALL_SOCKETS && socket >= NM_SOCKETS)
        return NM_CC_NO_CPU;
    if (active == 0 || (active != ALL_CORES && active > NM_CORES))
        return CC_RANGE;
    return host != NULL && host_power_good(host) ? CC_OK : CC_STATE;
}

static enum ipmi_cc
set_turbo(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct nm *nm = nm_of(mc);
    unsigned sockets, cores;
    enum ipmi_cc cc = read_turbo(mc, rq, &sockets, &cores);
    uint8_t ratio = rd_u8(&rq->data);

    (void)rs;
    if (cc != CC_OK)
        return cc;
    if (ratio != 0 && (ratio < NM_RATIO_MIN || ratio > NM_RATIO_MAX))
        return CC_INVALID_FIELD;
    for (unsigned s = 0; s < NM_SOCKETS; s++)
        for (unsigned c = 0; c < NM_CORES; c++)
            if (sockets >> s & cores >> c & 1u)
                nm->turbo[s][c] = ratio;
    return CC_OK;
}

/* Of several the lowest. */
static enum ipmi_cc
get_turbo(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct nm *nm = nm_of(mc);
    unsigned sockets, cores, lowest = NM_RATIO_MAX;
    enum ipmi_cc cc = read_turbo(mc, rq, &sockets, &cores);

    if (cc != CC_OK)
        return cc;
    for (unsigned s = 0; s < NM_SOCKETS; s++)
        for (unsigned c = 0; c < NM_CORES; c++) {
            unsigned ratio = nm->turbo[s][c] ? nm->turbo[s][c] : NM_RATIO_DEFAULT;

            if ((sockets >> s & cores >> c & 1u) && ratio < lowest)
                lowest = ratio;
        }
    wr_u8(rs, lowest);
    wr_u8(rs, NM_RATIO_DEFAULT);
    wr_u8(rs, NM_RATIO_MAX);
    wr_u8(rs, NM_RATIO_MIN);
    return CC_OK;
}

/* ---- rows ---- */

static const struct command rows[] = {
    NM_ROW(0xc7, "Reset Node Manager Statistics", 3, 3, reset_statistics),
    NM_READ(0xc8, "Get Node Manager Statistics", 3, 3, get_statistics),
    NM_READ(0xc9, "Get Node Manager Capabilities", 2, 2, get_capabilities),
    NM_READ(0xca, "Get Node Manager Version", 0, 0, get_version),
    NM_ROW(0xcb, "Set Node Manager Power Draw Range", 5, 5, set_range),
    NM_ROW(0xcc, "Set Turbo Synchronization Ratio", 3, 3, set_turbo),
    NM_READ(0xcd, "Get Turbo Synchronization Ratio", 2, 2, get_turbo),
    NM_ROW(0xce, "Set Node Manager Alert Destination", 3, 3, set_destination),
    NM_READ(0xcf, "Get Node Manager Alert Destination", 0, 0, get_destination),
    NM_READ(0xf2, "Get Limiting Policy ID", 1, 1, get_limiting),
};

const struct command_table oem_intel_nm_commands = {
    .subject = "intel-nm", .rows = rows, .count = sizeof rows / sizeof rows[0], .id = INTEL_IANA,
};
