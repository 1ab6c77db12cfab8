/*
 * mc_tables.h - the command tables of a controller, one a subject.
 *
 * Each is defined in the file of its rows, <part>_cmds.c. Those of the group
 * network function have the group's id, the others 0. mc.c joins them in
 * mc_command_tables().
 */
#ifndef IPMILAB_MC_MC_TABLES_H
#define IPMILAB_MC_MC_TABLES_H

#include "sim/ipmi/command.h"

extern const struct command_table app_commands;
extern const struct command_table users_commands;
extern const struct command_table channel_commands;
extern const struct command_table session_commands;
extern const struct command_table watchdog_commands;
extern const struct command_table message_commands;
extern const struct command_table payload_commands;
extern const struct command_table chassis_commands;
extern const struct command_table lanparm_commands;
extern const struct command_table sysinfo_commands;
extern const struct command_table event_commands;
extern const struct command_table dcmi_commands;
extern const struct command_table firewall_commands;
extern const struct command_table i2c_commands;
extern const struct command_table pef_commands;
extern const struct command_table sensor_commands;
extern const struct command_table sdr_commands;
extern const struct command_table device_sdr_commands;
extern const struct command_table sel_commands;
extern const struct command_table forward_commands;
extern const struct command_table serial_commands;
extern const struct command_table solport_commands;
extern const struct command_table fru_commands;
extern const struct command_table picmg_commands;
extern const struct command_table picmg_link_commands;
extern const struct command_table picmg_power_commands;
extern const struct command_table shelf_commands;
extern const struct command_table vita_commands;
extern const struct command_table hpm_commands;
extern const struct command_table icmb_commands;

#endif
