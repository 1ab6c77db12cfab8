#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/cmd/commands.h"
#include "sim/cmd/load.h"
#include "sim/cmd/options.h"
#include "sim/cmd/rack.h"
#include "sim/cmd/sources.h"
#include "sim/cmd/stats.h"
#include "sim/io/addr.h"

#define COUNT_MAX 100000
#define SENSORS_MS_MIN 10

struct serve {
    uint64_t count, port, seed, trap_port;
    bool json, quiet, stats;
    const char *address, *trace, *trace_ports, *state, *entropy, *port_text, *sensors;
    struct option_texts users, faults;
    struct machine_sensor_dir dir;   /* of sensors */
    char *dir_path;
};

/* A name for one BMC: its machine's, with a number when there are several,
 * and the controller's address when it is not the BMC at 20h. */
static const char *
bmc_name(const struct serve *sv, const struct rack_endpoint *e, char *to, size_t size)
{
    const struct description *d = chassis_unit_description(e->unit);
    int n = snprintf(to, size, "%s", d->name);

    if (sv->count > 1)
        n += snprintf(to + n, size - (size_t)n, "-%u", chassis_unit_index(e->unit) + 1);
    if (e->mc != d->bmc_address)
        snprintf(to + n, size - (size_t)n, "/%02xh", e->mc);
    return to;
}

static void
print_json(const char *name, const char *host, const struct rack_endpoint *e, const char *user)
{
    json_t *line = json_pack("{s:s, s:s, s:i, s:s}", "ready", name, "address", host, "port",
                             (int)e->bound.port, "user", user);
    char *text;

    if (e->secondary.port != 0)
        (void)json_object_set_new(line, "secondary", json_integer(e->secondary.port));
    text = json_dumps(line, JSON_COMPACT);
    if (text != NULL)
        puts(text);
    free(text);
    json_decref(line);
}

static void
print_ready(const struct serve *sv, const struct rack *rack)
{
    for (size_t i = 0; i < rack->endpoint_count; i++) {
        const struct rack_endpoint *e = &rack->endpoints[i];
        char name[96], host[ADDR_TEXT_MAX], user[17];

        bmc_name(sv, e, name, sizeof name);
        addr_host_text(&e->bound, host, sizeof host);
        machine_first_user(chassis_unit_description(e->unit), e->mc, user);
        if (sv->json)
            print_json(name, host, e, user);
        else if (e->secondary.port == 0)
            printf("ready %s %s %u %s\n", name, host, e->bound.port, user);
        else
            printf("ready %s %s %u %s secondary %u\n", name, host, e->bound.port, user,
                   e->secondary.port);
    }
    fflush(stdout);
}

/* Be ready for SIGUSR1 before anybody is told that all is ready. */
static int
run(const struct serve *sv, struct rack *rack)
{
    struct stats_signal *stats = NULL;
    int code;

    if (stats_on_signal(rack->loop, sv->json, &stats) != ST_OK)
        fprintf(stderr, "ipmilab: no statistics at SIGUSR1\n");
    if (!sv->quiet)
        print_ready(sv, rack);
    rack_run(rack);
    if (sv->stats)
        stats_print(rack->lab, loop_now(rack->loop), sv->json, stdout);
    code = rack_close(rack);
    stats_signal_free(stats);
    return code;
}

static int
serve_machines(const struct serve *sv, const struct machines *machines,
               const struct run_facts *facts)
{
    struct rack_opts opts = {
        .machines = machines->at,
        .machine_count = machines->count,
        .count = (uint32_t)sv->count,
        .own_ports = sv->port_text == NULL && sv->count == 1,
        .port = sv->port_text == NULL ? RACK_PORT_DEFAULT : (uint16_t)sv->port,
        .address = sv->address,
        .seed = sv->seed,
        .system_entropy = sv->entropy != NULL && strcmp(sv->entropy, "system") == 0,
        .trace = sv->trace,
        .facts = facts,
        .trap_port = (uint16_t)sv->trap_port,
        .sensors = sv->sensors == NULL ? NULL : &sv->dir,
        .real_ports = sv->trace_ports != NULL && strcmp(sv->trace_ports, "real") == 0,
    };
    struct rack rack;
    int code = rack_open(&opts, &rack);

    if (code >= 0)
        return code;
    return run(sv, &rack);
}

/* A word option takes one of two words. */
static int
check_word(const char *option, const char *given, const char *a, const char *b)
{
    if (given == NULL || strcmp(given, a) == 0 || (b != NULL && strcmp(given, b) == 0))
        return -1;
    fprintf(stderr, "ipmilab: --%s: \"%s\": expected %s%s%s\n", option, given, a,
            b ? " or " : "", b ? b : "");
    return EXIT_USAGE;
}

/* DIR or DIR:MS. A folder whose own name ends so needs a period after it. */
static int
take_sensors(struct serve *sv)
{
    unsigned long long ms = MACHINE_DIR_MS;
    char *colon;

    if (sv->sensors == NULL)
        return -1;
    sv->dir_path = strdup(sv->sensors);
    if (sv->dir_path == NULL)
        return EXIT_LAB;
    colon = strrchr(sv->dir_path, ':');
    if (colon != NULL && colon[1] && colon[1 + strspn(colon + 1, "0123456789")] == '\0') {
        ms = strtoull(colon + 1, NULL, 10);
        *colon = '\0';
    }
    sv->dir = (struct machine_sensor_dir){ .path = sv->dir_path, .period_ms = (uint32_t)ms };
    if (*sv->dir_path != '\0' && ms >= SENSORS_MS_MIN && ms <= UINT32_MAX)
        return -1;
    fprintf(stderr, "ipmilab: --sensors: \"%s\": expected a folder, perhaps with :MS, at least "
            "%d\n", sv->sensors, SENSORS_MS_MIN);
    return EXIT_USAGE;
}

static int
check_options(struct serve *sv)
{
    char *end;
    int code = check_word("state", sv->state, "none", NULL);

    if (code < 0)
        code = check_word("trace-ports", sv->trace_ports, "real", "bmc");
    if (code < 0)
        code = check_word("entropy", sv->entropy, "seed", "system");
    if (code >= 0 || sv->port_text == NULL)
        return code;
    sv->port = strtoull(sv->port_text, &end, 10);
    if (end == sv->port_text || *end || sv->port > 65535) {
        fprintf(stderr, "ipmilab: --port: \"%s\": expected 0 to 65535\n", sv->port_text);
        return EXIT_USAGE;
    }
    return -1;
}

static int
change_machines(const struct serve *sv, struct machines *machines)
{
    int code = -1;

    for (size_t i = 0; code < 0 && i < sv->users.count; i++)
        code = machines_add_user(machines, sv->users.at[i]);
    for (size_t i = 0; code < 0 && i < sv->faults.count; i++)
        code = machines_add_fault(machines, sv->faults.at[i]);
    return code;
}

/* What a trace is to keep of all that the machines are made of. */
static struct run_facts
facts_of(const struct serve *sv, const struct load_opts *load, const struct sources *sources)
{
    return (struct run_facts){
        .files = load->files, .file_count = load->file_count,
        .users = sv->users.at, .user_count = sv->users.count,
        .faults = sv->faults.at, .fault_count = sv->faults.count,
        .texts = sources->texts, .text_count = sources->count,
    };
}

static int
load_and_serve(struct serve *sv, const char *const *files, size_t count)
{
    struct load_opts opts = { .files = files, .file_count = count, .quiet = sv->quiet };
    struct sources sources = { 0 };
    struct machines machines = { 0 };
    struct run_facts facts;
    int code;

    if (sv->trace != NULL && trace_keeps_inputs(sv->trace))
        opts.reader = sources_keep(&sources);
    code = machines_load(&opts, &machines);
    if (code < 0)
        code = change_machines(sv, &machines);
    facts = facts_of(sv, &opts, &sources);
    if (code < 0)
        code = serve_machines(sv, &machines, &facts);
    machines_free(&machines);
    sources_free(&sources);
    return code;
}

int
cmd_serve(int argc, char **argv)
{
    struct serve sv = { .count = 1, .seed = 1 };
    const struct option_row rows[] = {
        { "count", 'n', OPTION_NUMBER, &sv.count, 1, COUNT_MAX, "N",
          "BMCs of each machine; each has GUID, MAC and serials of its own (1)" },
        { "port", 'p', OPTION_TEXT, &sv.port_text, 0, 0, "P",
          "first UDP port, one up for each BMC; 0: any free (as the files say, or 9001)" },
        { "address", 'a', OPTION_TEXT, &sv.address, 0, 0, "A",
          "address to serve at (as the files say, or 127.0.0.1)" },
        { "user", 'u', OPTION_TEXTS, &sv.users, 0, 0, "NAME:PASSWORD",
          "an administrator on every BMC; may be given several times" },
        { "seed", 's', OPTION_NUMBER, &sv.seed, 0, UINT64_MAX, "S",
          "seed of all chance: the same seed and inputs give the same run (1)" },
        { "entropy", 0, OPTION_TEXT, &sv.entropy, 0, 0, "seed|system",
          "where session keys and the like come from (seed)" },
        { "trace", 't', OPTION_TEXT, &sv.trace, 0, 0, "FILE",
          "record all that crosses a link: .pcapng with every bus, else pcap of the LAN" },
        { "trace-ports", 0, OPTION_TEXT, &sv.trace_ports, 0, 0, "bmc|real",
          "show BMCs at their own address and port 623, or where they really are (bmc)" },
        { "sensors", 0, OPTION_TEXT, &sv.sensors, 0, 0, "DIR[:MS]",
          "sensors follow the files of DIR in the manner of Linux's hwmon (every 1000 ms)" },
        { "trap-port", 0, OPTION_NUMBER, &sv.trap_port, 1, 65535, "N",
          "send SNMP traps to port N of an alert destination instead of 162" },
        { "state", 0, OPTION_TEXT, &sv.state, 0, 0, "none",
          "where nonvolatile state is kept; none: in memory, gone at the end" },
        { "fault", 'f', OPTION_TEXTS, &sv.faults, 0, 0, "\"WHERE EFFECT...\"",
          "what goes wrong, such as \"ipmb lose 5%\"; may be given several times" },
        { "stats", 0, OPTION_FLAG, &sv.stats, 0, 0, NULL,
          "print what was counted at the end; SIGUSR1 prints it at any time" },
        { "json", 'j', OPTION_FLAG, &sv.json, 0, 0, NULL, "print ready lines and statistics as JSON" },
        { "quiet", 'q', OPTION_FLAG, &sv.quiet, 0, 0, NULL, "print errors alone" },
    };
    const struct option_set set = {
        "ipmilab serve FILE... [options]",
        "Runs the BMCs that .emu and lan.conf files describe, each on a UDP port of its\n"
        "own, until SIGINT or SIGTERM. One line per BMC says when all are ready.",
        rows, sizeof rows / sizeof rows[0],
    };
    const char **files = calloc((size_t)argc + 1, sizeof *files);
    size_t count;
    int code;

    if (files == NULL)
        return EXIT_LAB;
    code = options_parse(&set, argc, argv, files, &count);
    if (code < 0)
        code = check_options(&sv);
    if (code < 0)
        code = take_sensors(&sv);
    if (code < 0 && count == 0) {
        fprintf(stderr, "ipmilab: serve: no file given\nusage: %s\n", set.usage);
        code = EXIT_USAGE;
    }
    if (code < 0)
        code = load_and_serve(&sv, files, count);
    option_texts_free(&sv.users);
    option_texts_free(&sv.faults);
    free(sv.dir_path);
    free(files);
    return code;
}
