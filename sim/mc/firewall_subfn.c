#include "sim/mc/firewall_subfn.h"

#include "sim/mc/mc_parts.h"

#define CHANNEL_BITS 0x0f
#define BIT(n) (UINT64_C(1) << (n))
#define BITS(from, to) ((UINT64_MAX >> (63 - (to))) & (UINT64_MAX << (from)))
#define NO_BIT 0xff

/* Where channels 8 .. Bh have bits of their own, past all else. */
#define HIGH_FIRST 8
#define HIGH_LAST  0x0b
#define LOW_LAST   7

#define LAN_PARAM_OEM 192
#define SERIAL_PARAM_OEM 192
#define PEF_PARAM_OEM 96

typedef uint64_t used_fn(const struct mc *mc, const struct ipmi_req *rq, struct rd *r);

/* ---- helpers ---- */

static uint8_t
channel_of(const struct ipmi_req *rq, uint8_t octet)
{
    uint8_t channel = octet & CHANNEL_BITS;

    return channel == CHANNEL_PRESENT ? rq->from.channel : channel;
}

/* Channels 1 .. 7 are bits 1 .. 7; the first of 8 .. Bh is bit high. */
static uint64_t
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

static uint64_t
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

static uint64_t
control(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    uint8_t op = rd_u8(r) & 0x0f;

    (void)mc;
    (void)rq;
    return op != 0 ? BIT(op) : 0;
}

static uint64_t
identify(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    (void)mc;
    (void)rq;
    rd_skip(r, 1);
    return rd_u8(r) & 0x01u;       /* for ever */
}

static uint64_t
octet_as_bits(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    (void)mc;
    (void)rq;
    return rd_u8(r);
}

/* Who acknowledges boot info: the write mask's bits are these, the other way
 * round. */
static uint64_t
boot_options(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    uint8_t parameter = rd_u8(r) & 0x7f;
    uint8_t mask = rd_u8(r);
    uint64_t used = parameter >= 1 && parameter <= 7 ? BIT(parameter) : 0;

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

static uint64_t
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

static uint64_t
set_pef(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    static const struct parameter parameters[] = {
        { 1, 0, NO_BIT }, { 2, 1, NO_BIT }, { 3, 2, NO_BIT },  { 4, 3, NO_BIT },
        { 6, 4, NO_BIT }, { 7, 5, NO_BIT }, { 9, 6, NO_BIT },  { 10, 7, NO_BIT },
        { 12, 8, 9 },     { 13, 10, 11 },
    };
    uint8_t number = rd_u8(r) & 0x7f;
    uint8_t set = rd_u8(r);

    (void)mc;
    (void)rq;
    return number >= PEF_PARAM_OEM ? BIT(13) : PARAMETER_BIT(parameters, number, set & 0x7f);
}

static uint64_t
alert_immediate(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    uint64_t used = channel_bit(channel_of(rq, rd_u8(r)), 9);

    (void)mc;
    rd_skip(r, 2);
    return rd_left(r) > 0 ? used | BIT(8) : used;   /* with an event of its own */
}

/* ---- watchdog, messages ---- */

static uint64_t
set_watchdog(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    uint64_t used = 0;

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
static uint64_t
global_enables(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    (void)rq;
    return (rd_u8(r) ^ mc->messages->enables) & 0xffu;
}

static uint64_t
by_channel(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    (void)mc;
    return BIT(channel_of(rq, rd_u8(r)));
}

static uint64_t
get_authcode(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    rd_skip(r, 1);
    return by_channel(mc, rq, r);
}

/* The channel of the session that is to be closed. */
static uint64_t
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

static uint64_t
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

static uint64_t
auxiliary_log(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    (void)mc;
    (void)rq;
    return BIT(rd_u8(r) & 0x0f);
}

static uint64_t
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
    uint64_t used = channel_bit(channel_of(rq, rd_u8(r)), 21);
    uint8_t number = rd_u8(r);
    uint8_t set = rd_u8(r);

    (void)mc;
    if (number >= LAN_PARAM_OEM)
        return used | BIT(20);
    return used | PARAMETER_BIT(parameters, number, set & 0x0f);
}

static uint64_t
set_sol(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    static const struct parameter parameters[] = {
        { 1, 8, NO_BIT },  { 2, 9, NO_BIT },  { 3, 10, NO_BIT }, { 4, 10, NO_BIT },
        { 5, 11, NO_BIT }, { 6, 12, NO_BIT }, { 8, 13, NO_BIT },
    };
    uint64_t used = channel_bit(channel_of(rq, rd_u8(r)), 14);

    (void)mc;
    return used | PARAMETER_BIT(parameters, rd_u8(r), 0);
}

/* Responses of channels 1 .. 7 are bits 1 .. 7, gratuitous ARPs 9 .. 15; of
 * channels 8 .. Bh 16 .. 19 and 20 .. 23. */
static uint64_t
suspend_arps(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    uint8_t channel = channel_of(rq, rd_u8(r));
    uint8_t what = rd_u8(r);
    bool high = channel >= HIGH_FIRST;
    uint64_t used = 0;

    (void)mc;
    if (what & 0x01)
        used |= high ? channel_bit(channel, 20) : channel_bit(channel, 0) << 8;
    if (what & 0x02)
        used |= channel_bit(channel, 16);
    return used;
}

/* Accounts 0 and 1 have a bit each, all others one. */
#define ACCOUNT_FIRST 38
#define ACCOUNT_LAST  44
#define ACCOUNT_BIT   25
#define ACCOUNT_OTHER 2

static uint64_t
set_serial(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    static const struct parameter parameters[] = {
        { 2, 8, NO_BIT },   { 3, 9, NO_BIT },   { 4, 10, NO_BIT },  { 5, 11, NO_BIT },
        { 6, 10, NO_BIT },  { 7, 12, NO_BIT },  { 8, 13, NO_BIT },  { 9, 14, NO_BIT },
        { 10, 14, NO_BIT }, { 11, 14, NO_BIT }, { 12, 14, NO_BIT }, { 13, 14, NO_BIT },
        { 14, 15, NO_BIT }, { 15, 16, NO_BIT }, { 17, 17, 18 },     { 18, 15, NO_BIT },
        { 19, 17, 18 },     { 21, 17, 18 },     { 23, 17, 18 },     { 25, 19, NO_BIT },
        { 26, 19, NO_BIT }, { 27, 19, NO_BIT }, { 28, 19, NO_BIT }, { 29, 20, NO_BIT },
        { 30, 21, NO_BIT }, { 31, 22, NO_BIT }, { 32, 22, NO_BIT }, { 33, 21, NO_BIT },
        { 34, 23, NO_BIT }, { 35, 21, NO_BIT }, { 36, 21, NO_BIT }, { 45, 24, NO_BIT },
        { 48, 21, NO_BIT }, { 49, 28, NO_BIT }, { 54, 34, NO_BIT },
    };
    uint64_t used = channel_bit(channel_of(rq, rd_u8(r)), 30);
    uint8_t number = rd_u8(r);
    uint8_t set = rd_u8(r);

    (void)mc;
    if (number >= SERIAL_PARAM_OEM)
        return used | BIT(29);
    if (number >= ACCOUNT_FIRST && number <= ACCOUNT_LAST)
        return used | BIT(ACCOUNT_BIT + (set < ACCOUNT_OTHER ? set : ACCOUNT_OTHER));
    return used | PARAMETER_BIT(parameters, number, set & 0x0f);
}

/* Set User Callback Options: the channel follows the user. */
static uint64_t
user_callback(const struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    rd_skip(r, 1);
    return by_channel(mc, rq, r);
}

static uint64_t
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
    uint64_t all;
    used_fn *used;
} rows[] = {
    { NETFN_CHASSIS, 0x02, BITS(1, 5), control },
    { NETFN_CHASSIS, 0x04, BIT(0), identify },
    { NETFN_CHASSIS, 0x08, BITS(1, 12), boot_options },
    { NETFN_CHASSIS, 0x0a, BITS(0, 3), octet_as_bits },
    { NETFN_SENSOR, 0x11, BITS(0, 2), arm_pef },
    { NETFN_SENSOR, 0x12, BITS(0, 11) | BIT(13), set_pef },
    { NETFN_SENSOR, 0x16, BITS(1, 12), alert_immediate },
    { NETFN_APP, 0x24, BITS(0, 3), set_watchdog },
    { NETFN_APP, 0x2e, BITS(0, 3) | BITS(5, 7), global_enables },
    { NETFN_APP, 0x30, BITS(0, 1) | BIT(3) | BITS(5, 7), octet_as_bits },
    { NETFN_APP, 0x32, BITS(1, HIGH_LAST), by_channel },
    { NETFN_APP, 0x34, BITS(0, HIGH_LAST), by_channel },
    { NETFN_APP, 0x3c, BITS(1, HIGH_LAST), close_session },
    { NETFN_APP, 0x3f, BITS(1, HIGH_LAST), get_authcode },
    { NETFN_APP, 0x40, BITS(1, HIGH_LAST), by_channel },
    { NETFN_APP, 0x52, BITS(1, 19), master_write_read },
    { NETFN_STORAGE, 0x5b, BITS(0, 2), auxiliary_log },
    { NETFN_TRANSPORT, 0x01, BITS(1, 26), set_lan },
    { NETFN_TRANSPORT, 0x03, CHANNELS_LOW | BITS(9, 23), suspend_arps },
    { NETFN_TRANSPORT, 0x10, BITS(1, 34), set_serial },
    { NETFN_TRANSPORT, 0x12, BITS(1, 8), serial_mux },
    { NETFN_TRANSPORT, 0x14, BITS(1, HIGH_LAST), by_channel },
    { NETFN_TRANSPORT, 0x16, BITS(1, HIGH_LAST), by_channel },
    { NETFN_TRANSPORT, 0x19, BITS(1, HIGH_LAST), by_channel },
    { NETFN_TRANSPORT, 0x1a, BITS(1, HIGH_LAST), user_callback },
    { NETFN_TRANSPORT, 0x21, BITS(1, 17), set_sol },
};
#define ROWS (sizeof rows / sizeof rows[0])

uint64_t
firewall_subfn_all(uint8_t netfn, uint8_t cmd)
{
    for (size_t i = 0; i < ROWS; i++)
        if (rows[i].netfn == netfn && rows[i].cmd == cmd)
            return rows[i].all;
    return 0;
}

/* A request that is cut uses what it has; its length is the gate's to judge. */
uint64_t
firewall_subfn_used(const struct mc *mc, const struct ipmi_req *rq)
{
    struct rd r = rq->data;

    for (size_t i = 0; i < ROWS; i++)
        if (rows[i].netfn == rq->netfn && rows[i].cmd == rq->cmd)
            return rows[i].used(mc, rq, &r) & rows[i].all;
    return 0;
}
