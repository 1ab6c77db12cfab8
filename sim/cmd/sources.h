/*
 * sources.h - the text of every file that machines were made from, kept while
 * it is read, and given again instead of the file system.
 *
 * Names are those by which files were opened. Files that were not there are
 * not there again.
 */
#ifndef IPMILAB_CMD_SOURCES_H
#define IPMILAB_CMD_SOURCES_H

#include "capture/run_facts.h"
#include "emu/emu_file.h"

struct sources {
    struct run_text *texts;      /* owned, names and octets too */
    size_t count;
};

/* A reader of the file system that keeps all it reads in s, which begins
 * zeroed and stays where it is. */
struct emu_reader sources_keep(struct sources *s);
void sources_free(struct sources *s);

/* A reader of the texts of a run, and of nothing else. */
struct emu_reader sources_of_run(const struct run_facts *facts);

#endif
