/*
 * Targets and properties of a small ILOM.
 *
 *   /                 the root
 *   /HOST             boot_device
 *   /SP               names and contacts; clock, network, users
 *   /SYS              product, power, health; an entry for each sensor and LED
 *
 * /X stands for /SP, as clients ask for hidden properties of old versions.
 */
#include <stdio.h>
#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/oem/fru.h"
#include "sim/oem/sun.h"

#define USER_NAME_TEXT (USER_NAME + 1)
#define PATH_MAX_LEN   (SUN_PATH - sizeof "/SP")
#define INDENT "        "

/* ---- properties ---- */

static void
get_fru(struct mc *mc, unsigned field, char to[SUN_VALUE])
{
    oem_fru_text(mc, OEM_FRU_NOW, FRU_PRODUCT, field, to, SUN_VALUE);
}

static void
get_word(struct mc *mc, unsigned word, char to[SUN_VALUE])
{
    static const char *const words[] = { "Host System", "Oracle ILOM, simulated" };

    (void)mc;
    snprintf(to, SUN_VALUE, "%s", words[word]);
}

static void
get_power(struct mc *mc, unsigned unused, char to[SUN_VALUE])
{
    const struct host *host = mc->opts.host;

    (void)unused;
    snprintf(to, SUN_VALUE, "%s", host != NULL && host_power_good(host) ? "On" : "Off");
}

static void
get_health(struct mc *mc, unsigned unused, char to[SUN_VALUE])
{
    (void)unused;
    snprintf(to, SUN_VALUE, "%s", sun_faulty(mc, 0, 0) ? "Service Required" : "OK");
}

static void
get_text(struct mc *mc, unsigned which, char to[SUN_VALUE])
{
    snprintf(to, SUN_VALUE, "%s", sun_of(mc)->texts[which]);
}

static enum sun_result
set_text(struct mc *mc, const struct ipmi_req *rq, unsigned which, const char *value)
{
    (void)rq;
    if (strlen(value) >= SUN_TEXT)
        return SUN_BAD_VALUE;
    snprintf(sun_of(mc)->texts[which], SUN_TEXT, "%s", value);
    return SUN_DONE;
}

enum { CLOCK_NOW, CLOCK_UPTIME };

static void
get_clock(struct mc *mc, unsigned which, char to[SUN_VALUE])
{
    unsigned long long now = which == CLOCK_NOW ? world_time_s(mc->world)
                                                : mc->world->now / SPAN_S(1);

    snprintf(to, SUN_VALUE, "%llu", now);
}

static void
get_address(struct mc *mc, unsigned which, char to[SUN_VALUE])
{
    const struct lanparm *p = mc->lan_count > 0 ? mc->lanparm[0] : NULL;
    const uint8_t *a;

    to[0] = '\0';
    if (p == NULL)
        return;
    a = which == 0 ? p->ip : which == 1 ? p->mask : p->gateway;
    snprintf(to, SUN_VALUE, "%u.%u.%u.%u", a[0], a[1], a[2], a[3]);
}

static void
get_mac(struct mc *mc, unsigned unused, char to[SUN_VALUE])
{
    const uint8_t *m = mc->lan_count > 0 ? mc->lanparm[0]->mac : NULL;

    (void)unused;
    to[0] = '\0';
    if (m != NULL)
        snprintf(to, SUN_VALUE, "%02X:%02X:%02X:%02X:%02X:%02X", m[0], m[1], m[2], m[3], m[4],
                 m[5]);
}

static const struct {
    const char *name;
    uint8_t device;              /* enum boot_device */
} boot_devices[] = {
    { "default", BOOT_DEVICE_ANY },   { "pxe", BOOT_DEVICE_PXE },
    { "disk", BOOT_DEVICE_DISK },     { "diagnostic", BOOT_DEVICE_DIAG },
    { "cdrom", BOOT_DEVICE_CD },      { "bios", BOOT_DEVICE_SETUP },
    { "floppy", BOOT_DEVICE_FLOPPY },
};
#define BOOT_DEVICES_NAMED (sizeof boot_devices / sizeof boot_devices[0])

static void
get_boot_device(struct mc *mc, unsigned unused, char to[SUN_VALUE])
{
    const struct boot *boot = mc->chassis != NULL ? &mc->chassis->boot : NULL;
    unsigned device = BOOT_DEVICE_ANY;

    (void)unused;
    if (boot != NULL && (boot->flags[0] & BOOT_FLAGS_VALID))
        device = boot->flags[1] >> BOOT_DEVICE_SHIFT & BOOT_DEVICE_MASK;
    snprintf(to, SUN_VALUE, "other");
    for (size_t i = 0; i < BOOT_DEVICES_NAMED; i++)
        if (boot_devices[i].device == device)
            snprintf(to, SUN_VALUE, "%s", boot_devices[i].name);
}

static enum sun_result
set_boot_device(struct mc *mc, const struct ipmi_req *rq, unsigned unused, const char *value)
{
    (void)unused;
    for (size_t i = 0; mc->chassis != NULL && i < BOOT_DEVICES_NAMED; i++) {
        uint8_t flags[] = { 5, BOOT_FLAGS_VALID,
                            (uint8_t)(boot_devices[i].device << BOOT_DEVICE_SHIFT), 0, 0, 0 };
        struct ipmi_req set = *rq;

        if (!sun_same(boot_devices[i].name, value))
            continue;
        set.data = rd_of(bytes_of(flags, sizeof flags));
        return boot_set(&mc->chassis->boot, &set) == CC_OK ? SUN_DONE : SUN_BAD_VALUE;
    }
    return SUN_BAD_VALUE;
}

static enum sun_result
set_host_nmi(struct mc *mc, const struct ipmi_req *rq, unsigned unused, const char *value)
{
    (void)unused;
    if (!sun_same(value, "true") || mc->chassis == NULL ||
        chassis_control(mc->chassis, HOST_OP_DIAG, rq->from.channel) != CC_OK)
        return SUN_BAD_VALUE;
    return SUN_DONE;
}

static void
get_nothing(struct mc *mc, unsigned unused, char to[SUN_VALUE])
{
    (void)mc;
    (void)unused;
    snprintf(to, SUN_VALUE, "(Cannot show property)");
}

static const struct property {
    const char *target, *name;
    void (*get)(struct mc *mc, unsigned which, char to[SUN_VALUE]);
    enum sun_result (*set)(struct mc *mc, const struct ipmi_req *rq, unsigned which,
                           const char *value);   /* NULL: read-only */
    unsigned which;
} properties[] = {
    { "/HOST", "boot_device", get_boot_device, set_boot_device, 0 },
    { "/HOST", "generate_host_nmi", get_nothing, set_host_nmi, 0 },
    { "/SP", "hostname", get_text, set_text, 0 },
    { "/SP", "system_contact", get_text, set_text, 2 },
    { "/SP", "system_description", get_word, NULL, 1 },
    { "/SP", "system_identifier", get_text, set_text, 1 },
    { "/SP", "system_location", get_text, set_text, 3 },
    { "/SP/clock", "datetime", get_clock, NULL, CLOCK_NOW },
    { "/SP/clock", "uptime", get_clock, NULL, CLOCK_UPTIME },
    { "/SP/network", "ipaddress", get_address, NULL, 0 },
    { "/SP/network", "ipgateway", get_address, NULL, 2 },
    { "/SP/network", "ipnetmask", get_address, NULL, 1 },
    { "/SP/network", "macaddress", get_mac, NULL, 0 },
    { "/SYS", "type", get_word, NULL, 0 },
    { "/SYS", "product_manufacturer", get_fru, NULL, FRU_PRODUCT_MANUFACTURER },
    { "/SYS", "product_name", get_fru, NULL, FRU_PRODUCT_NAME },
    { "/SYS", "product_part_number", get_fru, NULL, FRU_PRODUCT_PART },
    { "/SYS", "product_serial_number", get_fru, NULL, FRU_PRODUCT_SERIAL },
    { "/SYS", "health", get_health, NULL, 0 },
    { "/SYS", "power_state", get_power, NULL, 0 },
};
#define PROPERTIES (sizeof properties / sizeof properties[0])

static const struct {
    const char *path, *commands;
} targets[] = {
    { "/", "cd show" },
    { "/HOST", "cd set show" },
    { "/SP", "cd reset set show version" },
    { "/SP/clock", "cd show" },
    { "/SP/network", "cd show" },
    { "/SP/users", "cd show" },
    { "/SYS", "cd reset show start stop" },
};
#define TARGETS (sizeof targets / sizeof targets[0])

/* ---- users ---- */

/* The user of a name under /SP/users; 0: none. */
static unsigned
user_named(const struct mc *mc, const char *name)
{
    for (unsigned id = 1; mc->users != NULL && id <= users_max(mc->users); id++) {
        char text[USER_NAME_TEXT] = "";

        memcpy(text, users_get(mc->users, id)->name, USER_NAME);
        if (text[0] != '\0' && strcmp(text, name) == 0)
            return id;
    }
    return 0;
}

static const char *
role_of(const struct mc *mc, unsigned id)
{
    static const char *const roles[] = { "none", "callback", "user", "operator",
                                         "administrator", "oem" };
    uint8_t limit = users_get(mc->users, id)->access[0].limit;

    return limit < sizeof roles / sizeof roles[0] ? roles[limit] : roles[0];
}

/* ---- paths ---- */

/* A path as it is looked up: /X is /SP, no '/' at its end. False: not absolute. */
static bool
normal_path(const char *path, char to[SUN_PATH])
{
    bool hidden = sun_begins(path, "/X/") || sun_same(path, "/X");
    size_t len;

    if (path[0] != '/' || strlen(path) > PATH_MAX_LEN)
        return false;
    snprintf(to, SUN_PATH, "%s%.*s", hidden ? "/SP" : "", (int)PATH_MAX_LEN,
             hidden ? path + 2 : path);
    len = strlen(to);
    if (len > 1 && to[len - 1] == '/')
        to[len - 1] = '\0';
    return true;
}

/* Cut a path before its last word; that word, or NULL. */
static char *
last_word(char *path)
{
    char *slash = strrchr(path, '/');

    if (slash == NULL || slash == path)
        return NULL;
    *slash = '\0';
    return slash + 1;
}

static const struct property *
find_property(const char *path)
{
    char target[SUN_PATH];
    const char *name;

    snprintf(target, sizeof target, "%s", path);
    name = last_word(target);
    for (size_t i = 0; name != NULL && i < PROPERTIES; i++)
        if (sun_same(properties[i].target, target) && sun_same(properties[i].name, name))
            return &properties[i];
    return NULL;
}

#define PARTS_AT "/SYS/"
#define USERS_AT "/SP/users/"

/* A property of a sensor or LED; it alone means its value. */
static bool
get_of_part(struct mc *mc, const char *path, char to[SUN_VALUE])
{
    struct bytes record;
    const char *after;

    if (!sun_begins(path, PARTS_AT) ||
        !sun_find_part(mc, path + sizeof PARTS_AT - 1, &record, &after))
        return false;
    if (*after == '\0' || sun_same(after, "/value"))
        sun_part_value(mc, record, to);
    else if (sun_same(after, "/type"))
        snprintf(to, SUN_VALUE, "%s", sun_part_type(record));
    else
        return false;
    return true;
}

static bool
get_of_user(struct mc *mc, const char *path, char to[SUN_VALUE])
{
    char name[SUN_PATH];
    unsigned id;
    const char *word;

    if (!sun_begins(path, USERS_AT))
        return false;
    snprintf(name, sizeof name, "%s", path + sizeof USERS_AT - 1);
    word = last_word(name);
    if (word == NULL || !sun_same(word, "role") || (id = user_named(mc, name)) == 0)
        return false;
    snprintf(to, SUN_VALUE, "%s", role_of(mc, id));
    return true;
}

bool
sun_get(struct mc *mc, const char *path, char to[SUN_VALUE])
{
    const struct property *p;
    char normal[SUN_PATH];

    if (!normal_path(path, normal))
        return false;
    p = find_property(normal);
    if (p == NULL)
        return get_of_part(mc, normal, to) || get_of_user(mc, normal, to);
    p->get(mc, p->which, to);
    return true;
}

enum sun_result
sun_set(struct mc *mc, const struct ipmi_req *rq, const char *path, const char *value)
{
    const struct property *p;
    char normal[SUN_PATH], unused[SUN_VALUE];
    struct bytes record;
    const char *after;

    if (!normal_path(path, normal))
        return SUN_NOT_FOUND;
    p = find_property(normal);
    if (p != NULL)
        return p->set != NULL ? p->set(mc, rq, p->which, value) : SUN_READ_ONLY;
    if (sun_begins(normal, PARTS_AT) &&
        sun_find_part(mc, normal + sizeof PARTS_AT - 1, &record, &after) &&
        (*after == '\0' || sun_same(after, "/value")))
        return sun_set_part(mc, record, value);
    return sun_get(mc, path, unused) ? SUN_READ_ONLY : SUN_NOT_FOUND;
}

/* ---- show ---- */

static int
find_target(const char *path)
{
    for (size_t i = 0; i < TARGETS; i++)
        if (sun_same(targets[i].path, path))
            return (int)i;
    return -1;
}

bool
sun_is_target(struct mc *mc, const char *path)
{
    char normal[SUN_PATH];
    struct bytes record;
    const char *after;

    if (!normal_path(path, normal))
        return false;
    if (find_target(normal) >= 0)
        return true;
    if (sun_begins(normal, PARTS_AT))
        return sun_find_part(mc, normal + sizeof PARTS_AT - 1, &record, &after) && *after == '\0';
    return sun_begins(normal, USERS_AT) && user_named(mc, normal + sizeof USERS_AT - 1) != 0;
}

/* The targets right below one. */
static void
show_children(struct mc *mc, const char *path, struct wr *out)
{
    size_t len = strlen(path) > 1 ? strlen(path) : 0;
    char name[SUN_PATH];
    struct bytes record;

    for (size_t i = 1; i < TARGETS; i++) {
        const char *t = targets[i].path;

        if (sun_begins(t, len ? path : "") && t[len] == '/' && strchr(t + len + 1, '/') == NULL)
            sun_say(out, INDENT "%s\n", t + len + 1);
    }
    for (unsigned n = 0; sun_same(path, "/SYS") && sun_nth_part(mc, n, &record, name); n++)
        sun_say(out, INDENT "%s\n", name);
    for (unsigned id = 1; sun_same(path, "/SP/users") && mc->users != NULL &&
                          id <= users_max(mc->users); id++) {
        char text[USER_NAME_TEXT] = "";

        memcpy(text, users_get(mc->users, id)->name, USER_NAME);
        if (text[0] != '\0')
            sun_say(out, INDENT "%s\n", text);
    }
}

static void
show_property(struct mc *mc, const char *path, const char *name, struct wr *out)
{
    char whole[2 * SUN_PATH], value[SUN_VALUE];

    snprintf(whole, sizeof whole, "%s/%s", path, name);
    if (sun_get(mc, whole, value))
        sun_say(out, INDENT "%s = %s\n", name, value[0] != '\0' ? value : "(none)");
}

static void
show_properties(struct mc *mc, const char *path, struct wr *out)
{
    static const char *const others[] = { "type", "value", "role" };

    for (size_t i = 0; i < PROPERTIES; i++)
        if (sun_same(properties[i].target, path))
            show_property(mc, path, properties[i].name, out);
    for (size_t i = 0; find_target(path) < 0 && i < sizeof others / sizeof others[0]; i++)
        show_property(mc, path, others[i], out);
}

static void
show_commands(const char *path, struct wr *out)
{
    int i = find_target(path);
    const char *word = i >= 0 ? targets[i].commands : "cd set show";

    while (*word != '\0') {
        size_t len = strcspn(word, " ");

        sun_say(out, INDENT "%.*s\n", (int)len, word);
        word += len + strspn(word + len, " ");
    }
}

void
sun_show(struct mc *mc, const char *path, struct wr *out)
{
    char normal[SUN_PATH];

    if (!normal_path(path, normal))
        return;
    sun_say(out, "\n %s\n    Targets:\n", normal);
    show_children(mc, normal, out);
    sun_say(out, "\n    Properties:\n");
    show_properties(mc, normal, out);
    sun_say(out, "\n    Commands:\n");
    show_commands(normal, out);
    sun_say(out, "\n");
}
