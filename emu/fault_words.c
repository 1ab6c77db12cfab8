#include "emu/fault_words.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "sim/bus/bus_name.h"

#define ANY_OCTET (-1)
#define PPM_OF_PERCENT 10000u
#define PERCENT_DECIMALS 4
#define COUNT_MAX 0xffffffffu

/* ---- where ------------------------------------------------------------------- */

static const struct {
    const char *word;
    int link;
} links[] = {
    { "lan", TAP_LAN },
    { "ipmb", TAP_IPMB },
    { "icmb", TAP_ICMB },
    { "any", FAULT_ANY },
};

#define LINKS (sizeof links / sizeof links[0])

/* ---- what is said with each effect ---------------------------------------------- */

enum {
    SAYS_SPAN = 1u << 0,
    SAYS_JITTER = 1u << 1,
    SAYS_COUNT = 1u << 2,
    SAYS_OCTET = 1u << 3,
    SAYS_MASK = 1u << 4,
    SAYS_PART = 1u << 5,
    SAYS_SEGMENT = 1u << 6,
    SAYS_TIME = SAYS_SPAN | SAYS_JITTER,
};

/* A new effect of the fault plan takes one line here. */
static const struct {
    uint8_t takes;
    uint8_t needs;               /* one of these; 0: none */
    const char *lacks;           /* what to say when there is none */
} effects[FAULT_EFFECTS] = {
    [FAULT_LOSE] = { 0, 0, NULL },
    [FAULT_DELAY] = { SAYS_TIME, SAYS_TIME, "span= or jitter=: how long" },
    [FAULT_DUPLICATE] = { SAYS_COUNT | SAYS_SPAN, 0, NULL },
    [FAULT_REORDER] = { SAYS_SPAN, 0, NULL },
    [FAULT_CORRUPT] = { SAYS_OCTET | SAYS_COUNT | SAYS_MASK | SAYS_PART, 0, NULL },
    [FAULT_TRUNCATE] = { SAYS_COUNT, 0, NULL },
    [FAULT_NAK] = { SAYS_OCTET, 0, NULL },
    [FAULT_STRETCH] = { SAYS_TIME | SAYS_OCTET, SAYS_TIME, "span= or jitter=: how long" },
    [FAULT_COLLIDE] = { SAYS_TIME, 0, NULL },
    [FAULT_BABBLE] = { SAYS_TIME, SAYS_TIME, "span= or jitter=: how long" },
    [FAULT_STICK] = { SAYS_TIME | SAYS_OCTET | SAYS_COUNT, SAYS_TIME | SAYS_COUNT,
                      "span=, or count= of clocks: how long" },
    [FAULT_BUSY] = { SAYS_TIME, SAYS_TIME, "span= or jitter=: how long" },
    [FAULT_DEAD] = { SAYS_TIME, SAYS_TIME, "span= or jitter=: how long" },
    [FAULT_CUT] = { SAYS_SEGMENT, SAYS_SEGMENT, "segment= of addresses" },
};

/* ---- the keys --------------------------------------------------------------------- */

enum value_kind {
    VALUE_INT,           /* int: a number up to max */
    VALUE_U32,
    VALUE_U8,
    VALUE_OCTET,         /* int: a number, or "any" */
    VALUE_SPAN,          /* instant */
    VALUE_CHANCE,        /* ppm, given in percent */
    VALUE_DIR,
    VALUE_PART,
    VALUE_SEGMENT,
    VALUE_NAME,
};

#define MEMBER(m) offsetof(struct fault_rule, m)

static const struct key {
    const char *word;
    enum value_kind kind;
    size_t member;
    uint32_t max;
    uint8_t says;                /* of an effect: how; 0: goes with all */
    const char *expected;
} keys[] = {
    { "dir", VALUE_DIR, MEMBER(dir), 0, 0, "in or out, of the BMC" },
    { "netfn", VALUE_INT, MEMBER(netfn), 0x3f, 0, "the network function, 0 to 0x3f" },
    { "cmd", VALUE_INT, MEMBER(cmd), 0xff, 0, "the command, 0 to 0xff" },
    { "lun", VALUE_INT, MEMBER(lun), 3, 0, "the LUN, 0 to 3" },
    { "seq", VALUE_INT, MEMBER(seq), 0x3f, 0, "the sequence number, 0 to 0x3f" },
    { "payload", VALUE_INT, MEMBER(payload_type), 0x3f, 0, "the payload type, 0 to 0x3f" },
    { "from", VALUE_INT, MEMBER(source), 0xff, 0, "the sender's address, 0 to 0xff" },
    { "to", VALUE_INT, MEMBER(target), 0xff, 0, "the receiver's address, 0 to 0xff" },

    { "after", VALUE_SPAN, MEMBER(from), 0, 0, "a span, such as 10s" },
    { "until", VALUE_SPAN, MEMBER(until), 0, 0, "a span, such as 20s" },
    { "chance", VALUE_CHANCE, MEMBER(probability_ppm), 0, 0, "a chance, 0.0001% to 100%" },
    { "every", VALUE_U32, MEMBER(every), COUNT_MAX, 0, "a count of frames" },
    { "times", VALUE_U32, MEMBER(times), COUNT_MAX, 0, "a count of strikes" },

    { "span", VALUE_SPAN, MEMBER(span), 0, SAYS_SPAN, "a span, such as 250ms" },
    { "jitter", VALUE_SPAN, MEMBER(jitter), 0, SAYS_JITTER, "a span, such as 50ms" },
    { "count", VALUE_U32, MEMBER(count), COUNT_MAX, SAYS_COUNT, "a count" },
    { "octet", VALUE_OCTET, MEMBER(offset), INT16_MAX, SAYS_OCTET,
      "an octet's place from 0, or any" },
    { "mask", VALUE_U8, MEMBER(mask), 0xff, SAYS_MASK, "the bits to change, 0 to 0xff" },
    { "part", VALUE_PART, MEMBER(place), 0, SAYS_PART, "frame, header-sum, data or data-sum" },
    { "segment", VALUE_SEGMENT, MEMBER(set), 0, SAYS_SEGMENT,
      "even addresses with commas between them, such as 0x82,0x84" },
    { "name", VALUE_NAME, 0, 0, 0, "a name" },
};

#define KEYS (sizeof keys / sizeof keys[0])

/* ---- values ------------------------------------------------------------------------- */

/* What is being read. */
struct parse {
    struct lexer *lx;
    struct fault_words *out;
    uint32_t given;              /* keys, by their place */
    uint8_t says;
    bool good;
};

/* A part of a word, at its column. */
static struct token
part_of(const struct token *t, size_t from, size_t len)
{
    struct token part = { t->text + from, len, t->at, false };

    part.at.column += (int)from;
    return part;
}

static void
wrong(struct parse *p, const struct token *t, const char *expected)
{
    lex_wrong(p->lx, t, "%s", expected);
    p->good = false;
}

static bool
number_up_to(const struct token *t, uint32_t max, uint32_t *out)
{
    struct number n;

    if (!number_read(t->text, t->len, &n) || n.negative || n.magnitude > max)
        return false;
    *out = (uint32_t)n.magnitude;
    return true;
}

static bool
span_of(const struct token *t, instant *out)
{
    static const struct {
        const char *word;
        uint64_t ns;
    } units[] = {
        { "ns", 1 }, { "us", 1000 }, { "ms", 1000000 }, { "s", 1000000000 },
        { "min", 60 * UINT64_C(1000000000) }, { "h", 3600 * UINT64_C(1000000000) },
    };
    uint64_t n = 0;
    size_t digits = 0;

    for (; digits < t->len && t->text[digits] >= '0' && t->text[digits] <= '9'; digits++) {
        if (n > (UINT64_MAX - 9) / 10)
            return false;
        n = 10 * n + (uint64_t)(t->text[digits] - '0');
    }
    for (size_t i = 0; digits && i < sizeof units / sizeof units[0]; i++) {
        struct token unit = part_of(t, digits, t->len - digits);

        if (token_is(&unit, units[i].word) && n <= UINT64_MAX / units[i].ns) {
            *out = n * units[i].ns;
            return true;
        }
    }
    return false;
}

/* "5%", "0.25%", in parts per million; the sign may be missing after a key. */
static bool
chance_of(const struct token *t, uint32_t *ppm)
{
    size_t len = t->len && t->text[t->len - 1] == '%' ? t->len - 1 : t->len;
    uint32_t n = 0, decimals = 0;
    bool point = false;

    if (len == 0 || t->text[0] == '.' || t->text[len - 1] == '.')
        return false;
    for (size_t i = 0; i < len; i++) {
        char c = t->text[i];

        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9' || n > 1000000 || (point && ++decimals > PERCENT_DECIMALS))
            return false;
        n = 10 * n + (uint32_t)(c - '0');
    }
    for (; decimals < PERCENT_DECIMALS && n <= 1000000; decimals++)
        n *= 10;
    *ppm = n;
    return n > 0 && n <= 100 * PPM_OF_PERCENT;
}

static bool
dir_of(const struct token *t, int *out)
{
    *out = token_is(t, "in") ? TAP_TO_BMC : TAP_FROM_BMC;
    return token_is(t, "in") || token_is(t, "out");
}

static bool
place_of(const struct token *t, enum fault_place *out)
{
    static const char *const words[FAULT_PLACES] = {
        [FAULT_AT_FRAME] = "frame",
        [FAULT_AT_HEADER_SUM] = "header-sum",
        [FAULT_AT_DATA] = "data",
        [FAULT_AT_DATA_SUM] = "data-sum",
    };

    for (int i = 0; i < FAULT_PLACES; i++)
        if (token_is(t, words[i])) {
            *out = (enum fault_place)i;
            return true;
        }
    return false;
}

static bool
segment_of(const struct token *t, struct fault_rule *rule)
{
    for (size_t from = 0; from <= t->len;) {
        const char *comma = memchr(t->text + from, ',', t->len - from);
        size_t end = comma ? (size_t)(comma - t->text) : t->len;
        struct token one = part_of(t, from, end - from);
        uint32_t address;

        if (!number_up_to(&one, 0xfe, &address) || address == 0 || address & 1)
            return false;
        fault_set_add(rule, (uint8_t)address);
        from = end + 1;
    }
    return true;
}

static bool
octet_of(const struct token *t, uint32_t max, int *out)
{
    uint32_t n = 0;

    if (!token_is(t, "any") && !number_up_to(t, max, &n))
        return false;
    *out = token_is(t, "any") ? ANY_OCTET : (int)n;
    return true;
}

/* Names go into traces: plain characters only. */
static void
keep_name(struct fault_words *out, const char *text, size_t len)
{
    size_t n = 0;

    for (; n < len && n < FAULT_NAME_MAX; n++)
        out->name[n] = text[n] >= ' ' && text[n] <= '~' ? text[n] : '?';
    out->name[n] = '\0';
}

static bool
name_of(const struct token *t, struct fault_words *out)
{
    if (t->len == 0 || t->len > FAULT_NAME_MAX)
        return false;
    keep_name(out, t->text, t->len);
    return true;
}

static bool
take_value(struct fault_words *out, const struct key *key, const struct token *t)
{
    void *to = (char *)&out->rule + key->member;
    uint32_t n = 0;
    bool good;

    switch (key->kind) {
    case VALUE_OCTET: return octet_of(t, key->max, to);
    case VALUE_SPAN: return span_of(t, to);
    case VALUE_CHANCE: return chance_of(t, to);
    case VALUE_DIR: return dir_of(t, to);
    case VALUE_PART: return place_of(t, to);
    case VALUE_SEGMENT: return segment_of(t, &out->rule);
    case VALUE_NAME: return name_of(t, out);
    default: break;
    }
    good = number_up_to(t, key->max, &n);
    if (good && key->kind == VALUE_INT)
        *(int *)to = (int)n;
    else if (good && key->kind == VALUE_U32)
        *(uint32_t *)to = n;
    else if (good)
        *(uint8_t *)to = (uint8_t)n;
    return good;
}

/* ---- words ---------------------------------------------------------------------------- */

/* "ipmb0-a", "ipmb-l1": the name of a bus. */
static bool
take_bus(struct fault_rule *rule, const struct token *t)
{
    uint8_t number;

    if (!bus_number(t->text, t->len, &number))
        return false;
    rule->link = TAP_IPMB;
    rule->number = number;
    return true;
}

/* "ipmb", "lan1". */
static bool
take_where(struct parse *p, const struct token *t)
{
    struct fault_rule *rule = &p->out->rule;
    size_t len = t->len;
    uint32_t number;

    while (len > 0 && t->text[len - 1] >= '0' && t->text[len - 1] <= '9')
        len--;
    for (size_t i = 0; i < LINKS; i++) {
        struct token word = part_of(t, 0, len), rest = part_of(t, len, t->len - len);

        if (!token_is(&word, links[i].word))
            continue;
        rule->link = links[i].link;
        if (rest.len == 0)
            return true;
        if (rule->link == FAULT_ANY || !number_up_to(&rest, UINT8_MAX, &number))
            return false;
        rule->number = (int)number;
        return true;
    }
    return take_bus(rule, t);
}

static bool
goes_with(const struct fault_rule *rule, enum fault_effect effect)
{
    return !fault_of_wire(effect) || rule->link == TAP_IPMB || rule->link == FAULT_ANY;
}

static bool
take_effect(struct parse *p, const struct token *t)
{
    struct fault_rule *rule = &p->out->rule;

    for (int e = 0; e < FAULT_EFFECTS; e++)
        if (token_is(t, fault_effect_text((enum fault_effect)e)) &&
            goes_with(rule, (enum fault_effect)e)) {
            rule->effect = (enum fault_effect)e;
            return true;
        }
    return false;
}

/* The effects that are possible there, in words. */
static const char *
effects_of(const struct fault_rule *rule, char *to, size_t size)
{
    size_t len = (size_t)snprintf(to, size, "an effect:");

    for (int e = 0; e < FAULT_EFFECTS; e++)
        if (goes_with(rule, (enum fault_effect)e) && len < size)
            len += (size_t)snprintf(to + len, size - len, " %s",
                                    fault_effect_text((enum fault_effect)e));
    return to;
}

/* The keys that go with an effect, in words. */
static const char *
keys_of(const struct fault_rule *rule, char *to, size_t size)
{
    size_t len = 0;

    for (size_t i = 0; i < KEYS; i++)
        if ((keys[i].says & ~effects[rule->effect].takes) == 0 && len < size)
            len += (size_t)snprintf(to + len, size - len, "%s=, ", keys[i].word);
    if (len < size)
        snprintf(to + len, size - len, "or a chance such as 5%%");
    return to;
}

static void
unknown_key(struct parse *p, const struct token *t)
{
    char words[240];

    wrong(p, t, keys_of(&p->out->rule, words, sizeof words));
}

static void
take_key(struct parse *p, const struct key *key, const struct token *t, size_t value_at)
{
    struct token value = part_of(t, value_at, t->len - value_at);
    uint32_t bit = 1u << (key - keys);

    if (p->given & bit)
        wrong(p, t, "each key once");
    else if (!take_value(p->out, key, &value))
        wrong(p, value.len ? &value : t, key->expected);
    p->given |= bit;
    p->says |= key->says;
}

static const struct key *
key_named(const char *word, size_t len)
{
    for (size_t i = 0; i < KEYS; i++)
        if (strlen(keys[i].word) == len && memcmp(keys[i].word, word, len) == 0)
            return &keys[i];
    return NULL;
}

static void
take_word(struct parse *p, const struct token *t)
{
    const char *equals = memchr(t->text, '=', t->len);
    size_t len = equals ? (size_t)(equals - t->text) : t->len;
    const struct key *key = equals ? key_named(t->text, len) : NULL;

    if (equals == NULL && t->len > 0 && t->text[t->len - 1] == '%')
        take_key(p, key_named("chance", strlen("chance")), t, 0);
    else if (key == NULL || key->says & ~effects[p->out->rule.effect].takes)
        unknown_key(p, t);
    else
        take_key(p, key, t, len + 1);
}

/* ---- the whole ------------------------------------------------------------------------ */

/* The words up to a comment, as far as a name goes. */
static void
name_by_words(struct lexer lx, struct fault_words *out)
{
    struct token rest = lex_rest(&lx);
    const char *comment = memchr(rest.text, '#', rest.len);
    size_t len = comment ? (size_t)(comment - rest.text) : rest.len;

    while (len > 0 && (rest.text[len - 1] == ' ' || rest.text[len - 1] == '\t'))
        len--;
    keep_name(out, rest.text, len);
}

/* The next word that is no comment. */
static bool
next_word(struct parse *p, struct token *t)
{
    return lex_word(p->lx, t) && (t->len == 0 || t->text[0] != '#');
}

/* Could the plan take it? Only room may be lacking, later. */
static bool
can_be_armed(const struct fault_rule *rule)
{
    struct fault_plan *plan;
    enum status st;

    if (fault_plan_new(rng_key_root(0), &plan) != ST_OK)
        return true;
    st = fault_arm(plan, rule, NULL);
    fault_plan_free(plan);
    return st != ST_INVALID;
}

/* What only the words together tell; t is the end of the line. */
static void
check_whole(struct parse *p, const struct token *t)
{
    const struct fault_rule *rule = &p->out->rule;
    uint8_t needs = effects[rule->effect].needs;

    if (needs && !(p->says & needs))
        wrong(p, t, effects[rule->effect].lacks);
    else if (rule->until && rule->until <= rule->from)
        wrong(p, t, "until= later than after=");
    else if (!can_be_armed(rule))
        wrong(p, t, "a fault that can strike");
}

bool
fault_words_parse(struct lexer *lx, struct fault_words *out)
{
    struct parse p = { .lx = lx, .out = out, .good = true };
    struct token t;
    char words[240];

    *out = (struct fault_words){ .rule = fault_rule_any(FAULT_LOSE) };
    name_by_words(*lx, out);
    out->rule.name = out->name;
    if (!next_word(&p, &t) || !take_where(&p, &t)) {
        wrong(&p, &t, "where: lan, ipmb, icmb, perhaps with a number, or any");
        return false;
    }
    if (!next_word(&p, &t) || !take_effect(&p, &t)) {
        wrong(&p, &t, effects_of(&out->rule, words, sizeof words));
        return false;
    }
    while (next_word(&p, &t))
        take_word(&p, &t);
    if (t.undefined)
        wrong(&p, &t, "a key of a fault");
    if (p.good)
        check_whole(&p, &t);
    return p.good;
}
