/* fru.c - ipmilab fru: readable FRU text to the octets of a device, and back. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "emu/emu_file.h"
#include "emu/fru_source.h"
#include "sim/cmd/commands.h"
#include "sim/cmd/load.h"
#include "sim/cmd/options.h"
#include "sim/cmd/outfile.h"

static int
say(int code, const char *file, const char *what)
{
    fprintf(stderr, "ipmilab: %s: %s\n", file, what);
    return code;
}

/* The output is there only when all went well. */
static int
write_image(const char *output, const struct fru_image *image)
{
    FILE *to = fopen(output, "wb");
    bool ok;

    if (to == NULL)
        return say(EXIT_USAGE, output, strerror(errno));
    ok = fwrite(image->octets, 1, image->len, to) == image->len;
    ok = fclose(to) == 0 && ok;
    if (!ok) {
        say(EXIT_LAB, output, strerror(errno));
        outfile_discard(output);
        return EXIT_LAB;
    }
    fprintf(stderr, "%zu octets\n", image->len);
    return EXIT_GOOD;
}

static int
compile(const char *source, const char *output, size_t size)
{
    struct fru_image image;
    struct diags diags;
    enum status st;
    int code;

    diags_init(&diags);
    st = fru_source_file(NULL, source, size, &diags, &image);
    diags_show(&diags, false, stderr);
    diags_free(&diags);
    if (st == ST_NOMEM)
        return say(EXIT_LAB, source, status_text(st));
    if (st != ST_OK)
        return EXIT_USAGE;
    code = write_image(output, &image);
    free(image.octets);
    return code;
}

/* What can be said of a damaged device is printed all the same. */
static int
print(const char *binary)
{
    static const struct emu_reader disk;
    char *octets, *text;
    struct diags diags;
    size_t len, errors;
    enum status st = emu_read(&disk, binary, &octets, &len);

    if (st != ST_OK)
        return say(EXIT_USAGE, binary, status_text(st));
    diags_init(&diags);
    text = fru_source_print(bytes_of(octets, len), binary, &diags);
    free(octets);
    if (text != NULL)
        fputs(text, stdout);
    errors = diags_show(&diags, false, stderr);
    diags_free(&diags);
    if (text == NULL)
        return say(EXIT_LAB, binary, status_text(ST_NOMEM));
    free(text);
    return errors > 0 ? EXIT_USAGE : EXIT_GOOD;
}

int
cmd_fru(int argc, char **argv)
{
    const char *output = NULL;
    uint64_t size = 0;
    const struct option_row rows[] = {
        { "output", 'o', OPTION_TEXT, &output, 0, 0, "FILE", "where the octets go" },
        { "size", 0, OPTION_NUMBER, &size, 8, FRU_IMAGE_MAX, "N",
          "octets of the device, whatever the source says" },
    };
    const struct option_set set = {
        "ipmilab fru compile SOURCE -o FILE [--size N]\n       ipmilab fru print FILE",
        "compile turns readable FRU text into the octets of a FRU device; print turns such\n"
        "octets back into text that compiles to the same, and tells what is damaged.",
        rows, sizeof rows / sizeof rows[0],
    };
    const char **words = calloc((size_t)argc + 1, sizeof *words);
    size_t count;
    int code;

    if (words == NULL)
        return EXIT_LAB;
    code = options_parse(&set, argc, argv, words, &count);
    if (code < 0 && count == 2 && strcmp(words[0], "compile") == 0 && output != NULL) {
        code = compile(words[1], output, (size_t)size);
    } else if (code < 0 && count == 2 && strcmp(words[0], "print") == 0) {
        code = print(words[1]);
    } else if (code < 0) {
        fprintf(stderr, "usage: %s\n", set.usage);
        code = EXIT_USAGE;
    }
    free(words);
    return code;
}
