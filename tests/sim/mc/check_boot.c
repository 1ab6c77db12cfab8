#include "sim/mc/boot.h"
#include "tests/lib/run.h"

static struct world world;
static struct boot boot;

static void
begin(void)
{
    world_init(&world, rng_key_root(1), 0, WORLD_EPOCH_DEFAULT);
    boot_init(&boot, &world);
}

static void
end(void)
{
    boot_reset(&boot);
    world_free(&world);
}

static enum ipmi_cc
set_as(uint8_t privilege, const uint8_t *data, size_t len)
{
    struct ipmi_req rq = { .privilege = privilege, .data = rd_of(bytes_of(data, len)) };

    return boot_set(&boot, &rq);
}

#define SET(...) \
    set_as(PRIV_OPERATOR, (const uint8_t[]){ __VA_ARGS__ }, \
           sizeof (const uint8_t[]){ __VA_ARGS__ })

/* What a Get answers; len receives its length. */
static enum ipmi_cc
get(uint8_t selector, uint8_t set, uint8_t to[32], size_t *len)
{
    const uint8_t ask[] = { selector, set, 0 };
    struct ipmi_req rq = { .privilege = PRIV_USER, .data = rd_of(bytes_of(ask, sizeof ask)) };
    struct wr rs = wr_of(to, 32);
    enum ipmi_cc cc = boot_get(&boot, &rq, &rs);

    *len = wr_len(&rs);
    return cc;
}

static bool
valid(void)
{
    return boot.flags[0] & BOOT_FLAGS_VALID;
}

static const struct {
    const char *why;
    uint8_t data[12];
    size_t len;
    enum ipmi_cc cc;
} sets[] = {
    { "in progress", { 0, 1 }, 2, CC_OK },
    { "commit", { 0, 2 }, 2, CC_INVALID_FIELD },
    { "partition", { 1, 5 }, 2, CC_OK },
    { "scan", { 2, 2 }, 2, CC_OK },
    { "clearing", { 3, 0x1f }, 2, CC_OK },
    { "acknowledge", { 4, 1, 1 }, 3, CC_OK },
    { "acknowledge without data", { 4, 1 }, 2, CC_LENGTH },
    { "flags", { 5, 0x80, 4, 0, 0, 0 }, 6, CC_OK },
    { "flags too short", { 5, 0x80, 4, 0, 0 }, 5, CC_LENGTH },
    { "flags too long", { 5, 0x80, 4, 0, 0, 0, 0 }, 7, CC_LENGTH },
    { "initiator", { 6, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, 10, CC_OK },
    { "mailbox", { 7, 4, 1 }, 3, CC_OK },
    { "mailbox without data", { 7, 4 }, 2, CC_LENGTH },
    { "past the mailbox", { 7, 5, 1 }, 3, CC_RANGE },
    { "no such parameter", { 8, 1 }, 2, CC_CMD_80 },
    { "no such parameter, mark alone", { 0x88 }, 1, CC_CMD_80 },
    { "OEM parameter", { 96, 1 }, 2, CC_CMD_80 },
    { "mark alone", { 0x85 }, 1, CC_OK },
    { "bypass of the password", { 5, 0x80, 4, 0x08, 0, 0 }, 6, CC_PRIVILEGE },
};

START_TEST(refuses_what_it_must)
{
    ck_assert_msg(set_as(PRIV_OPERATOR, sets[_i].data, sets[_i].len) == sets[_i].cc, "%s",
                  sets[_i].why);
}
END_TEST

START_TEST(lets_an_administrator_bypass_the_password)
{
    static const uint8_t flags[] = { 5, 0x80, 4, 0x08, 0, 0 };

    ck_assert_int_eq(set_as(PRIV_ADMIN, flags, sizeof flags), CC_OK);
    ck_assert_uint_eq(boot.flags[2], 0x08);
}
END_TEST

static const struct {
    uint8_t data[12];
    size_t len;
    uint8_t set;
    uint8_t want[20];
    size_t want_len;
} readbacks[] = {
    { { 0, 1 }, 2, 0, { 1, 0, 1 }, 3 },
    { { 1, 5 }, 2, 0, { 1, 1, 5 }, 3 },
    { { 2, 0xff }, 2, 0, { 1, 2, 3 }, 3 },
    { { 3, 0xff }, 2, 0, { 1, 3, 0x1f }, 3 },
    { { 4, 0xff, 0x13 }, 3, 0, { 1, 4, 0, 0x13 }, 4 },
    { { 5, 0xff, 0xff, 0xf7, 0xff, 0xff }, 6, 0, { 1, 5, 0xe0, 0xff, 0xf7, 0x0f, 0x1f }, 7 },
    { { 6, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, 10, 0, { 1, 6, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, 11 },
    { { 7, 1, 0xa, 0xb, 0xc }, 5, 1, { 1, 7, 1, 0xa, 0xb, 0xc }, 19 },
    { { 0x85, 0x80, 4, 0, 0, 0 }, 6, 0, { 1, 0x85, 0x80, 4, 0, 0, 0 }, 7 },
};

START_TEST(reads_back_what_was_written)
{
    uint8_t got[32];
    size_t len;

    ck_assert_int_eq(set_as(PRIV_OPERATOR, readbacks[_i].data, readbacks[_i].len), CC_OK);
    ck_assert_int_eq(get(readbacks[_i].data[0] & 0x7f, readbacks[_i].set, got, &len), CC_OK);
    ck_assert_uint_eq(len, readbacks[_i].want_len);
    ck_assert_mem_eq(got, readbacks[_i].want, len);
}
END_TEST

START_TEST(refuses_a_get_that_is_none)
{
    uint8_t got[32];
    size_t len;

    ck_assert_int_eq(get(8, 0, got, &len), CC_CMD_80);
    ck_assert_int_eq(get(7, BOOT_MAILBOX_BLOCKS, got, &len), CC_RANGE);
    ck_assert_uint_eq(len, 0);
}
END_TEST

START_TEST(marks_a_parameter_without_touching_it)
{
    uint8_t got[32];
    size_t len;

    SET(1, 5);
    ck_assert_int_eq(SET(0x81), CC_OK);
    get(1, 0, got, &len);
    ck_assert_uint_eq(got[1], 0x81);
    ck_assert_uint_eq(got[2], 5);
    ck_assert_int_eq(SET(1), CC_OK);
    get(1, 0, got, &len);
    ck_assert_uint_eq(got[1], 1);
}
END_TEST

START_TEST(lets_one_writer_at_a_time_in)
{
    ck_assert_int_eq(SET(0, 1), CC_OK);
    ck_assert_int_eq(SET(0, 1), CC_CMD_81);
    boot_host_left(&boot);
    ck_assert_int_eq(SET(0, 1), CC_OK);
}
END_TEST

START_TEST(changes_acknowledgements_under_the_mask_only)
{
    SET(4, 0xff, 0x1f);
    ck_assert_int_eq(SET(4, 0x01, 0x00), CC_OK);
    ck_assert_uint_eq(boot.ack[1], 0x1e);
    ck_assert_uint_eq(boot.ack[0], 0);
}
END_TEST

START_TEST(keeps_the_tail_of_a_mailbox_block)
{
    SET(7, 0, 1, 2, 3, 4);
    SET(7, 0, 9, 9);
    ck_assert_uint_eq(boot.mailbox[0][1], 9);
    ck_assert_uint_eq(boot.mailbox[0][2], 3);
    ck_assert_uint_eq(boot.mailbox[1][0], 0);
}
END_TEST

START_TEST(drops_the_valid_bit_after_60_s)
{
    world_advance(&world, SPAN_S(5));
    SET(5, 0x80, 4, 0, 0, 0);
    world_advance(&world, SPAN_S(65) - 1);
    ck_assert(valid());
    world_advance(&world, SPAN_S(65));
    ck_assert(!valid());
    ck_assert_uint_eq(boot.flags[1], 4);
}
END_TEST

START_TEST(starts_the_60_s_anew_on_chassis_control)
{
    SET(5, 0x80, 4, 0, 0, 0);
    world_advance(&world, SPAN_S(30));
    boot_control_seen(&boot);
    world_advance(&world, SPAN_S(90) - 1);
    ck_assert(valid());
    world_advance(&world, SPAN_S(90));
    ck_assert(!valid());
}
END_TEST

START_TEST(keeps_the_valid_bit_when_told_so)
{
    SET(3, BOOT_KEEP_TIMEOUT);
    SET(5, 0x80, 4, 0, 0, 0);
    world_advance(&world, SPAN_S(3600));
    ck_assert(valid());
}
END_TEST

START_TEST(does_not_time_flags_that_are_not_valid)
{
    SET(5, 0x80, 4, 0, 0, 0);
    SET(5, 0x00, 4, 0, 0, 0);
    boot_control_seen(&boot);
    ck_assert_uint_eq(world_deadline(&world), INSTANT_NEVER);
}
END_TEST

static const struct {
    enum host_cause cause;
    uint8_t keep;      /* the bit that keeps; 0 = always kept, FFh = never */
} causes[] = {
    { CAUSE_CHASSIS_CONTROL, 0 },
    { CAUSE_POWER_BUTTON, BOOT_KEEP_POWER_BUTTON },
    { CAUSE_RTC, BOOT_KEEP_POWER_BUTTON },
    { CAUSE_RESET_BUTTON, BOOT_KEEP_RESET_BUTTON },
    { CAUSE_SOFT_RESET, BOOT_KEEP_RESET_BUTTON },
    { CAUSE_WATCHDOG, BOOT_KEEP_WATCHDOG },
    { CAUSE_PEF_RESET, BOOT_KEEP_PEF },
    { CAUSE_PEF_CYCLE, BOOT_KEEP_PEF },
    { CAUSE_UNKNOWN, 0xff },
    { CAUSE_ALWAYS_RESTORE, 0xff },
};

START_TEST(keeps_the_valid_bit_by_cause_and_mask)
{
    uint8_t keep = causes[_i].keep;

    for (unsigned mask = 0; mask <= 0x1f; mask++) {
        bool want = keep == 0 || (keep != 0xff && (mask & keep) != 0);

        SET(3, (uint8_t)mask);
        SET(5, 0x80, 4, 0, 0, 0);
        boot_host_started(&boot, causes[_i].cause);
        ck_assert_msg(valid() == want, "cause %d, mask %02x", causes[_i].cause, mask);
    }
}
END_TEST

static unsigned
boots_from(enum host_cause cause)
{
    boot_host_left(&boot);
    boot_host_started(&boot, cause);
    boot_choose(&boot);
    return boot.device;
}

#define DEVICE(d) ((d) << BOOT_DEVICE_SHIFT)
#define CONTROL CAUSE_CHASSIS_CONTROL

START_TEST(remembers_a_persistent_device)
{
    SET(5, 0xc0, DEVICE(BOOT_DEVICE_PXE), 0, 0, 0);
    ck_assert_uint_eq(boots_from(CONTROL), BOOT_DEVICE_PXE);
    world_advance(&world, 2 * BOOT_VALID_SPAN);
    ck_assert(!valid());
    ck_assert_uint_eq(boots_from(CAUSE_RESET_BUTTON), BOOT_DEVICE_PXE);
    SET(5, 0x80, DEVICE(BOOT_DEVICE_CD), 0, 0, 0);
    ck_assert_uint_eq(boots_from(CONTROL), BOOT_DEVICE_CD);
    ck_assert_uint_eq(boots_from(CONTROL), BOOT_DEVICE_PXE);
    boot_reset(&boot);
    ck_assert_uint_eq(boots_from(CONTROL), BOOT_DEVICE_PXE);
    SET(5, 0xc0, DEVICE(BOOT_DEVICE_SETUP), 0, 0, 0);
    ck_assert_uint_eq(boots_from(CONTROL), BOOT_DEVICE_SETUP);
    SET(5, 0x00, 0, 0, 0, 0);
    ck_assert_uint_eq(boots_from(CONTROL), BOOT_DEVICE_PXE);
    SET(5, 0xc0, DEVICE(BOOT_DEVICE_ANY), 0, 0, 0);
    ck_assert_uint_eq(boots_from(CONTROL), BOOT_DEVICE_ANY);
}
END_TEST

START_TEST(forgets_its_setting_with_all_others)
{
    SET(5, 0xc0, DEVICE(BOOT_DEVICE_PXE), 0, 0, 0);
    boots_from(CONTROL);
    SET(5, 0x80, BOOT_CLEAR_SETTINGS, 0, 0, 0);
    ck_assert_uint_eq(boots_from(CONTROL), BOOT_DEVICE_ANY);
}
END_TEST

START_TEST(goes_by_flags_that_it_found_however_long_it_takes)
{
    SET(5, 0x80, DEVICE(BOOT_DEVICE_PXE), 0, 0, 0);
    boot_host_started(&boot, CONTROL);
    world_advance(&world, 2 * BOOT_VALID_SPAN);
    ck_assert(!valid());
    boot_choose(&boot);
    ck_assert_uint_eq(boot.device, BOOT_DEVICE_PXE);
    ck_assert_uint_eq(boots_from(CONTROL), BOOT_DEVICE_ANY);
}
END_TEST

START_TEST(goes_by_what_was_said_since)
{
    SET(5, 0x80, DEVICE(BOOT_DEVICE_PXE), 0, 0, 0);
    boot_host_started(&boot, CONTROL);
    SET(5, 0x00, DEVICE(BOOT_DEVICE_PXE), 0, 0, 0);
    boot_choose(&boot);
    ck_assert_uint_eq(boot.device, BOOT_DEVICE_ANY);
}
END_TEST

START_TEST(is_zero_after_a_cold_reset)
{
    SET(0x85, 0x80, 4, 0, 0, 0);
    SET(7, 0, 1);
    boot_reset(&boot);
    ck_assert(!valid());
    ck_assert_uint_eq(boot.locked, 0);
    ck_assert_uint_eq(boot.mailbox[0][0], 0);
    ck_assert_uint_eq(world_deadline(&world), INSTANT_NEVER);
}
END_TEST

static Suite *
boot_suite(void)
{
    TCase *tc;
    Suite *s = run_suite_of("boot", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_loop_test(tc, refuses_what_it_must, 0, sizeof sets / sizeof sets[0]);
    tcase_add_test(tc, lets_an_administrator_bypass_the_password);
    tcase_add_loop_test(tc, reads_back_what_was_written, 0,
                        sizeof readbacks / sizeof readbacks[0]);
    tcase_add_test(tc, refuses_a_get_that_is_none);
    tcase_add_test(tc, marks_a_parameter_without_touching_it);
    tcase_add_test(tc, lets_one_writer_at_a_time_in);
    tcase_add_test(tc, changes_acknowledgements_under_the_mask_only);
    tcase_add_test(tc, keeps_the_tail_of_a_mailbox_block);
    tcase_add_test(tc, drops_the_valid_bit_after_60_s);
    tcase_add_test(tc, starts_the_60_s_anew_on_chassis_control);
    tcase_add_test(tc, keeps_the_valid_bit_when_told_so);
    tcase_add_test(tc, does_not_time_flags_that_are_not_valid);
    tcase_add_loop_test(tc, keeps_the_valid_bit_by_cause_and_mask, 0,
                        sizeof causes / sizeof causes[0]);
    tcase_add_test(tc, remembers_a_persistent_device);
    tcase_add_test(tc, forgets_its_setting_with_all_others);
    tcase_add_test(tc, goes_by_flags_that_it_found_however_long_it_takes);
    tcase_add_test(tc, goes_by_what_was_said_since);
    tcase_add_test(tc, is_zero_after_a_cold_reset);
    return s;
}

int
main(void)
{
    return run_suite(boot_suite());
}
