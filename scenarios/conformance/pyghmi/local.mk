# scenarios/conformance/pyghmi: the same of pyghmi.

nobase_dist_scenarios_DATA += \
	scenarios/conformance/pyghmi/boot.lua \
	scenarios/conformance/pyghmi/dcmi.lua \
	scenarios/conformance/pyghmi/identify.lua \
	scenarios/conformance/pyghmi/inventory.lua \
	scenarios/conformance/pyghmi/lan.lua \
	scenarios/conformance/pyghmi/power.lua \
	scenarios/conformance/pyghmi/raw.lua \
	scenarios/conformance/pyghmi/sel.lua \
	scenarios/conformance/pyghmi/sensors.lua \
	scenarios/conformance/pyghmi/users.lua
