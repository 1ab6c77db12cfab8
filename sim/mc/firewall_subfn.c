#include "sim/mc/firewall_subfn.h"

#include "sim/mc/mc_parts.h"

#define CHANNEL_BITS 0x0f
#define BIT(n) (1u << (n))
#define BITS(from, to) ((0xffffffffu >> (31 - (to))) & (0xffffffffu << (from)))
#define NO_BIT 0xff

/* Where channels 8 .. Bh have bits of their own, past all else. */
#define HIGH_FIRST 8
#define HIGH_LAST  0x0b
#define LOW_LAST   7

#define LAN_PARAM_OEM 192
#define PEF_PARAM_OEM 96

typedef uint32_t used_fn(const struct mc *mc, const struct ipmi_req *rq, struct rd *r);

/* ---- helpers ---- */

static uint8_t
channel_of(const struct ipmi_req *rq, uint8_t octet)
{
    uint8_t channel = octet & CHANNEL_BITS;

    return channel == CHANNEL_PRESENT ? rq->from.channel : channel;
}

/* Channels 1 .. 7 are bits 1 .. 7; the first of 8 .. Bh is bit high. */
static uint32_t
channel_bit(uint8_t channel, unsigned high)
{
    if (channel >= HIGH_FIRST && channel <= HIGH_LAST)
        return BIT(high + channel - HIGH_FIRST);
    return channel >= 1 && channel <= LOW_LAST ? BIT(channel) : 0;
}

/* Writing a parameter: bit, or stored for a set selector other than 0. */
struct parameter {
    uint8_t number, bit, stored;
};

static uint32_t
parameter_bit(const struct parameter *at, size_t count, uint8_t number, uint8_t set)
{
    for (size_t i = 0; i < count; i++)
        if (at[i].number == number)
            return BIT(at[i].stored != NO_BIT && set != 0 ? at[i].stored : at[i].bit);
    return 0;
}

#define PARAMETER_BIT(rows, number, set) \
    parameter_bit(rows, sizeof rows / sizeof rows[0], number, set)

/* ---- chassis ---- */

static uint32_t
control(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    uint8_t op = rd_u8(r) & 0x0f;

    (void)mc;
    (void)rq;
    return op != 0 ? BIT(op) : 0;
}

static uint32_t
identify(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    (void)mc;
    (void)rq;
    rd_skip(r, 1);
    return rd_u8(r) & 0x01u;       /* for ever */
}

static uint32_t
octet_as_bits(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    (void)mc;
    (void)rq;
    return rd_u8(r);
}

/* Who acknowledges boot info: the write mask's bits are these, the other way
 * round. */
static uint32_t
boot_options(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    uint8_t parameter = rd_u8(r) & 0x7f;
    uint8_t mask = rd_u8(r);
    uint32_t used = parameter >= 1 && parameter <= 7 ? BIT(parameter) : 0;

    (void)mc;
    (void)rq;
    for (unsigned i = 0; parameter == 4 && i < 5; i++)
        if ((unsigned)mask >> i & 1u)
            used |= BIT(12 - i);
    return used;
}

/* ---- PEF ---- */

#define PEF_DISARM 0x00
#define PEF_TEMPORARILY 0xfe
#define PEF_ASK 0xff

static uint32_t
arm_pef(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    uint8_t what = rd_u8(r);

    (void)mc;
    (void)rq;
    switch (what) {
    case PEF_DISARM:      return BIT(0);
    case PEF_TEMPORARILY: return BIT(2);
    case PEF_ASK:         return 0;
    default:              return BIT(1);
    }
}

static uint32_t
set_pef(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    static const struct parameter parameters[] = {
        { 1, 0, NO_BIT }, { 2, 1, NO_BIT }, { 3, 2, NO_BIT },  { 4, 3, NO_BIT },
        { 6, 4, NO_BIT }, { 7, 5, NO_BIT }, { 9, 6, NO_BIT },  { 10, 7, NO_BIT },
        { 12, 8, 9 },     { 13, 10, 11 },   { 15, 12, NO_BIT },
    };
    uint8_t number = rd_u8(r) & 0x7f;
    uint8_t set = rd_u8(r);

    (void)mc;
    (void)rq;
    return number >= PEF_PARAM_OEM ? BIT(13) : PARAMETER_BIT(parameters, number, set & 0x7f);
}

static uint32_t
alert_immediate(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    uint32_t used = channel_bit(channel_of(rq, rd_u8(r)), 9);

    (void)mc;
    rd_skip(r, 2);
    return rd_left(r) > 0 ? used | BIT(8) : used;   /* with an event of its own */
}

/* ---- watchdog, messages ---- */

static uint32_t
set_watchdog(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    uint32_t used = 0;

    (void)mc;
    (void)rq;
    used |= rd_u8(r) & 0x07 ? BIT(0) : 0;     /* timer use */
    used |= rd_u8(r) ? BIT(1) : 0;            /* actions */
    rd_skip(r, 1);
    used |= rd_u8(r) ? BIT(2) : 0;            /* expiration flags */
    used |= rd_le16(r) ? BIT(3) : 0;          /* countdown */
    return used;
}

/* What is changed, not what is left as it was. */
static uint32_t
global_enables(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    (void)rq;
    return (rd_u8(r) ^ mc->messages->enables) & 0xffu;
}

static uint32_t
by_channel(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    (void)mc;
    return BIT(channel_of(rq, rd_u8(r)));
}

static uint32_t
get_authcode(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    rd_skip(r, 1);
    return by_channel(mc, rq, r);
}

/* The channel of the session that is to be closed. */
static uint32_t
close_session(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    uint32_t session = rd_le32(r);

    for (unsigned i = 0; i < mc->lan_count; i++) {
        struct lan_session_info info;

        if (lan_session_by_id(mc->lans[i], session, &info))
            return BIT(mc->machine->lans[i].channel);
    }
    return BIT(rq->from.channel);
}

static uint32_t
master_write_read(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    uint8_t bus = rd_u8(r);

    (void)mc;
    (void)rq;
    if (bus & 0x01)
        return BIT(8 + (bus >> 1 & 0x07));
    return channel_bit(bus >> 4, 16);
}

/* ---- storage, transport ---- */

static uint32_t
auxiliary_log(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    (void)mc;
    (void)rq;
    return BIT(rd_u8(r) & 0x0f);
}

static uint32_t
set_lan(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    static const struct parameter parameters[] = {
        { 3, 8, NO_BIT },   { 4, 8, NO_BIT },   { 5, 9, NO_BIT },   { 6, 8, NO_BIT },
        { 7, 8, NO_BIT },   { 8, 10, NO_BIT },  { 9, 10, NO_BIT },  { 10, 11, NO_BIT },
        { 11, 11, NO_BIT }, { 12, 8, NO_BIT },  { 13, 8, NO_BIT },  { 14, 8, NO_BIT },
        { 15, 8, NO_BIT },  { 16, 12, NO_BIT }, { 18, 13, 14 },     { 19, 15, 16 },
        { 20, 17, NO_BIT }, { 21, 18, NO_BIT }, { 24, 19, NO_BIT }, { 25, 25, NO_BIT },
        { 26, 26, NO_BIT },
    };
    uint32_t used = channel_bit(channel_of(rq, rd_u8(r)), 21);
    uint8_t number = rd_u8(r);
    uint8_t set = rd_u8(r);

    (void)mc;
    if (number >= LAN_PARAM_OEM)
        return used | BIT(20);
    return used | PARAMETER_BIT(parameters, number, set & 0x0f);
}

static uint32_t
set_sol(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    static const struct parameter parameters[] = {
        { 1, 8, NO_BIT },  { 2, 9, NO_BIT },  { 3, 10, NO_BIT }, { 4, 10, NO_BIT },
        { 5, 11, NO_BIT }, { 6, 12, NO_BIT }, { 8, 13, NO_BIT },
    };
    uint32_t used = channel_bit(channel_of(rq, rd_u8(r)), 14);

    (void)mc;
    return used | PARAMETER_BIT(parameters, rd_u8(r), 0);
}

/* Responses of channels 1 .. 7 are bits 1 .. 7, gratuitous ARPs 9 .. 15; of
 * channels 8 .. Bh 16 .. 19 and 20 .. 23. */
static uint32_t
suspend_arps(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    uint8_t channel = channel_of(rq, rd_u8(r));
    uint8_t what = rd_u8(r);
    bool high = channel >= HIGH_FIRST;
    uint32_t used = 0;

    (void)mc;
    if (what & 0x01)
        used |= high ? channel_bit(channel, 20) : channel_bit(channel, 0) << 8;
    if (what & 0x02)
        used |= channel_bit(channel, 16);
    return used;
}

static uint32_t
serial_mux(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    uint8_t function;

    (void)mc;
    (void)rq;
    rd_skip(r, 1);
    function = rd_u8(r) & 0x0f;
    return function >= 1 && function <= 8 ? BIT(function) : 0;
}

/* ---- the table ---- */

#define CHANNELS_LOW BITS(1, 7)

static const struct {
    uint8_t netfn, cmd;
    uint32_t all;
    used_fn *used;
} rows[] = {
    { NETFN_CHASSIS, 0x02, BITS(1, 5), control },
    { NETFN_CHASSIS, 0x04, BIT(0), identify },
    { NETFN_CHASSIS, 0x08, BITS(1, 12), boot_options },
    { NETFN_CHASSIS, 0x0a, BITS(0, 3), octet_as_bits },
    { NETFN_SENSOR, 0x11, BITS(0, 2), arm_pef },
    { NETFN_SENSOR, 0x12, BITS(0, 13), set_pef },
    { NETFN_SENSOR, 0x16, BITS(1, 12), alert_immediate },
    { NETFN_APP, 0x24, BITS(0, 3), set_watchdog },
    { NETFN_APP, 0x2e, BITS(0, 3) | BITS(5, 7), global_enables },
    { NETFN_APP, 0x30, BITS(0, 1) | BIT(3) | BITS(5, 7), octet_as_bits },
    { NETFN_APP, 0x32, BITS(1, 15), by_channel },
    { NETFN_APP, 0x34, BITS(0, 15), by_channel },
    { NETFN_APP, 0x3c, BITS(1, 15), close_session },
    { NETFN_APP, 0x3f, BITS(1, 15), get_authcode },
    { NETFN_APP, 0x40, BITS(1, 15), by_channel },
    { NETFN_APP, 0x52, BITS(1, 19), master_write_read },
    { NETFN_STORAGE, 0x5b, BITS(0, 2), auxiliary_log },
    { NETFN_TRANSPORT, 0x01, BITS(1, 26), set_lan },
    { NETFN_TRANSPORT, 0x03, CHANNELS_LOW | BITS(9, 23), suspend_arps },
    { NETFN_TRANSPORT, 0x12, BITS(1, 8), serial_mux },
    { NETFN_TRANSPORT, 0x21, BITS(1, 17), set_sol },
};
#define ROWS (sizeof rows / sizeof rows[0])

uint32_t
firewall_subfn_all(uint8_t netfn, uint8_t cmd)
{
    for (size_t i = 0; i < ROWS; i++)
        if (rows[i].netfn == netfn && rows[i].cmd == cmd)
            return rows[i].all;
    return 0;
}

/* A request that is cut uses what it has; its length is the gate's to judge. */
uint32_t
firewall_subfn_used(const struct mc *mc, const struct ipmi_req *rq)
{
    struct rd r = rq->data;

    for (size_t i = 0; i < ROWS; i++)
        if (rows[i].netfn == rq->netfn && rows[i].cmd == rq->cmd)
            return rows[i].used(mc, rq, &r) & rows[i].all;
    return 0;
}
