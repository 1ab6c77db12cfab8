#include "sim/oem/gigabyte.h"

#include "sim/mc/mc_parts.h"

#define IANA_CONFIGURATION 11102u
#define IANA_PORTS         15370u

#define SUBJECT_NIC   0x0c
#define NIC_SET       0x01
#define NIC_GET       0x02
#define SUBJECT_PORTS 0x15

enum nic_mode { NIC_DEDICATED = 1, NIC_SHARED, NIC_FAILOVER };

static const uint16_t ports[] = { 22, 80, 111, 427, 443, 2068, 5988, 5989 };

#define PORTS (sizeof ports / sizeof ports[0])

struct gigabyte {
    uint8_t nic;                 /* enum nic_mode */
    bool open[PORTS];
};

static struct gigabyte *
state_of(struct mc *mc)
{
    return oem_state(mc, &oem_gigabyte);
}

/* ---- NIC mode ---- */

static enum ipmi_cc
get_nic(struct gigabyte *g, struct rd *data, struct wr *rs)
{
    if (!rd_done(data))
        return CC_LENGTH;
    wr_u8(rs, SUBJECT_NIC);
    wr_u8(rs, NIC_GET);
    wr_u8(rs, g->nic);
    return CC_OK;
}

static enum ipmi_cc
set_nic(struct gigabyte *g, const struct ipmi_req *rq, struct rd *data)
{
    uint8_t mode = rd_u8(data);

    if (!rd_done(data))
        return CC_LENGTH;
    if (rq->privilege < PRIV_ADMIN)
        return CC_PRIVILEGE;
    if (mode < NIC_DEDICATED || mode > NIC_FAILOVER)
        return CC_INVALID_FIELD;
    g->nic = mode;
    return CC_OK;
}

static enum ipmi_cc
configuration(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct rd data = rq->data;
    uint8_t subject = rd_u8(&data);
    uint8_t what = rd_u8(&data);

    if (subject != SUBJECT_NIC) {
        enum ipmi_cc cc = command_pass(&mc->gate, mc, rq, rs);

        return cc == CC_INVALID_COMMAND ? CC_INVALID_FIELD : cc;
    }
    if (what == NIC_GET)
        return get_nic(state_of(mc), &data, rs);
    return what == NIC_SET ? set_nic(state_of(mc), rq, &data) : CC_INVALID_FIELD;
}

/* ---- ports ---- */

/* Read subject and port. CC_OK, and the place of the port in ports[]. */
static enum ipmi_cc
read_port(struct rd *data, size_t *out)
{
    uint8_t subject = rd_u8(data);
    uint16_t port = rd_le16(data);

    if (subject != SUBJECT_PORTS)
        return CC_INVALID_FIELD;
    for (size_t i = 0; i < PORTS; i++)
        if (ports[i] == port) {
            *out = i;
            return CC_OK;
        }
    return CC_RANGE;
}

static enum ipmi_cc
set_port(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    size_t i;
    enum ipmi_cc cc = read_port(&rq->data, &i);
    uint8_t open = rd_u8(&rq->data);

    (void)rs;
    if (cc != CC_OK)
        return cc;
    if (open > 1)
        return CC_INVALID_FIELD;
    state_of(mc)->open[i] = open;
    return CC_OK;
}

static enum ipmi_cc
get_port(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    size_t i;
    enum ipmi_cc cc = read_port(&rq->data, &i);

    if (cc == CC_OK)
        wr_u8(rs, state_of(mc)->open[i]);
    return cc;
}

/* ---- the profile ---- */

static void
init(struct mc *mc, void *state)
{
    struct gigabyte *g = state;

    (void)mc;
    g->nic = NIC_FAILOVER;
    for (size_t i = 0; i < PORTS; i++)
        g->open[i] = true;
}

static const struct command configuration_rows[] = {
    { NETFN_OEM, 0xcc, "Gigabyte Configuration", NEEDS_USER, 5, LEN_ANY, GROUP_OEM_CMDS,
      configuration, "" },
};

static const struct command port_rows[] = {
    { NETFN_OEM, 0x20, "Gigabyte Set Port", NEEDS_ADMIN, 7, 7, GROUP_OEM_CMDS, set_port, "" },
    { NETFN_OEM, 0x21, "Gigabyte Get Port", NEEDS_USER | READS, 6, 6, GROUP_OEM_CMDS,
      get_port, "" },
};

const struct command_table oem_gigabyte_commands = {
    "gigabyte", configuration_rows, sizeof configuration_rows / sizeof configuration_rows[0],
    IANA_CONFIGURATION,
};
const struct command_table oem_gigabyte_port_commands = {
    "gigabyte ports", port_rows, sizeof port_rows / sizeof port_rows[0], IANA_PORTS,
};

static const struct command_table *const tables[] = { &oem_gigabyte_commands,
                                                      &oem_gigabyte_port_commands };

const struct oem_profile oem_gigabyte = {
    .name = "gigabyte",
    .what = "Gigabyte MD90-FS0-ZB",
    .tables = tables,
    .table_count = sizeof tables / sizeof tables[0],
    .state_size = sizeof(struct gigabyte),
    .init = init,
};
