-- A controller that was not there at the beginning is found by discovery as soon as it is on the
-- bus, and a BMC reaches it like any other.
tags("bus", "presence")

test("a new controller is found and answers through the BMC", function()
  local b = bmc "bench.emu"
  local watcher = b.chassis:controller(0x10)
  local function there()
    return watcher:ask(0x7c, 0x06, 0x01, nil, { broadcast = true }).ended == "answered"
  end
  expect(not there())
  local new = b.chassis:controller(0x7c, { ["06 01"] = function()
    return 0, hex "44 01 01 00 02 20 d9 7e 00 05 09"
  end })
  expect(there())
  local message = packet.message { rs_addr = 0x7c, rq_addr = 0x20, rq_seq = 1, netfn = 6, cmd = 1 }
  local session = b:wire():session()
  expect_cc(session:cmd(0x06, 0x34, "\x40" .. message))
  local answer = packet.parse_message(session:payload(packet.parse(session.wire:receive())))
  expect_eq(answer.data:byte(1), 0x44)
  new:pull_out()
  expect(not there(), "gone")
  new:put_back()
  expect(there(), "and back")
end)
