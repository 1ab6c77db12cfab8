#include "emu/emu_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define READ_STEP 65536

/* Read to the end of file into memory that grows. */
static enum status
slurp(FILE *file, char **text, size_t *len)
{
    size_t size = READ_STEP, got = 0;
    char *buf = malloc(size);

    while (buf != NULL) {
        char *more;

        got += fread(buf + got, 1, size - got, file);
        if (got < size || got > EMU_FILE_MAX)
            break;
        more = realloc(buf, size *= 2);
        if (more == NULL)
            free(buf);
        buf = more;
    }
    if (buf == NULL)
        return ST_NOMEM;
    if (ferror(file) || got > EMU_FILE_MAX) {
        int why = errno;

        free(buf);
        errno = why;
        return ferror(file) ? ST_IO : ST_FULL;
    }
    *text = buf;
    *len = got;
    return ST_OK;
}

static enum status
read_from_disk(const char *path, char **text, size_t *len)
{
    FILE *file = fopen(path, "rb");
    enum status st;
    int why;

    if (file == NULL)
        return errno == ENOENT || errno == ENOTDIR ? ST_MISSING : ST_IO;
    st = slurp(file, text, len);
    why = errno;
    fclose(file);
    errno = why;
    return st;
}

const char *
emu_read_failure(enum status st)
{
    return st == ST_IO ? strerror(errno) : status_text(st);
}

enum status
emu_read(const struct emu_reader *reader, const char *path, char **text, size_t *len)
{
    if (reader->read != NULL)
        return reader->read(reader->ctx, path, text, len);
    return read_from_disk(path, text, len);
}

/* name in the folder of dir_len characters at dir. */
static enum status
try_in(const struct emu_reader *reader, const char *dir, size_t dir_len, const char *name,
       char path[EMU_PATH_MAX], char **text, size_t *len)
{
    int n = snprintf(path, EMU_PATH_MAX, "%.*s%s%s", (int)dir_len, dir,
                     dir_len && dir[dir_len - 1] != '/' ? "/" : "", name);

    return n < 0 || n >= EMU_PATH_MAX ? ST_MISSING : emu_read(reader, path, text, len);
}

enum status
emu_find(const struct emu_reader *reader, const char *from, const char *name,
         char path[EMU_PATH_MAX], char **text, size_t *len)
{
    const char *slash = from ? strrchr(from, '/') : NULL;
    bool dotted = strncmp(name, "./", 2) == 0 || strncmp(name, "../", 3) == 0;
    enum status st = ST_MISSING;

    if (name[0] == '\0' || strlen(name) >= EMU_PATH_MAX / 2)
        return ST_MISSING;
    if (slash != NULL && name[0] != '/')
        st = try_in(reader, from, (size_t)(slash - from) + 1, name, path, text, len);
    if (st == ST_MISSING)
        st = try_in(reader, "", 0, name, path, text, len);
    for (size_t i = 0; st == ST_MISSING && i < reader->folder_count; i++)
        if (!dotted && name[0] != '/')
            st = try_in(reader, reader->folders[i], strlen(reader->folders[i]), name, path,
                        text, len);
    return st;
}

void
source_open(struct source *s, const char *file, const char *text, size_t len, bool continues,
            struct diags *diags)
{
    memset(s, 0, sizeof *s);
    s->file = file;
    s->at = text;
    s->end = text + len;
    s->continues = continues;
    s->diags = diags;
}

void
source_close(struct source *s)
{
    free(s->buf);
    free(s->pieces);
    s->buf = NULL;
    s->pieces = NULL;
}

/* Take the next physical line without its end. */
static bool
physical(struct source *s, const char **text, size_t *len)
{
    const char *start = s->at, *nl;

    if (s->at == s->end)
        return false;
    nl = memchr(start, '\n', (size_t)(s->end - start));
    *text = start;
    *len = (size_t)((nl ? nl : s->end) - start);
    s->at = nl ? nl + 1 : s->end;
    s->line_no++;
    if (*len == 0 || start[*len - 1] != '\r')
        return true;
    (*len)--;
    if (!s->crlf_told)
        diag_warning(s->diags, (struct place){ s->file, s->line_no, (int)*len + 1 },
                     "found a carriage return; expected lines that end in a line feed alone");
    s->crlf_told = true;
    return true;
}

/* Append a piece to the logical line; one NUL always follows. */
static bool
append(struct source *s, const char *text, size_t len)
{
    if (s->buf_len + len + 1 > s->buf_size) {
        size_t size = 2 * (s->buf_len + len + 1);
        char *more = realloc(s->buf, size);

        if (more == NULL)
            return false;
        s->buf = more;
        s->buf_size = size;
    }
    if (s->piece_count == s->pieces_size) {
        size_t size = s->pieces_size ? 2 * s->pieces_size : 8;
        struct piece *more = realloc(s->pieces, size * sizeof *more);

        if (more == NULL)
            return false;
        s->pieces = more;
        s->pieces_size = size;
    }
    s->pieces[s->piece_count++] = (struct piece){ s->buf_len, s->line_no };
    memcpy(s->buf + s->buf_len, text, len);
    s->buf_len += len;
    s->buf[s->buf_len] = '\0';
    return true;
}

/* Collect one logical line, possibly empty. False at the end of the file. */
static bool
logical(struct source *s)
{
    const char *text;
    size_t len;

    s->buf_len = s->piece_count = 0;
    while (physical(s, &text, &len)) {
        bool more = s->continues && len > 0 && text[len - 1] == '\\';

        if (len > 0 && text[0] == '#')
            continue;
        if (!append(s, text, more ? len - 1 : len))
            return false;
        if (!more)
            return true;
    }
    if (s->piece_count == 0)
        return false;
    diag_warning(s->diags, (struct place){ s->file, s->line_no, 1 },
                 "found the end of the file after a backslash; expected the line to go on");
    return true;
}

static bool
is_empty(const struct source *s)
{
    for (size_t i = 0; i < s->buf_len; i++)
        if (s->buf[i] != ' ' && s->buf[i] != '\t')
            return false;
    return true;
}

bool
source_next(struct source *s, struct line *line)
{
    do {
        if (!logical(s))
            return false;
    } while (is_empty(s));
    *line = (struct line){ s->file, s->buf, s->buf_len, s->pieces, s->piece_count };
    return true;
}

struct place
line_place(const struct line *line, size_t offset)
{
    size_t low = 0, high = line->piece_count;

    while (high - low > 1) {
        size_t middle = (low + high) / 2;

        if (line->pieces[middle].from <= offset)
            low = middle;
        else
            high = middle;
    }
    return (struct place){ line->file, line->pieces[low].line,
                           (int)(offset - line->pieces[low].from) + 1 };
}

bool
emu_path_ends(const char *path, const char *ext)
{
    size_t len = strlen(path), ext_len = strlen(ext);

    return len > ext_len && strcmp(path + len - ext_len, ext) == 0;
}
