/* Octets that a device drives: over the link to who reads them. */
#include <stdlib.h>
#include <string.h>

#include "sim/bus/medium_impl.h"

#define NOBODY_DRIVES 0xff

/* So that octets of a read that is over are not taken for those of another. */
static void *
mark_of(uint32_t number)
{
    return (void *)(uintptr_t)number;
}

static struct link_frame
describe(const struct medium *m, const struct medium_node *n, struct bytes octets)
{
    return (struct link_frame){
        .about = {
            .link = TAP_IPMB, .number = m->config.number, .dir = TAP_ON_BUS,
            .target = octets.at[0] & ~1, .source = n->address,
            .netfn = FAULT_ANY, .cmd = FAULT_ANY, .lun = FAULT_ANY, .seq = FAULT_ANY,
            .payload_type = FAULT_ANY, .len = octets.len,
            .parts = { [FAULT_AT_DATA] = { 1, (uint16_t)(octets.len - 1) } },
        },
        .bytes = octets,
        .to = mark_of(m->read_number),
    };
}

static void
cross_written(struct medium *m, const struct medium_node *n, const struct transfer *t)
{
    struct link_frame f = medium_describe(m, n, bytes_of(t->octets.at, t->restart));

    m->stats.restarts++;
    link_send(&m->link, &f);
}

static void
keep_shared(struct medium *m, const uint8_t *octets, size_t len)
{
    if (m->shared == NULL)
        return;
    m->shared->end = m->world->now;
    memcpy(m->shared->octets, octets, len);
}

bool
medium_cross_read(struct medium *m, const struct medium_node *n, const struct transfer *t,
                  uint8_t to[MEDIUM_READ_MAX])
{
    uint8_t octets[1 + MEDIUM_READ_MAX];
    uint8_t address = t->octets.at[t->octets.len - 1];
    const struct medium_node *device;
    struct link_frame f;

    if (t->restart > 0)
        cross_written(m, n, t);
    memset(octets, NOBODY_DRIVES, sizeof octets);
    octets[0] = address;
    m->read_number += m->read_number == UINT32_MAX ? 2 : 1;
    f = describe(m, n, bytes_of(octets, 1 + t->reads));
    device = medium_node_at(m, address & ~1u);
    if (device != NULL && device->read != NULL &&
        !device->read(device->ctx, device->address, octets + 1, t->reads)) {
        f.bytes.len = 1;
        link_failed(&m->link, &f, FATE_NAKED, "the device does not work");
        return false;
    }
    memset(to, NOBODY_DRIVES, t->reads);
    m->reading = to;
    m->read = bytes_of(to, t->reads);
    link_send(&m->link, &f);
    m->reading = NULL;
    m->read = bytes_of(NULL, 0);
    keep_shared(m, to, t->reads);
    return true;
}

void
medium_take_read(struct medium *m, const struct link_frame *f)
{
    size_t len = f->bytes.len > 1 ? f->bytes.len - 1 : 0;

    if (m->reading == NULL || f->to != mark_of(m->read_number)) {
        link_ignored(&m->link, f, "the read is over");
        return;
    }
    if (len > m->read.len)
        len = m->read.len;
    if (len > 0)
        memcpy(m->reading, f->bytes.at + 1, len);
}

bool
medium_share_read(struct medium *m)
{
    if (m->shared == NULL)
        m->shared = malloc(sizeof *m->shared);
    if (m->shared == NULL)
        return false;
    m->shared->end = INSTANT_NEVER;
    return true;
}
