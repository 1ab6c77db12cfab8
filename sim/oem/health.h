/*
 * health.h - how bad things are, for manufacturers' commands that light
 * LEDs or judge events.
 *
 * A threshold sensor is as bad as the worst threshold that its reading has
 * reached. A discrete one is as bad as the worst of its offsets that are
 * present; offsets that tell of no trouble, and sensor types that are not
 * about trouble, are well. Mirrors of other controllers' sensors count too.
 * Spec: IPMI v2.0 42.1, 42.2 (the offsets).
 */
#ifndef IPMILAB_OEM_HEALTH_H
#define IPMILAB_OEM_HEALTH_H

#include <stdint.h>

struct mc;

enum oem_health { HEALTH_OK, HEALTH_WARNING, HEALTH_CRITICAL, HEALTH_FATAL };

#define OEM_HEALTH_ANY_TYPE 0u   /* no sensor type has this number */

/* What an event says: of a sensor type, by event/reading type and offset. */
enum oem_health oem_health_of_event(uint8_t type, uint8_t event_type, uint8_t offset);

/* Sensor i as it is now. */
enum oem_health oem_health_of(const struct mc *mc, uint32_t i);

/* The worst of the sensors of a type, or of all; where is its index, and is
 * left alone when all is well. where may be NULL. */
enum oem_health oem_health_worst(const struct mc *mc, uint8_t type, uint32_t *where);

#endif
