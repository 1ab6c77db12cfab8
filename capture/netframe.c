#include "capture/netframe.h"

#include "capture/packet.h"
#include "sim/base/rd.h"

#define ETHERTYPE_IPV4 0x0800
#define ETHERTYPE_IPV6 0x86dd
#define ETHERTYPE_VLAN 0x8100
#define ETHERTYPE_VLAN_OUTER 0x88a8
#define PROTOCOL_UDP 17
#define UDP_HEADER 8
#define IPV4_FRAGMENT 0x3fff       /* more fragments, or an offset */

/* IPv6 headers that may stand before UDP's. */
enum { NEXT_HOP_BY_HOP = 0, NEXT_ROUTING = 43, NEXT_FRAGMENT = 44, NEXT_OPTIONS = 60 };

static enum netframe_err
take_udp(struct rd *r, struct netframe *f)
{
    size_t len;

    f->from.port = rd_be16(r);
    f->to.port = rd_be16(r);
    len = rd_be16(r);
    (void)rd_be16(r);
    if (r->bad || len < UDP_HEADER)
        return NETFRAME_SHORT;
    f->payload = rd_bytes(r, len - UDP_HEADER);
    return r->bad ? NETFRAME_SHORT : NETFRAME_OK;
}

static enum netframe_err
take_ipv4(struct rd *r, struct netframe *f)
{
    size_t header = (rd_u8(r) & 0x0fu) * 4u, whole;
    uint16_t fragment;
    uint8_t protocol;

    rd_skip(r, 1);
    whole = rd_be16(r);
    rd_skip(r, 2);
    fragment = rd_be16(r);
    rd_skip(r, 1);
    protocol = rd_u8(r);
    rd_skip(r, 2);
    rd_copy(r, f->from.addr, 4);
    rd_copy(r, f->to.addr, 4);
    f->from.family = f->to.family = PEER_IPV4;
    if (r->bad || header < 20 || whole < header)
        return NETFRAME_SHORT;
    rd_skip(r, header - 20);
    if (protocol != PROTOCOL_UDP)
        return NETFRAME_OTHER;
    return fragment & IPV4_FRAGMENT ? NETFRAME_FRAGMENT : take_udp(r, f);
}

/* Pass over extension headers; each is a multiple of eight octets, so that
 * they come to an end. */
static uint8_t
skip_extensions(struct rd *r, uint8_t next)
{
    while (!r->bad &&
           (next == NEXT_HOP_BY_HOP || next == NEXT_ROUTING || next == NEXT_OPTIONS)) {
        next = rd_u8(r);
        rd_skip(r, rd_u8(r) * 8u + 6u);
    }
    return next;
}

static enum netframe_err
take_ipv6(struct rd *r, struct netframe *f)
{
    uint8_t next;

    rd_skip(r, 6);
    next = rd_u8(r);
    rd_skip(r, 1);
    rd_copy(r, f->from.addr, 16);
    rd_copy(r, f->to.addr, 16);
    f->from.family = f->to.family = PEER_IPV6;
    next = skip_extensions(r, next);
    if (r->bad)
        return NETFRAME_SHORT;
    if (next == NEXT_FRAGMENT)
        return NETFRAME_FRAGMENT;
    return next == PROTOCOL_UDP ? take_udp(r, f) : NETFRAME_OTHER;
}

/* IP of the version that its first octet says. */
static enum netframe_err
take_ip(struct rd *r, struct netframe *f)
{
    struct bytes rest = rd_rest(r);

    if (r->bad || rest.len == 0)
        return NETFRAME_SHORT;
    switch (rest.at[0] >> 4) {
    case 4: return take_ipv4(r, f);
    case 6: return take_ipv6(r, f);
    default: return NETFRAME_OTHER;
    }
}

static enum netframe_err
take_ethertype(struct rd *r, struct netframe *f)
{
    uint16_t type = rd_be16(r);

    while (!r->bad && (type == ETHERTYPE_VLAN || type == ETHERTYPE_VLAN_OUTER)) {
        rd_skip(r, 2);
        type = rd_be16(r);
    }
    if (r->bad)
        return NETFRAME_SHORT;
    if (type != ETHERTYPE_IPV4 && type != ETHERTYPE_IPV6)
        return NETFRAME_OTHER;
    return take_ip(r, f);
}

static enum netframe_err
take_link(uint16_t link_type, struct rd *r, struct netframe *f)
{
    switch (link_type) {
    case LINKTYPE_ETHERNET:
        rd_skip(r, 12);
        return take_ethertype(r, f);
    case LINKTYPE_LINUX_SLL:
        rd_skip(r, 14);
        return take_ethertype(r, f);
    case LINKTYPE_LINUX_SLL2: {
        uint16_t type = rd_be16(r);

        rd_skip(r, 18);
        return type == ETHERTYPE_IPV4 || type == ETHERTYPE_IPV6 ? take_ip(r, f)
                                                                : NETFRAME_OTHER;
    }
    case LINKTYPE_NULL:
    case LINKTYPE_LOOP:
        rd_skip(r, 4);             /* IP says itself which it is */
        return take_ip(r, f);
    case LINKTYPE_RAW:
    case LINKTYPE_IPV4:
    case LINKTYPE_IPV6:
        return take_ip(r, f);
    default:
        return NETFRAME_LINK;
    }
}

enum netframe_err
netframe_parse(uint16_t link_type, struct bytes frame, struct netframe *out)
{
    struct netframe f = { 0 };
    struct rd r = rd_of(frame);
    enum netframe_err err = take_link(link_type, &r, &f);

    if (err == NETFRAME_OK)
        *out = f;
    return err;
}

const char *
netframe_err_text(enum netframe_err err)
{
    static const char *const words[] = {
        [NETFRAME_OK] = "good",
        [NETFRAME_LINK] = "of a link type that is not known",
        [NETFRAME_OTHER] = "no UDP datagram",
        [NETFRAME_FRAGMENT] = "a fragment",
        [NETFRAME_SHORT] = "cut short",
    };

    return (unsigned)err < sizeof words / sizeof words[0] ? words[err] : "unknown";
}
