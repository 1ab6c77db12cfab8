#include "capture/compare.h"

#include <stdlib.h>
#include <string.h>

#include "tests/lib/run.h"

static const struct packet_lane ipmb = { .link_type = LINKTYPE_IPMI_HPM_2, .name = "ipmb0",
                                         .description = "" };
static const struct packet_lane other = { .link_type = LINKTYPE_IPMI_HPM_2, .name = "ipmb1",
                                          .description = "" };

static struct packet
frame(void)
{
    static const uint8_t record[] = { 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 7,
                                      0x20, 0x18, 0xc8, 0x81, 0x04, 0x01, 0x7a };

    return (struct packet){ .number = 5, .lane = &ipmb, .timed = true, .time_ns = 1000,
                            .comment = "", .bytes = { record, sizeof record },
                            .whole = sizeof record };
}

START_TEST(tells_what_differs)
{
    struct packet a = frame(), b;

    ck_assert_int_eq(compare_packets(NULL, NULL, false), COMPARE_SAME);
    ck_assert_int_eq(compare_packets(&a, NULL, false), COMPARE_MISSING);
    b = frame();
    ck_assert_int_eq(compare_packets(&a, &b, false), COMPARE_SAME);
    b.time_ns++;
    ck_assert_int_eq(compare_packets(&a, &b, false), COMPARE_TIME);
    ck_assert_int_eq(compare_packets(&a, &b, true), COMPARE_SAME);
    b = frame();
    b.bytes.len--;
    ck_assert_int_eq(compare_packets(&a, &b, false), COMPARE_OCTETS);
    b = frame();
    b.lane = &other;
    ck_assert_int_eq(compare_packets(&a, &b, false), COMPARE_LANE);
    b = frame();
    b.comment = "lost";
    ck_assert_int_eq(compare_packets(&a, &b, false), COMPARE_COMMENT);
    b = frame();
    b.dir = PCAPNG_DIR_IN;
    ck_assert_int_eq(compare_packets(&a, &b, false), COMPARE_DIR);
}
END_TEST

static char *
explanation(const struct packet *a, const struct packet *b)
{
    const struct compare_sides sides = { .name = { "trace", "replay" }, .packet = { a, b } };
    char *text;
    size_t len;
    FILE *to = open_memstream(&text, &len);

    ck_assert(compare_explain(to, &sides, compare_packets(a, b, false)) == ST_OK);
    fclose(to);
    return text;
}

START_TEST(explains_octets)
{
    struct packet a = frame(), b = frame();
    uint8_t changed[18];
    char *text;

    memcpy(changed, a.bytes.at, sizeof changed);
    changed[16] = 0x02;
    changed[17] = 0x79;
    b.bytes.at = changed;
    text = explanation(&a, &b);
    ck_assert_ptr_nonnull(strstr(text, "packet 5: the octets differ, from octet 16 on"));
    ck_assert_ptr_nonnull(strstr(text, "trace   #5 0.000001000 ipmb0  81h > 20h  Get Device ID"));
    ck_assert_ptr_nonnull(strstr(text, "replay  #5 0.000001000 ipmb0  81h > 20h  Cold Reset"));
    ck_assert_ptr_nonnull(strstr(text, "replay  0010  02 79\n                ^^ ^^\n"));
    ck_assert_ptr_null(strstr(text, " 0000 "));
    free(text);
}
END_TEST

START_TEST(explains_an_end)
{
    struct packet a = frame();
    char *text = explanation(&a, NULL);

    ck_assert_ptr_nonnull(strstr(text, "packet 5: replay ends, trace goes on"));
    ck_assert_ptr_nonnull(strstr(text, "replay  (nothing)"));
    free(text);
}
END_TEST

START_TEST(counts_by_interface)
{
    static const char *const names[2] = { "A", "B" };
    struct packet a = frame(), b = frame();
    struct compare_tally *t;
    char *text;
    size_t len;
    FILE *to;

    b.lane = &other;
    ck_assert(compare_tally_new(&t) == ST_OK);
    compare_tally_add(t, 0, &a);
    compare_tally_add(t, 1, &a);
    compare_tally_add(t, 1, &b);
    ck_assert_uint_eq(compare_tally_lanes(t), 2);
    to = open_memstream(&text, &len);
    compare_tally_print(t, names, to);
    fclose(to);
    ck_assert_ptr_nonnull(strstr(text, "1            1\n"));
    ck_assert_ptr_nonnull(strstr(text, "0            1  *\n"));
    free(text);
    compare_tally_free(t);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("compare", &t);

    tcase_add_test(t, tells_what_differs);
    tcase_add_test(t, explains_octets);
    tcase_add_test(t, explains_an_end);
    tcase_add_test(t, counts_by_interface);
    return run_suite(s);
}
