#include <stdio.h>
#include <string.h>

#include "sim/bus/ipmb_port.h"
#include "tests/lib/run.h"

#define US(n) SPAN_US(n)
#define MS(n) SPAN_MS(n)

/* A request without data: 7 octets at 100 kHz. */
#define SPAN_7 US(650)

static struct world w;
static struct medium *bus;
static struct ipmb_port *bmc, *mc;   /* 20h and 52h */

/* What the controller at 52h does with a request. */
static enum { ANSWER, STAY_SILENT, ANSWER_LATER } manner;
static unsigned executed;
static struct ipmi_req last;
static uint8_t last_data[64];
static size_t answer_len;            /* data after the completion code */

/* How the last request of ours ended. */
static struct {
    unsigned sent, done;
    instant sent_at, done_at;
    enum ipmb_end sent_end, end;
    uint8_t cc, data[64];
    size_t len;
    uint32_t mark;
} got;

static unsigned sms_frames;
static struct ipmb_frame sms_last;
static char why[256];

static void
serve(void *ctx, struct ipmi_req *rq)
{
    static const uint8_t data[64] = { 0xd0, 0xd1, 0xd2 };

    (void)ctx;
    executed++;
    last = *rq;
    rd_copy(&rq->data, last_data, rd_left(&rq->data));
    if (manner == ANSWER)
        ipmi_answer(&rq->from, 0, bytes_of(data, answer_len));
}

static void
on_sms(void *ctx, struct ipmb_port *port, const struct ipmb_frame *f, struct bytes frame)
{
    struct ipmb_frame again;

    (void)ctx;
    ck_assert_ptr_eq(port, bmc);
    ck_assert_int_eq(ipmb_parse(frame, &again), IPMB_OK);
    sms_frames++;
    sms_last = *f;
}

static void
on_sent(void *ctx, uint32_t mark, enum ipmb_end end)
{
    ck_assert_ptr_eq(ctx, &got);
    got.sent++;
    got.sent_at = w.now;
    got.sent_end = end;
    got.mark = mark;
}

static void
on_done(void *ctx, uint32_t mark, enum ipmb_end end, uint8_t cc, struct bytes data)
{
    ck_assert_ptr_eq(ctx, &got);
    got.done++;
    got.done_at = w.now;
    got.end = end;
    got.cc = cc;
    got.len = data.len;
    got.mark = mark;
    if (data.len)
        memcpy(got.data, data.at, data.len);
}

static void
watch(void *ctx, const struct tap_event *ev)
{
    (void)ctx;
    if (ev->fate == FATE_IGNORED)
        snprintf(why, sizeof why, "%s", ev->why);
}

static const struct tap tap = { watch, NULL };

static struct ipmb_port *
port_at(uint8_t address, struct ipmb_port_config config, bool sms)
{
    struct ipmb_port_sinks sinks = { .request = serve, .sms = sms ? on_sms : NULL };
    struct ipmb_port *port;

    config.world = &w;
    config.medium = bus;
    config.address = address;
    ck_assert_int_eq(ipmb_port_new(&config, &sinks, &port), ST_OK);
    ck_assert_int_eq(ipmb_port_attach(port), ST_OK);
    return port;
}

static void
make(struct medium_config medium, struct ipmb_port_config config)
{
    world_init(&w, rng_key_root(1), 0, 0);
    w.tap = &tap;
    ck_assert_int_eq(medium_new(&w, &medium, &bus), ST_OK);
    bmc = port_at(0x20, config, true);
    mc = port_at(0x52, config, false);
    memset(&got, 0, sizeof got);
    manner = ANSWER;
    executed = sms_frames = 0;
    answer_len = 2;
    why[0] = '\0';
}

static void
begin(void)
{
    make((struct medium_config){ .number = 0 }, (struct ipmb_port_config){ .channel = 0 });
}

static void
end(void)
{
    ipmb_port_free(bmc);
    ipmb_port_free(mc);
    medium_free(bus);
    world_free(&w);
}

static struct ipmb_ask
get_device_id(uint8_t target)
{
    return (struct ipmb_ask){
        .target = target, .netfn = 6, .cmd = 1,
        .sent = on_sent, .done = on_done, .ctx = &got, .mark = 77,
    };
}

static uint32_t
ask(uint8_t target)
{
    struct ipmb_ask a = get_device_id(target);
    uint32_t ticket = 0;

    ck_assert_int_eq(ipmb_port_ask(bmc, &a, &ticket), ST_OK);
    return ticket;
}

static void
arm(struct fault_rule rule)
{
    uint32_t id;

    ck_assert_int_eq(world_arm_fault(&w, &rule, &id), ST_OK);
}

static struct fault_rule
on_frame(enum fault_effect effect, int netfn, uint32_t times)
{
    struct fault_rule r = fault_rule_any(effect);

    r.netfn = netfn;
    r.times = times;
    return r;
}

/* Put a frame from address on the bus as if a controller there sent it. */
static void
inject(struct ipmb_port *from, struct ipmb_frame f)
{
    uint8_t buf[64];
    struct wr wr = wr_of(buf, sizeof buf);

    ipmb_build(&wr, &f);
    ck_assert_int_eq(ipmb_port_send_raw(from, &(struct ipmb_raw){
        .frame = wr_bytes_of(&wr), .sent = on_sent, .ctx = &got
    }), ST_OK);
}

/* The request ends at 650 us; the answer, 10 octets, starts 4.7 us later and
 * takes 920 us. */
START_TEST(gets_an_answer_after_the_time_on_the_wire)
{
    ask(0x52);
    ck_assert_uint_eq(got.sent, 0);
    world_advance(&w, MS(10));
    ck_assert_uint_eq(got.sent, 1);
    ck_assert_uint_eq(got.sent_at, US(650));
    ck_assert_int_eq(got.sent_end, IPMB_END_ANSWERED);
    ck_assert_uint_eq(got.done, 1);
    ck_assert_uint_eq(got.done_at, 1574700);
    ck_assert_int_eq(got.end, IPMB_END_ANSWERED);
    ck_assert_uint_eq(got.cc, 0);
    ck_assert_uint_eq(got.len, 2);
    ck_assert_uint_eq(got.data[1], 0xd1);
    ck_assert_uint_eq(got.mark, 77);
    ck_assert_uint_eq(world_deadline(&w), INSTANT_NEVER);
}
END_TEST

START_TEST(hands_over_who_asked_and_what)
{
    static const uint8_t data[] = { 9, 8, 7 };
    struct ipmb_ask a = get_device_id(0x52);

    a.target_lun = 1;
    a.lun = 3;
    a.netfn = 0x0a;
    a.cmd = 0x43;
    a.data = bytes_of(data, 3);
    ck_assert_int_eq(ipmb_port_ask(bmc, &a, NULL), ST_OK);
    world_advance(&w, MS(10));
    ck_assert_uint_eq(last.netfn, 0x0a);
    ck_assert_uint_eq(last.cmd, 0x43);
    ck_assert_uint_eq(last.lun, 1);
    ck_assert_uint_eq(last.privilege, PRIV_SYSTEM);
    ck_assert_uint_eq(last.from.rq_addr, 0x20);
    ck_assert_uint_eq(last.from.rq_lun, 3);
    ck_assert_uint_eq(last.from.rs_addr, 0x52);
    ck_assert_mem_eq(last_data, data, 3);
    ck_assert_int_eq(got.end, IPMB_END_ANSWERED);
}
END_TEST

/* Each sending takes 650 us and 250 ms of patience. */
START_TEST(sends_again_three_times_and_then_gives_up)
{
    static const instant ends[] = { 650, 251300, 501950, 752600 };

    manner = STAY_SILENT;
    ask(0x52);
    for (int i = 0; i < 4; i++) {
        world_advance(&w, US(ends[i]) - 1);
        ck_assert_uint_eq(medium_stats(bus)->frames, (unsigned)i);
        world_advance(&w, US(ends[i]));
        ck_assert_uint_eq(medium_stats(bus)->frames, (unsigned)i + 1);
    }
    world_advance(&w, US(1002600) - 1);
    ck_assert_uint_eq(got.done, 0);
    world_advance(&w, US(1002600));
    ck_assert_uint_eq(got.done, 1);
    ck_assert_int_eq(got.end, IPMB_END_TIMED_OUT);
    ck_assert_uint_eq(got.cc, CC_TIMEOUT);
    ck_assert_uint_eq(got.sent, 1);
    ck_assert_uint_eq(executed, 1);
    ck_assert_uint_eq(ipmb_port_stats(bmc)->resends, 3);
    ck_assert_uint_eq(ipmb_port_stats(mc)->duplicates, 3);
}
END_TEST

START_TEST(keeps_to_the_patience_and_resends_it_was_made_with)
{
    end();
    make((struct medium_config){ .number = 0 },
         (struct ipmb_port_config){ .timeout = MS(60), .resends = IPMB_PORT_NO_RESENDS });
    manner = STAY_SILENT;
    ask(0x52);
    world_advance(&w, SPAN_S(1));
    ck_assert_int_eq(got.end, IPMB_END_TIMED_OUT);
    ck_assert_uint_eq(got.done_at, SPAN_7 + MS(60));
}
END_TEST

START_TEST(ends_at_once_when_nobody_has_the_address)
{
    ask(0x60);
    world_advance(&w, MS(1));
    ck_assert_uint_eq(got.done_at, US(110));
    ck_assert_int_eq(got.sent_end, IPMB_END_NAKED);
    ck_assert_int_eq(got.end, IPMB_END_NAKED);
    ck_assert_uint_eq(got.cc, 0x83);
    ck_assert_uint_eq(got.sent, 1);
}
END_TEST

/* Its octet 4 is refused twice, at 470 us of each sending, 60 ms apart. */
START_TEST(tries_again_where_the_receiver_had_no_room)
{
    struct fault_rule r = on_frame(FAULT_NAK, 6, 2);

    r.offset = 4;
    arm(r);
    ask(0x52);
    world_advance(&w, US(121589));
    ck_assert_uint_eq(got.sent, 0);
    world_advance(&w, MS(200));
    ck_assert_uint_eq(got.sent, 1);
    ck_assert_uint_eq(got.sent_at, US(121590));
    ck_assert_int_eq(got.sent_end, IPMB_END_ANSWERED);
    ck_assert_uint_eq(got.done_at, US(120940) + 1574700);
    ck_assert_int_eq(got.end, IPMB_END_ANSWERED);
    ck_assert_uint_eq(executed, 1);
    ck_assert_uint_eq(ipmb_port_stats(bmc)->resends, 2);
    ck_assert_uint_eq(medium_stats(bus)->data_naks, 2);
    ck_assert_uint_eq(medium_stats(bus)->retries, 2);
}
END_TEST

START_TEST(gives_up_where_the_receiver_never_has_room)
{
    struct fault_rule r = on_frame(FAULT_NAK, 6, 0);

    r.offset = 4;
    arm(r);
    ask(0x52);
    world_advance(&w, SPAN_S(1));
    ck_assert_uint_eq(got.sent, 1);
    ck_assert_int_eq(got.sent_end, IPMB_END_NAKED);
    ck_assert_uint_eq(got.done_at, 4 * US(470) + 3 * MS(60));
    ck_assert_int_eq(got.end, IPMB_END_NAKED);
    ck_assert_uint_eq(got.cc, 0x83);
    ck_assert_uint_eq(medium_stats(bus)->data_naks, 4);
    ck_assert_uint_eq(ipmb_port_stats(bmc)->naked, 1);
}
END_TEST

/* The receiver pulls SDA low at the address, at 100 us. */
START_TEST(ends_with_a_bus_error_where_the_bus_does_not_work)
{
    struct fault_rule r = on_frame(FAULT_STICK, 6, 1);

    r.count = 1;
    arm(r);
    ask(0x52);
    world_advance(&w, MS(1));
    ck_assert_uint_eq(got.done_at, US(100));
    ck_assert_int_eq(got.end, IPMB_END_BUS_ERROR);
    ck_assert_uint_eq(got.cc, 0x82);
    /* The next one clocks after 25 ms: 26 ms, one clock, STOP, rest. */
    ask(0x52);
    world_advance(&w, MS(100));
    ck_assert_int_eq(got.end, IPMB_END_ANSWERED);
    ck_assert_uint_eq(got.done_at, MS(26) + US(20) + 4700 + 1574700);
}
END_TEST

START_TEST(survives_the_loss_of_a_request)
{
    arm(on_frame(FAULT_LOSE, 6, 1));
    ask(0x52);
    world_advance(&w, SPAN_S(1));
    ck_assert_int_eq(got.end, IPMB_END_ANSWERED);
    ck_assert_uint_eq(got.done_at, US(250650) + 1574700);
    ck_assert_uint_eq(executed, 1);
}
END_TEST

START_TEST(survives_the_loss_of_an_answer_without_doing_it_twice)
{
    arm(on_frame(FAULT_LOSE, 7, 2));
    ask(0x52);
    world_advance(&w, SPAN_S(1));
    ck_assert_int_eq(got.end, IPMB_END_ANSWERED);
    ck_assert_uint_eq(got.done_at, 2 * US(250650) + 1574700);
    ck_assert_uint_eq(got.data[1], 0xd1);
    ck_assert_uint_eq(executed, 1);
    ck_assert_uint_eq(ipmb_port_stats(mc)->duplicates, 2);
    ck_assert_str_eq(why, "duplicate, answered as before");
}
END_TEST

/* The last sending is over at 752.6 ms, and given up 250 ms later. */
START_TEST(drops_an_answer_that_comes_too_late)
{
    manner = ANSWER_LATER;
    ask(0x52);
    world_advance(&w, US(1002600));
    ck_assert_int_eq(got.end, IPMB_END_TIMED_OUT);
    ipmi_answer(&last.from, 0, bytes_of(NULL, 0));
    world_advance(&w, SPAN_S(2));
    ck_assert_uint_eq(got.done, 1);
    ck_assert_str_eq(why, "response to no open request");
    ck_assert_uint_eq(ipmb_port_stats(bmc)->ignored, 1);
}
END_TEST

/* The open request is sequence number 0, Get Device ID, from LUN 0 to LUN 0 of
 * 52h. One thing is different, or nothing. */
static const struct {
    const char *differs;
    struct ipmb_frame answer;
    bool taken;
} answers[] = {
    { "nothing", { .target = 0x20, .source = 0x52, .netfn = 7, .cmd = 1 }, true },
    { "sequence", { .target = 0x20, .source = 0x52, .netfn = 7, .cmd = 1, .seq = 1 }, false },
    { "command", { .target = 0x20, .source = 0x52, .netfn = 7, .cmd = 2 }, false },
    { "netfn", { .target = 0x20, .source = 0x52, .netfn = 5, .cmd = 1 }, false },
    { "source", { .target = 0x20, .source = 0x54, .netfn = 7, .cmd = 1 }, false },
    { "source's LUN",
      { .target = 0x20, .source = 0x52, .source_lun = 1, .netfn = 7, .cmd = 1 }, false },
    { "our LUN",
      { .target = 0x20, .target_lun = 1, .source = 0x52, .netfn = 7, .cmd = 1 }, false },
};

START_TEST(takes_only_the_answer_to_its_question)
{
    struct ipmb_frame f = answers[_i].answer;
    uint8_t cc = 0;

    manner = STAY_SILENT;
    ask(0x52);
    world_advance(&w, MS(1));
    f.data = bytes_of(&cc, 1);
    inject(mc, f);
    world_advance(&w, MS(5));
    ck_assert_msg((got.done == 1) == answers[_i].taken, "%s", answers[_i].differs);
    ck_assert_uint_eq(ipmb_port_stats(bmc)->ignored, !answers[_i].taken);
}
END_TEST

START_TEST(takes_one_answer_of_two)
{
    arm(on_frame(FAULT_DUPLICATE, 7, 1));
    ask(0x52);
    world_advance(&w, SPAN_S(1));
    ck_assert_uint_eq(got.done, 1);
    ck_assert_str_eq(why, "response to no open request");
    ck_assert_uint_eq(ipmb_port_stats(bmc)->ignored, 1);
}
END_TEST

static const struct {
    int offset;
    const char *why;
} damages[] = {
    { 0, "header checksum" },
    { 1, "header checksum" },
    { 2, "header checksum" },
    { 3, "data checksum" },
    { 6, "data checksum" },
};

START_TEST(drops_damaged_frames_silently_and_tells_the_tap)
{
    struct fault_rule r = fault_rule_any(FAULT_CORRUPT);

    r.times = 1;
    r.offset = damages[_i].offset;
    r.mask = 0x10;
    arm(r);
    ask(0x52);
    world_advance(&w, MS(200));
    ck_assert_str_eq(why, damages[_i].why);
    ck_assert_uint_eq(executed, 0);
    world_advance(&w, SPAN_S(1));
    ck_assert_int_eq(got.end, IPMB_END_ANSWERED);
}
END_TEST

START_TEST(drops_a_frame_that_was_cut)
{
    struct fault_rule r = on_frame(FAULT_TRUNCATE, 6, 1);

    r.count = 3;
    arm(r);
    ask(0x52);
    world_advance(&w, MS(200));
    ck_assert_str_eq(why, "too short");
}
END_TEST

START_TEST(executes_a_request_of_the_same_number_but_other_data)
{
    static const uint8_t data[] = { 1, 2 };
    struct ipmb_frame f = {
        .target = 0x52, .source = 0x20, .netfn = 4, .cmd = 0x2d, .seq = 9,
        .data = bytes_of(data, 1),
    };

    inject(bmc, f);
    inject(bmc, f);
    f.data.at = data + 1;
    inject(bmc, f);
    world_advance(&w, MS(100));
    ck_assert_uint_eq(executed, 2);
    ck_assert_uint_eq(ipmb_port_stats(mc)->duplicates, 1);
    ck_assert_uint_eq(ipmb_port_stats(mc)->responses, 2);
    ck_assert_uint_eq(ipmb_port_stats(bmc)->ignored, 3);
}
END_TEST

START_TEST(executes_the_same_request_anew_after_five_seconds)
{
    struct ipmb_frame f = { .target = 0x52, .source = 0x20, .netfn = 6, .cmd = 1, .seq = 9 };

    inject(bmc, f);
    world_advance(&w, SPAN_S(5));
    inject(bmc, f);
    world_advance(&w, SPAN_S(6));
    ck_assert_uint_eq(executed, 2);
}
END_TEST

START_TEST(sends_an_answer_that_comes_later)
{
    manner = ANSWER_LATER;
    ask(0x52);
    world_advance(&w, MS(300));
    ck_assert_uint_eq(executed, 1);
    ck_assert_str_eq(why, "duplicate of a request being executed");
    ipmi_answer(&last.from, 0xc0, bytes_of(NULL, 0));
    world_advance(&w, SPAN_S(1));
    ck_assert_int_eq(got.end, IPMB_END_ANSWERED);
    ck_assert_uint_eq(got.done_at, MS(300) + US(740));
    ck_assert_uint_eq(got.cc, 0xc0);
    ck_assert_uint_eq(got.len, 0);
}
END_TEST

START_TEST(does_not_send_what_is_too_long)
{
    static const uint8_t data[26];
    struct ipmb_ask a = get_device_id(0x52);

    ck_assert_uint_eq(ipmb_port_ask_room(bmc), 25);
    ck_assert_uint_eq(ipmb_port_answer_room(bmc), 24);
    a.data = bytes_of(data, 26);
    ck_assert_int_eq(ipmb_port_ask(bmc, &a, NULL), ST_INVALID);
    a.data.len = 25;
    ck_assert_int_eq(ipmb_port_ask(bmc, &a, NULL), ST_OK);
    answer_len = 24;
    world_advance(&w, MS(20));
    ck_assert_uint_eq(got.cc, 0);
    ck_assert_uint_eq(got.len, 24);
    answer_len = 25;
    ask(0x52);
    world_advance(&w, MS(40));
    ck_assert_uint_eq(got.cc, CC_CANNOT_RETURN);
    ck_assert_uint_eq(got.len, 0);
    ck_assert_uint_eq(ipmb_port_stats(mc)->cut, 1);
}
END_TEST

START_TEST(sends_longer_frames_when_it_was_made_so)
{
    end();
    make((struct medium_config){ .number = 0 }, (struct ipmb_port_config){ .frame_max = 64 });
    answer_len = 56;
    ask(0x52);
    world_advance(&w, MS(20));
    ck_assert_uint_eq(got.len, 56);
}
END_TEST

START_TEST(finds_a_controller_by_broadcast)
{
    struct ipmb_ask a = get_device_id(0x52);

    a.broadcast = true;
    ck_assert_int_eq(ipmb_port_ask(bmc, &a, NULL), ST_OK);
    world_advance(&w, MS(10));
    ck_assert_int_eq(got.end, IPMB_END_ANSWERED);
    a.target = 0x54;
    ck_assert_int_eq(ipmb_port_ask(bmc, &a, NULL), ST_OK);
    world_advance(&w, MS(20));
    ck_assert_int_eq(got.end, IPMB_END_NAKED);
    a.cmd = 2;
    ck_assert_int_eq(ipmb_port_ask(bmc, &a, NULL), ST_INVALID);
}
END_TEST

/* As management software looks for controllers: all addresses from 10h to EEh.
 * An absent one costs 200 us. */
START_TEST(finds_all_controllers_by_broadcast)
{
    struct ipmb_port *more[3] = {
        port_at(0x10, (struct ipmb_port_config){ .channel = 0 }, false),
        port_at(0x82, (struct ipmb_port_config){ .channel = 0 }, false),
        port_at(0xee, (struct ipmb_port_config){ .channel = 0 }, false),
    };
    char found[64] = "";

    for (unsigned address = 0x10; address <= 0xee; address += 2) {
        struct ipmb_ask a = get_device_id((uint8_t)address);
        size_t used = strlen(found);

        a.broadcast = true;
        if (address == 0x20)
            continue;
        ck_assert_int_eq(ipmb_port_ask(bmc, &a, NULL), ST_OK);
        world_advance(&w, w.now + MS(10));
        if (got.end == IPMB_END_ANSWERED)
            snprintf(found + used, sizeof found - used, "%02x ", address);
    }
    ck_assert_str_eq(found, "10 52 82 ee ");
    ck_assert_uint_eq(got.done, 111);
    ck_assert_uint_eq(medium_stats(bus)->naks, 107);
    ck_assert_uint_eq(executed, 4);
    for (int i = 0; i < 3; i++)
        ipmb_port_free(more[i]);
}
END_TEST

START_TEST(refuses_requests_that_make_no_sense)
{
    struct ipmb_ask a = get_device_id(0x52);

    a.netfn = 7;
    ck_assert_int_eq(ipmb_port_ask(bmc, &a, NULL), ST_INVALID);
    a = get_device_id(0x53);
    ck_assert_int_eq(ipmb_port_ask(bmc, &a, NULL), ST_INVALID);
    a = get_device_id(0x00);
    ck_assert_int_eq(ipmb_port_ask(bmc, &a, NULL), ST_INVALID);
}
END_TEST

/* At 3 ms a number: all 64 are asked before the first is sent again. */
START_TEST(uses_no_number_twice_while_it_is_open)
{
    struct ipmb_ask a = get_device_id(0x52);
    uint64_t seen = 0;

    manner = STAY_SILENT;
    for (int i = 0; i < 64; i++) {
        ask(0x52);
        world_advance(&w, w.now + MS(3));
        seen |= UINT64_C(1) << last.from.rq_seq;
    }
    ck_assert_uint_eq(seen, UINT64_MAX);
    ck_assert_int_eq(ipmb_port_ask(bmc, &a, NULL), ST_FULL);
    ck_assert_uint_eq(executed, 64);
}
END_TEST

START_TEST(lets_the_number_of_an_unanswered_request_rest)
{
    struct ipmb_ask a = get_device_id(0x52);

    manner = STAY_SILENT;
    for (int i = 0; i < 64; i++) {
        ask(0x52);
        world_advance(&w, w.now + MS(4));
    }
    world_advance(&w, SPAN_S(5) - 1);
    ck_assert_uint_eq(got.done, 64);
    ck_assert_int_eq(ipmb_port_ask(bmc, &a, NULL), ST_FULL);
    world_advance(&w, SPAN_S(5));
    ck_assert_int_eq(ipmb_port_ask(bmc, &a, NULL), ST_OK);
    ck_assert_int_eq(ipmb_port_ask(bmc, &a, NULL), ST_FULL);
}
END_TEST

/*
 * A thousand requests at random instants on a bus that loses every third
 * frame; each carries its number as data. The tap sees which sequence number
 * goes with it: never one that another open request has, nor one that went
 * unanswered less than 5 s ago.
 */
#define MANY 1000u

static struct {
    instant asked_at;
    bool over, answered;
} many[MANY];

static unsigned user_of[64];     /* a sequence number's request, from 1 */

static void
many_done(void *ctx, uint32_t mark, enum ipmb_end end, uint8_t cc, struct bytes data)
{
    (void)ctx;
    (void)cc;
    (void)data;
    many[mark].over = true;
    many[mark].answered = end == IPMB_END_ANSWERED;
}

static void
watch_numbers(void *ctx, const struct tap_event *ev)
{
    struct ipmb_frame f;
    unsigned before, now;

    (void)ctx;
    if (ev->link != TAP_IPMB || ipmb_parse(ev->bytes, &f) != IPMB_OK || f.source != 0x20)
        return;
    before = user_of[f.seq];
    now = (unsigned)f.data.at[0] << 8 | f.data.at[1];
    user_of[f.seq] = now + 1;
    if (before == 0 || before == now + 1)
        return;
    ck_assert(many[before - 1].over);
    if (!many[before - 1].answered)
        ck_assert_uint_ge(many[now].asked_at, many[before - 1].asked_at + SPAN_S(5));
}

START_TEST(uses_no_number_that_is_open_or_rests)
{
    static const struct tap watching = { watch_numbers, NULL };
    struct rng r = rng_named(rng_key_root(4), "many");
    struct fault_rule lose = fault_rule_any(FAULT_LOSE);
    unsigned refused = 0, answered = 0;

    w.tap = &watching;
    lose.probability_ppm = 333333;
    arm(lose);
    for (unsigned i = 0; i < MANY; i++) {
        uint8_t data[2] = { (uint8_t)(i >> 8), (uint8_t)i };
        struct ipmb_ask a = { .target = 0x52, .netfn = 0x30, .cmd = 1, .done = many_done,
                              .mark = i, .data = bytes_of(data, 2) };

        world_advance(&w, w.now + rng_below(&r, MS(20)));
        many[i].asked_at = w.now;
        if (ipmb_port_ask(bmc, &a, NULL) != ST_OK) {
            many[i].over = true;
            refused++;
        }
    }
    world_advance(&w, w.now + SPAN_S(30));
    for (unsigned i = 0; i < MANY; i++) {
        ck_assert(many[i].over);
        answered += many[i].answered;
    }
    ck_assert_uint_eq(answered + ipmb_port_stats(bmc)->timed_out + refused, MANY);
    ck_assert_uint_gt(answered, 600);
    ck_assert_uint_gt(ipmb_port_stats(bmc)->timed_out, 0);
}
END_TEST

/* 300 answered requests in a row: numbers come round many times. */
START_TEST(is_not_fooled_when_the_numbers_come_round)
{
    static const uint8_t data[] = { 0x2d };
    struct ipmb_ask a = get_device_id(0x52);

    a.data = bytes_of(data, 1);
    for (unsigned i = 0; i < 300; i++) {
        ck_assert_int_eq(ipmb_port_ask(bmc, &a, NULL), ST_OK);
        world_advance(&w, w.now + MS(2));
    }
    ck_assert_uint_eq(executed, 300);
    ck_assert_uint_eq(got.done, 300);
}
END_TEST

START_TEST(forgets_a_request_that_is_cancelled)
{
    uint32_t ticket = ask(0x52);

    world_advance(&w, US(700));
    ck_assert(ipmb_port_cancel(bmc, ticket));
    ck_assert(!ipmb_port_cancel(bmc, ticket));
    world_advance(&w, SPAN_S(2));
    ck_assert_uint_eq(got.done, 0);
    ck_assert_str_eq(why, "response to no open request");
}
END_TEST

START_TEST(sends_a_raw_frame_as_it_is_and_passes_its_answer_on)
{
    inject(bmc, (struct ipmb_frame){
        .target = 0x52, .source = 0x20, .source_lun = LUN_SMS, .netfn = 6, .cmd = 1, .seq = 33
    });
    world_advance(&w, MS(5));
    ck_assert_uint_eq(got.sent, 1);
    ck_assert_int_eq(got.sent_end, IPMB_END_ANSWERED);
    ck_assert_uint_eq(got.sent_at, SPAN_7);
    ck_assert_uint_eq(got.done, 0);
    ck_assert_uint_eq(sms_frames, 1);
    ck_assert(ipmb_is_response(&sms_last));
    ck_assert_uint_eq(sms_last.seq, 33);
    ck_assert_uint_eq(sms_last.source, 0x52);
    ck_assert_uint_eq(sms_last.data.len, 3);
}
END_TEST

START_TEST(tells_that_a_raw_frame_found_nobody)
{
    inject(bmc, (struct ipmb_frame){ .target = 0x60, .source = 0x20, .netfn = 6, .cmd = 1 });
    world_advance(&w, MS(5));
    ck_assert_int_eq(got.sent_end, IPMB_END_NAKED);
}
END_TEST

START_TEST(bounds_raw_frames)
{
    static const uint8_t frame[33] = { 0x52 };
    struct ipmb_raw raw = { .frame = { frame, 33 } };

    ck_assert_int_eq(ipmb_port_send_raw(bmc, &raw), ST_INVALID);
    raw.frame.len = 32;
    for (unsigned i = 0; i < IPMB_PORT_RAW_MAX; i++)
        ck_assert_int_eq(ipmb_port_send_raw(bmc, &raw), ST_OK);
    ck_assert_int_eq(ipmb_port_send_raw(bmc, &raw), ST_FULL);
    world_advance(&w, SPAN_S(1));
    ck_assert_int_eq(ipmb_port_send_raw(bmc, &raw), ST_OK);
}
END_TEST

/* 20h has system software behind it, 52h has not: there the gate decides. */
START_TEST(passes_requests_for_system_software_on)
{
    struct ipmb_frame f = { .target_lun = LUN_SMS, .netfn = 0x30, .cmd = 5 };

    f.target = 0x20;
    f.source = 0x52;
    inject(mc, f);
    world_advance(&w, MS(5));
    ck_assert_uint_eq(sms_frames, 1);
    ck_assert_uint_eq(sms_last.source, 0x52);
    ck_assert_uint_eq(executed, 0);
    f.target = 0x52;
    f.source = 0x20;
    inject(bmc, f);
    world_advance(&w, MS(10));
    ck_assert_uint_eq(sms_frames, 1);
    ck_assert_uint_eq(executed, 1);
    ck_assert_uint_eq(last.lun, LUN_SMS);
}
END_TEST

START_TEST(ends_what_was_not_sent_when_it_leaves_the_bus)
{
    struct ipmb_ask a = get_device_id(0x52);

    manner = STAY_SILENT;
    ask(0x52);
    world_advance(&w, MS(1));
    ask(0x52);
    ipmb_port_detach(bmc);
    ck_assert(!ipmb_port_attached(bmc));
    ck_assert_uint_eq(got.done, 1);
    ck_assert_int_eq(got.end, IPMB_END_BUS_ERROR);
    ck_assert_uint_eq(got.cc, 0x82);
    ck_assert_int_eq(ipmb_port_ask(bmc, &a, NULL), ST_MISSING);
    world_advance(&w, SPAN_S(3));
    ck_assert_uint_eq(got.done, 2);
    ck_assert_int_eq(got.end, IPMB_END_TIMED_OUT);
}
END_TEST

START_TEST(forgets_everything_when_reset)
{
    ask(0x52);
    ipmb_port_reset(bmc);
    world_advance(&w, SPAN_S(3));
    ck_assert_uint_eq(got.done, 0);
    ck_assert(ipmb_port_attached(bmc));
    ask(0x52);
    world_advance(&w, SPAN_S(4));
    ck_assert_uint_eq(got.done, 1);
}
END_TEST

/* At 1 kHz, 32 octets take 290 ms: frames to 18h and 20h have the wire for
 * more than 9 s. */
START_TEST(gives_up_when_it_does_not_get_the_wire)
{
    static const uint8_t to_18[32] = { 0x18 }, to_20[32] = { 0x20 };
    struct ipmb_port *low;

    end();
    make((struct medium_config){ .bit_rate = 1000 }, (struct ipmb_port_config){ .channel = 0 });
    low = port_at(0x18, (struct ipmb_port_config){ .channel = 0 }, false);
    for (unsigned i = 0; i < IPMB_PORT_RAW_MAX; i++) {
        ipmb_port_send_raw(mc, &(struct ipmb_raw){ .frame = { to_18, 32 } });
        ipmb_port_send_raw(low, &(struct ipmb_raw){ .frame = { to_20, 32 } });
    }
    ask(0x52);
    world_advance(&w, SPAN_S(20));
    ck_assert_int_eq(got.end, IPMB_END_BUS_ERROR);
    ck_assert_uint_eq(got.done_at, SPAN_S(5));
    ipmb_port_free(low);
}
END_TEST

/* A frame that nobody waits for any more is not sent late: the bus is hogged
 * for 20 s, the request ends at 5 s, or is cancelled at 1 s. */
START_TEST(does_not_send_what_is_over)
{
    struct fault_rule r = on_frame(FAULT_BABBLE, 6, 1);
    uint32_t ticket;

    r.span = SPAN_S(20);
    arm(r);
    ticket = ask(0x52);
    world_advance(&w, SPAN_S(1));
    if (_i)
        ck_assert(ipmb_port_cancel(bmc, ticket));
    world_advance(&w, SPAN_S(30));
    ck_assert_uint_eq(got.done, !_i);
    ck_assert(_i || got.end == IPMB_END_BUS_ERROR);
    ck_assert_uint_eq(executed, 0);
    ck_assert_uint_eq(medium_stats(bus)->withdrawn, 1);
    ck_assert_uint_eq(medium_stats(bus)->frames, 0);
}
END_TEST

/* However many resends it may make: the other end forgets after 5 s. */
START_TEST(ends_before_its_number_is_forgotten)
{
    end();
    make((struct medium_config){ .number = 0 }, (struct ipmb_port_config){ .resends = 200 });
    manner = STAY_SILENT;
    ask(0x52);
    world_advance(&w, SPAN_S(60));
    ck_assert_int_eq(got.end, IPMB_END_TIMED_OUT);
    ck_assert_uint_eq(got.done_at, SPAN_S(5));
    ck_assert_uint_eq(executed, 1);
    ck_assert_uint_eq(ipmb_port_stats(mc)->duplicates, 19);
}
END_TEST

/* Both start at 0 and collide; chance parts their resends. */
START_TEST(recovers_from_a_collision_that_nobody_saw)
{
    struct ipmb_ask back = get_device_id(0x20);

    end();
    make((struct medium_config){ .model = BUS_CSMA }, (struct ipmb_port_config){ .channel = 0 });
    ask(0x52);
    ipmb_port_ask(mc, &back, NULL);
    world_advance(&w, SPAN_S(2));
    ck_assert_uint_eq(medium_stats(bus)->collisions, 2);
    ck_assert_uint_eq(got.done, 2);
    ck_assert_int_eq(got.end, IPMB_END_ANSWERED);
    ck_assert_uint_eq(executed, 2);
    ck_assert_uint_ge(got.done_at, MS(250));
    ck_assert_uint_le(got.done_at, MS(313));
}
END_TEST

START_TEST(takes_no_time_at_instant_speed)
{
    end();
    make((struct medium_config){ .instant_speed = true, .model = _i ? BUS_CSMA : BUS_I2C },
         (struct ipmb_port_config){ .channel = 0 });
    world_advance(&w, MS(3));
    ask(0x52);
    ck_assert_uint_eq(got.done, 0);
    world_advance(&w, MS(3));
    ck_assert_uint_eq(got.done, 1);
    ck_assert_uint_eq(got.done_at, MS(3));
    ck_assert_int_eq(got.end, IPMB_END_ANSWERED);
}
END_TEST

/* Thirty controllers report an event at one instant on a lossy bus. */
static unsigned events_of[256];

static void
log_event(void *ctx, struct ipmi_req *rq)
{
    (void)ctx;
    events_of[rq->from.rq_addr]++;
    ipmi_answer(&rq->from, 0, bytes_of(NULL, 0));
}

START_TEST(takes_each_event_of_a_storm_exactly_once)
{
    static const uint8_t event[] = { 0x04, 0x01, 0x30, 0x01, 0x57, 0x50, 0x48 };
    struct ipmb_port_sinks sinks = { .request = log_event };
    struct ipmb_port_config c = { .world = &w, .address = 0x20, .resends = 30 };
    struct fault_rule r = fault_rule_any(FAULT_LOSE);
    struct ipmb_port *receiver, *all[30];
    struct ipmb_ask a = get_device_id(0x20);

    end();
    make((struct medium_config){ .model = _i ? BUS_CSMA : BUS_I2C },
         (struct ipmb_port_config){ .channel = 0 });
    c.medium = bus;
    ipmb_port_detach(bmc);
    r.probability_ppm = 50000;
    arm(r);
    memset(events_of, 0, sizeof events_of);
    ck_assert_int_eq(ipmb_port_new(&c, &sinks, &receiver), ST_OK);
    ck_assert_int_eq(ipmb_port_attach(receiver), ST_OK);
    a.netfn = 4;
    a.cmd = 2;
    a.data = bytes_of(event, sizeof event);
    for (unsigned i = 0; i < 30; i++) {
        all[i] = port_at((uint8_t)(0x70 + 2 * i), c, false);
        ck_assert_int_eq(ipmb_port_ask(all[i], &a, NULL), ST_OK);
    }
    world_advance(&w, SPAN_S(10));
    ck_assert_uint_eq(got.done, 30);
    for (unsigned i = 0; i < 30; i++) {
        ck_assert_uint_eq(events_of[0x70 + 2 * i], 1);
        ck_assert_uint_eq(ipmb_port_stats(all[i])->answered, 1);
        ipmb_port_free(all[i]);
    }
    ck_assert_uint_gt(ipmb_port_stats(receiver)->duplicates, 0);
    ck_assert((medium_stats(bus)->collisions > 0) == (_i == 1));
    ck_assert((medium_stats(bus)->arbitration_losses > 0) == (_i == 0));
    ipmb_port_free(receiver);
}
END_TEST

START_TEST(refuses_impossible_settings)
{
    struct ipmb_port_sinks none = { 0 };
    struct ipmb_port_config c = { .world = &w, .medium = bus, .address = 0x21 };
    struct ipmb_port *port;

    ck_assert_int_eq(ipmb_port_new(&c, &none, &port), ST_INVALID);
    c.address = 0x24;
    c.frame_max = 31;
    ck_assert_int_eq(ipmb_port_new(&c, &none, &port), ST_INVALID);
    c.frame_max = MEDIUM_FRAME_MAX + 1;
    ck_assert_int_eq(ipmb_port_new(&c, &none, &port), ST_INVALID);
    ipmb_port_free(NULL);
}
END_TEST

static const struct {
    enum ipmb_end end;
    uint8_t cc;
} codes[] = {
    { IPMB_END_ANSWERED, 0x00 },
    { IPMB_END_TIMED_OUT, 0xc3 },
    { IPMB_END_NAKED, 0x83 },
    { IPMB_END_LOST_ARBITRATION, 0x81 },
    { IPMB_END_BUS_ERROR, 0x82 },
    { (enum ipmb_end)99, 0xff },
};

START_TEST(has_a_completion_code_for_each_end)
{
    ck_assert_uint_eq(ipmb_end_cc(codes[_i].end), codes[_i].cc);
}
END_TEST

static Suite *
ipmb_port_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("sim/bus/ipmb_port", &c);

    tcase_add_checked_fixture(c, begin, end);
    tcase_add_test(c, gets_an_answer_after_the_time_on_the_wire);
    tcase_add_test(c, hands_over_who_asked_and_what);
    tcase_add_test(c, sends_again_three_times_and_then_gives_up);
    tcase_add_test(c, keeps_to_the_patience_and_resends_it_was_made_with);
    tcase_add_test(c, ends_at_once_when_nobody_has_the_address);
    tcase_add_test(c, tries_again_where_the_receiver_had_no_room);
    tcase_add_test(c, gives_up_where_the_receiver_never_has_room);
    tcase_add_test(c, ends_with_a_bus_error_where_the_bus_does_not_work);
    tcase_add_test(c, survives_the_loss_of_a_request);
    tcase_add_test(c, survives_the_loss_of_an_answer_without_doing_it_twice);
    tcase_add_test(c, drops_an_answer_that_comes_too_late);
    tcase_add_loop_test(c, takes_only_the_answer_to_its_question, 0,
                        sizeof answers / sizeof answers[0]);
    tcase_add_test(c, takes_one_answer_of_two);
    tcase_add_loop_test(c, drops_damaged_frames_silently_and_tells_the_tap, 0,
                        sizeof damages / sizeof damages[0]);
    tcase_add_test(c, drops_a_frame_that_was_cut);
    tcase_add_test(c, executes_a_request_of_the_same_number_but_other_data);
    tcase_add_test(c, executes_the_same_request_anew_after_five_seconds);
    tcase_add_test(c, sends_an_answer_that_comes_later);
    tcase_add_test(c, does_not_send_what_is_too_long);
    tcase_add_test(c, sends_longer_frames_when_it_was_made_so);
    tcase_add_test(c, finds_a_controller_by_broadcast);
    tcase_add_test(c, finds_all_controllers_by_broadcast);
    tcase_add_test(c, refuses_requests_that_make_no_sense);
    tcase_add_test(c, uses_no_number_twice_while_it_is_open);
    tcase_add_test(c, lets_the_number_of_an_unanswered_request_rest);
    tcase_add_test(c, uses_no_number_that_is_open_or_rests);
    tcase_add_test(c, is_not_fooled_when_the_numbers_come_round);
    tcase_add_test(c, forgets_a_request_that_is_cancelled);
    tcase_add_test(c, sends_a_raw_frame_as_it_is_and_passes_its_answer_on);
    tcase_add_test(c, tells_that_a_raw_frame_found_nobody);
    tcase_add_test(c, bounds_raw_frames);
    tcase_add_test(c, passes_requests_for_system_software_on);
    tcase_add_test(c, ends_what_was_not_sent_when_it_leaves_the_bus);
    tcase_add_test(c, forgets_everything_when_reset);
    tcase_add_test(c, gives_up_when_it_does_not_get_the_wire);
    tcase_add_loop_test(c, does_not_send_what_is_over, 0, 2);
    tcase_add_test(c, ends_before_its_number_is_forgotten);
    tcase_add_test(c, recovers_from_a_collision_that_nobody_saw);
    tcase_add_loop_test(c, takes_no_time_at_instant_speed, 0, 2);
    tcase_add_loop_test(c, takes_each_event_of_a_storm_exactly_once, 0, 2);
    tcase_add_test(c, refuses_impossible_settings);
    tcase_add_loop_test(c, has_a_completion_code_for_each_end, 0, sizeof codes / sizeof codes[0]);
    return s;
}

int
main(void)
{
    return run_suite(ipmb_port_suite());
}
