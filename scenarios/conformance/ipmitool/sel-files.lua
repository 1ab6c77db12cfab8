-- "sel save" writes entries so that "sel add" takes them, "sel writeraw" so that
-- "sel readraw" shows them. IPMI v2.0, 32.1.
tags("client", "sel")

test("what was saved is added again", function()
  local mc = bmc "server-1u"
  local before = mc:sel()
  mc:ipmitool("sel save entries"):ok()
  mc:ipmitool("sel add entries"):ok()
  local after = mc:sel()
  expect_eq(#after, 2 * #before)
  for i, entry in ipairs(before) do
    expect_eq(after[#before + i].record:sub(11), entry.record:sub(11), "entry " .. i)
  end
end)

test("raw it has every octet, and is read without a BMC's help", function()
  local mc = bmc "server-1u"
  mc:ipmitool("sel writeraw entries"):ok()
  local octets = ""
  for _, entry in ipairs(mc:sel()) do octets = octets .. entry.record end
  expect_eq(run({ "cat", "entries" }).stdout, octets)
  local list = mc:ipmitool("sel list"):ok().stdout
  mc:sel_clear()
  expect_eq(mc:ipmitool("sel readraw entries"):ok().stdout, list)
end)
