/*
 * stage_loop_impl.h - what the files of stage_loop.h share: stage_loop.c
 * (opening, closing, time), stage_ports.c, stage_programs.c.
 */
#ifndef IPMILAB_IO_STAGE_LOOP_IMPL_H
#define IPMILAB_IO_STAGE_LOOP_IMPL_H

#include "sim/io/child.h"
#include "sim/io/stage_loop.h"
#include "sim/io/udp.h"

/* Signals that end this process, and our programs with it. */
#define STAGE_SIGNALS 3

/* The socket of a BMC of the lab (lan), or of a console before one outside. */
struct stage_socket {
    struct stage_socket *next;
    struct chassis_unit *unit;
    struct lan *lan;                  /* NULL: of a console */
    void *socket;
};

struct stage_program {
    uint32_t id;                      /* 0: the slot is free */
    struct child *child;
};

struct outside_world {
    uv_loop_t uv;
    uv_timer_t timer;
    uv_signal_t signals[STAGE_SIGNALS];
    struct stage *stage;
    struct stage_driver driver;
    uint64_t began_ns;                /* the clock at the stage's instant 0 */
    bool hurried, happened;           /* happened: something outside, just now */
    unsigned late;

    struct udp_hub *hub;
    struct stage_socket *sockets;

    const char *within;
    char *folder;
    struct stage_program programs[STAGE_LOOP_PROGRAMS_MAX];
    uint32_t started;

    bool adopted_before;
    void (*sigpipe_before)(int);
};

/* The instant that it is outside. */
instant stage_loop_now(const struct outside_world *w);

/* ---- stage_ports.c ---- */
enum status stage_ports_open(struct outside_world *w);
void stage_ports_close(struct outside_world *w);
enum status stage_ports_listen(struct outside_world *w, struct chassis_unit *unit,
                               struct lan *lan, const char *host, uint16_t port,
                               struct peer *bound);
void stage_ports_unlisten(struct outside_world *w, struct lan *lan);
enum status stage_ports_call(struct outside_world *w, const struct peer *to, void **endpoint);
void stage_ports_hang_up(struct outside_world *w, void *endpoint);

/* ---- stage_programs.c ---- */
bool stage_programs_find(const struct outside_setup *setup, const char *name, char *to,
                         size_t size);
void stage_programs_path(char *to, size_t size);
enum status stage_programs_start(struct outside_world *w, const struct outside_program *p,
                                 uint32_t *id);
bool stage_programs_state(const struct outside_world *w, uint32_t id,
                          struct outside_state *out);
bool stage_programs_take(struct outside_world *w, uint32_t id, bool *errors,
                         struct bytes *octets);
enum status stage_programs_write(struct outside_world *w, uint32_t id, struct bytes octets);
void stage_programs_close_input(struct outside_world *w, uint32_t id);
bool stage_programs_signal(struct outside_world *w, uint32_t id, int signal);
void stage_programs_limit(struct outside_world *w, uint32_t id, instant span);
void stage_programs_drop(struct outside_world *w, uint32_t id);
bool stage_programs_run(const struct outside_world *w);
const char *stage_programs_folder(struct outside_world *w);

/* End all, with all that they left behind. */
void stage_programs_end(struct outside_world *w);

#endif
