#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"
#include "sim/mc/picmg_cmds.h"

#define IPMB_SAME   0xff /* Set IPMB State: leave this bus alone */
#define LINK_STATES 1    /* 0 disabled, 1 enabled */
#define PORTS_MAX   4u   /* links told of one channel */
#define DEVICE_AMC  0xff /* an AMC's own ports: no device is named */
#define DEVICE_BITS 0x0f /* of an octet that names one */
#define INTERFACE   0xc0 /* of a channel; all set is reserved */

#define CLOCK_ENABLED 0x08
#define CLOCK_BITS    0x0f
#define CLOCK_OCTETS  8u /* index, setting, family, accuracy, frequency */
#define CLOCK_SETTING 1u /* where the setting stands among them */

/* ---- the two buses ---- */

static bool
set_bus(struct mc *mc, unsigned which, uint8_t octet)
{
    return octet == IPMB_SAME || picmg_isolate(mc, which, octet >> 1, !(octet & 1));
}

/* VITA's has a third octet, the speed of the bus: 0 = 100 kHz, all we have. */
enum ipmi_cc
picmg_set_ipmb_state(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t a = rd_u8(&rq->data), b = rd_u8(&rq->data);

    (void)rs;
    if (rd_left(&rq->data) > 0 && rd_u8(&rq->data) != 0)
        return CC_INVALID_FIELD;
    return set_bus(mc, 0, a) && set_bus(mc, 1, b) ? CC_OK : CC_INVALID_FIELD;
}

/* By link, or by the number of its sensor. */
enum ipmi_cc
picmg_get_link_info(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t by_sensor = rd_u8(&rq->data), key = rd_u8(&rq->data);
    int i;

    if (by_sensor > 1)
        return CC_INVALID_FIELD;
    for (uint8_t link = 1; (i = picmg_ipmb_sensor(mc, link)) >= 0; link++) {
        uint8_t number = sensor_facts(mc, (uint32_t)i)->number;

        if (key != (by_sensor ? number : link))
            continue;
        wr_u8(rs, link);
        wr_u8(rs, number);
        return CC_OK;
    }
    return CC_NOT_PRESENT;
}

/* ---- ports of the backplane ---- */

static enum ipmi_cc
set_port_state(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct picmg_link link = { .kind = LINK_PORT, .len = 4 };

    (void)rs;
    rd_copy(&rq->data, link.octets, link.len);
    link.key = link.octets[0];
    link.state = rd_u8(&rq->data);
    if (link.state > LINK_STATES || (link.key & INTERFACE) == INTERFACE)
        return CC_INVALID_FIELD;
    return picmg_link_set(mc, &link, link.len);
}

static void
write_links(struct mc *mc, uint8_t kind, uint16_t key, struct wr *rs)
{
    const struct picmg_link *link;

    for (unsigned n = 0; n < PORTS_MAX && (link = picmg_link(mc, kind, key, n)) != NULL;
         n++) {
        wr_bytes(rs, link->octets, link->len);
        wr_u8(rs, link->state);
    }
}

static enum ipmi_cc
get_port_state(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t channel = rd_u8(&rq->data);

    if ((channel & INTERFACE) == INTERFACE)
        return CC_INVALID_FIELD;
    write_links(mc, LINK_PORT, channel, rs);
    return CC_OK;
}

/* A device of the carrier's may be named at the end of a request. False:
 * reserved bits are set. */
static bool
read_device(struct rd *r, uint8_t *device)
{
    *device = DEVICE_AMC;
    if (rd_left(r) == 0)
        return true;
    *device = rd_u8(r);
    return (*device & ~DEVICE_BITS) == 0;
}

static enum ipmi_cc
set_amc_port_state(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct picmg_link link = { .kind = LINK_AMC, .len = 3 };
    uint8_t channel = rd_u8(&rq->data), device;

    (void)rs;
    rd_copy(&rq->data, link.octets, link.len);
    link.state = rd_u8(&rq->data);
    if (!read_device(&rq->data, &device) || link.state > LINK_STATES)
        return CC_INVALID_FIELD;
    link.key = (uint16_t)(device << 8 | channel);
    return picmg_link_set(mc, &link, link.len);
}

static enum ipmi_cc
get_amc_port_state(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t channel = rd_u8(&rq->data), device;

    if (!read_device(&rq->data, &device))
        return CC_INVALID_FIELD;
    write_links(mc, LINK_AMC, (uint16_t)(device << 8 | channel), rs);
    return CC_OK;
}

/* ---- clocks ---- */

static enum ipmi_cc
set_clock_state(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct picmg_link clock = { .kind = LINK_CLOCK, .len = CLOCK_OCTETS };
    uint8_t id = rd_u8(&rq->data), resource = DEVICE_AMC;

    (void)rs;
    rd_copy(&rq->data, clock.octets, clock.len);
    if (rd_left(&rq->data) > 0)
        resource = rd_u8(&rq->data);
    clock.key = (uint16_t)(resource << 8 | id);
    if (clock.octets[CLOCK_SETTING] & ~CLOCK_BITS)
        return CC_INVALID_FIELD;
    clock.state = (clock.octets[CLOCK_SETTING] & CLOCK_ENABLED) != 0;
    return picmg_link_set(mc, &clock, 0);
}

/* Of a clock that is off only its setting is told. */
static enum ipmi_cc
get_clock_state(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t id = rd_u8(&rq->data);
    uint8_t resource = rd_left(&rq->data) > 0 ? rd_u8(&rq->data) : DEVICE_AMC;
    const struct picmg_link *clock =
        picmg_link(mc, LINK_CLOCK, (uint16_t)(resource << 8 | id), 0);
    uint8_t setting;

    if (clock == NULL)
        return CC_NOT_PRESENT;
    setting = clock->octets[CLOCK_SETTING];
    wr_u8(rs, clock->state ? setting : setting & (unsigned)~CLOCK_ENABLED);
    if (!clock->state)
        return CC_OK;
    wr_u8(rs, clock->octets[0]);
    wr_bytes(rs, clock->octets + CLOCK_SETTING + 1, CLOCK_OCTETS - CLOCK_SETTING - 1);
    return CC_OK;
}

/* ---- signalling classes of a channel, and buses shared by all boards ---- */

static enum ipmi_cc
set_signalling_class(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct picmg_link class = { .kind = LINK_CLASS, .len = 1 };

    (void)rs;
    class.key = rd_u8(&rq->data);
    rd_copy(&rq->data, class.octets, class.len);
    return picmg_link_set(mc, &class, 0);
}

static enum ipmi_cc
get_signalling_class(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t channel = rd_u8(&rq->data);
    const struct picmg_link *class = picmg_link(mc, LINK_CLASS, channel, 0);

    wr_u8(rs, channel);
    wr_u8(rs, class != NULL ? class->octets[0] : 0);
    return CC_OK;
}

/* What the shelf manager says to a board, and what that answers. */
enum { BUSED_QUERY, BUSED_RELEASE, BUSED_FORCE, BUSED_FREE };
enum {
    BOARD_IN_CONTROL = 0,
    BOARD_NO_CONTROL = 1,
    BOARD_ACK = 0,
    BOARD_RELEASE_NONE = 2,
    BOARD_ACCEPT = 0,
    BOARD_NOT_NEEDED = 1
};

/* What a board says to the shelf manager. */
enum { BUSED_REQUEST, BUSED_RELINQUISH, BUSED_NOTIFY };
enum { MANAGER_GRANT = 0, MANAGER_BUSY = 1, MANAGER_ACK = 0, MANAGER_ERROR = 1 };

static uint8_t
as_board(struct picmg *p, uint8_t what, uint8_t bit)
{
    bool ours = (p->bused & bit) != 0;

    switch (what) {
    case BUSED_QUERY: return ours ? BOARD_IN_CONTROL : BOARD_NO_CONTROL;
    case BUSED_RELEASE:
    case BUSED_FORCE:
        p->bused &= (uint8_t)~bit;
        return ours ? BOARD_ACK
                    : (what == BUSED_RELEASE ? BOARD_RELEASE_NONE : BOARD_NO_CONTROL);
    default: p->bused |= bit; return ours ? BOARD_NOT_NEEDED : BOARD_ACCEPT;
    }
}

static uint8_t
as_manager(uint8_t what, uint8_t *owner, uint8_t asker)
{
    switch (what) {
    case BUSED_REQUEST:
        if (*owner != 0 && *owner != asker)
            return MANAGER_BUSY;
        *owner = asker;
        return MANAGER_GRANT;
    case BUSED_RELINQUISH:
        if (*owner != asker)
            return MANAGER_ERROR;
        *owner = 0;
        return MANAGER_ACK;
    default: *owner = asker; return MANAGER_ACK;
    }
}

/* A shelf manager's boards ask over the IPMB; who asks it by other ways asks
 * as it would ask a board. */
static enum ipmi_cc
bused_resource_control(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t what = rd_u8(&rq->data), resource = rd_u8(&rq->data);
    bool managed = shelf_managed(mc) && rq->from.channel == CHANNEL_PRIMARY_IPMB;
    struct shelf *s = managed ? shelf_of(mc) : NULL;
    struct picmg *p = picmg_of(mc);

    if (p == NULL || (managed && s == NULL))
        return CC_NO_SPACE;
    if (resource >= BUSED_RESOURCES || what > (managed ? BUSED_NOTIFY : BUSED_FREE))
        return CC_INVALID_FIELD;
    wr_u8(rs, managed ? as_manager(what, &s->owners[resource], rq->from.rq_addr)
                      : as_board(p, what, (uint8_t)(1u << resource)));
    return CC_OK;
}

#define PICMG(cmd, name, needs, min, max, handler, section)                         \
    {                                                                               \
        NETFN_GROUP, cmd, name, needs, min, max, GROUP_PICMG_CMDS, handler, section \
    }
#define USER     NEEDS_USER
#define OPERATOR NEEDS_OPERATOR

static const struct command rows[] = {
    PICMG(0x09, "Set IPMB State", OPERATOR, 3, 3, picmg_set_ipmb_state, "PICMG3.0"),
    PICMG(0x0e, "Set Port State", OPERATOR, 6, 6, set_port_state, "PICMG3.0"),
    PICMG(0x0f, "Get Port State", USER | READS, 2, 2, get_port_state, "PICMG3.0"),
    PICMG(0x17, "Bused Resource Control", OPERATOR, 3, 3, bused_resource_control,
          "PICMG3.0"),
    PICMG(0x18, "Get IPMB Link Info", USER | READS, 3, 3, picmg_get_link_info, "PICMG3.0"),
    PICMG(0x19, "Set AMC Port State", OPERATOR, 6, 7, set_amc_port_state, "AMC.0"),
    PICMG(0x1a, "Get AMC Port State", USER | READS, 2, 3, get_amc_port_state, "AMC.0"),
    PICMG(0x2c, "Set Clock State", OPERATOR, 10, 11, set_clock_state, "AMC.0 R2"),
    PICMG(0x2d, "Get Clock State", USER | READS, 2, 3, get_clock_state, "AMC.0 R2"),
    PICMG(0x3b, "Set Channel Signaling Class", OPERATOR, 3, 3, set_signalling_class,
          "PICMG3.1"),
    PICMG(0x3c, "Get Channel Signaling Class", USER | READS, 2, 2, get_signalling_class,
          "PICMG3.1"),
};

const struct command_table picmg_link_commands = { "picmg-link", rows,
                                                   sizeof rows / sizeof rows[0],
                                                   GROUP_PICMG };
