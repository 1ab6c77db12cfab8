#include "sim/mc/sysinfo.h"

#include <string.h>

#include "sim/mc/mc_tables.h"
#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

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
get(uint8_t parameter, uint8_t set)
{
    return ask(&w, NETFN_APP, 0x59, 0, parameter, set, 0);
}

/* Write text as a client does: set after set of whole blocks. */
static void
write_text(uint8_t parameter, const char *text)
{
    uint8_t room[2 + 16];
    size_t len = strlen(text);
    size_t done = 0;

    for (uint8_t set = 0; set == 0 || done < len; set++) {
        struct wr rq = wr_of(room, sizeof room);
        size_t n;

        wr_u8(&rq, parameter);
        wr_u8(&rq, set);
        if (set == 0) {
            wr_u8(&rq, 0);
            wr_u8(&rq, (unsigned)len);
        }
        n = len - done < wr_room(&rq) ? len - done : wr_room(&rq);
        wr_bytes(&rq, text + done, n);
        wr_fill(&rq, 0, wr_room(&rq));
        done += n;
        ck_cc(mcworld_ask(&w, w.mc, NETFN_APP, 0x58, room, sizeof room), CC_OK);
    }
}

static void
expect_text(unsigned parameter, const char *want)
{
    char text[SYSINFO_STRING_MAX + 1] = { 0 };
    uint8_t encoding;
    size_t len = sysinfo_string(w.mc, parameter, &encoding, (uint8_t *)text, sizeof text - 1);

    ck_assert_uint_eq(len, strlen(want));
    ck_assert_str_eq(text, want);
}

START_TEST(keeps_the_promises_of_its_rows)
{
    mcworld_check_rows(&w, &sysinfo_commands, 0);
}
END_TEST

START_TEST(begins_with_the_firmware_version)
{
    ck_answer(get(1, 0), CC_OK, 0x11, 0, 0, 4, '1', '.', '4', '2', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    ck_assert_ptr_null(w.mc->sysinfo);
}
END_TEST

START_TEST(begins_empty_otherwise)
{
    ck_answer(get((uint8_t)_i, 0), CC_OK, 0x11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    ck_answer(get((uint8_t)_i, 15), CC_OK, 0x11, 15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
END_TEST

START_TEST(takes_its_name_from_its_locator)
{
    static const uint8_t locators[2][20] = {
        { 1, 0, 0x51, 0x12, 15, 0x72, 0, 0, 0, 0, 0, 0, 7, 1, 0, 0xc4, 'p', 'e', 'e', 'r' },
        { 2, 0, 0x51, 0x12, 15, 0x20, 0, 0, 0, 0, 0, 0, 7, 1, 0, 0xc4, 'n', 'o', 'd', 'e' },
    };
    const struct machine_sdr sdrs[2] = {
        { bytes_of(locators[0], 20) }, { bytes_of(locators[1], 20) },
    };

    end();
    mcworld_describe(&w);
    w.machine.sdrs = sdrs;
    w.machine.sdr_count = 2;
    mcworld_begin(&w);
    expect_text(2, "node");
    write_text(2, "other");
    expect_text(2, "other");
    end();
    begin();
}
END_TEST

START_TEST(reads_back_what_was_written)
{
    static const char *const texts[] = {
        "", "short", "exactly 14 ch.", "fifteen letters", "exactly thirty characters long",
        "a URL of more than thirty characters: https://bmc.example/",
    };

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        write_text((uint8_t)_i, texts[i]);
        expect_text((unsigned)_i, texts[i]);
    }
}
END_TEST

START_TEST(takes_the_longest_string)
{
    char text[SYSINFO_STRING_MAX + 1];

    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    write_text(3, text);
    expect_text(3, text);
    ck_cc(ask(&w, NETFN_APP, 0x58, 3, 0, 0, 255), CC_RANGE);
}
END_TEST

START_TEST(shows_the_second_set)
{
    write_text(2, "0123456789abcdefgh");
    ck_answer(get(2, 1), CC_OK, 0x11, 1, 'e', 'f', 'g', 'h', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
END_TEST

static const struct {
    const char *why;
    uint8_t data[8];
    size_t len;
    enum ipmi_cc cc;
} refusals[] = {
    { "no such parameter", { 8, 0, 0, 0 }, 4, CC_CMD_80 },
    { "parameter alone", { 1 }, 1, CC_LENGTH },
    { "set alone", { 1, 1 }, 2, CC_LENGTH },
    { "no length", { 1, 0, 0 }, 3, CC_LENGTH },
    { "encoding", { 1, 0, 3, 0 }, 4, CC_INVALID_FIELD },
    { "set", { 1, 16, 0, 0 }, 4, CC_RANGE },
    { "commit", { 0, 2 }, 2, CC_INVALID_FIELD },
};

START_TEST(refuses_what_it_must)
{
    struct answer *a = mcworld_ask(&w, w.mc, NETFN_APP, 0x58, refusals[_i].data, refusals[_i].len);

    ck_assert_msg(a->cc == refusals[_i].cc, "%s: %02Xh", refusals[_i].why, a->cc);
    ck_assert_ptr_null(w.mc->sysinfo);
}
END_TEST

START_TEST(ignores_the_octets_too_many_that_ipmiutil_sends)
{
    ck_answer(ask(&w, NETFN_APP, 0x58, 2, 0, 0, 7, 'm', 'x', 'n', 'a', 'm', 'e', '3', 0, 0, 0, 0, 0,
                  0, 0, 'X', 'Y'), CC_OK);
    ck_answer(get(2, 0), CC_OK, 0x11, 0, 0, 7, 'm', 'x', 'n', 'a', 'm', 'e', '3', 0, 0, 0, 0, 0, 0,
              0);
    ck_answer(get(2, 1), CC_OK, 0x11, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
END_TEST

START_TEST(tells_the_revision_alone)
{
    ck_answer(ask(&w, NETFN_APP, 0x59, 0x80, 1, 0, 0), CC_OK, 0x11);
    ck_answer(ask(&w, NETFN_APP, 0x59, 0x80, 8, 0, 0), CC_CMD_80);
    ck_answer(get(1, 16), CC_RANGE);
    ck_answer(get(0, 0), CC_OK, 0x11, 0);
}
END_TEST

START_TEST(lets_one_writer_at_a_time_in)
{
    ck_cc(ask(&w, NETFN_APP, 0x58, 0, 1), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x58, 0, 1), CC_CMD_81);
    ck_answer(get(0, 0), CC_OK, 0x11, 1);
    ck_cc(ask(&w, NETFN_APP, 0x58, 0, 0), CC_OK);
}
END_TEST

START_TEST(forgets_the_operating_system_with_the_host)
{
    for (uint8_t p = 1; p <= SYSINFO_STRINGS; p++)
        write_text(p, "text");
    host_do(w.host, HOST_OP_RESET, CAUSE_WATCHDOG);
    for (unsigned p = 1; p <= SYSINFO_STRINGS; p++)
        expect_text(p, p == 4 || p == 5 ? "" : "text");
}
END_TEST

START_TEST(keeps_the_rest_across_a_cold_reset)
{
    write_text(6, "https://bmc.example/");
    write_text(4, "linux");
    mc_cold_reset(w.mc);
    expect_text(6, "https://bmc.example/");
    expect_text(4, "");
}
END_TEST

static Suite *
sysinfo_suite(void)
{
    TCase *tc;
    Suite *s = run_suite_of("sysinfo", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, keeps_the_promises_of_its_rows);
    tcase_add_test(tc, begins_with_the_firmware_version);
    tcase_add_loop_test(tc, begins_empty_otherwise, 2, SYSINFO_STRINGS + 1);
    tcase_add_test(tc, takes_its_name_from_its_locator);
    tcase_add_loop_test(tc, reads_back_what_was_written, 1, SYSINFO_STRINGS + 1);
    tcase_add_test(tc, takes_the_longest_string);
    tcase_add_test(tc, shows_the_second_set);
    tcase_add_loop_test(tc, refuses_what_it_must, 0, sizeof refusals / sizeof refusals[0]);
    tcase_add_test(tc, ignores_the_octets_too_many_that_ipmiutil_sends);
    tcase_add_test(tc, tells_the_revision_alone);
    tcase_add_test(tc, lets_one_writer_at_a_time_in);
    tcase_add_test(tc, forgets_the_operating_system_with_the_host);
    tcase_add_test(tc, keeps_the_rest_across_a_cold_reset);
    return s;
}

int
main(void)
{
    return run_suite(sysinfo_suite());
}
