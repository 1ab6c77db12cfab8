/*
 * toyos_impl.h - what the parts of the toy operating system share: its state,
 * and how it says something. Included by toyos*.c alone.
 */
#ifndef IPMILAB_HOST_TOYOS_IMPL_H
#define IPMILAB_HOST_TOYOS_IMPL_H

#include "sim/host/toyos.h"

#define TOYOS_NAME "host"
#define TOYOS_OUT 2048         /* characters that wait to be fetched */

enum where { AT_NOTHING, AT_BOOT, AT_SHUTDOWN, AT_SETUP, AT_LOGIN, AT_PASSWORD, AT_SHELL };

struct toyos {
    struct world *world;
    struct host *host;
    struct uart *uart;
    bool here;                 /* somebody is at the port */
    uint8_t where;             /* enum where */
    bool after_return;         /* a newline now belongs to the return before it */
    bool sysrq;                /* a break came just before */
    char user[TOYOS_LINE];
    char line[TOYOS_LINE];
    size_t line_len;
    uint8_t ahead[TOYOS_AHEAD];
    size_t ahead_len;
    bool ahead_full;           /* the port was told to wait */
    char out[TOYOS_OUT];
    size_t out_len, out_at;
    uint64_t seq_next, seq_last;   /* a listing under way while next <= last */
    instant boot_from;
    size_t boot_next;          /* row of boot_rows */
    struct timer boot;
};

/* Say it, as far as there is room and somebody is there. */
void toyos_text(struct toyos *os, const char *s, size_t len);
void toyos_say(struct toyos *os, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Ask for what comes next where it is; an empty line begins. */
void toyos_prompt(struct toyos *os);
void toyos_log_in_again(struct toyos *os);

/* No listing is under way any more. */
static inline void
toyos_stop_listing(struct toyos *os)
{
    os->seq_next = 1;
    os->seq_last = 0;
}

/* ---- toyos_boot.c ---- */

/* Somebody came while it boots: who comes late has missed the first messages. */
void toyos_watch_boot(struct toyos *os);
void toyos_on_boot(void *ctx, instant at);

/* The host told of something. */
void toyos_host_event(void *ctx, enum host_event ev, enum host_cause cause);

/* ---- toyos_shell.c ---- */

/* Carry out os->line, which ends in a zero and is written over. */
void toyos_run_line(struct toyos *os);
void toyos_exit(struct toyos *os);

#endif
