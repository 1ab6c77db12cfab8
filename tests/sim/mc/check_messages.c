#include <string.h>

#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

#include "sim/mc/mc_tables.h"

#define SET_ENABLES    0x2e
#define GET_ENABLES    0x2f
#define CLEAR_FLAGS    0x30
#define GET_FLAGS      0x31
#define ENABLE_RECEIVE 0x32
#define GET_MESSAGE    0x33
#define READ_EVENT     0x35

static struct mcworld w;

static void
begin(void)
{
    mcworld_plain(&w);
}

static void
end(void)
{
    mcworld_end(&w);
}

/* A Get Device ID for LUN 2 over the LAN, with rqSeq seq. */
static struct answer *
knock(uint8_t seq)
{
    struct answer *a;

    mcworld_from_lan(&w, PRIV_OPERATOR);
    w.who.lun = LUN_SMS;
    w.who.rq_seq = seq;
    a = ask(&w, NETFN_APP, 0x01);
    mcworld_from_system(&w);
    return a;
}

START_TEST(keeps_the_promises_of_its_rows)
{
    mcworld_check_rows(&w, &message_commands, 0);
}
END_TEST

START_TEST(keeps_its_global_enables)
{
    ck_answer(ask(&w, NETFN_APP, GET_ENABLES), CC_OK, 0x08);
    ck_cc(ask(&w, NETFN_APP, SET_ENABLES, 0xef), CC_OK);
    ck_answer(ask(&w, NETFN_APP, GET_ENABLES), CC_OK, 0xef);
    ck_cc(ask(&w, NETFN_APP, SET_ENABLES, 0x10), CC_INVALID_FIELD);
    ck_answer(ask(&w, NETFN_APP, GET_ENABLES), CC_OK, 0xef);
    mc_cold_reset(w.mc);
    mcworld_run(&w, MC_RESET_TIME);
    ck_answer(ask(&w, NETFN_APP, GET_ENABLES), CC_OK, 0x08);
}
END_TEST

/* Platform Event from system software. */
static void
event(void)
{
    ck_cc(ask(&w, NETFN_SENSOR, 0x02, 0x41, 0x04, 0x01, 0x30, 0x01, 0x57, 1, 2), CC_OK);
}

static unsigned
logged(void)
{
    struct answer *info = ask(&w, NETFN_STORAGE, 0x40);

    return info->data[1] | (unsigned)info->data[2] << 8;
}

START_TEST(logs_events_only_while_enabled)
{
    event();
    ck_assert_uint_eq(logged(), 1);
    ck_cc(ask(&w, NETFN_APP, SET_ENABLES, 0x00), CC_OK);
    event();
    ck_assert_uint_eq(logged(), 1);
}
END_TEST

START_TEST(buffers_the_first_event_until_it_is_read)
{
    static const uint8_t tail[] = { 0x41, 0x00, 0x04, 0x01, 0x30, 0x01, 0x57, 1, 2 };
    struct answer *a;

    event();
    ck_answer(ask(&w, NETFN_APP, GET_FLAGS), CC_OK, 0);
    ck_cc(ask(&w, NETFN_APP, READ_EVENT), CC_CMD_80);
    ck_cc(ask(&w, NETFN_APP, SET_ENABLES, 0x0c), CC_OK);
    event();
    ck_answer(ask(&w, NETFN_APP, GET_FLAGS), CC_OK, 0x02);
    a = ask(&w, NETFN_APP, READ_EVENT);
    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->len, 16);
    ck_assert_uint_eq(a->data[2], 0x02);
    ck_assert_mem_eq(a->data + 7, tail, sizeof tail);
    ck_answer(ask(&w, NETFN_APP, GET_FLAGS), CC_OK, 0);
    ck_cc(ask(&w, NETFN_APP, READ_EVENT), CC_CMD_80);
}
END_TEST

START_TEST(clears_the_event_buffer_by_its_flag)
{
    ck_cc(ask(&w, NETFN_APP, SET_ENABLES, 0x0c), CC_OK);
    event();
    ck_cc(ask(&w, NETFN_APP, CLEAR_FLAGS, 0x02), CC_OK);
    ck_cc(ask(&w, NETFN_APP, READ_EVENT), CC_CMD_80);
}
END_TEST

START_TEST(asks_for_attention_by_what_is_enabled)
{
    ck_assert(!messages_attention(w.mc->messages));
    ck_assert(!knock(1)->came);
    ck_assert(!messages_attention(w.mc->messages));
    ck_cc(ask(&w, NETFN_APP, SET_ENABLES, 0x09), CC_OK);
    ck_assert(messages_attention(w.mc->messages));
    ck_cc(ask(&w, NETFN_APP, CLEAR_FLAGS, 0x01), CC_OK);
    ck_assert(!messages_attention(w.mc->messages));
}
END_TEST

/* Without a session there is no handle but 0 (the LAN knows no session 1). */
START_TEST(queues_requests_for_system_software)
{
    ck_cc(ask(&w, NETFN_APP, GET_MESSAGE), CC_CMD_80);
    ck_assert(!knock(5)->came);
    ck_answer(ask(&w, NETFN_APP, GET_FLAGS), CC_OK, 0x01);
    ck_answer(ask(&w, NETFN_APP, GET_MESSAGE), CC_OK, 0x31, 0x00, 0x20, 0x1a, 0xc6, 0x81,
              0x14, 0x01, 0x6a);
    ck_answer(ask(&w, NETFN_APP, GET_FLAGS), CC_OK, 0x00);
}
END_TEST

START_TEST(is_busy_when_its_queue_is_full_and_keeps_the_order)
{
    for (uint8_t i = 0; i < MESSAGES_QUEUE; i++)
        ck_assert(!knock(i)->came);
    ck_cc(knock(MESSAGES_QUEUE), CC_BUSY);
    for (uint8_t i = 0; i < 3; i++)
        ck_assert_uint_eq(ask(&w, NETFN_APP, GET_MESSAGE)->data[6], (unsigned)i << 2);
    ck_assert(!knock(MESSAGES_QUEUE)->came);
    for (uint8_t i = 3; i <= MESSAGES_QUEUE; i++)
        ck_assert_uint_eq(ask(&w, NETFN_APP, GET_MESSAGE)->data[6], (unsigned)i << 2);
    ck_cc(ask(&w, NETFN_APP, GET_MESSAGE), CC_CMD_80);
}
END_TEST

START_TEST(does_not_receive_where_it_was_told_not_to)
{
    ck_answer(ask(&w, NETFN_APP, ENABLE_RECEIVE, 1, 2), CC_OK, 1, 1);
    ck_answer(ask(&w, NETFN_APP, ENABLE_RECEIVE, 1, 0), CC_OK, 1, 0);
    ck_cc(knock(1), CC_DESTINATION);
    ck_answer(ask(&w, NETFN_APP, ENABLE_RECEIVE, 1, 2), CC_OK, 1, 0);
    ck_answer(ask(&w, NETFN_APP, ENABLE_RECEIVE, 1, 1), CC_OK, 1, 1);
    ck_assert(!knock(1)->came);
    ck_cc(ask(&w, NETFN_APP, ENABLE_RECEIVE, 0x0f, 1), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_APP, ENABLE_RECEIVE, 5, 1), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_APP, ENABLE_RECEIVE, 1, 3), CC_INVALID_FIELD);
}
END_TEST

START_TEST(refuses_lun_2_to_strangers_and_to_itself)
{
    mcworld_from_lan(&w, PRIV_NONE);
    w.who.lun = LUN_SMS;
    ck_cc(ask(&w, NETFN_APP, 0x01), CC_PRIVILEGE);
    mcworld_from_system(&w);
    w.who.lun = LUN_SMS;
    ck_cc(ask(&w, NETFN_APP, 0x01), CC_INVALID_LUN);
}
END_TEST

START_TEST(refuses_messages_longer_than_a_place_in_the_queue)
{
    static const uint8_t data[MESSAGES_QUEUE_LEN];
    struct answer *a;

    mcworld_from_lan(&w, PRIV_ADMIN);
    w.who.lun = LUN_SMS;
    a = mcworld_ask(&w, w.mc, NETFN_APP, 0x01, data, sizeof data);
    ck_cc(a, CC_FIELD_LENGTH);
    a = mcworld_ask(&w, w.mc, NETFN_APP, 0x01, data, MESSAGES_QUEUE_LEN - 8);
    ck_assert(!a->came);
}
END_TEST

START_TEST(forgets_its_queue_in_a_reset)
{
    ck_assert(!knock(1)->came);
    mc_warm_reset(w.mc);
    ck_cc(ask(&w, NETFN_APP, GET_MESSAGE), CC_CMD_80);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("messages", &t);

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_test(t, keeps_the_promises_of_its_rows);
    tcase_add_test(t, keeps_its_global_enables);
    tcase_add_test(t, logs_events_only_while_enabled);
    tcase_add_test(t, buffers_the_first_event_until_it_is_read);
    tcase_add_test(t, clears_the_event_buffer_by_its_flag);
    tcase_add_test(t, asks_for_attention_by_what_is_enabled);
    tcase_add_test(t, queues_requests_for_system_software);
    tcase_add_test(t, is_busy_when_its_queue_is_full_and_keeps_the_order);
    tcase_add_test(t, does_not_receive_where_it_was_told_not_to);
    tcase_add_test(t, refuses_lun_2_to_strangers_and_to_itself);
    tcase_add_test(t, refuses_messages_longer_than_a_place_in_the_queue);
    tcase_add_test(t, forgets_its_queue_in_a_reset);
    return run_suite(s);
}
