-- A controller that loses the arbitration to a frame for itself must receive that frame, and
-- then sends its own. I2C-bus specification, arbitration.
tags("bus", "contention")

test("who loses to a frame for itself takes it", function()
  local chassis = bmc("bench.emu").chassis
  local heard = {}
  local low = chassis:controller(0x10)
  local high
  high = chassis:controller(0x12, { ["06 01"] = function(request)
    heard[#heard + 1] = request.from
    return 0, "\x12"
  end })
  local own
  spawn(function() own = high:ask(0x20, 0x06, 0x01) end)
  local reply = low:ask(0x12, 0x06, 0x01)
  expect_eq({ reply.cc, reply[1] }, { 0x00, 0x12 }, "12h answers the frame that beat its own")
  expect_eq(heard, { 0x10 })
  wait_until(function() return own end)
  expect_cc(own, 0x00, "its own request went out afterwards")
  expect(chassis:bus():node(0x12).arbitration_losses >= 1)
end)
