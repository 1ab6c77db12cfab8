#include "emu/fru_layout.h"

#include <string.h>

#define COUNT(rows) (uint8_t)(sizeof (rows) / sizeof (rows)[0])
#define UNIT_BIT 4                   /* of extended DC records, in octet 0 */
#define UNIT_DECIMALS_10MA 2
#define UNIT_DECIMALS_100MA 1

#define UINT(name, at, bit, bits, unit) \
    { name, FRU_ITEM_UINT, at, bit, bits, 0, 0, unit, NULL }
#define WORDS(name, at, bit, bits, unit, words) \
    { name, FRU_ITEM_UINT, at, bit, bits, 0, 0, unit, words }
#define BOOL(name, at, bit) { name, FRU_ITEM_BOOL, at, bit, 1, 0, 0, NULL, NULL }
#define VOLTS(name, at) { name, FRU_ITEM_INT, at, 0, 16, 2, 0, "V", NULL }
#define INPUT_VOLTS(name, at) { name, FRU_ITEM_UINT, at, 0, 16, 2, 0, "V", NULL }
#define MILLIAMPS(name, at) { name, FRU_ITEM_UINT, at, 0, 16, 3, 0, "A", NULL }
#define CURRENT(name, at) { name, FRU_ITEM_CURRENT, at, 0, 16, 0, 0, "A", NULL }
#define COLUMN(name, bits) { name, FRU_ITEM_UINT, 0, 0, bits, 0, 0, NULL, NULL }
#define TENTHS(name, at, bits, words) \
    { name, FRU_ITEM_UINT, at, 0, bits, 1, 0, "A", words }

/* ---- IPMI's records ---------------------------------------------------------------- */

static const struct keyword unspecified_8[] = { { "unspecified", 0xff }, { NULL, 0 } };
static const struct keyword unspecified_16[] = { { "unspecified", 0xffff }, { NULL, 0 } };

static const struct keyword rails[] = {
    { "12V", 0 }, { "-12V", 1 }, { "5V", 2 }, { "3.3V", 3 }, { NULL, 0 },
};

static const struct fru_item power_supply[] = {
    UINT("capacity", 0, 0, 12, "W"),
    WORDS("peak_va", 2, 0, 16, "VA", unspecified_16),
    WORDS("inrush_current", 4, 0, 8, "A", unspecified_8),
    WORDS("inrush_interval", 5, 0, 8, "ms", unspecified_8),
    INPUT_VOLTS("low_voltage_1", 6),
    INPUT_VOLTS("high_voltage_1", 8),
    INPUT_VOLTS("low_voltage_2", 10),
    INPUT_VOLTS("high_voltage_2", 12),
    UINT("low_frequency", 14, 0, 8, "Hz"),
    UINT("high_frequency", 15, 0, 8, "Hz"),
    UINT("dropout_tolerance", 16, 0, 8, "ms"),
    BOOL("predictive_fail", 17, 0),
    BOOL("power_factor_correction", 17, 1),
    BOOL("autoswitch", 17, 2),
    BOOL("hot_swap", 17, 3),
    BOOL("two_pulses", 17, 4),       /* a rotation; without a fan: failure is low */
    UINT("peak_capacity", 18, 0, 12, "W"),
    UINT("hold_up", 18, 12, 4, "s"),
    WORDS("combined_voltage_1", 20, 4, 4, NULL, rails),
    WORDS("combined_voltage_2", 20, 0, 4, NULL, rails),
    UINT("combined_wattage", 21, 0, 16, "W"),
    UINT("fan_threshold", 23, 0, 8, "RPS"),
};

static const struct fru_item dc_output[] = {
    UINT("output", 0, 0, 4, NULL),
    BOOL("standby", 0, 7),
    VOLTS("nominal_voltage", 1),
    VOLTS("max_negative_deviation", 3),
    VOLTS("max_positive_deviation", 5),
    UINT("ripple", 7, 0, 16, "mV"),
    MILLIAMPS("min_current", 9),
    MILLIAMPS("max_current", 11),
};

static const struct fru_item dc_load[] = {
    UINT("output", 0, 0, 4, NULL),
    VOLTS("nominal_voltage", 1),
    VOLTS("min_voltage", 3),
    VOLTS("max_voltage", 5),
    UINT("ripple", 7, 0, 16, "mV"),
    MILLIAMPS("min_current", 9),
    MILLIAMPS("max_current", 11),
};

static const struct keyword current_units[] = { { "10mA", 0 }, { "100mA", 1 }, { NULL, 0 } };

static const struct fru_item extended_dc_output[] = {
    UINT("output", 0, 0, 4, NULL),
    { "current_unit", FRU_ITEM_UNIT, 0, UNIT_BIT, 1, 0, 0, NULL, current_units },
    BOOL("standby", 0, 7),
    VOLTS("nominal_voltage", 1),
    VOLTS("max_negative_deviation", 3),
    VOLTS("max_positive_deviation", 5),
    UINT("ripple", 7, 0, 16, "mV"),
    CURRENT("min_current", 9),
    CURRENT("max_current", 11),
};

static const struct fru_item extended_dc_load[] = {
    UINT("output", 0, 0, 4, NULL),
    { "current_unit", FRU_ITEM_UNIT, 0, UNIT_BIT, 1, 0, 0, NULL, current_units },
    VOLTS("nominal_voltage", 1),
    VOLTS("min_voltage", 3),
    VOLTS("max_voltage", 5),
    UINT("ripple", 7, 0, 16, "mV"),
    CURRENT("min_current", 9),
    CURRENT("max_current", 11),
};

#define ACCESS(name, sub_type) { name, FRU_ITEM_TEXT, 0, sub_type, 0, 0, 0, NULL, NULL }

static const struct fru_item management_access[] = {
    ACCESS("system_url", 1),
    ACCESS("system_name", 2),
    ACCESS("system_ping", 3),
    ACCESS("component_url", 4),
    ACCESS("component_name", 5),
    ACCESS("component_ping", 6),
    { "system_guid", FRU_ITEM_TEXT_GUID, 0, 7, 0, 0, 0, NULL, NULL },
};

static const struct fru_item compatibility[] = {
    UINT("manufacturer", 0, 0, 24, NULL),
    UINT("entity", 3, 0, 8, NULL),
    UINT("base", 4, 0, 8, NULL),
    UINT("code_start", 5, 0, 7, NULL),
};

static const struct fru_item oem[] = {
    UINT("manufacturer", 0, 0, 24, NULL),
};

/* ---- PICMG's records --------------------------------------------------------------- */

#define PICMG_VERSION UINT("version", 4, 0, 8, NULL)

static const struct fru_item picmg[] = {
    UINT("id", 3, 0, 8, NULL),
    PICMG_VERSION,
};

static const struct fru_item picmg_version[] = { PICMG_VERSION };

static const struct fru_item channel_columns[] = {
    COLUMN("remote-slot", 8), COLUMN("remote-channel", 5), COLUMN("local-channel", 5),
    COLUMN("reserved", 6),
};
static const struct fru_list channels = {
    "channel", FRU_LIST_COUNTED, channel_columns, COUNT(channel_columns), 3, NULL
};
static const struct fru_item slot_columns[] = { COLUMN("channel-type", 8), COLUMN("slot", 8) };
static const struct fru_list slots = {
    "slot", FRU_LIST_TO_END, slot_columns, COUNT(slot_columns), 2, &channels
};
static const struct fru_list *const backplane_lists[] = { &slots };

static const struct fru_item address_table[] = {
    PICMG_VERSION,
    { "shelf_address", FRU_ITEM_FIELD, 5, 0, 168, 0, 0, NULL, NULL },
};
static const struct fru_item address_columns[] = {
    COLUMN("hardware-address", 8), COLUMN("site-number", 8), COLUMN("site-type", 8),
};
static const struct fru_list addresses = {
    "address", FRU_LIST_COUNTED, address_columns, COUNT(address_columns), 3, NULL
};
static const struct fru_list *const address_lists[] = { &addresses };

static const struct fru_item feed_fru_columns[] = {
    COLUMN("hardware-address", 8), COLUMN("fru-id", 8),
};
static const struct fru_list feed_frus = {
    "to", FRU_LIST_COUNTED, feed_fru_columns, COUNT(feed_fru_columns), 2, NULL
};
static const struct fru_item feed_columns[] = {
    TENTHS("max-external-current", 0, 16, NULL),
    TENTHS("max-internal-current", 0, 16, unspecified_16),
    { "min-voltage", FRU_ITEM_UINT, 0, 0, 8, 1, 5, "V", NULL },
};
static const struct fru_list feeds = {
    "feed", FRU_LIST_COUNTED, feed_columns, COUNT(feed_columns), 5, &feed_frus
};
static const struct fru_list *const power_lists[] = { &feeds };

static const struct fru_item shelf_activation[] = {
    PICMG_VERSION,
    UINT("readiness_allowance", 5, 0, 8, "s"),
};
static const struct fru_item activation_columns[] = {
    COLUMN("hardware-address", 8), COLUMN("fru-id", 8),
    { "max-power", FRU_ITEM_UINT, 0, 0, 16, 0, 0, "W", NULL }, COLUMN("configuration", 8),
};
static const struct fru_list activations = {
    "fru", FRU_LIST_COUNTED, activation_columns, COUNT(activation_columns), 5, NULL
};
static const struct fru_list *const activation_lists[] = { &activations };

static const struct fru_item shelf_manager_ip[] = {
    PICMG_VERSION,
    { "address", FRU_ITEM_IP4, 5, 0, 32, 0, 0, NULL, NULL },
    { "gateway", FRU_ITEM_IP4, 9, 0, 32, 0, 0, NULL, NULL },
    { "mask", FRU_ITEM_IP4, 13, 0, 32, 0, 0, NULL, NULL },
};

static const struct fru_item guid_columns[] = {
    { "guid", FRU_ITEM_GUID, 0, 0, 128, 0, 0, NULL, NULL },
};
static const struct fru_list guids = {
    "guid", FRU_LIST_COUNTED, guid_columns, COUNT(guid_columns), 16, NULL
};
static const struct keyword interfaces[] = {
    { "base", 0 }, { "fabric", 1 }, { "update", 2 }, { NULL, 0 },
};
static const struct fru_item board_link_columns[] = {
    COLUMN("channel", 6),
    { "interface", FRU_ITEM_UINT, 0, 0, 2, 0, 0, NULL, interfaces },
    COLUMN("ports", 4), COLUMN("type", 8), COLUMN("extension", 4), COLUMN("group", 8),
};
static const struct fru_list board_links = {
    "link", FRU_LIST_TO_END, board_link_columns, COUNT(board_link_columns), 4, NULL
};
static const struct fru_list *const board_lists[] = { &guids, &board_links };

static const struct fru_item module_current[] = {
    PICMG_VERSION,
    TENTHS("current", 5, 8, NULL),
};

static const struct fru_item carrier_activation[] = {
    PICMG_VERSION,
    TENTHS("max_internal_current", 5, 16, NULL),
    UINT("readiness_allowance", 7, 0, 8, "s"),
};
static const struct fru_item module_columns[] = {
    COLUMN("address", 8), TENTHS("max-current", 0, 8, NULL), COLUMN("reserved", 8),
};
static const struct fru_list modules = {
    "module", FRU_LIST_COUNTED, module_columns, COUNT(module_columns), 3, NULL
};
static const struct fru_list *const carrier_activation_lists[] = { &modules };

static const struct fru_item port_columns[] = {
    COLUMN("remote-resource", 8), COLUMN("remote-port", 5), COLUMN("local-port", 5),
    COLUMN("reserved", 6),
};
static const struct fru_list ports = {
    "port", FRU_LIST_COUNTED, port_columns, COUNT(port_columns), 3, NULL
};
static const struct fru_item resource_columns[] = { COLUMN("resource", 8) };
static const struct fru_list resources = {
    "resource", FRU_LIST_TO_END, resource_columns, COUNT(resource_columns), 1, &ports
};
static const struct fru_list *const carrier_p2p_lists[] = { &resources };

static const struct fru_list resource = {
    "resource", FRU_LIST_ONE, resource_columns, COUNT(resource_columns), 1, NULL
};
static const struct fru_item lane_columns[] = {
    COLUMN("lane-0-port", 5), COLUMN("lane-1-port", 5), COLUMN("lane-2-port", 5),
    COLUMN("lane-3-port", 5), COLUMN("reserved", 4),
};
static const struct fru_list lanes = {
    "channel", FRU_LIST_COUNTED, lane_columns, COUNT(lane_columns), 3, NULL
};
static const struct fru_item amc_link_columns[] = {
    COLUMN("channel", 8), COLUMN("lanes", 4), COLUMN("type", 8), COLUMN("extension", 4),
    COLUMN("group", 8), COLUMN("asymmetric-match", 2), COLUMN("reserved", 6),
};
static const struct fru_list amc_links = {
    "link", FRU_LIST_TO_END, amc_link_columns, COUNT(amc_link_columns), 5, NULL
};
static const struct fru_list *const amc_p2p_lists[] = { &guids, &resource, &lanes, &amc_links };

static const struct fru_item carrier_info[] = {
    PICMG_VERSION,
    UINT("amc_version", 5, 0, 8, NULL),
};
static const struct fru_item site_columns[] = { COLUMN("site", 8) };
static const struct fru_list sites = {
    "site", FRU_LIST_COUNTED, site_columns, COUNT(site_columns), 1, NULL
};
static const struct fru_list *const carrier_info_lists[] = { &sites };

/* ---- the rows ---------------------------------------------------------------------- */

#define IPMI(name, type, fixed, items) \
    { name, type, 0, false, fixed, items, COUNT(items), NULL, 0 }
#define PLAIN(name, type) { name, type, 0, false, 0, NULL, 0, NULL, 0 }
#define PICMG(name, id, fixed, items) \
    { name, FRU_RECORD_OEM, id, true, fixed, items, COUNT(items), NULL, 0 }
#define PICMG_LISTS(name, id, fixed, items, lists) \
    { name, FRU_RECORD_OEM, id, true, fixed, items, COUNT(items), lists, COUNT(lists) }

static const struct fru_layout layouts[] = {
    IPMI("power_supply", 0x00, 24, power_supply),
    IPMI("dc_output", 0x01, 13, dc_output),
    IPMI("dc_load", 0x02, 13, dc_load),
    IPMI("management_access", 0x03, 1, management_access),
    IPMI("base_compatibility", 0x04, 6, compatibility),
    IPMI("extended_compatibility", 0x05, 6, compatibility),
    PLAIN("asf_fixed_smbus", 0x06),
    PLAIN("asf_legacy_alerts", 0x07),
    PLAIN("asf_remote_control", 0x08),
    IPMI("extended_dc_output", 0x09, 13, extended_dc_output),
    IPMI("extended_dc_load", 0x0a, 13, extended_dc_load),
    PLAIN("nvme", 0x0b),
    PLAIN("nvme_pcie_port", 0x0c),
    PLAIN("nvme_topology", 0x0d),
    PLAIN("nvme_0e", 0x0e),
    PLAIN("nvme_0f", 0x0f),
    PICMG_LISTS("backplane_p2p", 0x04, 5, picmg_version, backplane_lists),
    PICMG_LISTS("address_table", 0x10, 26, address_table, address_lists),
    PICMG_LISTS("shelf_power", 0x11, 5, picmg_version, power_lists),
    PICMG_LISTS("shelf_activation", 0x12, 6, shelf_activation, activation_lists),
    PICMG("shelf_manager_ip", 0x13, 17, shelf_manager_ip),
    PICMG_LISTS("board_p2p", 0x14, 5, picmg_version, board_lists),
    PICMG("module_current", 0x16, 6, module_current),
    PICMG_LISTS("carrier_activation", 0x17, 8, carrier_activation, carrier_activation_lists),
    PICMG_LISTS("carrier_p2p", 0x18, 5, picmg_version, carrier_p2p_lists),
    PICMG_LISTS("amc_p2p", 0x19, 5, picmg_version, amc_p2p_lists),
    PICMG_LISTS("carrier_information", 0x1a, 6, carrier_info, carrier_info_lists),
};

#define LAYOUTS (sizeof layouts / sizeof layouts[0])

const struct fru_layout fru_layout_picmg = PICMG("picmg", 0, FRU_PICMG_HEADER, picmg);
const struct fru_layout fru_layout_oem = IPMI("oem", FRU_RECORD_OEM, 3, oem);
const struct fru_layout fru_layout_raw = PLAIN("raw", 0);

const struct fru_layout *
fru_layouts(size_t *count)
{
    *count = LAYOUTS;
    return layouts;
}

const struct fru_layout *
fru_layout_of_type(uint8_t type)
{
    if (type >= FRU_RECORD_OEM)
        return &fru_layout_oem;
    for (size_t i = 0; i < LAYOUTS; i++)
        if (!layouts[i].picmg && layouts[i].type == type)
            return &layouts[i];
    return &fru_layout_raw;
}

/* ---- which one data are in --------------------------------------------------------- */

/* Pass over one row, with its child's. False: cut. */
static bool
skip_row(const struct fru_list *list, struct bytes *left)
{
    size_t size = list->size;

    if (list->child != NULL) {
        if (left->len <= size)
            return false;
        size += 1 + (size_t)left->at[size] * list->child->size;
    }
    if (left->len < size)
        return false;
    *left = bytes_of(left->at + size, left->len - size);
    return true;
}

static bool
skip_list(const struct fru_list *list, struct bytes *left)
{
    size_t rows = 1;

    if (list->kind == FRU_LIST_TO_END) {
        while (left->len >= list->size)
            if (!skip_row(list, left))
                return false;
        return true;
    }
    if (list->kind == FRU_LIST_COUNTED) {
        if (left->len == 0)
            return false;
        rows = left->at[0];
        *left = bytes_of(left->at + 1, left->len - 1);
    }
    while (rows-- > 0)
        if (!skip_row(list, left))
            return false;
    return true;
}

static bool
fits(const struct fru_layout *layout, struct bytes data)
{
    struct bytes left;

    if (data.len < layout->fixed)
        return false;
    left = bytes_of(data.at + layout->fixed, data.len - layout->fixed);
    for (size_t i = 0; i < layout->list_count; i++)
        if (!skip_list(layout->lists[i], &left))
            return false;
    return true;
}

static const struct fru_layout *
picmg_layout(struct bytes data)
{
    for (size_t i = 0; i < LAYOUTS; i++)
        if (layouts[i].picmg && layouts[i].picmg_id == data.at[3] && fits(&layouts[i], data))
            return &layouts[i];
    return &fru_layout_picmg;
}

const struct fru_layout *
fru_layout_for(uint8_t type, struct bytes data)
{
    const struct fru_layout *layout = fru_layout_of_type(type);

    if (type == FRU_RECORD_OEM && data.len >= FRU_PICMG_HEADER &&
        fru_bits_get(data.at, 0, 24) == FRU_PICMG)
        return picmg_layout(data);
    return fits(layout, data) ? layout : &fru_layout_raw;
}

/* ---- bits -------------------------------------------------------------------------- */

uint32_t
fru_bits_get(const uint8_t *at, unsigned bit, unsigned bits)
{
    uint32_t v = 0;

    for (unsigned i = 0; i < bits; i++)
        v |= (uint32_t)(at[(bit + i) / 8] >> (bit + i) % 8 & 1) << i;
    return v;
}

void
fru_bits_put(uint8_t *at, unsigned bit, unsigned bits, uint32_t value)
{
    for (unsigned i = 0; i < bits; i++) {
        uint8_t mask = (uint8_t)(1u << (bit + i) % 8);
        uint8_t *octet = &at[(bit + i) / 8];

        *octet = (uint8_t)(value >> i & 1 ? *octet | mask : *octet & ~mask);
    }
}

unsigned
fru_item_decimals(const struct fru_item *item, const uint8_t *data)
{
    if (item->kind != FRU_ITEM_CURRENT)
        return item->decimals;
    return fru_bits_get(data, UNIT_BIT, 1) ? UNIT_DECIMALS_100MA : UNIT_DECIMALS_10MA;
}
