/*
 * stage.h - what a scenario plays on: one lab, remote consoles wired to it,
 * and one clock for all of them.
 *
 * In virtual time the stage jumps from event to event. Once outside programs
 * take part, a driver (below; the shell around the core provides it) waits
 * for real time to pass and hands datagrams in; the lab cannot tell the two
 * apart.
 *
 * A console stands at an address of its own (192.0.2.0/24 and up, which no
 * real network has), so that what the lab sends to it never leaves the
 * stage. Both directions cross the LAN's own link: faults strike and taps see
 * them. At one instant the lab's timers come first, then the consoles' in
 * the order of their making; a datagram arrives at the instant it was sent.
 *
 * There are consoles before a BMC outside as well: what they send the driver
 * carries there, what it answers the driver gives back. They need real time.
 *
 * Nothing of the stage is shared with another; there may be many.
 */
#ifndef IPMILAB_LUA_STAGE_H
#define IPMILAB_LUA_STAGE_H

#include "sim/lab/lab.h"
#include "sim/lan/remote_sol.h"

#define STAGE_CONSOLES_MAX 4096
#define STAGE_INBOX_MAX    256      /* datagrams waiting at a raw console */
#define STAGE_HEARD_MAX    65536    /* characters of a host waiting at a console */

struct stage;
struct stage_console;

/* How real time comes in. All are called from within stage_step(). */
struct stage_driver {
    void *ctx;
    /* Wait until an instant at the latest, give datagrams in by
     * stage_datagram(), and return the instant it is now. */
    instant (*wait)(void *ctx, instant until);
    /* Send a datagram that is for the outside, of the lab's or of a console's:
     * by the endpoint that lan_set_endpoint() or stage_console_call() named. */
    void (*send)(void *ctx, const struct outbox_entry *e);
};

struct stage_opts {
    uint64_t seed;
    uint64_t epoch_s;               /* 0 = WORLD_EPOCH_DEFAULT */
    const struct tap *tap;          /* or NULL; borrowed */
    const struct mc_backing *backing;
};

enum status stage_new(const struct stage_opts *opts, struct stage **out);
void stage_free(struct stage *s);

struct lab *stage_lab(struct stage *s);

/* Another tap; borrowed. */
void stage_set_tap(struct stage *s, const struct tap *tap);
instant stage_now(const struct stage *s);

/* What its consoles use, for who makes packets by hand. */
const struct crypto *stage_crypto(const struct stage *s);

/* Put a chassis in (a reference to the description is taken). Its LANs are
 * shown as the address that they have, port 623. */
enum status stage_add(struct stage *s, struct description *d, uint32_t index,
                      struct chassis_unit **out);

/* Time is real from now on; NULL: virtual again. Borrowed. */
void stage_drive(struct stage *s, const struct stage_driver *driver);
bool stage_is_real(const struct stage *s);

/* Who is told of each datagram from outside before the lab is; NULL: nobody.
 * Borrowed. */
struct stage_ear {
    void *ctx;
    void (*datagram)(void *ctx, struct chassis_unit *unit, const struct lan *lan,
                     instant now, const struct peer *from, struct bytes datagram);
    void (*answer)(void *ctx, const void *endpoint, instant now, const struct peer *from,
                   struct bytes datagram);
};
void stage_listen(struct stage *s, const struct stage_ear *ear);

/* The driver has a socket for a LAN of a unit: its mark. NULL: no more. */
void stage_open_lan(struct stage *s, struct chassis_unit *unit, const struct lan *lan,
                    void *endpoint);

/* A datagram from outside, at an instant that has come. What is due up to then
 * happens first, each at its own instant. */
void stage_datagram(struct stage *s, struct chassis_unit *unit, struct lan *lan, instant now,
                    const struct peer *from, struct bytes datagram);

/*
 * Let time pass: to the next thing that is due, at most to an instant.
 * Returns the instant it is then. Without anything due before, time stands
 * at until (which is not INSTANT_NEVER then: that is the caller's mistake).
 */
instant stage_step(struct stage *s, instant until);

/* When the next thing is due; INSTANT_NEVER: nothing is. */
instant stage_deadline(const struct stage *s);

/*
 * Carry what waits in either direction until nothing does. To be called after
 * anything was done to the lab or a console from outside stage_step().
 */
void stage_settle(struct stage *s);

/* Do not carry anything until released as often: the lab is in the midst of
 * something. */
void stage_hold(struct stage *s);
void stage_release(struct stage *s);

/*
 * A console at an address of its own, before one LAN of a unit. opts without
 * crypto and key, which the stage gives; NULL: one that sends and receives
 * datagrams as they are. ST_FULL, ST_NOMEM, ST_INVALID.
 */
enum status stage_console_new(struct stage *s, struct chassis_unit *unit, struct lan *lan,
                              const struct remote_opts *opts, struct stage_console **out);
void stage_console_free(struct stage *s, struct stage_console *c);

/*
 * A console before a BMC outside, at that address; the endpoint is the
 * driver's mark for its socket. Its datagrams are shown to the tap as of port
 * 623, so that dissectors know them.
 */
enum status stage_console_call(struct stage *s, const struct peer *to, void *endpoint,
                               const struct remote_opts *opts, struct stage_console **out);

/* A datagram for the console whose endpoint that is. From another address than
 * the BMC's it is dropped. */
void stage_answer(struct stage *s, const void *endpoint, instant now, const struct peer *from,
                  struct bytes datagram);

/* The driver's mark of a console before the outside; NULL for others. */
void *stage_console_endpoint(const struct stage_console *c);

/* Its remote; NULL for a raw one. */
struct remote *stage_console_remote(struct stage_console *c);
const struct peer *stage_console_address(const struct stage_console *c);

/*
 * Serial over LAN in the open session of one that has a remote: begin it, and
 * what stands for it then (NULL: none). What the host says is kept until it is
 * taken, and acknowledged as far as it is: at most accept_max characters of
 * each packet (SIZE_MAX: all), and as many as there is room for. An earlier
 * one is over; ST_EXISTS while that is being activated, else as
 * remote_sol_new().
 */
enum status stage_sol_begin(struct stage *s, struct stage_console *c,
                            const struct remote_sol_opts *opts);
struct remote_sol *stage_sol(const struct stage_console *c);
void stage_sol_accept(struct stage_console *c, size_t accept_max);
size_t stage_sol_take(struct stage_console *c, char *to, size_t size);

/* Keep what arrives at one that has a remote, too, to be taken as at a raw one. */
void stage_console_listen(struct stage_console *c);

/* A raw one: send; and take the oldest datagram that arrived, copied to to
 * (size octets of room). Returns its length, 0 when there is none. */
void stage_console_send(struct stage *s, struct stage_console *c, struct bytes datagram);
size_t stage_console_take(struct stage_console *c, void *to, size_t size);
size_t stage_console_waiting(const struct stage_console *c);

#endif
