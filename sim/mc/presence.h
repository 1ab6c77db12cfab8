/*
 * presence.h - entities that come and go, and their sensors with them.
 *
 * An entity is absent while a sensor of this controller says so: an Entity
 * Presence sensor (type 25h) shows "absent" or "disabled"; a device presence
 * sensor (event type 08h) shows "removed"; or a sensor of a kind that has an
 * offset for it (power supply, processor, memory, drive, battery) was
 * described with "present" and no longer shows it. What an entity
 * association record says an absent entity contains is absent too.
 *
 * A sensor whose record says "ignore if the entity is absent" then reads as
 * unavailable, makes no events, and forgets what it had noticed; the one
 * that tells of the presence goes on. When the entity is back the sensor
 * starts anew and reports what holds. On a controller described with dynamic
 * sensors it is not there at all meanwhile: commands to it are answered CBh,
 * its device SDR is left out, and the population change indicator moves,
 * which ends the reservation of the device SDRs.
 *
 * Which entity a sensor belongs to is read from the controller's device SDRs
 * and its repository, when a presence changes; nothing is kept but a bit
 * of each sensor. Spec: IPMI v2.0 35.2, 39, 40, 43.1 (octet 12), 43.4, 43.5.
 */
#ifndef IPMILAB_MC_PRESENCE_H
#define IPMILAB_MC_PRESENCE_H

#include <stdbool.h>
#include <stdint.h>

struct mc;

#define PRESENCE_ENTITIES 64 /* absent at a time; more are overlooked */

/* Sensor i tells of the presence of its entity. */
bool presence_tells(const struct mc *mc, uint32_t i);

/* Sensor i says now that its entity is absent. */
bool presence_says_absent(const struct mc *mc, uint32_t i);

/* Look at all that tells of presence, and let sensors go and come back. quiet:
 * what comes back makes no events. */
void presence_review(struct mc *mc, bool quiet);

/* Sensor i is not there for anybody: absent, and the population is dynamic. */
bool presence_hides(const struct mc *mc, uint32_t i);

#endif
