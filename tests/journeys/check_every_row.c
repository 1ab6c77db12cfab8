/*
 * Every command row against what it promises, on every controller of the
 * shipped machines (and of one that has everything) that has the command: too
 * little privilege is D4h, a wrong length C7h, a LUN that is not ours C2h,
 * what is not there C1h, and the controller is as it was afterwards; enough
 * privilege and every length in range get to the handler. The rows of each
 * vendor's profile are tried likewise, on a server that has it alone.
 *
 * Whether the gate let a request by is told by its counters, not by the
 * completion code, which is the handler's then. A request that is let by is
 * made to a lab of its own: it may do anything.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "emu/emu.h"
#include "sim/lab/lab.h"
#include "sim/mc/mc_parts.h"
#include "sim/oem/profiles.h"
#include "tests/lib/run.h"

#define MCS_MAX      8
#define SNAPSHOT_MAX 16384
#define IANA_LEN     3
#define SENSORS      12 /* of a controller, looked at for changes */

/* Descriptions, from the top of the tree; the last has all there is. */
static const char *const names[] = {
    "emu/machines/server-1u", "emu/machines/server-2s",    "emu/machines/twin",
    "emu/machines/shelf",     "tests/data/emu/everything",
};
#define MACHINES (sizeof names / sizeof names[0])

static struct description *machines[MACHINES];
static struct command_set *commands;

/* A lab with one chassis, and the last answer of it. */
static struct lab *lab;
static struct chassis_unit *unit;
static unsigned answers;
static uint8_t last_cc;
static uint8_t last_data[IPMI_DATA_MAX];
static size_t last_len;
static uint64_t accepted, refused;

/* ---- labs ---- */

static void
load(void)
{
    const char *top = getenv("SRCDIR");

    for (size_t i = 0; i < MACHINES; i++) {
        struct description **loaded;
        struct diags diags;
        char path[4096];
        const char *files[] = { path };
        size_t n;

        snprintf(path, sizeof path, "%s/%s.emu", top ? top : ".", names[i]);
        diags_init(&diags);
        ck_assert_msg(emu_load(files, 1, NULL, &diags, &loaded, &n) == ST_OK, "%s", path);
        diags_free(&diags);
        machines[i] = loaded[0];
        free(loaded);
    }
}

static void
setup(void)
{
    const struct command_table *const *tables;
    size_t count;

    load();
    tables = mc_command_tables(&count);
    ck_assert(command_set_new(tables, count, &commands) == ST_OK);
}

static void
teardown(void)
{
    command_set_free(commands);
    for (size_t i = 0; i < MACHINES; i++)
        description_unref(machines[i]);
}

static void
begin(size_t machine)
{
    struct lab_opts opts = { .seed = 1 };

    ck_assert(lab_new(&opts, &lab) == ST_OK);
    ck_assert(lab_add(lab, machines[machine], 0, &unit) == ST_OK);
}

static void
end(void)
{
    lab_free(lab);
}

static struct mc *
counted(uint32_t n)
{
    struct mc *mc = chassis_unit_nth_mc(unit, n);

    if (mc != NULL) {
        mc->gate.accepted = &accepted;
        mc->gate.refused = &refused;
    }
    return mc;
}

/* ---- asking ---- */

static void
keep(void *ctx, const struct ipmi_origin *o, uint8_t cc, struct bytes data)
{
    (void)ctx;
    (void)o;
    answers++;
    last_cc = cc;
    last_len = data.len;
    if (data.len)
        memcpy(last_data, data.at, data.len);
}

static void
ask(struct mc *mc, uint8_t privilege, uint8_t netfn, uint8_t lun, uint8_t cmd,
    struct bytes data)
{
    struct ipmi_req rq = {
        .from = { .answer = keep,
                  .channel = 1,
                  .rs_addr = mc_address(mc),
                  .rq_addr = 0x81,
                  .netfn = netfn,
                  .cmd = cmd },
        .privilege = privilege,
        .netfn = netfn,
        .lun = lun,
        .cmd = cmd,
        .data = rd_of(data),
    };

    if (privilege == PRIV_SYSTEM)
        rq.from.channel = CHANNEL_SYSTEM;
    answers = 0;
    mc_request(mc, &rq);
    outbox_clear(lab_outbox(lab));
}

/* A row's request: len octets in all, those of its id first, then zeros. */
struct wanted {
    const struct command *row;
    const struct command_table *table;
    uint8_t data[IPMI_DATA_MAX];
};

static size_t
id_length(const struct command *row, const struct command_table *table)
{
    if (row->netfn == NETFN_GROUP)
        return 1;
    return row->netfn == NETFN_OEM && table->id != COMMAND_NO_IANA ? IANA_LEN : 0;
}

static struct wanted
wanted_of(const struct command *row, const struct command_table *table)
{
    struct wanted w = { .row = row, .table = table };

    if (id_length(row, table))
        for (unsigned i = 0; i < IANA_LEN; i++)
            w.data[i] = (uint8_t)(table->id >> 8 * i);
    return w;
}

static void
ask_row(struct mc *mc, const struct wanted *w, uint8_t privilege, uint8_t lun, size_t len)
{
    ask(mc, privilege, w->row->netfn, lun, w->row->cmd, bytes_of(w->data, len));
}

/* One who may: everyone may ask some things, software on the system
 * interface all. */
static uint8_t
privilege_of(const struct command *row)
{
    if (command_needs(row) == NEEDS_NOTHING)
        return PRIV_NONE;
    if (command_needs(row) == NEEDS_HANDLER)
        return PRIV_ADMIN;
    return command_needs(row);
}

static bool
has(const struct mc *mc, const struct command *row)
{
    return (row->group & ~mc->gate.groups) == 0;
}

/* Of a controller where something in front answers the command instead. */
static bool
is_hidden(const struct mc *mc, const struct wanted *w)
{
    const struct command *first =
        command_gate_find(&mc->gate, w->row->netfn, w->row->cmd, w->table->id);

    return first != NULL && first != w->row;
}

/* ---- what can be seen of a controller ---- */

struct view {
    uint8_t netfn, cmd, len;
    uint8_t data[4];
};

static const struct view views[] = {
    { NETFN_APP, 0x01, 0, { 0 } },          /* Get Device ID */
    { NETFN_APP, 0x04, 0, { 0 } },          /* Get Self Test Results */
    { NETFN_APP, 0x07, 0, { 0 } },          /* Get ACPI Power State */
    { NETFN_APP, 0x25, 0, { 0 } },          /* Get Watchdog Timer */
    { NETFN_APP, 0x2f, 0, { 0 } },          /* Get BMC Global Enables */
    { NETFN_APP, 0x31, 0, { 0 } },          /* Get Message Flags */
    { NETFN_APP, 0x3d, 1, { 0 } },          /* Get Session Info */
    { NETFN_APP, 0x41, 2, { 0x01, 0x40 } }, /* Get Channel Access */
    { NETFN_APP, 0x41, 2, { 0x01, 0x80 } },
    { NETFN_APP, 0x4b, 1, { 0x01 } },                /* Get Payload Activation Status */
    { NETFN_CHASSIS, 0x00, 0, { 0 } },               /* Get Chassis Capabilities */
    { NETFN_CHASSIS, 0x01, 0, { 0 } },               /* Get Chassis Status */
    { NETFN_CHASSIS, 0x07, 0, { 0 } },               /* Get System Restart Cause */
    { NETFN_CHASSIS, 0x0f, 0, { 0 } },               /* Get POH Counter */
    { NETFN_SENSOR, 0x01, 0, { 0 } },                /* Get Event Receiver */
    { NETFN_SENSOR, 0x10, 0, { 0 } },                /* Get PEF Capabilities */
    { NETFN_SENSOR, 0x15, 0, { 0 } },                /* Get Last Processed Event ID */
    { NETFN_SENSOR, 0x20, 1, { 0x01 } },             /* Get Device SDR Info */
    { NETFN_STORAGE, 0x10, 1, { 0x00 } },            /* Get FRU Inventory Area Info */
    { NETFN_STORAGE, 0x11, 4, { 0x00, 0, 0, 16 } },  /* Read FRU Data */
    { NETFN_STORAGE, 0x20, 0, { 0 } },               /* Get SDR Repository Info */
    { NETFN_STORAGE, 0x28, 0, { 0 } },               /* Get SDR Repository Time */
    { NETFN_STORAGE, 0x40, 0, { 0 } },               /* Get SEL Info */
    { NETFN_STORAGE, 0x48, 0, { 0 } },               /* Get SEL Time */
    { NETFN_STORAGE, 0x5c, 0, { 0 } },               /* Get SEL Time UTC Offset */
    { NETFN_STORAGE, 0x5a, 1, { 0x00 } },            /* Get Auxiliary Log Status */
    { NETFN_TRANSPORT, 0x04, 2, { 0x01, 0x00 } },    /* Get IP/UDP/RMCP Statistics */
    { NETFN_GROUP, 0x03, 1, { GROUP_DCMI } },        /* Get Power Limit */
    { NETFN_GROUP, 0x06, 3, { GROUP_DCMI, 0, 16 } }, /* Get Asset Tag */
    { NETFN_GROUP, 0x00, 1, { GROUP_PICMG } },       /* Get PICMG Properties */
    { NETFN_GROUP, 0x0b, 2, { GROUP_PICMG, 0 } },    /* Get FRU Activation Policy */
    { NETFN_GROUP, 0x08, 3, { GROUP_PICMG, 0, 0 } }, /* Get FRU LED State */
};

/* The same with a number in one octet, from first to last. */
static const struct sweep {
    struct view view;
    uint8_t at, first, last;
} sweeps[] = {
    { { NETFN_APP, 0x44, 2, { 0x01, 0 } }, 1, 1, 5 },           /* Get User Access */
    { { NETFN_APP, 0x46, 1, { 0 } }, 0, 1, 5 },                 /* Get User Name */
    { { NETFN_APP, 0x59, 4, { 0, 0, 0, 0 } }, 1, 0, 5 },        /* Get System Info */
    { { NETFN_CHASSIS, 0x09, 3, { 0 } }, 0, 0, 7 },             /* Get Boot Options */
    { { NETFN_SENSOR, 0x13, 3, { 0, 1, 0 } }, 0, 0, 15 },       /* Get PEF Parameters */
    { { NETFN_TRANSPORT, 0x02, 4, { 1, 0, 1, 0 } }, 1, 0, 26 }, /* Get LAN Parameters */
    { { NETFN_TRANSPORT, 0x22, 4, { 1, 0, 0, 0 } }, 1, 0, 8 },  /* Get SOL Parameters */
};

/* Sensor commands: hysteresis, thresholds, enables, status, reading, type. */
static const uint8_t of_sensor[] = { 0x25, 0x27, 0x29, 0x2b, 0x2d, 0x2f };

struct snapshot {
    size_t len;
    uint8_t octets[SNAPSHOT_MAX];
};

static void
look(struct mc *mc, const struct view *v, uint8_t lun, struct snapshot *s)
{
    last_len = 0;
    last_cc = 0;
    ask(mc, PRIV_SYSTEM, v->netfn, lun, v->cmd, bytes_of(v->data, v->len));
    ck_assert_uint_le(s->len + last_len + 1, sizeof s->octets);
    s->octets[s->len++] = last_cc;
    memcpy(s->octets + s->len, last_data, last_len);
    s->len += last_len;
}

static void
take(struct mc *mc, struct snapshot *s)
{
    const struct machine_mc *m = mc_machine(mc);

    s->len = 0;
    for (size_t i = 0; i < sizeof views / sizeof views[0]; i++)
        look(mc, &views[i], 0, s);
    for (size_t i = 0; i < sizeof sweeps / sizeof sweeps[0]; i++)
        for (unsigned n = sweeps[i].first; n <= sweeps[i].last; n++) {
            struct view v = sweeps[i].view;

            v.data[sweeps[i].at] = (uint8_t)n;
            look(mc, &v, 0, s);
        }
    for (uint32_t i = 0; i < m->sensor_count && i < SENSORS; i++)
        for (size_t c = 0; c < sizeof of_sensor; c++) {
            /* Hysteresis takes a mask octet more. */
            struct view v = { NETFN_SENSOR,
                              of_sensor[c],
                              of_sensor[c] == 0x25 ? 2 : 1,
                              { m->sensors[i].number, 0xff } };

            look(mc, &v, m->sensors[i].lun, s);
        }
}

static struct snapshot before, after;

static void
unchanged(struct mc *mc, const char *machine, const struct command *row, const char *what)
{
    take(mc, &after);
    ck_assert_msg(
        before.len == after.len && memcmp(before.octets, after.octets, before.len) == 0,
        "%s %02Xh: %s: %s: something changed", machine, mc_address(mc), row->name, what);
}

/* ---- refusals ---- */

static void
refuses(struct mc *mc, const char *machine, const struct wanted *w, uint8_t privilege,
        uint8_t lun, size_t len, enum ipmi_cc cc, const char *what)
{
    uint64_t let_by = accepted;

    ask_row(mc, w, privilege, lun, len);
    ck_assert_msg(answers == 1 && last_cc == cc && accepted == let_by,
                  "%s %02Xh: %s: %s: answered %u times, %02Xh, expected %02Xh", machine,
                  mc_address(mc), w->row->name, what, answers, last_cc, (unsigned)cc);
    unchanged(mc, machine, w->row, what);
}

static void
refuses_the_unprivileged(struct mc *mc, const char *machine, const struct wanted *w)
{
    static const uint8_t levels[] = { PRIV_NONE, PRIV_CALLBACK, PRIV_USER, PRIV_OPERATOR,
                                      PRIV_ADMIN };
    uint8_t needs = command_needs(w->row);

    if (needs == NEEDS_HANDLER)
        return;
    for (size_t i = 0; i < sizeof levels; i++)
        if (levels[i] < needs)
            refuses(mc, machine, w, levels[i], 0, w->row->len_min, CC_PRIVILEGE,
                    "too little privilege");
    if (needs != NEEDS_NOTHING)
        refuses(mc, machine, w, PRIV_NO_ACCESS, 0, w->row->len_min, CC_PRIVILEGE,
                "no access");
}

static void
refuses_other_lengths(struct mc *mc, const char *machine, const struct wanted *w)
{
    uint8_t privilege = privilege_of(w->row);

    if (w->row->len_min > 0)
        refuses(mc, machine, w, privilege, 0, w->row->len_min - 1u, CC_LENGTH,
                "an octet too few");
    if (w->row->len_max != LEN_ANY)
        refuses(mc, machine, w, privilege, 0, w->row->len_max + 1u, CC_LENGTH,
                "an octet too many");
}

static void
refuses_row(struct mc *mc, const char *machine, const struct wanted *w)
{
    const struct command *row = w->row;

    if (!has(mc, row)) {
        refuses(mc, machine, w, PRIV_SYSTEM, 0, row->len_min, CC_INVALID_COMMAND,
                "not of this machine");
        return;
    }
    refuses_the_unprivileged(mc, machine, w);
    refuses_other_lengths(mc, machine, w);
    if (row->netfn != NETFN_SENSOR && row->netfn < NETFN_OEM)
        refuses(mc, machine, w, privilege_of(row), 1, row->len_min, CC_INVALID_LUN,
                "a LUN that is not ours");
}

START_TEST(refuses_and_changes_nothing)
{
    const struct command_table *table;
    const struct command *row;
    struct mc *mc;

    begin((size_t)_i);
    for (uint32_t n = 0; (mc = counted(n)) != NULL; n++) {
        take(mc, &before);
        for (size_t i = 0; (row = command_nth(commands, i, &table)) != NULL; i++) {
            struct wanted w = wanted_of(row, table);

            if (!is_hidden(mc, &w))
                refuses_row(mc, names[_i], &w);
        }
    }
    end();
}
END_TEST

/* ---- what is not there ---- */

static void
has_no(struct mc *mc, unsigned netfn, unsigned cmd, uint32_t id)
{
    uint8_t data[IANA_LEN] = { (uint8_t)id, (uint8_t)(id >> 8), (uint8_t)(id >> 16) };
    size_t len = netfn == NETFN_GROUP ? 1 : netfn == NETFN_OEM ? IANA_LEN : 0;

    if (command_gate_find(&mc->gate, netfn, cmd, id) != NULL)
        return;
    if (netfn == NETFN_OEM && command_gate_find(&mc->gate, netfn, cmd, COMMAND_NO_IANA) != NULL)
        return;
    ask(mc, PRIV_SYSTEM, (uint8_t)netfn, 0, (uint8_t)cmd, bytes_of(data, len));
    ck_assert_msg(answers == 1 && last_cc == CC_INVALID_COMMAND,
                  "netfn %02Xh id %06Xh cmd %02Xh: answered %u times, %02Xh", netfn,
                  (unsigned)id, cmd, answers, last_cc);
}

START_TEST(has_no_other_commands)
{
    static const uint32_t ids[] = { 0x00, 0x01, 0x02, 0x03, 0x52, GROUP_DCMI, 0xff };
    struct mc *mc;

    begin((size_t)_i);
    for (uint32_t n = 0; (mc = counted(n)) != NULL; n++) {
        take(mc, &before);
        for (unsigned cmd = 0; cmd <= 0xff; cmd++)
            for (unsigned netfn = 0; netfn < 0x40; netfn += 2)
                if (netfn != NETFN_GROUP)
                    has_no(mc, netfn, cmd, 0);
        for (unsigned cmd = 0; cmd <= 0xff; cmd++)
            for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
                has_no(mc, NETFN_GROUP, cmd, ids[i]);
        take(mc, &after);
        ck_assert_uint_eq(before.len, after.len);
        ck_assert_mem_eq(before.octets, after.octets, before.len);
    }
    end();
}
END_TEST

/* ---- what is let by ---- */

/* The machine and controller that a row is tried on; false: none has it. */
static bool
find_home(const struct command *row, size_t *machine, uint32_t *n)
{
    for (*machine = 0; *machine < MACHINES; ++*machine) {
        struct mc *mc;
        bool found = false;

        begin(*machine);
        for (*n = 0; !found && (mc = counted(*n)) != NULL; ++*n)
            found = has(mc, row);
        --*n;
        end();
        if (found)
            return true;
    }
    return false;
}

/* Commands whose handler wants more privilege for some of what it can do:
 * Send Message to other channels than the system interface. */
static bool
may_want_more(const struct command *row)
{
    return row->netfn == NETFN_APP && row->cmd == 0x34;
}

static void
lets_by(size_t machine, uint32_t n, const struct wanted *w, uint8_t privilege, size_t len)
{
    const struct command *row = w->row;
    uint64_t let_by = accepted;
    struct mc *mc;

    begin(machine);
    mc = counted(n);
    ask_row(mc, w, privilege, 0, len);
    ck_assert_msg(accepted == let_by + 1,
                  "%s: privilege %u, %zu octets: refused with %02Xh", row->name,
                  privilege, len, last_cc);
    ck_assert_msg(answers == 0 || last_cc != CC_PRIVILEGE || may_want_more(row),
                  "%s: privilege %u: answered D4h", row->name, privilege);
    ck_assert_uint_le(answers, 1);
    end();
}

START_TEST(lets_by_what_it_should)
{
    const struct command_table *table;
    const struct command *row;

    for (size_t i = 0; (row = command_nth(commands, i, &table)) != NULL; i++) {
        struct wanted w = wanted_of(row, table);
        size_t longest = row->len_max == LEN_ANY ? IPMI_DATA_MAX / 2 : row->len_max;
        size_t machine;
        uint32_t n;

        ck_assert_msg(row->len_min >= id_length(row, table), "%s: shorter than its id",
                      row->name);
        ck_assert_msg(find_home(row, &machine, &n), "%s: no controller has it",
                      row->name);
        lets_by(machine, n, &w, privilege_of(row), row->len_min);
        lets_by(machine, n, &w, privilege_of(row), longest);
        lets_by(machine, n, &w, PRIV_SYSTEM, row->len_min);
    }
}
END_TEST

/* ---- profiles ---- */

#define PROFILES_MAX 32   /* more than there are */
#define HOME 1            /* the machine that gets one */

/* A server that has the n-th profile alone; NULL past the last. */
static const struct oem_profile *
begin_with_profile(size_t n)
{
    const struct oem_profile *profile = oem_profile_nth(n);
    struct machine_mc *bmc = description_find_mc(machines[HOME], BMC_ADDRESS);

    bmc->profiles[0] = profile;
    begin(HOME);
    return profile;
}

static void
lets_by_profile_row(struct mc *mc, const struct wanted *w, uint8_t privilege, size_t len)
{
    uint64_t let_by = accepted;

    ask_row(mc, w, privilege, 0, len);
    ck_assert_msg(accepted == let_by + 1, "%s %02Xh: %zu octets: refused with %02Xh",
                  w->row->name, w->row->cmd, len, last_cc);
    ck_assert_uint_le(answers, 1);
}

static void
tries_profile_row(size_t n, const struct wanted *w)
{
    const struct command *row = w->row;
    size_t longest = row->len_max == LEN_ANY ? IPMI_DATA_MAX / 2 : row->len_max;

    (void)begin_with_profile(n);
    ck_assert_msg(row->len_min >= id_length(row, w->table), "%s: shorter than its id",
                  row->name);
    take(counted(0), &before);
    refuses_row(counted(0), oem_profile_nth(n)->name, w);
    lets_by_profile_row(counted(0), w, privilege_of(row), row->len_min);
    end();
    (void)begin_with_profile(n);
    lets_by_profile_row(counted(0), w, PRIV_SYSTEM, longest);
    end();
}

START_TEST(tries_every_row_of_a_profile)
{
    const struct oem_profile *profile = oem_profile_nth((size_t)_i);
    struct command_set *set;
    const struct command_table *table;
    const struct command *row;

    if (profile == NULL)
        return;
    ck_assert(command_set_new(profile->tables, profile->table_count, &set) == ST_OK);
    for (size_t i = 0; (row = command_nth(set, i, &table)) != NULL; i++) {
        struct wanted w = wanted_of(row, table);

        tries_profile_row((size_t)_i, &w);
    }
    command_set_free(set);
}
END_TEST

START_TEST(knows_that_many_profiles)
{
    ck_assert(oem_profile_nth(PROFILES_MAX) == NULL);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("every row", &t);

    tcase_add_unchecked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, refuses_and_changes_nothing, 0, (int)MACHINES);
    tcase_add_loop_test(t, has_no_other_commands, 0, (int)MACHINES);
    tcase_add_test(t, lets_by_what_it_should);
    tcase_add_loop_test(t, tries_every_row_of_a_profile, 0, PROFILES_MAX);
    tcase_add_test(t, knows_that_many_profiles);
    return run_suite(s);
}
