// What a page does in the reader's browser. Everything works without it, by links and forms.
(function () {
  "use strict";

  const PATIENCE = 8000; // milliseconds until a view that has not come is offered as a page

  document.documentElement.classList.add("scripts");
  const view = document.getElementById("view");

  function say(text) {
    const place = document.getElementById("said");
    if (place) { place.textContent = text; }
  }

  // --- a chosen view takes the place of the one before; address and Back go along -----------

  const address = () => location.pathname + location.search;
  let shown = address();
  let asked = null; // the request on its way

  function put(markup) {
    const open = view.querySelector("details[open]");
    const focused = view.contains(document.activeElement) ? document.activeElement : null;
    const name = focused && focused.textContent;
    view.innerHTML = markup;
    const table = view.querySelector("figure details");
    if (open && table) { table.open = true; }
    if (focused) {
      const same = Array.from(view.querySelectorAll("a, summary, button"))
        .find((one) => one.textContent === name);
      if (same) { same.focus({ preventScroll: true }); }
    }
    const now = view.querySelector("a[data-choice=view][aria-current]");
    if (now) { say("Showing " + now.textContent); }
    document.dispatchEvent(new CustomEvent("view-shown"));
  }

  // Where a view does not come, the page says so, and offers it as a page of its own.
  function missing(url, label) {
    say("The view has not come");
    const note = document.createElement("p");
    note.className = "caution";
    note.textContent = "The view has not come; the connection may be slow or lost. ";
    const link = document.createElement("a");
    link.href = url;
    link.textContent = "Open " + label + " as a page";
    note.append(link);
    note.classList.add("not-come");
    view.querySelectorAll(".caution.not-come").forEach((before) => before.remove());
    view.insertBefore(note, view.querySelector("figure"));
  }

  // The address goes along only with what is shown: a view that never comes leaves it.
  async function show(url, label, pushed) {
    if (asked) { asked.abort(); }
    const request = asked = new AbortController();
    const late = setTimeout(() => request.abort("late"), PATIENCE);
    const part = new URL(url, location.href);
    part.hash = "";
    part.searchParams.set("part", "view");
    view.setAttribute("aria-busy", "true");
    say("Loading " + label);
    try {
      const answer = await fetch(part, { signal: request.signal });
      if (!answer.ok) { throw new Error(answer.status); }
      const markup = await answer.text();
      if (asked !== request) { return; }
      if (pushed) { history.pushState({}, "", url); }
      shown = address();
      put(markup);
    } catch (_) {
      if (asked === request) { history.replaceState({}, "", shown); missing(url, label); }
    } finally {
      clearTimeout(late);
      if (asked === request) { asked = null; view.removeAttribute("aria-busy"); }
    }
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("#view a[data-choice=view]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) {
      return;
    }
    event.preventDefault();
    if (link.hasAttribute("aria-current") && !asked) { return; }
    show(link.href, link.textContent, true);
  });

  window.addEventListener("popstate", () => {
    if (!view || address() === shown) { return; } // only a place within the page
    show(location.href, "the view before", false);
  });

  // --- the meeting's form takes along what was chosen since the page came -----------------

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form.as-at[method=get]")) { return; }
    form.querySelectorAll("input[type=hidden]").forEach((input) => input.remove());
    new URLSearchParams(location.search).forEach((value, name) => {
      if (name === "as_at") { return; }
      const input = document.createElement("input");
      input.type = "hidden";
      input.name = name;
      input.value = value;
      form.append(input);
    });
    const chosen = form.querySelector("select");
    if (!chosen.value) { chosen.disabled = true; }
  });

  // --- the chart's description ------------------------------------------------------------

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-copy]");
    if (!button || !navigator.clipboard) { return; }
    navigator.clipboard.writeText(button.dataset.copy).then(
      () => {
        say("The description is copied");
        const words = button.textContent;
        button.textContent = "Copied";
        setTimeout(() => { button.textContent = words; }, 2000);
      },
      () => say("The description could not be copied")
    );
  });
})();
