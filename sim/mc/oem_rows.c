#include "sim/mc/oem_rows.h"

#include <stdlib.h>

#include "sim/mc/mc_parts.h"

struct oem_row {
    struct command row;          /* first: the gate's way back here */
    struct command_table table;
    struct oem_rows *rows;
    oem_row_fn *fn;
    void *ctx;
    bool removed;
};

/* ---- the index ---- */

static bool
is_listed(const struct oem_row *row)
{
    return !row->removed || row->rows->calls;
}

/* Index the rows anew. Those removed stay, as long as functions run. */
static enum status
reindex(struct oem_rows *rows)
{
    const struct command_table **tables = calloc(rows->count + 1, sizeof *tables);
    struct command_set *set = NULL;
    enum status st = ST_OK;
    size_t count = 0;

    if (tables == NULL)
        return ST_NOMEM;
    for (size_t i = 0; i < rows->count; i++)
        if (is_listed(rows->list[i]))
            tables[count++] = &rows->list[i]->table;
    if (count)
        st = command_set_new(tables, count, &set);
    free(tables);
    if (st != ST_OK)
        return st;
    command_set_free(rows->set);
    rows->layer.set = rows->set = set;
    return ST_OK;
}

/* Let go of what was removed. Without memory it stays, and passes requests on. */
static void
sweep(struct oem_rows *rows)
{
    size_t left = 0;

    if (rows->calls || reindex(rows) != ST_OK)
        return;
    for (size_t i = 0; i < rows->count; i++)
        if (rows->list[i]->removed)
            free(rows->list[i]);
        else
            rows->list[left++] = rows->list[i];
    rows->count = left;
    rows->stale = false;
}

/* ---- calling ---- */

static enum ipmi_cc
call_row(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct oem_row *row = (struct oem_row *)(uintptr_t)rq->row;
    struct oem_rows *rows = row->rows;
    enum ipmi_cc cc;

    if (row->removed)
        return command_pass(&mc->gate, mc, rq, rs);
    rows->calls++;
    cc = row->fn(row->ctx, mc, rq, rs);
    rows->calls--;
    if (rows->stale)
        sweep(rows);
    return cc;
}

/* ---- adding and removing ---- */

static struct oem_row *
find(const struct oem_rows *rows, const struct oem_row_facts *facts)
{
    bool has_id = facts->netfn == NETFN_GROUP || facts->netfn == NETFN_OEM;

    for (size_t i = 0; i < rows->count; i++) {
        struct oem_row *row = rows->list[i];

        if (row->row.netfn == facts->netfn && row->row.cmd == facts->cmd &&
            (!has_id || row->table.id == facts->id))
            return row;
    }
    return NULL;
}

static void
fill_in(struct oem_row *row, const struct oem_row_facts *facts)
{
    row->row = (struct command){
        .netfn = facts->netfn, .cmd = facts->cmd, .name = facts->name ? facts->name : "",
        .needs = facts->needs, .len_min = facts->len_min, .len_max = facts->len_max,
        .handler = call_row, .section = "",
    };
    row->table = (struct command_table){
        .subject = "rows", .rows = &row->row, .count = 1, .id = facts->id,
    };
    row->fn = facts->fn;
    row->ctx = facts->ctx;
    row->removed = false;
}

static bool
make_room(struct oem_rows *rows)
{
    size_t room = rows->room ? rows->room * 2 : 4;
    struct oem_row **list;

    if (rows->count < rows->room)
        return true;
    list = realloc(rows->list, room * sizeof *list);
    if (list == NULL)
        return false;
    rows->list = list;
    rows->room = room;
    return true;
}

static enum status
append(struct oem_rows *rows, const struct oem_row_facts *facts, struct oem_row **out)
{
    struct oem_row *row = make_room(rows) ? calloc(1, sizeof *row) : NULL;
    enum status st;

    if (row == NULL)
        return ST_NOMEM;
    row->rows = rows;
    fill_in(row, facts);
    rows->list[rows->count++] = row;
    st = reindex(rows);
    if (st != ST_OK) {
        rows->count--;
        free(row);
        return st;
    }
    *out = row;
    return ST_OK;
}

/* Take a row that was removed, and is still listed, for a new one. */
static enum status
restore(struct oem_row *row, const struct oem_row_facts *facts, struct oem_row **out)
{
    enum status st;

    fill_in(row, facts);
    st = reindex(row->rows);
    row->removed = st != ST_OK;
    if (st == ST_OK)
        *out = row;
    return st;
}

enum status
oem_rows_add(struct oem_rows *rows, const struct oem_row_facts *facts, struct oem_row **out)
{
    struct oem_row *row;

    if (facts->netfn % 2 || facts->len_min > facts->len_max || facts->fn == NULL)
        return ST_INVALID;
    if (rows->count == OEM_ROWS_MAX)
        return ST_FULL;
    row = find(rows, facts);
    if (row == NULL)
        return append(rows, facts, out);
    if (!row->removed)
        return ST_EXISTS;
    return restore(row, facts, out);
}

void
oem_row_remove(struct oem_row *row)
{
    if (row == NULL)
        return;
    row->removed = true;
    row->rows->stale = true;
    sweep(row->rows);
}

void
oem_rows_free(struct oem_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        free(rows->list[i]);
    free(rows->list);
    command_set_free(rows->set);
    *rows = (struct oem_rows){ 0 };
}
