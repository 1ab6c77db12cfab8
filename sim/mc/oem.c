#include "sim/mc/oem.h"

#include <stdlib.h>

#include "sim/mc/mc_parts.h"
#include "sim/mc/oem_library.h"
#include "sim/mc/oem_rules.h"

_Static_assert(MACHINE_PROFILES_MAX == OEM_PROFILES_MAX, "as many in a machine as here");

/* In the order of oem.h: rules, rows of the controller, rows of all, profiles. */
#define LAYERS_MAX (3 + OEM_PROFILES_MAX)

struct oem {
    const struct command_layer *layers[LAYERS_MAX];
    struct command_layer rules;
    struct oem_rows rows;                       /* of this controller alone */
    struct command_layer sets[OEM_PROFILES_MAX];
    void *state[OEM_PROFILES_MAX];              /* as machine->profiles; NULL: none */
    unsigned profile_count;
    struct oem_late *late;                      /* NULL: no rule takes its time */
};

/* ---- profiles ---- */

void *
oem_state(struct mc *mc, const struct oem_profile *profile)
{
    for (unsigned i = 0; mc->oem != NULL && i < mc->oem->profile_count; i++)
        if (mc->machine->profiles[i] == profile)
            return mc->oem->state[i];
    return NULL;
}

unsigned
oem_profile_count(const struct mc *mc)
{
    return mc->oem != NULL ? mc->oem->profile_count : 0;
}

static enum status
add_profile(struct mc *mc, const struct oem_profile *profile)
{
    struct oem *oem = mc->oem;
    unsigned n = oem->profile_count;
    enum status st = oem_library_profile(mc->opts.oem, profile, &oem->sets[n].set);

    if (st != ST_OK)
        return st;
    if (profile->state_size) {
        oem->state[n] = calloc(1, profile->state_size);
        if (oem->state[n] == NULL)
            return ST_NOMEM;
    }
    oem->profile_count++;
    if (profile->init != NULL)
        profile->init(mc, oem->state[n]);
    return ST_OK;
}

static enum status
add_profiles(struct mc *mc)
{
    const struct oem_profile *const *profiles = mc->machine->profiles;
    enum status st = ST_OK;

    for (unsigned i = 0; st == ST_OK && i < OEM_PROFILES_MAX && profiles[i] != NULL; i++)
        st = add_profile(mc, profiles[i]);
    return st;
}

/* ---- rules ---- */

static enum status
add_rules(struct mc *mc)
{
    enum status st = ST_OK;

    if (mc->machine->rule_count == 0)
        return ST_OK;
    st = oem_library_rules(mc->opts.oem, mc->machine, &mc->oem->rules.set);
    if (st != ST_OK || !oem_rules_late(mc->machine))
        return st;
    mc->oem->late = oem_late_new(mc);
    return mc->oem->late != NULL ? ST_OK : ST_NOMEM;
}

struct oem_late *
oem_late(struct mc *mc)
{
    return mc->oem->late;
}

/* ---- the part ---- */

static void
put_layers(struct mc *mc)
{
    struct oem *oem = mc->oem;
    unsigned n = 0;

    oem->layers[n++] = &oem->rules;
    oem->layers[n++] = &oem->rows.layer;
    oem->layers[n++] = &oem_library_rows(mc->opts.oem)->layer;
    for (unsigned i = 0; i < oem->profile_count; i++)
        oem->layers[n++] = &oem->sets[i];
    mc->gate.layers = oem->layers;
    mc->gate.layer_count = n;
}

/* A controller that has nothing of its own has the rows that all have. */
static void
put_shared_layers(struct mc *mc)
{
    if (mc->opts.oem == NULL)
        return;
    mc->gate.layers = oem_library_layers(mc->opts.oem);
    mc->gate.layer_count = 1;
}

static enum status
make_own(struct mc *mc)
{
    if (mc->oem != NULL)
        return ST_OK;
    if (mc->opts.oem == NULL)
        return ST_INVALID;
    mc->oem = calloc(1, sizeof *mc->oem);
    if (mc->oem == NULL)
        return ST_NOMEM;
    put_layers(mc);
    return ST_OK;
}

struct oem_rows *
oem_rows_of(struct mc *mc)
{
    return make_own(mc) == ST_OK ? &mc->oem->rows : NULL;
}

enum status
oem_init(struct mc *mc)
{
    const struct machine_mc *m = mc->machine;
    bool any = m->profiles[0] != NULL || m->rule_count > 0;
    enum status st = ST_OK;

    put_shared_layers(mc);
    if (!any || (mc->gate.groups & GROUP_OEM_CMDS) == 0)
        return ST_OK;
    st = make_own(mc);
    if (st == ST_OK)
        st = add_rules(mc);
    if (st == ST_OK)
        st = add_profiles(mc);
    if (st == ST_OK)
        put_layers(mc);
    return st;
}

void
oem_reset(struct mc *mc)
{
    struct oem *oem = mc->oem;

    if (oem == NULL)
        return;
    if (oem->late != NULL)
        oem_late_forget(oem->late);
    for (unsigned i = 0; i < oem->profile_count; i++) {
        const struct oem_profile *profile = mc->machine->profiles[i];

        if (profile->reset != NULL)
            profile->reset(mc, oem->state[i]);
    }
}

void
oem_free(struct mc *mc)
{
    struct oem *oem = mc->oem;

    if (oem == NULL)
        return;
    mc->gate.layer_count = 0;
    for (unsigned i = 0; i < oem->profile_count; i++)
        if (mc->machine->profiles[i]->end != NULL)
            mc->machine->profiles[i]->end(mc, oem->state[i]);
    for (unsigned i = 0; i < OEM_PROFILES_MAX; i++)
        free(oem->state[i]);
    oem_late_free(oem->late);
    oem_rows_free(&oem->rows);
    if (oem->rules.set != NULL)
        oem_library_drop_rules(mc->opts.oem, mc->machine);
    free(oem);
    mc->oem = NULL;
}

/* ---- PEF ---- */

void
oem_pef_action(struct mc *mc, const uint8_t *record)
{
    struct oem *oem = mc->oem;

    for (unsigned i = 0; oem != NULL && i < oem->profile_count; i++) {
        const struct oem_profile *profile = mc->machine->profiles[i];

        if (profile->pef_action != NULL)
            profile->pef_action(mc, oem->state[i], record);
    }
    if (mc->opts.oem != NULL)
        oem_library_tell_pef(mc->opts.oem, mc, record);
}
