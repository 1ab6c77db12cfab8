#include <stdlib.h>
#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/mc/picmg.h"

/* Octets of an IPMB-0 event: who decides about the link. */
#define LOCAL_CONTROL 0x80

/* ---- ports and clocks ---- */

struct picmg_link *
picmg_link(const struct mc *mc, uint8_t kind, uint16_t key, unsigned n)
{
    const struct picmg *p = mc->picmg;

    for (uint32_t i = 0; p != NULL && i < p->link_count; i++)
        if (p->links[i].kind == kind && p->links[i].key == key && n-- == 0)
            return &p->links[i];
    return NULL;
}

static struct picmg_link *
same_link(const struct mc *mc, const struct picmg_link *link, size_t same)
{
    struct picmg_link *l;

    for (unsigned n = 0; (l = picmg_link(mc, link->kind, link->key, n)) != NULL; n++)
        if (memcmp(l->octets, link->octets, same) == 0)
            return l;
    return NULL;
}

enum ipmi_cc
picmg_link_set(struct mc *mc, const struct picmg_link *link, size_t same)
{
    struct picmg *p = picmg_of(mc);
    struct picmg_link *l = p == NULL ? NULL : same_link(mc, link, same);

    if (l != NULL) {
        *l = *link;
        return CC_OK;
    }
    if (p == NULL || p->link_count == PICMG_LINKS_MAX)
        return CC_NO_SPACE;
    if ((p->link_count & (p->link_count - 1)) == 0) {
        uint32_t room = p->link_count ? 2 * p->link_count : 1;

        l = realloc(p->links, room * sizeof *l);
        if (l == NULL)
            return CC_NO_SPACE;
        p->links = l;
    }
    p->links[p->link_count++] = *link;
    return CC_OK;
}

void
picmg_links_off(struct mc *mc)
{
    for (uint32_t i = 0; i < mc->picmg->link_count; i++)
        mc->picmg->links[i].state = 0;
}

/* ---- the two buses ---- */

int
picmg_ipmb_sensor(const struct mc *mc, uint8_t link)
{
    unsigned n = link ? link - 1u : 0;

    for (uint32_t i = 0; i < mc->sensors.count; i++)
        if (sensor_facts(mc, i)->type == SENSOR_IPMB && n-- == 0)
            return (int)i;
    return -1;
}

static bool
is_isolated(const struct picmg *p, unsigned which, unsigned link)
{
    return ((p->isolated[which] | p->isolated[which] >> link) & 1) != 0;
}

/* The sensor's offset has a bit for each bus that is on: 1 for A, 2 for B. */
static void
tell_sensor(struct mc *mc, uint8_t link)
{
    const struct picmg *p = mc->picmg;
    int i = picmg_ipmb_sensor(mc, link);
    bool a = !is_isolated(p, 0, link), b = !is_isolated(p, 1, link);

    if (i >= 0)
        sensor_set_states(mc, (uint32_t)i, (uint16_t)(1u << (a | b << 1)), false,
                          a ? LOCAL_CONTROL : 0, b ? LOCAL_CONTROL : 0);
}

/* Isolated from both buses, nobody reaches it any more but by other ways. */
static void
follow_buses(struct mc *mc)
{
    struct picmg *p = mc->picmg;
    bool off = p->isolated[0] & p->isolated[1] & 1;

    if (mc->port == NULL)
        return;
    if (off) {
        (void)timeline_arm(&mc->world->timeline, &p->isolate,
                           instant_add(mc->world->now, MC_RESET_DELAY));
        return;
    }
    timeline_disarm(&mc->world->timeline, &p->isolate);
    if (mc->enabled && !ipmb_port_attached(mc->port))
        (void)ipmb_port_attach(mc->port);
}

bool
picmg_isolate(struct mc *mc, unsigned which, uint8_t link, bool isolate)
{
    struct picmg *p = picmg_of(mc);
    uint64_t before;

    if (p == NULL || link >= 64 || (link > 0 && picmg_ipmb_sensor(mc, link) < 0))
        return false;
    before = p->isolated[which];
    if (isolate)
        p->isolated[which] |= 1ull << link;
    else
        p->isolated[which] &= link ? ~(1ull << link) : 0;
    if (before == p->isolated[which])
        return true;
    if (link > 0)
        tell_sensor(mc, link);
    else
        for (uint8_t n = 1; picmg_ipmb_sensor(mc, n) >= 0; n++)
            tell_sensor(mc, n);
    follow_buses(mc);
    return true;
}
