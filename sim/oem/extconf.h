/*
 * extconf.h - "extended configuration", which several manufacturers'
 * BMCs share (Inventec, Quanta, Wistron): settings named by a configuration
 * id, an attribute id and an index, read and written in one way.
 *
 *   reserve  answers a reservation id; it ends with the next one, and by a
 *            cold reset. Reading and writing need the one in force (C5h)
 *   get      reservation, configuration, attribute, index, offset (2), count
 *            (FFh all); answers configuration, attribute, index, the count
 *            that follows, the data. CAh: more than fits the way it asked by;
 *            FFh gives what fits
 *   set      reservation, configuration, attribute, index, offset (2), 00h
 *            more of it follows or 01h this is the last, data; answers the
 *            count taken. What does not begin at 0 goes on with what the same
 *            attribute was sent before, without a hole; nothing changes
 *            before the last
 *
 * Data is a value of 1 to 4 octets, LS first, or a text with its length in
 * front. An attribute is a row of a table; what it says is kept here, or
 * comes from and goes to functions where it is about something that the
 * controller has. CCh: no such configuration, attribute or index; C9h: an
 * offset past the end, or a value out of its range; C7h: a value of another
 * length; C8h: a text too long; 82h: an attribute that is only read.
 *
 * A controller with several such profiles has the attributes of all: what the
 * one that answers does not know is looked for in the others.
 *
 * Kept across cold resets: all values. Facts are those of clients.
 */
#ifndef IPMILAB_OEM_EXTCONF_H
#define IPMILAB_OEM_EXTCONF_H

#include "sim/ipmi/command.h"

#define EXTCONF_TEXT_MAX 254u    /* with its length in front, a count of one octet */
#define EXTCONF_DATA_MAX (1u + EXTCONF_TEXT_MAX)
#define EXTCONF_GROUPS 2
#define EXTCONF_ALL 0xff         /* a count: all there is */

enum extconf_kind { EXTCONF_VALUE, EXTCONF_TEXT };

/* Write the octets of a value, or the characters of a text (no length). */
typedef enum ipmi_cc extconf_get_fn(struct mc *mc, uint8_t index, struct wr *data);

/* Take the same; of the right length and within the range already. Without
 * a get function beside it, what was taken is kept here as well. */
typedef enum ipmi_cc extconf_set_fn(struct mc *mc, uint8_t index, struct bytes data);

struct extconf_attr {
    uint8_t config, id;
    uint8_t kind;                /* enum extconf_kind */
    uint8_t size;                /* octets of a value; characters of a text, at most */
    uint8_t last;                /* indices 0 .. last, or 1 .. last with from_one */
    bool from_one;
    bool read_only;              /* always what it is at first */
    uint32_t min, max;           /* of a value; max 0: any */
    uint32_t value;              /* at first */
    const char *text;            /* at first; NULL: empty */
    extconf_get_fn *get;         /* instead of being kept here; may be NULL */
    extconf_set_fn *set;         /* may be NULL, also with get: then it is only read */
};

struct extconf_group {
    const struct extconf_attr *attrs;
    size_t count;
};

struct extconf;

/* What is known to a BMC: groups, looked through in order. */
struct extconf_table {
    const struct extconf_group *groups[EXTCONF_GROUPS];   /* NULL: none */

    /* Another configuration of the same controller that has the attribute;
     * NULL: there is none. May be NULL. */
    struct extconf *(*other)(struct mc *mc, uint8_t config, uint8_t id);
};

/* Data under way, for one attribute. */
struct extconf_draft {
    const struct extconf_attr *attr;   /* NULL: nothing under way */
    uint8_t index;
    uint8_t len;
    uint8_t octets[EXTCONF_DATA_MAX];
};

struct extconf {
    const struct extconf_table *table;
    uint8_t *store;              /* what is kept, in table order; allocated when
                                    it is first written, NULL: all as at first */
    struct extconf_draft *draft; /* NULL: nothing under way */
    uint8_t reservation, given;  /* in force, 0 = none; the last given out */
};

/* Begin with what the table says. And give back what was allocated since. */
void extconf_init(struct extconf *conf, const struct extconf_table *table);
void extconf_end(struct extconf *conf);

/* A cold reset: reservation and draft are lost. */
void extconf_reset(struct extconf *conf);

/* Everything that is kept here as it was at first; or as it is in another of
 * the same table, ST_NOMEM (and as before) without memory for it. */
void extconf_defaults(struct extconf *conf);
enum status extconf_copy(struct extconf *to, const struct extconf *from);

/* The three commands, for rows of 0, 7 and 8 octets or more. */
enum ipmi_cc extconf_reserve(struct extconf *conf, struct wr *rs);
enum ipmi_cc extconf_get(struct extconf *conf, struct mc *mc, struct ipmi_req *rq,
                         struct wr *rs);
enum ipmi_cc extconf_set(struct extconf *conf, struct mc *mc, struct ipmi_req *rq,
                         struct wr *rs);

#define EXTCONF_GET_LEN 7
#define EXTCONF_SET_LEN 8        /* and at least an octet of data behind 7 */

/* Is there such an attribute in its own table? */
bool extconf_has(const struct extconf *conf, uint8_t config, uint8_t id);

/* A value that is kept here, for other commands that tell the same; false
 * when there is none, or no memory to keep it. */
bool extconf_value(const struct extconf *conf, uint8_t config, uint8_t id, uint32_t *value);
bool extconf_put_value(struct extconf *conf, uint8_t config, uint8_t id, uint32_t value);

#endif
