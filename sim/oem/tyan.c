#include "sim/oem/tyan.h"

#include <string.h>

#include "sim/host/uart.h"
#include "sim/mc/mc_parts.h"

#define NETFN_TSOL 0x30
#define HEAD 4u

struct tsol {
    struct mc *mc;
    struct uart *uart;                 /* while started */
    unsigned lan;                      /* index */
    uint32_t session;
    struct peer to;
    uint16_t counter;
    bool any_keys;
    uint8_t key_number;                /* of the last Send Keys */
    uint8_t keys[TSOL_KEYS_MAX];
    size_t key_count;
    struct timer gone;                 /* the session ended: stop */
};

static struct tsol *
tsol_of(struct mc *mc)
{
    return oem_state(mc, &oem_tyan);
}

/* ---- the serial port's far end ---- */

static size_t
room(void *ctx)
{
    (void)ctx;
    return TSOL_CHARS;
}

/* It is not left from within its own call. */
static void
take(void *ctx, struct bytes chars)
{
    struct tsol *tsol = ctx;
    struct world *world = tsol->mc->world;
    struct lan_session_info info;
    uint8_t datagram[HEAD + TSOL_CHARS];
    struct wr w = wr_of(datagram, sizeof datagram);

    if (!lan_session_by_id(tsol->mc->lans[tsol->lan], tsol->session, &info)) {
        (void)timeline_arm(&world->timeline, &tsol->gone, world->now);
        return;
    }
    wr_be16(&w, 0);
    wr_be16(&w, tsol->counter++);
    wr_span(&w, chars);
    lan_send_datagram(tsol->mc->lans[tsol->lan], &tsol->to, wr_bytes_of(&w));
}

static void
send_keys(void *ctx)
{
    struct tsol *tsol = ctx;
    size_t taken = uart_send(tsol->uart, bytes_of(tsol->keys, tsol->key_count));

    tsol->key_count -= taken;
    memmove(tsol->keys, tsol->keys + taken, tsol->key_count);
}

static void
host_break(void *ctx)
{
    (void)ctx;
}

static bool
connect_port(struct tsol *tsol)
{
    const struct uart_far far = {
        .ctx = tsol, .room = room, .take = take, .more = send_keys, .host_break = host_break,
    };
    struct uart *uart =
        tsol->mc->opts.host != NULL ? host_uart(tsol->mc->opts.host) : NULL;

    if (uart == NULL || !uart_connect(uart, &far))
        return false;
    tsol->uart = uart;
    return true;
}

static void
stop(struct tsol *tsol)
{
    timeline_disarm(&tsol->mc->world->timeline, &tsol->gone);
    if (tsol->uart != NULL)
        uart_disconnect(tsol->uart);
    tsol->uart = NULL;
    tsol->key_count = 0;
    tsol->any_keys = false;
}

static void
session_gone(void *ctx, instant at)
{
    (void)at;
    stop(ctx);
}

/* ---- commands ---- */

/* False when it is not whence the request came. */
static bool
read_receiver(struct ipmi_req *rq, struct peer *to)
{
    *to = (struct peer){ .family = PEER_IPV4 };
    rd_copy(&rq->data, to->addr, 4);
    to->port = rd_be16(&rq->data);
    return rq->from.peer.family == PEER_IPV4 && to->port != 0 &&
           memcmp(to->addr, rq->from.peer.addr, 4) == 0;
}

/* Started again it goes on, to where it is told now. */
static enum ipmi_cc
start_console(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct tsol *tsol = tsol_of(mc);
    int lan = mc_lan_index(mc, rq->from.channel);
    struct peer to;

    (void)rs;
    if (!read_receiver(rq, &to) || lan < 0)
        return CC_INVALID_FIELD;
    if (tsol->uart == NULL && !connect_port(tsol))
        return CC_STATE;
    tsol->lan = (unsigned)lan;
    tsol->session = rq->from.session;
    tsol->to = to;
    uart_far_room(tsol->uart);
    return CC_OK;
}

static enum ipmi_cc
stop_console(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct tsol *tsol = tsol_of(mc);
    struct peer to;

    (void)rs;
    if (tsol->uart == NULL)
        return CC_STATE;
    if (!read_receiver(rq, &to))
        return CC_INVALID_FIELD;
    stop(tsol);
    return CC_OK;
}

static enum ipmi_cc
type_keys(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct tsol *tsol = tsol_of(mc);
    uint8_t count = rd_u8(&rq->data), number;
    struct bytes keys;

    (void)rs;
    if (tsol->uart == NULL)
        return CC_STATE;
    if (count == 0 || count != rd_left(&rq->data))
        return CC_INVALID_FIELD;
    keys = rd_bytes(&rq->data, count - 1u);
    number = rd_u8(&rq->data);
    if (tsol->any_keys && number == tsol->key_number)
        return CC_OK;
    if (tsol->key_count + keys.len > TSOL_KEYS_MAX)
        return CC_BUSY;
    tsol->any_keys = true;
    tsol->key_number = number;
    if (keys.len)
        memcpy(tsol->keys + tsol->key_count, keys.at, keys.len);
    tsol->key_count += keys.len;
    send_keys(tsol);
    return CC_OK;
}

/* ---- rows and profile ---- */

#define LAN (GROUP_BMC | GROUP_LAN)

static const struct command rows[] = {
    { NETFN_TSOL, 0x02, "Tyan TSOL Stop", NEEDS_OPERATOR, 6, 6, LAN, stop_console, "" },
    { NETFN_TSOL, 0x03, "Tyan TSOL Send Keys", NEEDS_OPERATOR, 2, 2 + TSOL_KEYS_MAX, LAN,
      type_keys, "" },
    { NETFN_TSOL, 0x06, "Tyan TSOL Start", NEEDS_OPERATOR, 6, 6, LAN, start_console, "" },
};

const struct command_table oem_tyan_commands = {
    .subject = "tyan", .rows = rows, .count = sizeof rows / sizeof rows[0],
};

static const struct command_table *const tables[] = { &oem_tyan_commands };

static void
init(struct mc *mc, void *state)
{
    struct tsol *tsol = state;

    tsol->mc = mc;
    timer_init(&tsol->gone, TIMER_DEVICE, session_gone, tsol);
}

static void
end(struct mc *mc, void *state)
{
    (void)mc;
    stop(state);
}

const struct oem_profile oem_tyan = {
    .name = "tyan",
    .what = "Tyan's serial console over UDP (TSOL)",
    .tables = tables,
    .table_count = sizeof tables / sizeof tables[0],
    .state_size = sizeof(struct tsol),
    .init = init,
    .reset = end,
    .end = end,
};
