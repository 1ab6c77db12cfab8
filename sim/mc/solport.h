/*
 * solport.h - Serial over LAN of a BMC: its parameters on each LAN channel,
 * and the one console behind it, the host's serial port.
 *
 * One session at a time has the console: instance 1 of the SOL payload.
 * While it has it, the port's carrier is on; when it ends - by Deactivate
 * Payload, with the session, when SOL is disabled, by a cold reset, when the
 * serial port is switched to the system - the console is told and the
 * carrier drops. Without power at the host, characters are taken and go
 * nowhere, and packets say so (status bit 5).
 *
 * Payload sizes that are promised to a console are SOLPORT_PAYLOAD, less than
 * is taken: pyghmi fills a payload's size with characters, header not
 * counted, and more than 255 could not be acknowledged. A console that asks
 * for the serial lines to stay deasserted until it says otherwise is heard
 * and not obeyed: ipmitool does, and then never says so.
 *
 * Parameter 8 is the port that consoles really use; it can be written with
 * that value alone. All but parameters 0 and 6 are kept across resets.
 * Nothing is allocated until a parameter is written or SOL is activated.
 * Spec: IPMI v2.0 15, 24.1-24.5, 26.2-26.3, table 26-5.
 */
#ifndef IPMILAB_MC_SOLPORT_H
#define IPMILAB_MC_SOLPORT_H

#include "sim/base/status.h"
#include "sim/ipmi/param.h"
#include "sim/ipmi/request.h"
#include "sim/lan/lan_host.h"
#include "sim/lan/solmux.h"

struct mc;

#define SOLPORT_INSTANCES 1
#define SOLPORT_PAYLOAD 255        /* octets either way */
#define SOLPORT_NUMBER 1           /* of the host's serial port */
#define SOLPORT_UDP 623            /* where no endpoint says otherwise */

/* Parameter 2. */
#define SOLPORT_FORCE_ENCRYPTION 0x80
#define SOLPORT_FORCE_CODES 0x40
#define SOLPORT_PRIVILEGE 0x0f

/* Parameters 5 and 6. */
#define SOLPORT_RATE_OF_SERIAL 0
#define SOLPORT_RATE_FIRST 6
#define SOLPORT_RATE_LAST 10

/* Parameters of one LAN, as they stand on the wire. */
struct solport_config {
    uint8_t progress;              /* 0 */
    uint8_t enable;                /* 1 */
    uint8_t protection;            /* 2 */
    struct solmux_rules rules;     /* 3, 4 */
    uint8_t rate, rate_now;        /* 5, 6 */
};

/* What parameters are set and got of: a LAN's. */
struct solport_of {
    struct mc *mc;
    unsigned lan;
};
extern const struct param_family solport_family;   /* of struct solport_of */

struct solport;

/* mc->sol. */
enum status solport_init(struct mc *mc);
void solport_reset(struct mc *mc);
void solport_free(struct mc *mc);

/* A LAN's parameters to read; to write: NULL without memory. */
const struct solport_config *solport_config(const struct mc *mc, unsigned lan);
struct solport_config *solport_own_config(struct mc *mc, unsigned lan);

/* The host was reset or went off: a set in progress ends. */
void solport_host_left(struct mc *mc);

/* Let a change of a LAN's parameters take effect on what is active. */
void solport_changed(struct mc *mc, unsigned lan);

struct solport_start {
    uint8_t channel, instance;
    uint32_t session;
    bool encrypt, authenticate;
};

/*
 * Give the console to a session. CC_OK also when it has it already; 80h when
 * another has; CC_NO_SPACE without memory. Whether it may have it is the
 * caller's to decide.
 */
enum ipmi_cc solport_activate(struct mc *mc, const struct solport_start *start);

/*
 * Take it away again. Its console is told, unless it is session asker (0 =
 * nobody's) that asks: ipmitool takes what comes then for its answer. False
 * when nobody had it.
 */
bool solport_deactivate(struct mc *mc, uint32_t asker);

/* The session that has instance n; 0 = none. */
uint32_t solport_owner(const struct mc *mc, uint8_t instance);

/* Characters that crossed and the like; NULL while nobody has the console. */
const struct solmux_stats *solport_stats(const struct mc *mc);

/* ---- for lan_host; ctx is the mc ---- */
void solport_session_ended(struct mc *mc, uint8_t channel, uint32_t session);
bool solport_payload(void *ctx, uint8_t channel, uint32_t session, uint8_t type,
                     struct bytes data);
bool solport_payload_active(void *ctx, uint8_t channel, uint32_t session, uint8_t type,
                            uint8_t instance);
bool solport_payload_forced(void *ctx, uint8_t channel, uint8_t type);

#endif
