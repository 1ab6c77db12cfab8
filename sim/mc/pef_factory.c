/* What PEF is set to when it leaves the factory. */
#include "sim/mc/pef.h"

/* Severities. */
#define WARNING 0x08
#define CRITICAL 0x10
#define FATAL 0x20

#define ANY 0xff
#define THRESHOLD 0x01
#define REDUNDANCY 0x0b
#define SPECIFIC 0x6f

/* Threshold offsets: past LC or LNR going low, UC or UNR going high; past
 * LNC going low, UNC going high. */
#define PAST_CRITICAL 0x0a14
#define PAST_NON_CRITICAL 0x0081

/* Assertions of a sensor type at some offsets, from whatever sensor: alert by
 * policy set 1. */
#define ON(type, trigger, offsets, severity)                                          \
    { PEF_FILTER_ENABLED | PEF_FILTER_FACTORY, PEF_ALERT, 1, (severity), ANY, ANY,    \
      (type), ANY, (trigger), (offsets) & 0xff, (offsets) >> 8 }

#define FIRST_SET 0x10            /* policy set 1, disabled, always send */

const struct pef_config pef_factory = {
    .control = PEF_CONTROL_ENABLE,
    .actions = PEF_ALERT,
    .startup_s = 60,
    .alert_startup_s = 60,
    .filters = {
        ON(0x01, THRESHOLD, PAST_CRITICAL, CRITICAL),      /* temperature */
        ON(0x02, THRESHOLD, PAST_CRITICAL, CRITICAL),      /* voltage */
        ON(0x04, THRESHOLD, PAST_CRITICAL, CRITICAL),      /* fan */
        ON(0x01, THRESHOLD, PAST_NON_CRITICAL, WARNING),
        ON(0x02, THRESHOLD, PAST_NON_CRITICAL, WARNING),
        ON(0x04, THRESHOLD, PAST_NON_CRITICAL, WARNING),
        ON(0x08, SPECIFIC, 0x000e, CRITICAL),    /* power supply: failed, about to, input lost */
        ON(ANY, REDUNDANCY, 0x002e, WARNING),    /* redundancy lost, degraded, insufficient */
        ON(0x05, SPECIFIC, 0x0001, WARNING),     /* chassis intrusion */
        ON(0x07, SPECIFIC, 0x0003, FATAL),       /* processor: internal error, thermal trip */
        ON(0x0c, SPECIFIC, 0x0002, CRITICAL),    /* memory: uncorrectable error */
        ON(0x0d, SPECIFIC, 0x0002, CRITICAL),    /* drive fault */
        ON(0x0f, SPECIFIC, 0x0001, WARNING),     /* firmware error in POST */
        ON(0x13, SPECIFIC, 0x0531, FATAL),       /* critical interrupt: NMI, PERR, SERR, bus */
        ON(0x20, SPECIFIC, 0x0003, CRITICAL),    /* operating system stopped */
        ON(0x23, SPECIFIC, 0x000f, CRITICAL),    /* watchdog expired */
    },
    .policies = {
        { FIRST_SET, PEF_FACTORY_CHANNEL << 4 | 1 },
        { FIRST_SET, PEF_FACTORY_CHANNEL << 4 | 2 },
        { FIRST_SET, PEF_FACTORY_CHANNEL << 4 | 3 },
        { FIRST_SET, PEF_FACTORY_CHANNEL << 4 | 4 },
    },
};
