/*
 * pcapng_block.h - the blocks of a pcapng file, and what they are made of:
 * for pcapng_source.c.
 *
 * A block is read whole into memory that is reused. Numbers in it have the
 * byte order of its section.
 */
#ifndef IPMILAB_CAPTURE_PCAPNG_BLOCK_H
#define IPMILAB_CAPTURE_PCAPNG_BLOCK_H

#include <stdio.h>

#include "capture/packet.h"
#include "sim/base/rd.h"

#define PCAPNG_SHB 0x0a0d0d0au
#define PCAPNG_IDB 1u
#define PCAPNG_OPB 2u
#define PCAPNG_SPB 3u
#define PCAPNG_EPB 6u

/* The options that are asked for. */
enum pcapng_option_code {
    PCAPNG_COMMENT = 1,
    PCAPNG_IF_NAME = 2,
    PCAPNG_IF_DESCRIPTION = 3,
    PCAPNG_IF_TSRESOL = 9,
    PCAPNG_IF_TSOFFSET = 14,
    PCAPNG_EPB_FLAGS = 2,
};

struct pcapng_blocks {
    FILE *file;                    /* borrowed */
    uint64_t at;                   /* offset of the next octet */
    uint64_t block_at;             /* of the block in hand */
    uint8_t *block;                /* its body: behind type and length */
    size_t room;
    bool begun;                    /* a section header was read */
    bool swapped;                  /* the section is big-endian */
    bool bad;
    char error[200];
};

/* The body of the block in hand: all between its two lengths. */
struct pcapng_body {
    struct pcapng_blocks *s;
    struct rd r;
};

struct pcapng_option {
    uint16_t code;
    struct bytes value;            /* in the body; at least four octets follow it */
};

void pcapng_blocks_free(struct pcapng_blocks *s);

/* Say what is wrong, and where. Returns PACKET_BAD. */
__attribute__((format(printf, 3, 4)))
enum packet_result pcapng_fail(struct pcapng_blocks *s, uint64_t at, const char *format, ...);

/* Read one block, of any type. PACKET_END: there is none. */
enum packet_result pcapng_read(struct pcapng_blocks *s, uint32_t *type,
                               struct pcapng_body *b);

/* Where in the file the body's cursor stands. */
uint64_t pcapng_place(const struct pcapng_body *b);

/* Numbers at the cursor. */
uint16_t pcapng_u16(struct pcapng_body *b);
uint32_t pcapng_u32(struct pcapng_body *b);
uint64_t pcapng_u64(struct pcapng_body *b);

/* The next option; PACKET_END after the last. */
enum packet_result pcapng_option(struct pcapng_body *b, struct pcapng_option *o);

/* Say that an option's value is not what it should be. */
enum packet_result pcapng_bad_option(struct pcapng_body *b, const struct pcapng_option *o,
                                     const char *expected);

#endif
