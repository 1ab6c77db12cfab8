/*
 * ipmilab.h - virtual BMCs inside a program of your own.
 *
 * The library owns no socket, thread or clock. You load machines from files,
 * make a lab, put BMCs into it, and then:
 *
 *   - hand each datagram that arrives for a BMC to ipmilab_input(), with the
 *     instant of its arrival in nanoseconds since the lab began;
 *   - at the instant that ipmilab_deadline() names, call ipmilab_advance();
 *   - after either, send what ipmilab_output() gives.
 *
 * The same seed and the same inputs at the same instants give the same
 * octets. Calls for one lab must not overlap; different labs are strangers
 * and may live in different threads. All functions that return int give 0 or
 * a negative IPMILAB_E... .
 *
 *     struct ipmilab_machines *machines;
 *     struct ipmilab *lab;
 *     const char *files[] = { "server-1u.emu" };
 *
 *     if (ipmilab_load(files, 1, complain, NULL, &machines) == 0 &&
 *         ipmilab_new(1, &lab) == 0)
 *         bmc = ipmilab_add(lab, machines, 0, 0);
 *
 * Link with: pkg-config --cflags --libs ipmilab
 */
#ifndef IPMILAB_H
#define IPMILAB_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define IPMILAB_NEVER UINT64_MAX

enum {
    IPMILAB_ENOMEM = -1,     /* out of memory */
    IPMILAB_EINVAL = -2,     /* a file or an argument is wrong */
    IPMILAB_EIO = -3,        /* a file cannot be read */
    IPMILAB_ELIB = -4,       /* the crypto library lacks something */
    IPMILAB_EFULL = -5,      /* a limit is reached */
    IPMILAB_EEXIST = -6,     /* there is one already */
};

struct ipmilab;              /* a lab */
struct ipmilab_machines;     /* what files describe; immutable, shared */

/* An IPv4 (family 4, first four octets) or IPv6 (6) address and a port. */
struct ipmilab_address {
    uint8_t octets[16];
    uint16_t port;           /* host order */
    uint8_t family;
};

/* Told each error and warning of a file: "file:line:column: found, expected". */
typedef void ipmilab_message_fn(void *ctx, int is_error, const char *text);

/* Load .emu, lan.conf and SDR source files as "ipmilab serve" does. tell may be NULL. */
int ipmilab_load(const char *const *files, size_t count, ipmilab_message_fn *tell, void *ctx,
                 struct ipmilab_machines **out);
void ipmilab_machines_free(struct ipmilab_machines *machines);
size_t ipmilab_machines_count(const struct ipmilab_machines *machines);
const char *ipmilab_machine_name(const struct ipmilab_machines *machines, size_t which);

/* A lab with a seed; its instant is 0. Machines may be freed before the lab. */
int ipmilab_new(uint64_t seed, struct ipmilab **out);
void ipmilab_free(struct ipmilab *lab);

/* Put a BMC in: machine `which`, the index-th of its kind (0 exactly as
 * described; others have a GUID, MAC and serial numbers of their own).
 * Returns its number, from 0, or an error. */
int ipmilab_add(struct ipmilab *lab, const struct ipmilab_machines *machines, size_t which,
                uint32_t index);

/* A datagram from a peer for a BMC. Instants never go back. */
int ipmilab_input(struct ipmilab *lab, int bmc, uint64_t now_ns,
                  const struct ipmilab_address *from, const void *datagram, size_t len);

/* Let what is due happen up to an instant; and the next instant at which
 * something is (IPMILAB_NEVER: nothing). */
int ipmilab_advance(struct ipmilab *lab, uint64_t now_ns);
uint64_t ipmilab_deadline(const struct ipmilab *lab);

/* The next datagram to send: 1, or 0 when there is none. *datagram is valid
 * until the next call of any other function. */
int ipmilab_output(struct ipmilab *lab, int *bmc, struct ipmilab_address *to,
                   const void **datagram, size_t *len);

/* ---- commands of your own ---- */

/* Who may ask: at least; of a user's session, or from the system interface. */
enum {
    IPMILAB_ANY = 0,         /* also outside a session */
    IPMILAB_CALLBACK = 1,
    IPMILAB_USER = 2,
    IPMILAB_OPERATOR = 3,
    IPMILAB_ADMIN = 4,
    IPMILAB_SYSTEM = 14,     /* not in a session */
};

#define IPMILAB_ALL (-1)             /* BMCs: all, those added later included */
#define IPMILAB_LEN_ANY 0xffff
#define IPMILAB_ANSWER_MAX 240       /* octets; an IPMB carries 24 */

/* Instead of a completion code. */
#define IPMILAB_SILENT 0x101         /* no answer */

/* A request; valid, and what it points at, during the call alone. */
struct ipmilab_request {
    int bmc;                         /* whose chassis */
    uint8_t address;                 /* slave address of the controller that is asked */
    uint8_t netfn, cmd;
    uint32_t id;                     /* group (network function 2Ch) or IANA number (2Eh) */
    uint8_t channel;                 /* it came by */
    uint8_t privilege;               /* of the session; IPMILAB_SYSTEM outside of one */
    uint8_t user;                    /* id; 0 = none */
    const uint8_t *data;             /* len octets, after the group or IANA number */
    size_t len;
    void *of;                        /* the library's */
};

/* Octets of an answer after its completion code (and the group or number). */
struct ipmilab_answer {
    size_t len;
    uint8_t data[IPMILAB_ANSWER_MAX];
};

/*
 * Answer a request: fill in *answer, empty at the start, and return the
 * completion code, 0 to 255, or IPMILAB_SILENT. No other function of this
 * header may be called from it but ipmilab_pass(), ipmilab_on_command() and
 * ipmilab_off_command().
 */
typedef int ipmilab_command_fn(void *ctx, const struct ipmilab_request *request,
                               struct ipmilab_answer *answer);

/* A command, and where it stands: before all that the controller has itself
 * under that number, but for rules of its machine's file (oem_command). */
struct ipmilab_command {
    uint8_t netfn, cmd;              /* netfn even */
    uint32_t id;                     /* group or IANA number where netfn is 2Ch, 2Eh;
                                      * 2Eh and 0: no number before the data */
    uint8_t privilege;               /* IPMILAB_ANY .. IPMILAB_SYSTEM */
    uint16_t len_min, len_max;       /* of the data; others are answered C7h */
    ipmilab_command_fn *fn;
    void *ctx;
};

/*
 * Have a BMC, or with IPMILAB_ALL all controllers of all chassis, answer a
 * command by a function. Returns a number for ipmilab_off_command(), from 0,
 * or an error: IPMILAB_EEXIST when that BMC, or all, have such a function
 * already. One for a BMC stands before one for all.
 */
int ipmilab_on_command(struct ipmilab *lab, int bmc, const struct ipmilab_command *command);

/* Take it away again: what was there before answers. */
int ipmilab_off_command(struct ipmilab *lab, int number);

/*
 * From within an ipmilab_command_fn: have what would answer without it
 * answer, with the same data or other: data NULL means the request's own.
 * Returns what the function may return, perhaps more than 255: an answer that
 * comes later, or none.
 */
int ipmilab_pass(const struct ipmilab_request *request, const void *data, size_t len,
                 struct ipmilab_answer *answer);

/* Told of each OEM action of platform event filtering: of which BMC, and the
 * 16 octets of the event's record. fn NULL: nobody is told. */
typedef void ipmilab_pef_fn(void *ctx, int bmc, const uint8_t *record);
void ipmilab_on_pef(struct ipmilab *lab, ipmilab_pef_fn *fn, void *ctx);

#ifdef __cplusplus
}
#endif

#endif
