#include <stdio.h>
#include <string.h>

#include "emu/emu_handlers.h"
#include "sim/bus/i2c_slave.h"

static struct diags *
diags_of(struct emu_call *call)
{
    return call->run->script->diags;
}

/* Said before; false after a diagnostic. */
static bool
check_new(struct emu_call *call)
{
    const struct value *bus = &call->v[1], *address = &call->v[2];
    const struct machine_mc *mc = call->mc;
    char where[16] = "the IPMB";

    if (bus->n != MACHINE_I2C_IPMB)
        snprintf(where, sizeof where, "bus %u", (unsigned)bus->n);
    for (uint32_t i = 0; i < mc->i2c_count; i++)
        if (mc->i2c[i].bus == bus->n && mc->i2c[i].address == address->n) {
            diag_error(diags_of(call), address->at,
                       "found device 0x%02x of %s a second time; expected it once",
                       (unsigned)address->n, where);
            return false;
        }
    if (bus->n != MACHINE_I2C_IPMB || address->n != mc->address)
        return true;
    diag_error(diags_of(call), address->at,
               "found 0x%02x, the controller's own; expected an address that is free",
               (unsigned)address->n);
    return false;
}

/* The device that is described; false after a diagnostic. */
static bool
check_device(struct emu_call *call, uint32_t size_max)
{
    const struct value *v = call->v;

    if (v[2].n & 1 || v[2].n == 0)
        diag_error(diags_of(call), v[2].at, "found 0x%02x; expected the device's address, even "
                   "and above 0", (unsigned)v[2].n);
    else if (v[3].n == 0 || v[3].n > size_max)
        diag_error(diags_of(call), v[3].at, "found size %u; expected 1 to %u",
                   (unsigned)v[3].n, (unsigned)size_max);
    else
        return check_new(call);
    return false;
}

static void
add_device(struct emu_call *call, const struct machine_i2c *device)
{
    struct build *b = call->run->build;
    struct machine_i2c *d = DESCRIPTION_ADD(b->d, call->mc->i2c, call->mc->i2c_count);

    if (d == NULL)
        b->nomem = true;
    else
        *d = *device;
}

static bool
read_data(struct emu_call *call, struct machine_i2c *device)
{
    struct build *b = call->run->build;
    uint8_t *data = pool_alloc(call->run->words, device->size + 1u);
    size_t count;

    if (data == NULL || !args_octets(call->lx, "data octet", data, device->size, &count))
        return false;
    device->data = description_bytes(b->d, data, count);
    b->nomem = b->nomem || (count > 0 && device->data.at == NULL);
    return true;
}

static bool
read_file(struct emu_call *call, struct machine_i2c *device)
{
    static const struct arg args[ARGS_MAX] = {
        { ARG_UINT, "offset in the file", 0, NULL, false },
        { ARG_STRING, "file's name", 0, NULL, false },
    };
    struct value v[ARGS_MAX];

    if (!args_parse(call->lx, args, v))
        return false;
    device->offset = v[0].n;
    device->path = build_text(call->run->build, v[1].text, v[1].len);
    return true;
}

static bool
read_fru(struct emu_call *call, struct machine_i2c *device)
{
    static const struct arg id = { ARG_U8, "FRU id", 0, NULL, false };
    struct value v;

    if (!arg_parse(call->lx, &id, &v))
        return false;
    device->of_fru = true;
    device->fru = (uint8_t)v.n;
    for (uint32_t i = 0; i < call->mc->fru_count; i++)
        if (call->mc->frus[i].id == v.n)
            return true;
    diag_error(diags_of(call), v.at,
               "found FRU %u, which is not there; expected mc_add_fru_data before it",
               (unsigned)v.n);
    return false;
}

/* What the device holds. Nothing said: it is blank. */
static bool
read_content(struct emu_call *call, struct machine_i2c *device)
{
    struct token t;

    if (!lex_peek(call->lx, &t) || t.text[0] == '#')
        return true;
    (void)lex_word(call->lx, &t);
    if (token_is(&t, "data"))
        return read_data(call, device);
    if (token_is(&t, "file"))
        return read_file(call, device);
    if (token_is(&t, "fru"))
        return read_fru(call, device);
    lex_wrong(call->lx, &t, "data, file or fru");
    return false;
}

static void
describe(struct emu_call *call, enum i2c_kind kind, uint32_t size_max)
{
    struct machine_i2c device = {
        .bus = (uint8_t)call->v[1].n, .address = (uint8_t)call->v[2].n, .kind = (uint8_t)kind,
        .size = call->v[3].n,
    };

    if (check_device(call, size_max) && read_content(call, &device))
        add_device(call, &device);
}

void
do_i2c_eeprom(struct emu_call *call)
{
    describe(call, I2C_EEPROM, I2C_SLAVE_SIZE_MAX);
}

void
do_i2c_registers(struct emu_call *call)
{
    describe(call, I2C_REGISTERS, I2C_REGISTERS_MAX);
}

/* Watts go up from one to the next, or the model makes no sense. */
void
do_host_watts(struct emu_call *call)
{
    const struct value *v = call->v;
    struct machine_watts watts = {
        .standby = (uint16_t)v[1].n, .idle = (uint16_t)v[2].n, .full = (uint16_t)v[3].n,
        .floor = (uint16_t)(v[4].given ? v[4].n : v[2].n),
    };

    for (unsigned i = 2; i <= 3; i++)
        if (v[i].n < v[i - 1].n || v[i].n == 0 || v[i].n > INT16_MAX) {
            diag_error(diags_of(call), v[i].at, "found %u W; expected %u to %u",
                       (unsigned)v[i].n, (unsigned)(v[i - 1].n ? v[i - 1].n : 1u), INT16_MAX);
            return;
        }
    if (v[4].given && (v[4].n < v[1].n || v[4].n > v[3].n)) {
        diag_error(diags_of(call), v[4].at, "found %u W; expected %u to %u", (unsigned)v[4].n,
                   (unsigned)v[1].n, (unsigned)v[3].n);
        return;
    }
    call->mc->watts = watts;
}
