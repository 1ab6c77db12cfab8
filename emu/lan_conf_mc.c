#include <string.h>

#include "emu/lan_conf_handlers.h"
#include "sim/lan/lan_host.h"

static const struct keyword codecs[] = {
    { "TerminalMode", 0 }, { "Direct", 0 }, { "RadisysAscii", 0 }, { "VM", 0 }, { NULL, 0 },
};

static const struct keyword serial_oems[] = {
    { "PigeonPoint", 0 }, { "Radisys", 0 }, { NULL, 0 },
};

/* ---- the machine and its controllers ---------------------------------------------- */

void
conf_do_name(struct conf *c)
{
    c->build->d->name = build_text(c->build, c->v[0].text, c->v[0].len);
    c->named = true;
}

void
conf_do_define(struct conf *c)
{
    script_define(c->script, &c->lx);
}

void
conf_work_on(struct conf *c, uint8_t address, struct place at)
{
    struct machine_mc *mc = build_mc(c->build, address, at);

    if (mc == NULL)
        return;
    build_note(c->build, address)->in_conf = true;
    c->mc = mc;
}

void
conf_do_set_working_mc(struct conf *c)
{
    conf_work_on(c, (uint8_t)c->v[0].n, c->v[0].at);
}

void
conf_do_guid(struct conf *c)
{
    memcpy(c->mc->guid, c->v[0].bytes, sizeof c->mc->guid);
    c->mc->guid_given = true;
}

void
conf_do_user(struct conf *c)
{
    const struct value *v = c->v;
    struct machine_user *user;

    if (v[0].n == 0) {
        diag_error(c->script->diags, v[0].at, "found user 0; expected the user's number, 1 to %d",
                   LAN_USER_ID_MAX);
        return;
    }
    user = description_user(c->build->d, c->mc, (uint8_t)v[0].n);
    if (user == NULL) {
        c->build->nomem = true;
        return;
    }
    /* Files say 10 out of habit, which ipmi_sim reads and never enforces. */
    *user = (struct machine_user){
        .id = (uint8_t)v[0].n, .enabled = v[1].n != 0, .password_is_20 = v[3].len > 16,
        .limit = (uint8_t)v[4].n,
    };
    memcpy(user->password, v[3].bytes, sizeof user->password);
    if (user->id == 1 && v[2].len > 0)
        diag_warning(c->script->diags, v[2].at,
                     "found a name; expected \"\": user 1 has none");
    else
        memcpy(user->name, v[2].bytes, sizeof user->name);
}

void
conf_do_sensors_dir(struct conf *c)
{
    struct machine_mc *mc = build_mc(c->build, (uint8_t)c->v[0].n, c->v[0].at);

    if (mc != NULL)
        build_sensors_dir(c->build, mc, &c->v[1], &c->v[2]);
}

/* ---- words that are kept -------------------------------------------------------------- */

/* Keep the whole line after the directive's name. */
void
conf_do_keep(struct conf *c)
{
    struct lexer again;
    struct token t;

    lexer_open(&again, c->lx.line, c->lx.vars, c->lx.pool, c->lx.diags);
    (void)lex_word(&again, &t);
    t = lex_rest(&again);
    build_word(c->build, c->mc, c->row->name, t.text, t.len, c->at);
}

void
conf_do_startcmd(struct conf *c)
{
    c->build->starts_program = true;
    conf_do_keep(c);
}

void
conf_do_startnow(struct conf *c)
{
    c->build->starts_now = c->v[0].n != 0;
    conf_do_keep(c);
}

void
conf_do_fork_word(struct conf *c)
{
    diag_warning(c->script->diags, c->at,
                 "found %s; expected a directive: this one is a fork's and is not carried out",
                 c->row->name);
    conf_do_keep(c);
}

/* A host and perhaps a port, the first two words of several directives. */
void
conf_do_keep_address(struct conf *c)
{
    if (c->v[1].n > 65535)
        diag_error(c->script->diags, c->v[1].at, "found port %u; expected 1 to 65535",
                   (unsigned)c->v[1].n);
    conf_do_keep(c);
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

void
conf_do_sol(struct conf *c)
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
    conf_do_keep(c);
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

void
conf_do_serial(struct conf *c)
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
    conf_do_keep(c);
}
