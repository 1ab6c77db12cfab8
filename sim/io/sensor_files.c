#include "sim/io/sensor_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sim/wire/convert.h"

#define TEXT_MAX 99              /* octets of an ascii file that count */

struct polled {
    uv_timer_t timer;
    struct sensor_files *files;
    struct chassis_unit *unit;
    uint8_t mc;
    const struct machine_sensor *sensor;
    bool failing;
};

struct sensor_files {
    struct loop *loop;
    sensor_files_warn_fn *warn;
    struct polled **list;
    size_t count, room;
};

static ssize_t
read_at(const struct machine_poll *poll, uint8_t *to, size_t len)
{
    int fd = open(poll->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t n;
    int why;

    if (fd < 0)
        return -1;
    n = pread(fd, to, len, poll->ascii ? 0 : poll->offset);
    why = errno;
    close(fd);
    errno = why;
    return n;
}

static bool
parse_text(const struct machine_poll *poll, char *text, int64_t *value, const char **why)
{
    char *end;

    *value = strtoll(text, &end, poll->base);
    if (end == text) {
        *why = "holds no number";
        return false;
    }
    return true;
}

static bool
parse_raw(const uint8_t *raw, size_t len, int64_t *value)
{
    uint32_t v = 0;

    for (size_t i = len; i-- > 0;)
        v = v << 8 | raw[i];
    *value = v;
    return true;
}

/* ((read & mask) - sub) * mult / div, rounded to the nearest. */
static int64_t
scale(const struct machine_poll *poll, int64_t v)
{
    int64_t div = poll->div ? poll->div : 1;
    int64_t mult = poll->mult ? poll->mult : 1;

    if (poll->mask)
        v &= poll->mask;
    v = (int64_t)(((uint64_t)v - (uint64_t)poll->sub) * (uint64_t)mult + (uint64_t)(div / 2));
    return v / div;
}

/* What a file has: text with a NUL after it, or all octets asked for. */
static bool
read_octets(const struct machine_poll *poll, uint8_t buf[TEXT_MAX + 1], const char **why)
{
    size_t want = poll->ascii ? TEXT_MAX : poll->length;
    ssize_t n;

    memset(buf, 0, TEXT_MAX + 1);
    n = read_at(poll, buf, want);
    if (n >= 0 && (poll->ascii || (size_t)n == want))
        return true;
    *why = n < 0 ? strerror(errno) : "is too short";
    return false;
}

bool
sensor_files_read(const struct machine_poll *poll, int64_t *value, const char **why)
{
    uint8_t buf[TEXT_MAX + 1];
    bool ok;

    if (!read_octets(poll, buf, why))
        return false;
    ok = poll->ascii ? parse_text(poll, (char *)buf, value, why)
                     : parse_raw(buf, poll->length, value);
    if (ok)
        *value = scale(poll, *value);
    return ok;
}

static bool
read_number(const struct machine_poll *poll, double *value, const char **why)
{
    uint8_t buf[TEXT_MAX + 1];
    char *end;
    int64_t whole;

    if (!read_octets(poll, buf, why))
        return false;
    if (!poll->ascii) {
        (void)parse_raw(buf, poll->length, &whole);
        *value = (double)(poll->mask ? whole & poll->mask : whole);
        return true;
    }
    *value = strtod((char *)buf, &end);
    if (end != (char *)buf)
        return true;
    *why = "holds no number";
    return false;
}

bool
sensor_files_units(const struct machine_poll *poll, struct bytes record, uint8_t *raw,
                   const char **why)
{
    struct convert convert;
    struct sdr sdr;
    double v;

    if (sdr_parse(record, &sdr) != SDR_OK || !convert_of(&sdr, &convert)) {
        *why = "is for a sensor without a record that has units";
        return false;
    }
    if (!read_number(poll, &v, why))
        return false;
    v = (v - (double)poll->sub) * (double)(poll->mult ? poll->mult : 1) /
        (double)(poll->div ? poll->div : 1);
    if (convert_raw(&convert, v, raw))
        return true;
    *why = "has a value that the sensor cannot have";
    return false;
}

/* A number for the sensor: its raw reading, or its states. */
static bool
read_poll(const struct machine_sensor *sensor, int64_t *value, const char **why)
{
    uint8_t raw;

    if (!sensor->poll->units)
        return sensor_files_read(sensor->poll, value, why);
    if (!sensor_files_units(sensor->poll, sensor->sdr, &raw, why))
        return false;
    *value = raw;
    return true;
}

static bool
may_poll(const struct polled *p)
{
    const struct machine_poll *poll = p->sensor->poll;
    struct mc *mc = chassis_unit_mc(p->unit, poll->depends_mc);
    uint8_t raw;
    uint16_t states;

    if (!poll->depends)
        return true;
    return mc != NULL &&
           mc_sensor_raw(mc, poll->depends_lun, poll->depends_sensor, &raw, &states) &&
           ((unsigned)states >> poll->depends_bit & 1u);
}

static void
set_states(const struct polled *p, instant now, int64_t value)
{
    struct lab_action a = { .what = ACT_SENSOR_BIT, .mc = p->mc, .lun = p->sensor->lun,
                            .number = p->sensor->number, .event = true };

    for (uint8_t bit = 0; bit < 15; bit++) {
        a.value = bit;
        a.on = (uint64_t)value >> bit & 1;
        (void)lab_act(loop_lab(p->files->loop), p->unit, now, &a);
    }
}

static void
set_reading(const struct polled *p, instant now, int64_t value)
{
    struct lab_action a = { .what = ACT_SENSOR_VALUE, .mc = p->mc, .lun = p->sensor->lun,
                            .number = p->sensor->number, .event = true };

    a.value = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
    (void)lab_act(loop_lab(p->files->loop), p->unit, now, &a);
}

/* Whether the number of its file is a set of states. */
static bool
has_states(const struct machine_sensor *sensor)
{
    return sensor->event_type != 0x01 && !sensor->poll->units;
}

static void
complain(struct polled *p, const char *why)
{
    if (!p->failing && p->files->warn != NULL)
        p->files->warn(p->sensor->poll->path, why);
    p->failing = true;
}

static void
on_timer(uv_timer_t *timer)
{
    struct polled *p = timer->data;
    struct lab *lab = loop_lab(p->files->loop);
    instant now = loop_now(p->files->loop);
    const char *why = NULL;
    int64_t value;

    (void)lab_advance(lab, now);
    if (may_poll(p)) {
        if (!read_poll(p->sensor, &value, &why))
            complain(p, why);
        else {
            p->failing = false;
            (has_states(p->sensor) ? set_states : set_reading)(p, now, value);
        }
    }
    loop_settle(p->files->loop);
}

static struct polled *
add(struct sensor_files *files)
{
    struct polled *p;

    if (files->count == files->room) {
        size_t room = files->room ? files->room * 2 : 16;
        struct polled **list = realloc(files->list, room * sizeof(*list));

        if (list == NULL)
            return NULL;
        files->list = list;
        files->room = room;
    }
    p = calloc(1, sizeof *p);
    if (p != NULL)
        files->list[files->count++] = p;
    return p;
}

static bool
start(struct sensor_files *files, struct chassis_unit *unit, uint8_t mc,
      const struct machine_sensor *sensor)
{
    struct polled *p = add(files);

    if (p == NULL)
        return false;
    p->files = files;
    p->unit = unit;
    p->mc = mc;
    p->sensor = sensor;
    uv_timer_init(loop_uv(files->loop), &p->timer);
    p->timer.data = p;
    uv_timer_start(&p->timer, on_timer, 0, sensor->poll->period_ms ? sensor->poll->period_ms : 1000);
    return true;
}

static bool
start_unit(struct sensor_files *files, struct chassis_unit *unit)
{
    struct mc *mc;

    for (uint32_t n = 0; (mc = chassis_unit_nth_mc(unit, n)) != NULL; n++) {
        const struct machine_mc *m = mc_machine(mc);

        for (uint32_t i = 0; i < m->sensor_count; i++)
            if (m->sensors[i].poll != NULL &&
                !start(files, unit, m->address, &m->sensors[i]))
                return false;
    }
    return true;
}

enum status
sensor_files_new(struct loop *loop, sensor_files_warn_fn *warn, struct sensor_files **out)
{
    struct sensor_files *files = calloc(1, sizeof *files);
    struct chassis_unit *unit;

    if (files == NULL)
        return ST_NOMEM;
    files->loop = loop;
    files->warn = warn;
    for (uint32_t n = 0; (unit = lab_unit(loop_lab(loop), n)) != NULL; n++) {
        if (!start_unit(files, unit)) {
            sensor_files_free(files);
            return ST_NOMEM;
        }
    }
    *out = files;
    return ST_OK;
}

static void
timer_closed(uv_handle_t *handle)
{
    free(handle->data);
}

void
sensor_files_free(struct sensor_files *files)
{
    if (files == NULL)
        return;
    for (size_t i = 0; i < files->count; i++)
        uv_close((uv_handle_t *)&files->list[i]->timer, timer_closed);
    free(files->list);
    free(files);
}
