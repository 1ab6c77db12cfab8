/*
 * pet.h - platform event traps: what a BMC sends when it alerts.
 *
 * A trap is an SNMPv1 message (RFC 1157, BER) of generic type 6 under the
 * enterprise 1.3.6.1.4.1.3183.1.1 with one variable, an octet string of 47 to
 * 110 octets. Its specific type is sensor type, event type and offset. The
 * variable begins with 46 octets of fields, all of them big-endian; OEM fields
 * follow, which C1h ends. The GUID stands in network order, the way people
 * read it: the reverse of what Get System GUID returns.
 *
 * Nothing here allocates. A parsed trap points into its input.
 * Spec: IPMI Platform Event Trap Format v1.0; IPMI v2.0 17.16.
 */
#ifndef IPMILAB_WIRE_PET_H
#define IPMILAB_WIRE_PET_H

#include <stdbool.h>

#include "sim/base/bytes.h"
#include "sim/base/wr.h"

#define PET_PORT 162              /* UDP */
#define PET_MESSAGE_MAX 512       /* octets of a trap; the community may have 255 */
#define PET_GUID 16
#define PET_EVENT_DATA 8
#define PET_OEM_MAX 64            /* octets of OEM fields, C1h included */
#define PET_TEXT_MAX 60           /* characters of an alert string that fit in them */

#define PET_EPOCH_S 883612800u    /* 1998-01-01T00:00:00, in seconds since 1970 */
#define PET_TIME_UNSPECIFIED 0u
#define PET_UTC_UNSPECIFIED 0xffffu
#define PET_SOURCE_IPMI 0x20      /* trap and event source type */
#define PET_LANGUAGE_UNSPECIFIED 0xff
#define PET_OFFSET_DEASSERTED 0x80
#define PET_OEM_END 0xc1

struct pet {
    /* SNMP */
    struct bytes community;
    uint8_t agent[4];             /* the BMC's IPv4 address */
    uint32_t uptime_cs;           /* hundredths of a second */
    uint8_t sensor_type, event_type;
    uint8_t offset;               /* [7] deassertion */

    /* the variable */
    uint8_t guid[PET_GUID];
    uint16_t sequence;            /* the same in all repetitions */
    uint32_t time_s;              /* since PET_EPOCH_S, local; PET_TIME_UNSPECIFIED */
    uint16_t utc_offset;          /* minutes, signed; PET_UTC_UNSPECIFIED */
    uint8_t source, event_source; /* PET_SOURCE_IPMI */
    uint8_t severity;             /* 0, or one bit: 01h monitor .. 20h non-recoverable */
    uint8_t sensor_device;        /* slave address or software id */
    uint8_t sensor_number;
    uint8_t entity, instance;     /* 0 = unspecified */
    uint8_t data[PET_EVENT_DATA];
    uint8_t language;
    uint32_t manufacturer;
    uint16_t system_id;
    struct bytes oem;             /* OEM fields as they stand; empty: C1h alone */
};

/* Append a trap. w goes bad when there is no room or oem is too long. */
void pet_build(struct wr *w, const struct pet *pet);

/*
 * Take a trap apart. False, and *out untouched, when in is no SNMPv1 trap of
 * this enterprise or its variable is too short or too long; variables after
 * the first are ignored.
 */
bool pet_parse(struct bytes in, struct pet *out);

/*
 * Write the OEM fields for an alert string: a multirecord of ASCII text, up
 * to PET_TEXT_MAX characters of it, and the end mark.
 */
void pet_build_text(struct wr *w, const char *text, size_t len);

#endif
