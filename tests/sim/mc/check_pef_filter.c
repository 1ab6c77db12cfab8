#include "sim/mc/pef_filter.h"

#include <string.h>

#include "tests/lib/run.h"

/* The examples of IPMI v2.0 17.8, and every value of an octet against each. */
static const struct {
    const char *why;
    uint8_t mask[3];          /* and, compare 1, compare 2 */
    uint8_t care, yes[4];     /* the bits that decide, and what matches in them */
    unsigned yes_count;
} masks[] = {
    { "nothing is asked", { 0x00, 0x00, 0x00 }, 0x00, { 0 }, 1 },
    { "bit 2 and bit 1", { 0x06, 0xff, 0x06 }, 0x06, { 0x06 }, 1 },
    { "bit 2 or bit 1", { 0x06, 0xf9, 0x06 }, 0x06, { 0x02, 0x04, 0x06 }, 3 },
    { "bit 2, not bit 1", { 0x06, 0xff, 0x04 }, 0x06, { 0x04 }, 1 },
    { "bit 2 or not bit 1", { 0x06, 0xf9, 0x04 }, 0x06, { 0x04, 0x06, 0x00 }, 3 },
    { "exactly 5Ah", { 0xff, 0xff, 0x5a }, 0xff, { 0x5a }, 1 },
};

static bool
expected(int row, uint8_t data)
{
    for (unsigned i = 0; i < masks[row].yes_count; i++)
        if ((data & masks[row].care) == masks[row].yes[i])
            return true;
    return false;
}

START_TEST(masks_event_data)
{
    for (unsigned data = 0; data <= UINT8_MAX; data++)
        ck_assert_msg(pef_data_matches((uint8_t)data, masks[_i].mask) ==
                          expected(_i, (uint8_t)data),
                      "%s: %02Xh", masks[_i].why, data);
}
END_TEST

START_TEST(masks_a_nibble_and_any_bit_of_the_other)
{
    static const uint8_t any_one[3] = { 0xff, 0xf0, 0xaf };
    static const uint8_t any_zero[3] = { 0xff, 0xf0, 0xa0 };

    for (unsigned data = 0; data <= UINT8_MAX; data++) {
        bool high = (data & 0xf0) == 0xa0;

        ck_assert(pef_data_matches((uint8_t)data, any_one) == (high && (data & 0x0f) != 0));
        ck_assert(pef_data_matches((uint8_t)data, any_zero) == (high && (data & 0x0f) != 0x0f));
    }
}
END_TEST

/* A filter for assertions of offset 9 of temperature sensor 30h at 20h. */
static const uint8_t filter[PEF_FILTER] = {
    0x80, 0x09, 0x02, 0x10, 0x20, 0x00, 0x01, 0x30, 0x01, 0x00, 0x02,
    0x00, 0x00, 0x00, 0xff, 0xff, 0x52, 0x00, 0x00, 0x00,
};

static const struct sel_record event = {
    .type = SEL_TYPE_EVENT,
    .u.event = { .generator = { 0x20, 0x00 }, .evm_rev = 4, .sensor_type = 1,
                 .sensor_number = 0x30, .type_dir = 0x01, .data = { 0x59, 0x52, 0x50 } },
};

START_TEST(matches_when_every_field_does)
{
    struct pef_filter_wish wish = pef_filter_wish(filter);

    ck_assert(pef_filter_matches(filter, &event));
    ck_assert_uint_eq(wish.actions, PEF_ALERT | PEF_CYCLE);
    ck_assert_uint_eq(wish.policy, 2);
    ck_assert_uint_eq(wish.severity, 0x10);
}
END_TEST

static const struct {
    const char *why;
    uint8_t at, value;        /* of the filter */
} others[] = {
    { "disabled", 0, 0x00 },
    { "another generator", 4, 0x22 },
    { "another channel", 5, 0x10 },
    { "another sensor type", 6, 0x02 },
    { "another sensor", 7, 0x31 },
    { "deassertions", 8, 0x81 },
    { "other offsets", 10, 0x01 },
    { "no offset", 10, 0x00 },
    { "other event data 1", 12, 0x59 ^ 0xff },
    { "other event data 2", 16, 0x51 },
};

START_TEST(does_not_match_when_one_field_differs)
{
    uint8_t other[PEF_FILTER];

    memcpy(other, filter, sizeof other);
    other[others[_i].at] = others[_i].value;
    if (others[_i].at == 12)
        other[11] = other[13] = 0xff;
    ck_assert_msg(!pef_filter_matches(other, &event), "%s", others[_i].why);
}
END_TEST

START_TEST(matches_any_where_a_field_is_ffh)
{
    uint8_t any[PEF_FILTER];
    struct sel_record other = event;

    memcpy(any, filter, sizeof any);
    memset(any + 4, 0xff, 7);
    other.u.event.generator[0] = 0x41;
    other.u.event.generator[1] = 0x03;
    other.u.event.sensor_type = 0x23;
    other.u.event.sensor_number = 9;
    other.u.event.type_dir = 0xef;
    other.u.event.data[0] = 0x05;
    ck_assert(pef_filter_matches(any, &other));
}
END_TEST

static Suite *
pef_filter_suite(void)
{
    TCase *t;
    Suite *s = run_suite_of("pef_filter", &t);

    tcase_add_loop_test(t, masks_event_data, 0, sizeof masks / sizeof masks[0]);
    tcase_add_test(t, masks_a_nibble_and_any_bit_of_the_other);
    tcase_add_test(t, matches_when_every_field_does);
    tcase_add_loop_test(t, does_not_match_when_one_field_differs, 0,
                        sizeof others / sizeof others[0]);
    tcase_add_test(t, matches_any_where_a_field_is_ffh);
    return s;
}

int
main(void)
{
    return run_suite(pef_filter_suite());
}
