/*
 * firewall.h - the firmware firewall: which commands, and which of their
 * sub-functions, may be used by each channel.
 *
 * A target is a channel, a LUN, a network function, a group id or IANA
 * number where the function has such, and a command. It is supported when
 * the controller has the command there; configurable when it may be
 * disabled (all but those that a client could not get back in without, and
 * Forwarded Command, which its own commands enable);
 * enabled unless it was disabled. The gate asks for every request: a
 * disabled command is answered D4h, a disabled sub-function D6h, as long as
 * the command itself is enabled.
 *
 * Sub-functions are numbered as in the specification's appendix H, see
 * firewall_subfn.h. A command that is enabled while all of its sub-functions
 * are disabled gets them all back, since it would be of no use otherwise;
 * ipmitool's "firewall reset" counts on it.
 *
 * Settings are nonvolatile. Only what is disabled takes memory, and the gate
 * asks nothing while nothing is.
 * Spec: IPMI v2.0 21, appendix H.
 */
#ifndef IPMILAB_MC_FIREWALL_H
#define IPMILAB_MC_FIREWALL_H

#include "sim/base/status.h"
#include "sim/ipmi/command.h"

struct mc;
struct firewall;

struct firewall_target {
    uint8_t channel, lun, netfn, cmd;
    uint32_t id;                   /* group id or IANA number, else 0 */
};

/* LUN support, as Get NetFn Support has it. */
enum firewall_lun { FIREWALL_NO_COMMANDS, FIREWALL_OPEN, FIREWALL_RESTRICTED };

/* mc->firewall stays NULL until something is disabled. */
enum status firewall_init(struct mc *mc);
void firewall_reset(struct mc *mc);
void firewall_free(struct mc *mc);

bool firewall_supported(const struct mc *mc, const struct firewall_target *t);
bool firewall_configurable(const struct mc *mc, const struct firewall_target *t);
bool firewall_enabled(const struct mc *mc, const struct firewall_target *t);

/* The same of sub-functions, a bit each; all clear for a command that has
 * none, or is not supported. */
uint64_t firewall_subs_supported(const struct mc *mc, const struct firewall_target *t);
uint64_t firewall_subs_enabled(const struct mc *mc, const struct firewall_target *t);

/* Make sure of memory to disable so many more commands. */
bool firewall_reserve(struct mc *mc, uint32_t more);

/* Enable or disable. The target must be supported, and configurable to be
 * disabled; the bits must be supported, and memory reserved. */
void firewall_set(struct mc *mc, const struct firewall_target *t, bool enabled);
void firewall_set_subs(struct mc *mc, const struct firewall_target *t, uint64_t enabled);

enum firewall_lun firewall_lun(const struct mc *mc, uint8_t channel, uint8_t lun);

/* True when a LUN has a command of a network function, whatever its id. */
bool firewall_netfn(const struct mc *mc, uint8_t channel, uint8_t lun, uint8_t netfn);

/* The n-th id, in their order, that a network function's commands here have. False past the
 * last. A function without ids has one: 0. */
bool firewall_id(const struct mc *mc, uint8_t netfn, unsigned n, uint32_t *id);

#endif
