#include "sim/ipmi/command.h"
#include "tests/lib/run.h"

/* What the last answer was. */
struct heard {
    unsigned answers;
    uint8_t cc;
    bool reads;
    uint8_t data[IPMI_DATA_MAX];
    size_t len;
};

static void
hear(void *ctx, const struct ipmi_origin *origin, uint8_t cc, struct bytes data)
{
    struct heard *h = ctx;

    h->answers++;
    h->reads = origin->reads;
    h->cc = cc;
    h->len = data.len;
    for (size_t i = 0; i < data.len; i++)
        h->data[i] = data.at[i];
}

/* Answers with what it was asked. */
static enum ipmi_cc
echo(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)mc;
    wr_span(rs, rd_rest(&rq->data));
    return CC_OK;
}

static enum ipmi_cc
read_too_far(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)mc;
    wr_u8(rs, rd_u8(&rq->data));
    return CC_OK;
}

static enum ipmi_cc
write_too_far(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)mc;
    (void)rq;
    wr_fill(rs, 1, IPMI_DATA_MAX + 1);
    return CC_OK;
}

static enum ipmi_cc
fail_with_data(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)mc;
    (void)rq;
    wr_u8(rs, 7);
    return CC_CMD_80;
}

static enum ipmi_cc
later(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)mc;
    (void)rq;
    wr_u8(rs, 7);
    return CC_LATER;
}

static enum ipmi_cc
silent(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)mc;
    (void)rq;
    (void)rs;
    return CC_SILENT;
}

/* Reads, unless it is told to write. */
static enum ipmi_cc
read_or_write(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)mc;
    (void)rs;
    rq->from.reads = rd_u8(&rq->data) == 0;
    return CC_OK;
}

static const struct command app_rows[] = {
    { NETFN_APP, 0x01, "Any", NEEDS_NOTHING, 0, 0, 0, echo, "1" },
    { NETFN_APP, 0x02, "User", NEEDS_USER, 1, 3, 0, echo, "1" },
    { NETFN_APP, 0x03, "Admin", NEEDS_ADMIN, 0, LEN_ANY, 0, echo, "1" },
    { NETFN_APP, 0x04, "System", NEEDS_SYSTEM, 0, 0, 0, echo, "1" },
    { NETFN_APP, 0x05, "Handler", NEEDS_HANDLER, 0, 0, 0, echo, "1" },
    { NETFN_APP, 0x06, "SEL", NEEDS_USER, 0, 0, GROUP_SEL_DEVICE, echo, "1" },
    { NETFN_APP, 0x07, "Over", NEEDS_NOTHING, 0, 0, 0, read_too_far, "1" },
    { NETFN_APP, 0x08, "Flood", NEEDS_NOTHING, 0, 0, 0, write_too_far, "1" },
    { NETFN_APP, 0x09, "Fail", NEEDS_NOTHING, 0, 0, 0, fail_with_data, "1" },
    { NETFN_APP, 0x0a, "Later", NEEDS_NOTHING, 0, 0, 0, later, "1" },
    { NETFN_APP, 0x0b, "Silent", NEEDS_NOTHING, 0, 0, 0, silent, "1" },
    { NETFN_APP, 0x0c, "Reads", NEEDS_OPERATOR | READS, 0, 0, 0, echo, "1" },
    { NETFN_APP, 0x0d, "Reads or writes", NEEDS_NOTHING | READS, 1, 1, 0, read_or_write, "1" },
    { NETFN_APP, 0x0e, "Get", NEEDS_NOTHING, 0, 0, 0, echo, "1" },
};
static const struct command sensor_rows[] = {
    { NETFN_SENSOR, 0x2d, "Reading", NEEDS_USER, 1, 1, 0, echo, "1" },
};
static const struct command picmg_rows[] = {
    { NETFN_GROUP, 0x00, "PICMG", NEEDS_NOTHING, 1, 2, 0, echo, "1" },
    { NETFN_GROUP, 0x01, "PICMG fail", NEEDS_NOTHING, 1, 2, 0, fail_with_data, "1" },
};
static const struct command dcmi_rows[] = {
    { NETFN_GROUP, 0x00, "DCMI", NEEDS_ADMIN, 1, 2, 0, echo, "1" },
};
static const struct command oem_rows[] = {
    { NETFN_OEM, 0x55, "OEM", NEEDS_NOTHING, 3, 4, 0, echo, "1" },
};
static const struct command bare_rows[] = {
    { NETFN_OEM, 0x55, "Bare", NEEDS_NOTHING, 1, 5, 0, fail_with_data, "1" },
    { NETFN_OEM, 0x56, "Bare echo", NEEDS_NOTHING, 1, 4, 0, echo, "1" },
};

#define TABLE(name, rows, id) \
    static const struct command_table name = { #name, rows, sizeof rows / sizeof rows[0], id }

TABLE(app_table, app_rows, 0);
TABLE(sensor_table, sensor_rows, 0);
TABLE(picmg_table, picmg_rows, GROUP_PICMG);
TABLE(dcmi_table, dcmi_rows, GROUP_DCMI);
TABLE(oem_table, oem_rows, 0x00abcd);
TABLE(bare_table, bare_rows, COMMAND_NO_IANA);

/* Two layers in front, with a command that the standard rows have as well. */
static const struct command front_rows[] = {
    { NETFN_APP, 0x02, "Front", NEEDS_ADMIN, 5, 5, 0, fail_with_data, "1" },
};
static const struct command middle_rows[] = {
    { NETFN_APP, 0x02, "Middle", NEEDS_NOTHING, 3, 4, 0, echo, "1" },
};
TABLE(front_table, front_rows, 0);
TABLE(middle_table, middle_rows, 0);

/* Out of order on purpose. */
static const struct command_table *const tables[] = {
    &oem_table, &dcmi_table, &app_table, &picmg_table, &sensor_table, &bare_table,
};
#define TABLES (sizeof tables / sizeof tables[0])

static struct command_set *set;
static uint64_t accepted, refused;

static void
begin(void)
{
    accepted = refused = 0;
    ck_assert_int_eq(command_set_new(tables, TABLES, &set), ST_OK);
}

static void
end(void)
{
    command_set_free(set);
}

struct ask {
    uint8_t netfn, cmd, lun, privilege;
    uint8_t data[8];
    size_t len;
};

static enum ipmi_cc
never(void *ctx, const struct ipmi_req *rq, const struct command *row, uint32_t id)
{
    (void)ctx;
    (void)rq;
    (void)row;
    (void)id;
    return CC_SUBFN_DISABLED;
}

static struct heard
ask_gate(const struct ask *a, uint32_t groups, bool firewall)
{
    struct heard heard = { 0 };
    struct command_gate gate = {
        .set = set, .groups = groups, .accepted = &accepted, .refused = &refused,
        .allows = firewall ? never : NULL,
    };
    struct ipmi_req rq = {
        .from = { .answer = hear, .ctx = &heard },
        .netfn = a->netfn, .cmd = a->cmd, .lun = a->lun, .privilege = a->privilege,
        .data = rd_of(bytes_of(a->data, a->len)),
    };

    command_dispatch(&gate, NULL, &rq);
    return heard;
}

static const struct {
    const char *why;
    struct ask ask;
    uint8_t cc;
    uint8_t data[8];
    size_t len;
} cases[] = {
    { "outside a session", { NETFN_APP, 1, 0, PRIV_NONE, { 0 }, 0 }, CC_OK, { 0 }, 0 },
    { "echo", { NETFN_APP, 2, 0, PRIV_USER, { 1, 2 }, 2 }, CC_OK, { 1, 2 }, 2 },
    { "no such command", { NETFN_APP, 0x77, 0, PRIV_ADMIN, { 0 }, 0 }, CC_INVALID_COMMAND, { 0 }, 0 },
    { "a response", { NETFN_APP + 1, 1, 0, PRIV_ADMIN, { 0 }, 0 }, CC_INVALID_COMMAND, { 0 }, 0 },
    { "no such netfn", { 0x3e, 1, 0, PRIV_ADMIN, { 0 }, 0 }, CC_INVALID_COMMAND, { 0 }, 0 },
    { "netfn too large", { 0x40, 1, 0, PRIV_ADMIN, { 0 }, 0 }, CC_INVALID_COMMAND, { 0 }, 0 },
    { "unknown before LUN", { NETFN_APP, 0x77, 1, PRIV_ADMIN, { 0 }, 0 }, CC_INVALID_COMMAND, { 0 }, 0 },
    { "wrong LUN", { NETFN_APP, 1, 3, PRIV_ADMIN, { 0 }, 0 }, CC_INVALID_LUN, { 0 }, 0 },
    { "LUN before privilege", { NETFN_APP, 3, 1, PRIV_USER, { 0 }, 0 }, CC_INVALID_LUN, { 0 }, 0 },
    { "sensor on LUN 1", { NETFN_SENSOR, 0x2d, 1, PRIV_USER, { 5 }, 1 }, CC_OK, { 5 }, 1 },
    { "privilege too low", { NETFN_APP, 3, 0, PRIV_OPERATOR, { 0 }, 0 }, CC_PRIVILEGE, { 0 }, 0 },
    { "OEM is above admin", { NETFN_APP, 3, 0, PRIV_OEM, { 0 }, 0 }, CC_OK, { 0 }, 0 },
    { "no access is none", { NETFN_APP, 2, 0, PRIV_NO_ACCESS, { 1 }, 1 }, CC_PRIVILEGE, { 0 }, 0 },
    { "none where user is due", { NETFN_APP, 2, 0, PRIV_NONE, { 1 }, 1 }, CC_PRIVILEGE, { 0 }, 0 },
    { "local only", { NETFN_APP, 4, 0, PRIV_ADMIN, { 0 }, 0 }, CC_PRIVILEGE, { 0 }, 0 },
    { "local", { NETFN_APP, 4, 0, PRIV_SYSTEM, { 0 }, 0 }, CC_OK, { 0 }, 0 },
    { "the handler decides", { NETFN_APP, 5, 0, PRIV_NONE, { 0 }, 0 }, CC_OK, { 0 }, 0 },
    { "privilege before length", { NETFN_APP, 2, 0, PRIV_CALLBACK, { 0 }, 0 }, CC_PRIVILEGE, { 0 }, 0 },
    { "too short", { NETFN_APP, 2, 0, PRIV_USER, { 0 }, 0 }, CC_LENGTH, { 0 }, 0 },
    { "too long", { NETFN_APP, 2, 0, PRIV_USER, { 1, 2, 3, 4 }, 4 }, CC_LENGTH, { 0 }, 0 },
    { "any length", { NETFN_APP, 3, 0, PRIV_ADMIN, { 1, 2, 3, 4, 5, 6, 7 }, 7 }, CC_OK, { 1, 2, 3, 4, 5, 6, 7 }, 7 },
    { "group not there", { NETFN_APP, 6, 0, PRIV_ADMIN, { 0 }, 0 }, CC_INVALID_COMMAND, { 0 }, 0 },
    { "read past the end", { NETFN_APP, 7, 0, PRIV_USER, { 0 }, 0 }, CC_LENGTH, { 0 }, 0 },
    { "answer too long", { NETFN_APP, 8, 0, PRIV_USER, { 0 }, 0 }, CC_CANNOT_RETURN, { 0 }, 0 },
    { "data beside an error", { NETFN_APP, 9, 0, PRIV_USER, { 0 }, 0 }, CC_CMD_80, { 7 }, 1 },
    { "PICMG", { NETFN_GROUP, 0, 0, PRIV_NONE, { 0, 9 }, 2 }, CC_OK, { 0, 9 }, 2 },
    { "PICMG error", { NETFN_GROUP, 1, 0, PRIV_NONE, { 0 }, 1 }, CC_CMD_80, { 0, 7 }, 2 },
    { "DCMI, same command", { NETFN_GROUP, 0, 0, PRIV_ADMIN, { 0xdc, 9 }, 2 }, CC_OK, { 0xdc, 9 }, 2 },
    { "DCMI refused", { NETFN_GROUP, 0, 0, PRIV_USER, { 0xdc, 9 }, 2 }, CC_PRIVILEGE, { 0xdc }, 1 },
    { "DCMI too long", { NETFN_GROUP, 0, 0, PRIV_ADMIN, { 0xdc, 9, 9 }, 3 }, CC_LENGTH, { 0xdc }, 1 },
    { "unknown group", { NETFN_GROUP, 0, 0, PRIV_ADMIN, { 0x03 }, 1 }, CC_INVALID_COMMAND, { 0x03 }, 1 },
    { "no group", { NETFN_GROUP, 0, 0, PRIV_ADMIN, { 0 }, 0 }, CC_LENGTH, { 0 }, 0 },
    { "OEM", { NETFN_OEM, 0x55, 0, PRIV_NONE, { 0xcd, 0xab, 0, 4 }, 4 }, CC_OK, { 0xcd, 0xab, 0, 4 }, 4 },
    { "OEM on its own LUN", { NETFN_OEM, 0x55, 3, PRIV_NONE, { 0xcd, 0xab, 0 }, 3 }, CC_OK, { 0xcd, 0xab, 0 }, 3 },
    { "unknown OEM", { NETFN_OEM, 0x57, 0, PRIV_NONE, { 1, 2, 3 }, 3 }, CC_INVALID_COMMAND, { 1, 2, 3 }, 3 },
    { "half an IANA", { NETFN_OEM, 0x57, 0, PRIV_NONE, { 1, 2 }, 2 }, CC_LENGTH, { 0 }, 0 },
    { "an id left out", { NETFN_OEM, 0x56, 0, PRIV_NONE, { 1, 2, 3, 4 }, 4 }, CC_OK, { 1, 2, 3, 4 }, 4 },
    { "an id left out, shorter than one", { NETFN_OEM, 0x56, 0, PRIV_NONE, { 1 }, 1 }, CC_OK, { 1 }, 1 },
    { "an id left out, too long", { NETFN_OEM, 0x56, 0, PRIV_NONE, { 1, 2, 3, 4, 5 }, 5 }, CC_LENGTH, { 0 }, 0 },
    { "left out where others have it", { NETFN_OEM, 0x55, 0, PRIV_NONE, { 1, 2, 3 }, 3 }, CC_CMD_80, { 7 }, 1 },
};

START_TEST(answers_in_the_order_of_the_gate)
{
    struct heard h = ask_gate(&cases[_i].ask, 0, false);

    ck_assert_msg(h.answers == 1, "%s", cases[_i].why);
    ck_assert_msg(h.cc == cases[_i].cc, "%s: %02Xh", cases[_i].why, h.cc);
    ck_assert_msg(h.len == cases[_i].len, "%s: %zu octets", cases[_i].why, h.len);
    ck_assert_mem_eq(h.data, cases[_i].data, h.len);
}
END_TEST

static const struct {
    const char *why;
    size_t len;
    uint8_t privilege;
    uint8_t cc;
} fits[] = {
    { "the first, which alone takes five", 5, PRIV_ADMIN, CC_CMD_80 },
    { "the first, with its privilege", 5, PRIV_USER, CC_PRIVILEGE },
    { "the second, which takes three as the third does", 3, PRIV_NONE, CC_OK },
    { "the third, with its privilege", 1, PRIV_NONE, CC_PRIVILEGE },
    { "the third", 1, PRIV_USER, CC_OK },
    { "none: the first refuses", 0, PRIV_ADMIN, CC_LENGTH },
    { "none: the first refuses, by privilege", 7, PRIV_USER, CC_PRIVILEGE },
};

START_TEST(has_the_first_answer_that_takes_the_length)
{
    static const uint8_t data[8];
    static const struct command_table *const front[] = { &front_table };
    static const struct command_table *const middle[] = { &middle_table };
    struct command_set *sets[2];
    struct command_layer layers[2];
    const struct command_layer *const order[] = { &layers[0], &layers[1] };
    struct command_gate gate = { .set = set, .layers = order, .layer_count = 2 };
    struct heard heard = { 0 };
    struct ipmi_req rq = {
        .from = { .answer = hear, .ctx = &heard },
        .netfn = NETFN_APP, .cmd = 0x02, .privilege = fits[_i].privilege,
        .data = rd_of(bytes_of(data, fits[_i].len)),
    };

    ck_assert_int_eq(command_set_new(front, 1, &sets[0]), ST_OK);
    ck_assert_int_eq(command_set_new(middle, 1, &sets[1]), ST_OK);
    layers[0].set = sets[0];
    layers[1].set = sets[1];
    command_dispatch(&gate, NULL, &rq);
    ck_assert_msg(heard.cc == fits[_i].cc, "%s: %02Xh", fits[_i].why, heard.cc);
    command_set_free(sets[0]);
    command_set_free(sets[1]);
}
END_TEST

START_TEST(shows_a_group_only_to_machines_that_have_it)
{
    struct ask a = { NETFN_APP, 6, 0, PRIV_USER, { 0 }, 0 };

    ck_assert_uint_eq(ask_gate(&a, GROUP_SEL_DEVICE, false).cc, CC_OK);
    ck_assert_uint_eq(ask_gate(&a, GROUP_FRU_DEVICE, false).cc, CC_INVALID_COMMAND);
}
END_TEST

START_TEST(lets_the_firewall_refuse)
{
    struct ask a = { NETFN_APP, 1, 0, PRIV_USER, { 0 }, 0 };

    ck_assert_uint_eq(ask_gate(&a, 0, true).cc, CC_SUBFN_DISABLED);
}
END_TEST

START_TEST(does_not_answer_when_the_handler_will_or_wont)
{
    struct ask a = { NETFN_APP, 0x0a, 0, PRIV_USER, { 0 }, 0 };
    struct ask b = { NETFN_APP, 0x0b, 0, PRIV_USER, { 0 }, 0 };

    ck_assert_uint_eq(ask_gate(&a, 0, false).answers, 0);
    ck_assert_uint_eq(ask_gate(&b, 0, false).answers, 0);
}
END_TEST

static const struct {
    const char *why;
    struct ask ask;
    uint8_t cc;
    bool reads;
} readers[] = {
    { "a row that reads", { NETFN_APP, 0x0c, 0, PRIV_OPERATOR, { 0 }, 0 }, CC_OK, true },
    { "its privilege", { NETFN_APP, 0x0c, 0, PRIV_USER, { 0 }, 0 }, CC_PRIVILEGE, true },
    { "no such row", { NETFN_APP, 0x77, 0, PRIV_USER, { 0 }, 0 }, CC_INVALID_COMMAND, true },
    { "a row that does not say so", { NETFN_APP, 0x01, 0, PRIV_USER, { 0 }, 0 }, CC_OK, false },
    { "nor by its name", { NETFN_APP, 0x0e, 0, PRIV_USER, { 0 }, 0 }, CC_OK, false },
    { "a handler that reads", { NETFN_APP, 0x0d, 0, PRIV_USER, { 0 }, 1 }, CC_OK, true },
    { "one that writes", { NETFN_APP, 0x0d, 0, PRIV_USER, { 1 }, 1 }, CC_OK, false },
};

START_TEST(tells_what_only_reads)
{
    struct heard h = ask_gate(&readers[_i].ask, 0, false);

    ck_assert_msg(h.cc == readers[_i].cc, "%s: %02Xh", readers[_i].why, h.cc);
    ck_assert_msg(h.reads == readers[_i].reads, "%s", readers[_i].why);
}
END_TEST

START_TEST(does_not_answer_when_closed)
{
    struct heard heard = { 0 };
    struct command_gate gate = { .set = set, .closed = true };
    struct ipmi_req rq = {
        .from = { .answer = hear, .ctx = &heard }, .netfn = NETFN_APP, .cmd = 1,
    };

    command_dispatch(&gate, NULL, &rq);
    ck_assert_uint_eq(heard.answers, 0);
}
END_TEST

START_TEST(counts)
{
    struct ask good = { NETFN_APP, 1, 0, PRIV_USER, { 0 }, 0 };
    struct ask bad = { NETFN_APP, 0x77, 0, PRIV_USER, { 0 }, 0 };

    ask_gate(&good, 0, false);
    ask_gate(&good, 0, false);
    ask_gate(&bad, 0, false);
    ck_assert_uint_eq(accepted, 2);
    ck_assert_uint_eq(refused, 1);
}
END_TEST

START_TEST(walks_rows_by_netfn_id_and_code)
{
    static const uint32_t ids[] = { GROUP_PICMG, GROUP_PICMG,     GROUP_DCMI,
                                    0x00abcd,    COMMAND_NO_IANA, COMMAND_NO_IANA };
    const struct command_table *table;
    const struct command *row, *before = command_nth(set, 0, NULL);
    size_t n = 1, extensions = 0;

    ck_assert_uint_eq(before->netfn, NETFN_SENSOR);
    for (; (row = command_nth(set, n, &table)) != NULL; n++) {
        ck_assert_uint_ge(row->netfn, before->netfn);
        if (row->netfn >= NETFN_GROUP)
            ck_assert_uint_eq(table->id, ids[extensions++]);
        before = row;
    }
    ck_assert_uint_eq(n, 21);
    ck_assert_uint_eq(extensions, 6);
}
END_TEST

static const struct command twice[] = {
    { NETFN_APP, 0x0b, "Again", NEEDS_USER, 0, 0, 0, echo, "1" },
};
static const struct command odd[] = {
    { NETFN_APP + 1, 0x01, "Odd", NEEDS_USER, 0, 0, 0, echo, "1" },
};
static const struct command upside_down[] = {
    { NETFN_APP, 0x61, "Lengths", NEEDS_USER, 2, 1, 0, echo, "1" },
};
static const struct command idle[] = {
    { NETFN_APP, 0x61, "Idle", NEEDS_USER, 0, 1, 0, NULL, "1" },
};

static const struct {
    const struct command *rows;
    enum status want;
} bad_tables[] = {
    { twice, ST_EXISTS }, { odd, ST_INVALID }, { upside_down, ST_INVALID }, { idle, ST_INVALID },
};

START_TEST(refuses_rows_that_cannot_be)
{
    const struct command_table bad = { "bad", bad_tables[_i].rows, 1, 0 };
    const struct command_table *const two[] = { &app_table, &bad };
    struct command_set *none = NULL;

    ck_assert_int_eq(command_set_new(two, 2, &none), bad_tables[_i].want);
    ck_assert_ptr_null(none);
}
END_TEST

START_TEST(finds_nothing_in_an_empty_set)
{
    struct command_set *empty;

    ck_assert_int_eq(command_set_new(NULL, 0, &empty), ST_OK);
    ck_assert_ptr_null(command_find(empty, NETFN_APP, 1, 0));
    ck_assert_ptr_null(command_nth(empty, 0, NULL));
    command_set_free(empty);
    command_set_free(NULL);
}
END_TEST

static Suite *
command_suite(void)
{
    TCase *tc;
    Suite *s = run_suite_of("command", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_loop_test(tc, answers_in_the_order_of_the_gate, 0,
                        sizeof cases / sizeof cases[0]);
    tcase_add_loop_test(tc, has_the_first_answer_that_takes_the_length, 0,
                        sizeof fits / sizeof fits[0]);
    tcase_add_test(tc, shows_a_group_only_to_machines_that_have_it);
    tcase_add_test(tc, lets_the_firewall_refuse);
    tcase_add_test(tc, does_not_answer_when_the_handler_will_or_wont);
    tcase_add_loop_test(tc, tells_what_only_reads, 0, sizeof readers / sizeof readers[0]);
    tcase_add_test(tc, does_not_answer_when_closed);
    tcase_add_test(tc, counts);
    tcase_add_test(tc, walks_rows_by_netfn_id_and_code);
    tcase_add_loop_test(tc, refuses_rows_that_cannot_be, 0,
                        sizeof bad_tables / sizeof bad_tables[0]);
    tcase_add_test(tc, finds_nothing_in_an_empty_set);
    return s;
}

int
main(void)
{
    return run_suite(command_suite());
}
