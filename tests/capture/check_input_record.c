#include "capture/input_record.h"

#include "tests/lib/run.h"

#define PEER { .addr = { 127, 0, 0, 1 }, .port = 40000, .family = PEER_IPV4 }

static const struct input_record records[] = {
    { .kind = INPUT_ENDPOINT, .chassis = 70000, .lan = 2, .peer = PEER, .port = 9001 },
    { .kind = INPUT_DATAGRAM, .chassis = 1, .lan = 1, .peer = PEER,
      .octets = { (const uint8_t *)"\x06\0\xff\x07", 4 } },
    { .kind = INPUT_DATAGRAM, .lan = 1,
      .peer = { .port = 40000, .family = PEER_IPV4, .secondary = true } },
    { .kind = INPUT_ACTION, .chassis = 3,
      .action = { .what = 4, .lun = 1, .number = 7, .value = 9, .mc = 0x172, .on = true,
                  .event = true, .body = { 1, 2, 3 }, .id = 99 } },
    { .kind = INPUT_PLUG },
    { .kind = INPUT_UNPLUG },
    { .kind = INPUT_SPEAK },
    { .kind = INPUT_LISTEN },
    { .kind = INPUT_SAID, .octets = { (const uint8_t *)"login: ", 7 } },
    { .kind = INPUT_TAKEN, .count = 300 },
    { .kind = INPUT_READ, .good = true, .more = true, .octets = { (const uint8_t *)"fru", 3 } },
    { .kind = INPUT_WRITTEN, .good = true },
    { .kind = INPUT_END },
    { .kind = INPUT_OUTSIDE, .octets = { (const uint8_t *)"\1\0", 2 } },
};

static struct bytes
build(const struct input_record *m, uint8_t *buf, size_t size)
{
    struct wr w = wr_of(buf, size);

    input_record_build(&w, m);
    ck_assert(!w.bad);
    return wr_bytes_of(&w);
}

START_TEST(goes_there_and_back)
{
    static struct input_record back;
    uint8_t buf[INPUT_RECORD_MAX], again[INPUT_RECORD_MAX];
    struct bytes a = build(&records[_i], buf, sizeof buf), b;

    ck_assert(input_record_parse(a, &back));
    ck_assert_int_eq(back.kind, records[_i].kind);
    ck_assert_uint_eq(back.chassis, records[_i].chassis);
    ck_assert_uint_eq(back.octets.len, records[_i].octets.len);
    ck_assert(peer_equal(&back.peer, &records[_i].peer));
    b = build(&back, again, sizeof again);
    ck_assert_uint_eq(a.len, b.len);
    ck_assert_mem_eq(a.at, b.at, a.len);
}
END_TEST

/* Nothing behind a record, unless octets are its end; and none is cut. */
START_TEST(has_one_length)
{
    static struct input_record back;
    uint8_t buf[INPUT_RECORD_MAX];
    struct bytes in = build(&records[_i], buf, sizeof buf);
    enum input_kind kind = records[_i].kind;
    bool open = kind == INPUT_DATAGRAM || kind == INPUT_SAID || kind == INPUT_READ ||
                kind == INPUT_OUTSIDE;

    buf[in.len] = 0;
    ck_assert(input_record_parse(bytes_of(buf, in.len + 1), &back) == open);
    for (size_t len = 0; len < in.len - records[_i].octets.len; len++)
        ck_assert(!input_record_parse(bytes_of(buf, len), &back));
}
END_TEST

START_TEST(keeps_a_fault_rule_whole)
{
    static struct input_record m = { .kind = INPUT_ACTION, .action.has_rule = true }, back;
    uint8_t buf[INPUT_RECORD_MAX];
    struct fault_rule *rule = &m.rule;

    *rule = fault_rule_any(FAULT_CORRUPT);
    rule->name = "a name";
    rule->cmd = 0x2d;
    rule->offset = -1;
    rule->mask = 0x40;
    rule->place = FAULT_AT_DATA;
    rule->until = SPAN_S(5000000000u);
    rule->jitter = 7;
    rule->every = 3;
    fault_set_add(rule, 0xfe);
    ck_assert(input_record_parse(build(&m, buf, sizeof buf), &back));
    ck_assert_str_eq(back.rule.name, "a name");
    ck_assert_int_eq(back.rule.effect, FAULT_CORRUPT);
    ck_assert_int_eq(back.rule.netfn, FAULT_ANY);
    ck_assert_int_eq(back.rule.cmd, 0x2d);
    ck_assert_int_eq(back.rule.offset, -1);
    ck_assert_int_eq(back.rule.place, FAULT_AT_DATA);
    ck_assert_uint_eq(back.rule.until, SPAN_S(5000000000u));
    ck_assert(fault_set_has(&back.rule, 0xfe));
}
END_TEST

static const struct {
    const char *why;
    uint8_t octets[40];
    size_t len;
} wrong[] = {
    { "another format", { 2, INPUT_END, 0, 0, 0, 0 }, 6 },
    { "no kind", { 1, 0, 0, 0, 0, 0 }, 6 },
    { "a kind to come", { 1, 0x0e, 0, 0, 0, 0 }, 6 },
    { "a family that is none", { 1, INPUT_DATAGRAM, 0, 0, 0, 0, 0, 5 }, 26 },
    { "flags that mean nothing", { 1, INPUT_WRITTEN, 0, 0, 0, 0, 4 }, 7 },
    { "an action's that mean nothing", { 1, INPUT_ACTION, 0, 0, 0, 0, 0, 0, 0, 0, 8 }, 30 },
};

START_TEST(refuses_what_means_nothing)
{
    static struct input_record m;

    ck_assert_msg(!input_record_parse(bytes_of(wrong[_i].octets, wrong[_i].len), &m), "%s",
                  wrong[_i].why);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("input_record", &t);
    int count = sizeof records / sizeof records[0];

    tcase_add_loop_test(t, goes_there_and_back, 0, count);
    tcase_add_loop_test(t, has_one_length, 0, count);
    tcase_add_test(t, keeps_a_fault_rule_whole);
    tcase_add_loop_test(t, refuses_what_means_nothing, 0, sizeof wrong / sizeof wrong[0]);
    return run_suite(s);
}
