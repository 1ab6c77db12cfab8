/*
 * sdr_repo.h - the SDR repository, and the device SDRs of a controller's LUNs.
 *
 * The records of a machine are shared and stay where they are; they have the
 * ids 1 .. n in their order. The first change makes a list of this
 * controller's own, which still points at the machine's octets; only records
 * that were added belong to it. The repository is nonvolatile; reservation,
 * partial add, update mode are lost by a cold reset.
 *
 * It is updated at any time, and in update mode. Then whoever began that has
 * the repository alone: what reads or changes records is refused to others
 * with D0h. The mode ends when its owner says so, by a reset, or when it has
 * done nothing for SDR_UPDATE_SPAN.
 *
 * Time-stamps move with every change, by at least a second, because FreeIPMI
 * knows a stale cache by them. Before the first change they follow from
 * the records' content, so that two machines at one address differ.
 *
 * Spec: IPMI v2.0 33 (repository), 35.2-35.4 (device SDRs).
 */
#ifndef IPMILAB_MC_SDR_REPO_H
#define IPMILAB_MC_SDR_REPO_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/base/bytes.h"
#include "sim/base/status.h"
#include "sim/engine/instant.h"
#include "sim/ipmi/command.h"

struct mc;
struct agent;
struct sdr_entry;

#define SDR_UNIT 16u            /* octets of an allocation unit */
#define SDR_UNITS 4095u         /* 64 KiB less one unit */
#define SDR_RECORD_MAX 260u     /* header and 255 octets */
#define SDR_UPDATE_SPAN SPAN_S(60)
#define SDR_ID_FIRST 0x0000u
#define SDR_ID_LAST 0xffffu

/* A record that comes in pieces (Partial Add SDR). */
struct sdr_partial {
    uint16_t id;                /* that it will have */
    uint16_t len;               /* octets so far */
    uint8_t octets[SDR_RECORD_MAX];
};

/* Who put the repository in update mode. */
struct sdr_updater {
    uint32_t session;
    uint8_t channel, address;
};

struct sdr_repo {
    struct sdr_entry *own;      /* NULL: the machine's, unchanged */
    uint32_t count, room;       /* of own */
    uint16_t next_id;
    uint16_t reservation;       /* 0 = none in force */
    uint16_t device_reservation;
    uint16_t last_reservation;  /* that was given out */
    uint32_t add_time, erase_time;
    int64_t clock_offset;       /* repository time - calendar time, seconds */
    bool overflow;
    instant update_until;       /* update mode lasts until then; 0 = not in it */
    struct sdr_updater updater; /* who began it */
    struct sdr_partial *partial;   /* a Partial Add under way, or NULL */
    struct agent *agent;        /* a run of the initialization agent, or NULL */
    uint32_t unanswered;        /* requests of its last run */
};

enum status sdr_repo_init(struct mc *mc);
void sdr_repo_reset(struct mc *mc);
void sdr_repo_free(struct mc *mc);

/* How many records there are. */
uint32_t sdr_count(const struct mc *mc);

/* The n-th record, its id beside it (the id in the octets is not to be
 * trusted); an empty span past the last. */
struct bytes sdr_nth(const struct mc *mc, uint32_t n, uint16_t *id);

/* The n-th record was added to what the machine is described with. */
bool sdr_added(const struct mc *mc, uint32_t n);

/* Place of a record by id (SDR_ID_FIRST, SDR_ID_LAST too), or -1. */
int sdr_find(const struct mc *mc, uint16_t id);

/* Allocation units in use. */
uint32_t sdr_units_used(const struct mc *mc);

/* Repository time, and the stamps of the last addition and erasure. */
uint32_t sdr_time(const struct mc *mc);
void sdr_stamps(const struct mc *mc, uint32_t *added, uint32_t *erased);

/* Take an id for a record to come. ST_NOMEM. */
enum status sdr_take_id(struct mc *mc, uint16_t *id);

/* Copy a record in, under an id that was taken. ST_INVALID: its length octet
 * is wrong; ST_FULL, and the overflow flag; ST_NOMEM. */
enum status sdr_add(struct mc *mc, struct bytes record, uint16_t id);

/* ST_MISSING when there is no such record. *gone is its id. */
enum status sdr_delete(struct mc *mc, uint16_t id, uint16_t *gone);
enum status sdr_clear(struct mc *mc);

/* Update mode: begin it for the asker of a request; end it. */
void sdr_update_begin(struct mc *mc, const struct ipmi_req *rq);
void sdr_update_end(struct mc *mc);

/* True while another than the asker has the repository alone. The owner's
 * asking makes the mode last. */
bool sdr_update_shuts_out(struct mc *mc, const struct ipmi_req *rq);

/* A new reservation, which ends the one before, and a partial add under it;
 * device: of the device SDRs. */
uint16_t sdr_reserve(struct mc *mc, bool device);

/* The record that describes sensor number of this controller, first in its
 * device SDRs, then in the repository; an empty span. */
struct bytes sdr_of_sensor(const struct mc *mc, uint8_t lun, uint8_t number);

/* One request of Get SDR or Get Device SDR. */
struct sdr_read {
    uint16_t reservation, id;
    uint8_t offset, count;      /* count FFh: to the end */
};

struct sdr_read sdr_read_of(struct rd *r);

/*
 * Answer one: record has id, and next_id follows it. CC_RANGE for an offset
 * outside, CC_CANNOT_RETURN for more than the record has from there on, or
 * than room octets of answer hold.
 */
enum ipmi_cc sdr_read_answer(const struct sdr_read *read, struct bytes record, uint16_t id,
                             uint16_t next_id, size_t room, struct wr *rs);

#endif
