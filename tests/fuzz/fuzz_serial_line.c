/* A serial line: the first octet chooses the codec, the rest comes by the
 * line. Each request is answered with what it asked; nothing but whole
 * messages may be said. */
#include <stdlib.h>

#include "sim/serial/serial_line.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static void
answer(void *ctx, struct ipmi_req *rq)
{
    (void)ctx;
    if (rq->netfn & 1)
        abort();
    ipmi_answer(&rq->from, CC_OK, rd_rest(&rq->data));
}

static void
check(void *ctx, struct bytes chars)
{
    (void)ctx;
    if (chars.len == 0)
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    struct world world;
    struct serial_line *line;
    struct serial_line_config config = { .world = &world, .privilege = PRIV_ADMIN,
                                         .address = 0x20 };

    if (len == 0)
        return 0;
    world_init(&world, rng_key_root(1), 0, 0);
    config.codec = at[0] % 3;
    if (serial_line_new(&config, &(struct serial_line_sinks){ NULL, answer, check }, &line) ==
        ST_OK) {
        serial_line_hear(line, bytes_of(at + 1, len - 1));
        serial_line_hang_up(line);
        serial_line_hear(line, bytes_of(at + 1, len - 1));
    }
    serial_line_free(line);
    world_free(&world);
    return 0;
}
