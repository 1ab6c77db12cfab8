/*
 * i2c_slave.h - a device on a private I2C bus, as its master sees it.
 *
 * Two kinds. A serial EEPROM takes a word address and then data; writes roll
 * over inside a page, reads go on to the end of the device and begin again.
 * Its word address is one octet up to 256 octets, two above 2048; between
 * them (24C04 to 24C16) one octet and the low bits of the slave address, so
 * that the device answers at 2, 4 or 8 addresses. A register device takes a
 * register number and then data for that register and those after it.
 *
 * A read begins where the last transaction ended. The content is the
 * owner's, behind two functions. Nothing here allocates.
 */
#ifndef IPMILAB_BUS_I2C_SLAVE_H
#define IPMILAB_BUS_I2C_SLAVE_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/base/bytes.h"

#define I2C_SLAVE_SIZE_MAX 65536u     /* octets: what a word address can name */
#define I2C_REGISTERS_MAX 256u

enum i2c_kind { I2C_EEPROM, I2C_REGISTERS };

struct i2c_slave {
    uint8_t kind;                     /* enum i2c_kind */
    uint8_t address;                  /* 8 bits, bit 0 clear; the first of its own */
    uint32_t size;                    /* octets, 1 .. */
    uint32_t pointer;                 /* where the next read begins */
};

/* Its content: len octets at at, which lie inside. False: it does not work
 * now, and the device does not acknowledge. */
struct i2c_store {
    bool (*read)(void *ctx, uint32_t at, uint8_t *to, uint32_t len);
    bool (*write)(void *ctx, uint32_t at, struct bytes data);
    void *ctx;
};

/* True when the device acknowledges that address. */
bool i2c_slave_answers(const struct i2c_slave *slave, uint8_t address);

/* The master writes data (maybe none) to address, one of its own. False: an
 * octet was not acknowledged. */
bool i2c_slave_write(struct i2c_slave *slave, const struct i2c_store *store, uint8_t address,
                     struct bytes data);

/* The master reads len octets. */
bool i2c_slave_read(struct i2c_slave *slave, const struct i2c_store *store, uint8_t *to,
                    uint32_t len);

#endif
