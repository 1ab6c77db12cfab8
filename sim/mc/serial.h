/*
 * serial.h - the serial/modem channel of a BMC: its parameters, the mux that
 * gives the host's serial port to the system or to the BMC, callback.
 *
 * The channel is there when the machine describes one by number: "serial 2
 * ..." in its lan.conf. Nothing is connected to it and no modem is there:
 * parameters are kept and validated, and what would need a modem fails as it
 * does when nobody answers the phone. A callback or an Alert Immediate dials as
 * often as its destination and parameter 18 say, and then is over. An alert
 * policy that leads here has failed at once.
 *
 * The mux decides who has the host's serial port. It stands at the system
 * unless switched; Serial over LAN takes the port and gives it back. While
 * SOL has it only a forced switch gets the system its port, and that ends
 * SOL. A block (functions 5 and 7) is for requests and for SOL; it falls when
 * the host is powered up or reset by other means than Chassis Control.
 *
 * Where the specification's layout was not at hand, ours is:
 *  - Set Serial Routing Mux: one octet, the set selector (1 ..) of an entry
 *    of parameter 51, or 0 for none; it is kept until a reset.
 *  - Parameters 51 to 53 take a set selector from 1 on: the number of the
 *    port, connector or channel.
 *  - Blocks of PPP UDP proxy data are numbered from 1; block 0 of the receive
 *    data is its length.
 *
 * Parameters are allocated when one is first written.
 * Spec: IPMI v2.0 14, 25, table 25-4.
 */
#ifndef IPMILAB_MC_SERIAL_H
#define IPMILAB_MC_SERIAL_H

#include "sim/base/status.h"
#include "sim/engine/world.h"
#include "sim/ipmi/param.h"
#include "sim/mc/machine.h"

struct mc;

#define SERIAL_DESTINATIONS 4      /* and 0, the volatile one; dial strings and addresses too */
#define SERIAL_TAP_ACCOUNTS 4
#define SERIAL_PPP_ACCOUNTS 4
#define SERIAL_BLOCKS 3            /* of 16 octets: modem strings */
#define SERIAL_BLOCK 16
#define SERIAL_PORTS 2             /* associations, connectors, channel names */
#define SERIAL_PROXY 256           /* octets of a PPP UDP proxy buffer */
#define SERIAL_USER_CALLBACK 5     /* octets of Set User Callback Options */

struct serial_destination {
    uint8_t info[4];                              /* 17 */
    uint8_t comm[2];                              /* 19 */
    uint8_t dial[SERIAL_BLOCKS][SERIAL_BLOCK];    /* 21 */
    uint8_t ip[4];                                /* 23 */
};

struct serial_tap {
    uint8_t account;                              /* 25 */
    uint8_t password[6];                          /* 26 */
    uint8_t pager[16];                            /* 27 */
    uint8_t service[13];                          /* 28 */
};

struct serial_ppp {
    uint8_t dial;                                 /* 38 */
    uint8_t ip[4];                                /* 39 */
    uint8_t user[16], domain[16], password[16];   /* 40 - 42 */
    uint8_t auth;                                 /* 43 */
    uint8_t hold;                                 /* 44 */
};

/* Parameters as they stand on the wire. */
struct serial_config {
    uint8_t progress;                             /* 0 */
    uint8_t auth_enables[5];                      /* 2 */
    uint8_t mode;                                 /* 3 */
    uint8_t inactivity;                           /* 4 */
    uint8_t callback[5];                          /* 5 */
    uint8_t termination;                          /* 6 */
    uint8_t comm[2];                              /* 7 */
    uint8_t mux[2];                               /* 8 */
    uint8_t ring[2];                              /* 9 */
    uint8_t init[SERIAL_BLOCKS][SERIAL_BLOCK];    /* 10 */
    uint8_t escape[5], hang_up[8], dial[8];       /* 11 - 13 */
    uint8_t blackout;                             /* 14 */
    uint8_t community[18];                        /* 15 */
    struct serial_destination destinations[1 + SERIAL_DESTINATIONS];
    uint8_t call_retry;                           /* 18 */
    struct serial_tap taps[SERIAL_TAP_ACCOUNTS];
    uint8_t terminal[2], terminal_now[2];         /* 29: kept, in use */
    uint8_t ppp_options[3];                       /* 30 */
    uint8_t rmcp_port[2], rmcp_port_2[2];         /* 31, 32 */
    uint8_t link_auth;                            /* 33 */
    uint8_t chap_name[16];                        /* 34 */
    uint8_t accm[8], snoop_accm[4];               /* 35, 36 */
    struct serial_ppp ppps[SERIAL_PPP_ACCOUNTS];
    uint8_t proxy_header[8];                      /* 45 */
    uint8_t console_ip[4];                        /* 48 */
    uint8_t phone[SERIAL_BLOCKS][SERIAL_BLOCK];   /* 49 */
    uint8_t association[SERIAL_PORTS][2];         /* 51 */
    uint8_t connector[SERIAL_PORTS][SERIAL_BLOCK];/* 52 */
    uint8_t name[SERIAL_PORTS][SERIAL_BLOCK];     /* 53 */
    uint8_t bad_password[6];                      /* 54 */
};

/* Set Serial/Modem Mux, and what it answers. */
enum serial_mux {
    SERIAL_MUX_GET, SERIAL_MUX_SYSTEM, SERIAL_MUX_BMC, SERIAL_MUX_FORCE_SYSTEM,
    SERIAL_MUX_FORCE_BMC, SERIAL_MUX_BLOCK_SYSTEM, SERIAL_MUX_ALLOW_SYSTEM,
    SERIAL_MUX_BLOCK_BMC, SERIAL_MUX_ALLOW_BMC,
    SERIAL_MUX_FUNCTIONS
};
#define SERIAL_MUX_SYSTEM_BLOCKED 0x80
#define SERIAL_MUX_BMC_BLOCKED 0x40
#define SERIAL_MUX_ALERTING 0x08
#define SERIAL_MUX_IN_USE 0x04
#define SERIAL_MUX_DONE 0x02
#define SERIAL_MUX_AT_BMC 0x01

struct serial {
    struct mc *mc;
    uint8_t channel;
    struct serial_config *config;         /* NULL: as delivered */
    bool at_bmc, sol;                     /* who has the port; SOL has it */
    uint8_t blocked;                      /* SERIAL_MUX_*_BLOCKED */
    uint8_t route;                        /* Set Serial Routing Mux */
    uint8_t calls;                        /* still to be made: of a callback, an alert */
    uint8_t alert;                        /* enum alert_status of the last alert */
    struct timer call;
    uint8_t *proxy;                       /* SERIAL_PROXY octets; NULL until written */
    uint8_t (*callbacks)[SERIAL_USER_CALLBACK];   /* by user id; NULL until written */
};

extern const struct param_family serial_family;   /* of struct serial */
extern const struct serial_config serial_factory;

/* The number of the serial channel a machine describes; 0 = none. terminal:
 * whether its protocol is terminal mode. */
uint8_t serial_described(const struct machine_mc *machine, bool *terminal);

/* mc->serial; NULL, and fine, without such a channel. */
enum status serial_init(struct mc *mc);
void serial_reset(struct mc *mc);
void serial_free(struct mc *mc);

/* The host was reset or went off: a set in progress ends. */
void serial_host_left(struct mc *mc);

/* Parameters to read; to write: NULL without memory. */
const struct serial_config *serial_config(const struct serial *serial);
struct serial_config *serial_own_config(struct serial *serial);

/* Carry out a function of the mux; returns what is answered. */
uint8_t serial_switch(struct serial *serial, enum serial_mux function);

/* Dial destination n for a callback. CC_OK, or why not: CC_CMD_82 (SOL has
 * the port), CC_CMD_81 (an alert is under way), CC_BUSY (a callback is), CC_STATE
 * (no modem mode), CC_INVALID_FIELD (no callback destination). */
enum ipmi_cc serial_call_back(struct serial *serial, uint8_t destination);

/* The same for an Alert Immediate: CC_RANGE without such a destination,
 * CC_INVALID_FIELD for one of callbacks, CC_CMD_81 while any call is under way. */
enum ipmi_cc serial_alert(struct serial *serial, uint8_t destination);
void serial_clear_alert(struct serial *serial);

/* The callback options of a user: SERIAL_USER_CALLBACK octets; to write:
 * NULL without memory. id is one there is. */
const uint8_t *serial_user_callback(const struct serial *serial, uint8_t id);
uint8_t *serial_own_user_callback(struct serial *serial, uint8_t id);

/* ---- for Serial over LAN; all fine without a serial channel ---- */

/* Bit rate code of parameter 7, as SOL parameters have it. */
uint8_t serial_rate(const struct mc *mc);

/* SOL may take the port. */
bool serial_allows_sol(const struct mc *mc);
void serial_sol_began(struct mc *mc);
void serial_sol_ended(struct mc *mc);

#endif
