/*
 * lab.h - one simulated world: a seed, an epoch, any number of chassis.
 *
 * Several labs live in one process and never meet. A lab keeps its chassis'
 * deadlines in order, so that advancing it costs what happens, not what
 * exists. All of one lab is driven by one thread at a time.
 */
#ifndef IPMILAB_LAB_LAB_H
#define IPMILAB_LAB_LAB_H

#include "sim/host/uart.h"
#include "sim/lab/chassis_unit.h"
#include "sim/lab/recorder.h"

struct lab;

struct lab_opts {
    uint64_t seed;
    bool system_entropy;          /* root_key is used instead of the seed */
    struct rng_key root_key;
    uint64_t epoch_s;             /* 0 = WORLD_EPOCH_DEFAULT */
    const struct mc_backing *backing;
    size_t outbox;                /* datagrams between two emptyings; 0 = 1024 */
};

enum status lab_new(const struct lab_opts *opts, struct lab **out);
void lab_free(struct lab *lab);

/*
 * Make a chassis from a description (a reference is taken). index tells
 * several of one description apart: 0 is exactly as described, others get
 * GUID, MAC and serial numbers of their own. Its key hangs on the
 * description's name and index alone, so a BMC behaves the same whichever
 * process or lab of that seed it lives in.
 */
enum status lab_add(struct lab *lab, struct description *d, uint32_t index,
                    struct chassis_unit **out);

uint32_t lab_count(const struct lab *lab);
struct chassis_unit *lab_unit(struct lab *lab, uint32_t n);
struct outbox *lab_outbox(struct lab *lab);

/* What its controllers share of OEM commands: rows to be added for all of
 * them, and who is told of PEF's OEM actions (sim/mc/oem_library.h). */
struct oem_library *lab_oem(struct lab *lab);

/* Who listens to every link of the lab; NULL = nobody. Borrowed. */
void lab_set_tap(struct lab *lab, const struct tap *tap);

/* Who is told of all that reaches the lab from outside; NULL = nobody. */
void lab_set_recorder(struct lab *lab, lab_record_fn *record, void *ctx);

/* Who is told what its controllers do (sim/mc/watch.h); NULL = nobody.
 * Borrowed. */
void lab_set_watch(struct lab *lab, const struct mc_watch *watch);

/* Fire timers of all chassis up to an instant, in order of (instant, chassis
 * number). The driver empties the outbox often enough: lab_advance() stops
 * early, and returns false, when it is three quarters full. */
bool lab_advance(struct lab *lab, instant to);
instant lab_deadline(const struct lab *lab);
instant lab_now(const struct lab *lab);

/* A datagram for a unit's LAN at an instant; timers due by then, of all
 * chassis, fire first, however full the outbox. */
void lab_input(struct lab *lab, struct chassis_unit *unit, struct lan *lan, instant now,
               const struct peer *from, struct bytes datagram);

/* Do whatever what does to a unit now, timers due before first: a character
 * for its host's serial port, and the like. */
void lab_do(struct lab *lab, struct chassis_unit *unit, instant now, void (*what)(void *ctx),
            void *ctx);

/* Do an action on a unit now, timers due before first. */
enum status lab_act(struct lab *lab, struct chassis_unit *unit, instant now,
                    const struct lab_action *a);

/*
 * Plug a program outside into the serial port of a unit's host (end is
 * copied), and out again if it is still there. ST_MISSING: it has no port;
 * ST_NOMEM.
 */
enum status lab_plug(struct lab *lab, struct chassis_unit *unit, const struct uart_end *end);
void lab_unplug(struct lab *lab, struct chassis_unit *unit, const void *ctx);

/* That program has something to say now; can take more. */
void lab_speak(struct lab *lab, struct chassis_unit *unit, instant now);
void lab_listen(struct lab *lab, struct chassis_unit *unit, instant now);

#endif
