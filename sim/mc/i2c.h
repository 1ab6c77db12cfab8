/*
 * i2c.h - I2C devices of a controller, and Master Write-Read to private buses
 * and to the IPMB.
 *
 * A private bus is there when a device on it is described. Devices are
 * serial EEPROMs and register devices (sim/bus/i2c_slave.h); their content
 * is the machine's until it is written, then this controller's own, and
 * nonvolatile. A device can also be a FRU: then both, Read FRU Data and
 * Master Write-Read, reach the same octets. A FRU device locator record that
 * names a private bus and slave address (octet 8 [7] clear) is read through
 * Master Write-Read alone, as the specification has it.
 *
 * Devices can stand on the controller's IPMB as well (channel 0; of a pair,
 * bus A): at their addresses there, for whoever is on that bus; the
 * controller's resets and power are nothing to them.
 *
 * On the IPMB (bus type public) what is written goes out as it is: a frame
 * with the slave address in front. The answer to Master Write-Read follows
 * when the wire has told what became of it; an answer of the addressed
 * controller comes to the LUN that the frame names. Devices are read there
 * (sim/bus/medium.h), controllers do not acknowledge that. At most
 * I2C_WAITING_MAX of them may be on their way.
 *
 * Nothing is allocated before the first Master Write-Read, unless there is a
 * device on the IPMB.
 * Spec: IPMI v2.0 22.11.
 */
#ifndef IPMILAB_MC_I2C_H
#define IPMILAB_MC_I2C_H

#include "sim/base/status.h"
#include "sim/ipmi/request.h"

struct mc;
struct i2c;

#define I2C_WAITING_MAX 4

/* mc->i2c stays NULL until needed. ST_EXISTS: a device on the IPMB has the
 * address of another one, or of a controller. */
enum status i2c_init(struct mc *mc);
void i2c_reset(struct mc *mc);
void i2c_free(struct mc *mc);

/* A device is described on that private bus. address: bit 0 clear. */
bool i2c_described(const struct mc *mc, uint8_t bus, uint8_t address);

/* What a Master Write-Read asks for. */
struct i2c_transfer {
    uint8_t channel;               /* of a public bus */
    uint8_t bus;                   /* private: 0 .. 7 */
    bool is_private;
    uint8_t address;               /* bit 0 clear */
    uint8_t count;                 /* octets to read */
    struct bytes data;             /* octets to write */
};

/*
 * Do it. The octets read go to rs, at most room of them. CC_LATER for a
 * public bus; 81h lost arbitration, 82h bus error, 83h no acknowledgement,
 * 84h more to read than there is room (what fits is in rs), C0h too many
 * under way, CCh no such bus.
 */
enum ipmi_cc i2c_transfer(struct mc *mc, const struct i2c_transfer *t,
                          const struct ipmi_origin *origin, size_t room, struct wr *rs);

#endif
