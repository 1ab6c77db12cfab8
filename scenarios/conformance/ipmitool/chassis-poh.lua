-- "chassis poh" shows the hours that the host was on: a counter, and the minutes
-- that one count stands for. IPMI v2.0, 28.14.
tags("client", "chassis")

test("an hour is shown as one, and hours off do not count", function()
  local mc = bmc "server-1u"
  sleep(3660)
  mc:ipmitool("chassis poh"):ok():says "^POH Counter  : 0 days, 1 hours"
  mc:power "off"
  sleep(7200)
  mc:ipmitool("chassis poh"):ok():says "^POH Counter  : 0 days, 1 hours"
end)

test("days, and other counts than hours", function()
  local mc = bmc "server-1u"
  mc:answer(0x00, 0x0f, { data = string.pack("<BI4", 60, 1234) })
  mc:ipmitool("chassis poh"):ok():says "^POH Counter  : 51 days, 10 hours$"
  mc:answer(0x00, 0x0f, { data = string.pack("<BI4", 30, 1235) })
  mc:ipmitool("chassis poh"):ok():says "^POH Counter  : 25 days, 17 hours, 30 minutes$"
end)
