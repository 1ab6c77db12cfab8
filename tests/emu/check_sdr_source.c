#include <stdio.h>

#include "emu/sdr_id.h"
#include "emu/sdr_source.h"
#include "tests/emu/files.h"
#include "tests/lib/run.h"

#define RECORDS_MAX 400

/* Records that were compiled, one after the other. */
struct records {
    uint8_t octets[RECORDS_MAX * 64];
    size_t len, count;
};

static bool
take(void *ctx, struct bytes record)
{
    struct records *r = ctx;

    ck_assert_uint_le(r->len + record.len, sizeof r->octets);
    memcpy(r->octets + r->len, record.at, record.len);
    r->len += record.len;
    r->count++;
    return true;
}

/* Compile "s.sdrs"; the other files can be included. */
static const char *
compile_files(const struct file *files, bool packed, struct records *r)
{
    struct sdr_source_opts opts = { .record = take, .ctx = r, .packed = packed };
    struct emu_reader reader = files_reader(files);
    const char *words;
    struct diags diags;

    memset(r, 0, sizeof *r);
    diags_init(&diags);
    ck_assert_int_eq(sdr_source_file(&reader, files[0].name, &opts, &diags),
                     diags.errors ? ST_INVALID : ST_OK);
    words = said(&diags);
    diags_free(&diags);
    return words;
}

static const char *
compile(const char *text, bool packed, struct records *r)
{
    const struct file files[] = { { "s.sdrs", text }, { NULL, NULL } };

    return compile_files(files, packed, r);
}

#define LOCATOR(id) \
    "sdr type 18\ndevice_slave_address 0x20\ndevice_channel_number 0\n" \
    "entity_id system_board\nentity_instance 1\nid_string " id "\nendsdr\n"

#define OWNER \
    "sensor_owner_id 0x20\nchannel_number 0\nsensor_owner_lun 0\nsensor_number 1\n" \
    "entity_id system_board\nentity_instance 1\n"

/* Source, and what it comes to from the third octet on. */
static const struct {
    const char *why, *source, *octets;
    size_t len;
} values[] = {
    { "a locator", LOCATOR("\"BMC\""), "\x51\x12\x0e\x20\0\0\0\0\0\0\7\1\0\xc3" "BMC", 17 },
    { "its type in hexadecimal, comments, blanks",
      "  # x\n\nsdr\ttype 0x12\n device_slave_address 32 # here\n# there\n"
      "device_channel_number\t 0\nentity_id 7\nentity_instance 1\nid_string \"BMC\"\nendsdr\n",
      "\x51\x12\x0e\x20\0\0\0\0\0\0\7\1\0\xc3" "BMC", 17 },
    { "sums and variables",
      "define A \"0x1e\"\nsdr type 16 + 2\ndevice_slave_address $A + 2\n"
      "device_channel_number 9 - 8\nentity_id 7\nentity_instance 1\nid_string \"B\"$A\n"
      "endsdr\n", "\x51\x12\x10\x20\1\0\0\0\0\0\7\1\0\xc5" "B0x1e", 19 },
    { "booleans, bits and words",
      "sdr type 18\ndevice_slave_address 0x20\ndevice_channel_number 3\n"
      "ACPI_sys_power_state true\nstatic_controller yes\nlog_init off\n"
      "gen_events do_not_init\nchassis on\nsensor 1\nsel 0\nentity_id picmg_front\n"
      "entity_instance 0x61\noem 0xee\nid_string \"\"\nendsdr\n",
      "\x51\x12\x0b\x20\3\xa2\x81\0\0\0\xa0\x61\xee\xc0", 14 },
    { "an event-only sensor",
      "sdr type 3\n" OWNER "sensor_type Watchdog_2\nevent_reading_type_code 0x6f\n"
      "sensor_direction output\nid_string_modifier alpha\nshare_count 3\n"
      "entity_instance_incr true\ninstance_modifier_off 5\nid_string 'wd'\nendsdr\n",
      "\x51\3\x0e\x20\0\1\7\1\x23\x6f\x93\x85\0\0\xc2wd", 17 },
    { "a FRU locator",
      "sdr type 0x11\ndevice_access_address 0x20\nfru_device_address 3\nlogical_fru true\n"
      "lun 1\nprivate_bus_id 2\nchannel_number 7\ndevice_type 0x10\ndevice_type_modifier 0\n"
      "fru_entity_id power_supply\nfru_entity_instance 2\nid_string \"P\"\nendsdr\n",
      "\x51\x11\x0d\x20\3\x8a\x70\0\x10\0\x0a\2\0\xc2P", 16 },
    { "a generic locator",
      "sdr type 16\ndevice_access_address 0x20\ndevice_slave_address 0x90\nchannel_number 5\n"
      "lun 2\nprivate_bus_id 1\naddress_span 3\ndevice_type 2\ndevice_type_modifier 4\n"
      "entity_id other\nentity_instance 1\nid_string \"ab\"\nendsdr\n",
      "\x51\x10\x0d\x20\x90\xb1\3\0\2\4\1\1\0\xc2" "ab", 16 },
    { "an entity association",
      "sdr type 8\ncontainer_entity_id chassis_back_panel_board\ncontainer_entity_inst 1\n"
      "entities_are_range true\nlinked_ears true\npresence_sensor_always_there true\n"
      "entity_1_id battery\nentity_1_inst 1\nentity_2_id battery\nentity_2_inst 9\nendsdr\n",
      "\x51\x08\x0b\x16\1\xe0\x28\1\x28\x09\0\0\0\0", 14 },
    { "an MC confirmation",
      "sdr type 0x13\ndevice_slave_address 0x20\ndevice_id 9\nchannel_number 1\n"
      "device_revision 2\nmajor_fw_rev 3\nminor_fw_rev 4\nipmi_version 2\n"
      "manufacturer_id 0x123456\nproduct_id 0xabcd\nguid \"0123456789abcdef\"\nendsdr\n",
      "\x51\x13\x1b\x20\x09\x12\3\4\2\x56\x34\x12\xcd\xab" "0123456789abcdef", 30 },
    { "channel information",
      "sdr type 20\nchannel_0_transmits true\nchannel_0_protocol 1\nchannel_0_lun 7\n"
      "channel_7_protocol 12\nmessaging_interrupt 0xff\nendsdr\n",
      "\1\x14\x0b\xf1\0\0\0\0\0\0\x0c\xff\0\0", 14 },
    { "an OEM record",
      "sdr type 0xc0\nmanufacturer_id 0x0157\noem_data 1 2 'A\noem_data 0xff\nendsdr\n",
      "\x51\xc0\7\x57\1\0\1\2" "A\xff", 10 },
    { "any record", "record 0x51 0x55 1 2 3\n", "\x51\x55\3\1\2\3", 6 },
    { "an octet that no field has", "sdr type 3\n" OWNER
      "sensor_type 1\nevent_reading_type_code 1\noctet 7 0x0c\noctet 3 1\nid_string \"ab\"\n"
      "endsdr\n", "\1\3\x0e\x20\x0c\1\7\1\1\1\0\0\0\0\xc2" "ab", 17 },
};

START_TEST(compiles_to_the_octets)
{
    struct records r;
    const char *words = compile(values[_i].source, false, &r);

    ck_assert_msg(words[0] == '\0', "%s: %s", values[_i].why, words);
    ck_assert_uint_eq(r.count, 1);
    ck_assert_msg(r.len == values[_i].len + 2, "%s: %zu octets", values[_i].why, r.len);
    ck_assert_msg(memcmp(r.octets + 2, values[_i].octets, values[_i].len) == 0, "%s",
                  values[_i].why);
}
END_TEST

#define ANALOG \
    "sdr type 1\n" OWNER "sensor_type Voltage\nevent_reading_type_code 1\n" \
    "m 16\nb 10\nr_exp -3\nb_exp 3\n"
#define END "id_string \"12V\"\nendsdr\n"

/* A line in a full record, and an octet of it, counted from 1. */
static const struct {
    const char *line;
    unsigned octet, value;
} fields[] = {
    { "uc_fthresh 12.6\n", 38, 163 },             /* (12600 - 10000) / 16 = 162.5 */
    { "unc_fthresh 12.36\n", 39, 148 },           /* 147.5 */
    { "lc_fthresh 11.4\n", 41, 88 },              /* 87.5 */
    { "nominal_freading 12.0\n", 32, 125 },
    { "positive_fhysteresis 0.032\n", 43, 2 },
    { "negative_hysteresis 9\n", 44, 9 },
    { "assert_event0 true\nassert_event14 true\n", 15, 1 },
    { "assert_event14 true\n", 16, 0x40 },
    { "assert_lncgl true\nassert_event0 true\n", 15, 1 },
    { "assert_unrgh true\nreturn_lnr true\n", 16, 0x48 },
    { "deassert_ucgl true\nreturn_unc true\n", 18, 0x11 },
    { "lnc_thrsh_readable true\nunr_thrsh_readable true\n", 19, 0x21 },
    { "uc_thrsh_settable true\n", 20, 0x10 },
    { "event9_state_ret true\n", 20, 2 },
    { "analog_data_format 2s_complement\nrate_unit per_min\nmodifier_unit divide\n"
      "percentage true\n", 21, 0xa5 },
    { "base_unit Volts\n", 22, 4 },
    { "modifier_unit_code second\n", 23, 22 },
    { "linearization sqrt(x)\n", 24, 10 },
    { "accuracy 0x5f\ntolerance 3\n", 28, 0x1f },
    { "accuracy 0x5f\naccuracy_exp 2\nsensor_direction output\n", 29, 0x1a },
    { "accuracy -1\n", 28, 0x3f },
    { "sensor_hysteresis settable\nsensor_threshold_access fixed\n"
      "sensor_event_msg_ctrl global\n", 12, 0x2e },
    { "init_scanning true\ninit_hysteresis true\ndefault_event_gen_on true\n", 11, 0x4a },
    { "logical_entity true\n", 10, 0x81 },
    { "", 25, 16 },
    { "", 27, 10 },
    { "", 30, 0xd3 },
};

START_TEST(puts_fields_where_they_belong)
{
    char text[2048];
    struct records r;

    snprintf(text, sizeof text, ANALOG "%s" END, fields[_i].line);
    ck_assert_str_eq(compile(text, false, &r), "");
    ck_assert_msg(r.octets[fields[_i].octet - 1] == fields[_i].value, "%s: %02x",
                  fields[_i].line, r.octets[fields[_i].octet - 1]);
}
END_TEST

/* Signed ten bits in two octets. */
static const struct {
    int m;
    uint8_t low, high;
} wide[] = {
    { 1, 1, 0 }, { 255, 255, 0 }, { 392, 0x88, 0x40 }, { 511, 0xff, 0x40 },
    { -1, 0xff, 0xc0 }, { -512, 0, 0x80 },
};

START_TEST(splits_wide_numbers)
{
    char text[2048];
    struct records r;

    snprintf(text, sizeof text, "sdr type 1\n" OWNER "sensor_type 1\nevent_reading_type_code 1\n"
             "m %d\n" END, wide[_i].m);
    ck_assert_str_eq(compile(text, false, &r), "");
    ck_assert_uint_eq(r.octets[24], wide[_i].low);
    ck_assert_uint_eq(r.octets[25], wide[_i].high);
}
END_TEST

START_TEST(makes_signed_readings)
{
    struct records r;

    ck_assert_str_eq(compile("sdr type 1\n" OWNER "sensor_type 1\nevent_reading_type_code 1\n"
                             "analog_data_format 2s_complement\nm 1\nlnc_fthresh -5\n" END,
                             false, &r), "");
    ck_assert_uint_eq(r.octets[41], 0xfb);
    ck_assert_str_eq(compile("sdr type 1\n" OWNER "sensor_type 1\nevent_reading_type_code 1\n"
                             "analog_data_format 1s_complement\nm 1\nlnc_fthresh -5\n" END,
                             false, &r), "");
    ck_assert_uint_eq(r.octets[41], 0xfa);
}
END_TEST

START_TEST(takes_both_spellings_in_a_compact_record)
{
    static const char *const words[] = {
        "init_systeresis true\nassert_lnr true\ndeassert_lnc true\n",
        "init_hysteresis true\nreturn_lnr true\nreturn_unc true\n",
    };

    for (size_t i = 0; i < 2; i++) {
        char text[1024];
        struct records r;

        snprintf(text, sizeof text, "sdr type 2\n" OWNER "sensor_type 1\n"
                 "event_reading_type_code 1\n%sid_string \"x\"\nendsdr\n", words[i]);
        ck_assert_str_eq(compile(text, false, &r), "");
        ck_assert_uint_eq(r.octets[10], 0x08);
        ck_assert_uint_eq(r.octets[15], 0x40);
        ck_assert_uint_eq(r.octets[17], 0x10);
        ck_assert_uint_eq(r.octets[20], 0xc0);     /* no analog reading */
    }
}
END_TEST

/* ---- id strings -------------------------------------------------------------------- */

/* A string as source, and its octets as sdrcomp packs them; and in 8 bits. */
static const struct {
    const char *source;
    size_t len;
    const char *packed;
    size_t plain_len;
    const char *plain;
} ids[] = {
    { "\"12-34\"", 4, "\x45\x21\x3b\x04", 6, "\xc5" "12-34" },
    { "\"1,2:3_4.5 6\"", 7, "\x4b\xe1\xd2\xf3\xc4\xa5\x06", 12, "\xcb" "1,2:3_4.5 6" },
    { "\"CPU TEMP\"", 7, "\x88\x23\x5c\x03\x74\xd9\xc2", 9, "\xc8" "CPU TEMP" },
    { "\"ABC\"", 4, "\x83\xa1\x38\x02", 4, "\xc3" "ABC" },
    { "\"ABCDE\"", 5, "\x85\xa1\x38\x92\x25", 6, "\xc5" "ABCDE" },
    { "\"cpu\"", 4, "\xc3" "cpu", 4, "\xc3" "cpu" },
    { "\"a\"", 3, "\xc2" "a\0", 3, "\xc2" "a\0" },
    { "\"A\"", 2, "\x81\x21", 3, "\xc2" "A\0" },
    { "\"\"", 1, "\x40", 1, "\xc0" },
    { "\"AB\" 8bit", 3, "\xc2" "AB", 3, "\xc2" "AB" },
    { "\"AB\" 6bit", 3, "\x82\xa1\x08", 3, "\x82\xa1\x08" },
    { "\"12\" bcd", 2, "\x42\x21", 2, "\x42\x21" },
    { "'a \"b\"'", 6, "\xc5" "a \"b\"", 6, "\xc5" "a \"b\"" },
};

START_TEST(encodes_id_strings)
{
    char text[512];
    struct records r;

    snprintf(text, sizeof text,
             "sdr type 18\ndevice_slave_address 0x20\ndevice_channel_number 0\n"
             "entity_id 7\nentity_instance 1\nid_string %s\nendsdr\n", ids[_i].source);
    ck_assert_str_eq(compile(text, true, &r), "");
    ck_assert_uint_eq(r.len, 15 + ids[_i].len);
    ck_assert_mem_eq(r.octets + 15, ids[_i].packed, ids[_i].len);
    ck_assert_uint_eq(r.octets[4], r.len - 5);
    ck_assert_str_eq(compile(text, false, &r), "");
    ck_assert_uint_eq(r.len, 15 + ids[_i].plain_len);
    ck_assert_mem_eq(r.octets + 15, ids[_i].plain, ids[_i].plain_len);
}
END_TEST

/* Id octets that no encoding of ours makes. */
static const struct {
    const char *octets;
    size_t len;
} odd_ids[] = {
    { "\xc1" "A", 2 }, { "\x02" "AB", 3 }, { "\xc3" "AB", 3 }, { "\xc2" "AB\0\0", 5 },
    { "\xc2" "A\n", 3 }, { "\x41\x31", 2 }, { "", 0 },
};

START_TEST(decodes_only_what_it_would_encode)
{
    struct bytes id = bytes_of(odd_ids[_i].octets, odd_ids[_i].len);
    char text[SDR_ID_CHARS_MAX];
    enum sdr_id_code code;
    size_t len;

    ck_assert(!sdr_id_decode(id, text, &len, &code));
}
END_TEST

/* ---- and back -------------------------------------------------------------------------- */

/* Compile what was printed of one record, and compare. */
static void
check_round(struct bytes record, bool packed)
{
    static char text[SDR_PRINT_MAX];
    struct records r;
    const char *words;

    ck_assert_uint_gt(sdr_source_print(record, text, sizeof text), 0);
    words = compile(text, packed, &r);
    ck_assert_msg(strstr(words, "found") == NULL || strstr(words, "at most 16") != NULL,
                  "%s\n%s", words, text);
    ck_assert_uint_eq(r.count, 1);
    ck_assert_msg(r.len == record.len, "%zu octets, not %zu:\n%s", r.len, record.len, text);
    ck_assert_msg(memcmp(r.octets + 2, record.at + 2, record.len - 2) == 0, "%s", text);
}

START_TEST(prints_source_that_compiles_to_the_same)
{
    struct records r;

    (void)compile(values[_i].source, false, &r);
    check_round(bytes_of(r.octets, r.len), false);
    check_round(bytes_of(r.octets, r.len), true);
}
END_TEST

START_TEST(prints_every_id_string)
{
    char text[512];
    struct records r;

    snprintf(text, sizeof text,
             "sdr type 3\n" OWNER "sensor_type 1\nevent_reading_type_code 1\n"
             "id_string %s\nendsdr\n", ids[_i].source);
    for (int packed = 0; packed < 2; packed++) {
        (void)compile(text, packed, &r);
        check_round(bytes_of(r.octets, r.len), packed);
        check_round(bytes_of(r.octets, r.len), !packed);
    }
}
END_TEST

static const uint8_t types[] = { 1, 2, 3, 8, 9, 16, 17, 18, 19, 20, 0xc0, 0x0a, 0x7f };

/* Octets without a plan, of every type, long and short, sensor or state. */
START_TEST(prints_any_record_at_all)
{
    uint32_t state = 1;

    for (unsigned round = 0; round < 200; round++) {
        uint8_t record[96];
        size_t len = 5 + (round * 7) % 60;

        for (size_t i = 0; i < sizeof record; i++) {
            state = state * 1103515245u + 12345u;
            record[i] = round % 3 ? (uint8_t)(state >> 16) : (uint8_t)(round & 1 ? 0xff : 0);
        }
        record[3] = types[_i];
        record[4] = (uint8_t)(len - 5);
        if (round & 4)
            record[13] = record[11] = 1;
        check_round(bytes_of(record, len), round & 8);
    }
}
END_TEST

START_TEST(prints_nothing_of_what_is_no_record)
{
    uint8_t record[8] = { 0, 0, 0x51, 1, 9 };
    char text[64];

    ck_assert_uint_eq(sdr_source_print(bytes_of(record, 4), text, sizeof text), 0);
    ck_assert_uint_eq(sdr_source_print(bytes_of(record, 8), text, sizeof text), 0);
    record[4] = 3;
    ck_assert_uint_gt(sdr_source_print(bytes_of(record, 8), text, sizeof text), 0);
    ck_assert_uint_eq(sdr_source_print(bytes_of(record, 8), text, 8), 0);
}
END_TEST

/* ---- files and mistakes ------------------------------------------------------------------- */

START_TEST(includes_files_again_and_again)
{
    const struct file files[] = {
        { "d/s.sdrs", "define N \"1\"\ninclude \"one.sdrs\"\ndefine N \"2\"\n"
                      "include \"one.sdrs\"\n" },
        { "d/one.sdrs", "sdr type 18\ndevice_slave_address 0x20 + $N\n"
                        "device_channel_number 0\nentity_id 7\nentity_instance $N\n"
                        "id_string \"n \"$N\nendsdr\n" },
        { NULL, NULL },
    };
    struct records r;

    ck_assert_str_eq(compile_files(files, false, &r), "");
    ck_assert_uint_eq(r.count, 2);
    ck_assert_uint_eq(r.octets[5], 0x21);
    ck_assert_uint_eq(r.octets[19 + 5], 0x22);
    ck_assert_mem_eq(r.octets + 19 + 16, "n 2", 3);
}
END_TEST

static const struct {
    const char *source, *said;
    size_t records;
} wrongs[] = {
    { "hello\n" LOCATOR("\"x\""),
      "s.sdrs:1:1: found \"hello\"; expected sdr type N, record, define or include\n", 1 },
    { "sdr 18\nendsdr\n" LOCATOR("\"x\""),
      "s.sdrs:1:5: found \"18\"; expected type, as in sdr type 1\n", 1 },
    { "sdr type 10\nwhatever 1\nendsdr\n" LOCATOR("\"x\""),
      "s.sdrs:1:10: found SDR type 10; expected 1, 2, 3, 8, 9, 16 to 20 or 0xc0\n", 1 },
    { "sdr type 18\n",
      "s.sdrs:1:1: found a record without end; expected endsdr\n", 0 },
    { "sdr type 18\nendsdr\n",
      "s.sdrs:2:1: found \"endsdr\"; expected device_slave_address before the end of the "
      "record\n"
      "s.sdrs:2:1: found \"endsdr\"; expected device_channel_number before the end of the "
      "record\n"
      "s.sdrs:2:1: found \"endsdr\"; expected entity_id before the end of the record\n"
      "s.sdrs:2:1: found \"endsdr\"; expected entity_instance before the end of the record\n"
      "s.sdrs:2:1: found \"endsdr\"; expected id_string before the end of the record\n", 0 },
    { LOCATOR("\"x\"\n\toem 1\n oem 2") LOCATOR("\"y\""),
      "s.sdrs:8:2: found \"oem\"; expected each field once in a record\n", 1 },
    { LOCATOR("\"x\"\nid_string \"y\""),
      "s.sdrs:7:1: found \"id_string\"; expected each field once in a record\n", 0 },
    { LOCATOR("\"x\"\nchasis true\nflavour 3"),
      "s.sdrs:7:1: found \"chasis\"; expected a field of SDR type 0x12 (chassis?)\n"
      "s.sdrs:8:1: found \"flavour\"; expected a field of SDR type 0x12, or endsdr\n", 0 },
    { LOCATOR("x"), "s.sdrs:6:11: found \"x\"; expected the id string in quotes\n", 0 },
    { LOCATOR("\"seventeen letters\""),
      "s.sdrs:6:11: warning: found \"seventeen letters\"; expected at most 16 characters, or "
      "clients cut them off\n", 1 },
    { LOCATOR("\"abc\" 6bit"),
      "s.sdrs:6:11: found \"abc\"; expected an id string that its encoding can write\n", 0 },
    { LOCATOR("\"x\" morse"),
      "s.sdrs:6:15: found \"morse\"; expected the encoding: 8bit, 6bit, bcd\n", 0 },
    { LOCATOR("\"x\"\nchassis maybe\nlog_init"),
      "s.sdrs:7:9: found \"maybe\"; expected the chassis, true or false\n"
      "s.sdrs:8:9: found the end of the line; expected the log_init, true or false\n", 0 },
    { LOCATOR("\"x\"\noem 256"), "s.sdrs:7:5: found \"256\"; expected oem, 0 to 255\n", 0 },
    { LOCATOR("\"x\"\ngen_events never"),
      "s.sdrs:7:12: found \"never\"; expected gen_events, 0 to 3, or the value: "
      "enable_event_msg_gen, disable_event_msg_gen, do_not_init\n", 0 },
    { LOCATOR("\"x\"\noem 1 * 2"),
      "s.sdrs:7:7: found \"*\"; expected +, - or the end of the line\n", 0 },
    { LOCATOR("\"x\"\noem 1 +"), "s.sdrs:7:8: found the end of the line; expected a number\n",
      0 },
    { LOCATOR("\"x\"\noem $NONE"),
      "s.sdrs:7:5: found the undefined variable \"$NONE\"; expected oem, 0 to 255\n", 0 },
    { LOCATOR("\"x\"\nchassis true false"),
      "s.sdrs:7:14: warning: found \"false\"; expected the end of the line\n", 1 },
    { ANALOG "unc_fthresh 99\n" END,
      "s.sdrs:14:13: found \"99\"; expected unc_fthresh that comes to 0 to 255, not 5563\n", 0 },
    { ANALOG "unc_fthresh hot\n" END,
      "s.sdrs:14:13: found \"hot\"; expected a reading, as in 3.3\n", 0 },
    { "sdr type 1\n" OWNER "sensor_type 1\nevent_reading_type_code 1\nunc_fthresh 5\n" END,
      "s.sdrs:10:13: found \"5\"; expected m, and b, r_exp and b_exp if any, before it\n", 0 },
    { ANALOG "tolerance 64\n" END,
      "s.sdrs:14:11: found \"64\"; expected tolerance, 0 to 63\n", 0 },
    { "sdr type 1\n" OWNER "sensor_type 1\nevent_reading_type_code 1\nm 512\nr_exp 8\n" END,
      "s.sdrs:10:3: found \"512\"; expected m, -512 to 511\n"
      "s.sdrs:11:7: found \"8\"; expected r_exp, -8 to 7\n", 0 },
    { LOCATOR("\"x\"\noctet 5 1"),
      "s.sdrs:7:7: found octet 5; expected 3, or 6 to 15\n", 0 },
    { "record 0x51\n",
      "s.sdrs:1:1: found \"record\"; expected version, type and octets after it\n", 0 },
    { "include \"none\"\n",
      "s.sdrs:1:9: found \"none\", which cannot be read (not found); expected a file\n", 0 },
    { "include \"s.sdrs\"\n",
      "s.sdrs:1:9: found \"s.sdrs\", which is being read; expected another file\n", 0 },
};

START_TEST(says_what_is_wrong_and_where)
{
    struct records r;
    const char *got = compile(wrongs[_i].source, false, &r);

    ck_assert_msg(strcmp(got, wrongs[_i].said) == 0, "%s\nwas said:\n%s\nexpected:\n%s",
                  wrongs[_i].source, got, wrongs[_i].said);
    ck_assert_uint_eq(r.count, wrongs[_i].records);
}
END_TEST

#define ROWS(array) (int)(sizeof(array) / sizeof(array)[0])

static Suite *
sdr_source_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("emu/sdr_source", &c);

    tcase_add_loop_test(c, compiles_to_the_octets, 0, ROWS(values));
    tcase_add_loop_test(c, puts_fields_where_they_belong, 0, ROWS(fields));
    tcase_add_loop_test(c, splits_wide_numbers, 0, ROWS(wide));
    tcase_add_test(c, makes_signed_readings);
    tcase_add_test(c, takes_both_spellings_in_a_compact_record);
    tcase_add_loop_test(c, encodes_id_strings, 0, ROWS(ids));
    tcase_add_loop_test(c, decodes_only_what_it_would_encode, 0, ROWS(odd_ids));
    tcase_add_loop_test(c, prints_source_that_compiles_to_the_same, 0, ROWS(values));
    tcase_add_loop_test(c, prints_every_id_string, 0, ROWS(ids));
    tcase_add_loop_test(c, prints_any_record_at_all, 0, ROWS(types));
    tcase_add_test(c, prints_nothing_of_what_is_no_record);
    tcase_add_test(c, includes_files_again_and_again);
    tcase_add_loop_test(c, says_what_is_wrong_and_where, 0, ROWS(wrongs));
    return s;
}

int
main(void)
{
    return run_suite(sdr_source_suite());
}
