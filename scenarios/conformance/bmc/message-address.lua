-- What is not addressed to the BMC is not done by it. IPMI v2.0, 13.8.
tags "message"

test("a message to another slave address is not answered", function()
  local session = target():wire():session()
  left_open("a BMC may take all that comes by LAN as its own", function()
    for _, address in ipairs { 0x00, 0x22, 0x81, 0xfe } do
      expect_silence(session:cmd(0x06, 0x01, nil, { message = { rs_addr = address } }),
                     ("to %02Xh"):format(address))
    end
  end)
  expect_cc(session:cmd(0x06, 0x01))
end)
