#include "lua/frames.h"

#include <stdlib.h>

#define NOTE_BEHIND  16       /* events between a frame and the note about it, at most */
#define CLEAR_BEHIND 1024     /* and between a packet and its copy: held by a fault */

/* What is known of an event beside itself. */
struct links {
    size_t clear, note;            /* events about the same frame, + 1; 0 = none */
    uint32_t session, session_seq; /* of a packet that has a copy, and of the copy */
    bool has_session;
};

struct frames {
    const struct film *film;
    struct command_names *names;
    struct links *links;
    size_t count, room;
};

struct frames *
frames_new(const struct film *film)
{
    struct frames *f = calloc(1, sizeof *f);

    if (f == NULL)
        return NULL;
    f->film = film;
    f->names = command_names_new();
    if (f->names == NULL) {
        free(f);
        return NULL;
    }
    return f;
}

void
frames_free(struct frames *f)
{
    if (f == NULL)
        return;
    command_names_free(f->names);
    free(f->links);
    free(f);
}

static bool
same_place(const struct tap_event *a, const struct tap_event *b)
{
    return a->chassis == b->chassis && a->number == b->number && a->dir == b->dir;
}

/* Do two events show one packet, the one encrypted, the other not? */
static bool
same_packet(const struct frames *f, size_t a, size_t b)
{
    const struct links *la = &f->links[a], *lb = &f->links[b];

    return la->has_session && lb->has_session && la->session == lb->session &&
           la->session_seq == lb->session_seq &&
           film_event(f->film, a)->link != film_event(f->film, b)->link &&
           same_place(film_event(f->film, a), film_event(f->film, b));
}

/* A copy stands behind the packet, or before one that a fault held. */
static void
take_packet(struct frames *f, size_t n, const struct tap_event *ev)
{
    struct links *links = &f->links[n];
    struct frame_facts facts;

    frame_look(ev, NULL, &facts);
    if (!facts.rmcpp || (ev->link == TAP_LAN && !facts.encrypted))
        return;
    links->has_session = true;
    links->session = facts.session;
    links->session_seq = facts.session_seq;
    for (size_t i = n; i-- > 0 && n - i <= CLEAR_BEHIND;) {
        if (!same_packet(f, i, n))
            continue;
        if (ev->link == TAP_LAN)
            links->clear = i + 1;
        else
            f->links[i].clear = n + 1;
        return;
    }
}

static void
take_note(struct frames *f, size_t n, const struct tap_event *ev)
{
    if (ev->fate != FATE_IGNORED && ev->fate != FATE_REFUSED)
        return;
    for (size_t i = n; i-- > 0 && n - i <= NOTE_BEHIND;) {
        const struct tap_event *about = film_event(f->film, i);

        if (about->link != TAP_NOTE && about->link != TAP_LAN_CLEAR && same_place(about, ev) &&
            about->at == ev->at) {
            f->links[i].note = n + 1;
            return;
        }
    }
}

static bool
make_room(struct frames *f, size_t count)
{
    struct links *links;
    size_t room = f->room ? f->room : 256;

    while (room < count)
        room *= 2;
    if (room == f->room)
        return true;
    links = realloc(f->links, room * sizeof *links);
    if (links == NULL)
        return false;
    f->links = links;
    f->room = room;
    return true;
}

bool
frames_update(struct frames *f)
{
    size_t count = film_count(f->film);

    if (!make_room(f, count))
        return false;
    for (; f->count < count; f->count++) {
        const struct tap_event *ev = film_event(f->film, f->count);

        f->links[f->count] = (struct links){ 0 };
        switch (ev->link) {
        case TAP_LAN:
        case TAP_LAN_CLEAR: take_packet(f, f->count, ev); break;
        case TAP_NOTE: take_note(f, f->count, ev); break;
        default: break;
        }
    }
    return true;
}

size_t
frames_count(const struct frames *f)
{
    return f->count;
}

void
frames_view(const struct frames *f, size_t n, struct frame_view *out)
{
    const struct links *links = &f->links[n];
    const struct tap_event *ev = film_event(f->film, n);

    *out = (struct frame_view){ .event = ev, .fate = ev->fate, .why = ev->why };
    frame_look(links->clear ? film_event(f->film, links->clear - 1) : ev, f->names,
               &out->facts);
    if (links->clear)
        out->facts.encrypted = true;
    if (links->note) {
        out->fate = film_event(f->film, links->note - 1)->fate;
        out->why = film_event(f->film, links->note - 1)->why;
    }
}
