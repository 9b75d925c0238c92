"""Explore: the Dash app at /explore/, for those who want more than a document shows.

Where to look, for a reader who knows Dash:

- `app.py` makes the `Dash` object and the Flask server that it stands on
- `layout.py` is `app.layout`; `controls.py` lists its controls, a row each
- `selecting.py` holds an address against the controls, and draws what they say
- `callbacks.py` has the three callbacks
- `figures.py` turns a view into a Plotly figure
- `state.py` reads and writes the address, which is the app's whole state

The figures and the words are those of the documents: `dashboard.views` makes both.

dash and plotly are imported when /explore/ is first asked for, never when the site starts
(`dashboard.web.app`).
"""

PREFIX = "/explore/"
