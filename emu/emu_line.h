/*
 * emu_line.h - one line of the .emu language at run time, as the simulator's
 * console takes it: text in, actions out.
 *
 * The imperative commands work (sensor_set_value, sensor_set_bit,
 * sensor_set_bit_clr_rest, sel_add, mc_enable, mc_disable, mc_remove, mc_insert, mc_power,
 * mc_reset, mc_set_power, mc_dump_fru_data, bridge_style, fault, fault_clear, fru_handle,
 * fru_presence, host_power, mains, sleep, define, include, quit, noecho); what
 * describes a machine has its place in a file and is refused in words. Variables
 * stay from line to line.
 */
#ifndef IPMILAB_EMU_EMU_LINE_H
#define IPMILAB_EMU_EMU_LINE_H

#include "emu/emu_file.h"
#include "sim/lab/description.h"

struct emu_console;

/* What comes of a line; the memory is the console's until the next line. */
struct emu_answer {
    const struct lab_action *actions;   /* at: after now; in order */
    size_t count;
    bool quit;                          /* the lab is to end */
    bool noecho;                        /* the console is not to echo */
    bool dump;                          /* a FRU inventory is to be shown, the last asked for: */
    uint16_t dump_mc;                   /* of this controller (MC_ID) */
    uint8_t dump_fru;
    instant slept;                      /* sum of the sleeps: when the next line is due */
    const char *text;                   /* complaints, a line each; "" when all is well */
};

/* reader may be NULL: the file system, for include. */
enum status emu_console_new(const struct emu_reader *reader, struct emu_console **out);
void emu_console_free(struct emu_console *console);

/*
 * Take one line (without its end). live tells what controllers and sensors
 * there are. ST_INVALID: text says what is wrong; actions of commands that
 * were right, in an included file, are there all the same. ST_NOMEM.
 */
enum status emu_line(struct emu_console *console, const struct description *live,
                     const char *line, struct emu_answer *out);

#endif
