#include "emu/emu_handlers.h"

/* In a file, and with no sleep before it, this is how the host is found. */
void
do_host_power(struct emu_call *call)
{
    struct build *b = call->run->build;
    struct lab_action a = { .what = ACT_POWER, .on = call->v[0].n != 0 };

    if (b == NULL || b->at > 0) {
        a.mc = b ? b->d->bmc_address : call->run->live->bmc_address;
        emu_do(call, &a);
        return;
    }
    b->power_given = true;
    b->power_on = a.on;
}

void
do_mains(struct emu_call *call)
{
    emu_do(call, &(struct lab_action){ .what = ACT_MAINS, .on = call->v[0].n != 0 });
}

void
do_host_delay(struct emu_call *call)
{
    struct machine_host *host = &call->run->build->host;
    unsigned span = call->v[0].n;

    host->given |= (uint8_t)(1u << span);
    host->ms[span] = call->v[1].n;
}

void
do_host_log(struct emu_call *call)
{
    call->run->build->host.log = (uint8_t)call->v[0].n;
}

void
do_power_policy(struct emu_call *call)
{
    call->run->build->policy = (uint8_t)call->v[0].n;
    call->run->build->policy_given = true;
}
