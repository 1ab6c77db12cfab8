#include "sim/io/hwmon.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TEXT     64          /* octets of a file that count */
#define PATH     1024
#define DEPTH    1           /* of folders within the folder */
#define INPUT    "_input"
#define MODIFIED 0x06        /* octet 21: the base unit is not alone */
#define PERCENT  0x01

/* Base units of an SDR. */
enum unit {
    UNIT_NONE = 0, UNIT_CELSIUS = 1, UNIT_FAHRENHEIT = 2, UNIT_KELVIN = 3, UNIT_VOLT = 4,
    UNIT_AMPERE = 5, UNIT_WATT = 6, UNIT_JOULE = 7, UNIT_RPM = 18, UNIT_HERTZ = 19,
};

struct hwmon_kind {
    const char *name;
    double per;              /* of the kernel's unit in one of ours */
    enum unit unit;
};

static const struct hwmon_kind kinds[] = {
    { "temp", 1e3, UNIT_CELSIUS }, { "fan", 1, UNIT_RPM },      { "in", 1e3, UNIT_VOLT },
    { "curr", 1e3, UNIT_AMPERE },  { "power", 1e6, UNIT_WATT }, { "energy", 1e6, UNIT_JOULE },
    { "freq", 1, UNIT_HERTZ },     { "humidity", 1e3, UNIT_NONE },
};

/* Other units that measure the same: theirs = ours * times + plus. */
static const struct {
    enum unit ours, theirs;
    double times, plus;
} others[] = {
    { UNIT_CELSIUS, UNIT_FAHRENHEIT, 1.8, 32 },
    { UNIT_CELSIUS, UNIT_KELVIN, 1, 273.15 },
};

const struct hwmon_kind *
hwmon_kind_of(const char *name, int *stem)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        size_t len = strlen(kinds[i].name);
        size_t digits = 0;

        if (strncmp(name, kinds[i].name, len) != 0)
            continue;
        while (isdigit((unsigned char)name[len + digits]))
            digits++;
        if (digits == 0 || strcmp(name + len + digits, INPUT) != 0)
            continue;
        *stem = (int)(len + digits);
        return &kinds[i];
    }
    return NULL;
}

bool
hwmon_in_units(const struct hwmon_kind *kind, const uint8_t units[3], double *value)
{
    bool percent = units[0] & PERCENT;

    if (units[0] & MODIFIED || percent != (kind->unit == UNIT_NONE))
        return false;
    if (percent || units[1] == kind->unit)
        return true;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (others[i].ours != kind->unit || others[i].theirs != units[1])
            continue;
        *value = *value * others[i].times + others[i].plus;
        return true;
    }
    return false;
}

/* The beginning of a file as text. A pipe that nobody writes to must not stop
 * the lab. NULL, or why not. */
static const char *
beginning(const char *path, char text[TEXT])
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t n;
    int why;

    if (fd < 0)
        return strerror(errno);
    n = read(fd, text, TEXT - 1);
    why = errno;
    close(fd);
    text[n > 0 ? n : 0] = '\0';
    return n < 0 ? strerror(why) : NULL;
}

/* The first line of a file, without the blanks about it. NULL, or why not. */
static const char *
first_line(const char *path, char text[TEXT])
{
    const char *why = beginning(path, text);
    size_t len;

    if (why != NULL)
        return why;
    len = strcspn(text, "\n");
    text[len] = '\0';
    while (len > 0 && isspace((unsigned char)text[len - 1]))
        text[--len] = '\0';
    len = strspn(text, " \t");
    memmove(text, text + len, strlen(text + len) + 1);
    return NULL;
}

static void
take_value(struct hwmon_reading *r)
{
    char text[TEXT], *end;

    r->why = first_line(r->path, text);
    if (r->why != NULL)
        return;
    r->value = strtod(text, &end) / r->kind->per;
    if (end == text || *end != '\0' || !isfinite(r->value))
        r->why = "holds no number";
}

static void
take_label(struct hwmon_reading *r, const char *dir, const char *name, int stem)
{
    char path[PATH], text[TEXT];

    snprintf(r->label, sizeof r->label, "%.*s", stem, name);
    snprintf(path, sizeof path, "%s/%.*s_label", dir, stem, name);
    if (first_line(path, text) == NULL && text[0] != '\0')
        snprintf(r->label, sizeof r->label, "%s", text);
}

static enum status read_folder(const char *dir, int depth, hwmon_fn *fn, void *ctx);

static void
read_entry(const char *dir, const char *name, int depth, hwmon_fn *fn, void *ctx)
{
    struct hwmon_reading r = { 0 };
    char path[PATH];
    int stem;

    if (snprintf(path, sizeof path, "%s/%s", dir, name) >= (int)sizeof path)
        return;
    if (strncmp(name, "hwmon", 5) == 0 && depth > 0) {
        (void)read_folder(path, depth - 1, fn, ctx);
        return;
    }
    r.kind = hwmon_kind_of(name, &stem);
    if (r.kind == NULL)
        return;
    r.path = path;
    take_label(&r, dir, name, stem);
    take_value(&r);
    fn(ctx, &r);
}

static enum status
read_folder(const char *dir, int depth, hwmon_fn *fn, void *ctx)
{
    struct dirent **names;
    int count = scandir(dir, &names, NULL, alphasort);

    if (count < 0)
        return ST_IO;
    for (int i = 0; i < count; i++) {
        read_entry(dir, names[i]->d_name, depth, fn, ctx);
        free(names[i]);
    }
    free(names);
    return ST_OK;
}

enum status
hwmon_read(const char *dir, hwmon_fn *fn, void *ctx)
{
    return read_folder(dir, DEPTH, fn, ctx);
}
