#include "sim/wire/sdr.h"
#include "tests/lib/run.h"

#include <string.h>

static const uint8_t full[] = {
    0x07, 0x00, 0x51, 0x01, 0x30,             /* header: 43 + 5 */
    0x20, 0x01, 0x31,                         /* owner, LUN 1, number */
    0x07, 0x01, 0x7f, 0x68, 0x01, 0x01,       /* board; init, caps; temperature */
    0x95, 0x7a, 0x95, 0x7a, 0x3f, 0x3f,       /* masks */
    0x80, 0x01, 0x00,                         /* two's complement, degrees C */
    0x00, 0xfe, 0xc5, 0x10, 0x7f, 0x1d, 0xf2, /* linear; M -2, B 272; exponents -1, 2 */
    0x07, 0x19, 0x50, 0x05, 0x7f, 0x80,       /* nominal readings */
    0x5f, 0x5a, 0x55, 0xec, 0xf1, 0xf6,       /* UNR .. LNC */
    0x02, 0x03, 0x00, 0x00, 0x00,             /* hysteresis */
    0xc5, 'T',  'e',  'm',  'p',  '1',
};

static const uint8_t compact[] = {
    0x08, 0x00, 0x51, 0x02, 0x1e, 0x20, 0x00, 0x40, 0x0a, 0x61, 0x67, 0x40,
    0x08, 0x6f, 0x09, 0x00, 0x01, 0x00, 0x0f, 0x00, 0xc0, 0x00, 0x00, 0x02,
    0x81, 0x04, 0x05, 0x00, 0x00, 0x00, 0x00, 0xc3, 'P',  'S',  '1',
};

static const uint8_t event_only[] = {
    0x09, 0x00, 0x51, 0x03, 0x0e, 0x21, 0x00, 0x50, 0x22, 0x00,
    0x0f, 0x6f, 0x01, 0x00, 0x00, 0x00, 0xc2, 'E',  'v',
};

static const uint8_t entity[] = {
    0x0a, 0x00, 0x51, 0x08, 0x0b, 0x17, 0x01, 0x80,
    0x0a, 0x01, 0x0a, 0x02, 0x1d, 0x01, 0x1d, 0x04,
};

static const uint8_t fru_locator[] = {
    0x0b, 0x00, 0x51, 0x11, 0x0e, 0x20, 0x03, 0x80, 0x00, 0x00,
    0x10, 0x00, 0x0a, 0x01, 0x00, 0xc3, 'P',  'S',  'U',
};

static const uint8_t mc_locator[] = {
    0x0c, 0x00, 0x51, 0x12, 0x0e, 0x72, 0x07, 0x20, 0x2f, 0x00,
    0x00, 0x00, 0x2e, 0x02, 0x00, 0x83, 0x29, 0xdc, 0xa6,
};

static const uint8_t oem[] = {
    0x0d, 0x00, 0x51, 0xc0, 0x05, 0x57, 0x01, 0x00, 0xaa, 0xbb
};

#define ALL(array)                   \
    {                                \
#array, array, sizeof(array) \
    }

static const struct {
    const char *name;
    const uint8_t *octets;
    size_t len;
} all[] = { ALL(full),        ALL(compact),    ALL(event_only), ALL(entity),
            ALL(fru_locator), ALL(mc_locator), ALL(oem) };

static struct sdr
parsed(const uint8_t *octets, size_t len)
{
    struct sdr sdr;

    ck_assert_int_eq(sdr_parse(bytes_of(octets, len), &sdr), SDR_OK);
    return sdr;
}

static void
expect_id(const struct sdr *sdr, const char *want)
{
    char text[SDR_ID_TEXT];

    ck_assert_str_eq(sdr_id_text(sdr, text, sizeof text), want);
}

/* The low nibble first, as SDR compilers write it; see sim/wire/text.h. */
START_TEST(reads_digits_in_the_order_of_sdrs)
{
    const struct sdr sdr = {
        .id_code = 1, .id_chars = 3, .id_octets = bytes_of("\x21\x03", 2),
    };

    expect_id(&sdr, "123");
}
END_TEST

START_TEST(reads_a_full_sensor_record)
{
    struct sdr sdr = parsed(full, sizeof full);
    const struct sdr_sensor *s = &sdr.u.sensor;

    ck_assert_uint_eq(sdr.id, 7);
    ck_assert(sdr_is_sensor(&sdr));
    ck_assert_uint_eq(s->owner, 0x20);
    ck_assert_uint_eq(s->lun, 1);
    ck_assert_uint_eq(s->number, 0x31);
    ck_assert_uint_eq(s->entity, 7);
    ck_assert_uint_eq(s->init, 0x7f);
    ck_assert_uint_eq(s->caps, 0x68);
    ck_assert_uint_eq(s->assert_mask, 0x7a95);
    ck_assert_uint_eq(s->reading_mask, 0x3f3f);
    ck_assert_uint_eq(s->units[1], 1);
    ck_assert_uint_eq(s->share, 1);
    expect_id(&sdr, "Temp1");
}
END_TEST

START_TEST(reads_factors_with_their_signs)
{
    struct sdr sdr = parsed(full, sizeof full);
    const struct sdr_factors *f = &sdr.u.sensor.factors;

    ck_assert_int_eq(f->m, -2);
    ck_assert_uint_eq(f->tolerance, 5);
    ck_assert_int_eq(f->b, 272);
    ck_assert_uint_eq(f->accuracy, 0x7f);
    ck_assert_uint_eq(f->accuracy_exp, 3);
    ck_assert_int_eq(f->r_exp, -1);
    ck_assert_int_eq(f->b_exp, 2);
}
END_TEST

START_TEST(reads_thresholds_in_the_order_of_the_record)
{
    struct sdr sdr = parsed(full, sizeof full);
    const uint8_t *t = sdr.u.sensor.threshold;

    ck_assert_uint_eq(t[SDR_UNR], 0x5f);
    ck_assert_uint_eq(t[SDR_UC], 0x5a);
    ck_assert_uint_eq(t[SDR_UNC], 0x55);
    ck_assert_uint_eq(t[SDR_LNR], 0xec);
    ck_assert_uint_eq(t[SDR_LC], 0xf1);
    ck_assert_uint_eq(t[SDR_LNC], 0xf6);
    ck_assert_uint_eq(sdr.u.sensor.nominal, 0x19);
    ck_assert_uint_eq(sdr.u.sensor.max, 0x7f);
    ck_assert_uint_eq(sdr.u.sensor.hysteresis_up, 2);
    ck_assert_uint_eq(sdr.u.sensor.hysteresis_down, 3);
}
END_TEST

START_TEST(reads_a_compact_record)
{
    struct sdr sdr = parsed(compact, sizeof compact);

    ck_assert_uint_eq(sdr.u.sensor.type, 0x08);
    ck_assert_uint_eq(sdr.u.sensor.event_type, 0x6f);
    ck_assert_uint_eq(sdr.u.sensor.assert_mask, 0x0009);
    ck_assert_uint_eq(sdr.u.sensor.share, 2);
    ck_assert_uint_eq(sdr.u.sensor.share_offset, 0x81);
    ck_assert_uint_eq(sdr.u.sensor.hysteresis_up, 4);
    ck_assert_uint_eq(sdr.u.sensor.hysteresis_down, 5);
    expect_id(&sdr, "PS1");
}
END_TEST

START_TEST(reads_an_event_only_record)
{
    struct sdr sdr = parsed(event_only, sizeof event_only);

    ck_assert(sdr_is_sensor(&sdr));
    ck_assert_uint_eq(sdr.u.sensor.owner, 0x21);
    ck_assert_uint_eq(sdr.u.sensor.number, 0x50);
    ck_assert_uint_eq(sdr.u.sensor.type, 0x0f);
    expect_id(&sdr, "Ev");
}
END_TEST

START_TEST(reads_an_entity_association)
{
    struct sdr sdr = parsed(entity, sizeof entity);

    ck_assert(!sdr_is_sensor(&sdr));
    ck_assert_uint_eq(sdr.u.entities.entity, 0x17);
    ck_assert_uint_eq(sdr.u.entities.flags, 0x80);
    ck_assert_uint_eq(sdr.u.entities.contained[3].entity, 0x1d);
    ck_assert_uint_eq(sdr.u.entities.contained[3].instance, 4);
}
END_TEST

START_TEST(reads_device_locators)
{
    struct sdr f = parsed(fru_locator, sizeof fru_locator);
    struct sdr m = parsed(mc_locator, sizeof mc_locator);

    ck_assert_uint_eq(f.u.locator.device, 3);
    ck_assert_uint_eq(f.u.locator.lun_bus, 0x80);
    ck_assert_uint_eq(f.u.locator.type, 0x10);
    ck_assert_uint_eq(f.u.locator.entity, 0x0a);
    expect_id(&f, "PSU");
    ck_assert_uint_eq(m.u.locator.access, 0x72);
    ck_assert_uint_eq(m.u.locator.channel, 7);
    ck_assert_uint_eq(m.u.locator.caps, 0x2f);
    ck_assert_uint_eq(m.u.locator.entity, 0x2e);
}
END_TEST

START_TEST(reads_the_manufacturer_of_an_oem_record)
{
    struct sdr sdr = parsed(oem, sizeof oem);

    ck_assert_uint_eq(sdr.u.manufacturer, 0x157);
}
END_TEST

START_TEST(counts_a_packed_id_in_characters)
{
    uint8_t record[sizeof mc_locator];
    struct sdr sdr;

    memcpy(record, mc_locator, sizeof record);
    record[15] = 0x84; /* four characters in three octets */
    sdr = parsed(record, sizeof record);
    expect_id(&sdr, "IPMI");
}
END_TEST

START_TEST(checks_the_length_octet)
{
    uint8_t record[80];

    memcpy(record, all[_i].octets, all[_i].len);
    record[all[_i].len] = 0;
    ck_assert_int_eq(sdr_check_length(bytes_of(record, all[_i].len)), SDR_OK);
    ck_assert_int_eq(sdr_check_length(bytes_of(record, all[_i].len - 1)), SDR_SHORT);
    ck_assert_int_eq(sdr_check_length(bytes_of(record, all[_i].len + 1)), SDR_TRAILING);
    ck_assert_int_eq(sdr_check_length(bytes_of(record, 4)), SDR_SHORT);
    ck_assert_int_eq(sdr_check_length(bytes_of(NULL, 0)), SDR_SHORT);
}
END_TEST

START_TEST(tells_a_body_that_is_cut)
{
    uint8_t record[80];
    struct sdr sdr;

    memcpy(record, all[_i].octets, all[_i].len);
    record[4] = 2;
    ck_assert_msg(sdr_parse(bytes_of(record, SDR_HEADER + 2), &sdr) == SDR_CUT, "%s",
                  all[_i].name);
}
END_TEST

START_TEST(takes_an_id_that_is_cut_as_far_as_it_goes)
{
    uint8_t record[sizeof full];
    struct sdr sdr;

    memcpy(record, full, sizeof record);
    record[47] = 0xdf;
    sdr = parsed(record, sizeof record);
    expect_id(&sdr, "Temp1");
}
END_TEST

START_TEST(takes_types_it_does_not_know_by_their_header)
{
    static const uint8_t unknown[] = { 0x01, 0x00, 0x51, 0x77, 0x01, 0xff };
    struct sdr sdr = parsed(unknown, sizeof unknown);

    ck_assert_uint_eq(sdr.type, 0x77);
    ck_assert_uint_eq(sdr.length, 1);
    expect_id(&sdr, "");
}
END_TEST

static Suite *
sdr_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("sim/wire/sdr", &c);
    int count = sizeof all / sizeof all[0];

    tcase_add_test(c, reads_a_full_sensor_record);
    tcase_add_test(c, reads_factors_with_their_signs);
    tcase_add_test(c, reads_thresholds_in_the_order_of_the_record);
    tcase_add_test(c, reads_a_compact_record);
    tcase_add_test(c, reads_an_event_only_record);
    tcase_add_test(c, reads_an_entity_association);
    tcase_add_test(c, reads_device_locators);
    tcase_add_test(c, reads_the_manufacturer_of_an_oem_record);
    tcase_add_test(c, counts_a_packed_id_in_characters);
    tcase_add_test(c, reads_digits_in_the_order_of_sdrs);
    tcase_add_loop_test(c, checks_the_length_octet, 0, count);
    tcase_add_loop_test(c, tells_a_body_that_is_cut, 0, count);
    tcase_add_test(c, takes_an_id_that_is_cut_as_far_as_it_goes);
    tcase_add_test(c, takes_types_it_does_not_know_by_their_header);
    return s;
}

int
main(void)
{
    return run_suite(sdr_suite());
}
