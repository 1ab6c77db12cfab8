#include <stdlib.h>
#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"

/* Spec: IPMI v2.0 25. */

#define CHANNEL_BITS 0x0f
#define REVISION_ONLY 0x80
#define FUNCTION_BITS 0x0f
#define USER_BITS 0x3f
#define ENABLE_BITS 0x03
#define CBCP_BITS 0x0f
#define TAP_CODES 15           /* five codes of three characters */
#define PROXY_BLOCK 16
#define CC_LINK_DOWN CC_CMD_80
#define CC_NO_PACKET CC_CMD_80

/* The serial channel, when the octet names it; NULL. */
static struct serial *
named(struct mc *mc, const struct ipmi_req *rq, uint8_t octet)
{
    const struct channel *c = mc_channel(mc, rq, octet & CHANNEL_BITS);

    return c != NULL && c->medium == MEDIUM_SERIAL ? mc->serial : NULL;
}

static enum ipmi_cc
set_serial_configuration(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct serial *serial = named(mc, rq, rd_u8(&rq->data));
    struct param_ask ask = { .selector = rd_u8(&rq->data), .privilege = rq->privilege };

    (void)rs;
    if (serial == NULL)
        return CC_INVALID_FIELD;
    return param_set(&serial_family, serial, &ask, &rq->data);
}

static enum ipmi_cc
get_serial_configuration(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t first = rd_u8(&rq->data);
    struct serial *serial = named(mc, rq, first);
    struct param_ask ask = { .selector = rd_u8(&rq->data), .privilege = rq->privilege };

    ask.set = rd_u8(&rq->data);
    ask.block = rd_u8(&rq->data);
    if (serial == NULL)
        return CC_INVALID_FIELD;
    return param_get(&serial_family, serial, &ask, first & REVISION_ONLY, rs);
}

static enum ipmi_cc
set_serial_mux(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct serial *serial = named(mc, rq, rd_u8(&rq->data));
    uint8_t function = rd_u8(&rq->data) & FUNCTION_BITS;

    if (serial == NULL || function >= SERIAL_MUX_FUNCTIONS)
        return CC_INVALID_FIELD;
    wr_u8(rs, serial_switch(serial, (enum serial_mux)function));
    return CC_OK;
}

/* Codes of the last TAP page: there never was one. */
static enum ipmi_cc
get_tap_response_codes(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    if (named(mc, rq, rd_u8(&rq->data)) == NULL)
        return CC_INVALID_FIELD;
    wr_fill(rs, 0, TAP_CODES);
    return CC_OK;
}

/* ---- PPP UDP proxy ---- */

/* Where block n of the transmit buffer is; false when there is no such. */
static bool
find_block(uint8_t block, size_t *at)
{
    *at = (size_t)(block - 1) * PROXY_BLOCK;
    return block >= 1 && block <= SERIAL_PROXY / PROXY_BLOCK;
}

static enum ipmi_cc
set_proxy_data(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct serial *serial = named(mc, rq, rd_u8(&rq->data));
    uint8_t block = rd_u8(&rq->data);
    struct bytes data = rd_rest(&rq->data);
    size_t at;

    (void)rs;
    if (serial == NULL)
        return CC_INVALID_FIELD;
    if (!find_block(block, &at))
        return CC_RANGE;
    if (serial->proxy == NULL)
        serial->proxy = calloc(1, SERIAL_PROXY);
    if (serial->proxy == NULL)
        return CC_NO_SPACE;
    memcpy(serial->proxy + at, data.at, data.len);
    return CC_OK;
}

static enum ipmi_cc
get_proxy_data(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct serial *serial = named(mc, rq, rd_u8(&rq->data));
    size_t at;

    if (serial == NULL)
        return CC_INVALID_FIELD;
    if (!find_block(rd_u8(&rq->data), &at))
        return CC_RANGE;
    if (serial->proxy != NULL)
        wr_bytes(rs, serial->proxy + at, PROXY_BLOCK);
    else
        wr_fill(rs, 0, PROXY_BLOCK);
    return CC_OK;
}

/* No PPP link is up, ever. */
static enum ipmi_cc
send_proxy_packet(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rs;
    return named(mc, rq, rd_u8(&rq->data)) == NULL ? CC_INVALID_FIELD : CC_LINK_DOWN;
}

static enum ipmi_cc
get_proxy_packet(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rs;
    return named(mc, rq, rd_u8(&rq->data)) == NULL ? CC_INVALID_FIELD : CC_NO_PACKET;
}

/* ---- callback ---- */

/* A BMC sends this over a serial connection; it is nothing to ask a BMC. */
static enum ipmi_cc
connection_active(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)mc;
    (void)rq;
    (void)rs;
    return CC_INVALID_COMMAND;
}

/* Users at User level may not call; those below may call and nothing else. */
static enum ipmi_cc
callback(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct serial *serial = named(mc, rq, rd_u8(&rq->data));
    uint8_t destination = rd_u8(&rq->data);

    (void)rs;
    if (rq->privilege == PRIV_USER)
        return CC_PRIVILEGE;
    return serial == NULL ? CC_INVALID_FIELD : serial_call_back(serial, destination);
}

static enum ipmi_cc
set_user_callback(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t id = rd_u8(&rq->data) & USER_BITS;
    struct serial *serial = named(mc, rq, rd_u8(&rq->data));
    uint8_t *options;

    (void)rs;
    if (serial == NULL || users_get(mc->users, id) == NULL)
        return CC_INVALID_FIELD;
    options = serial_own_user_callback(serial, id);
    if (options == NULL)
        return CC_NO_SPACE;
    rd_copy(&rq->data, options, SERIAL_USER_CALLBACK);
    options[0] &= ENABLE_BITS;
    options[1] &= CBCP_BITS;
    return CC_OK;
}

static enum ipmi_cc
get_user_callback(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t id = rd_u8(&rq->data) & USER_BITS;
    const struct serial *serial = named(mc, rq, rd_u8(&rq->data));

    if (serial == NULL || users_get(mc->users, id) == NULL)
        return CC_INVALID_FIELD;
    wr_bytes(rs, serial_user_callback(serial, id), SERIAL_USER_CALLBACK);
    return CC_OK;
}

static enum ipmi_cc
set_serial_routing_mux(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t route = rd_u8(&rq->data);

    (void)rs;
    if (route > SERIAL_PORTS)
        return CC_RANGE;
    mc->serial->route = route;
    return CC_OK;
}

#define SERIAL (GROUP_BMC | GROUP_SERIAL)

static const struct command rows[] = {
    { NETFN_TRANSPORT, 0x10, "Set Serial/Modem Configuration", NEEDS_ADMIN, 2, LEN_ANY,
      SERIAL, set_serial_configuration, "25.1" },
    { NETFN_TRANSPORT, 0x11, "Get Serial/Modem Configuration", NEEDS_OPERATOR | READS, 4,
      4, SERIAL, get_serial_configuration, "25.2" },
    { NETFN_TRANSPORT, 0x12, "Set Serial/Modem Mux", NEEDS_OPERATOR, 2, 2, SERIAL,
      set_serial_mux, "25.3" },
    { NETFN_TRANSPORT, 0x13, "Get TAP Response Codes", NEEDS_USER | READS, 1, 1, SERIAL,
      get_tap_response_codes, "25.4" },
    { NETFN_TRANSPORT, 0x14, "Set PPP UDP Proxy Transmit Data", NEEDS_SYSTEM, 3, 18, SERIAL,
      set_proxy_data, "25.5" },
    { NETFN_TRANSPORT, 0x15, "Get PPP UDP Proxy Transmit Data", NEEDS_SYSTEM | READS, 2,
      2, SERIAL, get_proxy_data, "25.6" },
    { NETFN_TRANSPORT, 0x16, "Send PPP UDP Proxy Packet", NEEDS_SYSTEM, 15, 15, SERIAL,
      send_proxy_packet, "25.7" },
    { NETFN_TRANSPORT, 0x17, "Get PPP UDP Proxy Receive Data", NEEDS_SYSTEM | READS, 2, 2,
      SERIAL, get_proxy_packet, "25.8" },
    { NETFN_TRANSPORT, 0x18, "Serial/Modem Connection Active", NEEDS_NOTHING, 2, 2, SERIAL,
      connection_active, "25.9" },
    { NETFN_TRANSPORT, 0x19, "Callback", NEEDS_CALLBACK, 2, 2, SERIAL, callback, "25.10" },
    { NETFN_TRANSPORT, 0x1a, "Set User Callback Options", NEEDS_ADMIN, 7, 7, SERIAL,
      set_user_callback, "25.11" },
    { NETFN_TRANSPORT, 0x1b, "Get User Callback Options", NEEDS_USER | READS, 2, 2, SERIAL,
      get_user_callback, "25.12" },
    { NETFN_TRANSPORT, 0x1c, "Set Serial Routing Mux", NEEDS_ADMIN, 1, 1, SERIAL,
      set_serial_routing_mux, "25.13" },
};

const struct command_table serial_commands = {
    .subject = "serial",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
};
