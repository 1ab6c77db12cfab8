/*
 * stations.h - the fixture of tests of the wire: stations a, b, c and (where
 * STATIONS is 4) d at 20h, 52h, 54h and 56h of the bus of w. For inclusion by
 * a test program, once.
 */
#ifndef IPMILAB_TESTS_STATIONS_H
#define IPMILAB_TESTS_STATIONS_H

#include "tests/lib/wireworld.h"

#ifndef STATIONS
#define STATIONS 4
#endif

static struct wireworld w;
static struct station *a, *b, *c;
#if STATIONS == 4
static struct station *d;
#endif

static inline void
make(struct medium_config config)
{
    wireworld_begin(&w, config);
    a = wireworld_add(&w, "a", 0x20);
    b = wireworld_add(&w, "b", 0x52);
    c = wireworld_add(&w, "c", 0x54);
#if STATIONS == 4
    d = wireworld_add(&w, "d", 0x56);
#endif
}

static inline void
begin(void)
{
    make((struct medium_config){ .number = 0 });
}

static inline void
end(void)
{
    wireworld_end(&w);
}

/* Another bus instead. */
static inline void
again(struct medium_config config)
{
    end();
    make(config);
}

#endif
