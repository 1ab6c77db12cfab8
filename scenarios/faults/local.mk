# scenarios/faults: what a client must survive.

nobase_dist_scenarios_DATA +=
