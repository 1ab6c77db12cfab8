#include "sim/io/sensor_dirs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "sim/io/hwmon.h"
#include "sim/wire/convert.h"

#define EVERY_MC 0   /* no slave address */

/* A sensor that a label can mean. */
struct named {
    struct named *next;
    char id[SDR_ID_TEXT];
    struct convert convert;
    uint8_t units[3];
    uint8_t mc, lun, number;
};

/* Something that was complained of. */
struct told {
    struct told *next;
    char path[];
};

/* A folder, and whom it is for: the units made from one machine. */
struct folder {
    struct folder *next;
    struct sensor_dirs *dirs;
    uv_timer_t timer;
    const char *path;
    const struct description *machine;
    struct named *sensors;
    struct told *told;
    unsigned told_count;
};

struct sensor_dirs {
    struct loop *loop;
    sensor_files_warn_fn *warn;
    struct folder *folders;
};

/* ---- complaints ---- */

static struct told **
find_told(struct folder *f, const char *path)
{
    struct told **at = &f->told;

    while (*at != NULL && strcmp((*at)->path, path) != 0)
        at = &(*at)->next;
    return at;
}

static void
complain(struct folder *f, const char *path, const char *why)
{
    struct told **at = find_told(f, path);
    size_t size = strlen(path) + 1;

    if (*at != NULL || f->told_count == SENSOR_DIRS_TOLD_MAX)
        return;
    *at = calloc(1, sizeof **at + size);
    if (*at == NULL)
        return;
    memcpy((*at)->path, path, size);
    f->told_count++;
    if (f->dirs->warn != NULL)
        f->dirs->warn(path, why);
}

static void
is_good(struct folder *f, const char *path)
{
    struct told **at = find_told(f, path);
    struct told *gone = *at;

    if (gone == NULL)
        return;
    *at = gone->next;
    f->told_count--;
    free(gone);
}

/* ---- a reading ---- */

static void
set_sensor(const struct folder *f, struct chassis_unit *unit, const struct named *s, uint8_t raw)
{
    struct lab_action a = { .what = ACT_SENSOR_VALUE, .mc = s->mc, .lun = s->lun,
                            .number = s->number, .value = raw, .event = true };

    (void)lab_act(loop_lab(f->dirs->loop), unit, loop_now(f->dirs->loop), &a);
}

static void
set_everywhere(const struct folder *f, const struct named *s, uint8_t raw)
{
    struct lab *lab = loop_lab(f->dirs->loop);
    struct chassis_unit *unit;

    for (uint32_t n = 0; (unit = lab_unit(lab, n)) != NULL; n++)
        if (chassis_unit_description(unit) == f->machine)
            set_sensor(f, unit, s, raw);
}

static void
take_reading(void *ctx, const struct hwmon_reading *r)
{
    struct folder *f = ctx;
    const char *why = r->why != NULL ? r->why : "no sensor has its label";
    bool taken = false;

    for (const struct named *s = f->sensors; r->why == NULL && s != NULL; s = s->next) {
        double value = r->value;
        uint8_t raw;

        if (strcasecmp(s->id, r->label) != 0)
            continue;
        if (hwmon_in_units(r->kind, s->units, &value) &&
            convert_raw(&s->convert, value, &raw)) {
            set_everywhere(f, s, raw);
            taken = true;
        } else {
            why = "the sensor of its label measures something else";
        }
    }
    if (taken)
        is_good(f, r->path);
    else
        complain(f, r->path, why);
}

static void
read_folder(struct folder *f)
{
    if (hwmon_read(f->path, take_reading, f) == ST_OK)
        is_good(f, f->path);
    else
        complain(f, f->path, strerror(errno));
}

static void
on_timer(uv_timer_t *timer)
{
    struct folder *f = timer->data;
    struct loop *loop = f->dirs->loop;

    (void)lab_advance(loop_lab(loop), loop_now(loop));
    read_folder(f);
    loop_settle(loop);
}

/* ---- whom a folder is for ---- */

static bool
add_sensor(struct folder *f, uint8_t mc, const struct machine_sensor *facts)
{
    struct named found = { .next = f->sensors, .mc = mc, .lun = facts->lun,
                           .number = facts->number };
    struct named *s;
    struct sdr sdr;

    if (sdr_parse(facts->sdr, &sdr) != SDR_OK || !convert_of(&sdr, &found.convert))
        return true;
    sdr_id_text(&sdr, found.id, sizeof found.id);
    memcpy(found.units, sdr.u.sensor.units, sizeof found.units);
    s = malloc(sizeof *s);
    if (s == NULL)
        return false;
    *s = found;
    f->sensors = s;
    return true;
}

static bool
add_sensors(struct folder *f, uint8_t mc)
{
    for (uint32_t i = 0; i < f->machine->mc_count; i++) {
        const struct machine_mc *m = f->machine->mcs[i];

        if (!m->added || (mc != EVERY_MC && m->address != mc))
            continue;
        for (uint32_t n = 0; n < m->sensor_count; n++)
            if (!add_sensor(f, m->address, &m->sensors[n]))
                return false;
    }
    return true;
}

static bool
add_folder(struct sensor_dirs *dirs, const struct machine_sensor_dir *dir,
           const struct description *machine, uint8_t mc)
{
    struct folder *f = calloc(1, sizeof *f);
    uint32_t ms = dir->period_ms ? dir->period_ms : MACHINE_DIR_MS;

    if (f == NULL)
        return false;
    f->dirs = dirs;
    f->path = dir->path;
    f->machine = machine;
    f->next = dirs->folders;
    dirs->folders = f;
    uv_timer_init(loop_uv(dirs->loop), &f->timer);
    f->timer.data = f;
    uv_timer_start(&f->timer, on_timer, ms, ms);
    return add_sensors(f, mc);
}

static bool
add_described(struct sensor_dirs *dirs, const struct description *d)
{
    for (uint32_t i = 0; i < d->mc_count; i++)
        for (uint32_t n = 0; n < d->mcs[i]->dir_count; n++)
            if (!add_folder(dirs, &d->mcs[i]->dirs[n], d, d->mcs[i]->address))
                return false;
    return true;
}

/* Units of one machine stand one after the other. */
static bool
add_all(struct sensor_dirs *dirs, const struct machine_sensor_dir *all)
{
    const struct description *last = NULL;
    struct chassis_unit *unit;

    for (uint32_t n = 0; (unit = lab_unit(loop_lab(dirs->loop), n)) != NULL; n++) {
        const struct description *d = chassis_unit_description(unit);

        if (d == last)
            continue;
        last = d;
        if ((all != NULL && !add_folder(dirs, all, d, EVERY_MC)) || !add_described(dirs, d))
            return false;
    }
    return true;
}

enum status
sensor_dirs_new(struct loop *loop, const struct machine_sensor_dir *all,
                sensor_files_warn_fn *warn, struct sensor_dirs **out)
{
    struct sensor_dirs *dirs = calloc(1, sizeof *dirs);

    if (dirs == NULL)
        return ST_NOMEM;
    dirs->loop = loop;
    dirs->warn = warn;
    if (!add_all(dirs, all)) {
        sensor_dirs_free(dirs);
        return ST_NOMEM;
    }
    for (struct folder *f = dirs->folders; f != NULL; f = f->next)
        read_folder(f);
    *out = dirs;
    return ST_OK;
}

static void
timer_closed(uv_handle_t *handle)
{
    free(handle->data);
}

static void
free_folder(struct folder *f)
{
    while (f->sensors != NULL) {
        struct named *s = f->sensors;

        f->sensors = s->next;
        free(s);
    }
    while (f->told != NULL) {
        struct told *t = f->told;

        f->told = t->next;
        free(t);
    }
    uv_close((uv_handle_t *)&f->timer, timer_closed);
}

void
sensor_dirs_free(struct sensor_dirs *dirs)
{
    if (dirs == NULL)
        return;
    while (dirs->folders != NULL) {
        struct folder *f = dirs->folders;

        dirs->folders = f->next;
        free_folder(f);
    }
    free(dirs);
}
