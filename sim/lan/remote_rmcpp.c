#include "sim/lan/remote_priv.h"

/* ---- out ---- */

static bool
encrypts(const struct remote *r)
{
    return r->suite->alg[ALG_CONF] != CONF_NONE;
}

static bool
authenticates(const struct remote *r)
{
    return r->suite->alg[ALG_INTEGRITY] != INTEGRITY_NONE;
}

static struct bytes
encrypt(struct remote *r, struct bytes msg, uint8_t *to, size_t size)
{
    struct wr w = wr_of(to, size);

    if (!protect_encrypt(&r->protect, remote_work(r), &r->rng, msg, &w))
        return (struct bytes){ 0 };
    return wr_bytes_of(&w);
}

void
remote_rmcpp_wrap(struct remote *r, struct wr *w, uint8_t type, struct bytes msg)
{
    uint8_t cipher[REMOTE_DATAGRAM_MAX], code[RMCPP_CODE_MAX];
    struct rmcpp m = {
        .type = type,
        .encrypted = encrypts(r),
        .authenticated = authenticates(r),
        .sid = r->bmc_sid,
        .seq = r->seq_out++,
    };
    const uint8_t *start = w->at;

    if (m.encrypted)
        msg = encrypt(r, msg, cipher, sizeof cipher);
    if (msg.len == 0)
        w->bad = true;
    rmcpp_build_header(w, &m, msg.len);
    wr_span(w, msg);
    if (!m.authenticated)
        return;
    rmcpp_build_trailer(w, start);
    if (!protect_sign(&r->protect, remote_work(r), bytes_of(start, (size_t)(w->at - start)),
                      code))
        w->bad = true;
    wr_bytes(w, code, protect_code_len(&r->protect));
}

/* ---- in ---- */

/* Integrity pads are FFh and as few as align the trailer. */
static bool
pads_ok(const struct remote *r, const struct rmcpp *m)
{
    struct rmcpp_trailer t;

    if (!rmcpp_trailer_parse(m, protect_code_len(&r->protect), &t))
        return false;
    for (unsigned i = 0; i < t.pads; i++)
        if (m->trailer.at[i] != RMCPP_PAD)
            return false;
    return t.pads < 4 && t.covered.len % 4 == 0;
}

/* Check and decrypt a packet of the session; NULL when all is well. */
static const char *
open_packet(struct remote *r, const struct rmcpp *m, struct bytes *msg)
{
    if (m->authenticated != authenticates(r))
        return "13.6: the packet is not authenticated as the session is";
    if (m->encrypted != encrypts(r))
        return "13.6: the packet is not encrypted as the session is";
    if (m->authenticated && !protect_verify(&r->protect, remote_work(r), m))
        return "13.28.4: the AuthCode or the session trailer is wrong";
    *msg = m->payload;
    if (!m->encrypted)
        return NULL;
    if (m->payload.len > sizeof r->in ||
        !protect_decrypt(&r->protect, remote_work(r), m->payload, r->in, msg))
        return "13.28.5: the payload cannot be decrypted, or is badly padded";
    return NULL;
}

/* Streams are taken in the order in which they were sent: who was overtaken
 * counts as lost. */
static bool
in_order(struct remote *r, uint32_t seq)
{
    if (!remote_take_seq(r, seq) || (r->stream_seq != 0 && seq - r->stream_seq > INT32_MAX))
        return false;
    r->stream_seq = seq;
    return true;
}

static void
take_packet(struct remote *r, const struct rmcpp *m)
{
    struct bytes msg = { 0 };
    const char *rule = open_packet(r, m, &msg);

    if (rule != NULL) {
        remote_broke(r, rule);
        return;
    }
    if (m->authenticated && !pads_ok(r, m))
        remote_broke(r, "13.6: the integrity pads are not FFh, or too many");
    if (m->seq == 0)
        remote_broke(r, "13.6: the session sequence number is zero");
    if (m->type == PAYLOAD_IPMI)
        remote_take_message(r, WRAP_SESSION, msg, remote_take_seq(r, m->seq));
    else if (in_order(r, m->seq))
        r->on_payload(r->on_payload_ctx, m->type, msg);
    else
        r->stats.repeats++;
}

static bool
is_setup(uint8_t type)
{
    return type >= PAYLOAD_OPEN_REQUEST && type <= PAYLOAD_RAKP4;
}

static void
take_setup(struct remote *r, const struct rmcpp *m)
{
    if (m->sid != 0 || m->seq != 0 || m->authenticated || m->encrypted)
        remote_broke(r, "13.6: a set-up message is protected, or under a session id");
    else if (r->state != REMOTE_OPENING || !r->setup.used ||
             m->type != r->setup.type + 1)
        r->stats.repeats++;
    else
        remote_rakp_input(r, m->payload);
}

void
remote_rmcpp_input(struct remote *r, struct bytes in)
{
    static const char *const rules[] = {
        [RMCPP_SHORT] = "13.6: the session header is cut",
        [RMCPP_LENGTH] = "13.6: the payload is not as long as the session header says",
    };
    struct rmcpp m;
    enum rmcpp_err err = rmcpp_parse(in, &m);

    if (err != RMCPP_OK)
        remote_broke(r, rules[err]);
    else if (is_setup(m.type))
        take_setup(r, &m);
    else if (!r->keyed || !r->opts.rmcpp || m.sid != r->console_sid)
        r->stats.repeats++;   /* of an earlier session */
    else if (m.type == PAYLOAD_IPMI || r->on_payload != NULL)
        take_packet(r, &m);
    else
        remote_broke(r, "24.1: a payload of a type that was not activated");
}
