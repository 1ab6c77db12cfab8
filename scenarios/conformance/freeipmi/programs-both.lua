-- Every program says the same by IPMI 1.5 and by RMCP+, whatever authenticates and
-- protects the session.
tags("client", "session")

local ways = { { suite = 1 }, { suite = 8 }, { suite = 17 }, { lan15 = "md5" } }

for _, p in ipairs {
  { "bmc-info", "--get-device-guid" },
  { "bmc-device", "--get-self-test-results" },
  { "bmc-device", "--get-sel-time-utc-offset" },
  { "ipmi-chassis", "--get-chassis-status" },
  { "ipmi-config", "--category=core --checkout --section=Lan_Conf" },
  { "ipmi-config", "--category=pef --checkout --section=PEF_Conf" },
  { "ipmi-dcmi", "--get-asset-tag" },
  { "ipmi-fru", "--quiet-cache --device-id=1" },
  { "ipmi-raw", "0 06 37" },
  { "ipmi-sel", "--quiet-cache" },
  { "ipmi-sensors", "--quiet-cache --record-ids=41,42,43,44" },
} do
  local program, words = table.unpack(p)
  test(("%s %s"):format(program, words), function()
    local mc = bmc "server-1u"
    local said = mc:freeipmi(program, words, { privilege = "admin" }):ok().stdout
    for _, way in ipairs(ways) do
      way.privilege = "admin"
      expect_eq(mc:freeipmi(program, words, way):ok().stdout, said)
    end
  end)
end
