/*
 * sdr_source.h - the SDR source language of OpenIPMI's sdrcomp: text to
 * records, and back.
 *
 *     sdr type 2
 *         sensor_owner_id 0x20
 *         sensor_number   8 + 1
 *         sensor_type     Power_Supply
 *         id_string       "PSU 1"
 *     endsdr
 *
 * Everything sdrcomp takes is taken. Beyond it: types 13h (MC confirmation),
 * 14h (channel info) and C0h (OEM); the fields octet (N VALUE: the N-th octet,
 * counted from 1, as it is), oem_data (octets after the fixed part; may be
 * repeated) and id_string_raw (type/length octet and all that follows it); a
 * word after an id string that chooses its encoding: 8bit, 6bit or bcd; and
 * beside sdr type, record VERSION TYPE OCTET..., any record at all but for
 * its id and length.
 * Spec: IPMI v2.0 43.
 */
#ifndef IPMILAB_EMU_SDR_SOURCE_H
#define IPMILAB_EMU_SDR_SOURCE_H

#include "emu/script.h"
#include "sim/base/bytes.h"

#define SDR_RECORD_MAX 260          /* 5 octets, and 255 that the fifth counts */
#define SDR_PRINT_MAX 16384         /* a record as text always fits */

/* Where records go, with id 0; false stops (no memory). */
typedef bool sdr_record_fn(void *ctx, struct bytes record);

struct sdr_source_opts {
    sdr_record_fn *record;
    void *ctx;
    /* Choose the shortest encoding of id strings, as sdrcomp does without
     * -8; else 8-bit, which is what all clients can read. */
    bool packed;
};

/* Compile a text. Mistakes go to the script's diagnostics; records without
 * one are delivered all the same. */
void sdr_source_text(struct script *s, const struct sdr_source_opts *opts, const char *file,
                     const char *text, size_t len);

/* Compile a file; reader NULL: of the file system. ST_INVALID when there were
 * errors. */
enum status sdr_source_file(const struct emu_reader *reader, const char *path,
                            const struct sdr_source_opts *opts, struct diags *diags);

/*
 * Write one record (header included) as source text that compiles to the
 * same octets, but for the record id, with packed or without. NUL-terminated;
 * returns the length, 0 when the record's length octet and its length differ
 * or size is too small.
 */
size_t sdr_source_print(struct bytes record, char *to, size_t size);

#endif
