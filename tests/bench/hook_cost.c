/*
 * hook_cost.c - what a function of a scenario costs where it answers a command,
 * and where it does not.
 *
 *     hook_cost SERVER.emu
 *
 * In one process, in turns: the same request to a BMC of a lab without any
 * function; to one that has some, none for this command; to one with a
 * function that answers it, one that reads the request and makes its answer,
 * and one that passes it on. Prints the median of each in nanoseconds of
 * processor time, as "NAME=NS NAME=NS ...".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lua/play.h"
#include "lua/troupe.h"

#define ROUNDS   31
#define REQUESTS 20000

static const char scenario[] =
    "test('x', function()\n"
    "  bmc(MACHINE)\n"
    "  local some, plain, reads, passes = bmc(MACHINE), bmc(MACHINE), bmc(MACHINE), bmc(MACHINE)\n"
    "  some:command(0x30, 0x77, function() return 0 end)\n"
    "  plain:command(0x06, 0x01, function() return 0 end)\n"
    "  reads:command(0x06, 0x01, function(request)\n"
    "    if request.privilege < 2 then return 0xd4 end\n"
    "    return 0, request.data\n"
    "  end)\n"
    "  passes:command(0x06, 0x01, function(request) return request.original() end)\n"
    "end)\n";

static const char *const names[] = { "without", "beside", "plain", "reads", "original" };

#define KINDS (sizeof names / sizeof names[0])

static void
answered(void *ctx, const struct ipmi_origin *origin, uint8_t cc, struct bytes data)
{
    unsigned long *count = ctx;

    (void)origin;
    (void)data;
    *count += cc == 0;
}

static double
cpu_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* Nanoseconds of one Get Device ID; below 0 when one was not answered. */
static double
sample(struct mc *mc)
{
    unsigned long count = 0;
    double began = cpu_ns();

    for (int i = 0; i < REQUESTS; i++) {
        struct ipmi_req rq = {
            .from = { .answer = answered, .ctx = &count, .channel = CHANNEL_SYSTEM,
                      .rs_addr = 0x20, .rq_addr = 0x81, .netfn = 0x06, .cmd = 0x01 },
            .privilege = PRIV_ADMIN, .netfn = 0x06, .cmd = 0x01,
        };

        mc_request(mc, &rq);
    }
    return count == REQUESTS ? (cpu_ns() - began) / REQUESTS : -1;
}

static int
by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static int
measure(struct lab *lab)
{
    static double all[KINDS][ROUNDS];

    for (int round = 0; round < ROUNDS; round++)
        for (size_t k = 0; k < KINDS; k++) {
            struct chassis_unit *unit = lab_unit(lab, (uint32_t)k);

            all[k][round] = sample(chassis_unit_bmc(unit));
            if (all[k][round] < 0) {
                fprintf(stderr, "hook_cost: %s: not answered\n", names[k]);
                return 1;
            }
        }
    for (size_t k = 0; k < KINDS; k++) {
        qsort(all[k], ROUNDS, sizeof all[k][0], by_size);
        printf("%s=%.0f%c", names[k], all[k][ROUNDS / 2], k + 1 < KINDS ? ' ' : '\n');
    }
    return 0;
}

/* Play the scenario and leave its lab standing, functions and all. */
static int
play_and_measure(struct play *p, const char *machine)
{
    lua_State *L = play_lua(p);
    const char *text;

    lua_pushliteral(L, "bench.lua");
    lua_pushfstring(L, "local MACHINE = '%s'\n%s", machine, scenario);
    lua_pushinteger(L, 1);
    if (!play_call(p, "run", 3, 1)) {
        fprintf(stderr, "hook_cost: %s\n", lua_tostring(L, -1));
        return 1;
    }
    lua_getfield(L, -1, "outcome");
    text = lua_tostring(L, -1);
    if (text == NULL || strcmp(text, "pass") != 0) {
        lua_getfield(L, -2, "message");
        fprintf(stderr, "hook_cost: %s: %s\n", text, lua_tostring(L, -1));
        return 1;
    }
    return measure(stage_lab(play_stage(p)));
}

int
main(int argc, char **argv)
{
    struct play_opts opts = { .seed = 1 };
    struct play *p;
    int code = 2;

    if (argc == 2 && troupe_new(&opts.troupe) == ST_OK) {
        if (play_new(&opts, &p) == ST_OK) {
            code = play_and_measure(p, argv[1]);
            play_free(p);
        }
        troupe_free(opts.troupe);
    } else
        fprintf(stderr, "usage: hook_cost MACHINE.emu\n");
    return code;
}
