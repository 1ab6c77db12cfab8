#include "capture/filter.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct filter_row {
    const char *name, *help;
    bool number;
    bool (*holds)(const struct filter_term *t, const struct packet *p,
                  const struct dissection *d);
};

/* ---- terms ---- */

static bool
in_range(const struct filter_term *t, int64_t v)
{
    return v >= 0 && (uint64_t)v >= t->from && (uint64_t)v <= t->to;
}

static bool
contains(const char *text, const char *word)
{
    size_t len = strlen(word);

    for (; *text; text++)
        if (strncasecmp(text, word, len) == 0)
            return true;
    return len == 0;
}

/* An address without its port, or with it. */
static bool
is_host(const char *who, const char *word)
{
    size_t len = strlen(word);

    if (strncasecmp(who, word, len) == 0)
        return who[len] == '\0' || who[len] == ':';
    return who[0] == '[' && strncasecmp(who + 1, word, len) == 0 && who[1 + len] == ']';
}

#define TERM(name)                                                                        \
    static bool holds_##name(const struct filter_term *t, const struct packet *p,         \
                             const struct dissection *d)

TERM(packet) { (void)d; return in_range(t, (int64_t)p->number); }
TERM(lane) { (void)d; return strcasecmp(p->lane->name, t->word) == 0; }
TERM(kind) { (void)p; return strcasecmp(dissect_kind_text(d->kind), t->word) == 0; }
TERM(cmd) { (void)p; return in_range(t, d->cmd); }
TERM(cc) { (void)p; return in_range(t, d->cc); }
TERM(seq) { (void)p; return in_range(t, d->seq); }
TERM(session) { (void)p; return in_range(t, d->session); }
TERM(sid) { (void)p; return in_range(t, d->session_id); }
TERM(status) { (void)p; return in_range(t, d->status); }
TERM(payload) { (void)p; return in_range(t, d->payload_type); }
TERM(from) { (void)p; return is_host(d->from, t->word); }
TERM(to) { (void)p; return is_host(d->to, t->word); }
TERM(host) { (void)p; return is_host(d->from, t->word) || is_host(d->to, t->word); }
TERM(comment) { (void)d; return contains(p->comment, t->word); }

/* That of a request means its responses too. */
TERM(netfn)
{
    (void)p;
    return in_range(t, d->netfn) || (d->netfn > 0 && in_range(t, d->netfn & ~1));
}

TERM(text)
{
    if (contains(d->summary, t->word) || contains(p->comment, t->word))
        return true;
    for (unsigned i = 0; i < d->line_count; i++)
        if (contains(dissect_line(d, i), t->word))
            return true;
    return false;
}

TERM(is)
{
    (void)p;
    if (strcasecmp(t->word, "request") == 0)
        return d->kind == DISSECT_MESSAGE && !d->response;
    if (strcasecmp(t->word, "response") == 0)
        return d->kind == DISSECT_MESSAGE && d->response;
    if (strcasecmp(t->word, "repeat") == 0)
        return d->repeats != 0;
    return strcasecmp(t->word, "bad") == 0 && d->bad;
}

static const struct filter_row rows[] = {
    { "packet", "number of the packet", true, holds_packet },
    { "lane", "interface: lan0, lan0-clear, ipmb0, notes, ...", false, holds_lane },
    { "kind", "message, encrypted, sol, rakp1, open-request, ping, trap, note, ...", false,
      holds_kind },
    { "is", "request, response, repeat or bad", false, holds_is },
    { "netfn", "network function, of request and response", true, holds_netfn },
    { "cmd", "command", true, holds_cmd },
    { "cc", "completion code", true, holds_cc },
    { "seq", "sequence number of the message or SOL packet", true, holds_seq },
    { "session", "session, as counted in the trace", true, holds_session },
    { "sid", "session id in the packet", true, holds_sid },
    { "status", "status of a set-up message", true, holds_status },
    { "payload", "RMCP+ payload type", true, holds_payload },
    { "from", "sender", false, holds_from },
    { "to", "receiver", false, holds_to },
    { "host", "either of them", false, holds_host },
    { "comment", "a word of the comment: what became of the packet", false, holds_comment },
    { "text", "a word anywhere", false, holds_text },
};

#define ROWS (sizeof rows / sizeof rows[0])

const char *
filter_help(unsigned n, const char **name)
{
    if (n >= ROWS)
        return NULL;
    *name = rows[n].name;
    return rows[n].help;
}

bool
filter_holds(const struct filter *f, const struct packet *p, const struct dissection *d)
{
    for (unsigned i = 0; i < f->count; i++)
        if (f->terms[i].row->holds(&f->terms[i], p, d) == f->terms[i].not)
            return false;
    return true;
}

/* ---- reading them ---- */

/* 31, 0x1f or 1Fh. */
static bool
read_number(const char *text, size_t len, uint64_t *to)
{
    char digits[24], *end;
    bool hex = len > 1 && tolower((unsigned char)text[len - 1]) == 'h';

    if (hex)
        len--;
    if (len == 0 || len >= sizeof digits || !isxdigit((unsigned char)text[0]))
        return false;
    memcpy(digits, text, len);
    digits[len] = '\0';
    if (!hex && strncasecmp(digits, "0x", 2) == 0)
        hex = true;
    *to = strtoull(digits, &end, hex ? 16 : 10);
    return *end == '\0';
}

static bool
read_range(const char *text, size_t len, struct filter_term *t)
{
    const char *dots = memmem(text, len, "..", 2);
    size_t first = dots != NULL ? (size_t)(dots - text) : len;

    if (!read_number(text, first, &t->from))
        return false;
    t->to = t->from;
    return dots == NULL || read_number(dots + 2, len - first - 2, &t->to);
}

static const struct filter_row *
find_row(const char *name, size_t len)
{
    for (size_t i = 0; i < ROWS; i++)
        if (strlen(rows[i].name) == len && strncasecmp(rows[i].name, name, len) == 0)
            return &rows[i];
    return NULL;
}

/* One term of len characters; NULL, or what is expected. */
static const char *
read_term(const char *text, size_t len, struct filter_term *t)
{
    const char *sign = memchr(text, '=', len);
    size_t name = sign != NULL ? (size_t)(sign - text) : 0, value;

    if (sign == NULL)
        return "NAME=VALUE or NAME!=VALUE";
    value = len - name - 1;
    t->not = name > 0 && text[name - 1] == '!';
    t->row = find_row(text, name - t->not);
    if (t->row == NULL)
        return "one of the names that trace print --help lists";
    if (t->row->number)
        return read_range(sign + 1, value, t) ? NULL : "a number, or a range of them";
    if (value >= sizeof t->word)
        return "a shorter word";
    memcpy(t->word, sign + 1, value);
    t->word[value] = '\0';
    return NULL;
}

bool
filter_add(struct filter *f, const char *text, char *error, size_t size)
{
    while (*text) {
        size_t len = strcspn(text, ",");
        const char *expected = "fewer terms";

        if (f->count < FILTER_TERMS_MAX)
            expected = read_term(text, len, &f->terms[f->count]);
        if (expected != NULL) {
            (void)snprintf(error, size, "\"%.*s\": expected %s", (int)len, text, expected);
            return false;
        }
        f->count++;
        text += len;
        text += *text == ',';
    }
    return true;
}
