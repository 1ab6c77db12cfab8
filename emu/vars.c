#include "emu/vars.h"

#include <string.h>

struct var {
    struct var *next;
    const char *name, *value;
    size_t name_len;
};

void
vars_init(struct vars *vars, struct pool *pool)
{
    memset(vars, 0, sizeof *vars);
    vars->pool = pool;
}

static unsigned
bucket_of(const char *name, size_t len)
{
    unsigned h = 5381;

    for (size_t i = 0; i < len; i++)
        h = h * 33u + (unsigned char)name[i];
    return h % VARS_BUCKETS;
}

static struct var *
find(const struct vars *vars, const char *name, size_t len)
{
    struct var *v = vars->bucket[bucket_of(name, len)];

    while (v != NULL && (v->name_len != len || memcmp(v->name, name, len) != 0))
        v = v->next;
    return v;
}

bool
vars_set(struct vars *vars, const char *name, size_t name_len, const char *value)
{
    struct var *v = find(vars, name, name_len);
    const char *copy = pool_text(vars->pool, value, strlen(value));

    if (v == NULL && copy != NULL) {
        struct var **bucket = &vars->bucket[bucket_of(name, name_len)];

        v = pool_alloc(vars->pool, sizeof *v);
        if (v == NULL)
            return false;
        v->name = pool_text(vars->pool, name, name_len);
        v->name_len = name_len;
        if (v->name == NULL)
            return false;
        v->next = *bucket;
        *bucket = v;
    }
    if (copy == NULL)
        return false;
    v->value = copy;
    return true;
}

const char *
vars_get(const struct vars *vars, const char *name, size_t name_len)
{
    const struct var *v = find(vars, name, name_len);

    return v ? v->value : NULL;
}
