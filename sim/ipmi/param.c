#include "sim/ipmi/param.h"

#include <assert.h>
#include <string.h>

#include "sim/base/planted.h"

const struct param *
param_find(const struct param_family *family, uint8_t selector)
{
    for (size_t i = 0; i < family->count; i++)
        if (family->rows[i].selector == selector)
            return &family->rows[i];
    return NULL;
}

enum ipmi_cc
param_check_range(unsigned value, unsigned max)
{
    return value > max ? CC_INVALID_FIELD : CC_OK;
}

static bool
has_set(const struct param *row)
{
    return row->keys == PARAM_SETS || row->keys == PARAM_SETS_BLOCKS;
}

static bool
has_block(const struct param *row)
{
    return row->keys == PARAM_BLOCKS || row->keys == PARAM_SETS_BLOCKS;
}

static bool
selectors_exist(const struct param_ask *ask)
{
    const struct param *row = ask->row;

    if (has_set(row) && (ask->set < row->set_min || ask->set > row->set_max))
        return false;
    return !has_block(row) || (ask->block >= row->block_min && ask->block <= row->block_max);
}

static size_t
longest(const struct param *row)
{
    return row->size_max ? row->size_max : row->size;
}

static bool
size_fits(const struct param *row, size_t len)
{
    return len >= row->size && len <= longest(row);
}

/* Where plain data lies, from what load or store gave. */
static size_t
offset_of(const struct param_ask *ask)
{
    const struct param *row = ask->row;
    size_t at = row->at;

    if (has_set(row))
        at += (size_t)(ask->set - row->set_min) * row->stride;
    if (has_block(row))
        at += (size_t)(ask->block - row->block_min) * longest(row);
    return at;
}

/* A second "in progress" is refused, so that two writers notice each other;
 * a commit, because nothing can be rolled back. */
static enum ipmi_cc
check_progress(uint8_t present, uint8_t wanted)
{
    if (wanted >= PROGRESS_COMMIT)
        return CC_INVALID_FIELD;
    if (PLANTED(SET_IN_PROGRESS_IGNORED))
        return CC_OK;
    return wanted == PROGRESS_SET && present == PROGRESS_SET ? CC_CMD_81 : CC_OK;
}

static enum ipmi_cc
set_plain(const struct param_family *family, void *of, const struct param_ask *ask,
          struct rd *data)
{
    const struct param *row = ask->row;
    uint8_t value[PARAM_DATA_MAX];
    size_t len = rd_left(data);
    enum ipmi_cc cc = CC_OK;
    uint8_t *to;

    assert(len <= sizeof value);
    rd_copy(data, value, len);
    if (row->selector == PARAM_PROGRESS)
        cc = check_progress(family->load(of, row)[row->at], value[0]);
    else if (row->check != NULL)
        cc = row->check(of, ask, value, len);
    if (cc != CC_OK)
        return cc;
    to = family->store(of, row);
    if (to == NULL)
        return CC_NO_SPACE;
    memcpy(to + offset_of(ask), value, len);
    return CC_OK;
}

enum ipmi_cc
param_set(const struct param_family *family, void *of, struct param_ask *ask, struct rd *data)
{
    const struct param *row = param_find(family, ask->selector);

    ask->row = row;
    if (row == NULL)
        return CC_CMD_80;
    if (row->access == PARAM_RO)
        return PLANTED(LAN_READ_ONLY_WRITTEN) ? CC_OK : CC_CMD_82;
    ask->set = has_set(row) ? rd_u8(data) : 0;
    ask->block = has_block(row) ? rd_u8(data) : 0;
    if (data->bad)
        return CC_LENGTH;
    if (!selectors_exist(ask))
        return CC_RANGE;
    if (!size_fits(row, rd_left(data)))
        return CC_LENGTH;
    return row->set != NULL ? row->set(of, ask, data) : set_plain(family, of, ask, data);
}

static enum ipmi_cc
write_data(const struct param_family *family, const void *of, const struct param_ask *ask,
           struct wr *rs)
{
    const struct param *row = ask->row;

    if (has_set(row))
        wr_u8(rs, ask->set);
    if (has_block(row))
        wr_u8(rs, ask->block);
    if (row->get != NULL)
        return row->get(of, ask, rs);
    if (row->fixed != NULL)
        wr_bytes(rs, row->fixed, row->size);
    else
        wr_bytes(rs, family->load(of, row) + offset_of(ask), longest(row));
    return CC_OK;
}

enum ipmi_cc
param_get_data(const struct param_family *family, const void *of, struct param_ask *ask,
               struct wr *rs)
{
    const struct param *row = param_find(family, ask->selector);
    struct wr before = *rs;
    enum ipmi_cc cc;

    ask->row = row;
    if (row == NULL)
        return CC_CMD_80;
    if (row->access == PARAM_WO)
        return CC_CMD_83;
    if (!selectors_exist(ask))
        return CC_RANGE;
    cc = write_data(family, of, ask, rs);
    if (cc != CC_OK)
        *rs = before;
    return cc;
}

enum ipmi_cc
param_get(const struct param_family *family, const void *of, struct param_ask *ask,
          bool revision_only, struct wr *rs)
{
    struct wr before = *rs;
    enum ipmi_cc cc;

    wr_u8(rs, family->revision);
    if (revision_only)
        cc = param_find(family, ask->selector) != NULL ? CC_OK : CC_CMD_80;
    else
        cc = param_get_data(family, of, ask, rs);
    if (cc != CC_OK)
        *rs = before;
    return cc;
}

/* Octets of plain storage of a row: one set's, all its blocks. */
static size_t
stored_size(const struct param *row)
{
    size_t blocks = has_block(row) ? row->block_max - row->block_min + 1u : 1u;

    return blocks * longest(row);
}

void
param_clear_volatile(const struct param_family *family, void *of)
{
    for (size_t i = 0; i < family->count; i++) {
        const struct param *row = &family->rows[i];
        bool plain = row->get == NULL && row->set == NULL && row->fixed == NULL;
        uint8_t *at;
        unsigned sets;

        if (row->keep == PARAM_KEPT || !plain)
            continue;
        at = family->store(of, row);
        if (at == NULL)
            continue;
        sets = has_set(row) && row->keep == PARAM_VOLATILE ? row->set_max - row->set_min + 1u : 1u;
        for (unsigned set = 0; set < sets; set++)
            memset(at + row->at + (size_t)set * row->stride, 0, stored_size(row));
    }
}
