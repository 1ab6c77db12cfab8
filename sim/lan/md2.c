#include "sim/lan/md2.h"

#include <string.h>

#include "sim/lan/crypto.h"

#define ROUNDS 18

/* RFC 1319 3.2: a permutation of 0..255 made from the digits of pi. */
static const uint8_t pi[256] = {
    41, 46, 67, 201, 162, 216, 124, 1, 61, 54, 84, 161, 236, 240, 6, 19,
    98, 167, 5, 243, 192, 199, 115, 140, 152, 147, 43, 217, 188, 76, 130, 202,
    30, 155, 87, 60, 253, 212, 224, 22, 103, 66, 111, 24, 138, 23, 229, 18,
    190, 78, 196, 214, 218, 158, 222, 73, 160, 251, 245, 142, 187, 47, 238, 122,
    169, 104, 121, 145, 21, 178, 7, 63, 148, 194, 16, 137, 11, 34, 95, 33,
    128, 127, 93, 154, 90, 144, 50, 39, 53, 62, 204, 231, 191, 247, 151, 3,
    255, 25, 48, 179, 72, 165, 181, 209, 215, 94, 146, 42, 172, 86, 170, 198,
    79, 184, 56, 210, 150, 164, 125, 182, 118, 252, 107, 226, 156, 116, 4, 241,
    69, 157, 112, 89, 100, 113, 135, 32, 134, 91, 207, 101, 230, 45, 168, 2,
    27, 96, 37, 173, 174, 176, 185, 246, 28, 70, 97, 105, 52, 64, 126, 15,
    85, 71, 163, 35, 221, 81, 175, 58, 195, 92, 249, 206, 186, 197, 234, 38,
    44, 83, 13, 110, 133, 40, 132, 9, 211, 223, 205, 244, 65, 129, 77, 82,
    106, 220, 55, 200, 108, 193, 171, 250, 36, 225, 123, 8, 12, 189, 177, 74,
    120, 136, 149, 139, 227, 99, 232, 109, 233, 203, 213, 254, 59, 0, 29, 57,
    242, 239, 183, 14, 102, 88, 208, 228, 166, 119, 114, 248, 235, 117, 75, 10,
    49, 68, 80, 180, 143, 237, 31, 26, 219, 153, 141, 51, 159, 17, 131, 20,
};

/* RFC 1319 3.4: stir one block into the state. */
static void
compress(uint8_t state[MD2_BLOCK], const uint8_t block[MD2_BLOCK])
{
    uint8_t x[3 * MD2_BLOCK];
    uint8_t t = 0;

    for (unsigned i = 0; i < MD2_BLOCK; i++) {
        x[i] = state[i];
        x[MD2_BLOCK + i] = block[i];
        x[2 * MD2_BLOCK + i] = state[i] ^ block[i];
    }
    for (unsigned round = 0; round < ROUNDS; round++) {
        for (unsigned i = 0; i < sizeof x; i++)
            t = x[i] ^= pi[t];
        t = (uint8_t)(t + round);
    }
    memcpy(state, x, MD2_BLOCK);
}

/* RFC 1319 3.2, with the erratum: the running checksum is XORed in. */
static void
add_checksum(uint8_t checksum[MD2_BLOCK], const uint8_t block[MD2_BLOCK])
{
    uint8_t last = checksum[MD2_BLOCK - 1];

    for (unsigned i = 0; i < MD2_BLOCK; i++)
        last = checksum[i] ^= pi[block[i] ^ last];
}

static void
take_block(struct md2 *m)
{
    compress(m->state, m->block);
    add_checksum(m->checksum, m->block);
    m->waiting = 0;
}

void
md2_begin(struct md2 *m)
{
    memset(m, 0, sizeof *m);
}

void
md2_add(struct md2 *m, struct bytes data)
{
    for (size_t i = 0; i < data.len; i++) {
        m->block[m->waiting++] = data.at[i];
        if (m->waiting == MD2_BLOCK)
            take_block(m);
    }
}

void
md2_end(struct md2 *m, uint8_t out[MD2_SIZE])
{
    uint8_t pad = (uint8_t)(MD2_BLOCK - m->waiting);

    memset(m->block + m->waiting, pad, pad);
    take_block(m);
    compress(m->state, m->checksum);
    memcpy(out, m->state, MD2_SIZE);
    crypto_wipe(m, sizeof *m);
}
