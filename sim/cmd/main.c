#include <stdio.h>
#include <string.h>

#include "sim/cmd/commands.h"
#include "sim/cmd/options.h"
#include "sim/cmd/plant.h"

#ifndef IPMILAB_VERSION
#define IPMILAB_VERSION "unknown"
#endif

static const struct {
    const char *name;
    subcommand_fn *run;
    const char *help;
} subcommands[] = {
    { "serve", cmd_serve, "run BMCs until interrupted" },
    { "check", cmd_check, "validate machines, SDR sources, FRU texts and scenarios" },
    { "commands", cmd_commands, "list every IPMI command the simulator knows" },
    { "fru", cmd_fru, "compile FRU text to a device's octets, and print it back" },
    { "run", cmd_run, "play one scenario and show what it prints" },
    { "sdr", cmd_sdr, "compile SDR source to binary, and print it back" },
    { "trace", cmd_trace, "print, decrypt, replay and compare captures" },
    { "test", cmd_test, "play scenarios and judge their claims" },
};

#define SUBCOMMANDS (sizeof subcommands / sizeof subcommands[0])

static void
print_usage(FILE *to)
{
    fprintf(to, "usage: ipmilab COMMAND [ARGUMENT...]\n\ncommands:\n");
    for (size_t i = 0; i < SUBCOMMANDS; i++)
        fprintf(to, "  %-10s %s\n", subcommands[i].name, subcommands[i].help);
    fprintf(to, "\n\"ipmilab COMMAND --help\" says more; --version the version.\n");
}

static const char *
base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

static int
run_subcommand(const char *name, int argc, char **argv)
{
    for (size_t i = 0; i < SUBCOMMANDS; i++)
        if (strcmp(subcommands[i].name, name) == 0)
            return subcommands[i].run(argc, argv);
    fprintf(stderr, "ipmilab: \"%s\" is no command; found instead of one of:\n", name);
    print_usage(stderr);
    return EXIT_USAGE;
}

int
main(int argc, char **argv)
{
    int code = plant_chosen();

    if (code >= 0)
        return code;
    if (argc > 0 && strcmp(base_name(argv[0]), "ipmi_sim") == 0)
        return cmd_ipmi_sim(argc, argv);
    if (argc < 2) {
        print_usage(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        print_usage(stdout);
        return EXIT_GOOD;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("ipmilab %s%s\n", IPMILAB_VERSION, PLANT_VERSION);
        return EXIT_GOOD;
    }
    return run_subcommand(argv[1], argc - 1, argv + 1);
}
