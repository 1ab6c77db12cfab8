/*
 * The public interface, where it is about commands of the user's own. Asked
 * in the plainest way there is: datagrams of IPMI 1.5 outside of a session.
 */
#include "sim/lab/ipmilab.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/run.h"

#define NETFN_APP 0x06
#define NETFN_VENDOR 0x30
#define NETFN_OEM 0x2e
#define IANA 674u
#define PATH_SIZE 4096

/* Of a datagram: RMCP header, session header, message; lengths and places. */
#define MESSAGE_AT 14
#define NETFN_AT (MESSAGE_AT + 1)
#define CC_AT (MESSAGE_AT + 6)
#define DATAGRAM_MAX 256

static struct ipmilab_machines *machines;
static struct ipmilab *lab;
static int bmc;

static void
begin(void)
{
    const char *top = getenv("SRCDIR");
    char path[PATH_SIZE];
    const char *files[] = { path };

    (void)snprintf(path, sizeof path, "%s/emu/machines/server-1u.emu", top ? top : ".");
    ck_assert_int_eq(ipmilab_load(files, 1, NULL, NULL, &machines), 0);
    ck_assert_int_eq(ipmilab_new(1, &lab), 0);
    bmc = ipmilab_add(lab, machines, 0, 0);
    ck_assert_int_eq(bmc, 0);
}

static void
end(void)
{
    ipmilab_free(lab);
    ipmilab_machines_free(machines);
}

/* ---- asking ---- */

struct reply {
    unsigned came;
    uint8_t netfn, cc;
    size_t len;
    uint8_t data[DATAGRAM_MAX];
};

static uint8_t
sum(const uint8_t *from, size_t len)
{
    unsigned s = 0;

    while (len--)
        s += *from++;
    return (uint8_t)(0u - s);
}

static size_t
build(uint8_t *to, uint8_t netfn, uint8_t cmd, const void *data, size_t len)
{
    static const uint8_t head[MESSAGE_AT] = { 0x06, 0x00, 0xff, 0x07 };
    uint8_t *m = to + MESSAGE_AT;

    memcpy(to, head, sizeof head);
    to[MESSAGE_AT - 1] = (uint8_t)(len + 7);
    m[0] = 0x20;
    m[1] = (uint8_t)(netfn << 2);
    m[2] = sum(m, 2);
    m[3] = 0x81;
    m[4] = 0;
    m[5] = cmd;
    memcpy(m + 6, data, len);
    m[6 + len] = sum(m + 3, 3 + len);
    return MESSAGE_AT + 7 + len;
}

static struct reply
ask(int whom, uint8_t netfn, uint8_t cmd, const void *data, size_t len)
{
    const struct ipmilab_address console = { { 192, 0, 2, 1 }, 40000, 4 };
    uint8_t datagram[DATAGRAM_MAX];
    struct ipmilab_address to;
    struct reply r = { 0 };
    const void *octets;
    size_t got;
    int from;

    len = build(datagram, netfn, cmd, data, len);
    ck_assert_int_eq(ipmilab_input(lab, whom, 0, &console, datagram, len), 0);
    while (ipmilab_output(lab, &from, &to, &octets, &got) == 1) {
        const uint8_t *at = octets;

        ck_assert_int_eq(from, whom);
        ck_assert_uint_gt(got, CC_AT + 1);
        r.came++;
        r.netfn = at[NETFN_AT] >> 2;
        r.cc = at[CC_AT];
        r.len = got - CC_AT - 2;
        memcpy(r.data, at + CC_AT + 1, r.len);
    }
    return r;
}

/* ---- a command ---- */

struct seen {
    unsigned calls;
    struct ipmilab_request last;
    int cc;
    bool passes;
    int takes_away;              /* itself, when called; -1: no */
};

static int
fn(void *ctx, const struct ipmilab_request *request, struct ipmilab_answer *answer)
{
    struct seen *seen = ctx;

    seen->calls++;
    seen->last = *request;
    if (seen->takes_away >= 0)
        ck_assert_int_eq(ipmilab_off_command(lab, seen->takes_away), 0);
    if (seen->passes) {
        int cc = ipmilab_pass(request, NULL, 0, answer);

        answer->data[0] ^= 0xff;
        return cc;
    }
    for (size_t i = request->len; i-- > 0;)
        answer->data[answer->len++] = request->data[i];
    return seen->cc;
}

static struct ipmilab_command
command(uint8_t netfn, uint8_t cmd, struct seen *seen)
{
    seen->takes_away = -1;
    return (struct ipmilab_command){ .netfn = netfn, .cmd = cmd, .len_max = IPMILAB_LEN_ANY,
                                     .fn = fn, .ctx = seen };
}

START_TEST(adds_a_command)
{
    struct seen seen = { 0 };
    struct ipmilab_command c = command(NETFN_VENDOR, 0x01, &seen);
    struct reply r;
    int number = ipmilab_on_command(lab, bmc, &c);

    ck_assert_int_ge(number, 0);
    r = ask(bmc, NETFN_VENDOR, 0x01, "\x01\x02\x03", 3);
    ck_assert_uint_eq(r.came, 1);
    ck_assert_uint_eq(r.netfn, NETFN_VENDOR + 1);
    ck_assert_uint_eq(r.cc, 0);
    ck_assert_uint_eq(r.len, 3);
    ck_assert_mem_eq(r.data, "\x03\x02\x01", 3);
    ck_assert_uint_eq(seen.last.netfn, NETFN_VENDOR);
    ck_assert_uint_eq(seen.last.cmd, 0x01);
    ck_assert_uint_eq(seen.last.address, 0x20);
    ck_assert_uint_eq(seen.last.channel, 1);
    ck_assert_int_eq(seen.last.bmc, bmc);
    seen.cc = 0xcc;
    ck_assert_uint_eq(ask(bmc, NETFN_VENDOR, 0x01, "", 0).cc, 0xcc);
    seen.cc = IPMILAB_SILENT;
    ck_assert_uint_eq(ask(bmc, NETFN_VENDOR, 0x01, "", 0).came, 0);
    seen.cc = -1;
    ck_assert_uint_eq(ask(bmc, NETFN_VENDOR, 0x01, "", 0).cc, 0xff);
    ck_assert_int_eq(ipmilab_off_command(lab, number), 0);
    ck_assert_int_eq(ipmilab_off_command(lab, number), IPMILAB_EINVAL);
    (void)ask(bmc, NETFN_VENDOR, 0x01, "", 0);
    ck_assert_uint_eq(seen.calls, 4);
}
END_TEST

START_TEST(counts_lengths_without_the_manufacturer)
{
    struct seen seen = { 0 };
    struct ipmilab_command c = command(NETFN_OEM, 0x01, &seen);
    struct reply r;

    c.id = IANA;
    c.len_min = c.len_max = 1;
    ck_assert_int_ge(ipmilab_on_command(lab, bmc, &c), 0);
    r = ask(bmc, NETFN_OEM, 0x01, "\xa2\x02\x00\x07", 4);
    ck_assert_uint_eq(r.cc, 0);
    ck_assert_uint_eq(r.len, 4);
    ck_assert_mem_eq(r.data, "\xa2\x02\x00\x07", 4);
    ck_assert_uint_eq(seen.last.id, IANA);
    ck_assert_uint_eq(seen.last.len, 1);
    ck_assert_uint_eq(ask(bmc, NETFN_OEM, 0x01, "\xa2\x02\x00", 3).cc, 0xc7);
    ck_assert_uint_eq(ask(bmc, NETFN_OEM, 0x01, "\xa2\x02\x00\x07\x08", 5).cc, 0xc7);
    c.id = 0;
    ck_assert_int_ge(ipmilab_on_command(lab, bmc, &c), 0);
    r = ask(bmc, NETFN_OEM, 0x01, "\x09", 1);
    ck_assert_uint_eq(r.cc, 0);
    ck_assert_uint_eq(r.len, 1);
    ck_assert_uint_eq(seen.last.id, 0);
}
END_TEST

/* Get Channel Authentication Capabilities, which anybody may ask. */
START_TEST(wraps_a_standard_command)
{
    struct seen seen = { .passes = true };
    struct ipmilab_command c = command(NETFN_APP, 0x38, &seen);
    struct reply plain = ask(bmc, NETFN_APP, 0x38, "\x0e\x04", 2), wrapped;

    ck_assert_uint_eq(plain.cc, 0);
    ck_assert_int_ge(ipmilab_on_command(lab, IPMILAB_ALL, &c), 0);
    wrapped = ask(bmc, NETFN_APP, 0x38, "\x0e\x04", 2);
    ck_assert_uint_eq(wrapped.cc, 0);
    ck_assert_uint_eq(wrapped.len, plain.len);
    ck_assert_uint_eq(wrapped.data[0], plain.data[0] ^ 0xff);
    ck_assert_mem_eq(wrapped.data + 1, plain.data + 1, plain.len - 1);
    ck_assert_uint_eq(ask(bmc, NETFN_APP, 0x38, "\x0e", 1).cc, 0xc7);
}
END_TEST

/* One that needs more than the asker has does not do it for the function. */
START_TEST(does_not_pass_beyond_privilege)
{
    struct seen seen = { .passes = true };
    struct ipmilab_command c = command(0x00, 0x02, &seen);

    ck_assert_int_ge(ipmilab_on_command(lab, bmc, &c), 0);
    ck_assert_uint_eq(ask(bmc, 0x00, 0x02, "\x00", 1).cc, 0xd4);
    ck_assert_uint_eq(seen.calls, 1);
}
END_TEST

START_TEST(tells_one_bmc_from_all)
{
    struct seen one = { .cc = 0x81 }, all = { .cc = 0x82 };
    struct ipmilab_command c_one = command(NETFN_VENDOR, 0x01, &one);
    struct ipmilab_command c_all = command(NETFN_VENDOR, 0x01, &all);
    int number = ipmilab_on_command(lab, bmc, &c_one), later;

    ck_assert_int_ge(ipmilab_on_command(lab, IPMILAB_ALL, &c_all), 0);
    later = ipmilab_add(lab, machines, 0, 1);
    ck_assert_uint_eq(ask(bmc, NETFN_VENDOR, 0x01, "", 0).cc, 0x81);
    ck_assert_uint_eq(ask(later, NETFN_VENDOR, 0x01, "", 0).cc, 0x82);
    ck_assert_int_eq(all.last.bmc, later);
    ck_assert_int_eq(ipmilab_off_command(lab, number), 0);
    ck_assert_uint_eq(ask(bmc, NETFN_VENDOR, 0x01, "", 0).cc, 0x82);
}
END_TEST

START_TEST(takes_a_command_away_from_within)
{
    struct seen seen = { .cc = 0x81 };
    struct ipmilab_command c = command(NETFN_VENDOR, 0x01, &seen);

    seen.takes_away = ipmilab_on_command(lab, bmc, &c);
    ck_assert_uint_eq(ask(bmc, NETFN_VENDOR, 0x01, "", 0).cc, 0x81);
    ck_assert_uint_ne(ask(bmc, NETFN_VENDOR, 0x01, "", 0).cc, 0x81);
    ck_assert_uint_eq(seen.calls, 1);
}
END_TEST

START_TEST(keeps_to_privileges)
{
    struct seen seen = { 0 };
    struct ipmilab_command c = command(NETFN_VENDOR, 0x01, &seen);

    c.privilege = IPMILAB_USER;
    ck_assert_int_ge(ipmilab_on_command(lab, bmc, &c), 0);
    ck_assert_uint_eq(ask(bmc, NETFN_VENDOR, 0x01, "", 0).cc, 0xd4);
    ck_assert_uint_eq(seen.calls, 0);
}
END_TEST

START_TEST(refuses_what_makes_no_sense)
{
    struct seen seen = { 0 };
    struct ipmilab_command c = command(NETFN_VENDOR, 0x01, &seen);
    const struct ipmilab_command good = c;

    ck_assert_int_eq(ipmilab_on_command(lab, 1, &c), IPMILAB_EINVAL);
    ck_assert_int_eq(ipmilab_on_command(lab, -2, &c), IPMILAB_EINVAL);
    c.netfn = NETFN_VENDOR + 1;
    ck_assert_int_eq(ipmilab_on_command(lab, bmc, &c), IPMILAB_EINVAL);
    c.netfn = 0x40;
    ck_assert_int_eq(ipmilab_on_command(lab, bmc, &c), IPMILAB_EINVAL);
    c = good;
    c.privilege = 5;
    ck_assert_int_eq(ipmilab_on_command(lab, bmc, &c), IPMILAB_EINVAL);
    c = good;
    c.fn = NULL;
    ck_assert_int_eq(ipmilab_on_command(lab, bmc, &c), IPMILAB_EINVAL);
    c = good;
    c.len_min = 2;
    c.len_max = 1;
    ck_assert_int_eq(ipmilab_on_command(lab, bmc, &c), IPMILAB_EINVAL);
    ck_assert_int_ge(ipmilab_on_command(lab, bmc, &good), 0);
    ck_assert_int_eq(ipmilab_on_command(lab, bmc, &good), IPMILAB_EEXIST);
    ck_assert_int_eq(ipmilab_off_command(lab, -1), IPMILAB_EINVAL);
    ck_assert_int_eq(ipmilab_off_command(lab, 7), IPMILAB_EINVAL);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("ipmilab", &t);

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_test(t, adds_a_command);
    tcase_add_test(t, counts_lengths_without_the_manufacturer);
    tcase_add_test(t, wraps_a_standard_command);
    tcase_add_test(t, does_not_pass_beyond_privilege);
    tcase_add_test(t, tells_one_bmc_from_all);
    tcase_add_test(t, takes_a_command_away_from_within);
    tcase_add_test(t, keeps_to_privileges);
    tcase_add_test(t, refuses_what_makes_no_sense);
    return run_suite(s);
}
