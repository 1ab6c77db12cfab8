#include "sim/ipmi/param.h"
#include "tests/lib/run.h"

/* A family with one parameter of each shape. */
struct toy {
    uint8_t progress;
    uint8_t plain[2];
    uint8_t secret[3];
    uint8_t table[4][2];       /* set 0 is volatile */
    uint8_t blocks[3][4];
    uint8_t grid[2][2][4];     /* sets 1, 2; blocks 0, 1 */
    uint8_t odd;
    uint8_t tail[2][4];        /* blocks that may be written in part */
    bool full;                 /* store has no room */
};

static const uint8_t constant[] = { 0xca, 0xfe };

static enum ipmi_cc
check_plain(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    (void)of;
    (void)ask;
    (void)len;
    data[1] &= 0x0f;
    return param_check_range(data[0], 9);
}

/* Only even numbers, shown doubled; an administrator may store any. */
static enum ipmi_cc
set_odd(void *of, const struct param_ask *ask, struct rd *data)
{
    struct toy *toy = of;
    uint8_t v = rd_u8(data);

    if (v % 2 && ask->privilege < PRIV_ADMIN)
        return CC_PRIVILEGE;
    toy->odd = v;
    return CC_OK;
}

static enum ipmi_cc
get_odd(const void *of, const struct param_ask *ask, struct wr *rs)
{
    const struct toy *toy = of;

    (void)ask;
    wr_u8(rs, toy->odd * 2u);
    return toy->odd == 0x7f ? CC_NOT_PRESENT : CC_OK;
}

#define AT(field) .at = offsetof(struct toy, field)

static const struct param rows[] = {
    { 0, "Set in progress", .size = 1, .keep = PARAM_VOLATILE, AT(progress) },
    { 1, "Plain", .size = 2, AT(plain), .check = check_plain },
    { 2, "Constant", .size = 2, .access = PARAM_RO, .fixed = constant },
    { 3, "Secret", .size = 3, .access = PARAM_WO, AT(secret) },
    { 4, "Table", .size = 2, .keys = PARAM_SETS, .set_max = 3, AT(table), .stride = 2,
      .keep = PARAM_SET0_VOLATILE },
    { 5, "Blocks", .size = 4, .keys = PARAM_BLOCKS, .block_max = 2, AT(blocks),
      .keep = PARAM_VOLATILE },
    { 6, "Grid", .size = 4, .keys = PARAM_SETS_BLOCKS, .set_min = 1, .set_max = 2,
      .block_max = 1, AT(grid), .stride = 8 },
    { 8, "Tail", .size = 1, .size_max = 4, .keys = PARAM_BLOCKS, .block_max = 1, AT(tail) },
    { 7, "Odd", .size = 1, .size_max = 3, .set = set_odd, .get = get_odd },
};

static const uint8_t *
load(const void *of, const struct param *row)
{
    (void)row;
    return of;
}

static uint8_t *
store(void *of, const struct param *row)
{
    struct toy *toy = of;

    (void)row;
    return toy->full ? NULL : of;
}

static const struct param_family family = {
    "toy", rows, sizeof rows / sizeof rows[0], PARAM_REVISION, load, store,
};

static enum ipmi_cc
set(struct toy *toy, uint8_t selector, struct bytes data)
{
    struct param_ask ask = { .selector = selector, .privilege = PRIV_OPERATOR };
    struct rd r = rd_of(data);

    return param_set(&family, toy, &ask, &r);
}

#define SET(toy, selector, ...) \
    set(toy, selector, bytes_of((const uint8_t[]){ __VA_ARGS__ }, \
                                sizeof (const uint8_t[]){ __VA_ARGS__ }))

static const struct {
    const char *why;
    uint8_t selector;
    uint8_t data[8];
    size_t len;
    enum ipmi_cc cc;
} sets[] = {
    { "plain", 1, { 9, 5 }, 2, CC_OK },
    { "refused by its check", 1, { 10, 5 }, 2, CC_INVALID_FIELD },
    { "too short", 1, { 1 }, 1, CC_LENGTH },
    { "too long", 1, { 1, 2, 3 }, 3, CC_LENGTH },
    { "empty", 1, { 0 }, 0, CC_LENGTH },
    { "unknown", 9, { 1 }, 1, CC_CMD_80 },
    { "unknown before length", 9, { 0 }, 0, CC_CMD_80 },
    { "read-only", 2, { 1, 2 }, 2, CC_CMD_82 },
    { "read-only before length", 2, { 0 }, 0, CC_CMD_82 },
    { "write-only", 3, { 1, 2, 3 }, 3, CC_OK },
    { "last set", 4, { 3, 1, 2 }, 3, CC_OK },
    { "past the last set", 4, { 4, 1, 2 }, 3, CC_RANGE },
    { "set without data", 4, { 3 }, 1, CC_LENGTH },
    { "set missing", 4, { 0 }, 0, CC_LENGTH },
    { "last block", 5, { 2, 1, 2, 3, 4 }, 5, CC_OK },
    { "past the last block", 5, { 3, 1, 2, 3, 4 }, 5, CC_RANGE },
    { "grid", 6, { 1, 1, 1, 2, 3, 4 }, 6, CC_OK },
    { "before the first set", 6, { 0, 1, 1, 2, 3, 4 }, 6, CC_RANGE },
    { "block missing", 6, { 1 }, 1, CC_LENGTH },
    { "own function", 7, { 2 }, 1, CC_OK },
    { "own function refuses", 7, { 3 }, 1, CC_PRIVILEGE },
    { "own function, longest", 7, { 2, 2, 2 }, 3, CC_OK },
    { "own function, too long", 7, { 2, 2, 2, 2 }, 4, CC_LENGTH },
    { "in progress", 0, { 1 }, 1, CC_OK },
    { "complete", 0, { 0 }, 1, CC_OK },
    { "commit", 0, { 2 }, 1, CC_INVALID_FIELD },
    { "reserved progress", 0, { 3 }, 1, CC_INVALID_FIELD },
};

START_TEST(refuses_what_it_must)
{
    struct toy toy = { 0 };

    ck_assert_msg(set(&toy, sets[_i].selector, bytes_of(sets[_i].data, sets[_i].len)) ==
                      sets[_i].cc, "%s", sets[_i].why);
}
END_TEST

static const struct {
    const char *why;
    uint8_t selector, set, block;
    bool revision_only;
    enum ipmi_cc cc;
    uint8_t want[8];
    size_t len;
} gets[] = {
    { "plain", 1, 0, 0, false, CC_OK, { 0x11, 9, 5 }, 3 },
    { "plain, idle selectors", 1, 7, 7, false, CC_OK, { 0x11, 9, 5 }, 3 },
    { "revision", 1, 0, 0, true, CC_OK, { 0x11 }, 1 },
    { "revision of an unknown one", 9, 0, 0, true, CC_CMD_80, { 0 }, 0 },
    { "constant", 2, 0, 0, false, CC_OK, { 0x11, 0xca, 0xfe }, 3 },
    { "write-only", 3, 0, 0, false, CC_CMD_83, { 0 }, 0 },
    { "unknown", 9, 0, 0, false, CC_CMD_80, { 0 }, 0 },
    { "table", 4, 3, 0, false, CC_OK, { 0x11, 3, 1, 2 }, 4 },
    { "past the table", 4, 4, 0, false, CC_RANGE, { 0 }, 0 },
    { "blocks", 5, 0, 2, false, CC_OK, { 0x11, 2, 1, 2, 3, 4 }, 6 },
    { "past the blocks", 5, 0, 3, false, CC_RANGE, { 0 }, 0 },
    { "grid", 6, 2, 1, false, CC_OK, { 0x11, 2, 1, 5, 6, 7, 8 }, 7 },
    { "own function", 7, 0, 0, false, CC_OK, { 0x11, 4 }, 2 },
};

START_TEST(shows_what_is_stored)
{
    struct toy toy = {
        .plain = { 9, 5 }, .table[3] = { 1, 2 }, .blocks[2] = { 1, 2, 3, 4 },
        .grid[1][1] = { 5, 6, 7, 8 }, .odd = 2,
    };
    struct param_ask ask = {
        .selector = gets[_i].selector, .set = gets[_i].set, .block = gets[_i].block,
    };
    uint8_t room[32];
    struct wr rs = wr_of(room, sizeof room);

    ck_assert_msg(param_get(&family, &toy, &ask, gets[_i].revision_only, &rs) == gets[_i].cc,
                  "%s", gets[_i].why);
    ck_assert_msg(wr_len(&rs) == gets[_i].len, "%s: %zu octets", gets[_i].why, wr_len(&rs));
    ck_assert_mem_eq(room, gets[_i].want, gets[_i].len);
}
END_TEST

START_TEST(takes_back_what_a_failing_get_wrote)
{
    struct toy toy = { .odd = 0x7f };
    struct param_ask ask = { .selector = 7 };
    uint8_t room[8];
    struct wr rs = wr_of(room, sizeof room);

    ck_assert_int_eq(param_get(&family, &toy, &ask, false, &rs), CC_NOT_PRESENT);
    ck_assert_uint_eq(wr_len(&rs), 0);
}
END_TEST

START_TEST(cleans_reserved_bits)
{
    struct toy toy = { 0 };

    ck_assert_int_eq(SET(&toy, 1, 3, 0xff), CC_OK);
    ck_assert_uint_eq(toy.plain[1], 0x0f);
}
END_TEST

START_TEST(keeps_sets_and_blocks_apart)
{
    struct toy toy = { 0 };

    ck_assert_int_eq(SET(&toy, 4, 2, 0x21, 0x22), CC_OK);
    ck_assert_int_eq(SET(&toy, 6, 2, 0, 1, 2, 3, 4), CC_OK);
    ck_assert_uint_eq(toy.table[2][1], 0x22);
    ck_assert_uint_eq(toy.table[1][1], 0);
    ck_assert_uint_eq(toy.table[3][0], 0);
    ck_assert_uint_eq(toy.grid[1][0][3], 4);
    ck_assert_uint_eq(toy.grid[1][1][0], 0);
}
END_TEST

START_TEST(lets_one_writer_at_a_time_say_in_progress)
{
    struct toy toy = { 0 };

    ck_assert_int_eq(SET(&toy, 0, PROGRESS_SET), CC_OK);
    ck_assert_int_eq(SET(&toy, 0, PROGRESS_SET), CC_CMD_81);
    ck_assert_int_eq(SET(&toy, 1, 1, 1), CC_OK);
    ck_assert_int_eq(SET(&toy, 0, PROGRESS_COMPLETE), CC_OK);
    ck_assert_int_eq(SET(&toy, 0, PROGRESS_SET), CC_OK);
}
END_TEST

START_TEST(leaves_the_tail_of_a_short_write)
{
    struct toy toy = { .tail = { { 0 }, { 1, 2, 3, 4 } } };
    struct param_ask ask = { .selector = 8, .block = 1 };
    uint8_t room[8];
    struct wr rs = wr_of(room, sizeof room);
    static const uint8_t want[] = { 1, 9, 8, 3, 4 };

    ck_assert_int_eq(SET(&toy, 8, 1, 9, 8), CC_OK);
    ck_assert_int_eq(param_get_data(&family, &toy, &ask, &rs), CC_OK);
    ck_assert_uint_eq(wr_len(&rs), sizeof want);
    ck_assert_mem_eq(room, want, sizeof want);
}
END_TEST

START_TEST(says_when_there_is_no_room)
{
    struct toy toy = { .full = true };

    ck_assert_int_eq(SET(&toy, 1, 1, 1), CC_NO_SPACE);
}
END_TEST

START_TEST(forgets_only_the_volatile)
{
    struct toy toy = {
        .progress = 1, .plain = { 9, 5 }, .table = { { 1, 1 }, { 2, 2 } },
        .blocks[2] = { 1, 2, 3, 4 },
    };

    param_clear_volatile(&family, &toy);
    ck_assert_uint_eq(toy.progress, 0);
    ck_assert_uint_eq(toy.plain[0], 9);
    ck_assert_uint_eq(toy.table[0][0], 0);
    ck_assert_uint_eq(toy.table[1][0], 2);
    ck_assert_uint_eq(toy.blocks[2][3], 0);
}
END_TEST

static Suite *
param_suite(void)
{
    TCase *tc;
    Suite *s = run_suite_of("param", &tc);

    tcase_add_loop_test(tc, refuses_what_it_must, 0, sizeof sets / sizeof sets[0]);
    tcase_add_loop_test(tc, shows_what_is_stored, 0, sizeof gets / sizeof gets[0]);
    tcase_add_test(tc, takes_back_what_a_failing_get_wrote);
    tcase_add_test(tc, cleans_reserved_bits);
    tcase_add_test(tc, keeps_sets_and_blocks_apart);
    tcase_add_test(tc, lets_one_writer_at_a_time_say_in_progress);
    tcase_add_test(tc, leaves_the_tail_of_a_short_write);
    tcase_add_test(tc, says_when_there_is_no_room);
    tcase_add_test(tc, forgets_only_the_volatile);
    return s;
}

int
main(void)
{
    return run_suite(param_suite());
}
