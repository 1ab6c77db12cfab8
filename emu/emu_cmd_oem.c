#include <stdio.h>
#include <string.h>

#include "emu/emu_handlers.h"
#include "sim/base/hex.h"
#include "sim/oem/profiles.h"

#define NAMES_SIZE 224

/* ---- oem_profile ---- */

static char *
known_profiles(char *to, size_t size)
{
    const struct oem_profile *profile;
    size_t len = 0;

    to[0] = '\0';
    for (size_t n = 0; (profile = oem_profile_nth(n)) != NULL && len < size; n++)
        len += (size_t)snprintf(to + len, size - len, "%s%s", n ? ", " : "", profile->name);
    return to;
}

static const struct oem_profile *
profile_of(const struct token *t)
{
    const struct oem_profile *profile;

    for (size_t n = 0; (profile = oem_profile_nth(n)) != NULL; n++)
        if (token_is(t, profile->name))
            return profile;
    return NULL;
}

static void
add_profile(struct emu_call *call, const struct token *t, const struct oem_profile *profile)
{
    const struct oem_profile **at = call->mc->profiles;
    unsigned n = 0;

    while (n < MACHINE_PROFILES_MAX && at[n] != NULL && at[n] != profile)
        n++;
    if (n == MACHINE_PROFILES_MAX)
        lex_wrong(call->lx, t, "at most %d profiles of a controller", MACHINE_PROFILES_MAX);
    else if (at[n] == profile)
        lex_wrong(call->lx, t, "each profile once");
    else
        at[n] = profile;
}

void
do_oem_profile(struct emu_call *call)
{
    char names[NAMES_SIZE];
    struct token t;
    bool any = false;

    while (lex_word(call->lx, &t) && t.text[0] != '#') {
        const struct oem_profile *profile = profile_of(&t);

        any = true;
        if (profile != NULL)
            add_profile(call, &t, profile);
        else
            lex_wrong(call->lx, &t, "a profile: %s", known_profiles(names, sizeof names));
    }
    if (!any)
        lex_wrong(call->lx, &t, "a profile: %s", known_profiles(names, sizeof names));
}

/* ---- oem_command: the rest of the line, word by word ---- */

#define IANA_MAX 0xffffff
#define OCTET_HELP "an octet, two hexadecimal digits"

/* A line as far as it is read. */
struct reading {
    struct emu_call *call;
    struct machine_rule rule;
    struct token word;           /* the one that is being read */
    bool has_iana, has_group, has_needs, has_data;
    struct token needs_word;
    uint16_t octets[MACHINE_RULE_OCTETS_MAX];
    size_t count;
};

/* The next word, unless the line ends or a comment begins. */
static bool
next_word(struct lexer *lx, struct token *t)
{
    return lex_word(lx, t) && t->text[0] != '#';
}

static bool
once(struct reading *r, bool *has)
{
    if (*has)
        lex_wrong(r->call->lx, &r->word, "it once");
    return !*has && (*has = true);
}

/* 1a, A, 0x1A. */
static bool
octet_of(const char *text, size_t len, uint16_t *out)
{
    if (len > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
        text += 2;
        len -= 2;
    }
    if (len < 1 || len > 2 || hex_digit(text[0]) < 0 || hex_digit(text[len - 1]) < 0)
        return false;
    *out = (uint16_t)(len == 2 ? hex_digit(text[0]) << 4 | hex_digit(text[1])
                               : hex_digit(text[0]));
    return true;
}

/* @3, @3..: an octet of the request, from 1; and all from one on. */
static bool
echo_of(const struct token *t, uint16_t *out)
{
    bool from = t->len > 3 && memcmp(t->text + t->len - 2, "..", 2) == 0;
    size_t len = t->len - (from ? 2 : 0);
    struct number n;

    if (t->len < 2 || t->text[0] != '@' || t->text[1] < '1' || t->text[1] > '9' ||
        !number_read(t->text + 1, len - 1, &n) || n.magnitude > MACHINE_RULE_OCTETS_MAX)
        return false;
    *out = (uint16_t)((n.magnitude - 1) | (from ? MACHINE_RULE_ECHO_FROM : MACHINE_RULE_ECHO));
    return true;
}

static bool
keep_octet(struct reading *r, const struct token *t, uint16_t octet)
{
    if (r->count == MACHINE_RULE_OCTETS_MAX) {
        lex_wrong(r->call->lx, t, "at most %d octets", MACHINE_RULE_OCTETS_MAX);
        return false;
    }
    r->octets[r->count++] = octet;
    return true;
}

/* Move what was read into the description; NULL on no memory, or nothing. */
static const uint16_t *
kept_octets(struct reading *r, uint16_t *len)
{
    struct build *b = r->call->run->build;
    struct bytes kept = description_bytes(b->d, r->octets, r->count * sizeof r->octets[0]);

    b->nomem = b->nomem || (r->count > 0 && kept.at == NULL);
    *len = kept.at != NULL ? (uint16_t)r->count : 0;
    r->count = 0;
    return (const uint16_t *)(const void *)kept.at;
}

static bool
read_iana(struct reading *r)
{
    static const struct arg number = { ARG_UINT, "manufacturer's number", IANA_MAX, NULL,
                                       false };
    struct value v;

    if (!once(r, &r->has_iana) || !arg_parse(r->call->lx, &number, &v))
        return false;
    r->rule.id = v.n;
    return true;
}

static bool
read_group(struct reading *r)
{
    static const struct arg number = { ARG_U8, "group's number", 0, NULL, false };
    struct value v;

    if (!once(r, &r->has_group) || !arg_parse(r->call->lx, &number, &v))
        return false;
    r->rule.id = v.n;
    return true;
}

static bool
ends_data(const struct token *t)
{
    static const char *const words[] = { "iana", "group", "after", "answer", "pass", "silent" };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (token_is(t, words[i]))
            return true;
    return t->text[0] == '#';
}

/* Octets, .. for any one, and * at the end for whatever comes. */
static bool
read_data(struct reading *r)
{
    struct lexer *lx = r->call->lx;
    uint16_t octet;
    struct token t;

    if (!once(r, &r->has_data))
        return false;
    r->rule.open = false;
    while (lex_peek(lx, &t) && !ends_data(&t)) {
        (void)lex_word(lx, &t);
        if (r->rule.open || !(octet_of(t.text, t.len, &octet) || token_is(&t, "..") ||
                              token_is(&t, "*"))) {
            lex_wrong(lx, &t, r->rule.open ? "after, answer, pass or silent"
                                           : OCTET_HELP ", .. or *");
            return false;
        }
        r->rule.open = token_is(&t, "*");
        if (token_is(&t, ".."))
            octet = MACHINE_RULE_ANY;
        if (!r->rule.open && !keep_octet(r, &t, octet))
            return false;
    }
    r->rule.pattern = kept_octets(r, &r->rule.pattern_len);
    return true;
}

static bool
read_after(struct reading *r)
{
    static const struct arg ms = { ARG_UINT, "milliseconds", MACHINE_RULE_AFTER_MAX_MS, NULL,
                                   false };
    struct value v;

    if (!arg_parse(r->call->lx, &ms, &v))
        return false;
    r->rule.after_ms = v.n;
    return true;
}

static bool
read_answer(struct reading *r)
{
    struct lexer *lx = r->call->lx;
    uint16_t octet;
    struct token t;

    if (!next_word(lx, &t) || !octet_of(t.text, t.len, &octet)) {
        lex_wrong(lx, &t, "the completion code, two hexadecimal digits");
        return false;
    }
    r->rule.cc = (uint8_t)octet;
    while (next_word(lx, &t)) {
        if (!octet_of(t.text, t.len, &octet) && !echo_of(&t, &octet)) {
            lex_wrong(lx, &t, OCTET_HELP ", or @N or @N.. of the request, N from 1");
            return false;
        }
        if (!keep_octet(r, &t, octet))
            return false;
    }
    r->rule.answer = kept_octets(r, &r->rule.answer_len);
    return true;
}

static bool
read_end(struct reading *r)
{
    struct token t;

    if (r->rule.after_ms) {
        lex_wrong(r->call->lx, &r->word, "answer, which alone can come after a while");
        return false;
    }
    if (!next_word(r->call->lx, &t))
        return true;
    lex_wrong(r->call->lx, &t, "the end of the command");
    return false;
}

static bool
read_pass(struct reading *r)
{
    r->rule.does = RULE_PASSES;
    return read_end(r);
}

static bool
read_silent(struct reading *r)
{
    r->rule.does = RULE_IS_SILENT;
    return read_end(r);
}

static const struct keyword privileges[] = {
    { "any", NEEDS_NOTHING },    { "callback", NEEDS_CALLBACK }, { "user", NEEDS_USER },
    { "operator", NEEDS_OPERATOR }, { "admin", NEEDS_ADMIN },    { "system", NEEDS_SYSTEM },
    { NULL, 0 },
};

static bool
read_privilege(struct reading *r)
{
    static const struct arg privilege = { ARG_CHOICE, "privilege", 0, privileges, false };
    struct value v;

    if (!once(r, &r->has_needs) || !arg_of_token(r->call->lx, &r->word, &privilege, &v))
        return false;
    r->rule.needs = (uint8_t)v.n;
    r->rule.says_needs = true;
    r->needs_word = r->word;
    return true;
}

static const struct rule_word {
    const char *word;
    bool (*read)(struct reading *r);
    bool last;
} rule_words[] = {
    { "iana", read_iana, false },        { "group", read_group, false },
    { "any", read_privilege, false },    { "callback", read_privilege, false },
    { "user", read_privilege, false },   { "operator", read_privilege, false },
    { "admin", read_privilege, false },  { "system", read_privilege, false },
    { "data", read_data, false },        { "after", read_after, false },
    { "answer", read_answer, true },     { "pass", read_pass, true },
    { "silent", read_silent, true },
};

static const struct rule_word *
word_of(const struct token *t)
{
    for (size_t i = 0; i < sizeof rule_words / sizeof rule_words[0]; i++)
        if (token_is(t, rule_words[i].word))
            return &rule_words[i];
    return NULL;
}

static bool
read_rule(struct reading *r)
{
    struct lexer *lx = r->call->lx;
    const struct rule_word *word;

    while (next_word(lx, &r->word) && (word = word_of(&r->word)) != NULL) {
        if (!word->read(r))
            return false;
        if (word->last)
            return true;
    }
    lex_wrong(lx, &r->word, "iana, group, a privilege, data, after; and answer, pass or silent");
    return false;
}

/* ---- oem_command: the rule ---- */

/* The network functions that go by a further number have it, others not; but
 * there are manufacturers (Sun) that leave theirs out. */
static bool
check_id(struct reading *r)
{
    const struct value *netfn = &r->call->v[1];
    bool iana = netfn->n == NETFN_OEM, group = netfn->n == NETFN_GROUP;
    const char *expected = iana    ? "iana NUMBER with it, or nothing"
                           : group ? "group NUMBER with it"
                                   : "neither iana nor group with it";

    if (iana && !r->has_iana)
        r->rule.id = COMMAND_NO_IANA;
    if ((iana || !r->has_iana) && group == r->has_group)
        return true;
    diag_error(r->call->run->script->diags, netfn->at,
               "found network function 0x%02x; expected %s", (unsigned)netfn->n, expected);
    return false;
}

/* A command has one privilege: its first rule says it, or it is a user's. */
static bool
check_privilege(struct reading *r)
{
    const struct machine_mc *mc = r->call->mc;
    struct machine_rule *rule = &r->rule;

    for (uint32_t i = 0; i < mc->rule_count; i++) {
        const struct machine_rule *first = &mc->rules[i];

        if (first->netfn != rule->netfn || first->cmd != rule->cmd || first->id != rule->id)
            continue;
        if (r->has_needs && rule->needs != first->needs) {
            lex_wrong(r->call->lx, &r->needs_word,
                      "the privilege of the command's first rule, or none");
            return false;
        }
        rule->needs = first->needs;
        rule->says_needs = first->says_needs;
        return true;
    }
    return true;
}

static bool
check_netfn(struct emu_call *call)
{
    if (call->v[1].n % 2 == 0)
        return true;
    diag_error(call->run->script->diags, call->v[1].at,
               "found 0x%02x, the network function of an answer; expected an even one",
               (unsigned)call->v[1].n);
    return false;
}

void
do_oem_command(struct emu_call *call)
{
    struct build *b = call->run->build;
    struct machine_mc *mc = call->mc;
    struct reading r = {
        .call = call,
        .rule = { .netfn = (uint8_t)call->v[1].n, .cmd = (uint8_t)call->v[2].n,
                  .needs = NEEDS_USER, .open = true },
    };
    struct machine_rule *rule;

    if (!check_netfn(call) || !read_rule(&r) || !check_id(&r) || !check_privilege(&r))
        return;
    if (mc->rule_count == MACHINE_RULES_MAX) {
        diag_error(call->run->script->diags, call->at,
                   "found one more oem_command; expected at most %d of a controller",
                   MACHINE_RULES_MAX);
        return;
    }
    rule = DESCRIPTION_ADD(b->d, mc->rules, mc->rule_count);
    if (rule == NULL)
        b->nomem = true;
    else
        *rule = r.rule;
}
