#include "sim/wire/sdr.h"

#include "sim/base/rd.h"

#define ID_LENGTH 0x1f /* in the type/length octet; bit 5 is reserved */

enum sdr_err
sdr_check_length(struct bytes record)
{
    if (record.len < SDR_HEADER || record.len < SDR_HEADER + (size_t)record.at[4])
        return SDR_SHORT;
    return record.len > SDR_HEADER + (size_t)record.at[4] ? SDR_TRAILING : SDR_OK;
}

/* Type/length octet and string, which end a record. A string that is cut is
 * taken as far as it goes: its record is of use all the same. */
static void
parse_id(struct rd *r, struct sdr *out)
{
    uint8_t type_length = rd_u8(r);
    size_t octets;

    out->id_code = type_length >> 6;
    out->id_chars = type_length & ID_LENGTH;
    octets = text_octets(text_code_of_sdr(out->id_code), out->id_chars);
    out->id_octets = rd_bytes(r, octets < rd_left(r) ? octets : rd_left(r));
}

static void
parse_key(struct rd *r, struct sdr_sensor *s)
{
    uint8_t where;

    s->owner = rd_u8(r);
    where = rd_u8(r);
    s->channel = where >> 4;
    s->lun = where & 3;
    s->number = rd_u8(r);
    s->entity = rd_u8(r);
    s->instance = rd_u8(r);
    s->share = 1;
}

/* Octets 6 to 23, which full and compact records have in common. */
static void
parse_sensor(struct rd *r, struct sdr_sensor *s)
{
    parse_key(r, s);
    s->init = rd_u8(r);
    s->caps = rd_u8(r);
    s->type = rd_u8(r);
    s->event_type = rd_u8(r);
    s->assert_mask = rd_le16(r);
    s->deassert_mask = rd_le16(r);
    s->reading_mask = rd_le16(r);
    rd_copy(r, s->units, sizeof s->units);
}

/* A two's complement number of so many bits. */
static int16_t
signed_of(unsigned v, unsigned bits)
{
    int sign = 1 << (bits - 1);

    return (int16_t)(((int)v ^ sign) - sign);
}

/* Octets 24 to 30. */
static void
parse_factors(struct rd *r, struct sdr_factors *f)
{
    unsigned m, b, m_tolerance, b_accuracy, accuracy, exponents;

    f->linearization = rd_u8(r) & 0x7f;
    m = rd_u8(r);
    m_tolerance = rd_u8(r);
    b = rd_u8(r);
    b_accuracy = rd_u8(r);
    accuracy = rd_u8(r);
    exponents = rd_u8(r);
    f->m = signed_of(m | (m_tolerance & 0xc0) << 2, 10);
    f->tolerance = m_tolerance & 0x3f;
    f->b = signed_of(b | (b_accuracy & 0xc0) << 2, 10);
    f->accuracy = (uint16_t)((b_accuracy & 0x3f) | (accuracy & 0xf0) << 2);
    f->accuracy_exp = accuracy >> 2 & 3;
    f->r_exp = (int8_t)signed_of(exponents >> 4, 4);
    f->b_exp = (int8_t)signed_of(exponents & 0x0f, 4);
}

static void
parse_full(struct rd *r, struct sdr *out)
{
    struct sdr_sensor *s = &out->u.sensor;

    parse_sensor(r, s);
    parse_factors(r, &s->factors);
    s->given = rd_u8(r);
    s->nominal = rd_u8(r);
    s->normal_max = rd_u8(r);
    s->normal_min = rd_u8(r);
    s->max = rd_u8(r);
    s->min = rd_u8(r);
    rd_copy(r, s->threshold, sizeof s->threshold);
    s->hysteresis_up = rd_u8(r);
    s->hysteresis_down = rd_u8(r);
    rd_skip(r, 3); /* reserved, OEM */
    parse_id(r, out);
}

static void
parse_sharing(struct rd *r, struct sdr_sensor *s)
{
    s->share = rd_u8(r) & 0x0f;
    s->share_offset = rd_u8(r);
    if (s->share == 0)
        s->share = 1;
}

static void
parse_compact(struct rd *r, struct sdr *out)
{
    parse_sensor(r, &out->u.sensor);
    parse_sharing(r, &out->u.sensor);
    out->u.sensor.hysteresis_up = rd_u8(r);
    out->u.sensor.hysteresis_down = rd_u8(r);
    rd_skip(r, 4); /* reserved, OEM */
    parse_id(r, out);
}

static void
parse_event_only(struct rd *r, struct sdr *out)
{
    parse_key(r, &out->u.sensor);
    out->u.sensor.type = rd_u8(r);
    out->u.sensor.event_type = rd_u8(r);
    parse_sharing(r, &out->u.sensor);
    rd_skip(r, 2); /* reserved, OEM */
    parse_id(r, out);
}

static void
parse_entity(struct rd *r, struct sdr *out)
{
    struct sdr_entities *e = &out->u.entities;

    e->entity = rd_u8(r);
    e->instance = rd_u8(r);
    e->flags = rd_u8(r);
    for (unsigned i = 0; i < 4; i++) {
        e->contained[i].entity = rd_u8(r);
        e->contained[i].instance = rd_u8(r);
    }
}

static void
parse_device_entity(struct rd *r, struct sdr *out)
{
    struct sdr_entities *e = &out->u.entities;

    e->entity = rd_u8(r);
    e->instance = rd_u8(r);
    e->owner = rd_u8(r);
    e->channel = rd_u8(r) >> 4;
    e->flags = rd_u8(r);
    for (unsigned i = 0; i < 4; i++) {
        e->contained[i].owner = rd_u8(r);
        e->contained[i].channel = rd_u8(r) >> 4;
        e->contained[i].entity = rd_u8(r);
        e->contained[i].instance = rd_u8(r);
    }
    rd_skip(r, 6);
}

/* What the three device locators end in. */
static void
parse_located(struct rd *r, struct sdr *out)
{
    out->u.locator.entity = rd_u8(r);
    out->u.locator.instance = rd_u8(r);
    rd_skip(r, 1); /* OEM */
    parse_id(r, out);
}

static void
parse_generic_locator(struct rd *r, struct sdr *out)
{
    struct sdr_locator *l = &out->u.locator;

    l->access = rd_u8(r);
    l->device = rd_u8(r);
    l->lun_bus = rd_u8(r);
    l->channel = (uint8_t)((l->device & 1) << 3 | l->lun_bus >> 5);
    rd_skip(r, 2); /* address span, reserved */
    l->type = rd_u8(r);
    l->modifier = rd_u8(r);
    parse_located(r, out);
}

static void
parse_fru_locator(struct rd *r, struct sdr *out)
{
    struct sdr_locator *l = &out->u.locator;

    l->access = rd_u8(r);
    l->device = rd_u8(r);
    l->lun_bus = rd_u8(r);
    l->channel = rd_u8(r) >> 4;
    rd_skip(r, 1);
    l->type = rd_u8(r);
    l->modifier = rd_u8(r);
    parse_located(r, out);
}

static void
parse_mc_locator(struct rd *r, struct sdr *out)
{
    struct sdr_locator *l = &out->u.locator;

    l->access = rd_u8(r);
    l->channel = rd_u8(r) & 0x0f;
    l->flags = rd_u8(r);
    l->caps = rd_u8(r);
    rd_skip(r, 3);
    parse_located(r, out);
}

static void
parse_oem(struct rd *r, struct sdr *out)
{
    out->u.manufacturer = rd_le24(r);
}

static const struct {
    uint8_t type;
    void (*parse)(struct rd *r, struct sdr *out);
} layouts[] = {
    { SDR_FULL, parse_full },
    { SDR_COMPACT, parse_compact },
    { SDR_EVENT_ONLY, parse_event_only },
    { SDR_ENTITY, parse_entity },
    { SDR_DEVICE_ENTITY, parse_device_entity },
    { SDR_GENERIC_LOCATOR, parse_generic_locator },
    { SDR_FRU_LOCATOR, parse_fru_locator },
    { SDR_MC_LOCATOR, parse_mc_locator },
    { SDR_OEM, parse_oem },
};

enum sdr_err
sdr_parse(struct bytes record, struct sdr *out)
{
    enum sdr_err err = sdr_check_length(record);
    struct rd r = rd_of(record);

    if (err != SDR_OK)
        return err;
    *out = (struct sdr){ .id = rd_le16(&r), 0 };
    out->version = rd_u8(&r);
    out->type = rd_u8(&r);
    out->length = rd_u8(&r);
    for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++)
        if (layouts[i].type == out->type)
            layouts[i].parse(&r, out);
    return r.bad ? SDR_CUT : SDR_OK;
}

bool
sdr_is_sensor(const struct sdr *sdr)
{
    return sdr->type == SDR_FULL || sdr->type == SDR_COMPACT ||
           sdr->type == SDR_EVENT_ONLY;
}

char *
sdr_id_text(const struct sdr *sdr, char *to, size_t size)
{
    return text_decode(text_code_of_sdr(sdr->id_code), sdr->id_octets, sdr->id_chars, to,
                       size);
}

const char *
sdr_err_text(enum sdr_err err)
{
    static const char *const words[] = {
        [SDR_OK] = "well-formed",
        [SDR_SHORT] = "shorter than its length octet says",
        [SDR_TRAILING] = "longer than its length octet says",
        [SDR_CUT] = "too short for the fields of its type",
    };

    return (unsigned)err < sizeof words / sizeof words[0] ? words[err] : "unknown";
}
