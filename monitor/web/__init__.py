"""The pages: Starlette, Jinja2, server-rendered SVG; they read the store and write only verdicts."""
