/*
 * md2.h - the MD2 message digest, which crypto libraries no longer have.
 * Spec: RFC 1319. Used by IPMI 1.5 sessions only; it protects nothing today.
 *
 * A plain value: begin, add octets in any pieces, end. Nothing is kept after
 * md2_end().
 */
#ifndef IPMILAB_LAN_MD2_H
#define IPMILAB_LAN_MD2_H

#include "sim/base/bytes.h"

#define MD2_BLOCK 16
#define MD2_SIZE 16

struct md2 {
    uint8_t state[MD2_BLOCK];
    uint8_t checksum[MD2_BLOCK];
    uint8_t block[MD2_BLOCK];    /* octets waiting for a whole block */
    uint8_t waiting;             /* 0 .. MD2_BLOCK - 1 */
};

void md2_begin(struct md2 *m);
void md2_add(struct md2 *m, struct bytes data);

/* Write the digest and wipe m. */
void md2_end(struct md2 *m, uint8_t out[MD2_SIZE]);

#endif
