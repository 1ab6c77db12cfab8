#include "sim/oem/intel_nm.h"

#include <stdlib.h>
#include <string.h>

#include "sim/mc/mc_parts.h"

#define NOT_REGISTERED 0x80

struct nm *
nm_of(struct mc *mc)
{
    return oem_state(mc, &oem_intel_nm);
}

struct nm_policy *
nm_policy_find(struct nm *nm, uint8_t domain, uint8_t id)
{
    for (unsigned i = 0; i < nm->policy_places; i++)
        if (nm->policies[i].there && nm->policies[i].domain == domain && nm->policies[i].id == id)
            return &nm->policies[i];
    return NULL;
}

struct nm_policy *
nm_policy_room(struct nm *nm)
{
    if (nm->policies == NULL) {
        nm->policies = calloc(NM_POLICIES, sizeof *nm->policies);
        nm->policy_places = nm->policies != NULL ? NM_POLICIES : 0;
    }
    for (unsigned i = 0; i < nm->policy_places; i++)
        if (!nm->policies[i].there)
            return &nm->policies[i];
    return NULL;
}

static void
scan(void *ctx, instant at)
{
    (void)at;
    nm_review(ctx);
}

static void
init(struct mc *mc, void *state)
{
    struct nm *nm = state;

    nm->mc = mc;
    nm->on = true;
    for (unsigned d = 0; d < NM_DOMAINS; d++) {
        nm->domain_on[d] = true;
        nm->ranges[d] = (struct nm_range){ NM_WATTS_MIN, NM_WATTS_MAX };
        nm->since[d] = mc->world->now;
    }
    nm->destination[0] = NOT_REGISTERED;
    timer_init(&nm->scan, TIMER_DEVICE, scan, nm);
}

static void
forget_volatile(struct nm *nm)
{
    instant now = nm->mc->world->now;

    for (unsigned i = 0; i < nm->policy_places; i++) {
        struct nm_policy *p = &nm->policies[i];

        if (p->is_volatile)
            *p = (struct nm_policy){ 0 };
        p->over = p->acted = false;
        memset(p->above, 0, sizeof p->above);
        p->since = now;
        p->inlet = (struct nm_inlet){ 0 };
    }
    for (unsigned d = 0; d < NM_DOMAINS; d++)
        nm->since[d] = now;
    nm->inlet = (struct nm_inlet){ 0 };
    nm->missing = false;
}

static void
reset(struct mc *mc, void *state)
{
    (void)mc;
    forget_volatile(state);
    nm_review(state);
}

static void
end(struct mc *mc, void *state)
{
    struct nm *nm = state;

    (void)mc;
    nm_stop(nm);
    free(nm->policies);
}

static const struct command_table *const tables[] = {
    &oem_intel_nm_policy_commands, &oem_intel_nm_commands,
};

const struct oem_profile oem_intel_nm = {
    .name = "intel-nm",
    .what = "Intel Node Manager 3.0, power limits and statistics",
    .tables = tables,
    .table_count = sizeof tables / sizeof tables[0],
    .state_size = sizeof(struct nm),
    .init = init,
    .reset = reset,
    .end = end,
};
