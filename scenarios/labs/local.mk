# scenarios/labs: tasks to learn by, graded from the trace.

nobase_dist_scenarios_DATA +=
