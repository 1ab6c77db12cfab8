# doc - manual pages, and what is made of the scenario library's annotations:
# ipmilab-lua(3), and definitions for editors.

# In this order in the manual; files that are not named come behind these.
lua_manual = \
	lua/ipmilab/suite.lua \
	lua/ipmilab/expect.lua \
	lua/ipmilab/conform.lua \
	lua/ipmilab/time.lua \
	lua/ipmilab/lab.lua \
	lua/ipmilab/target.lua \
	lua/ipmilab/commands.lua \
	lua/ipmilab/sensor.lua \
	lua/ipmilab/host.lua \
	lua/ipmilab/bus.lua \
	lua/ipmilab/fault.lua \
	lua/ipmilab/hook.lua \
	lua/ipmilab/node.lua \
	lua/ipmilab/on.lua \
	lua/ipmilab/trace.lua \
	lua/ipmilab/console.lua \
	lua/ipmilab/sol.lua \
	lua/ipmilab/steps.lua \
	lua/ipmilab/run.lua \
	lua/ipmilab/client.lua \
	lua/ipmilab/packet.lua \
	lua/ipmilab/wire.lua \
	lua/ipmilab/login.lua \
	lua/ipmilab/session.lua

doc/lua_api.tsv: $(lua_manual) $(lua_library) doc/lua_api.awk
	$(AM_V_GEN)$(MKDIR_P) doc && files= && for f in $(lua_manual) $(lua_library); do \
	  files="$$files $(srcdir)/$$f"; done && \
	  LC_ALL=C $(AWK) -f $(srcdir)/doc/lua_api.awk $$files >$@.new && mv $@.new $@

doc/ipmilab-lua.3: doc/lua_api.tsv doc/ipmilab-lua.3.in doc/lua_man.awk
	$(AM_V_GEN)LC_ALL=C $(AWK) -f $(srcdir)/doc/lua_man.awk \
	  $(srcdir)/doc/ipmilab-lua.3.in doc/lua_api.tsv | \
	  sed 's,@pkgdatadir[@],$(pkgdatadir),; s,@docdir[@],$(docdir),' >$@.new && mv $@.new $@

doc/ipmilab.d.lua: doc/lua_api.tsv doc/lua_meta.awk
	$(AM_V_GEN)LC_ALL=C $(AWK) -f $(srcdir)/doc/lua_meta.awk doc/lua_api.tsv >$@.new && \
	  mv $@.new $@

dist_doc_DATA = doc/tutorial.md
nodist_man3_MANS = doc/ipmilab-lua.3
luadefsdir = $(pkgdatadir)/lua
nodist_luadefs_DATA = doc/ipmilab.d.lua

CLEANFILES += doc/lua_api.tsv doc/ipmilab-lua.3 doc/ipmilab.d.lua
EXTRA_DIST += doc/ipmilab-lua.3.in doc/lua_api.awk doc/lua_examples.awk doc/lua_man.awk \
	doc/lua_meta.awk
