#include <string.h>

#include "tests/lib/run.h"

#include "sim/engine/fault.h"
#include "sim/lab/lab.h"
#include "sim/lab/segment.h"
#include "tests/lib/consoles.h"

#define MEMBERS 3u

struct heard {
    struct world *world;
    unsigned count;
    instant at;
    size_t len;
    uint8_t octets[ICMB_FRAME_MAX];
};

static struct world worlds[MEMBERS];
static struct connector *ends[MEMBERS];
static struct heard heard[MEMBERS];
static struct segment *segment;

static void
hear(void *to, struct bytes frame)
{
    struct heard *h = to;

    h->count++;
    h->at = h->world->now;
    h->len = frame.len;
    memcpy(h->octets, frame.at, frame.len);
}

static void
send(unsigned from, const void *octets, size_t len)
{
    const struct icmb_wire *wire = connector_wire(ends[from]);

    wire->send(wire->ctx, bytes_of(octets, len));
}

static void
advance(instant to)
{
    for (unsigned i = 0; i < MEMBERS; i++)
        world_advance(&worlds[i], to);
}

static void
setup(void)
{
    ck_assert(segment_new("spine", &segment) == ST_OK);
    for (unsigned i = 0; i < MEMBERS; i++) {
        world_init(&worlds[i], rng_key_root(i + 1), i, WORLD_EPOCH_DEFAULT);
        ck_assert(segment_join(segment, &worlds[i], &ends[i]) == ST_OK);
        heard[i] = (struct heard){ .world = &worlds[i] };
        connector_wire(ends[i])->connect(connector_wire(ends[i])->ctx, hear, &heard[i]);
    }
}

static void
teardown(void)
{
    for (unsigned i = 0; i < MEMBERS; i++) {
        segment_leave(ends[i]);
        world_free(&worlds[i]);
    }
    segment_free(segment);
}

/* 9.6 octets pass in 5 ms. */
START_TEST(carries_a_frame_to_all_others_when_its_last_bit_is_over)
{
    instant span = SPAN_S(1) * 4 * 10 / SEGMENT_BAUD;

    ck_assert_str_eq(segment_name(segment), "spine");
    advance(SPAN_MS(3));
    send(1, "abcd", 4);
    advance(SPAN_MS(3) + span - 1);
    ck_assert_uint_eq(heard[0].count + heard[1].count + heard[2].count, 0);
    advance(SPAN_S(1));
    ck_assert_uint_eq(heard[1].count, 0);
    for (unsigned i = 0; i < MEMBERS; i += 2) {
        ck_assert_uint_eq(heard[i].count, 1);
        ck_assert_uint_eq(heard[i].at, SPAN_MS(3) + span);
        ck_assert_uint_eq(heard[i].len, 4);
        ck_assert_mem_eq(heard[i].octets, "abcd", 4);
    }
}
END_TEST

START_TEST(carries_one_frame_after_the_other)
{
    instant span = SPAN_S(1) * 4 * 10 / SEGMENT_BAUD;

    send(0, "1111", 4);
    send(1, "2222", 4);
    advance(SPAN_S(1));
    ck_assert_uint_eq(heard[0].at, 2 * span + SEGMENT_GAP);
    ck_assert_uint_eq(heard[1].at, span);
    ck_assert_uint_eq(heard[2].count, 2);
    ck_assert_uint_eq(segment_stats(segment)->frames, 2);
    ck_assert_uint_eq(segment_stats(segment)->octets, 8);
    ck_assert_uint_eq(segment_stats(segment)->busy, 2 * span);
}
END_TEST

START_TEST(loses_what_does_not_fit)
{
    for (unsigned i = 0; i < SEGMENT_FRAMES + 5; i++)
        send(0, "x", 1);
    ck_assert_uint_eq(segment_stats(segment)->lost, 5);
    advance(SPAN_S(10));
    ck_assert_uint_eq(heard[1].count, SEGMENT_FRAMES);
    ck_assert_uint_eq(heard[0].count, 0);
    send(0, "x", 1);
    ck_assert_uint_eq(segment_stats(segment)->lost, 5);
}
END_TEST

START_TEST(says_when_deadlines_moved)
{
    ck_assert(!segment_take_changed(segment));
    send(0, "x", 1);
    ck_assert(segment_take_changed(segment));
    ck_assert(!segment_take_changed(segment));
    ck_assert_ptr_eq(segment_world(segment, 2), &worlds[2]);
    ck_assert_ptr_null(segment_world(segment, 3));
}
END_TEST

START_TEST(obeys_the_faults_of_who_hears)
{
    struct fault_rule lose = fault_rule_any(FAULT_LOSE);
    uint32_t id;

    lose.link = TAP_ICMB;
    ck_assert(world_arm_fault(&worlds[2], &lose, &id) == ST_OK);
    send(0, "x", 1);
    advance(SPAN_S(1));
    ck_assert_uint_eq(heard[1].count, 1);
    ck_assert_uint_eq(heard[2].count, 0);
}
END_TEST

START_TEST(forgets_who_left)
{
    struct segment *other;
    struct connector *c;

    ck_assert(segment_new("other", &other) == ST_OK);
    ck_assert(segment_join(other, &worlds[0], &c) == ST_OK);
    segment_leave(c);
    ck_assert_ptr_null(segment_world(other, 0));
    segment_free(other);
    segment_leave(NULL);
}
END_TEST

/* ---- chassis of a lab on a segment ---- */

#define CHASSIS 3u

/* Everything that crosses a link, chassis by chassis, in its order. */
struct record {
    uint8_t octets[262144];
    size_t len;
    unsigned icmb;
};

static void
keep(void *ctx, const struct tap_event *ev)
{
    struct record *r = ctx;
    uint64_t head[3] = { ev->at, ev->chassis, ev->link };

    ck_assert_uint_le(r->len + sizeof head + ev->bytes.len, sizeof r->octets);
    memcpy(r->octets + r->len, head, sizeof head);
    r->len += sizeof head;
    if (ev->bytes.len)
        memcpy(r->octets + r->len, ev->bytes.at, ev->bytes.len);
    r->len += ev->bytes.len;
    r->icmb += ev->link == TAP_ICMB;
}

static struct description *
describe(void)
{
    struct description *d;
    struct machine_user *user;
    struct machine_lan *lan;
    struct machine_mc *mc;

    ck_assert(description_new("bridge", &d) == ST_OK);
    d->icmb = "spine";
    d->icmb_address = 0x0101;
    mc = description_mc(d, BMC_ADDRESS);
    *mc = (struct machine_mc){
        .address = BMC_ADDRESS, .added = true, .enabled = true, .support = 0x80
    };
    lan = DESCRIPTION_ADD(d, mc->lans, mc->lan_count);
    *lan = (struct machine_lan){ .channel = 1, .limit = PRIV_ADMIN };
    user = description_user(d, mc, 2);
    user->enabled = true;
    user->limit = PRIV_ADMIN;
    memcpy(user->name, "ADMIN", 5);
    memcpy(user->password, "secret", 6);
    return d;
}

/* Each BMC is asked, by a console of its own, to ask all: itself it refuses. */
static const struct console_request requests[] = {
    { NETFN_BRIDGE, 0x20, 5, "\x01\x01\x20\x18\x01" },
    { NETFN_BRIDGE, 0x20, 5, "\x02\x01\x20\x18\x01" },
    { NETFN_BRIDGE, 0x20, 5, "\x03\x01\x20\x18\x01" },
    { NETFN_BRIDGE, 0x11, 0, "" },
};

static void
talk_all(struct record *r)
{
    struct tap tap = { keep, r };
    struct lab_opts opts = { .seed = 5 };
    struct remote_opts remote = { .key = rng_key_root(9),
                                  .rmcpp = true,
                                  .suite = 3,
                                  .privilege = PRIV_ADMIN,
                                  .name_only = true,
                                  .user = "ADMIN",
                                  .password = "secret" };
    struct description *d = describe();
    struct consoles cs;
    struct lab *lab;

    *r = (struct record){ 0 };
    ck_assert(lab_new(&opts, &lab) == ST_OK);
    for (uint32_t i = 0; i < CHASSIS; i++)
        ck_assert(lab_add(lab, d, i, NULL) == ST_OK);
    description_unref(d);
    lab_set_tap(lab, &tap);
    ck_assert(consoles_begin(&cs, lab) == ST_OK);
    cs.requests = requests;
    cs.request_count = sizeof requests / sizeof requests[0];
    for (uint32_t i = 0; i < CHASSIS; i++) {
        remote.key = rng_key_numbered(remote.key, i);
        ck_assert_ptr_nonnull(consoles_add(&cs, lab_unit(lab, i), remote));
    }
    consoles_play(&cs, SPAN_S(300));
    for (uint32_t i = 0; i < CHASSIS; i++) {
        ck_assert_uint_eq(cs.list[i].answered, cs.request_count);
        ck_assert_uint_eq(cs.list[i].refused, 1);
    }
    consoles_end(&cs);
    lab_free(lab);
}

START_TEST(joins_chassis_in_one_history)
{
    static struct record first, second;

    talk_all(&first);
    talk_all(&second);
    ck_assert_uint_gt(first.icmb, 30);
    ck_assert_uint_eq(first.len, second.len);
    ck_assert_mem_eq(first.octets, second.octets, first.len);
}
END_TEST

static Suite *
segment_suite(void)
{
    Suite *s = suite_create("sim/lab/segment");
    TCase *tc = tcase_create("segment");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, carries_a_frame_to_all_others_when_its_last_bit_is_over);
    tcase_add_test(tc, carries_one_frame_after_the_other);
    tcase_add_test(tc, loses_what_does_not_fit);
    tcase_add_test(tc, says_when_deadlines_moved);
    tcase_add_test(tc, obeys_the_faults_of_who_hears);
    tcase_add_test(tc, forgets_who_left);
    suite_add_tcase(s, tc);
    tc = tcase_create("lab");
    tcase_add_test(tc, joins_chassis_in_one_history);
    suite_add_tcase(s, tc);
    return s;
}

int
main(void)
{
    return run_suite(segment_suite());
}
