/*
 * fru_source.h - the FRU source language: readable text to the octets of a
 * FRU information device, and back.
 *
 *     size 512
 *     chassis
 *         type    rack_mount
 *         part    "CHS-1U-08"
 *         serial  "C1U0800417"
 *     end
 *     board
 *         date          2026-01-31T12:34
 *         manufacturer  "Example Systems"
 *         product       6bit "S1U-MB1"
 *         custom        binary 1 2 3
 *     end
 *     record power_supply
 *         capacity       750 W
 *         low_voltage_1  90.00 V
 *     end
 *
 * Offsets, lengths, padding and checksums come by themselves. What a source
 * can say beside the obvious, so that any well-formed device can be said:
 *
 *   size N, fill V          the device's octets, and what the unused ones are
 *   AREA at N               where an area or the first record begins
 *   format V                the first octet of header, area; a record's version
 *   length N, unused V...   an area's octets; those behind its C1h
 *   fields N                the area ends after so many of its fixed fields
 *   pad V                   the header's reserved octet
 *   octets AT V...          what stands outside of header and areas
 *   record raw N, data V... any record at all
 *   octet N V               in a record: the N-th octet, counted from 1
 *
 * Text is UTF-8. The manual is in ipmilab-emu(5).
 * Spec: Platform Management FRU Information Storage Definition v1.0 r1.3.
 */
#ifndef IPMILAB_EMU_FRU_SOURCE_H
#define IPMILAB_EMU_FRU_SOURCE_H

#include "emu/script.h"
#include "sim/base/bytes.h"

#define FRU_SIZE_MIN 8u             /* a header */
#define FRU_IMAGE_MAX 0xffffu       /* sizes of FRU devices have 16 bits */

/* A device's octets; free() them. */
struct fru_image {
    uint8_t *octets;
    size_t len;
};

/*
 * Compile a text. size 0: as large as the source says or, if it says
 * nothing, as it needs to be; else of that size, whatever the source says.
 * True: *out is the caller's. False: there were errors, in the script's
 * diagnostics, or no memory (pool.failed); *out is empty.
 */
bool fru_source_text(struct script *s, const char *file, const char *text, size_t len,
                     size_t size, struct fru_image *out);

/* Compile a file; reader NULL: of the file system. ST_OK, ST_INVALID when
 * there were errors, ST_NOMEM. */
enum status fru_source_file(const struct emu_reader *reader, const char *path, size_t size,
                            struct diags *diags, struct fru_image *out);

/*
 * A device as source text, which free() takes; NULL: no memory. What is
 * damaged becomes an error in diags, about file as a whole. Without errors,
 * the text compiles to the same octets; with errors, to what can be said of
 * them, made right.
 */
char *fru_source_print(struct bytes image, const char *file, struct diags *diags);

#endif
