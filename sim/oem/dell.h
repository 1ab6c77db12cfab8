/*
 * dell.h - the profile "dell": a PowerEdge rack server of the twelfth
 * generation, as its iDRAC answers.
 *
 * Network function 30h:
 *
 *   18h            blade slot: a rack server is in none, D5h
 *   21h            reset to defaults: AAh begins it, 00h tells 0 under way,
 *                  1 complete. What this profile keeps, and the power limit,
 *                  become as described; users, LAN and the rest stay
 *   24h 25h        set, get NIC selection: 0 shared, 1 with failover to the
 *                  second LOM, 2 dedicated, 3 with failover to all
 *   28h 29h        the same with failover: 1 dedicated, 2 .. 5 LOM 1 .. 4;
 *                  failover 0 none, 2 .. 5, 6 all
 *   32h            is the chassis identify light on
 *   51h            password policy check on or off; it is kept, and that is all
 *   99h            POST code that the host is at, or was last, in words
 *   9Ch 9Dh        energy and peaks of the system board (entity 7, 1) since
 *                  they were cleared; clear 1 energy, 2 peaks, 4 both
 *   A4h            the vFlash card: one of 8 GB, initialized and enabled
 *   B0h B3h        a power supply: its ratings; what it, or all of them
 *                  (instance 0), draws now
 *   BAh            power cap: on, off, is it on
 *   BBh            head room: what the supplies could deliver beyond the
 *                  draw, and beyond its peak
 *   C1h            active LOM: which, link, speed, duplex
 *   C9h            MAC addresses of the iDRAC: by the chassis, by the server
 *   CCh CDh        power over an interval; what intervals there are. Parts of
 *                  the system have fixed shares of its draw
 *   D5h            backplane: firmware, where a PCI address is, bay lights
 *   F0h            toggle the power of PCIe slots
 *
 * 34h C8h is the port map of a PCIe expansion chassis. It and F0h are there
 * where sensors 50h .. 5Fh of LUN 0 count watts, one for each slot: such a
 * slot is off when its sensor reads 1 or less.
 *
 * Extended configuration (network function 2Eh, IANA 674; reserve, get, set):
 * the tokens 07h Active Directory, 0Ah SSH, 0Bh telnet, 0Ch web server.
 *
 * System info parameters: each file tells of its own. DAh is asked for with
 * two octets more, offset and length, for which Get System Info Parameters
 * has a row here. Get Sensor Reading has one too: sensors
 * named "System Level" and "Pwr Consumption" that count watts follow the
 * power model when they are read.
 *
 * Power comes from DCMI's model (dcmi.h), without which there are no power
 * commands; the cap is DCMI's limit. Energy and peaks are added up when they
 * are asked for, from no more than DELL_SAMPLES samples between two askings.
 * Power supplies are the sensors of that type and entity, their ratings the
 * power supply records of their FRUs, or else DELL_SUPPLY_WATTS.
 *
 * Volatile: reservation, token under way, virtual KVM state, the version of
 * the running operating system (a reset of the host clears it as well; until
 * another is written, the simulated one says its own). The rest is kept. Bay
 * lights are the backplane's: no reset touches them.
 *
 * No text of the vendor's was to be had; layouts are those of clients.
 * Commands whose layout none of them knows are C1h.
 */
#ifndef IPMILAB_OEM_DELL_H
#define IPMILAB_OEM_DELL_H

#include <stdbool.h>

#include "sim/engine/instant.h"
#include "sim/mc/oem.h"

#define DELL_NETFN 0x30
#define DELL_NETFN_PORT_MAP 0x34
#define DELL_IANA 674u

#define DELL_TEXT 62u             /* octets of a text in blocks of 14, 16, 16, 16 */
#define DELL_BLOCKS 4u
#define DELL_LOMS 4u
#define DELL_BAYS 24u             /* slots of the backplane */
#define DELL_SAMPLES 256u
#define DELL_SUPPLY_WATTS 750u
#define DELL_VOLTS 230u
#define DELL_DEFAULTS_SPAN SPAN_S(2)   /* that reset to defaults takes */

/* Of extended configuration. */
#define DELL_SSH 9u               /* octets of a token without its header */
#define DELL_TELNET 10u
#define DELL_WEB 11u
#define DELL_DIRECTORY 512u       /* at most */
#define DELL_TOKEN_HEADER 5u
#define DELL_TOKEN_MAX (DELL_TOKEN_HEADER + DELL_DIRECTORY)

enum dell_nic { DELL_NIC_DEDICATED = 1, DELL_NIC_LOM1, DELL_NIC_LOM4 = 5 };
enum dell_failover { DELL_FAILOVER_NONE = 0, DELL_FAILOVER_ALL = 6 };

struct dell_text {
    uint8_t len;
    uint8_t octets[DELL_TEXT];
};

struct dell_lcd {
    struct dell_text text;
    uint32_t mode;
    uint8_t qualifier, errors, lock;
    uint8_t kvm;                  /* volatile */
};

/* The system's draw since the controller was made. */
struct dell_meter {
    instant made;                 /* histories reach back to here */
    instant seen;                 /* added up until here */
    instant energy_since, peak_since;
    uint64_t watt_ms;
    uint16_t peak;
    instant peak_at;
};

/* A token that is being written. */
struct dell_upload {
    uint8_t token;
    uint16_t len;
    uint8_t octets[DELL_TOKEN_MAX];
};

struct dell {
    uint8_t nic, failover;        /* enum dell_nic, enum dell_failover */
    uint8_t password_policy;
    struct dell_lcd lcd;
    uint8_t ssh[DELL_SSH], telnet[DELL_TELNET], web[DELL_WEB];
    uint8_t *directory;           /* DELL_DIRECTORY octets, once written */
    uint8_t port_map, slot_map;
    uint16_t bays[DELL_BAYS];     /* lights, as they were set */
    struct dell_meter meter;
    instant defaults_until;       /* reset to defaults is under way */

    struct dell_text os_version;  /* volatile, like all below */
    instant os_version_at;
    uint8_t reservation;
    struct dell_upload *upload;   /* NULL: none is being written */
};

extern const struct oem_profile oem_dell;

/* The state of a controller with this profile. */
struct dell *dell_of(struct mc *mc);

/* ---- system info parameters ---- */

/* A text in the blocks of system info: set selector, and in the first block
 * encoding and length. C9h: there is no such block. */
enum ipmi_cc dell_put_block(const uint8_t *text, size_t len, uint8_t set, struct wr *data);
enum ipmi_cc dell_take_block(struct dell_text *text, struct rd *data);

/* One parameter; set is NULL for what is only read. */
struct dell_param {
    uint8_t selector;
    enum ipmi_cc (*get)(struct mc *mc, uint8_t set, struct wr *data);
    enum ipmi_cc (*set)(struct mc *mc, struct rd *data);
};

struct dell_params {
    const struct dell_param *rows;
    size_t count;
};

extern const struct dell_params dell_info_params, dell_lcd_params, dell_lan_params,
                                dell_power_params, dell_meter_params;

/* ---- each file's commands ---- */

extern const struct command_table oem_dell_commands, oem_dell_lan_commands,
                                  oem_dell_power_commands, oem_dell_meter_commands,
                                  oem_dell_storage_commands, oem_dell_slot_commands,
                                  oem_dell_config_commands;

/* What is kept, as the factory made it. */
void dell_lcd_defaults(struct dell_lcd *lcd);
void dell_config_defaults(struct dell *d);

/* Forget the token that is being written. */
void dell_drop_upload(struct dell *d);

/* The web server's token: is it on, and its HTTPS port. */
bool dell_web_enabled(const struct dell *d);
void dell_web_enable(struct dell *d, bool on);
uint16_t dell_https_port(const struct dell *d);

/* What the system draws now; 0 without a host to measure. And the same added
 * up until now. */
uint16_t dell_draw(const struct mc *mc);
struct dell_meter *dell_read_meter(struct mc *mc);

/* Of that many watts, at DELL_VOLTS. */
unsigned dell_tenths_of_amperes(uint32_t watts);

/* Power supplies (sim/oem/dell_supply.c): how many, and the watts of all. */
struct dell_supply {
    uint8_t instance;             /* of the entity */
    uint16_t states;              /* of its sensor */
    uint16_t watts;               /* rated */
};

/* The n-th, from 0; false past the last. */
bool dell_supply_nth(struct mc *mc, unsigned n, struct dell_supply *out);
bool dell_supply_find(struct mc *mc, uint8_t instance, struct dell_supply *out);
unsigned dell_supplies(struct mc *mc, uint32_t *watts);

/* True when it delivers power. */
bool dell_supply_delivers(const struct dell_supply *supply);

#endif
