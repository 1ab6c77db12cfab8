/*
 * fault_words.h - a fault in words, as files, the console and the command
 * line arm it:
 *
 *     WHERE EFFECT [KEY=VALUE | CHANCE%]...
 *
 *     ipmb lose 5%
 *     ipmb nak to=0x82 after=10s until=20s
 *     lan corrupt dir=out netfn=0x07 cmd=0x01 octet=20 mask=0xff times=1
 *     ipmb cut segment=0x82,0x84
 *
 * WHERE is lan, ipmb, icmb or any, with the number of a channel or bus behind
 * it for that one alone (lan1), or the name of a bus (sim/bus/bus_name.h:
 * ipmb0-a, ipmb-l1). EFFECT is one of fault_effect_text(). The keys
 * stand in one table (fault_words.c), and so does which effect takes which of
 * those that say how; ipmilab-emu(5) explains them. A span has a unit: ns us
 * ms s min h. Times of a window (after, until) count from when the rule is
 * armed. A comment (#) ends the words.
 */
#ifndef IPMILAB_EMU_FAULT_WORDS_H
#define IPMILAB_EMU_FAULT_WORDS_H

#include "emu/lexer.h"
#include "sim/engine/fault.h"

struct fault_words {
    struct fault_rule rule;         /* its name points into name */
    char name[FAULT_NAME_MAX + 1];  /* as given, else the words themselves */
};

/*
 * Read the rest of a line. False after a diagnostic for each word that is
 * wrong: its column, what was found, what was expected; *out is then of no
 * use. A rule that is given back can be armed (fault_arm), if there is room.
 */
bool fault_words_parse(struct lexer *lx, struct fault_words *out);

#endif
