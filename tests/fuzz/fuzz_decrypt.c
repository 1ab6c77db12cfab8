/*
 * Datagrams followed for decryption, lengths in front of them, as those of
 * fuzz_dissect: whatever the set-up says, no octet is looked at that is not
 * there, and a copy is made of what a known key has read alone.
 */
#include <stdlib.h>

#include "capture/decrypt.h"
#include "sim/base/rd.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
follow(struct decrypt *d, struct rd *r, uint64_t number)
{
    static const struct peer console = { .addr = { 127, 0, 0, 1 }, .port = 40000,
                                         .family = PEER_IPV4 };
    static const struct peer bmc = { .addr = { 192, 0, 2, 1 }, .port = 623,
                                     .family = PEER_IPV4 };
    uint8_t how = rd_u8(r);
    size_t len = rd_le16(r);
    struct decrypt_datagram in = {
        .number = number, .from = how & 0x20 ? bmc : console, .to = how & 0x20 ? console : bmc,
        .bytes = rd_bytes(r, len < rd_left(r) ? len : rd_left(r)),
    };
    struct bytes clear;

    if (decrypt_input(d, &in, &clear) && clear.len > DECRYPT_DATAGRAM_MAX)
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct decrypt_opts opts = { .password = (const uint8_t *)"secret",
                                              .password_len = 6 };
    struct rd r = rd_of(bytes_of(data, size));
    const struct decrypt_session *s;
    struct decrypt *d;

    if (decrypt_new(&opts, &d) != ST_OK)
        return 0;
    for (uint64_t n = 1; rd_left(&r) > 0; n++)
        follow(d, &r, n);
    for (size_t n = 0; (s = decrypt_session(d, n)) != NULL; n++)
        if (s->read > s->packets || (s->read > 0 && s->state != DECRYPT_READY))
            abort();
    decrypt_free(d);
    return 0;
}
