/*
 * The front panel's display, in system info parameters:
 *
 *   C1h  text of the user's, in blocks
 *   C2h  what is shown: mode (4 octets, one bit or none of DELL's ten),
 *        qualifier (2: bit 0 BTU/h, bit 1 Fahrenheit), modes there are (4),
 *        errors (1 from the SEL, 2 in words), one more octet
 *   CFh  what it can: character set, lines, characters of each of four lines
 *   E7h  virtual KVM shown as active, access (0 all, 1 view, 2 none), two more
 */
#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/oem/dell.h"

#define MODE_USER  0x0000u
#define MODE_MODEL 0x0001u
#define MODES      0x03ffu    /* bit per mode; the user's text is no bit */
#define QUALIFIERS 0x03
#define ERRORS_SEL 1
#define ERRORS_WORDS 2
#define LOCK_NONE 2
#define ASCII 1
#define CONFIG_OCTETS 12u
#define STATUS_OCTETS 4u

void
dell_lcd_defaults(struct dell_lcd *lcd)
{
    *lcd = (struct dell_lcd){ .mode = MODE_MODEL, .errors = ERRORS_SEL };
}

static enum ipmi_cc
get_text(struct mc *mc, uint8_t set, struct wr *data)
{
    const struct dell_text *text = &dell_of(mc)->lcd.text;

    return dell_put_block(text->octets, text->len, set, data);
}

static enum ipmi_cc
set_text(struct mc *mc, struct rd *data)
{
    return dell_take_block(&dell_of(mc)->lcd.text, data);
}

static enum ipmi_cc
get_config(struct mc *mc, uint8_t set, struct wr *data)
{
    const struct dell_lcd *lcd = &dell_of(mc)->lcd;

    (void)set;
    wr_le32(data, lcd->mode);
    wr_le16(data, lcd->qualifier);
    wr_le32(data, MODES);
    wr_u8(data, lcd->errors);
    wr_u8(data, 0);
    return CC_OK;
}

static bool
is_mode(uint32_t mode)
{
    return mode == MODE_USER || ((mode & (mode - 1)) == 0 && (mode & ~MODES) == 0);
}

/* Clients leave the octets they do not mean as they were on their stack: the
 * qualifier's upper one, the modes and the last. */
static enum ipmi_cc
set_config(struct mc *mc, struct rd *data)
{
    struct dell_lcd *lcd = &dell_of(mc)->lcd;
    size_t len = rd_left(data);
    uint32_t mode = rd_le32(data);
    uint8_t qualifier = rd_u8(data);
    uint8_t errors;

    rd_skip(data, 5);
    errors = rd_u8(data);
    rd_skip(data, 1);
    if (len != CONFIG_OCTETS)
        return CC_LENGTH;
    if (!is_mode(mode) || (errors != ERRORS_SEL && errors != ERRORS_WORDS))
        return CC_INVALID_FIELD;
    lcd->mode = mode;
    lcd->qualifier = qualifier & QUALIFIERS;
    lcd->errors = errors;
    return CC_OK;
}

static enum ipmi_cc
get_capabilities(struct mc *mc, uint8_t set, struct wr *data)
{
    (void)mc;
    (void)set;
    wr_u8(data, ASCII);
    wr_u8(data, 1);
    wr_u8(data, DELL_TEXT);
    wr_fill(data, 0, 3);
    return CC_OK;
}

static enum ipmi_cc
get_status(struct mc *mc, uint8_t set, struct wr *data)
{
    const struct dell_lcd *lcd = &dell_of(mc)->lcd;

    (void)set;
    wr_u8(data, lcd->kvm);
    wr_u8(data, lcd->lock);
    wr_le16(data, 0);
    return CC_OK;
}

/* The two last octets are not meant, as above. */
static enum ipmi_cc
set_status(struct mc *mc, struct rd *data)
{
    struct dell_lcd *lcd = &dell_of(mc)->lcd;
    size_t len = rd_left(data);
    uint8_t kvm = rd_u8(data);
    uint8_t lock = rd_u8(data);

    rd_skip(data, 2);
    if (len != STATUS_OCTETS)
        return CC_LENGTH;
    if (kvm > 1 || lock > LOCK_NONE)
        return CC_INVALID_FIELD;
    lcd->kvm = kvm;
    lcd->lock = lock;
    return CC_OK;
}

static const struct dell_param rows[] = {
    { 0xc1, get_text, set_text },
    { 0xc2, get_config, set_config },
    { 0xcf, get_capabilities, NULL },
    { 0xe7, get_status, set_status },
};

const struct dell_params dell_lcd_params = { rows, sizeof rows / sizeof rows[0] };
