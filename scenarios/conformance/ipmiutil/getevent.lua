-- ipmiutil getevent tells how events are received.
tags("client", "event")

test("the event receiver is the BMC's", function()
  local mc = bmc "server-1u"
  local receiver = expect_cc(mc:cmd(0x04, 0x01))
  local r = mc:ipmiutil "getevt -o"
  r:says(("event receiver sa = %02x lun = %02x"):format(receiver[1], receiver[2]))
  r:says(("bmc enables = %02x"):format(expect_cc(mc:cmd(0x06, 0x2f))[1]))
end)
