/*
 * Requests for the commands of a vendor's profile, as its rows name them.
 *
 * An input begins with the profile's name and a newline (a name that there is
 * not means one of them as well); then follow records: row, LUN and how long
 * to wait before, length, data. The machine has something
 * for most profiles to tell of: sensors, indicators, a FRU, a log. Each
 * request is answered once or never, and the machine answers afterwards.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "emu/emu.h"
#include "sim/lab/lab.h"
#include "sim/oem/profiles.h"

#define LUN_BITS   0x03u
#define WAIT_SHIFT 2u       /* the other bits: half seconds */
#define RESET_SPAN SPAN_S(3)
#define IANA_LEN   3u
#define NAME_LEN   16u

static const char machine[] =
    "mc_setbmc 0x20\n"
    "mc_add 0x20 0x20 no-device-sdrs 1 3 0x14 0xbf 15000 5002\n"
    "sel_enable 0x20 100 0x0a\n"
    "sdr_source 0x20 \"leds.sdrs\"\n"
    "sensor_add 0x20 0 1 0x01 0x01\n"
    "sensor_set_value 0x20 0 1 0x60 0\n"
    "sensor_add 0x20 0 2 0x04 0x01\n"
    "sensor_set_value 0x20 0 2 0x60 0\n"
    "sensor_add 0x20 0 3 0x05 0x6f\n"
    "sensor_set_bit 0x20 0 3 0 1 0\n"
    "sensor_add 0x20 0 4 0x08 0x6f\n"
    "sensor_set_bit 0x20 0 4 0 1 0\n"
    "mc_add_fru_data 0x20 0 128 data 0x01 0 0 0 0 0 0 0xff\n"
    "oem_profile 0x20 %s\n"
    "mc_enable 0x20\n";

static const char leds[] =
    "sdr type 16\n"
    "device_access_address 0x20\ndevice_slave_address 0\ndevice_type 0xc1\n"
    "device_type_modifier 0\nentity_id 0x17\nentity_instance 1\noem 3\nid_string \"LOCATE\"\n"
    "endsdr\n";

static char machine_text[sizeof machine + 32];
static unsigned answers;
static uint8_t last_cc;

static void
must(bool held, const char *what)
{
    if (held)
        return;
    fprintf(stderr, "fuzz_oem_profiles: %s\n", what);
    abort();
}

static enum status
read_text(void *ctx, const char *path, char **text, size_t *len)
{
    const char *from = strcmp(path, "fuzz.emu") == 0    ? machine_text
                       : strcmp(path, "leds.sdrs") == 0 ? leds
                                                        : NULL;

    (void)ctx;
    if (from == NULL)
        return ST_MISSING;
    *len = strlen(from);
    *text = malloc(*len + 1);
    if (*text == NULL)
        return ST_NOMEM;
    memcpy(*text, from, *len + 1);
    return ST_OK;
}

static struct lab *
make_lab(const char *profile, struct chassis_unit **unit)
{
    static const char *const files[] = { "fuzz.emu" };
    struct emu_opts opts = { .reader = { .read = read_text } };
    struct lab_opts lab_opts = { .seed = 1 };
    struct description **all;
    struct diags diags;
    struct lab *lab;
    size_t n;

    snprintf(machine_text, sizeof machine_text, machine, profile);
    diags_init(&diags);
    must(emu_load(files, 1, &opts, &diags, &all, &n) == ST_OK, "no machine");
    diags_free(&diags);
    must(lab_new(&lab_opts, &lab) == ST_OK && lab_add(lab, all[0], 0, unit) == ST_OK, "no lab");
    description_unref(all[0]);
    free(all);
    return lab;
}

static void
count(void *ctx, const struct ipmi_origin *o, uint8_t cc, struct bytes data)
{
    (void)ctx;
    (void)o;
    must(data.len <= IPMI_DATA_MAX, "an answer that is too long");
    answers++;
    last_cc = cc;
}

static void
ask(struct mc *mc, uint8_t netfn, uint8_t lun, uint8_t cmd, struct bytes data)
{
    struct ipmi_req rq = {
        .from = { .answer = count, .channel = 1, .rs_addr = BMC_ADDRESS, .rq_addr = 0x81,
                  .netfn = netfn, .cmd = cmd },
        .privilege = PRIV_ADMIN, .netfn = netfn, .lun = lun, .cmd = cmd, .data = rd_of(data),
    };

    answers = 0;
    mc_request(mc, &rq);
    must(answers <= 1, "a request answered twice");
}

static void
wait(struct lab *lab, instant *now, instant span)
{
    *now += span;
    while (!lab_advance(lab, *now))
        outbox_clear(lab_outbox(lab));
    outbox_clear(lab_outbox(lab));
}

/* The n-th row of a profile, n modulo all there are. */
static const struct command *
row_of(const struct oem_profile *profile, size_t n, uint32_t *id)
{
    size_t all = 0;

    for (size_t t = 0; t < profile->table_count; t++)
        all += profile->tables[t]->count;
    n %= all;
    for (size_t t = 0;; t++) {
        *id = profile->tables[t]->id;
        if (n < profile->tables[t]->count)
            return &profile->tables[t]->rows[n];
        n -= profile->tables[t]->count;
    }
}

static void
ask_row(struct mc *mc, const struct command *row, uint32_t id, uint8_t lun, struct bytes rest)
{
    uint8_t data[IANA_LEN + UINT8_MAX];
    struct wr w = wr_of(data, sizeof data);

    if (row->netfn == NETFN_GROUP)
        wr_u8(&w, (uint8_t)id);
    else if (row->netfn == NETFN_OEM && id != COMMAND_NO_IANA)
        wr_le24(&w, id);
    wr_span(&w, rest);
    ask(mc, row->netfn, lun, row->cmd, wr_bytes_of(&w));
}

static const struct oem_profile *
profile_of(struct rd *in)
{
    char name[NAME_LEN + 1] = "";
    const struct oem_profile *profile;
    size_t len = 0, all = 0;
    uint8_t c;

    while (len < NAME_LEN && rd_left(in) > 0 && (c = rd_u8(in)) != '\n')
        name[len++] = (char)c;
    profile = oem_profile_find(name);
    if (profile != NULL)
        return profile;
    while (oem_profile_nth(all) != NULL)
        all++;
    return oem_profile_nth((uint8_t)name[0] % all);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct rd in = rd_of(bytes_of(data, size));
    const struct oem_profile *profile = profile_of(&in);
    struct chassis_unit *unit;
    struct lab *lab = make_lab(profile->name, &unit);
    instant now = 0;

    while (rd_left(&in) > 0) {
        uint32_t id;
        const struct command *row = row_of(profile, rd_u8(&in), &id);
        uint8_t how = rd_u8(&in);
        uint8_t len = rd_u8(&in);
        struct bytes rest = rd_bytes(&in, len < rd_left(&in) ? len : rd_left(&in));

        wait(lab, &now, SPAN_MS(500) * (how >> WAIT_SHIFT));
        ask_row(chassis_unit_bmc(unit), row, id, how & LUN_BITS, rest);
        outbox_clear(lab_outbox(lab));
    }
    wait(lab, &now, RESET_SPAN);
    ask(chassis_unit_bmc(unit), NETFN_APP, 0, 0x01, bytes_of(NULL, 0));
    must(answers == 1 && last_cc == CC_OK, "no answer afterwards");
    lab_free(lab);
    return 0;
}
