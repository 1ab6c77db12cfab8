/*
 * codes.h - numbers that every part of IPMI shares: network functions,
 * completion codes, privilege levels, channel and medium types.
 * Spec: IPMI v2.0 tables 5-1, 5-2, 6-2, 6-3, 22-28.
 */
#ifndef IPMILAB_WIRE_CODES_H
#define IPMILAB_WIRE_CODES_H

#include <stdint.h>

/* Network functions of requests; the response's is one more. */
enum netfn {
    NETFN_CHASSIS = 0x00,
    NETFN_BRIDGE = 0x02,
    NETFN_SENSOR = 0x04,
    NETFN_APP = 0x06,
    NETFN_FIRMWARE = 0x08,
    NETFN_STORAGE = 0x0a,
    NETFN_TRANSPORT = 0x0c,
    NETFN_GROUP = 0x2c,   /* data begins with a group id */
    NETFN_OEM = 0x2e,     /* data begins with a 3-octet IANA number */
};

/* Completion codes. 01h-7Eh are OEM, 80h-BEh belong to the command. */
enum ipmi_cc {
    CC_OK = 0x00,
    CC_CMD_80 = 0x80,
    CC_CMD_81 = 0x81,
    CC_CMD_82 = 0x82,
    CC_CMD_83 = 0x83,
    CC_CMD_84 = 0x84,
    CC_CMD_85 = 0x85,
    CC_CMD_86 = 0x86,
    CC_BUSY = 0xc0,
    CC_INVALID_COMMAND = 0xc1,
    CC_INVALID_LUN = 0xc2,
    CC_TIMEOUT = 0xc3,
    CC_NO_SPACE = 0xc4,
    CC_RESERVATION = 0xc5,
    CC_TRUNCATED = 0xc6,
    CC_LENGTH = 0xc7,
    CC_FIELD_LENGTH = 0xc8,
    CC_RANGE = 0xc9,
    CC_CANNOT_RETURN = 0xca,
    CC_NOT_PRESENT = 0xcb,
    CC_INVALID_FIELD = 0xcc,
    CC_ILLEGAL = 0xcd,
    CC_NO_RESPONSE = 0xce,
    CC_DUPLICATE = 0xcf,
    CC_SDR_UPDATE = 0xd0,
    CC_FW_UPDATE = 0xd1,
    CC_BMC_INIT = 0xd2,
    CC_DESTINATION = 0xd3,
    CC_PRIVILEGE = 0xd4,
    CC_STATE = 0xd5,
    CC_SUBFN_DISABLED = 0xd6,
    CC_UNSPECIFIED = 0xff,

    /* Not on the wire: the handler will answer later (request.h). */
    CC_LATER = 0x100,
    /* Not on the wire: the request gets no answer at all. */
    CC_SILENT = 0x101,
};

enum privilege {
    PRIV_NONE = 0,        /* outside a session */
    PRIV_CALLBACK = 1,
    PRIV_USER = 2,
    PRIV_OPERATOR = 3,
    PRIV_ADMIN = 4,
    PRIV_OEM = 5,
    PRIV_SYSTEM = 0x0e,   /* asked on the system interface or the IPMB */
    PRIV_NO_ACCESS = 0x0f,
};

/* Channel medium types, table 6-3. */
enum channel_medium {
    MEDIUM_IPMB = 1,
    MEDIUM_ICMB_10 = 2,
    MEDIUM_ICMB_09 = 3,
    MEDIUM_LAN = 4,
    MEDIUM_SERIAL = 5,
    MEDIUM_OTHER_LAN = 6,
    MEDIUM_PCI_SMBUS = 7,
    MEDIUM_SMBUS_10 = 8,
    MEDIUM_SMBUS_20 = 9,
    MEDIUM_SYSTEM = 0x0c,
};

/* Channel protocol types, table 6-2. */
enum channel_protocol {
    PROTOCOL_IPMB = 1,
    PROTOCOL_ICMB = 2,
    PROTOCOL_SMBUS = 4,
    PROTOCOL_KCS = 5,
    PROTOCOL_SMIC = 6,
    PROTOCOL_BT10 = 7,
    PROTOCOL_BT15 = 8,
    PROTOCOL_TMODE = 9,
};

#define CHANNEL_PRIMARY_IPMB 0x00
#define CHANNEL_PRESENT 0x0e   /* "the channel this request came from" */
#define CHANNEL_SYSTEM 0x0f
#define CHANNELS 16

/* Group ids in the first data octet of NETFN_GROUP. */
#define GROUP_PICMG 0x00
#define GROUP_VITA 0x03
#define GROUP_DCMI 0xdc

#define BMC_ADDRESS 0x20
#define LUN_BMC 0
#define LUN_SMS 2

/* The longest IPMI message data that any channel of ours carries. */
#define IPMI_DATA_MAX 1024

/* A completion code in words, for traces and people; never NULL. */
const char *cc_text(unsigned cc);
const char *netfn_text(unsigned netfn);
const char *privilege_text(unsigned privilege);

#endif
