/*
 * channel.h - what a controller knows of a way into it.
 *
 * A channel is a number, facts for Get Channel Info, access settings, and
 * for those that carry bridged messages or sessions a few functions that the
 * channel's own folder provides.
 * Spec: IPMI v2.0 6.3, 22.22-22.24.
 */
#ifndef IPMILAB_IPMI_CHANNEL_H
#define IPMILAB_IPMI_CHANNEL_H

#include "sim/ipmi/request.h"

enum session_support {
    SESSION_LESS = 0,
    SESSION_SINGLE = 1,
    SESSION_MULTI = 2,
    SESSION_BASED = 3,
};

enum access_mode {
    ACCESS_DISABLED = 0,
    ACCESS_PREBOOT = 1,
    ACCESS_ALWAYS = 2,
    ACCESS_SHARED = 3,
};

/* The settings of Set Channel Access; kept twice, volatile and not. */
struct channel_access {
    uint8_t mode;                 /* enum access_mode */
    uint8_t limit;                /* enum privilege */
    bool alerting_disabled;
    bool per_message_disabled;
    bool user_level_disabled;
};

struct channel {
    bool present;
    uint8_t number;
    uint8_t medium;               /* enum channel_medium */
    uint8_t protocol;             /* enum channel_protocol */
    uint8_t sessions;             /* enum session_support */
    struct channel_access volatile_access, stored_access;
    void *impl;                   /* struct lan, struct ipmb_port, ...; by medium */
};

#endif
