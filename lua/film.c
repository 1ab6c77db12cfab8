#include "lua/film.h"

#include <stdlib.h>
#include <string.h>

#include "capture/input_record.h"
#include "capture/trace.h"

/* An event with the text and octets that it points to behind it. */
struct frame {
    struct tap_event event;
    char text[];
};

struct film {
    struct tap tap;
    struct frame **frames;
    size_t count, room;
    size_t octets, missed;
};

static bool
make_room(struct film *film)
{
    size_t room = film->room ? film->room * 2 : 256;
    struct frame **frames;

    if (film->count < film->room)
        return true;
    frames = realloc(film->frames, room * sizeof *frames);
    if (frames == NULL)
        return false;
    film->frames = frames;
    film->room = room;
    return true;
}

static struct frame *
frame_of(const struct tap_event *ev, size_t why_len)
{
    struct frame *f = malloc(sizeof *f + why_len + ev->bytes.len);

    if (f == NULL)
        return NULL;
    f->event = *ev;
    if (why_len != 0)
        f->event.why = memcpy(f->text, ev->why, why_len);
    if (ev->bytes.len != 0)
        f->event.bytes.at = memcpy(f->text + why_len, ev->bytes.at, ev->bytes.len);
    return f;
}

static void
emit(void *ctx, const struct tap_event *ev)
{
    struct film *film = ctx;
    size_t why_len = ev->why == NULL ? 0 : strlen(ev->why) + 1;
    size_t size = sizeof(struct frame) + why_len + ev->bytes.len;
    struct frame *f = NULL;

    if (size <= FILM_OCTETS_MAX - film->octets && make_room(film))
        f = frame_of(ev, why_len);
    if (f == NULL) {
        film->missed++;
        return;
    }
    film->frames[film->count++] = f;
    film->octets += size;
}

enum status
film_new(struct film **out)
{
    struct film *film = calloc(1, sizeof *film);

    if (film == NULL)
        return ST_NOMEM;
    film->tap = (struct tap){ emit, film };
    *out = film;
    return ST_OK;
}

void
film_free(struct film *film)
{
    if (film == NULL)
        return;
    for (size_t i = 0; i < film->count; i++)
        free(film->frames[i]);
    free(film->frames);
    free(film);
}

const struct tap *
film_tap(struct film *film)
{
    return &film->tap;
}

size_t
film_count(const struct film *film)
{
    return film->count;
}

const struct tap_event *
film_event(const struct film *film, size_t n)
{
    return n < film->count ? &film->frames[n]->event : NULL;
}

size_t
film_missed(const struct film *film)
{
    return film->missed;
}

/* In pieces, as large as a record holds. */
static enum status
save_outside(struct trace *trace, instant at, struct bytes outside)
{
    uint8_t record[INPUT_RECORD_MAX];
    enum status st = ST_OK;

    for (size_t from = 0; st == ST_OK && from < outside.len; from += INPUT_OCTETS_MAX) {
        size_t left = outside.len - from;
        struct wr w = wr_of(record, sizeof record);
        const struct input_record m = {
            .kind = INPUT_OUTSIDE,
            .octets = bytes_of(outside.at + from,
                               left < INPUT_OCTETS_MAX ? left : INPUT_OCTETS_MAX),
        };

        input_record_build(&w, &m);
        st = trace_input(trace, at, wr_bytes_of(&w));
    }
    return st;
}

enum status
film_save_run(const struct film *film, const char *path, uint64_t epoch_s, const char *facts,
              struct bytes outside)
{
    struct trace *trace;
    enum status st = trace_open_run(path, epoch_s, facts, &trace), closed;

    if (st != ST_OK)
        return st;
    for (size_t i = 0; i < film->count; i++)
        tap_emit(trace_tap(trace), &film->frames[i]->event);
    if (film->count != 0)
        st = save_outside(trace, film->frames[film->count - 1]->event.at, outside);
    closed = trace_close(trace);
    return st != ST_OK ? st : closed;
}

enum status
film_save(const struct film *film, const char *path, uint64_t epoch_s)
{
    return film_save_run(film, path, epoch_s, NULL, bytes_of(NULL, 0));
}
