#include "sim/oem/extconf_common.h"

#include <stdio.h>
#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/oem/fru.h"
#include "sim/oem/inventec.h"
#include "sim/oem/quanta.h"
#include "sim/oem/wistron.h"

#define ACCOUNT_NONE 0
#define ACCOUNT_ENABLED 1
#define ACCOUNT_DISABLED 2
#define ACCOUNT_LOCKED 3

/* ---- accounts ---- */

static bool
named(const struct user *user)
{
    return user->name[0] != 0;
}

static enum ipmi_cc
get_user_count(struct mc *mc, uint8_t index, struct wr *data)
{
    unsigned n = 0;

    (void)index;
    if (mc->users == NULL)
        return CC_INVALID_FIELD;
    for (unsigned id = 1; id <= users_max(mc->users); id++)
        n += named(users_get(mc->users, id));
    wr_u8(data, n);
    return CC_OK;
}

static enum ipmi_cc
get_enabled_count(struct mc *mc, uint8_t index, struct wr *data)
{
    (void)index;
    if (mc->users == NULL)
        return CC_INVALID_FIELD;
    wr_u8(data, users_enabled(mc->users));
    return CC_OK;
}

static enum ipmi_cc
get_user_name(struct mc *mc, uint8_t index, struct wr *data)
{
    const struct user *user = mc->users != NULL ? users_get(mc->users, index) : NULL;

    if (user == NULL)
        return CC_INVALID_FIELD;
    wr_bytes(data, user->name, strnlen((const char *)user->name, sizeof user->name));
    return CC_OK;
}

static bool
locked_anywhere(const struct mc *mc, const struct user *user)
{
    for (size_t i = 0; i < USERS_CHANNELS_MAX; i++)
        if (users_locked(&user->access[i], mc->world->now))
            return true;
    return false;
}

static enum ipmi_cc
get_account_status(struct mc *mc, uint8_t index, struct wr *data)
{
    const struct user *user = mc->users != NULL ? users_get(mc->users, index) : NULL;
    unsigned status = ACCOUNT_NONE;

    if (user == NULL)
        return CC_INVALID_FIELD;
    if (locked_anywhere(mc, user))
        status = ACCOUNT_LOCKED;
    else if (user->status == USER_ENABLED)
        status = ACCOUNT_ENABLED;
    else if (user->status == USER_DISABLED)
        status = ACCOUNT_DISABLED;
    wr_u8(data, status);
    return CC_OK;
}

/* ---- firmware ---- */

static enum ipmi_cc
get_product(struct mc *mc, uint8_t index, struct wr *data)
{
    char text[OEM_FRU_TEXT];

    (void)index;
    oem_fru_text(mc, OEM_FRU_NOW, FRU_PRODUCT, FRU_PRODUCT_NAME, text, sizeof text);
    wr_bytes(data, text, strnlen(text, 64));
    return CC_OK;
}

static enum ipmi_cc
get_version(struct mc *mc, uint8_t index, struct wr *data)
{
    char text[16];

    (void)index;
    snprintf(text, sizeof text, "%u.%02x", mc->machine->fw_major & 0x7fu,
             (unsigned)mc->machine->fw_minor);
    wr_bytes(data, text, strlen(text));
    return CC_OK;
}

static enum ipmi_cc
get_build(struct mc *mc, uint8_t index, struct wr *data)
{
    const uint8_t *aux = mc->machine->aux;
    char text[16];

    (void)index;
    snprintf(text, sizeof text, "%02X%02X%02X%02X", (unsigned)aux[0], (unsigned)aux[1],
             (unsigned)aux[2], (unsigned)aux[3]);
    wr_bytes(data, text, strlen(text));
    return CC_OK;
}

/* ---- the rows ---- */

#define VALUE(octets) .kind = EXTCONF_VALUE, .size = (octets)
#define TEXT(chars) .kind = EXTCONF_TEXT, .size = (chars)
#define FLAG VALUE(1), .max = 1
#define USERS .from_one = true, .last = LAN_USER_ID_MAX
#define ONLY .read_only = true

static const struct extconf_attr attrs[] = {
    { EXTCONF_NIC, EXTCONF_NIC_MODE, FLAG },
    { EXTCONF_SOL, 0x01, VALUE(2) },
    { EXTCONF_ACCOUNTS, 0x01, VALUE(1), .get = get_user_count },
    { EXTCONF_ACCOUNTS, 0x02, VALUE(1), .get = get_enabled_count },
    { EXTCONF_ACCOUNTS, 0x03, TEXT(USER_NAME), USERS, .get = get_user_name },
    { EXTCONF_ACCOUNTS, 0x04, VALUE(1), USERS, .get = get_account_status },
    { EXTCONF_DNS, 0x01, FLAG },
    { EXTCONF_DNS, 0x02, VALUE(4) },
    { EXTCONF_DNS, 0x03, VALUE(4) },
    { EXTCONF_DNS, 0x04, FLAG },
    { EXTCONF_DNS, 0x05, TEXT(EXTCONF_DNS_HOST_MAX), .text = "bmc" },
    { EXTCONF_DNS, 0x06, FLAG },
    { EXTCONF_DNS, 0x07, TEXT(EXTCONF_DNS_DOMAIN_MAX) },
    { EXTCONF_WEB, 0x01, FLAG, .value = 1 },
    { EXTCONF_WEB, 0x02, VALUE(1), .value = EXTCONF_WEB_SESSIONS, ONLY },
    { EXTCONF_WEB, 0x03, VALUE(1), ONLY },
    { EXTCONF_WEB, 0x04, VALUE(4), .value = 1800 },
    { EXTCONF_WEB, EXTCONF_WEB_HTTP, VALUE(2), .min = 1, .max = UINT16_MAX, .value = 80 },
    { EXTCONF_WEB, EXTCONF_WEB_HTTPS, VALUE(2), .min = 1, .max = UINT16_MAX, .value = 443 },
    { EXTCONF_FIRMWARE, 0x01, TEXT(16), .text = "BMC", ONLY },
    { EXTCONF_FIRMWARE, 0x02, TEXT(64), .text = "Baseboard Management Controller", ONLY },
    { EXTCONF_FIRMWARE, 0x03, VALUE(1), ONLY },
    { EXTCONF_FIRMWARE, 0x04, TEXT(64), .get = get_product },
    { EXTCONF_FIRMWARE, 0x05, TEXT(16), .get = get_version },
    { EXTCONF_FIRMWARE, 0x06, TEXT(16), .text = "release", ONLY },
    { EXTCONF_FIRMWARE, 0x07, TEXT(16), .get = get_build },
    { EXTCONF_POWER, 0x02, VALUE(1), .max = 2 },
    { EXTCONF_POWER, 0x03, VALUE(2) },
    { EXTCONF_POWER, 0x04, VALUE(2), ONLY },
    { EXTCONF_POWER, 0x05, VALUE(2), .value = 255 },
};

const struct extconf_group extconf_common = { attrs, sizeof attrs / sizeof attrs[0] };

struct extconf *
extconf_common_other(struct mc *mc, uint8_t config, uint8_t id)
{
    const struct oem_profile *const who[] = { &oem_inventec, &oem_quanta, &oem_wistron };

    for (size_t i = 0; i < sizeof who / sizeof who[0]; i++) {
        struct extconf *conf = oem_state(mc, who[i]);

        if (conf != NULL && extconf_has(conf, config, id))
            return conf;
    }
    return NULL;
}
