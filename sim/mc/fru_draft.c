#include "sim/mc/fru_draft.h"

#include <stdlib.h>
#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/wire/fru.h"

static bool
is_locked(const struct mc *mc)
{
    return mc->draft != NULL && mc->world->now < mc->draft->until;
}

static void
unlock(struct fru_draft *d)
{
    free(d->octets);
    d->octets = NULL;
    d->until = 0;
}

static struct fru_draft *
draft_of(struct mc *mc)
{
    if (mc->draft == NULL)
        mc->draft = calloc(1, sizeof *mc->draft);
    return mc->draft;
}

/* The lock of a FRU in force; NULL when that is another one, or none. */
static struct fru_draft *
held(struct mc *mc, uint8_t fru, uint16_t lock)
{
    struct fru_draft *d = mc->draft;

    return is_locked(mc) && d->fru == fru && d->lock == lock ? d : NULL;
}

static enum ipmi_cc
take(struct mc *mc, uint8_t fru)
{
    struct fru_draft *d = draft_of(mc);

    if (d == NULL)
        return CC_NO_SPACE;
    if (is_locked(mc))
        return CC_DRAFT_LOCKED;
    unlock(d);
    d->fru = fru;
    d->lock++;
    d->until = instant_add(mc->world->now, DRAFT_TIMEOUT);
    return CC_OK;
}

static enum ipmi_cc
commit(struct mc *mc, struct fru *fru, struct fru_draft *d)
{
    struct fru_header header;
    struct bytes image;

    if (d->octets != NULL) {
        image = bytes_of(d->octets, fru->facts->size);
        if (!fru_header_parse(image, &header))
            return CC_DRAFT_BAD;
        if (fru_write(mc, fru, 0, image) != ST_OK)
            return CC_BUSY;
    }
    d->stamp = (uint32_t)world_time_s(mc->world);
    unlock(d);
    return CC_OK;
}

enum ipmi_cc
fru_draft_control(struct mc *mc, uint8_t id, uint8_t op, uint16_t *lock, uint32_t *stamp)
{
    struct fru *fru = fru_find(mc, id);
    struct fru_draft *d;
    enum ipmi_cc cc = CC_OK;

    if (fru == NULL || op > DRAFT_COMMIT)
        return CC_INVALID_FIELD;
    d = held(mc, id, *lock);
    if (op == DRAFT_LOCK)
        cc = take(mc, id);
    else if (op != DRAFT_GET && d == NULL)
        cc = CC_DRAFT_LOCKED;
    else if (op == DRAFT_DISCARD)
        unlock(d);
    else if (op == DRAFT_COMMIT)
        cc = commit(mc, fru, d);
    *lock = mc->draft != NULL ? mc->draft->lock : 0;
    *stamp = mc->draft != NULL ? mc->draft->stamp : 0;
    return cc;
}

enum ipmi_cc
fru_draft_write(struct mc *mc, uint8_t id, uint16_t lock, uint16_t at, struct bytes data)
{
    struct fru *fru = fru_find(mc, id);
    struct fru_draft *d = held(mc, id, lock);

    if (fru == NULL)
        return CC_INVALID_FIELD;
    if (d == NULL)
        return CC_DRAFT_BAD;
    if (at > fru->facts->size || data.len > fru->facts->size - at)
        return CC_RANGE;
    if (d->octets == NULL) {
        d->octets = malloc(fru->facts->size ? fru->facts->size : 1);
        if (d->octets == NULL)
            return CC_NO_SPACE;
        if (fru_read(mc, fru, 0, d->octets, fru->facts->size) != ST_OK) {
            unlock(d);
            return CC_BUSY;
        }
    }
    memcpy(d->octets + at, data.at, data.len);
    d->until = instant_add(mc->world->now, DRAFT_TIMEOUT);
    return CC_OK;
}

enum status
fru_draft_init(struct mc *mc)
{
    mc->draft = NULL;
    return ST_OK;
}

void
fru_draft_reset(struct mc *mc)
{
    if (mc->draft != NULL)
        unlock(mc->draft);
}

void
fru_draft_free(struct mc *mc)
{
    if (mc->draft != NULL)
        free(mc->draft->octets);
    free(mc->draft);
    mc->draft = NULL;
}
