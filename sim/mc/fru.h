/*
 * fru.h - field replaceable unit inventories: octets that are read and
 * written, by device id.
 *
 * Content is the machine's and shared until it is written; then the
 * controller has a copy. On the controllers of a fleet (identity.index > 0)
 * the serial numbers differ: those few octets, and the checksums over them,
 * are kept as differences. A FRU with a file behind it is read from there
 * and written to there on every access, through mc_opts.backing; without a
 * backing it is like the others. All is nonvolatile.
 *
 * A device may be accessed by words of two octets: the commands then count
 * words in offsets and counts, not in the device's size. It may be busy for
 * a while after each write, as an EEPROM is that programs a page, and parts
 * of it may be guarded against writing.
 *
 * Spec: IPMI v2.0 34; Platform Management FRU Information Storage Definition.
 */
#ifndef IPMILAB_MC_FRU_H
#define IPMILAB_MC_FRU_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/base/bytes.h"
#include "sim/base/status.h"
#include "sim/engine/instant.h"
#include "sim/ipmi/command.h"
#include "sim/mc/machine.h"

struct mc;

#define FRU_SIZE_MAX 0xffffu     /* offsets and sizes have 16 bits */

struct fru_patch {
    uint16_t at;
    uint8_t octet;
};

struct fru {
    const struct machine_fru *facts;
    uint8_t *own;                /* facts->size octets, once written */
    struct fru_patch *patches;   /* sorted by at */
    uint32_t patch_count;
    instant busy_until;          /* after a write */
};

struct frus {
    struct fru *at;
    uint32_t count;
};

enum status frus_init(struct mc *mc);
void frus_reset(struct mc *mc);
void frus_free(struct mc *mc);

/* A FRU by device id; NULL. */
struct fru *fru_find(const struct mc *mc, uint8_t id);

/* Does its last write take until later than now? */
bool fru_is_busy(const struct mc *mc, const struct fru *fru);

/* Is some of len octets from at on guarded against writing? */
bool fru_is_guarded(const struct fru *fru, uint32_t at, size_t len);

/* Copy len octets from at on to to; they must lie inside. ST_IO: the file
 * behind it could not be read. */
enum status fru_read(const struct mc *mc, const struct fru *fru, uint32_t at, uint8_t *to,
                     uint32_t len);

/* Write data at at; it must fit. ST_IO or ST_NOMEM. */
enum status fru_write(struct mc *mc, struct fru *fru, uint32_t at, struct bytes data);

/*
 * Make the serial numbers in a FRU's chassis, board and product areas those
 * of copy number index (1 ..): the digits at the end of each serial grow by
 * index, the field keeps its length, and the checksums are made right. What
 * is no well-formed FRU stays as it is.
 */
void fru_personalise(uint8_t *fru, uint32_t size, uint32_t index);

#endif
