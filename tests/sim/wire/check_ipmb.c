#include <string.h>

#include "sim/wire/ipmb.h"
#include "tests/lib/run.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
    const char *why;
    uint8_t frame[10];
    size_t len;
    enum ipmb_err want;
} cases[] = {
    { "Get Device ID", { 0x20, 0x18, 0xc8, 0x81, 0x04, 0x01, 0x7a }, 7, IPMB_OK },
    { "header sum off by 1", { 0x20, 0x18, 0xc9, 0x81, 0x04, 0x01, 0x7a }, 7,
      IPMB_BAD_HEADER_SUM },
    { "data sum off by 1", { 0x20, 0x18, 0xc8, 0x81, 0x04, 0x01, 0x7b }, 7, IPMB_BAD_DATA_SUM },
    { "cut before data sum", { 0x20, 0x18, 0xc8, 0x81, 0x04, 0x01 }, 6, IPMB_SHORT },
    { "nothing", { 0 }, 0, IPMB_SHORT },
    { "broadcast", { 0x00, 0x52, 0x18, 0x96, 0x20, 0x04, 0x01, 0xdb }, 8, IPMB_OK },
    { "broadcast cut short", { 0x00, 0x52, 0x18, 0x96, 0x20, 0x04, 0x01 }, 7, IPMB_SHORT },
    { "sum over the broadcast's 00h too", { 0x00, 0x52, 0x18, 0x97, 0x20, 0x04, 0x01, 0xdb }, 8,
      IPMB_BAD_HEADER_SUM },
};

START_TEST(classifies_frames)
{
    struct ipmb_frame f, before;
    struct bytes in = { cases[_i].frame, cases[_i].len };

    memset(&f, 0xa5, sizeof f);
    before = f;
    ck_assert_msg(ipmb_parse(in, &f) == cases[_i].want, "%s", cases[_i].why);
    if (cases[_i].want != IPMB_OK)
        ck_assert_mem_eq(&f, &before, sizeof f);
}
END_TEST

/* Set Event Receiver of IPMI v1.5's text. */
static const uint8_t set_event_receiver[] = {
    0x52, 0x10, 0x9e, 0x20, 0x06, 0x00, 0x20, 0x00, 0xba
};

START_TEST(reads_the_specifications_example)
{
    struct ipmb_frame f;

    ck_assert_int_eq(ipmb_parse(bytes_of(set_event_receiver, 9), &f), IPMB_OK);
    ck_assert_uint_eq(f.target, 0x52);
    ck_assert_uint_eq(f.target_lun, 0);
    ck_assert_uint_eq(f.netfn, 0x04);
    ck_assert_uint_eq(f.source, 0x20);
    ck_assert_uint_eq(f.source_lun, 2);
    ck_assert_uint_eq(f.seq, 1);
    ck_assert_uint_eq(f.cmd, 0x00);
    ck_assert(!f.broadcast);
    ck_assert(!ipmb_is_response(&f));
    ck_assert_uint_eq(f.data.len, 2);
    ck_assert_ptr_eq(f.data.at, set_event_receiver + 6);
}
END_TEST

START_TEST(answers_the_specifications_example)
{
    static const uint8_t want[] = { 0x20, 0x16, 0xca, 0x52, 0x04, 0x00, 0x00, 0xaa };
    static const uint8_t cc[] = { 0x00 };
    struct ipmb_frame rq, rs;
    uint8_t buf[32];
    struct wr w = wr_of(buf, sizeof buf);

    ipmb_parse(bytes_of(set_event_receiver, 9), &rq);
    rs = ipmb_answer_to(&rq);
    ck_assert(ipmb_is_response(&rs));
    rs.data = bytes_of(cc, 1);
    ipmb_build(&w, &rs);
    ck_assert_uint_eq(wr_len(&w), sizeof want);
    ck_assert_mem_eq(buf, want, sizeof want);
}
END_TEST

/* Fields in, the same fields out, behind whatever was written before. */
START_TEST(builds_what_it_reads)
{
    uint8_t data[25] = { 0 }, buf[64] = { 0x11 };
    struct ipmb_frame f = {
        .target = 0xee, .target_lun = 3, .source = 0x20, .source_lun = (uint8_t)(_i % 4),
        .netfn = 0x2e, .seq = 63, .cmd = 0xff, .broadcast = _i % 2 != 0,
        .data = bytes_of(data, (size_t)_i),
    }, g;
    struct wr w = wr_of(buf, sizeof buf);

    memset(data, 0xc3, sizeof data);
    wr_u8(&w, 0x11);
    ipmb_build(&w, &f);
    ck_assert(!w.bad);
    ck_assert_uint_eq(wr_len(&w), 1 + 7 + (size_t)_i + f.broadcast);
    ck_assert_int_eq(ipmb_parse(bytes_of(buf + 1, wr_len(&w) - 1), &g), IPMB_OK);
    ck_assert_uint_eq(g.target, f.target);
    ck_assert_uint_eq(g.target_lun, f.target_lun);
    ck_assert_uint_eq(g.source, f.source);
    ck_assert_uint_eq(g.source_lun, f.source_lun);
    ck_assert_uint_eq(g.netfn, f.netfn);
    ck_assert_uint_eq(g.seq, f.seq);
    ck_assert_uint_eq(g.cmd, f.cmd);
    ck_assert(g.broadcast == f.broadcast);
    ck_assert_uint_eq(g.data.len, f.data.len);
    if (_i > 0)
        ck_assert_mem_eq(g.data.at, data, (size_t)_i);
}
END_TEST

START_TEST(turns_the_writer_bad_when_there_is_no_room)
{
    uint8_t buf[6];
    struct wr w = wr_of(buf, sizeof buf);

    ipmb_build(&w, &(struct ipmb_frame){ .target = 0x20, .source = 0x52 });
    ck_assert(w.bad);
}
END_TEST

START_TEST(has_words_for_each_error)
{
    ck_assert_str_eq(ipmb_err_text(IPMB_OK), "good");
    ck_assert_str_eq(ipmb_err_text(IPMB_BAD_DATA_SUM), "data checksum");
    ck_assert_str_eq(ipmb_err_text((enum ipmb_err)99), "unknown");
}
END_TEST

static Suite *
ipmb_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("sim/wire/ipmb", &c);

    tcase_add_loop_test(c, classifies_frames, 0, COUNT(cases));
    tcase_add_test(c, reads_the_specifications_example);
    tcase_add_test(c, answers_the_specifications_example);
    tcase_add_loop_test(c, builds_what_it_reads, 0, 26);
    tcase_add_test(c, turns_the_writer_bad_when_there_is_no_room);
    tcase_add_test(c, has_words_for_each_error);
    return s;
}

int
main(void)
{
    return run_suite(ipmb_suite());
}
