#include "sim/cmd/options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct parse {
    const struct option_set *set;
    int argc, next;
    char **argv;
};

static void
print_row(const struct option_row *row)
{
    char left[48];
    const char *value = row->value ? row->value : "";

    if (row->letter)
        snprintf(left, sizeof left, "-%c, --%s %s", row->letter, row->name, value);
    else
        snprintf(left, sizeof left, "    --%s %s", row->name, value);
    printf("  %-28s %s\n", left, row->help);
}

static int
print_help(const struct option_set *set)
{
    printf("usage: %s\n\n%s\n", set->usage, set->summary);
    if (set->count)
        printf("\noptions:\n");
    for (size_t i = 0; i < set->count; i++)
        print_row(&set->rows[i]);
    return EXIT_GOOD;
}

static int
complain(const struct option_set *set, const char *name, const char *what)
{
    fprintf(stderr, "ipmilab: %s: %s\nusage: %s\n", name, what, set->usage);
    return EXIT_USAGE;
}

static const struct option_row *
find_name(const struct option_set *set, const char *name, size_t len)
{
    for (size_t i = 0; i < set->count; i++)
        if (strlen(set->rows[i].name) == len && strncmp(set->rows[i].name, name, len) == 0)
            return &set->rows[i];
    return NULL;
}

static const struct option_row *
find_letter(const struct option_set *set, char letter)
{
    for (size_t i = 0; i < set->count; i++)
        if (set->rows[i].letter == letter && letter)
            return &set->rows[i];
    return NULL;
}

static bool
set_number(const struct option_row *row, const char *text)
{
    char *end;
    unsigned long long v;

    errno = 0;
    v = strtoull(text, &end, 0);
    if (errno || end == text || *end || strchr(text, '-') || v < row->min || v > row->max)
        return false;
    *(uint64_t *)row->to = v;
    return true;
}

static bool
add_text(struct option_texts *texts, const char *text)
{
    const char **at = realloc(texts->at, (texts->count + 1) * sizeof *at);

    if (at == NULL)
        return false;
    texts->at = at;
    texts->at[texts->count++] = text;
    return true;
}

static int
set_value(const struct option_set *set, const struct option_row *row, const char *text)
{
    char what[120], name[40];

    snprintf(name, sizeof name, "--%s", row->name);
    switch (row->kind) {
    case OPTION_NUMBER:
        if (set_number(row, text))
            return -1;
        snprintf(what, sizeof what, "\"%s\": expected %llu to %llu", text,
                 (unsigned long long)row->min, (unsigned long long)row->max);
        return complain(set, name, what);
    case OPTION_TEXT:
        *(const char **)row->to = text;
        return -1;
    case OPTION_TEXTS:
        return add_text(row->to, text) ? -1 : complain(set, name, "out of memory");
    case OPTION_FLAG:
    case OPTION_COUNT:
        break;
    }
    return complain(set, name, "takes no value");
}

static bool
wants_value(const struct option_row *row)
{
    return row->kind != OPTION_FLAG && row->kind != OPTION_COUNT;
}

static void
set_flag(const struct option_row *row)
{
    if (row->kind == OPTION_FLAG)
        *(bool *)row->to = true;
    else
        *(unsigned *)row->to += 1;
}

/* One option whose value, if any came with it, is inline_value. */
static int
take(struct parse *p, const struct option_row *row, const char *shown,
     const char *inline_value)
{
    if (row == NULL)
        return complain(p->set, shown, "no such option; --help lists them");
    if (!wants_value(row)) {
        if (inline_value != NULL)
            return complain(p->set, shown, "takes no value");
        set_flag(row);
        return -1;
    }
    if (inline_value == NULL && p->next < p->argc)
        inline_value = p->argv[p->next++];
    if (inline_value == NULL)
        return complain(p->set, shown, "a value is missing");
    return set_value(p->set, row, inline_value);
}

static int
take_long(struct parse *p, const char *arg)
{
    const char *name = arg + 2;
    size_t len = strcspn(name, "=");

    if (strcmp(name, "help") == 0)
        return print_help(p->set);
    return take(p, find_name(p->set, name, len), arg, name[len] ? name + len + 1 : NULL);
}

/* "-abc VALUE", "-cVALUE": letters of flags, the last may want a value. */
static int
take_letters(struct parse *p, const char *arg)
{
    for (const char *c = arg + 1; *c; c++) {
        const struct option_row *row = find_letter(p->set, *c);
        const char *rest = row != NULL && wants_value(row) && c[1] ? c + 1 : NULL;
        int code;

        if (row == NULL && (*c == '?' || *c == 'h'))
            return print_help(p->set);
        code = take(p, row, arg, rest);
        if (code >= 0 || rest != NULL)
            return code;
    }
    return -1;
}

int
options_parse(const struct option_set *set, int argc, char **argv, const char **operands,
              size_t *operand_count)
{
    struct parse p = { .set = set, .argc = argc, .next = 1, .argv = argv };
    bool only_operands = false;

    *operand_count = 0;
    while (p.next < argc) {
        const char *arg = argv[p.next++];
        int code = -1;

        if (only_operands || arg[0] != '-' || arg[1] == '\0')
            operands[(*operand_count)++] = arg;
        else if (strcmp(arg, "--") == 0)
            only_operands = true;
        else if (arg[1] == '-')
            code = take_long(&p, arg);
        else
            code = take_letters(&p, arg);
        if (code >= 0)
            return code;
    }
    return -1;
}

void
option_texts_free(struct option_texts *texts)
{
    free(texts->at);
    *texts = (struct option_texts){ 0 };
}
