-- "-T" and "-B" go by a second controller: to modules behind a carrier.
-- IPMI v2.0, 6.13; AMC.0, 3.
tags("client", "bridge")

test("a module's own answer comes through two bridges", function()
  local mc = bmc "shelf"
  for address, id in pairs { [0x172] = 1032, [0x174] = 1033 } do
    local shown = mc:ipmitool("mc info", { bridge = { { 0x88, 0 }, { address & 0xff, 7 } } }):ok()
    shown:says(("^Product ID +: %d "):format(id))
  end
end)

test("as a session sees it: one message in another", function()
  local mc = bmc "shelf"
  mc:ipmitool("raw 6 1", { bridge = { { 0x88, 0 }, { 0x72, 7 } } }):ok()
  local outer = trace:expect { "Send Message", answer = false, link = "clear", to = 0x20 }
  local inner = packet.parse_message(outer.data:sub(2))
  expect_eq({ inner.to, inner.cmd, inner.sums }, { 0x88, 0x34, true })
  local innermost = packet.parse_message(inner.data:sub(2))
  expect_eq({ innermost.to, innermost.cmd, innermost.sums }, { 0x72, 0x01, true })
end)

test("nobody there", function()
  local mc = bmc "shelf"
  mc:ipmitool("raw 6 1", { bridge = { { 0x88, 0 }, { 0x7a, 7 } },
                           args = { "-N", "1", "-R", "1" } }):fails()
end)
