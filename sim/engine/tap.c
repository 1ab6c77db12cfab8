#include "sim/engine/tap.h"

const char *
fate_text(enum fate fate)
{
    static const char *const words[FATES] = {
        [FATE_DELIVERED] = "delivered",
        [FATE_LOST] = "lost",
        [FATE_COLLIDED] = "collided",
        [FATE_NAKED] = "NAKed",
        [FATE_CORRUPTED] = "corrupted",
        [FATE_TRUNCATED] = "truncated",
        [FATE_DELAYED] = "delayed",
        [FATE_DUPLICATED] = "duplicated",
        [FATE_REFUSED] = "refused",
        [FATE_IGNORED] = "ignored",
        [FATE_MERGED] = "merged",
    };

    return (unsigned)fate < FATES ? words[fate] : "unknown";
}
