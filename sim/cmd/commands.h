/*
 * commands.h - the subcommands of the program. Each takes its own argv
 * (argv[0] is its name) and returns the exit code.
 */
#ifndef IPMILAB_CMD_COMMANDS_H
#define IPMILAB_CMD_COMMANDS_H

typedef int subcommand_fn(int argc, char **argv);

int cmd_serve(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_commands(int argc, char **argv);
int cmd_fru(int argc, char **argv);
int cmd_run(int argc, char **argv);
int cmd_sdr(int argc, char **argv);
int cmd_trace(int argc, char **argv);
int cmd_test(int argc, char **argv);

/* Started under the name ipmi_sim: that program's options. */
int cmd_ipmi_sim(int argc, char **argv);

#endif
