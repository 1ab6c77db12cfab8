#include "sim/wire/codes.h"

#include <stddef.h>

struct word {
    unsigned code;
    const char *text;
};

static const char *
find(const struct word *words, size_t count, unsigned code)
{
    for (size_t i = 0; i < count; i++)
        if (words[i].code == code)
            return words[i].text;
    return NULL;
}

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

/* Table 5-2. */
const char *
cc_text(unsigned cc)
{
    static const struct word words[] = {
        { CC_OK, "completed normally" },
        { CC_BUSY, "node busy" },
        { CC_INVALID_COMMAND, "invalid command" },
        { CC_INVALID_LUN, "command invalid for this LUN" },
        { CC_TIMEOUT, "time-out while processing the command" },
        { CC_NO_SPACE, "out of space" },
        { CC_RESERVATION, "reservation canceled or invalid" },
        { CC_TRUNCATED, "request data truncated" },
        { CC_LENGTH, "request data length invalid" },
        { CC_FIELD_LENGTH, "request data field length limit exceeded" },
        { CC_RANGE, "parameter out of range" },
        { CC_CANNOT_RETURN, "cannot return the number of bytes requested" },
        { CC_NOT_PRESENT, "requested sensor, data or record not present" },
        { CC_INVALID_FIELD, "invalid data field in request" },
        { CC_ILLEGAL, "command illegal for this sensor or record type" },
        { CC_NO_RESPONSE, "response could not be provided" },
        { CC_DUPLICATE, "cannot execute a duplicated request" },
        { CC_SDR_UPDATE, "SDR repository in update mode" },
        { CC_FW_UPDATE, "device in firmware update mode" },
        { CC_BMC_INIT, "BMC initialization in progress" },
        { CC_DESTINATION, "destination unavailable" },
        { CC_PRIVILEGE, "insufficient privilege level" },
        { CC_STATE, "not supported in present state" },
        { CC_SUBFN_DISABLED, "sub-function disabled or unavailable" },
        { CC_UNSPECIFIED, "unspecified error" },
        { CC_LATER, "answered later" },
        { CC_SILENT, "not answered" },
    };
    const char *text = find(words, COUNT(words), cc);

    if (text != NULL)
        return text;
    if (cc >= 0x01 && cc <= 0x7e)
        return "OEM code";
    return cc >= 0x80 && cc <= 0xbe ? "command-specific code" : "reserved code";
}

const char *
netfn_text(unsigned netfn)
{
    static const struct word words[] = {
        { NETFN_CHASSIS, "Chassis" },     { NETFN_BRIDGE, "Bridge" },
        { NETFN_SENSOR, "Sensor/Event" }, { NETFN_APP, "App" },
        { NETFN_FIRMWARE, "Firmware" },   { NETFN_STORAGE, "Storage" },
        { NETFN_TRANSPORT, "Transport" }, { NETFN_GROUP, "Group extension" },
        { NETFN_OEM, "OEM/Group" },
    };
    const char *text = find(words, COUNT(words), netfn & ~1u);

    if (text != NULL)
        return text;
    return netfn >= 0x30 && netfn <= 0x3f ? "Controller-specific OEM" : "reserved";
}

const char *
privilege_text(unsigned privilege)
{
    static const struct word words[] = {
        { PRIV_NONE, "none" },         { PRIV_CALLBACK, "Callback" },
        { PRIV_USER, "User" },         { PRIV_OPERATOR, "Operator" },
        { PRIV_ADMIN, "Administrator" }, { PRIV_OEM, "OEM" },
        { PRIV_SYSTEM, "system" },     { PRIV_NO_ACCESS, "no access" },
    };
    const char *text = find(words, COUNT(words), privilege);

    return text != NULL ? text : "reserved";
}
