#include "lua/timeline.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "capture/conversation.h"
#include "capture/dissect.h"

static enum timeline_lane
lane_of(enum tap_link link)
{
    if (link == TAP_LAN || link == TAP_LAN_CLEAR)
        return LANE_LAN;
    return link == TAP_IPMB || link == TAP_ICMB ? LANE_BUS : LANE_BMC;
}

static json_t *
line(const struct tap_event *ev, const char *words)
{
    json_t *text = json_string(words);

    return json_pack("[Iiisos]", (json_int_t)ev->at, (int)lane_of(ev->link),
                     ev->dir == TAP_TO_BMC ? 1 : ev->dir == TAP_FROM_BMC ? 2 : 0,
                     fate_text(ev->fate), text ? text : json_string("?"),
                     ev->why ? ev->why : "");
}

static json_t *
left_out(instant at, size_t count)
{
    char words[64];

    snprintf(words, sizeof words, "and %zu more", count);
    return json_pack("[Iiisss]", (json_int_t)at, (int)LANE_BMC, 0, "", words, "");
}

static void
add_events(const struct film *film, json_t *lines, struct conversation *c,
           struct dissection *d)
{
    size_t count = film_count(film), shown = 0, i;

    for (i = 0; i < count && shown < TIMELINE_MAX; i++) {
        const struct tap_event *ev = film_event(film, i);
        struct dissect_frame f = dissect_of_tap(ev);

        /* The clear copy says what the packet before it hides. */
        f.number = i + 1;
        dissect(c, &f, d);
        if (d->kind == DISSECT_ENCRYPTED)
            continue;
        json_array_append_new(lines, line(ev, d->summary));
        shown++;
    }
    if (i < count)
        json_array_append_new(lines, left_out(film_event(film, i)->at, count - i));
}

char *
timeline_of(const struct film *film)
{
    struct conversation *c = conversation_new();
    struct dissection *d = malloc(sizeof *d);
    json_t *lines = json_array();
    char *text = NULL;

    if (c != NULL && d != NULL && lines != NULL) {
        add_events(film, lines, c, d);
        text = json_dumps(lines, JSON_COMPACT);
    }
    json_decref(lines);
    free(d);
    conversation_free(c);
    return text;
}
