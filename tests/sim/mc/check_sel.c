#include "sim/mc/mc_tables.h"
#include "tests/lib/records.h"
#include "tests/lib/run.h"

#define MAX 40
#define NOW WORLD_EPOCH_DEFAULT

static const struct machine_sel_entry seeds[] = {
    { .type = 0x02,
      .body = { 0, 0, 0, 0, 0x20, 0x00, 0x04, 0x01, 0x30, 0x01, 0x57, 0x50, 0x4f },
      .before_s = 3600 },
    { .type = 0xe0,
      .body = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 },
      .before_s = 1800 },
    { .type = 0x02,
      .body = { 0x78, 0x56, 0x34, 0x12, 0x20, 0x00, 0x04, 0x08, 0x40, 0x6f, 0x01, 0xff,
                0xff },
      .keep_timestamp = true },
};

static const uint8_t some_event[SEL_BODY] = { 0xee, 0xee, 0xee, 0xee, 0x21, 0x00, 0x04,
                                              0x0f, 0x01, 0x6f, 0xc2, 0x13, 0xff };

static struct mcworld w;

static void
start(uint32_t seeded, uint8_t flags)
{
    mcworld_describe(&w);
    w.machine.sel = (struct machine_sel){
        .present = true, .max = MAX, .flags = flags, .entries = seeds, .count = seeded
    };
    mcworld_begin(&w);
}

#define ALL_FLAGS (SEL_HAS_ALLOC | SEL_HAS_RESERVE | SEL_HAS_PARTIAL | SEL_HAS_DELETE)

static void
setup(void)
{
    start(3, ALL_FLAGS);
}

static void
teardown(void)
{
    mcworld_end(&w);
}

static uint16_t
reserve(void)
{
    const struct answer *a = ask(&w, NETFN_STORAGE, 0x42);

    ck_cc(a, CC_OK);
    return answer_le16(a, 0);
}

START_TEST(has_the_described_entries)
{
    ck_answer(ask(&w, NETFN_STORAGE, 0x43, 0, 0, 0, 0, 0, 0xff), CC_OK, 2, 0, 1, 0, 0x02,
              0xf0, 0xaa, 0x55, 0x69, 0x20, 0x00, 0x04, 0x01, 0x30, 0x01, 0x57, 0x50,
              0x4f);
    ck_answer(ask(&w, NETFN_STORAGE, 0x43, 0, 0, 2, 0, 0, 0xff), CC_OK, 3, 0, 2, 0, 0xe0,
              1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
    ck_answer(ask(&w, NETFN_STORAGE, 0x43, 0, 0, 0xff, 0xff, 0, 0xff), CC_OK, 0xff, 0xff,
              3, 0, 0x02, 0x78, 0x56, 0x34, 0x12, 0x20, 0x00, 0x04, 0x08, 0x40, 0x6f,
              0x01, 0xff, 0xff);
}
END_TEST

START_TEST(counts_entries_and_room)
{
    const struct answer *a;

    a = ask(&w, NETFN_STORAGE, 0x40);
    ck_assert_uint_eq(a->len, 14);
    ck_assert_uint_eq(a->data[0], 0x51);
    ck_assert_uint_eq(answer_le16(a, 1), 3);
    ck_assert_uint_eq(answer_le16(a, 3), (MAX - 3) * 16);
    ck_assert_uint_eq(answer_le32(a, 5), 0x12345678);
    ck_assert_uint_eq(answer_le32(a, 9), 0xffffffff);
    ck_assert_uint_eq(a->data[13], ALL_FLAGS);
    ck_answer(ask(&w, NETFN_STORAGE, 0x41), CC_OK, MAX, 0, 16, 0, MAX - 3, 0, MAX - 3, 0,
              1);
}
END_TEST

static const struct {
    const char *why;
    uint16_t id;
    uint8_t offset, count;
    uint8_t cc;
    size_t len;
} reads[] = {
    { "the whole", 1, 0, 0xff, CC_OK, 18 },
    { "sixteen octets", 1, 0, 16, CC_OK, 18 },
    { "none", 1, 0, 0, CC_OK, 2 },
    { "one too many", 1, 0, 17, CC_CANNOT_RETURN, 0 },
    { "the end", 1, 15, 1, CC_OK, 3 },
    { "to the end", 1, 10, 0xff, CC_OK, 8 },
    { "past the end", 1, 15, 2, CC_CANNOT_RETURN, 0 },
    { "from outside", 1, 16, 1, CC_RANGE, 0 },
    { "an id that is not there", 9, 0, 0xff, CC_NOT_PRESENT, 0 },
};

START_TEST(gives_parts_of_a_record)
{
    const struct answer *a;
    uint16_t r = reserve();

    a = ask(&w, NETFN_STORAGE, 0x43, LE(r), LE(reads[_i].id), reads[_i].offset,
            reads[_i].count);
    ck_assert_msg(a->cc == reads[_i].cc && a->len == reads[_i].len,
                  "%s: %02x, %zu octets", reads[_i].why, a->cc, a->len);
}
END_TEST

START_TEST(wants_a_reservation_for_all_but_the_beginning)
{
    uint16_t r = reserve();

    ck_cc(ask(&w, NETFN_STORAGE, 0x43, 0, 0, 1, 0, 0, 4), CC_OK);
    ck_cc(ask(&w, NETFN_STORAGE, 0x43, 0, 0, 1, 0, 4, 4), CC_RESERVATION);
    ck_cc(ask(&w, NETFN_STORAGE, 0x43, LE(r + 1), 1, 0, 4, 4), CC_RESERVATION);
    ck_cc(ask(&w, NETFN_STORAGE, 0x43, LE(r), 1, 0, 4, 4), CC_OK);
    ck_cc(ask(&w, NETFN_STORAGE, 0x46, 0, 0, 1, 0), CC_RESERVATION);
    ck_cc(ask(&w, NETFN_STORAGE, 0x47, 0, 0, 'C', 'L', 'R', 0xaa), CC_RESERVATION);
    ck_assert_uint_eq(logged(w.mc), 3);
}
END_TEST

START_TEST(ends_a_reservation_when_another_is_made)
{
    uint16_t r = reserve();
    uint16_t later = reserve();

    ck_assert_uint_ne(r, later);
    ck_cc(ask(&w, NETFN_STORAGE, 0x43, LE(r), 1, 0, 4, 4), CC_RESERVATION);
    ck_cc(ask(&w, NETFN_STORAGE, 0x43, LE(later), 1, 0, 4, 4), CC_OK);
}
END_TEST

START_TEST(ends_a_reservation_when_a_record_comes)
{
    uint16_t r = reserve();

    ck_assert_uint_eq(mc_sel_add(w.mc, 0x02, some_event), 4);
    ck_cc(ask(&w, NETFN_STORAGE, 0x47, LE(r), 'C', 'L', 'R', 0xaa), CC_RESERVATION);
}
END_TEST

/* It would end if other records' ids changed. Clients delete several under one. */
START_TEST(keeps_a_reservation_when_a_record_goes)
{
    uint16_t r = reserve();

    ck_answer(ask(&w, NETFN_STORAGE, 0x46, LE(r), 2, 0), CC_OK, 2, 0);
    ck_answer(ask(&w, NETFN_STORAGE, 0x46, LE(r), 1, 0), CC_OK, 1, 0);
}
END_TEST

START_TEST(ends_a_reservation_by_clearing_and_by_a_reset)
{
    uint16_t r = reserve();

    ck_answer(ask(&w, NETFN_STORAGE, 0x47, LE(r), 'C', 'L', 'R', 0xaa), CC_OK, 1);
    ck_cc(ask(&w, NETFN_STORAGE, 0x47, LE(r), 'C', 'L', 'R', 0xaa), CC_RESERVATION);
    r = reserve();
    sel_reset(w.mc);
    ck_cc(ask(&w, NETFN_STORAGE, 0x47, LE(r), 'C', 'L', 'R', 0xaa), CC_RESERVATION);
}
END_TEST

START_TEST(clears)
{
    const struct answer *a;
    uint16_t r = reserve();

    ck_cc(ask(&w, NETFN_STORAGE, 0x47, LE(r), 'C', 'L', 'S', 0xaa), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_STORAGE, 0x47, LE(r), 'C', 'L', 'R', 0x01), CC_INVALID_FIELD);
    mcworld_run(&w, SPAN_S(7));
    ck_answer(ask(&w, NETFN_STORAGE, 0x47, LE(r), 'C', 'L', 'R', 0xaa), CC_OK, 1);
    ck_answer(ask(&w, NETFN_STORAGE, 0x47, LE(r), 'C', 'L', 'R', 0x00), CC_OK, 1);
    ck_assert_uint_eq(logged(w.mc), 0);
    a = ask(&w, NETFN_STORAGE, 0x40);
    ck_assert_uint_eq(answer_le16(a, 1), 0);
    ck_assert_uint_eq(answer_le32(a, 9), NOW + 7);
    ck_cc(ask(&w, NETFN_STORAGE, 0x43, 0, 0, 0, 0, 0, 0xff), CC_NOT_PRESENT);
    ck_assert_uint_eq(mc_sel_add(w.mc, 0x02, some_event), 1);
}
END_TEST

START_TEST(deletes_and_closes_up)
{
    const struct answer *a;
    uint16_t r = reserve();

    mcworld_run(&w, SPAN_S(5));
    ck_answer(ask(&w, NETFN_STORAGE, 0x46, LE(r), 2, 0), CC_OK, 2, 0);
    ck_answer(ask(&w, NETFN_STORAGE, 0x43, 0, 0, 1, 0, 0, 2), CC_OK, 3, 0, 1, 0);
    ck_cc(ask(&w, NETFN_STORAGE, 0x43, 0, 0, 2, 0, 0, 2), CC_NOT_PRESENT);
    ck_answer(ask(&w, NETFN_STORAGE, 0x43, 0, 0, 3, 0, 0, 2), CC_OK, 0xff, 0xff, 3, 0);
    a = ask(&w, NETFN_STORAGE, 0x40);
    ck_assert_uint_eq(answer_le32(a, 9), NOW + 5);
    r = reserve();
    ck_answer(ask(&w, NETFN_STORAGE, 0x46, LE(r), 0, 0), CC_OK, 1, 0);
    ck_assert_uint_eq(mc_sel_add(w.mc, 0x02, some_event), 4);
}
END_TEST

START_TEST(adds_with_its_own_id_and_time)
{
    const struct answer *a;

    mcworld_run(&w, SPAN_S(9));
    ck_answer(ask(&w, NETFN_STORAGE, 0x44, 0x77, 0x77, 0x02, 0xee, 0xee, 0xee, 0xee, 0x21,
                  0x00, 0x04, 0x0f, 0x01, 0x6f, 0xc2, 0x13, 0xff),
              CC_OK, 4, 0);
    ck_answer(ask(&w, NETFN_STORAGE, 0x43, 0, 0, 4, 0, 0, 0xff), CC_OK, 0xff, 0xff, 4, 0,
              0x02, 0x09, 0xb9, 0x55, 0x69, 0x21, 0x00, 0x04, 0x0f, 0x01, 0x6f, 0xc2,
              0x13, 0xff);
    a = ask(&w, NETFN_STORAGE, 0x40);
    ck_assert_uint_eq(answer_le32(a, 5), NOW + 9);
}
END_TEST

START_TEST(stamps_timed_oem_records_and_no_others)
{
    ck_answer(ask(&w, NETFN_STORAGE, 0x44, 0, 0, 0xc0, 0, 0, 0, 0, 0x57, 1, 0, 1, 2, 3, 4,
                  5, 6),
              CC_OK, 4, 0);
    ck_answer(ask(&w, NETFN_STORAGE, 0x44, 0, 0, 0xe0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
                  12, 13),
              CC_OK, 5, 0);
    ck_answer(ask(&w, NETFN_STORAGE, 0x43, 0, 0, 4, 0, 0, 0xff), CC_OK, 5, 0, 4, 0, 0xc0,
              0x00, 0xb9, 0x55, 0x69, 0x57, 1, 0, 1, 2, 3, 4, 5, 6);
    ck_answer(ask(&w, NETFN_STORAGE, 0x43, 0, 0, 5, 0, 0, 0xff), CC_OK, 0xff, 0xff, 5, 0,
              0xe0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
}
END_TEST

START_TEST(takes_no_more_than_it_holds)
{
    const struct answer *a;
    uint16_t r;

    for (unsigned n = 3; n < MAX; n++)
        ck_assert_uint_eq(mc_sel_add(w.mc, 0x02, some_event), n + 1);
    a = ask(&w, NETFN_STORAGE, 0x40);
    ck_assert_uint_eq(answer_le16(a, 3), 0);
    ck_assert_uint_eq(a->data[13], ALL_FLAGS);
    ck_cc(ask(&w, NETFN_STORAGE, 0x44, 0, 0, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
          CC_NO_SPACE);
    ck_assert_uint_eq(mc_sel_add(w.mc, 0x02, some_event), 0);
    a = ask(&w, NETFN_STORAGE, 0x40);
    ck_assert_uint_eq(a->data[13], ALL_FLAGS | SEL_OVERFLOW);
    r = reserve();
    a = ask(&w, NETFN_STORAGE, 0x47, LE(r), 'C', 'L', 'R', 0xaa);
    a = ask(&w, NETFN_STORAGE, 0x40);
    ck_assert_uint_eq(a->data[13], ALL_FLAGS);
}
END_TEST

START_TEST(puts_a_record_together_from_pieces)
{
    uint16_t r = reserve();

    ck_answer(ask(&w, NETFN_STORAGE, 0x45, LE(r), 0, 0, 0, 0, 0, 0, 0xe1, 1, 2, 3), CC_OK,
              4, 0);
    ck_answer(ask(&w, NETFN_STORAGE, 0x45, LE(r), 4, 0, 6, 0, 4, 5, 6, 7), CC_OK, 4, 0);
    ck_assert_uint_eq(logged(w.mc), 3);
    ck_answer(ask(&w, NETFN_STORAGE, 0x45, LE(r), 4, 0, 10, 1, 8, 9, 10, 11, 12, 13),
              CC_OK, 4, 0);
    ck_answer(ask(&w, NETFN_STORAGE, 0x43, 0, 0, 4, 0, 0, 0xff), CC_OK, 0xff, 0xff, 4, 0,
              0xe1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
}
END_TEST

START_TEST(refuses_pieces_that_do_not_fit)
{
    uint16_t r = reserve();

    ck_cc(ask(&w, NETFN_STORAGE, 0x45, 0, 0, 0, 0, 0, 0, 1), CC_RESERVATION);
    ck_cc(ask(&w, NETFN_STORAGE, 0x45, LE(r), 0, 0, 2, 0, 1), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_STORAGE, 0x45, LE(r), 0, 0, 0, 0, 1, 2), CC_OK);
    ck_cc(ask(&w, NETFN_STORAGE, 0x45, LE(r), 4, 0, 3, 0, 1), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_STORAGE, 0x45, LE(r), 5, 0, 2, 0, 1), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_STORAGE, 0x45, LE(r), 4, 0, 2, 1, 1), CC_CMD_80);
    ck_cc(ask(&w, NETFN_STORAGE, 0x45, LE(r), 4, 0, 3, 1, 1), CC_INVALID_FIELD);
    ck_assert_uint_eq(logged(w.mc), 3);
}
END_TEST

START_TEST(forgets_the_pieces_with_their_reservation)
{
    uint16_t r = reserve();

    ck_cc(ask(&w, NETFN_STORAGE, 0x45, LE(r), 0, 0, 0, 0, 0, 0), CC_OK);
    mc_sel_add(w.mc, 0x02, some_event); /* takes the id that was promised */
    ck_cc(ask(&w, NETFN_STORAGE, 0x45, LE(r), 4, 0, 2, 0, 1), CC_RESERVATION);
    r = reserve();
    ck_cc(ask(&w, NETFN_STORAGE, 0x45, LE(r), 4, 0, 2, 0, 1), CC_INVALID_FIELD);
    ck_answer(ask(&w, NETFN_STORAGE, 0x45, LE(r), 0, 0, 0, 0, 0, 0), CC_OK, 5, 0);
    r = reserve();
    ck_cc(ask(&w, NETFN_STORAGE, 0x45, LE(r), 5, 0, 2, 0, 1), CC_INVALID_FIELD);
}
END_TEST

START_TEST(keeps_its_time_as_set)
{
    ck_answer(ask(&w, NETFN_STORAGE, 0x48), CC_OK, 0x00, 0xb9, 0x55, 0x69);
    ck_cc(ask(&w, NETFN_STORAGE, 0x49, 0x00, 0x00, 0x00, 0x50), CC_OK);
    mcworld_run(&w, SPAN_S(100));
    ck_answer(ask(&w, NETFN_STORAGE, 0x48), CC_OK, 100, 0x00, 0x00, 0x50);
    mc_sel_add(w.mc, 0x02, some_event);
    ck_assert_mem_eq(record(w.mc, 3) + 3, ((const uint8_t[]){ 100, 0, 0, 0x50 }), 4);
    sel_reset(w.mc);
    ck_answer(ask(&w, NETFN_STORAGE, 0x48), CC_OK, 100, 0x00, 0x00, 0x50);
}
END_TEST

static const struct {
    int minutes;
    uint8_t cc;
} offsets[] = {
    { 0, CC_OK },     { 60, CC_OK },    { -300, CC_OK },    { 1440, CC_OK },
    { -1440, CC_OK }, { 0x7ff, CC_OK }, { 1441, CC_RANGE }, { -1441, CC_RANGE },
};

START_TEST(keeps_its_distance_to_utc)
{
    const struct answer *a;

    ck_answer(ask(&w, NETFN_STORAGE, 0x5c), CC_OK, 0xff, 0x07);
    ck_cc(ask(&w, NETFN_STORAGE, 0x5d, LE(offsets[_i].minutes)), offsets[_i].cc);
    a = ask(&w, NETFN_STORAGE, 0x5c);
    ck_assert_int_eq((int16_t)answer_le16(a, 0),
                     offsets[_i].cc == CC_OK ? offsets[_i].minutes : 0x7ff);
}
END_TEST

START_TEST(keeps_auxiliary_logs_status)
{
    ck_answer(ask(&w, NETFN_STORAGE, 0x5a, 0), CC_OK, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0);
    ck_cc(ask(&w, NETFN_STORAGE, 0x5b, 0, 1, 2, 3, 4, 5, 6, 7, 8), CC_OK);
    ck_cc(ask(&w, NETFN_STORAGE, 0x5b, 1, 1, 2, 3, 4, 5, 6, 7, 8), CC_LENGTH);
    ck_cc(ask(&w, NETFN_STORAGE, 0x5b, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
              15),
          CC_OK);
    ck_answer(ask(&w, NETFN_STORAGE, 0x5a, 0), CC_OK, 1, 2, 3, 4, 5, 6, 7, 8);
    ck_answer(ask(&w, NETFN_STORAGE, 0x5a, 1), CC_OK, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0,
              0, 0, 0, 0, 0, 0, 0);
    ck_answer(ask(&w, NETFN_STORAGE, 0x5a, 2), CC_OK, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
              12, 13, 14, 15);
    ck_cc(ask(&w, NETFN_STORAGE, 0x5a, 3), CC_INVALID_FIELD);
}
END_TEST

START_TEST(finds_ids_after_they_have_come_round)
{
    w.mc->sel->next_id = 0xfffd;
    for (unsigned n = 0; n < 4; n++)
        mc_sel_add(w.mc, 0x02, some_event);
    /* 1, 2 and 3 are taken; FFFFh is no id. */
    ck_assert_mem_eq(record(w.mc, 3), ((const uint8_t[]){ 0xfd, 0xff }), 2);
    ck_assert_mem_eq(record(w.mc, 4), ((const uint8_t[]){ 0xfe, 0xff }), 2);
    ck_assert_mem_eq(record(w.mc, 5), ((const uint8_t[]){ 4, 0 }), 2);
    ck_assert_mem_eq(record(w.mc, 6), ((const uint8_t[]){ 5, 0 }), 2);
    for (unsigned n = 0; n < 7; n++) {
        const uint8_t *octets = record(w.mc, n);

        ck_assert_int_eq(sel_find(w.mc->sel, (uint16_t)(octets[1] << 8 | octets[0])),
                         (int)n);
    }
}
END_TEST

START_TEST(lacks_what_it_is_described_without)
{
    static const uint8_t requests[][9] = {
        { 0, 0x41 },
        { 0, 0x42 },
        { 6, 0x45, 0, 0, 0, 0, 0, 0 },
        { 4, 0x46, 0, 0, 1, 0 },
    };

    mcworld_end(&w);
    start(3, 0);
    for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++)
        ck_cc(mcworld_ask(&w, w.mc, NETFN_STORAGE, requests[i][1], requests[i] + 2,
                          requests[i][0]),
              CC_INVALID_COMMAND);
    /* Without reservations none is asked for. */
    ck_cc(ask(&w, NETFN_STORAGE, 0x43, 0, 0, 1, 0, 4, 4), CC_OK);
    ck_cc(ask(&w, NETFN_STORAGE, 0x47, 0, 0, 'C', 'L', 'R', 0xaa), CC_OK);
}
END_TEST

START_TEST(may_be_absent)
{
    mcworld_end(&w);
    mcworld_describe(&w);
    w.machine.sel.present = false;
    mcworld_begin(&w);
    ck_cc(ask(&w, NETFN_STORAGE, 0x40), CC_INVALID_COMMAND);
    ck_cc(ask(&w, NETFN_STORAGE, 0x48), CC_INVALID_COMMAND);
    ck_assert_uint_eq(mc_sel_add(w.mc, 0x02, some_event), 0);
    ck_assert_uint_eq(sel_time(w.mc), NOW);
}
END_TEST

START_TEST(keeps_its_rows)
{
    mcworld_check_rows(&w, &sel_commands, 0);
}
END_TEST

static Suite *
sel_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("sim/mc/sel", &c);

    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, has_the_described_entries);
    tcase_add_test(c, counts_entries_and_room);
    tcase_add_loop_test(c, gives_parts_of_a_record, 0, sizeof reads / sizeof reads[0]);
    tcase_add_test(c, wants_a_reservation_for_all_but_the_beginning);
    tcase_add_test(c, ends_a_reservation_when_another_is_made);
    tcase_add_test(c, ends_a_reservation_when_a_record_comes);
    tcase_add_test(c, keeps_a_reservation_when_a_record_goes);
    tcase_add_test(c, ends_a_reservation_by_clearing_and_by_a_reset);
    tcase_add_test(c, clears);
    tcase_add_test(c, deletes_and_closes_up);
    tcase_add_test(c, adds_with_its_own_id_and_time);
    tcase_add_test(c, stamps_timed_oem_records_and_no_others);
    tcase_add_test(c, takes_no_more_than_it_holds);
    tcase_add_test(c, puts_a_record_together_from_pieces);
    tcase_add_test(c, refuses_pieces_that_do_not_fit);
    tcase_add_test(c, forgets_the_pieces_with_their_reservation);
    tcase_add_test(c, keeps_its_time_as_set);
    tcase_add_loop_test(c, keeps_its_distance_to_utc, 0,
                        sizeof offsets / sizeof offsets[0]);
    tcase_add_test(c, keeps_auxiliary_logs_status);
    tcase_add_test(c, finds_ids_after_they_have_come_round);
    tcase_add_test(c, lacks_what_it_is_described_without);
    tcase_add_test(c, may_be_absent);
    tcase_add_test(c, keeps_its_rows);
    return s;
}

int
main(void)
{
    return run_suite(sel_suite());
}
