/*
 * emu_file.h - the files of the three languages, and their lines.
 *
 * A physical line that begins with # in its first column is no line at all,
 * not even inside a continued one, and whatever it ends in. In the .emu
 * language a line that ends in a backslash goes on with the next one, which
 * takes the backslash's place; an empty line then ends the command. lan.conf
 * and SDR source have no continuation. Lines may end in CR LF, which earns
 * one warning a file.
 *
 * A name in include, sdr_source and the like is looked for beside the file
 * that has it, then in the working directory, then, unless it begins with
 * ./ or ../, in the folders of the reader.
 */
#ifndef IPMILAB_EMU_EMU_FILE_H
#define IPMILAB_EMU_EMU_FILE_H

#include "emu/diag.h"
#include "sim/base/status.h"

#define EMU_FILE_MAX (64u << 20)    /* octets of one file */
#define EMU_PATH_MAX 4096
#define EMU_INCLUDE_DEPTH_MAX 16    /* files open within each other */
#define EMU_INCLUDES_MAX 4096       /* of one machine, together */

/*
 * Read a whole file: *text becomes malloc()ed memory that the caller frees.
 * ST_MISSING when there is none, ST_IO (errno tells), ST_FULL when it is
 * longer than EMU_FILE_MAX.
 */
typedef enum status emu_read_fn(void *ctx, const char *path, char **text, size_t *len);

/* How files are got at. */
struct emu_reader {
    emu_read_fn *read;              /* NULL: from the file system */
    void *ctx;
    const char *const *folders;     /* looked into for included files, last */
    size_t folder_count;
};

enum status emu_read(const struct emu_reader *reader, const char *path, char **text,
                     size_t *len);

/* Why it could not be read, in words, as long as errno is what it left. */
const char *emu_read_failure(enum status st);

/*
 * Find and read a file named in the file from (NULL: none). path gets the
 * name it was found by. ST_MISSING when it is nowhere.
 */
enum status emu_find(const struct emu_reader *reader, const char *from, const char *name,
                     char path[EMU_PATH_MAX], char **text, size_t *len);

/* Where a piece of a logical line came from. */
struct piece {
    size_t from;                    /* offset in the logical line */
    int line;
};

/* A logical line; the memory is the source's and lasts until the next one. */
struct line {
    const char *file;
    const char *text;               /* len characters, then NUL */
    size_t len;
    const struct piece *pieces;
    size_t piece_count;
};

struct source {
    const char *file;               /* borrowed */
    const char *at, *end;           /* borrowed text */
    bool continues;                 /* a backslash at the end continues: .emu */
    int line_no;
    bool crlf_told;
    struct diags *diags;
    char *buf;                      /* a logical line of several pieces */
    size_t buf_len, buf_size;
    struct piece *pieces;
    size_t piece_count, pieces_size;
};

/* Begin reading len characters at text; all borrowed. */
void source_open(struct source *s, const char *file, const char *text, size_t len,
                 bool continues, struct diags *diags);
void source_close(struct source *s);

/* The next logical line that is not empty. False: there is none, or memory
 * ran out (then buf is NULL). */
bool source_next(struct source *s, struct line *line);

/* The place of an offset in a logical line. */
struct place line_place(const struct line *line, size_t offset);

/* Is path's name within its folder like *.ext? */
bool emu_path_ends(const char *path, const char *ext);

#endif
