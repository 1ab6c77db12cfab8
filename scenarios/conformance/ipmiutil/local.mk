# scenarios/conformance/ipmiutil: the same of ipmiutil.

nobase_dist_scenarios_DATA += \
	scenarios/conformance/ipmiutil/alarms.lua \
	scenarios/conformance/ipmiutil/cmd.lua \
	scenarios/conformance/ipmiutil/config.lua \
	scenarios/conformance/ipmiutil/dcmi-capabilities.lua \
	scenarios/conformance/ipmiutil/dcmi-names.lua \
	scenarios/conformance/ipmiutil/dcmi-power.lua \
	scenarios/conformance/ipmiutil/discover.lua \
	scenarios/conformance/ipmiutil/events-decode.lua \
	scenarios/conformance/ipmiutil/firewall.lua \
	scenarios/conformance/ipmiutil/fru-asset-tag.lua \
	scenarios/conformance/ipmiutil/fru-list.lua \
	scenarios/conformance/ipmiutil/getevent.lua \
	scenarios/conformance/ipmiutil/health.lua \
	scenarios/conformance/ipmiutil/health-chassis.lua \
	scenarios/conformance/ipmiutil/health-guid.lua \
	scenarios/conformance/ipmiutil/health-name.lua \
	scenarios/conformance/ipmiutil/health-policy.lua \
	scenarios/conformance/ipmiutil/health-session.lua \
	scenarios/conformance/ipmiutil/lan-print.lua \
	scenarios/conformance/ipmiutil/lan-set.lua \
	scenarios/conformance/ipmiutil/login.lua \
	scenarios/conformance/ipmiutil/login-refused.lua \
	scenarios/conformance/ipmiutil/login-user.lua \
	scenarios/conformance/ipmiutil/picmg.lua \
	scenarios/conformance/ipmiutil/reset-bmc.lua \
	scenarios/conformance/ipmiutil/reset-boot.lua \
	scenarios/conformance/ipmiutil/reset-off.lua \
	scenarios/conformance/ipmiutil/reset-power.lua \
	scenarios/conformance/ipmiutil/sel-clear.lua \
	scenarios/conformance/ipmiutil/sel-event.lua \
	scenarios/conformance/ipmiutil/sel-list.lua \
	scenarios/conformance/ipmiutil/sel-raw.lua \
	scenarios/conformance/ipmiutil/sel-severity.lua \
	scenarios/conformance/ipmiutil/sensor-canonical.lua \
	scenarios/conformance/ipmiutil/sensor-list.lua \
	scenarios/conformance/ipmiutil/sensor-state.lua \
	scenarios/conformance/ipmiutil/sensor-thresholds.lua \
	scenarios/conformance/ipmiutil/sensor-value.lua \
	scenarios/conformance/ipmiutil/serial.lua \
	scenarios/conformance/ipmiutil/sol.lua \
	scenarios/conformance/ipmiutil/user-list.lua \
	scenarios/conformance/ipmiutil/user-set.lua \
	scenarios/conformance/ipmiutil/watchdog.lua
