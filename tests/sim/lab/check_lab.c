#include <stdlib.h>
#include <string.h>

#include "sim/lab/lab.h"
#include "tests/lib/consoles.h"
#include "tests/lib/run.h"

static const struct console_request requests[] = {
    { NETFN_APP, 0x01, 0, "" },          /* Get Device ID */
    { NETFN_APP, 0x37, 0, "" },          /* Get System GUID */
    { NETFN_STORAGE, 0x40, 0, "" },      /* Get SEL Info */
    { NETFN_SENSOR, 0x2d, 1, "\x01" },   /* Get Sensor Reading */
};

/* What crossed the links of one chassis, octet for octet. */
struct record {
    uint8_t octets[65536];
    size_t len;
    uint32_t chassis;
};

static void
keep(void *ctx, const struct tap_event *ev)
{
    struct record *r = ctx;

    if (ev->chassis != r->chassis)
        return;
    ck_assert_uint_le(r->len + ev->bytes.len + 8, sizeof r->octets);
    memcpy(r->octets + r->len, &ev->at, 8);
    if (ev->bytes.len)
        memcpy(r->octets + r->len + 8, ev->bytes.at, ev->bytes.len);
    r->len += 8 + ev->bytes.len;
}

/* A BMC with one user, one LAN, one sensor, an SEL. */
static struct description *
describe(const char *name)
{
    struct description *d;
    struct machine_mc *mc;
    struct machine_sensor *sensor;
    struct machine_lan *lan;
    struct machine_user *user;

    ck_assert(description_new(name, &d) == ST_OK);
    mc = description_mc(d, BMC_ADDRESS);
    *mc = (struct machine_mc){
        .address = BMC_ADDRESS, .added = true, .enabled = true, .support = 0x97,
        .sel = { .present = true, .max = 16 },
    };
    sensor = DESCRIPTION_ADD(d, mc->sensors, mc->sensor_count);
    *sensor = (struct machine_sensor){
        .number = 1, .type = 1, .event_type = 1, .scanning = true, .events = true,
        .has_value = true, .value = 40, .move = 3,
    };
    lan = DESCRIPTION_ADD(d, mc->lans, mc->lan_count);
    *lan = (struct machine_lan){ .channel = 1, .limit = PRIV_ADMIN };
    user = description_user(d, mc, 2);
    user->enabled = true;
    user->limit = PRIV_ADMIN;
    memcpy(user->name, "ADMIN", 5);
    memcpy(user->password, "secret", 6);
    return d;
}

static struct lab *
new_lab(uint64_t seed)
{
    struct lab_opts opts = { .seed = seed };
    struct lab *lab;

    ck_assert(lab_new(&opts, &lab) == ST_OK);
    return lab;
}

static struct chassis_unit *
add(struct lab *lab, const char *name, uint32_t index)
{
    struct description *d = describe(name);
    struct chassis_unit *unit;

    ck_assert(lab_add(lab, d, index, &unit) == ST_OK);
    description_unref(d);
    return unit;
}

/* ipmi_sim's files may describe one, and then the BMC's are those that count. */
START_TEST(has_the_lans_of_the_bmc_alone)
{
    struct lab *lab = new_lab(1);
    struct description *d = describe("two");
    struct machine_mc *other = description_mc(d, 0x30), *bmc = d->mcs[0];
    struct machine_lan *lan = DESCRIPTION_ADD(d, bmc->lans, bmc->lan_count);
    struct chassis_unit *unit;

    ck_assert_ptr_nonnull(lan);
    *lan = (struct machine_lan){ .channel = 2, .limit = PRIV_ADMIN };
    other->added = other->enabled = true;
    lan = DESCRIPTION_ADD(d, other->lans, other->lan_count);
    *lan = (struct machine_lan){ .channel = 1, .limit = PRIV_ADMIN };
    d->mcs[0] = other;
    d->mcs[1] = bmc;
    ck_assert(lab_add(lab, d, 0, &unit) == ST_OK);
    ck_assert_ptr_nonnull(chassis_unit_lan(unit, 0));
    ck_assert_ptr_nonnull(chassis_unit_lan(unit, 1));
    ck_assert_ptr_null(chassis_unit_lan(unit, 2));
    ck_assert_uint_eq(chassis_unit_lan_facts(unit, 1)->channel, 2);
    description_unref(d);
    lab_free(lab);
}
END_TEST

static void
begin(struct consoles *cs, struct lab *lab, struct chassis_unit *unit)
{
    struct remote_opts opts = {
        .key = rng_key_root(99), .rmcpp = true, .suite = 3, .privilege = PRIV_ADMIN,
        .name_only = true, .user = "ADMIN", .password = "secret",
    };

    ck_assert(consoles_begin(cs, lab) == ST_OK);
    cs->requests = requests;
    cs->request_count = sizeof requests / sizeof requests[0];
    ck_assert_ptr_nonnull(consoles_add(cs, unit, opts));
}

/* One session with the BMC "blue" in a lab that holds others before it. */
static void
run(uint64_t seed, unsigned others, struct record *r)
{
    struct tap tap = { keep, r };
    struct lab *lab = new_lab(seed);
    struct consoles cs;
    struct chassis_unit *unit;

    for (unsigned i = 0; i < others; i++)
        add(lab, "red", i);
    unit = add(lab, "blue", 0);
    *r = (struct record){ .chassis = others };
    lab_set_tap(lab, &tap);
    begin(&cs, lab, unit);
    consoles_play(&cs, SPAN_S(300));
    ck_assert_uint_eq(cs.list[0].answered, cs.request_count);
    ck_assert_uint_eq(cs.list[0].refused, 0);
    ck_assert_ptr_null(remote_violation(cs.list[0].remote));
    consoles_end(&cs);
    lab_free(lab);
}

static struct record a, b;

START_TEST(gives_one_history_for_one_seed)
{
    run(7, 0, &a);
    run(7, 0, &b);
    ck_assert_uint_gt(a.len, 1000);
    ck_assert_uint_eq(a.len, b.len);
    ck_assert_mem_eq(a.octets, b.octets, a.len);
}
END_TEST

START_TEST(gives_another_for_another_seed)
{
    run(7, 0, &a);
    run(8, 0, &b);
    ck_assert(a.len != b.len || memcmp(a.octets, b.octets, a.len) != 0);
}
END_TEST

START_TEST(keeps_a_bmc_the_same_whoever_stands_beside_it)
{
    run(7, 0, &a);
    run(7, 3, &b);
    ck_assert_uint_eq(a.len, b.len);
    ck_assert_mem_eq(a.octets, b.octets, a.len);
}
END_TEST

START_TEST(keeps_two_labs_in_one_process_apart)
{
    struct tap tap_a = { keep, &a }, tap_b = { keep, &b };
    struct lab *la = new_lab(7), *lb = new_lab(7);
    struct consoles ca, cb;

    begin(&ca, la, add(la, "blue", 0));
    begin(&cb, lb, add(lb, "blue", 0));
    a = b = (struct record){ 0 };
    lab_set_tap(la, &tap_a);
    lab_set_tap(lb, &tap_b);
    consoles_play(&ca, SPAN_MS(1));
    consoles_play(&cb, SPAN_S(300));
    consoles_play(&ca, SPAN_S(300));
    ck_assert_uint_eq(a.len, b.len);
    ck_assert_mem_eq(a.octets, b.octets, a.len);
    consoles_end(&ca);
    consoles_end(&cb);
    lab_free(la);
    lab_free(lb);
}
END_TEST

START_TEST(gives_each_index_an_identity)
{
    struct lab *lab = new_lab(1);
    const struct mc *first = chassis_unit_bmc(add(lab, "blue", 0));
    const struct mc *second = chassis_unit_bmc(add(lab, "blue", 1));
    const struct mc *third = chassis_unit_bmc(add(lab, "blue", 2));

    ck_assert_mem_ne(mc_guid(first), mc_guid(second), 16);
    ck_assert_mem_ne(mc_guid(second), mc_guid(third), 16);
    ck_assert_mem_ne(mc_mac(second, 1), mc_mac(third, 1), 6);
    lab_free(lab);
}
END_TEST

START_TEST(does_the_start_script_at_its_instants)
{
    struct lab *lab = new_lab(1);
    struct description *d = describe("scripted");
    struct lab_action *action = DESCRIPTION_ADD(d, d->actions, d->action_count);
    struct chassis_unit *unit;
    uint8_t raw;
    uint16_t states;

    *action = (struct lab_action){
        .at = SPAN_S(3), .what = ACT_SENSOR_VALUE, .mc = BMC_ADDRESS, .number = 1, .value = 200,
    };
    ck_assert(lab_add(lab, d, 0, &unit) == ST_OK);
    description_unref(d);
    ck_assert(lab_advance(lab, SPAN_S(3) - 1));
    ck_assert(mc_sensor_raw(chassis_unit_bmc(unit), 0, 1, &raw, &states));
    ck_assert_uint_lt(raw, 100);
    ck_assert(lab_advance(lab, SPAN_S(3)));
    ck_assert(mc_sensor_raw(chassis_unit_bmc(unit), 0, 1, &raw, &states));
    ck_assert_uint_ge(raw, 197);
    lab_free(lab);
}
END_TEST

START_TEST(says_what_an_action_means_that_is_not_there)
{
    struct lab *lab = new_lab(1);
    struct chassis_unit *unit = add(lab, "blue", 0);
    struct lab_action a_sensor = { .what = ACT_SENSOR_VALUE, .mc = BMC_ADDRESS, .number = 9 };
    struct lab_action a_mc = { .what = ACT_MC_ENABLE, .mc = 0x72 };

    ck_assert(lab_act(lab, unit, 0, &a_sensor) == ST_MISSING);
    ck_assert(lab_act(lab, unit, 0, &a_mc) == ST_MISSING);
    lab_free(lab);
}
END_TEST

START_TEST(ends_a_silent_session_after_its_time)
{
    struct lab *lab = new_lab(1);
    struct chassis_unit *unit = add(lab, "blue", 0);
    struct lan *lan = chassis_unit_lan(unit, 0);
    struct consoles cs;

    begin(&cs, lab, unit);
    cs.laps = 0;
    cs.request_count = 0;
    remote_open(cs.list[0].remote, 0);
    cs.list[0].next = 1;                 /* opens, but asks and closes nothing */
    consoles_play(&cs, SPAN_S(59));
    ck_assert_uint_eq(lan_session_count(lan), 1);
    ck_assert(lab_advance(lab, SPAN_S(64)));
    ck_assert_uint_eq(lan_session_count(lan), 0);
    consoles_end(&cs);
    lab_free(lab);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("lab", &t);

    tcase_add_test(t, has_the_lans_of_the_bmc_alone);
    tcase_add_test(t, gives_one_history_for_one_seed);
    tcase_add_test(t, gives_another_for_another_seed);
    tcase_add_test(t, keeps_a_bmc_the_same_whoever_stands_beside_it);
    tcase_add_test(t, keeps_two_labs_in_one_process_apart);
    tcase_add_test(t, gives_each_index_an_identity);
    tcase_add_test(t, does_the_start_script_at_its_instants);
    tcase_add_test(t, says_what_an_action_means_that_is_not_there);
    tcase_add_test(t, ends_a_silent_session_after_its_time);
    return run_suite(s);
}
