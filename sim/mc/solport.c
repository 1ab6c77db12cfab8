#include "sim/mc/solport.h"

#include <stdlib.h>

#include "sim/host/uart.h"
#include "sim/mc/mc_parts.h"
#include "sim/wire/rmcpp.h"

#define RATE_CODE_BITS 0x0f

struct solport {
    struct solport_config config[MC_LANS_MAX];
    struct solmux *mux;        /* while somebody has the console: */
    uint32_t session;
    uint8_t channel, instance;
    bool encrypt, authenticate;
};

static const struct solport_config factory = {
    .enable = 1,
    .protection = PRIV_OPERATOR,
    .rules = { .accumulate = 10, .threshold = 96, .retries = 7, .retry_interval = 50 },
    .rate = SOLPORT_RATE_LAST,
    .rate_now = SOLPORT_RATE_LAST,
};

const struct solport_config *
solport_config(const struct mc *mc, unsigned lan)
{
    return mc->sol != NULL ? &mc->sol->config[lan] : &factory;
}

static struct solport *
own(struct mc *mc)
{
    if (mc->sol != NULL)
        return mc->sol;
    mc->sol = calloc(1, sizeof *mc->sol);
    for (unsigned i = 0; mc->sol != NULL && i < MC_LANS_MAX; i++)
        mc->sol->config[i] = factory;
    return mc->sol;
}

struct solport_config *
solport_own_config(struct mc *mc, unsigned lan)
{
    struct solport *sol = own(mc);

    return sol != NULL ? &sol->config[lan] : NULL;
}

/* ---- between the port and the session ---- */

static struct uart *
port_of(const struct mc *mc)
{
    return host_uart(mc->opts.host);
}

static bool
powered(const struct mc *mc)
{
    return host_power_good(mc->opts.host);
}

static void
send(void *ctx, struct bytes payload)
{
    struct mc *mc = ctx;
    const struct solport *sol = mc->sol;

    (void)lan_payload_send(mc_lan_of(mc, sol->channel), sol->session, PAYLOAD_SOL, payload,
                           sol->encrypt, sol->authenticate);
}

static size_t
typed(void *ctx, struct bytes chars)
{
    struct mc *mc = ctx;

    return powered(mc) ? uart_send(port_of(mc), chars) : chars.len;
}

static void
room(void *ctx)
{
    uart_far_room(port_of(ctx));
}

static void
operate(void *ctx, uint8_t operations)
{
    struct uart *port = port_of(ctx);

    uart_pause(port, operations & SOL_PAUSE);
    uart_signal(port, UART_CARRIER, !(operations & SOL_HANG_UP));
    if (operations & SOL_RING)
        uart_signal(port, UART_RING, true);
    if (operations & SOL_BREAK)
        uart_signal(port, UART_BREAK, true);
}

static size_t
far_room(void *ctx)
{
    const struct mc *mc = ctx;

    return solmux_room(mc->sol->mux);
}

static void
far_take(void *ctx, struct bytes chars)
{
    struct mc *mc = ctx;

    (void)solmux_output(mc->sol->mux, chars);
}

static void
far_more(void *ctx)
{
    struct mc *mc = ctx;

    solmux_typed_room(mc->sol->mux);
}

static void
far_break(void *ctx)
{
    struct mc *mc = ctx;

    solmux_break(mc->sol->mux);
}

static void
host_event(void *ctx, enum host_event ev, enum host_cause cause)
{
    struct solport *const *sol = ctx;

    (void)cause;
    if (ev == HOST_EVENT_POWERED_ON || ev == HOST_EVENT_POWERED_OFF)
        solmux_set_available((*sol)->mux, ev == HOST_EVENT_POWERED_ON);
}

/* ---- begin and end ---- */

static uint32_t
bits_per_second(uint8_t code)
{
    static const uint32_t rates[] = { 9600, 19200, 38400, 57600, 115200 };

    if (code < SOLPORT_RATE_FIRST || code > SOLPORT_RATE_LAST)
        return UART_RATE_DEFAULT;
    return rates[code - SOLPORT_RATE_FIRST];
}

static void
set_rate(struct mc *mc, unsigned lan)
{
    uint8_t code = solport_config(mc, lan)->rate_now & RATE_CODE_BITS;

    if (code == SOLPORT_RATE_OF_SERIAL)
        code = serial_rate(mc);
    uart_set_rate(port_of(mc), bits_per_second(code));
}

/* Open the way between session and port. Its host listener is known by the
 * place of mc->sol. */
static enum status
connect_port(struct mc *mc, unsigned lan)
{
    struct solport *sol = mc->sol;
    struct solmux_sinks sinks = {
        .ctx = mc, .rules = &sol->config[lan].rules, .send = send, .typed = typed,
        .room = room, .operate = operate,
    };
    struct uart_far far = { mc, far_room, far_take, far_more, far_break };
    struct host_listener listener = { host_event, &mc->sol };
    enum status st;

    if (port_of(mc) == NULL)
        return ST_NOMEM;
    st = solmux_new(mc->world, &sinks, &sol->mux);
    if (st != ST_OK)
        return st;
    st = host_listen(mc->opts.host, &listener);
    if (st != ST_OK) {
        solmux_free(sol->mux);
        sol->mux = NULL;
        return st;
    }
    set_rate(mc, lan);
    if (!powered(mc))
        solmux_begin_unavailable(sol->mux);
    (void)uart_connect(port_of(mc), &far);
    return ST_OK;
}

enum ipmi_cc
solport_activate(struct mc *mc, const struct solport_start *start)
{
    struct solport *sol = own(mc);
    int lan = mc_lan_index(mc, start->channel);

    if (sol == NULL)
        return CC_NO_SPACE;
    if (sol->mux != NULL)
        return sol->session == start->session ? CC_OK : CC_CMD_80;
    sol->session = start->session;
    sol->channel = start->channel;
    sol->instance = start->instance;
    sol->encrypt = start->encrypt;
    sol->authenticate = start->authenticate;
    if (connect_port(mc, (unsigned)lan) != ST_OK)
        return CC_NO_SPACE;
    (void)lan_payload_protect(mc->lans[lan], start->session, PAYLOAD_SOL, start->encrypt,
                              start->authenticate);
    serial_sol_began(mc);
    return CC_OK;
}

bool
solport_deactivate(struct mc *mc, uint32_t asker)
{
    struct solport *sol = mc->sol;
    struct solmux *mux = sol != NULL ? sol->mux : NULL;

    if (mux == NULL)
        return false;
    host_unlisten(mc->opts.host, &mc->sol);
    uart_disconnect(port_of(mc));
    if (sol->session != asker)
        solmux_end(mux);
    (void)lan_payload_protect(mc_lan_of(mc, sol->channel), sol->session, PAYLOAD_SOL, true,
                              true);
    sol->mux = NULL;
    sol->session = 0;
    solmux_free(mux);
    serial_sol_ended(mc);
    return true;
}

uint32_t
solport_owner(const struct mc *mc, uint8_t instance)
{
    const struct solport *sol = mc->sol;

    return sol != NULL && sol->mux != NULL && sol->instance == instance ? sol->session : 0;
}

const struct solmux_stats *
solport_stats(const struct mc *mc)
{
    return mc->sol != NULL && mc->sol->mux != NULL ? solmux_stats(mc->sol->mux) : NULL;
}

void
solport_host_left(struct mc *mc)
{
    for (unsigned i = 0; mc->sol != NULL && i < MC_LANS_MAX; i++)
        mc->sol->config[i].progress = PROGRESS_COMPLETE;
}

void
solport_changed(struct mc *mc, unsigned lan)
{
    const struct solport *sol = mc->sol;

    if (sol == NULL || sol->mux == NULL || mc_lan_index(mc, sol->channel) != (int)lan)
        return;
    if (sol->config[lan].enable)
        set_rate(mc, lan);
    else
        (void)solport_deactivate(mc, 0);
}

/* ---- the channel's view ---- */

static bool
has(const struct mc *mc, uint8_t channel, uint32_t session)
{
    const struct solport *sol = mc->sol;

    return sol != NULL && sol->mux != NULL && sol->session == session &&
           sol->channel == channel;
}

void
solport_session_ended(struct mc *mc, uint8_t channel, uint32_t session)
{
    if (has(mc, channel, session))
        (void)solport_deactivate(mc, 0);
}

bool
solport_payload(void *ctx, uint8_t channel, uint32_t session, uint8_t type, struct bytes data)
{
    struct mc *mc = ctx;

    return type == PAYLOAD_SOL && has(mc, channel, session) &&
           solmux_input(mc->sol->mux, data);
}

bool
solport_payload_active(void *ctx, uint8_t channel, uint32_t session, uint8_t type,
                       uint8_t instance)
{
    const struct mc *mc = ctx;

    return type == PAYLOAD_SOL && has(mc, channel, session) && mc->sol->instance == instance;
}

bool
solport_payload_forced(void *ctx, uint8_t channel, uint8_t type)
{
    struct mc *mc = ctx;
    int lan = mc_lan_index(mc, channel);

    return type == PAYLOAD_SOL && lan >= 0 &&
           (solport_config(mc, (unsigned)lan)->protection & SOLPORT_FORCE_ENCRYPTION) != 0;
}

/* ---- life ---- */

enum status
solport_init(struct mc *mc)
{
    mc->sol = NULL;
    return ST_OK;
}

void
solport_reset(struct mc *mc)
{
    (void)solport_deactivate(mc, 0);
    for (unsigned i = 0; mc->sol != NULL && i < MC_LANS_MAX; i++) {
        mc->sol->config[i].progress = PROGRESS_COMPLETE;
        mc->sol->config[i].rate_now = mc->sol->config[i].rate;
    }
}

/* The host and the LANs may be gone already: nobody is told any more. */
void
solport_free(struct mc *mc)
{
    struct solport *sol = mc->sol;

    if (sol == NULL)
        return;
    if (sol->mux != NULL) {
        host_unlisten(mc->opts.host, &mc->sol);
        uart_disconnect(port_of(mc));
        solmux_free(sol->mux);
    }
    free(sol);
    mc->sol = NULL;
}
