#include "sim/host/host.h"
#include "sim/host/post.h"
#include "tests/lib/run.h"

#define HEARD_MAX 16
#define STEPS_MAX 64

static struct world world;
static struct host *host;

static struct {
    enum host_event ev;
    enum host_cause cause;
    instant at;
} heard[HEARD_MAX];
static unsigned heard_count;

/* Firmware's steps are kept apart: there are many. */
static struct {
    uint8_t code;
    instant at;
} posted[STEPS_MAX];
static unsigned posted_count;

static bool into_setup;

static void
hear_post(void)
{
    ck_assert_uint_lt(posted_count, STEPS_MAX);
    posted[posted_count].code = host_post_code(host);
    posted[posted_count++].at = world.now;
}

static void
hear(void *ctx, enum host_event ev, enum host_cause cause)
{
    (void)ctx;
    if (ev == HOST_EVENT_POST) {
        hear_post();
        return;
    }
    if (ev == HOST_EVENT_BOOT_DEVICE) {
        if (into_setup)
            host_enter_setup(host);
        return;
    }
    ck_assert_uint_lt(heard_count, HEARD_MAX);
    heard[heard_count].ev = ev;
    heard[heard_count].cause = cause;
    heard[heard_count++].at = world.now;
}

static void
begin_host(bool on)
{
    struct host_listener l = { hear, NULL };

    world_init(&world, rng_key_root(1), 0, WORLD_EPOCH_DEFAULT);
    heard_count = posted_count = 0;
    into_setup = false;
    ck_assert_int_eq(host_new(&world, on, &host), ST_OK);
    ck_assert_int_eq(host_listen(host, &l), ST_OK);
}

static void
begin_on(void)
{
    begin_host(true);
}

static void
end(void)
{
    host_free(host);
    world_free(&world);
}

static void
expect(unsigned n, enum host_event ev, enum host_cause cause, instant at)
{
    ck_assert_uint_gt(heard_count, n);
    ck_assert_int_eq(heard[n].ev, ev);
    ck_assert_int_eq(heard[n].cause, cause);
    ck_assert_uint_eq(heard[n].at, at);
}

START_TEST(turns_off_after_its_delay)
{
    ck_assert(host_do(host, HOST_OP_OFF, CAUSE_CHASSIS_CONTROL));
    ck_assert(host_power_good(host));
    world_advance(&world, HOST_POWER_OFF_DELAY - 1);
    ck_assert(host_power_good(host));
    world_advance(&world, HOST_POWER_OFF_DELAY);
    ck_assert_int_eq(host_state(host), HOST_OFF);
    ck_assert(!host_power_good(host));
    expect(0, HOST_EVENT_POWERED_OFF, CAUSE_CHASSIS_CONTROL, HOST_POWER_OFF_DELAY);
}
END_TEST

START_TEST(turns_on_and_boots)
{
    end();
    begin_host(false);
    ck_assert(host_do(host, HOST_OP_ON, CAUSE_POWER_BUTTON));
    ck_assert(!host_power_good(host));
    world_advance(&world, SPAN_S(60));
    expect(0, HOST_EVENT_POWERED_ON, CAUSE_POWER_BUTTON, HOST_POWER_ON_DELAY);
    expect(1, HOST_EVENT_BOOTED, CAUSE_POWER_BUTTON, HOST_POWER_ON_DELAY + HOST_BOOT_DELAY);
    ck_assert_int_eq(host_last_start(host), CAUSE_POWER_BUTTON);
}
END_TEST

START_TEST(cycles_with_its_off_time)
{
    instant off = HOST_POWER_OFF_DELAY;

    host_set_cycle_interval(host, SPAN_S(4));
    ck_assert(host_do(host, HOST_OP_CYCLE, CAUSE_WATCHDOG));
    world_advance(&world, off);
    ck_assert_int_eq(host_state(host), HOST_CYCLING);
    world_advance(&world, SPAN_S(10));
    expect(0, HOST_EVENT_POWERED_OFF, CAUSE_WATCHDOG, off);
    expect(1, HOST_EVENT_POWERED_ON, CAUSE_WATCHDOG, off + SPAN_S(4) + HOST_POWER_ON_DELAY);
    ck_assert_int_eq(host_state(host), HOST_ON);
}
END_TEST

START_TEST(cycles_at_once_with_no_off_time)
{
    host_set_cycle_interval(host, 0);
    ck_assert(host_do(host, HOST_OP_CYCLE, CAUSE_CHASSIS_CONTROL));
    world_advance(&world, SPAN_S(1));
    expect(1, HOST_EVENT_POWERED_ON, CAUSE_CHASSIS_CONTROL,
           HOST_POWER_OFF_DELAY + HOST_POWER_ON_DELAY);
}
END_TEST

START_TEST(resets_at_once_and_boots_again)
{
    world_advance(&world, SPAN_S(5));
    ck_assert(host_do(host, HOST_OP_RESET, CAUSE_RESET_BUTTON));
    world_advance(&world, SPAN_S(15));
    ck_assert(host_do(host, HOST_OP_RESET, CAUSE_SOFT_RESET));
    world_advance(&world, SPAN_S(60));
    ck_assert_uint_eq(heard_count, 3);
    expect(0, HOST_EVENT_RESET, CAUSE_RESET_BUTTON, SPAN_S(5));
    expect(1, HOST_EVENT_RESET, CAUSE_SOFT_RESET, SPAN_S(15));
    expect(2, HOST_EVENT_BOOTED, CAUSE_SOFT_RESET, SPAN_S(15) + HOST_BOOT_DELAY);
}
END_TEST

START_TEST(shuts_down_softly)
{
    ck_assert(host_do(host, HOST_OP_SOFT, CAUSE_CHASSIS_CONTROL));
    ck_assert(host_do(host, HOST_OP_SOFT, CAUSE_CHASSIS_CONTROL));
    ck_assert_int_eq(host_state(host), HOST_SOFT_OFF);
    ck_assert(host_power_good(host));
    world_advance(&world, SPAN_S(9));
    ck_assert_uint_eq(heard_count, 3);
    expect(0, HOST_EVENT_SOFT_SHUTDOWN, CAUSE_CHASSIS_CONTROL, 0);
    expect(1, HOST_EVENT_OS_STOPPED, CAUSE_CHASSIS_CONTROL, HOST_SOFT_DELAY);
    expect(2, HOST_EVENT_POWERED_OFF, CAUSE_CHASSIS_CONTROL,
           HOST_SOFT_DELAY + HOST_POWER_OFF_DELAY);
    ck_assert_int_eq(host_state(host), HOST_OFF);
}
END_TEST

START_TEST(is_forced_off_while_shutting_down)
{
    host_do(host, HOST_OP_SOFT, CAUSE_POWER_BUTTON);
    world_advance(&world, SPAN_MS(500));
    ck_assert(host_do(host, HOST_OP_OFF, CAUSE_CHASSIS_CONTROL));
    world_advance(&world, SPAN_S(9));
    ck_assert_uint_eq(heard_count, 2);
    expect(1, HOST_EVENT_POWERED_OFF, CAUSE_CHASSIS_CONTROL,
           SPAN_MS(500) + HOST_POWER_OFF_DELAY);
}
END_TEST

START_TEST(starts_again_when_asked_on_its_way_off)
{
    host_do(host, HOST_OP_OFF, CAUSE_CHASSIS_CONTROL);
    world_advance(&world, SPAN_MS(50));
    ck_assert(host_do(host, HOST_OP_ON, CAUSE_POWER_BUTTON));
    world_advance(&world, SPAN_S(1));
    expect(0, HOST_EVENT_POWERED_OFF, CAUSE_CHASSIS_CONTROL, HOST_POWER_OFF_DELAY);
    expect(1, HOST_EVENT_POWERED_ON, CAUSE_POWER_BUTTON,
           HOST_POWER_OFF_DELAY + HOST_POWER_ON_DELAY);
}
END_TEST

START_TEST(stays_off_when_told_during_a_cycle)
{
    host_do(host, HOST_OP_CYCLE, CAUSE_CHASSIS_CONTROL);
    world_advance(&world, SPAN_MS(50));
    ck_assert(host_do(host, HOST_OP_CYCLE, CAUSE_CHASSIS_CONTROL));
    world_advance(&world, SPAN_MS(500));
    ck_assert_int_eq(host_state(host), HOST_CYCLING);
    ck_assert(host_do(host, HOST_OP_OFF, CAUSE_CHASSIS_CONTROL));
    world_advance(&world, SPAN_S(30));
    ck_assert_uint_eq(heard_count, 1);
    ck_assert_int_eq(host_state(host), HOST_OFF);
}
END_TEST

START_TEST(passes_on_a_diagnostic_interrupt)
{
    ck_assert(host_do(host, HOST_OP_DIAG, CAUSE_CHASSIS_CONTROL));
    expect(0, HOST_EVENT_NMI, CAUSE_CHASSIS_CONTROL, 0);
    ck_assert_int_eq(host_state(host), HOST_ON);
}
END_TEST

START_TEST(crashes_by_it_and_is_switched_off_all_the_same)
{
    host_do(host, HOST_OP_DIAG, CAUSE_PEF_RESET);
    expect(1, HOST_EVENT_OS_CRASHED, CAUSE_PEF_RESET, 0);
    ck_assert_int_eq(host_stage(host), HOST_STAGE_STOPPED);
    ck_assert(host_do(host, HOST_OP_SOFT, CAUSE_POWER_BUTTON));
    world_advance(&world, SPAN_S(9));
    expect(3, HOST_EVENT_OS_SILENT, CAUSE_POWER_BUTTON, HOST_SOFT_DELAY);
    expect(4, HOST_EVENT_POWERED_OFF, CAUSE_POWER_BUTTON,
           HOST_SOFT_DELAY + HOST_POWER_OFF_DELAY);
    ck_assert_uint_eq(heard_count, 5);
}
END_TEST

START_TEST(goes_through_its_self_test)
{
    size_t count;
    const struct post_step *steps = post_steps(&count);

    host_do(host, HOST_OP_RESET, CAUSE_RESET_BUTTON);
    ck_assert_int_eq(host_stage(host), HOST_STAGE_POST);
    ck_assert_uint_eq(host_post_code(host), POST_NONE);
    world_advance(&world, HOST_BOOT_DELAY - 1);
    ck_assert_uint_eq(posted_count, count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_uint_eq(posted[i].code, steps[i].code);
        ck_assert_uint_eq(posted[i].at, HOST_BOOT_DELAY / 1000 * steps[i].permille);
    }
    ck_assert_uint_eq(posted[count - 1].code, POST_BOOT_OS);
    world_advance(&world, HOST_BOOT_DELAY);
    ck_assert_int_eq(host_stage(host), HOST_STAGE_OS);
}
END_TEST

START_TEST(begins_its_self_test_anew)
{
    host_do(host, HOST_OP_RESET, CAUSE_RESET_BUTTON);
    world_advance(&world, SPAN_S(2));
    ck_assert_uint_eq(posted_count, 2);
    host_do(host, HOST_OP_RESET, CAUSE_RESET_BUTTON);
    ck_assert_uint_eq(host_post_code(host), POST_NONE);
    world_advance(&world, SPAN_S(4));
    ck_assert_uint_eq(posted_count, 4);
    ck_assert_uint_eq(posted[2].code, posted[0].code);
}
END_TEST

START_TEST(stays_in_setup_until_it_is_reset)
{
    into_setup = true;
    host_do(host, HOST_OP_RESET, CAUSE_RESET_BUTTON);
    world_advance(&world, SPAN_S(90));
    ck_assert_int_eq(host_stage(host), HOST_STAGE_SETUP);
    ck_assert_uint_eq(host_post_code(host), POST_SETUP);
    ck_assert_uint_eq(heard_count, 1);
    into_setup = false;
    host_do(host, HOST_OP_RESET, CAUSE_RESET_BUTTON);
    host_enter_setup(host);
    ck_assert_int_eq(host_stage(host), HOST_STAGE_SETUP);
    host_do(host, HOST_OP_RESET, CAUSE_RESET_BUTTON);
    world_advance(&world, SPAN_S(180));
    ck_assert_int_eq(host_stage(host), HOST_STAGE_OS);
    host_enter_setup(host);
    ck_assert_int_eq(host_stage(host), HOST_STAGE_OS);
}
END_TEST

START_TEST(is_switched_off_at_once_by_its_firmware)
{
    host_do(host, HOST_OP_RESET, CAUSE_RESET_BUTTON);
    host_do(host, HOST_OP_SOFT, CAUSE_POWER_BUTTON);
    world_advance(&world, SPAN_S(90));
    expect(1, HOST_EVENT_SOFT_SHUTDOWN, CAUSE_POWER_BUTTON, 0);
    expect(2, HOST_EVENT_POWERED_OFF, CAUSE_POWER_BUTTON, HOST_POWER_OFF_DELAY);
    ck_assert_uint_eq(heard_count, 3);
    ck_assert_uint_eq(posted_count, 0);
    ck_assert_int_eq(host_stage(host), HOST_STAGE_NOTHING);
}
END_TEST

START_TEST(has_words_for_its_steps)
{
    ck_assert_str_eq(post_text(POST_MEMORY), "Memory initialization");
    ck_assert_str_eq(post_text(POST_SETUP), "User-initiated system setup");
    ck_assert_str_eq(post_text(0xee), "Unspecified");
}
END_TEST

static const struct {
    enum host_op op;
    bool allowed;
} while_off[] = {
    { HOST_OP_OFF, true },    { HOST_OP_ON, true },    { HOST_OP_CYCLE, false },
    { HOST_OP_RESET, false }, { HOST_OP_DIAG, false }, { HOST_OP_SOFT, false },
};

START_TEST(refuses_what_needs_power)
{
    end();
    begin_host(false);
    ck_assert(host_do(host, while_off[_i].op, CAUSE_CHASSIS_CONTROL) == while_off[_i].allowed);
    ck_assert_uint_eq(heard_count, 0);
}
END_TEST

START_TEST(does_nothing_when_it_is_so_already)
{
    ck_assert(host_do(host, HOST_OP_ON, CAUSE_CHASSIS_CONTROL));
    world_advance(&world, SPAN_S(60));
    ck_assert_uint_eq(heard_count, 0);
    ck_assert_int_eq(host_last_start(host), CAUSE_UNKNOWN);
}
END_TEST

START_TEST(counts_the_time_it_was_on)
{
    world_advance(&world, SPAN_S(10));
    ck_assert_uint_eq(host_powered_time(host), SPAN_S(10));
    host_do(host, HOST_OP_OFF, CAUSE_CHASSIS_CONTROL);
    world_advance(&world, SPAN_S(100));
    ck_assert_uint_eq(host_powered_time(host), SPAN_S(10) + HOST_POWER_OFF_DELAY);
    host_do(host, HOST_OP_ON, CAUSE_CHASSIS_CONTROL);
    world_advance(&world, SPAN_S(101));
    ck_assert_uint_eq(host_powered_time(host),
                      SPAN_S(11) + HOST_POWER_OFF_DELAY - HOST_POWER_ON_DELAY);
}
END_TEST

START_TEST(takes_other_delays)
{
    struct host_delays d;

    host_delays(host, &d);
    ck_assert_uint_eq(d.boot, HOST_BOOT_DELAY);
    d.off = SPAN_S(3);
    host_set_delays(host, &d);
    host_do(host, HOST_OP_OFF, CAUSE_CHASSIS_CONTROL);
    world_advance(&world, SPAN_S(9));
    expect(0, HOST_EVENT_POWERED_OFF, CAUSE_CHASSIS_CONTROL, SPAN_S(3));
}
END_TEST

START_TEST(has_a_bound_of_listeners)
{
    struct host_listener l = { hear, NULL };

    for (unsigned i = 1; i < HOST_LISTENERS_MAX; i++)
        ck_assert_int_eq(host_listen(host, &l), ST_OK);
    ck_assert_int_eq(host_listen(host, &l), ST_FULL);
    host_free(NULL);
}
END_TEST

START_TEST(leaves_those_alone_who_stopped_listening)
{
    static int other;
    struct host_listener l = { hear, &other };

    ck_assert_int_eq(host_listen(host, &l), ST_OK);
    host_unlisten(host, NULL);
    host_do(host, HOST_OP_RESET, CAUSE_WATCHDOG);
    ck_assert_uint_eq(heard_count, 1);
    host_unlisten(host, &other);
    host_do(host, HOST_OP_RESET, CAUSE_WATCHDOG);
    ck_assert_uint_eq(heard_count, 1);
}
END_TEST

static Suite *
host_suite(void)
{
    TCase *tc;
    Suite *s = run_suite_of("host", &tc);

    tcase_add_checked_fixture(tc, begin_on, end);
    tcase_add_test(tc, turns_off_after_its_delay);
    tcase_add_test(tc, turns_on_and_boots);
    tcase_add_test(tc, cycles_with_its_off_time);
    tcase_add_test(tc, cycles_at_once_with_no_off_time);
    tcase_add_test(tc, resets_at_once_and_boots_again);
    tcase_add_test(tc, shuts_down_softly);
    tcase_add_test(tc, is_forced_off_while_shutting_down);
    tcase_add_test(tc, starts_again_when_asked_on_its_way_off);
    tcase_add_test(tc, stays_off_when_told_during_a_cycle);
    tcase_add_test(tc, passes_on_a_diagnostic_interrupt);
    tcase_add_test(tc, crashes_by_it_and_is_switched_off_all_the_same);
    tcase_add_test(tc, goes_through_its_self_test);
    tcase_add_test(tc, begins_its_self_test_anew);
    tcase_add_test(tc, stays_in_setup_until_it_is_reset);
    tcase_add_test(tc, is_switched_off_at_once_by_its_firmware);
    tcase_add_test(tc, has_words_for_its_steps);
    tcase_add_loop_test(tc, refuses_what_needs_power, 0,
                        sizeof while_off / sizeof while_off[0]);
    tcase_add_test(tc, does_nothing_when_it_is_so_already);
    tcase_add_test(tc, counts_the_time_it_was_on);
    tcase_add_test(tc, takes_other_delays);
    tcase_add_test(tc, leaves_those_alone_who_stopped_listening);
    tcase_add_test(tc, has_a_bound_of_listeners);
    return s;
}

int
main(void)
{
    return run_suite(host_suite());
}
