#include "tests/lib/byhand.h"
#include "tests/lib/run.h"

static struct lanpair pair;
static struct byhand b;

static void
begin(void)
{
    lanpair_begin(&pair, 1);
    byhand_begin(&b, &pair);
}

static void
end(void)
{
    byhand_end(&b);
    lanpair_end(&pair);
}

/* ---- what is asked, what is answered ---- */

enum { ANY = 0xff };   /* an algorithm block that leaves the choice to the BMC */

static const struct {
    const char *why;
    uint8_t privilege;
    uint8_t alg[ALG_KINDS];
    uint8_t status;
    int suite;             /* that is chosen */
    uint8_t granted;
} proposals[] = {
    { "suite 3", 4, { 1, 1, 1 }, RAKP_OK, 3, 4 },
    { "suite 0", 4, { 0, 0, 0 }, RAKP_OK, 0, 4 },
    { "suite 14", 3, { 2, 3, 3 }, RAKP_OK, 14, 3 },
    { "highest", 0, { 3, 4, 1 }, RAKP_OK, 17, 4 },
    { "anything", 0, { ANY, ANY, ANY }, RAKP_OK, 17, 4 },
    { "SHA-1 and anything", 4, { 1, ANY, ANY }, RAKP_OK, 3, 4 },
    { "no encryption", 4, { ANY, ANY, 0 }, RAKP_OK, 16, 4 },
    { "MD5, xRC4-40", 4, { 2, ANY, 3 }, RAKP_OK, 10, 4 },
    { "suite 18, which is not on offer", 4, { 3, 4, 2 }, RAKP_NO_SUITE_MATCH, 0, 0 },
    { "no such suite", 4, { 1, 4, 1 }, RAKP_NO_SUITE_MATCH, 0, 0 },
    { "integrity without authentication", 4, { 0, 1, 1 }, RAKP_NO_SUITE_MATCH, 0, 0 },
    { "auth algorithm 4", 4, { 4, 1, 1 }, RAKP_INVALID_AUTH_ALG, 0, 0 },
    { "integrity algorithm 5", 4, { 1, 5, 1 }, RAKP_INVALID_INTEGRITY_ALG, 0, 0 },
    { "confidentiality algorithm 4", 4, { 1, 1, 4 }, RAKP_INVALID_CONF_ALG, 0, 0 },
    { "privilege 6", 6, { 1, 1, 1 }, RAKP_INVALID_ROLE, 0, 0 },
    { "above the limits", 5, { 1, 1, 1 }, RAKP_UNAUTHORIZED_ROLE, 0, 0 },
};

static struct open_request
proposal(const uint8_t *alg, uint8_t privilege)
{
    struct open_request rq = byhand_open_request(3, privilege);

    for (int kind = 0; kind < ALG_KINDS; kind++) {
        rq.alg[kind].len = alg[kind] == ANY ? ALG_BLOCK_ANY : ALG_BLOCK_LEN;
        rq.alg[kind].alg = alg[kind] & 0x3f;
    }
    return rq;
}

START_TEST(answers_a_proposal)
{
    struct open_request rq = proposal(proposals[_i].alg, proposals[_i].privilege);
    struct open_response rs;

    byhand_open(&b, &rq, &rs);
    ck_assert_msg(rs.status == proposals[_i].status, "%s: status %02xh", proposals[_i].why,
                  rs.status);
    ck_assert_uint_eq(rs.privilege, proposals[_i].granted);
    if (rs.status != RAKP_OK)
        return;
    ck_assert_uint_ne(rs.bmc_sid, 0);
    ck_assert_mem_eq(rs.alg, suite_by_id((unsigned)proposals[_i].suite)->alg, ALG_KINDS);
}
END_TEST

/* ---- the form of the blocks ---- */

static const struct {
    const char *why;
    int block;
    uint8_t kind, len, status;
} blocks[] = {
    { "first block is of integrity", 0, 1, 8, RAKP_NO_MATCHING_AUTH },
    { "first block is of nothing", 0, 3, 8, RAKP_INVALID_PAYLOAD_TYPE },
    { "second block is of authentication", 1, 0, 8, RAKP_NO_MATCHING_INTEGRITY },
    { "second block is of nothing", 1, 7, 8, RAKP_INVALID_PAYLOAD_TYPE },
    { "third block is of integrity", 2, 1, 8, RAKP_INVALID_PAYLOAD_TYPE },
    { "a block's length", 1, 1, 7, RAKP_ILLEGAL_PARAMETER },
};

START_TEST(refuses_malformed_blocks)
{
    struct open_request rq = byhand_open_request(3, 4);
    struct open_response rs;

    rq.alg[blocks[_i].block].kind = blocks[_i].kind;
    rq.alg[blocks[_i].block].len = blocks[_i].len;
    ck_assert_msg(byhand_open(&b, &rq, &rs) == blocks[_i].status, "%s", blocks[_i].why);
    ck_assert_uint_eq(b.reply_len, 4 + 12 + RAKP_ERROR_LEN);
}
END_TEST

START_TEST(refuses_a_console_without_session_id)
{
    struct open_request rq = byhand_open_request(3, 4);
    struct open_response rs;

    rq.console_sid = 0;
    ck_assert_uint_eq(byhand_open(&b, &rq, &rs), RAKP_INVALID_SESSION_ID);
}
END_TEST

START_TEST(drops_what_is_cut)
{
    uint8_t payload[31] = { 0 };

    ck_assert_uint_eq(byhand_setup(&b, PAYLOAD_OPEN_REQUEST, bytes_of(payload, 31)).len, 0);
    ck_assert_uint_eq(lan_stats(pair.lan)->dropped[DROP_LENGTH], 1);
}
END_TEST

/* ---- limits ---- */

START_TEST(holds_to_the_limit_of_a_suite)
{
    struct open_request rq = byhand_open_request(3, PRIV_OPERATOR);
    struct open_response rs;

    pair.config.suite_limit[3] = PRIV_USER;
    ck_assert_uint_eq(byhand_open(&b, &rq, &rs), RAKP_UNAUTHORIZED_ROLE);
    rq.privilege = 0;
    ck_assert_uint_eq(byhand_open(&b, &rq, &rs), RAKP_OK);
    ck_assert_uint_eq(rs.privilege, PRIV_USER);
    pair.config.suite_limit[3] = 0;
    rq.tag++;
    ck_assert_uint_eq(byhand_open(&b, &rq, &rs), RAKP_OK);   /* the same again */
    rq.console_sid++;
    ck_assert_uint_eq(byhand_open(&b, &rq, &rs), RAKP_NO_SUITE_MATCH);
}
END_TEST

START_TEST(chooses_a_suite_that_carries_the_privilege)
{
    static const uint8_t any[] = { ANY, ANY, ANY };
    struct open_request rq = proposal(any, PRIV_ADMIN);
    struct open_response rs;

    pair.config.suite_limit[17] = PRIV_USER;
    ck_assert_uint_eq(byhand_open(&b, &rq, &rs), RAKP_OK);
    ck_assert_mem_eq(rs.alg, suite_by_id(3)->alg, ALG_KINDS);
}
END_TEST

START_TEST(resolves_highest_to_the_channels_limit)
{
    struct open_request rq = byhand_open_request(3, 0);
    struct open_response rs;

    pair.channel.volatile_access.limit = PRIV_OPERATOR;
    ck_assert_uint_eq(byhand_open(&b, &rq, &rs), RAKP_OK);
    ck_assert_uint_eq(rs.privilege, PRIV_OPERATOR);
    rq.privilege = PRIV_ADMIN;
    ck_assert_uint_eq(byhand_open(&b, &rq, &rs), RAKP_UNAUTHORIZED_ROLE);
}
END_TEST

START_TEST(has_no_room_when_all_sessions_are_active)
{
    struct open_request rq = byhand_open_request(3, 0);
    struct open_response rs;

    pair.config.sessions_max = 2;
    ck_assert_uint_eq(byhand_login(&b, 3, 0x14, LANPAIR_USER), RAKP_OK);
    ck_assert_uint_eq(byhand_login(&b, 3, 0x14, LANPAIR_USER), RAKP_OK);
    ck_assert_uint_eq(byhand_open(&b, &rq, &rs), RAKP_NO_RESOURCES);
}
END_TEST

/* ---- again ---- */

START_TEST(answers_a_repeated_request_alike)
{
    struct open_request rq = byhand_open_request(3, 0);
    struct open_response first, again;

    byhand_open(&b, &rq, &first);
    byhand_open(&b, &rq, &again);
    ck_assert_uint_eq(again.bmc_sid, first.bmc_sid);
    rq.tag = 0x77;
    byhand_open(&b, &rq, &again);
    ck_assert_uint_eq(again.bmc_sid, first.bmc_sid);
}
END_TEST

START_TEST(opens_another_session_for_another_console)
{
    struct open_request rq = byhand_open_request(3, 0);
    struct open_response first, other;

    byhand_open(&b, &rq, &first);
    b.from.port++;
    byhand_open(&b, &rq, &other);
    ck_assert_uint_ne(other.bmc_sid, first.bmc_sid);
    b.from.port--;
    rq.console_sid++;
    byhand_open(&b, &rq, &other);
    ck_assert_uint_ne(other.bmc_sid, first.bmc_sid);
}
END_TEST

START_TEST(opens_another_session_once_the_first_is_active)
{
    struct open_request rq = byhand_open_request(3, 0);
    struct open_response rs;

    ck_assert_uint_eq(byhand_login(&b, 3, 0x14, LANPAIR_USER), RAKP_OK);
    byhand_open(&b, &rq, &rs);
    ck_assert_uint_ne(rs.bmc_sid, 0);
    ck_assert_uint_eq(lan_session_count(pair.lan), 1);
}
END_TEST

/* ---- pending ---- */

static bool
is_pending(const struct open_response *open)
{
    struct rakp2 rs;

    b.facts.bmc_sid = open->bmc_sid;
    b.facts.console_sid = open->console_sid;
    return byhand_rakp1(&b, 0x14, LANPAIR_USER, &rs) == RAKP_OK;
}

START_TEST(lets_the_least_recently_used_give_way)
{
    struct open_request rq = byhand_open_request(3, 0);
    struct open_response rs[9];

    pair.config.sessions_max = 1;    /* eight may then be pending */
    for (int i = 0; i < 8; i++, rq.console_sid++)
        ck_assert_uint_eq(byhand_open(&b, &rq, &rs[i]), RAKP_OK);
    ck_assert(is_pending(&rs[0]));
    ck_assert_uint_eq(byhand_open(&b, &rq, &rs[8]), RAKP_OK);
    ck_assert(is_pending(&rs[0]));
    ck_assert(!is_pending(&rs[1]));
    ck_assert(is_pending(&rs[2]));
}
END_TEST

START_TEST(forgets_a_pending_session_after_30_seconds)
{
    struct open_request rq = byhand_open_request(3, 0);
    struct open_response rs;

    byhand_open(&b, &rq, &rs);
    world_advance(&pair.world, SPAN_S(30) - 1);
    ck_assert(is_pending(&rs));
    world_advance(&pair.world, SPAN_S(30));
    ck_assert(!is_pending(&rs));
    ck_assert_uint_eq(pair.ended, 0);
}
END_TEST

#define COUNT(rows) (int)(sizeof(rows) / sizeof(rows)[0])

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("rmcpp_setup", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_loop_test(tc, answers_a_proposal, 0, COUNT(proposals));
    tcase_add_loop_test(tc, refuses_malformed_blocks, 0, COUNT(blocks));
    tcase_add_test(tc, refuses_a_console_without_session_id);
    tcase_add_test(tc, drops_what_is_cut);
    tcase_add_test(tc, holds_to_the_limit_of_a_suite);
    tcase_add_test(tc, chooses_a_suite_that_carries_the_privilege);
    tcase_add_test(tc, resolves_highest_to_the_channels_limit);
    tcase_add_test(tc, has_no_room_when_all_sessions_are_active);
    tcase_add_test(tc, answers_a_repeated_request_alike);
    tcase_add_test(tc, opens_another_session_for_another_console);
    tcase_add_test(tc, opens_another_session_once_the_first_is_active);
    tcase_add_test(tc, lets_the_least_recently_used_give_way);
    tcase_add_test(tc, forgets_a_pending_session_after_30_seconds);
    return run_suite(s);
}
