// What an officer's page does beyond its forms, which all work without it.
(function () {
  "use strict";

  // The error summary takes the focus, as a page that has just been refused should.
  var errors = document.getElementById("errors");
  if (errors) { errors.focus(); }

  var grid = document.querySelector("[data-grid]");
  if (!grid) { return; }
  var said = document.getElementById("grid-said");
  var dirty = false;

  // A column pasted into a cell goes down the rows from there, one line a row.
  grid.addEventListener("paste", function (event) {
    var cell = event.target;
    if (!cell.dataset || cell.dataset.col === undefined) { return; }
    var text = (event.clipboardData || window.clipboardData).getData("text");
    var lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
    if (lines.length < 2 && text.indexOf("\t") < 0) { return; }
    event.preventDefault();
    var row = cell.closest("tr");
    var filled = 0, left = 0, begun = row.querySelector("th").textContent.trim();
    lines.forEach(function (line) {
      line.split("\t").forEach(function (value, at) {
        value = value.trim();
        var column = Number(cell.dataset.col) + at;
        var input = row && row.querySelector('input[data-col="' + column + '"]');
        if (input) { input.value = value; mark(input); filled += value ? 1 : 0; }
        else if (value) { left += 1; }
      });
      row = row && row.nextElementSibling;
    });
    dirty = true;
    said.textContent = filled + " figures pasted from row " + begun + " down" +
      (left ? "; " + left + " had no cell to go to" : "") + ". Nothing is saved yet.";
  });

  function mark(input) {
    var row = input.closest("tr"), cell = input.closest("td");
    var note = cell.querySelector(".mark");
    var found = /^-?[\d,]+(\.\d+)?/.exec(input.value.trim());
    var value = found ? Number(found[0].replace(/,/g, "")) : NaN;
    var low = row.dataset.low, high = row.dataset.high, text = "";
    if (low !== "" && !isNaN(value)) {
      if (value < Number(low)) { text = "\u25b2 below the usual range"; }
      if (value > Number(high)) { text = "\u25b2 above the usual range"; }
    }
    cell.classList.toggle("odd", Boolean(text));
    cell.classList.remove("wrong");
    if (!text) { if (note) { note.textContent = ""; } return; }
    if (!note) {
      note = document.createElement("span");
      note.className = "mark";
      cell.appendChild(note);
    }
    note.textContent = text;
  }

  grid.addEventListener("change", function (event) {
    dirty = true;
    if (event.target.dataset.col !== undefined) { mark(event.target); }
  });
  // Enter and the arrows go down and up a column, as in a spreadsheet.
  grid.addEventListener("keydown", function (event) {
    var cell = event.target;
    if (!cell.dataset || cell.dataset.col === undefined) { return; }
    var down = event.key === "Enter" || (event.key === "ArrowDown" && event.ctrlKey);
    var up = event.key === "ArrowUp" && event.ctrlKey;
    if (!down && !up) { return; }
    event.preventDefault();
    var row = cell.closest("tr");
    do {
      row = down ? row.nextElementSibling : row.previousElementSibling;
      var next = row && row.querySelector('input[data-col="' + cell.dataset.col + '"]');
    } while (row && !next);
    if (next) { next.focus(); next.select(); }
  });
  grid.addEventListener("submit", function () { dirty = false; });
  window.addEventListener("beforeunload", function (event) {
    if (dirty) { event.preventDefault(); }
  });
})();
