#include "sim/mc/mc_parts.h"
#include "sim/mc/picmg.h"

#define BIT(colour) (1u << (colour))

/* Of the blue LED: long and short blinks, 10 ms. */
#define LONG  90
#define SHORT 10

#define STATE_LOCAL    0x01
#define STATE_OVERRIDE 0x02
#define STATE_TEST     0x04

#define TEST_UNIT SPAN_MS(100)
#define TEST_MAX  127

unsigned
picmg_leds(const struct mc *mc)
{
    unsigned n = mc->machine->leds ? mc->machine->leds : 4;

    return n < PICMG_LEDS ? n : PICMG_LEDS;
}

/* Blue for hot swap, red out of service, green in service, amber what the
 * board likes; those that follow show any. */
uint8_t
picmg_led_colours(unsigned led)
{
    static const uint8_t colours[] = {
        BIT(LED_BLUE),
        BIT(LED_RED) | BIT(LED_AMBER),
        BIT(LED_GREEN),
        BIT(LED_AMBER),
    };

    if (led < sizeof colours)
        return colours[led];
    return BIT(LED_RED) | BIT(LED_GREEN) | BIT(LED_AMBER);
}

uint8_t
picmg_led_colour(unsigned led)
{
    static const uint8_t colour[] = { LED_BLUE, LED_RED, LED_GREEN, LED_AMBER };

    return led < sizeof colour ? colour[led] : LED_GREEN;
}

/* ---- local control: what the state of the FRU looks like ---- */

static struct led_show
show(unsigned led, uint8_t function, uint8_t on_time)
{
    return (struct led_show){ function, on_time, picmg_led_colour(led) };
}

static struct led_show
blue(enum picmg_state state)
{
    switch (state) {
    case PICMG_M1: return show(0, LED_ON, 0);
    case PICMG_M2: return show(0, SHORT, LONG);
    case PICMG_M5:
    case PICMG_M6: return show(0, LONG, SHORT);
    default: return show(0, LED_OFF, 0);
    }
}

static struct led_show
local_show(const struct picmg_fru *f, unsigned led)
{
    enum picmg_state state = picmg_state(f);
    bool starts =
        state == PICMG_M3 || (state == PICMG_M4 && f->mc->world->now < f->starts_until);

    switch (led) {
    case 0: return blue(state);
    case 1: return show(led, state == PICMG_M4 ? LED_OFF : LED_ON, 0);
    case 2:
        if (starts)
            return show(led, LONG / 2, LONG / 2);
        return show(led, state == PICMG_M4 || state == PICMG_M5 ? LED_ON : LED_OFF, 0);
    default: return show(led, f->quiesced ? LED_ON : LED_OFF, 0);
    }
}

struct led_show
picmg_led_local(const struct picmg_fru *f, unsigned led)
{
    struct led_show s = local_show(f, led);

    if (f->leds[led].local)
        s.colour = f->leds[led].local;
    return s;
}

/* ---- being told ---- */

static bool
colour_fits(uint8_t colour, unsigned led)
{
    if (colour == LED_SAME || colour == LED_DEFAULT)
        return true;
    return colour < 8 && (picmg_led_colours(led) & BIT(colour));
}

static uint8_t
colour_of(const struct picmg_led *l, uint8_t colour, unsigned led)
{
    if (colour == LED_SAME && l->told.colour)
        return l->told.colour;
    return colour == LED_SAME || colour == LED_DEFAULT ? picmg_led_colour(led) : colour;
}

/* Local control again, perhaps in another colour. */
static void
restore_local(struct picmg_led *l, uint8_t colour)
{
    uint8_t local = colour == LED_SAME ? l->local : colour == LED_DEFAULT ? 0 : colour;

    *l = (struct picmg_led){ .local = local };
}

static void
set_one(struct picmg_fru *f, unsigned led, struct led_show told)
{
    struct picmg_led *l = &f->leds[led];

    if (told.function == LED_LOCAL) {
        restore_local(l, told.colour);
        return;
    }
    if (told.function == LED_TEST) {
        l->test = told.on_time;
        l->test_until = instant_add(f->mc->world->now, told.on_time * TEST_UNIT);
        return;
    }
    l->overridden = true;
    l->test_until = 0;
    l->told.function = told.function;
    l->told.on_time =
        told.function == LED_OFF || told.function == LED_ON ? 0 : told.on_time;
    l->told.colour = colour_of(l, told.colour, led);
}

static bool
is_colour(uint8_t colour)
{
    return (colour >= LED_BLUE && colour <= LED_WHITE) || colour == LED_SAME ||
           colour == LED_DEFAULT;
}

static bool
told_fits(struct led_show told)
{
    if (told.function == LED_TEST)
        return told.on_time <= TEST_MAX;
    if (told.function > LED_OFF && told.function <= LED_BLINK)
        return told.on_time >= 1 && told.on_time <= LED_BLINK;
    return told.function == LED_OFF || told.function == LED_LOCAL ||
           told.function == LED_ON;
}

enum ipmi_cc
picmg_led_set(struct picmg_fru *f, uint8_t led, struct led_show told)
{
    unsigned count = picmg_leds(f->mc);
    unsigned first = led == LED_ALL ? 0 : led, end = led == LED_ALL ? count : led + 1u;

    /* What is dark has no colour, and a test may have any. */
    if (told.function == LED_OFF || told.function == LED_TEST)
        told.colour = is_colour(told.colour) && colour_fits(told.colour, first)
                          ? told.colour
                          : LED_SAME;
    if (end > count || !told_fits(told) || !is_colour(told.colour))
        return CC_INVALID_FIELD;
    for (unsigned i = first; i < end; i++)
        if (led != LED_ALL && !colour_fits(told.colour, i))
            return CC_INVALID_FIELD;
    for (unsigned i = first; i < end; i++) {
        struct led_show own = told;

        /* Not every LED can show the colour that is asked of all. */
        if (!colour_fits(told.colour, i))
            own.colour = LED_DEFAULT;
        set_one(f, i, own);
    }
    return CC_OK;
}

static void
write_show(struct wr *rs, struct led_show s)
{
    wr_u8(rs, s.function);
    wr_u8(rs, s.on_time);
    wr_u8(rs, s.colour);
}

void
picmg_led_get(const struct picmg_fru *f, unsigned led, struct wr *rs)
{
    const struct picmg_led *l = &f->leds[led];
    struct led_show told = l->overridden ? l->told : show(led, LED_OFF, 0);
    bool test = f->mc->world->now < l->test_until;

    wr_u8(rs,
          STATE_LOCAL | (l->overridden ? STATE_OVERRIDE : 0u) | (test ? STATE_TEST : 0u));
    write_show(rs, picmg_led_local(f, led));
    if (l->overridden || test)
        write_show(rs, told);
    if (test)
        wr_u8(rs, l->test);
}
