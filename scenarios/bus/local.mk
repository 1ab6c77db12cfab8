# scenarios/bus: the wire: contention, loss, bridging.

nobase_dist_scenarios_DATA +=
