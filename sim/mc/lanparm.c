#include "sim/mc/lanparm.h"

#include <stdlib.h>
#include <string.h>

#include "sim/mc/lanparm6.h"
#include "sim/mc/lanparm_rows.h"
#include "sim/mc/mc_parts.h"

#define AUTH_SUPPORT (AUTH_BIT_NONE | AUTH_BIT_MD2 | AUTH_BIT_MD5 | AUTH_BIT_STRAIGHT)
#define AUTH_DEFAULT (AUTH_BIT_MD2 | AUTH_BIT_MD5 | AUTH_BIT_STRAIGHT)
#define ARP_INTERVAL_DEFAULT 3      /* 2 s: 500 ms units, 0 is the first */
#define ALERT_TIMEOUT_DEFAULT 2     /* 3 s, 0-based */
#define MAC_LOCAL 0x02              /* locally administered */
#define PASSWORD_SPAN SPAN_S(10)    /* unit of the intervals in parameter 26 */

static const struct machine_lan *
facts_of(const struct mc *mc, unsigned i)
{
    return &mc->machine->lans[i];
}

static unsigned
lans(const struct mc *mc)
{
    if (!mc->opts.bmc)
        return 0;
    return mc->machine->lan_count < MC_LANS_MAX ? mc->machine->lan_count : MC_LANS_MAX;
}

/* A dotted quad; false when text is anything else. */
static bool
read_ipv4(const char *text, uint8_t to[4])
{
    for (unsigned i = 0; i < 4; i++) {
        unsigned v = 0, digits = 0;

        for (; *text >= '0' && *text <= '9' && digits < 3; digits++)
            v = v * 10 + (unsigned)(*text++ - '0');
        if (digits == 0 || v > UINT8_MAX || *text != (i < 3 ? '.' : '\0'))
            return false;
        to[i] = (uint8_t)v;
        text++;
    }
    return true;
}

static bool
all_zero(const uint8_t *at, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (at[i] != 0)
            return false;
    return true;
}

/* The described address, else the one it listens at, else loopback: clients
 * take 0.0.0.0 for a channel that is not set up. */
static void
init_addresses(struct lanparm *lp, const struct machine_lan *facts)
{
    static const uint8_t loopback[4] = { 127, 0, 0, 1 };
    uint8_t here[4];
    bool known = read_ipv4(facts->host, here) && !all_zero(here, sizeof here);

    memcpy(lp->ip, facts->ip_given ? facts->ip : known ? here : loopback, sizeof lp->ip);
    lp->mask[0] = UINT8_MAX;
    if (lp->ip[0] != loopback[0])
        lp->mask[1] = lp->mask[2] = UINT8_MAX;
    if (facts->mask_given)
        memcpy(lp->mask, facts->mask, sizeof lp->mask);
    if (facts->gateway_given)
        memcpy(lp->gateway, facts->gateway, sizeof lp->gateway);
    memcpy(lp->gateway_mac, facts->gateway_mac, sizeof lp->gateway_mac);
    lp->ip_source = facts->ip_source && facts->ip_source <= IP_SOURCE_OTHER
                        ? facts->ip_source : (uint8_t)IP_SOURCE_STATIC;
}

/* BMCs of one machine count on from its MAC; where it has none, each has one
 * of its own by chance. */
static void
init_mac(struct lanparm *lp, const struct machine_lan *facts, unsigned lan)
{
    const struct mc_identity *id = &lp->mc->opts.identity;
    struct rng_key key = rng_key_numbered(rng_key_named(id->key, "mac"), lan);
    struct rng stream = rng_start(key);
    uint32_t low;

    if (!facts->mac_given) {
        rng_fill(&stream, lp->mac, sizeof lp->mac);
        lp->mac[0] = MAC_LOCAL;
        return;
    }
    low = (uint32_t)facts->mac[3] << 16 | (uint32_t)facts->mac[4] << 8 | facts->mac[5];
    low += id->index * lp->mc->machine->lan_count;
    memcpy(lp->mac, facts->mac, 3);
    lp->mac[3] = (uint8_t)(low >> 16);
    lp->mac[4] = (uint8_t)(low >> 8);
    lp->mac[5] = (uint8_t)low;
}

static void
init_auth(struct lan_config *config, const struct machine_lan *facts)
{
    config->auth_support = AUTH_SUPPORT;
    for (size_t i = 0; i < sizeof config->auth_enables; i++)
        config->auth_enables[i] = facts->auth_given ? facts->auth_enables[i] & AUTH_SUPPORT
                                                    : AUTH_DEFAULT;
}

/* As Get Channel Cipher Suites lists them. The suites with RC4, which hardly
 * a client has, stand last: ipmitool prints no more than twelve. */
static const uint8_t suites_offered[] = {
    0, 1, 2, 3, 6, 7, 8, 11, 12, 15, 16, 17, 4, 5, 9, 10, 13, 14,
};

/* All suites at administrator level; suite 0 only where the description
 * asks for it. */
static void
init_suites(struct lanparm *lp, const struct machine_lan *facts)
{
    struct lan_config *config = &lp->config;

    for (size_t i = facts->suite_0 ? 0 : 1; i < sizeof suites_offered; i++) {
        config->suite_id[config->suites] = suites_offered[i];
        config->suite_limit[config->suites++] = PRIV_ADMIN;
    }
    memset(lp->suites + 1, PRIV_ADMIN << 4 | PRIV_ADMIN, sizeof lp->suites - 1);
    lp->suites[sizeof lp->suites - 1] = PRIV_ADMIN;   /* there is no entry 16 */
    if (!facts->suite_0)
        lp->suites[1] &= 0xf0;
}

static void
init_config(struct lanparm *lp, const struct machine_lan *facts)
{
    struct lan_config *config = &lp->config;
    struct mc *mc = lp->mc;

    config->channel = facts->channel;
    config->access = &mc->channels[facts->channel % CHANNELS];
    config->rmcpp = true;
    config->dcmi_pong = (mc->gate.groups & GROUP_DCMI_CMDS) != 0;
    config->kg_set = facts->kg_set;
    memcpy(config->kg, facts->kg, sizeof config->kg);
    memcpy(config->guid, mc->guid, sizeof config->guid);
    config->sessions_max = LAN_SESSIONS_DEFAULT;
    if (facts->sessions_max)
        config->sessions_max = facts->sessions_max < LAN_SESSIONS_MAX ? facts->sessions_max
                                                                      : LAN_SESSIONS_MAX;
    init_auth(config, facts);
    init_suites(lp, facts);
}

static void
put_port(uint8_t to[2], unsigned port)
{
    to[0] = (uint8_t)port;
    to[1] = (uint8_t)(port >> 8);
}

static void
init_destinations(struct lanparm *lp)
{
    for (size_t i = 0; i <= LANPARM_DESTINATIONS; i++)
        lp->destinations[i].type[1] = ALERT_TIMEOUT_DEFAULT;
}

static enum status
init_lan(struct mc *mc, unsigned i)
{
    static const uint8_t header[3] = { 0x40, 0x40, 0x10 };
    const struct machine_lan *facts = facts_of(mc, i);
    struct lanparm *lp = calloc(1, sizeof *lp);

    if (lp == NULL)
        return ST_NOMEM;
    lp->mc = mc;
    mc->lanparm[i] = lp;
    init_config(lp, facts);
    init_addresses(lp, facts);
    init_mac(lp, facts, i);
    init_destinations(lp);
    memcpy(lp->header, header, sizeof lp->header);
    put_port(lp->port, LANPARM_RMCP_PORT);
    put_port(lp->port_secondary, LANPARM_RMCP_PORT_SECONDARY);
    lp->arp = LANPARM_ARP_RESPONSES;
    lp->arp_interval = ARP_INTERVAL_DEFAULT;
    memcpy(lp->community, "public", sizeof "public");
    return ST_OK;
}

enum status
lanparm_init(struct mc *mc)
{
    enum status st = ST_OK;

    for (unsigned i = 0; i < lans(mc) && st == ST_OK; i++)
        st = init_lan(mc, i);
    return st;
}

void
lanparm_reset(struct mc *mc)
{
    for (unsigned i = 0; i < MC_LANS_MAX; i++) {
        struct lanparm *lp = mc->lanparm[i];

        if (lp == NULL)
            continue;
        param_clear_volatile(&lanparm_family, lp);
        lp->destinations[0] = (struct lanparm_destination){
            .type = { 0, ALERT_TIMEOUT_DEFAULT, 0 },
        };
        lp->arp_suspended = 0;
        lanparm_counters(mc, i, lp->cleared);
    }
}

void
lanparm_free(struct mc *mc)
{
    for (unsigned i = 0; i < MC_LANS_MAX; i++) {
        if (mc->lanparm[i] != NULL)
            free(mc->lanparm[i]->six);
        free(mc->lanparm[i]);
        mc->lanparm[i] = NULL;
    }
}

static const struct param_family *
family_of(uint8_t selector)
{
    bool six = selector >= LANPARM6_FIRST && selector <= LANPARM6_LAST;

    return six ? &lanparm6_family : &lanparm_family;
}

enum ipmi_cc
lanparm_set(struct lanparm *lp, struct param_ask *ask, struct rd *data)
{
    return param_set(family_of(ask->selector), lp, ask, data);
}

enum ipmi_cc
lanparm_get(const struct lanparm *lp, struct param_ask *ask, bool revision_only,
            struct wr *rs)
{
    return param_get(family_of(ask->selector), lp, ask, revision_only, rs);
}

struct lan_config *
lanparm_config(struct mc *mc, unsigned lan_index)
{
    if (lan_index >= MC_LANS_MAX || mc->lanparm[lan_index] == NULL)
        return NULL;
    return &mc->lanparm[lan_index]->config;
}

const uint8_t *
lanparm_mac(const struct mc *mc, unsigned lan_index)
{
    if (lan_index >= MC_LANS_MAX || mc->lanparm[lan_index] == NULL)
        return NULL;
    return mc->lanparm[lan_index]->mac;
}

const uint8_t *
lanparm_ip(const struct mc *mc, unsigned lan_index)
{
    if (lan_index >= MC_LANS_MAX || mc->lanparm[lan_index] == NULL)
        return NULL;
    return mc->lanparm[lan_index]->ip;
}

void
lanparm_bad_password(const struct mc *mc, unsigned lan_index, struct lanparm_bad_password *out)
{
    struct rd r;

    *out = (struct lanparm_bad_password){ 0 };
    if (lan_index >= MC_LANS_MAX || mc->lanparm[lan_index] == NULL)
        return;
    r = rd_of(bytes_of(mc->lanparm[lan_index]->bad_password,
                       sizeof mc->lanparm[lan_index]->bad_password));
    out->audit = rd_u8(&r) & 1;
    out->threshold = rd_u8(&r);
    out->reset_span = rd_le16(&r) * PASSWORD_SPAN;
    out->lockout_span = rd_le16(&r) * PASSWORD_SPAN;
}

void
lanparm_counters(const struct mc *mc, unsigned lan_index, uint64_t to[LANPARM_COUNTERS])
{
    const struct lan_stats *stats;

    memset(to, 0, LANPARM_COUNTERS * sizeof to[0]);
    if (lan_index >= MC_LANS_MAX || mc->lans[lan_index] == NULL)
        return;
    stats = lan_stats(mc->lans[lan_index]);
    to[LANPARM_RECEIVED] = stats->received;
    to[LANPARM_SENT] = stats->sent;
    to[LANPARM_RMCP] = stats->received - stats->dropped[DROP_RMCP_SHORT] -
                       stats->dropped[DROP_RMCP_VERSION] - stats->dropped[DROP_RMCP_CLASS];
}

void
lanparm_host_left(struct mc *mc)
{
    for (unsigned i = 0; i < MC_LANS_MAX; i++)
        if (mc->lanparm[i] != NULL)
            mc->lanparm[i]->progress = PROGRESS_COMPLETE;
    lanparm_resume_arps(mc);
}

void
lanparm_resume_arps(struct mc *mc)
{
    for (unsigned i = 0; i < MC_LANS_MAX; i++)
        if (mc->lanparm[i] != NULL)
            mc->lanparm[i]->arp_suspended = 0;
}
