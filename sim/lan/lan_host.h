/*
 * lan_host.h - what a LAN channel needs of the controller behind it.
 *
 * The channel reads its settings through a pointer to plain facts that the
 * controller keeps true (lan_config), looks users up through functions, and
 * hands finished requests to a sink. Nothing here allocates.
 * Spec: IPMI v2.0 6.12, 13, 22.13-22.30, 23.2.
 */
#ifndef IPMILAB_LAN_LAN_HOST_H
#define IPMILAB_LAN_LAN_HOST_H

#include <stdbool.h>

#include "sim/ipmi/channel.h"
#include "sim/ipmi/request.h"

#define LAN_USER_ID_MAX 63
#define LAN_SUITE_ENTRIES_MAX 16   /* LAN parameter 22 */
#define LAN_SESSIONS_DEFAULT 63    /* what Get Session Info can count; clients die in sessions */
#define LAN_SESSIONS_MAX 64
#define LAN_SESSION_TIMEOUT SPAN_S(60)

/* Authentication type bits: Get Channel Authentication Capabilities byte 2,
 * LAN parameters 1 and 2. */
#define AUTH_BIT_NONE 0x01
#define AUTH_BIT_MD2 0x02
#define AUTH_BIT_MD5 0x04
#define AUTH_BIT_STRAIGHT 0x10
#define AUTH_BIT_OEM 0x20

/* One user as a channel sees it. */
struct lan_user {
    uint8_t id;               /* 1 .. LAN_USER_ID_MAX */
    uint8_t name[16];         /* NUL-padded */
    uint8_t password[20];     /* NUL-padded */
    bool password_is_20;      /* stored as 20 octets: no IPMI 1.5 log-in */
    bool enabled;             /* and not locked out */
    bool messaging;           /* IPMI messaging enabled on this channel */
    bool link_auth, callback_only;
    uint8_t limit;            /* enum privilege on this channel */
    uint8_t max_sessions;     /* simultaneous; 0 = no limit */
};

/* What a channel is set to at present; the controller owns and changes it. */
struct lan_config {
    uint8_t channel;               /* number */
    const struct channel *access;  /* present access settings */
    uint8_t auth_support;          /* AUTH_BIT_*: parameter 1 */
    uint8_t auth_enables[5];       /* parameter 2: callback .. OEM */
    uint8_t suites;                /* entries in use below */
    uint8_t suite_id[LAN_SUITE_ENTRIES_MAX + 2];     /* parameter 23; suites 0..17 */
    uint8_t suite_limit[LAN_SUITE_ENTRIES_MAX + 2];  /* parameter 24: enum privilege */
    bool rmcpp;                    /* IPMI 2.0 offered */
    bool kg_set;
    uint8_t kg[20];
    uint8_t guid[16];              /* as Get System GUID returns it */
    uint32_t oem_iana;             /* in Get Channel Authentication Capabilities */
    uint8_t oem_aux;
    uint16_t sessions_max;         /* 1 .. LAN_SESSIONS_MAX */
    bool dcmi_pong;                /* presence pong names DCMI's IANA */
};

enum lan_login_result { LOGIN_OK, LOGIN_BAD_PASSWORD };

enum lan_session_end { SESSION_END_CLOSED, SESSION_END_TIMEOUT, SESSION_END_CONFIG };

struct lan_host {
    void *ctx;
    const struct lan_config *config;

    /* User id as this channel sees it; false when there is none. */
    bool (*user)(void *ctx, uint8_t channel, uint8_t id, struct lan_user *out);

    /* A password was right or wrong: bad-password threshold, lock-out, and
     * Session Audit events are the controller's. */
    void (*login)(void *ctx, uint8_t channel, uint8_t id, enum lan_login_result result);

    /* A session became active, or ended (audit, SOL, bridge entries). */
    void (*session_began)(void *ctx, uint8_t channel, uint32_t session);
    void (*session_ended)(void *ctx, uint8_t channel, uint32_t session,
                          enum lan_session_end why);

    /* Somebody was not let in; why in words (constant). NULL: not wanted. */
    void (*session_refused)(void *ctx, uint8_t channel, const char *why);

    /* An authenticated (or session-less) request for the controller. */
    ipmi_request_fn *request;

    /* A response that a console sent us: for a request that was bridged to
     * its session. data includes the completion code. May be NULL. */
    void (*response)(void *ctx, uint8_t channel, uint32_t session, uint8_t netfn,
                     uint8_t rq_seq, uint8_t cmd, struct bytes data);

    /* Whether the managed system is off or not past its boot, when a channel in
     * pre-boot mode may be used. NULL: always. */
    bool (*preboot)(void *ctx);

    /* A SOL or OEM payload of an active session; false = that payload type is not
     * active here. May be NULL. */
    bool (*payload)(void *ctx, uint8_t channel, uint32_t session, uint8_t type,
                    struct bytes data);

    /* Whether an instance of such a payload is active in the session, for
     * Suspend/Resume Payload Encryption. NULL: none but IPMI messages is. */
    bool (*payload_active)(void *ctx, uint8_t channel, uint32_t session, uint8_t type,
                           uint8_t instance);

    /* Whether the channel's configuration wants such a payload encrypted, which then
     * cannot be suspended. NULL: none. */
    bool (*payload_forced)(void *ctx, uint8_t channel, uint8_t type);
};

#endif
