/*
 * i2c_node.h - an I2C device (i2c_slave.h) on a bus that controllers share.
 *
 * It stands at each of its addresses, takes what is written there and can be
 * read; see sim/bus/medium.h for how a read goes. It never sends, ignores
 * general calls, and knows nothing of the resets of controllers.
 */
#ifndef IPMILAB_BUS_I2C_NODE_H
#define IPMILAB_BUS_I2C_NODE_H

#include "sim/bus/i2c_slave.h"
#include "sim/bus/medium.h"

struct i2c_node;

/* Put a device on the bus. medium and slave are borrowed for its life, store
 * is copied. ST_EXISTS: one of its addresses is taken; ST_INVALID, ST_FULL as
 * of medium_attach(); ST_NOMEM. */
enum status i2c_node_new(struct medium *m, struct i2c_slave *slave,
                         const struct i2c_store *store, struct i2c_node **out);

/* Take it off. */
void i2c_node_free(struct i2c_node *node);

#endif
