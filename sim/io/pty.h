/*
 * pty.h - pseudo-terminals, for programs that want to be typed at.
 */
#ifndef IPMILAB_IO_PTY_H
#define IPMILAB_IO_PTY_H

#include "sim/base/status.h"

/* Wide enough that hardly any program breaks its lines. */
#define PTY_COLUMNS 200
#define PTY_ROWS    50

/* What the end of the input is at a terminal: control-D. */
#define PTY_END_OF_INPUT "\004"

/* Open one: our side, and the side of the program, both closed on exec.
 * ST_IO with errno. */
enum status pty_open(int *ours, int *theirs);

/* In a child that leads a session: make a terminal the session's. */
void pty_take(int theirs);

#endif
