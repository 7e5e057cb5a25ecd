// Offers a chart that can be zoomed (uPlot) beside the drawn one, whose points stay links. Without script nothing is missing.
(function () {
  "use strict";
  var box = document.getElementById("bieu-do");
  if (!box || !window.uPlot) return;
  var button = document.createElement("button");
  button.type = "button";
  button.textContent = box.dataset.label;
  box.parentNode.insertBefore(button, box.nextSibling);
  button.addEventListener("click", function () {
    fetch(box.dataset.api, { credentials: "same-origin" }).then(function (answer) { return answer.json(); }).then(draw);
  });
  function draw(points) {
    points = points.filter(function (p) { return p.period_end && p.unit === points[points.length - 1].unit; });
    if (points.length < 2) return;
    var number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 2 });
    var ink = getComputedStyle(document.documentElement);
    var colour = function (name) { return ink.getPropertyValue(name).trim(); };
    var axis = { stroke: colour("--quiet"), grid: { stroke: colour("--rule") } };
    var place = document.createElement("div");
    box.after(place);
    button.remove();
    new uPlot({
      width: Math.min(box.clientWidth, 1100), height: 320,
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
