#include "capture/conversation.h"

#include <stdlib.h>

struct request {
    struct conversation_key key;
    uint64_t number;
    instant at;
    bool waiting;              /* for its response */
};

struct conversation {
    struct command_names *names;
    struct conversation_session sessions[CONVERSATION_SESSIONS];   /* by number */
    uint32_t session_count;
    struct request requests[CONVERSATION_REQUESTS];
    uint32_t request_count;
};

struct conversation *
conversation_new(void)
{
    struct conversation *c = calloc(1, sizeof *c);

    if (c == NULL)
        return NULL;
    c->names = command_names_new();
    if (c->names == NULL) {
        free(c);
        return NULL;
    }
    return c;
}

void
conversation_free(struct conversation *c)
{
    if (c == NULL)
        return;
    command_names_free(c->names);
    free(c);
}

const struct command_names *
conversation_names(const struct conversation *c)
{
    return c->names;
}

/* ---- sessions ---- */

const char *
session_phase_text(enum session_phase phase)
{
    static const char *const words[] = {
        [PHASE_OPENING] = "opening", [PHASE_OPENED] = "opened", [PHASE_RAKP] = "key exchange",
        [PHASE_ACTIVE] = "active",   [PHASE_CLOSED] = "closed", [PHASE_REFUSED] = "refused",
    };

    return (unsigned)phase < sizeof words / sizeof words[0] ? words[phase] : "unknown";
}

uint32_t
conversation_sessions(const struct conversation *c)
{
    return c->session_count;
}

static struct conversation_session *
slot(struct conversation *c, uint32_t number)
{
    return &c->sessions[(number - 1) % CONVERSATION_SESSIONS];
}

const struct conversation_session *
conversation_session(const struct conversation *c, uint32_t n)
{
    const struct conversation_session *s;

    if (n == 0 || n > c->session_count)
        return NULL;
    s = &c->sessions[(n - 1) % CONVERSATION_SESSIONS];
    return s->number == n ? s : NULL;
}

/* Numbers at and below this are forgotten. */
static uint32_t
forgotten(const struct conversation *c)
{
    return c->session_count > CONVERSATION_SESSIONS ? c->session_count - CONVERSATION_SESSIONS
                                                    : 0;
}

/* The latest of its kind between two peers that is not active yet. */
static struct conversation_session *
being_opened(struct conversation *c, const struct peer *console, const struct peer *bmc,
             bool rmcpp, uint32_t console_sid)
{
    for (uint32_t n = c->session_count; n > forgotten(c); n--) {
        struct conversation_session *s = slot(c, n);

        if (s->rmcpp == rmcpp && s->phase <= PHASE_OPENED &&
            (!rmcpp || s->console_sid == console_sid) && peer_equal(&s->console, console) &&
            peer_equal(&s->bmc, bmc))
            return s;
    }
    return NULL;
}

struct conversation_session *
conversation_open(struct conversation *c, const struct dissect_frame *f, bool rmcpp,
                  uint32_t console_sid)
{
    struct conversation_session *s = being_opened(c, &f->from, &f->to, rmcpp, console_sid);

    if (s != NULL)
        return s;
    s = slot(c, ++c->session_count);
    *s = (struct conversation_session){
        .number = c->session_count, .console = f->from, .bmc = f->to, .rmcpp = rmcpp,
        .console_sid = console_sid, .first = f->number, .last = f->number,
    };
    return s;
}

struct conversation_session *
conversation_opening(struct conversation *c, const struct dissect_frame *f)
{
    return being_opened(c, &f->to, &f->from, false, 0);
}

/* Does f travel in s, under an id of the receiver's? */
static bool
is_of(const struct conversation_session *s, const struct dissect_frame *f, uint32_t sid,
      bool *to_bmc)
{
    if (sid == s->bmc_sid && peer_equal(&f->from, &s->console) && peer_equal(&f->to, &s->bmc)) {
        *to_bmc = true;
        return true;
    }
    if (sid == s->console_sid && peer_equal(&f->from, &s->bmc) &&
        peer_equal(&f->to, &s->console)) {
        *to_bmc = false;
        return true;
    }
    return false;
}

struct conversation_session *
conversation_find(struct conversation *c, const struct dissect_frame *f, uint32_t sid,
                  bool *to_bmc)
{
    for (uint32_t n = c->session_count; sid != 0 && n > forgotten(c); n--) {
        struct conversation_session *s = slot(c, n);

        if (is_of(s, f, sid, to_bmc)) {
            s->last = f->number;
            return s;
        }
    }
    return NULL;
}

/* ---- requests ---- */

static bool
key_equal(const struct conversation_key *a, const struct conversation_key *b)
{
    return a->link == b->link && a->bus == b->bus && a->netfn == b->netfn && a->cmd == b->cmd &&
           a->seq == b->seq && a->requester == b->requester && a->responder == b->responder &&
           a->lun == b->lun && a->chassis == b->chassis && a->sid == b->sid &&
           peer_equal(&a->from, &b->from) && peer_equal(&a->to, &b->to);
}

/* The latest request of a key; NULL. */
static struct request *
find_request(struct conversation *c, const struct conversation_key *key)
{
    uint32_t oldest = c->request_count > CONVERSATION_REQUESTS
                          ? c->request_count - CONVERSATION_REQUESTS : 0;

    for (uint32_t n = c->request_count; n > oldest; n--) {
        struct request *r = &c->requests[(n - 1) % CONVERSATION_REQUESTS];

        if (key_equal(&r->key, key))
            return r;
    }
    return NULL;
}

uint64_t
conversation_ask(struct conversation *c, const struct conversation_key *key,
                 const struct dissect_frame *f)
{
    const struct request *before = find_request(c, key);
    struct request *r = &c->requests[c->request_count % CONVERSATION_REQUESTS];
    uint64_t again = before != NULL && before->waiting ? before->number : 0;

    *r = (struct request){ .key = *key, .number = f->number, .at = f->at, .waiting = true };
    c->request_count++;
    return again;
}

uint64_t
conversation_answer(struct conversation *c, const struct conversation_key *key,
                    const struct dissect_frame *f, instant *took)
{
    struct request *r = find_request(c, key);

    if (r == NULL || f->at < r->at)
        return 0;
    r->waiting = false;
    *took = f->at - r->at;
    return r->number;
}
