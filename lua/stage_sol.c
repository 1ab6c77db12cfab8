/* stage_sol.c - Serial over LAN of a stage's consoles: who drives it, and what
 * the host said. */
#include <stdlib.h>
#include <string.h>

#include "lua/stage_impl.h"

struct stage_sol {
    struct remote_sol *sol;
    size_t accept_max;
    size_t len;
    char heard[STAGE_HEARD_MAX];
};

static size_t
heard(void *ctx, struct bytes chars)
{
    struct stage_sol *sol = ctx;
    size_t room = sizeof sol->heard - sol->len;
    size_t count = chars.len < room ? chars.len : room;

    if (count > sol->accept_max)
        count = sol->accept_max;
    if (count)
        memcpy(sol->heard + sol->len, chars.at, count);
    sol->len += count;
    return count;
}

enum status
stage_sol_begin(struct stage *s, struct stage_console *c, const struct remote_sol_opts *opts)
{
    struct remote_sol_opts own = *opts;
    struct stage_sol *sol;
    enum status st;

    if (c->sol != NULL && remote_sol_state(c->sol->sol) == REMOTE_SOL_ACTIVATING)
        return ST_EXISTS;
    stage_sol_drop(c);
    sol = calloc(1, sizeof *sol);
    if (sol == NULL)
        return ST_NOMEM;
    sol->accept_max = SIZE_MAX;
    own.heard = heard;
    own.ctx = sol;
    st = remote_sol_new(c->remote, s->now, &own, &sol->sol);
    if (st != ST_OK) {
        free(sol);
        return st;
    }
    c->sol = sol;
    stage_settle(s);
    return ST_OK;
}

struct remote_sol *
stage_sol(const struct stage_console *c)
{
    return c->sol != NULL ? c->sol->sol : NULL;
}

void
stage_sol_accept(struct stage_console *c, size_t accept_max)
{
    if (c->sol != NULL)
        c->sol->accept_max = accept_max;
}

size_t
stage_sol_take(struct stage_console *c, char *to, size_t size)
{
    struct stage_sol *sol = c->sol;
    size_t count;

    if (sol == NULL)
        return 0;
    count = sol->len < size ? sol->len : size;
    memcpy(to, sol->heard, count);
    sol->len -= count;
    memmove(sol->heard, sol->heard + count, sol->len);
    return count;
}

instant
stage_sol_deadline(const struct stage_console *c)
{
    return c->sol != NULL ? remote_sol_deadline(c->sol->sol) : INSTANT_NEVER;
}

void
stage_sol_expire(const struct stage *s, struct stage_console *c)
{
    if (stage_sol_deadline(c) <= s->now)
        remote_sol_expire(c->sol->sol, s->now);
}

void
stage_sol_drop(struct stage_console *c)
{
    if (c->sol == NULL)
        return;
    remote_sol_free(c->sol->sol);
    free(c->sol);
    c->sol = NULL;
}
