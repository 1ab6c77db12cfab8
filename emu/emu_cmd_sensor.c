#include <string.h>

#include "emu/emu_handlers.h"
#include "emu/sdr_source.h"
#include "sim/wire/sdr.h"

#define SDR_MAX 256                 /* octets in a command */

static struct diags *
diags_of(struct emu_call *call)
{
    return call->run->script->diags;
}

/* ---- records ------------------------------------------------------------------- */

/* Forks write records without their id in front. */
static bool
lacks_id(const uint8_t *octets, size_t count)
{
    return count >= 3 && octets[0] == SDR_VERSION && octets[2] == count - 3 &&
           (count < SDR_HEADER || octets[2] != SDR_VERSION);
}

/* Make the length octet and the octets given agree. */
static bool
fit_length(struct emu_call *call, uint8_t *octets, size_t *count)
{
    size_t want;

    if (lacks_id(octets, *count)) {
        memmove(octets + 2, octets, *count);
        *count += 2;
        diag_warning(diags_of(call), call->at,
                     "found a record without its id; expected it in front, any two octets");
    }
    if (*count < SDR_HEADER) {
        diag_error(diags_of(call), call->at, "found %zu octets; expected at least %u", *count,
                   SDR_HEADER);
        return false;
    }
    want = octets[4] + (size_t)SDR_HEADER;
    if (want > *count)
        diag_error(diags_of(call), call->at,
                   "found %zu octets; expected %zu, as the fifth (0x%02x) says", *count, want,
                   octets[4]);
    else if (want < *count)
        diag_warning(diags_of(call), call->at,
                     "found %zu octets; expected %zu, as the fifth (0x%02x) says: the rest is "
                     "passed over", *count, want, octets[4]);
    if (want > *count)
        return false;
    *count = want;
    return true;
}

static void
sdr_add(struct emu_call *call, int lun)
{
    uint8_t octets[SDR_MAX + 2];
    size_t count;

    if (args_octets(call->lx, "record's octet", octets, SDR_MAX, &count) &&
        fit_length(call, octets, &count))
        (void)build_sdr(call->run->build, call->mc, lun, bytes_of(octets, count));
}

void
do_main_sdr_add(struct emu_call *call)
{
    sdr_add(call, -1);
}

void
do_device_sdr_add(struct emu_call *call)
{
    sdr_add(call, (int)call->v[1].n);
}

/* Where compiled records go. */
struct target {
    struct build *build;
    struct machine_mc *mc;
    int lun;
};

static bool
take_record(void *ctx, struct bytes record)
{
    struct target *t = ctx;

    return build_sdr(t->build, t->mc, t->lun, record);
}

static void
compile(struct emu_call *call, const struct value *name, int lun)
{
    struct script *s = call->run->script;
    struct target target = { call->run->build, call->mc, lun };
    struct sdr_source_opts opts = { .record = take_record, .ctx = &target };
    struct opened file;

    if (!script_include(s, call->lx, name, &file))
        return;
    sdr_source_text(s, &opts, file.path, file.text, file.len);
    script_close(s, &file);
}

void
do_sdr_source(struct emu_call *call)
{
    compile(call, &call->v[1], -1);
}

void
do_device_sdr_source(struct emu_call *call)
{
    compile(call, &call->v[2], (int)call->v[1].n);
}

/* ---- a sensor's beginning ---------------------------------------------------------- */

void
do_sensors_from_sdrs(struct emu_call *call)
{
    struct mc_note *note = build_note(call->run->build, machine_id(call->mc));

    if (note == NULL)
        return;
    note->from_sdrs = true;
    build_sensors_from_sdrs(call->run->build, call->mc, call->at);
}

/* An option of a polled file: WORD=NUMBER. */
struct poll_option {
    const char *word;
    int64_t *to;
};

/* The number after WORD=; false when t is another word. */
static bool
poll_number(struct emu_call *call, const struct token *t, const struct poll_option *option)
{
    size_t len = strlen(option->word);
    struct number n;

    if (t->len < len || memcmp(t->text, option->word, len) != 0)
        return false;
    if (!number_read(t->text + len, t->len - len, &n) || n.magnitude > INT32_MAX * 2ull)
        lex_wrong(call->lx, t, "%sNUMBER", option->word);
    else
        *option->to = n.negative ? -(int64_t)n.magnitude : (int64_t)n.magnitude;
    return true;
}

/* depends=MC,LUN,SENSOR,BIT; false when t is another word. */
static bool
poll_depends(struct emu_call *call, const struct token *t, struct machine_poll *poll)
{
    static const uint32_t most[4] = { 0xff, 3, 254, 14 };
    const char *at = t->text + 8, *end = t->text + t->len;
    uint8_t v[4] = { 0 };
    bool ok = true;

    if (t->len < 8 || memcmp(t->text, "depends=", 8) != 0)
        return false;
    for (unsigned i = 0; i < 4 && ok; i++) {
        const char *comma = i < 3 ? memchr(at, ',', (size_t)(end - at)) : end;
        struct number n;

        ok = comma != NULL && number_read(at, (size_t)(comma - at), &n) && !n.negative &&
             n.magnitude <= most[i];
        if (ok)
            v[i] = (uint8_t)n.magnitude;
        at = ok && comma < end ? comma + 1 : end;
    }
    if (!ok)
        lex_wrong(call->lx, t, "depends=MC,LUN,SENSOR,BIT");
    poll->depends = ok;
    poll->depends_mc = v[0];
    poll->depends_lun = v[1];
    poll->depends_sensor = v[2];
    poll->depends_bit = v[3];
    return true;
}

/* One option of a polled file; false when t is none. */
static bool
poll_option(struct emu_call *call, const struct token *t, struct machine_poll *poll)
{
    int64_t base = poll->base, initstate = poll->initstate, offset = poll->offset,
            length = poll->length;
    const struct poll_option options[] = {
        { "div=", &poll->div }, { "mult=", &poll->mult }, { "sub=", &poll->sub },
        { "mask=", &poll->mask }, { "base=", &base }, { "initstate=", &initstate },
        { "offset=", &offset }, { "length=", &length },
    };
    bool taken = token_is(t, "raw") || token_is(t, "ascii") || token_is(t, "units") ||
                 poll_depends(call, t, poll);

    for (size_t i = 0; !taken && i < sizeof options / sizeof options[0]; i++)
        taken = poll_number(call, t, &options[i]);
    if (token_is(t, "raw") || token_is(t, "ascii"))
        poll->ascii = token_is(t, "ascii");
    poll->units = poll->units || token_is(t, "units");
    if ((base != 0 && (base < 2 || base > 36)) || length < 1 || length > 4 || offset < 0 ||
        offset > UINT32_MAX) {
        lex_wrong(call->lx, t, "base= 0 or 2 to 36, length= 1 to 4, offset= at least 0");
        return true;
    }
    poll->base = (int)base;
    poll->initstate = (int)initstate;
    poll->offset = (uint32_t)offset;
    poll->length = (uint32_t)length;
    return taken;
}

/* What follows the word poll. NULL after a diagnostic. */
static const struct machine_poll *
poll_file(struct emu_call *call)
{
    static const struct keyword file[] = { { "file", 0 }, { NULL, 0 } };
    static const struct arg args[ARGS_MAX] = {
        { ARG_UINT, "milliseconds between polls", 0, NULL, false },
        { ARG_CHOICE, "way to poll", 0, file, false },
        { ARG_STRING, "file's name", 0, NULL, false },
    };
    struct build *b = call->run->build;
    struct machine_poll *poll = description_alloc(b->d, sizeof *poll);
    struct value v[ARGS_MAX];
    struct lexer before;
    struct token t;

    if (!args_parse(call->lx, args, v) || poll == NULL)
        return NULL;
    *poll = (struct machine_poll){ .path = build_text(b, v[2].text, v[2].len),
                                   .period_ms = v[0].n, .ascii = true, .length = 1,
                                   .mask = 0, .mult = 1, .div = 1 };
    for (before = *call->lx; lex_word(call->lx, &t) && poll_option(call, &t, poll);)
        before = *call->lx;
    *call->lx = before;
    /* 0 means "not given" to ipmi_sim in each of these. */
    poll->mask = poll->mask ? poll->mask : -1;
    poll->mult = poll->mult ? poll->mult : 1;
    poll->div = poll->div ? poll->div : 1;
    return poll;
}

/* The words after the numbers of sensor_add. False: it cannot be made. */
static bool
sensor_options(struct emu_call *call, struct machine_sensor *facts)
{
    struct token t;

    while (lex_word(call->lx, &t) && t.text[0] != '#') {
        if (token_is(&t, "event-only")) {
            facts->event_only = true;
        } else if (token_is(&t, "poll")) {
            facts->poll = poll_file(call);
            if (facts->poll == NULL)
                return false;
            facts->states = (uint16_t)(facts->poll->initstate & 0x7fff);
        } else {
            lex_doubt(call->lx, &t, "event-only or poll; it is passed over");
        }
        if (facts->event_only && facts->poll != NULL) {
            lex_wrong(call->lx, &t, "event-only or poll, not both");
            return false;
        }
    }
    return true;
}

void
do_sensor_add(struct emu_call *call)
{
    struct machine_sensor facts = {
        .lun = (uint8_t)call->v[1].n, .number = (uint8_t)call->v[2].n,
        .type = (uint8_t)call->v[3].n, .event_type = (uint8_t)call->v[4].n,
        .scanning = true, .events = true,
    };
    const struct sensor_note *old;
    struct machine_sensor *s;

    if (!sensor_options(call, &facts))
        return;
    s = build_sensor_add(call->run->build, call->mc, &facts, call->v[2].at, &old);
    if (old != NULL)
        diag_error(diags_of(call), call->v[2].at,
                   "found sensor 0x%02x %u 0x%02x a second time; expected it once, as in line %d",
                   machine_id(call->mc), facts.lun, facts.number, old->at.line);
    if (s != NULL)
        build_sensor_sdr(call->run->build, call->mc, s);
}

/* ---- a sensor's settings ------------------------------------------------------------- */

static struct lab_action
sensor_action(const struct emu_call *call, enum lab_act what)
{
    return (struct lab_action){
        .what = what, .mc = machine_id(call->mc), .lun = (uint8_t)call->v[1].n,
        .number = (uint8_t)call->v[2].n, .value = (uint8_t)call->v[3].n,
        .event = call->v[4].n != 0,
    };
}

void
do_sensor_set_bit(struct emu_call *call)
{
    struct lab_action a = sensor_action(call, ACT_SENSOR_BIT);

    a.on = call->v[4].n != 0;
    a.event = call->v[5].n != 0;
    emu_do(call, &a);
}

void
do_sensor_set_bit_only(struct emu_call *call)
{
    struct lab_action a = sensor_action(call, ACT_SENSOR_BIT_ONLY);

    emu_do(call, &a);
}

void
do_sensor_set_value(struct emu_call *call)
{
    struct lab_action a = sensor_action(call, ACT_SENSOR_VALUE);

    emu_do(call, &a);
}

/* Two of ipmi_sim's access words go beyond two bits when given as numbers. */
static uint8_t
access_of(struct emu_call *call, const struct value *v)
{
    if (v->n > 3)
        diag_warning(diags_of(call), v->at, "found %u; expected 0 to 3, of which its last two "
                     "bits are taken", (unsigned)v->n);
    return v->n & 3;
}

void
do_sensor_set_hysteresis(struct emu_call *call)
{
    struct machine_sensor *s = call->sensor;

    s->hysteresis_access = access_of(call, &call->v[3]);
    s->hysteresis_up = (uint8_t)call->v[4].n;
    s->hysteresis_down = (uint8_t)call->v[5].n;
    call->note->told |= TOLD_HYSTERESIS;
}

void
do_sensor_set_threshold(struct emu_call *call)
{
    struct machine_sensor *s = call->sensor;

    s->threshold_access = access_of(call, &call->v[3]);
    s->threshold_mask = (uint8_t)call->v[4].n;
    s->threshold_hidden = s->threshold_fixed = 0;
    for (unsigned i = 0; i < THRESHOLDS && call->v[5].given; i++)
        s->threshold[THRESHOLDS - 1 - i] = (uint8_t)call->v[5 + i].n;
    call->note->told |= TOLD_THRESHOLDS;
}

void
do_sensor_set_event_support(struct emu_call *call)
{
    struct machine_sensor *s = call->sensor;
    const struct value *v = call->v;

    s->events = v[3].n != 0;
    s->scanning = v[4].n != 0;
    s->event_control = access_of(call, &v[5]);
    s->assert_supported = (uint16_t)v[6].n;
    s->deassert_supported = (uint16_t)v[7].n;
    s->assert_enabled = (uint16_t)(v[8].n & v[6].n);
    s->deassert_enabled = (uint16_t)(v[9].n & v[7].n);
    call->note->told |= TOLD_EVENTS;
}

void
do_sensor_move(struct emu_call *call)
{
    call->sensor->move = (uint8_t)call->v[3].n;
    call->sensor->move_ms = call->v[4].n;
}

/* ---- readings from outside, and their history --------------------------------------- */

void
do_sensors_dir(struct emu_call *call)
{
    build_sensors_dir(call->run->build, call->mc, &call->v[1], &call->v[2]);
}

void
do_sensor_history(struct emu_call *call)
{
    if (!build_period_good(call->run->build, &call->v[2]))
        return;
    call->mc->history = call->v[1].n;
    call->mc->history_ms = call->v[2].n;
}

void
do_aggregate(struct emu_call *call)
{
    struct build *b = call->run->build;
    uint16_t from = MC_ID(call->mc->bus, call->v[1].n);

    if (!build_period_good(b, &call->v[2]))
        return;
    if (from == machine_id(call->mc) || b->aggregate_count == BUILD_AGGREGATES_MAX) {
        diag_error(diags_of(call), call->v[1].at, "found 0x%02x; expected another controller, "
                   "at most %d of them", from, BUILD_AGGREGATES_MAX);
        return;
    }
    b->aggregates[b->aggregate_count++] = (struct build_aggregate){
        machine_id(call->mc), from, call->v[2].n, call->v[1].at,
    };
}
