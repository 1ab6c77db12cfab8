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

#ifdef __cplusplus
}
#endif

#endif
