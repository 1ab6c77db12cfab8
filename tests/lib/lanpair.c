#include "tests/lib/lanpair.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DATAGRAMS 256

static const struct peer bmc_peer = { .addr = { 127, 0, 0, 1 }, .port = 623,
                                      .family = PEER_IPV4 };
static const struct peer console_peer = { .addr = { 127, 0, 0, 1 }, .port = 40000,
                                          .family = PEER_IPV4 };

/* ---- the controller ---- */

static enum ipmi_cc
get_device_id(struct lan *lan, struct ipmi_req *rq, struct wr *rs)
{
    static const uint8_t id[] = { 0x20, 1, 1, 0x23, 2, 0xbf, 0x57, 1, 0, 0x34, 0x12 };

    (void)lan;
    (void)rq;
    wr_bytes(rs, id, sizeof id);
    return CC_OK;
}

static enum ipmi_cc
echo(struct lan *lan, struct ipmi_req *rq, struct wr *rs)
{
    (void)lan;
    wr_span(rs, rd_rest(&rq->data));
    return CC_OK;
}

static const struct {
    uint8_t netfn, cmd, needs;
    enum ipmi_cc (*run)(struct lan *lan, struct ipmi_req *rq, struct wr *rs);
} commands[] = {
    { NETFN_APP, 0x01, PRIV_USER, get_device_id },
    { NETFN_APP, 0x38, PRIV_NONE, lan_get_auth_capabilities },
    { NETFN_APP, 0x39, PRIV_NONE, lan_get_session_challenge },
    { NETFN_APP, 0x3a, PRIV_NONE, lan_activate_session },
    { NETFN_APP, 0x3b, PRIV_CALLBACK, lan_set_session_privilege },
    { NETFN_APP, 0x3c, PRIV_CALLBACK, lan_close_session },
    { NETFN_APP, 0x3f, PRIV_OPERATOR, lan_get_authcode },
    { NETFN_APP, 0x54, PRIV_NONE, lan_get_cipher_suites },
    { NETFN_APP, 0x55, PRIV_USER, lan_suspend_encryption },
    { LANPAIR_ECHO_NETFN, LANPAIR_ECHO_CMD, PRIV_NONE, echo },
};

static enum ipmi_cc
run_command(struct lanpair *p, struct ipmi_req *rq, struct wr *rs)
{
    for (unsigned i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (commands[i].netfn != rq->netfn || commands[i].cmd != rq->cmd)
            continue;
        if (rq->privilege < commands[i].needs)
            return CC_PRIVILEGE;
        return commands[i].run(p->lan, rq, rs);
    }
    return CC_INVALID_COMMAND;
}

static void
request(void *ctx, struct ipmi_req *rq)
{
    struct lanpair *p = ctx;
    uint8_t room[IPMI_DATA_MAX];
    struct wr rs = wr_of(room, sizeof room);
    enum ipmi_cc cc;

    p->requests++;
    cc = run_command(p, rq, &rs);
    if (cc <= 0xff)
        ipmi_answer(&rq->from, (uint8_t)cc, wr_bytes_of(&rs));
}

static bool
user(void *ctx, uint8_t channel, uint8_t id, struct lan_user *out)
{
    struct lanpair *p = ctx;

    (void)channel;
    if (id < 1 || id > LANPAIR_USERS)
        return false;
    *out = p->users[id - 1];
    return true;
}

static void
login(void *ctx, uint8_t channel, uint8_t id, enum lan_login_result result)
{
    struct lanpair *p = ctx;

    (void)channel;
    (void)id;
    if (result == LOGIN_OK)
        p->logins++;
    else
        p->bad_passwords++;
}

static void
session_began(void *ctx, uint8_t channel, uint32_t session)
{
    (void)channel;
    (void)session;
    ((struct lanpair *)ctx)->began++;
}

static void
session_ended(void *ctx, uint8_t channel, uint32_t session, enum lan_session_end why)
{
    (void)channel;
    (void)session;
    (void)why;
    ((struct lanpair *)ctx)->ended++;
}

/* ---- set-up ---- */

static void
must(enum status st, const char *what)
{
    if (st == ST_OK)
        return;
    fprintf(stderr, "lanpair: %s: %s\n", what, status_text(st));
    abort();
}

static void
configure(struct lanpair *p)
{
    struct lan_config *c = &p->config;

    p->channel = (struct channel){
        .present = true,
        .number = 1,
        .medium = MEDIUM_LAN,
        .protocol = PROTOCOL_IPMB,
        .sessions = SESSION_MULTI,
        .volatile_access = { .mode = ACCESS_ALWAYS, .limit = PRIV_ADMIN },
    };
    p->channel.stored_access = p->channel.volatile_access;
    c->channel = 1;
    c->access = &p->channel;
    c->auth_support = AUTH_BIT_NONE | AUTH_BIT_MD2 | AUTH_BIT_MD5 | AUTH_BIT_STRAIGHT;
    memset(c->auth_enables, c->auth_support, sizeof c->auth_enables);
    c->rmcpp = true;
    c->sessions_max = LAN_SESSIONS_DEFAULT;
    c->suites = LAN_SUITE_ENTRIES_MAX + 2;
    for (uint8_t i = 0; i < c->suites; i++) {
        c->suite_id[i] = i;
        c->suite_limit[i] = PRIV_ADMIN;
    }
    for (uint8_t i = 0; i < sizeof c->guid; i++)
        c->guid[i] = (uint8_t)(0x60 + i);
}

static void
add_users(struct lanpair *p)
{
    static const struct {
        const char *name;
        uint8_t limit;
        bool enabled;
    } rows[LANPAIR_USERS] = {
        { "", PRIV_ADMIN, false },
        { LANPAIR_USER, PRIV_ADMIN, true },
        { "user", PRIV_USER, true },
        { "operator", PRIV_OPERATOR, true },
    };

    for (uint8_t i = 0; i < LANPAIR_USERS; i++) {
        struct lan_user *u = &p->users[i];

        *u = (struct lan_user){ .id = (uint8_t)(i + 1), .limit = rows[i].limit,
                                .enabled = rows[i].enabled, .messaging = true };
        memcpy(u->name, rows[i].name, strlen(rows[i].name));
        memcpy(u->password, LANPAIR_PASSWORD, strlen(LANPAIR_PASSWORD));
    }
}

void
lanpair_begin(struct lanpair *p, uint64_t seed)
{
    struct lan_host host = {
        .ctx = p,
        .config = &p->config,
        .user = user,
        .login = login,
        .session_began = session_began,
        .session_ended = session_ended,
        .request = request,
    };
    struct lan_opts opts = { .world = &p->world, .host = &host, .stream = "lan1",
                             .local = bmc_peer };

    memset(p, 0, sizeof *p);
    world_init(&p->world, rng_key_root(seed), 0, WORLD_EPOCH_DEFAULT);
    must(outbox_new(DATAGRAMS, &p->out), "outbox_new");
    p->world.out = p->out;
    must(crypto_new(&p->crypto), "crypto_new");
    must(crypto_work_new(p->crypto, &p->work), "crypto_work_new");
    configure(p);
    add_users(p);
    opts.crypto = p->crypto;
    opts.work = p->work;
    must(lan_new(&opts, &p->lan), "lan_new");
}

void
lanpair_end(struct lanpair *p)
{
    lan_free(p->lan);
    crypto_work_free(p->work);
    crypto_free(p->crypto);
    outbox_free(p->out);
    world_free(&p->world);
}

struct remote_opts
lanpair_console(const struct lanpair *p)
{
    return (struct remote_opts){
        .crypto = p->crypto,
        .key = rng_key_named(rng_key_root(1), "console"),
        .rmcpp = true,
        .suite = 3,
        .privilege = PRIV_ADMIN,
        .name_only = true,
        .user = LANPAIR_USER,
        .password = LANPAIR_PASSWORD,
    };
}

/* ---- the wire ---- */

static void
show(struct lanpair *p, bool to_bmc, struct bytes datagram)
{
    if (p->seen != NULL)
        p->seen(p->seen_ctx, to_bmc, datagram);
}

/* Carry what either side has to say now; false when neither has anything. */
static bool
carry(struct lanpair *p, struct remote *r)
{
    struct bytes datagram;
    bool moved = false;

    while (remote_output(r, &datagram)) {
        show(p, true, datagram);
        if (!p->deaf)
            lan_input(p->lan, &console_peer, datagram);
        moved = true;
    }
    for (size_t i = 0; i < outbox_count(p->out); i++) {
        show(p, false, outbox_at(p->out, i)->bytes);
        remote_input(r, p->world.now, outbox_at(p->out, i)->bytes);
        moved = true;
    }
    outbox_clear(p->out);
    return moved;
}

void
lanpair_run(struct lanpair *p, struct remote *r)
{
    for (;;) {
        instant next;

        while (carry(p, r))
            ;
        next = remote_deadline(r);
        if (next == INSTANT_NEVER)
            return;
        if (world_deadline(&p->world) < next)
            next = world_deadline(&p->world);
        world_advance(&p->world, next);
        remote_expire(r, p->world.now);
    }
}

void
lanpair_open(struct lanpair *p, struct remote *r)
{
    remote_open(r, p->world.now);
    lanpair_run(p, r);
}
