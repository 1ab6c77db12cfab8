#include "sim/bus/i2c_slave.h"

#include "sim/base/rd.h"

#define BLOCK 256u                    /* what one octet of word address reaches */
#define ONE_OCTET_MAX 2048u           /* octets of the largest device with block bits */
#define ADDRESS_STEP 2u               /* from one slave address to the next */

/* Octets that one write can bring, by size of the device. */
static const struct {
    uint32_t size_max, page;
} pages[] = {
    { 256, 8 }, { 2048, 16 }, { 8192, 32 }, { I2C_SLAVE_SIZE_MAX, 64 },
};

static uint32_t
page_of(const struct i2c_slave *slave)
{
    size_t i = 0;

    if (slave->kind == I2C_REGISTERS)
        return slave->size;
    while (slave->size > pages[i].size_max)
        i++;
    return pages[i].page;
}

static bool
has_blocks(const struct i2c_slave *slave)
{
    return slave->kind == I2C_EEPROM && slave->size > BLOCK && slave->size <= ONE_OCTET_MAX;
}

bool
i2c_slave_answers(const struct i2c_slave *slave, uint8_t address)
{
    uint32_t blocks = has_blocks(slave) ? (slave->size + BLOCK - 1) / BLOCK : 1;
    uint32_t after = address < slave->address ? UINT32_MAX : address - (uint32_t)slave->address;

    return after % ADDRESS_STEP == 0 && after / ADDRESS_STEP < blocks;
}

/* The word address in front of the data. Reads past the end are left to the
 * caller to notice. */
static uint32_t
word_address(const struct i2c_slave *slave, uint8_t address, struct rd *data)
{
    uint32_t at;

    if (slave->kind == I2C_EEPROM && slave->size > ONE_OCTET_MAX)
        at = rd_be16(data);
    else
        at = rd_u8(data);
    if (has_blocks(slave))
        at += (uint32_t)(address - slave->address) / ADDRESS_STEP * BLOCK;
    return at % slave->size;
}

/* A device without a whole page at its end rolls over there. */
static uint32_t
page_end(const struct i2c_slave *slave, uint32_t start)
{
    uint32_t page = page_of(slave);

    return slave->size - start < page ? slave->size : start + page;
}

bool
i2c_slave_write(struct i2c_slave *slave, const struct i2c_store *store, uint8_t address,
                struct bytes data)
{
    struct rd r = rd_of(data);
    uint32_t at, start;

    if (data.len == 0)
        return true;
    at = word_address(slave, address, &r);
    if (r.bad)
        return true;              /* half a word address: nothing happens */
    start = at - at % page_of(slave);
    while (rd_left(&r) > 0) {
        uint32_t room = page_end(slave, start) - at;
        uint32_t len = rd_left(&r) < room ? (uint32_t)rd_left(&r) : room;

        if (!store->write(store->ctx, at, rd_bytes(&r, len)))
            return false;
        at = len == room ? start : at + len;
    }
    slave->pointer = at;
    return true;
}

bool
i2c_slave_read(struct i2c_slave *slave, const struct i2c_store *store, uint8_t *to,
               uint32_t len)
{
    while (len > 0) {
        uint32_t room = slave->size - slave->pointer;
        uint32_t part = len < room ? len : room;

        if (!store->read(store->ctx, slave->pointer, to, part))
            return false;
        slave->pointer = (slave->pointer + part) % slave->size;
        to += part;
        len -= part;
    }
    return true;
}
