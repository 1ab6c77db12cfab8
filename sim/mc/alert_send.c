#include "sim/mc/alert_send.h"

#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/wire/pet.h"
#include "sim/wire/sdr.h"

/* LAN parameter 18. */
#define TYPE_BITS 0x07
#define TYPE_PET 0
#define TYPE_ACK 0x80

/* LAN parameter 19. */
#define ADDRESS_FORMAT 0xf0
#define ADDRESS_IPV6 0x10
#define ADDRESS_IPV4_AT 2         /* behind format and gateway selector */
#define ADDRESS_IPV6_AT 1

#define GUID_USED 0x01
#define UPTIME_CS SPAN_MS(10)
#define OFFSET_BITS 0x0f
#define TYPE_CODE_BITS 0x7f

/* ---- where to ---- */

static const struct lanparm_destination *
destination_of(const struct mc *mc, uint8_t lan, uint8_t destination)
{
    if (lan >= mc->lan_count || destination > LANPARM_DESTINATIONS)
        return NULL;
    return &mc->lanparm[lan]->destinations[destination];
}

/* False when the destination has no address. */
static bool
peer_of(const struct lanparm_destination *d, struct peer *to)
{
    bool six = (d->address[0] & ADDRESS_FORMAT) == ADDRESS_IPV6;
    size_t len = six ? 16 : 4;
    uint8_t any = 0;

    *to = (struct peer){ .port = PET_PORT, .family = six ? PEER_IPV6 : PEER_IPV4 };
    memcpy(to->addr, d->address + (six ? ADDRESS_IPV6_AT : ADDRESS_IPV4_AT), len);
    for (size_t i = 0; i < len; i++)
        any |= to->addr[i];
    return any != 0;
}

bool
alert_send_possible(const struct mc *mc, uint8_t lan, uint8_t destination)
{
    const struct lanparm_destination *d = destination_of(mc, lan, destination);
    struct peer to;

    return d != NULL && (d->type[0] & TYPE_BITS) == TYPE_PET && peer_of(d, &to);
}

/* ---- the trap ---- */

static uint32_t
pet_time(uint32_t sel_time_s)
{
    if (sel_time_s == SEL_TIME_UNSPECIFIED || sel_time_s < PET_EPOCH_S)
        return PET_TIME_UNSPECIFIED;
    return sel_time_s - PET_EPOCH_S;
}

static uint16_t
utc_offset(const struct mc *mc)
{
    if (mc->sel == NULL || mc->sel->utc_offset == SEL_UTC_UNSPECIFIED)
        return PET_UTC_UNSPECIFIED;
    return (uint16_t)mc->sel->utc_offset;
}

/* As people read it: the reverse of the order of IPMI. */
static void
put_guid(const struct mc *mc, uint8_t to[PET_GUID])
{
    const uint8_t *parameter = pef_config(mc)->guid;
    const uint8_t *guid = parameter[0] & GUID_USED ? parameter + 1 : mc->guid;

    for (size_t i = 0; i < PET_GUID; i++)
        to[i] = guid[PET_GUID - 1 - i];
}

/* The entity that a sensor belongs to, out of the repository; 0 where it has
 * no record of it. */
static void
put_entity(const struct mc *mc, struct pet *pet)
{
    uint32_t count = sdr_count(mc);
    struct sdr sdr;
    uint16_t id;

    for (uint32_t n = 0; n < count; n++)
        if (sdr_parse(sdr_nth(mc, n, &id), &sdr) == SDR_OK && sdr_is_sensor(&sdr) &&
            sdr.u.sensor.owner == pet->sensor_device &&
            sdr.u.sensor.number == pet->sensor_number) {
            pet->entity = sdr.u.sensor.entity;
            pet->instance = sdr.u.sensor.instance;
            return;
        }
}

static void
put_event(struct pet *pet, const uint8_t octets[SEL_RECORD])
{
    struct sel_record record;
    bool deasserted;

    if (!sel_parse(bytes_of(octets, SEL_RECORD), &record))
        return;
    deasserted = record.u.event.type_dir & EVENT_DEASSERTED;
    pet->sensor_type = record.u.event.sensor_type;
    pet->event_type = record.u.event.type_dir & TYPE_CODE_BITS;
    pet->offset = (uint8_t)((record.u.event.data[0] & OFFSET_BITS) |
                            (deasserted ? PET_OFFSET_DEASSERTED : 0));
    pet->time_s = pet_time(record.timestamp);
    pet->sensor_device = record.u.event.generator[0];
    pet->sensor_number = record.u.event.sensor_number;
    memcpy(pet->data, record.u.event.data, sizeof record.u.event.data);
}

static void
put_community(const struct lanparm *lp, struct pet *pet)
{
    size_t len = strnlen((const char *)lp->community, sizeof lp->community);

    pet->community = bytes_of(lp->community, len);
}

static void
send_trap(struct alert_send *s, const struct peer *to)
{
    const struct mc *mc = s->mc;
    const struct lanparm *lp = mc->lanparm[s->target.lan];
    struct bytes text = pef_string(mc, s->target.string);
    uint8_t oem_room[PET_OEM_MAX], room[PET_MESSAGE_MAX];
    struct wr oem = wr_of(oem_room, sizeof oem_room), w = wr_of(room, sizeof room);
    struct pet pet = {
        .uptime_cs = (uint32_t)(mc->world->now / UPTIME_CS),
        .sequence = s->sequence,
        .utc_offset = utc_offset(mc),
        .source = PET_SOURCE_IPMI,
        .event_source = PET_SOURCE_IPMI,
        .severity = s->target.severity,
        .language = PET_LANGUAGE_UNSPECIFIED,
        .manufacturer = mc->machine->manufacturer,
        .system_id = mc->machine->product,
    };

    memcpy(pet.agent, lp->ip, sizeof pet.agent);
    put_community(lp, &pet);
    put_guid(mc, pet.guid);
    put_event(&pet, s->target.record);
    put_entity(mc, &pet);
    if (s->target.with_string && text.len > 0)
        pet_build_text(&oem, (const char *)text.at, text.len);
    pet.oem = wr_bytes_of(&oem);
    pet_build(&w, &pet);
    if (!w.bad)
        lan_send_datagram(mc->lans[s->target.lan], to, wr_bytes_of(&w));
}

/* ---- its life ---- */

static void
wait_more(struct alert_send *s)
{
    struct world *world = s->mc->world;

    (void)timeline_arm(&world->timeline, &s->timer, instant_add(world->now, s->interval));
}

static void
finish(struct alert_send *s, bool delivered)
{
    alert_send_cancel(s);
    s->done(s->ctx, delivered);
}

/* The destination may have been changed meanwhile: the address is looked up
 * anew each time. */
static void
time_is_up(void *ctx, instant at)
{
    struct alert_send *s = ctx;
    struct peer to;

    (void)at;
    if (s->repeats == 0) {
        finish(s, false);
        return;
    }
    s->repeats--;
    if (peer_of(destination_of(s->mc, s->target.lan, s->target.destination), &to))
        send_trap(s, &to);
    if (s->repeats == 0 && !s->wants_ack)
        finish(s, true);
    else
        wait_more(s);
}

void
alert_send_init(struct alert_send *s, struct mc *mc, void (*done)(void *ctx, bool delivered),
                void *ctx)
{
    *s = (struct alert_send){ .mc = mc, .done = done, .ctx = ctx };
    timer_init(&s->timer, TIMER_DEVICE, time_is_up, s);
}

enum alert_begun
alert_send_begin(struct alert_send *s, const struct alert_target *target, uint16_t sequence)
{
    const struct lanparm_destination *d;
    struct peer to;

    if (!alert_send_possible(s->mc, target->lan, target->destination))
        return ALERT_FAILED;
    d = destination_of(s->mc, target->lan, target->destination);
    (void)peer_of(d, &to);
    s->target = *target;
    s->sequence = sequence;
    s->wants_ack = d->type[0] & TYPE_ACK;
    s->interval = SPAN_S(d->type[1] + 1u);
    s->repeats = d->type[2];
    send_trap(s, &to);
    if (!s->wants_ack && s->repeats == 0)
        return ALERT_SENT;
    s->busy = true;
    wait_more(s);
    return ALERT_WAITS;
}

bool
alert_send_acknowledge(struct alert_send *s, const struct alert_ack *ack)
{
    struct pet pet = { 0 };

    if (!s->busy || !s->wants_ack || ack->sequence != s->sequence)
        return false;
    put_event(&pet, s->target.record);
    if (ack->time_s != pet.time_s || ack->event_source != PET_SOURCE_IPMI ||
        ack->sensor_device != pet.sensor_device || ack->sensor_number != pet.sensor_number ||
        memcmp(ack->data, pet.data, sizeof ack->data) != 0)
        return false;
    finish(s, true);
    return true;
}

void
alert_send_cancel(struct alert_send *s)
{
    s->busy = false;
    timeline_disarm(&s->mc->world->timeline, &s->timer);
}
