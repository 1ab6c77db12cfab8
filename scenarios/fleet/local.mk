# scenarios/fleet: many BMCs at once.

nobase_dist_scenarios_DATA +=
