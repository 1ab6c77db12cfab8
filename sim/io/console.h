/*
 * console.h - lines from standard input, for who types commands to a lab.
 *
 * Works on a terminal, a pipe or a file. Each line is given to a function;
 * the end of the input is told once.
 */
#ifndef IPMILAB_IO_CONSOLE_H
#define IPMILAB_IO_CONSOLE_H

#include "sim/io/loop.h"

#define CONSOLE_LINE_MAX 1024

struct console;

struct console_sink {
    void *ctx;
    void (*line)(void *ctx, const char *line);   /* without its end */
    void (*ended)(void *ctx);
};

/* Begin to read standard input. */
enum status console_new(struct loop *loop, const struct console_sink *sink,
                        struct console **out);

/* Take no line for so long; those that arrive wait. */
void console_pause(struct console *c, instant span);

/* Stop. Before loop_free(). */
void console_free(struct console *c);

#endif
