#include "sim/mc/lanparm.h"

#include <string.h>

#include "sim/mc/lanparm6.h"
#include "sim/mc/mc_tables.h"
#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

/* The part alone: a controller of which only the LAN parameters are made. */
static struct mc mc;
static struct machine_mc machine;
static struct machine_lan lans[2];
static struct lanparm *lp;

static void
describe(void)
{
    memset(&mc, 0, sizeof mc);
    memset(&machine, 0, sizeof machine);
    memset(lans, 0, sizeof lans);
    machine.lans = lans;
    machine.lan_count = 2;
    lans[0].channel = 1;
    lans[1].channel = 2;
    mc.machine = &machine;
    mc.opts.bmc = true;
    mc.opts.identity.key = rng_key_root(1);
}

static void
make(void)
{
    ck_assert_int_eq(lanparm_init(&mc), ST_OK);
    lp = mc.lanparm[0];
}

static void
begin(void)
{
    describe();
    make();
}

static void
again(void)
{
    lanparm_free(&mc);
    make();
}

static void
end(void)
{
    lanparm_free(&mc);
}

static enum ipmi_cc
set_bytes(const uint8_t *data, size_t len)
{
    struct rd r = rd_of(bytes_of(data, len));
    struct param_ask ask = { .privilege = PRIV_ADMIN, .selector = rd_u8(&r) };

    return lanparm_set(lp, &ask, &r);
}

#define SET(...) \
    set_bytes((const uint8_t[]){ __VA_ARGS__ }, sizeof (const uint8_t[]){ __VA_ARGS__ })

static uint8_t got[64];
static size_t got_len;

static enum ipmi_cc
get(uint8_t selector, uint8_t set, uint8_t block)
{
    struct param_ask ask = { .selector = selector, .set = set, .block = block };
    struct wr rs = wr_of(got, sizeof got);
    enum ipmi_cc cc = lanparm_get(lp, &ask, false, &rs);

    got_len = wr_len(&rs);
    return cc;
}

#define V16 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16

/* Each settable parameter: selector, what is written, how much of that
 * precedes the data (set, block), what a Get shows when it is not the same. */
static const struct {
    uint8_t data[24];
    size_t len;
    uint8_t set, block;
    uint8_t shown[24];
    size_t shown_len;      /* 0 = as written */
} readbacks[] = {
    { { 0, 1 }, 2, 0, 0, { 0 }, 0 },
    { { 2, 0x17, 0x06, 0x04, 0x10, 0 }, 6, 0, 0, { 0 }, 0 },
    { { 3, 192, 0, 2, 9 }, 5, 0, 0, { 0 }, 0 },
    { { 4, 0xf4 }, 2, 0, 0, { 4, 4 }, 2 },
    { { 5, 2, 1, 2, 3, 4, 5 }, 7, 0, 0, { 0 }, 0 },
    { { 6, 255, 255, 0, 0 }, 5, 0, 0, { 0 }, 0 },
    { { 7, 1, 0xff, 0xff }, 4, 0, 0, { 7, 1, 0xe0, 0xfe }, 4 },
    { { 8, 1, 2 }, 3, 0, 0, { 0 }, 0 },
    { { 9, 1, 2 }, 3, 0, 0, { 0 }, 0 },
    { { 10, 0xff }, 2, 0, 0, { 10, 3 }, 2 },
    { { 11, 9 }, 2, 0, 0, { 0 }, 0 },
    { { 12, 192, 0, 2, 1 }, 5, 0, 0, { 0 }, 0 },
    { { 13, 2, 1, 2, 3, 4, 5 }, 7, 0, 0, { 0 }, 0 },
    { { 14, 192, 0, 2, 2 }, 5, 0, 0, { 0 }, 0 },
    { { 15, 2, 1, 2, 3, 4, 5 }, 7, 0, 0, { 0 }, 0 },
    { { 16, V16, 17, 18 }, 19, 0, 0, { 0 }, 0 },
    { { 18, 4, 0x80, 9, 7 }, 5, 4, 0, { 0 }, 0 },
    { { 18, 0, 0xfe, 9, 0xff }, 5, 0, 0, { 18, 0, 0x86, 9, 7 }, 5 },
    { { 19, 1, 0, 1, 192, 0, 2, 7, 1, 2, 3, 4, 5, 6 }, 14, 1, 0, { 0 }, 0 },
    { { 19, 1, 0x0f, 0xff, 192, 0, 2, 7, 1, 2, 3, 4, 5, 6 }, 14, 1, 0,
      { 19, 1, 0, 1, 192, 0, 2, 7, 1, 2, 3, 4, 5, 6 }, 14 },
    { { 19, 2, 0x10, V16 }, 19, 2, 0, { 0 }, 0 },
    { { 20, 0x64, 0x80 }, 3, 0, 0, { 0 }, 0 },
    { { 20, 0x64, 0x7f }, 3, 0, 0, { 20, 0x64, 0x0f }, 3 },
    { { 21, 7 }, 2, 0, 0, { 0 }, 0 },
    { { 24, 0xff, 0x44, 0x34, 0x12, 0x05, 0, 0, 0, 0 }, 10, 0, 0,
      { 24, 0, 0x44, 0x34, 0x12, 0x05, 0, 0, 0, 0 }, 10 },
    { { 24, 0, 0x44, 0x44, 0, 0, 0, 0, 0, 0xf4 }, 10, 0, 0,
      { 24, 0, 0x44, 0x44, 0, 0, 0, 0, 0, 0x04 }, 10 },
    { { 25, 3, 0x1f, 1, 2 }, 5, 3, 0, { 25, 3, 0x10, 1, 2 }, 5 },
    { { 26, 0xff, 3, 1, 2, 3, 4 }, 7, 0, 0, { 26, 1, 3, 1, 2, 3, 4 }, 7 },
    { { 51, 2 }, 2, 0, 0, { 0 }, 0 },
    { { 52, 9 }, 2, 0, 0, { 0 }, 0 },
    { { 53, 9 }, 2, 0, 0, { 0 }, 0 },
    { { 54, 0xff, 2, 3 }, 4, 0, 0, { 54, 0x0f, 2, 3 }, 4 },
    { { 56, 1, 0x80, V16, 64, 9 }, 21, 1, 0, { 56, 1, 0x80, V16, 64, 1 }, 21 },
    { { 58, 0, 1, V16 }, 19, 0, 1, { 0 }, 0 },
    { { 63, 0, 1, V16 }, 19, 0, 1, { 0 }, 0 },
    { { 64, 1 }, 2, 0, 0, { 0 }, 0 },
    { { 65, V16 }, 17, 0, 0, { 0 }, 0 },
    { { 66, 1, 2, 3, 4, 5, 6 }, 7, 0, 0, { 0 }, 0 },
    { { 67, 64 }, 2, 0, 0, { 0 }, 0 },
    { { 68, V16 }, 17, 0, 0, { 0 }, 0 },
    { { 69, V16 }, 17, 0, 0, { 0 }, 0 },
    { { 70, 1, 2, 3, 4, 5, 6 }, 7, 0, 0, { 0 }, 0 },
    { { 71, 64 }, 2, 0, 0, { 0 }, 0 },
    { { 72, V16 }, 17, 0, 0, { 0 }, 0 },
    { { 80, 0, 0, V16 }, 19, 0, 0, { 0 }, 0 },
};

START_TEST(reads_back_what_was_written)
{
    const uint8_t *want = readbacks[_i].shown_len ? readbacks[_i].shown : readbacks[_i].data;
    size_t want_len = readbacks[_i].shown_len ? readbacks[_i].shown_len : readbacks[_i].len;
    uint8_t selector = readbacks[_i].data[0];

    ck_assert_msg(set_bytes(readbacks[_i].data, readbacks[_i].len) == CC_OK, "%u", selector);
    ck_assert_int_eq(get(selector, readbacks[_i].set, readbacks[_i].block), CC_OK);
    ck_assert_uint_eq(got[0], PARAM_REVISION);
    ck_assert_msg(got_len == want_len, "%u: %zu octets", selector, got_len);
    ck_assert_mem_eq(got + 1, want + 1, got_len - 1);
}
END_TEST

START_TEST(wants_the_exact_length)
{
    uint8_t longer[32] = { 0 };
    size_t len = readbacks[_i].len;

    memcpy(longer, readbacks[_i].data, len);
    ck_assert_msg(set_bytes(longer, len + 1) == CC_LENGTH, "%u", longer[0]);
    /* The status octet of a static IPv6 address may be left out. */
    if (longer[0] == 56)
        len--;
    ck_assert_msg(set_bytes(longer, len - 1) == CC_LENGTH, "%u", longer[0]);
}
END_TEST

static const uint8_t read_only[] = {
    1, 17, 22, 23, 50, 55, 57, 59, 60, 61, 62, 73, 74, 75, 76, 77, 78, 79,
};

START_TEST(refuses_to_write_what_is_read_only)
{
    ck_assert_int_eq(SET(read_only[_i], 0), CC_CMD_82);
}
END_TEST

static const struct {
    const char *why;
    uint8_t data[24];
    size_t len;
    enum ipmi_cc cc;
} refusals[] = {
    { "unknown", { 27, 0 }, 2, CC_CMD_80 },
    { "between the families", { 49, 0 }, 2, CC_CMD_80 },
    { "past the last", { 81, 0 }, 2, CC_CMD_80 },
    { "OEM", { 193, 0 }, 2, CC_CMD_80 },
    { "unsupported authentication", { 2, 0x20, 0, 0, 0, 0 }, 6, CC_INVALID_FIELD },
    { "address source", { 4, 5 }, 2, CC_INVALID_FIELD },
    { "destination", { 18, 5, 0, 0, 0 }, 5, CC_RANGE },
    { "destination type", { 18, 1, 2, 0, 0 }, 5, CC_INVALID_FIELD },
    { "address format", { 19, 1, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, 14, CC_INVALID_FIELD },
    { "IPv4 of IPv6 length", { 19, 1, 0, V16 }, 19, CC_LENGTH },
    { "VLAN 4095", { 20, 0xff, 0x0f }, 3, CC_INVALID_FIELD },
    { "VLAN 0 enabled", { 20, 0, 0x80 }, 3, CC_INVALID_FIELD },
    { "VLAN priority", { 21, 8 }, 2, CC_INVALID_FIELD },
    { "suite level", { 24, 0, 0x60, 0, 0, 0, 0, 0, 0, 0 }, 10, CC_INVALID_FIELD },
    { "VLAN tag format", { 25, 1, 0x20, 0, 0 }, 5, CC_INVALID_FIELD },
    { "IPv6 enables", { 51, 3 }, 2, CC_INVALID_FIELD },
    { "third static address", { 56, 2, 0x80, V16, 64, 0 }, 21, CC_RANGE },
    { "IPv6 prefix", { 56, 0, 0x80, V16, 129, 0 }, 21, CC_INVALID_FIELD },
    { "third DUID block", { 58, 0, 2, V16 }, 19, CC_RANGE },
    { "router prefix", { 67, 129 }, 2, CC_INVALID_FIELD },
};

START_TEST(refuses_values_that_cannot_be)
{
    ck_assert_msg(set_bytes(refusals[_i].data, refusals[_i].len) == refusals[_i].cc, "%s",
                  refusals[_i].why);
}
END_TEST

static const struct {
    uint8_t selector;
    uint8_t want[20];
    size_t len;
} defaults[] = {
    { 0, { 0 }, 1 },
    { 1, { 0x17 }, 1 },
    { 2, { 0x16, 0x16, 0x16, 0x16, 0x16 }, 5 },
    { 3, { 127, 0, 0, 1 }, 4 },
    { 4, { 1 }, 1 },
    { 6, { 255, 0, 0, 0 }, 4 },
    { 7, { 0x40, 0x40, 0x10 }, 3 },
    { 8, { 0x6f, 0x02 }, 2 },
    { 9, { 0x98, 0x02 }, 2 },
    { 10, { 0x02 }, 1 },
    { 11, { 3 }, 1 },
    { 16, "public", 18 },
    { 17, { 4 }, 1 },
    { 18, { 0, 0, 2, 0 }, 4 },
    { 19, { 0 }, 13 },
    { 20, { 0, 0 }, 2 },
    { 22, { 15 }, 1 },
    /* Sixteen entries, the last empty. */
    { 23, { 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 }, 17 },
    { 24, { 0, 0x40, 0x44, 0x44, 0x44, 0x44, 0x44, 0x44, 0x04 }, 9 },
    { 25, { 0 }, 4 },
    { 26, { 0 }, 6 },
    { 50, { 7 }, 1 },
    { 51, { 0 }, 1 },
    { 53, { 0x40 }, 1 },
    { 55, { 2, 1, 3 }, 3 },
    { 73, { 0 }, 1 },
};

START_TEST(begins_with_the_defaults)
{
    ck_assert_int_eq(get(defaults[_i].selector, 0, 0), CC_OK);
    ck_assert_uint_eq(got_len, 1 + defaults[_i].len);
    ck_assert_mem_eq(got + 1, defaults[_i].want, defaults[_i].len);
}
END_TEST

START_TEST(has_no_dynamic_router)
{
    for (uint8_t p = 74; p <= 77; p++)
        ck_assert_int_eq(get(p, 0, 0), CC_RANGE);
}
END_TEST

START_TEST(begins_as_described)
{
    lans[0].ip_given = lans[0].mask_given = lans[0].gateway_given = lans[0].mac_given = true;
    memcpy(lans[0].ip, "\xc0\x00\x02\x05", 4);
    memcpy(lans[0].mask, "\xff\xff\xfe\x00", 4);
    memcpy(lans[0].gateway, "\xc0\x00\x02\x01", 4);
    memcpy(lans[0].mac, "\x00\x11\x22\x33\x44\xff", 6);
    lans[0].ip_source = 2;
    lans[0].auth_given = true;
    memset(lans[0].auth_enables, AUTH_BIT_NONE | AUTH_BIT_OEM, 5);
    lans[0].sessions_max = 200;
    again();
    ck_assert_mem_eq(lp->ip, lans[0].ip, 4);
    ck_assert_mem_eq(lp->mask, lans[0].mask, 4);
    ck_assert_mem_eq(lp->gateway, lans[0].gateway, 4);
    ck_assert_mem_eq(lanparm_mac(&mc, 0), lans[0].mac, 6);
    ck_assert_uint_eq(lp->ip_source, 2);
    ck_assert_uint_eq(lp->config.auth_enables[3], AUTH_BIT_NONE);
    ck_assert_uint_eq(lp->config.sessions_max, LAN_SESSIONS_MAX);
}
END_TEST

static const struct {
    const char *host;
    uint8_t ip[4], mask1;
} hosts[] = {
    { "192.0.2.17", { 192, 0, 2, 17 }, 255 },
    { "127.0.0.3", { 127, 0, 0, 3 }, 0 },
    { "0.0.0.0", { 127, 0, 0, 1 }, 0 },
    { "localhost", { 127, 0, 0, 1 }, 0 },
    { "1.2.3", { 127, 0, 0, 1 }, 0 },
    { "1.2.3.256", { 127, 0, 0, 1 }, 0 },
    { "1.2.3.4.5", { 127, 0, 0, 1 }, 0 },
};

START_TEST(takes_the_address_it_listens_at)
{
    strcpy(lans[0].host, hosts[_i].host);
    again();
    ck_assert_mem_eq(lp->ip, hosts[_i].ip, 4);
    ck_assert_uint_eq(lp->mask[1], hosts[_i].mask1);
}
END_TEST

START_TEST(counts_on_from_the_described_mac)
{
    lans[0].mac_given = true;
    memcpy(lans[0].mac, "\x00\x11\x22\x33\x44\xff", 6);
    mc.opts.identity.index = 3;
    again();
    ck_assert_mem_eq(lanparm_mac(&mc, 0), "\x00\x11\x22\x33\x45\x05", 6);
}
END_TEST

START_TEST(makes_a_mac_of_its_own)
{
    uint8_t first[6];

    memcpy(first, lanparm_mac(&mc, 0), 6);
    ck_assert_uint_eq(first[0], 0x02);
    ck_assert_mem_ne(first, lanparm_mac(&mc, 1), 6);
    again();
    ck_assert_mem_eq(first, lanparm_mac(&mc, 0), 6);
    mc.opts.identity.key = rng_key_root(2);
    again();
    ck_assert_mem_ne(first, lanparm_mac(&mc, 0), 6);
    ck_assert_ptr_null(lanparm_mac(&mc, 2));
}
END_TEST

START_TEST(offers_all_suites_but_the_unsafe_one)
{
    /* Among the first twelve, which are all that ipmitool prints, none with RC4. */
    static const uint8_t order[] = { 1, 2, 3, 6, 7, 8, 11, 12, 15, 16, 17, 4, 5, 9, 10, 13, 14 };
    const struct lan_config *config = lanparm_config(&mc, 0);

    ck_assert_uint_eq(config->suites, sizeof order);
    for (unsigned i = 0; i < config->suites; i++) {
        ck_assert_uint_eq(config->suite_id[i], order[i]);
        ck_assert_uint_eq(config->suite_limit[i], PRIV_ADMIN);
    }
    ck_assert_ptr_null(lanparm_config(&mc, 2));
}
END_TEST

START_TEST(offers_suite_0_when_asked)
{
    lans[0].suite_0 = true;
    again();
    ck_assert_uint_eq(lp->config.suites, 18);
    ck_assert_uint_eq(lp->config.suite_id[0], 0);
    ck_assert_uint_eq(lp->config.suite_limit[0], PRIV_ADMIN);
    get(24, 0, 0);
    ck_assert_uint_eq(got[2], 0x44);
}
END_TEST

/* The limit of a suite by its number. */
static unsigned
limit_of(const struct lan_config *config, unsigned id)
{
    for (unsigned i = 0; i < config->suites; i++)
        if (config->suite_id[i] == id)
            return config->suite_limit[i];
    return 0xff;
}

START_TEST(applies_suite_levels_at_once)
{
    ck_assert_int_eq(SET(24, 0, 0x04, 0x32, 0x44, 0x44, 0x44, 0x44, 0x04, 0x01), CC_OK);
    ck_assert_uint_eq(lp->config.suites, 17);
    ck_assert_uint_eq(limit_of(&lp->config, 1), 0);
    ck_assert_uint_eq(limit_of(&lp->config, 2), PRIV_USER);
    ck_assert_uint_eq(limit_of(&lp->config, 3), PRIV_OPERATOR);
    ck_assert_uint_eq(limit_of(&lp->config, 12), PRIV_ADMIN);
    ck_assert_uint_eq(limit_of(&lp->config, 13), 0);
    ck_assert_uint_eq(limit_of(&lp->config, 14), PRIV_CALLBACK);
    ck_assert_uint_eq(limit_of(&lp->config, 17), PRIV_ADMIN);
}
END_TEST

START_TEST(applies_authentication_enables_at_once)
{
    SET(2, 0, 0, 0, 0x04, 0);
    ck_assert_uint_eq(lanparm_config(&mc, 0)->auth_enables[3], AUTH_BIT_MD5);
    ck_assert_uint_eq(lanparm_config(&mc, 1)->auth_enables[3], 0x16);
}
END_TEST

START_TEST(leaves_the_address_to_dhcp)
{
    SET(4, 2);
    ck_assert_int_eq(SET(3, 192, 0, 2, 9), CC_STATE);
    ck_assert_int_eq(SET(3, 127, 0, 0, 1), CC_OK);
    SET(4, 1);
    ck_assert_int_eq(SET(3, 192, 0, 2, 9), CC_OK);
}
END_TEST

START_TEST(tells_parameter_26_in_plain_terms)
{
    struct lanparm_bad_password bad;

    lanparm_bad_password(&mc, 0, &bad);
    ck_assert_uint_eq(bad.threshold, 0);
    SET(26, 1, 3, 6, 0, 0x2c, 0x01);
    lanparm_bad_password(&mc, 0, &bad);
    ck_assert(bad.audit);
    ck_assert_uint_eq(bad.threshold, 3);
    ck_assert_uint_eq(bad.reset_span, SPAN_S(60));
    ck_assert_uint_eq(bad.lockout_span, SPAN_S(3000));
    lanparm_bad_password(&mc, 9, &bad);
    ck_assert_uint_eq(bad.threshold, 0);
}
END_TEST

START_TEST(forgets_only_the_volatile_at_a_cold_reset)
{
    SET(0, 1);
    SET(18, 0, 0x86, 9, 7);
    SET(18, 1, 0x86, 9, 7);
    SET(19, 0, 0x01, 1, 2, 3, 4, 1, 2, 3, 4, 5, 6);
    SET(6, 255, 0, 0, 0);
    lanparm_reset(&mc);
    get(18, 0, 0);
    ck_assert_mem_eq(got + 1, "\0\0\2\0", 4);
    get(18, 1, 0);
    ck_assert_mem_eq(got + 1, "\1\x86\x09\7", 4);
    get(19, 0, 0);
    ck_assert_uint_eq(got[2], 0);
    ck_assert_uint_eq(lp->progress, 0);
    ck_assert_uint_eq(lp->mask[1], 0);
}
END_TEST

START_TEST(ends_a_set_in_progress_with_the_host)
{
    ck_assert_int_eq(SET(0, 1), CC_OK);
    ck_assert_int_eq(SET(0, 1), CC_CMD_81);
    lanparm_host_left(&mc);
    ck_assert_int_eq(SET(0, 1), CC_OK);
}
END_TEST

START_TEST(has_ipv6_cost_nothing_until_written)
{
    get(56, 0, 0);
    ck_assert_ptr_null(lp->six);
    SET(53, 9);
    ck_assert_ptr_nonnull(lp->six);
    ck_assert_uint_le(sizeof *lp, 600);
}
END_TEST

START_TEST(derives_the_link_local_address)
{
    static const uint8_t want[] = {
        0x11, 0, 1, 0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0x02, 0x11, 0x22, 0xff, 0xfe, 0x33, 0x44, 0x55,
        64, IPV6_DISABLED,
    };
    static const uint8_t duid[] = {
        0x11, 0, 0, 10, 0, 3, 0, 1, 0x00, 0x11, 0x22, 0x33, 0x44, 0x55,
    };

    SET(5, 0x00, 0x11, 0x22, 0x33, 0x44, 0x55);
    ck_assert_int_eq(get(59, 0, 0), CC_OK);
    ck_assert_uint_eq(got_len, sizeof want);
    ck_assert_mem_eq(got, want, sizeof want);
    SET(51, IPV6_BOTH);
    get(59, 0, 0);
    ck_assert_uint_eq(got[20], IPV6_ACTIVE);
    ck_assert_int_eq(get(59, 1, 0), CC_RANGE);
    ck_assert_int_eq(get(61, 0, 0), CC_OK);
    ck_assert_mem_eq(got, duid, sizeof duid);
}
END_TEST

START_TEST(says_whether_a_static_address_is_in_use)
{
    SET(56, 0, 0x80, V16, 64, 0);
    get(56, 0, 0);
    ck_assert_uint_eq(got[20], IPV6_DISABLED);
    SET(51, IPV6_ONLY);
    get(56, 0, 0);
    ck_assert_uint_eq(got[20], IPV6_ACTIVE);
    get(56, 1, 0);
    ck_assert_uint_eq(got[20], IPV6_DISABLED);
}
END_TEST

START_TEST(is_nothing_for_a_satellite)
{
    lanparm_free(&mc);
    mc.opts.bmc = false;
    ck_assert_int_eq(lanparm_init(&mc), ST_OK);
    ck_assert_ptr_null(lanparm_config(&mc, 0));
    lanparm_reset(&mc);
}
END_TEST

/* ---- the commands, on a whole controller ---- */

static struct mcworld w;

static void
begin_world(void)
{
    mcworld_describe(&w);
    w.machine.lan_count = 2;
    mcworld_begin(&w);
}

static void
end_world(void)
{
    mcworld_end(&w);
}

static struct answer *
get_parameter(uint8_t channel, uint8_t selector)
{
    return ask(&w, NETFN_TRANSPORT, 0x02, channel, selector, 0, 0);
}

START_TEST(keeps_the_promises_of_its_rows)
{
    mcworld_check_rows(&w, &lanparm_commands, 0);
}
END_TEST

START_TEST(tells_channels_apart)
{
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x01, MCWORLD_SECOND_LAN, 6, 1, 2, 3, 4), CC_OK);
    ck_answer(get_parameter(MCWORLD_SECOND_LAN, 6), CC_OK, 0x11, 1, 2, 3, 4);
    ck_answer(get_parameter(MCWORLD_LAN, 6), CC_OK, 0x11, 255, 255, 255, 0);
    ck_answer(get_parameter(MCWORLD_LAN, 3), CC_OK, 0x11, 192, 0, 2, 10);
    mcworld_from_lan(&w, PRIV_ADMIN);
    ck_answer(get_parameter(CHANNEL_PRESENT, 3), CC_OK, 0x11, 192, 0, 2, 10);
    ck_answer(get_parameter(0x80 | MCWORLD_LAN, 3), CC_OK, 0x11);
}
END_TEST

static const uint8_t no_lans[] = { CHANNEL_PRIMARY_IPMB, 2, CHANNEL_PRESENT, CHANNEL_SYSTEM };

START_TEST(refuses_channels_that_are_no_lan)
{
    uint8_t channel = no_lans[_i];

    ck_cc(get_parameter(channel, 3), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x01, channel, 3, 1, 2, 3, 4), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x03, channel, 0), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x04, channel, 0), CC_INVALID_FIELD);
}
END_TEST

START_TEST(suspends_arps_until_the_host_is_reset)
{
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x01, MCWORLD_LAN, 10, 3), CC_OK);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x03, MCWORLD_LAN, LANPARM_ARP_RESPONSES), CC_OK,
              LANPARM_ARP_GRATUITOUS);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x03, MCWORLD_LAN, 0), CC_OK, 3);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x03, MCWORLD_LAN, 3), CC_OK, 0);
    host_do(w.host, HOST_OP_RESET, CAUSE_RESET_BUTTON);
    ck_assert_uint_eq(w.mc->lanparm[0]->arp_suspended, 0);
}
END_TEST

static void
send(struct bytes datagram, unsigned times)
{
    static const struct peer from = { .addr = { 127, 0, 0, 1 }, .port = 4000, .family = PEER_IPV4 };

    while (times--) {
        lan_input(mc_lan(w.mc, 0), &from, datagram);
        outbox_clear(w.out);
    }
}

START_TEST(counts_datagrams_and_stops_at_the_top)
{
    static const uint8_t ping[] = { 6, 0, 0xff, 6, 0, 0, 0x11, 0xbe, 0x80, 0, 0, 0 };
    static const uint8_t junk[] = { 9 };
    struct answer *a;

    send(bytes_of(ping, sizeof ping), 3);
    send(bytes_of(junk, sizeof junk), 1);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x04, MCWORLD_LAN, 0), CC_OK, 4, 0, 0, 0, 0, 0, 0, 0,
              3, 0, 4, 0, 3, 0, 0, 0, 0, 0);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x04, MCWORLD_LAN, 1), CC_OK);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x04, MCWORLD_LAN, 0), CC_OK, 0, 0, 0, 0, 0, 0, 0, 0,
              0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    send(bytes_of(junk, sizeof junk), 0x10000);
    a = ask(&w, NETFN_TRANSPORT, 0x04, MCWORLD_LAN, 0);
    ck_assert_uint_eq(a->data[0], 0xff);
    ck_assert_uint_eq(a->data[1], 0xff);
    ck_assert_uint_eq(a->data[12], 0);
}
END_TEST

/* A test of each row of a table. */
#define add_rows(tc, test, table) \
    tcase_add_loop_test(tc, test, 0, sizeof table / sizeof table[0])

static Suite *
lanparm_suite(void)
{
    TCase *tc, *whole = tcase_create("commands");
    Suite *s = run_suite_of("lanparm", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    add_rows(tc, reads_back_what_was_written, readbacks);
    add_rows(tc, wants_the_exact_length, readbacks);
    add_rows(tc, refuses_to_write_what_is_read_only, read_only);
    add_rows(tc, refuses_values_that_cannot_be, refusals);
    add_rows(tc, begins_with_the_defaults, defaults);
    tcase_add_test(tc, has_no_dynamic_router);
    tcase_add_test(tc, begins_as_described);
    add_rows(tc, takes_the_address_it_listens_at, hosts);
    tcase_add_test(tc, counts_on_from_the_described_mac);
    tcase_add_test(tc, makes_a_mac_of_its_own);
    tcase_add_test(tc, offers_all_suites_but_the_unsafe_one);
    tcase_add_test(tc, offers_suite_0_when_asked);
    tcase_add_test(tc, applies_suite_levels_at_once);
    tcase_add_test(tc, applies_authentication_enables_at_once);
    tcase_add_test(tc, leaves_the_address_to_dhcp);
    tcase_add_test(tc, tells_parameter_26_in_plain_terms);
    tcase_add_test(tc, forgets_only_the_volatile_at_a_cold_reset);
    tcase_add_test(tc, ends_a_set_in_progress_with_the_host);
    tcase_add_test(tc, has_ipv6_cost_nothing_until_written);
    tcase_add_test(tc, derives_the_link_local_address);
    tcase_add_test(tc, says_whether_a_static_address_is_in_use);
    tcase_add_test(tc, is_nothing_for_a_satellite);
    suite_add_tcase(s, whole);
    tcase_add_checked_fixture(whole, begin_world, end_world);
    tcase_add_test(whole, keeps_the_promises_of_its_rows);
    tcase_add_test(whole, tells_channels_apart);
    add_rows(whole, refuses_channels_that_are_no_lan, no_lans);
    tcase_add_test(whole, suspends_arps_until_the_host_is_reset);
    tcase_add_test(whole, counts_datagrams_and_stops_at_the_top);
    return s;
}

int
main(void)
{
    return run_suite(lanparm_suite());
}
