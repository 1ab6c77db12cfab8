# scenarios/conformance/ipmitool: what ipmitool shows of a BMC, and does to it.

nobase_dist_scenarios_DATA +=
