-- Numbers somewhat ahead of the highest and behind it are accepted, each once;
-- what is far off is dropped. IPMI v2.0, 6.12.13.
tags "rmcpp"

-- A session, and a function that sends with a number counted from the highest.
local function begin()
  local session = target():wire():session()
  for _ = 1, 40 do expect_cc(session:cmd(0x06, 0x01)) end
  local highest = session.sequence - 1
  return function(offset)
    return session:cmd(0x06, 0x01, nil, { sequence = highest + offset })
  end
end

test("fifteen ahead is accepted", function()
  expect_cc(begin()(15))
end)

test("far ahead is dropped, and the next number is still accepted", function()
  local send = begin()
  expect_silence(send(100), "100 ahead is dropped")
  expect_cc(send(1), 0x00, "1 ahead is accepted")
end)

test("numbers that were skipped are accepted later, each once", function()
  local send = begin()
  expect_cc(send(10), 0x00, "10 ahead")
  for _, offset in ipairs { 9, 1, 5 } do
    expect_cc(send(offset), 0x00, offset .. " ahead of the start")
    expect_silence(send(offset), offset .. " again is a repetition")
  end
end)

test("the highest number repeated is dropped", function()
  expect_silence(begin()(0))
end)

test("far behind is dropped", function()
  expect_silence(begin()(-36))
end)
