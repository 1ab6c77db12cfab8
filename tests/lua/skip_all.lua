-- skip() at the top of a file skips each of its tests, and is no error.
skip "there is nothing to do"

test("is skipped", function() expect(false) end)
test("and this as well", function() expect(false) end)
