#include <string.h>

#include "sim/base/planted.h"
#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"

#define ID_BITS       0x3f
#define CHANNEL_BITS  0x0f
#define LIMIT_BITS    0x0f
#define SESSIONS_BITS 0x0f

#define CHANGE_FLAGS 0x80 /* Set User Access: callback, link, messaging are meant */
#define ACCESS_FLAGS (USER_CALLBACK_ONLY | USER_LINK_AUTH | USER_MESSAGING)
#define STATUS_SHIFT 6

#define PASSWORD_LONG      0x80 /* Set User Password: 20 octets follow */
#define PASSWORD_OPS       0x03
#define CC_TEST_FAILED     CC_CMD_80
#define CC_TEST_WRONG_SIZE CC_CMD_81

enum { OP_DISABLE, OP_ENABLE, OP_SET, OP_TEST };

/* Where a user's rights on a channel stand; -1 when there are no sessions. */
static int
access_index(struct mc *mc, const struct ipmi_req *rq, uint8_t number)
{
    const struct channel *c = mc_channel(mc, rq, number & CHANNEL_BITS);

    return c == NULL ? -1 : users_channel(mc->users, c->number);
}

static bool
limit_valid(uint8_t limit)
{
    return (limit >= PRIV_CALLBACK && limit <= PRIV_OEM) || limit == PRIV_NO_ACCESS;
}

static enum ipmi_cc
set_user_access(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t flags = rd_u8(&rq->data);
    uint8_t id = rd_u8(&rq->data) & ID_BITS;
    uint8_t limit = rd_u8(&rq->data) & LIMIT_BITS;
    int i = access_index(mc, rq, flags);
    struct user_access *a;
    struct user *u;

    (void)rs;
    if (i < 0 || users_get(mc->users, id) == NULL || !limit_valid(limit))
        return CC_INVALID_FIELD;
    u = users_edit(mc->users, id);
    if (u == NULL)
        return CC_NO_SPACE;
    a = &u->access[i];
    if (flags & CHANGE_FLAGS)
        a->flags = flags & ACCESS_FLAGS;
    a->limit = limit;
    if (rd_left(&rq->data))
        a->max_sessions = rd_u8(&rq->data) & SESSIONS_BITS;
    users_unlock(a);
    return CC_OK;
}

static enum ipmi_cc
get_user_access(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    int i = access_index(mc, rq, rd_u8(&rq->data));
    const struct user *u = users_get(mc->users, rd_u8(&rq->data) & ID_BITS);
    unsigned status;

    if (i < 0 || u == NULL)
        return CC_INVALID_FIELD;
    status = users_locked(&u->access[i], mc->world->now) ? USER_DISABLED : u->status;
    wr_u8(rs, users_max(mc->users));
    wr_u8(rs, status << STATUS_SHIFT | users_enabled(mc->users));
    wr_u8(rs, USER_FIXED_NAMES);
    wr_u8(rs, (unsigned)u->access[i].flags | u->access[i].limit);
    return CC_OK;
}

/* Nothing counts behind the first NUL. */
static void
read_name(struct rd *r, uint8_t name[USER_NAME])
{
    uint8_t *nul;

    rd_copy(r, name, USER_NAME);
    nul = memchr(name, 0, USER_NAME);
    if (nul != NULL)
        memset(nul, 0, (size_t)(name + USER_NAME - nul));
}

static enum ipmi_cc
set_user_name(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t id = rd_u8(&rq->data) & ID_BITS;
    const struct user *now = users_get(mc->users, id);
    uint8_t name[USER_NAME];
    struct user *u;

    (void)rs;
    read_name(&rq->data, name);
    if (now == NULL)
        return CC_INVALID_FIELD;
    if (memcmp(now->name, name, USER_NAME) == 0)
        return CC_OK;
    if (id <= USER_FIXED_NAMES || users_name_taken(mc->users, id, name))
        return CC_INVALID_FIELD;
    u = users_edit(mc->users, id);
    if (u == NULL)
        return CC_NO_SPACE;
    memcpy(u->name, name, USER_NAME);
    return CC_OK;
}

static enum ipmi_cc
get_user_name(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct user *u = users_get(mc->users, rd_u8(&rq->data) & ID_BITS);

    if (u == NULL)
        return CC_INVALID_FIELD;
    wr_bytes(rs, u->name, USER_NAME);
    return CC_OK;
}

static enum ipmi_cc
enable_user(struct mc *mc, const struct ipmi_req *rq, uint8_t id, bool enable)
{
    struct user *u = users_edit(mc->users, id);

    if (u == NULL)
        return CC_NO_SPACE;
    u->status = enable ? USER_ENABLED : USER_DISABLED;
    for (size_t i = 0; i < USERS_CHANNELS_MAX; i++)
        users_unlock(&u->access[i]);
    if (!enable)
        users_end_sessions(mc, id, rq->from.session);
    return CC_OK;
}

static enum ipmi_cc
set_password(struct mc *mc, uint8_t id, struct bytes password)
{
    struct user *u = users_edit(mc->users, id);

    if (u == NULL)
        return CC_NO_SPACE;
    if (PLANTED(PASSWORD_LENGTH_LOST))
        password.len = USER_PASSWORD_SHORT;
    memset(u->password, 0, sizeof u->password);
    memcpy(u->password, password.at, password.len);
    u->password_is_20 = password.len == USER_PASSWORD;
    return CC_OK;
}

static enum ipmi_cc
test_password(const struct user *u, struct bytes password)
{
    if (PLANTED(PASSWORD_SIZE_UNCHECKED))
        password.len = USER_PASSWORD_SHORT;
    else if (u->password_is_20 != (password.len == USER_PASSWORD))
        return CC_TEST_WRONG_SIZE;
    return crypto_equal(u->password, password.at, password.len) ? CC_OK : CC_TEST_FAILED;
}

/* Some clients send a password also where none is wanted. */
static enum ipmi_cc
set_user_password(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t id = rd_u8(&rq->data);
    uint8_t op = rd_u8(&rq->data) & PASSWORD_OPS;
    size_t size = id & PASSWORD_LONG ? USER_PASSWORD : USER_PASSWORD_SHORT;
    struct bytes password = rd_rest(&rq->data);
    const struct user *u;

    (void)rs;
    id &= ID_BITS;
    u = users_get(mc->users, id);
    if (u == NULL)
        return CC_INVALID_FIELD;
    if (op == OP_DISABLE || op == OP_ENABLE)
        return enable_user(mc, rq, id, op == OP_ENABLE);
    if (password.len != size)
        return CC_LENGTH;
    return op == OP_SET ? set_password(mc, id, password) : test_password(u, password);
}

static const struct command rows[] = {
    { NETFN_APP, 0x43, "Set User Access", NEEDS_ADMIN, 3, 4, GROUP_BMC, set_user_access,
      "22.26" },
    { NETFN_APP, 0x44, "Get User Access", NEEDS_OPERATOR | READS, 2, 2, GROUP_BMC,
      get_user_access, "22.27" },
    { NETFN_APP, 0x45, "Set User Name", NEEDS_ADMIN, 17, 17, GROUP_BMC, set_user_name,
      "22.28" },
    { NETFN_APP, 0x46, "Get User Name", NEEDS_OPERATOR | READS, 1, 1, GROUP_BMC,
      get_user_name, "22.29" },
    { NETFN_APP, 0x47, "Set User Password", NEEDS_ADMIN, 2, 22, GROUP_BMC,
      set_user_password, "22.30" },
};

const struct command_table users_commands = { "users", rows, sizeof rows / sizeof rows[0],
                                              0 };
