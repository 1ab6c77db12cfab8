#include "sim/mc/hpm.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/rd.h"
#include "sim/mc/mc_parts.h"

/* What is answered besides 00h; each command has codes of its own. */
#define CC_IN_PROGRESS CC_CMD_80
#define CC_BAD_MASK    CC_CMD_81 /* Initiate */
#define CC_BAD_ORDER   CC_CMD_81 /* Upload */
#define CC_BAD_LENGTH  CC_CMD_81 /* Finish */
#define CC_BAD_SUM     CC_CMD_82
#define CC_DIFFERENT   CC_CMD_83
#define CC_NOT_BACK    CC_CMD_81 /* Query Rollback Status */
#define CC_OVERRIDDEN  CC_CMD_82
#define CC_NO_ABORT    CC_CMD_80

#define CMD_INITIATE 0x31
#define CMD_FINISH   0x33
#define CMD_ACTIVATE 0x35
#define CMD_ROLLBACK 0x38

#define MARK          "IPMILABF"
#define MARK_LEN      8u
#define VERSION_AT    8u
#define SELF_TEST_AT  14u
#define FLAGS_AT      15u
#define SECTIONS_AT   16u
#define FLAG_SECTIONS 0x01

#define TEST_PASSED    0x55
#define TEST_COMPONENT 0x60

/* FNV-1a, 64 bits. */
#define DIGEST_START 0xcbf29ce484222325u
#define DIGEST_PRIME 0x100000001b3u

static uint64_t
digest_more(uint64_t digest, struct bytes data)
{
    for (size_t i = 0; i < data.len; i++)
        digest = (digest ^ data.at[i]) * DIGEST_PRIME;
    return digest;
}

/* ---- what there is at the start ---- */

static void
describe(struct hpm_component *c, const struct machine_firmware *m)
{
    c->present = true;
    c->no_rollback = m->no_rollback;
    c->no_deferral = m->no_deferral;
    c->payload_reset = m->payload_reset;
    memcpy(c->name, m->name, sizeof c->name);
    c->active.there = true;
    c->active.self_test = TEST_PASSED;
    memcpy(c->active.version, m->version, HPM_VERSION);
    c->active.digest = digest_more(DIGEST_START, bytes_of(m->version, HPM_VERSION));
}

/* Where nothing is described: the controller's firmware, and what starts it. */
static void
describe_default(struct hpm *h)
{
    const struct machine_mc *m = h->mc->machine;
    struct machine_firmware own = { .name = "IPMC" }, boot = { .name = "BOOTLOADER" };

    own.version[0] = m->fw_major & 0x7f;
    own.version[1] = m->fw_minor;
    memcpy(own.version + 2, m->aux, sizeof m->aux);
    boot.version[0] = 1;
    boot.no_rollback = boot.no_deferral = true;
    describe(&h->at[0], &own);
    describe(&h->at[1], &boot);
}

uint8_t
hpm_mask(const struct hpm *h)
{
    uint8_t mask = 0;

    for (unsigned i = 0; i < HPM_COMPONENTS; i++)
        mask |= (uint8_t)(h->at[i].present << i);
    return mask;
}

const uint8_t *
hpm_version(const struct mc *mc)
{
    return mc->hpm != NULL && mc->hpm->at[0].present ? mc->hpm->at[0].active.version
                                                     : NULL;
}

/* ---- what takes time ---- */

static void
arm(struct hpm *h, instant span)
{
    (void)timeline_arm(&h->mc->world->timeline, &h->done,
                       instant_add(h->mc->world->now, span));
}

static enum ipmi_cc
begin(struct hpm *h, uint8_t cmd, instant span)
{
    h->busy = cmd;
    h->busy_from = h->mc->world->now;
    arm(h, span);
    return CC_IN_PROGRESS;
}

uint8_t
hpm_percent(const struct hpm *h)
{
    instant gone = h->mc->world->now - h->busy_from;
    instant span = h->done.at - h->busy_from;

    if (h->busy == 0 || span == 0)
        return 100;
    return (uint8_t)(gone * 100 / span);
}

/* The other copy becomes the active one; what was active can come back. */
static void
switch_to_deferred(struct hpm_component *c)
{
    if (!c->no_rollback)
        c->rollback = c->active;
    c->active = c->deferred;
    c->deferred.there = false;
    c->second = !c->second;
}

static void
switch_back(struct hpm *h, unsigned i)
{
    struct hpm_component *c = &h->at[i];
    struct hpm_copy active = c->active;

    c->active = c->rollback;
    c->rollback = active;
    c->second = !c->second;
    h->rolled_back |= (uint8_t)(1u << i);
}

/* What the payload runs is another copy now. */
static void
reset_payload(const struct hpm *h, uint8_t changed)
{
    struct host *host = h->mc->opts.host;
    bool any = false;

    for (unsigned i = 0; i < HPM_COMPONENTS; i++)
        any = any || (changed >> i & 1 && h->at[i].payload_reset);
    if (any && host != NULL && host_power_good(host))
        (void)host_do(host, HOST_OP_RESET, CAUSE_CHASSIS_CONTROL);
}

/* All that is new goes back. What has no copy to go back to stays, and the
 * rollback has failed. */
static void
go_back(struct hpm *h, uint8_t fresh)
{
    uint8_t stuck = 0;

    if (h->no_rollback) {
        h->rollback_cc = CC_OVERRIDDEN;
        return;
    }
    for (unsigned i = 0; i < HPM_COMPONENTS; i++)
        if (fresh >> i & 1 && h->at[i].rollback.there)
            switch_back(h, i);
        else
            stuck |= (uint8_t)(fresh & 1u << i);
    if (stuck == 0)
        return;
    h->rollback_cc = CC_NOT_BACK;
    h->rolled_back = stuck;
}

/* Self-test of what is new: the last result that is not good counts, and
 * takes all that is new with it. */
static void
test_new(struct hpm *h, uint8_t fresh)
{
    h->test = TEST_PASSED;
    h->test_mask = 0;
    for (unsigned i = 0; i < HPM_COMPONENTS; i++) {
        uint8_t result = h->at[i].active.self_test;

        if (!(fresh >> i & 1) || result == TEST_PASSED)
            continue;
        h->test = result;
        if (result == TEST_COMPONENT)
            h->test_mask |= (uint8_t)(1u << i);
    }
    if (h->test == TEST_PASSED)
        return;
    h->cc = CC_UNSPECIFIED;
    go_back(h, fresh);
}

static void
activated(struct hpm *h)
{
    uint8_t fresh = 0;

    h->cc = CC_OK;
    h->rolled_back = h->rollback_cc = 0;
    for (unsigned i = 0; i < HPM_COMPONENTS; i++)
        if (h->at[i].deferred.there) {
            switch_to_deferred(&h->at[i]);
            fresh |= (uint8_t)(1u << i);
        }
    test_new(h, fresh);
    reset_payload(h, fresh);
    if (fresh & 1)
        mc_ask_reset(h->mc, RESET_WARM_ASKED);
}

static void
rolled_back(struct hpm *h)
{
    h->cc = CC_OK;
    h->rolled_back = h->rollback_cc = 0;
    for (unsigned i = 0; i < HPM_COMPONENTS; i++)
        if (h->at[i].rollback.there) {
            switch_back(h, i);
            h->at[i].deferred.there = false;
        }
    reset_payload(h, h->rolled_back);
    if (h->rolled_back & 1)
        mc_ask_reset(h->mc, RESET_WARM_ASKED);
}

static void
forget_upload(struct hpm *h)
{
    h->upload = (struct hpm_upload){ 0 };
}

static void
time_is_up(void *ctx, instant at)
{
    struct hpm *h = ctx;
    uint8_t cmd = h->busy;

    (void)at;
    h->busy = 0;
    switch (cmd) {
    case CMD_ACTIVATE: activated(h); break;
    case CMD_ROLLBACK: rolled_back(h); break;
    case CMD_INITIATE: h->cc = CC_OK; break;
    default: forget_upload(h); break;
    }
}

/* ---- Initiate Upgrade Action ---- */

static bool
is_one(uint8_t mask)
{
    return mask != 0 && (mask & (mask - 1)) == 0;
}

static unsigned
index_of(uint8_t mask)
{
    unsigned i = 0;

    while (mask >>= 1)
        i++;
    return i;
}

/* A backup by command: the active copy is kept beside itself. */
static void
back_up(struct hpm *h, uint8_t mask)
{
    for (unsigned i = 0; i < HPM_COMPONENTS; i++)
        if (mask >> i & 1)
            h->at[i].rollback = h->at[i].active;
}

enum ipmi_cc
hpm_initiate(struct hpm *h, uint8_t mask, uint8_t action)
{
    if (h->busy)
        return CC_IN_PROGRESS;
    if (action > HPM_COMPARE)
        return CC_INVALID_FIELD;
    if (mask == 0 || (mask & ~hpm_mask(h)) != 0)
        return CC_BAD_MASK;
    if (action == HPM_BACKUP || action == HPM_PREPARE) {
        for (unsigned i = 0; i < HPM_COMPONENTS; i++)
            if (mask >> i & 1 && action == HPM_BACKUP && h->at[i].no_rollback)
                return CC_BAD_MASK;
        if (action == HPM_BACKUP)
            back_up(h, mask);
        forget_upload(h);
        return begin(h, CMD_INITIATE, HPM_ACTION);
    }
    if (!is_one(mask))
        return CC_BAD_MASK;
    h->upload = (struct hpm_upload){
        .open = true,
        .compare = action == HPM_COMPARE,
        .component = (uint8_t)index_of(mask),
        .digest = DIGEST_START,
    };
    arm(h, HPM_IDLE);
    return CC_OK;
}

/* ---- Upload Firmware Block ---- */

static void
count(struct hpm_upload *u, struct bytes data)
{
    u->digest = digest_more(u->digest, data);
    u->length += (uint32_t)data.len;
    for (size_t i = 0; i < data.len; i++)
        u->sum = (uint8_t)(u->sum + data.at[i]);
}

static bool
is_marked(const struct hpm_upload *u)
{
    return u->head_len == HPM_HEAD && memcmp(u->head, MARK, MARK_LEN) == 0;
}

/* The head is whole: with sections, say where to go on. */
static void
take_head(struct hpm *h, struct wr *rs)
{
    struct hpm_upload *u = &h->upload;
    struct rd r = rd_of(bytes_of(u->head, HPM_HEAD));
    uint32_t offset, length;

    if (!is_marked(u) || !(u->head[FLAGS_AT] & FLAG_SECTIONS))
        return;
    /* The next copy goes where the active one is not; to compare, where it is. */
    rd_skip(&r, SECTIONS_AT + (h->at[u->component].second != u->compare ? 0u : 8u));
    offset = rd_le32(&r);
    length = rd_le32(&r);
    if (offset == 0)
        return;
    u->sections = true;
    u->section_left = length;
    wr_le32(rs, offset);
    wr_le32(rs, length);
}

/* What a target with sections has not asked for is passed over. */
static void
take_data(struct hpm *h, struct bytes data, struct wr *rs)
{
    struct hpm_upload *u = &h->upload;
    struct rd r = rd_of(data);

    if (u->head_len < HPM_HEAD) {
        size_t len =
            HPM_HEAD - u->head_len < data.len ? HPM_HEAD - u->head_len : data.len;

        memcpy(u->head + u->head_len, data.at, len);
        u->head_len += (uint32_t)len;
        count(u, rd_bytes(&r, len));
        if (u->head_len == HPM_HEAD)
            take_head(h, rs);
        if (u->sections)
            return;
    }
    data = rd_rest(&r);
    if (u->sections) {
        if (data.len > u->section_left)
            data.len = u->section_left;
        u->section_left -= (uint32_t)data.len;
    }
    count(u, data);
}

enum ipmi_cc
hpm_block(struct hpm *h, uint8_t number, struct bytes data, struct wr *rs)
{
    struct hpm_upload *u = &h->upload;

    if (h->busy)
        return CC_IN_PROGRESS;
    if (!u->open)
        return CC_STATE;
    if (u->begun && number == (uint8_t)(u->next_block - 1))
        return CC_OK;
    if (number != u->next_block)
        return CC_BAD_ORDER;
    if (data.len == 0)
        return CC_LENGTH;
    u->begun = true;
    u->next_block++;
    u->sent += (uint32_t)data.len;
    take_data(h, data, rs);
    arm(h, HPM_IDLE);
    return CC_OK;
}

/* ---- Finish Firmware Upload ---- */

static struct hpm_copy
copy_of(const struct hpm *h)
{
    const struct hpm_upload *u = &h->upload;
    struct hpm_copy copy = {
        .there = true,
        .self_test = TEST_PASSED,
        .digest = u->digest,
        .length = u->length,
    };

    if (is_marked(u)) {
        memcpy(copy.version, u->head + VERSION_AT, HPM_VERSION);
        copy.version[0] &= 0x7f;
        copy.self_test = u->head[SELF_TEST_AT];
        return copy;
    }
    copy.version[0] = h->at[u->component].active.version[0];
    copy.version[1] = (uint8_t)(h->at[u->component].active.version[1] + 1);
    if ((copy.version[1] & 0x0f) > 9)
        copy.version[1] = (uint8_t)(copy.version[1] + 6);
    for (unsigned i = 0; i < 4; i++)
        copy.version[2 + i] = (uint8_t)(u->digest >> 8 * i);
    return copy;
}

static void
install(struct hpm *h)
{
    struct hpm_component *c = &h->at[h->upload.component];

    c->deferred = copy_of(h);
    if (!c->no_deferral)
        return;
    switch_to_deferred(c);
    reset_payload(h, (uint8_t)(1u << h->upload.component));
}

enum ipmi_cc
hpm_finish(struct hpm *h, uint8_t component, uint32_t length)
{
    struct hpm_upload *u = &h->upload;
    const struct hpm_copy *active;
    enum ipmi_cc cc = CC_OK;

    if (h->busy)
        return CC_IN_PROGRESS;
    if (!u->open)
        return CC_STATE;
    if (component != u->component)
        return CC_INVALID_FIELD;
    active = &h->at[component].active;
    if (length != u->sent || length == 0)
        cc = CC_BAD_LENGTH;
    else if (is_marked(u) && (u->sum != 0 || u->section_left > 0))
        cc = CC_BAD_SUM;
    else if (!u->compare)
        install(h);
    else if (u->digest != active->digest || u->length != active->length)
        cc = CC_DIFFERENT;
    timeline_disarm(&h->mc->world->timeline, &h->done);
    forget_upload(h);
    return cc;
}

/* ---- activation, rollback, abort ---- */

enum ipmi_cc
hpm_activate(struct hpm *h, bool no_rollback)
{
    bool any = false;

    if (h->busy)
        return CC_IN_PROGRESS;
    for (unsigned i = 0; i < HPM_COMPONENTS; i++)
        any = any || h->at[i].deferred.there;
    if (!any || h->upload.open)
        return CC_STATE;
    h->no_rollback = no_rollback;
    return begin(h, CMD_ACTIVATE, HPM_ACTIVATION + HPM_SELF_TEST);
}

enum ipmi_cc
hpm_roll_back(struct hpm *h)
{
    bool any = false;

    if (h->busy)
        return CC_IN_PROGRESS;
    for (unsigned i = 0; i < HPM_COMPONENTS; i++)
        any = any || h->at[i].rollback.there;
    if (!any || h->upload.open)
        return CC_STATE;
    return begin(h, CMD_ROLLBACK, HPM_ROLLBACK);
}

/* What is being switched over cannot be stopped half way. */
enum ipmi_cc
hpm_abort(struct hpm *h)
{
    if (h->busy == CMD_ACTIVATE || h->busy == CMD_ROLLBACK)
        return CC_NO_ABORT;
    timeline_disarm(&h->mc->world->timeline, &h->done);
    h->busy = 0;
    forget_upload(h);
    return CC_OK;
}

/* ---- birth, cold reset, end ---- */

struct hpm *
hpm_of(struct mc *mc)
{
    const struct machine_mc *m = mc->machine;
    struct hpm *h = mc->hpm;

    if (h != NULL)
        return h;
    h = calloc(1, sizeof *h);
    if (h == NULL)
        return NULL;
    h->mc = mc;
    h->test = TEST_PASSED;
    timer_init(&h->done, TIMER_DEVICE, time_is_up, h);
    for (uint32_t i = 0; i < m->firmware_count; i++)
        describe(&h->at[m->firmwares[i].id % HPM_COMPONENTS], &m->firmwares[i]);
    if (m->firmware_count == 0)
        describe_default(h);
    mc->hpm = h;
    return h;
}

enum status
hpm_init(struct mc *mc)
{
    mc->hpm = NULL;
    return ST_OK;
}

void
hpm_reset(struct mc *mc)
{
    struct hpm *h = mc->hpm;

    if (h == NULL)
        return;
    (void)hpm_abort(h);
    h->command = h->cc = 0;
    h->rolled_back = h->rollback_cc = 0;
    h->test = TEST_PASSED;
    h->test_mask = 0;
}

void
hpm_free(struct mc *mc)
{
    if (mc->hpm == NULL)
        return;
    timeline_disarm(&mc->world->timeline, &mc->hpm->done);
    free(mc->hpm);
    mc->hpm = NULL;
}
