#include <string.h>

#include "tests/lib/run.h"

#include "sim/base/sum.h"
#include "sim/bus/icmb.h"

#define NODES 3u

/* A wire without time: what one node sends the others hear at once. */
struct end {
    icmb_frame_fn *deliver;
    void *to;
};

static struct world world;
static struct end ends[NODES];
static struct icmb_wire wires[NODES];
static struct icmb *nodes[NODES];
static unsigned frames, answers, ended, last_count;
static uint16_t last_from;
static uint8_t last_cc, last_data[ICMB_FRAME_MAX];
static size_t last_len;
static bool deaf; /* nodes answer nothing */

static void
connect_to(void *ctx, icmb_frame_fn *deliver, void *to)
{
    *(struct end *)ctx = (struct end){ deliver, to };
}

static void
send(void *ctx, struct bytes frame)
{
    uint8_t octets[ICMB_FRAME_MAX];

    frames++;
    memcpy(octets, frame.at, frame.len);
    for (unsigned i = 0; i < NODES; i++)
        if (ctx != &ends[i] && ends[i].deliver != NULL)
            ends[i].deliver(ends[i].to, bytes_of(octets, frame.len));
}

/* Answer with the request's own data behind the privilege. */
static void
request(void *ctx, const struct icmb_frame *f)
{
    struct icmb **node = ctx;
    uint8_t data[ICMB_FRAME_MAX] = { f->privilege };

    memcpy(data + 1, f->data.at, f->data.len);
    if (!deaf)
        ck_assert(icmb_answer(*node, f, 0x42, bytes_of(data, f->data.len + 1)));
}

static void
answer(void *ctx, uint32_t mark, uint16_t from, uint8_t cc, struct bytes data)
{
    (void)ctx;
    ck_assert_uint_eq(mark, 7);
    answers++;
    last_from = from;
    last_cc = cc;
    last_len = data.len;
    if (data.len)
        memcpy(last_data, data.at, data.len);
}

static void
end_of(void *ctx, uint32_t mark, unsigned count)
{
    (void)ctx;
    (void)mark;
    ended++;
    last_count = count;
}

static enum status
ask(uint16_t to, const void *data, size_t len)
{
    return icmb_ask(nodes[0], &(struct icmb_ask){ .to = to,
                                                  .privilege = 3,
                                                  .cmd = 0x20,
                                                  .data = bytes_of(data, len),
                                                  .answer = answer,
                                                  .end = end_of,
                                                  .mark = 7 });
}

static void
setup(void)
{
    frames = answers = ended = last_count = 0;
    deaf = false;
    world_init(&world, rng_key_root(1), 0, WORLD_EPOCH_DEFAULT);
    for (unsigned i = 0; i < NODES; i++) {
        struct icmb_opts opts = { .world = &world,
                                  .wire = &wires[i],
                                  .address = (uint16_t)(0x100 + i),
                                  .request = request,
                                  .ctx = &nodes[i] };

        wires[i] = (struct icmb_wire){ connect_to, send, &ends[i] };
        ck_assert(icmb_new(&opts, &nodes[i]) == ST_OK);
    }
}

static void
teardown(void)
{
    for (unsigned i = 0; i < NODES; i++)
        icmb_free(nodes[i]);
    world_free(&world);
}

START_TEST(builds_what_it_parses)
{
    uint8_t octets[ICMB_FRAME_MAX];
    struct wr w = wr_of(octets, sizeof octets);
    struct icmb_frame in = { .to = 0x0102,
                             .from = 0x0304,
                             .response = true,
                             .seq = 0x15,
                             .privilege = 4,
                             .cmd = 0x20,
                             .data = bytes_of("abc", 3) };
    struct icmb_frame out;

    icmb_build(&w, &in);
    ck_assert(!w.bad);
    ck_assert_uint_eq(wr_len(&w), ICMB_HEAD + 3 + 1);
    ck_assert(icmb_parse(wr_bytes_of(&w), &out));
    ck_assert(out.to == in.to && out.from == in.from && out.response && out.seq == 0x15);
    ck_assert(out.privilege == 4 && out.cmd == 0x20 && out.data.len == 3);
    ck_assert_mem_eq(out.data.at, "abc", 3);
}
END_TEST

static const struct {
    const char *why;
    size_t len;
    int damage; /* octet to damage, -1 = none */
    bool good;
} parses[] = {
    { "whole", ICMB_HEAD + 1, -1, true },
    { "one octet short", ICMB_HEAD, -1, false },
    { "nothing", 0, -1, false },
    { "address damaged", ICMB_HEAD + 1, 0, false },
    { "sum damaged", ICMB_HEAD + 1, ICMB_HEAD, false },
    { "the longest", ICMB_FRAME_MAX, -1, true },
    { "too long", ICMB_FRAME_MAX + 1, -1, false },
};

START_TEST(takes_only_whole_frames)
{
    uint8_t octets[ICMB_FRAME_MAX + 1] = { 0 };
    struct icmb_frame f;

    if (parses[_i].len > 0)
        octets[parses[_i].len - 1] = sum_of(octets, parses[_i].len - 1);
    if (parses[_i].damage >= 0)
        octets[parses[_i].damage] ^= 1;
    ck_assert_msg(icmb_parse(bytes_of(octets, parses[_i].len), &f) == parses[_i].good,
                  "%s", parses[_i].why);
}
END_TEST

START_TEST(is_answered_by_the_bridge_it_asked)
{
    ck_assert(ask(0x102, "xy", 2) == ST_OK);
    ck_assert_uint_eq(answers, 1);
    ck_assert_uint_eq(ended, 1);
    ck_assert_uint_eq(last_from, 0x102);
    ck_assert_uint_eq(last_cc, 0x42);
    ck_assert_uint_eq(last_len, 3);
    ck_assert_mem_eq(last_data, "\003xy", 3);
    world_advance(&world, SPAN_S(10));
    ck_assert_uint_eq(ended, 1);
}
END_TEST

START_TEST(collects_the_answers_of_all)
{
    ck_assert(ask(ICMB_ALL, "", 0) == ST_OK);
    ck_assert_uint_eq(answers, 2);
    ck_assert_uint_eq(ended, 0);
    world_advance(&world, ICMB_COLLECT);
    ck_assert_uint_eq(ended, 1);
    ck_assert_uint_eq(last_count, 2);
    ck_assert_uint_eq(icmb_stats(nodes[0])->timed_out, 0);
}
END_TEST

START_TEST(gives_up_on_a_bridge_that_is_not_there)
{
    ck_assert(ask(0x555, "", 0) == ST_OK);
    world_advance(&world, ICMB_TIMEOUT - 1);
    ck_assert_uint_eq(ended, 0);
    world_advance(&world, ICMB_TIMEOUT);
    ck_assert_uint_eq(ended, 1);
    ck_assert_uint_eq(last_count, 0);
    ck_assert_uint_eq(icmb_stats(nodes[0])->timed_out, 1);
}
END_TEST

START_TEST(has_a_bound_on_what_is_open)
{
    deaf = true;
    for (unsigned i = 0; i < ICMB_ASKS_MAX; i++)
        ck_assert(ask(0x101, "", 0) == ST_OK);
    ck_assert(ask(0x101, "", 0) == ST_FULL);
    icmb_reset(nodes[0]);
    ck_assert(ask(0x101, "", 0) == ST_OK);
    ck_assert_uint_eq(ended, 0);
}
END_TEST

START_TEST(refuses_what_no_frame_holds)
{
    static const uint8_t data[ICMB_DATA_MAX + 1];

    ck_assert(ask(0x101, data, ICMB_DATA_MAX + 1) == ST_INVALID);
    ck_assert(ask(ICMB_NOWHERE, data, 1) == ST_INVALID);
    ck_assert_uint_eq(frames, 0);
}
END_TEST

START_TEST(neither_speaks_nor_hears_while_disabled)
{
    icmb_set_enabled(nodes[1], false);
    ck_assert(ask(0x101, "", 0) == ST_OK);
    ck_assert_uint_eq(answers, 0);
    icmb_set_enabled(nodes[0], false);
    ck_assert(ask(0x102, "", 0) == ST_MISSING);
}
END_TEST

START_TEST(counts_damage_and_strangers)
{
    uint8_t octets[ICMB_HEAD + 1] = { 0, 1, 5, 0, 0x80, 0, 0x20 };

    octets[ICMB_HEAD] = 1;
    ends[0].deliver(ends[0].to, bytes_of(octets, sizeof octets));
    ck_assert_uint_eq(icmb_stats(nodes[0])->damaged, 1);
    octets[ICMB_HEAD] = sum_of(octets, ICMB_HEAD);
    ends[0].deliver(ends[0].to, bytes_of(octets, sizeof octets));
    ck_assert_uint_eq(icmb_stats(nodes[0])->unexpected, 1);
    icmb_clear_stats(nodes[0]);
    ck_assert_uint_eq(icmb_stats(nodes[0])->damaged, 0);
}
END_TEST

static Suite *
icmb_suite(void)
{
    Suite *s = suite_create("sim/bus/icmb");
    TCase *tc = tcase_create("icmb");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, builds_what_it_parses);
    tcase_add_loop_test(tc, takes_only_whole_frames, 0, sizeof parses / sizeof parses[0]);
    tcase_add_test(tc, is_answered_by_the_bridge_it_asked);
    tcase_add_test(tc, collects_the_answers_of_all);
    tcase_add_test(tc, gives_up_on_a_bridge_that_is_not_there);
    tcase_add_test(tc, has_a_bound_on_what_is_open);
    tcase_add_test(tc, refuses_what_no_frame_holds);
    tcase_add_test(tc, neither_speaks_nor_hears_while_disabled);
    tcase_add_test(tc, counts_damage_and_strangers);
    suite_add_tcase(s, tc);
    return s;
}

int
main(void)
{
    return run_suite(icmb_suite());
}
