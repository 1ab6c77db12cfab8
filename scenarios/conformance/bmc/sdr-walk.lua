-- From the first record on, each names the next one, and the last FFFFh.
-- IPMI v2.0, 33.9, 33.12.
tags "sdr"

test("a walk through the repository meets each record once", function()
  local bmc = target()
  local count = expect_cc(bmc:cmd(0x0a, 0x20), 0x00, "Get SDR Repository Info"):le(2, 2)
  local id, met, seen = 0x0000, 0, {}
  repeat
    local reply = bmc:cmd(0x0a, 0x23, string.pack("<I2I2BB", 0, id, 0, 5))
    expect_cc(reply, 0x00, ("Get SDR of %04Xh"):format(id))
    local own = reply:le(3, 2)
    expect(not seen[own], ("record %04Xh is met once"):format(own))
    seen[own], met, id = true, met + 1, reply:le(1, 2)
  until id == 0xffff or met > count
  expect_eq(met, count, "as many records as the repository says it has")
  local last = expect_cc(bmc:cmd(0x0a, 0x23, string.pack("<I2I2BB", 0, 0xffff, 0, 5)))
  expect_eq(last:le(1, 2), 0xffff, "after the last record there is none")
  expect(seen[last:le(3, 2)], "the last record was met")
end)
