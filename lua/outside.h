/*
 * outside.h - what a play needs of the world outside: programs that it runs,
 * UDP ports for the lab's BMCs, BMCs elsewhere, and real time for all that.
 *
 * The shell around the core provides it (sim/io/stage_loop.h); a play that has
 * none says so when it is asked for one. It belongs to one play, is opened
 * when that first needs it, and nothing of it is left when it is closed: no
 * program, no socket, no file.
 */
#ifndef IPMILAB_LUA_OUTSIDE_H
#define IPMILAB_LUA_OUTSIDE_H

#include "lua/stage.h"

#define OUTSIDE_PATH_MAX 4096
#define OUTSIDE_HOST_MAX 64

struct outside_world;
struct outside_setup;

struct outside_program {
    const char *const *argv;       /* NULL at the end; argv[0] as outside find() gives it */
    const char *const *env;        /* "NAME=value", NULL at the end: all of it */
    const char *dir;               /* where it works */
    bool pty;                      /* it sees a terminal */
};

struct outside_state {
    bool ended;                    /* and all that it said is there */
    int status;                    /* its exit status, when signal is 0 */
    int signal;                    /* that ended it */
    bool late;                     /* the time of limit() is over */
    uint64_t ns;                   /* how long it ran, or has run: by the clock */
    uint64_t lost[2];              /* octets that found no room: output, errors */
};

/* How time goes while the outside takes part. */
enum outside_pace {
    OUTSIDE_REAL,                  /* as the clock says */
    OUTSIDE_HURRIED,               /* what is due comes at once, what arrives does so at
                                    * the stage's instant; waiting for nothing waits */
};

struct outside_ops {
    /* Folders are made within setup->folder. close() also ends what programs left. */
    enum status (*open)(const struct outside_setup *setup, struct stage *stage,
                        struct outside_world **out);
    void (*close)(struct outside_world *w);

    /* The driver, with the stage's present instant as now. */
    const struct stage_driver *(*drive)(struct outside_world *w, enum outside_pace pace);

    /* True while a program runs. */
    bool (*busy)(const struct outside_world *w);

    /* The test's own folder, made now if it is not there; NULL, errno. */
    const char *(*folder)(struct outside_world *w);

    /* ---- programs, by number from 1 ---- */

    /* The path of a program by name or path, and the folders that are searched. */
    bool (*find)(const struct outside_setup *setup, const char *name, char *to, size_t size);
    void (*path)(const struct outside_setup *setup, char *to, size_t size);

    enum status (*start)(struct outside_world *w, const struct outside_program *p,
                         uint32_t *id);                          /* ST_FULL; ST_IO, errno */
    bool (*state)(const struct outside_world *w, uint32_t id, struct outside_state *out);
    bool (*take)(struct outside_world *w, uint32_t id, bool *errors, struct bytes *octets);
    enum status (*write)(struct outside_world *w, uint32_t id, struct bytes octets);
    void (*close_input)(struct outside_world *w, uint32_t id);
    bool (*signal)(struct outside_world *w, uint32_t id, int signal);
    void (*limit)(struct outside_world *w, uint32_t id, instant span);   /* by the clock */
    void (*drop)(struct outside_world *w, uint32_t id);          /* end and forget it */

    /* ---- addresses ---- */

    /* Open a port for a BMC of the lab: port 0 takes a free one. bound is
     * where it can be reached. One that was open for it is closed. */
    enum status (*listen)(struct outside_world *w, struct chassis_unit *unit, struct lan *lan,
                          const char *host, uint16_t port, struct peer *bound);
    void (*unlisten)(struct outside_world *w, struct lan *lan);

    /* A BMC elsewhere; ST_MISSING: there is no such host. */
    enum status (*resolve)(const struct outside_setup *setup, const char *host, uint16_t port,
                           struct peer *out);

    /* An endpoint for stage_console_call(), and its end. */
    enum status (*call)(struct outside_world *w, const struct peer *to, void **endpoint);
    void (*hang_up)(struct outside_world *w, void *endpoint);

    /* An address in words, without its port. */
    void (*host_text)(const struct outside_setup *setup, const struct peer *at, char *to,
                      size_t size);
};

/* A BMC outside that is to be tested: ipmilab test --target. */
struct outside_target {
    const char *host;
    uint16_t port;
    const char *user, *password;
    unsigned suite;                /* of RMCP+ */
    const char *lan15;             /* NULL, or the authentication type of IPMI 1.5: "md5" */
    bool writes;                   /* tests may change it */
    const char *start;             /* NULL, or the shell's command that runs it: for each test anew */
};

/* What a player of scenarios gives to plays. All is borrowed. ops may stand in
 * for others, and be given more with it: outside_record.h, outside_replay.h. */
struct outside_setup {
    const struct outside_ops *ops;
    const char *folder;                     /* made by who needs it, within it */
    const struct outside_target *target;    /* or NULL */
};

#endif
