#include "capture/command_names.h"

#include <stdlib.h>

#include "sim/mc/mc.h"
#include "sim/oem/profiles.h"

struct command_names {
    struct command_set *set;
};

struct command_names *
command_names_new(void)
{
    struct command_names *names = calloc(1, sizeof *names);
    size_t count;
    const struct command_table *const *tables = mc_command_tables(&count);

    if (names != NULL && command_set_new(tables, count, &names->set) != ST_OK) {
        free(names);
        return NULL;
    }
    return names;
}

void
command_names_free(struct command_names *names)
{
    if (names == NULL)
        return;
    command_set_free(names->set);
    free(names);
}

static const char *
name_in(const struct command_table *table, unsigned netfn, unsigned cmd)
{
    for (size_t i = 0; i < table->count; i++)
        if (table->rows[i].netfn == netfn && table->rows[i].cmd == cmd)
            return table->rows[i].name;
    return NULL;
}

/* Of the profiles that have a manufacturer's commands, the first that has it. */
static const char *
name_of_manufacturer(unsigned cmd, uint32_t iana)
{
    const struct oem_profile *profile;
    const char *name = NULL;

    for (size_t n = 0; name == NULL && (profile = oem_profile_nth(n)) != NULL; n++)
        for (size_t i = 0; name == NULL && i < profile->table_count; i++)
            if (profile->tables[i]->id == iana)
                name = name_in(profile->tables[i], NETFN_OEM, cmd);
    return name;
}

const char *
command_name(const struct command_names *names, unsigned netfn, unsigned cmd, uint32_t id)
{
    const struct command *row = command_find(names->set, netfn & ~1u, cmd, id);

    if (row != NULL)
        return row->name;
    return (netfn & ~1u) == NETFN_OEM ? name_of_manufacturer(cmd, id) : NULL;
}
