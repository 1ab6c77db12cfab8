-- Eight numbers ahead of the highest and eight behind it are accepted, each
-- once; what is farther off is dropped. IPMI v2.0, 6.12.12; v1.5, appendix A.
tags "lan15"

-- A session, and a function that sends with a number counted from the highest.
local function begin()
  local session = target():wire():session { lan15 = "md5" }
  for _ = 1, 12 do expect_cc(session:cmd(0x06, 0x01)) end
  local highest = session.sequence - 1
  return function(offset)
    return session:cmd(0x06, 0x01, nil, { sequence = highest + offset & 0xffffffff })
  end
end

test("eight ahead is accepted", function()
  expect_cc(begin()(8))
end)

test("far ahead is dropped, and the next number is still accepted", function()
  local send = begin()
  expect_silence(send(40), "40 ahead is dropped")
  expect_cc(send(1), 0x00, "1 ahead is accepted")
end)

test("a number that was skipped is accepted later, once", function()
  local send = begin()
  expect_cc(send(4), 0x00, "4 ahead")
  expect_cc(send(2), 0x00, "2 behind that")
  expect_silence(send(2), "again it is a repetition")
  expect_cc(send(3), 0x00, "1 behind the highest")
end)

test("the highest number repeated is dropped", function()
  expect_silence(begin()(0))
end)

test("far behind is dropped", function()
  expect_silence(begin()(-40))
end)
