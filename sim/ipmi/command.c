#include "sim/ipmi/command.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/planted.h"

#define NETFN_PAIRS 32        /* even network functions 00h .. 3Eh */
#define CODES 256             /* command codes of one network function */
#define GROUP_ID_LEN 1
#define IANA_LEN 3
#define ROWS_MAX UINT16_MAX   /* what a place in an index can name */

struct entry {
    const struct command *row;
    const struct command_table *table;
};

/* The commands of one group id, or of one manufacturer. */
struct extension {
    uint8_t netfn;
    uint32_t id;
    uint16_t at[CODES];       /* place in entries + 1; 0 = none */
};

struct command_set {
    struct entry *entries;    /* in order of netfn, id, cmd */
    size_t count;
    struct extension *extensions;
    size_t extension_count;
    uint16_t *plain[NETFN_PAIRS];   /* CODES, as extension.at; NULL: no command */
};

/* Octets of id in front of the data. */
static size_t
id_length(unsigned netfn)
{
    if (netfn == NETFN_GROUP)
        return GROUP_ID_LEN;
    return netfn == NETFN_OEM ? IANA_LEN : 0;
}

static uint32_t
entry_id(const struct entry *e)
{
    return id_length(e->row->netfn) ? e->table->id : 0;
}

static int
entry_order(const void *pa, const void *pb)
{
    const struct entry *a = pa, *b = pb;
    uint32_t a_id = entry_id(a), b_id = entry_id(b);

    if (a->row->netfn != b->row->netfn)
        return a->row->netfn < b->row->netfn ? -1 : 1;
    if (a_id != b_id)
        return a_id < b_id ? -1 : 1;
    return (int)a->row->cmd - (int)b->row->cmd;
}

static bool
row_valid(const struct command *row)
{
    return row->netfn % 2 == 0 && row->netfn / 2 < NETFN_PAIRS && row->handler != NULL &&
           row->len_min <= row->len_max;
}

static enum status
gather(struct command_set *set, const struct command_table *const *tables, size_t count)
{
    size_t n = 0;

    for (size_t t = 0; t < count; t++)
        n += tables[t]->count;
    if (n >= ROWS_MAX)
        return ST_FULL;
    set->entries = calloc(n ? n : 1, sizeof *set->entries);
    if (set->entries == NULL)
        return ST_NOMEM;
    for (size_t t = 0; t < count; t++)
        for (size_t i = 0; i < tables[t]->count; i++) {
            if (!row_valid(&tables[t]->rows[i]))
                return ST_INVALID;
            set->entries[set->count++] = (struct entry){ &tables[t]->rows[i], tables[t] };
        }
    qsort(set->entries, set->count, sizeof *set->entries, entry_order);
    return ST_OK;
}

/* True when entry i opens a group or manufacturer that none before it had. */
static bool
opens_extension(const struct command_set *set, size_t i)
{
    const struct entry *e = &set->entries[i];

    if (id_length(e->row->netfn) == 0)
        return false;
    return i == 0 || e[-1].row->netfn != e->row->netfn || entry_id(&e[-1]) != entry_id(e);
}

/* Where an entry is listed; the extension of its id is the last that was
 * opened. NULL: no memory. */
static uint16_t *
listing_for(struct command_set *set, const struct entry *e)
{
    uint16_t **plain = &set->plain[e->row->netfn / 2];

    if (id_length(e->row->netfn))
        return set->extensions[set->extension_count - 1].at;
    if (*plain == NULL)
        *plain = calloc(CODES, sizeof **plain);
    return *plain;
}

static enum status
index_entries(struct command_set *set)
{
    size_t extensions = 0;

    for (size_t i = 0; i < set->count; i++) {
        if (i > 0 && entry_order(&set->entries[i - 1], &set->entries[i]) == 0)
            return ST_EXISTS;
        extensions += opens_extension(set, i);
    }
    set->extensions = calloc(extensions ? extensions : 1, sizeof *set->extensions);
    if (set->extensions == NULL)
        return ST_NOMEM;
    for (size_t i = 0; i < set->count; i++) {
        const struct entry *e = &set->entries[i];
        uint16_t *at;

        if (opens_extension(set, i)) {
            struct extension *x = &set->extensions[set->extension_count++];

            x->netfn = e->row->netfn;
            x->id = entry_id(e);
        }
        at = listing_for(set, e);
        if (at == NULL)
            return ST_NOMEM;
        at[e->row->cmd] = (uint16_t)(i + 1);
    }
    return ST_OK;
}

enum status
command_set_new(const struct command_table *const *tables, size_t count,
                struct command_set **out)
{
    struct command_set *set = calloc(1, sizeof *set);
    enum status st;

    if (set == NULL)
        return ST_NOMEM;
    st = gather(set, tables, count);
    if (st == ST_OK)
        st = index_entries(set);
    if (st != ST_OK) {
        command_set_free(set);
        return st;
    }
    *out = set;
    return ST_OK;
}

void
command_set_free(struct command_set *set)
{
    if (set == NULL)
        return;
    for (size_t i = 0; i < NETFN_PAIRS; i++)
        free(set->plain[i]);
    free(set->entries);
    free(set->extensions);
    free(set);
}

/* Where the commands of a network function (and id) are listed; NULL. */
static const uint16_t *
listing(const struct command_set *set, unsigned netfn, uint32_t id)
{
    if (id_length(netfn) == 0)
        return set->plain[netfn / 2];
    for (size_t i = 0; i < set->extension_count; i++)
        if (set->extensions[i].netfn == netfn && set->extensions[i].id == id)
            return set->extensions[i].at;
    return NULL;
}

const struct command *
command_find(const struct command_set *set, unsigned netfn, unsigned cmd, uint32_t id)
{
    const uint16_t *at;

    if (netfn % 2 || netfn / 2 >= NETFN_PAIRS || cmd >= CODES)
        return NULL;
    at = listing(set, netfn, id);
    return at != NULL && at[cmd] ? set->entries[at[cmd] - 1].row : NULL;
}

const struct command *
command_nth(const struct command_set *set, size_t n, const struct command_table **table)
{
    if (n >= set->count)
        return NULL;
    if (table != NULL)
        *table = set->entries[n].table;
    return set->entries[n].row;
}

static bool
has_groups(const struct command_gate *gate, const struct command *row)
{
    return (row->group & ~gate->groups) == 0;
}

/* The sets in the order in which they are looked up; NULL: an empty layer. */
static const struct command_set *
nth_set(const struct command_gate *gate, unsigned n)
{
    return n < gate->layer_count ? gate->layers[n]->set : gate->set;
}

const struct command *
command_gate_find_after(const struct command_gate *gate, const struct command *after,
                        unsigned netfn, unsigned cmd, uint32_t id)
{
    bool past = after == NULL;

    for (unsigned i = 0; i <= gate->layer_count; i++) {
        const struct command_set *set = nth_set(gate, i);
        const struct command *row = set != NULL ? command_find(set, netfn, cmd, id) : NULL;

        if (past && row != NULL && has_groups(gate, row))
            return row;
        past = past || row == after;
    }
    return NULL;
}

const struct command *
command_gate_nth(const struct command_gate *gate, size_t n, const struct command_table **table)
{
    for (unsigned i = 0; i <= gate->layer_count; i++) {
        const struct command_set *set = nth_set(gate, i);

        if (set != NULL && n < set->count)
            return command_nth(set, n, table);
        n -= set != NULL ? set->count : 0;
    }
    return NULL;
}

/* Of what is standard only sensors and device SDRs live on several LUNs; what
 * manufacturers have there is theirs to say. LUN 2 of the BMC is its receive
 * queue, which takes its messages before they come here. */
static bool
lun_ours(const struct ipmi_req *rq)
{
    return rq->lun == LUN_BMC || rq->netfn == NETFN_SENSOR || rq->netfn >= NETFN_OEM ||
           PLANTED(LUN_IGNORED);
}

static bool
privilege_enough(const struct command *row, uint8_t privilege)
{
    uint8_t needs = command_needs(row);

    if (needs == NEEDS_NOTHING || needs == NEEDS_HANDLER || PLANTED(PRIVILEGE_UNCHECKED))
        return true;
    return privilege != PRIV_NO_ACCESS && privilege >= needs;
}

static bool
length_good(const struct command *row, size_t length)
{
    return length >= row->len_min &&
           (row->len_max == LEN_ANY || length <= row->len_max || PLANTED(LENGTH_UNCHECKED));
}

/* The first row that takes a request of this length, or else the first of all:
 * manufacturers give the same number to commands of different forms. */
static const struct command *
row_for(const struct command_gate *gate, const struct ipmi_req *rq, uint32_t id, size_t length)
{
    const struct command *first = command_gate_find(gate, rq->netfn, rq->cmd, id);
    const struct command *row = first;

    while (row != NULL && !length_good(row, length))
        row = command_gate_find_after(gate, row, rq->netfn, rq->cmd, id);
    return row != NULL ? row : first;
}

/* The gate. CC_OK, and the row, when the handler may run. */
static enum ipmi_cc
admit(const struct command_gate *gate, const struct ipmi_req *rq, uint32_t id, size_t length,
      const struct command **out)
{
    const struct command *row = row_for(gate, rq, id, length);
    enum ipmi_cc cc = CC_OK;

    if (row == NULL)
        return PLANTED(UNKNOWN_COMMAND_CC) ? CC_INVALID_FIELD : CC_INVALID_COMMAND;
    if (!lun_ours(rq))
        return CC_INVALID_LUN;
    if (!privilege_enough(row, rq->privilege))
        return CC_PRIVILEGE;
    if (gate->allows != NULL)
        cc = gate->allows(gate->allows_ctx, rq, row, id);
    if (cc != CC_OK)
        return cc;
    if (!length_good(row, length))
        return CC_LENGTH;
    *out = row;
    return CC_OK;
}

/* What is refused changes nothing either. */
static bool
only_reads(const struct command *row)
{
    return row == NULL || (row->needs & READS) != 0;
}

/* A request that has no id in front of its data: of a command whose
 * manufacturer leaves it out, where no other has it under the id that the
 * data would begin with. */
static bool
leaves_id_out(const struct command_gate *gate, const struct ipmi_req *rq, bool too_short)
{
    return rq->netfn == NETFN_OEM &&
           (too_short || command_gate_find(gate, rq->netfn, rq->cmd, rq->id) == NULL) &&
           command_gate_find(gate, rq->netfn, rq->cmd, COMMAND_NO_IANA) != NULL;
}

/* Take the id off the front of the request and put it in front of the
 * answer. False when the request is too short to have one. */
static bool
take_id(const struct command_gate *gate, struct ipmi_req *rq, struct wr *rs)
{
    struct rd whole = rq->data;
    struct bytes raw = rd_bytes(&rq->data, id_length(rq->netfn));

    rq->id = 0;
    for (size_t i = raw.len; i-- > 0;)
        rq->id = rq->id << 8 | raw.at[i];
    if (leaves_id_out(gate, rq, rq->data.bad)) {
        rq->data = whole;
        rq->id = COMMAND_NO_IANA;
        return true;
    }
    wr_span(rs, raw);
    return !rq->data.bad;
}

static enum ipmi_cc
run(const struct command *row, struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct wr body = wr_of(rs->at, wr_room(rs));
    enum ipmi_cc cc;

    rq->row = row;
    /* What is too long is cut: no handler is made for more than its row says. */
    if (PLANTED(LENGTH_UNCHECKED) && rd_left(&rq->data) > row->len_max)
        rq->data.end = rq->data.at + row->len_max;
    cc = row->handler(mc, rq, &body);
    if (cc == CC_OK && rq->data.bad) {
        /* The handler read more than there was: of no legal form after all. */
        body = wr_of(rs->at, wr_room(rs));
        cc = CC_LENGTH;
    }
    if (body.bad) {
        body = wr_of(rs->at, wr_room(rs));
        cc = CC_CANNOT_RETURN;
    }
    rs->at = body.at;
    return cc;
}

static void
count_one(uint64_t *counter)
{
    if (counter != NULL)
        ++*counter;
}

void
command_dispatch(const struct command_gate *gate, struct mc *mc, struct ipmi_req *rq)
{
    uint8_t room[IPMI_DATA_MAX];
    struct wr rs = wr_of(room, sizeof room);
    const struct command *row = NULL;
    size_t length = rd_left(&rq->data);
    enum ipmi_cc cc = CC_LENGTH;

    rq->open = false;
    rq->silent = gate->closed;
    if (gate->closed)
        return;
    if (take_id(gate, rq, &rs))
        cc = admit(gate, rq, rq->id, length, &row);
    count_one(row != NULL ? gate->accepted : gate->refused);
    rq->from.reads = only_reads(row);
    if (row != NULL)
        cc = run(row, mc, rq, &rs);
    rq->silent = cc == CC_SILENT;
    if (cc != CC_LATER && cc != CC_SILENT)
        ipmi_answer(&rq->from, (uint8_t)cc, wr_bytes_of(&rs));
}

enum ipmi_cc
command_pass(const struct command_gate *gate, struct mc *mc, struct ipmi_req *rq,
             struct wr *rs)
{
    size_t id = rq->id == COMMAND_NO_IANA ? 0 : id_length(rq->netfn);
    size_t length = id + rd_left(&rq->data);
    const struct command *asker = rq->row;
    const struct command *row =
        command_gate_find_after(gate, asker, rq->netfn, rq->cmd, rq->id);
    enum ipmi_cc cc = CC_LENGTH;

    if (row == NULL)
        return CC_INVALID_COMMAND;
    if (!rq->open && !privilege_enough(row, rq->privilege))
        return CC_PRIVILEGE;
    if (length_good(row, length))
        cc = run(row, mc, rq, rs);
    rq->row = asker;
    return cc;
}

enum ipmi_cc
command_pass_open(const struct command_gate *gate, struct mc *mc, struct ipmi_req *rq,
                  struct wr *rs)
{
    rq->open = true;
    return command_pass(gate, mc, rq, rs);
}
