/*
 * uart.h - the host's serial port: a byte stream between the host and
 * whoever is at the far end, at the pace of its bit rate.
 *
 * At the host's end sits one uart_end: the lab's own toy operating system
 * (toyos.h), or whatever else was plugged in. At the far end is nobody, or
 * one uart_far: the BMC with its Serial over LAN. Nobody at the far end hears
 * everything and says nothing.
 *
 * The port itself keeps no characters: the host's are fetched when the far
 * end has room and their time on the wire has passed; those for the host are
 * passed on as far as its wire is free and it takes them. Who could not give
 * all is told when it is worth trying again. So nothing is lost between the
 * two however slow either is. Ten bits are a character. Characters cross in
 * bursts of what UART_BURST allows, so that a busy line costs few events.
 *
 * All calls are made at the world's present instant. Nothing allocates but
 * uart_new().
 */
#ifndef IPMILAB_HOST_UART_H
#define IPMILAB_HOST_UART_H

#include <stdbool.h>

#include "sim/base/bytes.h"
#include "sim/base/status.h"
#include "sim/engine/world.h"

#define UART_RATE_DEFAULT 115200u
#define UART_BURST SPAN_MS(5)
#define UART_BURST_MAX 64          /* characters */

/* What the far end does to the port's other wires. */
enum uart_signal {
    UART_CARRIER,                  /* DCD and DSR: on while somebody is there */
    UART_BREAK,                    /* a break, once; on is true */
    UART_RING,                     /* RI, once */
};

struct uart_end {
    void *ctx;
    /* What the host wants to send next, up to room octets: how many. 0: it
     * calls uart_speak() when it has something. */
    size_t (*say)(void *ctx, uint8_t *to, size_t room);
    /* Characters for the host: how many it takes. When not all, it calls
     * uart_listen() once it can take more. */
    size_t (*hear)(void *ctx, struct bytes chars);
    void (*signal)(void *ctx, enum uart_signal what, bool on);   /* may be NULL */
};

struct uart_far {
    void *ctx;
    size_t (*room)(void *ctx);     /* characters it can take now; uart_far_room() later */
    void (*take)(void *ctx, struct bytes chars);
    void (*more)(void *ctx);       /* uart_send() may be tried again */
    void (*host_break)(void *ctx);
};

struct uart;

/* Nothing plugged in, nobody at the far end. */
enum status uart_new(struct world *world, struct uart **out);
void uart_free(struct uart *uart);

/* Bits a second; not 0. */
void uart_set_rate(struct uart *uart, uint32_t bits_s);
uint32_t uart_rate(const struct uart *uart);

/* ---- the host's end ---- */

/* Plug in what is the host from now on (copied); NULL = nothing. */
void uart_plug(struct uart *uart, const struct uart_end *end);

/* What is plugged in has this ctx. */
bool uart_has(const struct uart *uart, const void *ctx);

/* The host has something to say; can take more. */
void uart_speak(struct uart *uart);
void uart_listen(struct uart *uart);

void uart_send_break(struct uart *uart);

/* Somebody is there: what UART_CARRIER said last. */
bool uart_carrier(const struct uart *uart);

/* ---- the far end ---- */

/* Be the far end (copied), with carrier on. False: somebody is it already. */
bool uart_connect(struct uart *uart, const struct uart_far *far);
void uart_disconnect(struct uart *uart);

/* Send characters to the host: how many it took. */
size_t uart_send(struct uart *uart, struct bytes chars);

/* The far end has room again. */
void uart_far_room(struct uart *uart);

/* CTS: while paused the host sends nothing. */
void uart_pause(struct uart *uart, bool paused);

void uart_signal(struct uart *uart, enum uart_signal what, bool on);

#endif
