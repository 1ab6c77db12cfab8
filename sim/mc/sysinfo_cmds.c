#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"
#include "sim/mc/oem_params.h"

#define REVISION_ONLY 0x80

static enum ipmi_cc
set_system_info_parameters(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct param_ask ask = { .selector = rd_u8(&rq->data), .privilege = rq->privilege };

    enum ipmi_cc cc = param_set(&sysinfo_family, mc, &ask, &rq->data);

    (void)rs;
    return cc == CC_PARAM_UNSUPPORTED ? oem_sysinfo_set(mc, &ask, &rq->data) : cc;
}

static enum ipmi_cc
get_system_info_parameters(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    bool revision_only = rd_u8(&rq->data) & REVISION_ONLY;
    struct param_ask ask = { .selector = rd_u8(&rq->data), .privilege = rq->privilege };
    enum ipmi_cc cc;

    ask.set = rd_u8(&rq->data);
    ask.block = rd_u8(&rq->data);
    cc = param_get(&sysinfo_family, mc, &ask, revision_only, rs);
    return cc == CC_PARAM_UNSUPPORTED ? oem_sysinfo_get(mc, &ask, revision_only, rs) : cc;
}

static const struct command rows[] = {
    { NETFN_APP, 0x58, "Set System Info Parameters", NEEDS_ADMIN, 1, LEN_ANY, GROUP_BMC,
      set_system_info_parameters, "22.14a" },
    { NETFN_APP, 0x59, "Get System Info Parameters", NEEDS_USER | READS, 4, 4, GROUP_BMC,
      get_system_info_parameters, "22.14b" },
};

const struct command_table sysinfo_commands = {
    .subject = "sysinfo",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
};
