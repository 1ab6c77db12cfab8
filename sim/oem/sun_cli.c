/*
 * The command line: a session that a client opens, feeds characters to and
 * polls for what comes back, SUN_CLI_CHUNK octets at a time.
 *
 * A message is a version (1, or 2 with alternating numbers), a command or in
 * answers a result (0, or 1: it is over), a number, an octet, a handle of
 * four, and text with its NUL. A client that repeats a number gets the same
 * text again. There is one session at a time; one that nobody used for
 * SUN_CLI_IDLE gives way.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/mc/reply.h"
#include "sim/oem/sun.h"

#define VERSION_PLAIN    1u
#define VERSION_NUMBERED 2u
#define HEAD             8u
#define PROMPT           "-> "
#define TAIL             32u    /* octets of output kept for the prompt */

enum { CLI_OPEN, CLI_FORCE, CLI_CLOSE, CLI_POLL, CLI_EOF };
enum { RESULT_GOES_ON = 0, RESULT_OVER = 1, RESULT_REFUSED = 2 };

enum { KEY_INTERRUPT = 0x03, KEY_BACKSPACE = 0x08, KEY_DELETE = 0x7f };

/* Where output goes next, all but so many octets of what is left. */
static struct wr
output_of(struct sun_cli *cli, size_t spare)
{
    size_t left;

    if (cli->out_read == cli->out_len)
        cli->out_read = cli->out_len = 0;
    left = sizeof cli->out - cli->out_len;
    return wr_of(cli->out + cli->out_len, left > spare ? left - spare : 0);
}

static void
keep_output(struct sun_cli *cli, const struct wr *out)
{
    cli->out_len = (uint16_t)(cli->out_len + (out->at - out->start));
}

static void
put(struct sun_cli *cli, const char *text)
{
    struct wr out = output_of(cli, 0);

    sun_say(&out, "%s", text);
    keep_output(cli, &out);
}

static void
do_line(struct mc *mc, const struct ipmi_req *rq)
{
    struct sun_cli *cli = sun_of(mc)->cli;
    struct wr out = output_of(cli, TAIL);
    char line[SUN_CLI_LINE];

    memcpy(line, cli->line, sizeof line);
    cli->line_len = 0;
    cli->line[0] = '\0';
    sun_do_line(mc, rq, line, &out);
    keep_output(cli, &out);
    if (!cli->over && cli->question == SUN_ASKS_NOTHING)
        put(cli, PROMPT);
}

/* One character of what the client types; it is echoed. */
static void
take_character(struct mc *mc, const struct ipmi_req *rq, char c)
{
    struct sun_cli *cli = sun_of(mc)->cli;

    if (c == '\r' || c == '\n') {
        put(cli, "\n");
        do_line(mc, rq);
    } else if (c == KEY_INTERRUPT) {
        cli->line_len = 0;
        cli->line[0] = '\0';
        cli->question = SUN_ASKS_NOTHING;
        put(cli, "^C\n" PROMPT);
    } else if (c == KEY_BACKSPACE || c == KEY_DELETE) {
        if (cli->line_len > 0) {
            cli->line[--cli->line_len] = '\0';
            put(cli, "\b \b");
        }
    } else if (c >= ' ' && c < KEY_DELETE && cli->line_len < SUN_CLI_LINE - 1) {
        cli->line[cli->line_len++] = c;
        cli->line[cli->line_len] = '\0';
        put(cli, (const char[]){ c, '\0' });
    }
}

/* ---- messages ---- */

struct message {
    uint8_t version, command, seqnum;
    uint32_t handle;
    char text[SUN_CLI_CHUNK];
};

/* False: text that does not end in a NUL. */
static bool
read_message(struct rd *r, struct message *m)
{
    struct bytes text;

    m->version = rd_u8(r);
    m->command = rd_u8(r);
    m->seqnum = rd_u8(r);
    rd_skip(r, 1);
    m->handle = rd_le32(r);
    text = rd_rest(r);
    if (r->bad || text.len == 0 || text.len > sizeof m->text || text.at[text.len - 1] != '\0')
        return false;
    memcpy(m->text, text.at, text.len);
    rd_skip(r, text.len);
    return true;
}

static enum ipmi_cc
answer(const struct message *m, uint8_t version, uint8_t result, uint32_t handle,
       const char *text, struct wr *rs)
{
    wr_u8(rs, version);
    wr_u8(rs, result);
    wr_u8(rs, m->seqnum);
    wr_u8(rs, 0);
    wr_le32(rs, handle);
    wr_bytes(rs, text, strlen(text) + 1);
    return CC_OK;
}

/* The next of what is to be read, into cli->last. */
static void
next_text(struct sun_cli *cli, size_t room)
{
    size_t len = cli->out_len - cli->out_read;
    size_t most = room - HEAD < SUN_CLI_CHUNK ? room - HEAD - 1 : SUN_CLI_CHUNK - 1;

    if (len > most)
        len = most;
    memcpy(cli->last, cli->out + cli->out_read, len);
    cli->last[len] = '\0';
    cli->out_read = (uint16_t)(cli->out_read + len);
}

static bool
taken(const struct mc *mc, const struct sun_cli *cli)
{
    return cli != NULL && mc->world->now - cli->used < SUN_CLI_IDLE;
}

static enum ipmi_cc
open_session(struct mc *mc, const struct ipmi_req *rq, const struct message *m, struct wr *rs)
{
    struct sun *sun = sun_of(mc);
    struct sun_cli *cli = sun->cli;
    bool again = cli != NULL && cli->fresh && cli->session == rq->from.session;

    if (m->command == CLI_OPEN && taken(mc, cli) && !again)
        return answer(m, m->version, RESULT_OVER, 0, "Busy", rs);
    if (cli == NULL)
        cli = sun->cli = malloc(sizeof *cli);
    if (cli == NULL)
        return CC_NO_SPACE;
    memset(cli, 0, sizeof *cli);
    cli->fresh = true;
    cli->session = rq->from.session;
    cli->used = mc->world->now;
    cli->seqnum = m->seqnum & 1u;
    cli->handle = ++sun->last_handle;
    snprintf(cli->at, sizeof cli->at, "/");
    put(cli, PROMPT);
    return answer(m, m->version, RESULT_GOES_ON, cli->handle, "", rs);
}

void
sun_close_cli(struct sun *sun)
{
    free(sun->cli);
    sun->cli = NULL;
}

static enum ipmi_cc
close_session(struct sun *sun, const struct message *m, struct wr *rs)
{
    sun_close_cli(sun);
    return answer(m, m->version, RESULT_OVER, m->handle, "", rs);
}

/* What the client typed, and what there is to be read now. */
static enum ipmi_cc
poll_session(struct mc *mc, const struct ipmi_req *rq, const struct message *m, struct wr *rs)
{
    struct sun_cli *cli = sun_of(mc)->cli;
    bool repeated = m->version == VERSION_NUMBERED && !cli->fresh &&
                    (m->seqnum & 1u) == cli->seqnum;

    cli->used = mc->world->now;
    cli->fresh = false;
    cli->seqnum = m->seqnum & 1u;
    if (!repeated) {
        for (const char *c = m->text; *c != '\0' && !cli->over; c++)
            take_character(mc, rq, *c);
        if (m->command == CLI_EOF && !cli->over) {
            struct wr out = output_of(cli, 0);

            sun_end_cli(cli, &out);
            keep_output(cli, &out);
        }
        next_text(cli, reply_room(mc, rq));
    }
    if (cli->over && cli->last[0] == '\0')
        return close_session(sun_of(mc), m, rs);
    return answer(m, m->version, RESULT_GOES_ON, cli->handle, cli->last, rs);
}

enum ipmi_cc
sun_cmd_cli(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct sun_cli *cli = sun_of(mc)->cli;
    struct message m;

    if (!read_message(&rq->data, &m) || m.command > CLI_EOF)
        return CC_INVALID_FIELD;
    if (m.version != VERSION_PLAIN && m.version != VERSION_NUMBERED)
        return answer(&m, VERSION_NUMBERED, RESULT_OVER, 0, "Invalid version", rs);
    if (m.command == CLI_OPEN || m.command == CLI_FORCE)
        return open_session(mc, rq, &m, rs);
    if (cli == NULL || m.handle != cli->handle)
        return answer(&m, m.version, RESULT_REFUSED, m.handle, "Invalid handle", rs);
    if (m.command == CLI_CLOSE)
        return close_session(sun_of(mc), &m, rs);
    return poll_session(mc, rq, &m, rs);
}
