/*
 * replay_inputs.h - the inputs of a trace, in order, for its replay: those
 * that are given to the lab, and the answers that the lab asks for.
 */
#ifndef IPMILAB_CMD_REPLAY_INPUTS_H
#define IPMILAB_CMD_REPLAY_INPUTS_H

#include "capture/input_record.h"
#include "capture/packet_source.h"
#include "sim/host/uart.h"
#include "sim/mc/mc.h"

/* A run is not longer than a year; a time-stamp that says so is damaged. */
#define REPLAY_SPAN_MAX SPAN_S(366 * 86400)

/* An input with its octets, which stay until the next two were read. */
struct replay_input {
    struct input_record m;
    instant at;
    uint64_t number;                   /* of its packet */
    uint8_t octets[INPUT_RECORD_MAX];
};

struct replay_inputs {
    struct packet_source *source;      /* borrowed, read alone from here */
    uint64_t epoch_ns;
    struct replay_input slots[2];
    unsigned next;                     /* slot of the input that is next */
    enum packet_result result;         /* is there one? */
    instant latest;
    uint64_t read;                     /* inputs so far */
    char error[200];                   /* what is wrong with the trace; "" = nothing */
    char asked[200];                   /* what the lab asked for in vain; "" = nothing */
    struct replay_port *ports;
};

/* Begin, with the first input read. The struct stays where it is. */
void replay_inputs_begin(struct replay_inputs *in, struct packet_source *source,
                         uint64_t epoch_s);
void replay_inputs_end(struct replay_inputs *in);

/* The input that is next; NULL at the end, and when something is wrong. */
const struct replay_input *replay_inputs_peek(const struct replay_inputs *in);

/* Take it: valid until the one after the next is read. */
const struct replay_input *replay_inputs_take(struct replay_inputs *in);

/* Files that hold what the trace says they held. */
struct mc_backing replay_inputs_files(struct replay_inputs *in);

/* What is plugged into the port of a chassis: says and takes what the trace
 * says. False: no memory. */
bool replay_inputs_end_of(struct replay_inputs *in, uint32_t chassis, struct uart_end *out);

#endif
