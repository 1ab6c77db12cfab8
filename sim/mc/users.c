#include "sim/mc/users.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/planted.h"
#include "sim/mc/audit.h"
#include "sim/mc/mc_parts.h"

#define PAYLOADS_DEFAULT 0x02 /* standard payload 1: SOL */

struct users {
    struct mc *mc;
    uint8_t max;
    uint8_t channels;                    /* in use below */
    uint8_t channel[USERS_CHANNELS_MAX]; /* numbers, ascending */
    struct user *at[];                   /* by id, 0 unused; NULL until written */
};

/* What an id reads as that was never written. */
static const struct user nobody = {
    .status = USER_DISABLED,
    .access = {
        { .limit = PRIV_NO_ACCESS },
        { .limit = PRIV_NO_ACCESS },
        { .limit = PRIV_NO_ACCESS },
        { .limit = PRIV_NO_ACCESS },
        { .limit = PRIV_NO_ACCESS },
    },
};

/* ---- made from the machine ---- */

static uint8_t
highest_id(const struct machine_mc *m)
{
    uint8_t max = USERS_DEFAULT_MAX;

    for (uint32_t i = 0; i < m->user_count; i++)
        if (m->users[i].id > max && m->users[i].id <= LAN_USER_ID_MAX)
            max = m->users[i].id;
    return max;
}

static void
find_channels(struct users *users)
{
    for (uint8_t n = 0; n < CHANNELS && users->channels < USERS_CHANNELS_MAX; n++)
        if (users->mc->channels[n].present &&
            users->mc->channels[n].sessions != SESSION_LESS)
            users->channel[users->channels++] = n;
}

static void
describe(struct user *u, const struct machine_user *d)
{
    memcpy(u->name, d->name, sizeof u->name);
    memcpy(u->password, d->password, sizeof u->password);
    u->password_is_20 = d->password_is_20;
    u->status = d->enabled ? USER_ENABLED : USER_DISABLED;
    for (size_t i = 0; i < USERS_CHANNELS_MAX; i++)
        u->access[i] = (struct user_access){
            .flags = USER_MESSAGING,
            .limit = d->limit ? d->limit : PRIV_NO_ACCESS,
            .max_sessions = d->max_sessions,
            .payloads = { PAYLOADS_DEFAULT },
        };
}

static enum status
describe_all(struct users *users, const struct machine_mc *m)
{
    for (uint32_t i = 0; i < m->user_count; i++) {
        struct user *u;

        if (m->users[i].id < 1 || m->users[i].id > users->max)
            continue;
        u = users_edit(users, m->users[i].id);
        if (u == NULL)
            return ST_NOMEM;
        describe(u, &m->users[i]);
    }
    return ST_OK;
}

enum status
users_init(struct mc *mc)
{
    uint8_t max = highest_id(mc->machine);
    struct users *users = calloc(1, sizeof *users + (max + 1u) * sizeof users->at[0]);

    if (users == NULL)
        return ST_NOMEM;
    users->mc = mc;
    users->max = max;
    mc->users = users;
    find_channels(users);
    return describe_all(users, mc->machine);
}

/* Counts of bad passwords are all that is volatile here. */
void
users_reset(struct mc *mc)
{
    for (unsigned id = 1; id <= mc->users->max; id++)
        for (size_t i = 0; mc->users->at[id] != NULL && i < USERS_CHANNELS_MAX; i++)
            users_unlock(&mc->users->at[id]->access[i]);
}

void
users_free(struct mc *mc)
{
    if (mc->users == NULL)
        return;
    for (unsigned id = 1; id <= mc->users->max; id++) {
        struct user *u = mc->users->at[id];

        if (u != NULL)
            crypto_wipe(u, sizeof *u);
        free(u);
    }
    free(mc->users);
    mc->users = NULL;
}

/* ---- looking and writing ---- */

unsigned
users_max(const struct users *users)
{
    return users->max;
}

unsigned
users_enabled(const struct users *users)
{
    unsigned n = 0;

    for (unsigned id = 1; id <= users->max; id++)
        n += users->at[id] != NULL && users->at[id]->status == USER_ENABLED;
    return n;
}

const struct user *
users_get(const struct users *users, unsigned id)
{
    if (id < 1 || id > users->max)
        return NULL;
    return users->at[id] != NULL ? users->at[id] : &nobody;
}

struct user *
users_edit(struct users *users, unsigned id)
{
    if (id < 1 || id > users->max)
        return NULL;
    if (users->at[id] == NULL) {
        users->at[id] = malloc(sizeof nobody);
        if (users->at[id] != NULL)
            *users->at[id] = nobody;
    }
    return users->at[id];
}

int
users_channel(const struct users *users, uint8_t channel)
{
    for (int i = 0; i < users->channels; i++)
        if (users->channel[i] == channel)
            return i;
    return -1;
}

bool
users_name_taken(const struct users *users, unsigned id, const uint8_t *name)
{
    static const uint8_t null_name[USER_NAME];

    if (memcmp(name, null_name, USER_NAME) == 0)
        return false;
    for (unsigned other = 1; other <= users->max; other++)
        if (other != id && users->at[other] != NULL &&
            memcmp(users->at[other]->name, name, USER_NAME) == 0)
            return true;
    return false;
}

/* ---- log-ins ---- */

void
users_unlock(struct user_access *access)
{
    access->bad_passwords = 0;
    access->last_bad = 0;
    access->locked_until = 0;
}

bool
users_locked(const struct user_access *access, instant now)
{
    return access->locked_until > now;
}

bool
users_lan_user(void *ctx, uint8_t channel, uint8_t id, struct lan_user *out)
{
    struct mc *mc = ctx;
    int i = users_channel(mc->users, channel);
    const struct user *u;
    const struct user_access *a;

    if (i < 0 || id < 1 || id > mc->users->max || mc->users->at[id] == NULL)
        return false;
    u = mc->users->at[id];
    a = &u->access[i];
    *out = (struct lan_user){
        .id = id,
        .password_is_20 = u->password_is_20,
        .enabled = u->status == USER_ENABLED && !users_locked(a, mc->world->now),
        .messaging = (a->flags & USER_MESSAGING) != 0,
        .link_auth = (a->flags & USER_LINK_AUTH) != 0,
        .callback_only = (a->flags & USER_CALLBACK_ONLY) != 0,
        .limit = a->limit,
        .max_sessions = a->max_sessions,
    };
    memcpy(out->name, u->name, sizeof out->name);
    memcpy(out->password, u->password, sizeof out->password);
    return true;
}

/* Count a bad password. True when that locks the user out. The reset
 * interval begins with the most recent bad one. */
static bool
count_bad(struct user_access *a, const struct lanparm_bad_password *rule, instant now)
{
    bool forgotten =
        rule->reset_span && now >= instant_add(a->last_bad, rule->reset_span);

    if (forgotten || (a->locked_until && !users_locked(a, now)))
        users_unlock(a);
    a->last_bad = now;
    if (a->bad_passwords < UINT8_MAX)
        a->bad_passwords++;
    if (rule->threshold == 0 || a->bad_passwords < rule->threshold ||
        users_locked(a, now) || PLANTED(LOCKOUT_IGNORED))
        return false;
    a->locked_until =
        rule->lockout_span ? instant_add(now, rule->lockout_span) : INSTANT_NEVER;
    return true;
}

void
users_lan_login(void *ctx, uint8_t channel, uint8_t id, enum lan_login_result result)
{
    struct mc *mc = ctx;
    int i = users_channel(mc->users, channel), lan = mc_lan_index(mc, channel);
    struct lanparm_bad_password rule;

    if (i < 0 || lan < 0 || id < 1 || id > mc->users->max || mc->users->at[id] == NULL)
        return;
    if (result == LOGIN_OK) {
        users_unlock(&mc->users->at[id]->access[i]);
        return;
    }
    audit_event(mc, AUDIT_BAD_PASSWORD, id, channel);
    lanparm_bad_password(mc, (unsigned)lan, &rule);
    if (count_bad(&mc->users->at[id]->access[i], &rule, mc->world->now))
        audit_locked_out(mc, id, channel, rule.audit);
}

void
users_end_sessions(struct mc *mc, uint8_t id, uint32_t asker)
{
    for (unsigned i = 0; i < mc->lan_count; i++) {
        struct lan_session_info info;
        unsigned n = 0;

        while (lan_session_nth(mc->lans[i], n, &info)) {
            bool ends = info.user == id && info.id != asker;

            if (!ends || !lan_session_close(mc->lans[i], info.id, SESSION_END_CONFIG))
                n++;
        }
    }
}
