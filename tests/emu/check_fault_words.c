#include <string.h>

#include "emu/fault_words.h"
#include "tests/emu/files.h"
#include "tests/lib/run.h"

static struct diags diags;
static struct pool pool;

/* Read words; what was said is in said(&diags). */
static bool
parse(const char *words, struct fault_words *out)
{
    struct source source;
    struct lexer lx;
    struct line line;
    struct vars vars;
    bool good;

    diags_free(&diags);
    vars_init(&vars, &pool);
    source_open(&source, "f", words, strlen(words), false, &diags);
    ck_assert(source_next(&source, &line));
    lexer_open(&lx, &line, &vars, &pool, &diags);
    good = fault_words_parse(&lx, out);
    source_close(&source);
    return good;
}

static void
begin(void)
{
    diags_init(&diags);
    pool = (struct pool){ 0 };
}

static void
end(void)
{
    diags_free(&diags);
    pool_free(&pool);
}

static struct fault_rule
good(const char *words)
{
    static struct fault_words out;

    ck_assert_msg(parse(words, &out), "%s: %s", words, said(&diags));
    ck_assert_ptr_eq(out.rule.name, out.name);
    return out.rule;
}

START_TEST(leaves_open_what_nobody_says)
{
    struct fault_rule r = good("any lose");

    ck_assert_int_eq(r.effect, FAULT_LOSE);
    ck_assert_int_eq(r.link, FAULT_ANY);
    ck_assert_int_eq(r.number, FAULT_ANY);
    ck_assert_int_eq(r.netfn, FAULT_ANY);
    ck_assert_int_eq(r.target, FAULT_ANY);
    ck_assert_uint_eq(r.probability_ppm, 0);
    ck_assert_uint_eq(r.until, 0);
    ck_assert_int_eq(r.offset, -1);
}
END_TEST

START_TEST(reads_which_frames_are_meant)
{
    struct fault_rule r = good("lan1 lose dir=in netfn=0x06 cmd=52 lun=2 seq=63 payload=1");

    ck_assert_int_eq(r.link, TAP_LAN);
    ck_assert_int_eq(r.number, 1);
    ck_assert_int_eq(r.dir, TAP_TO_BMC);
    ck_assert_int_eq(r.netfn, 6);
    ck_assert_int_eq(r.cmd, 52);
    ck_assert_int_eq(r.lun, 2);
    ck_assert_int_eq(r.seq, 63);
    ck_assert_int_eq(r.payload_type, 1);
    r = good("ipmb0 lose from=0x20 to=0x72 dir=out");
    ck_assert_int_eq(r.link, TAP_IPMB);
    ck_assert_int_eq(r.number, 0);
    ck_assert_int_eq(r.source, 0x20);
    ck_assert_int_eq(r.target, 0x72);
    ck_assert_int_eq(r.dir, TAP_FROM_BMC);
    ck_assert_int_eq(good("icmb lose").link, TAP_ICMB);
}
END_TEST

START_TEST(reads_when_it_strikes)
{
    struct fault_rule r = good("ipmb lose after=10s until=1min every=3 times=4 chance=12.5%");

    ck_assert_uint_eq(r.from, SPAN_S(10));
    ck_assert_uint_eq(r.until, SPAN_S(60));
    ck_assert_uint_eq(r.every, 3);
    ck_assert_uint_eq(r.times, 4);
    ck_assert_uint_eq(r.probability_ppm, 125000);
    ck_assert_uint_eq(good("ipmb lose 5%").probability_ppm, 50000);
    ck_assert_uint_eq(good("ipmb lose 0.0001%").probability_ppm, 1);
    ck_assert_uint_eq(good("ipmb lose 100%").probability_ppm, 1000000);
    ck_assert_uint_eq(good("ipmb lose chance=100").probability_ppm, 1000000);
}
END_TEST

/* Each effect with all that it takes. */
static const struct {
    const char *words;
    struct fault_rule rule;      /* effect, and what says how */
} hows[] = {
    { "ipmb delay span=200ms jitter=50us",
      { .effect = FAULT_DELAY, .span = SPAN_MS(200), .jitter = SPAN_US(50), .offset = -1 } },
    { "ipmb duplicate count=2 span=7ns",
      { .effect = FAULT_DUPLICATE, .span = 7, .count = 2, .offset = -1 } },
    { "ipmb reorder span=1h", { .effect = FAULT_REORDER, .span = SPAN_S(3600), .offset = -1 } },
    { "ipmb corrupt octet=3 count=2 mask=0x55 part=data-sum",
      { .effect = FAULT_CORRUPT, .offset = 3, .count = 2, .mask = 0x55,
        .place = FAULT_AT_DATA_SUM } },
    { "ipmb corrupt octet=any part=header-sum",
      { .effect = FAULT_CORRUPT, .offset = -1, .place = FAULT_AT_HEADER_SUM } },
    { "ipmb truncate count=4", { .effect = FAULT_TRUNCATE, .count = 4, .offset = -1 } },
    { "ipmb nak octet=0", { .effect = FAULT_NAK, .offset = 0 } },
    { "ipmb stretch span=1ms octet=2",
      { .effect = FAULT_STRETCH, .span = SPAN_MS(1), .offset = 2 } },
    { "ipmb collide", { .effect = FAULT_COLLIDE, .offset = -1 } },
    { "any babble span=5ms", { .effect = FAULT_BABBLE, .span = SPAN_MS(5), .offset = -1 } },
    { "ipmb stick count=9 octet=1", { .effect = FAULT_STICK, .count = 9, .offset = 1 } },
    { "ipmb busy span=2s", { .effect = FAULT_BUSY, .span = SPAN_S(2), .offset = -1 } },
    { "ipmb dead jitter=3s", { .effect = FAULT_DEAD, .jitter = SPAN_S(3), .offset = -1 } },
};

START_TEST(reads_how_it_strikes)
{
    const struct fault_rule *want = &hows[_i].rule;
    struct fault_rule r = good(hows[_i].words);

    ck_assert_int_eq(r.effect, want->effect);
    ck_assert_uint_eq(r.span, want->span);
    ck_assert_uint_eq(r.jitter, want->jitter);
    ck_assert_uint_eq(r.count, want->count);
    ck_assert_uint_eq(r.mask, want->mask);
    ck_assert_int_eq(r.offset, want->offset);
    ck_assert_int_eq(r.place, want->place);
}
END_TEST

START_TEST(reads_the_addresses_of_a_segment)
{
    struct fault_rule r = good("ipmb cut segment=0x82,0x84,0xf0");

    ck_assert(fault_set_has(&r, 0x82) && fault_set_has(&r, 0x84) && fault_set_has(&r, 0xf0));
    ck_assert(!fault_set_has(&r, 0x20));
}
END_TEST

START_TEST(is_called_as_told_or_by_its_words)
{
    ck_assert_str_eq(good("ipmb lose name=bad-cable").name, "bad-cable");
    ck_assert_str_eq(good("ipmb lose 5%   # the cable").name, "ipmb lose 5%");
    ck_assert_uint_eq(strlen(good("ipmb lose netfn=0x06 cmd=0x01 lun=0x00 seq=0x00 from=0x20")
                                 .name),
                      FAULT_NAME_MAX);
}
END_TEST

static const struct {
    const char *words, *said;
} wrongs[] = {
    { "ipmx lose", "f:1:1: found \"ipmx\"; expected where: lan, ipmb, icmb, perhaps with a "
                   "number, or any\n" },
    { "any0 lose", "f:1:1: found \"any0\"; expected where: lan, ipmb, icmb, perhaps with a "
                   "number, or any\n" },
    { "ipmb256 lose", "f:1:1: found \"ipmb256\"; expected where: lan, ipmb, icmb, perhaps with "
                      "a number, or any\n" },
    { "ipmb", "f:1:5: found the end of the line; expected an effect: lose delay duplicate "
              "reorder corrupt truncate nak stretch collide babble stick busy dead cut\n" },
    { "lan nak", "f:1:5: found \"nak\"; expected an effect: lose delay duplicate reorder "
                 "corrupt truncate\n" },
    { "ipmb delay", "f:1:11: found the end of the line; expected span= or jitter=: how long\n" },
    { "ipmb cut", "f:1:9: found the end of the line; expected segment= of addresses\n" },
    { "ipmb lose netfn=0x40 seq=64",
      "f:1:17: found \"0x40\"; expected the network function, 0 to 0x3f\n"
      "f:1:26: found \"64\"; expected the sequence number, 0 to 0x3f\n" },
    { "ipmb lose netfn=", "f:1:11: found \"netfn=\"; expected the network function, 0 to 0x3f\n" },
    { "ipmb lose cmd=1 cmd=2", "f:1:17: found \"cmd=2\"; expected each key once\n" },
    { "ipmb lose 0%", "f:1:11: found \"0%\"; expected a chance, 0.0001% to 100%\n" },
    { "ipmb lose 100.1%", "f:1:11: found \"100.1%\"; expected a chance, 0.0001% to 100%\n" },
    { "ipmb lose 1.%", "f:1:11: found \"1.%\"; expected a chance, 0.0001% to 100%\n" },
    { "ipmb lose 5% chance=6%", "f:1:14: found \"chance=6%\"; expected each key once\n" },
    { "ipmb lose after=10", "f:1:17: found \"10\"; expected a span, such as 10s\n" },
    { "ipmb lose after=ms", "f:1:17: found \"ms\"; expected a span, such as 10s\n" },
    { "ipmb lose after=18446744073709551615h",
      "f:1:17: found \"18446744073709551615h\"; expected a span, such as 10s\n" },
    { "ipmb lose after=2s until=1s",
      "f:1:28: found the end of the line; expected until= later than after=\n" },
    { "ipmb cut segment=0x82,,0x84",
      "f:1:18: found \"0x82,,0x84\"; expected even addresses with commas between them, such as "
      "0x82,0x84\n" },
    { "ipmb cut segment=0x83",
      "f:1:18: found \"0x83\"; expected even addresses with commas between them, such as "
      "0x82,0x84\n" },
    { "ipmb corrupt part=tail",
      "f:1:19: found \"tail\"; expected frame, header-sum, data or data-sum\n" },
    { "lan lose dir=up", "f:1:14: found \"up\"; expected in or out, of the BMC\n" },
    { "ipmb duplicate count=8",
      "f:1:23: found the end of the line; expected a fault that can strike\n" },
    { "ipmb truncate span=1s",
      "f:1:15: found \"span=1s\"; expected dir=, netfn=, cmd=, lun=, seq=, payload=, from=, "
      "to=, after=, until=, chance=, every=, times=, count=, name=, or a chance such as 5%\n" },
    { "ipmb lose $nothing",
      "f:1:11: found the undefined variable \"$nothing\"; expected a key of a fault\n" },
};

START_TEST(tells_what_is_wrong_and_where)
{
    struct fault_words out;

    ck_assert(!parse(wrongs[_i].words, &out));
    ck_assert_str_eq(said(&diags), wrongs[_i].said);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("emu/fault_words", &t);

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_test(t, leaves_open_what_nobody_says);
    tcase_add_test(t, reads_which_frames_are_meant);
    tcase_add_test(t, reads_when_it_strikes);
    tcase_add_loop_test(t, reads_how_it_strikes, 0, sizeof hows / sizeof hows[0]);
    tcase_add_test(t, reads_the_addresses_of_a_segment);
    tcase_add_test(t, is_called_as_told_or_by_its_words);
    tcase_add_loop_test(t, tells_what_is_wrong_and_where, 0, sizeof wrongs / sizeof wrongs[0]);
    return run_suite(s);
}
