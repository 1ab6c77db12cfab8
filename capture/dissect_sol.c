#include <stdio.h>
#include <string.h>

#include "capture/dissect_parts.h"
#include "sim/wire/sol.h"

#define SHOWN 32               /* characters in the summary */
#define A_LINE 64              /* characters in one of the tree's */

struct flag {
    uint8_t bit;
    const char *text;
};

static const struct flag operations[] = {
    { SOL_NACK, "NACK" },
    { SOL_RING, "assert RI" },
    { SOL_BREAK, "break" },
    { SOL_PAUSE, "deassert CTS" },
    { SOL_HANG_UP, "deassert DCD and DSR" },
    { SOL_FLUSH_INBOUND, "flush inbound" },
    { SOL_FLUSH_OUTBOUND, "flush outbound" },
};

static const struct flag statuses[] = {
    { SOL_NACK, "NACK" },
    { SOL_UNAVAILABLE, "transfer unavailable" },
    { SOL_INACTIVE, "deactivating" },
    { SOL_OVERRUN, "overrun" },
    { SOL_BREAK_SEEN, "break seen" },
};

/* The bits that are set, in words, after a colon. */
static const char *
flags_text(const struct flag *flags, size_t count, uint8_t set, char *to, size_t size)
{
    size_t len = 0;

    to[0] = '\0';
    for (size_t i = 0; i < count; i++)
        if (set & flags[i].bit && len < size)
            len += (size_t)snprintf(to + len, size - len, "%s%s", len ? ", " : ": ",
                                    flags[i].text);
    return to;
}

/* Characters as a C string would have them. */
static const char *
chars_text(struct bytes chars, char *to, size_t size)
{
    size_t n = 0;

    for (size_t i = 0; i < chars.len && n + 5 < size; i++) {
        uint8_t c = chars.at[i];

        if (c == '\r' || c == '\n' || c == '\t') {
            to[n++] = '\\';
            to[n++] = c == '\r' ? 'r' : c == '\n' ? 'n' : 't';
        } else if (c >= ' ' && c <= '~') {
            to[n++] = (char)c;
        } else {
            n += (size_t)snprintf(to + n, 5, "\\x%02x", c);
        }
    }
    to[n] = '\0';
    return to;
}

static void
summarize(struct dissector *x, const struct sol_packet *p, const char *flags)
{
    char text[4 * SHOWN + 8];
    struct bytes shown = bytes_of(p->chars.at, p->chars.len < SHOWN ? p->chars.len : SHOWN);

    summary_add(x, "SOL");
    if (p->seq)
        summary_add(x, " sequence %u", p->seq);
    if (p->ack)
        summary_add(x, "%s %s %u (%u characters)", p->seq ? "," : "",
                    p->flags & SOL_NACK ? "NACK" : "ACK", p->ack, p->accepted);
    summary_add(x, "%s", flags);
    if (p->chars.len)
        summary_add(x, ", %zu characters \"%s\"%s", p->chars.len,
                    chars_text(shown, text, sizeof text), shown.len < p->chars.len ? "..." : "");
}

static void
line_chars(struct dissector *x, struct bytes chars)
{
    char text[4 * A_LINE + 8];

    for (size_t at = 0; at < chars.len; at += A_LINE) {
        size_t left = chars.len - at;

        line_add(x, 1, "\"%s\"", chars_text(bytes_of(chars.at + at,
                                                     left < A_LINE ? left : A_LINE),
                                            text, sizeof text));
    }
}

void
dissect_sol(struct dissector *x, struct bytes payload)
{
    struct sol_packet p;
    char flags[160];
    uint8_t octet;

    x->d->kind = DISSECT_SOL;
    if (!sol_parse(payload, &p)) {
        x->d->bad = true;
        dissect_unknown(x, "SOL packet that is cut short or too long", payload);
        return;
    }
    octet = payload.at[3];             /* reserved bits included */
    x->d->seq = p.seq;
    if (x->sided && x->to_bmc)
        flags_text(operations, sizeof operations / sizeof operations[0], octet, flags,
                   sizeof flags);
    else
        flags_text(statuses, sizeof statuses / sizeof statuses[0], octet, flags, sizeof flags);
    summarize(x, &p, flags);
    line_add(x, 0, "SOL: packet sequence %u%s", p.seq, p.seq ? "" : " (tells only)");
    line_add(x, 1, "acknowledged sequence %u%s, accepted characters %u", p.ack,
             p.ack ? "" : " (none)", p.accepted);
    line_add(x, 1, "%s %02Xh%s", x->sided && x->to_bmc ? "operation" : "status", octet, flags);
    line_add(x, 1, "%zu characters", p.chars.len);
    line_chars(x, p.chars);
}
