-- Questions about a privilege level or channel that is none are refused.
-- IPMI v2.0, 22.13.
tags "presession"

test("a reserved privilege level is refused", function()
  local wire = target():wire()
  left_open("what a reserved level is answered with is not said", function()
    for _, level in ipairs { 0x00, 0x06, 0x0f } do
      expect_refused(wire:cmd(0x06, 0x38, { 0x0e, level }),
                     ("level %d is refused"):format(level))
    end
  end)
end)

test("a channel that is not there is refused", function()
  local wire = target():wire()
  expect_refused(wire:cmd(0x06, 0x38, { 0x0c, 0x04 }),
                 "the reserved channel 0Ch is refused")
end)

test("a request of another length is refused with C7h", function()
  local wire = target():wire()
  for _, data in ipairs { {}, { 0x0e } } do
    expect_cc(wire:cmd(0x06, 0x38, data), 0xc7, #data .. " octets are refused")
  end
  left_open("octets too many may be ignored", function()
    expect_cc(wire:cmd(0x06, 0x38, { 0x0e, 0x04, 0x00 }), 0xc7, "3 octets are refused")
  end)
end)
