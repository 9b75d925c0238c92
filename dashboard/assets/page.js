// What a page does in the reader's browser. Everything works without it, by links and forms.
(function () {
  "use strict";

  document.documentElement.classList.add("scripts");

  // Dash would load the whole of Plotly; the page names the build that it has, and loads early.
  var plotly = document.getElementById("plotly");
  if (plotly) {
    Object.defineProperty(window, "_dashPlotlyJSURL", {
      get: function () { return plotly.href; },
      set: function () {}
    });
  }

  function sizeFor(width) {
    return width >= 740 ? "page" : width >= 500 ? "medium" : "narrow";
  }

  function say(text) {
    var place = document.getElementById("said");
    if (place) { place.textContent = text; }
  }

  // --- the chart: drawn by the server, then by Plotly over it --------------------------

  var dash = (window.dash_clientside = window.dash_clientside || {});
  var entry = document.getElementById("react-entry-point");
  var view = document.getElementById("view");
  var ready = false; // whether Dash has begun
  var wanted = null; // the figure that Plotly has yet to draw

  function frame() { return view && view.querySelector(".drawn"); }

  // Plotly's drawing shows once it is that of the view shown: never an earlier one.
  function reveal(place, mark) {
    if (!place.isConnected || place !== frame() || wanted) { return; }
    var plot = place.querySelector(".js-plotly-plot");
    var layout = plot && plot.querySelector(".main-svg") && plot.layout;
    if (layout && (layout.meta || "") === mark) { place.classList.add("live"); return; }
    setTimeout(reveal, 60, place, mark);
  }

  function redraw() {
    var place = frame(), figure = wanted;
    if (!ready || !figure || !place) { return; }
    wanted = null;
    dash.set_props("chart", { figure: figure });
    reveal(place, figure.layout.meta);
  }

  var turns = 0;
  // The reader sees the server's drawing first; Plotly's takes the browser a while.
  function drawLater(figure) {
    figure.layout.meta = "turn " + (turns += 1);
    wanted = figure;
    requestAnimationFrame(function () { setTimeout(redraw, 100); });
  }

  // The server guesses at the width; where it guessed wrong, the fitting drawing is fetched.
  function refit() {
    var place = frame();
    if (!place) { return; }
    var width = place.clientWidth, size = sizeFor(width), known = place.dataset;
    var near = size === "page" || Math.abs(width - known.width) < 0.06 * width;
    tell(size, width);
    if (size === known.size && (near || place.classList.contains("live"))) { return; }
    var other = size !== known.size;
    var query = known.url + "&size=" + size + "&width=" + width;
    known.size = size;
    known.width = width;
    place.className = "drawn drawn-" + size;
    fetch("/api/picture.svg" + query)
      .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(answer.status); })
      .then(function (drawing) {
        var old = place.querySelector("svg.drawing");
        if (old && known.size === size) { old.outerHTML = drawing; }
      })
      .catch(function () { /* the drawing there stays */ });
    if (!other) { reveal(place, ""); return; }
    fetch("/api/picture.json" + query)
      .then(function (answer) { return answer.json(); })
      .then(function (figure) { if (known.size === size && place === frame()) { drawLater(figure); } })
      .catch(function () { /* the drawing there stays */ });
  }

  function tell(size, width) {
    if (ready) { dash.set_props("fit", { data: { size: size, width: width } }); }
  }

  var waiting = 0;
  window.addEventListener("resize", function () {
    clearTimeout(waiting);
    waiting = setTimeout(function () {
      var plot = view && view.querySelector(".js-plotly-plot");
      if (plot && window.Plotly && plot.layout && plot.layout.autosize) { window.Plotly.Plots.resize(plot); }
      refit();
    }, 150);
  });

  // --- choices change the view in place; the address and the back button go along ------

  // A chosen view's markup takes the place of the one before it; Dash's root moves with it.
  function show(turned) {
    var open = view.querySelector("details[open]");
    var focused = view.contains(document.activeElement) ? document.activeElement : null;
    var name = focused && focused.textContent;
    view.insertAdjacentElement("afterend", entry);
    entry.hidden = true;
    view.innerHTML = turned.html;
    var slot = view.querySelector(".slot");
    if (slot) { slot.appendChild(entry); entry.hidden = false; }
    if (open && view.querySelector("details")) { view.querySelector("details").open = true; }
    if (focused) {
      var same = Array.prototype.find.call(
        view.querySelectorAll("a, summary, button"),
        function (one) { return one.textContent === name; }
      );
      if (same) { same.focus({ preventScroll: true }); }
    }
    var now = view.querySelector("a[data-choice=view][aria-current]");
    if (now) { say("Showing " + now.textContent); }
    if (turned.figure && slot) { drawLater(turned.figure); }
    refit();
  }

  dash.send = {
    turn: function (turned) {
      clearTimeout(late);
      if (!ready) {
        ready = true;
        var place = frame();
        if (place) { tell(place.dataset.size, place.clientWidth); }
        if (wanted) { redraw(); } else if (place) { reveal(place, ""); }
      }
      view.classList.remove("turning");
      if (turned && turned.search === window.location.search) { show(turned); }
      return dash.no_update;
    }
  };
  refit();

  // Where a view does not come, the page says so, and offers it as a page of its own.
  var late = 0;
  function notCome(link) {
    view.classList.remove("turning");
    say("The view has not come");
    var note = document.createElement("p");
    note.className = "caution";
    note.textContent = "The view has not come; the connection may be slow or lost. ";
    var again = document.createElement("a");
    again.href = link.href;
    again.textContent = "Open " + link.textContent + " as a page";
    note.appendChild(again);
    var place = view.querySelector("figure");
    if (place) { view.insertBefore(note, place); }
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("#view a[data-choice=view]");
    // Before Dash has begun a choice is a link like any other.
    if (!ready || !link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey ||
        event.button) { return; }
    event.preventDefault();
    if (link.getAttribute("aria-current")) { return; }
    window.history.pushState({}, "", link.href);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    say("Loading " + link.textContent);
    view.classList.add("turning");
    clearTimeout(late);
    late = setTimeout(notCome, 8000, link);
  });

  // The meeting's form takes along what was chosen since the page came.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.matches(".as-at")) { return; }
    form.querySelectorAll("input[type=hidden]").forEach(function (input) { input.remove(); });
    new URLSearchParams(window.location.search).forEach(function (value, name) {
      if (name === "as_at") { return; }
      var input = document.createElement("input");
      input.type = "hidden";
      input.name = name;
      input.value = value;
      form.appendChild(input);
    });
    var chosen = form.querySelector("select");
    if (!chosen.value) { chosen.disabled = true; }
  });

  // --- the chart's description -------------------------------------------------

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("button[data-copy]");
    if (!button || !navigator.clipboard) { return; }
    navigator.clipboard.writeText(button.dataset.copy).then(
      function () {
        say("The description is copied");
        var words = button.textContent;
        button.textContent = "Copied";
        setTimeout(function () { button.textContent = words; }, 2000);
      },
      function () { say("The description could not be copied"); }
    );
  });

})();
