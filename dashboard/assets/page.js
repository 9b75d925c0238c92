// What a page does in the reader's browser. Everything works without it, by links and forms.
(function () {
  "use strict";

  document.documentElement.classList.add("scripts");

  var drawn = null; // the size that is drawn, and where other sizes come from

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

  function frame() {
    return document.querySelector("#view .drawn") || document.querySelector(".drawn");
  }

  function say(text) {
    var place = document.getElementById("said");
    if (place) { place.textContent = text; }
  }

  // --- Dash: the size that fits ------------------------------------------------------

  var dash = (window.dash_clientside = window.dash_clientside || {});
  dash.send = {
    fit: function (of) {
      drawn = of;
      setTimeout(refit, 0);
      return dash.no_update;
    }
  };

  // The server guesses at the width; where it guessed wrong, the fitting figure is fetched.
  function refit() {
    var place = frame();
    if (!drawn || !place) { return; }
    var asked = drawn, size = sizeFor(place.clientWidth);
    if (size === asked.size) { return; }
    fetch(asked.url + "&size=" + size)
      .then(function (answer) { return answer.json(); })
      .then(function (figure) {
        if (drawn !== asked) { return; }
        drawn = { size: size, url: asked.url };
        place.className = "drawn drawn-" + size;
        dash.set_props("chart", { figure: figure });
      })
      .catch(function () { /* the figure drawn stays */ });
  }
  var waiting = 0;
  window.addEventListener("resize", function () {
    clearTimeout(waiting);
    waiting = setTimeout(function () {
      var plot = document.querySelector("#view .js-plotly-plot");
      if (plot && window.Plotly && plot.layout && plot.layout.autosize) { window.Plotly.Plots.resize(plot); }
      refit();
    }, 150);
  });

  // --- the server's first view gives way to the one that Dash has drawn ---------------

  function giveWay() {
    var first = document.getElementById("first-view");
    if (!first || !document.getElementById("view")) { return false; }
    var open = first.querySelector("details[open]");
    var focused = first.contains(document.activeElement) ? document.activeElement : null;
    var href = focused && focused.getAttribute("href");
    first.remove();
    if (open) {
      var details = document.querySelector("#view details");
      if (details) { details.open = true; }
    }
    if (href) {
      var same = document.querySelector('#view a[href="' + CSS.escape(href) + '"]');
      if (same) { same.focus({ preventScroll: true }); }
    }
    return true;
  }
  var entry = document.getElementById("react-entry-point");
  if (entry) {
    new MutationObserver(function (_, self) {
      if (giveWay()) { self.disconnect(); }
    }).observe(entry, { childList: true, subtree: true });
  }

  // --- choices change the view in place; the address and the back button go along ------

  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("#view a[data-choice=view]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey ||
        event.button) { return; }
    event.preventDefault();
    if (link.getAttribute("aria-current")) { return; }
    window.history.pushState({}, "", link.href);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    say("Loading " + link.textContent);
    var wanted = link.getAttribute("href");
    var view = document.getElementById("view");
    new MutationObserver(function (_, self) {
      var now = view.querySelector("a[data-choice=view][aria-current]");
      if (now && now.getAttribute("href") === wanted) {
        self.disconnect();
        say("Showing " + now.textContent);
      }
    }).observe(view, { attributes: true, childList: true, subtree: true });
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

  // --- the picture, and its description -------------------------------------------------

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("button[data-figure]");
    if (!button || !window.Plotly) { return; }
    say("Making the picture");
    fetch(button.dataset.figure)
      .then(function (answer) {
        if (!answer.ok) { throw new Error(answer.status); }
        return answer.json();
      })
      .then(function (figure) {
        return window.Plotly.downloadImage(figure, {
          format: "png", width: figure.layout.width, height: figure.layout.height, scale: 3,
          filename: button.dataset.file
        });
      })
      .then(function () { say("The picture is in your downloads"); })
      .catch(function () { say("The picture could not be made. Please try again."); });
  });

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
