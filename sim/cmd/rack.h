/*
 * rack.h - a lab put on the network: machines, sockets, trace, loop.
 *
 * What serve and ipmi_sim have in common. Everything is opened before
 * anything is served: when a part fails, a sentence goes to stderr and
 * nothing is left half-started.
 */
#ifndef IPMILAB_CMD_RACK_H
#define IPMILAB_CMD_RACK_H

#include "capture/run_facts.h"
#include "capture/trace.h"
#include "sim/cmd/recording.h"
#include "sim/io/loop.h"
#include "sim/io/sensor_dirs.h"
#include "sim/io/sensor_files.h"
#include "sim/io/serial_port.h"
#include "sim/io/stream.h"
#include "sim/io/udp_lab.h"

#define RACK_PORT_DEFAULT 9001

struct rack_opts {
    struct description *const *machines;
    size_t machine_count;
    uint32_t count;            /* BMCs of each machine */
    bool own_ports;            /* ports as the files say; else from port up, and secondary
                                * ones behind them all, in the same order */
    bool only_addressed;       /* LAN channels without an address get no socket */
    uint16_t port;             /* 0: any free port for each */
    const char *address;       /* NULL: as the files say, else 127.0.0.1 */
    uint64_t seed;
    bool system_entropy;
    const char *trace;         /* file, or NULL */
    const struct run_facts *facts;   /* files, users, faults and texts, for the trace; or NULL */
    bool real_ports;           /* trace shows the real addresses and ports */
    uint16_t trap_port;        /* where SNMP traps go instead of port 162; 0 = there */
    const struct machine_sensor_dir *sensors;   /* for all, or NULL */
    size_t outbox;
};

/* One BMC on the network. */
struct rack_endpoint {
    struct chassis_unit *unit;
    struct lan *lan;
    const struct machine_lan *facts;
    uint8_t mc;
    struct peer bound;
    struct peer shown;         /* as traces show it */
    void *socket;
    struct peer secondary;     /* the secondary RMCP port, bound; family 0: there is none */
};

struct rack {
    struct lab *lab;
    struct loop *loop;
    struct udp_hub *hub;
    struct sensor_files *files;
    struct streams *streams;
    struct serial_ports *serials;
    struct sensor_dirs *dirs;
    struct trace *trace;
    const char *trace_path;          /* borrowed from the options */
    struct recording *recording;     /* of what reaches the lab, into trace; or NULL */
    uint64_t root;                   /* root key, where it was drawn */
    struct rack_endpoint *endpoints;
    size_t endpoint_count;
};

/* Open all; returns -1, or an exit code after a complaint on stderr. */
int rack_open(const struct rack_opts *opts, struct rack *rack);

/* Serve until a signal or loop_stop(). */
void rack_run(struct rack *rack);

/* Close all; returns an exit code (the trace may have failed). */
int rack_close(struct rack *rack);

#endif
