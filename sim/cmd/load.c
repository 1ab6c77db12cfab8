#include "sim/cmd/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "emu/emu.h"
#include "emu/fault_words.h"
#include "sim/cmd/options.h"
#include "sim/lan/lan_host.h"
#include "sim/wire/codes.h"

#define LINE_MAX_OF_DIAG 1024

size_t
diags_show(const struct diags *diags, bool quiet, FILE *to)
{
    char line[LINE_MAX_OF_DIAG];

    for (size_t i = 0; i < diags->count; i++)
        if (!quiet || diags->list[i].severity == SEVERITY_ERROR)
            fprintf(to, "%s\n", diag_print(&diags->list[i], line, sizeof line));
    if (diags->errors + diags->warnings > diags->count)
        fprintf(to, "ipmilab: %zu more\n", diags->errors + diags->warnings - diags->count);
    return diags->errors;
}

int
machines_load(const struct load_opts *opts, struct machines *out)
{
    struct emu_opts emu = { .reader = opts->reader, .commands = opts->commands,
                            .command_count = opts->command_count };
    struct diags diags;
    enum status st;

    *out = (struct machines){ 0 };
    diags_init(&diags);
    st = emu_load(opts->files, opts->file_count, &emu, &diags, &out->at, &out->count);
    diags_show(&diags, opts->quiet, stderr);
    diags_free(&diags);
    if (st == ST_OK)
        return -1;
    if (st == ST_INVALID)
        return EXIT_USAGE;
    fprintf(stderr, "ipmilab: %s\n", status_text(st));
    return EXIT_LAB;
}

void
machines_free(struct machines *m)
{
    for (size_t i = 0; i < m->count; i++)
        description_unref(m->at[i]);
    free(m->at);
    *m = (struct machines){ 0 };
}

/* The id of the user with a name, or the first free one from 2 on; 0. */
static uint8_t
user_id_for(const struct machine_mc *mc, const uint8_t name[16])
{
    bool taken[LAN_USER_ID_MAX + 1] = { [0] = true, [1] = true };

    for (uint32_t i = 0; i < mc->user_count; i++) {
        const struct machine_user *u = &mc->users[i];

        if (u->id > LAN_USER_ID_MAX)
            continue;
        taken[u->id] = true;
        if (memcmp(u->name, name, 16) == 0)
            return u->id;
    }
    for (uint8_t id = 2; id <= LAN_USER_ID_MAX; id++)
        if (!taken[id])
            return id;
    return 0;
}

static bool
set_user(struct description *d, const uint8_t name[16], const uint8_t *password, size_t len)
{
    struct machine_mc *mc = description_find_mc(d, d->bmc_address);
    uint8_t id = mc == NULL ? 0 : user_id_for(mc, name);
    struct machine_user *user = id ? description_user(d, mc, id) : NULL;

    if (user == NULL)
        return false;
    memcpy(user->name, name, sizeof user->name);
    memset(user->password, 0, sizeof user->password);
    memcpy(user->password, password, len);
    user->password_is_20 = len > 16;
    user->enabled = true;
    user->limit = PRIV_ADMIN;
    return true;
}

int
machines_add_user(struct machines *m, const char *name_password)
{
    const char *colon = strchr(name_password, ':');
    size_t name_len = colon == NULL ? 0 : (size_t)(colon - name_password);
    size_t len = colon == NULL ? 0 : strlen(colon + 1);
    uint8_t name[16] = { 0 }, password[20] = { 0 };

    if (colon == NULL || name_len < 1 || name_len > 16 || len > 20) {
        fprintf(stderr,
                "ipmilab: --user: \"%.*s\": expected NAME:PASSWORD, a name of 1 to 16 and a "
                "password of up to 20 characters\n",
                (int)name_len, name_password);
        return EXIT_USAGE;
    }
    memcpy(name, name_password, name_len);
    memcpy(password, colon + 1, len);
    for (size_t i = 0; i < m->count; i++) {
        if (!set_user(m->at[i], name, password, len)) {
            fprintf(stderr, "ipmilab: --user: %s has no user left\n", m->at[i]->name);
            return EXIT_USAGE;
        }
    }
    return -1;
}

/* One line of words, with its mistakes on stderr. */
static bool
read_fault(const char *words, struct fault_words *out)
{
    struct pool pool = { 0 };
    struct source source;
    struct diags diags;
    struct lexer lx;
    struct line line;
    struct vars vars;
    bool good = false;

    diags_init(&diags);
    vars_init(&vars, &pool);
    source_open(&source, "--fault", words, strlen(words), false, &diags);
    if (source_next(&source, &line)) {
        lexer_open(&lx, &line, &vars, &pool, &diags);
        good = fault_words_parse(&lx, out);
    } else {
        fprintf(stderr, "--fault: \"\": expected WHERE EFFECT, such as ipmb lose 5%%\n");
    }
    diags_show(&diags, false, stderr);
    source_close(&source);
    pool_free(&pool);
    diags_free(&diags);
    return good;
}

static enum status
add_fault(struct description *d, const struct fault_words *words)
{
    struct fault_words *kept = description_alloc(d, sizeof *kept);
    struct lab_action a = { .what = ACT_FAULT };

    if (kept == NULL)
        return ST_NOMEM;
    *kept = *words;
    kept->rule.name = kept->name;
    a.fault = &kept->rule;
    return description_act(d, &a);
}

int
machines_add_fault(struct machines *m, const char *words)
{
    struct fault_words fault;

    if (!read_fault(words, &fault))
        return EXIT_USAGE;
    for (size_t i = 0; i < m->count; i++) {
        enum status st = add_fault(m->at[i], &fault);

        if (st != ST_OK) {
            fprintf(stderr, "ipmilab: --fault: %s\n", status_text(st));
            return EXIT_LAB;
        }
    }
    return -1;
}

const char *
machine_first_user(const struct description *d, uint8_t address, char to[17])
{
    const struct machine_mc *mc = description_find_mc(d, address);

    to[0] = '\0';
    for (uint32_t i = 0; mc != NULL && i < mc->user_count; i++) {
        const struct machine_user *u = &mc->users[i];

        if (!u->enabled || !u->name[0])
            continue;
        memcpy(to, u->name, 16);
        to[16] = '\0';
        break;
    }
    return to;
}
