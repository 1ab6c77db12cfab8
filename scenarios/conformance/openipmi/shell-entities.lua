-- Records of the repository make entities, which are present or not.
tags("client", "entity")

test("the system's parts", function()
  local mc = bmc "server-1u"
  local r = mc:openipmi({ "entity list d", "d%(55%.1%)", "entity info d(3.1)", "Present" },
                        { how = "-noall -sdrs" }):ok()
  r:says "d%(10%.1%)"
  r:says "^  Entity ID String: processor"
end)
