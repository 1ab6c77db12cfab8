/*
 * replay_main.c - the main of a fuzz target built without a fuzzer.
 *
 *     fuzz_NAME [-OPTION...] FILE-OR-FOLDER...
 *
 * Feeds each file, and each file of each folder in the order of their names,
 * to the target once. Options are libFuzzer's and mean nothing here. Exit 0
 * when all were fed, 1 when one could not be read or there was none at all;
 * a target that is wrong aborts.
 */
#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SEED_MAX (1u << 20) /* libFuzzer's own limit for a corpus file */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct tally {
    unsigned fed;
    unsigned failed;
};

/* Read a file into octets of its own, so that a sanitizer sees their end. */
static uint8_t *
read_seed(const char *path, size_t *len)
{
    uint8_t *all = NULL;
    uint8_t *seed = NULL;
    FILE *file = fopen(path, "rb");

    if (file == NULL)
        return NULL;
    all = malloc(SEED_MAX);
    if (all != NULL) {
        *len = fread(all, 1, SEED_MAX, file);
        if (!ferror(file))
            seed = malloc(*len ? *len : 1);
        if (seed != NULL)
            memcpy(seed, all, *len);
    }
    free(all);
    fclose(file);
    return seed;
}

static void
feed_file(const char *path, struct tally *tally)
{
    size_t len = 0;
    uint8_t *seed = read_seed(path, &len);

    if (seed == NULL) {
        perror(path);
        tally->failed++;
        return;
    }
    LLVMFuzzerTestOneInput(seed, len);
    free(seed);
    tally->fed++;
}

static int
visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* Feed a folder's files. False when path is no folder. */
static bool
feed_folder(const char *path, struct tally *tally)
{
    struct dirent **entries;
    int count = scandir(path, &entries, visible, alphasort);

    if (count < 0)
        return false;
    for (int i = 0; i < count; i++) {
        char file[4096];

        snprintf(file, sizeof file, "%s/%s", path, entries[i]->d_name);
        feed_file(file, tally);
        free(entries[i]);
    }
    free(entries);
    return true;
}

int
main(int argc, char **argv)
{
    struct tally tally = { 0 };

    for (int i = 1; i < argc; i++) {
        if (argv[i][0] == '-')
            continue;
        if (!feed_folder(argv[i], &tally))
            feed_file(argv[i], &tally);
    }
    printf("%u seeds\n", tally.fed);
    return tally.failed || tally.fed == 0 ? 1 : 0;
}
