/*
 * A pcapng file read to its end, and each packet of it dissected: octets that
 * were not in the file are never looked at, and what is wrong is told in words.
 */
#include <stdio.h>
#include <stdlib.h>

#include "capture/conversation.h"
#include "capture/pcapng_source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
read_all(struct pcapng_source *s, struct conversation *c, struct dissection *d)
{
    enum packet_result result;
    struct dissect_frame f;
    struct packet p;
    const char *why;

    while ((result = pcapng_source_next(s, &p)) == PACKET_NEXT)
        if (dissect_of_packet(&p, &f, &why))
            dissect(c, &f, d);
    if (result == PACKET_BAD && pcapng_source_error(s)[0] == '\0')
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    FILE *file = size ? fmemopen((void *)(uintptr_t)data, size, "rb") : NULL;
    struct conversation *c = conversation_new();
    struct dissection *d = malloc(sizeof *d);
    struct pcapng_source *s;

    if (file != NULL && c != NULL && d != NULL && pcapng_source_new(file, &s) == ST_OK) {
        read_all(s, c, d);
        pcapng_source_free(s);
    }
    conversation_free(c);
    free(d);
    if (file != NULL)
        fclose(file);
    return 0;
}
