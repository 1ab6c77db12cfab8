/* trace_decrypt.c - ipmilab trace decrypt: clear copies of what was encrypted. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture/decrypt.h"
#include "capture/ipframe.h"
#include "capture/netframe.h"
#include "capture/peer_text.h"
#include "sim/base/hex.h"
#include "sim/cmd/options.h"
#include "sim/cmd/trace_cmds.h"
#include "sim/lan/rakp.h"
#include "sim/wire/rakp_msg.h"

#define NO_LANE UINT32_MAX

struct decryption {
    const char *user, *password, *kg_text, *out_path;
    uint8_t kg[RAKP_KEY_LEN];
    struct packet_source *source;
    struct pcapng_out out;
    struct decrypt *d;
    uint32_t *lanes;                   /* of the source: number in the output */
    uint32_t lane_count, out_count;
    uint32_t clear_lane;
    uint64_t clear;                    /* copies written */
};

static int
fail(const char *what, enum status st)
{
    fprintf(stderr, "ipmilab: %s: %s\n", what,
            st == ST_IO && errno ? strerror(errno) : status_text(st));
    return EXIT_LAB;
}

/* ---- the output ---- */

/* The number of a packet's interface in the output, made at its first packet. */
static enum status
lane_of(struct decryption *x, const struct packet_lane *lane, uint32_t *out)
{
    if (lane->number >= x->lane_count) {
        uint32_t count = lane->number + 1;
        uint32_t *more = realloc(x->lanes, count * sizeof *more);

        if (more == NULL)
            return ST_NOMEM;
        x->lanes = more;
        while (x->lane_count < count)
            x->lanes[x->lane_count++] = NO_LANE;
    }
    *out = x->lanes[lane->number];
    if (*out != NO_LANE)
        return ST_OK;
    *out = x->lanes[lane->number] = x->out_count++;
    return x->out.interface(x->out.ctx, lane->link_type,
                            lane->name[0] ? lane->name : LANE_LAN, lane->description);
}

static enum status
copy_packet(struct decryption *x, const struct packet *p)
{
    struct pcapng_packet copy = { .time_ns = p->time_ns, .dir = p->dir, .comment = p->comment,
                                  .bytes = p->bytes };
    enum status st = lane_of(x, p->lane, &copy.interface);

    return st == ST_OK ? x->out.packet(x->out.ctx, &copy) : st;
}

static enum status
write_clear(struct decryption *x, const struct packet *p, const struct netframe *n,
            struct bytes clear)
{
    uint8_t buf[DECRYPT_DATAGRAM_MAX + IPFRAME_OVERHEAD_MAX];
    struct wr w = wr_of(buf, sizeof buf);
    struct pcapng_packet copy = { .time_ns = p->time_ns, .dir = p->dir };

    if (x->clear_lane == NO_LANE) {
        enum status st = x->out.interface(x->out.ctx, LINKTYPE_RAW, LANE_LAN_CLEAR,
                                          "decrypted copies of RMCP+ packets");

        if (st != ST_OK)
            return st;
        x->clear_lane = x->out_count++;
    }
    ipframe_build(&w, &n->from, &n->to, clear);
    copy.interface = x->clear_lane;
    copy.bytes = wr_bytes_of(&w);
    x->clear++;
    return x->out.packet(x->out.ctx, &copy);
}

/* ---- packets ---- */

/* A lab's own clear copies give way to ours; inputs are of no use without it. */
static bool
is_left_out(const struct packet *p)
{
    return strcmp(p->lane->name, LANE_LAN_CLEAR) == 0 || p->lane->link_type == LINKTYPE_USER0;
}

static enum status
take(struct decryption *x, const struct packet *p)
{
    struct decrypt_datagram in = { .number = p->number };
    struct netframe n;
    struct bytes clear;
    enum status st;

    if (is_left_out(p))
        return ST_OK;
    st = copy_packet(x, p);
    if (st != ST_OK || netframe_parse(p->lane->link_type, p->bytes, &n) != NETFRAME_OK)
        return st;
    in.from = n.from;
    in.to = n.to;
    in.bytes = n.payload;
    return decrypt_input(x->d, &in, &clear) ? write_clear(x, p, &n, clear) : ST_OK;
}

static int
take_all(struct decryption *x)
{
    enum packet_result result;
    struct packet p;

    while ((result = packet_source_next(x->source, &p)) == PACKET_NEXT) {
        enum status st = take(x, &p);

        if (st != ST_OK)
            return fail(x->out_path, st);
    }
    return result == PACKET_END ? -1 : trace_source_bad(x->source);
}

/* ---- the verdict ---- */

static void
print_session(const struct decrypt_session *s)
{
    char console[PEER_TEXT_MAX], bmc[PEER_TEXT_MAX];

    printf("session of packet %" PRIu64 ": %s > %s, user \"%s\", %08" PRIX32 "h/%08" PRIX32
           "h: ", s->first, peer_text(&s->console, console, sizeof console),
           peer_text(&s->bmc, bmc, sizeof bmc), s->user, s->console_sid, s->bmc_sid);
    printf("%s", decrypt_state_text(s->state));
    if (s->state == DECRYPT_REFUSED)
        printf(" (%s)", rakp_status_text((unsigned)s->status));
    if (s->packets)
        printf(", %" PRIu64 " of %" PRIu64 " packets good", s->read, s->packets);
    if (s->bad_codes)
        printf(", %" PRIu64 " with a wrong AuthCode", s->bad_codes);
    if (s->garbled)
        printf(", %" PRIu64 " that cannot be decrypted", s->garbled);
    putchar('\n');
}

/* A session that was followed may still have packets that nobody could read. */
static bool
is_unread(const struct decrypt_session *s)
{
    return decrypt_is_failure(s->state) || (s->state == DECRYPT_OPENING && s->packets != 0);
}

static int
report(const struct decryption *x)
{
    const struct decrypt_session *s;
    size_t n, unread = 0;

    for (n = 0; (s = decrypt_session(x->d, n)) != NULL; n++) {
        print_session(s);
        unread += is_unread(s);
    }
    if (decrypt_missed(x->d))
        printf("%" PRIu64 " sessions more were not followed\n", decrypt_missed(x->d));
    printf("%s: %" PRIu64 " clear copies of %zu sessions", x->out_path, x->clear, n);
    printf(unread ? ", %zu could not be read\n" : "\n", unread);
    return unread || decrypt_missed(x->d) ? EXIT_CLAIM : EXIT_GOOD;
}

static int
open_output(struct decryption *x)
{
    enum status st;

    if (strcmp(x->out_path, packet_source_path(x->source)) == 0) {
        fprintf(stderr, "ipmilab: trace decrypt: -o: expected another file than the input\n");
        return EXIT_USAGE;
    }
    st = pcapng_create(x->out_path, "ipmilab trace decrypt", NULL, 0, &x->out);
    return st == ST_OK ? -1 : fail(x->out_path, st);
}

static int
decrypt_path(struct decryption *x, const char *path)
{
    struct decrypt_opts opts = {
        .user = x->user, .password = (const uint8_t *)x->password,
        .password_len = strlen(x->password), .kg = x->kg_text != NULL ? x->kg : NULL,
    };
    enum status st;
    int code = trace_source_open(path, &x->source);

    if (code < 0) {
        st = decrypt_new(&opts, &x->d);
        code = st == ST_OK ? -1 : fail("decrypt", st);
    }
    if (code < 0)
        code = open_output(x);
    if (code < 0)
        code = take_all(x);
    if (x->out.close != NULL && x->out.close(x->out.ctx) != ST_OK && code < 0)
        code = fail(x->out_path, ST_IO);
    if (code < 0)
        code = report(x);
    decrypt_free(x->d);
    packet_source_close(x->source);
    free(x->lanes);
    return code;
}

/* ---- options ---- */

static int
check_options(struct decryption *x)
{
    size_t digits = x->kg_text != NULL ? strlen(x->kg_text) : 0;

    if (x->password == NULL || x->out_path == NULL) {
        fprintf(stderr, "ipmilab: trace decrypt: expected --password and -o\n");
        return EXIT_USAGE;
    }
    if (strlen(x->password) > DECRYPT_PASSWORD_MAX ||
        (x->user != NULL && strlen(x->user) > RAKP_NAME_MAX)) {
        fprintf(stderr, "ipmilab: trace decrypt: expected a user of up to %d characters and a "
                "password of up to %d\n", RAKP_NAME_MAX, DECRYPT_PASSWORD_MAX);
        return EXIT_USAGE;
    }
    if (digits % 2 || digits > 2 * sizeof x->kg ||
        (digits && !hex_read(x->kg_text, x->kg, digits / 2))) {
        fprintf(stderr, "ipmilab: --kg: \"%s\": expected up to 40 hexadecimal digits\n",
                x->kg_text);
        return EXIT_USAGE;
    }
    return -1;
}

int
cmd_trace_decrypt(int argc, char **argv)
{
    struct decryption x = { .clear_lane = NO_LANE };
    const struct option_row rows[] = {
        { "user", 'u', OPTION_TEXT, &x.user, 0, 0, "NAME",
          "whose sessions (anybody's who has the password)" },
        { "password", 'p', OPTION_TEXT, &x.password, 0, 0, "PASS", "the user's password" },
        { "kg", 'k', OPTION_TEXT, &x.kg_text, 0, 0, "HEX",
          "the BMC's key Kg, where it has one" },
        { "output", 'o', OPTION_TEXT, &x.out_path, 0, 0, "FILE", "pcapng to write" },
    };
    const struct option_set set = {
        "ipmilab trace decrypt FILE --password PASS -o OUT [options]",
        "Follows the RMCP+ sessions of a capture and writes it again with clear copies of\n"
        "what they encrypted, on the interface lan0-clear. Tells of each session whether it\n"
        "could be read, and why not. Exit 0: all could; 1: some could not.",
        rows, sizeof rows / sizeof rows[0],
    };
    const char **files = calloc((size_t)argc + 1, sizeof *files);
    size_t count;
    int code;

    if (files == NULL)
        return EXIT_LAB;
    code = options_parse(&set, argc, argv, files, &count);
    if (code < 0 && count != 1) {
        fprintf(stderr, "ipmilab: trace decrypt: expected one file\nusage: %s\n", set.usage);
        code = EXIT_USAGE;
    }
    if (code < 0)
        code = check_options(&x);
    if (code < 0)
        code = decrypt_path(&x, files[0]);
    free(files);
    return code;
}
