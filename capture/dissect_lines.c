#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "capture/dissect_parts.h"

#define LINE_OCTETS 64         /* octets that a line shows */
#define LINE_MAX_CHARS 400

void
line_add(struct dissector *x, unsigned depth, const char *format, ...)
{
    struct dissection *d = x->d;
    char text[LINE_MAX_CHARS];
    size_t len;
    va_list args;

    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    len = strlen(text) + 1;
    if (d->line_count == DISSECT_LINES_MAX || len > sizeof d->text - d->text_len) {
        d->cut = true;
        return;
    }
    memcpy(d->text + d->text_len, text, len);
    d->lines[d->line_count++] = (struct dissect_line){ d->text_len, (uint8_t)depth };
    d->text_len = (uint16_t)(d->text_len + len);
}

const char *
octets_text(struct bytes octets, char *to, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    size_t shown = (size - sizeof "..." - 1) / 3, n = 0;

    if (octets.len < shown)
        shown = octets.len;
    for (size_t i = 0; i < shown; i++) {
        to[n++] = ' ';
        to[n++] = digits[octets.at[i] >> 4];
        to[n++] = digits[octets.at[i] & 15];
    }
    to[n] = '\0';
    if (shown < octets.len)
        memcpy(to + n, "...", sizeof "...");
    return to;
}

void
line_octets(struct dissector *x, unsigned depth, const char *name, struct bytes octets)
{
    char text[3 * LINE_OCTETS + 8];

    if (octets.len)
        line_add(x, depth, "%s (%zu):%s", name, octets.len,
                 octets_text(octets, text, sizeof text));
}

void
summary_add(struct dissector *x, const char *format, ...)
{
    size_t len = strlen(x->d->summary);
    va_list args;

    va_start(args, format);
    (void)vsnprintf(x->d->summary + len, sizeof x->d->summary - len, format, args);
    va_end(args);
}

void
dissect_unknown(struct dissector *x, const char *why, struct bytes octets)
{
    summary_add(x, "%s, %zu octets", why, octets.len);
    line_add(x, 0, "%s", why);
    line_octets(x, 1, "octets", octets);
}

const char *
dissect_line(const struct dissection *d, unsigned i)
{
    return i < d->line_count ? d->text + d->lines[i].at : "";
}
