/*
 * wistron_ipv6.h - IPv6 settings of the extended configuration that are
 * the first LAN's: texts and values on one side, LAN parameters on the other.
 *
 * An address that is written as the empty text is ::, which switches a static
 * address off. CCh: no address, or a controller without a LAN.
 */
#ifndef IPMILAB_OEM_WISTRON_IPV6_H
#define IPMILAB_OEM_WISTRON_IPV6_H

#include "sim/oem/extconf.h"

#define IPV6_TEXT_MAX 39u        /* characters of an address */

extconf_get_fn wistron_get_ipv6_on, wistron_get_ipv6_address, wistron_get_ipv6_gateway;
extconf_get_fn wistron_get_ipv6_prefix, wistron_get_ipv6_link_local;
extconf_set_fn wistron_set_ipv6_on, wistron_set_ipv6_address, wistron_set_ipv6_gateway;
extconf_set_fn wistron_set_ipv6_prefix;

/* For addresses that are only kept: CCh unless it is one, or empty. */
extconf_set_fn wistron_check_ipv6;

#endif
