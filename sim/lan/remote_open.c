#include "sim/lan/remote_priv.h"

#define CMD_GET_AUTH_CAPABILITIES 0x38
#define CMD_SET_PRIVILEGE 0x3b
#define CMD_CLOSE_SESSION 0x3c

#define AUTH_CAPABILITIES_LEN 8
#define V2_DATA 0x80            /* request octet 1, response octet 2 */
#define EXT_V20 0x02

/* ---- opening ---- */

bool
remote_step_ok(struct remote *r, const char *step, bool timed_out, uint8_t cc)
{
    if (r->state != REMOTE_OPENING)   /* it was opened anew, or closed */
        return false;
    if (timed_out)
        remote_fail(r, step, "no answer");
    else if (cc != CC_OK)
        remote_fail(r, step, cc_text(cc));
    return !timed_out && cc == CC_OK;
}

static void
capabilities_done(void *ctx, bool timed_out, uint8_t cc, struct bytes data)
{
    static const char step[] = "Get Channel Authentication Capabilities";
    struct remote *r = ctx;

    if (!remote_step_ok(r, step, timed_out, cc))
        return;
    if (data.len != AUTH_CAPABILITIES_LEN) {
        remote_broke(r, "22.13: the answer is not 9 octets long");
        remote_fail(r, step, "malformed answer");
        return;
    }
    if (!r->opts.rmcpp) {
        if ((data.at[1] & 1u << r->opts.auth_type) == 0)
            remote_fail(r, step, "the authentication type is not offered");
        else
            remote15_begin(r);
        return;
    }
    if ((data.at[1] & V2_DATA) == 0 || (data.at[3] & EXT_V20) == 0)
        remote_fail(r, step, "IPMI 2.0 is not offered");
    else
        remote_rakp_begin(r);
}

void
remote_open(struct remote *r, instant now)
{
    uint8_t ask[2] = { CHANNEL_PRESENT, r->opts.privilege };

    r->now = now;
    remote_end(r, REMOTE_CLOSED);   /* so that nobody takes it for a step of this one */
    r->state = REMOTE_OPENING;
    if (r->opts.rmcpp)
        ask[0] |= V2_DATA;
    if (!r->opts.skip_capabilities)
        remote_ask(r, WRAP_NONE, NETFN_APP, CMD_GET_AUTH_CAPABILITIES,
                   bytes_of(ask, sizeof ask), capabilities_done, r);
    else if (r->opts.rmcpp)
        remote_rakp_begin(r);
    else
        remote15_begin(r);
}

static void
privilege_done(void *ctx, bool timed_out, uint8_t cc, struct bytes data)
{
    static const char step[] = "Set Session Privilege Level";
    struct remote *r = ctx;

    if (!remote_step_ok(r, step, timed_out, cc))
        return;
    if (data.len != 1)
        remote_broke(r, "22.18: the answer is not 2 octets long");
    else if (data.at[0] != r->opts.privilege)
        remote_broke(r, "22.18: the present privilege is not the one that was granted");
    r->privilege = r->opts.privilege;
    r->state = REMOTE_OPEN;
}

void
remote_log_in_done(struct remote *r)
{
    uint8_t level = r->opts.privilege;

    r->keyed = true;
    r->privilege = level < PRIV_USER ? level : PRIV_USER;
    if (level <= PRIV_USER)
        r->state = REMOTE_OPEN;
    else
        remote_ask(r, WRAP_SESSION, NETFN_APP, CMD_SET_PRIVILEGE, bytes_of(&level, 1),
                   privilege_done, r);
}

/* ---- closing ---- */

static void
close_done(void *ctx, bool timed_out, uint8_t cc, struct bytes data)
{
    struct remote *r = ctx;

    if (r->state != REMOTE_CLOSING)
        return;
    if (!timed_out && cc != CC_OK)
        remote_broke(r, "22.19: a session could not close itself");
    else if (data.len != 0)
        remote_broke(r, "22.19: the answer is not 1 octet long");
    remote_end(r, REMOTE_CLOSED);
}

void
remote_close(struct remote *r, instant now)
{
    struct wr w;
    uint8_t id[4];

    r->now = now;
    if (!r->keyed) {
        remote_end(r, REMOTE_CLOSED);
        return;
    }
    if (r->state == REMOTE_CLOSING)
        return;
    r->state = REMOTE_CLOSING;
    remote_abandon(r);
    w = wr_of(id, sizeof id);
    wr_le32(&w, r->bmc_sid);
    remote_ask(r, WRAP_SESSION, NETFN_APP, CMD_CLOSE_SESSION, bytes_of(id, sizeof id),
               close_done, r);
}
