/*
 * icmb_bridge.h - a BMC as the bridge between its chassis and the ICMB.
 *
 * The layouts of the ICMB commands were not to be had; these are chosen
 * here, and anything else is refused. Addresses have two octets, least
 * significant first; 0000h and FFFFh are nobody's. [..] may be absent.
 *
 *   00 Get Bridge State               -> [0] 1 = enabled
 *   01 Set Bridge State               state, 0 or 1
 *   02 Get ICMB Address               -> address
 *   03 Set ICMB Address               address
 *   04 Set Bridge Proxy Address       slave address, LUN
 *   05 Get Bridge Statistics          -> six 16-bit counters that stop at
 *                                     FFFFh: sent, received, damaged,
 *                                     unexpected, timed out, bridged
 *   06 Get ICMB Capabilities          -> version 10h; [0] discovery [1]
 *                                     bridging [2] events [3] connection ids;
 *                                     most data of a request
 *   08 Clear Bridge Statistics
 *   09 Get Bridge Proxy Address       -> slave address, LUN
 *   0A Get ICMB Connector Info        -> connectors: 1; kind: 0 (RS-485);
 *                                     [0] connected
 *   0B Get ICMB Connection ID         connector 0 -> id, address of who sent
 *                                     it; 00h 0000h: nobody yet
 *   0C Send ICMB Connection ID        connector 0, id: to all others
 *   10 PrepareForDiscovery            all bridges are undiscovered again
 *   11 GetAddresses                   [lowest, highest] -> count, addresses
 *                                     of those not discovered yet
 *   12 SetDiscovered                  address: that one is
 *   13 GetChassisDeviceId             -> slave address of the chassis device
 *   14 SetChassisDeviceId             slave address
 *   20 BridgeRequest                  address, rsSA, netFn/LUN, cmd, data
 *                                     -> completion code of the far
 *                                     controller, its data. C3h: the far
 *                                     bridge is silent; other codes are its.
 *   21 BridgeMessage                  address, octets: to the far bridge's
 *                                     proxy; by default its receive message
 *                                     queue, as sender's address, octets
 *   30 GetEventCount                  -> 16 bits: events that came by ICMB
 *   31 SetEventDestination            address, slave address; 0000h: none
 *   32 SetEventReceptionState         0 or 1: events that come are logged
 *   33 SendICMBEventMessage           EvMRev, sensor type, number, direction,
 *                                     three data octets: to the destination
 *   34 GetEventDestination            -> address, slave address
 *   35 GetEventReceptionState         -> 0 or 1
 *   FF Error Report                   -> completion code, command and address
 *                                     of the last request that failed
 *
 * While a destination is set, each event that reaches this BMC goes there as
 * well. What came by ICMB is not passed on, so that two bridges may have
 * each other for destination.
 *
 * Requests that go out carry the asker's privilege, and the far controller's
 * gate asks for it. A request to the far bridge's own address is done there;
 * others go on over its IPMB. Send Message to the ICMB's channel takes the
 * address, 20h or 21h, and what BridgeRequest or BridgeMessage takes behind
 * the address, and has their answers; from the system interface the answer
 * comes to the receive message queue, as: sequence number (which the message
 * begins with), the bridge's completion code, the rest.
 *
 * Kept: addresses, destination, reception, device id. Lost by a cold reset:
 * the state (enabled again), discovery, counters, connection id, what is open.
 */
#ifndef IPMILAB_MC_ICMB_BRIDGE_H
#define IPMILAB_MC_ICMB_BRIDGE_H

#include "sim/bus/icmb.h"
#include "sim/ipmi/request.h"

struct mc;
struct mc_event;

#define ICMB_SLOTS         8u    /* requests under way, either direction */
#define ICMB_ADDRESSES_MAX 30u   /* that one GetAddresses tells */
#define ICMB_CHANNEL       6u    /* channel number, where none is described */

enum icmb_cmd {
    ICMB_GET_STATE, ICMB_SET_STATE, ICMB_GET_ADDRESS, ICMB_SET_ADDRESS, ICMB_SET_PROXY,
    ICMB_GET_STATISTICS, ICMB_GET_CAPABILITIES, ICMB_CLEAR_STATISTICS = 0x08, ICMB_GET_PROXY,
    ICMB_GET_CONNECTOR, ICMB_GET_CONNECTION, ICMB_SEND_CONNECTION,
    ICMB_PREPARE = 0x10, ICMB_GET_ADDRESSES, ICMB_SET_DISCOVERED, ICMB_GET_DEVICE,
    ICMB_SET_DEVICE,
    ICMB_REQUEST = 0x20, ICMB_MESSAGE,
    ICMB_GET_COUNT = 0x30, ICMB_SET_DESTINATION, ICMB_SET_RECEPTION, ICMB_SEND_EVENT,
    ICMB_GET_DESTINATION, ICMB_GET_RECEPTION,
    ICMB_ERROR_REPORT = 0xff,
};

enum icmb_slot_kind {
    ICMB_SLOT_FREE,
    ICMB_SLOT_OUT,       /* asked by somebody here, done over the ICMB */
    ICMB_SLOT_QUEUE,     /* the same, but the answer goes to the queue */
    ICMB_SLOT_EVENT,     /* an event of ours; nobody waits */
    ICMB_SLOT_IN,        /* asked over the ICMB, done here */
};

/* A request that is not over. */
struct icmb_slot {
    uint8_t kind;
    uint8_t generation;
    uint16_t remote;          /* the bridge that is asked, or that asks */
    uint8_t cmd;
    uint8_t queue_seq;
    struct ipmi_origin origin;   /* OUT, QUEUE: who asked */
    struct icmb_frame frame;     /* IN: the request; data is not kept */
    uint32_t ticket;             /* IN: of the IPMB port; 0 = done here */
    unsigned count;              /* GetAddresses: so far */
    uint16_t addresses[ICMB_ADDRESSES_MAX];
};

struct icmb_bridge {
    struct mc *mc;
    struct icmb *node;
    uint8_t proxy, proxy_lun;
    uint8_t device;
    bool discovered;
    uint16_t destination;        /* of events; 0 = none */
    uint8_t destination_sa;
    bool reception, receiving;   /* receiving: an event that came is being logged */
    uint16_t events;
    uint32_t bridged;
    uint8_t connection;
    uint16_t connection_from;
    uint8_t error_cc, error_cmd;
    uint16_t error_remote;
    struct icmb_slot slots[ICMB_SLOTS];
};

/* mc->icmb: NULL where no ICMB is. */
enum status icmb_bridge_init(struct mc *mc);
void icmb_bridge_reset(struct mc *mc);
void icmb_bridge_free(struct mc *mc);

/* Ask a bridge, or all, for rq; data goes along. CC_LATER, or why not. */
enum ipmi_cc icmb_bridge_ask(struct mc *mc, const struct ipmi_req *rq, uint16_t to,
                             uint8_t cmd, struct bytes data);

/* Send Message to the ICMB: what stands behind the channel. */
enum ipmi_cc icmb_bridge_send(struct mc *mc, struct ipmi_req *rq, struct bytes message);

/* An event reached this BMC: pass it on where a destination is set. */
void icmb_bridge_event(struct mc *mc, const struct mc_event *ev);

#endif
