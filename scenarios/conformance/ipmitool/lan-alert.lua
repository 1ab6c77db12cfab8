-- "lan alert" shows and sets where alerts go. IPMI v2.0, table 23-4, parameters 17
-- to 19.
tags("client", "lan", "alert")

test("what is set is kept, and shown", function()
  local mc = bmc "server-1u"
  local commands = {}
  for i, words in ipairs { "ipaddr 198.51.100.55", "macaddr 02:00:5e:00:00:55", "gateway backup",
                           "ack on", "type pet", "time 7", "retry 3" } do
    commands[i] = "lan alert set 1 2 " .. words
  end
  mc:ipmitool_exec(commands):ok()
  expect_eq(mc:lan_parameter(18, 1, 2), hex "02 80 07 03")
  expect_eq(mc:lan_parameter(19, 1, 2), hex "02 00 01 c6 33 64 37 02 00 5e 00 00 55")
  local shown = mc:ipmitool("lan alert print 1 2"):ok():fields()
  expect_eq(shown["Alert IP Address"], "198.51.100.55")
  expect_eq(shown["Alert MAC Address"], "02:00:5e:00:00:55")
  expect_eq(shown["Alert Gateway"], "Backup")
  expect_eq(shown["Alert Acknowledge"], "Acknowledged")
  expect_eq(shown["Acknowledge Timeout"], "7")
  expect_eq(shown["Number of Retries"], "3")
end)

test("all destinations that there are", function()
  local mc = bmc "server-1u"
  local count = mc:lan_parameter(17):byte(1) & 0x0f
  local _, shown = mc:ipmitool("lan alert print 1"):ok().stdout:gsub("Alert Destination", "")
  expect_eq(shown, count + 1, "with the volatile one, 0")
end)
