#include "capture/decrypt.h"

#include <stdlib.h>
#include <string.h>

#include "tests/lib/lanpair.h"
#include "tests/lib/run.h"

#define EVENTS 128

/* What crossed the channel: datagrams, and the lab's own clear copies. */
static struct {
    struct tap_event event;
    uint8_t octets[600];
} events[EVENTS];
static unsigned count;
static struct lanpair pair;
static struct decrypt *decrypt;
static const uint8_t kg[20] = "a key for the BMC";

static void
keep(void *ctx, const struct tap_event *ev)
{
    (void)ctx;
    if (ev->link == TAP_NOTE)
        return;
    ck_assert_uint_lt(count, EVENTS);
    ck_assert_uint_le(ev->bytes.len, sizeof events[0].octets);
    events[count].event = *ev;
    memcpy(events[count].octets, ev->bytes.at, ev->bytes.len);
    events[count].event.bytes.at = events[count].octets;
    count++;
}

static void
answered(void *ctx, bool timed_out, uint8_t cc, struct bytes data)
{
    (void)ctx;
    (void)data;
    ck_assert(!timed_out && cc == CC_OK);
}

/* A session of a suite: log in, ask and be answered twice, log out. */
static void
play(uint8_t suite, bool with_kg)
{
    static const struct tap tap = { keep, NULL };
    static uint8_t data[100];
    struct remote_opts opts;
    struct remote *r;

    count = 0;
    lanpair_begin(&pair, 5);
    pair.world.tap = &tap;
    opts = lanpair_console(&pair);
    opts.suite = suite;
    if (with_kg) {
        pair.config.kg_set = true;
        memcpy(pair.config.kg, kg, sizeof kg);
        opts.kg_set = true;
        memcpy(opts.kg, kg, sizeof kg);
    }
    ck_assert(remote_new(&opts, &r) == ST_OK);
    lanpair_open(&pair, r);
    ck_assert_int_eq(remote_state(r), REMOTE_OPEN);
    for (size_t len = 3; len <= sizeof data; len += 97) {
        ck_assert(remote_request(r, pair.world.now, LANPAIR_ECHO_NETFN, LANPAIR_ECHO_CMD,
                                 bytes_of(data, len), answered, NULL));
        lanpair_run(&pair, r);
    }
    remote_close(r, pair.world.now);
    lanpair_run(&pair, r);
    remote_free(r);
    lanpair_end(&pair);
}

static void
know(const char *user, const char *password, const uint8_t *key)
{
    const struct decrypt_opts opts = {
        .user = user, .password = (const uint8_t *)password,
        .password_len = strlen(password), .kg = key,
    };

    ck_assert(decrypt_new(&opts, &decrypt) == ST_OK);
}

/* Follow event i. */
static bool
follow(unsigned i, struct bytes *clear)
{
    const struct tap_event *ev = &events[i].event;
    bool in = ev->dir == TAP_TO_BMC;
    const struct decrypt_datagram datagram = {
        .number = i + 1, .from = in ? ev->remote : ev->local,
        .to = in ? ev->local : ev->remote, .bytes = ev->bytes,
    };

    return decrypt_input(decrypt, &datagram, clear);
}

/* Follow all from event from on; returns the copies made, all of which must be
 * those that the channel itself made. */
static unsigned
follow_all(unsigned from)
{
    unsigned copies = 0;
    struct bytes clear;

    for (unsigned i = from; i < count; i++) {
        if (events[i].event.link != TAP_LAN || !follow(i, &clear))
            continue;
        copies++;
        ck_assert_uint_lt(i + 1, count);
        ck_assert_int_eq(events[i + 1].event.link, TAP_LAN_CLEAR);
        ck_assert_uint_eq(clear.len, events[i + 1].event.bytes.len);
        ck_assert_mem_eq(clear.at, events[i + 1].octets, clear.len);
    }
    return copies;
}

static unsigned
copies_of_the_channel(void)
{
    unsigned copies = 0;

    for (unsigned i = 0; i < count; i++)
        copies += events[i].event.link == TAP_LAN_CLEAR;
    return copies;
}

/* All suites with integrity; those that encrypt too. */
static const struct {
    uint8_t id;
    bool encrypts;
} suites[] = {
    { 2, false }, { 3, true }, { 4, true }, { 5, true },   { 7, false },  { 8, true }, { 9, true },
    { 10, true }, { 11, false }, { 12, true }, { 13, true }, { 14, true }, { 16, false },
    { 17, true },
};

START_TEST(reads_what_the_channel_reads)
{
    const struct decrypt_session *s;
    unsigned copies;

    play(suites[_i].id, false);
    know(LANPAIR_USER, LANPAIR_PASSWORD, NULL);
    copies = follow_all(0);
    ck_assert(suites[_i].encrypts == (copies > 0));
    ck_assert_uint_eq(copies, copies_of_the_channel());
    s = decrypt_session(decrypt, 0);
    ck_assert_int_eq(s->state, DECRYPT_READY);
    ck_assert_str_eq(s->user, LANPAIR_USER);
    ck_assert_uint_gt(s->read, 6);
    ck_assert_uint_eq(s->read, s->packets);
    ck_assert_uint_eq(s->bad_codes + s->garbled, 0);
    ck_assert_ptr_null(decrypt_session(decrypt, 1));
    decrypt_free(decrypt);
}
END_TEST

START_TEST(needs_the_key_of_the_bmc)
{
    play(3, true);
    know(NULL, LANPAIR_PASSWORD, kg);
    ck_assert_uint_eq(follow_all(0), copies_of_the_channel());
    decrypt_free(decrypt);
    know(NULL, LANPAIR_PASSWORD, NULL);
    ck_assert_uint_eq(follow_all(0), 0);
    ck_assert_int_eq(decrypt_session(decrypt, 0)->state, DECRYPT_WRONG_KG);
    decrypt_free(decrypt);
}
END_TEST

START_TEST(tells_a_wrong_password)
{
    play(17, false);
    know(NULL, "wrong", NULL);
    ck_assert_uint_eq(follow_all(0), 0);
    ck_assert_int_eq(decrypt_session(decrypt, 0)->state, DECRYPT_WRONG_PASSWORD);
    decrypt_free(decrypt);
    know("somebody", LANPAIR_PASSWORD, NULL);
    ck_assert_uint_eq(follow_all(0), 0);
    ck_assert_int_eq(decrypt_session(decrypt, 0)->state, DECRYPT_OTHER_USER);
    decrypt_free(decrypt);
}
END_TEST

/* Both directions of a session whose set-up is missing are two to us: nothing
 * says that their ids belong together. */
START_TEST(tells_that_the_setup_is_missing)
{
    unsigned from = 0;

    play(3, false);
    while (events[from].event.link != TAP_LAN_CLEAR)
        from++;
    know(NULL, LANPAIR_PASSWORD, NULL);
    ck_assert_uint_eq(follow_all(from), 0);
    ck_assert_int_eq(decrypt_session(decrypt, 0)->state, DECRYPT_NO_SETUP);
    ck_assert_uint_gt(decrypt_session(decrypt, 0)->packets, 2);
    ck_assert(decrypt_is_failure(DECRYPT_NO_SETUP));
    decrypt_free(decrypt);
}
END_TEST

START_TEST(counts_what_was_damaged)
{
    unsigned first = 0;
    struct bytes clear;

    play(3, false);
    while (events[first].event.link != TAP_LAN_CLEAR)
        first++;
    know(NULL, LANPAIR_PASSWORD, NULL);
    for (unsigned i = 0; i < first - 1; i++)
        (void)follow(i, &clear);
    events[first - 1].octets[events[first - 1].event.bytes.len - 1] ^= 1;
    ck_assert(!follow(first - 1, &clear));
    ck_assert_uint_eq(decrypt_session(decrypt, 0)->bad_codes, 1);
    decrypt_free(decrypt);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("decrypt", &t);

    tcase_add_loop_test(t, reads_what_the_channel_reads, 0,
                        sizeof suites / sizeof suites[0]);
    tcase_add_test(t, needs_the_key_of_the_bmc);
    tcase_add_test(t, tells_a_wrong_password);
    tcase_add_test(t, tells_that_the_setup_is_missing);
    tcase_add_test(t, counts_what_was_damaged);
    return run_suite(s);
}
