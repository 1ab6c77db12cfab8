/*
 * Who the server is, in system info parameters.
 *
 * With a length in front, in one piece: C3h GUID, C4h asset tag (DCMI's; at
 * most DELL_ASSET characters may be written), C5h service tag (the product's
 * serial number, or the chassis's), C6h the chassis's, C7h that of the server
 * that the chassis belongs to, C8h board revision.
 *
 * In blocks: D1h model, DCh slot in a blade chassis, DEh iDRAC's URL, E0h and
 * F3h the chassis controller's (CMC), E4h version of the operating system
 * that runs, written by it. A rack server's slot and CMC are empty.
 *
 * Records in blocks, the set selector in front: DDh iDRAC, DFh CMC, F2h the
 * CMC's IPv6. Short ones: E1h web server on, EEh video, F4h revision.
 */
#include <stdio.h>
#include <string.h>

#include "sim/mc/lanparm_rows.h"
#include "sim/mc/mc_parts.h"
#include "sim/oem/dell.h"
#include "sim/oem/fru.h"

#define ASCII 0
#define BLOCK 16u
#define BLOCK_FIRST 14u           /* characters beside encoding and length */
#define ENCODING_BITS 0x0f
#define DELL_ASSET 10u
#define TAG_MAX 63u
#define URL_MAX 64

/* ---- blocks ---- */

static size_t
block_at(uint8_t set)
{
    return set == 0 ? 0 : BLOCK_FIRST + (set - 1u) * BLOCK;
}

enum ipmi_cc
dell_put_block(const uint8_t *text, size_t len, uint8_t set, struct wr *data)
{
    size_t at = block_at(set), room = set == 0 ? BLOCK_FIRST : BLOCK, n;

    if (set >= DELL_BLOCKS)
        return CC_RANGE;
    n = at < len ? len - at : 0;
    if (n > room)
        n = room;
    wr_u8(data, set);
    if (set == 0) {
        wr_u8(data, ASCII);
        wr_u8(data, (unsigned)len);
    }
    if (n > 0)
        wr_bytes(data, text + at, n);
    wr_fill(data, 0, room - n);
    return CC_OK;
}

/* The first block begins a text anew. What no block fills is zero; ipmiutil
 * sends more with the first than it has room for, which is passed over. */
static enum ipmi_cc
take_first(struct dell_text *text, struct rd *data)
{
    uint8_t encoding = rd_u8(data);
    uint8_t len = rd_u8(data);

    if (data->bad)
        return CC_LENGTH;
    if ((encoding & ENCODING_BITS) != ASCII)
        return CC_INVALID_FIELD;
    if (len > DELL_TEXT)
        return CC_RANGE;
    *text = (struct dell_text){ .len = len };
    return CC_OK;
}

enum ipmi_cc
dell_take_block(struct dell_text *text, struct rd *data)
{
    uint8_t set = rd_u8(data);
    size_t room = set == 0 ? BLOCK_FIRST : BLOCK;
    enum ipmi_cc cc;

    if (set >= DELL_BLOCKS)
        return CC_RANGE;
    if (rd_left(data) == 0)
        return CC_LENGTH;
    cc = set == 0 ? take_first(text, data) : CC_OK;
    if (cc == CC_OK)
        rd_copy(data, text->octets + block_at(set),
                rd_left(data) < room ? rd_left(data) : room);
    return cc;
}

static enum ipmi_cc
put_words(const char *text, uint8_t set, struct wr *data)
{
    return dell_put_block((const uint8_t *)text, strlen(text), set, data);
}

/* ---- in one piece ---- */

static enum ipmi_cc
put_piece(const void *octets, size_t len, struct wr *data)
{
    if (len > TAG_MAX)
        len = TAG_MAX;
    wr_u8(data, (unsigned)len);
    wr_bytes(data, octets, len);
    return CC_OK;
}

static enum ipmi_cc
put_field(struct mc *mc, enum fru_area_kind kind, unsigned n, struct wr *data)
{
    char text[OEM_FRU_TEXT];

    oem_fru_text(mc, OEM_FRU_NOW, kind, n, text, sizeof text);
    return put_piece(text, strlen(text), data);
}

static enum ipmi_cc
get_guid(struct mc *mc, uint8_t set, struct wr *data)
{
    (void)set;
    return put_piece(mc->guid, sizeof mc->guid, data);
}

static enum ipmi_cc
get_asset_tag(struct mc *mc, uint8_t set, struct wr *data)
{
    struct dcmi_string tag;

    (void)set;
    if (mc->dcmi == NULL)
        return put_field(mc, FRU_PRODUCT, FRU_PRODUCT_ASSET, data);
    (void)dcmi_string(mc, DCMI_ASSET, &tag);
    return put_piece(tag.octets, tag.len, data);
}

static enum ipmi_cc
set_asset_tag(struct mc *mc, struct rd *data)
{
    uint8_t len = rd_u8(data), total;

    if (data->bad || rd_left(data) != len)
        return CC_LENGTH;
    if (mc->dcmi == NULL)
        return CC_CMD_82;
    if (len > DELL_ASSET)
        return CC_RANGE;
    return dcmi_set_string(mc, DCMI_ASSET, 0, rd_bytes(data, len), &total);
}

static enum ipmi_cc
get_service_tag(struct mc *mc, uint8_t set, struct wr *data)
{
    char tag[OEM_FRU_TEXT];

    (void)set;
    if (!oem_fru_text(mc, OEM_FRU_NOW, FRU_PRODUCT, FRU_PRODUCT_SERIAL, tag, sizeof tag) ||
        tag[0] == '\0')
        return put_field(mc, FRU_CHASSIS, FRU_CHASSIS_SERIAL, data);
    return put_piece(tag, strlen(tag), data);
}

static enum ipmi_cc
get_chassis_tag(struct mc *mc, uint8_t set, struct wr *data)
{
    (void)set;
    return put_field(mc, FRU_CHASSIS, FRU_CHASSIS_SERIAL, data);
}

static enum ipmi_cc
get_board_revision(struct mc *mc, uint8_t set, struct wr *data)
{
    (void)set;
    return put_field(mc, FRU_PRODUCT, FRU_PRODUCT_VERSION, data);
}

/* ---- in blocks ---- */

static enum ipmi_cc
get_model(struct mc *mc, uint8_t set, struct wr *data)
{
    char name[OEM_FRU_TEXT];

    if (!oem_fru_text(mc, OEM_FRU_NOW, FRU_PRODUCT, FRU_PRODUCT_NAME, name, DELL_TEXT + 1))
        (void)snprintf(name, sizeof name, "PowerEdge");
    return put_words(name, set, data);
}

static enum ipmi_cc
get_nothing(struct mc *mc, uint8_t set, struct wr *data)
{
    (void)mc;
    return put_words("", set, data);
}

static const uint8_t *
ip_of(const struct mc *mc)
{
    static const uint8_t none[4] = { 0 };
    const uint8_t *ip = mc->lan_count ? lanparm_ip(mc, 0) : NULL;

    return ip != NULL ? ip : none;
}

static enum ipmi_cc
get_url(struct mc *mc, uint8_t set, struct wr *data)
{
    const uint8_t *ip = ip_of(mc);
    char url[URL_MAX];

    (void)snprintf(url, sizeof url, "https://%u.%u.%u.%u:%u", ip[0], ip[1], ip[2], ip[3],
                   dell_https_port(dell_of(mc)));
    return put_words(url, set, data);
}

/* It is told of a system that runs; the next one tells anew. */
static bool
os_still_runs(const struct mc *mc, instant since)
{
    const struct host *host = mc->opts.host;

    return host == NULL || (host_power_good(host) && since >= host_since(host));
}

/* What the simulated host's operating system says of itself at its console. */
#define OS_VERSION "1.0"

static bool
os_is_up(const struct mc *mc)
{
    return mc->opts.host != NULL && host_stage(mc->opts.host) == HOST_STAGE_OS;
}

static enum ipmi_cc
get_os_version(struct mc *mc, uint8_t set, struct wr *data)
{
    const struct dell *d = dell_of(mc);

    if (d->os_version.len > 0 && os_still_runs(mc, d->os_version_at))
        return dell_put_block(d->os_version.octets, d->os_version.len, set, data);
    return put_words(os_is_up(mc) ? OS_VERSION : "", set, data);
}

static enum ipmi_cc
set_os_version(struct mc *mc, struct rd *data)
{
    struct dell *d = dell_of(mc);
    enum ipmi_cc cc = dell_take_block(&d->os_version, data);

    if (cc == CC_OK)
        d->os_version_at = mc->world->now;
    return cc;
}

/* ---- records ---- */

#define IDRAC_OCTETS 41u
#define IDRAC_VERSION 20u
#define IDRAC_12G_MONOLITHIC 0x10
#define TYPE_CMC 0x09
#define CMC_OCTETS 57u
#define CMC_BEFORE_GUI 41u        /* where its fourth block begins */
#define CMC_ADDRESS 16u
#define IPV6_TEXT 39u
#define FIXED 1                   /* the address; 0 from DHCP */
#define LENGTH_OCTETS 2u          /* encoding, and the length itself */

static enum ipmi_cc
put_part(const uint8_t *record, size_t from, size_t to, uint8_t set, struct wr *data)
{
    wr_u8(data, set);
    wr_bytes(data, record + from, to - from);
    return CC_OK;
}

static enum ipmi_cc
get_idrac(struct mc *mc, uint8_t set, struct wr *data)
{
    const struct machine_mc *m = mc->machine;
    uint8_t record[IDRAC_OCTETS];
    struct wr w = wr_of(record, sizeof record);
    char version[IDRAC_VERSION + 1] = { 0 };
    size_t from = set * BLOCK;

    if (from >= IDRAC_OCTETS)
        return CC_RANGE;
    (void)snprintf(version, sizeof version, "%u.%02X.%02X.%02X", m->fw_major, m->fw_minor,
                   m->aux[0], m->aux[1]);
    wr_u8(&w, ASCII);
    wr_u8(&w, IDRAC_OCTETS - LENGTH_OCTETS);
    wr_u8(&w, 0);                 /* IPv4 */
    wr_u8(&w, mc->lan_count && mc->lanparm[0]->ip_source == IP_SOURCE_DHCP ? 0 : FIXED);
    wr_bytes(&w, ip_of(mc), 4);
    wr_fill(&w, 0, 12);
    wr_bytes(&w, version, IDRAC_VERSION);
    wr_u8(&w, IDRAC_12G_MONOLITHIC);
    return put_part(record, from, from + BLOCK < IDRAC_OCTETS ? from + BLOCK : IDRAC_OCTETS,
                    set, data);
}

static enum ipmi_cc
put_cmc(const uint8_t record[CMC_OCTETS], uint8_t set, struct wr *data)
{
    static const uint8_t from[] = { 0, BLOCK, 2 * BLOCK, CMC_BEFORE_GUI, CMC_OCTETS };

    if (set >= DELL_BLOCKS)
        return CC_RANGE;
    return put_part(record, from[set], from[set + 1], set, data);
}

/* No address, no firmware, its web interface and network off. */
static enum ipmi_cc
get_cmc(struct mc *mc, uint8_t set, struct wr *data)
{
    uint8_t record[CMC_OCTETS];
    struct wr w = wr_of(record, sizeof record);

    (void)mc;
    wr_u8(&w, ASCII);
    wr_u8(&w, CMC_OCTETS - LENGTH_OCTETS);
    wr_u8(&w, 0);
    wr_u8(&w, FIXED);
    wr_bytes(&w, "0.0.0.0", 7);
    wr_fill(&w, 0, CMC_ADDRESS - 7 + IDRAC_VERSION);
    wr_u8(&w, TYPE_CMC);
    wr_fill(&w, 0, CMC_OCTETS - CMC_BEFORE_GUI);
    return put_cmc(record, set, data);
}

static enum ipmi_cc
get_cmc_ipv6(struct mc *mc, uint8_t set, struct wr *data)
{
    uint8_t record[CMC_OCTETS];
    struct wr w = wr_of(record, sizeof record);

    (void)mc;
    wr_u8(&w, ASCII);
    wr_u8(&w, CMC_OCTETS - LENGTH_OCTETS);
    wr_fill(&w, 0, 15);           /* off; no autoconfiguration, no prefix */
    wr_u8(&w, 2);
    wr_bytes(&w, "::", 2);
    wr_fill(&w, 0, IPV6_TEXT - 2);
    return put_cmc(record, set, data);
}

/* ---- short ones ---- */

/* Twice: FreeIPMI takes "off" from the first octet and "on" from the second. */
static enum ipmi_cc
get_web(struct mc *mc, uint8_t set, struct wr *data)
{
    (void)set;
    wr_fill(data, dell_web_enabled(dell_of(mc)), 2);
    return CC_OK;
}

static enum ipmi_cc
set_web(struct mc *mc, struct rd *data)
{
    size_t len = rd_left(data);
    uint8_t on = rd_u8(data);

    if (len != 1)
        return CC_LENGTH;
    if (on > 1)
        return CC_INVALID_FIELD;
    dell_web_enable(dell_of(mc), on);
    return CC_OK;
}

static enum ipmi_cc
get_video(struct mc *mc, uint8_t set, struct wr *data)
{
    (void)mc;
    (void)set;
    wr_u8(data, 1);
    return CC_OK;
}

static enum ipmi_cc
get_revision(struct mc *mc, uint8_t set, struct wr *data)
{
    (void)set;
    wr_u8(data, mc->machine->device_revision);
    return CC_OK;
}

static const struct dell_param params[] = {
    { 0xc3, get_guid, NULL },
    { 0xc4, get_asset_tag, set_asset_tag },
    { 0xc5, get_service_tag, NULL },
    { 0xc6, get_chassis_tag, NULL },
    { 0xc7, get_service_tag, NULL },
    { 0xc8, get_board_revision, NULL },
    { 0xd1, get_model, NULL },
    { 0xdc, get_nothing, NULL },
    { 0xdd, get_idrac, NULL },
    { 0xde, get_url, NULL },
    { 0xdf, get_cmc, NULL },
    { 0xe0, get_nothing, NULL },
    { 0xe1, get_web, set_web },
    { 0xe4, get_os_version, set_os_version },
    { 0xee, get_video, NULL },
    { 0xf2, get_cmc_ipv6, NULL },
    { 0xf3, get_nothing, NULL },
    { 0xf4, get_revision, NULL },
};

const struct dell_params dell_info_params = { params, sizeof params / sizeof params[0] };
