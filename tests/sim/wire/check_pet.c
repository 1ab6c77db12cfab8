#include "sim/wire/pet.h"

#include <string.h>

#include "tests/lib/run.h"

static const char community[] = "public";

/* A temperature sensor of 20h went past its upper critical threshold. */
static const struct pet sample = {
    .community = { (const uint8_t *)community, sizeof community - 1 },
    .agent = { 192, 0, 2, 11 },
    .uptime_cs = 0x1234,
    .sensor_type = 0x01,
    .event_type = 0x01,
    .offset = 0x09,
    .guid = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 },
    .sequence = 0x0102,
    .time_s = 0x03040506,
    .utc_offset = PET_UTC_UNSPECIFIED,
    .source = PET_SOURCE_IPMI,
    .event_source = PET_SOURCE_IPMI,
    .severity = 0x10,
    .sensor_device = 0x20,
    .sensor_number = 0x30,
    .entity = 3,
    .instance = 1,
    .data = { 0x59, 0x52, 0x50 },
    .language = PET_LANGUAGE_UNSPECIFIED,
    .manufacturer = 0x000157,
    .system_id = 0x0102,
};

/* What net-snmp's snmptrap sends for it, octet for octet. */
static const uint8_t sample_octets[] = {
    0x30, 0x6b, 0x02, 0x01, 0x00, 0x04, 0x06, 'p', 'u', 'b', 'l', 'i', 'c',
    0xa4, 0x5e, 0x06, 0x09, 0x2b, 0x06, 0x01, 0x04, 0x01, 0x98, 0x6f, 0x01, 0x01,
    0x40, 0x04, 192, 0, 2, 11, 0x02, 0x01, 0x06, 0x02, 0x03, 0x01, 0x01, 0x09,
    0x43, 0x02, 0x12, 0x34, 0x30, 0x3f, 0x30, 0x3d, 0x06, 0x0a, 0x2b, 0x06, 0x01, 0x04,
    0x01, 0x98, 0x6f, 0x01, 0x01, 0x01, 0x04, 0x2f,
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
    0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0xff, 0xff, 0x20, 0x20, 0x10, 0x20, 0x30, 3, 1,
    0x59, 0x52, 0x50, 0, 0, 0, 0, 0, 0xff, 0, 0, 0x01, 0x57, 0x01, 0x02, 0xc1,
};

static uint8_t room[PET_MESSAGE_MAX];

static struct bytes
built(const struct pet *pet)
{
    struct wr w = wr_of(room, sizeof room);

    pet_build(&w, pet);
    ck_assert(!w.bad);
    return wr_bytes_of(&w);
}

START_TEST(builds_what_snmptrap_does)
{
    struct bytes b = built(&sample);

    ck_assert_uint_eq(b.len, sizeof sample_octets);
    ck_assert_mem_eq(b.at, sample_octets, b.len);
}
END_TEST

START_TEST(takes_apart_what_it_built)
{
    struct pet pet;

    ck_assert(pet_parse(built(&sample), &pet));
    ck_assert_uint_eq(pet.community.len, 6);
    ck_assert_mem_eq(pet.community.at, community, 6);
    ck_assert_mem_eq(pet.agent, sample.agent, 4);
    ck_assert_uint_eq(pet.uptime_cs, sample.uptime_cs);
    ck_assert_uint_eq(pet.sensor_type, 0x01);
    ck_assert_uint_eq(pet.offset, 0x09);
    ck_assert_mem_eq(pet.guid, sample.guid, sizeof pet.guid);
    ck_assert_uint_eq(pet.sequence, sample.sequence);
    ck_assert_uint_eq(pet.time_s, sample.time_s);
    ck_assert_uint_eq(pet.severity, 0x10);
    ck_assert_uint_eq(pet.sensor_number, 0x30);
    ck_assert_uint_eq(pet.entity, 3);
    ck_assert_mem_eq(pet.data, sample.data, sizeof pet.data);
    ck_assert_uint_eq(pet.manufacturer, 0x157);
    ck_assert_uint_eq(pet.system_id, 0x0102);
    ck_assert_uint_eq(pet.oem.len, 1);
    ck_assert_uint_eq(pet.oem.at[0], PET_OEM_END);
}
END_TEST

/* The lengths on either side of where BER changes their form. */
static const size_t lengths[] = { 0, 1, 20, 21, 22, 30, 100, 150, 255 };

START_TEST(keeps_communities_of_any_length)
{
    uint8_t long_name[255];
    struct pet pet = sample, out;

    memset(long_name, 'c', sizeof long_name);
    pet.community = bytes_of(long_name, lengths[_i]);
    ck_assert(pet_parse(built(&pet), &out));
    ck_assert_uint_eq(out.community.len, lengths[_i]);
}
END_TEST

static const uint32_t numbers[] = {
    0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0x7fffff, 0x800000, 0x7fffffff, 0x80000000, 0xffffffff,
};

START_TEST(keeps_numbers_of_any_size)
{
    struct pet pet = sample, out;

    pet.uptime_cs = numbers[_i];
    pet.sensor_type = (uint8_t)(numbers[_i] >> 16);
    pet.event_type = (uint8_t)(numbers[_i] >> 8);
    pet.offset = (uint8_t)numbers[_i];
    ck_assert(pet_parse(built(&pet), &out));
    ck_assert_uint_eq(out.uptime_cs, numbers[_i]);
    ck_assert_uint_eq(out.sensor_type, pet.sensor_type);
    ck_assert_uint_eq(out.event_type, pet.event_type);
    ck_assert_uint_eq(out.offset, pet.offset);
}
END_TEST

START_TEST(carries_an_alert_string)
{
    static const uint8_t want[] = { 0x80, 0x43, 0x01, 'h', 'o', 't', 0xc1 };
    uint8_t oem[PET_OEM_MAX];
    struct wr w = wr_of(oem, sizeof oem);
    struct pet pet = sample, out;

    pet_build_text(&w, "hot", 3);
    pet.oem = wr_bytes_of(&w);
    ck_assert(pet_parse(built(&pet), &out));
    ck_assert_uint_eq(out.oem.len, sizeof want);
    ck_assert_mem_eq(out.oem.at, want, sizeof want);
}
END_TEST

START_TEST(cuts_an_alert_string_that_does_not_fit)
{
    char text[100];
    uint8_t oem[PET_OEM_MAX];
    struct wr w = wr_of(oem, sizeof oem);
    struct pet pet = sample;

    memset(text, 'x', sizeof text);
    pet_build_text(&w, text, sizeof text);
    ck_assert(!w.bad);
    ck_assert_uint_eq(wr_len(&w), PET_OEM_MAX);
    pet.oem = wr_bytes_of(&w);
    (void)built(&pet);
}
END_TEST

START_TEST(refuses_to_build_too_much)
{
    static const uint8_t much[PET_OEM_MAX + 1];
    struct wr w = wr_of(room, sizeof room);
    struct pet pet = sample;

    pet.oem = bytes_of(much, sizeof much);
    pet_build(&w, &pet);
    ck_assert(w.bad);
    w = wr_of(room, 50);
    pet_build(&w, &sample);
    ck_assert(w.bad);
}
END_TEST

START_TEST(refuses_what_is_cut)
{
    struct pet pet;

    ck_assert(!pet_parse(bytes_of(sample_octets, (size_t)_i), &pet));
}
END_TEST

static const struct {
    const char *why;
    size_t at;
    uint8_t value;
} damages[] = {
    { "no sequence", 0, 0x31 },
    { "too short a length", 1, 0x6a },
    { "too long a length", 1, 0x6c },
    { "SNMP version 2", 4, 1 },
    { "community is no string", 5, 2 },
    { "no trap", 13, 0xa7 },
    { "another enterprise", 22, 0x97 },
    { "agent is no address", 26, 0x04 },
    { "another generic type", 34, 5 },
    { "uptime is no time", 40, 0x02 },
    { "another variable", 59, 0x02 },
    { "the variable is no string", 60, 0x06 },
    { "the variable is short", 61, 0x2e },
};

START_TEST(refuses_other_messages)
{
    uint8_t octets[sizeof sample_octets];
    struct pet pet = { .sequence = 7 };

    memcpy(octets, sample_octets, sizeof octets);
    octets[damages[_i].at] = damages[_i].value;
    ck_assert_msg(!pet_parse(bytes_of(octets, sizeof octets), &pet), "%s", damages[_i].why);
    ck_assert_uint_eq(pet.sequence, 7);
}
END_TEST

static Suite *
pet_suite(void)
{
    TCase *t;
    Suite *s = run_suite_of("pet", &t);

    tcase_add_test(t, builds_what_snmptrap_does);
    tcase_add_test(t, takes_apart_what_it_built);
    tcase_add_loop_test(t, keeps_communities_of_any_length, 0, sizeof lengths / sizeof lengths[0]);
    tcase_add_loop_test(t, keeps_numbers_of_any_size, 0, sizeof numbers / sizeof numbers[0]);
    tcase_add_test(t, carries_an_alert_string);
    tcase_add_test(t, cuts_an_alert_string_that_does_not_fit);
    tcase_add_test(t, refuses_to_build_too_much);
    tcase_add_loop_test(t, refuses_what_is_cut, 0, sizeof sample_octets);
    tcase_add_loop_test(t, refuses_other_messages, 0, sizeof damages / sizeof damages[0]);
    return s;
}

int
main(void)
{
    return run_suite(pet_suite());
}
