#include "sim/io/tcp_line.h"

#include <string.h>

#include "sim/io/addr.h"
#include "tests/lib/run.h"

#define HOST "127.0.0.1"

/* One end of a line, and what it was told. */
struct end {
    struct tcp_line *line;
    unsigned joined, left, sent, troubles, closed;
    char heard[4 * TCP_LINE_ROOM];
    size_t len;
};

static uv_loop_t uv;
static struct end server, client, second;

static void
joined(void *ctx)
{
    ((struct end *)ctx)->joined++;
}

static void
left(void *ctx)
{
    ((struct end *)ctx)->left++;
}

static void
sent(void *ctx)
{
    ((struct end *)ctx)->sent++;
}

static void
closed(void *ctx)
{
    ((struct end *)ctx)->closed++;
}

static void
trouble(void *ctx, const char *why)
{
    struct end *e = ctx;

    ck_assert_ptr_nonnull(why);
    e->troubles++;
}

static void
heard(void *ctx, uint8_t *at, size_t len)
{
    struct end *e = ctx;

    ck_assert_uint_le(len, TCP_LINE_PIECE);
    ck_assert_uint_le(e->len + len, sizeof e->heard);
    memcpy(e->heard + e->len, at, len);
    e->len += len;
}

static void
make(struct end *e)
{
    const struct tcp_line_user user = { e, joined, left, heard, sent, trouble, closed };

    *e = (struct end){ 0 };
    ck_assert_int_eq(tcp_line_new(&uv, &user, &e->line), ST_OK);
}

/* A port of HOST that is free now. */
static uint16_t
free_port(void)
{
    struct sockaddr_in sa = { .sin_family = AF_INET };
    uv_tcp_t tcp;
    int len = sizeof sa;

    uv_ip4_addr(HOST, 0, &sa);
    uv_tcp_init(&uv, &tcp);
    ck_assert_int_eq(uv_tcp_bind(&tcp, (struct sockaddr *)&sa, 0), 0);
    ck_assert_int_eq(uv_tcp_getsockname(&tcp, (struct sockaddr *)&sa, &len), 0);
    uv_close((uv_handle_t *)&tcp, NULL);
    uv_run(&uv, UV_RUN_NOWAIT);
    return addr_to_peer((struct sockaddr *)&sa).port;
}

static uint16_t port;

static void
begin(void)
{
    ck_assert_int_eq(uv_loop_init(&uv), 0);
    make(&server);
    make(&client);
    port = free_port();
    tcp_line_listen(server.line, HOST, port);
    tcp_line_connect(client.line, HOST, port);
    while (!server.joined || !client.joined)
        uv_run(&uv, UV_RUN_ONCE);
}

static void
end(void)
{
    tcp_line_close(server.line);
    tcp_line_close(client.line);
    uv_run(&uv, UV_RUN_DEFAULT);
    ck_assert_uint_eq(server.closed + client.closed, 2);
    ck_assert_int_eq(uv_loop_close(&uv), 0);
}

static void
say(struct end *from, const char *text)
{
    ck_assert(tcp_line_put(from->line, bytes_of(text, strlen(text))));
    tcp_line_flush(from->line);
}

static void
until_heard(struct end *e, size_t len)
{
    while (e->len < len)
        uv_run(&uv, UV_RUN_ONCE);
    ck_assert_uint_eq(e->len, len);
}

START_TEST(carries_characters_both_ways)
{
    say(&client, "to the server");
    say(&server, "to the client");
    until_heard(&server, 13);
    until_heard(&client, 13);
    ck_assert_mem_eq(server.heard, "to the server", 13);
    ck_assert_mem_eq(client.heard, "to the client", 13);
    while (!client.sent)
        uv_run(&uv, UV_RUN_ONCE);
    ck_assert_uint_eq(client.troubles + server.troubles, 0);
}
END_TEST

START_TEST(takes_no_more_than_it_has_room_for)
{
    static const char much[TCP_LINE_ROOM + 1];

    ck_assert(!tcp_line_put(client.line, bytes_of(much, sizeof much)));
    ck_assert(tcp_line_put(client.line, bytes_of(much, TCP_LINE_ROOM)));
    ck_assert(!tcp_line_put(client.line, bytes_of(much, 1)));
    tcp_line_flush(client.line);
    until_heard(&server, TCP_LINE_ROOM);
    ck_assert(tcp_line_put(client.line, bytes_of(much, 1)));
}
END_TEST

START_TEST(reads_nothing_while_it_is_held)
{
    tcp_line_hold(server.line, true);
    say(&client, "wait");
    while (!client.sent)
        uv_run(&uv, UV_RUN_ONCE);
    for (int i = 0; i < 20; i++)
        uv_run(&uv, UV_RUN_NOWAIT);
    ck_assert_uint_eq(server.len, 0);
    tcp_line_hold(server.line, false);
    until_heard(&server, 4);
}
END_TEST

START_TEST(hangs_up_on_a_second_client)
{
    make(&second);
    tcp_line_connect(second.line, HOST, port);
    while (!second.left)
        uv_run(&uv, UV_RUN_ONCE);
    ck_assert_uint_eq(server.joined, 1);
    ck_assert(tcp_line_has_peer(server.line));
    say(&client, "still here");
    until_heard(&server, 10);
    tcp_line_close(second.line);
}
END_TEST

START_TEST(takes_the_next_client_when_one_has_gone)
{
    tcp_line_close(client.line);
    while (!server.left)
        uv_run(&uv, UV_RUN_ONCE);
    ck_assert(!tcp_line_put(server.line, bytes_of("x", 1)));
    make(&client);
    tcp_line_connect(client.line, HOST, port);
    while (server.joined < 2)
        uv_run(&uv, UV_RUN_ONCE);
    say(&server, "welcome");
    until_heard(&client, 7);
}
END_TEST

START_TEST(complains_once_of_what_does_not_work)
{
    uint16_t nobody = free_port();

    make(&second);
    tcp_line_connect(second.line, HOST, nobody);
    while (!second.troubles)
        uv_run(&uv, UV_RUN_ONCE);
    ck_assert(!tcp_line_has_peer(second.line));
    tcp_line_close(second.line);
    while (!second.closed)
        uv_run(&uv, UV_RUN_ONCE);
    make(&second);
    tcp_line_listen(second.line, HOST, port);
    ck_assert_uint_eq(second.troubles, 1);
    tcp_line_close(second.line);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("tcp_line", &t);

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_test(t, carries_characters_both_ways);
    tcase_add_test(t, takes_no_more_than_it_has_room_for);
    tcase_add_test(t, reads_nothing_while_it_is_held);
    tcase_add_test(t, hangs_up_on_a_second_client);
    tcase_add_test(t, takes_the_next_client_when_one_has_gone);
    tcase_add_test(t, complains_once_of_what_does_not_work);
    return run_suite(s);
}
