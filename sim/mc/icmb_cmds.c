#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"

#define ICMB_VERSION    0x10
#define CAP_DISCOVERY   0x01
#define CAP_BRIDGING    0x02
#define CAP_EVENTS      0x04
#define CAP_CONNECTIONS 0x08

#define CONNECTORS          1
#define CONNECTOR_RS485     0
#define CONNECTOR_CONNECTED 0x01
#define LUNS                4

static bool
is_address(uint16_t address)
{
    return address != ICMB_NOWHERE && address != ICMB_ALL;
}

static bool
is_slave(uint8_t address)
{
    return address != 0 && address % 2 == 0;
}

/* ---- the bridge itself ---- */

static enum ipmi_cc
get_state(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_u8(rs, icmb_enabled(mc->icmb->node));
    return CC_OK;
}

static enum ipmi_cc
set_state(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t state = rd_u8(&rq->data);

    (void)rs;
    if (state > 1)
        return CC_INVALID_FIELD;
    icmb_set_enabled(mc->icmb->node, state);
    return CC_OK;
}

static enum ipmi_cc
get_address(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_le16(rs, icmb_address(mc->icmb->node));
    return CC_OK;
}

static enum ipmi_cc
set_address(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint16_t address = rd_le16(&rq->data);

    (void)rs;
    if (!is_address(address))
        return CC_INVALID_FIELD;
    icmb_set_address(mc->icmb->node, address);
    return CC_OK;
}

static enum ipmi_cc
get_proxy(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_u8(rs, mc->icmb->proxy);
    wr_u8(rs, mc->icmb->proxy_lun);
    return CC_OK;
}

static enum ipmi_cc
set_proxy(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t address = rd_u8(&rq->data), lun = rd_u8(&rq->data);

    (void)rs;
    if (!is_slave(address) || lun >= LUNS)
        return CC_INVALID_FIELD;
    mc->icmb->proxy = address;
    mc->icmb->proxy_lun = lun;
    return CC_OK;
}

static void
write_count(struct wr *rs, uint32_t n)
{
    wr_le16(rs, n < UINT16_MAX ? n : UINT16_MAX);
}

static enum ipmi_cc
get_statistics(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct icmb_stats *stats = icmb_stats(mc->icmb->node);

    (void)rq;
    write_count(rs, stats->sent);
    write_count(rs, stats->received);
    write_count(rs, stats->damaged);
    write_count(rs, stats->unexpected);
    write_count(rs, stats->timed_out);
    write_count(rs, mc->icmb->bridged);
    return CC_OK;
}

static enum ipmi_cc
clear_statistics(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    (void)rs;
    icmb_clear_stats(mc->icmb->node);
    mc->icmb->bridged = 0;
    return CC_OK;
}

static enum ipmi_cc
get_capabilities(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)mc;
    (void)rq;
    wr_u8(rs, ICMB_VERSION);
    wr_u8(rs, CAP_DISCOVERY | CAP_BRIDGING | CAP_EVENTS | CAP_CONNECTIONS);
    wr_u8(rs, ICMB_DATA_MAX);
    return CC_OK;
}

/* ---- connectors ---- */

static enum ipmi_cc
get_connector(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)mc;
    (void)rq;
    wr_u8(rs, CONNECTORS);
    wr_u8(rs, CONNECTOR_RS485);
    wr_u8(rs, CONNECTOR_CONNECTED);
    return CC_OK;
}

static enum ipmi_cc
get_connection(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    if (rd_u8(&rq->data) >= CONNECTORS)
        return CC_INVALID_FIELD;
    wr_u8(rs, mc->icmb->connection);
    wr_le16(rs, mc->icmb->connection_from);
    return CC_OK;
}

/* Tell all others; nobody answers, so this is done when it is said. */
static enum ipmi_cc
send_connection(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rs;
    if (rd_u8(&rq->data) >= CONNECTORS)
        return CC_INVALID_FIELD;
    return icmb_bridge_ask(mc, rq, ICMB_ALL, ICMB_SEND_CONNECTION, rd_rest(&rq->data));
}

/* ---- discovery ---- */

static enum ipmi_cc
prepare(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rs;
    mc->icmb->discovered = false;
    return icmb_bridge_ask(mc, rq, ICMB_ALL, ICMB_PREPARE, bytes_of(NULL, 0));
}

static enum ipmi_cc
get_addresses(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct bytes range = rd_rest(&rq->data);

    (void)rs;
    if (range.len != 0 && range.len != 4)
        return CC_LENGTH;
    return icmb_bridge_ask(mc, rq, ICMB_ALL, ICMB_GET_ADDRESSES, range);
}

static enum ipmi_cc
set_discovered(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint16_t address = rd_le16(&rq->data);

    (void)rs;
    if (!is_address(address))
        return CC_INVALID_FIELD;
    if (address == icmb_address(mc->icmb->node)) {
        mc->icmb->discovered = true;
        return CC_OK;
    }
    return icmb_bridge_ask(mc, rq, address, ICMB_SET_DISCOVERED, bytes_of(NULL, 0));
}

static enum ipmi_cc
get_device(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_u8(rs, mc->icmb->device);
    return CC_OK;
}

static enum ipmi_cc
set_device(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t address = rd_u8(&rq->data);

    (void)rs;
    if (!is_slave(address))
        return CC_INVALID_FIELD;
    mc->icmb->device = address;
    return CC_OK;
}

/* ---- bridging ---- */

/* To ourselves no frame goes out: nobody hears itself. */
static enum ipmi_cc
bridge(struct mc *mc, struct ipmi_req *rq, uint8_t cmd)
{
    uint16_t address = rd_le16(&rq->data);

    if (!is_address(address) || address == icmb_address(mc->icmb->node))
        return CC_INVALID_FIELD;
    return icmb_bridge_ask(mc, rq, address, cmd, rd_rest(&rq->data));
}

static enum ipmi_cc
bridge_request(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rs;
    return bridge(mc, rq, ICMB_REQUEST);
}

static enum ipmi_cc
bridge_message(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rs;
    return bridge(mc, rq, ICMB_MESSAGE);
}

/* ---- events ---- */

static enum ipmi_cc
get_count(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_le16(rs, mc->icmb->events);
    return CC_OK;
}

static enum ipmi_cc
set_destination(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint16_t address = rd_le16(&rq->data);
    uint8_t slave = rd_u8(&rq->data);

    (void)rs;
    if (address == ICMB_ALL || (address != ICMB_NOWHERE && !is_slave(slave)))
        return CC_INVALID_FIELD;
    mc->icmb->destination = address;
    mc->icmb->destination_sa = slave;
    return CC_OK;
}

static enum ipmi_cc
get_destination(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_le16(rs, mc->icmb->destination);
    wr_u8(rs, mc->icmb->destination_sa);
    return CC_OK;
}

static enum ipmi_cc
set_reception(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t state = rd_u8(&rq->data);

    (void)rs;
    if (state > 1)
        return CC_INVALID_FIELD;
    mc->icmb->reception = state;
    return CC_OK;
}

static enum ipmi_cc
get_reception(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_u8(rs, mc->icmb->reception);
    return CC_OK;
}

static enum ipmi_cc
send_event(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t octets[ICMB_DATA_MAX];
    struct wr w = wr_of(octets, sizeof octets);

    (void)rs;
    if (mc->icmb->destination == ICMB_NOWHERE)
        return CC_STATE;
    wr_u8(&w, mc->icmb->destination_sa);
    wr_span(&w, rd_rest(&rq->data));
    return icmb_bridge_ask(mc, rq, mc->icmb->destination, ICMB_SEND_EVENT,
                           wr_bytes_of(&w));
}

static enum ipmi_cc
error_report(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_u8(rs, mc->icmb->error_cc);
    wr_u8(rs, mc->icmb->error_cmd);
    wr_le16(rs, mc->icmb->error_remote);
    return CC_OK;
}

#define ICMB(cmd, name, needs, min, max, handler)                             \
    {                                                                         \
        NETFN_BRIDGE, cmd, name, needs, min, max, GROUP_ICMB, handler, "ICMB" \
    }
#define USER     NEEDS_USER
#define OPERATOR NEEDS_OPERATOR

static const struct command rows[] = {
    ICMB(ICMB_GET_STATE, "Get Bridge State", USER | READS, 0, 0, get_state),
    ICMB(ICMB_SET_STATE, "Set Bridge State", OPERATOR, 1, 1, set_state),
    ICMB(ICMB_GET_ADDRESS, "Get ICMB Address", USER | READS, 0, 0, get_address),
    ICMB(ICMB_SET_ADDRESS, "Set ICMB Address", OPERATOR, 2, 2, set_address),
    ICMB(ICMB_SET_PROXY, "Set Bridge Proxy Address", OPERATOR, 2, 2, set_proxy),
    ICMB(ICMB_GET_STATISTICS, "Get Bridge Statistics", USER | READS, 0, 0, get_statistics),
    ICMB(ICMB_GET_CAPABILITIES, "Get ICMB Capabilities", USER | READS, 0, 0,
         get_capabilities),
    ICMB(ICMB_CLEAR_STATISTICS, "Clear Bridge Statistics", OPERATOR, 0, 0,
         clear_statistics),
    ICMB(ICMB_GET_PROXY, "Get Bridge Proxy Address", USER | READS, 0, 0, get_proxy),
    ICMB(ICMB_GET_CONNECTOR, "Get ICMB Connector Info", USER | READS, 0, 0, get_connector),
    ICMB(ICMB_GET_CONNECTION, "Get ICMB Connection ID", USER | READS, 1, 1, get_connection),
    ICMB(ICMB_SEND_CONNECTION, "Send ICMB Connection ID", USER, 2, 2, send_connection),
    ICMB(ICMB_PREPARE, "PrepareForDiscovery", OPERATOR, 0, 0, prepare),
    ICMB(ICMB_GET_ADDRESSES, "GetAddresses", USER, 0, 4, get_addresses),
    ICMB(ICMB_SET_DISCOVERED, "SetDiscovered", OPERATOR, 2, 2, set_discovered),
    ICMB(ICMB_GET_DEVICE, "GetChassisDeviceId", USER | READS, 0, 0, get_device),
    ICMB(ICMB_SET_DEVICE, "SetChassisDeviceId", OPERATOR, 1, 1, set_device),
    ICMB(ICMB_REQUEST, "BridgeRequest", OPERATOR, 5, LEN_ANY, bridge_request),
    ICMB(ICMB_MESSAGE, "BridgeMessage", OPERATOR, 3, LEN_ANY, bridge_message),
    ICMB(ICMB_GET_COUNT, "GetEventCount", USER | READS, 0, 0, get_count),
    ICMB(ICMB_SET_DESTINATION, "SetEventDestination", OPERATOR, 3, 3, set_destination),
    ICMB(ICMB_SET_RECEPTION, "SetEventReceptionState", OPERATOR, 1, 1, set_reception),
    ICMB(ICMB_SEND_EVENT, "SendICMBEventMessage", OPERATOR, 7, 7, send_event),
    ICMB(ICMB_GET_DESTINATION, "GetEventDestination", USER | READS, 0, 0, get_destination),
    ICMB(ICMB_GET_RECEPTION, "GetEventReceptionState", USER | READS, 0, 0, get_reception),
    ICMB(ICMB_ERROR_REPORT, "Error Report", USER | READS, 0, 0, error_report),
};

const struct command_table icmb_commands = { "icmb", rows, sizeof rows / sizeof rows[0],
                                             0 };
