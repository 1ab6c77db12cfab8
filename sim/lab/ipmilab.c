#include "sim/lab/ipmilab.h"

#include <stdlib.h>
#include <string.h>

#include "sim/lab/ipmilab_impl.h"
#include "sim/lab/machines.h"

static int
error_of(enum status st)
{
    switch (st) {
    case ST_OK:
        return 0;
    case ST_NOMEM:
        return IPMILAB_ENOMEM;
    case ST_IO:
    case ST_MISSING:
    case ST_DENIED:
        return IPMILAB_EIO;
    case ST_FULL:
        return IPMILAB_EFULL;
    case ST_CRYPTO:
        return IPMILAB_ELIB;
    case ST_EXISTS:
        return IPMILAB_EEXIST;
    case ST_INVALID:
        break;
    }
    return IPMILAB_EINVAL;
}

int
ipmilab_error(int status)
{
    return error_of((enum status)status);
}

void
ipmilab_machines_free(struct ipmilab_machines *machines)
{
    if (machines == NULL)
        return;
    for (size_t i = 0; i < machines->count; i++)
        description_unref(machines->at[i]);
    free(machines->at);
    free(machines);
}

size_t
ipmilab_machines_count(const struct ipmilab_machines *machines)
{
    return machines->count;
}

const char *
ipmilab_machine_name(const struct ipmilab_machines *machines, size_t which)
{
    return which < machines->count ? machines->at[which]->name : NULL;
}

int
ipmilab_new(uint64_t seed, struct ipmilab **out)
{
    struct ipmilab *lab = calloc(1, sizeof *lab);
    struct lab_opts opts = { .seed = seed };
    enum status st;

    if (lab == NULL)
        return IPMILAB_ENOMEM;
    st = lab_new(&opts, &lab->lab);
    if (st != ST_OK) {
        free(lab);
        return error_of(st);
    }
    *out = lab;
    return 0;
}

void
ipmilab_free(struct ipmilab *lab)
{
    if (lab == NULL)
        return;
    lab_free(lab->lab);
    for (int i = 0; i < lab->count; i++)
        free(lab->endpoints[i]);
    free(lab->endpoints);
    hooks_free(lab);
    free(lab);
}

/* Room for one endpoint more, and the endpoint. */
static struct endpoint *
new_endpoint(struct ipmilab *lab)
{
    size_t size = ((size_t)lab->count + 1) * sizeof(struct endpoint *);
    struct endpoint **endpoints = realloc(lab->endpoints, size);

    if (endpoints == NULL)
        return NULL;
    lab->endpoints = endpoints;
    return calloc(1, sizeof(struct endpoint));
}

int
ipmilab_add(struct ipmilab *lab, const struct ipmilab_machines *machines, size_t which,
            uint32_t index)
{
    struct endpoint *e = NULL;
    struct chassis_unit *unit;
    enum status st;

    if (which >= machines->count)
        return IPMILAB_EINVAL;
    e = new_endpoint(lab);
    if (e == NULL)
        return IPMILAB_ENOMEM;
    st = lab_add(lab->lab, machines->at[which], index, &unit);
    if (st != ST_OK) {
        free(e);
        return error_of(st);
    }
    *e = (struct endpoint){ unit, chassis_unit_lan(unit, 0), lab->count };
    if (e->lan != NULL)
        lan_set_endpoint(e->lan, e, &(struct peer){ .family = PEER_NONE });
    lab->endpoints[lab->count] = e;
    return lab->count++;
}

/* What was taken from the outbox is gone once it was all taken. */
static void
tidy(struct ipmilab *lab)
{
    struct outbox *ob = lab_outbox(lab->lab);

    if (lab->sent && lab->sent == outbox_count(ob)) {
        outbox_clear(ob);
        lab->sent = 0;
    }
}

int
ipmilab_input(struct ipmilab *lab, int bmc, uint64_t now_ns,
              const struct ipmilab_address *from, const void *datagram, size_t len)
{
    struct peer peer = { .port = from->port, .family = from->family };
    const struct endpoint *e;

    if (bmc < 0 || bmc >= lab->count || lab->endpoints[bmc]->lan == NULL)
        return IPMILAB_EINVAL;
    if (from->family != PEER_IPV4 && from->family != PEER_IPV6)
        return IPMILAB_EINVAL;
    memcpy(peer.addr, from->octets, from->family == PEER_IPV4 ? 4 : 16);
    tidy(lab);
    e = lab->endpoints[bmc];
    if (!lab_advance(lab->lab, now_ns))
        return IPMILAB_EFULL;
    lab_input(lab->lab, e->unit, e->lan, now_ns, &peer, bytes_of(datagram, len));
    return 0;
}

int
ipmilab_advance(struct ipmilab *lab, uint64_t now_ns)
{
    tidy(lab);
    return lab_advance(lab->lab, now_ns) ? 0 : IPMILAB_EFULL;
}

uint64_t
ipmilab_deadline(const struct ipmilab *lab)
{
    return lab_deadline(lab->lab);
}

int
ipmilab_output(struct ipmilab *lab, int *bmc, struct ipmilab_address *to,
               const void **datagram, size_t *len)
{
    struct outbox *ob = lab_outbox(lab->lab);
    const struct outbox_entry *entry;
    const struct endpoint *e;

    if (lab->sent >= outbox_count(ob))
        return 0;
    entry = outbox_at(ob, lab->sent++);
    e = entry->endpoint;
    *bmc = e->number;
    *to = (struct ipmilab_address){ .port = entry->to.port, .family = entry->to.family };
    memcpy(to->octets, entry->to.addr, sizeof to->octets);
    *datagram = entry->bytes.at;
    *len = entry->bytes.len;
    return 1;
}
