/*
 * pcapng.h - a writer of pcapng files: several interfaces on one timeline.
 *
 * libpcap reads this format but cannot write it. Little-endian always, so
 * that the same blocks are the same octets on every machine.
 * Spec: draft-ietf-opsawg-pcapng; blocks SHB, IDB, EPB.
 */
#ifndef IPMILAB_CAPTURE_PCAPNG_H
#define IPMILAB_CAPTURE_PCAPNG_H

#include <stdint.h>
#include <stdio.h>

#include "sim/base/bytes.h"
#include "sim/base/status.h"

#define PCAPNG_PACKET_MAX 4096     /* octets of one packet kept */
#define PCAPNG_COMMENT_MAX 512

enum pcapng_dir { PCAPNG_DIR_UNKNOWN = 0, PCAPNG_DIR_IN = 1, PCAPNG_DIR_OUT = 2 };

#define PCAPNG_SECTION_MAX (1000u << 10)   /* octets of a section header with its comments:
                                              libpcap takes no more than a mebibyte */
#define PCAPNG_SECTION_COMMENT_MAX 65000   /* octets of one of them */

/* Section header; application is its shb_userappl, count comments follow it.
 * All return ST_IO when a write failed; this one ST_FULL when the comments are
 * too long, ST_NOMEM. */
enum status pcapng_section(FILE *file, const char *application, const struct bytes *comments,
                           size_t count);

/* One interface: its number is the count of those before it. Time-stamps of
 * its packets are nanoseconds since 1970. */
enum status pcapng_interface(FILE *file, uint16_t link_type, const char *name,
                             const char *description);

struct pcapng_packet {
    uint32_t interface;
    uint64_t time_ns;          /* since 1970 */
    enum pcapng_dir dir;
    const char *comment;       /* NULL or "" = none */
    struct bytes bytes;        /* cut at PCAPNG_PACKET_MAX */
};
enum status pcapng_packet(FILE *file, const struct pcapng_packet *p);

/* Where interfaces and packets go: a file, or whoever wants them as they would
 * stand in one. flush and close may be NULL. */
struct pcapng_out {
    void *ctx;
    enum status (*interface)(void *ctx, uint16_t link_type, const char *name,
                             const char *description);
    enum status (*packet)(void *ctx, const struct pcapng_packet *p);
    enum status (*flush)(void *ctx);
    enum status (*close)(void *ctx);
};

/* A new file at path, its section header written. */
enum status pcapng_create(const char *path, const char *application,
                          const struct bytes *comments, size_t count, struct pcapng_out *out);

#endif
