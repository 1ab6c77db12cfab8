#include "sim/mc/picmg.h"

#include <stdlib.h>

#include "sim/mc/mc_parts.h"

#define STATES        8
#define AMC_FIRST     0x72u /* slave addresses of modules on an IPMB-L */
#define AMC_LAST      0x8cu
#define MODULE_OPENED 1u    /* event offset of a module's sensor; 0: closed */
#define FRU_ID_MAX    253u /* FEh and FFh have meanings of their own */
#define GROUP_SHELVES (GROUP_PICMG_CMDS | GROUP_VITA_CMDS)

/* ---- the shelf ---- */

const struct machine_site *
picmg_site_at(const struct mc *mc, uint8_t hw_address)
{
    const struct machine_shelf *shelf = mc->opts.shelf;

    for (uint32_t i = 0; shelf != NULL && i < shelf->site_count; i++)
        if (shelf->sites[i].hw_address == hw_address)
            return &shelf->sites[i];
    return NULL;
}

const struct machine_site *
picmg_site_of(const struct mc *mc, uint8_t type, uint8_t number)
{
    const struct machine_shelf *shelf = mc->opts.shelf;

    for (uint32_t i = 0; shelf != NULL && i < shelf->site_count; i++)
        if (shelf->sites[i].type == type && shelf->sites[i].number == number)
            return &shelf->sites[i];
    return NULL;
}

/* The site number of a module, by its address on an IPMB-L. */
static uint8_t
module_site(uint8_t address)
{
    return (uint8_t)((address - AMC_FIRST) / 2 + 1);
}

struct machine_site
picmg_own_site(const struct mc *mc)
{
    uint8_t hw_address = mc->machine->address >> 1;
    const struct machine_site *site = picmg_site_at(mc, hw_address);

    /* Sites are places on IPMB-0; behind a carrier the same addresses are
     * those of its modules. */
    if (mc->machine->bus != 0)
        return (struct machine_site){ hw_address, SITE_AMC, module_site(mc->machine->address) };
    if (site != NULL)
        return *site;
    return (struct machine_site){
        .hw_address = hw_address,
        .type = mc->opts.bmc ? SITE_MANAGER : SITE_BOARD,
    };
}

uint32_t
picmg_groups(const struct mc *mc)
{
    const struct machine_shelf *shelf = mc->opts.shelf;
    uint8_t type = picmg_own_site(mc).type;
    uint32_t groups = mc->machine->firmware_count ? GROUP_HPM : 0;

    if (shelf == NULL || !(shelf->atca || shelf->vita))
        return groups;
    groups |= GROUP_HPM;
    if (shelf->atca)
        groups |= GROUP_PICMG_CMDS;
    if (shelf->vita)
        groups |= GROUP_VITA_CMDS;
    if (picmg_has_fans(mc))
        groups |= GROUP_FAN_TRAY;
    if (mc->opts.bmc && (type == SITE_MANAGER || type == SITE_MCH))
        groups |= GROUP_SHELF_MANAGER;
    if (type == SITE_POWER_MODULE)
        groups |= GROUP_POWER_MODULE;
    if (type == SITE_MANAGER || type == SITE_ALARM || type == SITE_MCH)
        groups |= GROUP_TELCO_ALARM;
    return groups;
}

static bool
is_vita(const struct mc *mc)
{
    return mc->opts.shelf != NULL && mc->opts.shelf->vita && !mc->opts.shelf->atca;
}

uint8_t
picmg_fru_max(struct mc *mc)
{
    const struct picmg *p = picmg_of(mc);

    return p == NULL ? 0 : p->frus[p->fru_count - 1].id;
}

/* ---- payloads: what a state means for what the FRU is there for ---- */

/* The host whose board this FRU is; NULL. */
static struct host *
host_of(const struct picmg_fru *f)
{
    return f->id == 0 ? f->mc->opts.host : NULL;
}

static void
payload_on(struct picmg_fru *f)
{
    f->starts_until = instant_add(f->mc->world->now, PICMG_START);
    f->quiesced = false;
    if (f->level == 0)
        f->level = f->wanted;
    if (host_of(f) != NULL && f->persistent == 0)
        (void)host_do(host_of(f), HOST_OP_ON, CAUSE_CHASSIS_CONTROL);
}

static void
payload_ends(struct picmg_fru *f)
{
    picmg_links_off(f->mc);
    if (host_of(f) != NULL)
        (void)host_do(host_of(f), HOST_OP_SOFT, CAUSE_CHASSIS_CONTROL);
}

static void
payload_off(struct picmg_fru *f)
{
    f->level = 0;
    if (host_of(f) != NULL && host_power_good(host_of(f)))
        (void)host_do(host_of(f), HOST_OP_OFF, CAUSE_CHASSIS_CONTROL);
}

/* ---- states ---- */

enum picmg_state
picmg_state(const struct picmg_fru *f)
{
    const struct sensor *s = f->sensor < 0 ? NULL : &f->mc->sensors.at[f->sensor];

    for (unsigned i = 0; s != NULL && i < STATES; i++)
        if (s->states >> i & 1)
            return (enum picmg_state)i;
    return (enum picmg_state)f->state;
}

static void
later(struct picmg_fru *f, instant span)
{
    (void)timeline_arm(&f->mc->world->timeline, &f->step,
                       instant_add(f->mc->world->now, span));
}

/* PICMG: what is being activated stays active until this lock goes. */
static void
lock_active(struct picmg_fru *f, enum picmg_state state)
{
    if (is_vita(f->mc))
        return;
    if (state == PICMG_M3 || state == PICMG_M4)
        f->policy |= POLICY_DEACTIVATION;
    else
        f->policy &= (uint8_t)~POLICY_DEACTIVATION;
}

static void
enter(struct picmg_fru *f, enum picmg_state state, enum picmg_cause cause)
{
    enum picmg_state before = picmg_state(f);

    timeline_disarm(&f->mc->world->timeline, &f->step);
    f->state = (uint8_t)state;
    lock_active(f, state);
    switch (state) {
    case PICMG_M1:
        payload_off(f);
        if (!f->handle_open && !(f->policy & POLICY_LOCKED))
            later(f, PICMG_DEBOUNCE);
        break;
    case PICMG_M3: later(f, PICMG_STEP); break;
    case PICMG_M4: payload_on(f); break;
    case PICMG_M6:
        payload_ends(f);
        later(f, PICMG_STEP);
        break;
    case PICMG_M0: payload_off(f); break;
    case PICMG_M2:
    case PICMG_M5:
    case PICMG_M7: break;
    }
    if (f->sensor >= 0)
        sensor_set_states(f->mc, (uint32_t)f->sensor, (uint16_t)(1u << state), false,
                          (uint8_t)(cause << 4 | before), f->id);
}

/* It wants to be active: in a VITA chassis it just is. */
static void
request(struct picmg_fru *f, enum picmg_cause cause)
{
    enter(f, is_vita(f->mc) ? PICMG_M4 : PICMG_M2, cause);
}

static void
step(void *ctx, instant at)
{
    struct picmg_fru *f = ctx;

    (void)at;
    switch (picmg_state(f)) {
    case PICMG_M1: request(f, SWAP_HANDLE); break;
    case PICMG_M3: enter(f, PICMG_M4, SWAP_NORMAL); break;
    case PICMG_M6: enter(f, PICMG_M1, SWAP_NORMAL); break;
    default: break;
    }
}

static enum ipmi_cc
start(struct picmg_fru *f)
{
    switch (picmg_state(f)) {
    case PICMG_M1:
        if (f->handle_open)
            return CC_STATE;
        f->policy &= (uint8_t)~POLICY_LOCKED;
        request(f, SWAP_COMMANDED);
        if (picmg_state(f) == PICMG_M2)
            enter(f, PICMG_M3, SWAP_COMMANDED);
        return CC_OK;
    case PICMG_M2: enter(f, PICMG_M3, SWAP_COMMANDED); return CC_OK;
    case PICMG_M5: enter(f, PICMG_M4, SWAP_COMMANDED); return CC_OK;
    case PICMG_M6:
        if (f->handle_open)
            return CC_STATE;
        f->policy &= (uint8_t)~POLICY_LOCKED;
        return CC_OK;
    case PICMG_M3:
    case PICMG_M4: return CC_OK;
    default: return CC_STATE;
    }
}

static enum ipmi_cc
stop(struct picmg_fru *f)
{
    switch (picmg_state(f)) {
    case PICMG_M2:
        f->policy |= POLICY_LOCKED;
        enter(f, PICMG_M1, SWAP_COMMANDED);
        return CC_OK;
    case PICMG_M3:
    case PICMG_M4:
    case PICMG_M5:
        if (f->policy & POLICY_IGNORE_COMMAND)
            return CC_STATE;
        if (picmg_state(f) != PICMG_M5 || !f->handle_open)
            f->policy |= POLICY_LOCKED;
        enter(f, PICMG_M6, SWAP_COMMANDED);
        return CC_OK;
    case PICMG_M1:
    case PICMG_M6: return CC_OK;
    default: return CC_STATE;
    }
}

enum ipmi_cc
picmg_activate(struct picmg_fru *f, bool activate)
{
    return activate ? start(f) : stop(f);
}

void
picmg_set_policy(struct picmg_fru *f, uint8_t mask, uint8_t bits)
{
    f->policy = (uint8_t)((f->policy & ~mask) | (bits & mask));
    if (picmg_state(f) == PICMG_M4 && !is_vita(f->mc) && mask & ~bits & POLICY_DEACTIVATION)
        enter(f, PICMG_M5, SWAP_COMMANDED);
    if (picmg_state(f) != PICMG_M1)
        return;
    if (f->policy & POLICY_LOCKED)
        timeline_disarm(&f->mc->world->timeline, &f->step);
    else if (!f->handle_open && !timer_armed(&f->step))
        later(f, PICMG_DEBOUNCE);
}

/* ---- handle and presence ---- */

static void
handle_opened(struct picmg_fru *f)
{
    switch (picmg_state(f)) {
    case PICMG_M2:
    case PICMG_M3: enter(f, PICMG_M1, SWAP_HANDLE); break;
    case PICMG_M4:
        if (!(f->policy & POLICY_DEACTIVATION))
            enter(f, PICMG_M5, SWAP_HANDLE);
        break;
    default: timeline_disarm(&f->mc->world->timeline, &f->step); break;
    }
}

static void
handle_closed(struct picmg_fru *f)
{
    switch (picmg_state(f)) {
    case PICMG_M1:
        if (!(f->policy & POLICY_LOCKED))
            later(f, PICMG_DEBOUNCE);
        break;
    case PICMG_M5: enter(f, PICMG_M4, SWAP_HANDLE); break;
    default: break;
    }
}

void
picmg_handle(struct picmg_fru *f, bool open)
{
    if (f->handle_open == open)
        return;
    f->handle_open = open;
    if (open && !is_vita(f->mc))
        f->policy &= (uint8_t)~POLICY_PICMG;
    /* M6 goes on to its end by itself, whatever the handle does. */
    if (picmg_state(f) == PICMG_M6)
        return;
    if (open)
        handle_opened(f);
    else
        handle_closed(f);
}

/* Who is put in comes with an open handle. */
void
picmg_presence(struct picmg_fru *f, bool there)
{
    enum picmg_state state = picmg_state(f);

    if (there == (state != PICMG_M0))
        return;
    if (there) {
        f->handle_open = true;
        f->policy &= (uint8_t)~POLICY_LOCKED;
        enter(f, PICMG_M1, SWAP_NORMAL);
    } else {
        enter(f, PICMG_M0, state == PICMG_M1 ? SWAP_NORMAL : SWAP_EXTRACTED);
    }
}

/* ---- FRU Control ---- */

uint8_t
picmg_controls(const struct picmg_fru *f)
{
    uint8_t all = 1u << CONTROL_COLD | 1u << CONTROL_WARM | 1u << CONTROL_REBOOT;

    if (host_of(f) != NULL)
        all |= 1u << CONTROL_DIAGNOSTIC;
    if (picmg_own_site(f->mc).type == SITE_AMC || f->id > 0)
        all |= 1u << CONTROL_QUIESCE;
    return all;
}

static void
restart(struct picmg_fru *f, uint8_t option)
{
    struct host *host = host_of(f);

    f->starts_until = instant_add(f->mc->world->now, PICMG_START);
    f->quiesced = false;
    if (host == NULL)
        return;
    if (option == CONTROL_REBOOT) {
        (void)host_do(host, HOST_OP_SOFT, CAUSE_CHASSIS_CONTROL);
        (void)host_do(host, HOST_OP_ON, CAUSE_CHASSIS_CONTROL);
    } else {
        (void)host_do(host, HOST_OP_RESET, CAUSE_CHASSIS_CONTROL);
    }
}

/* A payload that is to be pulled out comes to rest; its module sensor says
 * when it has. */
static void
quiesce(struct picmg_fru *f)
{
    int i = mc_sensor_of_type(f->mc, SENSOR_MODULE);

    f->quiesced = true;
    if (host_of(f) != NULL)
        (void)host_do(host_of(f), HOST_OP_SOFT, CAUSE_CHASSIS_CONTROL);
    if (i >= 0 && !is_vita(f->mc))
        (void)mc_sensor_set_bit(f->mc, sensor_facts(f->mc, (uint32_t)i)->lun,
                                sensor_facts(f->mc, (uint32_t)i)->number, 2, true, true);
}

enum ipmi_cc
picmg_control(struct picmg_fru *f, uint8_t option)
{
    enum picmg_state state = picmg_state(f);

    if (option > CONTROL_QUIESCE || !(picmg_controls(f) >> option & 1))
        return CC_INVALID_FIELD;
    if (state < PICMG_M3 || state > PICMG_M5)
        return CC_STATE;
    if (option == CONTROL_DIAGNOSTIC)
        return host_do(host_of(f), HOST_OP_DIAG, CAUSE_CHASSIS_CONTROL) ? CC_OK
                                                                        : CC_STATE;
    if (option == CONTROL_QUIESCE)
        quiesce(f);
    else
        restart(f, option);
    return CC_OK;
}

/* A host that is held in reset does not run. */
void
picmg_hold(struct picmg_fru *f, uint8_t mask, uint8_t bits)
{
    bool held = f->persistent != 0;

    f->persistent = (uint8_t)((f->persistent & ~mask) | (bits & mask));
    if (host_of(f) == NULL || held == (f->persistent != 0))
        return;
    if (f->persistent)
        (void)host_do(host_of(f), HOST_OP_OFF, CAUSE_CHASSIS_CONTROL);
    else if (picmg_state(f) == PICMG_M4)
        (void)host_do(host_of(f), HOST_OP_ON, CAUSE_CHASSIS_CONTROL);
}

/* ---- making it ---- */

/* The n-th sensor of a type here, by index; -1. */
static int
nth_sensor(const struct mc *mc, uint8_t type, uint32_t n)
{
    for (uint32_t i = 0; i < mc->sensors.count; i++)
        if (sensor_facts(mc, i)->type == type && n-- == 0)
            return (int)i;
    return -1;
}

static bool
described(const struct mc *mc, unsigned id)
{
    for (uint32_t i = 0; i < mc->machine->fru_count; i++)
        if (mc->machine->frus[i].id == id)
            return true;
    return id == 0;
}

static void
make_fru(struct mc *mc, struct picmg_fru *f, uint8_t id, int sensor)
{
    *f = (struct picmg_fru){
        .mc = mc,
        .id = id,
        .sensor = sensor,
        .state = PICMG_M4,
        .wanted = picmg_power(mc, id)->count,
    };
    timer_init(&f->step, TIMER_DEVICE, step, f);
    if (picmg_state(f) == PICMG_M4)
        f->level = f->wanted;
    lock_active(f, picmg_state(f));
}

/* FRU 0, and as many others as there are hot swap sensors for. */
static enum status
make_frus(struct mc *mc, struct picmg *p)
{
    uint32_t room = 1 + mc->machine->fru_count;

    p->frus = calloc(room, sizeof *p->frus);
    if (p->frus == NULL)
        return ST_NOMEM;
    for (unsigned id = 0; id <= FRU_ID_MAX && p->fru_count < room; id++) {
        int sensor = nth_sensor(mc, SENSOR_HOT_SWAP, p->fru_count);

        if (described(mc, id) && (id == 0 || sensor >= 0))
            make_fru(mc, &p->frus[p->fru_count++], (uint8_t)id, sensor);
    }
    return ST_OK;
}

struct picmg *
picmg_of(struct mc *mc)
{
    struct picmg *p = mc->picmg;

    if (p != NULL)
        return p;
    p = calloc(1, sizeof *p);
    if (p == NULL)
        return NULL;
    if (make_frus(mc, p) != ST_OK) {
        free(p);
        return NULL;
    }
    p->fan_override = FAN_BY_LOCAL;
    p->fan_local = FAN_NORMAL;
    timer_init(&p->isolate, TIMER_DEVICE, picmg_leave_buses, mc);
    mc->picmg = p;
    return p;
}

struct picmg_fru *
picmg_fru(struct mc *mc, uint8_t id)
{
    struct picmg *p = picmg_of(mc);

    for (uint32_t i = 0; p != NULL && i < p->fru_count; i++)
        if (p->frus[i].id == id)
            return &p->frus[i];
    return NULL;
}

/* ---- birth, cold reset, end ---- */

enum status
picmg_init(struct mc *mc)
{
    mc->picmg = NULL;
    picmg_links_init(mc);
    return ST_OK;
}

static void
reset_fru(struct picmg_fru *f)
{
    for (unsigned i = 0; i < PICMG_LEDS; i++)
        f->leds[i] = (struct picmg_led){ 0 };
    f->policy &= (uint8_t) ~(POLICY_DEACTIVATION | POLICY_IGNORE_COMMAND);
    if (f->policy & POLICY_LOCKED_BY_RESET)
        f->policy |= POLICY_LOCKED;
    lock_active(f, picmg_state(f));
}

void
picmg_reset(struct mc *mc)
{
    struct picmg *p = mc->picmg;

    if (p == NULL)
        return;
    for (uint32_t i = 0; i < p->fru_count; i++)
        reset_fru(&p->frus[i]);
    for (unsigned which = 0; which < 2; which++)
        (void)picmg_isolate(mc, which, 0, false);
    p->alarms = 0;
    if (picmg_has_fans(mc) && p->fan_override != FAN_BY_LOCAL)
        (void)picmg_set_fans(mc, FAN_BY_LOCAL, true);
}

void
picmg_free(struct mc *mc)
{
    struct picmg *p = mc->picmg;

    if (p == NULL)
        return;
    for (uint32_t i = 0; i < p->fru_count; i++)
        timeline_disarm(&mc->world->timeline, &p->frus[i].step);
    timeline_disarm(&mc->world->timeline, &p->isolate);
    free(p->links);
    free(p->frus);
    free(p);
    mc->picmg = NULL;
}

/* ---- from outside ---- */

bool
mc_fru_handle(struct mc *mc, uint8_t fru, bool open)
{
    struct picmg_fru *f = picmg_groups(mc) & GROUP_SHELVES ? picmg_fru(mc, fru) : NULL;

    if (f != NULL)
        picmg_handle(f, open);
    return f != NULL;
}

bool
mc_fru_presence(struct mc *mc, uint8_t fru, bool there)
{
    struct picmg_fru *f = picmg_groups(mc) & GROUP_SHELVES ? picmg_fru(mc, fru) : NULL;

    if (f != NULL)
        picmg_presence(f, there);
    return f != NULL;
}

/* ---- modules of a carrier ---- */

void
picmg_module_event(struct mc *mc, uint8_t module, const struct mc_event *ev)
{
    uint8_t state = ev->data[0] & 0x0f;
    struct picmg_fru *f;

    if (!(picmg_groups(mc) & GROUP_PICMG_CMDS) || module < AMC_FIRST || module > AMC_LAST ||
        ev->sensor_type != SENSOR_MODULE || ev->type_dir & EVENT_DEASSERTED ||
        state > MODULE_OPENED)
        return;
    f = picmg_fru(mc, module_site(module));
    if (f != NULL)
        picmg_handle(f, state == MODULE_OPENED);
}
