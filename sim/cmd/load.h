/*
 * load.h - files given on the command line become machines; what is wrong
 * with them goes to stderr, all of it.
 */
#ifndef IPMILAB_CMD_LOAD_H
#define IPMILAB_CMD_LOAD_H

#include <stdio.h>

#include "emu/diag.h"
#include "emu/emu_file.h"
#include "sim/lab/description.h"

struct machines {
    struct description **at;
    size_t count;
};

struct load_opts {
    const char *const *files;
    size_t file_count;
    const char *const *commands;   /* .emu commands after the files */
    size_t command_count;
    struct emu_reader reader;      /* all zero: the file system */
    bool quiet;                    /* errors alone */
};

/* Load; prints errors and warnings. Returns -1, or an exit code when there
 * is an error. */
int machines_load(const struct load_opts *opts, struct machines *out);

void machines_free(struct machines *m);

/* Print what was found wrong (errors alone when quiet); returns the errors. */
size_t diags_show(const struct diags *diags, bool quiet, FILE *to);

/*
 * Give every BMC of m a user of that name with administrator rights:
 * "NAME:PASSWORD", a password of up to 20 octets. The user of that name is
 * changed, or the first free id from 2 on is taken. Returns -1 or an exit
 * code after a complaint.
 */
int machines_add_user(struct machines *m, const char *name_password);

/* Arm a fault (emu/fault_words.h) in every machine of m, at its start. Returns
 * -1 or an exit code after complaints. */
int machines_add_fault(struct machines *m, const char *words);

/* The first enabled user of a controller that has a name; "" when none has. */
const char *machine_first_user(const struct description *d, uint8_t mc, char to[17]);

#endif
