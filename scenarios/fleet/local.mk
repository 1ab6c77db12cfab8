# scenarios/fleet: many BMCs at once.

nobase_dist_scenarios_DATA += \
	scenarios/fleet/alert-storm.lua \
	scenarios/fleet/faults-on-one-link.lua \
	scenarios/fleet/full-poll.lua \
	scenarios/fleet/histories.lua \
	scenarios/fleet/identities.lua \
	scenarios/fleet/inventory-outside.lua \
	scenarios/fleet/inventory.lua \
	scenarios/fleet/one-absent.lua \
	scenarios/fleet/own-chance.lua \
	scenarios/fleet/ping-discovery.lua \
	scenarios/fleet/ping-outside.lua \
	scenarios/fleet/rack-power.lua \
	scenarios/fleet/restore-policy.lua \
	scenarios/fleet/session-limits.lua \
	scenarios/fleet/settings-apart.lua \
	scenarios/fleet/staggered-power-on.lua
