/*
 * emu_handlers.h - what the commands of emu_cmd.h's rows do; one function a
 * command, by subject.
 */
#ifndef IPMILAB_EMU_EMU_HANDLERS_H
#define IPMILAB_EMU_EMU_HANDLERS_H

#include "emu/emu_cmd.h"

typedef void emu_handler(struct emu_call *call);

/* The lab and the files: emu_cmd_lab.c */
emu_handler do_quit, do_define, do_include, do_sleep, do_noecho, do_debug, do_persist;
emu_handler do_fork_word;

/* Shelves, firmware, the ICMB: emu_cmd_shelf.c */
emu_handler do_atca_enable, do_atca_set_site, do_vita_enable, do_fru_power, do_hpm_component;
emu_handler do_icmb, do_fru_handle, do_fru_presence;

/* Controllers: emu_cmd_mc.c */
emu_handler do_mc_setbmc, do_mc_add, do_mc_enable, do_mc_disable, do_mc_delete, do_mc_set_guid;
emu_handler do_mc_set_power, do_mc_set_num_leds, do_sel_enable, do_sel_add;
emu_handler do_sel_seed, do_group_off;

/* Private buses, the host's power: emu_cmd_i2c.c */
emu_handler do_i2c_eeprom, do_i2c_registers, do_host_watts;

/* Manufacturers' commands: emu_cmd_oem.c */
emu_handler do_oem_profile, do_oem_command;

/* FRU devices: emu_cmd_fru.c */
emu_handler do_mc_add_fru_data, do_mc_dump_fru_data, do_fru_source, do_fru_access;

/* The bus, who is on it, faults: emu_cmd_bus.c */
emu_handler do_ipmb_speed, do_ipmb_model, do_mc_remove, do_mc_insert, do_mc_power;
emu_handler do_mc_reset, do_bridge_style, do_fault, do_fault_clear;

/* Which buses there are: emu_cmd_topology.c */
emu_handler do_ipmb_bus, do_mc_bus;

/* The id of the controller that an argument names; where its bus is not
 * described, the address alone, after a word about that. */
uint16_t emu_mc_id(struct emu_call *call, const struct value *v);

/* A word about a fault on a bus that is not there. */
struct fault_rule;
void emu_check_bus(struct emu_call *call, const struct fault_rule *rule);

/* Records and sensors: emu_cmd_sensor.c */
emu_handler do_main_sdr_add, do_device_sdr_add, do_sdr_source, do_device_sdr_source;
emu_handler do_sensors_from_sdrs, do_sensor_add, do_sensor_set_bit, do_sensor_set_bit_only;
emu_handler do_sensor_set_value, do_sensor_set_hysteresis, do_sensor_set_threshold;
emu_handler do_sensor_set_event_support, do_sensor_move, do_sensors_dir, do_sensor_history;
emu_handler do_aggregate;

/* The host: emu_cmd_host.c */
emu_handler do_host_power, do_mains, do_host_delay, do_host_log, do_power_policy;

#endif
