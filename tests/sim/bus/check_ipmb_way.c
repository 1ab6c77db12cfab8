/* A port on a pair of buses: which one, the other one, links that fail. */
#include <stdio.h>
#include <string.h>

#include "sim/bus/bus_name.h"
#include "sim/bus/ipmb_port.h"
#include "tests/lib/run.h"

#define US(n) SPAN_US(n)
#define MS(n) SPAN_MS(n)

#define SPAN_7 US(650)   /* a request without data, at 100 kHz */
#define SPAN_8 US(740)   /* an answer that is a completion code alone */
#define SPAN_NAK US(110) /* START, an address that is refused, STOP */
#define STUCK    US(100) /* and without STOP */
#define BUS_FREE 4700u /* ns */

enum { A, B };

static struct world w;
static struct medium *bus[2];
static struct ipmb_port *bmc, *board, *other;   /* 20h, 82h, 84h */
static unsigned executed;
static bool silent;

/* What was seen of frames: "650 a 82 delivered" and the like. */
static char seen[8192];

static struct {
    unsigned done;
    instant at;
    enum ipmb_end end;
} got;

/* Links of the BMC and the board, as they were told last. */
static struct {
    unsigned count;
    unsigned which;
    enum ipmb_link_status status;
    instant at;
} told[2];

static void
serve(void *ctx, struct ipmi_req *rq)
{
    (void)ctx;
    executed++;
    if (!silent)
        ipmi_answer(&rq->from, 0, bytes_of(NULL, 0));
}

static void
on_link(void *ctx, struct ipmb_port *port, unsigned which)
{
    unsigned i = port != bmc;

    (void)ctx;
    told[i].count++;
    told[i].which = which;
    told[i].status = ipmb_port_link(port, which);
    told[i].at = w.now;
}

static void
on_done(void *ctx, uint32_t mark, enum ipmb_end end, uint8_t cc, struct bytes data)
{
    (void)ctx;
    (void)mark;
    (void)cc;
    (void)data;
    got.done++;
    got.at = w.now;
    got.end = end;
}

static void
watch(void *ctx, const struct tap_event *ev)
{
    size_t len = strlen(seen);
    char name[BUS_NAME_SIZE];

    (void)ctx;
    if (ev->link == TAP_IPMB && len < sizeof seen - 64)
        snprintf(seen + len, sizeof seen - len, "%u %c %02x %s\n",
                 (unsigned)(ev->at / US(1)), bus_name(ev->number, name)[6],
                 ev->bytes.at[0], fate_text(ev->fate));
}

static const struct tap tap = { watch, NULL };

static struct ipmb_port *
port_at(uint8_t address)
{
    struct ipmb_port_sinks sinks = { .request = serve, .link = on_link };
    struct ipmb_port_config config = {
        .world = &w, .medium = bus[A], .second = bus[B], .address = address,
    };
    struct ipmb_port *port;

    ck_assert_int_eq(ipmb_port_new(&config, &sinks, &port), ST_OK);
    ck_assert_int_eq(ipmb_port_attach(port), ST_OK);
    return port;
}

static void
begin(void)
{
    world_init(&w, rng_key_root(1), 0, 0);
    w.tap = &tap;
    for (unsigned i = 0; i < 2; i++) {
        struct medium_config c = { .number = i ? BUS_PAIR_B : BUS_PAIR_A };

        ck_assert_int_eq(medium_new(&w, &c, &bus[i]), ST_OK);
    }
    bmc = port_at(0x20);
    board = port_at(0x82);
    other = port_at(0x84);
    memset(&got, 0, sizeof got);
    memset(told, 0, sizeof told);
    executed = 0;
    silent = false;
    seen[0] = '\0';
}

static void
end(void)
{
    ipmb_port_free(bmc);
    ipmb_port_free(board);
    ipmb_port_free(other);
    for (unsigned i = 0; i < 2; i++)
        medium_free(bus[i]);
    world_free(&w);
}

static void
ask(struct ipmb_port *from, uint8_t target)
{
    struct ipmb_ask a = { .target = target, .netfn = NETFN_APP, .cmd = 0x04, .done = on_done };

    got.done = 0;
    ck_assert_int_eq(ipmb_port_ask(from, &a, NULL), ST_OK);
}

/* Ask, and wait for the end, with time for what follows from it. */
static enum ipmb_end
ask_and_wait(struct ipmb_port *from, uint8_t target)
{
    ask(from, target);
    while (!got.done)
        world_advance(&w, w.now + US(10));
    world_advance(&w, w.now + MS(5));
    return got.end;
}

static void
arm(struct fault_rule rule)
{
    uint32_t id;

    ck_assert_int_eq(world_arm_fault(&w, &rule, &id), ST_OK);
}

/* The address never acknowledges on one bus. */
static void
cut(unsigned which, uint8_t address)
{
    struct fault_rule rule = fault_rule_any(FAULT_CUT);

    rule.link = TAP_IPMB;
    rule.number = which ? BUS_PAIR_B : BUS_PAIR_A;
    fault_set_add(&rule, address);
    arm(rule);
}

START_TEST(takes_turns_and_answers_on_the_same_bus)
{
    ask(bmc, 0x82);
    world_advance(&w, MS(10));
    ask(bmc, 0x84);
    world_advance(&w, MS(20));
    ck_assert_str_eq(seen, "650 a 82 delivered\n1394 a 20 delivered\n"
                           "10650 b 84 delivered\n11394 b 20 delivered\n");
    ck_assert_int_eq(got.end, IPMB_END_ANSWERED);
}
END_TEST

START_TEST(tries_the_other_bus_at_once_when_nobody_acknowledges)
{
    cut(A, 0x82);
    ask(bmc, 0x82);
    world_advance(&w, MS(10));
    ck_assert_str_eq(seen, "110 a 82 NAKed\n760 b 82 delivered\n1504 b 20 delivered\n");
    ck_assert_uint_eq(ipmb_port_stats(bmc)->changed, 1);
    ck_assert_uint_eq(executed, 1);
}
END_TEST

START_TEST(ends_when_neither_bus_has_it)
{
    ask(bmc, 0x90);
    world_advance(&w, MS(10));
    ck_assert_str_eq(seen, "110 a 90 NAKed\n220 b 90 NAKed\n");
    ck_assert_int_eq(got.end, IPMB_END_NAKED);
    ck_assert_uint_eq(got.at, 2 * SPAN_NAK);
    ck_assert_uint_eq(told[0].count, 0);
}
END_TEST

/* The bus sticks under another's frame; ours waits for its patience. */
START_TEST(goes_to_the_other_bus_when_the_wire_is_not_to_be_had)
{
    struct fault_rule rule = fault_rule_any(FAULT_BABBLE);

    rule.number = BUS_PAIR_A;
    rule.span = MS(500);
    rule.times = 1;
    arm(rule);
    ask(bmc, 0x82);
    world_advance(&w, MS(200));
    ck_assert_int_eq(got.end, IPMB_END_ANSWERED);
    /* The request, the bus-free time, the answer. */
    ck_assert_uint_eq(got.at, IPMB_PORT_WAY_PATIENCE + SPAN_7 + BUS_FREE + SPAN_8);
    /* A bus that is busy is no broken one. */
    ck_assert_int_eq(ipmb_port_link(bmc, A), IPMB_LINK_WORKS);
}
END_TEST

/* SDA is held for 3 s. The frame it broke is sent on B at once, and A is a
 * failed link until a probe finds it free. */
START_TEST(leaves_a_stuck_bus_alone_and_finds_out_when_it_works_again)
{
    struct fault_rule rule = fault_rule_any(FAULT_STICK);

    rule.number = BUS_PAIR_A;
    rule.span = SPAN_S(3);
    rule.times = 1;
    arm(rule);
    ask(bmc, 0x82);
    world_advance(&w, MS(10));
    ck_assert_int_eq(got.end, IPMB_END_ANSWERED);
    /* What was on A up to there; then all over again. */
    ck_assert_uint_eq(got.at, STUCK + SPAN_7 + BUS_FREE + SPAN_8);
    ck_assert_uint_eq(told[0].count, 1);
    ck_assert_uint_eq(told[0].which, A);
    ck_assert_int_eq(told[0].status, IPMB_LINK_DATA_LOW);
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(ask_and_wait(bmc, 0x82), IPMB_END_ANSWERED);
    ck_assert_ptr_null(strstr(strchr(seen, '\n') + 1, " a "));
    world_advance(&w, SPAN_S(6));
    ck_assert_uint_eq(told[0].count, 2);
    ck_assert_int_eq(told[0].status, IPMB_LINK_WORKS);
    ck_assert(told[0].at > SPAN_S(3) && told[0].at < SPAN_S(5));
}
END_TEST

/* A board that is cut off sees that A does not work for it. */
START_TEST(knows_its_own_link_by_three_strikes_and_a_probe)
{
    ck_assert_int_eq(ask_and_wait(board, 0x20), IPMB_END_ANSWERED);
    ck_assert_int_eq(ask_and_wait(board, 0x20), IPMB_END_ANSWERED);
    cut(A, 0x82);
    for (unsigned i = 0; i < 2 * IPMB_PORT_STRIKES; i++) {
        ck_assert_uint_eq(told[1].count, i > 2 * (IPMB_PORT_STRIKES - 1));
        ck_assert_int_eq(ask_and_wait(board, 0x20), IPMB_END_ANSWERED);
    }
    ck_assert_uint_eq(told[1].count, 1);
    ck_assert_uint_eq(told[1].which, A);
    ck_assert_int_eq(told[1].status, IPMB_LINK_UNDIAGNOSED);

    fault_disarm_all(w.faults);
    world_advance(&w, w.now + IPMB_PORT_PROBE + MS(1));
    ck_assert_int_eq(told[1].status, IPMB_LINK_WORKS);
}
END_TEST

/* The one that asks it has a link that others answer on. */
START_TEST(does_not_take_anothers_broken_link_for_its_own)
{
    ck_assert_int_eq(ask_and_wait(bmc, 0x84), IPMB_END_ANSWERED);
    ck_assert_int_eq(ask_and_wait(bmc, 0x84), IPMB_END_ANSWERED);
    cut(A, 0x82);
    for (unsigned i = 0; i < 10 * IPMB_PORT_STRIKES; i++)
        ck_assert_int_eq(ask_and_wait(bmc, 0x82), IPMB_END_ANSWERED);
    ck_assert_uint_eq(told[0].count, 0);
    ck_assert_int_eq(ipmb_port_link(bmc, A), IPMB_LINK_WORKS);
}
END_TEST

/* The answer is lost on A, so the request comes again, by B. */
/* What the board's answer meets on A, where it was asked. */
static const struct {
    const char *why;
    enum fault_effect effect;
    const char *met;
} refusals[] = {
    { "nobody acknowledged it", FAULT_NAK, "764 a 20 NAKed\n1504 b 20 delivered\n" },
    { "the bus got stuck", FAULT_STICK, "754 a 20 lost\n1494 b 20 delivered\n" },
};

START_TEST(answers_on_the_other_bus_when_its_own_fails)
{
    struct fault_rule rule = fault_rule_any(refusals[_i].effect);

    rule.link = TAP_IPMB;
    rule.number = BUS_PAIR_A;
    rule.source = 0x82;
    rule.span = SPAN_S(60);
    arm(rule);
    ask(bmc, 0x82);
    world_advance(&w, MS(10));
    ck_assert_msg(strncmp(seen, "650 a 82 delivered\n", 19) == 0 &&
                      strcmp(seen + 19, refusals[_i].met) == 0,
                  "%s: %s", refusals[_i].why, seen);
    ck_assert_int_eq(got.end, IPMB_END_ANSWERED);
    ck_assert_uint_eq(executed, 1);
    ck_assert_uint_eq(ipmb_port_stats(board)->changed, 1);
    ck_assert_uint_eq(ipmb_port_stats(board)->responses, 1);
    ck_assert_uint_eq(ipmb_port_stats(board)->responses_lost, 0);
    ck_assert_uint_eq(ipmb_port_stats(bmc)->resends, 0);
}
END_TEST

/* Who only answers learns of its links as well: three answers that A refuses,
 * and a probe of whom it answered there before. */
START_TEST(knows_its_link_by_its_answers)
{
    struct fault_rule rule = fault_rule_any(FAULT_NAK);

    rule.link = TAP_IPMB;
    rule.number = BUS_PAIR_A;
    rule.source = 0x82;
    ck_assert_int_eq(ask_and_wait(bmc, 0x82), IPMB_END_ANSWERED);
    arm(rule);
    for (int i = 0; i < 6; i++) {
        ck_assert_uint_eq(told[1].count, 0);
        ck_assert_int_eq(ask_and_wait(bmc, 0x82), IPMB_END_ANSWERED);
    }
    ck_assert_uint_eq(told[1].count, 1);
    ck_assert_uint_eq(told[1].which, A);
    ck_assert_int_eq(told[1].status, IPMB_LINK_UNDIAGNOSED);
    ck_assert_uint_eq(told[0].count, 0);
}
END_TEST

/* Only the second loss is one. */
START_TEST(loses_an_answer_that_neither_bus_takes)
{
    struct fault_rule rule = fault_rule_any(FAULT_NAK);

    rule.link = TAP_IPMB;
    rule.source = 0x82;
    rule.times = 2;
    arm(rule);
    ck_assert_int_eq(ask_and_wait(bmc, 0x82), IPMB_END_ANSWERED);
    ck_assert_uint_eq(executed, 1);
    ck_assert_uint_eq(ipmb_port_stats(board)->responses_lost, 1);
    ck_assert_uint_eq(ipmb_port_stats(board)->duplicates, 1);
    ck_assert_uint_eq(ipmb_port_stats(bmc)->resends, 1);
}
END_TEST

START_TEST(executes_what_comes_by_both_buses_once)
{
    struct fault_rule rule = fault_rule_any(FAULT_LOSE);

    rule.number = BUS_PAIR_A;
    rule.target = 0x20;
    arm(rule);
    ask(bmc, 0x82);
    world_advance(&w, SPAN_S(1));
    ck_assert_str_eq(seen, "650 a 82 delivered\n1394 a 20 lost\n"
                           "251300 b 82 delivered\n252044 b 20 delivered\n");
    ck_assert_int_eq(got.end, IPMB_END_ANSWERED);
    ck_assert_uint_eq(executed, 1);
    ck_assert_uint_eq(ipmb_port_stats(board)->duplicates, 1);
}
END_TEST

START_TEST(stays_off_a_bus_that_it_is_isolated_from)
{
    ck_assert_int_eq(ipmb_port_isolate(bmc, A, true), ST_OK);
    ck_assert(ipmb_port_attached(bmc) && ipmb_port_isolated(bmc, A));
    ck_assert_int_eq(ask_and_wait(bmc, 0x82), IPMB_END_ANSWERED);
    ck_assert_int_eq(ask_and_wait(bmc, 0x82), IPMB_END_ANSWERED);
    ck_assert_int_eq(ask_and_wait(board, 0x20), IPMB_END_ANSWERED);
    ck_assert_ptr_null(strstr(seen, "a 82"));
    ck_assert_ptr_null(strstr(seen, "a 20 delivered"));

    seen[0] = '\0';
    ck_assert_int_eq(ipmb_port_isolate(bmc, A, false), ST_OK);
    ck_assert_int_eq(ask_and_wait(bmc, 0x82), IPMB_END_ANSWERED);
    ck_assert_int_eq(ask_and_wait(bmc, 0x82), IPMB_END_ANSWERED);
    ck_assert_ptr_nonnull(strstr(seen, "a 82 delivered"));
}
END_TEST

START_TEST(is_on_no_bus_when_it_is_isolated_from_both)
{
    struct ipmb_ask a = { .target = 0x82, .netfn = NETFN_APP, .cmd = 0x04 };

    ck_assert_int_eq(ipmb_port_isolate(bmc, A, true), ST_OK);
    ck_assert_int_eq(ipmb_port_isolate(bmc, B, true), ST_OK);
    ck_assert(!ipmb_port_attached(bmc));
    ck_assert_int_eq(ipmb_port_ask(bmc, &a, NULL), ST_MISSING);
    ck_assert_int_eq(ask_and_wait(board, 0x20), IPMB_END_NAKED);
}
END_TEST

/* What waits for A when that is left goes out on B. */
START_TEST(takes_what_waits_along_to_the_other_bus)
{
    ask(other, 0x20);                   /* has A */
    world_advance(&w, US(100));
    ask(bmc, 0x82);                     /* waits for it */
    world_advance(&w, US(200));
    ck_assert_int_eq(ipmb_port_isolate(bmc, A, true), ST_OK);
    world_advance(&w, MS(10));
    ck_assert_ptr_nonnull(strstr(seen, "850 b 82 delivered\n"));
    ck_assert_int_eq(got.end, IPMB_END_ANSWERED);
}
END_TEST

static unsigned raw_sent;
static enum ipmb_end raw_end;

static void
on_raw(void *ctx, uint32_t mark, enum ipmb_end e)
{
    (void)ctx;
    (void)mark;
    raw_sent++;
    raw_end = e;
}

START_TEST(sends_raw_frames_on_the_other_bus_as_well)
{
    static const uint8_t octets[] = { 0x82, 0x18, 0x66, 0x20, 0x04, 0x04, 0xd8 };
    struct ipmb_raw raw = { .frame = bytes_of(octets, sizeof octets), .sent = on_raw };

    raw_sent = 0;
    cut(A, 0x82);
    ck_assert_int_eq(ipmb_port_send_raw(bmc, &raw), ST_OK);
    world_advance(&w, MS(1));
    ck_assert_str_eq(seen, "110 a 82 NAKed\n760 b 82 delivered\n");
    ck_assert_uint_eq(raw_sent, 1);
    ck_assert_int_eq(raw_end, IPMB_END_ANSWERED);
}
END_TEST

/* Nobody is called, and nothing comes later, for what was forgotten. */
START_TEST(forgets_its_links_when_reset)
{
    struct fault_rule rule = fault_rule_any(FAULT_STICK);

    rule.number = BUS_PAIR_A;
    rule.span = SPAN_S(30);
    arm(rule);
    ask(bmc, 0x82);
    world_advance(&w, MS(10));
    ck_assert_uint_eq(told[0].count, 1);
    ipmb_port_reset(bmc);
    ck_assert_int_eq(ipmb_port_link(bmc, A), IPMB_LINK_WORKS);
    world_advance(&w, SPAN_S(5));
    ck_assert_uint_eq(told[0].count, 1);
}
END_TEST

int
main(void)
{
    TCase *c;
    Suite *s = run_suite_of("ipmb_way", &c);

    tcase_add_checked_fixture(c, begin, end);
    tcase_add_test(c, takes_turns_and_answers_on_the_same_bus);
    tcase_add_test(c, tries_the_other_bus_at_once_when_nobody_acknowledges);
    tcase_add_test(c, ends_when_neither_bus_has_it);
    tcase_add_test(c, goes_to_the_other_bus_when_the_wire_is_not_to_be_had);
    tcase_add_test(c, leaves_a_stuck_bus_alone_and_finds_out_when_it_works_again);
    tcase_add_test(c, knows_its_own_link_by_three_strikes_and_a_probe);
    tcase_add_test(c, does_not_take_anothers_broken_link_for_its_own);
    tcase_add_loop_test(c, answers_on_the_other_bus_when_its_own_fails, 0,
                        sizeof refusals / sizeof refusals[0]);
    tcase_add_test(c, knows_its_link_by_its_answers);
    tcase_add_test(c, loses_an_answer_that_neither_bus_takes);
    tcase_add_test(c, executes_what_comes_by_both_buses_once);
    tcase_add_test(c, stays_off_a_bus_that_it_is_isolated_from);
    tcase_add_test(c, is_on_no_bus_when_it_is_isolated_from_both);
    tcase_add_test(c, takes_what_waits_along_to_the_other_bus);
    tcase_add_test(c, sends_raw_frames_on_the_other_bus_as_well);
    tcase_add_test(c, forgets_its_links_when_reset);
    return run_suite(s);
}
