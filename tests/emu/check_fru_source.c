#include <stdio.h>

#include "emu/fru_source.h"
#include "sim/base/sum.h"
#include "sim/wire/fru.h"
#include "tests/emu/files.h"
#include "tests/lib/run.h"

static struct fru_image image;
static char *printed;

static void
teardown(void)
{
    free(image.octets);
    free(printed);
    image = (struct fru_image){ 0 };
    printed = NULL;
}

/* Compile "f.fru" into image; the other files can be included. */
static const char *
compile_files(const struct file *files, size_t size)
{
    struct emu_reader reader = files_reader(files);
    struct diags diags;
    const char *words;

    free(image.octets);
    diags_init(&diags);
    ck_assert_int_eq(fru_source_file(&reader, files[0].name, size, &diags, &image),
                     diags.errors ? ST_INVALID : ST_OK);
    words = said(&diags);
    diags_free(&diags);
    return words;
}

static const char *
compile(const char *text, size_t size)
{
    const struct file files[] = { { "f.fru", text }, { NULL, NULL } };

    return compile_files(files, size);
}

/* Print octets as "f.bin" into printed; what was wrong with them. */
static const char *
print(struct bytes octets)
{
    struct diags diags;
    const char *words;

    free(printed);
    diags_init(&diags);
    printed = fru_source_print(octets, "f.bin", &diags);
    ck_assert_ptr_nonnull(printed);
    words = said(&diags);
    diags_free(&diags);
    return words;
}

static const char *
print_image(void)
{
    return print(bytes_of(image.octets, image.len));
}

/* ---- octets ------------------------------------------------------------------------ */

#define CHASSIS(lines) "chassis\n" lines "end\n"
#define BOARD(lines) "board\n" lines "end\n"
#define PRODUCT(lines) "product\n" lines "end\n"
#define RECORD(kind, lines) "record " kind "\n" lines "end\n"

/* Source, and octets from an offset on. */
static const struct {
    const char *why, *source;
    size_t at;
    const char *octets;
    size_t len;
} values[] = {
    { "nothing", "# nothing\n", 0, "\1\0\0\0\0\0\0\xff", 8 },
    { "a chassis", CHASSIS("type 23\npart \"AB\"\nserial \"C\x44\"\n"), 0,
      "\1\0\1\0\0\0\0\xfe" "\1\2\x17\xc2" "AB\xc2" "CD\xc1\0\0\0\0\0\x97", 24 },
    { "words for types", CHASSIS("type rack_mount\n"), 8, "\1\1\x17\xc0\xc0\xc1\0\xa6", 8 },
    { "no type", CHASSIS(""), 8, "\1\1\2\xc0\xc0\xc1", 6 },
    { "a board", BOARD("date 1996-01-01T01:02\nfile \"F1\"\n"), 8,
      "\1\2\x19\x3e\0\0\xc0\xc0\xc0\xc0\xc2" "F1\xc1\0", 15 },
    { "fields in any order", PRODUCT("serial \"SN\"\nname \"NA\"\n"), 8,
      "\1\2\x19\xc0\xc2NA\xc0\xc0\xc2SN\xc0\xc0\xc1", 15 },
    { "a language", PRODUCT("language german\n"), 8, "\1\2\x16", 3 },
    { "two octets where the language wants them",
      PRODUCT("language 22\nname \"\xc3\xa4\"\nserial \"ab\"\n"), 8,
      "\1\2\x16\xc0\xc2\xe4\0\xc0\xc0\xc2" "ab\xc0\xc0\xc1", 15 },
    { "one where they are said", PRODUCT("language 22\nname 8bit \"ab\"\n"), 11,
      "\xc0\xc2" "ab\xc0\xc0\xc0", 7 },
    { "all encodings",
      PRODUCT("custom 6bit \"IPMI\"\ncustom bcd \"12.\"\ncustom binary 1 2 0xff\n"
              "custom unicode \"a\"\ncustom 8bit 1 2\ncustom binary\n"), 18,
      "\x83\x29\xdc\xa6\x42\x12\xca\3\1\2\xff\xc2" "a\0\xc2\1\2\0\xc1", 19 },
    { "custom fields", CHASSIS("custom \"one\"\ncustom \"two\"\n"), 8,
      "\1\2\2\xc0\xc0\xc3one\xc3two\xc1\0", 15 },
    { "internal use", "internal\ndata 1 2\ndata 3\nend\n", 0,
      "\1\1\0\0\0\0\0\xfe\1\1\2\3", 12 },
    { "areas after each other", "internal\ndata 7\nend\n" CHASSIS(""), 0,
      "\1\1\2\0\0\0\0\xfc\1\7\0\0\0\0\0\0\1\1\2", 19 },
    { "an offset", "chassis at 24\nend\n", 0, "\1\0\3\0\0\0\0\xfc\0\0\0\0\0\0\0\0\0", 17 },
    { "fill", "fill 0xff\nsize 20\n", 0,
      "\1\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 20 },
    { "strays", "octets 9 1 2\n", 0, "\1\0\0\0\0\0\0\xff\0\1\2", 11 },
    { "a longer area, and what is unused in it", CHASSIS("length 16\nunused 1 2\n"), 8,
      "\1\2\2\xc0\xc0\xc1\1\2\0\0\0\0\0\0\0\xb7", 16 },
    { "an area that ends early", PRODUCT("fields 1\nmanufacturer \"AB\"\n"), 8,
      "\1\1\x19\xc2" "AB\xc1\xdf", 8 },
    { "odd first octets", "format 0x11\npad 3\n" CHASSIS("format 0x21\n"), 0,
      "\x11\0\1\0\0\0\3\xeb\x21\1\2", 11 },
    { "a power supply",
      RECORD("power_supply",
             "capacity 750 W\npeak_va unspecified\ninrush_current 10\ninrush_interval 5 ms\n"
             "low_voltage_1 90.5 V\nhigh_voltage_1 132\nlow_frequency 47\nhigh_frequency 63\n"
             "dropout_tolerance 20\nhot_swap true\nautoswitch yes\ntwo_pulses on\n"
             "peak_capacity 900\nhold_up 3 s\ncombined_voltage_1 5V\n"
             "combined_voltage_2 3.3V\ncombined_wattage 100\nfan_threshold 9\n"), 0,
      "\1\0\0\0\0\1\0\xfe\0\x82\x18\xde\x88\xee\2\xff\xff\x0a\5\x5a\x23\x90\x33\0\0\0\0\x2f"
      "\x3f\x14\x1c\x84\x33\x23\x64\0\x09", 37 },
    { "a DC output",
      RECORD("dc_output", "output 2\nstandby true\nnominal_voltage -12\n"
             "max_negative_deviation -12.60\nmax_positive_deviation 11.4 V\nripple 120\n"
             "min_current 0.5\nmax_current 65.535 A\n"), 13,
      "\x82\x50\xfb\x14\xfb\x74\4\x78\0\xf4\1\xff\xff", 13 },
    { "a DC load",
      RECORD("dc_load", "output 1\nnominal_voltage 5\nmin_voltage 4.75\nmax_voltage 5.25\n"
             "max_current 2\n"), 13, "\1\xf4\1\xdb\1\x0d\2\0\0\0\0\xd0\7", 13 },
    { "an extended DC output in its units",
      RECORD("extended_dc_output", "output 1\ncurrent_unit 100mA\nmin_current 1.5\n"
             "max_current 100.0\n"), 8,
      "\x09\x82\x0d\xf5\x73\x11\0\0\0\0\0\0\0\0\x0f\0\xe8\3", 18 },
    { "an extended DC load", RECORD("extended_dc_load", "max_current 100.01\n"), 8,
      "\x0a\x82\x0d", 3 },
    { "a URL", RECORD("management_access", "system_url \"http://a\"\n"), 8,
      "\3\x82\x09\x46\x2c\1http://a", 14 },
    { "a GUID",
      RECORD("management_access", "system_guid 000102030405060708090a0b0c0d0e0f\n"), 13,
      "\7\0\1\2\3\4\5\6\7\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f", 17 },
    { "compatibility",
      RECORD("base_compatibility", "manufacturer 0x123456\nentity 10\nbase 1\n"
             "code_start 2\ndata 0xff 1\n"), 8,
      "\4\x82\x08\x57\x1b\x56\x34\x12\x0a\1\2\xff\1", 13 },
    { "NVMe", RECORD("nvme", "data 1 2 3\n"), 8, "\x0b\x82\3\xfa\x76\1\2\3", 8 },
    { "an OEM record", RECORD("oem", "manufacturer 32473\ndata 1\n"), 8,
      "\xc0\x82\4\xa8\x12\xd9\x7e\0\1", 9 },
    { "one of another type", RECORD("0xd5", "manufacturer 1\n"), 8, "\xd5\x82\3\xff\xa7\1", 6 },
    { "any record", RECORD("raw 7", "format 0x71\ndata 9\n"), 8, "\7\xf1\1\xf7\x10\x09", 6 },
    { "records after each other", RECORD("raw 1", "data 5\n") RECORD("raw 2", ""), 8,
      "\1\2\1\xfb\1\5\2\x82\0\0\x7c", 11 },
    { "an octet of a record", RECORD("dc_load", "octet 1 0xf3\noutput 4\n"), 13, "\xf4", 1 },
    { "a PICMG record", RECORD("picmg 0x2d", "version 1\ndata 5\n"), 8,
      "\xc0\x82\6\x42\x76\x5a\x31\0\x2d\1\5", 11 },
    { "an AMC's current", RECORD("module_current", "current 3.5 A\n"), 13,
      "\x5a\x31\0\x16\0\x23", 6 },
    { "a shelf's addresses",
      RECORD("address_table", "shelf_address \"AB\"\naddress 0x41 1 0\naddress 0x42 2 0\n"), 13,
      "\x5a\x31\0\x10\0\xc2" "AB\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\2\x41\1\0\x42\2\0", 33 },
    { "a shelf's power",
      RECORD("shelf_power", "feed 30.0 unspecified 39.5\nto 0x41 1\nto 0x42 2\n"
             "feed 1 2 48\n"), 13,
      "\x5a\x31\0\x11\0\2\x2c\1\xff\xff\x4f\2\x41\1\x42\2\x0a\0\x14\0\x60\0", 22 },
    { "a shelf manager's address",
      RECORD("shelf_manager_ip", "version 1\naddress 192.0.2.5\nmask 255.255.0.0\n"), 18,
      "\xc0\0\2\5\0\0\0\0\xff\xff\0\0", 12 },
    { "a board's links",
      RECORD("board_p2p", "link 1 base 1 1 0 0\nlink 2 fabric 15 2 1 0x33\n"
             "guid 000102030405060708090a0b0c0d0e0f\n"), 13,
      "\x5a\x31\0\x14\0\1\0\1\2\3\4\5\6\7\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f"
      "\1\x11\0\0\x42\x2f\x10\x33", 30 },
    { "a backplane",
      RECORD("backplane_p2p", "slot 0x0b 0x41\nchannel 0x42 2 1 0\nslot 0x08 0x42\n"), 18,
      "\x0b\x41\1\x42\x22\0\x08\x42\0", 9 },
    { "a carrier", RECORD("carrier_activation", "max_internal_current 20\n"
                          "readiness_allowance 5\nmodule 0x72 4.0 0xff\n"), 18,
      "\xc8\0\5\1\x72\x28\xff", 7 },
    { "a carrier's ports", RECORD("carrier_p2p", "resource 0x85\nport 0x86 1 2 0\n"), 18,
      "\x85\1\x86\x41\0", 5 },
    { "an AMC's ports", RECORD("amc_p2p", "resource 0x80\nchannel 4 5 31 31 0\n"
                               "link 0 1 2 0 0 0 0x3f\n"), 18,
      "\0\x80\1\xa4\xfc\x0f\0\x21\0\0\xfc", 11 },
    { "a carrier's sites", RECORD("carrier_information", "amc_version 1\nsite 5\nsite 6\n"), 18,
      "\1\2\5\6", 4 },
    { "continued lines, comments, variables",
      "define A \"X1\"\n  # here\n" CHASSIS("part $A'-'\"2\" # there\nserial 8bit \\\n"
      "# between\n  0x41 \\\n  0x42\n"), 11, "\xc4X1-2\xc2" "AB\xc1", 9 },
};

START_TEST(compiles_to_the_octets)
{
    const char *words = compile(values[_i].source, 0);

    ck_assert_msg(words[0] == '\0', "%s: %s", values[_i].why, words);
    ck_assert_msg(image.len >= values[_i].at + values[_i].len, "%s: %zu octets",
                  values[_i].why, image.len);
    for (size_t i = 0; i < values[_i].len; i++)
        ck_assert_msg(image.octets[values[_i].at + i] == (uint8_t)values[_i].octets[i],
                      "%s: octet %zu: %02x", values[_i].why, values[_i].at + i,
                      image.octets[values[_i].at + i]);
}
END_TEST

/* What is printed is no damage, and compiles to the same octets. */
START_TEST(prints_what_compiles_to_the_same)
{
    struct fru_image first;

    ck_assert_str_eq(compile(values[_i].source, 0), "");
    ck_assert_msg(print_image()[0] == '\0', "%s", values[_i].why);
    first = image;
    image = (struct fru_image){ 0 };
    ck_assert_str_eq(compile(printed, 0), "");
    ck_assert_msg(image.len == first.len && memcmp(image.octets, first.octets, image.len) == 0,
                  "%s:\n%s", values[_i].why, printed);
    free(first.octets);
}
END_TEST

static const char source_as_printed[] =
    "size 400\n"
    "fill 0xff\n"
    "\n"
    "internal\n"
    "    data 0x01 0x02 0x03\n"
    "end\n"
    "\n"
    "chassis\n"
    "    type          tower\n"
    "    part          \"P'1\"'\"'\"2\"\n"
    "    serial        binary 0x01 0x02\n"
    "    custom        6bit \"A B \"\n"
    "end\n"
    "\n"
    "board at 64\n"
    "    language      french\n"
    "    date          2026-01-31T12:34\n"
    "    manufacturer  \"Soci\xc3\xa9t\xc3\xa9\"\n"
    "    product       8bit \"AB\"\n"
    "    serial        \"S1\"\n"
    "    part          binary\n"
    "    file          bcd \"20-1\"\n"
    "    custom        unicode 0x00 0xd8\n"
    "    length        80\n"
    "    unused \\\n"
    "        0x00 0x00 0x00 0x00 0x00 0x00 0x00 0x00 0x00 0x00 0x00 0x00 \\\n"
    "        0x00 0x00 0x00 0x00 0x00 0x00 0x00 0x00 0x00 0x00 0x00 0x00 \\\n"
    "        0x07\n"
    "end\n"
    "\n"
    "record dc_output at 160\n"
    "    output                  1\n"
    "    standby                 true\n"
    "    nominal_voltage         -12.05 V\n"
    "    ripple                  120 mV\n"
    "    max_current             2.100 A\n"
    "    octet 1 0xf1\n"
    "    data 0x09\n"
    "end\n"
    "\n"
    "record board_p2p\n"
    "    # guid guid\n"
    "    guid 000102030405060708090a0b0c0d0e0f\n"
    "    # link channel interface ports type extension group\n"
    "    link 1 base 1 1 0 0\n"
    "end\n"
    "\n"
    "record raw 0x00\n"
    "    format                  0x01\n"
    "    data 0x01 0x02\n"
    "end\n"
    "\n"
    "record oem 0xd5\n"
    "    manufacturer            32473\n"
    "end\n"
    "\n"
    "octets 300 0x01 0xff 0x02\n";

START_TEST(prints_every_kind_of_line)
{
    const char *words = compile(source_as_printed, 0);

    ck_assert_msg(words[0] == '\0', "%s", words);
    ck_assert_str_eq(print_image(), "");
    ck_assert_str_eq(printed, source_as_printed);
}
END_TEST

START_TEST(includes_other_files)
{
    const struct file files[] = {
        { "f.fru", "define SERIAL \"S01\"\ninclude \"common.fru\"\n" },
        { "common.fru", CHASSIS("serial $SERIAL\n") },
        { NULL, NULL },
    };

    ck_assert_str_eq(compile_files(files, 0), "");
    ck_assert_mem_eq(image.octets + 12, "\xc3S01", 4);
}
END_TEST

START_TEST(keeps_to_the_size_it_is_given)
{
    ck_assert_str_eq(compile("size 64\nfill 1\n", 32), "");
    ck_assert_uint_eq(image.len, 32);
    ck_assert_uint_eq(image.octets[31], 1);
    ck_assert_str_eq(compile("size 64\n", 0), "");
    ck_assert_uint_eq(image.len, 64);
    ck_assert_str_eq(compile(CHASSIS(""), 15),
                     "f.fru:1:1: found octets up to 16; expected at most 15, the device's size\n");
}
END_TEST

/* The best known record of a wild one: single characters would end an area. */
START_TEST(adds_a_blank_to_a_single_character)
{
    const char *words = compile(CHASSIS("part \"A\"\n"), 0);

    ck_assert_str_eq(words, "f.fru:2:6: warning: found \"A\"; expected two characters, for "
                            "one would end the area; a blank is added\n");
    ck_assert_mem_eq(image.octets + 11, "\xc2" "A ", 3);
}
END_TEST

/* ---- mistakes ---------------------------------------------------------------------- */

static const struct {
    const char *source, *says;
} mistakes[] = {
    { "chasis\n", "1:1: found \"chasis\"; expected internal, chassis, board, product, record, "
      "size, fill, octets, define or include" },
    { "chassis\n", "1:1: found an area or record without end; expected end" },
    { CHASSIS("") CHASSIS(""), "3:1: found \"chassis\"; expected each area once" },
    { CHASSIS("name \"x\"\n"), "2:1: found \"name\"; expected part, serial, custom or end" },
    { CHASSIS("part AB\n"),
      "2:6: found \"AB\"; expected \"text\", or 8bit, 6bit, bcd, unicode or binary before it" },
    { CHASSIS("part\n"), "2:5: found the end of the line; expected \"text\", or 8bit, 6bit, "
      "bcd, unicode or binary before it" },
    { CHASSIS("part \"AB\" 1\n"), "2:11: found \"1\"; expected the end of the line" },
    { CHASSIS("part \"AB\"\npart \"AB\"\n"),
      "3:1: found \"part\"; expected each field once in an area" },
    { CHASSIS("part 6bit \"ab\"\n"),
      "2:11: found \"ab\"; expected UTF-8 text in characters that 6bit has" },
    { CHASSIS("part 8bit 1\n"), "2:6: found \"8bit\"; expected none or at least two octets, "
      "for one would end the area" },
    { CHASSIS("part \"0123456789012345678901234567890123456789012345678901234567890123\"\n"),
      "2:6: found \"0123456789012345678901234567890123456789012345678901234...\"; expected at "
      "most 63 octets of text" },
    { CHASSIS("type blimp\n"), "2:6: found \"blimp\"; expected the chassis type, 0 to 255 or "
      "unspecified, other, unknown, desktop, low_profile_desktop, pizza_box, mini_tower, "
      "tower, portable, laptop, notebook, hand_held, docking_station ..." },
    { BOARD("date 31.1.2026\n"), "2:6: found \"31.1.2026\"; expected the date, as in "
      "2026-01-31T12:34, up to 2027-11-24, or unspecified" },
    { BOARD("product \"x1\"\nlanguage english\n"),
      "3:1: found \"language\"; expected the language before the fields" },
    { PRODUCT("fields 1\nname \"ab\"\n"),
      "1:1: found fields behind the last one; expected at most 1, as fields says" },
    { PRODUCT("length 12\n"), "2:8: found \"12\"; expected a length that 8 divides" },
    { PRODUCT("length 8\n"),
      "1:1: found an area of more than 8 octets; expected at most as many" },
    { "internal\nserial \"x\"\nend\n", "2:1: found \"serial\"; expected data or end" },
    { "chassis at 12\nend\n", "1:12: found \"12\"; expected an offset that 8 divides" },
    { "chassis at 8\nend\nboard at 8\nend\n",
      "3:1: found octets 8 to 23 over others; expected what does not overlap" },
    { "internal at 2040\ndata 1 2 3 4 5 6 7 8\nend\n" BOARD(""),
      "4:1: found an area at octet 2056; expected all to begin at 2040 or before" },
    { "size 7\n", "1:6: found \"7\"; expected the size, 8 to 65535" },
    { "octets 4 1\n", "1:8: found \"4\"; expected the offset, 8 to 65534" },
    { "octets 9 1\noctets 9 2\n",
      "2:1: found octets 9 to 9 over others; expected what does not overlap" },
    { RECORD("powersupply", ""), "1:8: found \"powersupply\"; expected a record's name or "
      "number (power_supply?)" },
    { RECORD("", ""), "1:7: found the end of the line; expected a record's name or number, as "
      "in record power_supply" },
    { RECORD("power_supply", "capasity 5\n"),
      "2:1: found \"capasity\"; expected a field of power_supply (capacity?)" },
    { RECORD("power_supply", "capacity 4096\n"),
      "2:10: found \"4096\"; expected the capacity, 0 to 4095 W" },
    { RECORD("power_supply", "low_voltage_1 1.005\n"), "2:15: found \"1.005\"; expected the "
      "low_voltage_1, 0.00 to 655.35 V in steps of 0.01" },
    { RECORD("dc_output", "nominal_voltage -400\n"), "2:17: found \"-400\"; expected the "
      "nominal_voltage, -327.68 to 327.67 V in steps of 0.01" },
    { RECORD("power_supply", "combined_voltage_1 6V\n"), "2:20: found \"6V\"; expected the "
      "combined_voltage_1, 0 to 15, or 12V, -12V, 5V, 3.3V" },
    { RECORD("power_supply", "capacity 1\ncapacity 1\n"),
      "3:1: found \"capacity\"; expected each field once in a record" },
    { RECORD("power_supply", "capacity 1 V\n"),
      "2:12: found \"V\"; expected the end of the line" },
    { RECORD("extended_dc_load", "max_current 1\ncurrent_unit 10mA\n"),
      "3:1: found \"current_unit\"; expected current_unit before the currents" },
    { RECORD("management_access", "system_name \"a\"\nsystem_url \"b\"\n"),
      "3:1: found \"system_url\"; expected one text in a record" },
    { RECORD("management_access", "system_guid 12\n"),
      "2:13: found \"12\"; expected the system_guid, 32 hexadecimal digits" },
    { RECORD("shelf_power", "to 1 2\n"),
      "2:1: found \"to\"; expected what the to belongs to before it" },
    { RECORD("amc_p2p", "resource 1\nresource 2\n"),
      "3:1: found \"resource\"; expected one resource in a record" },
    { RECORD("board_p2p", "link 1 base 1 1 0\n"),
      "2:18: found the end of the line; expected the group, 0 to 255" },
    { RECORD("address_table", "shelf_address \"012345678901234567890\"\n"),
      "2:1: found \"shelf_address\"; expected at most 20 octets of it" },
    { RECORD("nvme", "octet 1 2\n"),
      "2:7: found \"1\"; expected data, for the record has no fields" },
    { RECORD("oem 0x10", ""), "1:12: found \"0x10\"; expected the record's number, 192 to 255" },
    { RECORD("nvme", "") CHASSIS("") RECORD("nvme", ""),
      "5:1: found a record that is away from the others; expected all one after the other" },
    { "define A \"f.fru\"\ninclude $A\n",
      "2:9: found \"f.fru\", which is being read; expected another file" },
};

START_TEST(tells_mistakes)
{
    char expected[512];

    snprintf(expected, sizeof expected, "f.fru:%s\n", mistakes[_i].says);
    ck_assert_str_eq(compile(mistakes[_i].source, 0), expected);
    ck_assert_ptr_null(image.octets);
}
END_TEST

START_TEST(refuses_a_record_that_is_too_long)
{
    char source[4096] = "record raw 1\n";

    for (int i = 0; i < 16; i++)
        strcat(source, "data 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n");
    strcat(source, "end\n");
    ck_assert_str_eq(compile(source, 0),
                     "f.fru:17:42: found \"16\"; expected at most 15 octets\n");
}
END_TEST

/* ---- damage ------------------------------------------------------------------------ */

/* In a device with a chassis area at 8, a board area at 24, records at 48. */
static const struct {
    const char *why;
    size_t at;
    uint8_t octet;
    bool make_right;          /* the checksum of the area around */
    const char *says;
    const char *still;        /* in what is printed all the same */
} damages[] = {
    { "no header", 0, 0xff, false,
      "found octet 0xff at the beginning; expected 0x01, a FRU header", "octets 8 \\\n        0x01 0x02" },
    { "the header's checksum", 7, 0, false,
      "found checksum 0x00 of the header; expected 0xf5", "serial        \"CD\"" },
    { "an area's checksum", 23, 0, false,
      "found checksum 0x00 of the chassis area at 8; expected 0xac", "serial        \"CD\"" },
    { "an area's version", 8, 2, true,
      "found octet 0x02 at 8, where the chassis area begins; expected 0x01, and at least 8 "
      "octets", "product       \"EF\"" },
    { "an area of no length", 9, 0, true,
      "found length 0 of the chassis area at 8; expected 8 to 59", "product       \"EF\"" },
    { "an area that is too long", 9, 9, true,
      "found length 72 of the chassis area at 8; expected 8 to 59", "product       \"EF\"" },
    { "a field that is too long", 14, 0xff, true,
      "found field 2 of the chassis area longer than the area; expected C1h behind the last "
      "field", "part          \"AB\"" },
    { "a record's checksum", 54, 9, false,
      "found checksum 0xfa of the record at 48; expected 0xf3", "data 0x01 0x09 0x03" },
    { "a record's header", 48, 0, false,
      "found no record's header at 48; expected one, for no record so far was the last",
      "octets 49 0x82 0x03" },
};

START_TEST(tells_damage)
{
    char expected[256];

    ck_assert_str_eq(compile(CHASSIS("part \"AB\"\nserial \"CD\"\n")
                             BOARD("product \"EF\"\nserial \"GHIJ\"\n")
                             RECORD("nvme", "data 1 2 3\n") "size 67\n", 0), "");
    image.octets[damages[_i].at] = damages[_i].octet;
    if (damages[_i].make_right)
        image.octets[23] = sum_of(image.octets + 8, 15);
    snprintf(expected, sizeof expected, "f.bin: %s\n", damages[_i].says);
    ck_assert_str_eq(print_image(), expected);
    ck_assert_msg(strstr(printed, damages[_i].still) != NULL, "%s:\n%s", damages[_i].why,
                  printed);
}
END_TEST

START_TEST(tells_what_is_beyond_the_end)
{
    ck_assert_str_eq(compile(CHASSIS("length 16\n"), 0), "");
    ck_assert_str_eq(print(bytes_of(image.octets, 20)),
                     "f.bin: found length 16 of the chassis area at 8; expected 8 to 12\n");
    ck_assert_str_eq(print(bytes_of(image.octets, 8)),
                     "f.bin: found an area at 8; expected it within the 8 octets\n");
    ck_assert_str_eq(print(bytes_of(image.octets, 5)),
                     "f.bin: found 5 octets; expected 8 to 65535\n");
    ck_assert_str_eq(compile(RECORD("raw 1", "data 1 2 3\n"), 0), "");
    ck_assert_str_eq(print(bytes_of(image.octets, 14)),
                     "f.bin: found length 3 of the record at 8; expected at most 1\n");
}
END_TEST

START_TEST(tells_areas_that_overlap)
{
    ck_assert_str_eq(compile(CHASSIS("length 24\n") "product at 32\nend\n", 0), "");
    image.octets[4] = 2;                        /* product at 16, of no version */
    image.octets[7] = sum_of(image.octets, 7);
    ck_assert_str_eq(print_image(),
                     "f.bin: found octet 0x00 at 16, where the product area begins; expected "
                     "0x01, and at least 8 octets\n");
    image.octets[4] = 1;                        /* product where the chassis is */
    image.octets[7] = sum_of(image.octets, 7);
    ck_assert_ptr_nonnull(strstr(print_image(), "found product, octets 8 to 31, over another "
                                                "area; expected areas that do not overlap"));
}
END_TEST

START_TEST(tells_an_area_without_end)
{
    ck_assert_str_eq(compile(CHASSIS("unused 0xc0\n"), 0), "");
    image.octets[13] = 0xc0;                    /* C1h was here */
    image.octets[15] = sum_of(image.octets + 8, 7);
    ck_assert_str_eq(print_image(), "f.bin: found the end of the chassis area; expected C1h "
                                    "behind the last field\n");
}
END_TEST

#define ROWS(a) (int)(sizeof (a) / sizeof (a)[0])

static Suite *
fru_source_suite(void)
{
    Suite *s = suite_create("fru_source");
    TCase *t = tcase_create("compile");

    tcase_add_checked_fixture(t, NULL, teardown);
    tcase_add_loop_test(t, compiles_to_the_octets, 0, ROWS(values));
    tcase_add_test(t, includes_other_files);
    tcase_add_test(t, keeps_to_the_size_it_is_given);
    tcase_add_test(t, adds_a_blank_to_a_single_character);
    tcase_add_loop_test(t, tells_mistakes, 0, ROWS(mistakes));
    tcase_add_test(t, refuses_a_record_that_is_too_long);
    suite_add_tcase(s, t);
    t = tcase_create("print");
    tcase_add_checked_fixture(t, NULL, teardown);
    tcase_add_loop_test(t, prints_what_compiles_to_the_same, 0, ROWS(values));
    tcase_add_test(t, prints_every_kind_of_line);
    tcase_add_loop_test(t, tells_damage, 0, ROWS(damages));
    tcase_add_test(t, tells_what_is_beyond_the_end);
    tcase_add_test(t, tells_areas_that_overlap);
    tcase_add_test(t, tells_an_area_without_end);
    suite_add_tcase(s, t);
    return s;
}

int
main(void)
{
    return run_suite(fru_source_suite());
}
