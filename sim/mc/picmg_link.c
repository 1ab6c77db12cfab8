#include <stdlib.h>
#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/mc/picmg.h"

/* What a sensor of type F1h says of one bus: bit 3, the controller itself
 * decides about it; bits 2:0, enum ipmb_link_status. */
#define LOCAL_CONTROL 0x8u
#define CHANNEL_SHIFT 4       /* of event data 2 */

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

/* How a bus is: who decides about it, and what is wrong with it. A controller
 * that is on one bus alone sees no difference between A and B. */
static unsigned
bus_status(const struct mc *mc, unsigned which, uint8_t link)
{
    bool pair = mc->port != NULL && ipmb_port_is_pair(mc->port);

    if (mc->picmg != NULL && is_isolated(mc->picmg, which, link))
        return 0;
    return LOCAL_CONTROL | (pair ? ipmb_port_link(mc->port, which) : IPMB_LINK_WORKS);
}

/* PICMG 3.0, physical IPMB-0 sensor. The offset has a bit for each bus that is
 * on: 1 for A, 2 for B; under local control, one that does not work is off.
 * Event data 2 has the channel; 3 says how B [7:4] and A [3:0] are, and so does
 * the sensor's reading. */
static void
tell_sensor(struct mc *mc, uint8_t link)
{
    int i = picmg_ipmb_sensor(mc, link);
    unsigned a = bus_status(mc, 0, link), b = bus_status(mc, 1, link);
    unsigned offset = (a == LOCAL_CONTROL ? 1u : 0) | (b == LOCAL_CONTROL ? 2u : 0);
    uint8_t both = (uint8_t)(b << 4 | a);

    if (i < 0)
        return;
    mc->sensors.at[i].value = both;
    sensor_set_states(mc, (uint32_t)i, (uint16_t)(1u << offset), false,
                      CHANNEL_PRIMARY_IPMB << CHANNEL_SHIFT, both);
}

static void
tell_all_sensors(struct mc *mc)
{
    for (uint8_t n = 1; picmg_ipmb_sensor(mc, n) >= 0; n++)
        tell_sensor(mc, n);
}

/* Elsewhere than in a shelf, a type F1h is its maker's own. */
static bool
is_in_shelf(const struct mc *mc)
{
    return (picmg_groups(mc) & (GROUP_PICMG_CMDS | GROUP_VITA_CMDS)) != 0;
}

void
picmg_links_init(struct mc *mc)
{
    int i;

    for (uint8_t n = 1; is_in_shelf(mc) && (i = picmg_ipmb_sensor(mc, n)) >= 0; n++)
        mc->sensors.at[i].value =
            (uint8_t)(bus_status(mc, 1, n) << 4 | bus_status(mc, 0, n));
}

void
picmg_link_changed(void *ctx, struct ipmb_port *port, unsigned which)
{
    struct mc *mc = ctx;

    (void)which;
    if (port == mc->port && is_in_shelf(mc) && picmg_of(mc) != NULL)
        tell_all_sensors(mc);
}

/* Of a pair each bus is left by itself; a single one when both are. */
void
picmg_leave_buses(void *ctx, instant at)
{
    struct mc *mc = ctx;
    const struct picmg *p = mc->picmg;

    (void)at;
    if (mc->port == NULL)
        return;
    for (unsigned which = 0; which < IPMB_PORT_WAYS; which++)
        if (p->isolated[which] & 1)
            (void)ipmb_port_isolate(mc->port, which, true);
    if (p->isolated[0] & p->isolated[1] & 1)
        ipmb_port_detach(mc->port);
}

static void
enter_bus(struct mc *mc, unsigned which)
{
    (void)ipmb_port_isolate(mc->port, which, false);
    if (mc->enabled && !ipmb_port_attached(mc->port))
        (void)ipmb_port_attach(mc->port);
}

/* Isolated from both buses, nobody reaches it any more but by other ways. What
 * it leaves it leaves once the answer is out. */
static void
follow_bus(struct mc *mc, unsigned which)
{
    struct picmg *p = mc->picmg;

    if (mc->port == NULL)
        return;
    if (p->isolated[which] & 1)
        (void)timeline_arm(&mc->world->timeline, &p->isolate,
                           instant_add(mc->world->now, MC_RESET_DELAY));
    else
        enter_bus(mc, which);
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
        tell_all_sensors(mc);
    follow_bus(mc, which);
    return true;
}
