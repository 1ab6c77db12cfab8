#include "sim/mc/oem_params.h"

#include "sim/mc/mc_parts.h"

/* What is asked: of System Info, or of the LAN channel. */
struct asked {
    bool lan;
    uint8_t channel;
    const struct param_ask *ask;
};

/* The n-th profile that is asked; NULL past the last. */
static const struct oem_profile *
nth_profile(const struct mc *mc, const struct asked *a, unsigned n)
{
    if (a->ask->selector < OEM_PARAM_FIRST || n >= oem_profile_count(mc))
        return NULL;
    return mc->machine->profiles[n];
}

static enum ipmi_cc
get_of(struct mc *mc, const struct oem_profile *p, const struct asked *a, struct wr *data)
{
    const struct param_ask *ask = a->ask;

    if (a->lan && p->get_lan != NULL)
        return p->get_lan(mc, a->channel, ask->selector, ask->set, ask->block, data);
    if (!a->lan && p->get_sysinfo != NULL)
        return p->get_sysinfo(mc, ask->selector, ask->set, ask->block, data);
    return CC_PARAM_UNSUPPORTED;
}

static enum ipmi_cc
set_of(struct mc *mc, const struct oem_profile *p, const struct asked *a, struct rd *data)
{
    if (a->lan && p->set_lan != NULL)
        return p->set_lan(mc, a->channel, a->ask->selector, data);
    if (!a->lan && p->set_sysinfo != NULL)
        return p->set_sysinfo(mc, a->ask->selector, data);
    return CC_PARAM_UNSUPPORTED;
}

static enum ipmi_cc
get(struct mc *mc, const struct asked *a, bool revision_only, struct wr *rs)
{
    const struct oem_profile *p;
    const struct wr before = *rs;

    for (unsigned n = 0; (p = nth_profile(mc, a, n)) != NULL; n++) {
        struct wr revision;
        enum ipmi_cc cc;

        wr_u8(rs, PARAM_REVISION);
        revision = *rs;
        cc = get_of(mc, p, a, rs);
        if (cc != CC_OK)
            *rs = before;
        else if (revision_only)
            *rs = revision;
        if (cc != CC_PARAM_UNSUPPORTED)
            return cc;
    }
    return CC_PARAM_UNSUPPORTED;
}

static enum ipmi_cc
set(struct mc *mc, const struct asked *a, struct rd *data)
{
    const struct oem_profile *p;

    for (unsigned n = 0; (p = nth_profile(mc, a, n)) != NULL; n++) {
        struct rd all = *data;
        enum ipmi_cc cc = set_of(mc, p, a, &all);

        if (cc == CC_PARAM_UNSUPPORTED)
            continue;
        *data = all;
        return cc;
    }
    return CC_PARAM_UNSUPPORTED;
}

enum ipmi_cc
oem_sysinfo_get(struct mc *mc, const struct param_ask *ask, bool revision_only, struct wr *rs)
{
    return get(mc, &(struct asked){ .ask = ask }, revision_only, rs);
}

enum ipmi_cc
oem_sysinfo_set(struct mc *mc, const struct param_ask *ask, struct rd *data)
{
    return set(mc, &(struct asked){ .ask = ask }, data);
}

enum ipmi_cc
oem_lan_get(struct mc *mc, uint8_t channel, const struct param_ask *ask, bool revision_only,
            struct wr *rs)
{
    return get(mc, &(struct asked){ true, channel, ask }, revision_only, rs);
}

enum ipmi_cc
oem_lan_set(struct mc *mc, uint8_t channel, const struct param_ask *ask, struct rd *data)
{
    return set(mc, &(struct asked){ true, channel, ask }, data);
}
