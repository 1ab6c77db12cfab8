#include "capture/dissect.h"

#include <stdlib.h>
#include <string.h>

#include "capture/conversation.h"
#include "sim/base/hex.h"
#include "sim/wire/codes.h"
#include "tests/lib/lanpair.h"
#include "tests/lib/run.h"

static struct dissection d;
static struct conversation *c;

static void
begin(void)
{
    c = conversation_new();
    ck_assert_ptr_nonnull(c);
}

static void
end(void)
{
    conversation_free(c);
}

/* Does any line have these words? */
static bool
says(const char *words)
{
    for (unsigned i = 0; i < d.line_count; i++)
        if (strstr(dissect_line(&d, i), words) != NULL)
            return true;
    return false;
}

/* Dissect octets in hex; blanks between them do not count. */
static void
take(enum tap_link link, const char *digits, uint16_t from_port, uint16_t to_port)
{
    static uint8_t octets[600];
    char plain[1200];
    size_t n = 0;
    struct dissect_frame f = {
        .number = 1, .link = link,
        .from = { .addr = { 192, 0, 2, 1 }, .port = from_port, .family = PEER_IPV4 },
        .to = { .addr = { 192, 0, 2, 2 }, .port = to_port, .family = PEER_IPV4 },
    };

    for (; *digits; digits++)
        if (*digits != ' ')
            plain[n++] = *digits;
    plain[n] = '\0';
    ck_assert(hex_read(plain, octets, n / 2));
    f.bytes = bytes_of(octets, n / 2);
    dissect(c, &f, &d);
}

static const struct {
    enum tap_link link;
    const char *octets;
    enum dissect_kind kind;
    const char *summary, *line;
    bool bad;
} frames[] = {
    { TAP_LAN, "0600ff06 000011be 80 05 00 00", DISSECT_ASF_PING,
      "ASF presence ping, tag 05h", "class ASF (06h)", false },
    { TAP_LAN, "0600ff06 000011be 40 05 00 10 000011be00000000 81 00 000000000000",
      DISSECT_ASF_PONG, "ASF presence pong, tag 05h: IPMI supported", "IANA number 4542 (ASF)",
      false },
    { TAP_LAN, "06000586", DISSECT_RMCP_ACK, "RMCP acknowledgement of 05h", "", false },
    { TAP_LAN, "0600ff07 00 00000000 00000000 07 2018c8 8104017a", DISSECT_MESSAGE,
      "Get Device ID", "81h LUN 0 > 20h LUN 0, sequence 1", false },
    { TAP_LAN, "0600ff07 00 00000000 00000000 07 2018c8 8104017b", DISSECT_MESSAGE,
      "Get Device ID, data checksum is wrong", "data checksum is wrong", true },
    { TAP_LAN, "0600ff07 00 00000000 00000000 09 20", DISSECT_OTHER,
      "IPMI 1.5 packet whose length is wrong, 11 octets", "whose length is wrong", true },
    { TAP_LAN, "0600ff07 06 10 00000000 00000000 2000 "
      "07 04 0000 a4a3a2a0 00000008 01000000 01000008 01000000 02000008 01000000",
      DISSECT_OPEN_REQUEST, "Open Session Request, console session A0A2A3A4h",
      "confidentiality: AES-CBC-128 (01h)", false },
    { TAP_LAN, "0600ff07 06 11 00000000 00000000 0800 07 11 00 00 a4a3a2a0",
      DISSECT_OPEN_RESPONSE, "Open Session Response: no cipher suite match with "
      "proposed security algorithms (11h)", "console session id A0A2A3A4h", false },
    { TAP_LAN, "0600ff07 06 15 00000000 00000000 0300 000000", DISSECT_RAKP4,
      "RAKP message 4 that is cut short, 3 octets", "cut short", true },
    { TAP_LAN, "0600ff07 06 c0 01020304 05000000 0400 aabbccdd ffff 02 07 "
      "000102030405060708090a0b", DISSECT_ENCRYPTED,
      "encrypted IPMI message, session 04030201h, sequence 5, 4 octets",
      "AuthCode (12): 00 01 02", false },
    { TAP_LAN, "0600ff07 06 01 01020304 05000000 0600 03 02 05 10 4f0d", DISSECT_SOL,
      "SOL sequence 3, ACK 2 (5 characters): deactivating, 2 characters \"O\\r\"",
      "status 10h: deactivating", false },
    { TAP_LAN, "07", DISSECT_OTHER, "datagram too short for RMCP, 1 octets", "", true },
    { TAP_IPMB, "2018c8 8104017a", DISSECT_MESSAGE, "Get Device ID", "IPMB: 81h > 20h", false },
    { TAP_IPMB, "00 7218 76 2004 01 db", DISSECT_MESSAGE, "broadcast Get Device ID",
      "8 octets, broadcast", false },
    { TAP_IPMB, "821c62 2004 01 c1 1a", DISSECT_MESSAGE,
      "Get Device ID answered: invalid command (C1h)", "completion code C1h: invalid command",
      false },
    { TAP_IPMB, "a101ff", DISSECT_OTHER, "read from A0h: 01 ff", "2 octets read from A0h", false },
    { TAP_IPMB, "2018", DISSECT_OTHER, "IPMB frame that is cut short, 2 octets", "", true },
    { TAP_IPMB, "20b0 30 8104 01 00 7a", DISSECT_MESSAGE, "Get Address Info: 00",
      "netFn 2Ch (Group extension), command 01h", false },
    { TAP_SYSIF, "1801", DISSECT_MESSAGE, "Get Device ID", "netFn 06h (App)", false },
    { TAP_LAN, "0600ff07 00 00000000 00000000 0f 2018c8 81 04 34 40 7218762004 01db 07",
      DISSECT_MESSAGE, "Send Message [20h > 72h Get Device ID]", "channel 0, tracked", false },
};

START_TEST(says_what_a_frame_is)
{
    begin();
    take(frames[_i].link, frames[_i].octets, 623, 40000);
    ck_assert_str_eq(d.summary, frames[_i].summary);
    ck_assert_int_eq(d.kind, frames[_i].kind);
    ck_assert_int_eq(d.bad, frames[_i].bad);
    ck_assert_msg(!frames[_i].line[0] || says(frames[_i].line), "%s", frames[_i].octets);
    end();
}
END_TEST

START_TEST(gives_the_values_of_a_message)
{
    begin();
    take(TAP_IPMB, "821c62 2004 01 00 aa 31", 0, 0);
    ck_assert(d.response);
    ck_assert_int_eq(d.netfn, 7);
    ck_assert_int_eq(d.cmd, 1);
    ck_assert_int_eq(d.cc, 0);
    ck_assert_int_eq(d.seq, 1);
    ck_assert_str_eq(d.command, "Get Device ID");
    ck_assert_str_eq(d.from, "20h");
    ck_assert_str_eq(d.to, "82h");
    ck_assert_uint_eq(d.data.len, 1);
    ck_assert_int_eq(d.session_id, DISSECT_NONE);
    ck_assert_int_eq(d.id, DISSECT_NONE);
    end();
}
END_TEST

/* Operations of a console, status of a BMC: the ports tell them apart. */
START_TEST(tells_the_directions_of_sol)
{
    const char *packet = "0600ff07 06 01 01020304 05000000 0400 00 00 00 10";

    begin();
    take(TAP_LAN, packet, 40000, 623);
    ck_assert_str_eq(d.summary, "SOL: break");
    take(TAP_LAN, packet, 623, 40000);
    ck_assert_str_eq(d.summary, "SOL: deactivating");
    end();
}
END_TEST

START_TEST(does_without_a_conversation)
{
    c = NULL;
    take(TAP_IPMB, "2018c8 8104017a", 0, 0);
    ck_assert_str_eq(d.summary, "App command 01h");
    ck_assert_ptr_null(d.command);
}
END_TEST

/* ---- conversations ---- */

#define FRAMES_MAX 64

static struct {
    struct dissect_frame frame;
    uint8_t octets[400];
} heard[FRAMES_MAX];
static unsigned heard_count;

static void
hear(void *ctx, const struct tap_event *ev)
{
    struct dissect_frame *f = &heard[heard_count].frame;

    (void)ctx;
    ck_assert_uint_lt(heard_count, FRAMES_MAX);
    *f = dissect_of_tap(ev);
    f->number = ++heard_count;
    memcpy(heard[heard_count - 1].octets, ev->bytes.at, ev->bytes.len);
    f->bytes.at = heard[heard_count - 1].octets;
}

/* A console that logs in and out of a BMC. */
static void
play(bool rmcpp)
{
    static const struct tap tap = { hear, NULL };
    static struct lanpair pair;
    struct remote_opts opts;
    struct remote *r;

    heard_count = 0;
    lanpair_begin(&pair, 5);
    pair.world.tap = &tap;
    opts = lanpair_console(&pair);
    opts.rmcpp = rmcpp;
    opts.auth_type = 2;
    ck_assert(remote_new(&opts, &r) == ST_OK);
    lanpair_open(&pair, r);
    remote_close(r, pair.world.now);
    lanpair_run(&pair, r);
    remote_free(r);
    lanpair_end(&pair);
}

START_TEST(follows_a_session)
{
    const struct conversation_session *s;
    unsigned answers = 0;

    begin();
    play(_i);
    for (unsigned i = 0; i < heard_count; i++) {
        dissect(c, &heard[i].frame, &d);
        ck_assert_msg(!d.bad, "%s", d.summary);
        if (d.kind == DISSECT_MESSAGE && d.response) {
            answers++;
            ck_assert_uint_ne(d.answers, 0);
            ck_assert_uint_lt(d.answers, i + 1);
        }
    }
    ck_assert_uint_gt(answers, 1);
    ck_assert_uint_eq(conversation_sessions(c), 1);
    s = conversation_session(c, 1);
    ck_assert_int_eq(s->phase, PHASE_CLOSED);
    ck_assert_int_eq(s->rmcpp, _i);
    ck_assert_str_eq(s->user, LANPAIR_USER);
    ck_assert_uint_ne(s->bmc_sid, 0);
    ck_assert_uint_eq(s->last, heard_count);
    ck_assert_ptr_null(conversation_session(c, 2));
    end();
}
END_TEST

START_TEST(knows_a_request_again)
{
    struct dissect_frame f = {
        .link = TAP_IPMB, .bytes = bytes_of("\x20\x18\xc8\x82\x04\x01\x79", 7),
    };

    begin();
    f.number = 1;
    f.at = 1000;
    dissect(c, &f, &d);
    ck_assert_uint_eq(d.repeats, 0);
    f.number = 2;
    f.at = 2000;
    dissect(c, &f, &d);
    ck_assert_uint_eq(d.repeats, 1);
    f.bytes = bytes_of("\x82\x1c\x62\x20\x04\x01\xc1\x1a", 8);
    f.number = 3;
    f.at = 2500;
    dissect(c, &f, &d);
    ck_assert_uint_eq(d.answers, 2);
    ck_assert_uint_eq(d.took, 500);
    end();
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("dissect", &t);

    tcase_add_loop_test(t, says_what_a_frame_is, 0, sizeof frames / sizeof frames[0]);
    tcase_add_test(t, gives_the_values_of_a_message);
    tcase_add_test(t, tells_the_directions_of_sol);
    tcase_add_test(t, does_without_a_conversation);
    tcase_add_loop_test(t, follows_a_session, 0, 2);
    tcase_add_test(t, knows_a_request_again);
    return run_suite(s);
}
