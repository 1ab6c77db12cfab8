#include "sim/oem/fujitsu.h"

#include "sim/oem/fujitsu_impl.h"

#define NETFN_PLAIN 0x30

enum { CODE_POWER = 0x01, CODE_COMMUNICATION = 0x02, CODE_SIGNAL = 0x10, CODE_BIOS = 0xf1,
       CODE_IRMC = 0xf5 };

#define SELECTORS   6
#define RUNNING_LOW 1           /* EEPROM */

struct fujitsu *
fujitsu_state(struct mc *mc)
{
    return oem_state(mc, &oem_fujitsu);
}

/* ---- what has no IANA number ---- */

static enum ipmi_cc
set_selector(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t selector = rd_u8(&rq->data);

    (void)rs;
    if (selector >= SELECTORS)
        return CC_INVALID_FIELD;
    fujitsu_state(mc)->selector = selector;
    return CC_OK;
}

static enum ipmi_cc
get_selector(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_u8(rs, fujitsu_state(mc)->selector);
    wr_u8(rs, RUNNING_LOW);
    return CC_OK;
}

#define STORAGE_IS_CONNECTED 0x01
#define STORAGE_STATUS       0x02
#define STORAGE_CONNECTIONS  2
#define STORAGE_IDLE         0x01
#define STORAGE_NONE         0x03

static enum ipmi_cc
get_remote_storage(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t specifier = rd_u8(&rq->data);
    uint8_t connection;

    (void)mc;
    rd_skip(&rq->data, 1);
    connection = rd_u8(&rq->data);
    if (specifier != STORAGE_IS_CONNECTED && specifier != STORAGE_STATUS)
        return CC_INVALID_FIELD;
    if (connection >= STORAGE_CONNECTIONS)
        return CC_RANGE;
    wr_u8(rs, specifier);
    wr_u8(rs, 0);
    wr_u8(rs, specifier == STORAGE_STATUS ? STORAGE_IDLE : 0);
    wr_u8(rs, specifier == STORAGE_STATUS ? STORAGE_NONE : 0);
    return CC_OK;
}

static enum ipmi_cc
set_video(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t off = rd_u8(&rq->data);

    (void)rs;
    if (off > 1)
        return CC_INVALID_FIELD;
    fujitsu_state(mc)->screen_off = off;
    return CC_OK;
}

/* ---- specifiers ---- */

/* Lengths are of what follows the specifier. */
static const struct specifier {
    uint8_t group, number;
    uint8_t needs;
    uint8_t len_min, len_max;
    command_fn *handler;
} specifiers[] = {
    { CODE_POWER, 0x15, PRIV_USER, 0, 0, fujitsu_get_power_on_source },
    { CODE_POWER, 0x16, PRIV_USER, 0, 0, fujitsu_get_power_off_source },
    { CODE_POWER, 0x1c, PRIV_OPERATOR, 5, 5, fujitsu_set_power_off_inhibit },
    { CODE_POWER, 0x1d, PRIV_USER, 0, 0, fujitsu_get_power_off_inhibit },
    { CODE_POWER, 0x20, PRIV_OPERATOR, 8, 8, fujitsu_set_next_power_on },
    { CODE_COMMUNICATION, 0x05, PRIV_OPERATOR, 0, 0, fujitsu_shut_down },
    { CODE_COMMUNICATION, 0x06, PRIV_OPERATOR, 0, 0, fujitsu_shut_down_and_start },
    { CODE_COMMUNICATION, 0x08, PRIV_USER, 0, 0, fujitsu_get_agent_status },
    { CODE_COMMUNICATION, 0x09, PRIV_OPERATOR, 0, 0, fujitsu_cancel_shutdown },
    { CODE_SIGNAL, 0x02, PRIV_OPERATOR, 5, UINT8_MAX, fujitsu_write_to_display },
    { CODE_BIOS, 0x09, PRIV_USER, 0, 0, fujitsu_get_post_state },
    { CODE_IRMC, 0x10, PRIV_USER, 4, 4, fujitsu_get_system_status },
    { CODE_IRMC, 0x12, PRIV_USER, 1, 1, fujitsu_get_eeprom_version },
    { CODE_IRMC, 0x42, PRIV_USER, 3, 4, fujitsu_get_component_status },
    { CODE_IRMC, 0x43, PRIV_ADMIN, 4, 5, fujitsu_get_long_text },
    { CODE_IRMC, 0x45, PRIV_ADMIN, 2, 2, fujitsu_get_short_text },
    { CODE_IRMC, 0xb0, PRIV_OPERATOR, 1, 1, fujitsu_set_identify_led },
    { CODE_IRMC, 0xb1, PRIV_USER, 0, 0, fujitsu_get_identify_led },
    { CODE_IRMC, 0xb3, PRIV_USER, 0, 0, fujitsu_get_error_led },
};

static enum ipmi_cc
by_specifier(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t number = rd_u8(&rq->data);
    size_t len = rd_left(&rq->data);

    for (size_t i = 0; i < sizeof specifiers / sizeof specifiers[0]; i++) {
        const struct specifier *s = &specifiers[i];
        enum ipmi_cc cc;

        if (s->group != rq->cmd || s->number != number)
            continue;
        if (rq->privilege < s->needs)
            return CC_PRIVILEGE;
        if (len < s->len_min || len > s->len_max)
            return CC_LENGTH;
        cc = s->handler(mc, rq, rs);
        rd_skip(&rq->data, rd_left(&rq->data));
        return cc;
    }
    return CC_INVALID_FIELD;
}

/* ---- the profile ---- */

static void
init(struct mc *mc, void *state)
{
    struct fujitsu *f = state;

    f->mc = mc;
    timer_init(&f->alarm, TIMER_DEVICE, fujitsu_switch_on, f);
    timer_init(&f->again, TIMER_DEVICE, fujitsu_start_again, f);
}

static void
end(struct mc *mc, void *state)
{
    struct fujitsu *f = state;

    timeline_disarm(&mc->world->timeline, &f->alarm);
    timeline_disarm(&mc->world->timeline, &f->again);
}

static void
reset(struct mc *mc, void *state)
{
    struct fujitsu *f = state;

    end(mc, state);
    f->inhibit = f->held = f->screen_off = f->has_output = false;
}

#define CHASSIS (GROUP_OEM_CMDS | GROUP_CHASSIS_DEVICE)
#define OF_CODE(code, name)                                                              \
    { NETFN_OEM, (code), (name), NEEDS_USER, 4, LEN_ANY, CHASSIS, by_specifier, "" }

static const struct command rows[] = {
    OF_CODE(CODE_POWER, "Fujitsu Power"),
    OF_CODE(CODE_COMMUNICATION, "Fujitsu Communication"),
    OF_CODE(CODE_SIGNAL, "Fujitsu Signaling"),
    OF_CODE(CODE_BIOS, "Fujitsu BIOS"),
    OF_CODE(CODE_IRMC, "Fujitsu iRMC"),
};

static const struct command plain_rows[] = {
    { NETFN_CHASSIS, 0x02, "Chassis Control", NEEDS_OPERATOR, 1, 1, CHASSIS,
      fujitsu_control_chassis, "28.3" },
    { NETFN_PLAIN, 0x04, "Fujitsu Set Firmware Selector", NEEDS_ADMIN, 1, 1, GROUP_OEM_CMDS,
      set_selector, "" },
    { NETFN_PLAIN, 0x05, "Fujitsu Get Firmware Selector", NEEDS_USER | READS, 0, 0,
      GROUP_OEM_CMDS, get_selector, "" },
    { NETFN_PLAIN, 0x19, "Fujitsu Get Remote Storage", NEEDS_USER | READS, 3, 3,
      GROUP_OEM_CMDS, get_remote_storage, "" },
    { NETFN_PLAIN, 0x1a, "Fujitsu Set Video Display", NEEDS_OPERATOR, 1, 1, GROUP_OEM_CMDS,
      set_video, "" },
};

const struct command_table oem_fujitsu_commands = { "fujitsu", rows,
                                                    sizeof rows / sizeof rows[0],
                                                    FUJITSU_IANA };
const struct command_table oem_fujitsu_plain_commands = {
    "fujitsu", plain_rows, sizeof plain_rows / sizeof plain_rows[0], 0,
};

static const struct command_table *const tables[] = { &oem_fujitsu_commands,
                                                      &oem_fujitsu_plain_commands };

const struct oem_profile oem_fujitsu = {
    .name = "fujitsu",
    .what = "Fujitsu PRIMERGY, as iRMC S2 answers",
    .tables = tables,
    .table_count = sizeof tables / sizeof tables[0],
    .state_size = sizeof(struct fujitsu),
    .init = init,
    .reset = reset,
    .end = end,
};
