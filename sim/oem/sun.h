/*
 * sun.h - the profile "sun": commands of Sun's and Oracle's service
 * processors (ILOM), network function 2Eh without a manufacturer's id.
 *
 *   01h  set SSH key: user, block (0 .., FFh the last), length, octets
 *   02h  delete SSH key: user; one that is not there is no error
 *   19h  command line (sim/oem/sun_cli.c, its words sim/oem/sun_words.c)
 *   20h  set fan speed: percent; 41h set fan mode: 0 automatic, 1 manual
 *   21h  get LED, 22h set LED (sim/oem/sun_led.c)
 *   23h  echo
 *   24h  version: 3.2, then the firmware revision of Get Device ID
 *   29h  full (NAC) name of a sensor or indicator; "" for one not known
 *   2Ah  get a property's value, 2Ch set it (sim/oem/sun_value.c)
 *   44h  core tunnel: 0Bh get file, 0Fh get behavior (sim/oem/sun_file.c)
 *
 * A LED is what a generic device locator record describes: slave address,
 * access address, OEM octet, entity. Its type is 0 OK to remove, 1 service,
 * 2 activity, 3 locate, or as its OEM octet says; its mode 0 off, 1 on, 2
 * standby blink, 3 slow, 4 fast. Until it is written it shows what it stands
 * for: a service LED a fault of its entity (of anything, for the system
 * board and chassis), the system's activity LED the host's power, the
 * system's locate LED the identify light, which writing it moves too. Of
 * another controller's LED (access address) that is not on the bus: D3h.
 *
 * Targets and their properties (sim/oem/sun_tree.c) are those of a small ILOM:
 * /SYS with an entry for each sensor and LED, /SP, /HOST. They are the state
 * of the controller and its host, not a copy.
 *
 * Kept across cold resets: SSH keys, host name and the texts of /SP. Lost:
 * what was written to LEDs and fans, sessions, keys and values in transfer.
 *
 * What is large is allocated at its first use and bounded by what is below:
 * a command line when it is opened, a key while it comes and once it is there,
 * LEDs when the first is written. C4h when there is no memory.
 *
 * No text of the vendor's was to be had; layouts are those of clients.
 */
#ifndef IPMILAB_OEM_SUN_H
#define IPMILAB_OEM_SUN_H

#include "sim/engine/instant.h"
#include "sim/mc/oem.h"
#include "sim/wire/sdr.h"

#define SUN_LEDS      64u     /* written ones */
#define SUN_KEYS      5u      /* users with a key */
#define SUN_KEY       1024u   /* octets of one */
#define SUN_KEY_BLOCK 64u
#define SUN_TEXTS     4u      /* host name, system identifier, contact, location */
#define SUN_TEXT      64u
#define SUN_PATH      128u    /* a target or property, with its NUL */
#define SUN_VALUE     128u
#define SUN_CLI_LINE  256u
#define SUN_CLI_OUT   6144u   /* what a command line may answer at a time */
#define SUN_CLI_CHUNK 72u     /* of it in a message, with its NUL */
#define SUN_CLI_IDLE  SPAN_S(60)
#define SUN_VERSION_MAJOR 3u
#define SUN_VERSION_MINOR 2u

enum sun_led_type { SUN_LED_OK2RM, SUN_LED_SERVICE, SUN_LED_ACT, SUN_LED_LOCATE };
enum sun_led_mode { SUN_LED_OFF, SUN_LED_ON, SUN_LED_STANDBY, SUN_LED_SLOW, SUN_LED_FAST };

/* Which LED: what its record says, and a type. */
struct sun_led {
    uint8_t slave, access, oem, entity, instance;
    uint8_t type;
};

struct sun_led_set {
    bool used;
    struct sun_led led;
    uint8_t mode;
};

struct sun_key {
    uint8_t user;
    uint16_t len;
    uint8_t octets[SUN_KEY];
};

/* A key on its way. */
struct sun_draft {
    uint8_t next;                     /* block */
    uint32_t session;
    struct sun_key *key;              /* NULL: none */
};

/* Where a command line is at. */
enum sun_question { SUN_ASKS_NOTHING, SUN_ASKS_START, SUN_ASKS_STOP, SUN_ASKS_FORCE_STOP,
                    SUN_ASKS_RESET, SUN_ASKS_RESET_SP };

struct sun_cli {
    bool over;                        /* closed once all is read */
    bool fresh;                       /* opened, and not used yet */
    uint8_t question;                 /* enum sun_question */
    uint8_t seqnum;                   /* of the last request, bit 0 */
    uint32_t handle, session;
    instant used;
    char at[SUN_PATH];                /* the current target */
    char line[SUN_CLI_LINE];
    uint16_t line_len;
    char out[SUN_CLI_OUT];
    uint16_t out_len, out_read;
    char last[SUN_CLI_CHUNK];         /* what the last answer carried */
};

/* A value asked for, or being set. */
struct sun_asked {
    bool waits;
    uint32_t session;
    char path[SUN_PATH];
};

enum sun_result { SUN_DONE, SUN_NOT_FOUND, SUN_READ_ONLY, SUN_BAD_VALUE };

struct sun_setting {
    uint8_t tid;                      /* 0: none */
    bool too_long, complete;
    uint8_t result;                   /* enum sun_result, once complete */
    char path[SUN_PATH], value[SUN_VALUE];
};

struct sun {
    char texts[SUN_TEXTS][SUN_TEXT];  /* kept, as are the next */
    struct sun_key *keys[SUN_KEYS];   /* NULL: no key */
    struct sun_led_set *leds;         /* SUN_LEDS; NULL: none is written */
    bool fans_by_hand;
    struct sun_draft draft;
    struct sun_cli *cli;              /* NULL: it is not open */
    uint32_t last_handle;
    char *last_line;                  /* that the command line did; NULL: none yet */
    struct sun_asked asked;
    struct sun_setting setting;
    uint8_t last_tid;
};

extern const struct oem_profile oem_sun;
extern const struct command_table oem_sun_commands;

/* The state of a controller with this profile. */
struct sun *sun_of(struct mc *mc);

/* Write text, without a NUL. */
void sun_say(struct wr *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The octets that were written as a string; cut to what fits. */
void sun_close_text(struct wr *out, char *text);

/* "3.2.2.14" */
#define SUN_VERSION_TEXT 24u
void sun_version(const struct mc *mc, char to[SUN_VERSION_TEXT]);

/* Begin what the host or the controller is to do. False: not now. */
bool sun_host(struct mc *mc, const struct ipmi_req *rq, enum sun_question what);

/* ---- LEDs (sim/oem/sun_led.c) ---- */

/* That of a generic device locator record, of the type its OEM octet says. */
bool sun_led_of(struct bytes record, struct sun_led *out);
uint8_t sun_led_get(struct mc *mc, const struct sun_led *led);
enum ipmi_cc sun_led_write(struct mc *mc, const struct sun_led *led, uint8_t mode);
const char *sun_led_mode_text(unsigned mode);

/* Some sensor of an entity is critical (sim/oem/health.h); of entity 0: any is. */
bool sun_faulty(const struct mc *mc, uint8_t entity, uint8_t instance);

/* ---- parts: sensors and LEDs (sim/oem/sun_part.c) ---- */

/*
 * The n-th sensor of this controller, or LED: its record, and its name as
 * part of a path ('.' becomes '/' but before a digit, a blank '_'). False
 * past the last.
 */
bool sun_nth_part(const struct mc *mc, unsigned n, struct bytes *record, char to[SUN_PATH]);

/* The one that path, below /SYS, begins with; *after is what follows. */
bool sun_find_part(const struct mc *mc, const char *path, struct bytes *record,
                   const char **after);

/* What it is, and shows; and set it, which LEDs alone can be. */
const char *sun_part_type(struct bytes record);
void sun_part_value(struct mc *mc, struct bytes record, char to[SUN_VALUE]);
enum sun_result sun_set_part(struct mc *mc, struct bytes record, const char *value);

/* ---- targets and properties (sim/oem/sun_tree.c) ---- */

/* The value of the property that path names. False: there is no such thing. */
bool sun_get(struct mc *mc, const char *path, char to[SUN_VALUE]);

/* Set it; rq is who asks. */
enum sun_result sun_set(struct mc *mc, const struct ipmi_req *rq, const char *path,
                        const char *value);

/* Whether there is such a target; write what show says of it. */
bool sun_is_target(struct mc *mc, const char *path);
void sun_show(struct mc *mc, const char *path, struct wr *out);

/* a is b; case does not matter. The same for the first len characters. */
bool sun_same(const char *a, const char *b);
bool sun_begins(const char *text, const char *with);

/* Do a line of the command line (sim/oem/sun_words.c); it is taken apart. */
void sun_do_line(struct mc *mc, const struct ipmi_req *rq, char *line, struct wr *out);

/* The command line's session ends. */
void sun_close_cli(struct sun *sun);

/* The same once all is read. */
void sun_end_cli(struct sun_cli *cli, struct wr *out);

/* ---- SSH keys (sim/oem/sun_file.c) ---- */

/* Forget the key of that place, and the one that comes. */
void sun_drop_key(struct sun_key **key);

/* ---- commands in files of their own ---- */
command_fn sun_cmd_get_led, sun_cmd_set_led;
command_fn sun_cmd_cli;
command_fn sun_cmd_get_value, sun_cmd_set_value;
command_fn sun_cmd_set_key, sun_cmd_delete_key;
command_fn sun_cmd_core_tunnel;

#endif
