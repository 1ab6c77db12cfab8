/*
 * oem_profiles.h - the profiles there are, each in a file of its own.
 *
 * To add one: declare it here, name it in the table of oem_profiles.c, and
 * its files in local.mk.
 */
#ifndef IPMILAB_MC_OEM_PROFILES_H
#define IPMILAB_MC_OEM_PROFILES_H

#include "sim/mc/oem.h"
#include "sim/mc/oem_dell.h"
#include "sim/mc/oem_fujitsu.h"
#include "sim/mc/oem_gigabyte.h"
#include "sim/mc/oem_ibm.h"
#include "sim/mc/oem_intel.h"
#include "sim/mc/oem_intel_nm.h"
#include "sim/mc/oem_inventec.h"
#include "sim/mc/oem_kontron.h"
#include "sim/mc/oem_quanta.h"
#include "sim/mc/oem_sun.h"
#include "sim/mc/oem_supermicro.h"
#include "sim/mc/oem_tyan.h"
#include "sim/mc/oem_wistron.h"

#endif
