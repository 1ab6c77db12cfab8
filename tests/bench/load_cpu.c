#include <dirent.h>
#include <stdio.h>
#include <time.h>

#include "sim/lan/auth15.h"
#include "sim/lan/protect.h"
#include "tests/bench/load.h"

/* ---- of a process ---- */

static uint64_t
cpu_of_thread(long pid, const char *tid)
{
    char path[128];
    unsigned long long ns = 0;
    FILE *f;

    snprintf(path, sizeof path, "/proc/%ld/task/%.20s/schedstat", pid, tid);
    f = fopen(path, "r");
    if (f == NULL)
        return 0;
    if (fscanf(f, "%llu", &ns) != 1)
        ns = 0;
    fclose(f);
    return ns;
}

uint64_t
cpu_of_process(long pid)
{
    char path[64];
    uint64_t total = 0;
    const struct dirent *entry;
    DIR *dir;

    snprintf(path, sizeof path, "/proc/%ld/task", pid);
    dir = pid > 0 ? opendir(path) : NULL;
    if (dir == NULL)
        return 0;
    while ((entry = readdir(dir)) != NULL)
        if (entry->d_name[0] != '.')
            total += cpu_of_thread(pid, entry->d_name);
    closedir(dir);
    return total;
}

/* ---- of crypto ---- */

#define REQUEST_LEN 7     /* Get Device ID */
#define ANSWER_LEN 23
#define ROUNDS 20000
#define TRIES 5

struct bench {
    const struct load *load;
    struct protect protect;
    struct rng rng;
    uint8_t in[128], out[128], plain[128];
    size_t in_len;
};

/* A packet of the session around len octets; its length. */
static size_t
seal(struct bench *b, uint8_t *to, size_t size, size_t len)
{
    uint8_t cipher[128], code[RMCPP_CODE_MAX];
    struct wr w = wr_of(to, size), c = wr_of(cipher, sizeof cipher);
    struct bytes payload = bytes_of(b->plain, len);
    struct rmcpp m = { .sid = 1, .seq = 1 };

    m.encrypted = b->protect.conf != CONF_NONE;
    m.authenticated = b->protect.integrity != INTEGRITY_NONE;
    if (m.encrypted) {
        protect_encrypt(&b->protect, b->load->work, &b->rng, payload, &c);
        payload = wr_bytes_of(&c);
    }
    rmcpp_build_header(&w, &m, payload.len);
    wr_span(&w, payload);
    if (!m.authenticated)
        return wr_len(&w);
    rmcpp_build_trailer(&w, to);
    protect_sign(&b->protect, b->load->work, wr_bytes_of(&w), code);
    wr_bytes(&w, code, protect_code_len(&b->protect));
    return wr_len(&w);
}

static void
one_rmcpp(struct bench *b)
{
    uint8_t clear[128];
    struct bytes plain;
    struct rmcpp m;

    if (rmcpp_parse(bytes_of(b->in, b->in_len), &m) != RMCPP_OK ||
        (m.authenticated && !protect_verify(&b->protect, b->load->work, &m)) ||
        (m.encrypted &&
         !protect_peek(&b->protect, b->load->work, m.payload, clear, &plain)))
        load_die("our own packet cannot be read");
    (void)seal(b, b->out, sizeof b->out, ANSWER_LEN);
}

static void
one_lan15(struct bench *b)
{
    const struct remote_opts *o = &b->load->opts.remote;
    uint8_t code[AUTH_CODE_LEN];

    if (o->auth_type == AUTH_NONE)
        return;
    auth15_packet(b->load->work, o->auth_type, o->password, 1, 1,
                  bytes_of(b->plain, REQUEST_LEN), code);
    auth15_packet(b->load->work, o->auth_type, o->password, 1, 1,
                  bytes_of(b->plain, ANSWER_LEN), code);
}

static double
thread_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

double
cpu_of_crypto(const struct load *l)
{
    struct bench b = { .load = l, .rng = rng_start(l->opts.remote.key) };
    struct protect_keys keys = {
        .k1 = bytes_of(b.plain, 20), .k2 = b.plain, .password = l->opts.remote.password
    };
    bool rmcpp = l->opts.remote.rmcpp;
    double best = 1e18;

    if (rmcpp && protect_open(&b.protect, l->crypto, suite_by_id(l->opts.remote.suite),
                              &keys) != ST_OK)
        load_die("no such suite");
    b.in_len = rmcpp ? seal(&b, b.in, sizeof b.in, REQUEST_LEN) : 0;
    for (int try = 0; try < TRIES; try++) {
        double before = thread_ns(), spent;

        for (int i = 0; i < ROUNDS; i++)
            rmcpp ? one_rmcpp(&b) : one_lan15(&b);
        spent = (thread_ns() - before) / ROUNDS;
        best = spent < best ? spent : best;
    }
    protect_close(&b.protect);
    return best;
}
