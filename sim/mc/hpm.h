/*
 * hpm.h - HPM.1: a controller's firmware, and how it is replaced.
 *
 * A controller has up to eight components; 0 is its own firmware, whose
 * version Get Device ID shows. Each has an active copy, and where there is
 * room for two a rollback copy and, until it is activated, a deferred one.
 * Of a copy are kept its version and a digest, not its octets.
 *
 * An upload is blocks with numbers that count up from 0 and wrap at 256; a
 * block that comes a second time is passed over (81h: out of order). Finish
 * compares the length that was sent (81h), the checksum (82h) or, of an
 * upload for comparison, the digest with the active copy's (83h). A
 * component without deferral is active from then on; of the others Activate
 * makes the deferred copy the active one and the active the rollback copy,
 * runs a self-test, and goes back by itself when that fails, unless it was
 * told not to. With the active copy of a component that is so described the
 * payload begins anew, by a cold reset. What takes time (backup, prepare, activation, rollback) is
 * answered 80h, runs in lab time, and Get Upgrade Status tells how far it
 * is; the controller can be asked meanwhile, and its own firmware's
 * activation ends in a warm reset.
 *
 * What an upload says of itself stands in its first HPM_HEAD octets:
 *
 *   octet 1-8    "IPMILABF"
 *         9-14   version: major, minor (BCD), four auxiliary octets
 *         15     what its self-test will say: 55h passed, others as in
 *                Query Self-Test Results
 *         16     [0] sections: octets 17-32 are an offset and a length, four
 *                octets each, least significant first, for either copy
 *         17-32  sections, or anything
 *
 * and all octets add to zero. With sections, the target asks for the one
 * that fits its next copy (the offset and length of Upload Firmware Block's
 * answer), and head and section alone add to zero. An upload without that
 * mark is taken all the same: its version is the active one with the minor
 * revision one up, its auxiliary octets are of its digest.
 *
 * Kept: versions, digests, a deferred copy. Lost by a cold reset: an upload
 * under way, results. An activation or rollback goes on. An upload that
 * nobody continues for HPM_IDLE is forgotten.
 *
 * HPM.1's text was not to be had; layouts and codes are those of its clients.
 */
#ifndef IPMILAB_MC_HPM_H
#define IPMILAB_MC_HPM_H

#include "sim/base/bytes.h"
#include "sim/base/status.h"
#include "sim/base/wr.h"
#include "sim/engine/timeline.h"
#include "sim/ipmi/command.h"

struct mc;

#define HPM_COMPONENTS 8u
#define HPM_VERSION    6u
#define HPM_HEAD       32u
#define HPM_NAME       12u

/* Spans, and as Get Target Upgrade Capabilities tells them (5 s). */
#define HPM_ACTION     SPAN_S(1)     /* backup, prepare */
#define HPM_ACTIVATION SPAN_S(2)
#define HPM_SELF_TEST  SPAN_S(1)
#define HPM_ROLLBACK   SPAN_S(2)
#define HPM_IDLE       SPAN_S(60)
#define HPM_TIMEOUT_5S 2u

enum hpm_action { HPM_BACKUP, HPM_PREPARE, HPM_UPLOAD, HPM_COMPARE };

/* One copy of a component's firmware. */
struct hpm_copy {
    bool there;
    uint8_t version[HPM_VERSION];
    uint8_t self_test;
    uint64_t digest;
    uint32_t length;
};

struct hpm_component {
    bool present, no_rollback, no_deferral, payload_reset;
    char name[HPM_NAME];
    struct hpm_copy active, rollback, deferred;
    bool second;              /* the active copy is the second of two places */
};

/* An upload under way. */
struct hpm_upload {
    bool open, compare;
    uint8_t component;
    uint8_t next_block;       /* number expected */
    bool begun;               /* a block came */
    uint32_t sent;            /* octets, as the agent counts them */
    uint8_t head[HPM_HEAD];
    uint32_t head_len;
    uint32_t section_left;    /* with sections: octets still wanted */
    bool sections;
    uint64_t digest;
    uint32_t length;          /* octets in the digest */
    uint8_t sum;
};

struct hpm {
    struct mc *mc;
    struct hpm_component at[HPM_COMPONENTS];
    struct hpm_upload upload;
    uint8_t command, cc;      /* the last one, and how it ended; 80h: it runs */
    uint8_t busy;             /* command that runs; 0 = none */
    instant busy_from;
    uint8_t test, test_mask;  /* self-test results */
    uint8_t rolled_back;      /* components, by the last rollback */
    uint8_t rollback_cc;      /* how that ended: 00h, 81h, 82h */
    bool no_rollback;         /* Activate said so */
    struct timer done;        /* of what runs, or of an idle upload */
};

/* mc->hpm: NULL until a command needs it. */
enum status hpm_init(struct mc *mc);
void hpm_reset(struct mc *mc);
void hpm_free(struct mc *mc);
struct hpm *hpm_of(struct mc *mc);

/* The version that Get Device ID shows; NULL: as described. */
const uint8_t *hpm_version(const struct mc *mc);

/* Bits of components that are there. */
uint8_t hpm_mask(const struct hpm *h);

/* What runs now, in percent; 100 when nothing does. */
uint8_t hpm_percent(const struct hpm *h);

/* The commands; CC_CMD_80: it goes on by itself. */
enum ipmi_cc hpm_initiate(struct hpm *h, uint8_t mask, uint8_t action);
enum ipmi_cc hpm_finish(struct hpm *h, uint8_t component, uint32_t length);
enum ipmi_cc hpm_activate(struct hpm *h, bool no_rollback);
enum ipmi_cc hpm_roll_back(struct hpm *h);
enum ipmi_cc hpm_abort(struct hpm *h);

/* Take a block. When the target wants another part of the file next, that is
 * written: offset and length. */
enum ipmi_cc hpm_block(struct hpm *h, uint8_t number, struct bytes data, struct wr *rs);

#endif
