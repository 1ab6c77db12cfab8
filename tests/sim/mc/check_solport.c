#include "sim/mc/solport.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/host/uart.h"
#include "sim/lan/remote_sol.h"
#include "sim/mc/mc_tables.h"
#include "sim/wire/rmcpp.h"
#include "tests/lib/records.h"
#include "tests/lib/run.h"

#define LISTING 20000          /* lines of seq: some 130 kB */
#define SCREEN_MAX (256 * 1024)

static const struct peer at_home = { .addr = { 198, 51, 100, 1 }, .port = 4000,
                                     .family = PEER_IPV4 };

static struct mcworld w;
static struct remote *remote, *other;
static struct remote_sol *sol;
static char *screen;
static size_t shown, accepts;

/* ---- a console in virtual time ---- */

static size_t
heard(void *ctx, struct bytes chars)
{
    size_t count = chars.len < accepts ? chars.len : accepts;

    (void)ctx;
    ck_assert_uint_lt(shown + count, SCREEN_MAX);
    memcpy(screen + shown, chars.at, count);
    shown += count;
    screen[shown] = '\0';
    return count;
}

static bool
carry(void)
{
    struct bytes datagram;
    bool moved = false;

    while (remote_output(remote, &datagram)) {
        lan_input(mc_lan(w.mc, 0), &at_home, datagram);
        moved = true;
    }
    for (size_t i = 0; i < outbox_count(w.out); i++) {
        remote_input(remote, w.world.now, outbox_at(w.out, i)->bytes);
        moved = true;
    }
    outbox_clear(w.out);
    return moved;
}

static instant
earliest(instant a, instant b)
{
    return a < b ? a : b;
}

static void
pass(instant span)
{
    instant until = instant_add(w.world.now, span), next = 0;

    while (next < until) {
        while (carry())
            ;
        next = earliest(world_deadline(&w.world), remote_deadline(remote));
        if (sol != NULL)
            next = earliest(next, remote_sol_deadline(sol));
        next = earliest(next, until);
        world_advance(&w.world, next);
        remote_expire(remote, w.world.now);
        if (sol != NULL)
            remote_sol_expire(sol, w.world.now);
    }
    while (carry())
        ;
}

static struct remote *
log_in(uint8_t suite)
{
    struct remote_opts opts = mcworld_console(&w);
    struct remote *r;

    opts.suite = suite;
    ck_assert_int_eq(remote_new(&opts, &r), ST_OK);
    remote_open(r, w.world.now);
    mcworld_talk(&w, 0, r);
    ck_assert_int_eq(remote_state(r), REMOTE_OPEN);
    return r;
}

static void
activate_as(const struct remote_sol_opts *opts)
{
    ck_assert_int_eq(remote_sol_new(remote, w.world.now, opts, &sol), ST_OK);
    pass(SPAN_S(1));
}

static void
activate(void)
{
    activate_as(&(struct remote_sol_opts){ .heard = heard });
    ck_assert_int_eq(remote_sol_state(sol), REMOTE_SOL_ACTIVE);
}

/* Ask as the session that has no console. */
static struct answer *
ask_as(uint32_t session, uint8_t cmd, uint8_t type, uint8_t instance, uint8_t aux)
{
    mcworld_from_lan(&w, PRIV_ADMIN);
    w.who.session = session;
    w.who.user = 2;
    return ask(&w, NETFN_APP, cmd, type, instance, aux, 0, 0, 0);
}

static void
type(const char *keys)
{
    size_t len = strlen(keys);

    while (len > 0) {
        size_t count = remote_sol_type(sol, w.world.now, bytes_of(keys, len));

        keys += count;
        len -= count;
        pass(SPAN_MS(10));
    }
}

static void
clear(void)
{
    shown = 0;
    screen[0] = '\0';
}

static void
see(const char *words)
{
    ck_assert_msg(strstr(screen, words) != NULL, "\"%s\" is not in \"%.400s\"", words, screen);
}

static void
shell(void)
{
    activate();
    type("root\r");
    pass(SPAN_S(1));
    type("\r");
    pass(SPAN_S(1));
    see("root@host:~# ");
    clear();
}

static void
begin(void)
{
    mcworld_plain(&w);
    screen = malloc(SCREEN_MAX);
    ck_assert_ptr_nonnull(screen);
    clear();
    accepts = SIZE_MAX;
    remote = log_in(3);
    other = NULL;
    sol = NULL;
}

static void
end(void)
{
    remote_sol_free(sol);
    remote_free(remote);
    remote_free(other);
    free(screen);
    mcworld_end(&w);
}

/* ---- parameters ---- */

START_TEST(keeps_the_promises_of_its_rows)
{
    mcworld_check_rows(&w, &solport_commands, 0);
}
END_TEST

#define SET(...) ask(&w, NETFN_TRANSPORT, 0x21, MCWORLD_LAN, __VA_ARGS__)
#define GET(n) ask(&w, NETFN_TRANSPORT, 0x22, MCWORLD_LAN, n, 0, 0)

START_TEST(has_parameters_as_delivered)
{
    static const struct {
        uint8_t selector, len, data[2];
    } rows[] = {
        { 0, 1, { 0 } }, { 1, 1, { 1 } }, { 2, 1, { PRIV_OPERATOR } }, { 3, 2, { 10, 96 } },
        { 4, 2, { 7, 50 } }, { 5, 1, { 10 } }, { 6, 1, { 10 } }, { 7, 1, { MCWORLD_LAN } },
        { 8, 2, { 0x6f, 0x02 } },
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct answer *a = GET(rows[i].selector);

        ck_cc(a, CC_OK);
        ck_assert_uint_eq(a->len, rows[i].len + 1u);
        ck_assert_uint_eq(a->data[0], 0x11);
        ck_assert_mem_eq(a->data + 1, rows[i].data, rows[i].len);
    }
    ck_assert_ptr_null(w.mc->sol);
    ck_cc(GET(9), CC_CMD_80);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x22, 0x80 | MCWORLD_LAN, 1, 0, 0), CC_OK, 0x11);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x22, 7, 1, 0, 0), CC_INVALID_FIELD);
}
END_TEST

START_TEST(sets_parameters)
{
    ck_cc(SET(2, 0xf4), CC_OK);
    ck_answer(GET(2), CC_OK, 0x11, 0xc4);
    ck_cc(SET(2, 1), CC_INVALID_FIELD);
    ck_cc(SET(2, 6), CC_INVALID_FIELD);
    ck_cc(SET(3, 20, 50), CC_OK);
    ck_answer(GET(3), CC_OK, 0x11, 20, 50);
    ck_cc(SET(3, 0, 50), CC_INVALID_FIELD);
    ck_cc(SET(4, 0xff, 0), CC_OK);
    ck_answer(GET(4), CC_OK, 0x11, 7, 0);
    ck_cc(SET(5, 7), CC_OK);
    ck_cc(SET(6, 0xf8), CC_OK);
    ck_answer(GET(6), CC_OK, 0x11, 8);
    ck_cc(SET(5, 5), CC_INVALID_FIELD);
    ck_cc(SET(6, 11), CC_INVALID_FIELD);
    ck_cc(SET(7, 1), CC_CMD_82);
    ck_cc(SET(8, 0x6f, 0x02), CC_OK);
    ck_cc(SET(8, 1, 0), CC_CMD_82);
    ck_cc(SET(3, 1), CC_LENGTH);
    ck_cc(SET(0, 1), CC_OK);
    ck_cc(SET(0, 1), CC_CMD_81);
}
END_TEST

START_TEST(keeps_parameters_across_a_reset)
{
    ck_cc(SET(0, 1), CC_OK);
    ck_cc(SET(1, 0), CC_OK);
    ck_cc(SET(5, 7), CC_OK);
    ck_cc(SET(6, 8), CC_OK);
    mc_cold_reset(w.mc);
    mcworld_run(&w, MC_RESET_TIME);
    ck_answer(GET(0), CC_OK, 0x11, 0);
    ck_answer(GET(1), CC_OK, 0x11, 0);
    ck_answer(GET(5), CC_OK, 0x11, 7);
    ck_answer(GET(6), CC_OK, 0x11, 7);
}
END_TEST

START_TEST(ends_a_set_in_progress_with_the_host)
{
    ck_cc(SET(0, 1), CC_OK);
    ck_cc(SET(0, 1), CC_CMD_81);
    ck_assert(host_do(w.host, HOST_OP_OFF, CAUSE_UNKNOWN));
    mcworld_run(&w, HOST_POWER_OFF_DELAY);
    ck_answer(GET(0), CC_OK, 0x11, 0);
}
END_TEST

START_TEST(tells_the_port_that_consoles_use)
{
    lan_set_port(mc_lan(w.mc, 0), 9001);
    ck_answer(GET(8), CC_OK, 0x11, 0x29, 0x23);
    activate();
    ck_assert_uint_eq(remote_sol_port(sol), 9001);
}
END_TEST

/* ---- activation ---- */

START_TEST(gives_a_session_the_console)
{
    activate();
    see("host login: ");
    ck_assert_uint_eq(solport_owner(w.mc, 1), remote_bmc_sid(remote));
    ck_answer(ask(&w, NETFN_APP, 0x4a, 1), CC_OK, 1, 1, 0);
    ck_cc(ask(&w, NETFN_APP, 0x4b, 1, 1), CC_OK);
    ck_assert_ptr_null(remote_violation(remote));
    ck_assert_ptr_null(remote_sol_violation(sol));
    remote_sol_end(sol, w.world.now);
    pass(SPAN_S(1));
    ck_assert_uint_eq(solport_owner(w.mc, 1), 0);
    ck_answer(ask(&w, NETFN_APP, 0x4a, 1), CC_OK, 1, 0, 0);
}
END_TEST

START_TEST(answers_a_repeated_activation_the_same)
{
    const struct answer *a;

    activate();
    a = ask_as(remote_bmc_sid(remote), 0x48, 1, 1, 0xc0);
    ck_answer(a, CC_OK, 0, 0, 0, 0, 255, 0, 255, 0, 0x6f, 0x02, 0xff, 0xff);
    ck_assert_uint_eq(solport_owner(w.mc, 1), remote_bmc_sid(remote));
}
END_TEST

START_TEST(gives_the_console_to_one_at_a_time)
{
    activate();
    other = log_in(3);
    ck_cc(ask_as(remote_bmc_sid(other), 0x48, 1, 1, 0xc0), CC_CMD_80);
    ck_cc(ask_as(remote_bmc_sid(other), 0x48, 1, 2, 0xc0), CC_CMD_82);
    ck_cc(ask_as(remote_bmc_sid(other), 0x49, 1, 1, 0), CC_OK);
    pass(SPAN_S(1));
    ck_assert_int_eq(remote_sol_state(sol), REMOTE_SOL_ENDED);
    ck_cc(ask_as(remote_bmc_sid(other), 0x49, 1, 1, 0), CC_CMD_80);
}
END_TEST

START_TEST(refuses_who_may_not)
{
    ck_cc(SET(2, PRIV_ADMIN), CC_OK);
    other = log_in(3);
    mcworld_from_lan(&w, PRIV_OPERATOR);
    w.who.session = remote_bmc_sid(other);
    ck_cc(ask(&w, NETFN_APP, 0x48, 1, 1, 0xc0, 0, 0, 0), CC_PRIVILEGE);
    ck_cc(ask(&w, NETFN_APP, 0x49, 1, 1, 0, 0, 0, 0), CC_PRIVILEGE);
    mcworld_from_system(&w);
    ck_cc(ask(&w, NETFN_APP, 0x4c, MCWORLD_LAN, 0x40 | 2, 2, 0, 0, 0), CC_OK);
    ck_cc(ask_as(remote_bmc_sid(other), 0x48, 1, 1, 0xc0), CC_CMD_81);
    mcworld_from_system(&w);
    ck_cc(ask(&w, NETFN_APP, 0x4c, MCWORLD_LAN, 2, 2, 0, 0, 0), CC_OK);
    ck_cc(SET(1, 0), CC_OK);
    ck_cc(ask_as(remote_bmc_sid(other), 0x48, 1, 1, 0xc0), CC_CMD_81);
    ck_cc(ask_as(remote_bmc_sid(other), 0x48, 0, 1, 0xc0), CC_INVALID_FIELD);
    ck_cc(ask_as(0, 0x48, 1, 1, 0xc0), CC_CMD_81);
}
END_TEST

START_TEST(goes_as_protected_as_is_wanted)
{
    uint32_t plain;

    other = log_in(2);
    plain = remote_bmc_sid(other);
    ck_cc(ask_as(plain, 0x48, 1, 1, 0xc0), CC_CMD_83);
    mcworld_from_system(&w);
    ck_cc(SET(2, SOLPORT_FORCE_ENCRYPTION | PRIV_USER), CC_OK);
    ck_cc(ask_as(plain, 0x48, 1, 1, 0xc0), CC_CMD_84);
    ck_cc(ask_as(remote_bmc_sid(remote), 0x48, 1, 1, 0x40), CC_CMD_84);
    mcworld_from_system(&w);
    ck_cc(SET(2, SOLPORT_FORCE_CODES | PRIV_USER), CC_OK);
    ck_cc(ask_as(plain, 0x48, 1, 1, 0x00), CC_INVALID_FIELD);
    ck_cc(ask_as(plain, 0x48, 1, 1, 0x40), CC_OK);
}
END_TEST

START_TEST(stays_encrypted_where_that_is_forced)
{
    uint32_t session = remote_bmc_sid(remote);

    activate();
    mcworld_from_lan(&w, PRIV_ADMIN);
    w.who.session = session;
    ck_cc(ask(&w, NETFN_APP, 0x55, 1, 1, 0), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x55, 1, 1, 1), CC_OK);
    mcworld_from_system(&w);
    ck_cc(SET(2, SOLPORT_FORCE_ENCRYPTION | PRIV_USER), CC_OK);
    mcworld_from_lan(&w, PRIV_ADMIN);
    w.who.session = session;
    ck_cc(ask(&w, NETFN_APP, 0x55, 1, 1, 0), CC_CMD_81);
    ck_cc(ask(&w, NETFN_APP, 0x55, 1, 1, 1), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x55, 0, 0, 0), CC_OK);
}
END_TEST

START_TEST(ends_with_its_session_or_when_disabled)
{
    activate();
    ck_cc(SET(1, 0), CC_OK);
    pass(SPAN_S(1));
    ck_assert_int_eq(remote_sol_state(sol), REMOTE_SOL_ENDED);
    ck_cc(SET(1, 1), CC_OK);
    remote_sol_free(sol);
    activate();
    remote_close(remote, w.world.now);
    pass(SPAN_S(1));
    ck_assert_uint_eq(solport_owner(w.mc, 1), 0);
    ck_assert(!uart_carrier(host_uart(w.host)));
}
END_TEST

START_TEST(forgets_a_console_that_fell_silent)
{
    activate();
    world_advance(&w.world, instant_add(w.world.now, LAN_SESSION_TIMEOUT + SPAN_S(1)));
    ck_assert_uint_eq(solport_owner(w.mc, 1), 0);
}
END_TEST

/* ---- the console ---- */

START_TEST(carries_a_shell)
{
    shell();
    type("echo hello\r");
    pass(SPAN_S(1));
    ck_assert_str_eq(screen, "echo hello\r\nhello\r\nroot@host:~# ");
}
END_TEST

START_TEST(passes_a_break_on)
{
    shell();
    remote_sol_operate(sol, w.world.now, SOL_BREAK);
    pass(SPAN_MS(100));
    type("x");
    pass(SPAN_S(1));
    see("sysrq: HELP");
}
END_TEST

START_TEST(pauses_the_host)
{
    shell();
    remote_sol_operate(sol, w.world.now, SOL_PAUSE);
    pass(SPAN_MS(100));
    type("seq 5\r");
    pass(SPAN_S(5));
    ck_assert_str_eq(screen, "");
    remote_sol_operate(sol, w.world.now, 0);
    pass(SPAN_S(1));
    see("\r\n5\r\nroot@host:~# ");
}
END_TEST

START_TEST(tells_when_the_host_is_off_and_shows_it_boot)
{
    activate();
    clear();
    ck_assert(host_do(w.host, HOST_OP_CYCLE, CAUSE_CHASSIS_CONTROL));
    pass(SPAN_MS(500));
    ck_assert_uint_eq(remote_sol_status(sol), SOL_UNAVAILABLE);
    type("lost");
    pass(SPAN_MS(100));
    ck_assert(remote_sol_idle(sol));
    for (int i = 0; i < 20; i++) {
        /* its keep-alive */
        remote_sol_operate(sol, w.world.now, 0);
        pass(SPAN_S(2));
    }
    ck_assert_uint_eq(remote_sol_status(sol), 0);
    see("ipmilab firmware 1.0");
    see("\r\nhost login: ");
}
END_TEST

START_TEST(answers_its_activation_first_where_the_host_is_off)
{
    ck_assert(host_do(w.host, HOST_OP_OFF, CAUSE_CHASSIS_CONTROL));
    pass(SPAN_S(10));
    other = log_in(3);
    ck_cc(ask_as(remote_bmc_sid(other), 0x48, 1, 1, 0xc0), CC_OK);
    ck_assert_uint_eq(outbox_count(w.out), 0);
    ck_cc(ask_as(remote_bmc_sid(other), 0x49, 1, 1, 0), CC_OK);
    activate();
    remote_sol_operate(sol, w.world.now, 0);
    pass(SPAN_MS(100));
    ck_assert_uint_eq(remote_sol_status(sol), SOL_UNAVAILABLE);
    ck_assert_ptr_null(remote_violation(remote));
}
END_TEST

/* The whole listing, as the screen must have it. */
static char *
listing(void)
{
    char *want = malloc(SCREEN_MAX);
    size_t len;

    ck_assert_ptr_nonnull(want);
    len = (size_t)sprintf(want, "seq %d\r\n", LISTING);
    for (int i = 1; i <= LISTING; i++)
        len += (size_t)sprintf(want + len, "%d\r\n", i);
    (void)sprintf(want + len, "root@host:~# ");
    return want;
}

static void
lose(uint32_t ppm)
{
    struct fault_rule rule = fault_rule_any(FAULT_LOSE);

    rule.link = TAP_LAN;
    rule.payload_type = PAYLOAD_SOL;
    rule.probability_ppm = ppm;
    ck_assert_int_eq(world_arm_fault(&w.world, &rule, NULL), ST_OK);
}

static void
same_digest(const char *a, const char *b)
{
    struct bytes of_a = bytes_of(a, strlen(a)), of_b = bytes_of(b, strlen(b));
    uint8_t md5_a[HASH_SIZE_MAX], md5_b[HASH_SIZE_MAX];

    ck_assert_uint_eq(of_a.len, of_b.len);
    ck_assert(crypto_digest(w.work, HASH_MD5, &of_a, 1, md5_a));
    ck_assert(crypto_digest(w.work, HASH_MD5, &of_b, 1, md5_b));
    ck_assert_mem_eq(md5_a, md5_b, 16);
}

/* A console accepts so many characters of a packet at most; as many datagrams
 * of a thousand are lost. */
static const struct {
    size_t accepts;
    uint32_t lost;
} lines[] = { { SIZE_MAX, 0 }, { SIZE_MAX, 50 }, { SIZE_MAX, 200 }, { 100, 50 } };

START_TEST(loses_no_character_to_the_console)
{
    char *want = listing(), command[32];

    shell();
    if (lines[_i].lost)
        lose(lines[_i].lost * 1000);
    accepts = lines[_i].accepts;
    (void)snprintf(command, sizeof command, "seq %d\r", LISTING);
    type(command);
    for (int s = 0; s < 2000 && shown < strlen(want); s++)
        pass(SPAN_S(1));
    ck_assert_uint_ge(strlen(want), 100000);
    same_digest(screen, want);
    ck_assert_ptr_null(remote_sol_violation(sol));
    ck_assert_uint_eq(solport_stats(w.mc)->dropped, 0);
    ck_assert(lines[_i].lost == 0 || solport_stats(w.mc)->retries > 0);
    free(want);
}
END_TEST

/* Twice as much as the host takes at once, echoed and answered. */
START_TEST(loses_no_character_to_the_host)
{
    char *want = malloc(SCREEN_MAX), *typed = malloc(SCREEN_MAX);
    size_t want_len = 0, typed_len = 0;

    ck_assert(want != NULL && typed != NULL);
    for (int i = 0; i < 500; i++) {
        typed_len += (size_t)sprintf(typed + typed_len, "echo line number %d\r", i);
        want_len += (size_t)sprintf(want + want_len,
                                    "echo line number %d\r\nline number %d\r\nroot@host:~# ", i,
                                    i);
    }
    shell();
    lose(50000);
    type(typed);
    for (int s = 0; s < 2000 && shown < want_len; s++)
        pass(SPAN_S(1));
    same_digest(screen, want);
    free(want);
    free(typed);
}
END_TEST

START_TEST(costs_nothing_while_nobody_wants_it)
{
    ck_assert_ptr_null(w.mc->sol);
    ck_assert_ptr_null(solport_stats(w.mc));
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("solport", &t);

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_test(t, keeps_the_promises_of_its_rows);
    tcase_add_test(t, has_parameters_as_delivered);
    tcase_add_test(t, sets_parameters);
    tcase_add_test(t, keeps_parameters_across_a_reset);
    tcase_add_test(t, ends_a_set_in_progress_with_the_host);
    tcase_add_test(t, tells_the_port_that_consoles_use);
    tcase_add_test(t, gives_a_session_the_console);
    tcase_add_test(t, answers_a_repeated_activation_the_same);
    tcase_add_test(t, gives_the_console_to_one_at_a_time);
    tcase_add_test(t, refuses_who_may_not);
    tcase_add_test(t, goes_as_protected_as_is_wanted);
    tcase_add_test(t, stays_encrypted_where_that_is_forced);
    tcase_add_test(t, ends_with_its_session_or_when_disabled);
    tcase_add_test(t, forgets_a_console_that_fell_silent);
    tcase_add_test(t, carries_a_shell);
    tcase_add_test(t, passes_a_break_on);
    tcase_add_test(t, pauses_the_host);
    tcase_add_test(t, tells_when_the_host_is_off_and_shows_it_boot);
    tcase_add_test(t, answers_its_activation_first_where_the_host_is_off);
    tcase_add_loop_test(t, loses_no_character_to_the_console, 0,
                        sizeof lines / sizeof lines[0]);
    tcase_add_test(t, loses_no_character_to_the_host);
    tcase_add_test(t, costs_nothing_while_nobody_wants_it);
    return run_suite(s);
}
