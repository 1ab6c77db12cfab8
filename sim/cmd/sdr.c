/* sdr.c - ipmilab sdr: SDR source to binary records, and back. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "emu/sdr_source.h"
#include "emu/sdr_stored.h"
#include "sim/cmd/commands.h"
#include "sim/cmd/load.h"
#include "sim/cmd/options.h"
#include "sim/cmd/outfile.h"

#define SDR_HEADER 5

static int
say(const char *file, const char *what)
{
    fprintf(stderr, "ipmilab: %s: %s\n", file, what);
    return EXIT_USAGE;
}

/* Where compiled records go, numbered from 1. */
struct compiled {
    FILE *to;
    unsigned count;
    bool failed;
};

static bool
write_record(void *ctx, struct bytes record)
{
    struct compiled *c = ctx;
    uint8_t copy[SDR_RECORD_MAX];

    if (record.len > sizeof copy)
        return false;
    memcpy(copy, record.at, record.len);
    c->count++;
    copy[0] = (uint8_t)c->count;
    copy[1] = (uint8_t)(c->count >> 8);
    if (fwrite(copy, 1, record.len, c->to) != record.len)
        c->failed = true;
    return true;
}

/* Compile into a file that is gone again when the source is wrong. */
static int
compile(const char *source, const char *output, bool packed)
{
    struct compiled c = { .to = fopen(output, "wb") };
    struct sdr_source_opts opts = { .record = write_record, .ctx = &c, .packed = packed };
    struct diags diags;
    enum status st;

    if (c.to == NULL)
        return say(output, strerror(errno));
    diags_init(&diags);
    st = sdr_source_file(NULL, source, &opts, &diags);
    diags_show(&diags, false, stderr);
    diags_free(&diags);
    if (fclose(c.to) != 0 || c.failed) {
        say(output, strerror(errno));
        outfile_discard(output);
        return EXIT_LAB;
    }
    if (st == ST_OK) {
        fprintf(stderr, "%u records\n", c.count);
        return EXIT_GOOD;
    }
    outfile_discard(output);
    if (st != ST_INVALID)
        say(source, status_text(st));
    return EXIT_USAGE;
}

/* Print the next record; its octets, 0 at the end, -1 when it is damaged. */
static int
print_record(FILE *from, char *text)
{
    uint8_t record[SDR_RECORD_MAX];
    size_t got = fread(record, 1, SDR_HEADER, from);
    size_t len;

    if (got == 0)
        return 0;
    if (got < SDR_HEADER)
        return -1;
    len = SDR_HEADER + record[4];
    if (fread(record + SDR_HEADER, 1, record[4], from) != record[4])
        return -1;
    if (sdr_source_print(bytes_of(record, len), text, SDR_PRINT_MAX) == 0)
        return -1;
    fputs(text, stdout);
    putchar('\n');
    return (int)len;
}

static int
print(const char *binary)
{
    FILE *from = fopen(binary, "rb");
    char *text = malloc(SDR_PRINT_MAX);
    long at = 0;
    int n = 1;

    if (from == NULL || text == NULL) {
        int code = say(binary, strerror(errno));

        free(text);
        if (from != NULL)
            fclose(from);
        return code;
    }
    while (n > 0) {
        n = print_record(from, text);
        at += n > 0 ? n : 0;
    }
    if (ferror(from)) {
        say(binary, strerror(errno));
        n = 1;
    }
    free(text);
    fclose(from);
    if (n > 0)
        return EXIT_USAGE;
    if (n == 0)
        return EXIT_GOOD;
    fprintf(stderr, "ipmilab: %s: found a damaged record at offset %ld; expected SDRs, one after "
            "the other\n", binary, at);
    return EXIT_USAGE;
}

static bool
print_stored_record(void *ctx, struct bytes record)
{
    if (sdr_source_print(record, ctx, SDR_PRINT_MAX) > 0)
        printf("%s\n", (const char *)ctx);
    return true;
}

/* Print a file that ipmi_sim or sdrcomp has stored; -1 when it is none. */
static int
print_stored(const char *path)
{
    const struct emu_reader disk = { 0 };
    char *source = malloc(SDR_PRINT_MAX), *text;
    struct diags diags;
    size_t len, errors;
    bool stored;

    if (source == NULL || emu_read(&disk, path, &text, &len) != ST_OK) {
        free(source);
        return -1;
    }
    diags_init(&diags);
    stored = sdr_stored_is(text, len);
    if (stored && !sdr_stored_text(path, text, len, print_stored_record, source, &diags))
        say(path, status_text(ST_NOMEM));
    errors = diags_show(&diags, false, stderr);
    diags_free(&diags);
    free(text);
    free(source);
    return !stored ? -1 : errors ? EXIT_USAGE : EXIT_GOOD;
}

static int
usage(const struct option_set *set)
{
    fprintf(stderr, "usage: %s\n", set->usage);
    return EXIT_USAGE;
}

int
cmd_sdr(int argc, char **argv)
{
    const char *output = NULL;
    bool packed = false;
    const struct option_row rows[] = {
        { "output", 'o', OPTION_TEXT, &output, 0, 0, "FILE", "where compiled records go" },
        { "packed", 0, OPTION_FLAG, &packed, 0, 0, NULL,
          "shortest encoding of id strings instead of 8-bit" },
    };
    const struct option_set set = {
        "ipmilab sdr compile SOURCE -o FILE [--packed]\n       ipmilab sdr print FILE",
        "compile turns SDR source into binary records, one after the other; print turns\n"
        "such records, or those that sdrcomp and ipmi_sim store as text, back into source\n"
        "that compiles to the same octets.",
        rows, sizeof rows / sizeof rows[0],
    };
    const char **words = calloc((size_t)argc + 1, sizeof *words);
    size_t count;
    int code;

    if (words == NULL)
        return EXIT_LAB;
    code = options_parse(&set, argc, argv, words, &count);
    if (code < 0 && count == 2 && strcmp(words[0], "compile") == 0 && output != NULL)
        code = compile(words[1], output, packed);
    else if (code < 0 && count == 2 && strcmp(words[0], "print") == 0 &&
             (code = print_stored(words[1])) < 0)
        code = print(words[1]);
    else if (code < 0)
        code = usage(&set);
    free(words);
    return code;
}
