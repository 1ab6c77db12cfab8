/*
 * fujitsu_impl.h - the profile "fujitsu" from the inside: its state, and
 * the handlers behind its specifiers, a subject a file.
 */
#ifndef IPMILAB_OEM_FUJITSU_IMPL_H
#define IPMILAB_OEM_FUJITSU_IMPL_H

#include "sim/mc/mc_parts.h"
#include "sim/oem/fujitsu.h"

struct fujitsu {
    struct mc *mc;
    uint8_t selector;            /* kept: of the firmware */

    bool inhibit, held;          /* volatile, like all below */
    uint8_t held_op;             /* of Chassis Control */
    bool screen_off;
    bool has_output;
    uint32_t output_s;           /* when the display got it, SEL time */
    struct timer alarm;          /* next power on: fujitsu_switch_on() */
    struct timer again;          /* start after a shutdown: fujitsu_start_again() */
    uint8_t again_channel;       /* that asked for it */
};

struct fujitsu *fujitsu_state(struct mc *mc);

/* ---- sim/oem/fujitsu_power.c: power, and the operating system's agent ---- */
bool fujitsu_agent_there(const struct mc *mc);
void fujitsu_switch_on(void *ctx, instant at);
void fujitsu_start_again(void *ctx, instant at);
command_fn fujitsu_get_power_on_source, fujitsu_get_power_off_source;
command_fn fujitsu_set_power_off_inhibit, fujitsu_get_power_off_inhibit;
command_fn fujitsu_control_chassis, fujitsu_set_next_power_on;
command_fn fujitsu_shut_down, fujitsu_shut_down_and_start, fujitsu_cancel_shutdown;
command_fn fujitsu_get_agent_status;

/* ---- sim/oem/fujitsu_status.c: what is lit, and what is well ---- */
command_fn fujitsu_get_post_state, fujitsu_get_system_status, fujitsu_get_eeprom_version;
command_fn fujitsu_set_identify_led, fujitsu_get_identify_led, fujitsu_get_error_led;
command_fn fujitsu_get_component_status, fujitsu_write_to_display;

/* ---- sim/oem/fujitsu_sel.c: texts of the event log ---- */
command_fn fujitsu_get_long_text, fujitsu_get_short_text;

#endif
