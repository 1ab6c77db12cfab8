#include "sim/mc/oem_library.h"

#include <assert.h>
#include <stdlib.h>

#include "sim/mc/machine.h"
#include "sim/mc/oem_rules.h"

struct shared_profile {
    const struct oem_profile *profile;
    struct command_set *set;
};

struct shared_rules {
    const struct machine_mc *machine;
    struct oem_rules *rules;
    uint32_t users;
};

struct oem_library {
    struct oem_rows rows;
    const struct command_layer *layers[1];
    struct shared_profile *profiles;
    size_t profile_count;
    struct shared_rules *machines;
    size_t machine_count;
    oem_pef_fn *pef;
    void *pef_ctx;
};

struct oem_library *
oem_library_new(void)
{
    struct oem_library *lib = calloc(1, sizeof *lib);

    if (lib != NULL)
        lib->layers[0] = &lib->rows.layer;
    return lib;
}

void
oem_library_free(struct oem_library *lib)
{
    if (lib == NULL)
        return;
    assert(lib->machine_count == 0);
    for (size_t i = 0; i < lib->profile_count; i++)
        command_set_free(lib->profiles[i].set);
    free(lib->profiles);
    free(lib->machines);
    oem_rows_free(&lib->rows);
    free(lib);
}

struct oem_rows *
oem_library_rows(struct oem_library *lib)
{
    return &lib->rows;
}

const struct command_layer *const *
oem_library_layers(const struct oem_library *lib)
{
    return lib->layers;
}

/* ---- profiles ---- */

enum status
oem_library_profile(struct oem_library *lib, const struct oem_profile *profile,
                    const struct command_set **out)
{
    struct shared_profile *more, *at;
    enum status st;

    for (size_t i = 0; i < lib->profile_count; i++)
        if (lib->profiles[i].profile == profile) {
            *out = lib->profiles[i].set;
            return ST_OK;
        }
    more = realloc(lib->profiles, (lib->profile_count + 1) * sizeof *more);
    if (more == NULL)
        return ST_NOMEM;
    lib->profiles = more;
    at = &more[lib->profile_count];
    *at = (struct shared_profile){ .profile = profile };
    st = command_set_new(profile->tables, profile->table_count, &at->set);
    if (st != ST_OK)
        return st;
    lib->profile_count++;
    *out = at->set;
    return ST_OK;
}

/* ---- rules ---- */

static struct shared_rules *
find_rules(const struct oem_library *lib, const struct machine_mc *machine)
{
    for (size_t i = 0; i < lib->machine_count; i++)
        if (lib->machines[i].machine == machine)
            return &lib->machines[i];
    return NULL;
}

static enum status
add_rules(struct oem_library *lib, const struct machine_mc *machine, struct shared_rules **out)
{
    struct shared_rules *more =
        realloc(lib->machines, (lib->machine_count + 1) * sizeof *more);
    enum status st;

    if (more == NULL)
        return ST_NOMEM;
    lib->machines = more;
    *out = &more[lib->machine_count];
    **out = (struct shared_rules){ .machine = machine };
    st = oem_rules_new(machine, &(*out)->rules);
    if (st == ST_OK)
        lib->machine_count++;
    return st;
}

enum status
oem_library_rules(struct oem_library *lib, const struct machine_mc *machine,
                  const struct command_set **out)
{
    struct shared_rules *shared = find_rules(lib, machine);
    enum status st = shared != NULL ? ST_OK : add_rules(lib, machine, &shared);

    if (st != ST_OK)
        return st;
    shared->users++;
    *out = oem_rules_set(shared->rules);
    return ST_OK;
}

void
oem_library_drop_rules(struct oem_library *lib, const struct machine_mc *machine)
{
    struct shared_rules *shared = find_rules(lib, machine);

    if (--shared->users)
        return;
    oem_rules_free(shared->rules);
    *shared = lib->machines[--lib->machine_count];
}

/* ---- PEF ---- */

void
oem_library_on_pef(struct oem_library *lib, oem_pef_fn *fn, void *ctx)
{
    lib->pef = fn;
    lib->pef_ctx = ctx;
}

void
oem_library_tell_pef(struct oem_library *lib, struct mc *mc, const uint8_t *record)
{
    if (lib->pef != NULL)
        lib->pef(lib->pef_ctx, mc, record);
}
