/*
 * wireworld.h - a bus with stations on it that only send and listen, for
 * tests of the wire.
 *
 *     struct wireworld w;
 *     struct station *a, *b;
 *
 *     wireworld_begin(&w, (struct medium_config){ .model = BUS_I2C });
 *     a = wireworld_add(&w, "a", 0x20);
 *     b = wireworld_add(&w, "b", 0x52);
 *     wireworld_send(b, 0x20, 7, 1);
 *     wireworld_until(&w, SPAN_MS(1));
 *     ck_assert_str_eq(w.log, "650.0 b sent 1\n650.0 a got 1\n");
 *     wireworld_end(&w);
 *
 * The log has a line for each thing that a station learned: the instant in
 * microseconds, the station, "got" with the last octet of the frame, or
 * "sent", "naked", "full", "beaten", "broken" with the tag. wireworld_end()
 * checks that everything balances.
 */
#ifndef IPMILAB_TESTS_WIREWORLD_H
#define IPMILAB_TESTS_WIREWORLD_H

#include "sim/bus/medium.h"

#define WIREWORLD_STATIONS 32
#define WIREWORLD_LOG 65536

struct wireworld;

struct station {
    struct medium_node node;
    const char *name;
    struct wireworld *of;
    unsigned learned;              /* results of frames */
    unsigned done;                 /* of these WIRE_DONE */
    unsigned got;
    uint8_t last[MEDIUM_FRAME_MAX]; /* what it got last */
    size_t last_len;
    uint8_t read[MEDIUM_READ_MAX]; /* what it read last */
    size_t read_len;

    /* Sends the same again whenever a frame of its is over. */
    bool always;
    uint8_t target, len;
};

struct wireworld {
    struct world world;
    struct tap tap;
    struct medium *bus;
    struct station stations[WIREWORLD_STATIONS];
    unsigned count;
    bool quiet;                    /* no log */
    char log[WIREWORLD_LOG];
    uint64_t shown[FATES];         /* frames in the tap */
    bool reads;                    /* somebody did */
    uint64_t read_frames;          /* of those shown, octets read that came in time */
    char why[64];                  /* of the last that was not just delivered */
    char note[128];                /* the last of the wire's notes */
};

void wireworld_begin(struct wireworld *w, struct medium_config config);
void wireworld_end(struct wireworld *w);

/* A station, attached; the name is borrowed. */
struct station *wireworld_add(struct wireworld *w, const char *name, uint8_t address);

/* Send len octets to address: 18h, 0, the source, 04h, 01h, zeros, mark as
 * the last. mark is also the tag. */
enum status wireworld_send(struct station *from, uint8_t address, size_t len, uint8_t mark);

/* Read count octets from address, after writing len octets, which are the
 * address alone when len is 0. */
enum status wireworld_read(struct station *from, uint8_t address, const char *written,
                           size_t len, size_t count, uint32_t tag);

/* Keep a station sending frames of len octets to target. */
void wireworld_keep_sending(struct station *from, uint8_t target, uint8_t len);

/* Let time pass until an instant. */
void wireworld_until(struct wireworld *w, instant at);

/* Arm a rule; its id. */
uint32_t wireworld_arm(struct wireworld *w, struct fault_rule rule);

/* Check that all frames have one fate, in every count there is of them. */
void wireworld_check_balance(const struct wireworld *w);

#endif
