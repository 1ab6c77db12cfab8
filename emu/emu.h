/*
 * emu.h - from files to machines: .emu command files, lan.conf files and SDR
 * source, as ipmi_sim knows them, into descriptions.
 *
 * Files are grouped into machines, in the order given. A .conf file begins a
 * machine, which takes the .emu and SDR source files that follow. An .emu
 * file belongs to the machine before it if that has none yet, else it begins
 * one of its own and takes NAME.conf beside NAME.emu when that is there. SDR
 * source is compiled into the BMC's main repository before the .emu file is
 * read. What kind a file is, its name tells (*.conf, *.emu, *.sdrs, *.sdr),
 * else its first words do.
 *
 * A machine without lan.conf has LAN channel 1 without an address of its own
 * and one user: 2, ADMIN with password ADMIN, an administrator. A machine's
 * name is lan.conf's, else its first file's without folder and ending.
 *
 * Programs of the computer's that files name are kept as words
 * (machine_word) and never run. Manual for users: ipmilab-emu(5).
 */
#ifndef IPMILAB_EMU_EMU_H
#define IPMILAB_EMU_EMU_H

#include "emu/diag.h"
#include "emu/emu_file.h"
#include "sim/lab/description.h"

struct emu_opts {
    struct emu_reader reader;         /* all zero: the file system */
    const char *const *commands;      /* .emu commands after each machine's files */
    size_t command_count;
};

/*
 * Load files; opts may be NULL. All of what is wrong goes to diags, which
 * the caller made with diags_init().
 *
 * ST_OK: *out is a malloc()ed array of *n descriptions, at least one, each a
 * reference of the caller's (description_unref, then free). ST_INVALID: there
 * were errors; *out is NULL. ST_NOMEM likewise.
 */
enum status emu_load(const char *const *files, size_t count, const struct emu_opts *opts,
                     struct diags *diags, struct description ***out, size_t *n);

/* Which language a file is in. */
enum emu_kind { EMU_KIND_UNKNOWN, EMU_KIND_COMMANDS, EMU_KIND_CONF, EMU_KIND_SDRS };

/* By its name, else by its text (NULL: by its name alone). */
enum emu_kind emu_kind_of(const char *path, const char *text, size_t len);

#endif
