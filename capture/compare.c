#include "capture/compare.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "capture/conversation.h"
#include "capture/input_record.h"

#define ROW 16                 /* octets of a hex line */
#define ROWS_MAX 64            /* hex lines that are shown */
#define NS_PER_S 1000000000u

/* ---- what is different ---- */

static bool
octets_equal(struct bytes a, struct bytes b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static bool
lane_equal(const struct packet_lane *a, const struct packet_lane *b)
{
    return a->link_type == b->link_type && strcmp(a->name, b->name) == 0;
}

enum compare_what
compare_packets(const struct packet *a, const struct packet *b, bool ignore_time)
{
    if (a == NULL || b == NULL)
        return a == b ? COMPARE_SAME : COMPARE_MISSING;
    if (!lane_equal(a->lane, b->lane))
        return COMPARE_LANE;
    if (!ignore_time && (a->timed != b->timed || a->time_ns != b->time_ns))
        return COMPARE_TIME;
    if (!octets_equal(a->bytes, b->bytes) || a->whole != b->whole)
        return COMPARE_OCTETS;
    if (a->dir != b->dir)
        return COMPARE_DIR;
    return strcmp(a->comment, b->comment) == 0 ? COMPARE_SAME : COMPARE_COMMENT;
}

/* ---- in words ---- */

static void
print_headline(FILE *to, const struct compare_sides *s, enum compare_what what)
{
    const struct packet *a = s->packet[0], *b = s->packet[1];
    size_t i = 0, len;

    switch (what) {
    case COMPARE_SAME:
        fprintf(to, "they are the same");
        break;
    case COMPARE_MISSING:
        fprintf(to, "%s ends, %s goes on", s->name[a != NULL], s->name[a == NULL]);
        break;
    case COMPARE_LANE:
        fprintf(to, "it is on another interface");
        break;
    case COMPARE_TIME:
        fprintf(to, "it is %s by %" PRIu64 " ns in %s",
                b->time_ns > a->time_ns ? "later" : "earlier",
                b->time_ns > a->time_ns ? b->time_ns - a->time_ns : a->time_ns - b->time_ns,
                s->name[1]);
        break;
    case COMPARE_OCTETS:
        len = a->bytes.len < b->bytes.len ? a->bytes.len : b->bytes.len;
        while (i < len && a->bytes.at[i] == b->bytes.at[i])
            i++;
        fprintf(to, "the octets differ, from octet %zu on", i);
        break;
    case COMPARE_DIR:
        fprintf(to, "it goes the other way");
        break;
    case COMPARE_COMMENT:
        fprintf(to, "what became of it differs");
        break;
    }
}

/* The packet on one line: number, seconds, interface, who, what, fate. */
static void
print_side(FILE *to, const struct compare_sides *s, int i, const struct dissection *d)
{
    const struct packet *p = s->packet[i];
    uint64_t ns;

    if (p == NULL) {
        fprintf(to, "  %-7s (nothing)\n", s->name[i]);
        return;
    }
    ns = p->time_ns - s->start_ns;
    fprintf(to, "  %-7s #%" PRIu64 " %" PRIu64 ".%09" PRIu64 " %s  ", s->name[i], p->number,
            ns / NS_PER_S, ns % NS_PER_S, p->lane->name[0] ? p->lane->name : "lan");
    if (d->from[0])
        fprintf(to, "%s > %s  ", d->from, d->to);
    fprintf(to, "%s%s%s%s\n", d->summary, p->comment[0] ? "  {" : "", p->comment,
            p->comment[0] ? "}" : "");
}

static void
print_tree(FILE *to, const char *name, const struct dissection *d)
{
    if (d->line_count)
        fprintf(to, "\n%s says\n", name);
    for (unsigned i = 0; i < d->line_count; i++)
        fprintf(to, "  %*s%s\n", 2 * d->lines[i].depth, "", dissect_line(d, i));
}

/* ---- in hex ---- */

static void
print_octets(FILE *to, const char *name, struct bytes octets, size_t at)
{
    fprintf(to, "  %-7s %04zx ", name, at);
    for (size_t i = at; i < at + ROW && i < octets.len; i++)
        fprintf(to, " %02x", octets.at[i]);
    fputc('\n', to);
}

static bool
differs_at(struct bytes a, struct bytes b, size_t i)
{
    bool in_a = i < a.len, in_b = i < b.len;

    return in_a != in_b || (in_a && in_b && a.at[i] != b.at[i]);
}

static void
print_marks(FILE *to, struct bytes a, struct bytes b, size_t at)
{
    char marks[3 * ROW + 1] = "";
    size_t last = 0;

    for (size_t i = 0; i < ROW; i++) {
        bool mark = differs_at(a, b, at + i);

        memcpy(marks + 3 * i, mark ? " ^^" : "   ", 4);
        last = mark ? 3 * i + 3 : last;
    }
    marks[last] = '\0';
    fprintf(to, "  %-7s      %s\n", "", marks);
}

/* The lines where both differ; those where they agree are left out. */
static void
print_hex(FILE *to, const struct compare_sides *s)
{
    struct bytes a = s->packet[0]->bytes, b = s->packet[1]->bytes;
    size_t len = a.len > b.len ? a.len : b.len;
    unsigned shown = 0;

    fprintf(to, "\noctets that differ\n");
    for (size_t at = 0; at < len && shown < ROWS_MAX; at += ROW) {
        size_t i = at;

        while (i < at + ROW && i < len && !differs_at(a, b, i))
            i++;
        if (i == at + ROW || i == len)
            continue;
        print_octets(to, s->name[0], a, at);
        print_octets(to, s->name[1], b, at);
        print_marks(to, a, b, at);
        shown++;
    }
}

/* ---- the whole ---- */

/* In words; a packet that is no frame is described as a whole. */
static void
describe(struct conversation *c, const struct packet *p, struct dissection *d)
{
    struct dissect_frame f = { .link = TAP_NOTE, .words = "" };
    char text[DISSECT_SUMMARY];
    const char *why = NULL;
    bool whole = p == NULL || !dissect_of_packet(p, &f, &why);

    if (whole)
        f = (struct dissect_frame){ .link = TAP_NOTE, .words = why ? why : "" };
    if (p != NULL && p->lane->link_type == LINKTYPE_USER0)
        f.words = input_record_text(p->bytes, text, sizeof text);
    dissect(c, &f, d);
    if (whole)
        d->line_count = 0;
}

static void
explain(FILE *to, const struct compare_sides *s, enum compare_what what,
        struct dissection *const d[2])
{
    const struct packet *p = s->packet[0] != NULL ? s->packet[0] : s->packet[1];

    fprintf(to, "packet %" PRIu64 ": ", p == NULL ? 0 : p->number);
    print_headline(to, s, what);
    fprintf(to, "\n");
    for (int i = 0; i < 2; i++)
        print_side(to, s, i, d[i]);
    if (what == COMPARE_OCTETS)
        print_hex(to, s);
    for (int i = 0; i < 2; i++)
        if (s->packet[i] != NULL)
            print_tree(to, s->name[i], d[i]);
}

enum status
compare_explain(FILE *to, const struct compare_sides *sides, enum compare_what what)
{
    struct dissection *d[2] = { malloc(sizeof *d[0]), malloc(sizeof *d[1]) };
    struct conversation *c = conversation_new();
    enum status st = d[0] != NULL && d[1] != NULL && c != NULL ? ST_OK : ST_NOMEM;

    if (st == ST_OK) {
        describe(c, sides->packet[0], d[0]);
        describe(c, sides->packet[1], d[1]);
        explain(to, sides, what, d);
    }
    conversation_free(c);
    free(d[0]);
    free(d[1]);
    return st;
}

/* ---- packets by interface ---- */

struct lane_count {
    char *name;
    uint64_t packets[2];
};

struct compare_tally {
    struct lane_count *lanes;
    size_t count;
};

enum status
compare_tally_new(struct compare_tally **out)
{
    *out = calloc(1, sizeof **out);
    return *out != NULL ? ST_OK : ST_NOMEM;
}

void
compare_tally_free(struct compare_tally *t)
{
    if (t == NULL)
        return;
    for (size_t i = 0; i < t->count; i++)
        free(t->lanes[i].name);
    free(t->lanes);
    free(t);
}

static struct lane_count *
lane_of(struct compare_tally *t, const char *name)
{
    struct lane_count *more;

    for (size_t i = 0; i < t->count; i++)
        if (strcmp(t->lanes[i].name, name) == 0)
            return &t->lanes[i];
    more = realloc(t->lanes, (t->count + 1) * sizeof *more);
    if (more == NULL)
        return NULL;
    t->lanes = more;
    more[t->count] = (struct lane_count){ .name = strdup(name) };
    return more[t->count].name != NULL ? &more[t->count++] : NULL;
}

enum status
compare_tally_add(struct compare_tally *t, int side, const struct packet *p)
{
    struct lane_count *lane = lane_of(t, p->lane->name[0] ? p->lane->name : "lan");

    if (lane == NULL)
        return ST_NOMEM;
    lane->packets[side]++;
    return ST_OK;
}

void
compare_tally_print(const struct compare_tally *t, const char *const names[2], FILE *to)
{
    fprintf(to, "%-24s %12s %12s\n", "packets on", names[0], names[1]);
    for (size_t i = 0; i < t->count; i++)
        fprintf(to, "%-24s %12" PRIu64 " %12" PRIu64 "%s\n", t->lanes[i].name,
                t->lanes[i].packets[0], t->lanes[i].packets[1],
                t->lanes[i].packets[0] != t->lanes[i].packets[1] ? "  *" : "");
}

size_t
compare_tally_lanes(const struct compare_tally *t)
{
    return t->count;
}
