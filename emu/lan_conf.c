#include "emu/lan_conf.h"

#include <string.h>

#include "sim/ipmi/channel.h"
#include "sim/lan/lan_host.h"

static const struct keyword privileges[] = {
    { "callback", PRIV_CALLBACK }, { "user", PRIV_USER }, { "operator", PRIV_OPERATOR },
    { "admin", PRIV_ADMIN }, { NULL, 0 },
};

static const struct keyword auth_types[] = {
    { "none", AUTH_BIT_NONE }, { "md2", AUTH_BIT_MD2 }, { "md5", AUTH_BIT_MD5 },
    { "straight", AUTH_BIT_STRAIGHT }, { NULL, 0 },
};

static const struct keyword ip_sources[] = {
    { "unspecified", 0 }, { "static", 1 }, { "dhcp", 2 }, { "bios", 3 }, { "other", 4 },
    { NULL, 0 },
};

static const struct keyword codecs[] = {
    { "TerminalMode", 0 }, { "Direct", 0 }, { "RadisysAscii", 0 }, { "VM", 0 }, { NULL, 0 },
};

static const struct keyword serial_oems[] = {
    { "PigeonPoint", 0 }, { "Radisys", 0 }, { NULL, 0 },
};

/* ---- the machine and its controllers ---------------------------------------------- */

static void
do_name(struct conf *c)
{
    c->build->d->name = build_text(c->build, c->v[0].text, c->v[0].len);
    c->named = true;
}

static void
do_define(struct conf *c)
{
    script_define(c->script, &c->lx);
}

static void
work_on(struct conf *c, uint8_t address, struct place at)
{
    struct machine_mc *mc = build_mc(c->build, address, at);

    if (mc == NULL)
        return;
    build_note(c->build, address)->in_conf = true;
    c->mc = mc;
}

static void
do_set_working_mc(struct conf *c)
{
    work_on(c, (uint8_t)c->v[0].n, c->v[0].at);
}

static void
do_guid(struct conf *c)
{
    memcpy(c->mc->guid, c->v[0].bytes, sizeof c->mc->guid);
    c->mc->guid_given = true;
}

/* The user of an id, made or to be described anew. */
static struct machine_user *
user_of(struct conf *c, uint8_t id)
{
    struct machine_user *user;

    for (uint32_t i = 0; i < c->mc->user_count; i++)
        if (c->mc->users[i].id == id)
            return (struct machine_user *)(uintptr_t)&c->mc->users[i];
    user = DESCRIPTION_ADD(c->build->d, c->mc->users, c->mc->user_count);
    c->build->nomem = c->build->nomem || user == NULL;
    return user;
}

static void
do_user(struct conf *c)
{
    const struct value *v = c->v;
    struct machine_user *user;

    if (v[0].n == 0) {
        diag_error(c->script->diags, v[0].at, "found user 0; expected the user's number, 1 to %d",
                   LAN_USER_ID_MAX);
        return;
    }
    user = user_of(c, (uint8_t)v[0].n);
    if (user == NULL)
        return;
    *user = (struct machine_user){
        .id = (uint8_t)v[0].n, .enabled = v[1].n != 0, .password_is_20 = v[3].len > 16,
        .limit = (uint8_t)v[4].n, .max_sessions = (uint8_t)v[5].n,
    };
    memcpy(user->password, v[3].bytes, sizeof user->password);
    if (user->id == 1 && v[2].len > 0)
        diag_warning(c->script->diags, v[2].at,
                     "found a name; expected \"\": user 1 has none");
    else
        memcpy(user->name, v[2].bytes, sizeof user->name);
}

/* ---- words that are kept -------------------------------------------------------------- */

/* Keep the whole line after the directive's name. */
static void
keep(struct conf *c)
{
    struct lexer again;
    struct token t;

    lexer_open(&again, c->lx.line, c->lx.vars, c->lx.pool, c->lx.diags);
    (void)lex_word(&again, &t);
    t = lex_rest(&again);
    build_word(c->build, c->mc, c->row->name, t.text, t.len, c->at);
}

static void
do_startcmd(struct conf *c)
{
    c->build->starts_program = true;
    keep(c);
}

static void
do_startnow(struct conf *c)
{
    c->build->starts_now = c->v[0].n != 0;
    keep(c);
}

static void
do_fork_word(struct conf *c)
{
    diag_warning(c->script->diags, c->at,
                 "found %s; expected a directive: this one is a fork's and is not carried out",
                 c->row->name);
    keep(c);
}

/* A host and perhaps a port, the first two words of several directives. */
static void
keep_address(struct conf *c)
{
    if (c->v[1].n > 65535)
        diag_error(c->script->diags, c->v[1].at, "found port %u; expected 1 to 65535",
                   (unsigned)c->v[1].n);
    keep(c);
}

static void
sol_options(struct conf *c)
{
    static const char *const known[] = { "history=", "historyfru=", "nortscts", "readclear" };
    struct token t;

    while (lex_word(&c->lx, &t) && t.text[0] != '#') {
        bool taken = false;

        for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
            taken = taken || (t.len >= strlen(known[i]) &&
                              memcmp(t.text, known[i], strlen(known[i])) == 0);
        if (!taken)
            lex_doubt(&c->lx, &t, "history=N, historyfru=N, nortscts or readclear");
    }
}

static void
do_sol(struct conf *c)
{
    static const uint32_t bauds[] = { 9600, 19200, 38400, 57600, 115200 };
    bool good = false;

    for (size_t i = 0; i < sizeof bauds / sizeof bauds[0]; i++)
        good = good || c->v[1].n == bauds[i];
    if (!good)
        diag_error(c->script->diags, c->v[1].at,
                   "found %u; expected the baud rate: 9600, 19200, 38400, 57600 or 115200",
                   (unsigned)c->v[1].n);
    sol_options(c);
    keep(c);
}

/* kcs, bt, smic or ssif, the latter perhaps with a channel, or its number. */
static bool
is_serial_channel(const struct value *v)
{
    static const char *const interfaces[] = { "kcs", "bt", "smic", "ssif" };
    struct number n;

    for (size_t i = 0; i < sizeof interfaces / sizeof interfaces[0]; i++) {
        size_t len = strlen(interfaces[i]);

        if (v->len < len || memcmp(v->text, interfaces[i], len) != 0)
            continue;
        if (v->len == len)
            return true;
        return v->text[len] == '-' && number_read(v->text + len + 1, v->len - len - 1, &n) &&
               !n.negative && n.magnitude <= CONF_CHANNEL_MAX;
    }
    return number_read(v->text, v->len, &n) && !n.negative && n.magnitude <= CONF_CHANNEL_MAX;
}

/* One word of serial after the address, with its value. */
static bool
serial_option(struct conf *c, const struct token *t)
{
    static const struct arg codec = { ARG_CHOICE, "codec", 0, codecs, false };
    static const struct arg oem = { ARG_CHOICE, "OEM handling", 0, serial_oems, false };
    static const struct arg ipmb = { ARG_U8, "address on the IPMB", 0, NULL, false };
    static const struct arg attn = { ARG_WORD, "attention characters", 0, NULL, false };
    struct value v;

    if (token_is(t, "connect"))
        return true;
    if (token_is(t, "codec"))
        return arg_parse(&c->lx, &codec, &v);
    if (token_is(t, "oem"))
        return arg_parse(&c->lx, &oem, &v);
    if (token_is(t, "ipmb"))
        return arg_parse(&c->lx, &ipmb, &v);
    if (token_is(t, "attn"))
        return arg_parse(&c->lx, &attn, &v);
    lex_doubt(&c->lx, t, "connect, codec, oem, attn or ipmb");
    return true;
}

static void
do_serial(struct conf *c)
{
    bool has_codec = false;
    struct token t;

    if (!is_serial_channel(&c->v[0]))
        diag_error(c->script->diags, c->v[0].at,
                   "found \"%s\"; expected a channel: 0 to 15, kcs, bt, smic or ssif",
                   c->v[0].text);
    while (lex_word(&c->lx, &t) && t.text[0] != '#') {
        has_codec = has_codec || token_is(&t, "codec");
        if (!serial_option(c, &t))
            break;
    }
    if (!has_codec)
        lex_wrong(&c->lx, &t, "codec, with TerminalMode, Direct, RadisysAscii or VM");
    keep(c);
}

/* ---- LAN channels ------------------------------------------------------------------------ */

static struct machine_lan *
lan(struct conf *c)
{
    return (struct machine_lan *)(uintptr_t)&c->mc->lans[c->lan];
}

static void
do_startlan(struct conf *c)
{
    struct machine_lan *l;

    for (uint32_t i = 0; i < c->mc->lan_count; i++)
        if (c->mc->lans[i].channel == c->v[0].n) {
            diag_error(c->script->diags, c->v[0].at,
                       "found channel %u a second time; expected it once", (unsigned)c->v[0].n);
            break;
        }
    l = DESCRIPTION_ADD(c->build->d, c->mc->lans, c->mc->lan_count);
    c->in_lan = l != NULL;
    c->lan_at = c->at;
    c->lan = c->mc->lan_count - 1;
    if (l == NULL) {
        c->build->nomem = true;
        return;
    }
    l->channel = (uint8_t)c->v[0].n;
    l->limit = PRIV_ADMIN;
    l->port = CONF_PORT_DEFAULT;
}

static void
do_endlan(struct conf *c)
{
    c->in_lan = false;
}

static void
do_addr(struct conf *c)
{
    struct machine_lan *l = lan(c);
    uint32_t port = c->v[1].given ? c->v[1].n : CONF_PORT_DEFAULT;

    if (l->has_address) {
        diag_error(c->script->diags, c->at, "found a second addr; expected one in a channel");
        return;
    }
    if (c->v[0].len >= sizeof l->host) {
        diag_error(c->script->diags, c->v[0].at, "found a name of %zu characters; expected %zu",
                   c->v[0].len, sizeof l->host - 1);
        return;
    }
    if (port > 65535) {
        diag_error(c->script->diags, c->v[1].at, "found port %u; expected 0 to 65535",
                   (unsigned)port);
        return;
    }
    memcpy(l->host, c->v[0].text, c->v[0].len);
    l->port = (uint16_t)port;
    l->has_address = true;
}

static void
do_priv_limit(struct conf *c)
{
    lan(c)->limit = (uint8_t)c->v[0].n;
}

/* allowed_auths_LEVEL: the row's name tells the level. */
static void
do_allowed_auths(struct conf *c)
{
    static const char *const levels[] = {
        "allowed_auths_callback", "allowed_auths_user", "allowed_auths_operator",
        "allowed_auths_admin",
    };
    static const struct arg type = { ARG_CHOICE, "authentication type", 0, auth_types, false };
    uint8_t bits = 0;
    struct token t;
    struct value v;

    while (lex_word(&c->lx, &t) && t.text[0] != '#')
        if (arg_of_token(&c->lx, &t, &type, &v))
            bits |= (uint8_t)v.n;
    lan(c)->auth_given = true;
    for (unsigned i = 0; i < sizeof levels / sizeof levels[0]; i++)
        if (strcmp(c->row->name, levels[i]) == 0)
            lan(c)->auth_enables[i] = bits;
}

static void
do_lan_guid(struct conf *c)
{
    memcpy(lan(c)->guid, c->v[0].bytes, sizeof lan(c)->guid);
    lan(c)->guid_given = true;
}

static void
do_bmc_key(struct conf *c)
{
    memcpy(lan(c)->kg, c->v[0].bytes, sizeof lan(c)->kg);
    lan(c)->kg_set = true;
}

static void
do_lan_config_program(struct conf *c)
{
    lan(c)->config_program = build_text(c->build, c->v[0].text, c->v[0].len);
}

static void
do_pef_alerting(struct conf *c)
{
    lan(c)->alerting = c->v[0].n != 0;
}

static void
do_per_msg_auth(struct conf *c)
{
    lan(c)->per_message_off = c->v[0].n == 0;
}

static void
do_cipher_suite_0(struct conf *c)
{
    lan(c)->suite_0 = c->v[0].n != 0;
}

static void
do_max_sessions(struct conf *c)
{
    if (c->v[0].n == 0)
        diag_error(c->script->diags, c->v[0].at, "found 0; expected 1 to %d sessions",
                   CONF_SESSIONS_MAX);
    lan(c)->sessions_max = (uint16_t)c->v[0].n;
}

static void
do_ip(struct conf *c)
{
    memcpy(lan(c)->ip, c->v[0].bytes, 4);
    lan(c)->ip_given = true;
}

static void
do_mask(struct conf *c)
{
    memcpy(lan(c)->mask, c->v[0].bytes, 4);
    lan(c)->mask_given = true;
}

static void
do_gateway(struct conf *c)
{
    memcpy(lan(c)->gateway, c->v[0].bytes, 4);
    lan(c)->gateway_given = true;
}

static void
do_mac(struct conf *c)
{
    memcpy(lan(c)->mac, c->v[0].bytes, 6);
    lan(c)->mac_given = true;
}

static void
do_gateway_mac(struct conf *c)
{
    memcpy(lan(c)->gateway_mac, c->v[0].bytes, 6);
}

static void
do_ip_source(struct conf *c)
{
    lan(c)->ip_source = (uint8_t)c->v[0].n;
}

/* ---- the rows ------------------------------------------------------------------------------ */

#define STRING(name) { ARG_STRING, name, 0, NULL, false }
#define UINT(name, max) { ARG_UINT, name, max, NULL, false }
#define BOOL(name) { ARG_BOOL, name, 0, NULL, false }
#define WORD(name) { ARG_WORD, name, 0, NULL, false }
#define OCTETS(name, n) { ARG_BYTES, name, n, NULL, false }

static const struct conf_row rows[] = {
    { "name", SCOPE_MACHINE, { STRING("machine's name") }, NULL,
      "Name the machine.", do_name },
    { "define", SCOPE_MACHINE, { { 0 } }, "NAME \"value\"",
      "Set a variable, to be used as $NAME.", do_define },
    { "set_working_mc", SCOPE_MACHINE,
      { { ARG_U8, "controller's address", 0, NULL, false } }, NULL,
      "Choose the controller that what follows is about.", do_set_working_mc },
    { "guid", SCOPE_MACHINE, { OCTETS("GUID", 16) }, NULL,
      "Set the controller's GUID.", do_guid },
    { "user", SCOPE_MACHINE,
      { UINT("user's number", 63), BOOL("enable"), OCTETS("user's name", 16),
        OCTETS("password", 20), { ARG_CHOICE, "privilege limit", 0, privileges, false },
        { ARG_U8, "most sessions", 0, NULL, true } },
      "", "Describe a user of the controller.", do_user },
    { "serial", SCOPE_MACHINE, { WORD("channel"), WORD("host"), WORD("port") },
      "connect codec NAME oem NAME attn C,C... ipmb ADDRESS",
      "Describe a serial or system interface; kept.", do_serial },
    { "sol", SCOPE_MACHINE, { STRING("device"), UINT("baud rate", 0) },
      "history=N historyfru=N nortscts readclear",
      "Describe what Serial over LAN connects to; kept.", do_sol },
    { "chassis_control", SCOPE_MACHINE, { STRING("program") }, NULL,
      "Name a program that controls the chassis; kept, not run.", keep },
    { "startcmd", SCOPE_MACHINE, { STRING("command") }, NULL,
      "Name the command that is the host; kept, not run. The host then starts off.",
      do_startcmd },
    { "startnow", SCOPE_MACHINE, { BOOL("start at once") }, NULL,
      "Say whether the host starts on all the same; kept.", do_startnow },
    { "poweroff_wait", SCOPE_MACHINE, { UINT("seconds", 0) }, NULL,
      "How long a soft shutdown may take; kept.", keep },
    { "kill_wait", SCOPE_MACHINE, { UINT("seconds", 0) }, NULL,
      "How long a forced shutdown may take; kept.", keep },
    { "console", SCOPE_MACHINE, { WORD("host"), UINT("port", 0) }, NULL,
      "Where a console for .emu commands listens; kept.", keep_address },
    { "ipmb", SCOPE_MACHINE, { WORD("channel") }, "",
      "Connect an IPMB of the computer's; kept.", keep },
    { "loadlib", SCOPE_MACHINE,
      { STRING("library"), { ARG_STRING, "initialization", 0, NULL, true } }, NULL,
      "Name a library to extend the simulator with; kept.", keep },
    { "nvram_file", SCOPE_MACHINE, { { 0 } }, "", "Of a fork; kept.", do_fork_word },
    { "workspace", SCOPE_MACHINE, { { 0 } }, "", "Of a fork; kept.", do_fork_word },
    { "clear_sel_event", SCOPE_MACHINE, { { 0 } }, "", "Of a fork; kept.", do_fork_word },
    { "startlan", SCOPE_MACHINE, { UINT("channel", CONF_CHANNEL_MAX) }, NULL,
      "Begin a LAN channel of the controller's.", do_startlan },

    { "endlan", SCOPE_LAN, { { 0 } }, NULL, "End a LAN channel.", do_endlan },
    { "addr", SCOPE_LAN, { WORD("host"), { ARG_UINT, "port", 0, NULL, true } }, NULL,
      "Where the channel listens; port 623 if none is given.", do_addr },
    { "priv_limit", SCOPE_LAN, { { ARG_CHOICE, "privilege limit", 0, privileges, false } },
      NULL, "The channel's privilege limit.", do_priv_limit },
    { "allowed_auths_callback", SCOPE_LAN, { { 0 } }, "none md2 md5 straight",
      "IPMI 1.5 authentication types for callback privilege.", do_allowed_auths },
    { "allowed_auths_user", SCOPE_LAN, { { 0 } }, "none md2 md5 straight",
      "The same for user privilege.", do_allowed_auths },
    { "allowed_auths_operator", SCOPE_LAN, { { 0 } }, "none md2 md5 straight",
      "The same for operator privilege.", do_allowed_auths },
    { "allowed_auths_admin", SCOPE_LAN, { { 0 } }, "none md2 md5 straight",
      "The same for administrator privilege.", do_allowed_auths },
    { "guid", SCOPE_LAN, { OCTETS("GUID", 16) }, NULL,
      "The GUID that IPMI 2.0 sessions see.", do_lan_guid },
    { "bmc_key", SCOPE_LAN, { OCTETS("key", 20) }, NULL,
      "The BMC key K_g of IPMI 2.0 sessions.", do_bmc_key },
    { "lan_config_program", SCOPE_LAN, { STRING("program") }, NULL,
      "Name a program for LAN parameters; kept, not run.", do_lan_config_program },
    { "PEF_alerting", SCOPE_LAN, { BOOL("alerting") }, NULL,
      "Whether the channel sends alerts.", do_pef_alerting },
    { "per_msg_auth", SCOPE_LAN, { BOOL("per-message authentication") }, NULL,
      "Whether IPMI 1.5 authenticates every message.", do_per_msg_auth },
    { "cipher_suite_0", SCOPE_LAN, { BOOL("cipher suite 0") }, NULL,
      "Offer cipher suite 0, which asks for no password: unsafe.", do_cipher_suite_0 },
    { "max_sessions", SCOPE_LAN, { UINT("sessions", CONF_SESSIONS_MAX) }, NULL,
      "How many sessions the channel has.", do_max_sessions },
    { "ip", SCOPE_LAN, { { ARG_IP4, "address", 0, NULL, false } }, NULL,
      "The IP address that the LAN parameters show.", do_ip },
    { "mask", SCOPE_LAN, { { ARG_IP4, "mask", 0, NULL, false } }, NULL,
      "The subnet mask that they show.", do_mask },
    { "gateway", SCOPE_LAN, { { ARG_IP4, "address", 0, NULL, false } }, NULL,
      "The default gateway that they show.", do_gateway },
    { "mac", SCOPE_LAN, { { ARG_MAC, "MAC address", 0, NULL, false } }, NULL,
      "The MAC address that they show.", do_mac },
    { "gateway_mac", SCOPE_LAN, { { ARG_MAC, "MAC address", 0, NULL, false } }, NULL,
      "The gateway's MAC address that they show.", do_gateway_mac },
    { "ip_source", SCOPE_LAN, { { ARG_CHOICE, "source", 0, ip_sources, false } }, NULL,
      "Where the address comes from.", do_ip_source },
};

#define ROW_COUNT (sizeof rows / sizeof rows[0])

const struct conf_row *
conf_rows(size_t *count)
{
    *count = ROW_COUNT;
    return rows;
}

const struct conf_row *
conf_row_find(const char *name, size_t len, enum conf_scope scope)
{
    for (size_t i = 0; i < ROW_COUNT; i++)
        if (rows[i].scope == scope && strlen(rows[i].name) == len &&
            memcmp(rows[i].name, name, len) == 0)
            return &rows[i];
    return NULL;
}

/* ---- carrying out --------------------------------------------------------------------------- */

static const char *
row_name(const void *list, size_t i)
{
    return ((const struct conf_row *)list)[i].name;
}

static void
unknown(struct conf *c, const struct token *t)
{
    enum conf_scope other = c->in_lan ? SCOPE_MACHINE : SCOPE_LAN;
    const char *similar = script_similar(t, ROW_COUNT, rows, row_name);

    if (conf_row_find(t->text, t->len, other) != NULL)
        lex_wrong(&c->lx, t, "it %s", c->in_lan ? "after endlan" : "between startlan and endlan");
    else if (similar != NULL)
        lex_wrong(&c->lx, t, "a directive (%s?)", similar);
    else
        lex_wrong(&c->lx, t, "a directive");
}

static void
conf_line(struct conf *c, const struct line *line)
{
    struct script *s = c->script;
    struct token t;

    lexer_open(&c->lx, line, &s->vars, &s->pool, s->diags);
    if (!lex_word(&c->lx, &t) || t.len == 0 || t.text[0] == '#') {
        if (t.undefined)
            lex_wrong(&c->lx, &t, "a directive");
        return;
    }
    c->row = conf_row_find(t.text, t.len, c->in_lan ? SCOPE_LAN : SCOPE_MACHINE);
    c->at = t.at;
    if (c->row == NULL) {
        unknown(c, &t);
        return;
    }
    if (!args_parse(&c->lx, c->row->args, c->v))
        return;
    if (c->row->more == NULL && lex_peek(&c->lx, &t) && t.text[0] != '#')
        lex_doubt(&c->lx, &t, "the end of the line");
    c->row->handler(c);
}

void
conf_run_text(struct script *script, struct build *build, const char *file, const char *text,
              size_t len, bool *named)
{
    struct conf c = { .script = script, .build = build };
    struct source source;
    struct line line;

    work_on(&c, build->d->bmc_address, (struct place){ file, 0, 0 });
    source_open(&source, file, text, len, false, script->diags);
    while (c.mc != NULL && source_next(&source, &line))
        conf_line(&c, &line);
    if (c.in_lan)
        diag_error(script->diags, c.lan_at, "found startlan without end; expected endlan");
    *named = c.named;
    source_close(&source);
}
