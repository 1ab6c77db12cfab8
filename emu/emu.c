#include "emu/emu.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "emu/emu_cmd.h"
#include "emu/lan_conf.h"
#include "emu/sdr_source.h"
#include "emu/sdr_stored.h"
#include "sim/ipmi/channel.h"

/* The files of one machine; names are borrowed or of the loader's pool. */
struct group {
    const char *conf, *commands;
    const char *found_conf;        /* beside commands, not given */
    const char *const *sdrs;       /* in the order given */
    size_t sdr_count;
};

struct load {
    const struct emu_opts *opts;
    struct diags *diags;
    struct pool pool;
    struct group *groups;
    size_t group_count;
    struct description **out;
    size_t out_count;
    size_t errors;                 /* before we began */
    bool nomem;
};

/* ---- what kind of file -------------------------------------------------------- */

static enum emu_kind
kind_of_name(const char *path)
{
    if (emu_path_ends(path, ".emu"))
        return EMU_KIND_COMMANDS;
    if (emu_path_ends(path, ".conf"))
        return EMU_KIND_CONF;
    if (emu_path_ends(path, ".sdrs") || emu_path_ends(path, ".sdr") ||
        sdr_stored_address(path) >= 0)
        return EMU_KIND_SDRS;
    return EMU_KIND_UNKNOWN;
}

/* A first word that only one of the languages has. */
static enum emu_kind
kind_of_word(const char *word, size_t len)
{
    bool conf = conf_row_find(word, len, SCOPE_MACHINE) != NULL;
    bool commands = emu_cmd_find(word, len) != NULL;

    if ((len == 3 && memcmp(word, "sdr", 3) == 0) || (len == 6 && memcmp(word, "record", 6) == 0))
        return EMU_KIND_SDRS;
    if (conf == commands)
        return EMU_KIND_UNKNOWN;
    return conf ? EMU_KIND_CONF : EMU_KIND_COMMANDS;
}

enum emu_kind
emu_kind_of(const char *path, const char *text, size_t len)
{
    enum emu_kind kind = kind_of_name(path);
    const char *at = text, *end = text ? text + len : text;

    if (kind == EMU_KIND_UNKNOWN && text != NULL && sdr_stored_is(text, len))
        return EMU_KIND_SDRS;
    while (kind == EMU_KIND_UNKNOWN && at != end) {
        const char *nl = memchr(at, '\n', (size_t)(end - at));
        const char *stop = nl ? nl : end;
        size_t word = 0;

        while (at < stop && (*at == ' ' || *at == '\t'))
            at++;
        while (at + word < stop && !strchr(" \t\r", at[word]))
            word++;
        kind = kind_of_word(at, word);
        at = nl ? nl + 1 : end;
    }
    return kind;
}

/* ---- grouping -------------------------------------------------------------------- */

static struct group *
new_group(struct load *l)
{
    return &l->groups[l->group_count++];
}

static struct group *
last_group(struct load *l)
{
    return l->group_count ? &l->groups[l->group_count - 1] : NULL;
}

/* NAME.conf for NAME.emu, when it can be read. */
static const char *
conf_beside(struct load *l, const char *commands)
{
    size_t stem = strlen(commands) - strlen(".emu"), len;
    char *path, *text;

    if (!emu_path_ends(commands, ".emu"))
        return NULL;
    path = pool_alloc(&l->pool, stem + sizeof ".conf");
    if (path == NULL)
        return NULL;
    memcpy(path, commands, stem);
    strcpy(path + stem, ".conf");
    if (emu_read(&l->opts->reader, path, &text, &len) != ST_OK)
        return NULL;
    free(text);
    return path;
}

static void
group_commands(struct load *l, const char *path)
{
    struct group *g = last_group(l);

    if (g == NULL || g->commands != NULL) {
        g = new_group(l);
        g->found_conf = conf_beside(l, path);
    }
    g->commands = path;
}

static void
group_conf(struct load *l, const char *path)
{
    struct group *g = last_group(l);

    /* NAME.emu NAME.conf: the one that was found is the one that is meant. */
    if (g == NULL || g->found_conf == NULL || strcmp(g->found_conf, path) != 0)
        g = new_group(l);
    g->conf = path;
    g->found_conf = NULL;
}

static void
group_sdrs(struct load *l, const char *const *path)
{
    struct group *g = last_group(l);
    const char **more;

    if (g == NULL)
        g = new_group(l);
    more = pool_alloc(&l->pool, (g->sdr_count + 1) * sizeof *more);
    if (more == NULL)
        return;
    if (g->sdr_count)
        memcpy(more, g->sdrs, g->sdr_count * sizeof *more);
    more[g->sdr_count++] = *path;
    g->sdrs = more;
}

/* The kind of a file given, looking into it when its name does not tell. */
static enum emu_kind
look(struct load *l, const char *path)
{
    enum emu_kind kind = emu_kind_of(path, NULL, 0);
    enum status st;
    char *text;
    size_t len;

    if (kind != EMU_KIND_UNKNOWN)
        return kind;
    st = emu_read(&l->opts->reader, path, &text, &len);
    if (st != ST_OK) {
        diag_error(l->diags, (struct place){ path, 0, 0 },
                   "found no way to read it (%s); expected a file", emu_read_failure(st));
        return EMU_KIND_UNKNOWN;
    }
    kind = emu_kind_of(path, text, len);
    free(text);
    if (kind == EMU_KIND_UNKNOWN)
        diag_error(l->diags, (struct place){ path, 0, 0 },
                   "found a file of no known kind; expected .emu commands, lan.conf or SDR "
                   "source");
    return kind;
}

static void
group_files(struct load *l, const char *const *files, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        switch (look(l, files[i])) {
        case EMU_KIND_COMMANDS:
            group_commands(l, files[i]);
            break;
        case EMU_KIND_CONF:
            group_conf(l, files[i]);
            break;
        case EMU_KIND_SDRS:
            group_sdrs(l, &files[i]);
            break;
        case EMU_KIND_UNKNOWN:
            break;
        }
    }
}

/* ---- one machine --------------------------------------------------------------------- */

static const char *
main_file(const struct group *g)
{
    return g->commands ? g->commands : g->conf ? g->conf : g->sdrs[0];
}

/* A machine without lan.conf: loopback is all that can reach it. */
static void
plain_lan(struct build *b, struct machine_mc *mc)
{
    struct machine_lan *lan = DESCRIPTION_ADD(b->d, mc->lans, mc->lan_count);
    struct machine_user *user = DESCRIPTION_ADD(b->d, mc->users, mc->user_count);

    if (lan == NULL || user == NULL) {
        b->nomem = true;
        return;
    }
    lan->channel = 1;
    lan->limit = PRIV_ADMIN;
    lan->port = CONF_PORT_DEFAULT;
    *user = (struct machine_user){ .id = 2, .enabled = true, .limit = PRIV_ADMIN };
    memcpy(user->name, "ADMIN", 5);
    memcpy(user->password, "ADMIN", 5);
}

/* The name that a file's name gives: no folder, no ending. */
static void
name_by_file(struct build *b, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash ? slash + 1 : path;
    const char *dot = strrchr(base, '.');

    b->d->name = build_text(b, base, dot && dot != base ? (size_t)(dot - base) : strlen(base));
}

static void
read_conf(struct load *l, struct script *s, struct build *b, const struct group *g)
{
    const char *path = g->conf ? g->conf : g->found_conf;
    struct opened file;
    bool named = false;

    if (path == NULL || !script_open(s, path, &file))
        return;
    conf_run_text(s, b, file.path, file.text, file.len, &named);
    if (!named)
        diag_warning(l->diags, (struct place){ file.path, 0, 0 },
                     "found no name; expected name \"...\": it is %s", b->d->name);
    script_close(s, &file);
}

static bool
take_record(void *ctx, struct bytes record)
{
    struct build *b = ctx;
    struct machine_mc *bmc = build_mc(b, b->d->bmc_address, (struct place){ b->main, 0, 0 });

    return bmc != NULL && build_sdr(b, bmc, -1, record);
}

struct stored {
    struct build *build;
    uint16_t id;                   /* whose they are */
    struct place at;
};

static bool
take_stored(void *ctx, struct bytes record)
{
    struct stored *s = ctx;
    struct machine_mc *mc = build_mc(s->build, s->id, s->at);

    return mc != NULL && build_stored_sdr(s->build, mc, record);
}

static void
read_stored(struct script *s, struct build *b, const struct opened *file)
{
    int address = sdr_stored_address(file->path);
    struct stored stored = { b, address < 0 ? b->d->bmc_address : (uint16_t)address,
                             { file->path, 0, 0 } };

    if (!sdr_stored_text(file->path, file->text, file->len, take_stored, &stored, s->diags))
        b->nomem = true;
}

static void
read_sdrs(struct script *s, struct build *b, const struct group *g)
{
    const struct sdr_source_opts opts = { .record = take_record, .ctx = b };
    struct opened file;

    for (size_t i = 0; i < g->sdr_count; i++) {
        if (!script_open(s, g->sdrs[i], &file))
            continue;
        if (sdr_stored_address(file.path) >= 0 || sdr_stored_is(file.text, file.len))
            read_stored(s, b, &file);
        else
            sdr_source_text(s, &opts, file.path, file.text, file.len);
        script_close(s, &file);
    }
}

/* lan.conf alone: its machine's commands are in NAME.emu, as ipmi_sim looks
 * for them, but beside it. False: there is none. */
static bool
open_named(struct script *s, const struct build *b, const char *conf, struct opened *file)
{
    char name[EMU_PATH_MAX / 2], path[EMU_PATH_MAX];

    if (snprintf(name, sizeof name, "%s.emu", b->d->name) >= (int)sizeof name)
        return false;
    if (emu_find(s->reader, conf, name, path, &file->text, &file->len) != ST_OK)
        return false;
    return script_enter(s, path, file);
}

static void
read_commands(struct load *l, struct script *s, struct build *b, const struct group *g)
{
    struct emu_run run = { .script = s, .words = &s->pool, .build = b };
    struct opened file;

    if (g->commands ? script_open(s, g->commands, &file)
                    : g->conf != NULL && open_named(s, b, g->conf, &file)) {
        emu_run_text(&run, file.path, file.text, file.len);
        script_close(s, &file);
    }
    for (size_t i = 0; i < l->opts->command_count; i++)
        emu_run_text(&run, "command line", l->opts->commands[i], strlen(l->opts->commands[i]));
}

/* SDR source comes before the commands, as a compiled file does in ipmi_sim;
 * whose repository it is, mc_setbmc may say only later. */
static void
read_group(struct load *l, struct script *s, struct build *b, const struct group *g)
{
    struct machine_mc *bmc;

    name_by_file(b, main_file(g));
    read_conf(l, s, b, g);
    read_sdrs(s, b, g);
    read_commands(l, s, b, g);
    bmc = build_mc(b, b->d->bmc_address, (struct place){ b->main, 0, 0 });
    if (bmc != NULL && g->conf == NULL && g->found_conf == NULL)
        plain_lan(b, bmc);
}

static void
load_group(struct load *l, const struct group *g)
{
    struct script s;
    struct build b;
    struct description *d;

    script_init(&s, &l->opts->reader, l->diags);
    if (build_begin(&b, main_file(g), l->diags, &s.pool) != ST_OK) {
        l->nomem = true;
        script_free(&s);
        return;
    }
    read_group(l, &s, &b, g);
    d = build_end(&b);
    l->nomem = l->nomem || d == NULL;
    if (d != NULL)
        l->out[l->out_count++] = d;
    script_free(&s);
}

/* ---- all of them ------------------------------------------------------------------------ */

static enum status
finish(struct load *l, struct description ***out, size_t *n)
{
    enum status st = l->nomem || l->pool.failed ? ST_NOMEM
                     : l->diags->errors > l->errors || l->out_count == 0 ? ST_INVALID : ST_OK;

    *out = NULL;
    *n = 0;
    if (st == ST_OK) {
        *out = l->out;
        *n = l->out_count;
        return st;
    }
    for (size_t i = 0; i < l->out_count; i++)
        description_unref(l->out[i]);
    free(l->out);
    return st;
}

enum status
emu_load(const char *const *files, size_t count, const struct emu_opts *opts,
         struct diags *diags, struct description ***out, size_t *n)
{
    static const struct emu_opts plain;
    struct load l = { .opts = opts ? opts : &plain, .diags = diags,
                      .errors = diags->errors };
    enum status st;

    l.out = calloc(count + 1, sizeof(struct description *));
    l.groups = pool_alloc(&l.pool, (count + 1) * sizeof *l.groups);
    if (l.out == NULL || l.groups == NULL) {
        free(l.out);
        pool_free(&l.pool);
        return ST_NOMEM;
    }
    group_files(&l, files, count);
    for (size_t i = 0; i < l.group_count && !l.nomem; i++)
        load_group(&l, &l.groups[i]);
    st = finish(&l, out, n);
    pool_free(&l.pool);
    return st;
}
