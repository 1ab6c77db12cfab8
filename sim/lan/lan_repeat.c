#include "sim/lan/lan_parts.h"

#include <string.h>

#include "sim/base/planted.h"

/* Requests that come again: what they were answered, each once carried out.
 * Spec: IPMI v2.0 5.2 (CFh), 13.8 (rqSeq); IPMB v1.0, message retries. */

#define CMD_SEND_MESSAGE 0x34
#define CMD_ACTIVATE_SESSION 0x3a

/* A hash of all octets of a message, FNV-1a. */
static uint64_t
hash_of(struct bytes msg)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < msg.len; i++)
        h = (h ^ msg.at[i]) * UINT64_C(0x100000001b3);
    return h;
}

/* What another answers is carried again, since its answer may have been lost;
 * Activate Session knows its repeats by itself. */
static bool
is_kept(const struct lanmsg *m)
{
    return m->netfn != NETFN_APP ||
           (m->cmd != CMD_SEND_MESSAGE && m->cmd != CMD_ACTIVATE_SESSION);
}

enum repeat
repeat_of(struct lan *lan, struct session *s, const struct lanmsg *m, struct bytes msg,
          struct session_done **out)
{
    uint64_t what = hash_of(msg);
    struct session_done *d;

    *out = NULL;
    if (s == NULL || s->state != SESSION_ACTIVE || !is_kept(m) ||
        PLANTED(LAN_REPEAT_CARRIED_OUT))
        return REPEAT_NONE;
    for (unsigned i = 0; i < SESSION_DONE_MAX; i++) {
        d = &s->done[i];
        if (d->state == DONE_NOTHING || d->what != what ||
            instant_add(d->at, LAN_REPEAT_SPAN) <= lan->world->now)
            continue;
        *out = d;
        return d->state == DONE_ANSWERED ? REPEAT_ANSWERED : REPEAT_RUNNING;
    }
    d = &s->done[s->done_next];
    s->done_next = (uint8_t)((s->done_next + 1u) % SESSION_DONE_MAX);
    *d = (struct session_done){ .what = what, .at = lan->world->now, .state = DONE_RUNNING };
    *out = d;
    return REPEAT_NONE;
}

void
repeat_mark(const struct session *s, const struct session_done *d, struct ipmi_origin *o)
{
    o->mark[0] = d != NULL ? (uint32_t)(d - s->done) + 1 : 0;
    o->mark[1] = d != NULL ? (uint32_t)d->what : 0;
}

static struct session_done *
marked(struct session *s, const struct ipmi_origin *o)
{
    struct session_done *d;

    if (o->mark[0] == 0 || o->mark[0] > SESSION_DONE_MAX)
        return NULL;
    d = &s->done[o->mark[0] - 1];
    return d->state == DONE_RUNNING && (uint32_t)d->what == o->mark[1] ? d : NULL;
}

void
repeat_forget(struct session *s, const struct ipmi_origin *o)
{
    struct session_done *d = marked(s, o);

    if (d != NULL)
        d->state = DONE_NOTHING;
}

void
repeat_keep(struct session *s, const struct ipmi_origin *o, uint8_t cc, struct bytes data)
{
    struct session_done *d = marked(s, o);

    if (d == NULL)
        return;
    if (cc == CC_BUSY || o->reads || data.len > sizeof d->data) {
        d->state = DONE_NOTHING;
        return;
    }
    d->state = DONE_ANSWERED;
    d->cc = cc;
    d->len = (uint8_t)data.len;
    if (data.len)
        memcpy(d->data, data.at, data.len);
}
