#include "sim/mc/sdr_repo.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/planted.h"
#include "sim/mc/agent.h"
#include "sim/mc/mc_parts.h"
#include "sim/wire/sdr.h"

#define OWN_CHUNK 32u
#define READ_ALL  0xff

/* Stamps of a repository that never changed lie within so many seconds
 * before the lab began: 30 days. */
#define STAMP_SPREAD 2592000u

/* Small: each controller whose records change has one of every record. */
struct sdr_entry {
    union {
        const uint8_t *at;
        uint8_t *own;           /* when added */
    } octets;
    uint16_t len, id;
    bool added;                 /* the octets are ours, not the machine's */
};

_Static_assert(SDR_RECORD_MAX <= UINT16_MAX, "its length fits an entry");

/* ---- reading ---- */

uint32_t
sdr_count(const struct mc *mc)
{
    return mc->sdrs.own != NULL ? mc->sdrs.count : mc->machine->sdr_count;
}

struct bytes
sdr_nth(const struct mc *mc, uint32_t n, uint16_t *id)
{
    if (n >= sdr_count(mc))
        return bytes_of(NULL, 0);
    if (mc->sdrs.own != NULL) {
        *id = mc->sdrs.own[n].id;
        return bytes_of(mc->sdrs.own[n].octets.at, mc->sdrs.own[n].len);
    }
    *id = (uint16_t)(n + 1);
    return mc->machine->sdrs[n].record;
}

bool
sdr_added(const struct mc *mc, uint32_t n)
{
    return mc->sdrs.own != NULL && n < mc->sdrs.count && mc->sdrs.own[n].added;
}

int
sdr_find(const struct mc *mc, uint16_t id)
{
    uint32_t count = sdr_count(mc);

    if (count == 0)
        return -1;
    if (id == SDR_ID_FIRST)
        return 0;
    if (id == SDR_ID_LAST)
        return (int)count - 1;
    if (mc->sdrs.own == NULL)
        return id <= count ? id - 1 : -1;
    for (uint32_t n = 0; n < count; n++)
        if (mc->sdrs.own[n].id == id)
            return (int)n;
    return -1;
}

static uint32_t
units_of(size_t octets)
{
    return (uint32_t)(octets + SDR_UNIT - 1) / SDR_UNIT;
}

uint32_t
sdr_units_used(const struct mc *mc)
{
    uint32_t units = 0;
    uint16_t id;

    for (uint32_t n = 0; n < sdr_count(mc); n++)
        units += units_of(sdr_nth(mc, n, &id).len);
    return units;
}

/* ---- time ---- */

uint32_t
sdr_time(const struct mc *mc)
{
    return (uint32_t)((int64_t)world_time_s(mc->world) + mc->sdrs.clock_offset);
}

/* FNV-1a over the machine's records. */
static uint32_t
digest(const struct machine_mc *machine)
{
    uint32_t h = 2166136261u;

    for (uint32_t n = 0; n < machine->sdr_count; n++)
        for (size_t i = 0; i < machine->sdrs[n].record.len; i++)
            h = (h ^ machine->sdrs[n].record.at[i]) * 16777619u;
    return h;
}

void
sdr_stamps(const struct mc *mc, uint32_t *added, uint32_t *erased)
{
    if (mc->sdrs.own != NULL) {
        *added = mc->sdrs.add_time;
        *erased = mc->sdrs.erase_time;
        return;
    }
    *added = *erased =
        (uint32_t)(mc->world->epoch_s - 1 - digest(mc->machine) % STAMP_SPREAD);
}

/* Move a stamp to now, but always on. */
static void
touch(const struct mc *mc, uint32_t *stamp)
{
    uint32_t now = sdr_time(mc);

    *stamp = now > *stamp ? now : *stamp + 1;
}

/* ---- changing ---- */

/* Make a list of this controller's own. The octets stay the machine's. */
static enum status
own(struct mc *mc)
{
    struct sdr_repo *repo = &mc->sdrs;
    uint32_t count = mc->machine->sdr_count;
    struct sdr_entry *entries;

    if (repo->own != NULL)
        return ST_OK;
    entries = calloc(count + OWN_CHUNK, sizeof *entries);
    if (entries == NULL)
        return ST_NOMEM;
    for (uint32_t n = 0; n < count; n++) {
        struct bytes record = sdr_nth(mc, n, &entries[n].id);

        entries[n].octets.at = record.at;
        entries[n].len = (uint16_t)record.len;
    }
    sdr_stamps(mc, &repo->add_time, &repo->erase_time);
    repo->own = entries;
    repo->count = count;
    repo->room = count + OWN_CHUNK;
    return ST_OK;
}

static enum status
grow(struct sdr_repo *repo)
{
    struct sdr_entry *entries;

    if (repo->count < repo->room)
        return ST_OK;
    entries = realloc(repo->own, (repo->room + OWN_CHUNK) * sizeof *entries);
    if (entries == NULL)
        return ST_NOMEM;
    repo->own = entries;
    repo->room += OWN_CHUNK;
    return ST_OK;
}

/* There are fewer allocation units than ids, so a free one is always found. */
enum status
sdr_take_id(struct mc *mc, uint16_t *id)
{
    enum status st = own(mc);
    uint16_t *next = &mc->sdrs.next_id;

    if (st != ST_OK)
        return st;
    while (*next == SDR_ID_FIRST || *next == SDR_ID_LAST || sdr_find(mc, *next) >= 0)
        ++*next;
    *id = (*next)++;
    return ST_OK;
}

enum status
sdr_add(struct mc *mc, struct bytes record, uint16_t id)
{
    struct sdr_repo *repo = &mc->sdrs;
    enum status st = sdr_check_length(record) == SDR_OK ? own(mc) : ST_INVALID;
    uint8_t *copy;

    if (st != ST_OK)
        return st;
    if (sdr_units_used(mc) + units_of(record.len) > SDR_UNITS) {
        repo->overflow = true;
        return ST_FULL;
    }
    copy = malloc(record.len);
    if (copy == NULL || grow(repo) != ST_OK) {
        free(copy);
        return ST_NOMEM;
    }
    memcpy(copy, record.at, record.len);
    repo->own[repo->count++] = (struct sdr_entry){ .octets.own = copy,
                                                   .len = (uint16_t)record.len,
                                                   .id = id,
                                                   .added = true };
    touch(mc, &repo->add_time);
    return ST_OK;
}

static void
drop(struct sdr_entry *entry)
{
    if (entry->added)
        free(entry->octets.own);
}

enum status
sdr_delete(struct mc *mc, uint16_t id, uint16_t *gone)
{
    struct sdr_repo *repo = &mc->sdrs;
    int at = sdr_find(mc, id);
    struct sdr_entry *entry;

    if (at < 0)
        return ST_MISSING;
    if (own(mc) != ST_OK)
        return ST_NOMEM;
    entry = &repo->own[at];
    *gone = entry->id;
    drop(entry);
    repo->count--;
    memmove(entry, entry + 1, (repo->count - (uint32_t)at) * sizeof *entry);
    repo->overflow = false;
    if (!PLANTED(SDR_RESERVATION_KEPT))
        repo->reservation = 0;
    touch(mc, &repo->erase_time);
    return ST_OK;
}

static void
drop_partial(struct sdr_repo *repo)
{
    free(repo->partial);
    repo->partial = NULL;
}

static void
free_added(struct sdr_repo *repo)
{
    for (uint32_t n = 0; n < repo->count; n++)
        drop(&repo->own[n]);
}

enum status
sdr_clear(struct mc *mc)
{
    struct sdr_repo *repo = &mc->sdrs;

    if (own(mc) != ST_OK)
        return ST_NOMEM;
    free_added(repo);
    drop_partial(repo);
    repo->count = 0;
    repo->next_id = 1;
    repo->overflow = false;
    if (!PLANTED(SDR_RESERVATION_KEPT))
        repo->reservation = 0;
    touch(mc, &repo->erase_time);
    return ST_OK;
}

uint16_t
sdr_reserve(struct mc *mc, bool device)
{
    struct sdr_repo *repo = &mc->sdrs;
    uint16_t *reservation = device ? &repo->device_reservation : &repo->reservation;

    if (++repo->last_reservation == 0)
        repo->last_reservation = 1;
    *reservation = repo->last_reservation;
    if (!device)
        drop_partial(repo);
    return *reservation;
}

/* ---- update mode ---- */

static struct sdr_updater
updater_of(const struct ipmi_req *rq)
{
    return (struct sdr_updater){ rq->from.session, rq->from.channel, rq->from.rq_addr };
}

void
sdr_update_begin(struct mc *mc, const struct ipmi_req *rq)
{
    mc->sdrs.updater = updater_of(rq);
    mc->sdrs.update_until = instant_add(mc->world->now, SDR_UPDATE_SPAN);
}

void
sdr_update_end(struct mc *mc)
{
    mc->sdrs.update_until = 0;
}

bool
sdr_update_shuts_out(struct mc *mc, const struct ipmi_req *rq)
{
    struct sdr_updater asker = updater_of(rq), *owner = &mc->sdrs.updater;

    if (mc->sdrs.update_until <= mc->world->now)
        return false;
    if (asker.session != owner->session || asker.channel != owner->channel ||
        asker.address != owner->address)
        return true;
    sdr_update_begin(mc, rq);
    return false;
}

/* ---- requests for a record ---- */

struct sdr_read
sdr_read_of(struct rd *r)
{
    struct sdr_read read = { .reservation = rd_le16(r) };

    read.id = rd_le16(r);
    read.offset = rd_u8(r);
    read.count = rd_u8(r);
    return read;
}

enum ipmi_cc
sdr_read_answer(const struct sdr_read *read, struct bytes record, uint16_t id,
                uint16_t next_id, size_t room, struct wr *rs)
{
    uint8_t id_octets[2] = { (uint8_t)id, (uint8_t)(id >> 8) };
    size_t end =
        read->count == READ_ALL ? record.len : (size_t)read->offset + read->count;

    if (PLANTED(SDR_READ_PAST_END) && end > record.len)
        end = record.len;
    if (read->offset >= record.len)
        return CC_RANGE;
    if (end > record.len || end - read->offset + 2 > room)
        return CC_CANNOT_RETURN;
    wr_le16(rs, next_id);
    for (size_t i = read->offset; i < end; i++)
        wr_u8(rs, i < sizeof id_octets ? id_octets[i] : record.at[i]);
    return CC_OK;
}

static bool
describes(struct bytes record, uint8_t owner, uint8_t lun, uint8_t number)
{
    struct sdr sdr;

    return sdr_parse(record, &sdr) == SDR_OK && sdr_is_sensor(&sdr) &&
           sdr.u.sensor.owner == owner && sdr.u.sensor.lun == lun &&
           number >= sdr.u.sensor.number &&
           number - sdr.u.sensor.number < sdr.u.sensor.share;
}

struct bytes
sdr_of_sensor(const struct mc *mc, uint8_t lun, uint8_t number)
{
    const struct machine_mc *machine = mc->machine;
    uint16_t id;

    for (uint32_t n = 0; n < machine->device_sdr_count[lun & 3]; n++)
        if (describes(machine->device_sdrs[lun & 3][n].record, machine->address, lun,
                      number))
            return machine->device_sdrs[lun & 3][n].record;
    for (uint32_t n = 0; n < sdr_count(mc); n++)
        if (describes(sdr_nth(mc, n, &id), machine->address, lun, number))
            return sdr_nth(mc, n, &id);
    return bytes_of(NULL, 0);
}

/* ---- birth and end ---- */

enum status
sdr_repo_init(struct mc *mc)
{
    mc->sdrs = (struct sdr_repo){ .next_id = 1 };
    return ST_OK;
}

void
sdr_repo_reset(struct mc *mc)
{
    drop_partial(&mc->sdrs);
    mc->sdrs.reservation = mc->sdrs.device_reservation = 0;
    sdr_update_end(mc);
    agent_stop(mc);
}

void
sdr_repo_free(struct mc *mc)
{
    agent_stop(mc);
    if (mc->sdrs.own != NULL)
        free_added(&mc->sdrs);
    free(mc->sdrs.own);
    free(mc->sdrs.partial);
    mc->sdrs = (struct sdr_repo){ 0 };
}
