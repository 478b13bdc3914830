"""The browser: looking is view, store, template; doing is view, form, flow, store."""
