/*
 * What the outside gave a scenario, as a trace has it: whatever it is, a world
 * made of it answers all that a play asks, in the log's order and in another,
 * and comes to an end.
 */
#include "lua/outside_replay.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ask for what is next in the log; the rest of the play is left out. */
static void
ask(const struct outside_ops *ops, const struct outside_setup *setup, struct outside_world *w,
    const struct stage_driver *driver, enum outside_code code)
{
    static const struct outside_program nothing;
    struct outside_state state;
    struct peer peer = { .family = PEER_IPV4 };
    struct bytes octets;
    char text[64];
    void *endpoint;
    uint32_t id;
    bool errors;

    switch (code) {
    case OUTSIDE_FIND: (void)ops->find(setup, "x", text, sizeof text); break;
    case OUTSIDE_RESOLVED: (void)ops->resolve(setup, "x", 1, &peer); break;
    case OUTSIDE_HOST: ops->host_text(setup, &peer, text, sizeof text); break;
    case OUTSIDE_IDLE: case OUTSIDE_BUSY: (void)ops->busy(w); break;
    case OUTSIDE_FOLDER: (void)ops->folder(w); break;
    case OUTSIDE_STARTED: (void)ops->start(w, &nothing, &id); break;
    case OUTSIDE_RUNS: case OUTSIDE_STATE: (void)ops->state(w, 1, &state); break;
    case OUTSIDE_SILENT: case OUTSIDE_TOOK: (void)ops->take(w, 1, &errors, &octets); break;
    case OUTSIDE_WROTE: (void)ops->write(w, 1, bytes_of(NULL, 0)); break;
    case OUTSIDE_SIGNALLED: (void)ops->signal(w, 1, 9); break;
    case OUTSIDE_CALLED: (void)ops->call(w, &peer, &endpoint); break;
    case OUTSIDE_DRIVES: (void)ops->drive(w, OUTSIDE_REAL); break;
    default: (void)driver->wait(driver->ctx, 1000); break;
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct stage_opts opts = { .seed = 1 };
    struct outside_replay r;
    const struct outside_ops *ops;
    struct outside_world *w;
    struct stage *stage;

    outside_replay(&r, bytes_of(data, size), NULL);
    ops = r.setup.ops;
    if (stage_new(&opts, &stage) != ST_OK)
        return 0;
    if (ops->open(&r.setup, stage, &w) == ST_OK) {
        struct outside_reader log = r.log;
        const struct stage_driver *driver = ops->drive(w, OUTSIDE_REAL);

        if (r.parted) {              /* the log does not begin with that: it need not */
            r.log = log;
            r.parted = false;
        }
        while (!r.parted && r.log.left.len != 0 && !r.log.bad)
            ask(ops, &r.setup, w, driver, outside_read_peek(&r.log));
        for (int code = OUTSIDE_OPEN; code < OUTSIDE_CODES; code++)
            ask(ops, &r.setup, w, driver, (enum outside_code)code);
        ops->close(w);
    }
    stage_free(stage);
    return 0;
}
