/*
 * A remote console whose BMC is not to be trusted. The input is
 *
 *     kind, mode, then
 *     mode even: datagrams that arrive, each after its length octet, at a
 *                console that is idle, opening or open (mode / 2 modulo 3)
 *     mode odd:  pairs (at, flip): the n-th datagram of a real BMC arrives
 *                with octet at, modulo its length, XORed with flip; later ones
 *                unharmed
 *
 * Whatever comes, nothing crashes, every request ends exactly once, and the
 * console comes to rest.
 */
#include <stdlib.h>
#include <string.h>

#include "sim/base/rd.h"
#include "tests/lib/lanpair.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define SUITES 18
#define REQUESTS 4

static const struct peer console = { .addr = { 127, 0, 0, 1 }, .port = 40000,
                                     .family = PEER_IPV4 };

static struct remote *
make_remote(const struct lanpair *p, uint8_t kind)
{
    static const uint8_t auth_types[] = { 0, 1, 2, 4 };
    struct remote_opts opts = lanpair_console(p);
    struct remote *r;

    kind = (uint8_t)(kind % (SUITES + sizeof auth_types));
    opts.rmcpp = kind < SUITES;
    opts.suite = kind;
    opts.auth_type = kind < SUITES ? 0 : auth_types[kind - SUITES];
    if (remote_new(&opts, &r) != ST_OK)
        abort();
    return r;
}

static void
count_end(void *ctx, bool timed_out, uint8_t cc, struct bytes answer)
{
    (void)timed_out;
    (void)cc;
    (void)answer;
    ++*(unsigned *)ctx;
}

static void
ask(struct lanpair *p, struct remote *r, unsigned *ends)
{
    for (unsigned i = 0; i < REQUESTS; i++)
        if (!remote_request(r, p->world.now, LANPAIR_ECHO_NETFN, LANPAIR_ECHO_CMD,
                            bytes_of("echo", i), count_end, ends))
            abort();
}

/* ---- datagrams from nowhere ---- */

static void
feed(struct lanpair *p, struct remote *r, unsigned stage, struct rd *in)
{
    struct bytes d;

    if (stage == 1)
        remote_open(r, 0);
    if (stage == 2)
        lanpair_open(p, r);
    while (remote_output(r, &d))
        ;
    while (rd_left(in) != 0) {
        size_t len = rd_u8(in);

        remote_input(r, p->world.now, rd_bytes(in, len < rd_left(in) ? len : rd_left(in)));
        while (remote_output(r, &d))
            ;
    }
}

/* ---- a real BMC, damaged ---- */

static void
give_damaged(struct lanpair *p, struct remote *r, struct rd *in)
{
    for (size_t i = 0; i < outbox_count(p->out); i++) {
        struct bytes d = outbox_at(p->out, i)->bytes;
        uint8_t room[OUTBOX_DATAGRAM_MAX];

        memcpy(room, d.at, d.len);
        if (rd_left(in) >= 2) {
            size_t at = rd_u8(in) % d.len;

            room[at] ^= rd_u8(in);
        }
        remote_input(r, p->world.now, bytes_of(room, d.len));
    }
    outbox_clear(p->out);
}

static void
run_damaged(struct lanpair *p, struct remote *r, struct rd *in)
{
    struct bytes d;

    while (remote_deadline(r) != INSTANT_NEVER) {
        while (remote_output(r, &d))
            lan_input(p->lan, &console, d);
        if (outbox_count(p->out) != 0) {
            give_damaged(p, r, in);
            continue;
        }
        world_advance(&p->world, remote_deadline(r));
        remote_expire(r, p->world.now);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct rd in = rd_of(bytes_of(data, size));
    uint8_t kind = rd_u8(&in), mode = rd_u8(&in);
    struct lanpair pair;
    struct remote *r;
    unsigned ends = 0;

    if (in.bad)
        return 0;
    lanpair_begin(&pair, 1);
    r = make_remote(&pair, kind);
    if (mode % 2 == 0) {
        feed(&pair, r, mode / 2 % 3, &in);
        ask(&pair, r, &ends);
    } else {
        remote_open(r, 0);
        run_damaged(&pair, r, &in);
        ask(&pair, r, &ends);
        run_damaged(&pair, r, &in);
    }
    remote_close(r, pair.world.now);
    run_damaged(&pair, r, &in);
    if (ends != REQUESTS || remote_state(r) != REMOTE_CLOSED)
        abort();
    remote_free(r);
    lanpair_end(&pair);
    return 0;
}
