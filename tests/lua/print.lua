-- What print() shows is the same in each run: tables by their fields, in order,
-- and no addresses. tests/lua/language.sh looks at the words.
test("print takes what cannot be ordered, and what leads back to itself", function()
  local t = { 1, 2, name = "x", [function() end] = true }
  t.own = t
  print(t, nil, true, 1.5, "text", { "\0\1" }, {}, { { {} } })
end)

test("tostring shows names of the library's objects, and no addresses", function()
  local bmc = bmc "server-1u"
  expect_eq(tostring(bmc), "mc 20h")
  expect_eq(tostring(bmc.chassis), "chassis")
  expect_eq(tostring(bmc:connect()), "console")
  expect_eq(tostring({}), "table")
  expect_eq(tostring(print), "function")
end)
