-- "sdr dump" writes the records to a file as the repository has them, and
-- "sdr fill file" puts them back. IPMI v2.0, 33.12, 33.11.
tags("client", "sdr")

test("every octet is in the file", function()
  local mc = bmc "server-1u"
  mc:ipmitool("sdr dump records"):ok()
  expect_eq(run({ "cat", "records" }).stdout, table.concat(mc:sdrs()))
end)

test("filled from the file, the repository is the same", function()
  local mc = bmc "server-1u"
  local before = mc:sdrs()
  mc:ipmitool("sdr dump records"):ok()
  mc:ipmitool("sdr fill file records"):ok()
  trace:expect { "Clear SDR Repository", link = "clear", cc = 0 }
  local after = mc:sdrs()
  expect_eq(#after, #before)
  for i, record in ipairs(after) do expect_eq(record:sub(3), before[i]:sub(3), "record " .. i) end
end)

test("a folder that there is not", function()
  bmc "server-1u":ipmitool("sdr dump nowhere/records"):fails "No such file or directory"
end)
