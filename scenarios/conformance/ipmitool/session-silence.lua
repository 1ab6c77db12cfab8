-- Nobody answers: ipmitool gives up in as many tries as it is told, with exit status 1.
tags("client", "session")

test("no BMC there", function()
  local mc = bmc "server-1u"
  mc:pull_out()
  local r = mc:ipmitool("mc info", { args = { "-N", "1", "-R", "1" } })
  expect_eq(r.status, 1)
  r:says "Unable to establish"
end)

test("a BMC that falls silent in the session", function()
  local mc = bmc "server-1u"
  mc:answer(0x00, 0x01, { silent = true })
  local r = mc:ipmitool("chassis status", { args = { "-N", "1", "-R", "1" } })
  expect_eq(r.status, 1)
  r:says "Error sending Chassis Status command"
end)
