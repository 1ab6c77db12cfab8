#include "sim/cmd/rack.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>

#include "sim/cmd/options.h"
#include "sim/io/addr.h"
#include "sim/io/backing.h"

#define RMCP_PORT 623

#ifndef IPMILAB_VERSION
#define IPMILAB_VERSION "unknown"
#endif

static int
fail(const char *what, enum status st)
{
    fprintf(stderr, "ipmilab: %s: %s\n", what,
            st == ST_IO && errno ? strerror(errno) : status_text(st));
    return EXIT_LAB;
}

/* Thousands of BMCs are thousands of sockets: take all that we may. */
static void
raise_file_limit(void)
{
    struct rlimit lim;

    if (getrlimit(RLIMIT_NOFILE, &lim) == 0 && lim.rlim_cur < lim.rlim_max) {
        lim.rlim_cur = lim.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &lim);
    }
}

static int
open_lab(const struct rack_opts *opts, struct rack *rack)
{
    struct lab_opts lab = { .seed = opts->seed, .backing = backing_files(),
                            .outbox = opts->outbox };
    uint64_t chance;
    enum status st;

    if (opts->system_entropy) {
        if (getrandom(&chance, sizeof chance, 0) != (ssize_t)sizeof chance)
            return fail("entropy", ST_IO);
        lab.system_entropy = true;
        lab.root_key = rng_key_root(chance);
        rack->root = lab.root_key.k;
    }
    st = lab_new(&lab, &rack->lab);
    return st == ST_OK ? -1 : fail("lab", st);
}

static int
add_machines(const struct rack_opts *opts, struct rack *rack)
{
    for (size_t m = 0; m < opts->machine_count; m++) {
        for (uint32_t i = 0; i < opts->count; i++) {
            enum status st = lab_add(rack->lab, opts->machines[m], i, NULL);

            if (st != ST_OK)
                return fail(opts->machines[m]->name, st);
        }
    }
    return -1;
}

static size_t
count_endpoints(const struct rack *rack)
{
    struct chassis_unit *unit;
    size_t count = 0;

    for (uint32_t n = 0; (unit = lab_unit(rack->lab, n)) != NULL; n++)
        for (uint32_t l = 0; chassis_unit_lan(unit, l) != NULL; l++)
            count++;
    return count;
}

/* List the endpoints of all units that have an address or may get one. */
static int
list_endpoints(const struct rack_opts *opts, struct rack *rack)
{
    struct chassis_unit *unit;
    struct mc *mc;

    rack->endpoints = calloc(count_endpoints(rack) + 1, sizeof *rack->endpoints);
    if (rack->endpoints == NULL)
        return fail("endpoints", ST_NOMEM);
    for (uint32_t n = 0; (unit = lab_unit(rack->lab, n)) != NULL; n++)
        for (uint32_t m = 0; (mc = chassis_unit_nth_mc(unit, m)) != NULL; m++)
            for (unsigned l = 0; mc_lan(mc, l) != NULL; l++)
                if (mc_machine(mc)->lans[l].has_address || !opts->only_addressed)
                    rack->endpoints[rack->endpoint_count++] = (struct rack_endpoint){
                        .unit = unit, .lan = mc_lan(mc, l), .mc = mc_address(mc),
                        .facts = &mc_machine(mc)->lans[l],
                    };
    return -1;
}

static int
resolve(const struct rack_opts *opts, const struct rack_endpoint *e, size_t n,
        struct peer *at)
{
    const char *host = opts->address;
    unsigned port = opts->port == 0 ? 0 : opts->port + (unsigned)n;

    if (host == NULL)
        host = e->facts->has_address ? e->facts->host : "127.0.0.1";
    if (opts->own_ports && e->facts->has_address)
        port = e->facts->port;
    if (port > 65535) {
        fprintf(stderr, "ipmilab: there is no port %u: %zu BMCs do not fit above port %u\n",
                port, n + 1, opts->port);
        return EXIT_USAGE;
    }
    if (addr_resolve(host, (uint16_t)port, at) != ST_OK) {
        fprintf(stderr, "ipmilab: address \"%s\": no such host\n", host);
        return EXIT_USAGE;
    }
    return -1;
}

static int
refused(const struct peer *at)
{
    char text[ADDR_TEXT_MAX];
    const char *hint = "";

    if (errno == EADDRINUSE)
        hint = "; another program uses this port: choose one with --port";
    else if (errno == EACCES)
        hint = "; ports below 1024 need a right: choose another with --port";
    else if (errno == EMFILE)
        hint = "; raise the limit of open files (ulimit -n)";
    fprintf(stderr, "ipmilab: cannot serve at %s: %s%s\n",
            addr_text(at, text, sizeof text), strerror(errno), hint);
    return EXIT_LAB;
}

/* What a trace shows as the BMC: its own LAN address and RMCP's port, so
 * that every dissector knows the protocol (at 664 they expect a header of
 * ASF's before it); or where it really is. */
static struct peer
shown(const struct rack_opts *opts, const struct rack_endpoint *e, const struct peer *bound)
{
    struct peer p = *bound;
    const uint8_t *ip = mc_ip(chassis_unit_mc(e->unit, e->mc), e->facts->channel);

    if (opts->real_ports)
        return p;
    p.port = RMCP_PORT;
    if (ip != NULL && p.family == PEER_IPV4)
        memcpy(p.addr, ip, 4);
    return p;
}

static int
open_endpoint(const struct rack_opts *opts, struct rack *rack, size_t n)
{
    struct rack_endpoint *e = &rack->endpoints[n];
    struct peer at, local;
    enum status st;
    int code = resolve(opts, e, n, &at);

    if (code >= 0)
        return code;
    st = udp_hub_open(rack->hub, &(struct udp_end){ .unit = e->unit, .lan = e->lan }, &at,
                      &e->bound, &e->socket);
    if (st != ST_OK)
        return st == ST_IO ? refused(&at) : fail("sockets", st);
    local = e->shown = shown(opts, e, &e->bound);
    lan_set_endpoint(e->lan, e->socket, &local);
    lan_set_port(e->lan, e->bound.port);
    return -1;
}

/* The secondary port of an endpoint that is open; n counts those. */
static int
open_secondary(const struct rack_opts *opts, struct rack *rack, struct rack_endpoint *e,
               size_t n)
{
    struct udp_end end = { .unit = e->unit, .lan = e->lan, .beside = e->socket };
    struct peer at = e->bound, local;
    size_t port = opts->port == 0 ? 0 : opts->port + rack->endpoint_count + n;
    void *socket;
    enum status st;

    if (opts->own_ports)
        port = e->facts->secondary_port;
    if (port > 65535) {
        fprintf(stderr, "ipmilab: there is no port %zu: the secondary ports do not fit above "
                "port %u\n", port, opts->port);
        return EXIT_USAGE;
    }
    at.port = (uint16_t)port;
    st = udp_hub_open(rack->hub, &end, &at, &e->secondary, &socket);
    if (st != ST_OK)
        return st == ST_IO ? refused(&at) : fail("sockets", st);
    local = shown(opts, e, &e->secondary);
    lan_set_secondary(e->lan, &local, e->secondary.port);
    return -1;
}

static int
open_endpoints(const struct rack_opts *opts, struct rack *rack)
{
    size_t secondaries = 0;
    int code = -1;

    for (size_t n = 0; code < 0 && n < rack->endpoint_count; n++)
        code = open_endpoint(opts, rack, n);
    for (size_t n = 0; code < 0 && n < rack->endpoint_count; n++)
        if (rack->endpoints[n].facts->has_secondary)
            code = open_secondary(opts, rack, &rack->endpoints[n], secondaries++);
    return code;
}

static int
open_network(const struct rack_opts *opts, struct rack *rack)
{
    enum status st = loop_new(rack->lab, &rack->loop);

    if (st == ST_OK)
        st = udp_lab_new(rack->loop, &rack->hub);
    if (st == ST_OK)
        udp_hub_set_trap_port(rack->hub, opts->trap_port);
    return st == ST_OK ? open_endpoints(opts, rack) : fail("event loop", st);
}

static enum status
name_chassis(const struct rack_opts *opts, struct rack *rack)
{
    struct chassis_unit *unit;
    enum status st = ST_OK;
    char name[RECORDING_NAME_MAX];

    for (uint32_t n = 0; st == ST_OK && (unit = lab_unit(rack->lab, n)) != NULL; n++)
        st = trace_name(rack->trace, n, recording_name(unit, opts->count, name));
    return st;
}

/* What the run is made of, as a trace keeps it; NULL: not known, or no memory. */
static char *
facts_of(const struct rack_opts *opts, const struct rack *rack)
{
    struct run_facts facts;

    if (opts->facts == NULL)
        return NULL;
    facts = *opts->facts;
    facts.version = IPMILAB_VERSION;
    facts.epoch_s = WORLD_EPOCH_DEFAULT;
    facts.seed = opts->seed;
    facts.system_entropy = opts->system_entropy;
    facts.root = rack->root;
    facts.count = opts->count;
    return run_facts_print(&facts);
}

static void
record_endpoint(const struct rack_opts *opts, struct rack *rack, const struct rack_endpoint *e)
{
    struct peer second;

    recording_endpoint(rack->recording, e->unit, e->lan, &e->shown, e->bound.port);
    if (e->secondary.family == PEER_NONE)
        return;
    second = shown(opts, e, &e->secondary);
    second.secondary = true;
    recording_endpoint(rack->recording, e->unit, e->lan, &second, e->secondary.port);
}

/* Keep what comes in, so that the run can be replayed. */
static enum status
record_inputs(const struct rack_opts *opts, struct rack *rack)
{
    enum status st = recording_new(rack->lab, rack->trace, &rack->recording);

    for (size_t i = 0; st == ST_OK && i < rack->endpoint_count; i++)
        record_endpoint(opts, rack, &rack->endpoints[i]);
    return st;
}

static int
open_trace(const struct rack_opts *opts, struct rack *rack)
{
    char *facts;
    enum status st;

    if (opts->trace == NULL)
        return -1;
    facts = trace_keeps_inputs(opts->trace) ? facts_of(opts, rack) : NULL;
    st = trace_open_run(opts->trace, WORLD_EPOCH_DEFAULT, facts, &rack->trace);
    if (st == ST_FULL) {
        fprintf(stderr, "ipmilab: %s: the machines' files are too long to be kept in it: it "
                "cannot be replayed\n", opts->trace);
        free(facts);
        facts = NULL;
        st = trace_open(opts->trace, WORLD_EPOCH_DEFAULT, &rack->trace);
    }
    if (st == ST_OK)
        st = name_chassis(opts, rack);
    if (st == ST_OK && facts != NULL)
        st = record_inputs(opts, rack);
    free(facts);
    if (st != ST_OK)
        return fail(opts->trace, st);
    rack->trace_path = opts->trace;
    lab_set_tap(rack->lab, trace_tap(rack->trace));
    return -1;
}

/* Bring the lab to the present: what was due is in the trace, and nothing after
 * it. */
static void
end_trace(struct rack *rack)
{
    instant now = rack->loop != NULL ? loop_now(rack->loop) : 0;

    while (!lab_advance(rack->lab, now))
        loop_flush(rack->loop);
    recording_end(rack->recording);
    lab_set_tap(rack->lab, NULL);
}

static void
warn_file(const char *path, const char *why)
{
    fprintf(stderr, "ipmilab: sensor file %s: %s\n", path, why);
}

static void
warn_stream(const char *device, const char *why)
{
    fprintf(stderr, "ipmilab: serial port at %s: %s\n", device, why);
}

static int
start(const struct rack_opts *opts, struct rack *rack)
{
    enum status st = udp_hub_start(rack->hub);

    /* Who hangs up while we write to him must not end us. */
    (void)signal(SIGPIPE, SIG_IGN);

    if (st == ST_OK)
        st = sensor_files_new(rack->loop, warn_file, &rack->files);
    if (st == ST_OK)
        st = sensor_dirs_new(rack->loop, opts->sensors, warn_file, &rack->dirs);
    if (st == ST_OK)
        st = streams_new(rack->loop, warn_stream, &rack->streams);
    if (st == ST_OK)
        st = serial_ports_new(rack->loop, warn_stream, &rack->serials);
    return st == ST_OK ? -1 : fail("start", st);
}

int
rack_open(const struct rack_opts *opts, struct rack *rack)
{
    int code;

    *rack = (struct rack){ 0 };
    raise_file_limit();
    code = open_lab(opts, rack);
    if (code < 0)
        code = add_machines(opts, rack);
    if (code < 0)
        code = list_endpoints(opts, rack);
    if (code < 0)
        code = open_network(opts, rack);
    if (code < 0)
        code = open_trace(opts, rack);
    if (code < 0)
        code = start(opts, rack);
    if (code >= 0)
        (void)rack_close(rack);
    return code;
}

void
rack_run(struct rack *rack)
{
    loop_run(rack->loop);
}

int
rack_close(struct rack *rack)
{
    const char *path = rack->trace_path;
    enum status st = ST_OK;

    if (rack->trace != NULL)
        end_trace(rack);
    serial_ports_free(rack->serials);
    streams_free(rack->streams);
    sensor_dirs_free(rack->dirs);
    sensor_files_free(rack->files);
    udp_lab_free(rack->loop, rack->hub);
    loop_free(rack->loop);
    lab_free(rack->lab);
    if (rack->trace != NULL)
        st = trace_close(rack->trace);
    free(rack->endpoints);
    *rack = (struct rack){ 0 };
    return st == ST_OK ? EXIT_GOOD : fail(path, st);
}
