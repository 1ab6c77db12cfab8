#include "sim/io/serial_port.h"

#include <stdlib.h>
#include <string.h>

#include "sim/io/tcp_line.h"
#include "sim/serial/serial_line.h"

#define PORT_MAX 65535
#define WORD_MAX 64

struct serial_port {
    struct serial_ports *all;
    struct chassis_unit *unit;
    struct serial_port_line facts;
    const char *words;             /* for complaints */
    struct serial_line *line;
    struct tcp_line *tcp;
    struct bytes heard;            /* for lab_do() */
};

struct serial_ports {
    struct loop *loop;
    serial_ports_warn_fn *warn;
    struct serial_port **at;
    size_t count;
};

/* ---- words ---- */

/* The next word, into to; false past the last, or when it is too long. */
static bool
next_word(const char **words, char to[WORD_MAX])
{
    const char *from = *words + strspn(*words, " \t\"");
    size_t len = strcspn(from, " \t\"");

    *words = from + len;
    if (len == 0 || len >= WORD_MAX || *from == '#')
        return false;
    memcpy(to, from, len);
    to[len] = '\0';
    return true;
}

static bool
channel_of(const char *word, uint8_t *channel)
{
    static const char *const interfaces[] = { "kcs", "bt", "smic", "ssif" };
    char *end;
    unsigned long n;

    *channel = CHANNEL_SYSTEM;
    for (size_t i = 0; i < sizeof interfaces / sizeof interfaces[0]; i++)
        if (strncmp(word, interfaces[i], strlen(interfaces[i])) == 0)
            return true;
    n = strtoul(word, &end, 0);
    *channel = (uint8_t)n;
    return *end == '\0' && n <= CHANNEL_SYSTEM;
}

static bool
codec_of(const char *word, uint8_t *codec)
{
    static const char *const codecs[] = {
        [SERIAL_CODEC_BASIC] = "Direct",
        [SERIAL_CODEC_TERMINAL] = "TerminalMode",
        [SERIAL_CODEC_RADISYS] = "RadisysAscii",
    };

    for (uint8_t i = 0; i < sizeof codecs / sizeof codecs[0]; i++)
        if (strcmp(word, codecs[i]) == 0) {
            *codec = i;
            return true;
        }
    return false;
}

bool
serial_port_parse(const char *words, struct serial_port_line *out)
{
    char word[WORD_MAX], *end;
    unsigned long port;
    bool codec = false;

    *out = (struct serial_port_line){ .port = 0 };
    if (!next_word(&words, word) || !channel_of(word, &out->channel) ||
        !next_word(&words, out->host) || !next_word(&words, word))
        return false;
    port = strtoul(word, &end, 10);
    if (*end != '\0' || port < 1 || port > PORT_MAX)
        return false;
    out->port = (uint16_t)port;
    while (next_word(&words, word)) {
        if (strcmp(word, "connect") == 0)
            out->connect = true;
        else if (strcmp(word, "codec") == 0)
            codec = next_word(&words, word) && codec_of(word, &out->codec);
        else if (!next_word(&words, word))     /* of a word that means nothing here */
            break;
    }
    return codec;
}

/* ---- between the two ---- */

/* serial_line_sinks.say: a message that does not fit is lost whole. */
static void
say(void *ctx, struct bytes chars)
{
    struct serial_port *p = ctx;

    if (tcp_line_put(p->tcp, chars))
        tcp_line_flush(p->tcp);
}

static void
request(void *ctx, struct ipmi_req *rq)
{
    struct serial_port *p = ctx;
    struct mc *bmc = chassis_unit_bmc(p->unit);

    if (bmc != NULL)
        mc_request(bmc, rq);
}

static void
hear(void *ctx)
{
    struct serial_port *p = ctx;

    serial_line_hear(p->line, p->heard);
}

static void
heard(void *ctx, uint8_t *at, size_t len)
{
    struct serial_port *p = ctx;
    struct loop *loop = p->all->loop;

    p->heard = bytes_of(at, len);
    lab_do(loop_lab(loop), p->unit, loop_now(loop), hear, p);
    loop_settle(loop);
}

static void
left(void *ctx)
{
    struct serial_port *p = ctx;

    serial_line_hang_up(p->line);
}

static void
trouble(void *ctx, const char *why)
{
    struct serial_port *p = ctx;

    if (p->all->warn != NULL)
        p->all->warn(p->words, why);
}

static void
closed(void *ctx)
{
    struct serial_port *p = ctx;

    serial_line_free(p->line);
    free(p);
}

/* ---- life ---- */

static enum status
make_line(struct serial_port *p)
{
    bool system = p->facts.channel == CHANNEL_SYSTEM;
    struct serial_line_config config = {
        .world = chassis_unit_world(p->unit),
        .codec = p->facts.codec,
        .channel = p->facts.channel,
        .privilege = system ? PRIV_SYSTEM : PRIV_ADMIN,
        .address = mc_address(chassis_unit_bmc(p->unit)),
    };

    return serial_line_new(&config, &(struct serial_line_sinks){ p, request, say }, &p->line);
}

static enum status
make_ends(struct serial_port *p)
{
    const struct tcp_line_user user = {
        .ctx = p, .heard = heard, .left = left, .trouble = trouble, .closed = closed,
    };
    enum status st = make_line(p);

    if (st == ST_OK)
        st = tcp_line_new(loop_uv(p->all->loop), &user, &p->tcp);
    if (st != ST_OK)
        serial_line_free(p->line);
    return st;
}

static enum status
make_port(struct serial_ports *all, const struct serial_port *facts, struct serial_port **out)
{
    struct serial_port **at = realloc(all->at, (all->count + 1) * sizeof(*at));
    struct serial_port *p = malloc(sizeof *p);

    if (at != NULL)
        all->at = at;
    if (p != NULL)
        *p = *facts;
    if (at == NULL || p == NULL || make_ends(p) != ST_OK) {
        free(p);
        return ST_NOMEM;
    }
    all->at[all->count++] = *out = p;
    return ST_OK;
}

static enum status
open_port(struct serial_ports *all, struct chassis_unit *unit, const struct machine_word *w)
{
    struct serial_port facts = { .all = all, .unit = unit, .words = w->rest }, *p;
    const struct serial_port_line *line = &facts.facts;
    unsigned port;

    if (!serial_port_parse(w->rest, &facts.facts))
        return ST_OK;
    port = line->port + (line->connect ? 0 : chassis_unit_index(unit));
    if (port > PORT_MAX) {
        trouble(&facts, "the port would be above 65535");
        return ST_OK;
    }
    if (make_port(all, &facts, &p) != ST_OK)
        return ST_NOMEM;
    if (line->connect)
        tcp_line_connect(p->tcp, p->facts.host, (uint16_t)port);
    else
        tcp_line_listen(p->tcp, p->facts.host, (uint16_t)port);
    return ST_OK;
}

static enum status
open_unit(struct serial_ports *all, struct chassis_unit *unit)
{
    const struct machine_mc *m;
    enum status st = ST_OK;

    if (chassis_unit_bmc(unit) == NULL)
        return ST_OK;
    m = mc_machine(chassis_unit_bmc(unit));
    for (uint32_t i = 0; st == ST_OK && i < m->word_count; i++)
        if (strcmp(m->words[i].word, "serial") == 0)
            st = open_port(all, unit, &m->words[i]);
    return st;
}

enum status
serial_ports_new(struct loop *loop, serial_ports_warn_fn *warn, struct serial_ports **out)
{
    struct serial_ports *all = calloc(1, sizeof *all);
    struct lab *lab = loop_lab(loop);
    enum status st = ST_OK;

    if (all == NULL)
        return ST_NOMEM;
    all->loop = loop;
    all->warn = warn;
    for (uint32_t n = 0; st == ST_OK && n < lab_count(lab); n++)
        st = open_unit(all, lab_unit(lab, n));
    if (st != ST_OK) {
        serial_ports_free(all);
        return st;
    }
    *out = all;
    return ST_OK;
}

void
serial_ports_free(struct serial_ports *ports)
{
    if (ports == NULL)
        return;
    for (size_t i = 0; i < ports->count; i++)
        tcp_line_close(ports->at[i]->tcp);
    free(ports->at);
    free(ports);
}
