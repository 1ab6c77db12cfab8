/*
 * A SOL mux among packets from outside, lengths in front of them: characters
 * for the console arrive in order and once, whatever is acknowledged, and
 * nothing is taken that there was no room for.
 */
#include <stdlib.h>
#include <string.h>

#include "sim/base/rd.h"
#include "sim/lan/solmux.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

struct run {
    struct world world;
    struct solmux *mux;
    struct rd in;
    uint8_t next;             /* character for the console */
};

static void
send(void *ctx, struct bytes payload)
{
    struct sol_packet p;

    (void)ctx;
    if (!sol_parse(payload, &p))
        abort();
}

/* The host takes as many as the next octet of input says. */
static size_t
typed(void *ctx, struct bytes chars)
{
    struct run *run = ctx;
    size_t count = rd_u8(&run->in);

    return count < chars.len ? count : chars.len;
}

static void
room(void *ctx)
{
    struct run *run = ctx;
    uint8_t chars[SOLMUX_ROOM];
    size_t count = solmux_room(run->mux);

    if (count > sizeof chars)
        abort();
    for (size_t i = 0; i < count; i++)
        chars[i] = run->next++;
    if (solmux_output(run->mux, bytes_of(chars, count)) != count)
        abort();
}

static void
operate(void *ctx, uint8_t operations)
{
    (void)ctx;
    (void)operations;
}

int
LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    static const struct solmux_rules rules = { 1, 20, 3, 1 };
    struct run run = { .in = rd_of(bytes_of(at, len)) };
    struct solmux_sinks sinks = { &run, &rules, send, typed, room, operate };

    world_init(&run.world, rng_key_root(1), 0, WORLD_EPOCH_DEFAULT);
    if (solmux_new(&run.world, &sinks, &run.mux) != ST_OK)
        return 0;
    while (rd_left(&run.in) > 0) {
        size_t count = rd_u8(&run.in);

        if (count > rd_left(&run.in))
            count = rd_left(&run.in);
        (void)solmux_input(run.mux, rd_bytes(&run.in, count));
        solmux_typed_room(run.mux);
        if (solmux_room(run.mux) > 0)
            room(&run);
        world_advance(&run.world, instant_add(run.world.now, SPAN_MS(rd_u8(&run.in))));
    }
    solmux_free(run.mux);
    world_free(&run.world);
    return 0;
}
