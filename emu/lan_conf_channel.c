#include <string.h>

#include "emu/lan_conf_handlers.h"
#include "sim/ipmi/channel.h"
#include "sim/lan/lan_host.h"

static const struct keyword auth_types[] = {
    { "none", AUTH_BIT_NONE }, { "md2", AUTH_BIT_MD2 }, { "md5", AUTH_BIT_MD5 },
    { "straight", AUTH_BIT_STRAIGHT }, { NULL, 0 },
};

static struct machine_lan *
lan(struct conf *c)
{
    return (struct machine_lan *)(uintptr_t)&c->mc->lans[c->lan];
}

void
conf_do_startlan(struct conf *c)
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

void
conf_do_endlan(struct conf *c)
{
    c->in_lan = false;
}

void
conf_do_addr(struct conf *c)
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

void
conf_do_secondary_port(struct conf *c)
{
    struct machine_lan *l = lan(c);

    if (c->v[0].given && c->v[0].n > 65535) {
        diag_error(c->script->diags, c->v[0].at, "found port %u; expected 0 to 65535",
                   (unsigned)c->v[0].n);
        return;
    }
    l->has_secondary = true;
    l->secondary_port = c->v[0].given ? (uint16_t)c->v[0].n : CONF_PORT_SECONDARY;
}

void
conf_do_priv_limit(struct conf *c)
{
    lan(c)->limit = (uint8_t)c->v[0].n;
}

/* allowed_auths_LEVEL: the row's name tells the level. */
void
conf_do_allowed_auths(struct conf *c)
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

void
conf_do_lan_guid(struct conf *c)
{
    memcpy(lan(c)->guid, c->v[0].bytes, sizeof lan(c)->guid);
    lan(c)->guid_given = true;
}

void
conf_do_bmc_key(struct conf *c)
{
    memcpy(lan(c)->kg, c->v[0].bytes, sizeof lan(c)->kg);
    lan(c)->kg_set = true;
}

void
conf_do_lan_config_program(struct conf *c)
{
    lan(c)->config_program = build_text(c->build, c->v[0].text, c->v[0].len);
}

void
conf_do_pef_alerting(struct conf *c)
{
    lan(c)->alerting_off = c->v[0].n == 0;
}

void
conf_do_per_msg_auth(struct conf *c)
{
    lan(c)->per_message_off = c->v[0].n == 0;
}

void
conf_do_cipher_suite_0(struct conf *c)
{
    lan(c)->suite_0 = c->v[0].n != 0;
}

void
conf_do_max_sessions(struct conf *c)
{
    if (c->v[0].n == 0)
        diag_error(c->script->diags, c->v[0].at, "found 0; expected 1 to %d sessions",
                   CONF_SESSIONS_MAX);
    lan(c)->sessions_max = (uint16_t)c->v[0].n;
}

void
conf_do_ip(struct conf *c)
{
    memcpy(lan(c)->ip, c->v[0].bytes, 4);
    lan(c)->ip_given = true;
}

void
conf_do_mask(struct conf *c)
{
    memcpy(lan(c)->mask, c->v[0].bytes, 4);
    lan(c)->mask_given = true;
}

void
conf_do_gateway(struct conf *c)
{
    memcpy(lan(c)->gateway, c->v[0].bytes, 4);
    lan(c)->gateway_given = true;
}

void
conf_do_mac(struct conf *c)
{
    memcpy(lan(c)->mac, c->v[0].bytes, 6);
    lan(c)->mac_given = true;
}

void
conf_do_gateway_mac(struct conf *c)
{
    memcpy(lan(c)->gateway_mac, c->v[0].bytes, 6);
}

void
conf_do_ip_source(struct conf *c)
{
    lan(c)->ip_source = (uint8_t)c->v[0].n;
}
