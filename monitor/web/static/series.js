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
    var number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 2 });
    var ink = getComputedStyle(document.documentElement);
    var colour = function (name) { return ink.getPropertyValue(name).trim(); };
    var axis = { stroke: colour("--quiet"), grid: { stroke: colour("--rule") } };
    var place = document.createElement("div");
    box.parentNode.after(place);
    button.remove();
    new uPlot({
      width: Math.min(box.parentNode.clientWidth, 1232), height: 320,
      series: [
        { value: function (_, seconds) { return seconds === null ? "" : new Date(seconds * 1000).toLocaleDateString(document.documentElement.lang); } },
        { label: box.dataset.value, stroke: colour("--accent"), width: 2, points: { size: 7 },
          value: function (_, value) { return value === null ? "" : number.format(value); } }
      ],
      axes: [axis, Object.assign({ size: 86, values: function (_, ticks) { return ticks.map(function (t) { return number.format(t); }); } }, axis)]
    }, [
      points.map(function (p) { return Date.parse(p.period_end + "T12:00:00+07:00") / 1000; }),
      points.map(function (p) { return p.obs_value; })
    ], place);
  }
})();
