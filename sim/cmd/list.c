/* list.c - ipmilab commands: what the rows say. */
#include <stdio.h>
#include <stdlib.h>

#include "sim/cmd/commands.h"
#include "sim/cmd/options.h"
#include "sim/mc/mc.h"
#include "sim/oem/profiles.h"

/* Widths of the first column: a network function and what stands behind it. */
#define GROUP_WIDTH 5
#define IANA_WIDTH 11

/* Who may ask, in the words of the specification's Appendix G. */
static const char *
needs_text(uint8_t needs)
{
    switch (needs) {
    case NEEDS_NOTHING:
        return "Any";
    case NEEDS_CALLBACK:
        return "Callback";
    case NEEDS_USER:
        return "User";
    case NEEDS_OPERATOR:
        return "Operator";
    case NEEDS_ADMIN:
        return "Admin";
    case NEEDS_SYSTEM:
        return "local-only";
    default:
        return "by payload";
    }
}

static const char *
length_text(unsigned len, char *to, size_t size)
{
    if (len == LEN_ANY)
        snprintf(to, size, "*");
    else
        snprintf(to, size, "%u", len);
    return to;
}

static const char *
netfn_id_text(const struct command *row, const struct command_table *table, char *to,
              size_t size)
{
    uint32_t id = table->id;

    if (row->netfn == NETFN_GROUP)
        snprintf(to, size, "%02X:%02X", row->netfn, (unsigned)id);
    else if (row->netfn == NETFN_OEM && id != COMMAND_NO_IANA)
        snprintf(to, size, "%02X:%02X %02X %02X", row->netfn, (unsigned)(id & 255),
                 (unsigned)(id >> 8 & 255), (unsigned)(id >> 16 & 255));
    else
        snprintf(to, size, "%02X", row->netfn);
    return to;
}

static void
print_row(const struct command *row, const struct command_table *table, const char *profile,
          bool tsv)
{
    int width = tsv ? 0 : profile[0] ? IANA_WIDTH : GROUP_WIDTH;
    char netfn[16], min[8], max[8];

    printf(tsv ? "%-*s\t%02X\t%s\t%s\t%s\t%s\t%s\t" : "%-*s  %02X  %-44s %-10s %4s %4s  %s",
           width, netfn_id_text(row, table, netfn, sizeof netfn), row->cmd, row->name,
           needs_text(command_needs(row)), length_text(row->len_min, min, sizeof min),
           length_text(row->len_max, max, sizeof max), row->section);
    printf("%s\n", tsv ? profile : "");
}

/* The rows of some tables; profile: whose, "" for the standard ones. */
static bool
print_tables(const struct command_table *const *tables, size_t count, const char *profile,
             bool tsv)
{
    const struct command_table *table;
    const struct command *row;
    struct command_set *set;

    if (command_set_new(tables, count, &set) != ST_OK)
        return false;
    for (size_t n = 0; (row = command_nth(set, n, &table)) != NULL; n++)
        print_row(row, table, profile, tsv);
    command_set_free(set);
    return true;
}

static bool
print_standard(bool tsv)
{
    size_t count;
    const struct command_table *const *tables = mc_command_tables(&count);

    if (tsv)
        printf("netfn\tcmd\tname\tprivilege\treq_min\treq_max\tsection\tprofile\n");
    return print_tables(tables, count, "", tsv);
}

static bool
print_profiles(bool tsv)
{
    const struct oem_profile *profile;

    for (size_t n = 0; (profile = oem_profile_nth(n)) != NULL; n++) {
        if (!tsv)
            printf("\noem_profile %s: %s\n", profile->name, profile->what);
        if (!print_tables(profile->tables, profile->table_count, profile->name, tsv))
            return false;
    }
    return true;
}

int
cmd_commands(int argc, char **argv)
{
    bool tsv = false;
    const struct option_row rows[] = {
        { "tsv", 0, OPTION_FLAG, &tsv, 0, 0, NULL, "tab-separated, with a heading" },
    };
    const struct option_set set = {
        "ipmilab commands [--tsv]",
        "Lists every IPMI command the simulator knows: network function, command, name,\n"
        "lowest privilege, least and most request data, section of the specification;\n"
        "then those of each vendor's profile (oem_profile).",
        rows, sizeof rows / sizeof rows[0],
    };
    const char **operands = calloc((size_t)argc + 1, sizeof *operands);
    size_t extra;
    int code;

    if (operands == NULL)
        return EXIT_LAB;
    code = options_parse(&set, argc, argv, operands, &extra);
    free(operands);
    if (code >= 0)
        return code;
    if (extra) {
        fprintf(stderr, "ipmilab: commands takes no operands\nusage: %s\n", set.usage);
        return EXIT_USAGE;
    }
    return print_standard(tsv) && print_profiles(tsv) ? EXIT_GOOD : EXIT_LAB;
}
