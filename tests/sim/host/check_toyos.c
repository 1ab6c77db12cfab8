#include "sim/host/toyos.h"

#include <string.h>

#include "tests/lib/run.h"

static struct world world;
static struct host *host;
static struct uart *port;
static char screen[65536];
static size_t shown;
static const char *to_type;

static size_t
far_room(void *ctx)
{
    (void)ctx;
    return sizeof screen - 1 - shown;
}

static void
far_take(void *ctx, struct bytes chars)
{
    (void)ctx;
    memcpy(screen + shown, chars.at, chars.len);
    shown += chars.len;
    screen[shown] = '\0';
}

static void
far_more(void *ctx)
{
    (void)ctx;
    to_type += uart_send(port, bytes_of(to_type, strlen(to_type)));
}

static void
far_break(void *ctx)
{
    (void)ctx;
}

static const struct uart_far far = { NULL, far_room, far_take, far_more, far_break };

static void
pass(instant span)
{
    world_advance(&world, instant_add(world.now, span));
}

static void
start(bool on)
{
    world_init(&world, rng_key_root(1), 0, WORLD_EPOCH_DEFAULT);
    ck_assert_int_eq(host_new(&world, on, &host), ST_OK);
    port = host_uart(host);
    ck_assert_ptr_nonnull(port);
    shown = 0;
    screen[0] = '\0';
    to_type = "";
}

static void
begin(void)
{
    start(true);
    ck_assert(uart_connect(port, &far));
    pass(SPAN_S(1));
}

static void
end(void)
{
    host_free(host);
    world_free(&world);
}

static void
clear(void)
{
    shown = 0;
    screen[0] = '\0';
}

static void
type(const char *keys)
{
    to_type = keys;
    far_more(NULL);
    pass(SPAN_S(1));
    ck_assert_str_eq(to_type, "");
}

static void
log_in(void)
{
    type("root\r");
    type("secret\r");
    clear();
}

static void
see(const char *words)
{
    ck_assert_msg(strstr(screen, words) != NULL, "\"%s\" is not in \"%s\"", words, screen);
}

START_TEST(greets_who_comes)
{
    ck_assert_str_eq(screen, "\r\nipmilab host OS 1.0 host ttyS0\r\n\r\nhost login: ");
}
END_TEST

START_TEST(lets_people_in_and_hides_their_password)
{
    clear();
    type("\r");
    ck_assert_str_eq(screen, "\r\nhost login: ");
    clear();
    type("alice\r");
    ck_assert_str_eq(screen, "alice\r\nPassword: ");
    clear();
    type("secret\r");
    see("Welcome");
    see("\r\nalice@host:~# ");
    ck_assert_ptr_null(strstr(screen, "secret"));
}
END_TEST

static const struct {
    const char *typed, *answer;
} commands[] = {
    { "echo a  b\r", "echo a  b\r\na  b\r\nroot@host:~# " },
    { "uname\r", "uname\r\nipmilab\r\nroot@host:~# " },
    { "uname -a\r", "uname -a\r\nipmilab host 1.0 #1 simulated\r\nroot@host:~# " },
    { "whoami\r\n", "whoami\r\nroot\r\nroot@host:~# " },
    { "uptime\r", "uptime\r\nup 0 days, 00:00:03\r\nroot@host:~# " },
    { "seq 3\r", "seq 3\r\n1\r\n2\r\n3\r\nroot@host:~# " },
    { "seq 9 10\r", "seq 9 10\r\n9\r\n10\r\nroot@host:~# " },
    { "seq\r", "seq\r\nusage: seq [FROM] TO\r\nroot@host:~# " },
    { "nosuch\r", "nosuch\r\nnosuch: command not found\r\nroot@host:~# " },
    { "\r", "\r\nroot@host:~# " },
    { "ab\bc\x7f" "d\r", "ab\b \bc\b \bd\r\nad: command not found\r\nroot@host:~# " },
    { "abc\x03", "abc^C\r\nroot@host:~# " },
    { "abc\x15", "abc\b \b\b \b\b \b" },
};

START_TEST(carries_out_commands)
{
    log_in();
    type(commands[_i].typed);
    ck_assert_str_eq(screen, commands[_i].answer);
}
END_TEST

START_TEST(lists_its_commands)
{
    log_in();
    type("help\r");
    see("\r\npoweroff  shut the host down\r\n");
}
END_TEST

START_TEST(works_off_keys_that_came_meanwhile)
{
    log_in();
    type("seq 500\recho after\r");
    pass(SPAN_S(2));
    see("\r\n500\r\nroot@host:~# echo after\r\nafter\r\n");
}
END_TEST

START_TEST(ends_a_listing_when_interrupted)
{
    log_in();
    type("seq 1000000\r");
    clear();
    type("\x03");
    see("^C\r\nroot@host:~# ");
    clear();
    pass(SPAN_S(1));
    ck_assert_str_eq(screen, "");
}
END_TEST

START_TEST(logs_out_who_leaves)
{
    log_in();
    uart_disconnect(port);
    pass(SPAN_S(1));
    clear();
    ck_assert(uart_connect(port, &far));
    pass(SPAN_S(1));
    see("host login: ");
    log_in();
    type("\x04");
    see("logout\r\n");
}
END_TEST

START_TEST(shows_a_boot)
{
    log_in();
    type("reboot\r");
    pass(HOST_BOOT_DELAY);
    see("ipmilab firmware 1.0");
    see("01 Memory initialization\r\n");
    see("[    0.000000] ipmilab host OS 1.0");
    see("Starting sshd: OK\r\n");
    see("\r\nhost login: ");
    ck_assert_int_eq(host_last_start(host), CAUSE_SOFT_RESET);
}
END_TEST

START_TEST(shows_the_rest_of_a_boot_to_who_comes_late)
{
    uart_disconnect(port);
    ck_assert(host_do(host, HOST_OP_RESET, CAUSE_UNKNOWN));
    pass(HOST_BOOT_DELAY * 9 / 10);
    clear();
    ck_assert(uart_connect(port, &far));
    pass(HOST_BOOT_DELAY);
    ck_assert_ptr_eq(strstr(screen, "Starting network: OK\r\nStarting sshd: OK\r\n"), screen);
    see("host login: ");
}
END_TEST

START_TEST(echoes_what_is_typed_during_a_boot)
{
    ck_assert(host_do(host, HOST_OP_RESET, CAUSE_UNKNOWN));
    pass(SPAN_S(2));
    clear();
    type("hello\r");
    see("hello\r\n");
    pass(SPAN_S(20));
    see("sshd: OK");
    ck_assert_str_eq(strstr(screen, "host login: "), "host login: ");
}
END_TEST

static void
choose_setup(void *ctx, enum host_event ev, enum host_cause cause)
{
    (void)ctx;
    (void)cause;
    if (ev == HOST_EVENT_BOOT_DEVICE)
        host_enter_setup(host);
}

START_TEST(echoes_in_setup_until_it_is_left)
{
    ck_assert_int_eq(host_listen(host, &(struct host_listener){ choose_setup, &world }), ST_OK);
    ck_assert(host_do(host, HOST_OP_RESET, CAUSE_UNKNOWN));
    pass(SPAN_S(20));
    see("Setup. Press X");
    clear();
    type("max\r");
    see("max\r\nSetup. Press X");
    ck_assert_int_eq(host_stage(host), HOST_STAGE_SETUP);
    type("x");
    ck_assert_int_eq(host_stage(host), HOST_STAGE_POST);
    host_unlisten(host, &world);
}
END_TEST

START_TEST(shuts_the_host_down)
{
    log_in();
    type("poweroff\r");
    pass(SPAN_S(3));
    see("The system is going down NOW!");
    see("reboot: Power down\r\n");
    ck_assert_int_eq(host_state(host), HOST_OFF);
}
END_TEST

START_TEST(knows_the_magic_keys)
{
    log_in();
    uart_signal(port, UART_BREAK, true);
    type("h");
    see("sysrq: HELP");
    uart_signal(port, UART_BREAK, true);
    type("b");
    ck_assert_int_eq(host_stage(host), HOST_STAGE_POST);
}
END_TEST

START_TEST(panics_when_it_is_interrupted)
{
    ck_assert(host_do(host, HOST_OP_DIAG, CAUSE_UNKNOWN));
    pass(SPAN_S(1));
    see("Kernel panic");
    clear();
    type("help\r");
    ck_assert_str_eq(screen, "help\r\n");
}
END_TEST

START_TEST(says_nothing_without_power)
{
    end();
    start(false);
    ck_assert(uart_connect(port, &far));
    pass(SPAN_S(30));
    ck_assert_str_eq(screen, "");
    ck_assert(host_do(host, HOST_OP_ON, CAUSE_CHASSIS_CONTROL));
    pass(HOST_BOOT_DELAY + SPAN_S(1));
    see("ipmilab firmware 1.0");
    see("host login: ");
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("toyos", &t);

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_test(t, greets_who_comes);
    tcase_add_test(t, lets_people_in_and_hides_their_password);
    tcase_add_loop_test(t, carries_out_commands, 0, sizeof commands / sizeof commands[0]);
    tcase_add_test(t, lists_its_commands);
    tcase_add_test(t, works_off_keys_that_came_meanwhile);
    tcase_add_test(t, ends_a_listing_when_interrupted);
    tcase_add_test(t, logs_out_who_leaves);
    tcase_add_test(t, shows_a_boot);
    tcase_add_test(t, shows_the_rest_of_a_boot_to_who_comes_late);
    tcase_add_test(t, echoes_what_is_typed_during_a_boot);
    tcase_add_test(t, echoes_in_setup_until_it_is_left);
    tcase_add_test(t, shuts_the_host_down);
    tcase_add_test(t, knows_the_magic_keys);
    tcase_add_test(t, panics_when_it_is_interrupted);
    tcase_add_test(t, says_nothing_without_power);
    return run_suite(s);
}
