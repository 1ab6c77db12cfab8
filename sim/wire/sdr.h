/*
 * sdr.h - sensor data records: octets to fields.
 *
 * A record is a header of 5 octets (id, version, type, length of the rest)
 * and a body. The parser takes the types that a simulator or a dissector
 * must understand; it knows full (01h), compact (02h), event-only (03h),
 * entity association (08h, 09h), device locators (10h, 11h, 12h), and takes
 * others, OEM (C0h) included, by their header alone. Octets after the fields
 * of a record that its length covers are ignored. Id strings stay where they
 * are: spans in the result point into the input.
 * Spec: IPMI v2.0 43.
 */
#ifndef IPMILAB_WIRE_SDR_H
#define IPMILAB_WIRE_SDR_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/base/bytes.h"
#include "sim/wire/text.h"

#define SDR_HEADER 5u
#define SDR_VERSION 0x51
#define SDR_ID_TEXT 64u          /* an id string as text, with its NUL */

enum sdr_type {
    SDR_FULL = 0x01,
    SDR_COMPACT = 0x02,
    SDR_EVENT_ONLY = 0x03,
    SDR_ENTITY = 0x08,
    SDR_DEVICE_ENTITY = 0x09,
    SDR_GENERIC_LOCATOR = 0x10,
    SDR_FRU_LOCATOR = 0x11,
    SDR_MC_LOCATOR = 0x12,
    SDR_MC_CONFIRMATION = 0x13,
    SDR_CHANNEL_INFO = 0x14,
    SDR_OEM = 0xc0,
};

enum sdr_err {
    SDR_OK,
    SDR_SHORT,       /* less than a header, or than its length octet says */
    SDR_TRAILING,    /* more than its length octet says */
    SDR_CUT,         /* the body ends before the fields of its type do */
};

/* Thresholds in the order of their octets in a full record. */
enum sdr_threshold { SDR_UNR, SDR_UC, SDR_UNC, SDR_LNR, SDR_LC, SDR_LNC, SDR_THRESHOLDS };

struct sdr_factors {
    uint8_t linearization;
    int16_t m, b;                /* 10 bits */
    uint8_t tolerance;           /* 6 bits, half counts */
    uint16_t accuracy;           /* 10 bits */
    uint8_t accuracy_exp;
    int8_t r_exp, b_exp;         /* 4 bits */
};

/* Full, compact and event-only records. */
struct sdr_sensor {
    uint8_t owner;               /* octet 6: address or software id */
    uint8_t channel;
    uint8_t lun, number;
    uint8_t entity, instance;
    uint8_t init;                /* octet 11 */
    uint8_t caps;                /* octet 12 */
    uint8_t type, event_type;
    uint16_t assert_mask, deassert_mask, reading_mask;   /* octets 15-20 as they are */
    uint8_t units[3];
    uint8_t share;               /* how many sensors; 1 for a full record */
    uint8_t share_offset;        /* octet 25 of a compact record */
    struct sdr_factors factors;  /* full */
    uint8_t given, nominal, normal_max, normal_min, max, min;   /* full */
    uint8_t threshold[SDR_THRESHOLDS];                          /* full */
    uint8_t hysteresis_up, hysteresis_down;                     /* full, compact */
};

/* Device locators (10h-12h). */
struct sdr_locator {
    uint8_t access;              /* 10h: access address; 11h, 12h: slave address */
    uint8_t device;              /* 10h: slave address; 11h: FRU id or address */
    uint8_t channel;
    uint8_t lun_bus;             /* 10h, 11h: octet 8 */
    uint8_t flags;               /* 12h: octet 8 */
    uint8_t caps;                /* 12h: octet 9 */
    uint8_t type, modifier;      /* 10h, 11h */
    uint8_t entity, instance;
};

/* Entity associations (08h, 09h). */
struct sdr_entities {
    uint8_t entity, instance;    /* the container */
    uint8_t owner, channel;      /* 09h */
    uint8_t flags;
    struct {
        uint8_t owner, channel;  /* 09h */
        uint8_t entity, instance;
    } contained[4];
};

struct sdr {
    uint16_t id;
    uint8_t version, type;
    uint8_t length;              /* of what follows the header */
    union {
        struct sdr_sensor sensor;
        struct sdr_locator locator;
        struct sdr_entities entities;
        uint32_t manufacturer;   /* C0h */
    } u;
    uint8_t id_code;             /* its type bits: text_code_of_sdr() */
    uint8_t id_chars;            /* as the type/length octet says */
    struct bytes id_octets;      /* the string as stored; what of it is there */
};

/* Whether a record's length octet says what it has. SDR_OK, SDR_SHORT, SDR_TRAILING. */
enum sdr_err sdr_check_length(struct bytes record);

/* Take a record apart. *out is meaningful on SDR_OK only. */
enum sdr_err sdr_parse(struct bytes record, struct sdr *out);

/* True for the three kinds that describe a sensor. */
bool sdr_is_sensor(const struct sdr *sdr);

/* The id string as printable text, NUL-terminated, at most size - 1
 * characters; what is not printable becomes '?'. Returns to. */
char *sdr_id_text(const struct sdr *sdr, char *to, size_t size);

/* Words for an enum sdr_err; never NULL. */
const char *sdr_err_text(enum sdr_err err);

#endif
