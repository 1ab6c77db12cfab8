#include "sim/base/status.h"

const char *
status_text(enum status st)
{
    static const char *const words[] = {
        [ST_OK] = "no error",
        [ST_NOMEM] = "out of memory",
        [ST_IO] = "input or output failed",
        [ST_INVALID] = "invalid argument or content",
        [ST_FULL] = "a limit is reached",
        [ST_MISSING] = "not found",
        [ST_EXISTS] = "exists already",
        [ST_DENIED] = "permission denied",
        [ST_CRYPTO] = "the crypto library failed",
    };

    return (unsigned)st < sizeof words / sizeof words[0] ? words[st] : "unknown status";
}
