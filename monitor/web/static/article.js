// Keys for the article: j, k to the next and previous figure, e to its review, o to the original. Without script the links do the same.
(function () {
  "use strict";
  var marks = Array.prototype.slice.call(document.querySelectorAll("article.text mark[id]"));
  var at = marks.findIndex(function (mark) { return mark.classList.contains("here"); });
  function go(step) {
    if (!marks.length) return;
    at = at < 0 ? (step > 0 ? 0 : marks.length - 1) : (at + step + marks.length) % marks.length;
    marks.forEach(function (mark, number) { mark.classList.toggle("here", number === at); });
    document.querySelectorAll(".aside .card").forEach(function (card) { card.classList.toggle("here", card.id === "o" + marks[at].id.slice(1)); });
    marks[at].querySelector("a").focus({ preventScroll: true });
    marks[at].scrollIntoView({ block: "center" });
    var card = document.getElementById("o" + marks[at].id.slice(1));
    if (card && window.innerWidth > 760) card.scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) return;
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "e" && at >= 0) location.href = "/tham-dinh/" + marks[at].id.slice(1);
    else if (event.key === "o") { var far = document.querySelector('a[data-key="o"]'); if (far) far.click(); }
  });
})();
