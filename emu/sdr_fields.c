#include "emu/sdr_fields.h"

#include <string.h>

#include "emu/sdr_words.h"

/* ---- shapes of rows --------------------------------------------------------- */

#define BITS(name, octet, shift, bits, words) \
    { name, SDRF_BITS, octet, shift, bits, false, PRINT_ANY, words, 0, 0, 0 }
#define MUST(name, octet, shift, bits, words) \
    { name, SDRF_BITS, octet, shift, bits, true, PRINT_ANY, words, 0, 0, 0 }
#define SIGNED(name, octet, shift, bits) \
    { name, SDRF_SIGNED, octet, shift, bits, false, PRINT_ANY, NULL, 0, 0, 0 }
#define SPLIT(name, kind, octet, shift, bits, octet2, shift2, bits2) \
    { name, kind, octet, shift, bits, false, PRINT_ANY, NULL, octet2, shift2, bits2 }
#define BOOL(name, octet, bit) \
    { name, SDRF_BOOL, octet, bit, 1, false, PRINT_ANY, NULL, 0, 0, 0 }
#define BOOL_IF(name, octet, bit, print) \
    { name, SDRF_BOOL, octet, bit, 1, false, print, NULL, 0, 0, 0 }
#define WHOLE(name, octet) BITS(name, octet, 0, 8, NULL)
#define REAL(name, kind, octet) { name, kind, octet, 0, 8, false, PRINT_NEVER, NULL, 0, 0, 0 }
#define LE(name, octet, bits) { name, SDRF_LE, octet, 0, bits, true, PRINT_ANY, NULL, 0, 0, 0 }

/* A bit for each of the offsets 0 to 14, in two octets. */
#define OFFSETS(before, after, octet)                                                    \
    BOOL_IF(before "0" after, octet, 0, PRINT_DISCRETE),                                  \
    BOOL_IF(before "1" after, octet, 1, PRINT_DISCRETE),                                  \
    BOOL_IF(before "2" after, octet, 2, PRINT_DISCRETE),                                  \
    BOOL_IF(before "3" after, octet, 3, PRINT_DISCRETE),                                  \
    BOOL_IF(before "4" after, octet, 4, PRINT_DISCRETE),                                  \
    BOOL_IF(before "5" after, octet, 5, PRINT_DISCRETE),                                  \
    BOOL_IF(before "6" after, octet, 6, PRINT_DISCRETE),                                  \
    BOOL_IF(before "7" after, octet, 7, PRINT_DISCRETE),                                  \
    BOOL_IF(before "8" after, octet + 1, 0, PRINT_DISCRETE),                              \
    BOOL_IF(before "9" after, octet + 1, 1, PRINT_DISCRETE),                              \
    BOOL_IF(before "10" after, octet + 1, 2, PRINT_DISCRETE),                             \
    BOOL_IF(before "11" after, octet + 1, 3, PRINT_DISCRETE),                             \
    BOOL_IF(before "12" after, octet + 1, 4, PRINT_DISCRETE),                             \
    BOOL_IF(before "13" after, octet + 1, 5, PRINT_DISCRETE),                             \
    BOOL_IF(before "14" after, octet + 1, 6, PRINT_DISCRETE)

/* A bit for each threshold event: going low, going high. */
#define CROSSINGS(before, octet)                                                         \
    BOOL_IF(before "lncgl", octet, 0, PRINT_THRESHOLD),                                   \
    BOOL_IF(before "lncgh", octet, 1, PRINT_THRESHOLD),                                   \
    BOOL_IF(before "lcgl", octet, 2, PRINT_THRESHOLD),                                    \
    BOOL_IF(before "lcgh", octet, 3, PRINT_THRESHOLD),                                    \
    BOOL_IF(before "lnrgl", octet, 4, PRINT_THRESHOLD),                                   \
    BOOL_IF(before "lnrgh", octet, 5, PRINT_THRESHOLD),                                   \
    BOOL_IF(before "uncgl", octet, 6, PRINT_THRESHOLD),                                   \
    BOOL_IF(before "uncgh", octet, 7, PRINT_THRESHOLD),                                   \
    BOOL_IF(before "ucgl", octet + 1, 0, PRINT_THRESHOLD),                                \
    BOOL_IF(before "ucgh", octet + 1, 1, PRINT_THRESHOLD),                                \
    BOOL_IF(before "unrgl", octet + 1, 2, PRINT_THRESHOLD),                               \
    BOOL_IF(before "unrgh", octet + 1, 3, PRINT_THRESHOLD)

#define THRESHOLD_BITS(after, octet)                                                     \
    BOOL_IF("lnc" after, octet, 0, PRINT_THRESHOLD),                                      \
    BOOL_IF("lc" after, octet, 1, PRINT_THRESHOLD),                                       \
    BOOL_IF("lnr" after, octet, 2, PRINT_THRESHOLD),                                      \
    BOOL_IF("unc" after, octet, 3, PRINT_THRESHOLD),                                      \
    BOOL_IF("uc" after, octet, 4, PRINT_THRESHOLD),                                       \
    BOOL_IF("unr" after, octet, 5, PRINT_THRESHOLD)

#define SENSOR_OWNER                                                                     \
    MUST("sensor_owner_id", 6, 0, 8, NULL), MUST("channel_number", 7, 4, 4, NULL),        \
    MUST("sensor_owner_lun", 7, 0, 2, NULL), MUST("sensor_number", 8, 0, 8, NULL),        \
    MUST("entity_id", 9, 0, 8, sdr_entity_words),                                         \
    MUST("entity_instance", 10, 0, 8, NULL),                                              \
    BOOL_IF("logical_entity", 10, 7, PRINT_NEVER)

/* ---- the record types -------------------------------------------------------------- */

/* What full and compact records share: octets 11 to 20. */
#define SENSOR_BEHAVIOUR                                                                 \
    BOOL("init_scanning", 11, 6), BOOL("init_events", 11, 5),                             \
    BOOL("init_thresholds", 11, 4),                                                       \
    BOOL("init_sensor_type", 11, 2), BOOL("default_event_gen_on", 11, 1),                 \
    BOOL("default_sensor_scan_on", 11, 0), BOOL("ignore_if_no_entity", 12, 7),            \
    BOOL("sensor_auto_rearm", 12, 6),                                                     \
    BITS("sensor_hysteresis", 12, 4, 2, sdr_access_words),                                \
    BITS("sensor_threshold_access", 12, 2, 2, sdr_access_words),                          \
    BITS("sensor_event_msg_ctrl", 12, 0, 2, sdr_event_control_words),                     \
    MUST("sensor_type", 13, 0, 8, sdr_sensor_type_words),                                 \
    MUST("event_reading_type_code", 14, 0, 8, NULL),                                      \
    OFFSETS("assert_event", "", 15), CROSSINGS("assert_", 15),                            \
    OFFSETS("deassert_event", "", 17), CROSSINGS("deassert_", 17),                        \
    OFFSETS("event", "_state_ret", 19), THRESHOLD_BITS("_thrsh_readable", 19),            \
    THRESHOLD_BITS("_thrsh_settable", 20)

static const struct sdr_field full[] = {
    SENSOR_OWNER,
    SENSOR_BEHAVIOUR,
    BOOL("init_hysteresis", 11, 3),
    BOOL_IF("return_lnc", 16, 4, PRINT_THRESHOLD),
    BOOL_IF("return_lc", 16, 5, PRINT_THRESHOLD),
    BOOL_IF("return_lnr", 16, 6, PRINT_THRESHOLD),
    BOOL_IF("return_unc", 18, 4, PRINT_THRESHOLD),
    BOOL_IF("return_uc", 18, 5, PRINT_THRESHOLD),
    BOOL_IF("return_unr", 18, 6, PRINT_THRESHOLD),
    BITS("analog_data_format", 21, 6, 2, sdr_format_words),
    BITS("rate_unit", 21, 3, 3, sdr_rate_words),
    BITS("modifier_unit", 21, 1, 2, sdr_modifier_words),
    BOOL("percentage", 21, 0),
    BITS("base_unit", 22, 0, 8, sdr_unit_words),
    BITS("modifier_unit_code", 23, 0, 8, sdr_unit_words),
    BITS("linearization", 24, 0, 7, sdr_linearization_words),
    SPLIT("m", SDRF_SPLIT, 25, 0, 8, 26, 6, 2),
    BITS("tolerance", 26, 0, 6, NULL),
    SPLIT("b", SDRF_SPLIT, 27, 0, 8, 28, 6, 2),
    SPLIT("accuracy", SDRF_SPLIT_PLAIN, 28, 0, 6, 29, 4, 4),
    BITS("accuracy_exp", 29, 2, 2, NULL),
    BITS("sensor_direction", 29, 0, 2, sdr_direction_words),
    SIGNED("r_exp", 30, 4, 4),
    SIGNED("b_exp", 30, 0, 4),
    BOOL("normal_min_specified", 31, 2),
    BOOL("normal_max_specified", 31, 1),
    BOOL("nominal_specified", 31, 0),
    WHOLE("nominal_reading", 32), REAL("nominal_freading", SDRF_READING, 32),
    WHOLE("normal_maximum", 33), REAL("normal_fmaximum", SDRF_READING, 33),
    WHOLE("normal_minimum", 34), REAL("normal_fminimum", SDRF_READING, 34),
    WHOLE("sensor_maximum", 35), WHOLE("sensor_minimum", 36),
    WHOLE("unr_thresh", 37), REAL("unr_fthresh", SDRF_READING, 37),
    WHOLE("uc_thresh", 38), REAL("uc_fthresh", SDRF_READING, 38),
    WHOLE("unc_thresh", 39), REAL("unc_fthresh", SDRF_READING, 39),
    WHOLE("lnr_thresh", 40), REAL("lnr_fthresh", SDRF_READING, 40),
    WHOLE("lc_thresh", 41), REAL("lc_fthresh", SDRF_READING, 41),
    WHOLE("lnc_thresh", 42), REAL("lnc_fthresh", SDRF_READING, 42),
    WHOLE("positive_hysteresis", 43), REAL("positive_fhysteresis", SDRF_DIFFERENCE, 43),
    WHOLE("negative_hysteresis", 44), REAL("negative_fhysteresis", SDRF_DIFFERENCE, 44),
    WHOLE("oem", 47),
};

/* sdrcomp spells init_hysteresis wrong here, and has other words for what
 * is returned; ours are taken as well. */
static const struct sdr_field compact[] = {
    SENSOR_OWNER,
    SENSOR_BEHAVIOUR,
    BOOL("init_systeresis", 11, 3), BOOL_IF("init_hysteresis", 11, 3, PRINT_NEVER),
    BOOL_IF("assert_lnc", 16, 4, PRINT_THRESHOLD), BOOL_IF("return_lnc", 16, 4, PRINT_NEVER),
    BOOL_IF("assert_lc", 16, 5, PRINT_THRESHOLD), BOOL_IF("return_lc", 16, 5, PRINT_NEVER),
    BOOL_IF("assert_lnr", 16, 6, PRINT_THRESHOLD), BOOL_IF("return_lnr", 16, 6, PRINT_NEVER),
    BOOL_IF("deassert_lnc", 18, 4, PRINT_THRESHOLD), BOOL_IF("return_unc", 18, 4, PRINT_NEVER),
    BOOL_IF("deassert_lc", 18, 5, PRINT_THRESHOLD), BOOL_IF("return_uc", 18, 5, PRINT_NEVER),
    BOOL_IF("deassert_lnr", 18, 6, PRINT_THRESHOLD), BOOL_IF("return_unr", 18, 6, PRINT_NEVER),
    BITS("rate_unit", 21, 3, 3, sdr_rate_words),
    BITS("modifier_unit", 21, 1, 2, sdr_modifier_words),
    BOOL("percentage", 21, 0),
    BITS("base_unit", 22, 0, 8, sdr_unit_words),
    BITS("modifier_unit_code", 23, 0, 8, sdr_unit_words),
    BITS("sensor_direction", 24, 6, 2, sdr_direction_words),
    BITS("id_string_modifier", 24, 4, 2, sdr_sharing_words),
    BITS("share_count", 24, 0, 4, NULL),
    BOOL("entity_instance_incr", 25, 7),
    BITS("instance_modifier_off", 25, 0, 7, NULL),
    WHOLE("positive_hysteresis", 26), WHOLE("negative_hysteresis", 27),
    WHOLE("oem", 31),
};

static const struct sdr_field event_only[] = {
    SENSOR_OWNER,
    MUST("sensor_type", 11, 0, 8, sdr_sensor_type_words),
    MUST("event_reading_type_code", 12, 0, 8, NULL),
    BITS("sensor_direction", 13, 6, 2, sdr_direction_words),
    BITS("id_string_modifier", 13, 4, 2, sdr_sharing_words),
    BITS("share_count", 13, 0, 4, NULL),
    BOOL("entity_instance_incr", 14, 7),
    BITS("instance_modifier_off", 14, 0, 7, NULL),
    WHOLE("oem", 16),
};

#define CONTAINER(octet)                                                                 \
    BOOL("entities_are_range", octet, 7), BOOL("linked_ears", octet, 6),                  \
    BOOL("presence_sensor_always_there", octet, 5)

static const struct sdr_field entity_association[] = {
    MUST("container_entity_id", 6, 0, 8, sdr_entity_words),
    MUST("container_entity_inst", 7, 0, 8, NULL),
    CONTAINER(8),
    MUST("entity_1_id", 9, 0, 8, sdr_entity_words), MUST("entity_1_inst", 10, 0, 8, NULL),
    BITS("entity_2_id", 11, 0, 8, sdr_entity_words), WHOLE("entity_2_inst", 12),
    BITS("entity_3_id", 13, 0, 8, sdr_entity_words), WHOLE("entity_3_inst", 14),
    BITS("entity_4_id", 15, 0, 8, sdr_entity_words), WHOLE("entity_4_inst", 16),
};

/* container_entity_inst has the high half of its octet alone, as in sdrcomp. */
static const struct sdr_field device_association[] = {
    MUST("container_entity_id", 6, 0, 8, sdr_entity_words),
    MUST("container_entity_inst", 7, 4, 4, NULL),
    MUST("container_entity_dev_addr", 8, 0, 8, NULL),
    MUST("container_entity_dev_chan", 9, 0, 8, NULL),
    CONTAINER(10),
    MUST("entity_1_dev_addr", 11, 0, 8, NULL), MUST("entity_1_dev_chan", 12, 0, 8, NULL),
    MUST("entity_1_id", 13, 0, 8, sdr_entity_words), MUST("entity_1_inst", 14, 0, 8, NULL),
    WHOLE("entity_2_dev_addr", 15), WHOLE("entity_2_dev_chan", 16),
    BITS("entity_2_id", 17, 0, 8, sdr_entity_words), WHOLE("entity_2_inst", 18),
    WHOLE("entity_3_dev_addr", 19), WHOLE("entity_3_dev_chan", 20),
    BITS("entity_3_id", 21, 0, 8, sdr_entity_words), WHOLE("entity_3_inst", 22),
    WHOLE("entity_4_dev_addr", 23), WHOLE("entity_4_dev_chan", 24),
    BITS("entity_4_id", 25, 0, 8, sdr_entity_words), WHOLE("entity_4_inst", 26),
};

static const struct sdr_field generic_locator[] = {
    MUST("device_access_address", 6, 0, 8, NULL), MUST("device_slave_address", 7, 0, 8, NULL),
    BITS("channel_number", 8, 5, 3, NULL), BITS("lun", 8, 3, 2, NULL),
    BITS("private_bus_id", 8, 0, 3, NULL), BITS("address_span", 9, 0, 3, NULL),
    MUST("device_type", 11, 0, 8, NULL), MUST("device_type_modifier", 12, 0, 8, NULL),
    MUST("entity_id", 13, 0, 8, sdr_entity_words), MUST("entity_instance", 14, 0, 8, NULL),
    WHOLE("oem", 15),
};

static const struct sdr_field fru_locator[] = {
    MUST("device_access_address", 6, 0, 8, NULL), MUST("fru_device_address", 7, 0, 8, NULL),
    BOOL("logical_fru", 8, 7), BITS("lun", 8, 3, 2, NULL),
    BITS("private_bus_id", 8, 0, 3, NULL), BITS("channel_number", 9, 4, 4, NULL),
    MUST("device_type", 11, 0, 8, NULL), MUST("device_type_modifier", 12, 0, 8, NULL),
    MUST("fru_entity_id", 13, 0, 8, sdr_entity_words),
    MUST("fru_entity_instance", 14, 0, 8, NULL),
    WHOLE("oem", 15),
};

static const struct sdr_field mc_locator[] = {
    MUST("device_slave_address", 6, 0, 8, NULL), MUST("device_channel_number", 7, 0, 4, NULL),
    BOOL("ACPI_sys_power_state", 8, 7), BOOL("ACPI_dev_power_state", 8, 6),
    BOOL("static_controller", 8, 5), BOOL("controller_logs_init", 8, 3),
    BOOL("log_init", 8, 2), BITS("gen_events", 8, 0, 2, sdr_gen_events_words),
    BOOL("chassis", 9, 7), BOOL("bridge", 9, 6), BOOL("ipmb_event_gen", 9, 5),
    BOOL("ipmb_event_recv", 9, 4), BOOL("fru_inventory", 9, 3), BOOL("sel", 9, 2),
    BOOL("sdr", 9, 1), BOOL("sensor", 9, 0),
    MUST("entity_id", 13, 0, 8, sdr_entity_words), MUST("entity_instance", 14, 0, 8, NULL),
    WHOLE("oem", 15),
};

static const struct sdr_field mc_confirmation[] = {
    MUST("device_slave_address", 6, 0, 8, NULL), MUST("device_id", 7, 0, 8, NULL),
    BITS("channel_number", 8, 4, 4, NULL), BITS("device_revision", 8, 0, 4, NULL),
    WHOLE("major_fw_rev", 9), WHOLE("minor_fw_rev", 10), WHOLE("ipmi_version", 11),
    LE("manufacturer_id", 12, 24), LE("product_id", 15, 16),
    { "guid", SDRF_GUID, 17, 0, 0, false, PRINT_ANY, NULL, 0, 0, 0 },
};

#define CHANNEL(n, octet)                                                                \
    BOOL("channel_" n "_transmits", octet, 7),                                            \
    BITS("channel_" n "_lun", octet, 4, 3, NULL),                                         \
    BITS("channel_" n "_protocol", octet, 0, 4, NULL)

static const struct sdr_field channel_info[] = {
    CHANNEL("0", 6), CHANNEL("1", 7), CHANNEL("2", 8), CHANNEL("3", 9), CHANNEL("4", 10),
    CHANNEL("5", 11), CHANNEL("6", 12), CHANNEL("7", 13),
    WHOLE("messaging_interrupt", 14), WHOLE("event_buffer_interrupt", 15),
};

static const struct sdr_field oem_record[] = {
    LE("manufacturer_id", 6, 24),
};

#define FIELDS(rows) rows, sizeof rows / sizeof rows[0]

/* The analog format of a compact record says that there is none. */
static const struct sdr_layout layouts[] = {
    /* type version fixed id     preset    event type */
    { 0x01, 0x51, 48, true, 0, 0, 14, FIELDS(full) },
    { 0x02, 0x51, 32, true, 21, 0xc0, 14, FIELDS(compact) },
    { 0x03, 0x51, 17, true, 0, 0, 12, FIELDS(event_only) },
    { 0x08, 0x51, 16, false, 0, 0, 0, FIELDS(entity_association) },
    { 0x09, 0x51, 32, false, 0, 0, 0, FIELDS(device_association) },
    { 0x10, 0x51, 16, true, 0, 0, 0, FIELDS(generic_locator) },
    { 0x11, 0x51, 16, true, 0, 0, 0, FIELDS(fru_locator) },
    { 0x12, 0x51, 16, true, 0, 0, 0, FIELDS(mc_locator) },
    { 0x13, 0x51, 32, false, 0, 0, 0, FIELDS(mc_confirmation) },
    { 0x14, 0x01, 16, false, 0, 0, 0, FIELDS(channel_info) },
    { 0xc0, 0x51, 8, false, 0, 0, 0, FIELDS(oem_record) },
};

const struct sdr_layout *
sdr_layout_of(unsigned type)
{
    for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++)
        if (layouts[i].type == type)
            return &layouts[i];
    return NULL;
}

/* ---- values in records ------------------------------------------------------------------ */

static unsigned
mask_of(unsigned bits)
{
    return (1u << bits) - 1;
}

static long
sign_extend(unsigned v, unsigned bits)
{
    return v & 1u << (bits - 1) ? (long)v - (1l << bits) : (long)v;
}

long
sdr_field_get(const struct sdr_field *f, const uint8_t *record)
{
    unsigned v = (unsigned)(record[f->octet - 1] >> f->shift) & mask_of(f->bits);

    if (f->kind == SDRF_LE) {
        v = record[f->octet - 1] | (unsigned)record[f->octet] << 8;
        return f->bits == 24 ? (long)(v | (unsigned)record[f->octet + 1] << 16) : (long)v;
    }
    if (f->octet2)
        v |= ((unsigned)(record[f->octet2 - 1] >> f->shift2) & mask_of(f->bits2)) << f->bits;
    if (f->kind == SDRF_SIGNED || f->kind == SDRF_SPLIT)
        return sign_extend(v, f->bits + (unsigned)f->bits2);
    return (long)v;
}

void
sdr_field_put(const struct sdr_field *f, uint8_t *record, long value)
{
    unsigned v = (unsigned)value;

    if (f->kind == SDRF_LE) {
        for (unsigned i = 0; i < f->bits / 8u; i++)
            record[f->octet - 1 + i] = (uint8_t)(v >> 8 * i);
        return;
    }
    record[f->octet - 1] |= (uint8_t)((v & mask_of(f->bits)) << f->shift);
    if (f->octet2)
        record[f->octet2 - 1] |= (uint8_t)((v >> f->bits & mask_of(f->bits2)) << f->shift2);
}

void
sdr_field_range(const struct sdr_field *f, long *min, long *max)
{
    unsigned bits = f->bits + (unsigned)f->bits2;

    *min = f->kind == SDRF_SIGNED || f->octet2 ? -(1l << (bits - 1)) : 0;
    *max = f->kind == SDRF_SIGNED || f->kind == SDRF_SPLIT ? (1l << (bits - 1)) - 1
                                                            : (1l << bits) - 1;
}
