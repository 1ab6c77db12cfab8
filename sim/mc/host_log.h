/*
 * host_log.h - the events that system firmware and operating system send to
 * their BMC, as they do through its system interface.
 *
 * Where the machine has a sensor for it, a boot is logged: System Boot
 * Initiated (type 1Dh) when firmware starts, System Firmware Progress (0Fh)
 * on its way, OS Boot (1Fh) with the device once the system runs; then OS
 * Stop (20h) when it shuts down in good order, crashes, or does not answer a
 * soft shutdown; and Critical Interrupt (13h) for a diagnostic interrupt.
 *
 * Such a sensor is either the BMC's own, or one that a record in its SDR
 * repository describes as owned by system software (an odd owner octet;
 * event-only records mostly). The events then come from that owner;
 * those of the BMC's own event-only sensors from firmware (01h) or system
 * software (41h). A sensor of the BMC's that can be read has its states set
 * instead, and its own event enables decide. A BMC that is not there hears
 * none of it.
 * Spec: IPMI v2.0 42.2, 43.3, 5.4.
 */
#ifndef IPMILAB_MC_HOST_LOG_H
#define IPMILAB_MC_HOST_LOG_H

#include "sim/base/status.h"

struct mc;
struct host_log;

/* How much of firmware's progress is logged (machine_host.log). */
enum host_log_what {
    HOST_LOG_BRIEF,       /* memory and the start of the OS, as most servers do */
    HOST_LOG_NONE,        /* nothing at all, of the OS neither */
    HOST_LOG_ALL,         /* every step */
};

#define GENERATOR_FIRMWARE 0x01   /* system firmware's software id, as a SEL record has it */
#define GENERATOR_SYSTEM   0x41   /* system management software, the OS */

/* mc->host_log, when there is a host and one of those sensors. */
enum status host_log_init(struct mc *mc);
void host_log_reset(struct mc *mc);
void host_log_free(struct mc *mc);

#endif
