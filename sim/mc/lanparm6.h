/*
 * lanparm6.h - the IPv6 half of the LAN configuration parameters, 50 to 80.
 *
 * A struct lanparm6 is made when one of them is first written; until then
 * they read as lanparm6_family's defaults. There is one address that is not
 * static: the link-local one, derived from the MAC; no router is heard.
 * Spec: IPMI v2.0 with errata 4 to 7, table 23-4.
 */
#ifndef IPMILAB_MC_LANPARM6_H
#define IPMILAB_MC_LANPARM6_H

#include "sim/ipmi/param.h"

#define LANPARM6_FIRST 50
#define LANPARM6_LAST 80
#define LANPARM6_STATIC 2            /* static addresses */
#define LANPARM6_DYNAMIC 1           /* the link-local one */
#define LANPARM6_DUID_BLOCKS 2       /* of 16 octets; a length and up to 31 */
#define LANPARM6_TIMING_BLOCKS 2
#define LANPARM6_BLOCK 16

/* Addressing enables. */
enum { IPV6_OFF, IPV6_ONLY, IPV6_BOTH };

/* Address status. */
enum { IPV6_ACTIVE, IPV6_DISABLED };

struct lanparm6_static {
    uint8_t enable;                  /* [7]; the source, 0, below */
    uint8_t address[16];
    uint8_t prefix;
};

struct lanparm6_router {
    uint8_t address[16];
    uint8_t mac[6];
    uint8_t prefix_length;
    uint8_t prefix[16];
};

struct lanparm6 {
    uint8_t enables;                 /* 51 */
    uint8_t traffic_class;           /* 52 */
    uint8_t hop_limit;               /* 53 */
    uint8_t flow_label[3];           /* 54 */
    struct lanparm6_static fixed[LANPARM6_STATIC];   /* 56 */
    uint8_t duid[LANPARM6_DUID_BLOCKS][LANPARM6_BLOCK];             /* 58 */
    uint8_t dhcp_timing[LANPARM6_TIMING_BLOCKS][LANPARM6_BLOCK];    /* 63 */
    uint8_t router_control;          /* 64 */
    struct lanparm6_router routers[2];   /* 65 - 72 */
    uint8_t nd_timing[LANPARM6_BLOCK];   /* 80 */
};

/* The family of a struct lanparm. */
extern const struct param_family lanparm6_family;

#endif
