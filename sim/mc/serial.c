#include "sim/mc/serial.h"

#include <stdlib.h>
#include <string.h>

#include "sim/mc/alert.h"
#include "sim/mc/mc_parts.h"

#define CHANNEL_FIRST 1
#define CHANNEL_LAST 0x0b
#define RATE_BITS 0x0f
#define RATE_DEFAULT 10            /* 115,200 */
#define MODE_DIRECT 0x80           /* parameter 3 */
#define DESTINATION_KIND 0x0f      /* parameter 17, first octet */
#define KIND_BASIC_CALLBACK 3
#define KIND_PPP_CALLBACK 4
#define CALL_RETRIES 0x07          /* parameter 17, third octet */
#define NO_DESTINATION 0xff

/* ---- the channel ---- */

uint8_t
serial_described(const struct machine_mc *machine, bool *terminal)
{
    for (uint32_t i = 0; i < machine->word_count; i++) {
        const struct machine_word *w = &machine->words[i];
        char *end;
        unsigned long number;

        if (strcmp(w->word, "serial") != 0)
            continue;
        number = strtoul(w->rest, &end, 0);
        if (end == w->rest || number < CHANNEL_FIRST || number > CHANNEL_LAST)
            continue;
        *terminal = strstr(w->rest, "TerminalMode") != NULL;
        return (uint8_t)number;
    }
    return 0;
}

const struct serial_config *
serial_config(const struct serial *serial)
{
    return serial->config != NULL ? serial->config : &serial_factory;
}

struct serial_config *
serial_own_config(struct serial *serial)
{
    if (serial->config == NULL) {
        serial->config = malloc(sizeof *serial->config);
        if (serial->config != NULL)
            *serial->config = serial_factory;
    }
    return serial->config;
}

/* ---- the mux ---- */

static uint8_t
status_of(const struct serial *serial, bool done)
{
    return serial->blocked | (serial->calls ? SERIAL_MUX_ALERTING : 0) |
           (serial->sol ? SERIAL_MUX_IN_USE : 0) | (done ? SERIAL_MUX_DONE : 0) |
           (serial->at_bmc ? SERIAL_MUX_AT_BMC : 0);
}

static bool
to_system(struct serial *serial, bool forced)
{
    if (!forced && ((serial->blocked & SERIAL_MUX_SYSTEM_BLOCKED) || serial->sol))
        return false;
    if (serial->sol)
        (void)solport_deactivate(serial->mc, 0);
    serial->at_bmc = false;
    return true;
}

static bool
to_bmc(struct serial *serial, bool forced)
{
    if (!forced && (serial->blocked & SERIAL_MUX_BMC_BLOCKED))
        return false;
    serial->at_bmc = true;
    return true;
}

static bool
set_block(struct serial *serial, uint8_t bit, bool on)
{
    if (on)
        serial->blocked |= bit;
    else
        serial->blocked &= (uint8_t)~bit;
    return true;
}

uint8_t
serial_switch(struct serial *serial, enum serial_mux function)
{
    bool done = false;

    switch (function) {
    case SERIAL_MUX_GET:
    case SERIAL_MUX_FUNCTIONS:
        break;
    case SERIAL_MUX_SYSTEM:
    case SERIAL_MUX_FORCE_SYSTEM:
        done = to_system(serial, function == SERIAL_MUX_FORCE_SYSTEM);
        break;
    case SERIAL_MUX_BMC:
    case SERIAL_MUX_FORCE_BMC:
        done = to_bmc(serial, function == SERIAL_MUX_FORCE_BMC);
        break;
    case SERIAL_MUX_BLOCK_SYSTEM:
    case SERIAL_MUX_ALLOW_SYSTEM:
        done = set_block(serial, SERIAL_MUX_SYSTEM_BLOCKED,
                         function == SERIAL_MUX_BLOCK_SYSTEM);
        break;
    case SERIAL_MUX_BLOCK_BMC:
    case SERIAL_MUX_ALLOW_BMC:
        done = set_block(serial, SERIAL_MUX_BMC_BLOCKED, function == SERIAL_MUX_BLOCK_BMC);
        break;
    }
    return status_of(serial, done);
}

void
serial_host_left(struct mc *mc)
{
    if (mc->serial != NULL && mc->serial->config != NULL)
        mc->serial->config->progress = PROGRESS_COMPLETE;
}

static void
host_event(void *ctx, enum host_event ev, enum host_cause cause)
{
    struct serial *serial = ctx;

    if ((ev == HOST_EVENT_POWERED_ON || ev == HOST_EVENT_RESET) &&
        cause != CAUSE_CHASSIS_CONTROL)
        serial->blocked = 0;
}

uint8_t
serial_rate(const struct mc *mc)
{
    return mc->serial != NULL ? serial_config(mc->serial)->comm[1] & RATE_BITS : RATE_DEFAULT;
}

bool
serial_allows_sol(const struct mc *mc)
{
    return mc->serial == NULL || !(mc->serial->blocked & SERIAL_MUX_BMC_BLOCKED);
}

void
serial_sol_began(struct mc *mc)
{
    if (mc->serial == NULL)
        return;
    mc->serial->sol = true;
    mc->serial->at_bmc = true;
}

void
serial_sol_ended(struct mc *mc)
{
    if (mc->serial == NULL)
        return;
    mc->serial->sol = false;
    mc->serial->at_bmc = false;
}

/* ---- callback, alerts ---- */

/* Nobody answers; try again as often as there are calls left. */
static void
on_call(void *ctx, instant at)
{
    struct serial *serial = ctx;

    (void)at;
    world_note(serial->mc->world, serial->alert == ALERT_UNDER_WAY
                                      ? "serial: alert: dialled, no answer"
                                      : "serial: callback: dialled, no answer");
    if (--serial->calls > 0)
        (void)timeline_arm(&serial->mc->world->timeline, &serial->call,
                           instant_add(serial->mc->world->now,
                                       SPAN_S(1) * (1u + serial_config(serial)->call_retry)));
    else if (serial->alert == ALERT_UNDER_WAY)
        serial->alert = ALERT_CALL_FAILED;
}

static bool
is_callback(const struct serial *serial, uint8_t destination)
{
    const uint8_t *info = serial_config(serial)->destinations[destination].info;
    uint8_t kind = info[0] & DESTINATION_KIND;

    return kind == KIND_BASIC_CALLBACK || kind == KIND_PPP_CALLBACK;
}

/* Begin to dial; or why not. */
static enum ipmi_cc
dial(struct serial *serial, uint8_t destination)
{
    const struct serial_config *config = serial_config(serial);

    if (config->mode & MODE_DIRECT)
        return CC_STATE;
    if (serial->sol)
        return CC_CMD_82;
    if (serial->calls > 0)
        return serial->alert == ALERT_UNDER_WAY ? CC_CMD_81 : CC_BUSY;
    serial->calls = (uint8_t)(1 + (config->destinations[destination].info[2] & CALL_RETRIES));
    (void)timeline_arm(&serial->mc->world->timeline, &serial->call,
                       instant_add(serial->mc->world->now, SPAN_S(1)));
    return CC_OK;
}

enum ipmi_cc
serial_call_back(struct serial *serial, uint8_t destination)
{
    if (destination > SERIAL_DESTINATIONS || !is_callback(serial, destination))
        return CC_INVALID_FIELD;
    return dial(serial, destination);
}

enum ipmi_cc
serial_alert(struct serial *serial, uint8_t destination)
{
    enum ipmi_cc cc;

    if (destination > SERIAL_DESTINATIONS)
        return CC_RANGE;
    if (is_callback(serial, destination))
        return CC_INVALID_FIELD;
    cc = dial(serial, destination);
    if (cc == CC_OK)
        serial->alert = ALERT_UNDER_WAY;
    return cc == CC_BUSY ? CC_CMD_81 : cc;
}

void
serial_clear_alert(struct serial *serial)
{
    if (serial->alert != ALERT_UNDER_WAY)
        serial->alert = ALERT_NONE;
}

const uint8_t *
serial_user_callback(const struct serial *serial, uint8_t id)
{
    static const uint8_t none[SERIAL_USER_CALLBACK] = { 0, 0, NO_DESTINATION, NO_DESTINATION,
                                                        NO_DESTINATION };

    return serial->callbacks != NULL ? serial->callbacks[id] : none;
}

uint8_t *
serial_own_user_callback(struct serial *serial, uint8_t id)
{
    unsigned count = users_max(serial->mc->users) + 1;
    uint8_t(*all)[SERIAL_USER_CALLBACK];

    if (serial->callbacks == NULL) {
        all = calloc(count, sizeof *all);
        for (unsigned i = 0; all != NULL && i < count; i++)
            memcpy(all[i], serial_user_callback(serial, (uint8_t)i), sizeof all[i]);
        serial->callbacks = all;
    }
    return serial->callbacks != NULL ? serial->callbacks[id] : NULL;
}

/* ---- life ---- */

enum status
serial_init(struct mc *mc)
{
    struct serial *serial;
    bool terminal;

    if (!(mc->gate.groups & GROUP_SERIAL))
        return ST_OK;
    serial = calloc(1, sizeof *serial);
    if (serial == NULL)
        return ST_NOMEM;
    serial->mc = mc;
    serial->channel = serial_described(mc->machine, &terminal);
    timer_init(&serial->call, TIMER_DEVICE, on_call, serial);
    mc->serial = serial;
    if (mc->opts.host == NULL)
        return ST_OK;
    return host_listen(mc->opts.host, &(struct host_listener){ host_event, serial });
}

void
serial_reset(struct mc *mc)
{
    struct serial *serial = mc->serial;

    if (serial == NULL)
        return;
    timeline_disarm(&mc->world->timeline, &serial->call);
    serial->calls = 0;
    serial->alert = ALERT_NONE;
    serial->at_bmc = false;
    serial->blocked = 0;
    serial->route = 0;
    free(serial->proxy);
    serial->proxy = NULL;
    if (serial->config == NULL)
        return;
    serial->config->progress = PROGRESS_COMPLETE;
    serial->config->destinations[0] = serial_factory.destinations[0];
    memcpy(serial->config->terminal_now, serial->config->terminal,
           sizeof serial->config->terminal);
}

void
serial_free(struct mc *mc)
{
    struct serial *serial = mc->serial;

    if (serial == NULL)
        return;
    timeline_disarm(&mc->world->timeline, &serial->call);
    if (mc->opts.host != NULL)
        host_unlisten(mc->opts.host, serial);
    free(serial->config);
    free(serial->proxy);
    free(serial->callbacks);
    free(serial);
    mc->serial = NULL;
}
