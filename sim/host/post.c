#include "sim/host/post.h"

/* The shares are those of a two-socket server: memory training takes longest,
 * then the wait for disks and option ROMs. */
static const struct post_step steps[] = {
    { 0x19, 20, "Primary CPU initialization" },
    { POST_MEMORY, 50, "Memory initialization" },
    { 0x14, 250, "Baseboard initialization" },
    { 0x0d, 280, "Management controller initialization" },
    { 0x0b, 310, "SMBus initialization" },
    { 0x03, 340, "Secondary CPU initialization" },
    { 0x07, 390, "PCI resource configuration" },
    { 0x09, 460, "Video initialization" },
    { 0x06, 500, "USB resource configuration" },
    { 0x17, 540, "Keyboard test" },
    { 0x02, 570, "Hard-disk initialization" },
    { 0x08, 640, "Option ROM initialization" },
    { POST_BOOT_OS, 740, "Starting operating system boot process" },
};

#define STEPS (sizeof steps / sizeof steps[0])

const struct post_step *
post_steps(size_t *count)
{
    *count = STEPS;
    return steps;
}

const char *
post_text(uint8_t code)
{
    if (code == POST_SETUP)
        return "User-initiated system setup";
    for (size_t i = 0; i < STEPS; i++)
        if (steps[i].code == code)
            return steps[i].text;
    return "Unspecified";
}
