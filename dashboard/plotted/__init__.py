"""Charts as Plotly figures and their drawing: leaves as `dashboard.charts` takes over."""
