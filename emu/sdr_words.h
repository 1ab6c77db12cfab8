/*
 * sdr_words.h - the words that stand for numbers in SDR source; each list
 * ends with a NULL name. Spec: IPMI v2.0 tables 42-3, 43-13, 43-15.
 */
#ifndef IPMILAB_EMU_SDR_WORDS_H
#define IPMILAB_EMU_SDR_WORDS_H

#include "emu/args.h"

extern const struct keyword sdr_entity_words[];
extern const struct keyword sdr_sensor_type_words[];
extern const struct keyword sdr_access_words[];
extern const struct keyword sdr_event_control_words[];
extern const struct keyword sdr_format_words[];
extern const struct keyword sdr_rate_words[];
extern const struct keyword sdr_modifier_words[];
extern const struct keyword sdr_unit_words[];
extern const struct keyword sdr_linearization_words[];
extern const struct keyword sdr_direction_words[];
extern const struct keyword sdr_sharing_words[];
extern const struct keyword sdr_gen_events_words[];

#endif
