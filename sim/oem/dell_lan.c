/*
 * The network of an iDRAC: its port, and the MAC addresses of the LAN on
 * motherboard (LOM). It has the address of the first LAN channel; those of
 * the four LOMs follow from it.
 *
 * System info parameters CBh (count, addresses) and DAh (records of eight
 * octets: type and status, number, address; read by offset and length).
 */
#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/oem/dell.h"

#define PARAM_LOM_RECORDS 0xda
#define LOM_RECORD 8u
#define LOM_RECORDS (DELL_LOMS * LOM_RECORD)
#define READ_BY_OFFSET 6u         /* octets of such a request */
#define REVISION_ONLY 0x80
#define GET 1

/* Of a controller without a LAN: zero. The iDRAC's last octets stay, so that
 * those of one machine can be told from another's. */
static void
lom_mac(const struct mc *mc, unsigned n, uint8_t to[6])
{
    memset(to, 0, 6);
    if (mc->lan_count == 0)
        return;
    memcpy(to, lanparm_mac(mc, 0), 6);
    to[2] = (uint8_t)((to[2] ^ 0x80) + n);
}

/* ---- which port it uses ---- */

enum { SHARED, SHARED_LOM2, DEDICATED, SHARED_ALL };

static const struct {
    uint8_t nic, failover;
} selections[] = {
    [SHARED] = { DELL_NIC_LOM1, DELL_FAILOVER_NONE },
    [SHARED_LOM2] = { DELL_NIC_LOM1, DELL_NIC_LOM1 + 1 },
    [DEDICATED] = { DELL_NIC_DEDICATED, DELL_FAILOVER_NONE },
    [SHARED_ALL] = { DELL_NIC_LOM1, DELL_FAILOVER_ALL },
};

static enum ipmi_cc
set_nic(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct dell *d = dell_of(mc);
    uint8_t which = rd_u8(&rq->data);

    (void)rs;
    if (which > SHARED_ALL)
        return CC_INVALID_FIELD;
    d->nic = selections[which].nic;
    d->failover = selections[which].failover;
    return CC_OK;
}

static enum ipmi_cc
get_nic(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct dell *d = dell_of(mc);
    unsigned which = SHARED_LOM2;

    (void)rq;
    if (d->nic == DELL_NIC_DEDICATED)
        which = DEDICATED;
    else if (d->failover == DELL_FAILOVER_NONE)
        which = SHARED;
    else if (d->failover == DELL_FAILOVER_ALL)
        which = SHARED_ALL;
    wr_u8(rs, which);
    return CC_OK;
}

/* A LOM other than the one in use, all of them, or none. */
static bool
failover_good(uint8_t nic, uint8_t failover)
{
    if (failover == DELL_FAILOVER_NONE)
        return true;
    return nic != DELL_NIC_DEDICATED && failover >= DELL_NIC_LOM1 &&
           failover <= DELL_FAILOVER_ALL && failover != nic;
}

static enum ipmi_cc
set_nic_failover(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct dell *d = dell_of(mc);
    uint8_t nic = rd_u8(&rq->data);
    uint8_t failover = rd_u8(&rq->data);

    (void)rs;
    if (nic < DELL_NIC_DEDICATED || nic > DELL_NIC_LOM4 || !failover_good(nic, failover))
        return CC_INVALID_FIELD;
    d->nic = nic;
    d->failover = failover;
    return CC_OK;
}

static enum ipmi_cc
get_nic_failover(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct dell *d = dell_of(mc);

    (void)rq;
    wr_u8(rs, d->nic);
    wr_u8(rs, d->failover);
    return CC_OK;
}

/* ---- what is active ---- */

/* By subcommand: nothing more; link present; 1 Gb/s; full duplex. */
static const uint8_t link_facts[] = { 0, 1, 2, 1 };

#define ACTIVE_DEDICATED 5

static enum ipmi_cc
get_active_lom(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct dell *d = dell_of(mc);
    uint8_t what = rd_u8(&rq->data);

    if (what >= sizeof link_facts)
        return CC_INVALID_FIELD;
    wr_u8(rs, d->nic == DELL_NIC_DEDICATED ? ACTIVE_DEDICATED : d->nic - DELL_NIC_LOM1 + 1u);
    wr_u8(rs, link_facts[what]);
    wr_u8(rs, 0);
    return CC_OK;
}

/* ---- addresses ---- */

/* No chassis gave it one. */
static enum ipmi_cc
get_virtual_mac(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    static const uint8_t none[6] = { 0 };

    if (rd_u8(&rq->data) != GET)
        return CC_INVALID_FIELD;
    wr_u8(rs, 0);
    wr_bytes(rs, none, sizeof none);
    wr_bytes(rs, mc->lan_count ? lanparm_mac(mc, 0) : none, 6);
    return CC_OK;
}

static enum ipmi_cc
get_macs(struct mc *mc, uint8_t set, struct wr *data)
{
    uint8_t mac[6];

    (void)set;
    wr_u8(data, DELL_LOMS);
    for (unsigned n = 0; n < DELL_LOMS; n++) {
        lom_mac(mc, n, mac);
        wr_bytes(data, mac, sizeof mac);
    }
    return CC_OK;
}

static enum ipmi_cc
get_record_octets(struct mc *mc, uint8_t set, struct wr *data)
{
    (void)mc;
    (void)set;
    wr_u8(data, LOM_RECORDS);
    return CC_OK;
}

/* No octets from the start ask how many there are. */
static enum ipmi_cc
get_records(struct mc *mc, uint8_t offset, uint8_t len, struct wr *rs)
{
    uint8_t all[LOM_RECORDS] = { 0 };

    if (offset == 0 && len == 0)
        return get_record_octets(mc, 0, rs);
    if (offset + len > (int)LOM_RECORDS || len == 0)
        return CC_RANGE;
    for (unsigned n = 0; n < DELL_LOMS; n++) {
        all[n * LOM_RECORD + 1] = (uint8_t)n;
        lom_mac(mc, n, all + n * LOM_RECORD + 2);
    }
    wr_bytes(rs, all + offset, len);
    return CC_OK;
}

static enum ipmi_cc
get_system_info(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct rd data = rq->data;
    struct wr before = *rs;
    uint8_t first = rd_u8(&data);
    uint8_t selector = rd_u8(&data);
    uint8_t offset, len;
    enum ipmi_cc cc;

    if (selector != PARAM_LOM_RECORDS || rd_left(&rq->data) != READ_BY_OFFSET)
        return command_pass(&mc->gate, mc, rq, rs);
    rd_skip(&data, 2);
    offset = rd_u8(&data);
    len = rd_u8(&data);
    wr_u8(rs, PARAM_REVISION);
    cc = first & REVISION_ONLY ? CC_OK : get_records(mc, offset, len, rs);
    if (cc != CC_OK)
        *rs = before;
    return cc;
}

#define OEM GROUP_OEM_CMDS

static const struct command rows[] = {
    { NETFN_APP, 0x59, "Get System Info Parameters", NEEDS_USER | READS, 4,
      READ_BY_OFFSET, OEM, get_system_info, "22.14b" },
    { DELL_NETFN, 0x24, "Dell Set NIC Selection", NEEDS_ADMIN, 1, 1, OEM, set_nic, "" },
    { DELL_NETFN, 0x25, "Dell Get NIC Selection", NEEDS_USER | READS, 0, 0, OEM, get_nic,
      "" },
    { DELL_NETFN, 0x28, "Dell Set NIC Selection Failover", NEEDS_ADMIN, 2, 2, OEM,
      set_nic_failover, "" },
    { DELL_NETFN, 0x29, "Dell Get NIC Selection Failover", NEEDS_USER | READS, 0, 0, OEM,
      get_nic_failover, "" },
    { DELL_NETFN, 0xc1, "Dell Get Active LOM Status", NEEDS_USER | READS, 3, 3, OEM,
      get_active_lom, "" },
    { DELL_NETFN, 0xc9, "Dell Get iDRAC Virtual MAC", NEEDS_USER | READS, 1, 1, OEM,
      get_virtual_mac, "" },
};

const struct command_table oem_dell_lan_commands = { "dell-lan", rows,
                                                     sizeof rows / sizeof rows[0], 0 };

static const struct dell_param params[] = {
    { 0xcb, get_macs, NULL },
    { PARAM_LOM_RECORDS, get_record_octets, NULL },
};

const struct dell_params dell_lan_params = { params, sizeof params / sizeof params[0] };
