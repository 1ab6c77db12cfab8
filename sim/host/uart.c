#include "sim/host/uart.h"

#include <assert.h>
#include <stdlib.h>

#define BITS_PER_CHAR 10u

struct uart {
    struct world *world;
    struct uart_end end;       /* all NULL: nothing is plugged in */
    struct uart_far far;       /* all NULL: nobody */
    uint32_t rate;
    bool paused, carrier;
    bool quiet;                /* the host had nothing to say */
    instant free_at;           /* the wire to the host */
    struct timer out, in;      /* the next burst from the host; the wire to it is free */
};

static instant
span_of(const struct uart *uart, size_t chars)
{
    return SPAN_S(1) * BITS_PER_CHAR * chars / uart->rate;
}

/* Characters that cross at once. */
static size_t
burst(const struct uart *uart)
{
    size_t chars = (size_t)(UART_BURST / span_of(uart, 1));

    if (chars > UART_BURST_MAX)
        return UART_BURST_MAX;
    return chars ? chars : 1;
}

static void
arm(struct uart *uart, struct timer *t, instant span)
{
    (void)timeline_arm(&uart->world->timeline, t, instant_add(uart->world->now, span));
}

/* ---- from the host ---- */

/* Fetch what is sent next, unless something is on the wire. */
static void
begin_out(struct uart *uart)
{
    if (!uart->paused && !uart->quiet && uart->end.say != NULL && !timer_armed(&uart->out))
        arm(uart, &uart->out, span_of(uart, 1));
}

static void
on_out(void *ctx, instant at)
{
    struct uart *uart = ctx;
    uint8_t chars[UART_BURST_MAX];
    size_t count = burst(uart);

    (void)at;
    if (uart->paused || uart->end.say == NULL)
        return;
    if (uart->far.room != NULL) {
        size_t room = uart->far.room(uart->far.ctx);

        if (room == 0)
            return;            /* until uart_far_room() */
        count = room < count ? room : count;
    }
    uart->quiet = true;        /* unless it speaks up meanwhile */
    count = uart->end.say(uart->end.ctx, chars, count);
    if (count == 0)
        return;
    uart->quiet = false;
    arm(uart, &uart->out, span_of(uart, count));
    if (uart->far.take != NULL)
        uart->far.take(uart->far.ctx, bytes_of(chars, count));
}

void
uart_speak(struct uart *uart)
{
    uart->quiet = false;
    begin_out(uart);
}

void
uart_far_room(struct uart *uart)
{
    begin_out(uart);
}

void
uart_pause(struct uart *uart, bool paused)
{
    uart->paused = paused;
    begin_out(uart);
}

void
uart_send_break(struct uart *uart)
{
    if (uart->far.host_break != NULL)
        uart->far.host_break(uart->far.ctx);
}

/* ---- to the host ---- */

static void
on_in(void *ctx, instant at)
{
    struct uart *uart = ctx;

    (void)at;
    if (uart->far.more != NULL)
        uart->far.more(uart->far.ctx);
}

size_t
uart_send(struct uart *uart, struct bytes chars)
{
    size_t count = burst(uart), taken;

    if (uart->end.hear == NULL)
        return chars.len;
    if (uart->world->now < uart->free_at) {
        (void)timeline_arm(&uart->world->timeline, &uart->in, uart->free_at);
        return 0;
    }
    count = chars.len < count ? chars.len : count;
    taken = uart->end.hear(uart->end.ctx, bytes_of(chars.at, count));
    assert(taken <= count);
    uart->free_at = instant_add(uart->world->now, span_of(uart, taken));
    if (taken == count && taken < chars.len)
        (void)timeline_arm(&uart->world->timeline, &uart->in, uart->free_at);
    return taken;
}

void
uart_listen(struct uart *uart)
{
    if (!timer_armed(&uart->in))
        arm(uart, &uart->in, 0);
}

/* ---- who is there ---- */

void
uart_signal(struct uart *uart, enum uart_signal what, bool on)
{
    if (what == UART_CARRIER) {
        if (uart->carrier == on)
            return;
        uart->carrier = on;
    }
    if (uart->end.signal != NULL)
        uart->end.signal(uart->end.ctx, what, on);
}

bool
uart_carrier(const struct uart *uart)
{
    return uart->carrier;
}

bool
uart_connect(struct uart *uart, const struct uart_far *far)
{
    if (uart->far.take != NULL)
        return false;
    uart->far = *far;
    uart->paused = false;
    uart_signal(uart, UART_CARRIER, true);
    begin_out(uart);
    return true;
}

void
uart_disconnect(struct uart *uart)
{
    uart->far = (struct uart_far){ 0 };
    uart->paused = false;
    timeline_disarm(&uart->world->timeline, &uart->in);
    uart_signal(uart, UART_CARRIER, false);
    begin_out(uart);
}

void
uart_plug(struct uart *uart, const struct uart_end *end)
{
    uart->end = end != NULL ? *end : (struct uart_end){ 0 };
    uart->quiet = false;
    timeline_disarm(&uart->world->timeline, &uart->out);
    if (uart->carrier && uart->end.signal != NULL)
        uart->end.signal(uart->end.ctx, UART_CARRIER, true);
    begin_out(uart);
    uart_listen(uart);
}

bool
uart_has(const struct uart *uart, const void *ctx)
{
    return uart->end.ctx == ctx;
}

enum status
uart_new(struct world *world, struct uart **out)
{
    struct uart *uart = calloc(1, sizeof *uart);

    if (uart == NULL)
        return ST_NOMEM;
    uart->world = world;
    uart->rate = UART_RATE_DEFAULT;
    timer_init(&uart->out, TIMER_WIRE, on_out, uart);
    timer_init(&uart->in, TIMER_WIRE, on_in, uart);
    *out = uart;
    return ST_OK;
}

void
uart_free(struct uart *uart)
{
    if (uart == NULL)
        return;
    timeline_disarm(&uart->world->timeline, &uart->out);
    timeline_disarm(&uart->world->timeline, &uart->in);
    free(uart);
}

void
uart_set_rate(struct uart *uart, uint32_t bits_s)
{
    assert(bits_s != 0);
    uart->rate = bits_s;
}

uint32_t
uart_rate(const struct uart *uart)
{
    return uart->rate;
}
