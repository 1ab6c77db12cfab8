/* check.c - ipmilab check: what is wrong with files, all of it. */
#include <stdlib.h>

#include "emu/emu.h"
#include "emu/fru_source.h"
#include "lua/inspect.h"
#include "sim/cmd/commands.h"
#include "sim/cmd/load.h"
#include "sim/cmd/options.h"
#include "sim/cmd/target.h"
#include "sim/cmd/troupe_dirs.h"

/* FRU text makes no machine by itself: check it, and leave the other files. */
static size_t
check_frus(const char **files, size_t count, struct diags *diags)
{
    struct fru_image image;
    size_t others = 0;

    for (size_t i = 0; i < count; i++) {
        if (!emu_path_ends(files[i], ".fru"))
            files[others++] = files[i];
        else if (fru_source_file(NULL, files[i], 0, diags, &image) == ST_OK)
            free(image.octets);
    }
    return others;
}

/* The same for scenarios. */
static enum status
inspect_scenarios(struct troupe *troupe, const char **files, size_t *count, struct diags *diags)
{
    const struct option_texts nowhere_else = { 0 };
    size_t others = 0;
    enum status st = ST_OK;

    troupe_dirs(troupe, &nowhere_else);
    for (size_t i = 0; i < *count && st == ST_OK; i++) {
        if (!emu_path_ends(files[i], ".lua"))
            files[others++] = files[i];
        else
            st = scenario_inspect(troupe, files[i], diags);
    }
    *count = others;
    return st;
}

/* Their outermost lines may ask which programs there are. */
static enum status
check_scenarios(const char **files, size_t *count, struct diags *diags)
{
    const struct target_opts none = TARGET_DEFAULTS;
    struct target outside;
    struct troupe *troupe;
    enum status st = troupe_new(&troupe);

    if (st != ST_OK)
        return st;
    if (target_open(&none, &outside) < 0) {
        troupe_set_outside(troupe, &outside.setup);
        st = inspect_scenarios(troupe, files, count, diags);
    } else
        st = ST_IO;
    target_close(&outside);
    troupe_free(troupe);
    return st;
}

static int
check_files(const char **files, size_t count, bool quiet)
{
    struct description **machines = NULL;
    struct diags diags;
    size_t n = 0;
    enum status st;

    diags_init(&diags);
    count = check_frus(files, count, &diags);
    st = check_scenarios(files, &count, &diags);
    if (st == ST_OK && count > 0)
        st = emu_load(files, count, NULL, &diags, &machines, &n);
    if (st == ST_OK && diags.errors > 0)
        st = ST_INVALID;
    diags_show(&diags, quiet, stdout);
    if (st == ST_OK && !quiet)
        printf("%zu machine%s, %zu error%s, %zu warning%s\n", n, n == 1 ? "" : "s",
               diags.errors, diags.errors == 1 ? "" : "s", diags.warnings,
               diags.warnings == 1 ? "" : "s");
    for (size_t i = 0; i < n; i++)
        description_unref(machines[i]);
    free(machines);
    diags_free(&diags);
    return st == ST_OK ? EXIT_GOOD : st == ST_INVALID ? EXIT_USAGE : EXIT_LAB;
}

int
cmd_check(int argc, char **argv)
{
    bool quiet = false;
    const struct option_row rows[] = {
        { "quiet", 'q', OPTION_FLAG, &quiet, 0, 0, NULL, "print errors alone" },
    };
    const struct option_set set = {
        "ipmilab check FILE... [--quiet]",
        "Validates .emu, lan.conf, SDR source and FRU text files as \"ipmilab serve\" would\n"
        "read them, and scenarios (.lua), whose tests are not played; prints each mistake with\n"
        "its place: file:line:column: found; expected.\n"
        "Exit status 0: all good (warnings aside); 2: errors.",
        rows, sizeof rows / sizeof rows[0],
    };
    const char **files = calloc((size_t)argc + 1, sizeof *files);
    size_t count;
    int code;

    if (files == NULL)
        return EXIT_LAB;
    code = options_parse(&set, argc, argv, files, &count);
    if (code < 0 && count == 0) {
        fprintf(stderr, "ipmilab: check: no file given\nusage: %s\n", set.usage);
        code = EXIT_USAGE;
    }
    if (code < 0)
        code = check_files(files, count, quiet);
    free(files);
    return code;
}
