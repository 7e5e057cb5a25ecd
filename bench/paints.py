"""The largest paint of the pages in Chromium."""

import shutil

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def paints(port: int, paths: list[str]) -> None:
    """Print the slowest largest paint of the pages in Chromium, with an empty cache, and the bytes it took."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("largest paint: not measured, no Chromium here")
        return
    from playwright.sync_api import sync_playwright

    told = []
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=FLAGS)
        for path in paths:
            page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
            page.goto(f"http://127.0.0.1:{port}{path}", wait_until="load")
            paint = page.evaluate(
                "new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))"
                ".observe({type: 'largest-contentful-paint', buffered: true}))"
            )
            size = page.evaluate(
                "performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))"
                ".reduce((sum, one) => sum + one.transferSize, 0)"
            )
            told.append((paint, size, path))
            page.context.close()
        browser.close()
    slow, heavy = max(told), max(told, key=lambda one: one[1])
    print(f"largest paint, slowest of {len(told)} pages: {slow[0]:.0f} ms ({slow[2]})")
    print(f"bytes of a first load in Chromium, heaviest: {heavy[1] / 1000:.0f} kB ({heavy[2]})")
