#include "emu/fault_words.h"

#include <stdio.h>
#include <string.h>

#include "emu/fault_value.h"
#include "sim/bus/bus_name.h"

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

#define MEMBER(m) offsetof(struct fault_rule, m)

static const struct fault_key keys[] = {
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

/* What is being read. */
struct parse {
    struct lexer *lx;
    struct fault_words *out;
    uint32_t given;              /* keys, by their place */
    uint8_t says;
    bool good;
};

static void
wrong(struct parse *p, const struct token *t, const char *expected)
{
    lex_wrong(p->lx, t, "%s", expected);
    p->good = false;
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
        struct token word = fault_token_part(t, 0, len), rest = fault_token_part(t, len, t->len - len);

        if (!token_is(&word, links[i].word))
            continue;
        rule->link = links[i].link;
        if (rest.len == 0)
            return true;
        if (rule->link == FAULT_ANY || !fault_number(&rest, UINT8_MAX, &number))
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
take_key(struct parse *p, const struct fault_key *key, const struct token *t, size_t value_at)
{
    struct token value = fault_token_part(t, value_at, t->len - value_at);
    uint32_t bit = 1u << (key - keys);

    if (p->given & bit)
        wrong(p, t, "each key once");
    else if (!fault_value(p->out, key, &value))
        wrong(p, value.len ? &value : t, key->expected);
    p->given |= bit;
    p->says |= key->says;
}

static const struct fault_key *
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
    const struct fault_key *key = equals ? key_named(t->text, len) : NULL;

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
    fault_keep_name(out, rest.text, len);
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
