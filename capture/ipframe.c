#include "capture/ipframe.h"

#include <string.h>

#define PROTOCOL_UDP 17
#define UDP_HEADER 8
#define HOPS 64

/* The Internet checksum's running sum (RFC 1071), over len octets. */
static uint32_t
add_words(uint32_t sum, const uint8_t *p, size_t len)
{
    for (size_t i = 0; i + 1 < len; i += 2)
        sum += (uint32_t)p[i] << 8 | p[i + 1];
    if (len & 1)
        sum += (uint32_t)p[len - 1] << 8;
    return sum;
}

static uint16_t
fold(uint32_t sum)
{
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return (uint16_t)~sum;
}

static void
put_be16(uint8_t *at, uint16_t v)
{
    at[0] = (uint8_t)(v >> 8);
    at[1] = (uint8_t)v;
}

/* UDP header and payload; addresses are those of the pseudo header. */
static void
build_udp(struct wr *w, const struct peer *from, const struct peer *to,
          const uint8_t *addresses, size_t addresses_len, struct bytes payload)
{
    uint8_t *udp = w->at;
    uint32_t sum = PROTOCOL_UDP + (uint32_t)(UDP_HEADER + payload.len);
    uint16_t code;

    wr_be16(w, from->port);
    wr_be16(w, to->port);
    wr_be16(w, (unsigned)(UDP_HEADER + payload.len));
    wr_be16(w, 0);
    wr_span(w, payload);
    if (w->bad)
        return;
    sum = add_words(sum, addresses, addresses_len);
    code = fold(add_words(sum, udp, UDP_HEADER + payload.len));
    put_be16(udp + 6, code ? code : 0xffff);
}

static void
build_ipv4(struct wr *w, const struct peer *from, const struct peer *to,
           struct bytes payload)
{
    uint8_t *ip = w->at;

    wr_be16(w, 0x4500);
    wr_be16(w, (unsigned)(20 + UDP_HEADER + payload.len));
    wr_be32(w, 0);
    wr_u8(w, HOPS);
    wr_u8(w, PROTOCOL_UDP);
    wr_be16(w, 0);
    wr_bytes(w, from->addr, 4);
    wr_bytes(w, to->addr, 4);
    if (w->bad)
        return;
    put_be16(ip + 10, fold(add_words(0, ip, 20)));
    build_udp(w, from, to, ip + 12, 8, payload);
}

/* An address as IPv6, mapped when it is IPv4. */
static void
mapped(const struct peer *p, uint8_t to[16])
{
    if (p->family == PEER_IPV6) {
        memcpy(to, p->addr, 16);
        return;
    }
    memset(to, 0, 10);
    memset(to + 10, 0xff, 2);
    memcpy(to + 12, p->addr, 4);
}

static void
build_ipv6(struct wr *w, const struct peer *from, const struct peer *to,
           struct bytes payload)
{
    uint8_t addresses[32];

    mapped(from, addresses);
    mapped(to, addresses + 16);
    wr_be32(w, 0x60000000);
    wr_be16(w, (unsigned)(UDP_HEADER + payload.len));
    wr_u8(w, PROTOCOL_UDP);
    wr_u8(w, HOPS);
    wr_bytes(w, addresses, sizeof addresses);
    build_udp(w, from, to, addresses, sizeof addresses, payload);
}

void
ipframe_build(struct wr *w, const struct peer *from, const struct peer *to,
              struct bytes payload)
{
    if (from->family == PEER_IPV6 || to->family == PEER_IPV6)
        build_ipv6(w, from, to, payload);
    else
        build_ipv4(w, from, to, payload);
}
