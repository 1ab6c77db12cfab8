#include <inttypes.h>
#include <string.h>

#include "sim/host/post.h"
#include "sim/host/toyos_impl.h"

/* What the kernel says, and when: thousandths of the host's whole boot, which
 * begins with firmware's steps. The words after a time-stamp. */
static const struct boot_row {
    uint16_t at;
    bool stamped;
    const char *words;
} boot_rows[] = {
    { 745, false, "Loading ipmilab host OS 1.0 ...\r\n" },
    { 750, true, "ipmilab host OS 1.0 (simulated) #1" },
    { 752, true, "Command line: console=ttyS0,115200n8" },
    { 760, true, "Memory: 1015808K/1048576K available" },
    { 790, true, "serial8250: ttyS0 at I/O 0x3f8 (irq = 4) is a 16550A" },
    { 810, true, "ipmi_si: interface found at I/O 0xca2" },
    { 860, true, "VFS: mounted root (ext4 filesystem) read-only" },
    { 880, true, "init: starting services" },
    { 930, false, "Starting network: OK\r\n" },
    { 970, false, "Starting sshd: OK\r\n" },
};

#define BOOT_ROWS (sizeof boot_rows / sizeof boot_rows[0])
#define KERNEL_AT 750          /* when kernel time begins */

/* That part of a boot. */
static instant
part(const struct toyos *os, unsigned permille)
{
    struct host_delays delays;

    host_delays(os->host, &delays);
    return delays.boot / 1000u * permille;
}

static instant
row_at(const struct toyos *os, size_t row)
{
    return instant_add(os->boot_from, part(os, boot_rows[row].at));
}

static void
say_row(struct toyos *os, const struct boot_row *row)
{
    uint64_t us;

    if (!row->stamped) {
        toyos_text(os, row->words, strlen(row->words));
        return;
    }
    us = part(os, row->at - (unsigned)KERNEL_AT) / SPAN_US(1);
    toyos_say(os, "[%5" PRIu64 ".%06" PRIu64 "] %s\r\n", us / 1000000u, us % 1000000u,
              row->words);
}

static void
arm_boot(struct toyos *os)
{
    if (os->here && os->where == AT_BOOT && os->boot_next < BOOT_ROWS)
        (void)timeline_arm(&os->world->timeline, &os->boot, row_at(os, os->boot_next));
}

void
toyos_on_boot(void *ctx, instant at)
{
    struct toyos *os = ctx;

    (void)at;
    say_row(os, &boot_rows[os->boot_next++]);
    arm_boot(os);
}

void
toyos_watch_boot(struct toyos *os)
{
    os->boot_next = 0;
    while (os->boot_next < BOOT_ROWS && row_at(os, os->boot_next) < os->world->now)
        os->boot_next++;
    arm_boot(os);
}

static void
stop(struct toyos *os, enum where where)
{
    timeline_disarm(&os->world->timeline, &os->boot);
    os->where = (uint8_t)where;
    os->ahead_len = os->line_len = 0;
    toyos_stop_listing(os);
    os->sysrq = false;
}

static void
start(struct toyos *os)
{
    os->out_len = os->out_at = 0;
    stop(os, AT_BOOT);
    os->boot_from = host_since(os->host);
    toyos_say(os, "\r\nipmilab firmware 1.0\r\n");
    toyos_watch_boot(os);
}

static void
firmware_step(struct toyos *os)
{
    uint8_t code = host_post_code(os->host);

    toyos_say(os, "%02X %s\r\n", (unsigned)code, post_text(code));
    if (host_stage(os->host) != HOST_STAGE_SETUP)
        return;
    stop(os, AT_SETUP);
    toyos_prompt(os);
}

static void
went_off(struct toyos *os)
{
    os->out_len = os->out_at = 0;
    stop(os, AT_NOTHING);
}

void
toyos_host_event(void *ctx, enum host_event ev, enum host_cause cause)
{
    struct toyos *os = ctx;

    (void)cause;
    switch (ev) {
    case HOST_EVENT_POWERED_ON:
    case HOST_EVENT_RESET:
        start(os);
        break;
    case HOST_EVENT_POWERED_OFF:
        went_off(os);
        break;
    case HOST_EVENT_POST:
        firmware_step(os);
        break;
    case HOST_EVENT_BOOTED:
        stop(os, AT_LOGIN);
        toyos_log_in_again(os);
        break;
    case HOST_EVENT_SOFT_SHUTDOWN:
        if (host_stage(os->host) != HOST_STAGE_STOPPING)
            break;
        stop(os, AT_SHUTDOWN);
        toyos_say(os, "\r\nThe system is going down NOW!\r\nStopping sshd: OK\r\n");
        break;
    case HOST_EVENT_OS_STOPPED:
        toyos_say(os, "Stopping network: OK\r\nreboot: Power down\r\n");
        break;
    case HOST_EVENT_OS_CRASHED:
        stop(os, AT_SHUTDOWN);
        toyos_say(os, "\r\nKernel panic - not syncing: NMI: Not continuing\r\n");
        break;
    case HOST_EVENT_NMI:
    case HOST_EVENT_BOOT_DEVICE:
    case HOST_EVENT_OS_SILENT:
        break;
    }
}
