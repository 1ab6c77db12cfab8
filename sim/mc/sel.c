#include "sim/mc/sel.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/planted.h"
#include "sim/base/wr.h"
#include "sim/mc/mc_parts.h"
#include "sim/mc/sel_sensor.h"

static uint16_t
record_id(const uint8_t record[SEL_RECORD])
{
    return (uint16_t)(record[1] << 8 | record[0]);
}

uint32_t
sel_time(const struct mc *mc)
{
    bool stands = PLANTED(SEL_TIME_STANDS);
    int64_t now = (int64_t)(stands ? mc->world->epoch_s : world_time_s(mc->world));

    return (uint32_t)(mc->sel != NULL ? now + mc->sel->clock_offset : now);
}

/* The id after id: FFFFh and 0000h mean last and first in requests. */
static uint16_t
id_after(uint16_t id)
{
    return id >= SEL_ID_LAST - 1 ? 1 : (uint16_t)(id + 1);
}

/* Step to the next free id: after a wrap an old record may still have it. */
static void
advance_id(struct sel *sel)
{
    do
        sel->next_id = id_after(sel->next_id);
    while (sel_find(sel, sel->next_id) >= 0);
}

/* Make room for one more record. False: the log is full, or memory is. */
static bool
grow(struct sel *sel)
{
    uint32_t room = sel->room + SEL_CHUNK;
    void *records;

    if (sel->count == sel->max)
        return false;
    if (sel->count < sel->room)
        return true;
    if (room > sel->max)
        room = sel->max;
    records = realloc(sel->records, room * sizeof *sel->records);
    if (records == NULL)
        return false;
    sel->records = records;
    sel->room = room;
    return true;
}

static void
tell_added(struct mc *mc, const uint8_t record[SEL_RECORD])
{
    const struct mc_watch *watch = mc_watch_of(mc);

    if (watch != NULL && watch->sel_added != NULL)
        watch->sel_added(watch->ctx, mc, record);
}

static uint16_t
append(struct sel *sel, const uint8_t record[SEL_RECORD])
{
    uint8_t *to = sel->records[sel->count];
    struct wr w = wr_of(to, SEL_RECORD);
    uint16_t id = PLANTED(SEL_IDS_REUSED) ? (uint16_t)(sel->count + 1) : sel->next_id;

    wr_le16(&w, id);
    wr_bytes(&w, record + 2, SEL_RECORD - 2);
    sel->count++;
    advance_id(sel);
    return id;
}

/* Put type and body together, with time-stamp when the type has one. */
static void
compose(uint8_t record[SEL_RECORD], uint8_t type, const uint8_t body[SEL_BODY],
        const uint32_t *timestamp)
{
    struct wr w = wr_of(record, SEL_RECORD);

    wr_le16(&w, 0);
    wr_u8(&w, type);
    wr_bytes(&w, body, SEL_BODY);
    if (timestamp != NULL && sel_type_timed(type)) {
        w = wr_of(record + 3, 4);
        wr_le32(&w, *timestamp);
    }
}

uint16_t
sel_log(struct mc *mc, uint8_t type, const uint8_t body[SEL_BODY],
        uint8_t stored[SEL_RECORD])
{
    struct sel *sel = mc->sel;
    uint8_t record[SEL_RECORD];
    uint32_t now = sel_time(mc);
    uint16_t id = 0;

    compose(record, type, body, &now);
    if (sel != NULL && grow(sel)) {
        id = append(sel, record);
        memcpy(record, sel->records[sel->count - 1], SEL_RECORD);
        sel->add_time = now;
        sel->reservation = 0;
        sel->partial_id = 0;
        pef_logged(mc, id);
    } else if (sel != NULL && !PLANTED(SEL_OVERFLOW_FORGOTTEN)) {
        sel->flags |= SEL_OVERFLOW;
    }
    if (stored != NULL)
        memcpy(stored, record, SEL_RECORD);
    if (id != 0) {
        tell_added(mc, record);
        sel_sensor_logged(mc);
    }
    return id;
}

uint16_t
mc_sel_add(struct mc *mc, uint8_t type, const uint8_t body[13])
{
    return sel_log(mc, type, body, NULL);
}

int
sel_find(const struct sel *sel, uint16_t id)
{
    uint32_t first;

    if (sel->count == 0)
        return -1;
    if (id == SEL_ID_FIRST)
        return 0;
    if (id == SEL_ID_LAST)
        return (int)sel->count - 1;
    /* Ids grow by one a record and deletions close up, so a record is not
     * behind where its id puts it, but after a wrap. */
    first = (uint16_t)(id - record_id(sel->records[0]));
    if (first >= sel->count)
        first = sel->count - 1;
    for (uint32_t at = first + 1; at-- > 0;)
        if (record_id(sel->records[at]) == id)
            return (int)at;
    for (uint32_t at = first + 1; at < sel->count; at++)
        if (record_id(sel->records[at]) == id)
            return (int)at;
    return -1;
}

enum status
sel_delete(struct mc *mc, uint16_t id, uint16_t *gone)
{
    struct sel *sel = mc->sel;
    int at = sel_find(sel, id);

    if (at < 0)
        return ST_MISSING;
    *gone = record_id(sel->records[at]);
    sel->count--;
    memmove(sel->records[at], sel->records[at + 1],
            (sel->count - (uint32_t)at) * sizeof *sel->records);
    sel->erase_time = sel_time(mc);
    sel_sensor_erased(mc);
    return ST_OK;
}

void
sel_clear(struct mc *mc)
{
    struct sel *sel = mc->sel;

    free(sel->records);
    sel->records = NULL;
    sel->count = sel->room = 0;
    sel->next_id = 1;
    sel->partial_id = 0;
    sel->flags &= (uint8_t)~SEL_OVERFLOW;
    sel->erase_time = sel_time(mc);
    sel->reservation = 0;
    pef_sel_cleared(mc);
    sel_sensor_cleared(mc);
}

/* When a record was added, for all that it tells. */
static uint32_t
timestamp(const uint8_t record[SEL_RECORD], uint32_t otherwise)
{
    struct rd r = rd_of(bytes_of(record + 3, 4));

    return sel_type_timed(record[2]) ? rd_le32(&r) : otherwise;
}

/* Take in the records that the machine is described with. */
static enum status
seed(struct mc *mc, const struct machine_sel *facts)
{
    struct sel *sel = mc->sel;

    for (uint32_t i = 0; i < facts->count && sel->count < sel->max; i++) {
        const struct machine_sel_entry *entry = &facts->entries[i];
        uint32_t when = (uint32_t)(mc->world->epoch_s - entry->before_s);
        uint8_t record[SEL_RECORD];

        if (!grow(sel))
            return ST_NOMEM;
        compose(record, entry->type, entry->body, entry->keep_timestamp ? NULL : &when);
        append(sel, record);
        sel->add_time = timestamp(record, when);
    }
    return ST_OK;
}

enum status
sel_init(struct mc *mc)
{
    const struct machine_sel *facts = &mc->machine->sel;
    struct sel *sel;

    mc->sel = NULL;
    if (!facts->present)
        return ST_OK;
    sel = calloc(1, sizeof *sel);
    if (sel == NULL)
        return ST_NOMEM;
    sel->max = facts->max ? facts->max : SEL_MAX_DEFAULT;
    if (sel->max > SEL_MAX)
        sel->max = SEL_MAX;
    sel->flags = facts->flags &
                 (SEL_HAS_ALLOC | SEL_HAS_RESERVE | SEL_HAS_PARTIAL | SEL_HAS_DELETE);
    sel->next_id = 1;
    sel->add_time = sel->erase_time = SEL_TIME_UNSPECIFIED;
    sel->utc_offset = SEL_UTC_UNSPECIFIED;
    mc->sel = sel;
    return seed(mc, facts);
}

void
sel_reset(struct mc *mc)
{
    if (mc->sel == NULL)
        return;
    mc->sel->reservation = 0;
    mc->sel->partial_id = 0;
}

void
sel_free(struct mc *mc)
{
    if (mc->sel == NULL)
        return;
    free(mc->sel->records);
    free(mc->sel->aux);
    free(mc->sel);
    mc->sel = NULL;
}
