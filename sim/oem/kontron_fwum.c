#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/oem/kontron.h"

#define PROTOCOL     0x06   /* the first whose clients number their blocks */
#define FLAG_NUMBERS 0x02
#define CC_HERE_ALREADY CC_CMD_82
#define CC_NOT_NEXT     CC_CMD_83
#define BLOCK_HEAD   4      /* of one with an address: 3, and its length */
#define BLOCK_MAX    UINT8_MAX

/* Commands, and what the FWUM does by itself, in the trace log. */
enum {
    FWUM_GET_INFO = 0x00, FWUM_GET_STATUS = 0x07, FWUM_START_UPDATE = 0x09,
    FWUM_START_IMAGE = 0x0a, FWUM_SAVE_IMAGE = 0x0b, FWUM_FINISH_IMAGE = 0x0c,
    FWUM_ROLL_BACK = 0x0e, FWUM_GET_TRACE = 0x0f,
    FWUM_DOES_UPDATE = 0xc1, FWUM_DOES_ROLL_BACK = 0xc2, FWUM_WAITS = 0xc3,
};
enum { TRACE_NONE, TRACE_BEGUN, TRACE_PROGRESS, TRACE_DONE };

/* In an image's head. */
enum { HEAD_BOARD = 6, HEAD_VERSION = 11, HEAD_MAKER = 14 };

static struct fwum *
fwum_of(struct mc *mc)
{
    return &kontron_of(mc)->fwum;
}

/* ---- the trace log ---- */

/* The same again is not told again. */
static void
trace(struct fwum *f, uint8_t cmd, uint8_t state, enum ipmi_cc cc)
{
    struct fwum_trace t = { cmd, state, (uint8_t)cc };

    if (f->traced > 0 && memcmp(&f->trace[f->traced - 1], &t, sizeof t) == 0)
        return;
    if (f->traced == FWUM_TRACE)
        memmove(f->trace, f->trace + 1, --f->traced * sizeof f->trace[0]);
    f->trace[f->traced++] = t;
}

static enum ipmi_cc
traced(struct fwum *f, uint8_t cmd, enum ipmi_cc cc)
{
    trace(f, cmd, TRACE_DONE, cc);
    return cc;
}

static enum ipmi_cc
get_trace_log(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct fwum *f = fwum_of(mc);
    uint8_t part = rd_u8(&rq->data);

    if (part >= FWUM_TRACE / FWUM_TRACE_PART)
        return CC_RANGE;
    for (unsigned i = 0; i < FWUM_TRACE_PART; i++) {
        const struct fwum_trace *t = &f->trace[part * FWUM_TRACE_PART + i];

        wr_u8(rs, t->cmd);
        wr_u8(rs, t->state);
        wr_u8(rs, t->cc);
    }
    return CC_OK;
}

/* ---- banks ---- */

static int
bank_in(const struct fwum *f, enum fwum_state state)
{
    for (unsigned i = 0; i < FWUM_BANKS; i++)
        if (f->banks[i].state == state)
            return (int)i;
    return -1;
}

/* What runs: unproven, or the last known good. */
static unsigned
running_bank(const struct fwum *f)
{
    int unproven = bank_in(f, FWUM_UNPROVEN);

    return (unsigned)(unproven >= 0 ? unproven : bank_in(f, FWUM_GOOD));
}

/* A firmware that ran for long enough has proven itself. */
static void
settle(struct mc *mc, struct fwum *f)
{
    int unproven = bank_in(f, FWUM_UNPROVEN);
    int good = bank_in(f, FWUM_GOOD);

    if (unproven < 0 || mc->world->now < f->proven_at)
        return;
    if (good >= 0)
        f->banks[good].state = FWUM_PREVIOUS;
    f->banks[unproven].state = FWUM_GOOD;
    trace(f, FWUM_WAITS, TRACE_DONE, CC_OK);
}

void
fwum_init(struct mc *mc, struct fwum *f)
{
    const struct machine_mc *m = mc->machine;

    f->banks[0] = (struct fwum_bank){
        .state = FWUM_GOOD,
        .length = FWUM_IMAGE_MAX,
        .version = { m->fw_major, m->fw_minor, m->aux[0] },
    };
}

const uint8_t *
fwum_version(const struct fwum *f)
{
    return f->replaced ? f->banks[running_bank(f)].version : NULL;
}

static void
run_new(struct mc *mc, struct fwum *f)
{
    int new = bank_in(f, FWUM_NEW);

    if (new < 0)
        return;
    f->banks[new].state = FWUM_UNPROVEN;
    f->proven_at = instant_add(mc->world->now, FWUM_VALIDATION);
    f->replaced = true;
    trace(f, FWUM_DOES_UPDATE, TRACE_DONE, CC_OK);
    trace(f, FWUM_WAITS, TRACE_BEGUN, CC_OK);
}

static void
run_previous(struct fwum *f)
{
    int previous = bank_in(f, FWUM_PREVIOUS);
    int good = bank_in(f, FWUM_GOOD);

    if (previous < 0 || good < 0)
        return;
    f->banks[previous].state = FWUM_GOOD;
    f->banks[good].state = FWUM_PREVIOUS;
    f->replaced = true;
    trace(f, FWUM_DOES_ROLL_BACK, TRACE_DONE, CC_OK);
}

void
fwum_reset(struct mc *mc, struct fwum *f)
{
    settle(mc, f);
    f->upload.open = false;
    if (f->next == FWUM_UPDATE)
        run_new(mc, f);
    else if (f->next == FWUM_GO_BACK)
        run_previous(f);
    f->next = FWUM_STAY;
}

static enum ipmi_cc
get_info(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct fwum *f = fwum_of(mc);
    const uint8_t *version;

    (void)rq;
    settle(mc, f);
    version = f->banks[running_bank(f)].version;
    wr_u8(rs, PROTOCOL);
    wr_u8(rs, mc->machine->device_id);
    wr_u8(rs, FLAG_NUMBERS);
    wr_u8(rs, version[0]);
    wr_u8(rs, version[1]);
    wr_u8(rs, FWUM_BANKS);
    wr_u8(rs, 0);
    return traced(f, FWUM_GET_INFO, CC_OK);
}

static enum ipmi_cc
get_status(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct fwum *f = fwum_of(mc);
    uint8_t n = rd_u8(&rq->data);

    if (n >= FWUM_BANKS)
        return traced(f, FWUM_GET_STATUS, CC_RANGE);
    settle(mc, f);
    wr_u8(rs, f->banks[n].state);
    wr_le24(rs, f->banks[n].length);
    wr_bytes(rs, f->banks[n].version, sizeof f->banks[n].version);
    return traced(f, FWUM_GET_STATUS, CC_OK);
}

/* ---- an image ---- */

/* It takes the place of what does not run; not while there is no other good
 * firmware to fall back on. */
static enum ipmi_cc
begin_image(struct mc *mc, struct fwum *f, struct ipmi_req *rq, struct wr *rs)
{
    uint32_t length = rd_le24(&rq->data);
    uint16_t padding = rd_le16(&rq->data);
    uint8_t numbered = rd_left(&rq->data) ? rd_u8(&rq->data) : 0;
    uint8_t bank;

    if (length < FWUM_HEAD_AT + FWUM_HEAD || length > FWUM_IMAGE_MAX)
        return CC_RANGE;
    if (numbered > 1)
        return CC_INVALID_FIELD;
    settle(mc, f);
    if (bank_in(f, FWUM_UNPROVEN) >= 0)
        return CC_STATE;
    bank = (uint8_t)(FWUM_BANKS - 1 - running_bank(f));
    f->banks[bank] = (struct fwum_bank){ .state = FWUM_EMPTY };
    f->next = FWUM_STAY;
    f->upload = (struct fwum_upload){ .open = true, .numbered = numbered, .bank = bank,
                                      .length = length, .sum = padding };
    wr_u8(rs, bank);
    return CC_OK;
}

static enum ipmi_cc
start_image(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct fwum *f = fwum_of(mc);

    return traced(f, FWUM_START_IMAGE, begin_image(mc, f, rq, rs));
}

/* What of a block at at lies in the head. */
static void
take_head(struct fwum_upload *u, struct bytes data)
{
    for (size_t i = 0; i < data.len; i++) {
        uint32_t at = u->at + (uint32_t)i;

        u->sum = (uint16_t)(u->sum + data.at[i]);
        if (at >= FWUM_HEAD_AT && at < FWUM_HEAD_AT + FWUM_HEAD)
            u->head[at - FWUM_HEAD_AT] = data.at[i];
    }
}

/* Whether the block is the next one: CC_OK and its octets. */
static enum ipmi_cc
next_block(const struct fwum_upload *u, struct rd *r, struct bytes *data)
{
    if (u->numbered) {
        uint8_t number = rd_u8(r);

        *data = rd_rest(r);
        if (number == (uint8_t)(u->next - 1) && u->at > 0)
            return CC_HERE_ALREADY;
        return number == u->next ? CC_OK : CC_NOT_NEXT;
    } else {
        uint32_t address = rd_le24(r);
        uint8_t len = rd_u8(r);

        *data = rd_rest(r);
        if (data->len != len)
            return CC_LENGTH;
        if (u->at > 0 && address + len == u->at && len == u->block_len)
            return CC_HERE_ALREADY;
        return address == u->at ? CC_OK : CC_NOT_NEXT;
    }
}

static enum ipmi_cc
take_block(struct fwum *f, struct rd *r)
{
    struct fwum_upload *u = &f->upload;
    struct bytes data;
    enum ipmi_cc cc;

    if (!u->open)
        return CC_STATE;
    if (!u->numbered && rd_left(r) < BLOCK_HEAD)
        return CC_LENGTH;
    cc = next_block(u, r, &data);
    if (cc != CC_OK)
        return cc;
    if (data.len == 0 || data.len > BLOCK_MAX)
        return CC_LENGTH;
    if (data.len > u->length - u->at)
        return CC_FIELD_LENGTH;
    take_head(u, data);
    u->at += (uint32_t)data.len;
    u->block_len = (uint8_t)data.len;
    u->next++;
    return CC_OK;
}

static enum ipmi_cc
save_image(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct fwum *f = fwum_of(mc);
    enum ipmi_cc cc = take_block(f, &rq->data);

    (void)rs;
    trace(f, FWUM_SAVE_IMAGE, TRACE_PROGRESS, cc);
    return cc;
}

/* What an image says of itself, least significant octet first or last. */
static uint32_t
head_le24(const struct fwum_upload *u, unsigned at)
{
    return (uint32_t)u->head[at] | (uint32_t)u->head[at + 1] << 8 |
           (uint32_t)u->head[at + 2] << 16;
}

static bool
for_this_board(const struct machine_mc *m, const struct fwum_upload *u)
{
    unsigned board = (unsigned)u->head[HEAD_BOARD] << 8 | u->head[HEAD_BOARD + 1];

    return board == m->product && head_le24(u, HEAD_MAKER) == m->manufacturer;
}

static bool
is_version(const struct fwum_upload *u, const uint8_t version[3])
{
    const uint8_t *said = u->head + HEAD_VERSION;

    return (said[0] & 0x0f) == version[0] && said[1] == version[1] && said[2] == version[2];
}

static enum ipmi_cc
end_image(struct mc *mc, struct fwum *f, struct ipmi_req *rq)
{
    struct fwum_upload *u = &f->upload;
    uint8_t version[3];

    rd_copy(&rq->data, version, sizeof version);
    if (!u->open)
        return CC_STATE;
    if (u->at != u->length)
        return CC_FIELD_LENGTH;
    u->open = false;
    if (u->sum != 0 || !for_this_board(mc->machine, u) || !is_version(u, version))
        return CC_INVALID_FIELD;
    f->banks[u->bank] = (struct fwum_bank){ .state = FWUM_NEW, .length = u->length };
    memcpy(f->banks[u->bank].version, version, sizeof version);
    return CC_OK;
}

static enum ipmi_cc
finish_image(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct fwum *f = fwum_of(mc);

    (void)rs;
    return traced(f, FWUM_FINISH_IMAGE, end_image(mc, f, rq));
}

/* ---- what the next reset does ---- */

/* Have it done; type 0, when the controller shuts down, is what clients ask. */
static enum ipmi_cc
plan(struct mc *mc, uint8_t type, enum fwum_state wanted, enum fwum_next next)
{
    struct fwum *f = fwum_of(mc);

    if (type != 0)
        return CC_INVALID_FIELD;
    settle(mc, f);
    if (bank_in(f, wanted) < 0)
        return CC_STATE;
    f->next = (uint8_t)next;
    return CC_OK;
}

static enum ipmi_cc
start_update(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    enum ipmi_cc cc = plan(mc, rd_u8(&rq->data), FWUM_NEW, FWUM_UPDATE);

    (void)rs;
    return traced(fwum_of(mc), FWUM_START_UPDATE, cc);
}

static enum ipmi_cc
manual_rollback(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    enum ipmi_cc cc = plan(mc, rd_u8(&rq->data), FWUM_PREVIOUS, FWUM_GO_BACK);

    (void)rs;
    return traced(fwum_of(mc), FWUM_ROLL_BACK, cc);
}

static const struct command rows[] = {
    { NETFN_FIRMWARE, FWUM_GET_INFO, "FWUM Get Firmware Info", NEEDS_USER | READS, 0, 0,
      GROUP_OEM_CMDS, get_info, "" },
    { NETFN_FIRMWARE, FWUM_GET_STATUS, "FWUM Get Firmware Status", NEEDS_USER | READS, 1, 1,
      GROUP_OEM_CMDS, get_status, "" },
    { NETFN_FIRMWARE, FWUM_START_UPDATE, "FWUM Start Firmware Update", NEEDS_ADMIN, 1, 1,
      GROUP_OEM_CMDS, start_update, "" },
    { NETFN_FIRMWARE, FWUM_START_IMAGE, "FWUM Start Firmware Image", NEEDS_ADMIN, 5, 6,
      GROUP_OEM_CMDS, start_image, "" },
    { NETFN_FIRMWARE, FWUM_SAVE_IMAGE, "FWUM Save Firmware Image", NEEDS_ADMIN, 2,
      BLOCK_HEAD + BLOCK_MAX, GROUP_OEM_CMDS, save_image, "" },
    { NETFN_FIRMWARE, FWUM_FINISH_IMAGE, "FWUM Finish Firmware Image", NEEDS_ADMIN, 4, 4,
      GROUP_OEM_CMDS, finish_image, "" },
    { NETFN_FIRMWARE, FWUM_ROLL_BACK, "FWUM Manual Rollback", NEEDS_ADMIN, 1, 1,
      GROUP_OEM_CMDS, manual_rollback, "" },
    { NETFN_FIRMWARE, FWUM_GET_TRACE, "FWUM Get Trace Log", NEEDS_USER | READS, 1, 1,
      GROUP_OEM_CMDS, get_trace_log, "" },
};

const struct command_table oem_fwum_commands = { "fwum", rows, sizeof rows / sizeof rows[0],
                                                 0 };
