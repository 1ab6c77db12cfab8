-- A BMC out of the box does not let anybody in without a password check
-- (cipher suite 0), though the specification allows it. IPMI v2.0, 13.28,
-- table 22-20.
tags "rmcpp"
only_lab()

test("cipher suite 0 is not offered", function()
  expect_status(target():wire():login { suite = 0 }:open(), 0x11)
end)
