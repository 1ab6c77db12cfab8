/*
 * A pcapng file read to its end, and each packet of it dissected and followed
 * for decryption: octets that were not in the file are never looked at, and
 * what is wrong is told in words.
 */
#include <stdio.h>
#include <stdlib.h>

#include "capture/conversation.h"
#include "capture/decrypt.h"
#include "capture/pcapng_source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
follow(struct decrypt *decrypt, const struct dissect_frame *f)
{
    const struct decrypt_datagram in = { .number = f->number, .from = f->from, .to = f->to,
                                         .bytes = f->bytes };
    struct bytes clear;

    if (f->link == TAP_LAN)
        (void)decrypt_input(decrypt, &in, &clear);
}

static void
read_all(struct pcapng_source *s, struct conversation *c, struct decrypt *decrypt,
         struct dissection *d)
{
    enum packet_result result;
    struct dissect_frame f;
    struct packet p;
    const char *why;

    while ((result = pcapng_source_next(s, &p)) == PACKET_NEXT) {
        if (!dissect_of_packet(&p, &f, &why))
            continue;
        dissect(c, &f, d);
        follow(decrypt, &f);
    }
    if (result == PACKET_BAD && pcapng_source_error(s)[0] == '\0')
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct decrypt_opts opts = { .password = (const uint8_t *)"secret",
                                              .password_len = 6 };
    FILE *file = size ? fmemopen((void *)(uintptr_t)data, size, "rb") : NULL;
    struct conversation *c = conversation_new();
    struct dissection *d = malloc(sizeof *d);
    struct decrypt *decrypt = NULL;
    struct pcapng_source *s;

    if (file != NULL && c != NULL && d != NULL && decrypt_new(&opts, &decrypt) == ST_OK &&
        pcapng_source_new(file, &s) == ST_OK) {
        read_all(s, c, decrypt, d);
        pcapng_source_free(s);
    }
    decrypt_free(decrypt);
    conversation_free(c);
    free(d);
    if (file != NULL)
        fclose(file);
    return 0;
}
