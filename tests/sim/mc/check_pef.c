#include "sim/mc/pef.h"

#include <string.h>

#include "sim/mc/mc_tables.h"
#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

#define FILTER 20             /* one that is free from the factory */

static struct mcworld w;

static void
begin(void)
{
    mcworld_plain(&w);
}

static void
end(void)
{
    mcworld_end(&w);
}

static struct answer *
get(uint8_t parameter, uint8_t set, uint8_t block)
{
    return ask(&w, NETFN_SENSOR, 0x13, parameter, set, block);
}

#define set(...) ck_cc(ask(&w, NETFN_SENSOR, 0x12, __VA_ARGS__), CC_OK)

/* Enable a filter for all assertions of a sensor type, and those actions. */
static void
filter_for(uint8_t type, uint8_t actions)
{
    set(6, FILTER, 0x80, actions, 1, 0x10, 0xff, 0xff, type, 0xff, 0x6f, 0xff, 0xff, 0, 0, 0, 0,
        0, 0, 0, 0, 0);
    set(2, 0x3f);
}

/* System software reports an event of that type. */
static void
event_of(uint8_t type)
{
    ck_cc(ask(&w, NETFN_SENSOR, 0x02, 0x41, 0x04, type, 0x07, 0x6f, 0x01, 0xff, 0xff), CC_OK);
}

static unsigned
logged(void)
{
    struct answer *info = ask(&w, NETFN_STORAGE, 0x40);

    return info->data[1] | (unsigned)info->data[2] << 8;
}

static uint16_t
processed(bool by_bmc)
{
    const uint8_t *at = ask(&w, NETFN_SENSOR, 0x15)->data + (by_bmc ? 8 : 6);

    return (uint16_t)(at[0] | at[1] << 8);
}

START_TEST(keeps_the_promises_of_its_rows)
{
    mcworld_check_rows(&w, &pef_commands, 0);
}
END_TEST

START_TEST(tells_what_it_can)
{
    ck_answer(ask(&w, NETFN_SENSOR, 0x10), CC_OK, 0x51, 0x3f, PEF_FILTERS);
}
END_TEST

START_TEST(can_do_nothing_to_a_host_that_is_not_there)
{
    end();
    mcworld_describe(&w);
    w.no_host = true;
    mcworld_begin(&w);
    ck_answer(ask(&w, NETFN_SENSOR, 0x10), CC_OK, 0x51, PEF_OEM | PEF_ALERT, PEF_FILTERS);
    filter_for(0xc0, 0x3f);
    event_of(0xc0);
    mcworld_run(&w, SPAN_S(1));
}
END_TEST

START_TEST(is_not_there_without_its_group)
{
    end();
    mcworld_describe(&w);
    w.machine.groups_off = GROUP_PEF;
    mcworld_begin(&w);
    ck_cc(ask(&w, NETFN_SENSOR, 0x10), CC_INVALID_COMMAND);
    ck_assert_ptr_null(w.mc->pef);
    event_of(0x23);
    ck_cc(ask(&w, NETFN_STORAGE, 0x42), CC_OK);
    mc_cold_reset(w.mc);
}
END_TEST

START_TEST(comes_from_the_factory_with_filters_that_alert)
{
    ck_answer(get(1, 0, 0), CC_OK, 0x11, 0x01);
    ck_answer(get(2, 0, 0), CC_OK, 0x11, 0x01);
    ck_answer(get(5, 0, 0), CC_OK, 0x11, PEF_FILTERS);
    ck_answer(get(6, 1, 0), CC_OK, 0x11, 1, 0xc0, 1, 1, 0x10, 0xff, 0xff, 1, 0xff, 1, 0x14, 0x0a,
              0, 0, 0, 0, 0, 0, 0, 0, 0);
    for (uint8_t i = 1; i <= PEF_FILTERS; i++)
        ck_answer(get(7, i, 0), CC_OK, 0x11, i, i <= PEF_FACTORY_FILTERS ? 0xc0 : 0);
    ck_answer(get(9, 1, 0), CC_OK, 0x11, 1, 0x10, 0x11, 0);
    ck_answer(get(9, 4, 0), CC_OK, 0x11, 4, 0x10, 0x14, 0);
    ck_answer(get(9, 5, 0), CC_OK, 0x11, 5, 0, 0, 0);
    ck_assert_ptr_null(w.mc->pef->config);
}
END_TEST

START_TEST(leads_to_the_lan_that_there_is)
{
    end();
    mcworld_describe(&w);
    w.lans[0].channel = 6;
    mcworld_begin(&w);
    ck_answer(get(9, 2, 0), CC_OK, 0x11, 2, 0x10, 0x62, 0);
    ck_answer(get(9, 5, 0), CC_OK, 0x11, 5, 0, 0, 0);
}
END_TEST

/* What was written, and how it reads. Octets beyond are not looked at. */
static const struct {
    const char *why;
    uint8_t data[24];
    size_t len;
    uint8_t selectors;        /* octets before the data, in both */
    uint8_t want[20];
    bool kept;                /* across a cold reset */
} writes[] = {
    { "progress", { 0, 1 }, 2, 0, { 1 }, false },
    { "control", { 1, 0xff }, 2, 0, { 0x0f }, true },
    { "actions", { 2, 0xff }, 2, 0, { 0x3f }, true },
    { "startup delay", { 3, 17 }, 2, 0, { 17 }, true },
    { "alert startup delay", { 4, 0 }, 2, 0, { 0 }, true },
    { "filter", { 6, 24, 0xdf, 0xff, 0xff, 0x20, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
                  16 }, 22, 1,
      { 0xc0, 0x3f, 0x7f, 0x20, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 }, true },
    { "filter's state", { 7, 24, 0x9f }, 3, 1, { 0x80 }, true },
    { "policy", { 9, 16, 0xfc, 0x32, 0x85 }, 5, 1, { 0xfc, 0x32, 0x85 }, true },
    { "GUID", { 10, 0xff, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 }, 18, 0,
      { 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 }, true },
    { "key", { 12, 8, 0xff, 0x83 }, 4, 1, { 0x7f, 3 }, true },
    { "volatile key", { 12, 0, 1, 2 }, 4, 1, { 1, 2 }, false },
    { "string", { 13, 8, 4, 'a', 'b', 0 }, 6, 2, { 'a', 'b', 0 }, true },
    { "volatile string", { 13, 0, 1, 'x', 0 }, 5, 2, { 'x', 0 }, false },
};

static void
expect_written(int i)
{
    const uint8_t *data = writes[i].data;
    uint8_t selectors = writes[i].selectors;
    struct answer *a = get(data[0], selectors > 0 ? data[1] : 0, selectors > 1 ? data[2] : 0);
    size_t len = writes[i].len - 1 - selectors;

    ck_cc(a, CC_OK);
    ck_assert_uint_ge(a->len, 1 + selectors + len);
    ck_assert_mem_eq(a->data + 1, data + 1, selectors);
    ck_assert_msg(memcmp(a->data + 1 + selectors, writes[i].want, len) == 0, "%s", writes[i].why);
}

START_TEST(reads_back_what_was_written)
{
    struct answer *a;

    ck_cc(mcworld_ask(&w, w.mc, NETFN_SENSOR, 0x12, writes[_i].data, writes[_i].len), CC_OK);
    expect_written(_i);
    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(1));
    if (writes[_i].kept) {
        expect_written(_i);
        return;
    }
    a = get(writes[_i].data[0], 0, 1);
    for (size_t i = 1 + writes[_i].selectors; i < a->len; i++)
        ck_assert_uint_eq(a->data[i], 0);
}
END_TEST

static const struct {
    const char *why;
    uint8_t data[24];
    size_t len;
    unsigned cc;
} refusals[] = {
    { "groups, which there are not", { 14, 1 }, 2, CC_CMD_80 },
    { "group control table", { 15, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, 12, CC_CMD_80 },
    { "no such parameter", { 16, 0 }, 2, CC_CMD_80 },
    { "OEM", { 96, 0 }, 2, CC_CMD_80 },
    { "number of filters", { 5, 1 }, 2, CC_CMD_82 },
    { "number of policies", { 8, 1 }, 2, CC_CMD_82 },
    { "number of strings", { 11, 1 }, 2, CC_CMD_82 },
    { "control alone", { 1 }, 1, CC_LENGTH },
    { "control and more", { 1, 1, 1 }, 3, CC_LENGTH },
    { "filter 0", { 6, 0, 0x80 }, 22, CC_RANGE },
    { "filter past the last", { 6, 25, 0x80 }, 22, CC_RANGE },
    { "filter cut", { 6, 1, 0x80 }, 21, CC_LENGTH },
    { "two severities", { 6, 20, 0x80, 1, 1, 0x18 }, 22, CC_INVALID_FIELD },
    { "severity unknown", { 6, 20, 0x80, 1, 1, 0x40 }, 22, CC_INVALID_FIELD },
    { "policy 0", { 9, 0, 0, 0, 0 }, 5, CC_RANGE },
    { "policy kind 5", { 9, 1, 0x15, 0, 0 }, 5, CC_INVALID_FIELD },
    { "string 9", { 13, 9, 1, 'a' }, 4, CC_RANGE },
    { "block 0", { 13, 1, 0, 'a' }, 4, CC_RANGE },
    { "block 5", { 13, 1, 5, 'a' }, 4, CC_RANGE },
    { "made by nobody known", { 6, 20, 0xa0, 1, 1, 0x10 }, 22, CC_INVALID_FIELD },
    { "commit", { 0, 2 }, 2, CC_INVALID_FIELD },
};

START_TEST(refuses_what_it_must)
{
    struct answer *a = mcworld_ask(&w, w.mc, NETFN_SENSOR, 0x12, refusals[_i].data,
                                   refusals[_i].len);

    ck_assert_msg(a->cc == refusals[_i].cc, "%s: %02Xh", refusals[_i].why, a->cc);
    ck_assert_ptr_null(w.mc->pef->config);
}
END_TEST

START_TEST(tells_the_revision_alone)
{
    ck_answer(get(0x80 | 6, 0, 0), CC_OK, 0x11);
    ck_cc(get(0x80 | 16, 0, 0), CC_CMD_80);
    ck_cc(get(6, 0, 0), CC_RANGE);
}
END_TEST

START_TEST(ends_a_set_in_progress_with_the_host)
{
    set(0, 1);
    ck_cc(ask(&w, NETFN_SENSOR, 0x12, 0, 1), CC_CMD_81);
    ck_assert(host_do(w.host, HOST_OP_RESET, CAUSE_RESET_BUTTON));
    ck_answer(get(0, 0, 0), CC_OK, 0x11, 0);
}
END_TEST

/* What a filter does to a host that is on. */
static const struct {
    uint8_t actions, global;
    bool on_soon, on_later;
    enum host_cause cause;    /* of the last start; CAUSE_UNKNOWN: it was not started */
} deeds[] = {
    { PEF_POWER_DOWN, 0x3f, false, false, CAUSE_UNKNOWN },
    { PEF_CYCLE, 0x3f, false, true, CAUSE_PEF_CYCLE },
    { PEF_RESET, 0x3f, true, true, CAUSE_PEF_RESET },
    { PEF_DIAG, 0x3f, true, true, CAUSE_UNKNOWN },
    { PEF_OEM, 0x3f, true, true, CAUSE_UNKNOWN },
    { PEF_RESET | PEF_CYCLE, 0x3f, false, true, CAUSE_PEF_CYCLE },
    { 0x3f, 0x3f, false, false, CAUSE_UNKNOWN },
    { 0x3f, 0x3f & ~PEF_POWER_DOWN, false, true, CAUSE_PEF_CYCLE },
    { 0x3f, PEF_RESET | PEF_DIAG, true, true, CAUSE_PEF_RESET },
    { 0x3f, PEF_ALERT, true, true, CAUSE_UNKNOWN },
};

START_TEST(acts_on_the_host)
{
    filter_for(0xc0, deeds[_i].actions);
    set(2, deeds[_i].global);
    event_of(0xc0);
    mcworld_run(&w, HOST_POWER_OFF_DELAY + SPAN_MS(1));
    ck_assert(host_power_good(w.host) == deeds[_i].on_soon);
    mcworld_run(&w, SPAN_S(5));
    ck_assert(host_power_good(w.host) == deeds[_i].on_later);
    ck_assert_int_eq(host_last_start(w.host), deeds[_i].cause);
    if (deeds[_i].cause != CAUSE_UNKNOWN)
        ck_answer(ask(&w, NETFN_CHASSIS, 0x07), CC_OK, (uint8_t)deeds[_i].cause, 0);
}
END_TEST

static void
count_nmi(void *ctx, enum host_event ev, enum host_cause cause)
{
    (void)cause;
    *(unsigned *)ctx += ev == HOST_EVENT_NMI;
}

START_TEST(pulses_the_diagnostic_interrupt)
{
    unsigned nmis = 0;

    ck_assert(host_listen(w.host, &(struct host_listener){ count_nmi, &nmis }) == ST_OK);
    filter_for(0xc0, PEF_DIAG);
    event_of(0xc0);
    mcworld_run(&w, 0);
    ck_assert_uint_eq(nmis, 1);
    event_of(0xc1);
    mcworld_run(&w, 0);
    ck_assert_uint_eq(nmis, 1);
}
END_TEST

/* A host that reports an event at each reset, at once. */
static void
complain(void *ctx, enum host_event ev, enum host_cause cause)
{
    (void)cause;
    if (ev != HOST_EVENT_RESET)
        return;
    ++*(unsigned *)ctx;
    event_of(0xc0);
}

START_TEST(turns_in_circles_slowly)
{
    unsigned resets = 0;

    ck_assert(host_listen(w.host, &(struct host_listener){ complain, &resets }) == ST_OK);
    filter_for(0xc0, PEF_RESET);
    event_of(0xc0);
    mcworld_run(&w, 10 * PEF_HOST_GAP);
    ck_assert_uint_eq(resets, 11);
}
END_TEST

START_TEST(tells_of_its_actions_before_it_takes_them)
{
    static const uint8_t want[] = { 0x04, 0x12, 0x00, 0x6f, 0xc4, PEF_RESET | PEF_ALERT, 0xff };
    struct answer *a;

    set(1, PEF_CONTROL_ENABLE | PEF_CONTROL_EVENTS);
    filter_for(0xff, PEF_RESET | PEF_ALERT);   /* its own event as well */
    event_of(0xc0);
    ck_assert_uint_eq(logged(), 1);
    mcworld_run(&w, SPAN_S(1));
    ck_assert_uint_eq(logged(), 2);
    a = ask(&w, NETFN_STORAGE, 0x43, 0, 0, 2, 0, 0, 0xff);
    ck_assert_mem_eq(a->data + 2 + 9, want, sizeof want);
    ck_assert_uint_eq(processed(true), 2);
}
END_TEST

START_TEST(does_nothing_while_it_is_off)
{
    filter_for(0xc0, PEF_RESET);
    set(1, 0);
    event_of(0xc0);
    set(1, 1);
    mcworld_run(&w, SPAN_S(1));
    ck_assert_int_eq(host_last_start(w.host), CAUSE_UNKNOWN);
    ck_assert_uint_eq(processed(true), PEF_ID_NONE);
    event_of(0xc0);
    mcworld_run(&w, SPAN_S(1));
    ck_assert_int_eq(host_last_start(w.host), CAUSE_PEF_RESET);
    ck_assert_uint_eq(processed(true), 2);
}
END_TEST

/* The startup delay: 10 s from the reset; the event comes 4 s after it. */
START_TEST(lets_power_actions_wait_for_the_startup_delay)
{
    set(1, PEF_CONTROL_ENABLE | PEF_CONTROL_STARTUP_DELAY);
    set(3, 10);
    filter_for(0xc0, PEF_POWER_DOWN);
    ck_assert(host_do(w.host, HOST_OP_RESET, CAUSE_RESET_BUTTON));
    mcworld_run(&w, SPAN_S(4));
    event_of(0xc0);
    mcworld_run(&w, SPAN_S(6) - 1);
    ck_assert_int_eq(host_state(w.host), HOST_ON);
    mcworld_run(&w, 1);
    ck_assert_int_eq(host_state(w.host), HOST_TURNING_OFF);
}
END_TEST

START_TEST(cancels_what_waits_when_it_is_turned_off)
{
    set(1, PEF_CONTROL_ENABLE | PEF_CONTROL_STARTUP_DELAY);
    set(3, 10);
    filter_for(0xc0, PEF_POWER_DOWN);
    ck_assert(host_do(w.host, HOST_OP_RESET, CAUSE_RESET_BUTTON));
    event_of(0xc0);
    mcworld_run(&w, SPAN_S(1));
    set(1, PEF_CONTROL_STARTUP_DELAY);
    set(1, PEF_CONTROL_ENABLE | PEF_CONTROL_STARTUP_DELAY);
    mcworld_run(&w, SPAN_S(60));
    ck_assert_int_eq(host_state(w.host), HOST_ON);
}
END_TEST

START_TEST(acts_at_once_when_the_delay_is_taken_away)
{
    set(1, PEF_CONTROL_ENABLE | PEF_CONTROL_STARTUP_DELAY);
    filter_for(0xc0, PEF_POWER_DOWN);
    ck_assert(host_do(w.host, HOST_OP_RESET, CAUSE_RESET_BUTTON));
    event_of(0xc0);
    mcworld_run(&w, SPAN_S(1));
    ck_assert_int_eq(host_state(w.host), HOST_ON);
    set(1, PEF_CONTROL_ENABLE);
    mcworld_run(&w, 0);
    ck_assert_int_eq(host_state(w.host), HOST_TURNING_OFF);
}
END_TEST

/* ---- last processed events, the postpone timer ---- */

START_TEST(remembers_the_last_event_that_was_processed)
{
    ck_answer(ask(&w, NETFN_SENSOR, 0x15), CC_OK, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
              0xff, 0xff);
    mcworld_run(&w, SPAN_S(5));
    event_of(0xc0);
    event_of(0xc0);
    ck_cc(ask(&w, NETFN_SENSOR, 0x14, 0, 1, 0), CC_OK);
    ck_answer(ask(&w, NETFN_SENSOR, 0x15), CC_OK, 0x05, 0xb9, 0x55, 0x69, 2, 0, 1, 0, 2, 0);
    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(1));
    ck_assert_uint_eq(processed(true), 2);
    sel_clear(w.mc);
    ck_assert_uint_eq(processed(true), PEF_ID_NONE);
    ck_assert_uint_eq(processed(false), PEF_ID_NONE);
}
END_TEST

START_TEST(processes_events_that_could_not_be_logged)
{
    filter_for(0xc0, PEF_RESET);
    ck_cc(ask(&w, NETFN_APP, 0x2e, 0), CC_OK);   /* no SEL logging */
    event_of(0xc0);
    mcworld_run(&w, 0);
    ck_assert_int_eq(host_last_start(w.host), CAUSE_PEF_RESET);
    ck_assert_uint_eq(logged(), 0);
    ck_assert_uint_eq(processed(true), PEF_ID_UNLOGGED);
}
END_TEST

START_TEST(postpones_events_until_the_countdown_is_over)
{
    filter_for(0xc0, PEF_RESET);
    ck_answer(ask(&w, NETFN_SENSOR, 0x11, 10), CC_OK, 10);
    mcworld_run(&w, SPAN_S(60));
    ck_answer(ask(&w, NETFN_SENSOR, 0x11, 0xff), CC_OK, 10);
    event_of(0xc0);
    mcworld_run(&w, SPAN_S(4));
    ck_answer(ask(&w, NETFN_SENSOR, 0x11, 0xff), CC_OK, 6);
    mcworld_run(&w, SPAN_S(6) - 1);
    ck_assert_int_eq(host_last_start(w.host), CAUSE_UNKNOWN);
    ck_assert_uint_eq(processed(true), PEF_ID_NONE);
    mcworld_run(&w, 1);
    ck_assert_int_eq(host_last_start(w.host), CAUSE_PEF_RESET);
    ck_assert_uint_eq(processed(true), 1);
}
END_TEST

START_TEST(leaves_alone_what_software_has_processed)
{
    filter_for(0xc0, PEF_RESET);
    ck_cc(ask(&w, NETFN_SENSOR, 0x11, 10), CC_OK);
    event_of(0xc0);
    event_of(0xc0);
    mcworld_run(&w, SPAN_S(4));
    ck_cc(ask(&w, NETFN_SENSOR, 0x14, 0, 2, 0), CC_OK);
    ck_answer(ask(&w, NETFN_SENSOR, 0x11, 0xff), CC_OK, 10);
    mcworld_run(&w, SPAN_S(60));
    ck_assert_int_eq(host_last_start(w.host), CAUSE_UNKNOWN);
    event_of(0xc0);
    mcworld_run(&w, SPAN_S(10));
    ck_assert_int_eq(host_last_start(w.host), CAUSE_PEF_RESET);
}
END_TEST

/* How a postponement ends before its time. */
static void
disarm(void)
{
    ck_answer(ask(&w, NETFN_SENSOR, 0x11, 0), CC_OK, 0);
}

static void
reset_host(void)
{
    ck_assert(host_do(w.host, HOST_OP_RESET, CAUSE_RESET_BUTTON));
}

static void
reset_bmc(void)
{
    mc_cold_reset(w.mc);
    mcworld_run(&w, MC_RESET_TIME - 1);
    ck_assert_int_ne(host_last_start(w.host), CAUSE_PEF_RESET);
}

static void (*const endings[])(void) = { disarm, reset_host, reset_bmc };

START_TEST(takes_up_postponed_events)
{
    unsigned ending = (unsigned)_i / 2;

    filter_for(0xc0, PEF_RESET);
    ck_cc(ask(&w, NETFN_SENSOR, 0x11, _i % 2 ? 0xfe : 0xfd), CC_OK);
    event_of(0xc0);
    mcworld_run(&w, SPAN_S(100));
    ck_assert_int_eq(host_last_start(w.host), CAUSE_UNKNOWN);
    endings[ending]();
    mcworld_run(&w, 1);
    ck_answer(ask(&w, NETFN_SENSOR, 0x11, 0xff), CC_OK, 0);
    ck_assert_int_eq(host_last_start(w.host), CAUSE_PEF_RESET);
}
END_TEST

START_TEST(keeps_one_postponed_event_that_could_not_be_logged)
{
    filter_for(0xc0, PEF_RESET);
    ck_cc(ask(&w, NETFN_APP, 0x2e, 0), CC_OK);
    ck_cc(ask(&w, NETFN_SENSOR, 0x11, 0xfe), CC_OK);
    event_of(0xc0);
    event_of(0xc1);
    ck_cc(ask(&w, NETFN_SENSOR, 0x11, 0), CC_OK);
    mcworld_run(&w, 0);
    ck_assert_int_eq(host_last_start(w.host), CAUSE_PEF_RESET);
}
END_TEST

START_TEST(looks_again_after_a_restart_at_what_software_says_was_not_processed)
{
    event_of(0xc0);
    filter_for(0xc0, PEF_RESET);
    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(1));
    ck_assert_int_eq(host_last_start(w.host), CAUSE_UNKNOWN);
    ck_cc(ask(&w, NETFN_SENSOR, 0x14, 1, 0xff, 0xff), CC_OK);
    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(1));
    ck_assert_int_eq(host_last_start(w.host), CAUSE_PEF_RESET);
}
END_TEST

/* Records that software adds to the log are no events. */
START_TEST(does_not_filter_records_that_are_added)
{
    filter_for(0xc0, PEF_RESET);
    ck_cc(ask(&w, NETFN_STORAGE, 0x44, 0, 0, 2, 0, 0, 0, 0, 0x20, 0, 4, 0xc0, 7, 0x6f, 1, 0xff,
              0xff), CC_OK);
    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(1));
    ck_assert_uint_eq(logged(), 1);
    ck_assert_int_eq(host_last_start(w.host), CAUSE_UNKNOWN);
}
END_TEST

START_TEST(costs_an_idle_bmc_little)
{
    ck_assert_uint_le(sizeof *w.mc->pef, 512);
    event_of(0x23);
    mcworld_run(&w, SPAN_S(1));
    ck_assert_ptr_null(w.mc->pef->config);
    ck_assert_ptr_null(w.mc->pef->alerts);
}
END_TEST

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

static Suite *
pef_suite(void)
{
    TCase *t;
    Suite *s = run_suite_of("pef", &t);

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_test(t, keeps_the_promises_of_its_rows);
    tcase_add_test(t, tells_what_it_can);
    tcase_add_test(t, can_do_nothing_to_a_host_that_is_not_there);
    tcase_add_test(t, is_not_there_without_its_group);
    tcase_add_test(t, comes_from_the_factory_with_filters_that_alert);
    tcase_add_test(t, leads_to_the_lan_that_there_is);
    tcase_add_loop_test(t, reads_back_what_was_written, 0, COUNT(writes));
    tcase_add_loop_test(t, refuses_what_it_must, 0, COUNT(refusals));
    tcase_add_test(t, tells_the_revision_alone);
    tcase_add_test(t, ends_a_set_in_progress_with_the_host);
    tcase_add_loop_test(t, acts_on_the_host, 0, COUNT(deeds));
    tcase_add_test(t, pulses_the_diagnostic_interrupt);
    tcase_add_test(t, turns_in_circles_slowly);
    tcase_add_test(t, tells_of_its_actions_before_it_takes_them);
    tcase_add_test(t, does_nothing_while_it_is_off);
    tcase_add_test(t, lets_power_actions_wait_for_the_startup_delay);
    tcase_add_test(t, cancels_what_waits_when_it_is_turned_off);
    tcase_add_test(t, acts_at_once_when_the_delay_is_taken_away);
    tcase_add_test(t, remembers_the_last_event_that_was_processed);
    tcase_add_test(t, processes_events_that_could_not_be_logged);
    tcase_add_test(t, postpones_events_until_the_countdown_is_over);
    tcase_add_test(t, leaves_alone_what_software_has_processed);
    tcase_add_loop_test(t, takes_up_postponed_events, 0, 6);
    tcase_add_test(t, keeps_one_postponed_event_that_could_not_be_logged);
    tcase_add_test(t, looks_again_after_a_restart_at_what_software_says_was_not_processed);
    tcase_add_test(t, does_not_filter_records_that_are_added);
    tcase_add_test(t, costs_an_idle_bmc_little);
    return s;
}

int
main(void)
{
    return run_suite(pef_suite());
}
