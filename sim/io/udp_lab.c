#include "sim/io/udp_lab.h"

static instant
arrived(void *ctx)
{
    struct loop *loop = ctx;
    instant now = loop_now(loop);

    while (!lab_advance(loop_lab(loop), now))
        loop_flush(loop);
    return now;
}

static void
input(void *ctx, const struct udp_end *end, instant now, const struct peer *from,
      struct bytes datagram)
{
    lab_input(loop_lab(ctx), end->unit, end->lan, now, from, datagram);
}

static void
settle(void *ctx)
{
    loop_settle(ctx);
}

static void
flush(void *ctx, struct outbox *ob)
{
    udp_hub_flush(ctx, ob);
}

enum status
udp_lab_new(struct loop *loop, struct udp_hub **out)
{
    const struct udp_user user = { loop, loop_uv(loop), arrived, input, settle };
    enum status st = udp_hub_new(&user, out);

    if (st == ST_OK)
        loop_on_flush(loop, flush, *out);
    return st;
}

void
udp_lab_free(struct loop *loop, struct udp_hub *hub)
{
    if (hub == NULL)
        return;
    loop_on_flush(loop, NULL, NULL);
    udp_hub_free(hub);
}
