#include "sim/cmd/stats.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "sim/bus/bus_name.h"
#include "sim/cmd/stats_table.h"

#define NS_PER_S 1e9

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
name_row(struct stats_report *r, struct chassis_unit *unit, struct stats_row *row, const char *thing)
{
    const char *machine = chassis_unit_description(unit)->name;

    if (is_counted(r->lab))
        (void)snprintf(row->name, sizeof row->name, "%.28s-%u/%s", machine,
                       (unsigned)chassis_unit_index(unit) + 1, thing);
    else
        (void)snprintf(row->name, sizeof row->name, "%.32s/%s", machine, thing);
}

static void
put_bus(struct stats_report *r, struct chassis_unit *unit, struct medium *m)
{
    struct bus_counts counts = { .wire = *medium_stats(m) };
    struct stats_row row = { .counts = &counts };
    char thing[BUS_NAME_SIZE];

    memcpy(counts.fates, medium_link(m)->by_fate, sizeof counts.fates);
    if (r->now)
        counts.percent_100 =
            (uint64_t)((double)counts.wire.busy * 10000.0 / (double)r->now);
    name_row(r, unit, &row, bus_name(medium_config(m)->number, thing));
    stats_put(r, &row);
}

static void
put_buses(struct stats_report *r, struct chassis_unit *unit)
{
    for (uint32_t n = 0; n < chassis_unit_bus_count(unit); n++)
        put_bus(r, unit, chassis_unit_nth_bus(unit, n));
}

/* One row: of a controller, or of what it is on one of its buses. */
static void
put_mc_row(struct stats_report *r, struct chassis_unit *unit, const struct mc *mc,
           const char *where, const void *counts)
{
    struct stats_row row = { .counts = counts };
    char thing[32];

    (void)snprintf(thing, sizeof thing, "%02xh%s%s", machine_id(mc_machine(mc)),
                   where ? "/" : "", where ? where : "");
    name_row(r, unit, &row, thing);
    if (counts != NULL)
        stats_put(r, &row);
}

/* A port's nodes; in a chassis with one bus that goes without saying. */
static void
put_nodes(struct stats_report *r, struct chassis_unit *unit, const struct mc *mc,
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
put_ports(struct stats_report *r, struct chassis_unit *unit, const struct mc *mc)
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
put_mc(struct stats_report *r, struct chassis_unit *unit, const struct mc *mc)
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
put_lan(struct stats_report *r, struct chassis_unit *unit, uint32_t n)
{
    struct lan *lan = chassis_unit_lan(unit, n);
    struct lan_counts counts = {
        .lan = *lan_stats(lan),
        .lost_in = lan_link(lan, TAP_TO_BMC)->by_fate[FATE_LOST],
        .lost_out = lan_link(lan, TAP_FROM_BMC)->by_fate[FATE_LOST],
        .sessions = lan_session_count(lan),
    };
    struct stats_row row = { .counts = &counts, .drops = counts.lan.dropped };
    char thing[16];

    for (int why = 1; why < LAN_DROPS; why++)
        counts.drops += counts.lan.dropped[why];
    (void)snprintf(thing, sizeof thing, "lan%u", chassis_unit_lan_facts(unit, n)->channel);
    name_row(r, unit, &row, thing);
    stats_put(r, &row);
}

/* A segment stands with the first chassis that is on it. */
static void
put_icmb(struct stats_report *r, struct chassis_unit *unit)
{
    struct segment *s = chassis_unit_icmb(unit);
    struct stats_row row = { 0 };

    if (s == NULL || segment_world(s, 0) != chassis_unit_world(unit))
        return;
    row.counts = segment_stats(s);
    (void)snprintf(row.name, sizeof row.name, "%s", segment_name(s));
    stats_put(r, &row);
}

static void
put_unit(struct stats_report *r, struct chassis_unit *unit)
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
put_table(struct stats_report *r, enum stats_kind kind)
{
    struct chassis_unit *unit;

    r->kind = kind;
    r->begun = false;
    r->rows = r->json != NULL ? json_array() : NULL;
    for (uint32_t n = 0; (unit = lab_unit(r->lab, n)) != NULL; n++)
        put_unit(r, unit);
    if (r->json != NULL)
        json_object_set_new(r->json, stats_tables[kind].key, r->rows);
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
    struct stats_report r = { .lab = lab, .now = now, .to = to };

    if (json)
        r.json = json_pack("{s:I}", "at_ns", (json_int_t)now);
    else
        fprintf(to, "statistics after %.3f s\n", (double)now / NS_PER_S);
    for (int kind = 0; kind < KINDS; kind++)
        put_table(&r, (enum stats_kind)kind);
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
