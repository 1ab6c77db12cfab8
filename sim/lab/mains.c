#include "sim/lab/mains.h"

#include "sim/lab/chassis_unit.h"
#include "sim/mc/chassis.h"

/* The policy as it stands: commands may have changed what was described. */
static uint8_t
policy_of(struct mc *bmc)
{
    const struct chassis *chassis = chassis_of(bmc);

    return chassis != NULL ? chassis->policy : mc_machine(bmc)->power_policy;
}

static void
restore(struct mains *mains)
{
    struct host *host = chassis_unit_host(mains->unit);
    struct mc *bmc = chassis_unit_bmc(mains->unit);
    uint8_t policy = policy_of(bmc);

    if (policy == POLICY_ALWAYS_ON)
        (void)host_do(host, HOST_OP_ON, CAUSE_ALWAYS_RESTORE);
    else if (policy == POLICY_LAST_STATE && mains->was_on)
        (void)host_do(host, HOST_OP_ON, CAUSE_RESTORE_PREVIOUS);
}

static void
came_back(void *ctx, instant at)
{
    (void)at;
    restore(ctx);
}

void
mains_init(struct mains *mains, struct chassis_unit *unit)
{
    mains->unit = unit;
    timer_init(&mains->back, TIMER_DEVICE, came_back, mains);
}

void
mains_end(struct mains *mains)
{
    timeline_disarm(&chassis_unit_world(mains->unit)->timeline, &mains->back);
}

void
mains_begin(struct mains *mains)
{
    struct mc *bmc = chassis_unit_bmc(mains->unit);

    if (bmc == NULL || !mc_machine(bmc)->power_policy_given)
        return;
    mains->was_on = mc_machine(bmc)->power_on;
    restore(mains);
}

static void
power_controllers(struct chassis_unit *unit, bool on)
{
    struct mc *mc;

    for (uint32_t n = 0; (mc = chassis_unit_nth_mc(unit, n)) != NULL; n++)
        mc_set_power(mc, on);
}

static void
fail(struct mains *mains)
{
    struct host *host = chassis_unit_host(mains->unit);
    bool undecided = timer_armed(&mains->back);

    mains_end(mains);
    power_controllers(mains->unit, false);
    if (host == NULL)
        return;
    if (!undecided)
        mains->was_on = host_power_good(host);
    host_set_mains(host, false);
}

static void
come_back(struct mains *mains)
{
    struct host *host = chassis_unit_host(mains->unit);
    struct mc *bmc = chassis_unit_bmc(mains->unit);
    struct world *world = chassis_unit_world(mains->unit);

    if (host != NULL)
        host_set_mains(host, true);
    power_controllers(mains->unit, true);
    if (host == NULL || bmc == NULL)
        return;
    chassis_mains_back(chassis_of(bmc));
    (void)timeline_arm(&world->timeline, &mains->back, instant_add(world->now, MAINS_RESTORE));
}

void
mains_set(struct mains *mains, bool on)
{
    if (on != mains->failed)
        return;
    mains->failed = !on;
    if (on)
        come_back(mains);
    else
        fail(mains);
}
