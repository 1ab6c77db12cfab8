#include "sim/mc/oem_rules.h"

#include <stdlib.h>
#include <string.h>

#include "sim/mc/mc_parts.h"

#define LAST_OCTET 0xff
#define LATE_DATA_MAX 256

/* A command that has rules. */
struct ruled {
    struct command row;                       /* first: the gate's way back here */
    struct command_table table;
    const struct machine_rule *const *rules;  /* count of them, in order */
    size_t count;
};

struct oem_rules {
    const struct machine_rule **sorted;       /* by command, then in their order */
    struct ruled *commands;
    size_t count;
    struct command_set *set;
};

/* An answer under way. */
struct late_answer {
    struct timer timer;
    struct ipmi_origin origin;
    uint8_t cc;
    size_t len;
    uint8_t data[LATE_DATA_MAX];
};

struct oem_late {
    struct mc *mc;
    struct late_answer answers[OEM_LATE_MAX];
};

/* ---- does a rule fit? ---- */

static bool
fits(const struct machine_rule *rule, struct bytes data)
{
    if (data.len < rule->pattern_len || (data.len > rule->pattern_len && !rule->open))
        return false;
    for (size_t i = 0; i < rule->pattern_len; i++)
        if (rule->pattern[i] != MACHINE_RULE_ANY && rule->pattern[i] != data.at[i])
            return false;
    return true;
}

static const struct machine_rule *
first_that_fits(const struct ruled *command, struct bytes data)
{
    for (size_t i = 0; i < command->count; i++)
        if (fits(command->rules[i], data))
            return command->rules[i];
    return NULL;
}

/* ---- its answer ---- */

static void
write_octet(struct wr *rs, uint16_t octet, struct bytes data)
{
    size_t at = octet & LAST_OCTET;

    if (octet & MACHINE_RULE_ECHO_FROM) {
        if (at < data.len)
            wr_bytes(rs, data.at + at, data.len - at);
    } else if (octet & MACHINE_RULE_ECHO) {
        wr_u8(rs, at < data.len ? data.at[at] : 0);
    } else {
        wr_u8(rs, octet);
    }
}

static void
write_answer(struct wr *rs, const struct machine_rule *rule, struct bytes data)
{
    for (size_t i = 0; i < rule->answer_len; i++)
        write_octet(rs, rule->answer[i], data);
}

static void
answer_now(void *ctx, instant at)
{
    struct late_answer *a = ctx;

    (void)at;
    ipmi_answer(&a->origin, a->cc, bytes_of(a->data, a->len));
}

static struct late_answer *
free_slot(struct oem_late *late)
{
    for (unsigned i = 0; i < OEM_LATE_MAX; i++)
        if (!timer_armed(&late->answers[i].timer))
            return &late->answers[i];
    return NULL;
}

static void
write_id(struct wr *w, const struct ipmi_req *rq)
{
    if (rq->netfn == NETFN_GROUP)
        wr_u8(w, rq->id);
    else if (rq->netfn == NETFN_OEM && rq->id != COMMAND_NO_IANA)
        wr_le24(w, rq->id);
}

static enum ipmi_cc
answer_later(struct oem_late *late, const struct machine_rule *rule, const struct ipmi_req *rq,
             struct bytes data)
{
    struct late_answer *a = free_slot(late);
    struct world *world = late->mc->world;
    struct wr w;

    if (a == NULL)
        return CC_BUSY;
    w = wr_of(a->data, sizeof a->data);
    write_id(&w, rq);
    write_answer(&w, rule, data);
    if (w.bad)
        return CC_CANNOT_RETURN;
    a->origin = rq->from;
    a->cc = rule->cc;
    a->len = wr_len(&w);
    if (!timeline_arm(&world->timeline, &a->timer,
                      instant_add(world->now, SPAN_MS(rule->after_ms))))
        return CC_BUSY;
    return CC_LATER;
}

/* The handler of all commands that have rules. */
static enum ipmi_cc
carry_out(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct ruled *command = (const struct ruled *)(const void *)rq->row;
    struct bytes data = rd_rest(&rq->data);
    const struct machine_rule *rule = first_that_fits(command, data);

    if (rule == NULL)
        return CC_INVALID_FIELD;
    if (rule->does == RULE_PASSES)
        return rule->says_needs ? command_pass_open(&mc->gate, mc, rq, rs)
                                : command_pass(&mc->gate, mc, rq, rs);
    if (rule->does == RULE_IS_SILENT)
        return CC_SILENT;
    if (rule->after_ms)
        return answer_later(oem_late(mc), rule, rq, data);
    write_answer(rs, rule, data);
    return (enum ipmi_cc)rule->cc;
}

/* ---- answers under way ---- */

bool
oem_rules_late(const struct machine_mc *machine)
{
    for (uint32_t i = 0; i < machine->rule_count; i++)
        if (machine->rules[i].after_ms)
            return true;
    return false;
}

struct oem_late *
oem_late_new(struct mc *mc)
{
    struct oem_late *late = calloc(1, sizeof *late);

    if (late == NULL)
        return NULL;
    late->mc = mc;
    for (unsigned i = 0; i < OEM_LATE_MAX; i++)
        timer_init(&late->answers[i].timer, TIMER_DEVICE, answer_now, &late->answers[i]);
    return late;
}

void
oem_late_forget(struct oem_late *late)
{
    for (unsigned i = 0; i < OEM_LATE_MAX; i++)
        timeline_disarm(&late->mc->world->timeline, &late->answers[i].timer);
}

void
oem_late_free(struct oem_late *late)
{
    if (late == NULL)
        return;
    oem_late_forget(late);
    free(late);
}

/* ---- the index ---- */

static int
command_order(const struct machine_rule *a, const struct machine_rule *b)
{
    if (a->netfn != b->netfn)
        return a->netfn < b->netfn ? -1 : 1;
    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    return (int)a->cmd - (int)b->cmd;
}

/* Rules lie in one array in their order, which breaks ties. */
static int
rule_order(const void *pa, const void *pb)
{
    const struct machine_rule *a = *(const struct machine_rule *const *)pa;
    const struct machine_rule *b = *(const struct machine_rule *const *)pb;
    int order = command_order(a, b);

    if (order != 0)
        return order;
    return a < b ? -1 : a > b;
}

static struct command
row_of(const struct machine_rule *first)
{
    return (struct command){
        .netfn = first->netfn, .cmd = first->cmd, .name = "a rule's", .needs = first->needs,
        .len_max = LEN_ANY, .handler = carry_out, .section = "",
    };
}

/* Group what is sorted: each command and where its rules stand. */
static void
group_rules(struct oem_rules *rules, size_t count)
{
    struct ruled *command = NULL;

    for (size_t i = 0; i < count; i++) {
        if (i == 0 || command_order(rules->sorted[i - 1], rules->sorted[i]) != 0) {
            command = &rules->commands[rules->count++];
            command->row = row_of(rules->sorted[i]);
            command->table = (struct command_table){
                .subject = "rules", .rows = &command->row, .count = 1,
                .id = rules->sorted[i]->id,
            };
            command->rules = &rules->sorted[i];
        }
        command->count++;
    }
}

static enum status
index_commands(struct oem_rules *rules)
{
    const struct command_table **tables = calloc(rules->count, sizeof *tables);
    enum status st = ST_NOMEM;

    if (tables == NULL)
        return st;
    for (size_t i = 0; i < rules->count; i++)
        tables[i] = &rules->commands[i].table;
    st = command_set_new(tables, rules->count, &rules->set);
    free(tables);
    return st;
}

enum status
oem_rules_new(const struct machine_mc *machine, struct oem_rules **out)
{
    struct oem_rules *rules = calloc(1, sizeof *rules);
    size_t count = machine->rule_count;
    enum status st = ST_NOMEM;

    if (rules == NULL)
        return st;
    rules->sorted = calloc(count ? count : 1, sizeof *rules->sorted);
    rules->commands = calloc(count ? count : 1, sizeof *rules->commands);
    if (rules->sorted != NULL && rules->commands != NULL) {
        for (size_t i = 0; i < count; i++)
            rules->sorted[i] = &machine->rules[i];
        qsort(rules->sorted, count, sizeof *rules->sorted, rule_order);
        group_rules(rules, count);
        st = index_commands(rules);
    }
    if (st != ST_OK) {
        oem_rules_free(rules);
        return st;
    }
    *out = rules;
    return ST_OK;
}

void
oem_rules_free(struct oem_rules *rules)
{
    if (rules == NULL)
        return;
    command_set_free(rules->set);
    free(rules->commands);
    free(rules->sorted);
    free(rules);
}

const struct command_set *
oem_rules_set(const struct oem_rules *rules)
{
    return rules->set;
}
