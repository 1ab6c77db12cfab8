#include <string.h>

#include "sim/wire/asf.h"
#include "sim/wire/rmcp.h"
#include "tests/bench/load.h"

#define CMD_GET_DEVICE_ID 0x01
#define CMD_GET_CHASSIS_STATUS 0x01

/* ---- requests: as many as the sessions carry ---- */

/* Close the session, so that the next run finds room for its own. */
static void
leave(struct worker *w)
{
    if (w->idle)
        return;
    if (remote_state(w->remote) == REMOTE_CLOSED) {
        w->idle = true;
        w->load->idle++;
    } else {
        remote_close(w->remote, w->load->now);
    }
}

static void
request_done(void *ctx, bool timed_out, uint8_t cc, struct bytes data)
{
    struct worker *w = ctx;

    (void)data;
    w->under_way--;
    if (timed_out)
        w->load->timed_out += !w->load->ending;
    else if (cc != CC_OK)
        load_die("a request was answered with completion code %02Xh", cc);
    else
        w->load->done++;
}

static void
require_no_failure(const struct worker *w)
{
    if (remote_state(w->remote) == REMOTE_FAILED)
        load_die("session %u: %s", w->index, remote_error(w->remote));
}

static void
go_on_requesting(struct worker *w)
{
    struct load *l = w->load;

    require_no_failure(w);
    if (l->ending)
        leave(w);
    if (l->ending || remote_state(w->remote) != REMOTE_OPEN)
        return;
    while (w->under_way < l->opts.window &&
           remote_request(w->remote, l->now, NETFN_APP, CMD_GET_DEVICE_ID,
                          (struct bytes){ 0 }, request_done, w))
        w->under_way++;
}

/* ---- set-ups: open and close ---- */

static void
go_on_setting_up(struct worker *w)
{
    struct load *l = w->load;

    require_no_failure(w);
    if (remote_state(w->remote) == REMOTE_OPEN) {
        remote_close(w->remote, l->now);
    } else if (l->ending) {
        leave(w);
    } else if (remote_state(w->remote) == REMOTE_CLOSED) {
        l->done++;
        remote_open(w->remote, l->now);
    }
}

/* ---- poll: each BMC once, with a session, its power status, and close ---- */

static void
take_next_bmc(struct worker *w)
{
    struct load *l = w->load;

    if (l->next_bmc >= l->opts.bmcs) {
        leave(w);
        return;
    }
    loop_connect(w, l->next_bmc++);
    w->asked = false;
    remote_open(w->remote, l->now);
}

static void
go_on_polling(struct worker *w)
{
    struct load *l = w->load;

    switch (remote_state(w->remote)) {
    case REMOTE_OPEN:
        if (!w->asked) {
            w->asked = remote_request(w->remote, l->now, NETFN_CHASSIS,
                                      CMD_GET_CHASSIS_STATUS, (struct bytes){ 0 },
                                      request_done, w);
            w->under_way++;
        } else if (w->under_way == 0) {
            remote_close(w->remote, l->now);
        }
        break;
    case REMOTE_FAILED:
        l->timed_out++;
        take_next_bmc(w);
        break;
    case REMOTE_CLOSED:
        if (!w->idle)
            take_next_bmc(w);
        break;
    default:
        break;
    }
}

/* ---- raw datagrams ---- */

#define RAW_LOST SPAN_MS(200)   /* silence after which all under way are lost */

static void
go_on_raw(struct worker *w)
{
    struct load *l = w->load;

    if (l->ending) {
        l->idle += w->idle ? 0 : 1;
        w->idle = true;
        return;
    }
    if (w->under_way != 0 && l->now - w->heard > RAW_LOST) {
        l->timed_out += w->under_way;
        w->under_way = 0;
        w->heard = l->now;
    }
    w->to_send = l->opts.window - w->under_way;
    w->under_way = l->opts.window;
}

size_t
mode_raw_build(const struct worker *w, uint8_t to[LOAD_DATAGRAM_MAX])
{
    struct wr out = wr_of(to, LOAD_DATAGRAM_MAX);

    if (strcmp(w->load->opts.mode->name, "ping") == 0) {
        rmcp_build(&out, &(struct rmcp){ .sequence = RMCP_NO_ACK, .msg_class = RMCP_ASF });
        asf_build(&out, &(struct asf){ .type = ASF_PING, .tag = (uint8_t)w->index });
    } else {
        wr_fill(&out, 0x55, w->load->opts.size);
    }
    return wr_len(&out);
}

/* ---- all of them ---- */

const struct load_mode *
mode_by_name(const char *name)
{
    static const struct load_mode modes[] = {
        { "requests", false, go_on_requesting, "requests" },
        { "setups", false, go_on_setting_up, "sessions" },
        { "poll", false, go_on_polling, "BMCs" },
        { "echo", true, go_on_raw, "datagrams" },
        { "ping", true, go_on_raw, "pings" },
    };

    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++)
        if (strcmp(modes[i].name, name) == 0)
            return &modes[i];
    return NULL;
}

bool
mode_is_up(const struct load *l)
{
    if (l->opts.mode->go_on != go_on_requesting)
        return true;
    for (unsigned i = 0; i < l->opts.workers; i++)
        if (remote_state(l->workers[i].remote) != REMOTE_OPEN)
            return false;
    return true;
}
