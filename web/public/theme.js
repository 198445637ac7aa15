// Runs before the first paint, so that a dark room never sees a white flash. A file of its own, because the server's
// Content-Security-Policy allows no inline script.
(function () {
  var scheme = null;
  try {
    scheme = localStorage.getItem("privity-color-scheme");
  } catch {
    // Storage is switched off: follow the system.
  }
  if (scheme !== "light" && scheme !== "dark") {
    scheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  document.documentElement.setAttribute("data-mantine-color-scheme", scheme);
})();
