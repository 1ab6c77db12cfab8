/*
 * folder.h - folders that exist for a while.
 */
#ifndef IPMILAB_IO_FOLDER_H
#define IPMILAB_IO_FOLDER_H

/* A path in $TMPDIR, or /tmp, that nobody has and nobody guesses; nothing is
 * made. free() it; NULL: no memory. */
char *folder_name(void);

/* Make a folder of a new name within another, which is made if it is not
 * there. Returns its path (free() it), or NULL with errno. */
char *folder_make(const char *within);

/* Remove it with all that is in it; NULL is fine. Links are not followed. */
void folder_remove(const char *path);

/* The same with one that folder_make() made, and the outer one if it is empty. */
void folder_remove_within(const char *path, const char *within);

#endif
