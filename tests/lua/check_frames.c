#include <string.h>

#include "lua/frames.h"
#include "tests/lib/run.h"

static struct film *film;
static struct frames *frames;

static void
begin(void)
{
    ck_assert_int_eq(film_new(&film), ST_OK);
    frames = frames_new(film);
    ck_assert_ptr_nonnull(frames);
}

static void
end(void)
{
    frames_free(frames);
    film_free(film);
}

static void
show(enum tap_link link, enum tap_dir dir, enum fate fate, const char *why, struct bytes b)
{
    tap_emit(film_tap(film), &(struct tap_event){ .link = link, .dir = dir, .fate = fate,
                                                  .why = why, .bytes = b });
}

static struct frame_view
look(size_t n)
{
    struct frame_view v;

    ck_assert(frames_update(frames));
    ck_assert_uint_lt(n, frames_count(frames));
    frames_view(frames, n, &v);
    return v;
}

#define OCTETS(...) ((const uint8_t[]){ __VA_ARGS__ })
#define BYTES(...) bytes_of(OCTETS(__VA_ARGS__), sizeof OCTETS(__VA_ARGS__))

static const struct {
    const char *why;
    enum tap_link link;
    uint8_t octets[40];
    size_t len;
    const char *name;
    int netfn, cmd, cc;
} cases[] = {
    { "Get Device ID on a bus", TAP_IPMB,
      { 0x20, 0x18, 0xc8, 0x81, 0x04, 0x01, 0x7a }, 7, "Get Device ID", 6, 1, FRAME_UNKNOWN },
    { "its answer, C0h", TAP_IPMB,
      { 0x81, 0x1c, 0x63, 0x20, 0x04, 0x01, 0xc0, 0x1b }, 8, "Get Device ID", 7, 1, 0xc0 },
    { "a damaged frame", TAP_IPMB,
      { 0x20, 0x18, 0xc9, 0x81, 0x04, 0x01, 0x7a }, 7, NULL, -1, -1, FRAME_UNKNOWN },
    { "a group's command", TAP_IPMB,
      { 0x20, 0xb0, 0x30, 0x81, 0x04, 0x00, 0x00, 0x7b }, 8, "Get PICMG Properties", 0x2c, 0,
      FRAME_UNKNOWN },
    { "a presence ping", TAP_LAN,
      { 6, 0, 0xff, 6, 0, 0, 0x11, 0xbe, 0x80, 0, 0, 0 }, 12, "Presence Ping", -1, -1,
      FRAME_UNKNOWN },
    { "RAKP 2, cut after its header", TAP_LAN,
      { 6, 0, 0xff, 7, 6, 0x13, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 7 }, 17, "RAKP 2", -1, -1,
      FRAME_UNKNOWN },
    { "nothing", TAP_LAN, { 0 }, 0, NULL, -1, -1, FRAME_UNKNOWN },
    { "a stranger", TAP_LAN, { 1, 2, 3, 4, 5 }, 5, NULL, -1, -1, FRAME_UNKNOWN },
};

START_TEST(knows_frames_by_name)
{
    struct frame_view v;

    show(cases[_i].link, TAP_TO_BMC, FATE_DELIVERED, NULL,
         bytes_of(cases[_i].octets, cases[_i].len));
    v = look(0);
    if (cases[_i].name == NULL)
        ck_assert_msg(v.facts.name == NULL, "%s: %s", cases[_i].why, v.facts.name);
    else
        ck_assert_str_eq(v.facts.name, cases[_i].name);
    ck_assert_msg(v.facts.netfn == cases[_i].netfn, "%s", cases[_i].why);
    ck_assert_msg(v.facts.cmd == cases[_i].cmd, "%s", cases[_i].why);
    ck_assert_msg(v.facts.cc == cases[_i].cc, "%s", cases[_i].why);
}
END_TEST

/* A packet of session 1, number seq: encrypted, or its copy with Get Device ID. */
static struct bytes
packet(uint8_t to[64], bool encrypted, uint8_t seq)
{
    static const uint8_t message[] = { 0x20, 0x18, 0xc8, 0x81, 0x04, 0x01, 0x7a };
    uint8_t head[] = { 6, 0, 0xff, 7, 6, encrypted ? 0x80 : 0, 1, 0, 0, 0, seq, 0, 0, 0,
                       sizeof message, 0 };

    memcpy(to, head, sizeof head);
    memset(to + sizeof head, 0x5a, sizeof message);
    if (!encrypted)
        memcpy(to + sizeof head, message, sizeof message);
    return bytes_of(to, sizeof head + sizeof message);
}

START_TEST(knows_encrypted_packets_by_their_copies)
{
    uint8_t a[64], b[64], c[64];

    show(TAP_LAN, TAP_TO_BMC, FATE_DELIVERED, NULL, packet(a, true, 1));
    show(TAP_LAN_CLEAR, TAP_TO_BMC, FATE_DELIVERED, NULL, packet(b, false, 1));
    show(TAP_LAN, TAP_TO_BMC, FATE_LOST, "a fault", packet(c, true, 2));
    ck_assert_str_eq(look(0).facts.name, "Get Device ID");
    ck_assert(look(0).facts.encrypted);
    ck_assert_ptr_null(look(2).facts.name);
    ck_assert_int_eq(look(2).fate, FATE_LOST);
}
END_TEST

START_TEST(finds_the_copy_of_a_packet_that_was_held)
{
    uint8_t a[64], b[64];

    show(TAP_LAN_CLEAR, TAP_FROM_BMC, FATE_DELIVERED, NULL, packet(a, false, 9));
    for (int i = 0; i < 200; i++)
        show(TAP_NOTE, TAP_ON_BUS, FATE_DELIVERED, "something else", bytes_of(NULL, 0));
    show(TAP_LAN, TAP_FROM_BMC, FATE_DELAYED, "a fault", packet(b, true, 9));
    ck_assert_str_eq(look(201).facts.name, "Get Device ID");
}
END_TEST

START_TEST(gives_a_frame_the_fate_that_a_note_tells)
{
    show(TAP_IPMB, TAP_ON_BUS, FATE_DELIVERED, NULL, BYTES(0x20, 0x18, 0xc8, 0x81, 4, 1, 0x7b));
    show(TAP_NOTE, TAP_ON_BUS, FATE_IGNORED, "bad data checksum", bytes_of(NULL, 0));
    ck_assert_int_eq(look(0).fate, FATE_IGNORED);
    ck_assert_str_eq(look(0).why, "bad data checksum");
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("frames", &t);

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_loop_test(t, knows_frames_by_name, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(t, knows_encrypted_packets_by_their_copies);
    tcase_add_test(t, finds_the_copy_of_a_packet_that_was_held);
    tcase_add_test(t, gives_a_frame_the_fate_that_a_note_tells);
    return run_suite(s);
}
