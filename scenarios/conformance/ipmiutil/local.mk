# scenarios/conformance/ipmiutil: the same of ipmiutil.

nobase_dist_scenarios_DATA +=
