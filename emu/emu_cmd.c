#include "emu/emu_cmd.h"

#include <string.h>

#include "emu/emu_handlers.h"
#include "sim/bus/medium.h"
#include "sim/mc/bridge.h"
#include "sim/mc/chassis.h"
#include "sim/mc/host_log.h"
#include "sim/mc/sensor_history.h"

/* ---- words that stand for numbers ------------------------------------------ */

static const struct keyword device_sdrs[] = {
    { "has-device-sdrs", 1 }, { "no-device-sdrs", 0 }, { NULL, 0 },
};

static const struct keyword access_words[] = {
    { "none", 0 }, { "readable", 1 }, { "settable", 2 }, { "fixed", 3 }, { NULL, 0 },
};

static const struct keyword enable_words[] = {
    { "enable", 1 }, { "true", 1 }, { "disable", 0 }, { "false", 0 }, { NULL, 0 },
};

static const struct keyword scanning_words[] = {
    { "scanning", 1 }, { "true", 1 }, { "no-scanning", 0 }, { "false", 0 }, { NULL, 0 },
};

static const struct keyword span_words[] = {
    { "on", HOST_SPAN_ON }, { "off", HOST_SPAN_OFF }, { "soft", HOST_SPAN_SOFT },
    { "cycle", HOST_SPAN_CYCLE }, { "boot", HOST_SPAN_BOOT }, { NULL, 0 },
};

static const struct keyword log_words[] = {
    { "brief", HOST_LOG_BRIEF }, { "none", HOST_LOG_NONE }, { "all", HOST_LOG_ALL }, { NULL, 0 },
};

static const struct keyword policy_words[] = {
    { "always-off", POLICY_STAY_OFF }, { "previous", POLICY_LAST_STATE },
    { "always-on", POLICY_ALWAYS_ON }, { NULL, 0 },
};

static const struct keyword control_words[] = {
    { "per-state", 0 }, { "entire-sensor", 1 }, { "global", 2 }, { "none", 3 }, { NULL, 0 },
};

static const struct keyword handle_words[] = {
    { "open", 1 }, { "closed", 0 }, { NULL, 0 },
};

static const struct keyword speed_words[] = {
    { "instant", 0 }, { NULL, 0 },
};

static const struct keyword model_words[] = {
    { "i2c", BUS_I2C }, { "csma", BUS_CSMA }, { NULL, 0 },
};

static const struct keyword i2c_bus_words[] = {
    { "ipmb", MACHINE_I2C_IPMB }, { NULL, 0 },
};

static const struct keyword reset_words[] = {
    { "cold", 1 }, { "warm", 0 }, { NULL, 0 },
};

static const struct keyword style_words[] = {
    { "packets", BRIDGE_PACKETS }, { "encapsulated", BRIDGE_ENCAPSULATED }, { NULL, 0 },
};

static const struct keyword clear_words[] = {
    { "all", 0 }, { NULL, 0 },
};

static const struct keyword presence_words[] = {
    { "in", 1 }, { "out", 0 }, { NULL, 0 },
};

/* ---- the rows ------------------------------------------------------------------ */

#define U8(name, max) { ARG_U8, name, max, NULL, false }
#define U8_OR(name, words) { ARG_U8, name, 0, words, false }
#define UINT(name) { ARG_UINT, name, 0, NULL, false }
#define BITS(name, n) { ARG_BITS, name, n, NULL, false }
#define STRING(name) { ARG_STRING, name, 0, NULL, false }
#define I2C_BUS { ARG_U8, "private bus", 7, i2c_bus_words, false }
#define MC { ARG_MC, "controller's address", 0, NULL, false }
#define SENSOR MC, U8("LUN", 3), U8("sensor number", 254)

static const struct emu_cmd cmds[] = {
    { "quit", WHEN_ANY, NEEDS_NO_PART, { { 0 } }, NULL,
      "End the lab; in a file, end the reading of this machine.", do_quit },
    { "define", WHEN_ANY, NEEDS_NO_PART, { { 0 } }, "NAME \"value\"",
      "Set a variable, to be used as $NAME.", do_define },
    { "include", WHEN_ANY, NEEDS_NO_PART, { STRING("file's name") }, NULL,
      "Carry out the commands of another file.", do_include },
    { "read_cmds", WHEN_ANY, NEEDS_NO_PART, { STRING("file's name") }, NULL,
      "The same as include.", do_include },
    { "sleep", WHEN_ANY, NEEDS_NO_PART, { UINT("milliseconds") }, NULL,
      "Do what follows so much later in lab time.", do_sleep },
    { "debug", WHEN_ANY, NEEDS_NO_PART, { { 0 } }, "raw msg sol",
      "Accepted, and kept; traces show more.", do_debug },
    { "persist", WHEN_ANY, NEEDS_NO_PART, { { 0 } }, "on off",
      "Accepted, and kept for the part that stores state.", do_persist },
    { "noecho", WHEN_RUNNING, NEEDS_NO_PART, { { 0 } }, NULL,
      "Have the console echo nothing.", do_noecho },

    { "mc_setbmc", WHEN_LOADING, NEEDS_NO_PART, { MC }, NULL,
      "Say which controller is the BMC, 0x20 if nobody does.", do_mc_setbmc },
    { "mc_add", WHEN_LOADING, NEEDS_NO_PART,
      { MC, U8("device id", 0), U8_OR("device SDRs", device_sdrs), U8("device revision", 0),
        U8("major firmware revision", 0), U8("minor firmware revision", 0),
        U8("device support", 0), UINT("manufacturer id"), UINT("product id") },
      "dynsens persist_sdr",
      "Add a controller; the numbers are those of Get Device ID.", do_mc_add },
    { "mc_enable", WHEN_ANY, NEEDS_MC, { MC }, NULL, "Let a controller answer.", do_mc_enable },
    { "mc_disable", WHEN_ANY, NEEDS_MC, { MC }, NULL, "Let a controller be silent.",
      do_mc_disable },
    { "mc_delete", WHEN_LOADING, NEEDS_MC, { MC }, NULL, "Remove a controller.", do_mc_delete },
    { "mc_set_guid", WHEN_LOADING, NEEDS_MC, { MC, { ARG_BYTES, "GUID", 16, NULL, false } }, NULL,
      "Set a controller's GUID.", do_mc_set_guid },
    { "mc_set_power", WHEN_ANY, NEEDS_MC, { MC, U8("power", 0), U8("event", 0) }, NULL,
      "Set an ATCA power value; with an event, log it in the BMC's SEL.", do_mc_set_power },
    { "mc_add_fru_data", WHEN_LOADING, NEEDS_MC, { MC, U8("FRU id", 0), UINT("size") },
      "data OCTET... | file OFFSET \"name\"", "Add a FRU inventory device.",
      do_mc_add_fru_data },
    { "i2c_eeprom", WHEN_LOADING, NEEDS_MC,
      { MC, I2C_BUS, U8("slave address", 0), UINT("size") },
      "[data OCTET... | file OFFSET \"name\" | fru ID]",
      "Put a serial EEPROM on a private I2C bus or the IPMB, for Master Write-Read.",
      do_i2c_eeprom },
    { "i2c_registers", WHEN_LOADING, NEEDS_MC,
      { MC, I2C_BUS, U8("slave address", 0), UINT("count of registers") },
      "[data OCTET... | file OFFSET \"name\"]",
      "Put a device with registers on a private I2C bus or the IPMB.", do_i2c_registers },
    { "host_watts", WHEN_LOADING, NEEDS_MC,
      { MC, UINT("watts while off"), UINT("watts without load"), UINT("watts with full load"),
        { ARG_UINT, "watts when throttled", 0, NULL, true } }, NULL,
      "Say what the host draws, for DCMI.", do_host_watts },
    { "fru_source", WHEN_LOADING, NEEDS_MC,
      { MC, U8("FRU id", 0), UINT("size"), STRING("file's name") }, NULL,
      "Compile readable FRU text into a FRU inventory device.", do_fru_source },
    { "fru_access", WHEN_LOADING, NEEDS_MC, { MC, U8("FRU id", 0) },
      "words bytes busy=MILLISECONDS guard=OFFSET,COUNT",
      "Say how a FRU inventory device is read and written.", do_fru_access },
    { "mc_dump_fru_data", WHEN_ANY, NEEDS_MC, { MC, U8("FRU id", 0) }, NULL,
      "Show a FRU inventory's octets at the console.", do_mc_dump_fru_data },
    { "mc_set_num_leds", WHEN_LOADING, NEEDS_MC, { MC, U8("count of LEDs", 8) }, NULL,
      "Say how many ATCA LEDs a controller has.", do_mc_set_num_leds },
    { "group_off", WHEN_LOADING, NEEDS_MC, { MC }, "NAME...",
      "Take groups of optional commands away from a controller.", do_group_off },

    { "oem_profile", WHEN_LOADING, NEEDS_MC, { MC }, "NAME...",
      "Give a controller the commands of vendors' controllers.", do_oem_profile },
    { "oem_command", WHEN_LOADING, NEEDS_MC,
      { MC, U8("network function", 0x3e), U8("command", 0) },
      "[iana N | group N] [PRIVILEGE] [data OCTET... [*]] [after MILLISECONDS] "
      "answer CODE [OCTET...] | pass | silent",
      "Answer requests that fit a pattern as is said here.", do_oem_command },

    { "sel_enable", WHEN_LOADING, NEEDS_MC, { MC, UINT("most records"), U8("flags", 0) }, NULL,
      "Give a controller a system event log.", do_sel_enable },
    { "sel_add", WHEN_ANY, NEEDS_MC, { MC, U8("record type", 0) }, "13 octets",
      "Add a record to a system event log.", do_sel_add },
    { "sel_seed", WHEN_LOADING, NEEDS_MC, { MC, UINT("seconds before"), U8("record type", 0) },
      "13 octets", "Have a record in the log that is so many seconds old at the start.",
      do_sel_seed },

    { "main_sdr_add", WHEN_LOADING, NEEDS_MC, { MC }, "OCTET...",
      "Add a record to the SDR repository.", do_main_sdr_add },
    { "device_sdr_add", WHEN_LOADING, NEEDS_MC, { MC, U8("LUN", 3) }, "OCTET...",
      "Add a device SDR.", do_device_sdr_add },
    { "sdr_source", WHEN_LOADING, NEEDS_MC, { MC, STRING("file's name") }, NULL,
      "Compile SDR source into the SDR repository.", do_sdr_source },
    { "device_sdr_source", WHEN_LOADING, NEEDS_MC, { MC, U8("LUN", 3), STRING("file's name") },
      NULL, "Compile SDR source into the device SDRs of a LUN.", do_device_sdr_source },

    { "sensor_add", WHEN_LOADING, NEEDS_MC,
      { SENSOR, U8("sensor type", 0), U8("event/reading type code", 0) },
      "event-only | poll MILLISECONDS file \"name\" OPTION...",
      "Add a sensor.", do_sensor_add },
    { "sensors_from_sdrs", WHEN_LOADING, NEEDS_MC, { MC }, NULL,
      "Add a sensor for every SDR of the controller's that has none.", do_sensors_from_sdrs },
    { "sensor_set_bit", WHEN_ANY, NEEDS_SENSOR,
      { SENSOR, U8("bit", 14), U8("bit's value", 0), U8("event", 0) }, NULL,
      "Set or clear one state.", do_sensor_set_bit },
    { "sensor_set_bit_clr_rest", WHEN_ANY, NEEDS_SENSOR,
      { SENSOR, U8("bit", 14), U8("event", 0) }, NULL,
      "Set one state and clear all others.", do_sensor_set_bit_only },
    { "sensor_set_value", WHEN_ANY, NEEDS_SENSOR,
      { SENSOR, U8("raw reading", 0), U8("event", 0) }, NULL,
      "Set the reading.", do_sensor_set_value },
    { "sensor_set_hysteresis", WHEN_LOADING, NEEDS_SENSOR,
      { SENSOR, U8_OR("hysteresis support", access_words), U8("positive hysteresis", 0),
        U8("negative hysteresis", 0) }, NULL,
      "Set the hysteresis.", do_sensor_set_hysteresis },
    { "sensor_set_threshold", WHEN_LOADING, NEEDS_SENSOR,
      { SENSOR, U8_OR("threshold support", access_words), BITS("thresholds there are", 6),
        { ARG_U8, "upper non-recoverable threshold", 0, NULL, true },
        U8("upper critical threshold", 0), U8("upper non-critical threshold", 0),
        U8("lower non-recoverable threshold", 0), U8("lower critical threshold", 0),
        U8("lower non-critical threshold", 0) }, NULL,
      "Set which thresholds there are, and their raw values.", do_sensor_set_threshold },
    { "sensor_set_event_support", WHEN_LOADING, NEEDS_SENSOR,
      { SENSOR, U8_OR("events", enable_words), U8_OR("scanning", scanning_words),
        U8_OR("event control", control_words), BITS("assertions supported", 15),
        BITS("deassertions supported", 15), BITS("assertions enabled", 15),
        BITS("deassertions enabled", 15) }, NULL,
      "Set which events there are and which are enabled.", do_sensor_set_event_support },
    { "sensor_move", WHEN_LOADING, NEEDS_SENSOR,
      { SENSOR, U8("counts", 0), { ARG_UINT, "period in milliseconds", 0, NULL, true } }, NULL,
      "Let the reading wander by up to so many counts.", do_sensor_move },

    { "sensors_dir", WHEN_LOADING, NEEDS_MC,
      { MC, STRING("folder"), { ARG_UINT, "milliseconds between readings", 0, NULL, true } },
      NULL, "Have sensors follow a folder in the manner of Linux's hwmon, by their names.",
      do_sensors_dir },
    { "sensor_history", WHEN_LOADING, NEEDS_MC,
      { MC, { ARG_UINT, "samples of each sensor", SENSOR_HISTORY_MAX, NULL, false },
        { ARG_UINT, "milliseconds between samples", 0, NULL, true } },
      NULL, "Keep the last readings of a controller's sensors.", do_sensor_history },

    { "aggregate", WHEN_LOADING, NEEDS_MC,
      { MC, U8("source's address", 0),
        { ARG_UINT, "milliseconds between readings", 0, NULL, true } },
      NULL, "Have a controller show another's sensors and events as its own, read over the IPMB.",
      do_aggregate },

    { "host_power", WHEN_ANY, NEEDS_NO_PART, { { ARG_BOOL, "power", 0, NULL, false } }, NULL,
      "Switch the host on or off; in a file, say what it is found in.", do_host_power },
    { "mains", WHEN_ANY, NEEDS_NO_PART, { { ARG_BOOL, "power", 0, NULL, false } }, NULL,
      "Let the mains power of the chassis fail, or come back.", do_mains },
    { "host_delay", WHEN_LOADING, NEEDS_NO_PART,
      { { ARG_CHOICE, "change of the host", 0, span_words, false }, UINT("milliseconds") }, NULL,
      "Say how long a change of the host takes.", do_host_delay },
    { "host_log", WHEN_LOADING, NEEDS_NO_PART,
      { { ARG_CHOICE, "amount", 0, log_words, false } }, NULL,
      "Say how much of a boot the host sends to its BMC as events.", do_host_log },
    { "power_policy", WHEN_LOADING, NEEDS_NO_PART,
      { { ARG_CHOICE, "power restore policy", 0, policy_words, false } }, NULL,
      "Set the power restore policy, and have it act at the start.", do_power_policy },

    { "atca_enable", WHEN_LOADING, NEEDS_NO_PART, { { 0 } }, NULL,
      "Make the chassis an ATCA shelf.", do_atca_enable },
    { "atca_set_site", WHEN_LOADING, NEEDS_NO_PART,
      { U8("hardware address", 127), U8("site type", 0), U8("site number", 0) }, NULL,
      "Set what Get Address Info answers.", do_atca_set_site },
    { "vita_enable", WHEN_LOADING, NEEDS_NO_PART, { { 0 } }, NULL,
      "Make the chassis one of VITA 46.11.", do_vita_enable },
    { "fru_power", WHEN_LOADING, NEEDS_MC,
      { MC, U8("FRU id", 253), U8("delay in 100 ms", 0), U8("multiplier in 0.1 W", 0) },
      "DRAW...", "Set what a FRU of a shelf draws at each of its power levels.", do_fru_power },
    { "fru_handle", WHEN_ANY, NEEDS_MC,
      { MC, U8("FRU id", 253), { ARG_CHOICE, "handle", 0, handle_words, false } }, NULL,
      "Open or close the handle of a FRU in a shelf.", do_fru_handle },
    { "fru_presence", WHEN_ANY, NEEDS_MC,
      { MC, U8("FRU id", 253), { ARG_CHOICE, "presence", 0, presence_words, false } }, NULL,
      "Pull a FRU out of a shelf, or put it in, its handle open.", do_fru_presence },
    { "hpm_component", WHEN_LOADING, NEEDS_MC,
      { MC, U8("component", 7), STRING("name"), U8("major revision", 127),
        U8("minor revision", 0) },
      "no-rollback no-deferral payload-reset",
      "Add a firmware that HPM.1 can upgrade; 0 is the controller's own.", do_hpm_component },
    { "icmb", WHEN_LOADING, NEEDS_NO_PART,
      { STRING("segment's name"), UINT("address"),
        { ARG_U8, "channel", 11, NULL, true } }, NULL,
      "Join the chassis to an ICMB segment of the lab.", do_icmb },

    { "ipmb_speed", WHEN_LOADING, NEEDS_NO_PART,
      { { ARG_UINT, "bit rate in Hz", 0, speed_words, false } }, NULL,
      "Set the bit rate of the IPMB, 100000 if nobody does, or have it take no time.",
      do_ipmb_speed },
    { "ipmb_model", WHEN_LOADING, NEEDS_NO_PART,
      { { ARG_CHOICE, "model", 0, model_words, false } }, NULL,
      "Say what becomes of frames that start at once: arbitration, or all are lost.",
      do_ipmb_model },
    { "ipmb_bus", WHEN_LOADING, NEEDS_NO_PART, { { ARG_WORD, "bus's name", 0, NULL, false } },
      "[pair] [csma] [instant | hz=N]",
      "Describe a bus: IPMB-0, as one or a pair A and B, or a further one.", do_ipmb_bus },
    { "mc_bus", WHEN_LOADING, NEEDS_MC,
      { MC, { ARG_WORD, "bus's name", 0, NULL, false }, U8("channel", 11) }, "[address=A]",
      "Put a controller on a further bus, which is a channel of its.", do_mc_bus },
    { "mc_remove", WHEN_ANY, NEEDS_MC, { MC }, NULL,
      "Pull a controller out: it is off the bus, and its state is gone.", do_mc_remove },
    { "mc_insert", WHEN_ANY, NEEDS_MC, { MC }, NULL,
      "Put a controller that was pulled out in again, as described.", do_mc_insert },
    { "mc_power", WHEN_ANY, NEEDS_MC, { MC, { ARG_BOOL, "power", 0, NULL, false } }, NULL,
      "Switch a controller off, so that it loses what is volatile, or on.", do_mc_power },
    { "mc_reset", WHEN_ANY, NEEDS_MC, { MC, { ARG_CHOICE, "reset", 0, reset_words, false } },
      NULL, "Reset a controller.", do_mc_reset },
    { "bridge_style", WHEN_ANY, NEEDS_MC,
      { MC, { ARG_CHOICE, "style", 0, style_words, false } }, NULL,
      "Say how answers of bridged requests come to a session.", do_bridge_style },
    { "fault", WHEN_ANY, NEEDS_NO_PART, { { 0 } }, "WHERE EFFECT [KEY=VALUE | CHANCE%]...",
      "Arm a fault.", do_fault },
    { "fault_clear", WHEN_ANY, NEEDS_NO_PART,
      { { ARG_UINT, "fault's number", 0, clear_words, false } }, NULL,
      "Disarm a fault, counted from 1 as they were armed, or all.", do_fault_clear },

    { "sel_list", WHEN_FORK, NEEDS_NO_PART, { { 0 } }, "ARGUMENT...",
      "Of a fork; ignored.", do_fork_word },
    { "get_user_password", WHEN_FORK, NEEDS_NO_PART, { { 0 } }, "ARGUMENT...",
      "Of a fork; ignored.", do_fork_word },
    { "mc_add_i2c_data", WHEN_FORK, NEEDS_NO_PART, { { 0 } }, "ARGUMENT...",
      "Of a fork; kept.", do_fork_word },
};

#define CMD_COUNT (sizeof cmds / sizeof cmds[0])

const struct emu_cmd *
emu_cmds(size_t *count)
{
    *count = CMD_COUNT;
    return cmds;
}

const struct emu_cmd *
emu_cmd_find(const char *name, size_t len)
{
    for (size_t i = 0; i < CMD_COUNT; i++)
        if (strlen(cmds[i].name) == len && memcmp(cmds[i].name, name, len) == 0)
            return &cmds[i];
    return NULL;
}

/* ---- what a command is about ------------------------------------------------------ */

static bool
find_mc(struct emu_call *call)
{
    struct emu_run *run = call->run;
    uint16_t id = emu_mc_id(call, &call->v[0]);

    if (run->build != NULL) {
        call->mc = build_mc(run->build, id, call->v[0].at);
        return call->mc != NULL;
    }
    call->mc = description_find_mc(run->live, id);
    if (call->mc == NULL)
        diag_error(run->script->diags, call->v[0].at,
                   "found controller 0x%02x; expected one that is there", id);
    return call->mc != NULL;
}

static bool
find_sensor(struct emu_call *call)
{
    uint8_t lun = (uint8_t)call->v[1].n, number = (uint8_t)call->v[2].n;
    struct machine_sensor *s;

    if (call->run->build != NULL)
        s = call->sensor = build_sensor(call->run->build, call->mc, lun, number, &call->note);
    else
        s = description_sensor(call->mc, lun, number);
    if (s == NULL)
        diag_error(call->run->script->diags, call->v[2].at,
                   "found sensor 0x%02x %u 0x%02x, which is not there; expected sensor_add "
                   "before it", machine_id(call->mc), lun, number);
    return s != NULL;
}

static bool
find_parts(struct emu_call *call)
{
    enum emu_needs needs = call->cmd->needs;

    if (needs != NEEDS_NO_PART && !find_mc(call))
        return false;
    return needs != NEEDS_SENSOR || find_sensor(call);
}

/* ---- carrying out ------------------------------------------------------------------- */

static const char *
cmd_name(const void *list, size_t i)
{
    return ((const struct emu_cmd *)list)[i].name;
}

static void
unknown(struct lexer *lx, const struct token *t)
{
    const char *similar = script_similar(t, CMD_COUNT, cmds, cmd_name);

    if (similar != NULL)
        lex_wrong(lx, t, "a command (%s?)", similar);
    else
        lex_wrong(lx, t, "a command");
}

/* May the command be used here? */
static bool
is_timely(struct emu_run *run, const struct emu_cmd *cmd, struct lexer *lx,
          const struct token *t)
{
    if (run->build == NULL && cmd->when != WHEN_ANY && cmd->when != WHEN_RUNNING) {
        lex_wrong(lx, t, "it in a file that describes a machine, not at run time");
        return false;
    }
    if (cmd->when == WHEN_FORK)
        lex_doubt(lx, t, "a command; this one is a fork's and is not carried out");
    return true;
}

/* Nothing should follow the arguments; ipmi_sim ignores what does. */
static void
check_end(struct lexer *lx)
{
    struct token t;

    if (lex_word(lx, &t) && t.text[0] != '#')
        lex_doubt(lx, &t, "the end of the command");
}

static void
carry_out(struct emu_run *run, const struct emu_cmd *cmd, struct lexer *lx, struct place at)
{
    struct emu_call call = { .run = run, .cmd = cmd, .lx = lx, .at = at };

    if (!args_parse(lx, cmd->args, call.v) || !find_parts(&call))
        return;
    if (cmd->more == NULL)
        check_end(lx);
    cmd->handler(&call);
}

void
emu_run_line(struct emu_run *run, const struct line *line)
{
    struct script *s = run->script;
    const struct emu_cmd *cmd;
    struct lexer lx;
    struct token t;

    lexer_open(&lx, line, &s->vars, run->words, s->diags);
    if (!lex_word(&lx, &t)) {
        if (t.undefined)
            lex_wrong(&lx, &t, "a command");
        return;
    }
    if (t.len == 0 || t.text[0] == '#')
        return;
    if (line->len == 1) {      /* as ipmi_sim does */
        lex_doubt(&lx, &t, "a command; a line of one character is passed over");
        return;
    }
    cmd = emu_cmd_find(t.text, t.len);
    if (cmd == NULL)
        unknown(&lx, &t);
    else if (is_timely(run, cmd, &lx, &t))
        carry_out(run, cmd, &lx, t.at);
}

void
emu_run_text(struct emu_run *run, const char *file, const char *text, size_t len)
{
    struct source source;
    struct line line;

    source_open(&source, file, text, len, true, run->script->diags);
    while (!run->quit && source_next(&source, &line))
        emu_run_line(run, &line);
    source_close(&source);
}

/* Put an action into the answer of a console's line. */
static void
answer(struct emu_run *run, const struct lab_action *action)
{
    struct emu_answer *a = run->answer;
    struct lab_action *at = (struct lab_action *)(uintptr_t)a->actions;

    if (a->count == 0 || (a->count >= 4 && (a->count & (a->count - 1)) == 0)) {
        size_t room = a->count ? 2 * a->count : 4;

        at = pool_alloc(run->words, room * sizeof *at);
        if (at == NULL)
            return;
        if (a->count)
            memcpy(at, a->actions, a->count * sizeof *at);
        a->actions = at;
    }
    at[a->count] = *action;
    at[a->count++].at = a->slept;
}

void
emu_do(struct emu_call *call, const struct lab_action *action)
{
    if (call->run->build != NULL)
        build_act(call->run->build, action);
    else
        answer(call->run, action);
}
