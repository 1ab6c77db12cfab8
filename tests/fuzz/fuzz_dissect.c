/*
 * Frames of all links, lengths in front of them, dissected in one
 * conversation: an input is a row of link and side, length (2), octets. All
 * that comes out is text of the lengths that it says.
 */
#include <stdlib.h>
#include <string.h>

#include "capture/conversation.h"
#include "sim/base/rd.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool held)
{
    if (!held)
        abort();
}

static void
check(const struct dissection *d)
{
    size_t total = 0;

    must(d->line_count <= DISSECT_LINES_MAX && d->text_len <= DISSECT_TEXT_MAX);
    must(memchr(d->summary, '\0', sizeof d->summary) != NULL);
    must(memchr(d->from, '\0', sizeof d->from) != NULL);
    must(memchr(d->to, '\0', sizeof d->to) != NULL);
    for (unsigned i = 0; i < d->line_count; i++)
        total += strlen(dissect_line(d, i)) + 1;
    must(total == d->text_len);
    must(d->kind < DISSECT_KINDS && dissect_kind_text(d->kind)[0]);
}

static void
take(struct conversation *c, struct dissection *d, struct rd *r, uint64_t number)
{
    static const struct peer console = { .addr = { 127, 0, 0, 1 }, .port = 40000,
                                         .family = PEER_IPV4 };
    static const struct peer bmc = { .addr = { 192, 0, 2, 1 }, .port = 623,
                                     .family = PEER_IPV4 };
    uint8_t how = rd_u8(r);
    size_t len = rd_le16(r);
    struct dissect_frame f = {
        .number = number, .at = number * 1000, .link = (enum tap_link)(how % TAP_LINKS),
        .chassis = how >> 6, .from = how & 0x20 ? bmc : console,
        .to = how & 0x20 ? console : bmc,
        .bytes = rd_bytes(r, len < rd_left(r) ? len : rd_left(r)),
    };

    dissect(c, &f, d);
    check(d);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct conversation *c = conversation_new();
    struct dissection *d = malloc(sizeof *d);
    struct rd r = rd_of(bytes_of(data, size));

    for (uint64_t n = 1; c != NULL && d != NULL && rd_left(&r) > 0; n++)
        take(c, d, &r, n);
    for (uint32_t n = 1; c != NULL && n <= conversation_sessions(c); n++)
        must(conversation_session(c, n) == NULL || conversation_session(c, n)->number == n);
    conversation_free(c);
    free(d);
    return 0;
}
