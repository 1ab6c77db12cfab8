/*
 * outfile.h - files that commands write where -o says.
 */
#ifndef IPMILAB_CMD_OUTFILE_H
#define IPMILAB_CMD_OUTFILE_H

/* Remove a file that was not completed. What is no regular file, such as
 * /dev/null, stays: root could remove it, too. */
void outfile_discard(const char *path);

#endif
