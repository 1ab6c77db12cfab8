/*
 * What moves in blocks: SSH keys in, files out.
 *
 * A file is made of what the controller knows when it is asked for; blocks
 * have FILE_BLOCK octets, or what the way back has room for.
 */
#include <stdlib.h>
#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/mc/reply.h"
#include "sim/oem/sun.h"

#define LAST_BLOCK 0xff
#define FILE_MAX   8192u
#define FILE_BLOCK 128u
#define FILE_HEAD  9u       /* block, size, end of file */
#define FILE_ID    16u
#define BEHAVIOR_ID 32u
enum { TUNNEL_GET_FILE = 11, TUNNEL_GET_BEHAVIOR = 15 };

/* ---- keys ---- */

void
sun_drop_key(struct sun_key **key)
{
    free(*key);
    *key = NULL;
}

/* The place of a user's key, or (0) a free one; NULL. */
static struct sun_key **
place_of(struct sun *sun, uint8_t user)
{
    for (unsigned i = 0; i < SUN_KEYS; i++)
        if ((sun->keys[i] != NULL ? sun->keys[i]->user : 0) == user)
            return &sun->keys[i];
    return NULL;
}

static bool
is_user(const struct mc *mc, uint8_t user)
{
    return mc->users != NULL && users_get(mc->users, user) != NULL;
}

static enum ipmi_cc
begin_draft(struct sun_draft *d, const struct ipmi_req *rq, uint8_t user)
{
    if (d->key == NULL)
        d->key = malloc(sizeof *d->key);
    if (d->key == NULL)
        return CC_NO_SPACE;
    d->session = rq->from.session;
    d->next = 0;
    *d->key = (struct sun_key){ .user = user };
    return CC_OK;
}

/* Whether a block goes on with the draft; a first one begins it anew. */
static enum ipmi_cc
continue_draft(struct sun_draft *d, const struct ipmi_req *rq, uint8_t user, uint8_t block)
{
    bool same = d->key != NULL && d->key->user == user && d->session == rq->from.session;

    if (block == 0 || (block == LAST_BLOCK && !same))
        return begin_draft(d, rq, user);
    return same && (block == LAST_BLOCK || block == d->next) ? CC_OK : CC_INVALID_FIELD;
}

/* The draft becomes the key, or is lost. */
static enum ipmi_cc
commit_key(struct sun *sun)
{
    struct sun_key **place = place_of(sun, sun->draft.key->user);

    if (place == NULL)
        place = place_of(sun, 0);
    if (place == NULL) {
        sun_drop_key(&sun->draft.key);
        return CC_NO_SPACE;
    }
    free(*place);
    *place = sun->draft.key;
    sun->draft.key = NULL;
    return CC_OK;
}

enum ipmi_cc
sun_cmd_set_key(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct sun *sun = sun_of(mc);
    struct sun_draft *d = &sun->draft;
    uint8_t user = rd_u8(&rq->data);
    uint8_t block = rd_u8(&rq->data);
    uint8_t len = rd_u8(&rq->data);
    struct bytes data = rd_rest(&rq->data);
    enum ipmi_cc cc;

    (void)rs;
    if (data.len != len)
        return CC_LENGTH;
    cc = is_user(mc, user) ? continue_draft(d, rq, user, block) : CC_INVALID_FIELD;
    if (cc != CC_OK)
        return cc;
    if (data.len > SUN_KEY - d->key->len) {
        sun_drop_key(&d->key);
        return CC_NO_SPACE;
    }
    memcpy(d->key->octets + d->key->len, data.at, data.len);
    d->key->len = (uint16_t)(d->key->len + data.len);
    d->next++;
    return block == LAST_BLOCK ? commit_key(sun) : CC_OK;
}

enum ipmi_cc
sun_cmd_delete_key(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t user = rd_u8(&rq->data);
    struct sun_key **place;

    (void)rs;
    if (!is_user(mc, user))
        return CC_INVALID_FIELD;
    place = place_of(sun_of(mc), user);
    if (place != NULL)
        sun_drop_key(place);
    return CC_OK;
}

/* ---- files ---- */

static void
ssh_keys(struct mc *mc, unsigned what, struct wr *out)
{
    const struct sun *sun = sun_of(mc);

    (void)what;
    for (unsigned i = 0; i < SUN_KEYS; i++)
        if (sun->keys[i] != NULL)
            wr_bytes(out, sun->keys[i]->octets, sun->keys[i]->len);
}

enum { TOLD_PASSED = 1, TOLD_FAILED = 2 };

/* The parts that passed, or failed, the look at their sensors; or both. */
static void
verdicts(struct mc *mc, unsigned what, struct wr *out)
{
    struct bytes record;
    char name[SUN_PATH];
    struct sdr sdr;

    for (unsigned n = 0; sun_nth_part(mc, n, &record, name); n++) {
        bool failed;

        if (sdr_parse(record, &sdr) != SDR_OK || !sdr_is_sensor(&sdr))
            continue;
        failed = sun_faulty(mc, sdr.u.sensor.entity, sdr.u.sensor.instance);
        if (what & (failed ? TOLD_FAILED : TOLD_PASSED))
            sun_say(out, "/SYS/%s%s\n", name,
                    what != (TOLD_PASSED | TOLD_FAILED) ? "" : failed ? " failed" : " passed");
    }
}

static void
inventory(struct mc *mc, unsigned what, struct wr *out)
{
    struct bytes record;
    char name[SUN_PATH];

    (void)what;
    for (unsigned n = 0; sun_nth_part(mc, n, &record, name); n++)
        sun_say(out, "/SYS/%s\n", name);
}

enum { TIME_START, TIME_END };

/* When the host's self test last began and ended: seconds since 1970. */
static void
test_time(struct mc *mc, unsigned what, struct wr *out)
{
    const struct host *host = mc->opts.host;
    struct host_delays delays;
    instant since;
    bool testing;

    if (host == NULL || host_stage(host) == HOST_STAGE_NOTHING)
        return;
    testing = host_stage(host) == HOST_STAGE_POST;
    if (testing && what == TIME_END)
        return;
    host_delays(host, &delays);
    since = host_since(host);
    if (!testing && what == TIME_START)
        since = since > delays.boot ? since - delays.boot : 0;
    sun_say(out, "%llu\n", (unsigned long long)(mc->world->epoch_s + since / SPAN_S(1)));
}

static void
self_test_step(struct mc *mc, unsigned what, struct wr *out)
{
    const struct host *host = mc->opts.host;

    (void)what;
    if (host != NULL && host_stage(host) != HOST_STAGE_NOTHING)
        sun_say(out, "POST %02X\n", host_post_code(host));
}

static void
last_command(struct mc *mc, unsigned what, struct wr *out)
{
    const char *line = sun_of(mc)->last_line;

    (void)what;
    sun_say(out, "%s\n", line != NULL ? line : "");
}

static const struct {
    const char *id;
    void (*make)(struct mc *mc, unsigned what, struct wr *out);
    unsigned what;
} files[] = {
    { "SSH_PUBKEYS", ssh_keys, 0 },
    { "DIAG_PASSED", verdicts, TOLD_PASSED },
    { "DIAG_FAILED", verdicts, TOLD_FAILED },
    { "DIAG_TEST_LOG", verdicts, TOLD_PASSED | TOLD_FAILED },
    { "DIAG_LAST_LOG", verdicts, TOLD_PASSED | TOLD_FAILED },
    { "DIAG_INVENTORY", inventory, 0 },
    { "DIAG_START_TIME", test_time, TIME_START },
    { "DIAG_END_TIME", test_time, TIME_END },
    { "DIAG_UEFI_LOG", self_test_step, 0 },
    { "DIAG_LAST_CMD", last_command, 0 },
};

/* Make the file of that id; false: there is none. What does not fit is lost. */
static bool
make_file(struct mc *mc, const char *id, struct wr *out)
{
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        if (strcmp(files[i].id, id) == 0) {
            files[i].make(mc, files[i].what, out);
            return true;
        }
    return false;
}

static enum ipmi_cc
get_file(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    char octets[FILE_MAX], id[FILE_ID + 1] = "";
    struct wr file = wr_of(octets, sizeof octets);
    size_t step = reply_room(mc, rq) - FILE_HEAD, size, at;
    uint32_t block;

    rd_copy(&rq->data, id, FILE_ID);
    block = rd_be32(&rq->data);
    if (!rd_done(&rq->data))
        return CC_LENGTH;
    if (!make_file(mc, id, &file))
        return CC_NOT_PRESENT;
    if (step > FILE_BLOCK)
        step = FILE_BLOCK;
    size = wr_len(&file);
    if (block > size / step)
        return CC_RANGE;
    at = block * step;
    wr_be32(rs, block);
    wr_be32(rs, (uint32_t)(size - at < step ? size - at : step));
    wr_u8(rs, size - at <= step);
    wr_bytes(rs, octets + at, size - at < step ? size - at : step);
    return CC_OK;
}

/* ---- behavior ---- */

static const struct {
    const char *id;
    bool enabled;
} behaviors[] = {
    { "SUPPORTS_SIGNED_PACKAGES", true },
    { "REQUIRES_SIGNED_PACKAGES", false },
};

static enum ipmi_cc
get_behavior(struct ipmi_req *rq, struct wr *rs)
{
    char id[BEHAVIOR_ID + 1] = "";

    rd_copy(&rq->data, id, BEHAVIOR_ID);
    if (!rd_done(&rq->data))
        return CC_LENGTH;
    for (size_t i = 0; i < sizeof behaviors / sizeof behaviors[0]; i++)
        if (strcmp(behaviors[i].id, id) == 0) {
            wr_u8(rs, behaviors[i].enabled);
            return CC_OK;
        }
    return CC_NOT_PRESENT;
}

enum ipmi_cc
sun_cmd_core_tunnel(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    switch (rd_u8(&rq->data)) {
    case TUNNEL_GET_FILE:
        return get_file(mc, rq, rs);
    case TUNNEL_GET_BEHAVIOR:
        return get_behavior(rq, rs);
    default:
        return CC_INVALID_FIELD;
    }
}
