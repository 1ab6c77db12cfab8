#include "sim/oem/kontron.h"

#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/oem/fru.h"

#define NETFN_BOARD 0x3e
#define LUN_BOARD   3
#define KEY_OCTETS  4
#define PARAM_HOSTNAME 0xc2

/* Get Device ID. */
#define DEVICE_MAJOR    2
#define DEVICE_MINOR    3
#define DEVICE_AUX      11
#define DEVICE_ID_LEN   15
#define FIRMWARE_BITS   0x7f

static const uint8_t key[KEY_OCTETS] = { 0xb4, 0x90, 0x91, 0x8b };

struct kontron *
kontron_of(struct mc *mc)
{
    return oem_state(mc, &oem_kontron);
}

/* What opens a board command. */
static enum ipmi_cc
unlock(struct ipmi_req *rq)
{
    struct bytes given = rd_bytes(&rq->data, KEY_OCTETS);

    if (rq->lun != LUN_BOARD)
        return CC_INVALID_LUN;
    return given.len == KEY_OCTETS && memcmp(given.at, key, KEY_OCTETS) == 0 ? CC_OK
                                                                          : CC_INVALID_FIELD;
}

/* ---- next boot ---- */

#define BOOT_MARK 0x9d
#define BOOT_ANY  0xff
#define PARAM_BOOT_FLAGS 5

static const uint8_t devices[] = {
    BOOT_DEVICE_SETUP, BOOT_DEVICE_FLOPPY, BOOT_DEVICE_DISK, BOOT_DEVICE_CD, BOOT_DEVICE_PXE,
};

static enum ipmi_cc
boot_from(struct mc *mc, const struct ipmi_req *rq, uint8_t device)
{
    uint8_t flags[] = { PARAM_BOOT_FLAGS, BOOT_FLAGS_VALID,
                        (uint8_t)(device << BOOT_DEVICE_SHIFT), 0, 0, 0 };
    struct ipmi_req set = *rq;

    if (mc->chassis == NULL)
        return CC_STATE;
    set.data = rd_of(bytes_of(flags, sizeof flags));
    return boot_set(&mc->chassis->boot, &set);
}

static enum ipmi_cc
next_boot(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    enum ipmi_cc cc = unlock(rq);
    uint8_t mark = rd_u8(&rq->data);
    uint8_t device = rd_u8(&rq->data);
    uint8_t which = rd_u8(&rq->data);

    (void)rs;
    if (cc != CC_OK)
        return cc;
    if (mark != BOOT_MARK || device >= sizeof devices || which != BOOT_ANY)
        return CC_INVALID_FIELD;
    return boot_from(mc, rq, devices[device]);
}

/* ---- what it was made with ---- */

static enum ipmi_cc
get_serial_number(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    enum ipmi_cc cc = unlock(rq);
    char serial[OEM_FRU_TEXT];

    if (cc != CC_OK)
        return cc;
    if (!oem_fru_text(mc, OEM_FRU_FACTORY, FRU_BOARD, FRU_BOARD_SERIAL, serial, sizeof serial))
        return CC_NOT_PRESENT;
    wr_bytes(rs, serial, strlen(serial));
    return CC_OK;
}

static enum ipmi_cc
get_manufacturing_date(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    enum ipmi_cc cc = unlock(rq);
    uint32_t minutes;

    if (cc != CC_OK)
        return cc;
    if (!oem_fru_made(mc, OEM_FRU_FACTORY, &minutes))
        return CC_NOT_PRESENT;
    wr_le24(rs, minutes);
    return CC_OK;
}

/* ---- channels ---- */

static enum ipmi_cc
set_buffer_size(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct channel *channel = mc_channel(mc, rq, rd_u8(&rq->data));
    uint8_t octets = rd_u8(&rq->data);

    (void)rs;
    if (channel == NULL)
        return CC_INVALID_FIELD;
    kontron_of(mc)->buffers[channel - mc->channels] = octets;
    return CC_OK;
}

static enum ipmi_cc
get_lan(struct mc *mc, uint8_t channel, uint8_t param, uint8_t set, uint8_t block,
        struct wr *data)
{
    (void)channel;
    (void)set;
    (void)block;
    if (param != PARAM_HOSTNAME)
        return CC_PARAM_UNSUPPORTED;
    wr_bytes(data, kontron_of(mc)->hostname, KONTRON_HOSTNAME);
    return CC_OK;
}

static enum ipmi_cc
set_lan(struct mc *mc, uint8_t channel, uint8_t param, struct rd *data)
{
    struct bytes name = rd_rest(data);
    struct kontron *k = kontron_of(mc);

    (void)channel;
    if (param != PARAM_HOSTNAME)
        return CC_PARAM_UNSUPPORTED;
    if (name.len == 0 || name.len > KONTRON_HOSTNAME)
        return CC_LENGTH;
    memset(k->hostname, 0, KONTRON_HOSTNAME);
    memcpy(k->hostname, name.at, name.len);
    k->hostname[KONTRON_HOSTNAME - 1] = '\0';
    rd_skip(data, name.len);
    return CC_OK;
}

/* ---- who it is ---- */

/* The standard answer, with the firmware that the FWUM started in it. */
static enum ipmi_cc
get_device_id(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const uint8_t *version = fwum_version(&kontron_of(mc)->fwum);
    enum ipmi_cc cc = command_pass(&mc->gate, mc, rq, rs);

    if (cc != CC_OK || version == NULL || wr_len(rs) < DEVICE_ID_LEN)
        return cc;
    rs->start[DEVICE_MAJOR] =
        (uint8_t)((rs->start[DEVICE_MAJOR] & ~FIRMWARE_BITS) | (version[0] & FIRMWARE_BITS));
    rs->start[DEVICE_MINOR] = version[1];
    rs->start[DEVICE_AUX] = version[2];
    return CC_OK;
}

/* ---- the profile ---- */

static void
init(struct mc *mc, void *state)
{
    struct kontron *k = state;

    fwum_init(mc, &k->fwum);
}

static void
reset(struct mc *mc, void *state)
{
    struct kontron *k = state;

    memset(k->buffers, 0, sizeof k->buffers);
    fwum_reset(mc, &k->fwum);
}

static const struct command rows[] = {
    { NETFN_APP, 0x01, "Get Device ID", NEEDS_USER | READS, 0, 0, GROUP_OEM_CMDS,
      get_device_id, "20.1" },
    { NETFN_BOARD, 0x02, "Kontron Set Next Boot", NEEDS_OPERATOR, 7, 7, GROUP_OEM_CMDS,
      next_boot, "" },
    { NETFN_BOARD, 0x0c, "Kontron Get Serial Number", NEEDS_USER | READS, 4, 4,
      GROUP_OEM_CMDS, get_serial_number, "" },
    { NETFN_BOARD, 0x0e, "Kontron Get Manufacturing Date", NEEDS_USER | READS, 4, 4,
      GROUP_OEM_CMDS, get_manufacturing_date, "" },
    { NETFN_BOARD, 0x82, "Kontron Set Channel Buffer Length", NEEDS_USER, 2, 2,
      GROUP_OEM_CMDS, set_buffer_size, "" },
};

const struct command_table oem_kontron_commands = { "kontron", rows,
                                                    sizeof rows / sizeof rows[0], 0 };

static const struct command_table *const tables[] = { &oem_kontron_commands,
                                                      &oem_fwum_commands };

const struct oem_profile oem_kontron = {
    .name = "kontron",
    .what = "Kontron boards, with their firmware update manager",
    .tables = tables,
    .table_count = sizeof tables / sizeof tables[0],
    .state_size = sizeof(struct kontron),
    .init = init,
    .reset = reset,
    .get_lan = get_lan,
    .set_lan = set_lan,
};
