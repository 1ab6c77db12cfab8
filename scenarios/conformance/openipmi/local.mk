# scenarios/conformance/openipmi: the same of OpenIPMI's programs.

nobase_dist_scenarios_DATA += \
	scenarios/conformance/openipmi/cmd-bridge.lua \
	scenarios/conformance/openipmi/cmd-device-id.lua \
	scenarios/conformance/openipmi/cmd-refused.lua \
	scenarios/conformance/openipmi/cmd-write.lua \
	scenarios/conformance/openipmi/login.lua \
	scenarios/conformance/openipmi/login-algorithms.lua \
	scenarios/conformance/openipmi/login-refused.lua \
	scenarios/conformance/openipmi/ping.lua \
	scenarios/conformance/openipmi/shell-channel.lua \
	scenarios/conformance/openipmi/shell-domain.lua \
	scenarios/conformance/openipmi/shell-domain15.lua \
	scenarios/conformance/openipmi/shell-entities.lua \
	scenarios/conformance/openipmi/shell-event-enables.lua \
	scenarios/conformance/openipmi/shell-fru.lua \
	scenarios/conformance/openipmi/shell-hysteresis.lua \
	scenarios/conformance/openipmi/shell-lanparm.lua \
	scenarios/conformance/openipmi/shell-msg.lua \
	scenarios/conformance/openipmi/shell-pef.lua \
	scenarios/conformance/openipmi/shell-power.lua \
	scenarios/conformance/openipmi/shell-reset.lua \
	scenarios/conformance/openipmi/shell-scan.lua \
	scenarios/conformance/openipmi/shell-sel.lua \
	scenarios/conformance/openipmi/shell-sel-clear.lua \
	scenarios/conformance/openipmi/shell-sel-time.lua \
	scenarios/conformance/openipmi/shell-sensor-value.lua \
	scenarios/conformance/openipmi/shell-sensors.lua \
	scenarios/conformance/openipmi/shell-thresholds.lua \
	scenarios/conformance/openipmi/shell-users.lua \
	scenarios/conformance/openipmi/solterm.lua
