/*
 * defaults.h - back to the factory settings, a part at a time, as some
 * manufacturers' commands ask.
 *
 * A part is then what the machine's description makes of it. Sessions go on,
 * those of users that are gone as well; what is under way in a part (SOL, an
 * alert) is left alone.
 *
 * A restore is a task: asked for with a mask, told of by its number. It is
 * done at once, but said to be in progress for OEM_DEFAULTS_SPAN; after
 * OEM_DEFAULTS_VALID the number means nothing any more. Only the last task
 * has one.
 */
#ifndef IPMILAB_OEM_DEFAULTS_H
#define IPMILAB_OEM_DEFAULTS_H

#include "sim/engine/instant.h"
#include "sim/ipmi/command.h"

/* Parts; bits of the mask as the manufacturers have it. */
#define OEM_DEFAULTS_USERS 0x01
#define OEM_DEFAULTS_LAN 0x02
#define OEM_DEFAULTS_SOL 0x04
#define OEM_DEFAULTS_SERIAL 0x08
#define OEM_DEFAULTS_PEF 0x10
#define OEM_DEFAULTS_REST 0xe0       /* all three: what the profile keeps */
#define OEM_DEFAULTS_PARTS 0x1f

#define OEM_DEFAULTS_SPAN SPAN_MS(500)
#define OEM_DEFAULTS_VALID SPAN_S(120)

/* The last task; volatile, all zero before the first. */
struct oem_task {
    uint8_t id;
    instant began;
};

/* Restore parts (OEM_DEFAULTS_PARTS); one that the controller lacks is left
 * out. CC_NO_SPACE without memory, some may be done then. */
enum ipmi_cc oem_defaults(struct mc *mc, uint8_t parts);

/*
 * The command to restore: reads the mask, does it, begins a task and answers
 * its number. CCh when neither all nor none of OEM_DEFAULTS_REST are asked
 * for. *rest: what the profile keeps is to be restored, by the caller.
 */
enum ipmi_cc oem_defaults_restore(struct mc *mc, struct ipmi_req *rq, struct oem_task *task,
                                  bool *rest, struct wr *rs);

/* The command that asks after a task: 00h in progress, 01h complete; C9h for
 * another number. */
enum ipmi_cc oem_defaults_status(struct mc *mc, struct ipmi_req *rq,
                                 const struct oem_task *task, struct wr *rs);

#endif
