/*
 * peer_text.h - an address and port as people write them, without the
 * system's help: "192.0.2.1:623", "[2001:db8::1]:623".
 */
#ifndef IPMILAB_CAPTURE_PEER_TEXT_H
#define IPMILAB_CAPTURE_PEER_TEXT_H

#include <stddef.h>

#include "sim/engine/peer.h"

#define PEER_TEXT_MAX 56

/* Into size characters; "-" for PEER_NONE. Returns to. */
char *peer_text(const struct peer *p, char *to, size_t size);

#endif
