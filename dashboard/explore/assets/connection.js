// Says where the connection is lost: a choice then changes its control and nothing else.
(function () {
  "use strict";

  const UPDATE = "/_dash-update-component"; // where Dash sends what a reader chose
  const LOST = "The connection is lost. What you see is the last view that came.";
  const BACK = "The connection is back. What you see is the last view that came: choose again.";
  const place = document.getElementById("connection");
  let missed = false; // whether a choice did not reach the server

  function say(text) {
    place.textContent = text;
    place.hidden = !text;
  }

  window.addEventListener("offline", () => say(LOST));
  window.addEventListener("online", () => say(missed ? BACK : ""));
  if (!navigator.onLine) { say(LOST); }

  // A request that got no answer has the status 0; a browser that tells none is left alone.
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (!entry.name.includes(UPDATE) || entry.responseStatus === undefined) { continue; }
      missed = entry.responseStatus === 0;
      say(missed || !navigator.onLine ? LOST : "");
    }
  }).observe({ type: "resource" });
})();
