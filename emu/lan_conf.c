#include "emu/lan_conf.h"

#include <string.h>

#include "emu/lan_conf_handlers.h"
#include "sim/ipmi/channel.h"

static const struct keyword privileges[] = {
    { "callback", PRIV_CALLBACK }, { "user", PRIV_USER }, { "operator", PRIV_OPERATOR },
    { "admin", PRIV_ADMIN }, { NULL, 0 },
};

static const struct keyword ip_sources[] = {
    { "unspecified", 0 }, { "static", 1 }, { "dhcp", 2 }, { "bios", 3 }, { "other", 4 },
    { NULL, 0 },
};

/* ---- the rows ------------------------------------------------------------------------------ */

#define STRING(name) { ARG_STRING, name, 0, NULL, false }
#define UINT(name, max) { ARG_UINT, name, max, NULL, false }
#define BOOL(name) { ARG_BOOL, name, 0, NULL, false }
#define WORD(name) { ARG_WORD, name, 0, NULL, false }
#define OCTETS(name, n) { ARG_BYTES, name, n, NULL, false }

static const struct conf_row rows[] = {
    { "name", SCOPE_MACHINE, { STRING("machine's name") }, NULL,
      "Name the machine.", conf_do_name },
    { "define", SCOPE_MACHINE, { { 0 } }, "NAME \"value\"",
      "Set a variable, to be used as $NAME.", conf_do_define },
    { "set_working_mc", SCOPE_MACHINE,
      { { ARG_U8, "controller's address", 0, NULL, false } }, NULL,
      "Choose the controller that what follows is about.", conf_do_set_working_mc },
    { "guid", SCOPE_MACHINE, { OCTETS("GUID", 16) }, NULL,
      "Set the controller's GUID.", conf_do_guid },
    { "user", SCOPE_MACHINE,
      { UINT("user's number", 63), BOOL("enable"), OCTETS("user's name", 16),
        OCTETS("password", 20), { ARG_CHOICE, "privilege limit", 0, privileges, false },
        { ARG_U8, "most sessions", 0, NULL, true } },
      "", "Describe a user of the controller.", conf_do_user },
    { "serial", SCOPE_MACHINE, { WORD("channel"), WORD("host"), WORD("port") },
      "connect codec NAME oem NAME attn C,C... ipmb ADDRESS",
      "A serial port of the BMC, at a TCP port; VM is kept.", conf_do_serial },
    { "sol", SCOPE_MACHINE, { STRING("device"), UINT("baud rate", 0) },
      "history=N historyfru=N nortscts readclear",
      "Describe what Serial over LAN connects to; kept.", conf_do_sol },
    { "chassis_control", SCOPE_MACHINE, { STRING("program") }, NULL,
      "Name a program that controls the chassis; kept, not run.", conf_do_keep },
    { "startcmd", SCOPE_MACHINE, { STRING("command") }, NULL,
      "Name the command that is the host; kept, not run. The host then starts off.",
      conf_do_startcmd },
    { "startnow", SCOPE_MACHINE, { BOOL("start at once") }, NULL,
      "Say whether the host starts on all the same; kept.", conf_do_startnow },
    { "poweroff_wait", SCOPE_MACHINE, { UINT("seconds", 0) }, NULL,
      "How long a soft shutdown may take; kept.", conf_do_keep },
    { "kill_wait", SCOPE_MACHINE, { UINT("seconds", 0) }, NULL,
      "How long a forced shutdown may take; kept.", conf_do_keep },
    { "console", SCOPE_MACHINE, { WORD("host"), UINT("port", 0) }, NULL,
      "Where a console for .emu commands listens; kept.", conf_do_keep_address },
    { "ipmb", SCOPE_MACHINE, { WORD("channel") }, "",
      "Connect an IPMB of the computer's; kept.", conf_do_keep },
    { "loadlib", SCOPE_MACHINE,
      { STRING("library"), { ARG_STRING, "initialization", 0, NULL, true } }, NULL,
      "Name a library to extend the simulator with; kept.", conf_do_keep },
    { "sensors_dir", SCOPE_MACHINE,
      { { ARG_U8, "controller's address", 0, NULL, false }, STRING("folder"),
        { ARG_UINT, "milliseconds between readings", 0, NULL, true } },
      NULL, "Have sensors follow a folder in the manner of Linux's hwmon.", conf_do_sensors_dir },
    { "nvram_file", SCOPE_MACHINE, { { 0 } }, "", "Of a fork; kept.", conf_do_fork_word },
    { "workspace", SCOPE_MACHINE, { { 0 } }, "", "Of a fork; kept.", conf_do_fork_word },
    { "clear_sel_event", SCOPE_MACHINE, { { 0 } }, "", "Of a fork; kept.", conf_do_fork_word },
    { "startlan", SCOPE_MACHINE, { UINT("channel", CONF_CHANNEL_MAX) }, NULL,
      "Begin a LAN channel of the controller's.", conf_do_startlan },

    { "endlan", SCOPE_LAN, { { 0 } }, NULL, "End a LAN channel.", conf_do_endlan },
    { "addr", SCOPE_LAN, { WORD("host"), { ARG_UINT, "port", 0, NULL, true } }, NULL,
      "Where the channel listens; port 623 if none is given.", conf_do_addr },
    { "secondary_port", SCOPE_LAN, { { ARG_UINT, "port", 0, NULL, true } }, NULL,
      "Listen at the secondary RMCP port as well; 664 if none is given.",
      conf_do_secondary_port },
    { "priv_limit", SCOPE_LAN, { { ARG_CHOICE, "privilege limit", 0, privileges, false } },
      NULL, "The channel's privilege limit.", conf_do_priv_limit },
    { "allowed_auths_callback", SCOPE_LAN, { { 0 } }, "none md2 md5 straight",
      "IPMI 1.5 authentication types for callback privilege.", conf_do_allowed_auths },
    { "allowed_auths_user", SCOPE_LAN, { { 0 } }, "none md2 md5 straight",
      "The same for user privilege.", conf_do_allowed_auths },
    { "allowed_auths_operator", SCOPE_LAN, { { 0 } }, "none md2 md5 straight",
      "The same for operator privilege.", conf_do_allowed_auths },
    { "allowed_auths_admin", SCOPE_LAN, { { 0 } }, "none md2 md5 straight",
      "The same for administrator privilege.", conf_do_allowed_auths },
    { "guid", SCOPE_LAN, { OCTETS("GUID", 16) }, NULL,
      "The GUID that IPMI 2.0 sessions see.", conf_do_lan_guid },
    { "bmc_key", SCOPE_LAN, { OCTETS("key", 20) }, NULL,
      "The BMC key K_g of IPMI 2.0 sessions.", conf_do_bmc_key },
    { "lan_config_program", SCOPE_LAN, { STRING("program") }, NULL,
      "Name a program for LAN parameters; kept, not run.", conf_do_lan_config_program },
    { "PEF_alerting", SCOPE_LAN, { BOOL("alerting") }, NULL,
      "Whether the channel sends alerts.", conf_do_pef_alerting },
    { "per_msg_auth", SCOPE_LAN, { BOOL("per-message authentication") }, NULL,
      "Whether IPMI 1.5 authenticates every message.", conf_do_per_msg_auth },
    { "cipher_suite_0", SCOPE_LAN, { BOOL("cipher suite 0") }, NULL,
      "Offer cipher suite 0, which asks for no password: unsafe.", conf_do_cipher_suite_0 },
    { "max_sessions", SCOPE_LAN, { UINT("sessions", CONF_SESSIONS_MAX) }, NULL,
      "How many sessions the channel has.", conf_do_max_sessions },
    { "ip", SCOPE_LAN, { { ARG_IP4, "address", 0, NULL, false } }, NULL,
      "The IP address that the LAN parameters show.", conf_do_ip },
    { "mask", SCOPE_LAN, { { ARG_IP4, "mask", 0, NULL, false } }, NULL,
      "The subnet mask that they show.", conf_do_mask },
    { "gateway", SCOPE_LAN, { { ARG_IP4, "address", 0, NULL, false } }, NULL,
      "The default gateway that they show.", conf_do_gateway },
    { "mac", SCOPE_LAN, { { ARG_MAC, "MAC address", 0, NULL, false } }, NULL,
      "The MAC address that they show.", conf_do_mac },
    { "gateway_mac", SCOPE_LAN, { { ARG_MAC, "MAC address", 0, NULL, false } }, NULL,
      "The gateway's MAC address that they show.", conf_do_gateway_mac },
    { "ip_source", SCOPE_LAN, { { ARG_CHOICE, "source", 0, ip_sources, false } }, NULL,
      "Where the address comes from.", conf_do_ip_source },
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

    conf_work_on(&c, build->d->bmc_address, (struct place){ file, 0, 0 });
    source_open(&source, file, text, len, false, script->diags);
    while (c.mc != NULL && source_next(&source, &line))
        conf_line(&c, &line);
    if (c.in_lan)
        diag_error(script->diags, c.lan_at, "found startlan without end; expected endlan");
    *named = c.named;
    source_close(&source);
}
