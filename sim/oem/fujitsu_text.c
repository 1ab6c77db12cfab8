#include "sim/oem/fujitsu_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/wire/sdr.h"

#define SPECIFIC     0x6f
#define DEASSERTION  0x80
#define EVENT_TYPE   0x7f
#define OFFSET       0x0f
#define EVENT_LUN    0x03
#define SOFTWARE_ID  0x01

/* ---- words ---- */

/* Offsets of a sensor type; type 0: of a generic event/reading type. */
static const struct words {
    uint8_t type, event_type;
    const char *of[13];
} words[] = {
    { 0, 0x01, { "Lower non-critical going low", "Lower non-critical going high",
                 "Lower critical going low", "Lower critical going high",
                 "Lower non-recoverable going low", "Lower non-recoverable going high",
                 "Upper non-critical going low", "Upper non-critical going high",
                 "Upper critical going low", "Upper critical going high",
                 "Upper non-recoverable going low", "Upper non-recoverable going high" } },
    { 0, 0x02, { "Idle", "Active", "Busy" } },
    { 0, 0x03, { "State deasserted", "State asserted" } },
    { 0, 0x04, { "No failure predicted", "Failure predicted" } },
    { 0, 0x05, { "Limit not exceeded", "Limit exceeded" } },
    { 0, 0x06, { "Performance met", "Performance lags" } },
    { 0, 0x07, { "OK", "Non-critical from OK", "Critical", "Non-recoverable",
                 "Non-critical from worse", "Critical from non-recoverable",
                 "Non-recoverable", "Monitor", "Informational" } },
    { 0, 0x08, { "Absent", "Present" } },
    { 0, 0x09, { "Disabled", "Enabled" } },
    { 0, 0x0a, { "Running", "In test", "Power off", "On line", "Off line", "Off duty",
                 "Degraded", "Power save", "Install error" } },
    { 0, 0x0b, { "Fully redundant", "Redundancy lost", "Redundancy degraded",
                 "Not redundant from redundant", "Not redundant from insufficient",
                 "Insufficient resources", "Degraded from fully redundant",
                 "Degraded from non-redundant" } },
    { 0, 0x0c, { "D0 power state", "D1 power state", "D2 power state", "D3 power state" } },
    { 0x05, SPECIFIC, { "Chassis intrusion", "Drive bay intrusion", "I/O area intrusion",
                        "Processor area intrusion", "LAN leash lost", "Undocked",
                        "Fan area intrusion" } },
    { 0x07, SPECIFIC, { "Internal error", "Thermal trip", "BIST failure", "Hang in POST",
                        "Did not start", "Configuration error", "SMBIOS error", "Present",
                        "Disabled", "Terminator present", "Throttled",
                        "Machine check, uncorrectable", "Machine check, correctable" } },
    { 0x08, SPECIFIC, { "Present", "Failure", "Failure predicted", "Input lost",
                        "Input lost or out of range", "Input out of range",
                        "Configuration error", "Inactive" } },
    { 0x09, SPECIFIC, { "Power off", "Power cycle", "240 V power down", "Interlock",
                        "AC lost", "Soft power control failure", "Failure",
                        "Failure predicted" } },
    { 0x0c, SPECIFIC, { "Correctable error", "Uncorrectable error", "Parity error",
                        "Scrub failed", "Disabled", "Correctable error limit reached",
                        "Present", "Configuration error", "Spare", "Throttled",
                        "Over temperature" } },
    { 0x0d, SPECIFIC, { "Present", "Fault", "Failure predicted", "Hot spare",
                        "Consistency check", "In critical array", "In failed array",
                        "Rebuild", "Rebuild aborted" } },
    { 0x0f, SPECIFIC, { "Error in POST", "Hang in POST", "POST progress" } },
    { 0x10, SPECIFIC, { "Memory error logging disabled", "Event logging disabled",
                        "Log cleared", "All logging disabled", "Log full",
                        "Log almost full" } },
    { 0x12, SPECIFIC, { "System reconfigured", "OEM boot event", "Unknown hardware failure",
                        "Auxiliary log entry added", "PEF action", "Clock set" } },
    { 0x13, SPECIFIC, { "Front panel NMI", "Bus timeout", "I/O channel check NMI",
                        "Software NMI", "PCI PERR", "PCI SERR", "EISA fail safe timeout",
                        "Bus correctable error", "Bus uncorrectable error", "Fatal NMI",
                        "Bus fatal error" } },
    { 0x14, SPECIFIC, { "Power button", "Sleep button", "Reset button" } },
    { 0x1d, SPECIFIC, { "Power up", "Hard reset", "Warm reset", "PXE boot requested",
                        "Boot to diagnostics", "Reset by OS", "Initiated by OS",
                        "System restart" } },
    { 0x1f, SPECIFIC, { "A: boot completed", "C: boot completed", "PXE boot completed",
                        "Diagnostic boot completed", "CD-ROM boot completed",
                        "ROM boot completed", "Boot completed" } },
    { 0x20, SPECIFIC, { "Stop during OS load", "Run-time stop", "Graceful stop",
                        "Graceful shutdown", "Soft shutdown by PEF",
                        "Agent not responding" } },
    { 0x22, SPECIFIC, { "S0/G0 working", "S1", "S2", "S3", "S4", "S5/G2 soft off",
                        "S4/S5 soft off", "G3 mechanical off", "Sleeping",
                        "G1 sleeping", "S5 by override", "Legacy on", "Legacy off" } },
    { 0x23, SPECIFIC, { "Expired", "Hard reset", "Power down", "Power cycle", NULL, NULL,
                        NULL, NULL, "Timer interrupt" } },
    { 0x2b, SPECIFIC, { "Change detected", "Firmware change detected",
                        "Hardware incompatible", "Firmware incompatible" } },
};

static const char *const type_names[] = {
    NULL, "Temperature", "Voltage", "Current", "Fan", "Physical security",
    "Platform security", "Processor", "Power supply", "Power unit", "Cooling device",
    "Other sensor", "Memory", "Drive slot", "POST memory", "System firmware", "Event log",
    "Watchdog 1", "System event", "Critical interrupt", "Button", "Module", "Microcontroller",
    "Add-in card", "Chassis", "Chip set", "Other FRU", "Cable", "Terminator", "System boot",
    "Boot error", "OS boot", "OS stop", "Slot", "ACPI power state", "Watchdog",
    "Platform alert", "Entity presence", "Monitor ASIC", "LAN", "Management subsystem",
    "Battery", "Session audit", "Version change", "FRU state",
};

static const char *
words_for(uint8_t type, uint8_t event_type, unsigned offset)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const struct words *w = &words[i];

        if (w->event_type == event_type && (w->type == 0 || w->type == type))
            return offset < sizeof w->of / sizeof w->of[0] ? w->of[offset] : NULL;
    }
    return NULL;
}

/* ---- lines ---- */

struct line {
    char *to;
    size_t len;
};

__attribute__((format(printf, 2, 3))) static void
add(struct line *line, const char *format, ...)
{
    size_t room = FUJITSU_TEXT_MAX + 1 - line->len;
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(line->to + line->len, room, format, args);
    va_end(args);
    if (n > 0)
        line->len += (size_t)n < room ? (size_t)n : room - 1;
}

/* The id string of the record that describes the sensor, when it is ours. */
static bool
add_sensor_name(struct line *line, const struct mc *mc, const struct sel_record *r)
{
    const uint8_t *generator = r->u.event.generator;
    char name[SDR_ID_TEXT];
    struct sdr sdr;

    if (generator[0] & SOFTWARE_ID || generator[0] != mc->machine->address)
        return false;
    if (sdr_parse(sdr_of_sensor(mc, generator[1] & EVENT_LUN, r->u.event.sensor_number),
                  &sdr) != SDR_OK ||
        !sdr_is_sensor(&sdr) || sdr.id_octets.len == 0)
        return false;
    add(line, "%s", sdr_id_text(&sdr, name, sizeof name));
    return true;
}

static void
add_type(struct line *line, uint8_t type)
{
    if (type < sizeof type_names / sizeof type_names[0] && type_names[type] != NULL)
        add(line, "%s", type_names[type]);
    else
        add(line, "Sensor type %02Xh", (unsigned)type);
}

static void
add_event(struct line *line, const struct mc *mc, const struct sel_record *r)
{
    uint8_t type = r->u.event.sensor_type;
    uint8_t event_type = r->u.event.type_dir & EVENT_TYPE;
    unsigned offset = r->u.event.data[0] & OFFSET;
    const char *what = words_for(type, event_type, offset);

    if (!add_sensor_name(line, mc, r))
        add_type(line, type);
    if (what != NULL)
        add(line, ": %s", what);
    else
        add(line, ": event %02Xh, offset %02Xh", (unsigned)event_type, offset);
    if (r->u.event.type_dir & DEASSERTION)
        add(line, " (deasserted)");
}

static void
add_octets(struct line *line, const uint8_t *octets, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add(line, " %02X", (unsigned)octets[i]);
}

size_t
fujitsu_sel_text(const struct mc *mc, const struct sel_record *record,
                 char to[FUJITSU_TEXT_MAX + 1])
{
    struct line line = { to, 0 };

    to[0] = '\0';
    if (record->type < SEL_TYPE_OEM_TIMED) {
        add_event(&line, mc, record);
    } else if (sel_type_timed(record->type)) {
        add(&line, "OEM record of %06X:", (unsigned)record->u.oem_timed.manufacturer);
        add_octets(&line, record->u.oem_timed.data, SEL_OEM_TIMED_DATA);
    } else {
        add(&line, "OEM record:");
        add_octets(&line, record->u.oem, SEL_OEM_DATA);
    }
    return line.len;
}

enum oem_health
fujitsu_sel_health(const struct sel_record *record)
{
    if (record->type >= SEL_TYPE_OEM_TIMED || record->u.event.type_dir & DEASSERTION)
        return HEALTH_OK;
    return oem_health_of_event(record->u.event.sensor_type,
                               record->u.event.type_dir & EVENT_TYPE,
                               record->u.event.data[0] & OFFSET);
}
