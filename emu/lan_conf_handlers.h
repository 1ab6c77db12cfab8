/*
 * lan_conf_handlers.h - what the directives of lan_conf.h's rows do; one
 * function a directive.
 */
#ifndef IPMILAB_EMU_LAN_CONF_HANDLERS_H
#define IPMILAB_EMU_LAN_CONF_HANDLERS_H

#include "emu/lan_conf.h"

typedef void conf_handler(struct conf *c);

/* Choose the working controller. */
void conf_work_on(struct conf *c, uint8_t address, struct place at);

/* The machine and its controllers, and words that are kept: lan_conf_mc.c */
conf_handler conf_do_name, conf_do_define, conf_do_set_working_mc, conf_do_guid;
conf_handler conf_do_user, conf_do_keep, conf_do_startcmd, conf_do_startnow;
conf_handler conf_do_fork_word, conf_do_keep_address, conf_do_sol, conf_do_serial;
conf_handler conf_do_sensors_dir;

/* LAN channels: lan_conf_channel.c */
conf_handler conf_do_startlan, conf_do_endlan, conf_do_addr, conf_do_secondary_port;
conf_handler conf_do_priv_limit;
conf_handler conf_do_allowed_auths, conf_do_lan_guid, conf_do_bmc_key;
conf_handler conf_do_lan_config_program, conf_do_pef_alerting, conf_do_per_msg_auth;
conf_handler conf_do_cipher_suite_0, conf_do_max_sessions, conf_do_ip, conf_do_mask;
conf_handler conf_do_gateway, conf_do_mac, conf_do_gateway_mac, conf_do_ip_source;

#endif
