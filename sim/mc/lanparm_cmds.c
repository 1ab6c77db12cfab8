#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"
#include "sim/mc/oem_params.h"

#define CHANNEL_BITS 0x0f
#define REVISION_ONLY 0x80
#define ARP_BITS (LANPARM_ARP_RESPONSES | LANPARM_ARP_GRATUITOUS)
#define CLEAR_STATISTICS 0x01

/* Index of the LAN that the first octet names, or -1. */
static int
named(struct mc *mc, const struct ipmi_req *rq, uint8_t first)
{
    struct channel *channel = mc_channel(mc, rq, first & CHANNEL_BITS);

    return channel != NULL ? mc_lan_index(mc, channel->number) : -1;
}

static enum ipmi_cc
set_lan_configuration(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    int i = named(mc, rq, rd_u8(&rq->data));
    struct param_ask ask = { .selector = rd_u8(&rq->data), .privilege = rq->privilege };
    enum ipmi_cc cc;

    (void)rs;
    if (i < 0)
        return CC_INVALID_FIELD;
    cc = oem_lan_set(mc, mc->machine->lans[i].channel, &ask, &rq->data);
    return cc == CC_PARAM_UNSUPPORTED ? lanparm_set(mc->lanparm[i], &ask, &rq->data) : cc;
}

static enum ipmi_cc
get_lan_configuration(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t first = rd_u8(&rq->data);
    int i = named(mc, rq, first);
    struct param_ask ask = { .selector = rd_u8(&rq->data), .privilege = rq->privilege };
    enum ipmi_cc cc;

    ask.set = rd_u8(&rq->data);
    ask.block = rd_u8(&rq->data);
    if (i < 0)
        return CC_INVALID_FIELD;
    cc = oem_lan_get(mc, mc->machine->lans[i].channel, &ask, first & REVISION_ONLY, rs);
    if (cc != CC_PARAM_UNSUPPORTED)
        return cc;
    return lanparm_get(mc->lanparm[i], &ask, first & REVISION_ONLY, rs);
}

/* The answer says which ARPs are going out now: those that parameter 10
 * asks for and nobody has suspended. */
static enum ipmi_cc
suspend_bmc_arps(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    int i = named(mc, rq, rd_u8(&rq->data));
    struct lanparm *lp;

    if (i < 0)
        return CC_INVALID_FIELD;
    lp = mc->lanparm[i];
    lp->arp_suspended = rd_u8(&rq->data) & ARP_BITS;
    wr_u8(rs, lp->arp & ~lp->arp_suspended & ARP_BITS);
    return CC_OK;
}

/* The counters stop at FFFFh until they are cleared. */
static void
write_counter(struct wr *rs, uint64_t count)
{
    wr_le16(rs, count < UINT16_MAX ? (uint16_t)count : UINT16_MAX);
}

static enum ipmi_cc
get_lan_statistics(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    int i = named(mc, rq, rd_u8(&rq->data));
    bool clear = rd_u8(&rq->data) & CLEAR_STATISTICS;
    uint64_t now[LANPARM_COUNTERS];
    uint64_t *before;

    if (i < 0)
        return CC_INVALID_FIELD;
    rq->from.reads = !clear;
    before = mc->lanparm[i]->cleared;
    lanparm_counters(mc, (unsigned)i, now);
    write_counter(rs, now[LANPARM_RECEIVED] - before[LANPARM_RECEIVED]);   /* IP received */
    wr_fill(rs, 0, 6);               /* header errors, address errors, fragments */
    write_counter(rs, now[LANPARM_SENT] - before[LANPARM_SENT]);           /* IP sent */
    write_counter(rs, now[LANPARM_RECEIVED] - before[LANPARM_RECEIVED]);   /* UDP received */
    write_counter(rs, now[LANPARM_RMCP] - before[LANPARM_RMCP]);           /* valid RMCP */
    wr_fill(rs, 0, 4);               /* UDP proxy: there is none */
    if (clear)
        memcpy(before, now, sizeof now);
    return CC_OK;
}

#define LAN (GROUP_LAN | GROUP_BMC)

static const struct command rows[] = {
    { NETFN_TRANSPORT, 0x01, "Set LAN Configuration Parameters", NEEDS_ADMIN, 2, LEN_ANY, LAN,
      set_lan_configuration, "23.1" },
    { NETFN_TRANSPORT, 0x02, "Get LAN Configuration Parameters", NEEDS_OPERATOR | READS,
      4, 4, LAN, get_lan_configuration, "23.2" },
    { NETFN_TRANSPORT, 0x03, "Suspend BMC ARPs", NEEDS_ADMIN, 2, 2, LAN, suspend_bmc_arps,
      "23.3" },
    { NETFN_TRANSPORT, 0x04, "Get IP/UDP/RMCP Statistics", NEEDS_USER | READS, 2, 2, LAN,
      get_lan_statistics, "23.4" },
};

const struct command_table lanparm_commands = {
    .subject = "lan",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
};
