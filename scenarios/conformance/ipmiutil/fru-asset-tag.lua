-- ipmiutil fru -a writes the asset tag into the inventory.
tags("client", "fru")

test("the tag is in the BMC, and the sums are right", function()
  local mc = bmc "server-1u"
  mc:ipmiutil "fru -a AT-0815":ok()
  local fru = mc:fru()
  expect_match(fru, "AT%-0815")
  local at = fru:byte(5) * 8
  local area = fru:sub(at + 1, at + fru:byte(at + 2) * 8)
  expect_eq(packet.checksum(area), 0, "the product area's sum")
  mc:ipmiutil "fru":ok():says "Product Asset Tag +: AT%-0815"
end)
