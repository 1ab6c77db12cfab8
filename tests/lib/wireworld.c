#include "tests/lib/wireworld.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

/* What stations learn. */

static void
say(struct wireworld *w, const char *name, const char *event, unsigned what)
{
    size_t used = strlen(w->log);
    instant now = w->world.now;

    if (w->quiet)
        return;
    ck_assert_uint_lt(used + 64, sizeof w->log);
    snprintf(w->log + used, sizeof w->log - used, "%llu.%llu %s %s %u\n",
             (unsigned long long)(now / 1000), (unsigned long long)(now % 1000 / 100), name,
             event, what);
}

static void
receive(void *ctx, const struct link_frame *f)
{
    struct station *s = ctx;

    s->got++;
    s->last_len = f->bytes.len;
    memcpy(s->last, f->bytes.at, f->bytes.len);
    say(s->of, s->name, "got", f->bytes.at[f->bytes.len - 1]);
}

static void
sent(void *ctx, uint32_t tag, enum wire_result result)
{
    static const char *const words[] = {
        [WIRE_DONE] = "sent",
        [WIRE_NAKED] = "naked",
        [WIRE_DATA_NAKED] = "full",
        [WIRE_LOST_ARBITRATION] = "beaten",
        [WIRE_BUS_ERROR] = "broken",
    };
    struct station *s = ctx;

    s->read_len = medium_octets_read(s->of->bus).len;
    if (s->read_len > 0)
        memcpy(s->read, medium_octets_read(s->of->bus).at, s->read_len);
    s->learned++;
    s->done += result == WIRE_DONE;
    say(s->of, s->name, words[result], tag);
    if (s->always)
        wireworld_send(s, s->target, s->len, (uint8_t)tag);
}

static bool
arrives(enum fate fate)
{
    return fate == FATE_DELIVERED || fate == FATE_CORRUPTED || fate == FATE_TRUNCATED ||
           fate == FATE_DELAYED || fate == FATE_DUPLICATED;
}

static void
watch(void *ctx, const struct tap_event *ev)
{
    struct wireworld *w = ctx;

    if (ev->link == TAP_IPMB || ev->fate != FATE_DELIVERED)
        w->shown[ev->fate]++;
    if (w->reads && ev->link == TAP_IPMB && ev->bytes.at[0] & 1 && arrives(ev->fate))
        w->read_frames++;
    if (ev->link == TAP_NOTE && ev->why != NULL && strcmp(ev->why, "the read is over") == 0)
        w->read_frames--;
    if (ev->link == TAP_NOTE && ev->fate == FATE_DELIVERED)
        snprintf(w->note, sizeof w->note, "%s", ev->why);
    else if (ev->why != NULL)
        snprintf(w->why, sizeof w->why, "%s", ev->why);
}

/* Making. */

void
wireworld_begin(struct wireworld *w, struct medium_config config)
{
    memset(w, 0, sizeof *w);
    world_init(&w->world, rng_key_root(1), 0, 0);
    w->tap = (struct tap){ watch, w };
    w->world.tap = &w->tap;
    ck_assert_int_eq(medium_new(&w->world, &config, &w->bus), ST_OK);
}

void
wireworld_end(struct wireworld *w)
{
    wireworld_check_balance(w);
    medium_free(w->bus);
    world_free(&w->world);
}

struct station *
wireworld_add(struct wireworld *w, const char *name, uint8_t address)
{
    struct station *s = &w->stations[w->count++];

    ck_assert_uint_le(w->count, WIREWORLD_STATIONS);
    s->name = name;
    s->of = w;
    s->node = (struct medium_node){
        .address = address, .receive = receive, .sent = sent, .ctx = s
    };
    ck_assert_int_eq(medium_attach(w->bus, &s->node), ST_OK);
    return s;
}

/* Acting. */

enum status
wireworld_send(struct station *from, uint8_t address, size_t len, uint8_t mark)
{
    uint8_t frame[256] = { address, 0x18, 0, from->node.address, 0x04, 0x01 };

    frame[len - 1] = mark;
    return medium_send(from->of->bus, &from->node, bytes_of(frame, len), mark);
}

enum status
wireworld_read(struct station *from, uint8_t address, const char *written, size_t len,
               size_t count, uint32_t tag)
{
    uint8_t octets[256] = { address };

    from->of->reads = true;
    if (len > 0)
        memcpy(octets + 1, written, len);
    return medium_read(from->of->bus, &from->node, bytes_of(octets, 1 + len), count, tag);
}

void
wireworld_keep_sending(struct station *from, uint8_t target, uint8_t len)
{
    from->always = true;
    from->target = target;
    from->len = len;
    ck_assert_int_eq(wireworld_send(from, target, len, 0), ST_OK);
}

void
wireworld_until(struct wireworld *w, instant at)
{
    world_advance(&w->world, at);
}

uint32_t
wireworld_arm(struct wireworld *w, struct fault_rule rule)
{
    uint32_t id = 0;

    ck_assert_int_eq(world_arm_fault(&w->world, &rule, &id), ST_OK);
    return id;
}

/* Balances. */

static void
check_bus(const struct wireworld *w)
{
    const struct medium_stats *s = medium_stats(w->bus);
    const struct link *l = medium_link(w->bus);
    const uint64_t *fate = l->by_fate;

    ck_assert_uint_eq(s->queued, s->frames + s->merged + s->collisions + s->naks +
                                     s->data_naks + s->given_up + s->broken +
                                     s->withdrawn + medium_waiting(w->bus));
    ck_assert_uint_eq(l->frames, s->queued - medium_waiting(w->bus) + s->restarts);
    ck_assert_uint_eq(l->frames, fate[FATE_DELIVERED] + fate[FATE_CORRUPTED] +
                                     fate[FATE_TRUNCATED] + fate[FATE_DELAYED] +
                                     fate[FATE_LOST] + fate[FATE_COLLIDED] +
                                     fate[FATE_NAKED] + fate[FATE_MERGED] +
                                     l->holding - l->copies);
    ck_assert_uint_eq(fate[FATE_NAKED], s->naks + s->data_naks);
    ck_assert_uint_eq(fate[FATE_COLLIDED], s->collisions + s->given_up);
    ck_assert_uint_eq(fate[FATE_MERGED], s->merged);
    ck_assert_uint_ge(fate[FATE_LOST], s->broken + s->withdrawn);
    for (int i = 0; i < FATES; i++)
        ck_assert_msg(w->shown[i] == fate[i], "%s: %llu shown, %llu counted",
                      fate_text((enum fate)i), (unsigned long long)w->shown[i],
                      (unsigned long long)fate[i]);
}

static void
check_stations(const struct wireworld *w)
{
    const struct medium_stats *s = medium_stats(w->bus);
    const uint64_t *fate = medium_link(w->bus)->by_fate;
    struct medium_node_stats sum = { .queued = 0 };
    uint64_t learned = 0, got = 0;

    for (unsigned i = 0; i < w->count; i++) {
        const struct medium_node_stats *n = &w->stations[i].node.stats;

        sum.queued += n->queued;
        sum.frames_sent += n->frames_sent;
        sum.frames_received += n->frames_received;
        sum.naks += n->naks;
        sum.collisions += n->collisions;
        sum.arbitration_losses += n->arbitration_losses;
        sum.broken += n->broken;
        learned += w->stations[i].learned;
        got += w->stations[i].got;
    }
    ck_assert_uint_eq(sum.queued, s->queued);
    ck_assert_uint_eq(sum.frames_sent, s->frames + s->merged);
    ck_assert_uint_eq(sum.naks, s->naks + s->data_naks);
    ck_assert_uint_eq(sum.collisions, s->collisions);
    ck_assert_uint_eq(sum.arbitration_losses, s->arbitration_losses);
    ck_assert_uint_eq(sum.broken, s->broken);
    ck_assert_uint_eq(sum.frames_received, got);
    ck_assert_uint_eq(learned, s->queued - s->withdrawn - medium_waiting(w->bus));
    ck_assert_uint_eq(got, fate[FATE_DELIVERED] + fate[FATE_CORRUPTED] +
                               fate[FATE_TRUNCATED] + fate[FATE_DELAYED] +
                               fate[FATE_DUPLICATED] - fate[FATE_IGNORED] -
                               w->read_frames);
}

void
wireworld_check_balance(const struct wireworld *w)
{
    const struct medium_stats *s = medium_stats(w->bus);

    check_bus(w);
    check_stations(w);
    ck_assert_uint_le(s->busy + s->babble + s->stuck, w->world.now);
    ck_assert_uint_le(medium_utilisation_ppm(w->bus), 1000000);
}
