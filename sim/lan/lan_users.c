#include "sim/lan/lan_parts.h"

#include <string.h>

#include "sim/base/planted.h"

static uint8_t
lower(uint8_t a, uint8_t b)
{
    return a < b ? a : b;
}

/* Callback .. OEM; 0, "no access" and reserved values are no privilege. */
static bool
is_privilege(uint8_t p)
{
    return p >= PRIV_CALLBACK && p <= PRIV_OEM;
}

uint8_t
lan_channel_limit(const struct lan *lan)
{
    uint8_t limit = lan->config->access->volatile_access.limit;

    /* A reserved value limits nothing. */
    return is_privilege(limit) ? limit : PRIV_OEM;
}

uint8_t
lan_user_limit(const struct lan *lan, const struct lan_user *u)
{
    if (PLANTED(USER_LIMIT_IGNORED))
        return lan_channel_limit(lan);
    return is_privilege(u->limit) ? lower(u->limit, lan_channel_limit(lan)) : PRIV_NONE;
}

/* "Restricted to callback" concerns serial connections and does not count
 * here; nor does link authentication, which is for PPP. */
static bool
may_log_in(const struct lan_user *u)
{
    if (PLANTED(DISABLED_USER_LET_IN) || (PLANTED(NULL_USER_LET_IN) && u->name[0] == 0))
        return true;
    return u->enabled && u->messaging;
}

bool
lan_get_user(struct lan *lan, uint8_t id, struct lan_user *out)
{
    return lan->host.user(lan->host.ctx, lan->config->channel, id, out) && may_log_in(out);
}

bool
lan_find_user(struct lan *lan, const uint8_t name[RAKP_NAME_MAX], uint8_t level,
              struct lan_user *out)
{
    for (uint8_t id = 1; id <= LAN_USER_ID_MAX; id++)
        if (lan_get_user(lan, id, out) && memcmp(out->name, name, RAKP_NAME_MAX) == 0 &&
            (level == PRIV_NONE || out->limit == level))
            return true;
    return false;
}

bool
lan_full(const struct lan *lan)
{
    return (lan->sessions.active.count >= lan->config->sessions_max &&
            !PLANTED(SESSIONS_UNBOUNDED)) ||
           lan->sessions.active.count >= LAN_SESSIONS_MAX;
}

bool
lan_user_full(const struct lan *lan, const struct lan_user *u)
{
    return u->max_sessions != 0 &&
           session_count_user(&lan->sessions, u->id) >= u->max_sessions;
}

void
lan_login(struct lan *lan, uint8_t user, enum lan_login_result result)
{
    if (result == LOGIN_OK)
        lan->stats.logins++;
    else
        lan->stats.logins_refused++;
    if (lan->host.login != NULL)
        lan->host.login(lan->host.ctx, lan->config->channel, user, result);
    if (result != LOGIN_OK)
        lan_refused(lan, "wrong password");
}

void
lan_refused(const struct lan *lan, const char *why)
{
    if (lan->host.session_refused != NULL)
        lan->host.session_refused(lan->host.ctx, lan->config->channel, why);
}

bool
lan_auth_enabled(const struct lan *lan, uint8_t type, uint8_t level)
{
    uint8_t bit = auth15_bit(type);

    return is_privilege(level) && bit != AUTH_BIT_OEM &&
           (lan->config->auth_support & lan->config->auth_enables[level - 1] & bit) != 0;
}

uint8_t
lan_suite_limit(const struct lan *lan, unsigned id)
{
    const struct lan_config *c = lan->config;

    for (unsigned i = 0; i < c->suites && i < sizeof c->suite_id; i++)
        if (c->suite_id[i] == id && is_privilege(c->suite_limit[i]))
            return c->suite_limit[i];
    return PLANTED(OPEN_SUITE_UNCHECKED) ? PRIV_ADMIN : PRIV_NONE;
}
