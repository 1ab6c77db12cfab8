# scenarios/conformance/openipmi: the same of OpenIPMI's programs.

nobase_dist_scenarios_DATA +=
