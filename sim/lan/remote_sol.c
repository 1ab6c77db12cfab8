#include "sim/lan/remote_sol.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/rd.h"
#include "sim/base/wr.h"
#include "sim/wire/rmcpp.h"

#define CMD_ACTIVATE 0x48
#define CMD_DEACTIVATE 0x49
#define AUX_ENCRYPT 0x80
#define AUX_AUTHENTICATE 0x40
#define AUX_REST 3
#define SIZE_LEAST (SOL_HEADER + 1)
#define LEVELS (SOL_PAUSE | SOL_HANG_UP)

struct remote_sol {
    struct remote *remote;
    struct remote_sol_opts opts;
    enum remote_sol_state state;
    uint8_t cc, status;
    uint16_t port;
    size_t packet_max;             /* characters of a packet to the BMC */
    const char *violation;

    uint8_t typed[REMOTE_SOL_TYPED];
    size_t typed_len, sent;        /* the first sent of them are under way */
    uint8_t seq, operations;       /* of the packet under way */
    uint8_t next_operations;
    bool waiting, asked;           /* for its acknowledgement; operations wait */
    unsigned tries;
    instant deadline;

    uint8_t heard_seq, heard_count;   /* of the BMC's latest packet */
};

static void
broke(struct remote_sol *s, const char *rule)
{
    s->violation = rule;
}

static void
send(struct remote_sol *s, instant now, const struct sol_packet *p)
{
    uint8_t buf[SOL_HEADER + SOL_CHARS_MAX];
    struct wr w = wr_of(buf, sizeof buf);

    sol_build(&w, p);
    (void)remote_send_payload(s->remote, now, PAYLOAD_SOL, wr_bytes_of(&w));
}

/* ---- what is typed ---- */

static void
send_typed(struct remote_sol *s, instant now)
{
    s->deadline = instant_add(now, REMOTE_SOL_TIMEOUT);
    send(s, now, &(struct sol_packet){
        .seq = s->seq, .flags = s->operations, .chars = bytes_of(s->typed, s->sent),
    });
}

static void
go_on(struct remote_sol *s, instant now)
{
    if (s->state != REMOTE_SOL_ACTIVE || s->waiting || (s->typed_len == 0 && !s->asked))
        return;
    s->seq = s->seq >= SOL_SEQ_MAX ? 1 : s->seq + 1;
    s->sent = s->typed_len < s->packet_max ? s->typed_len : s->packet_max;
    s->operations = s->next_operations;
    s->next_operations &= LEVELS;
    s->asked = false;
    s->waiting = true;
    s->tries = REMOTE_SOL_RETRIES;
    send_typed(s, now);
}

/* The rest of what was not accepted whole goes at once; of what was not
 * accepted at all when the time to try again has come. */
static void
acknowledged(struct remote_sol *s, instant now, const struct sol_packet *p)
{
    size_t count = p->accepted;

    if (!s->waiting || p->ack != s->seq)
        return;
    if (count > s->sent) {
        broke(s, "15.11: more characters are accepted than were sent");
        count = s->sent;
    }
    if ((p->flags & SOL_NACK) && count == 0 && s->sent > 0)
        return;
    s->typed_len -= count;
    memmove(s->typed, s->typed + count, s->typed_len);
    s->sent = 0;
    s->waiting = false;
    s->deadline = INSTANT_NEVER;
    go_on(s, now);
}

/* ---- what is heard ---- */

static void
take(struct remote_sol *s, instant now, const struct sol_packet *p)
{
    if (p->seq != s->heard_seq) {
        size_t count = p->chars.len ? s->opts.heard(s->opts.ctx, p->chars) : 0;

        s->heard_seq = p->seq;
        s->heard_count = (uint8_t)count;
    }
    send(s, now, &(struct sol_packet){
        .ack = p->seq, .accepted = s->heard_count, .flags = s->operations & LEVELS,
    });
}

static void
on_payload(void *ctx, uint8_t type, struct bytes payload)
{
    struct remote_sol *s = ctx;
    struct sol_packet p;
    instant now = remote_now(s->remote);

    if (type != PAYLOAD_SOL) {
        broke(s, "24.1: a payload of a type that was not activated");
    } else if (!sol_parse(payload, &p)) {
        broke(s, "15.9: the SOL packet is cut, or has too many characters");
    } else if (s->state == REMOTE_SOL_ACTIVE) {
        s->status = p.flags & (uint8_t)~SOL_NACK;
        if (p.ack != 0)
            acknowledged(s, now, &p);
        if (p.seq != 0)
            take(s, now, &p);
        if (p.flags & SOL_INACTIVE)
            s->state = REMOTE_SOL_ENDED;
    }
}

/* ---- begin and end ---- */

static void
activated(void *ctx, bool timed_out, uint8_t cc, struct bytes data)
{
    struct remote_sol *s = ctx;
    struct rd r = rd_of(data);
    size_t size;

    s->cc = cc;
    if (timed_out || cc != CC_OK) {
        s->state = timed_out ? REMOTE_SOL_LOST : REMOTE_SOL_REFUSED;
        return;
    }
    rd_skip(&r, 1 + AUX_REST);
    size = rd_le16(&r);
    (void)rd_le16(&r);
    s->port = rd_le16(&r);
    (void)rd_le16(&r);
    if (!rd_done(&r))
        broke(s, "24.1: the answer to Activate Payload has not 12 octets");
    if (size < SIZE_LEAST)
        broke(s, "24.1: the payload size has no room for a character");
    else if (size - SOL_HEADER < s->packet_max)
        s->packet_max = size - SOL_HEADER;
    s->state = REMOTE_SOL_ACTIVE;
    go_on(s, remote_now(s->remote));
}

static bool
ask(struct remote_sol *s, instant now, uint8_t cmd, uint8_t aux, remote_done_fn *done)
{
    uint8_t data[] = { PAYLOAD_SOL, s->opts.instance, aux, 0, 0, 0 };

    return remote_request(s->remote, now, NETFN_APP, cmd, bytes_of(data, sizeof data), done, s);
}

enum status
remote_sol_new(struct remote *r, instant now, const struct remote_sol_opts *opts,
               struct remote_sol **out)
{
    struct remote_sol *s = calloc(1, sizeof *s);
    uint8_t aux = (opts->plain ? 0 : AUX_ENCRYPT) | (opts->uncoded ? 0 : AUX_AUTHENTICATE);

    if (s == NULL)
        return ST_NOMEM;
    s->remote = r;
    s->opts = *opts;
    if (s->opts.instance == 0)
        s->opts.instance = 1;
    s->packet_max = SOL_CHARS_MAX;
    s->deadline = INSTANT_NEVER;
    if (!ask(s, now, CMD_ACTIVATE, aux, activated)) {
        free(s);
        return ST_FULL;
    }
    remote_on_payload(r, on_payload, s);
    *out = s;
    return ST_OK;
}

void
remote_sol_free(struct remote_sol *s)
{
    if (s == NULL)
        return;
    remote_on_payload(s->remote, NULL, NULL);
    free(s);
}

void
remote_sol_end(struct remote_sol *s, instant now)
{
    if (s->state == REMOTE_SOL_ACTIVE)
        (void)ask(s, now, CMD_DEACTIVATE, 0, NULL);
    s->state = REMOTE_SOL_ENDED;
    s->waiting = false;
    s->deadline = INSTANT_NEVER;
}

size_t
remote_sol_type(struct remote_sol *s, instant now, struct bytes chars)
{
    size_t room = sizeof s->typed - s->typed_len;
    size_t count = chars.len < room ? chars.len : room;

    if (count)
        memcpy(s->typed + s->typed_len, chars.at, count);
    s->typed_len += count;
    go_on(s, now);
    return count;
}

void
remote_sol_operate(struct remote_sol *s, instant now, uint8_t operations)
{
    s->next_operations = operations;
    s->asked = true;
    go_on(s, now);
}

instant
remote_sol_deadline(const struct remote_sol *s)
{
    return s->waiting ? s->deadline : INSTANT_NEVER;
}

void
remote_sol_expire(struct remote_sol *s, instant now)
{
    if (!s->waiting || s->deadline > now)
        return;
    if (s->tries == 0) {
        s->state = REMOTE_SOL_LOST;
        s->waiting = false;
        return;
    }
    s->tries--;
    send_typed(s, now);
}

enum remote_sol_state
remote_sol_state(const struct remote_sol *s)
{
    return s->state;
}

uint8_t
remote_sol_cc(const struct remote_sol *s)
{
    return s->cc;
}

uint8_t
remote_sol_status(const struct remote_sol *s)
{
    return s->status;
}

uint16_t
remote_sol_port(const struct remote_sol *s)
{
    return s->port;
}

bool
remote_sol_idle(const struct remote_sol *s)
{
    return s->typed_len == 0 && !s->waiting && !s->asked;
}

const char *
remote_sol_violation(const struct remote_sol *s)
{
    return s->violation;
}
