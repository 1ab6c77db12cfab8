/*
 * oem_params.h - manufacturers' own parameters, C0h to FFh, of System Info
 * and of the LAN configuration.
 *
 * Asked when System Info has none of a number, and before the LAN's own (HPM.2
 * has one among them); the first profile that knows it answers. Requests and answers have the form of the standard
 * ones; a parameter that no profile knows is 80h, one below C0h always.
 */
#ifndef IPMILAB_MC_OEM_PARAMS_H
#define IPMILAB_MC_OEM_PARAMS_H

#include "sim/ipmi/param.h"

#define OEM_PARAM_FIRST 0xc0

struct mc;

/* As param_get() and param_set(). */
enum ipmi_cc oem_sysinfo_get(struct mc *mc, const struct param_ask *ask, bool revision_only,
                             struct wr *rs);
enum ipmi_cc oem_sysinfo_set(struct mc *mc, const struct param_ask *ask, struct rd *data);
enum ipmi_cc oem_lan_get(struct mc *mc, uint8_t channel, const struct param_ask *ask,
                         bool revision_only, struct wr *rs);
enum ipmi_cc oem_lan_set(struct mc *mc, uint8_t channel, const struct param_ask *ask,
                         struct rd *data);

#endif
