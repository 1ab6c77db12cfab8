/*
 * frames.h - a film looked at as frames: what each says, and what became of
 * it, put together from the events that are about one frame.
 *
 * An encrypted packet says what its decrypted copy says (TAP_LAN_CLEAR),
 * where the lab saw one: not of one that was lost on its way in, or that the
 * lab could not decrypt. A frame that its receiver dropped or refused has
 * that fate and reason, which a note behind it tells.
 */
#ifndef IPMILAB_LUA_FRAMES_H
#define IPMILAB_LUA_FRAMES_H

#include "lua/film.h"
#include "lua/frame.h"

struct frames;

struct frame_view {
    const struct tap_event *event;
    struct frame_facts facts;
    enum fate fate;
    const char *why;         /* NULL, or words */
};

/* film is borrowed. NULL: no memory. */
struct frames *frames_new(const struct film *film);
void frames_free(struct frames *frames);

/* Take in what was filmed since the last call. False: no memory. */
bool frames_update(struct frames *frames);

/* Events taken in; and the n-th of them. */
size_t frames_count(const struct frames *frames);
void frames_view(const struct frames *frames, size_t n, struct frame_view *out);

#endif
