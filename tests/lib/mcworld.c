#include "tests/lib/mcworld.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DATAGRAMS         256
#define MANUFACTURER      0x001234u
#define PRODUCT           0x0102
#define SUPPORT_BMC       0xbf
#define SUPPORT_SATELLITE 0x29 /* sensors, FRUs, event generator */
#define SEL_RECORDS       64
#define SEL_FLAGS         0x0e
#define ODD_LENGTH        300 /* longer than any command's request */

static const struct peer console_peer = { .addr = { 127, 0, 0, 1 },
                                          .port = 40000,
                                          .family = PEER_IPV4 };

static void
must(enum status st, const char *what)
{
    if (st == ST_OK)
        return;
    fprintf(stderr, "mcworld: %s: %s\n", what, status_text(st));
    abort();
}

/* ---- described ---- */

static void
describe_users(struct mcworld *w)
{
    static const struct {
        const char *name;
        uint8_t limit;
    } rows[MCWORLD_USERS] = {
        { "", PRIV_ADMIN },
        { "admin", PRIV_ADMIN },
        { "operator", PRIV_OPERATOR },
        { "user", PRIV_USER },
    };

    for (uint8_t i = 0; i < MCWORLD_USERS; i++) {
        struct machine_user *u = &w->users[i];

        u->id = (uint8_t)(i + 1);
        u->enabled = i > 0;
        u->limit = rows[i].limit;
        memcpy(u->name, rows[i].name, strlen(rows[i].name));
        memcpy(u->password, MCWORLD_PASSWORD, strlen(MCWORLD_PASSWORD));
    }
    w->machine.users = w->users;
    w->machine.user_count = MCWORLD_USERS;
}

static void
describe_lans(struct mcworld *w)
{
    static const uint8_t channels[] = { MCWORLD_LAN, MCWORLD_SECOND_LAN };

    for (uint8_t i = 0; i < 2; i++) {
        struct machine_lan *l = &w->lans[i];

        l->channel = channels[i];
        l->limit = PRIV_ADMIN;
        l->auth_given = true;
        memset(l->auth_enables,
               AUTH_BIT_NONE | AUTH_BIT_MD2 | AUTH_BIT_MD5 | AUTH_BIT_STRAIGHT,
               sizeof l->auth_enables);
        l->ip_given = true;
        memcpy(l->ip, (const uint8_t[]){ 192, 0, 2, (uint8_t)(10 + i) }, sizeof l->ip);
    }
    w->machine.lans = w->lans;
    w->machine.lan_count = 1;
}

void
mcworld_describe(struct mcworld *w)
{
    memset(w, 0, sizeof *w);
    w->seed = 1;
    w->machine = (struct machine_mc){
        .address = BMC_ADDRESS,
        .added = true,
        .enabled = true,
        .device_id = 0x21,
        .has_device_sdrs = true,
        .device_revision = 3,
        .fw_major = 1,
        .fw_minor = 0x42,
        .support = SUPPORT_BMC,
        .manufacturer = MANUFACTURER,
        .product = PRODUCT,
        .aux = { 1, 2, 3, 4 },
        .sel = { .present = true, .max = SEL_RECORDS, .flags = SEL_FLAGS },
        .power_on = true,
    };
    describe_users(w);
    describe_lans(w);
}

struct machine_mc
mcworld_satellite(uint8_t address)
{
    return (struct machine_mc){
        .address = address,
        .added = true,
        .enabled = true,
        .device_id = address,
        .has_device_sdrs = true,
        .fw_major = 2,
        .fw_minor = 0x10,
        .support = SUPPORT_SATELLITE,
        .manufacturer = MANUFACTURER,
        .product = PRODUCT,
    };
}

/* ---- made ---- */

static struct mc *
make(struct mcworld *w, const struct machine_mc *m, bool bmc)
{
    struct mc_opts opts = {
        .world = &w->world,
        .machine = m,
        .commands = w->commands,
        .oem = w->oem,
        .crypto = w->crypto,
        .work = w->work,
        .bus = w->bus,
        .host = bmc ? w->host : NULL,
        .manager = &w->mc,
        .backing = w->backing.read != NULL ? &w->backing : NULL,
        .shelf = &w->shelf,
        .icmb = bmc ? w->icmb : NULL,
        .icmb_address = w->icmb_address,
        .identity = { .index = w->index,
                      .key = rng_key_numbered(w->world.key, m->address) },
        .bmc = bmc,
        .event_receiver = bmc ? 0 : BMC_ADDRESS,
    };
    struct mc *mc = NULL;

    must(mc_new(&opts, &mc), "mc_new");
    return mc;
}

void
mcworld_begin(struct mcworld *w)
{
    size_t count;
    const struct command_table *const *tables = mc_command_tables(&count);

    world_init(&w->world, rng_key_root(w->seed), 0, WORLD_EPOCH_DEFAULT);
    must(outbox_new(DATAGRAMS, &w->out), "outbox_new");
    w->world.out = w->out;
    must(crypto_new(&w->crypto), "crypto_new");
    must(crypto_work_new(w->crypto, &w->work), "crypto_work_new");
    must(command_set_new(tables, count, &w->commands), "command_set_new");
    w->oem = oem_library_new();
    must(w->oem != NULL ? ST_OK : ST_NOMEM, "oem_library_new");
    if (!w->no_bus)
        must(medium_new(&w->world, &w->bus_config, &w->bus), "medium_new");
    if (!w->no_host)
        must(host_new(&w->world, w->machine.power_on, &w->host), "host_new");
    w->mc = make(w, &w->machine, true);
    mcworld_from_system(w);
}

void
mcworld_plain(struct mcworld *w)
{
    mcworld_describe(w);
    mcworld_begin(w);
}

struct mc *
mcworld_add(struct mcworld *w, const struct machine_mc *m)
{
    struct mc *mc = make(w, m, false);

    ck_assert_uint_lt(w->satellite_count, MCWORLD_MCS);
    w->satellites[w->satellite_count++] = mc;
    return mc;
}

void
mcworld_end(struct mcworld *w)
{
    for (unsigned i = 0; i < w->satellite_count; i++)
        mc_free(w->satellites[i]);
    mc_free(w->mc);
    host_free(w->host);
    medium_free(w->bus);
    oem_library_free(w->oem);
    command_set_free(w->commands);
    crypto_work_free(w->work);
    crypto_free(w->crypto);
    outbox_free(w->out);
    world_free(&w->world);
}

static bool
file_has(const struct mcfile *f, const char *path, uint32_t at, size_t len)
{
    return strcmp(path, f->path) == 0 && at <= f->size && len <= f->size - at;
}

static bool
file_read(void *ctx, const char *path, uint32_t at, uint8_t *to, uint32_t len)
{
    const struct mcfile *f = ctx;

    if (!file_has(f, path, at, len))
        return false;
    memcpy(to, f->octets + at, len);
    return true;
}

static bool
file_write(void *ctx, const char *path, uint32_t at, struct bytes data)
{
    const struct mcfile *f = ctx;

    if (!file_has(f, path, at, data.len))
        return false;
    memcpy(f->octets + at, data.at, data.len);
    return true;
}

struct mc_backing
mcworld_file(struct mcfile *file)
{
    return (struct mc_backing){ file_read, file_write, file };
}

void
mcworld_run(struct mcworld *w, instant span)
{
    world_advance(&w->world, instant_add(w->world.now, span));
}

/* ---- asking ---- */

void
mcworld_from_system(struct mcworld *w)
{
    w->who = (struct asker){ .channel = CHANNEL_SYSTEM,
                             .privilege = PRIV_SYSTEM,
                             .rq_addr = BMC_ADDRESS,
                             .rq_lun = LUN_SMS };
}

void
mcworld_from_lan(struct mcworld *w, enum privilege privilege)
{
    w->who = (struct asker){ .channel = MCWORLD_LAN,
                             .privilege = (uint8_t)privilege,
                             .session = 1,
                             .user = 2,
                             .rq_addr = 0x81 };
}

static void
take_answer(void *ctx, const struct ipmi_origin *origin, uint8_t cc, struct bytes data)
{
    struct mcworld *w = ctx;
    struct answer *a = &w->answers[origin->mark[0]];

    a->came = true;
    a->times++;
    a->cc = cc;
    a->len = data.len < sizeof a->data ? data.len : sizeof a->data;
    if (a->len)
        memcpy(a->data, data.at, a->len);
}

struct answer *
mcworld_ask(struct mcworld *w, struct mc *mc, uint8_t netfn, uint8_t cmd,
            const uint8_t *data, size_t len)
{
    uint32_t slot = w->asked++ % MCWORLD_ANSWERS;
    struct ipmi_req rq = {
        .from = {
            .answer = take_answer,
            .ctx = w,
            .session = w->who.session,
            .channel = w->who.channel,
            .user = w->who.user,
            .rs_addr = BMC_ADDRESS,
            .rs_lun = w->who.lun,
            .rq_addr = w->who.rq_addr,
            .rq_lun = w->who.rq_lun,
            .rq_seq = w->who.rq_seq,
            .netfn = netfn,
            .cmd = cmd,
            .mark = { slot, 0 },
        },
        .privilege = w->who.privilege,
        .netfn = netfn,
        .lun = w->who.lun,
        .cmd = cmd,
        .data = rd_of(bytes_of(data, len)),
    };

    memset(&w->answers[slot], 0, sizeof w->answers[slot]);
    mc_request(mc, &rq);
    return &w->answers[slot];
}

void
mcworld_check(const struct answer *a, unsigned cc, const uint8_t *data, size_t len,
              const char *file, int line)
{
    ck_assert_msg(a->came, "%s:%d: no answer", file, line);
    ck_assert_msg(a->times == 1, "%s:%d: answered %u times", file, line, a->times);
    ck_assert_msg(a->cc == cc, "%s:%d: completion code %02Xh, expected %02Xh", file, line,
                  (unsigned)a->cc, cc);
    if (data == NULL)
        return;
    ck_assert_msg(a->len == len, "%s:%d: %zu octets, expected %zu", file, line, a->len,
                  len);
    for (size_t i = 0; i < len; i++)
        ck_assert_msg(a->data[i] == data[i], "%s:%d: octet %zu is %02Xh, expected %02Xh",
                      file, line, i, (unsigned)a->data[i], (unsigned)data[i]);
}

/* The strongest privilege that a row refuses; PRIV_NO_ACCESS: it refuses none. */
static uint8_t
just_too_little(const struct command *row)
{
    uint8_t needs = command_needs(row);

    if (needs == NEEDS_SYSTEM)
        return PRIV_OEM;
    if (needs == NEEDS_NOTHING || needs == NEEDS_HANDLER)
        return PRIV_NO_ACCESS;
    return (uint8_t)(needs - 1);
}

void
mcworld_check_rows(struct mcworld *w, const struct command_table *table, uint8_t skip)
{
    /* A group's id comes first; a request that is not even that long is of
     * no group. */
    uint8_t zeros[ODD_LENGTH] = { (uint8_t)table->id, (uint8_t)(table->id >> 8),
                                  (uint8_t)(table->id >> 16) };

    for (size_t i = 0; i < table->count; i++) {
        const struct command *row = &table->rows[i];
        uint8_t little = just_too_little(row);

        if (skip && row->cmd == skip)
            continue;
        mcworld_from_system(w);
        if (row->len_min > 0)
            ck_assert_msg(
                mcworld_ask(w, w->mc, row->netfn, row->cmd, zeros, row->len_min - 1u)
                        ->cc == CC_LENGTH,
                "%s: one octet too few", row->name);
        if (row->len_max != LEN_ANY)
            ck_assert_msg(
                mcworld_ask(w, w->mc, row->netfn, row->cmd, zeros, row->len_max + 1u)
                        ->cc == CC_LENGTH,
                "%s: one octet too many", row->name);
        if (little == PRIV_NO_ACCESS)
            continue;
        mcworld_from_lan(w, little);
        ck_assert_msg(
            mcworld_ask(w, w->mc, row->netfn, row->cmd, zeros, row->len_min)->cc ==
                CC_PRIVILEGE,
            "%s: privilege %u is enough", row->name, (unsigned)little);
    }
    mcworld_from_system(w);
}

/* ---- over the LAN ---- */

struct remote_opts
mcworld_console(const struct mcworld *w)
{
    return (struct remote_opts){
        .crypto = w->crypto,
        .key = rng_key_named(rng_key_root(w->seed), "console"),
        .rmcpp = true,
        .suite = 3,
        .privilege = PRIV_ADMIN,
        .name_only = true,
        .user = "admin",
        .password = MCWORLD_PASSWORD,
    };
}

/* Carry what either side has to say now; false when neither has anything. */
static bool
carry(struct mcworld *w, unsigned n, struct remote *r)
{
    struct bytes datagram;
    bool moved = false;

    while (remote_output(r, &datagram)) {
        lan_input(mc_lan(w->mc, n), &console_peer, datagram);
        moved = true;
    }
    for (size_t i = 0; i < outbox_count(w->out); i++) {
        remote_input(r, w->world.now, outbox_at(w->out, i)->bytes);
        moved = true;
    }
    outbox_clear(w->out);
    return moved;
}

void
mcworld_talk(struct mcworld *w, unsigned n, struct remote *r)
{
    for (;;) {
        instant next;

        while (carry(w, n, r))
            ;
        next = remote_deadline(r);
        if (next == INSTANT_NEVER)
            return;
        if (world_deadline(&w->world) < next)
            next = world_deadline(&w->world);
        world_advance(&w->world, next);
        remote_expire(r, w->world.now);
    }
}
