/*
 * lanparm.h - LAN configuration parameters of one LAN channel, and what the
 * channel itself reads of them (struct lan_config, kept true at once).
 *
 * Everything but set in progress and destination 0 is kept across resets.
 * Sizes and orders are those of the wire, so that a parameter is read and
 * written as it stands. IPv6 parameters (50 - 80) stand in lanparm6.h.
 *
 * Cipher suites: the entries of parameters 22 to 24 are suites 0 to 14, in
 * order, because ipmitool and FreeIPMI take the place of an entry for the
 * suite's number and ipmitool writes 15 of them. Suites 15 to 17 are offered
 * without an entry (there are but 16), at administrator level. Suite 0 has
 * its entry, "unused", also where it is not offered; no write to parameter
 * 24 makes it offered.
 *
 * An IP address other than the present one is refused (D5h) while its source
 * is DHCP or the BIOS, whose it is to set.
 * Spec: IPMI v2.0 23.1-23.4, table 23-4.
 */
#ifndef IPMILAB_MC_LANPARM_H
#define IPMILAB_MC_LANPARM_H

#include "sim/base/status.h"
#include "sim/engine/instant.h"
#include "sim/ipmi/param.h"
#include "sim/lan/lan_host.h"

struct mc;
struct lanparm6;

#define LANPARM_DESTINATIONS 4      /* non-volatile ones; 0 is the volatile one */
#define LANPARM_COMMUNITY 18
#define LANPARM_SUITE_ENTRIES 15    /* suites 0 .. 14 */
#define LANPARM_RMCP_PORT 0x26f
#define LANPARM_RMCP_PORT_SECONDARY 0x298

/* Where an alert goes: parameters 18, 19 and 25 of one set selector. */
struct lanparm_destination {
    uint8_t type[3];          /* type and acknowledge; time-out; retries */
    uint8_t address[17];      /* format; IPv4: gateway, IP, MAC; IPv6: address */
    uint8_t vlan[3];          /* format; tag, LS octet first */
};

struct lanparm {
    struct lan_config config;         /* parameters 1, 2 and what 24 means */
    struct mc *mc;
    uint8_t progress;                 /* 0 */
    uint8_t ip[4];                    /* 3 */
    uint8_t ip_source;                /* 4 */
    uint8_t mac[6];                   /* 5 */
    uint8_t mask[4];                  /* 6 */
    uint8_t header[3];                /* 7 */
    uint8_t port[2];                  /* 8 */
    uint8_t port_secondary[2];        /* 9 */
    uint8_t arp;                      /* 10 */
    uint8_t arp_interval;             /* 11 */
    uint8_t gateway[4];               /* 12 */
    uint8_t gateway_mac[6];           /* 13 */
    uint8_t backup_gateway[4];        /* 14 */
    uint8_t backup_gateway_mac[6];    /* 15 */
    uint8_t community[LANPARM_COMMUNITY];   /* 16 */
    uint8_t vlan[2];                  /* 20 */
    uint8_t vlan_priority;            /* 21 */
    uint8_t suites[9];                /* 24: reserved, two entries an octet */
    uint8_t bad_password[6];          /* 26 */
    struct lanparm_destination destinations[1 + LANPARM_DESTINATIONS];   /* 18, 19, 25 */
    uint8_t arp_suspended;            /* Suspend BMC ARPs: LANPARM_ARP_* */
    uint64_t cleared[3];              /* LANPARM_COUNTERS when last cleared */
    struct lanparm6 *six;             /* 50 - 80; NULL until written */
};

/* Of HPM.2, where a controller has it: how long messages may be. Read-only.
 * Any of C0h and up would do; manufacturers took the first ones. */
#define LANPARM_HPM2 0xe0
#define LANPARM_HPM2_REQUEST 240u   /* octets of request data */
#define LANPARM_HPM2_ANSWER 200u    /* octets of an answer behind its code */

/* Suspend BMC ARPs and parameter 10: the same two bits. */
#define LANPARM_ARP_RESPONSES 0x02
#define LANPARM_ARP_GRATUITOUS 0x01

/* Parameter 26 in plain terms; spans in instants, 0 = never. */
struct lanparm_bad_password {
    bool audit;               /* log a Session Audit event on lock-out */
    uint8_t threshold;        /* 0 = no lock-out */
    instant reset_span;       /* the count of bad attempts is forgotten after */
    instant lockout_span;     /* a locked user is let in again after; 0 = by hand only */
};

/*
 * mc->lanparm[i] for machine->lans[i], i below MC_LANS_MAX: the BMC only.
 * Wants mc->guid and mc->channels in place (the address of a channel is kept).
 */
enum status lanparm_init(struct mc *mc);
void lanparm_reset(struct mc *mc);
void lanparm_free(struct mc *mc);

/*
 * Set and get a parameter: ask->selector and, to get, set and block are the
 * caller's, data begins behind the selector. Completion codes of param.h.
 */
enum ipmi_cc lanparm_set(struct lanparm *lp, struct param_ask *ask, struct rd *data);
enum ipmi_cc lanparm_get(const struct lanparm *lp, struct param_ask *ask, bool revision_only,
                         struct wr *rs);

/* What the LAN channel reads; for lan_host.config. NULL past the last. */
struct lan_config *lanparm_config(struct mc *mc, unsigned lan_index);

/* The MAC address as parameter 5 has it; NULL past the last. */
const uint8_t *lanparm_mac(const struct mc *mc, unsigned lan_index);

/* The IPv4 address as parameter 3 has it; NULL past the last. */
const uint8_t *lanparm_ip(const struct mc *mc, unsigned lan_index);

/* Parameter 26 of a LAN. */
void lanparm_bad_password(const struct mc *mc, unsigned lan_index,
                          struct lanparm_bad_password *out);

/* Counters of Get IP/UDP/RMCP Statistics since the LAN was made. */
enum { LANPARM_RECEIVED, LANPARM_SENT, LANPARM_RMCP, LANPARM_COUNTERS };
void lanparm_counters(const struct mc *mc, unsigned lan_index,
                      uint64_t to[LANPARM_COUNTERS]);

/* The host was reset or went off: a set in progress ends, on all channels. */
void lanparm_host_left(struct mc *mc);

/* The watchdog stopped, or a system reset: ARPs are no longer suspended. */
void lanparm_resume_arps(struct mc *mc);

#endif
