#include "sim/mc/boot.h"

#include <string.h>

#include "sim/base/planted.h"
#include "sim/ipmi/param.h"

#define BOOT_VERSION 0x01        /* parameter version; no revision as elsewhere */
#define LOCKED 0x80              /* in the selector octet */

#define FLAGS 5                  /* selector of the boot flags */
#define ACK_BITS 0x1f
#define ACK_FIRMWARE 0x01        /* has yet to handle the options */
#define ACK_LOADER 0x02
#define KEEP_BITS 0x1f

/* Bits of the boot flags that have a meaning. */
static const uint8_t flags_bits[5] = { 0xe0, 0xff, 0xff, 0x0f, 0x1f };

static bool
valid(const struct boot *boot)
{
    return boot->flags[0] & BOOT_FLAGS_VALID;
}

static void
drop_valid(struct boot *boot)
{
    boot->flags[0] &= (uint8_t)~BOOT_FLAGS_VALID;
    timeline_disarm(&boot->world->timeline, &boot->valid_until);
}

static void
watch_valid(struct boot *boot)
{
    timeline_arm(&boot->world->timeline, &boot->valid_until,
                 instant_add(boot->world->now, BOOT_VALID_SPAN));
}

static void
valid_timed_out(void *ctx, instant at)
{
    struct boot *boot = ctx;

    (void)at;
    if (!(boot->keep & BOOT_KEEP_TIMEOUT) && !PLANTED(BOOT_FLAGS_NO_TIMEOUT))
        drop_valid(boot);
}

void
boot_init(struct boot *boot, struct world *world)
{
    memset(boot, 0, sizeof *boot);
    boot->world = world;
    timer_init(&boot->valid_until, TIMER_EXPIRY, valid_timed_out, boot);
}

void
boot_reset(struct boot *boot)
{
    uint8_t setting = boot->setting;

    timeline_disarm(&boot->world->timeline, &boot->valid_until);
    boot_init(boot, boot->world);
    boot->setting = setting;
}

/* The bit of parameter 3 that keeps the flags valid after a start of that
 * cause; a start that no bit speaks of always clears. */
static uint8_t
keep_bit(enum host_cause cause)
{
    switch (cause) {
    case CAUSE_POWER_BUTTON:
    case CAUSE_RTC:
        return BOOT_KEEP_POWER_BUTTON;
    case CAUSE_RESET_BUTTON:
    case CAUSE_SOFT_RESET:
        return BOOT_KEEP_RESET_BUTTON;
    case CAUSE_WATCHDOG:
        return BOOT_KEEP_WATCHDOG;
    case CAUSE_PEF_RESET:
    case CAUSE_PEF_CYCLE:
        return BOOT_KEEP_PEF;
    default:
        return 0;
    }
}

/* Flags are in force when they are valid and their parameter is not marked. */
static bool
in_force(const struct boot *boot)
{
    return valid(boot) && !(boot->locked >> FLAGS & 1u);
}

static void
forget_found(struct boot *boot)
{
    memset(boot->found, 0, sizeof boot->found);
}

void
boot_host_started(struct boot *boot, enum host_cause cause)
{
    if (cause != CAUSE_CHASSIS_CONTROL && !(boot->keep & keep_bit(cause)))
        drop_valid(boot);
    forget_found(boot);
    if (in_force(boot))
        memcpy(boot->found, boot->flags, sizeof boot->found);
}

void
boot_host_left(struct boot *boot)
{
    boot->progress = PROGRESS_COMPLETE;
    boot->locks_power = boot->locks_reset = boot->locks_standby = false;
    forget_found(boot);
}

/* The flags that firmware goes by; NULL: none. */
static const uint8_t *
flags_of_boot(const struct boot *boot)
{
    if (in_force(boot))
        return boot->flags;
    return boot->found[0] & BOOT_FLAGS_VALID ? boot->found : NULL;
}

static void
obey(struct boot *boot, const uint8_t flags[5])
{
    uint8_t device = flags[1] >> BOOT_DEVICE_SHIFT & BOOT_DEVICE_MASK;

    boot->locks_reset = flags[1] & BOOT_LOCK_RESET;
    boot->locks_power = flags[2] & BOOT_LOCK_POWER;
    boot->locks_standby = flags[2] & BOOT_LOCK_STANDBY;
    if (flags[1] & BOOT_CLEAR_SETTINGS)
        boot->setting = BOOT_DEVICE_ANY;
    if ((flags[0] & BOOT_FLAGS_PERSISTENT) && device != BOOT_DEVICE_SETUP)
        boot->setting = device;
    boot->device = device != BOOT_DEVICE_ANY ? device : boot->setting;
}

void
boot_choose(struct boot *boot)
{
    const uint8_t *flags = flags_of_boot(boot);

    boot->device = boot->setting;
    boot->ack[1] &= (uint8_t)~ACK_FIRMWARE;
    if (flags != NULL)
        obey(boot, flags);
    if (in_force(boot) && !(boot->flags[0] & BOOT_FLAGS_PERSISTENT) &&
        !PLANTED(BOOT_FLAGS_STAY))
        drop_valid(boot);
    forget_found(boot);
}

bool
boot_wants_progress(const struct boot *boot)
{
    const uint8_t *flags = flags_of_boot(boot);

    return flags != NULL && (flags[2] & BOOT_ALL_PROGRESS);
}

void
boot_loaded(struct boot *boot)
{
    boot->ack[1] &= (uint8_t)~ACK_LOADER;
}

void
boot_control_seen(struct boot *boot)
{
    if (valid(boot))
        watch_valid(boot);
}

static enum ipmi_cc
check_scan(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    (void)of;
    (void)ask;
    (void)len;
    data[0] &= 0x03;
    return CC_OK;
}

static enum ipmi_cc
check_keep(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    (void)of;
    (void)ask;
    (void)len;
    data[0] &= KEEP_BITS;
    return CC_OK;
}

/* Only bits under the mask change, so that each party acknowledges for
 * itself alone. */
static enum ipmi_cc
set_ack(void *of, const struct param_ask *ask, struct rd *data)
{
    struct boot *boot = of;
    uint8_t mask = rd_u8(data) & ACK_BITS;
    uint8_t value = rd_u8(data);

    (void)ask;
    boot->ack[1] = (uint8_t)((boot->ack[1] & ~mask) | (value & mask));
    return CC_OK;
}

static enum ipmi_cc
get_ack(const void *of, const struct param_ask *ask, struct wr *rs)
{
    const struct boot *boot = of;

    (void)ask;
    wr_bytes(rs, boot->ack, sizeof boot->ack);
    return CC_OK;
}

static enum ipmi_cc
set_flags(void *of, const struct param_ask *ask, struct rd *data)
{
    struct boot *boot = of;
    uint8_t flags[sizeof boot->flags];

    rd_copy(data, flags, sizeof flags);
    if ((flags[2] & BOOT_PASSWORD_BYPASS) && ask->privilege < PRIV_ADMIN)
        return CC_PRIVILEGE;
    for (size_t i = 0; i < sizeof flags; i++)
        boot->flags[i] = flags[i] & flags_bits[i];
    forget_found(boot);
    if (valid(boot))
        watch_valid(boot);
    else
        drop_valid(boot);
    return CC_OK;
}

static enum ipmi_cc
get_flags(const void *of, const struct param_ask *ask, struct wr *rs)
{
    const struct boot *boot = of;

    (void)ask;
    wr_bytes(rs, boot->flags, sizeof boot->flags);
    return CC_OK;
}

#define AT(field) .at = offsetof(struct boot, field), .keep = PARAM_VOLATILE

static const struct param rows[] = {
    { PARAM_PROGRESS, "Set in progress", .size = 1, AT(progress) },
    { 1, "Service partition selector", .size = 1, AT(partition) },
    { 2, "Service partition scan", .size = 1, AT(partition_scan), .check = check_scan },
    { 3, "BMC boot flag valid bit clearing", .size = 1, AT(keep), .check = check_keep },
    { 4, "Boot info acknowledge", .size = 2, AT(ack), .set = set_ack, .get = get_ack },
    { FLAGS, "Boot flags", .size = 5, AT(flags), .set = set_flags, .get = get_flags },
    { 6, "Boot initiator info", .size = 9, AT(initiator) },
    { 7, "Boot initiator mailbox", .size = 1, .size_max = BOOT_MAILBOX_BLOCK,
      .keys = PARAM_SETS, .set_max = BOOT_MAILBOX_BLOCKS - 1, AT(mailbox),
      .stride = BOOT_MAILBOX_BLOCK },
};

static const uint8_t *
load(const void *of, const struct param *row)
{
    (void)row;
    return of;
}

static uint8_t *
store(void *of, const struct param *row)
{
    (void)row;
    return of;
}

static const struct param_family family = {
    .name = "boot options",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
    .revision = BOOT_VERSION,
    .load = load,
    .store = store,
};

static void
set_locked(struct boot *boot, uint8_t selector, bool locked)
{
    uint8_t bit = (uint8_t)(1u << selector);

    boot->locked = (uint8_t)(locked ? boot->locked | bit : boot->locked & ~bit);
}

enum ipmi_cc
boot_set(struct boot *boot, struct ipmi_req *rq)
{
    uint8_t first = rd_u8(&rq->data);
    struct param_ask ask = {
        .selector = (uint8_t)(first & ~LOCKED), .privilege = rq->privilege,
    };
    enum ipmi_cc cc = CC_OK;

    if (param_find(&family, ask.selector) == NULL)
        return CC_CMD_80;
    /* The selector alone changes nothing but the mark. */
    if (rd_left(&rq->data) != 0)
        cc = param_set(&family, boot, &ask, &rq->data);
    if (cc == CC_OK)
        set_locked(boot, ask.selector, first & LOCKED);
    return cc;
}

enum ipmi_cc
boot_get(const struct boot *boot, struct ipmi_req *rq, struct wr *rs)
{
    struct param_ask ask = { .selector = (uint8_t)(rd_u8(&rq->data) & ~LOCKED) };
    struct wr before = *rs;
    enum ipmi_cc cc;

    ask.set = rd_u8(&rq->data);
    ask.block = rd_u8(&rq->data);
    if (param_find(&family, ask.selector) == NULL)
        return CC_CMD_80;
    wr_u8(rs, BOOT_VERSION);
    wr_u8(rs, ask.selector | (boot->locked >> ask.selector & 1u ? LOCKED : 0u));
    cc = param_get_data(&family, boot, &ask, rs);
    if (cc != CC_OK)
        *rs = before;
    return cc;
}
