#include "sim/oem/defaults.h"

#include <stdlib.h>
#include <string.h>

#include "sim/mc/mc_parts.h"

#define IN_PROGRESS 0x00
#define COMPLETE 0x01

/* ---- parts ---- */

static enum ipmi_cc
users_anew(struct mc *mc)
{
    struct users *before = mc->users;
    struct users *now;
    enum status st;

    if (before == NULL)
        return CC_OK;
    mc->users = NULL;
    st = users_init(mc);
    now = mc->users;
    mc->users = st == ST_OK ? before : now;
    users_free(mc);
    mc->users = st == ST_OK ? now : before;
    return st == ST_OK ? CC_OK : CC_NO_SPACE;
}

/* Take over what was made anew; the channel reads the configuration where it
 * is, and its counters go on. */
static void
lan_take_over(struct lanparm *lp, struct lanparm *anew)
{
    memcpy(anew->cleared, lp->cleared, sizeof anew->cleared);
    free(lp->six);
    *lp = *anew;
    anew->six = NULL;
}

static enum ipmi_cc
lan_anew(struct mc *mc)
{
    struct lanparm *before[MC_LANS_MAX], *anew[MC_LANS_MAX];
    enum status st;

    memcpy(before, mc->lanparm, sizeof before);
    memset(mc->lanparm, 0, sizeof mc->lanparm);
    st = lanparm_init(mc);
    memcpy(anew, mc->lanparm, sizeof anew);
    for (unsigned i = 0; st == ST_OK && i < MC_LANS_MAX; i++)
        if (before[i] != NULL && anew[i] != NULL)
            lan_take_over(before[i], anew[i]);
    lanparm_free(mc);
    memcpy(mc->lanparm, before, sizeof before);
    return st == ST_OK ? CC_OK : CC_NO_SPACE;
}

static enum ipmi_cc
sol_anew(struct mc *mc)
{
    struct solport *sol = mc->sol;

    for (unsigned i = 0; sol != NULL && i < mc->lan_count; i++) {
        const struct solport_config *factory;

        mc->sol = NULL;
        factory = solport_config(mc, i);
        mc->sol = sol;
        *solport_own_config(mc, i) = *factory;
        solport_changed(mc, i);
    }
    return CC_OK;
}

static enum ipmi_cc
serial_anew(struct mc *mc)
{
    if (mc->serial != NULL && mc->serial->config != NULL)
        *mc->serial->config = serial_factory;
    return CC_OK;
}

/* The factory's policies name a LAN that this machine may not have. */
static enum ipmi_cc
pef_anew(struct mc *mc)
{
    uint8_t channel = mc->lan_count > 0 ? mc->machine->lans[0].channel : PEF_FACTORY_CHANNEL;
    struct pef_config *config;

    if (mc->pef == NULL || mc->pef->config == NULL)
        return CC_OK;
    config = mc->pef->config;
    *config = pef_factory;
    for (unsigned i = 0; i < PEF_POLICIES; i++)
        if (config->policies[i][0] != 0)
            config->policies[i][1] = (uint8_t)(channel << 4 | (config->policies[i][1] & 0x0f));
    return pef_set_control(mc, config->control) ? CC_OK : CC_NO_SPACE;
}

static const struct {
    uint8_t part;
    enum ipmi_cc (*anew)(struct mc *mc);
} parts_anew[] = {
    { OEM_DEFAULTS_USERS, users_anew },
    { OEM_DEFAULTS_LAN, lan_anew },
    { OEM_DEFAULTS_SOL, sol_anew },
    { OEM_DEFAULTS_SERIAL, serial_anew },
    { OEM_DEFAULTS_PEF, pef_anew },
};

enum ipmi_cc
oem_defaults(struct mc *mc, uint8_t parts)
{
    enum ipmi_cc cc = CC_OK;

    for (size_t i = 0; cc == CC_OK && i < sizeof parts_anew / sizeof parts_anew[0]; i++)
        if (parts & parts_anew[i].part)
            cc = parts_anew[i].anew(mc);
    return cc;
}

/* ---- the task ---- */

enum ipmi_cc
oem_defaults_restore(struct mc *mc, struct ipmi_req *rq, struct oem_task *task, bool *rest,
                     struct wr *rs)
{
    uint8_t mask = rd_u8(&rq->data);
    uint8_t others = mask & OEM_DEFAULTS_REST;
    enum ipmi_cc cc;

    *rest = others == OEM_DEFAULTS_REST;
    if (others != 0 && !*rest)
        return CC_INVALID_FIELD;
    cc = oem_defaults(mc, mask & OEM_DEFAULTS_PARTS);
    if (cc != CC_OK)
        return cc;
    task->id = task->id == UINT8_MAX ? 1 : (uint8_t)(task->id + 1);
    task->began = mc->world->now;
    wr_u8(rs, task->id);
    return CC_OK;
}

enum ipmi_cc
oem_defaults_status(struct mc *mc, struct ipmi_req *rq, const struct oem_task *task,
                    struct wr *rs)
{
    uint8_t id = rd_u8(&rq->data);
    instant now = mc->world->now;

    if (id == 0 || id != task->id || now >= instant_add(task->began, OEM_DEFAULTS_VALID))
        return CC_RANGE;
    wr_u8(rs, now < instant_add(task->began, OEM_DEFAULTS_SPAN) ? IN_PROGRESS : COMPLETE);
    return CC_OK;
}
