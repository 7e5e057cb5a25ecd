// Offers a chart that can be zoomed (uPlot, fetched when asked for) beside the drawn one, whose points stay links.
(function () {
  "use strict";
  var box = document.getElementById("bieu-do");
  if (!box) return;
  var button = document.createElement("button");
  button.type = "button";
  button.textContent = box.dataset.label;
  box.parentNode.after(button);
  button.addEventListener("click", function () {
    var style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = box.dataset.style;
    var script = document.createElement("script");
    script.src = box.dataset.script;
    script.onload = function () {
      fetch(box.dataset.api, { credentials: "same-origin" }).then(function (answer) { return answer.json(); }).then(draw);
    };
    document.head.append(style, script);
  });
  function draw(points) {
    points = points.filter(function (p) { return p.period_end && p.unit === points[points.length - 1].unit; });
    if (points.length < 2) return;
    var lang = document.documentElement.lang;
    var number = new Intl.NumberFormat(lang, { maximumFractionDigits: 2 });
    var ink = getComputedStyle(document.documentElement);
    var colour = function (name) { return ink.getPropertyValue(name).trim(); };
    var day = function (seconds) { return new Date(seconds * 1000); };
    var tick = function (_, ticks, __, ___, step) {  // 30/4 or 4/2020, as people write them; uPlot's own are American
      return ticks.map(function (t) {
        var month = day(t).getMonth() + 1;
        if (lang !== "vi") return day(t).toLocaleDateString("en-GB", step < 2419200 ? { day: "numeric", month: "short" } : { month: "short", year: "numeric" });
        return step < 2419200 ? day(t).getDate() + "/" + month : month + "/" + day(t).getFullYear();
      });
    };
    var line = { stroke: colour("--rule"), width: 1 };
    var font = "12px " + getComputedStyle(document.body).fontFamily;
    var axis = { stroke: colour("--quiet"), font: font, grid: line, ticks: line };
    var place = document.createElement("div");
    box.parentNode.after(place);
    button.remove();
    new uPlot({
      width: Math.min(box.parentNode.clientWidth, 1232), height: 320,
      series: [
        { label: box.dataset.day, value: function (_, seconds) { return seconds === null ? "–" : day(seconds).toLocaleDateString(lang === "vi" ? "vi" : "en-GB"); } },
        { label: box.dataset.value, stroke: colour("--accent"), width: 2, points: { size: 7, fill: colour("--accent") },
          value: function (_, value) { return value === null ? "–" : number.format(value); } }
      ],
      axes: [Object.assign({}, axis, { values: tick, grid: { show: false } }), Object.assign({ size: 86, values: function (_, ticks) { return ticks.map(function (t) { return number.format(t); }); } }, axis)]
    }, [
      points.map(function (p) { return Date.parse(p.period_end + "T12:00:00+07:00") / 1000; }),
      points.map(function (p) { return p.obs_value; })
    ], place);
  }
})();
