/*
 * load.h - a load generator for BMCs: many remote consoles (sim/lan/remote)
 * on one thread, each with a UDP socket of its own.
 *
 *     load.c         options, the measured interval, the report
 *     load_loop.c    sockets, epoll, batches
 *     load_modes.c   what a worker does
 *     load_cpu.c     processor time of the server, and of crypto alone
 *
 * A benchmark's program: it stops at the first thing it does not expect.
 */
#ifndef IPMILAB_TESTS_BENCH_LOAD_H
#define IPMILAB_TESTS_BENCH_LOAD_H

#include <stdbool.h>

#include "sim/lan/remote.h"

#define LOAD_WORKERS_MAX 4096
#define LOAD_WINDOW_MAX REMOTE_PENDING_MAX
#define LOAD_DATAGRAM_MAX 1472

struct load;
struct worker;

/* One thing that workers do over and over. */
struct load_mode {
    const char *name;
    bool raw;                       /* datagrams of its own, no remote console */
    void (*go_on)(struct worker *w);   /* after anything happened to w */
    const char *counts;             /* what a count is one of */
};

struct load_opts {
    const struct load_mode *mode;
    const char *host;
    uint16_t port;
    unsigned bmcs;                  /* at ports from port on */
    unsigned workers, window;
    double seconds;                 /* of measuring; 0: until all BMCs had their turn */
    unsigned size;                  /* octets of a raw datagram */
    long pid;                       /* of the server; 0 = unknown */
    struct remote_opts remote;
};

struct worker {
    struct load *load;
    int fd;
    unsigned index;
    struct remote *remote;
    unsigned under_way;             /* requests, or raw datagrams */
    bool asked;                     /* poll: the request of this session is sent */
    bool idle;                      /* nothing left to do */
    instant heard;                  /* raw: when something came last */
    unsigned to_send;               /* raw: datagrams */
};

struct load {
    struct load_opts opts;
    struct crypto *crypto;
    struct crypto_work *work;
    struct worker *workers;
    int epoll;
    instant now;
    unsigned next_bmc;              /* that no worker has taken yet */
    bool ending;                    /* measured; sessions are to be closed */
    unsigned idle;                  /* workers with nothing left to do */
    uint64_t done;                  /* since the beginning */
    uint64_t timed_out;
};

/* ---- load_loop.c ---- */
void loop_begin(struct load *l);
void loop_end(struct load *l);

/* Let everything happen until l->now reaches until, or all are idle. */
void loop_run(struct load *l, instant until);

/* Point w at the n-th BMC. */
void loop_connect(struct worker *w, unsigned n);

/* Say why, and exit. */
void load_die(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

/* ---- load_modes.c ---- */
const struct load_mode *mode_by_name(const char *name);

/* Whether all workers are at their work, so that measuring may begin. */
bool mode_is_up(const struct load *l);

/* One raw datagram into to; its length. */
size_t mode_raw_build(const struct worker *w, uint8_t to[LOAD_DATAGRAM_MAX]);

/* ---- load_cpu.c ---- */

/* Nanoseconds of processor time that all threads of a process used; 0 when
 * that cannot be read. */
uint64_t cpu_of_process(long pid);

/* Nanoseconds that a server must spend on cryptography for one request and
 * its answer under these options: verify, decrypt, encrypt, sign. */
double cpu_of_crypto(const struct load *l);

#endif
