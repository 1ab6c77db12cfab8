#include <stdlib.h>
#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/oem/intel.h"

#define NETFN_CONFIG 0x32
#define CC_UNSUPPORTED CC_CMD_80
#define CC_READ_ONLY CC_CMD_82
#define CC_WRITE_ONLY CC_CMD_83

#define PARAM_ENABLE 0
#define PARAM_SERVER 1
#define PARAM_PASSWORD 3
#define PARAM_DESTINATIONS 4
#define DESTINATIONS 1
#define SETS 1
#define SERVER_LEN sizeof(((struct intel_smtp *)NULL)->server)

/* Parameters that are text: place in intel_smtp.texts, and blocks. Sender and
 * host are read further than they are written. */
static const struct text {
    uint8_t param, at, blocks;
} texts[INTEL_SMTP_TEXTS] = {
    { 2, 0, 1 }, { PARAM_PASSWORD, 1, 2 }, { 5, 2, 2 }, { 6, 3, 2 },
    { 7, 4, 4 }, { 8, 5, 4 },              { 9, 6, 2 },
};

static const struct text *
find_text(uint8_t param)
{
    for (unsigned i = 0; i < INTEL_SMTP_TEXTS; i++)
        if (texts[i].param == param)
            return &texts[i];
    return NULL;
}

/* ---- settings ---- */

void
intel_smtp_clear(struct intel *intel)
{
    for (unsigned i = 0; i < INTEL_LANS; i++) {
        free(intel->smtp[i]);
        intel->smtp[i] = NULL;
    }
}

static const struct intel_smtp *
settings(const struct intel_smtp *set)
{
    static const struct intel_smtp nothing;

    return set != NULL ? set : &nothing;
}

/* The same to be written; NULL: no memory. */
static struct intel_smtp *
own_settings(struct intel_smtp **set)
{
    if (*set == NULL)
        *set = calloc(1, sizeof **set);
    return *set;
}

/* ---- commands ---- */

/* What opens both. */
static enum ipmi_cc
read_place(struct mc *mc, struct ipmi_req *rq, struct intel_smtp ***smtp, uint8_t *param,
           uint8_t *block)
{
    const struct channel *channel = mc_channel(mc, rq, rd_u8(&rq->data));
    int lan = channel != NULL ? mc_lan_index(mc, channel->number) : -1;

    *param = rd_u8(&rq->data);
    if (lan < 0 || rd_u8(&rq->data) > SETS)
        return CC_INVALID_FIELD;
    *block = rd_u8(&rq->data);
    *smtp = &intel_of(mc)->smtp[lan];
    return CC_OK;
}

static enum ipmi_cc
check_text(const struct text *text, uint8_t block, struct bytes data)
{
    if (block >= text->blocks)
        return CC_RANGE;
    return data.len == 0 || data.len > INTEL_SMTP_BLOCK ? CC_LENGTH : CC_OK;
}

static void
put_text(struct intel_smtp *smtp, const struct text *text, uint8_t block, struct bytes data)
{
    char *to = smtp->texts[text->at] + block * INTEL_SMTP_BLOCK;

    memset(to, 0, INTEL_SMTP_BLOCK);
    memcpy(to, data.at, data.len);
}

static enum ipmi_cc
check_value(uint8_t param, struct bytes data)
{
    switch (param) {
    case PARAM_ENABLE:
        if (data.len != 1)
            return CC_LENGTH;
        return data.at[0] > 1 ? CC_INVALID_FIELD : CC_OK;
    case PARAM_SERVER:
        return data.len != SERVER_LEN ? CC_LENGTH : CC_OK;
    case PARAM_DESTINATIONS:
        return CC_READ_ONLY;
    default:
        return CC_UNSUPPORTED;
    }
}

static enum ipmi_cc
set_smtp(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct intel_smtp **place, *smtp;
    uint8_t param, block;
    enum ipmi_cc cc = read_place(mc, rq, &place, &param, &block);
    struct bytes data = rd_rest(&rq->data);
    const struct text *text = find_text(param);

    (void)rs;
    if (cc == CC_OK)
        cc = text != NULL ? check_text(text, block, data) : check_value(param, data);
    if (cc != CC_OK)
        return cc;
    smtp = own_settings(place);
    if (smtp == NULL)
        return CC_NO_SPACE;
    if (text != NULL)
        put_text(smtp, text, block, data);
    else if (param == PARAM_ENABLE)
        smtp->enabled = data.at[0];
    else
        memcpy(smtp->server, data.at, SERVER_LEN);
    return CC_OK;
}

static enum ipmi_cc
get_text(const struct intel_smtp *smtp, const struct text *text, uint8_t block, struct wr *rs)
{
    if (text->param == PARAM_PASSWORD)
        return CC_WRITE_ONLY;
    if (block >= text->blocks)
        return CC_RANGE;
    wr_bytes(rs, smtp->texts[text->at] + block * INTEL_SMTP_BLOCK, INTEL_SMTP_BLOCK);
    return CC_OK;
}

static enum ipmi_cc
get_smtp(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct intel_smtp **place;
    const struct intel_smtp *smtp;
    uint8_t param, block;
    enum ipmi_cc cc = read_place(mc, rq, &place, &param, &block);
    const struct text *text = find_text(param);

    if (cc != CC_OK)
        return cc;
    smtp = settings(*place);
    if (text != NULL)
        return get_text(smtp, text, block, rs);
    switch (param) {
    case PARAM_ENABLE:
        wr_u8(rs, smtp->enabled);
        return CC_OK;
    case PARAM_SERVER:
        wr_bytes(rs, smtp->server, sizeof smtp->server);
        return CC_OK;
    case PARAM_DESTINATIONS:
        wr_u8(rs, DESTINATIONS);
        return CC_OK;
    default:
        return CC_UNSUPPORTED;
    }
}

#define SMTP (GROUP_BMC | GROUP_LAN)

static const struct command rows[] = {
    { NETFN_CONFIG, 0x37, "Intel Set SMTP Configuration", NEEDS_ADMIN, 5, 20, SMTP, set_smtp, "" },
    { NETFN_CONFIG, 0x38, "Intel Get SMTP Configuration", NEEDS_OPERATOR | READS, 4, 4,
      SMTP, get_smtp, "" },
};

const struct command_table oem_intel_smtp_commands = {
    .subject = "intel-smtp", .rows = rows, .count = sizeof rows / sizeof rows[0],
};
