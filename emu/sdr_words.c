#include "emu/sdr_words.h"

/* The words are sdrcomp's, capitals and all, so that its files compile. */

const struct keyword sdr_entity_words[] = {
    { "unspecified", 0 }, { "other", 1 }, { "unknown", 2 }, { "processor", 3 },
    { "disk_or_disk_bay", 4 }, { "peripheral_bay", 5 },
    { "system_management_module", 6 }, { "system_board", 7 }, { "memory_module", 8 },
    { "processor_module", 9 }, { "power_supply", 10 }, { "add-in_card", 11 },
    { "front_panel_board", 12 }, { "back_panel_board", 13 },
    { "power_system_board", 14 }, { "drive_backplane", 15 },
    { "system_internal_expansion_board", 16 }, { "other_system_board", 17 },
    { "processor_board", 18 }, { "power_unit", 19 }, { "power_module", 20 },
    { "power_management", 21 }, { "chassis_back_panel_board", 22 },
    { "system_chassis", 23 }, { "sub-chassis", 24 }, { "Other_chassis_board", 25 },
    { "Disk_Drive_Bay", 26 }, { "Peripheral_Bay", 27 }, { "Device_Bay", 28 },
    { "fan_cooling_device", 29 }, { "cooling_unit", 30 }, { "cable_interconnect", 31 },
    { "memory_device", 32 }, { "system_management_software", 33 }, { "bios", 34 },
    { "operating_system", 35 }, { "system_bus", 36 }, { "group", 37 },
    { "remote_management_communication_device", 38 }, { "external_environment", 39 },
    { "battery", 40 }, { "processing_blade", 41 }, { "connectivity_switch", 42 },
    { "processor/memory_module", 43 }, { "i/o_module", 44 },
    { "processor/_io_module", 45 }, { "management_controller_firmware", 46 },
    { "ipmi_channel", 47 }, { "pci_bus", 48 }, { "pci_express_bus", 49 },
    { "scsi_bus", 50 }, { "sata_/_sas_bus", 51 }, { "processor_/_front-side_bus", 52 },
    { "real_time_clock", 0x35 },
    { "air_inlet", 0x37 }, { "dcmi_air_inlet", 0x40 }, { "dcmi_processor", 0x41 },
    { "dcmi_baseboard", 0x42 }, { "picmg_front", 0xa0 }, { "picmg_rtm", 0xc0 },
    { "picmg_amc", 0xc1 }, { NULL, 0 },
};

const struct keyword sdr_sensor_type_words[] = {
    { "Temperature", 1 }, { "Voltage", 2 }, { "Current", 3 }, { "Fan", 4 },
    { "Physical_Security", 5 }, { "Platform_Security_Violation_Attempt", 6 },
    { "Processor", 7 }, { "Power_Supply", 8 }, { "Power_Unit", 9 },
    { "Cooling_Device", 10 }, { "Other_Units_Based_Sensor", 11 }, { "Memory", 12 },
    { "Drive_Slot", 13 }, { "POST_Memory_Resize", 14 },
    { "System_Firmware_Progress", 15 }, { "Event_Logging_Disabled", 16 },
    { "Watchdog_1", 17 }, { "System_Event", 18 }, { "Critical_Interrupt", 19 },
    { "Button_Switch", 20 }, { "Module_Board", 21 },
    { "Microcontroller_Coprocessor", 22 }, { "Add_In_Card", 23 }, { "Chassis", 24 },
    { "Chip_Set", 25 }, { "Other_Fru", 26 }, { "Cable_Interconnect", 27 },
    { "Terminator", 28 }, { "System_Boot_Initiated", 29 }, { "Boot_Error", 30 },
    { "OS_Boot", 31 }, { "OS_Critical_Stop", 32 }, { "Slot_Connector", 33 },
    { "System_ACPI_Power_State", 34 }, { "Watchdog_2", 35 }, { "Platform_Alert", 36 },
    { "Entity_Presence", 37 }, { "Monitor_ASIC_IC", 38 }, { "LAN", 39 },
    { "Management_Subsystem_Health", 40 }, { "Battery", 41 }, { "Session_Audit", 42 },
    { "Version_Change", 43 }, { "FRU_State", 44 }, { "picmg_FruHotSwap", 0xf0 },
    { "picmg_IPMB0", 0xf1 }, { "picmg_ModuleHotSwap", 0xf2 }, { NULL, 0 },
};

const struct keyword sdr_access_words[] = {
    { "no", 0 }, { "readable", 1 }, { "settable", 2 }, { "fixed", 3 }, { NULL, 0 },
};

const struct keyword sdr_event_control_words[] = {
    { "per_state", 0 }, { "entire_sensor", 1 }, { "global", 2 }, { "no", 3 },
    { NULL, 0 },
};

const struct keyword sdr_format_words[] = {
    { "unsigned", 0 }, { "1s_complement", 1 }, { "2s_complement", 2 }, { "no", 3 },
    { NULL, 0 },
};

const struct keyword sdr_rate_words[] = {
    { "none", 0 }, { "per_us", 1 }, { "per_ms", 2 }, { "per_s", 3 }, { "per_min", 4 },
    { "per_hour", 5 }, { "per_day", 6 }, { NULL, 0 },
};

const struct keyword sdr_modifier_words[] = {
    { "none", 0 }, { "multiply", 1 }, { "divide", 2 }, { NULL, 0 },
};

const struct keyword sdr_unit_words[] = {
    { "unspecified", 0 }, { "degrees_C", 1 }, { "degrees_F", 2 }, { "degrees_K", 3 },
    { "Volts", 4 }, { "Amps", 5 }, { "Watts", 6 }, { "Joules", 7 }, { "Coulombs", 8 },
    { "VA", 9 }, { "Nits", 10 }, { "lumen", 11 }, { "lux", 12 }, { "Candela", 13 },
    { "kPa", 14 }, { "PSI", 15 }, { "Newton", 16 }, { "CFM", 17 }, { "RPM", 18 },
    { "Hz", 19 }, { "microsecond", 20 }, { "millisecond", 21 }, { "second", 22 },
    { "minute", 23 }, { "hour", 24 }, { "day", 25 }, { "week", 26 }, { "mil", 27 },
    { "inches", 28 }, { "feet", 29 }, { "cu_in", 30 }, { "cu_feet", 31 }, { "mm", 32 },
    { "cm", 33 }, { "m", 34 }, { "cu_cm", 35 }, { "cu_m", 36 }, { "liters", 37 },
    { "fluid_ounce", 38 }, { "radians", 39 }, { "steradians", 40 },
    { "revolutions", 41 }, { "cycles", 42 }, { "gravities", 43 }, { "ounce", 44 },
    { "pound", 45 }, { "ft-lb", 46 }, { "oz-in", 47 }, { "gauss", 48 },
    { "gilberts", 49 }, { "henry", 50 }, { "millihenry", 51 }, { "farad", 52 },
    { "microfarad", 53 }, { "ohms", 54 }, { "siemens", 55 }, { "mole", 56 },
    { "becquerel", 57 }, { "PPM", 58 }, { "reserved", 59 }, { "Decibels", 60 },
    { "DbA", 61 }, { "DbC", 62 }, { "gray", 63 }, { "sievert", 64 },
    { "color_temp_deg_K", 65 }, { "bit", 66 }, { "kilobit", 67 }, { "megabit", 68 },
    { "gigabit", 69 }, { "byte", 70 }, { "kilobyte", 71 }, { "megabyte", 72 },
    { "gigabyte", 73 }, { "word", 74 }, { "dword", 75 }, { "qword", 76 },
    { "line", 77 }, { "hit", 78 }, { "miss", 79 }, { "retry", 80 }, { "reset", 81 },
    { "overrun_overflow", 82 }, { "underrun", 83 }, { "collision", 84 },
    { "packets", 85 }, { "messages", 86 }, { "characters", 87 }, { "error", 88 },
    { "correctable_error", 89 }, { "uncorrectable_error", 90 },
    { "fatal_error", 91 }, { "gram", 92 }, { NULL, 0 },
};

/* By the specification; sdrcomp makes sqr(x) to cube-1(x) one more each. */
const struct keyword sdr_linearization_words[] = {
    { "linear", 0 }, { "ln", 1 }, { "log10", 2 }, { "log2", 3 }, { "e", 4 },
    { "exp10", 5 }, { "exp2", 6 }, { "1/x", 7 }, { "sqr(x)", 8 }, { "cube(x)", 9 },
    { "sqrt(x)", 10 }, { "cube-1(x)", 11 }, { "non-linear", 0x70 }, { NULL, 0 },
};

const struct keyword sdr_direction_words[] = {
    { "n/a", 0 }, { "input", 1 }, { "output", 2 }, { NULL, 0 },
};

const struct keyword sdr_sharing_words[] = {
    { "numeric", 0 }, { "alpha", 1 }, { NULL, 0 },
};

const struct keyword sdr_gen_events_words[] = {
    { "enable_event_msg_gen", 0 }, { "disable_event_msg_gen", 1 }, { "do_not_init", 2 },
    { NULL, 0 },
};
