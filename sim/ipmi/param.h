/*
 * param.h - parameter families: LAN, boot options, system info, and later
 * PEF, SOL, serial, DCMI.
 *
 * A family is a table of rows, one a parameter: its selector, size, access,
 * whether a set or block selector precedes its data, and where it lies. Most
 * are plain octets in the owner's struct, as they stand on the wire; a row
 * may check or clean what is written, or get and set by functions of its
 * own. One Set and one Get enforce what all families share, in this order:
 *
 *   80h no such parameter · 82h write of a read-only one · 83h read of a
 *   write-only one · C7h selectors missing · C9h set or block selector out
 *   of range · C7h data too short or too long · 81h "set in progress" while
 *   one is · CCh a commit (there is no rollback) or a reserved value
 *
 * Parameter 0 is always set in progress: one octet of the owner's. It is
 * advisory: other writers are let through, as the specification says.
 * Nothing here allocates. Spec: IPMI v2.0 22.14a, 23.1, 26.2, 28.12, 30.3.
 */
#ifndef IPMILAB_IPMI_PARAM_H
#define IPMILAB_IPMI_PARAM_H

#include <stddef.h>

#include "sim/base/rd.h"
#include "sim/base/wr.h"
#include "sim/wire/codes.h"

#define PARAM_REVISION 0x11        /* of all families but boot options and DCMI */
#define PARAM_PROGRESS 0           /* selector of set in progress */

/* Values of set in progress. */
enum param_progress { PROGRESS_COMPLETE, PROGRESS_SET, PROGRESS_COMMIT };

enum param_access { PARAM_RW, PARAM_RO, PARAM_WO };

/* What precedes the data, in Set and in Get's answer. */
enum param_keys {
    PARAM_ONE,                     /* nothing: set and block of a Get are ignored */
    PARAM_SETS,                    /* a set selector */
    PARAM_BLOCKS,                  /* a block selector */
    PARAM_SETS_BLOCKS,             /* both, the set selector first */
};

/* How long a value is kept. */
enum param_keep {
    PARAM_KEPT,                    /* in flash */
    PARAM_VOLATILE,                /* lost by a cold reset of the controller */
    PARAM_SET0_VOLATILE,           /* the entry of set selector 0 is, others are kept */
};

struct param_family;
struct param;

/* One Set or Get under way. */
struct param_ask {
    uint8_t selector;              /* the caller fills in: */
    uint8_t set, block;            /* Get only; Set reads them from its data */
    uint8_t privilege;             /* the asker's */
    const struct param *row;       /* filled in by param_set and param_get */
};

/*
 * Check what a Set brings, len octets of plain data that would be stored,
 * and clean reserved bits in place. Not CC_OK: refused, nothing is stored.
 */
typedef enum ipmi_cc param_check_fn(void *of, const struct param_ask *ask, uint8_t *data,
                                    size_t len);

/* Store what a Set brings / write what a Get shows, the data without selectors. */
typedef enum ipmi_cc param_set_fn(void *of, const struct param_ask *ask, struct rd *data);
typedef enum ipmi_cc param_get_fn(const void *of, const struct param_ask *ask, struct wr *rs);

struct param {
    uint8_t selector;
    const char *name;              /* as the specification spells it */
    uint8_t access;                /* enum param_access */
    uint8_t keep;                  /* enum param_keep */
    uint8_t keys;                  /* enum param_keys */
    uint8_t set_min, set_max;      /* set selectors there are */
    uint8_t block_min, block_max;
    uint8_t size;                  /* octets of data, selectors not counted */
    uint8_t size_max;              /* 0 = exactly size; else a Set may bring more, and
                                    * a shorter one leaves the rest of plain data */
    uint16_t at;                   /* plain storage: where in the family's struct */
    uint16_t stride;               /* from one set to the next; blocks adjoin */
    const uint8_t *fixed;          /* constant data instead; read-only */
    param_check_fn *check;         /* plain storage; may be NULL */
    param_set_fn *set;             /* instead of plain storage; may be NULL */
    param_get_fn *get;
};

struct param_family {
    const char *name;              /* "LAN" */
    const struct param *rows;
    size_t count;
    uint8_t revision;

    /*
     * Where plain storage of a row begins: at and stride count from there.
     * load never fails. store may allocate; NULL is answered C4h.
     */
    const uint8_t *(*load)(const void *of, const struct param *row);
    uint8_t *(*store)(void *of, const struct param *row);
};

/* The longest data of one set and block of plain storage. */
#define PARAM_DATA_MAX 32

/* The row of a selector; NULL when the family has none. */
const struct param *param_find(const struct param_family *family, uint8_t selector);

/*
 * Set ask->selector of the object of. data begins behind the selector octet
 * of the request. Anything but CC_OK left everything as it was.
 */
enum ipmi_cc param_set(const struct param_family *family, void *of, struct param_ask *ask,
                       struct rd *data);

/*
 * Get ask->selector: the revision octet and, unless revision_only, the data
 * with its selectors in front. Nothing stays written on failure.
 */
enum ipmi_cc param_get(const struct param_family *family, const void *of,
                       struct param_ask *ask, bool revision_only, struct wr *rs);

/* The same without the revision octet. */
enum ipmi_cc param_get_data(const struct param_family *family, const void *of,
                            struct param_ask *ask, struct wr *rs);

/* A cold reset: zero all volatile plain storage. What must read otherwise
 * afterwards is the owner's to fill in. */
void param_clear_volatile(const struct param_family *family, void *of);

/* For row checks, of a field with few legal values: CCh above max. */
enum ipmi_cc param_check_range(unsigned value, unsigned max);

#endif
