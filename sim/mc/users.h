/*
 * users.h - the users of a BMC: names, passwords, and per channel their
 * rights.
 *
 * All of it is kept across resets but the counts of bad passwords. Ids are 1
 * to users_max(); id 1 has a fixed name (the null name, unless the
 * description says otherwise). A user costs memory once described or first
 * written; until then it reads as: no name, not enabled, no access.
 *
 * Bad passwords are counted per user and channel as LAN parameter 26 says.
 * At the threshold the user is locked out of that channel until the lock-out
 * interval has passed or Set User Access names it again; while locked it is
 * disabled to the channel.
 * Spec: IPMI v2.0 6.9, 22.26-22.30, 24.6-24.7; LAN parameter 26.
 */
#ifndef IPMILAB_MC_USERS_H
#define IPMILAB_MC_USERS_H

#include "sim/base/status.h"
#include "sim/engine/instant.h"
#include "sim/lan/lan_host.h"

struct mc;

#define USERS_DEFAULT_MAX   16 /* user ids of a BMC, if none higher is described */
#define USERS_CHANNELS_MAX  5  /* session channels: the LANs and a serial one */
#define USER_NAME           16
#define USER_PASSWORD       20
#define USER_PASSWORD_SHORT 16
#define USER_FIXED_NAMES    1 /* id 1 */

/* Access flags, in the places Set and Get User Access have them. */
#define USER_CALLBACK_ONLY 0x40
#define USER_LINK_AUTH     0x20
#define USER_MESSAGING     0x10

/* Enable status, as Get User Access reports it. */
enum user_status { USER_UNSPECIFIED = 0, USER_ENABLED = 1, USER_DISABLED = 2 };

/* A user on one channel. */
struct user_access {
    uint8_t flags;         /* USER_* above */
    uint8_t limit;         /* enum privilege */
    uint8_t max_sessions;  /* 0 = no limit */
    uint8_t payloads[4];   /* enables: standard 1, 2; OEM 1, 2 */
    uint8_t bad_passwords; /* in a row */
    instant last_bad;
    instant locked_until; /* 0 = not locked; INSTANT_NEVER = until let in by hand */
};

struct user {
    uint8_t name[USER_NAME];
    uint8_t password[USER_PASSWORD];
    bool password_is_20;
    uint8_t status;                                /* enum user_status */
    struct user_access access[USERS_CHANNELS_MAX]; /* in order of channel number */
};

struct users;

/* mc->users: on a BMC. Wants mc->channels in place. ST_NOMEM. */
enum status users_init(struct mc *mc);
void users_reset(struct mc *mc);
void users_free(struct mc *mc);

/* Highest user id; how many are enabled. */
unsigned users_max(const struct users *users);
unsigned users_enabled(const struct users *users);

/* A user to read; never NULL for 1 .. users_max(): what was never written
 * reads as its defaults. NULL for other ids. */
const struct user *users_get(const struct users *users, unsigned id);

/* A user to write; NULL when there is no memory or no such id. */
struct user *users_edit(struct users *users, unsigned id);

/* Index in user.access of a channel number; -1: no sessions there. */
int users_channel(const struct users *users, uint8_t channel);

/* Another user has that name already (the null name never counts). */
bool users_name_taken(const struct users *users, unsigned id, const uint8_t *name);

/* ---- for lan_host; ctx is the mc ---- */
bool users_lan_user(void *ctx, uint8_t channel, uint8_t id, struct lan_user *out);
void users_lan_login(void *ctx, uint8_t channel, uint8_t id,
                     enum lan_login_result result);

/* Let a locked-out user in again and forget its bad passwords there. */
void users_unlock(struct user_access *access);

/* True while the user is locked out of that channel. */
bool users_locked(const struct user_access *access, instant now);

/* End the sessions of a user, but not the one that asks (0 = none asks). */
void users_end_sessions(struct mc *mc, uint8_t id, uint32_t asker);

#endif
