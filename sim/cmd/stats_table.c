#include "sim/cmd/stats_table.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#define WIDTH_MIN 8

/* ---- figures ---- */

#define WIRE(m) offsetof(struct bus_counts, wire.m)
#define FATE(f) (offsetof(struct bus_counts, fates) + (f) * sizeof(uint64_t))

static const struct stats_figure bus_figures[] = {
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

static const struct stats_figure node_figures[] = {
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

static const struct stats_figure port_figures[] = {
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

static const struct stats_figure bridge_figures[] = {
    { "sent", "sent", BRIDGE(bridged) },
    { "answered", "answered", BRIDGE(bridge_answered) },
    { "expired", "expired", BRIDGE(bridge_expired) },
    { "refused", "refused", BRIDGE(bridge_refused) },
    { "queued", "queued", BRIDGE(queued) },
    { "queue_dropped", "q-dropped", BRIDGE(queue_dropped) },
    { "events_dropped", "ev-dropped", BRIDGE(events_dropped) },
};

#define LAN(m) offsetof(struct lan_counts, m)

static const struct stats_figure lan_figures[] = {
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

static const struct stats_figure icmb_figures[] = {
    { "frames", "frames", offsetof(struct segment_stats, frames) },
    { "octets", "octets", offsetof(struct segment_stats, octets) },
    { "lost", "lost", offsetof(struct segment_stats, lost) },
};

#define FIGURES(a) a, sizeof a / sizeof a[0]

const struct stats_table stats_tables[KINDS] = {
    [KIND_BUS] = { "ipmb", "IPMB", FIGURES(bus_figures) },
    [KIND_NODE] = { "nodes", "at its wire", FIGURES(node_figures) },
    [KIND_PORT] = { "controllers", "requests on it", FIGURES(port_figures) },
    [KIND_BRIDGE] = { "bridges", "bridging", FIGURES(bridge_figures) },
    [KIND_LAN] = { "lan", "LAN", FIGURES(lan_figures) },
    [KIND_ICMB] = { "icmb", "ICMB", FIGURES(icmb_figures) },
};

static uint64_t
value_of(const struct stats_row *row, const struct stats_figure *f)
{
    uint64_t v;

    memcpy(&v, (const char *)row->counts + f->at, sizeof v);
    return v;
}

/* ---- rows ---- */

static bool
is_idle(const struct stats_row *row, const struct stats_table *t)
{
    for (size_t i = 0; i < t->count; i++)
        if (value_of(row, &t->figures[i]) != 0)
            return false;
    return true;
}

static int
width_of(const struct stats_figure *f)
{
    int len = (int)strlen(f->title);

    return len < WIDTH_MIN ? WIDTH_MIN : len;
}

static void
print_titles(struct stats_report *r, const struct stats_table *t)
{
    fprintf(r->to, "\n%-24s", t->title);
    for (size_t i = 0; i < t->count; i++)
        if (t->figures[i].title != NULL)
            fprintf(r->to, " %*s", width_of(&t->figures[i]), t->figures[i].title);
    fputc('\n', r->to);
    r->begun = true;
}

static void
print_value(struct stats_report *r, const struct stats_figure *f, uint64_t v)
{
    char text[32];

    if (strcmp(f->title, "busy") == 0)
        (void)snprintf(text, sizeof text, "%" PRIu64 ".%02u%%", v / 100, (unsigned)(v % 100));
    else
        (void)snprintf(text, sizeof text, "%" PRIu64, v);
    fprintf(r->to, " %*s", width_of(f), text);
}

static void
print_row(struct stats_report *r, const struct stats_table *t, const struct stats_row *row)
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
add_json(struct stats_report *r, const struct stats_table *t, const struct stats_row *row)
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

void
stats_put(struct stats_report *r, const struct stats_row *row)
{
    const struct stats_table *t = &stats_tables[r->kind];

    if (is_idle(row, t))
        return;
    if (r->json != NULL)
        add_json(r, t, row);
    else
        print_row(r, t, row);
}
