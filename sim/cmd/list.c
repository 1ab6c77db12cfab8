/* list.c - ipmilab commands: what the rows say. */
#include <stdio.h>
#include <stdlib.h>

#include "sim/cmd/commands.h"
#include "sim/cmd/options.h"
#include "sim/mc/mc.h"

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
    else if (row->netfn == NETFN_OEM)
        snprintf(to, size, "%02X:%02X %02X %02X", row->netfn, (unsigned)(id & 255),
                 (unsigned)(id >> 8 & 255), (unsigned)(id >> 16 & 255));
    else
        snprintf(to, size, "%02X", row->netfn);
    return to;
}

static void
print_row(const struct command *row, const struct command_table *table, bool tsv)
{
    char netfn[16], min[8], max[8];

    printf(tsv ? "%s\t%02X\t%s\t%s\t%s\t%s\t%s\n" : "%-5s  %02X  %-44s %-10s %4s %4s  %s\n",
           netfn_id_text(row, table, netfn, sizeof netfn), row->cmd, row->name,
           needs_text(row->needs), length_text(row->len_min, min, sizeof min),
           length_text(row->len_max, max, sizeof max), row->section);
}

static void
print_rows(const struct command_set *set, bool tsv)
{
    const struct command_table *table;
    const struct command *row;

    if (tsv)
        printf("netfn\tcmd\tname\tprivilege\treq_min\treq_max\tsection\n");
    for (size_t n = 0; (row = command_nth(set, n, &table)) != NULL; n++)
        print_row(row, table, tsv);
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
        "lowest privilege, least and most request data, section of the specification.",
        rows, sizeof rows / sizeof rows[0],
    };
    const char **operands = calloc((size_t)argc + 1, sizeof *operands);
    const struct command_table *const *tables;
    struct command_set *commands;
    size_t count, extra;
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
    tables = mc_command_tables(&count);
    if (command_set_new(tables, count, &commands) != ST_OK)
        return EXIT_LAB;
    print_rows(commands, tsv);
    command_set_free(commands);
    return EXIT_GOOD;
}
