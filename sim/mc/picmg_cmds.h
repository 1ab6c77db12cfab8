/*
 * picmg_cmds.h - handlers that a PICMG and a VITA row share: what stands
 * behind the group id is the same in both, or nearly so.
 */
#ifndef IPMILAB_MC_PICMG_CMDS_H
#define IPMILAB_MC_PICMG_CMDS_H

#include "sim/ipmi/command.h"

struct picmg_fru;

/* True for a request of VITA's group: there the two differ. */
static inline bool
picmg_by_vita(const struct ipmi_req *rq)
{
    return rq->id == GROUP_VITA;
}

/* The managed FRU that a request's next octet names; NULL. */
struct picmg_fru *picmg_named(struct mc *mc, struct ipmi_req *rq);

/* picmg_cmds.c */
command_fn picmg_get_address_info, picmg_locator_id;
command_fn picmg_fru_control_cmd, picmg_get_control_capabilities;
command_fn picmg_set_policy_cmd, picmg_get_policy_cmd, picmg_set_activation;
command_fn picmg_get_led_colours, picmg_get_led_state, picmg_set_led_state;

/* picmg_link_cmds.c */
command_fn picmg_set_ipmb_state, picmg_get_link_info;

/* picmg_power_cmds.c */
command_fn picmg_fan_properties, picmg_set_fan_level, picmg_get_fan_level;

/* shelf_cmds.c */
command_fn shelf_get_manager_address, shelf_set_fan_policy, shelf_get_fan_policy;
command_fn shelf_lock_control, shelf_write_fru, shelf_get_address, shelf_set_address;
command_fn shelf_get_manager_ip;

#endif
