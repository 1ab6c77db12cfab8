-- An expiration that is not to be logged is not. IPMI v2.0, 27.6.
tags "watchdog"
only_lab()

test("with \"don't log\" there is no record, and the bit is gone then", function()
  local bmc = target()
  bmc:sel_clear()
  bmc:watchdog(1, "none", { dont_log = true })
  sleep(3)
  for _, entry in ipairs(bmc:sel()) do
    expect_ne(entry.sensor_type, 0x23, "nothing of a watchdog was logged")
  end
  expect_eq(bmc:cmd(0x06, 0x25)[1] & 0x80, 0, "the bit is cleared")
end)
