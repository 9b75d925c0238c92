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

  // The cells of what a spreadsheet copies: one of several lines stands in quotation marks.
  function cellsOf(text) {
    var lines = [[]], cell = "", quoted = false, begun = false;
    text = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
    for (var i = 0; i < text.length; i += 1) {
      var sign = text[i];
      if (quoted) {
        if (sign === '"' && text[i + 1] === '"') { cell += sign; i += 1; }
        else if (sign === '"') { quoted = false; }
        else { cell += sign; }
      } else if (sign === '"' && !begun) { quoted = true; begun = true; }
      else if (sign === "\t" || sign === "\n") {
        lines[lines.length - 1].push(cell.trim().replace(/\s+/g, " "));
        cell = ""; begun = false;
        if (sign === "\n") { lines.push([]); }
      } else { cell += sign; begun = true; }
    }
    lines[lines.length - 1].push(cell.trim().replace(/\s+/g, " "));
    return lines;
  }

  // Labels, serials or months beside the figures say where they go: the server puts them there.
  function labelled(lines) {
    return lines.some(function (cells) {
      return /^(\d{1,2}[a-z]\b|[a-z]{3}(?!$))/i.test(cells[0]) && !/^(nil|none|n\/?a)\b/i.test(cells[0]);
    });
  }

  // A column pasted into a cell goes down the rows from there, one line a row.
  grid.addEventListener("paste", function (event) {
    var cell = event.target;
    if (!cell.dataset || cell.dataset.col === undefined) { return; }
    var text = (event.clipboardData || window.clipboardData).getData("text");
    var lines = cellsOf(text);
    if (lines.length < 2 && lines[0].length < 2) { return; }
    event.preventDefault();
    if (labelled(lines)) {
      var area = document.getElementById("pasted");
      area.closest("details").open = true;
      area.value = text;
      document.getElementById("pasted-month").value = cell.name.split("@")[1];
      area.focus();
      said.textContent = "These cells have labels or months beside them: they are below, where " +
        "\u201cPut them into the rows\u201d finds their rows. Nothing is saved yet.";
      return;
    }
    var row = cell.closest("tr");
    var filled = 0, left = 0, begun = row.querySelector("th").textContent.trim();
    lines.forEach(function (cells) {
      cells.forEach(function (value, at) {
        var column = Number(cell.dataset.col) + at;
        var input = row && row.querySelector('input[data-col="' + column + '"]');
        if (input && value) { input.value = value; mark(input); filled += 1; }
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
