#include "capture/filter.h"

#include <string.h>

#include "tests/lib/run.h"

static const struct packet_lane lane = { .name = "ipmb0", .description = "" };
static const struct packet packet = { .number = 17, .lane = &lane,
                                      .comment = "NAKed: nobody at that address" };

/* A response to Get Device ID, refused. */
static struct dissection
message(void)
{
    struct dissection d = {
        .kind = DISSECT_MESSAGE, .response = true, .netfn = 7, .cmd = 1, .cc = 0xc1,
        .seq = 3, .from = "192.0.2.1:623", .to = "[2001:db8::1]:40000",
        .summary = "Get Device ID answered: invalid command (C1h)", .session = 2,
        .session_id = 0x01020304, .status = DISSECT_NONE, .payload_type = DISSECT_NONE,
    };

    return d;
}

static const struct {
    const char *terms;
    bool holds;
} rows[] = {
    { "", true },
    { "lane=IPMB0", true },
    { "lane!=ipmb0", false },
    { "packet=10..17", true },
    { "packet=18..20", false },
    { "netfn=6,cmd=1", true },
    { "netfn=07h", true },
    { "netfn=4", false },
    { "cc=C1h", true },
    { "cc=0xc1", true },
    { "cc=193", true },
    { "cc!=0", true },
    { "status=0", false },
    { "is=response,is!=request", true },
    { "kind=message", true },
    { "kind=rakp1", false },
    { "from=192.0.2.1", true },
    { "from=192.0.2.1:623", true },
    { "from=192.0.2.1:62", false },
    { "to=2001:db8::1", true },
    { "host=192.0.2.2", false },
    { "comment=naked", true },
    { "text=device id", true },
    { "text=nobody", true },
    { "sid=01020304h,session=2", true },
};

START_TEST(holds_or_not)
{
    static struct dissection d;
    struct filter f = { .count = 0 };
    char error[100];

    d = message();
    ck_assert(filter_add(&f, rows[_i].terms, error, sizeof error));
    ck_assert_msg(filter_holds(&f, &packet, &d) == rows[_i].holds, "%s", rows[_i].terms);
}
END_TEST

static const struct {
    const char *terms, *error;
} wrong[] = {
    { "cc", "\"cc\": expected NAME=VALUE or NAME!=VALUE" },
    { "lane=a,shape=round", "\"shape=round\": expected one of the names" },
    { "cc=", "\"cc=\": expected a number" },
    { "cc=c1", "\"cc=c1\": expected a number" },
    { "cc=1..", "\"cc=1..\": expected a number" },
    { "cc=-1", "\"cc=-1\": expected a number" },
};

START_TEST(says_what_it_expected)
{
    struct filter f = { .count = 0 };
    char error[100];

    ck_assert(!filter_add(&f, wrong[_i].terms, error, sizeof error));
    ck_assert_msg(strncmp(error, wrong[_i].error, strlen(wrong[_i].error)) == 0, "%s", error);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("filter", &t);

    tcase_add_loop_test(t, holds_or_not, 0, sizeof rows / sizeof rows[0]);
    tcase_add_loop_test(t, says_what_it_expected, 0, sizeof wrong / sizeof wrong[0]);
    return run_suite(s);
}
