# scenarios/conformance/freeipmi: the same of FreeIPMI's programs.

nobase_dist_scenarios_DATA +=
