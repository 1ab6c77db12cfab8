#include "sim/cmd/stats.h"

#include <inttypes.h>
#include <jansson.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "sim/bus/bus_name.h"
#include "sim/engine/link.h"
#include "sim/mc/mc_stats.h"

#define NAME_MAX_LEN 48
#define NS_PER_S 1e9
#define WIDTH_MIN 8

/* ---- figures ------------------------------------------------------------- */

/* One counter of a struct. */
struct figure {
    const char *key;         /* JSON's */
    const char *title;       /* of its column; NULL: below the row, where not 0 */
    size_t at;               /* a uint64_t in the struct */
};

/* All that is counted of a bus. */
struct bus_counts {
    struct medium_stats wire;
    uint64_t fates[FATES];
    uint64_t percent_100;    /* utilisation in hundredths of a percent */
};

#define WIRE(m) offsetof(struct bus_counts, wire.m)
#define FATE(f) (offsetof(struct bus_counts, fates) + (f) * sizeof(uint64_t))

static const struct figure bus_figures[] = {
    { "frames", "frames", WIRE(frames) },
    { "octets", "octets", WIRE(octets) },
    { "busy_per_10000", "busy", offsetof(struct bus_counts, percent_100) },
    { "collisions", "collided", WIRE(collisions) },
    { "arbitration_losses", "arb-lost", WIRE(arbitration_losses) },
    { "given_up", "given-up", WIRE(given_up) },
    { "retries", "retries", WIRE(retries) },
    { "naks", "NAKs", WIRE(naks) },
    { "lost", "lost", FATE(FATE_LOST) },
    { "corrupted", "damaged", FATE(FATE_CORRUPTED) },
    { "ignored", "ignored", FATE(FATE_IGNORED) },
    { "data_naks", NULL, WIRE(data_naks) },
    { "broken", NULL, WIRE(broken) },
    { "withdrawn", NULL, WIRE(withdrawn) },
    { "babbles", NULL, WIRE(babbles) },
    { "sticks", NULL, WIRE(sticks) },
    { "recoveries", NULL, WIRE(recoveries) },
    { "merged", NULL, WIRE(merged) },
    { "refused", NULL, WIRE(refused) },
    { "truncated", NULL, FATE(FATE_TRUNCATED) },
    { "delayed", NULL, FATE(FATE_DELAYED) },
    { "duplicated", NULL, FATE(FATE_DUPLICATED) },
};

#define NODE(m) offsetof(struct medium_node_stats, m)

static const struct figure node_figures[] = {
    { "frames_sent", "sent", NODE(frames_sent) },
    { "octets_sent", "octets", NODE(octets_sent) },
    { "frames_received", "received", NODE(frames_received) },
    { "octets_received", "octets", NODE(octets_received) },
    { "collisions", "collided", NODE(collisions) },
    { "arbitration_losses", "arb-lost", NODE(arbitration_losses) },
    { "naks", "NAKs", NODE(naks) },
    { "broken", "broken", NODE(broken) },
    { "resends", "resends", NODE(resends) },
};

#define PORT(m) offsetof(struct ipmb_port_stats, m)

static const struct figure port_figures[] = {
    { "asked", "asked", PORT(asked) },
    { "answered", "answered", PORT(answered) },
    { "resends", "resends", PORT(resends) },
    { "timed_out", "time-outs", PORT(timed_out) },
    { "naked", "NAKed", PORT(naked) },
    { "lost_arbitration", "arb-lost", PORT(lost_arbitration) },
    { "bus_errors", "bus-err", PORT(bus_errors) },
    { "requests", "requests", PORT(requests) },
    { "duplicates", "duplicates", PORT(duplicates) },
    { "responses", "responses", PORT(responses) },
    { "ignored", "ignored", PORT(ignored) },
    { "responses_lost", NULL, PORT(responses_lost) },
    { "cut", NULL, PORT(cut) },
    { "for_software", NULL, PORT(sms) },
    { "raw", NULL, PORT(raw) },
};

#define BRIDGE(m) offsetof(struct mc_stats, m)

static const struct figure bridge_figures[] = {
    { "sent", "sent", BRIDGE(bridged) },
    { "answered", "answered", BRIDGE(bridge_answered) },
    { "expired", "expired", BRIDGE(bridge_expired) },
    { "refused", "refused", BRIDGE(bridge_refused) },
    { "queued", "queued", BRIDGE(queued) },
    { "queue_dropped", "q-dropped", BRIDGE(queue_dropped) },
    { "events_dropped", "ev-dropped", BRIDGE(events_dropped) },
};

/* All that is counted of a LAN channel. */
struct lan_counts {
    struct lan_stats lan;
    uint64_t lost_in, lost_out; /* to faults */
    uint64_t drops;             /* for all reasons */
    uint64_t sessions;
};

#define LAN(m) offsetof(struct lan_counts, m)

static const struct figure lan_figures[] = {
    { "received", "received", LAN(lan.received) },
    { "sent", "sent", LAN(lan.sent) },
    { "dropped", "dropped", LAN(drops) },
    { "lost_in", "lost-in", LAN(lost_in) },
    { "lost_out", "lost-out", LAN(lost_out) },
    { "logins", "log-ins", LAN(lan.logins) },
    { "logins_refused", "refused", LAN(lan.logins_refused) },
    { "sessions", "sessions", LAN(sessions) },
    { "sessions_timed_out", "timed-out", LAN(lan.sessions_timed_out) },
};

static const struct figure icmb_figures[] = {
    { "frames", "frames", offsetof(struct segment_stats, frames) },
    { "octets", "octets", offsetof(struct segment_stats, octets) },
    { "lost", "lost", offsetof(struct segment_stats, lost) },
};

/* Tables, in the order in which they are shown. */
enum kind { KIND_BUS, KIND_NODE, KIND_PORT, KIND_BRIDGE, KIND_LAN, KIND_ICMB, KINDS };

#define FIGURES(a) a, sizeof a / sizeof a[0]

static const struct table {
    const char *key, *title;
    const struct figure *figures;
    size_t count;
} tables[KINDS] = {
    [KIND_BUS] = { "ipmb", "IPMB", FIGURES(bus_figures) },
    [KIND_NODE] = { "nodes", "at its wire", FIGURES(node_figures) },
    [KIND_PORT] = { "controllers", "requests on it", FIGURES(port_figures) },
    [KIND_BRIDGE] = { "bridges", "bridging", FIGURES(bridge_figures) },
    [KIND_LAN] = { "lan", "LAN", FIGURES(lan_figures) },
    [KIND_ICMB] = { "icmb", "ICMB", FIGURES(icmb_figures) },
};

/* One row: a name and the struct that the table's figures are in. */
struct row {
    char name[NAME_MAX_LEN];
    const void *counts;
    const uint64_t *drops; /* of a LAN, by reason; or NULL */
};

static uint64_t
value_of(const struct row *row, const struct figure *f)
{
    uint64_t v;

    memcpy(&v, (const char *)row->counts + f->at, sizeof v);
    return v;
}

/* ---- where rows go ------------------------------------------------------------ */

struct report {
    struct lab *lab;
    instant now;
    FILE *to;
    json_t *json;          /* of all tables; NULL: text */
    enum kind kind;
    json_t *rows;          /* of this kind */
    bool begun;            /* its title is out */
};

static bool
is_idle(const struct row *row, const struct table *t)
{
    for (size_t i = 0; i < t->count; i++)
        if (value_of(row, &t->figures[i]) != 0)
            return false;
    return true;
}

static int
width_of(const struct figure *f)
{
    int len = (int)strlen(f->title);

    return len < WIDTH_MIN ? WIDTH_MIN : len;
}

static void
print_titles(struct report *r, const struct table *t)
{
    fprintf(r->to, "\n%-24s", t->title);
    for (size_t i = 0; i < t->count; i++)
        if (t->figures[i].title != NULL)
            fprintf(r->to, " %*s", width_of(&t->figures[i]), t->figures[i].title);
    fputc('\n', r->to);
    r->begun = true;
}

static void
print_value(struct report *r, const struct figure *f, uint64_t v)
{
    char text[32];

    if (strcmp(f->title, "busy") == 0)
        (void)snprintf(text, sizeof text, "%" PRIu64 ".%02u%%", v / 100, (unsigned)(v % 100));
    else
        (void)snprintf(text, sizeof text, "%" PRIu64, v);
    fprintf(r->to, " %*s", width_of(f), text);
}

static void
print_row(struct report *r, const struct table *t, const struct row *row)
{
    if (!r->begun)
        print_titles(r, t);
    fprintf(r->to, "%-24s", row->name);
    for (size_t i = 0; i < t->count; i++)
        if (t->figures[i].title != NULL)
            print_value(r, &t->figures[i], value_of(row, &t->figures[i]));
    fputc('\n', r->to);
    for (size_t i = 0; i < t->count; i++)
        if (t->figures[i].title == NULL && value_of(row, &t->figures[i]))
            fprintf(r->to, "  %" PRIu64 " %s\n", value_of(row, &t->figures[i]),
                    t->figures[i].key);
    for (int why = 1; row->drops != NULL && why < LAN_DROPS; why++)
        if (row->drops[why])
            fprintf(r->to, "  %" PRIu64 " dropped: %s\n", row->drops[why],
                    lan_drop_text((enum lan_drop)why));
}

static void
add_json(struct report *r, const struct table *t, const struct row *row)
{
    json_t *object = json_object(), *drops = json_object();

    json_object_set_new(object, "name", json_string(row->name));
    for (size_t i = 0; i < t->count; i++)
        json_object_set_new(object, t->figures[i].key,
                            json_integer((json_int_t)value_of(row, &t->figures[i])));
    for (int why = 1; row->drops != NULL && why < LAN_DROPS; why++)
        if (row->drops[why])
            json_object_set_new(drops, lan_drop_text((enum lan_drop)why),
                                json_integer((json_int_t)row->drops[why]));
    if (row->drops != NULL)
        json_object_set(object, "drops", drops);
    json_decref(drops);
    json_array_append_new(r->rows, object);
}

static void
put(struct report *r, const struct row *row)
{
    const struct table *t = &tables[r->kind];

    if (is_idle(row, t))
        return;
    if (r->json != NULL)
        add_json(r, t, row);
    else
        print_row(r, t, row);
}

/* ---- rows of a chassis ----------------------------------------------------------- */

/* There are several chassis of one description. */
static bool
is_counted(struct lab *lab)
{
    struct chassis_unit *unit;

    for (uint32_t n = 0; (unit = lab_unit(lab, n)) != NULL; n++)
        if (chassis_unit_index(unit) > 0)
            return true;
    return false;
}

/* The name of a thing in a chassis: twin/20h, rack-3/lan1. */
static void
name_row(struct report *r, struct chassis_unit *unit, struct row *row, const char *thing)
{
    const char *machine = chassis_unit_description(unit)->name;

    if (is_counted(r->lab))
        (void)snprintf(row->name, sizeof row->name, "%.28s-%u/%s", machine,
                       (unsigned)chassis_unit_index(unit) + 1, thing);
    else
        (void)snprintf(row->name, sizeof row->name, "%.32s/%s", machine, thing);
}

static void
put_bus(struct report *r, struct chassis_unit *unit, struct medium *m)
{
    struct bus_counts counts = { .wire = *medium_stats(m) };
    struct row row = { .counts = &counts };
    char thing[BUS_NAME_SIZE];

    memcpy(counts.fates, medium_link(m)->by_fate, sizeof counts.fates);
    if (r->now)
        counts.percent_100 =
            (uint64_t)((double)counts.wire.busy * 10000.0 / (double)r->now);
    name_row(r, unit, &row, bus_name(medium_config(m)->number, thing));
    put(r, &row);
}

static void
put_buses(struct report *r, struct chassis_unit *unit)
{
    for (uint32_t n = 0; n < chassis_unit_bus_count(unit); n++)
        put_bus(r, unit, chassis_unit_nth_bus(unit, n));
}

/* One row: of a controller, or of what it is on one of its buses. */
static void
put_mc_row(struct report *r, struct chassis_unit *unit, const struct mc *mc,
           const char *where, const void *counts)
{
    struct row row = { .counts = counts };
    char thing[32];

    (void)snprintf(thing, sizeof thing, "%02xh%s%s", machine_id(mc_machine(mc)),
                   where ? "/" : "", where ? where : "");
    name_row(r, unit, &row, thing);
    if (counts != NULL)
        put(r, &row);
}

/* A port's nodes; in a chassis with one bus that goes without saying. */
static void
put_nodes(struct report *r, struct chassis_unit *unit, const struct mc *mc,
          const struct ipmb_port *port)
{
    bool one = chassis_unit_bus_count(unit) == 1;
    char name[BUS_NAME_SIZE];
    struct medium *m;

    for (unsigned n = 0; port != NULL && (m = ipmb_port_way(port, n)) != NULL; n++)
        put_mc_row(r, unit, mc, one ? NULL : bus_name(medium_config(m)->number, name),
                   medium_node_stats(m, ipmb_port_address(port)));
}

static void
put_ports(struct report *r, struct chassis_unit *unit, const struct mc *mc)
{
    char where[16];

    for (uint8_t channel = 0; channel < CHANNELS; channel++) {
        const struct ipmb_port *port = mc_port(mc, channel);

        (void)snprintf(where, sizeof where, "channel%u", channel);
        if (port != NULL)
            put_mc_row(r, unit, mc, channel ? where : NULL, ipmb_port_stats(port));
    }
}

static void
put_mc(struct report *r, struct chassis_unit *unit, const struct mc *mc)
{
    struct mc_stats counts = mc_stats(mc);

    if (r->kind == KIND_PORT)
        put_ports(r, unit, mc);
    else if (r->kind == KIND_NODE)
        for (uint8_t channel = 0; channel < CHANNELS; channel++)
            put_nodes(r, unit, mc, mc_port(mc, channel));
    else
        put_mc_row(r, unit, mc, NULL, &counts);
}

static void
put_lan(struct report *r, struct chassis_unit *unit, uint32_t n)
{
    struct lan *lan = chassis_unit_lan(unit, n);
    struct lan_counts counts = {
        .lan = *lan_stats(lan),
        .lost_in = lan_link(lan, TAP_TO_BMC)->by_fate[FATE_LOST],
        .lost_out = lan_link(lan, TAP_FROM_BMC)->by_fate[FATE_LOST],
        .sessions = lan_session_count(lan),
    };
    struct row row = { .counts = &counts, .drops = counts.lan.dropped };
    char thing[16];

    for (int why = 1; why < LAN_DROPS; why++)
        counts.drops += counts.lan.dropped[why];
    (void)snprintf(thing, sizeof thing, "lan%u", chassis_unit_lan_facts(unit, n)->channel);
    name_row(r, unit, &row, thing);
    put(r, &row);
}

/* A segment stands with the first chassis that is on it. */
static void
put_icmb(struct report *r, struct chassis_unit *unit)
{
    struct segment *s = chassis_unit_icmb(unit);
    struct row row = { 0 };

    if (s == NULL || segment_world(s, 0) != chassis_unit_world(unit))
        return;
    row.counts = segment_stats(s);
    (void)snprintf(row.name, sizeof row.name, "%s", segment_name(s));
    put(r, &row);
}

static void
put_unit(struct report *r, struct chassis_unit *unit)
{
    struct mc *mc;

    if (r->kind == KIND_BUS)
        put_buses(r, unit);
    else if (r->kind == KIND_ICMB)
        put_icmb(r, unit);
    else if (r->kind == KIND_LAN)
        for (uint32_t n = 0; chassis_unit_lan(unit, n) != NULL; n++)
            put_lan(r, unit, n);
    else
        for (uint32_t n = 0; (mc = chassis_unit_nth_mc(unit, n)) != NULL; n++)
            put_mc(r, unit, mc);
}

/* ---- the whole ----------------------------------------------------------------------- */

static void
put_table(struct report *r, enum kind kind)
{
    struct chassis_unit *unit;

    r->kind = kind;
    r->begun = false;
    r->rows = r->json != NULL ? json_array() : NULL;
    for (uint32_t n = 0; (unit = lab_unit(r->lab, n)) != NULL; n++)
        put_unit(r, unit);
    if (r->json != NULL)
        json_object_set_new(r->json, tables[kind].key, r->rows);
}

/* One line, whatever is in it. */
static void
write_json(json_t *stats, FILE *to)
{
    json_t *whole = json_pack("{s:O}", "stats", stats);
    char *text = json_dumps(whole, JSON_COMPACT);

    if (text != NULL)
        fprintf(to, "%s\n", text);
    free(text);
    json_decref(whole);
}

void
stats_print(struct lab *lab, instant now, bool json, FILE *to)
{
    struct report r = { .lab = lab, .now = now, .to = to };

    if (json)
        r.json = json_pack("{s:I}", "at_ns", (json_int_t)now);
    else
        fprintf(to, "statistics after %.3f s\n", (double)now / NS_PER_S);
    for (int kind = 0; kind < KINDS; kind++)
        put_table(&r, (enum kind)kind);
    if (json)
        write_json(r.json, to);
    json_decref(r.json);
    fflush(to);
}

/* ---- at a signal ------------------------------------------------------------------------ */

struct stats_signal {
    uv_signal_t signal;
    struct loop *loop;
    bool json;
};

static void
on_signal(uv_signal_t *signal, int number)
{
    struct stats_signal *s = signal->data;

    (void)number;
    stats_print(loop_lab(s->loop), loop_now(s->loop), s->json, stdout);
}

enum status
stats_on_signal(struct loop *loop, bool json, struct stats_signal **out)
{
    struct stats_signal *s = calloc(1, sizeof *s);

    if (s == NULL)
        return ST_NOMEM;
    s->loop = loop;
    s->json = json;
    s->signal.data = s;
    uv_signal_init(loop_uv(loop), &s->signal);
    if (uv_signal_start(&s->signal, on_signal, SIGUSR1) != 0) {
        /* loop_free() still closes the handle, which must be there until then */
        *out = s;
        return ST_IO;
    }
    *out = s;
    return ST_OK;
}

void
stats_signal_free(struct stats_signal *s)
{
    free(s);
}
