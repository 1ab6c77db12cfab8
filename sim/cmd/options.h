/*
 * options.h - command-line options as rows.
 *
 * A row says everything of an option: name, kind, range, where it goes, and
 * one sentence for the user, from which --help is made. Both "--name VALUE"
 * and "--name=VALUE" are taken; "--" ends the options.
 */
#ifndef IPMILAB_CMD_OPTIONS_H
#define IPMILAB_CMD_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How a program ends; also what design and man page promise. */
enum exit_code { EXIT_GOOD = 0, EXIT_CLAIM = 1, EXIT_USAGE = 2, EXIT_LAB = 3 };

enum option_kind {
    OPTION_FLAG,       /* bool */
    OPTION_COUNT,      /* unsigned; each time one more */
    OPTION_NUMBER,     /* uint64_t in min .. max */
    OPTION_TEXT,       /* const char *, borrowed from argv */
    OPTION_TEXTS,      /* struct option_texts: may be given several times */
};

struct option_texts {
    const char **at;
    size_t count;
};

struct option_row {
    const char *name;        /* without dashes */
    char letter;             /* or 0 */
    enum option_kind kind;
    void *to;
    uint64_t min, max;       /* OPTION_NUMBER */
    const char *value;       /* its word in the help: "N", "FILE" */
    const char *help;
};

struct option_set {
    const char *usage;       /* "ipmilab serve FILE... [options]" */
    const char *summary;     /* one sentence */
    const struct option_row *rows;
    size_t count;
};

/*
 * Take the options out of argv (argv[0] is skipped); operands are what
 * remains, in order, in *operands (memory of the caller's: argc pointers).
 * Returns -1 to go on, or the exit code: EXIT_GOOD after --help, EXIT_USAGE
 * after a complaint on stderr.
 */
int options_parse(const struct option_set *set, int argc, char **argv,
                  const char **operands, size_t *operand_count);

void option_texts_free(struct option_texts *texts);

#endif
