#include "emu/sdr_stored.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/hex.h"
#include "sim/wire/sdr.h"

#define ID_MAX 0xfffe              /* FFFFh stands for the last record */
#define ID_DIGITS_MAX 5

/* One line, split at its colons. */
struct item {
    struct place at;
    const char *key, *value;
    size_t key_len, len;
    char type;
    uint32_t id;                   /* of a record */
};

/* ---- lines ------------------------------------------------------------------ */

/* The line that text begins with, without its end; *next is behind it. */
static size_t
line_of(const char *text, const char *end, const char **next)
{
    const char *nl = memchr(text, '\n', (size_t)(end - text));
    size_t len = (size_t)((nl ? nl : end) - text);

    *next = nl ? nl + 1 : end;
    if (len > 0 && text[len - 1] == '\r')
        len--;
    return len;
}

static bool
is_key(const char *word, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!isalnum((unsigned char)word[i]) && word[i] != '_')
            return false;
    return len > 0;
}

static bool
split(const char *line, size_t len, struct item *out)
{
    const char *colon = memchr(line, ':', len);
    size_t key_len = colon ? (size_t)(colon - line) : 0;

    if (!is_key(line, key_len) || len < key_len + 3 || line[key_len + 2] != ':' ||
        memchr("dis", line[key_len + 1], 3) == NULL)
        return false;
    out->key = line;
    out->key_len = key_len;
    out->type = line[key_len + 1];
    out->value = line + key_len + 3;
    out->len = len - key_len - 3;
    return true;
}

bool
sdr_stored_is(const char *text, size_t len)
{
    const char *end = text + len, *next;
    struct item item;
    size_t n = 0;

    while (text < end && (n = line_of(text, end, &next)) == 0)
        text = next;
    return text < end && split(text, n, &item);
}

int
sdr_stored_address(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    char digits[3] = "";

    if (strlen(name) != strlen("sdr.XX.main") || memcmp(name, "sdr.", 4) != 0 ||
        strcmp(name + 6, ".main") != 0)
        return -1;
    memcpy(digits, name + 4, 2);
    return hex_digit(digits[0]) < 0 || hex_digit(digits[1]) < 0
        ? -1 : (int)strtol(digits, NULL, 16);
}

/* ---- records ------------------------------------------------------------------ */

static bool
record_id(struct item *item)
{
    item->id = 0;
    for (size_t i = 0; i < item->key_len && i <= ID_DIGITS_MAX; i++) {
        if (!isdigit((unsigned char)item->key[i]))
            return false;
        item->id = item->id * 10 + (uint32_t)(item->key[i] - '0');
    }
    return item->id >= 1 && item->id <= ID_MAX;
}

/* The octets of a value; -1 after a complaint. What is too long is left out. */
static int
octets_of(const struct item *item, uint8_t to[SDR_RECORD_MAX], struct diags *diags)
{
    size_t n = 0;

    for (size_t i = 0; i < item->len; i++, n++) {
        int high = 0, low = (unsigned char)item->value[i];

        if (low == '\\') {
            high = i + 2 < item->len ? hex_digit(item->value[i + 1]) : -1;
            low = high < 0 ? -1 : hex_digit(item->value[i + 2]);
        }
        if (low < 0) {
            struct place at = item->at;

            at.column += (int)(item->key_len + 3 + i);
            diag_error(diags, at, "found a backslash; expected two hexadecimal digits behind it");
            return -1;
        }
        if (n < SDR_RECORD_MAX)
            to[n] = (uint8_t)(high << 4 | low);
        i += item->value[i] == '\\' ? 2 : 0;
    }
    return n < SDR_RECORD_MAX ? (int)n : SDR_RECORD_MAX;
}

/* Deliver one; false when the receiver says so. */
static bool
deliver(const struct item *item, sdr_record_fn *record, void *ctx, struct diags *diags)
{
    uint8_t octets[SDR_RECORD_MAX];
    int n = octets_of(item, octets, diags);
    size_t want;

    if (n < 0)
        return true;
    want = n < (int)SDR_HEADER ? SDR_HEADER : SDR_HEADER + (size_t)octets[4];
    if ((size_t)n >= want)
        return record(ctx, bytes_of(octets, want));
    diag_error(diags, item->at, "found %d octets of record %u; expected %zu%s", n,
               (unsigned)item->id, want, n < (int)SDR_HEADER ? " or more" : ", as its fifth says");
    return true;
}

static int
by_id(const void *a, const void *b)
{
    const struct item *left = a, *right = b;

    return left->id < right->id ? -1 : left->id > right->id;
}

/* Records at most: one a line, and not more than there are ids. */
static size_t
most_records(const char *text, size_t len)
{
    size_t n = 1;

    for (size_t i = 0; i < len && n < ID_MAX; i++)
        n += text[i] == '\n';
    return n;
}

/* All lines that are records, max at most; of the others complain, if they are
 * no lines of ours. */
static size_t
find_records(const char *file, const char *text, size_t len, struct item *to, size_t max,
             struct diags *diags)
{
    const char *end = text + len, *next;
    struct place at = { file, 1, 1 };
    size_t count = 0;

    for (; text < end; text = next, at.line++) {
        size_t n = line_of(text, end, &next);
        struct item item = { .at = at };
        char quoted[DIAG_QUOTED_MAX];

        if (n == 0)
            continue;
        if (!split(text, n, &item)) {
            diag_error(diags, at, "found %s; expected KEY:TYPE:VALUE, a line of a stored state",
                       diag_quoted(text, n, quoted));
        } else if (item.type == 'd' && !record_id(&item)) {
            diag_error(diags, at, "found %s; expected a record's id, 1 to %d",
                       diag_quoted(item.key, item.key_len, quoted), ID_MAX);
        } else if (item.type == 'd' && count < max) {
            to[count++] = item;
        } else if (item.type == 'd') {
            diag_error(diags, at, "found one more record; expected at most %zu", max);
        }
    }
    return count;
}

bool
sdr_stored_text(const char *file, const char *text, size_t len, sdr_record_fn *record,
                void *ctx, struct diags *diags)
{
    size_t max = most_records(text, len);
    struct item *items = calloc(max, sizeof *items);
    bool good = items != NULL;
    size_t count = good ? find_records(file, text, len, items, max, diags) : 0;

    if (count > 1)
        qsort(items, count, sizeof *items, by_id);
    for (size_t i = 0; good && i < count; i++)
        good = deliver(&items[i], record, ctx, diags);
    free(items);
    return good;
}
