/* ipmilab_commands.c - the part of the public interface that is about
 * commands of the user's own. */
#include <stdlib.h>
#include <string.h>

#include "sim/lab/ipmilab_impl.h"
#include "sim/lab/machines.h"
#include "sim/mc/oem_library.h"
#include "sim/mc/oem_part.h"

_Static_assert((int)IPMILAB_SYSTEM == (int)NEEDS_SYSTEM, "the same privileges inside and out");
_Static_assert((int)IPMILAB_SILENT == (int)CC_SILENT, "the same non-answer inside and out");
_Static_assert((int)IPMILAB_ANSWER_MAX <= (int)IPMI_DATA_MAX, "an answer fits");

struct hook {
    struct oem_row *row;
    ipmilab_command_fn *fn;
    void *ctx;
};

/* What a request's handle leads back to. */
struct asked {
    struct mc *mc;
    const struct ipmi_req *rq;
};

/* ---- answering ---- */

static int
bmc_of(const struct mc *mc)
{
    return (int)mc_world(mc)->chassis;
}

static enum ipmi_cc
call_hook(void *ctx, struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct hook *hook = ctx;
    struct bytes data = rd_rest(&rq->data);
    struct asked asked = { mc, rq };
    struct ipmilab_request request = {
        .bmc = bmc_of(mc), .address = mc_address(mc), .netfn = rq->netfn, .cmd = rq->cmd,
        .id = rq->id == COMMAND_NO_IANA ? 0 : rq->id, .channel = rq->from.channel,
        .privilege = rq->privilege, .user = rq->from.user, .data = data.at, .len = data.len,
        .of = &asked,
    };
    struct ipmilab_answer answer = { .len = 0 };
    int cc = hook->fn(hook->ctx, &request, &answer);

    if (cc < 0 || cc > IPMILAB_SILENT || answer.len > sizeof answer.data)
        return CC_UNSPECIFIED;
    wr_bytes(rs, answer.data, answer.len);
    return (enum ipmi_cc)cc;
}

int
ipmilab_pass(const struct ipmilab_request *request, const void *data, size_t len,
             struct ipmilab_answer *answer)
{
    const struct asked *asked = request->of;
    struct ipmi_req rq = *asked->rq;
    struct wr rs = wr_of(answer->data, sizeof answer->data);
    enum ipmi_cc cc;

    if (data != NULL)
        rq.data = rd_of(bytes_of(data, len));
    cc = mc_pass(asked->mc, &rq, &rs);
    answer->len = wr_len(&rs);
    return (int)cc;
}

/* ---- adding and removing ---- */

/* The rows of a BMC, or those of all; NULL: no memory. */
static struct oem_rows *
rows_of(struct ipmilab *lab, int bmc)
{
    if (bmc == IPMILAB_ALL)
        return oem_library_rows(lab_oem(lab->lab));
    return oem_rows_of(chassis_unit_bmc(lab->endpoints[bmc]->unit));
}

/* Rows know a manufacturer's command that has no number by a name of its own. */
static uint32_t
row_id(const struct ipmilab_command *c)
{
    return c->netfn == NETFN_OEM && c->id == 0 ? COMMAND_NO_IANA : c->id;
}

static unsigned
id_octets(const struct ipmilab_command *c)
{
    if (c->netfn == NETFN_GROUP)
        return 1;
    return c->netfn == NETFN_OEM && c->id != 0 ? 3 : 0;
}

/* A length of data, as rows count it: with the id before it. */
static uint16_t
row_length(uint16_t len, const struct ipmilab_command *c)
{
    unsigned more = len + id_octets(c);

    return (uint16_t)(more < LEN_ANY ? more : LEN_ANY);
}

static bool
is_sound(const struct ipmilab *lab, int bmc, const struct ipmilab_command *c)
{
    if (bmc != IPMILAB_ALL && (bmc < 0 || bmc >= lab->count))
        return false;
    if (bmc != IPMILAB_ALL && chassis_unit_bmc(lab->endpoints[bmc]->unit) == NULL)
        return false;
    return c->fn != NULL && c->netfn % 2 == 0 &&
           (c->privilege <= IPMILAB_ADMIN || c->privilege == IPMILAB_SYSTEM);
}

/* A number that is free, with memory behind it; or an error. */
static int
free_number(struct ipmilab *lab)
{
    struct hook **more;

    for (int n = 0; n < lab->hook_count; n++)
        if (lab->hooks[n] == NULL)
            return n;
    more = realloc(lab->hooks, ((size_t)lab->hook_count + 1) * sizeof(struct hook *));
    if (more == NULL)
        return IPMILAB_ENOMEM;
    lab->hooks = more;
    more[lab->hook_count] = NULL;
    return lab->hook_count++;
}

static enum status
add_row(struct ipmilab *lab, int bmc, const struct ipmilab_command *c, struct hook *hook)
{
    struct oem_row_facts facts = {
        .netfn = c->netfn, .cmd = c->cmd, .id = row_id(c), .needs = c->privilege,
        .len_min = row_length(c->len_min, c), .len_max = row_length(c->len_max, c),
        .fn = call_hook, .ctx = hook,
    };
    struct oem_rows *rows = rows_of(lab, bmc);

    hook->fn = c->fn;
    hook->ctx = c->ctx;
    return rows != NULL ? oem_rows_add(rows, &facts, &hook->row) : ST_NOMEM;
}

int
ipmilab_on_command(struct ipmilab *lab, int bmc, const struct ipmilab_command *command)
{
    struct hook *hook;
    enum status st;
    int number;

    if (!is_sound(lab, bmc, command))
        return IPMILAB_EINVAL;
    number = free_number(lab);
    if (number < 0)
        return number;
    hook = calloc(1, sizeof *hook);
    if (hook == NULL)
        return IPMILAB_ENOMEM;
    st = add_row(lab, bmc, command, hook);
    if (st != ST_OK) {
        free(hook);
        return ipmilab_error((int)st);
    }
    lab->hooks[number] = hook;
    return number;
}

int
ipmilab_off_command(struct ipmilab *lab, int number)
{
    if (number < 0 || number >= lab->hook_count || lab->hooks[number] == NULL)
        return IPMILAB_EINVAL;
    oem_row_remove(lab->hooks[number]->row);
    free(lab->hooks[number]);
    lab->hooks[number] = NULL;
    return 0;
}

void
hooks_free(struct ipmilab *lab)
{
    for (int n = 0; n < lab->hook_count; n++)
        free(lab->hooks[n]);
    free(lab->hooks);
}

/* ---- PEF ---- */

static void
tell_pef(void *ctx, struct mc *mc, const uint8_t *record)
{
    const struct ipmilab *lab = ctx;

    lab->pef(lab->pef_ctx, bmc_of(mc), record);
}

void
ipmilab_on_pef(struct ipmilab *lab, ipmilab_pef_fn *fn, void *ctx)
{
    lab->pef = fn;
    lab->pef_ctx = ctx;
    oem_library_on_pef(lab_oem(lab->lab), fn != NULL ? tell_pef : NULL, lab);
}
