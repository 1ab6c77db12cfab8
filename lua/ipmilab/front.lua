-- front.lua - what the program around calls; everything else hangs below.
--
-- Each file of the library is a function of two arguments: use(name), which
-- gives another file's module, and core, the primitives. It returns its module.

local core = ...
local loaded = {}

local function use(name)
  local module = loaded[name]
  if module == nil then
    module = core.module(name)(use, core)
    loaded[name] = module
  end
  return module
end

local suite = use "suite"

-- collect(path, text): the tests of a scenario file, in order; each a table
-- {name, line, tags}. A file that claims without test() is one test.
-- run(path, text, n): play the n-th of them; a table that says what came of it.
-- inspect(path, text): what is wrong with it, seen without playing its tests.
return {
  collect = suite.collect,
  run = suite.run,
  inspect = function(...) return use("lint").inspect(...) end,
}
