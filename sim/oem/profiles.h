/*
 * profiles.h - the profiles there are, each in a file of its own.
 *
 * To add one: declare it here, name it in the table of sim/oem/profiles.c, and
 * its files in local.mk.
 */
#ifndef IPMILAB_OEM_PROFILES_H
#define IPMILAB_OEM_PROFILES_H

#include "sim/mc/oem.h"
#include "sim/oem/dell.h"
#include "sim/oem/fujitsu.h"
#include "sim/oem/gigabyte.h"
#include "sim/oem/ibm.h"
#include "sim/oem/intel.h"
#include "sim/oem/intel_nm.h"
#include "sim/oem/inventec.h"
#include "sim/oem/kontron.h"
#include "sim/oem/quanta.h"
#include "sim/oem/sun.h"
#include "sim/oem/supermicro.h"
#include "sim/oem/tyan.h"
#include "sim/oem/wistron.h"

/* All of them, NULL past the last; and the one of a name, or NULL. */
const struct oem_profile *oem_profile_nth(size_t n);
const struct oem_profile *oem_profile_find(const char *name);

#endif
