# scenarios/labs: tasks to learn by, graded from the trace.

nobase_dist_scenarios_DATA += \
	scenarios/labs/README.md \
	scenarios/labs/no-boot/README.md \
	scenarios/labs/no-boot/lab.lua \
	scenarios/labs/silent-satellite/README.md \
	scenarios/labs/silent-satellite/lab.lua \
	scenarios/labs/who-was-here/README.md \
	scenarios/labs/who-was-here/lab.lua
