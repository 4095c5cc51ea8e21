// Runs inside the page under measurement. Times are those of the page's own clock.
window.probe = (() => {
  // Streamlit's components live in shadow roots, which querySelector does not enter.
  const find = (selector, root = document) => {
    const found = root.querySelector(selector);
    if (found) return found;
    for (const element of root.querySelectorAll("*")) {
      const inside = element.shadowRoot && find(selector, element.shadowRoot);
      if (inside) return inside;
    }
    return null;
  };

  // Milliseconds since navigation until every selector finds something.
  const firstView = (selectors) =>
    new Promise((resolve) => {
      const look = () => {
        if (selectors.every((selector) => find(selector))) resolve(performance.now());
        else requestAnimationFrame(look);
      };
      look();
    });

  const api = { find, firstView, painted: null };

  // Sets api.painted to a promise of the milliseconds from the next Enter to the next paint.
  api.arm = (selector, attribute) => {
    let start = 0;
    const note = (event) => {
      if (event.key === "Enter") start = event.timeStamp;
    };
    addEventListener("keydown", note, { capture: true });
    const watched = find(selector);
    api.painted = new Promise((resolve, reject) => {
      const finish = () => {
        if (!start || !observer) return;
        resolve(performance.now() - start);
        removeEventListener("keydown", note, { capture: true });
        observer.disconnect();
        observer = null;
      };
      let observer = new MutationObserver(finish);
      const options = attribute
        ? { attributeFilter: [attribute] }
        : { characterData: true, childList: true, subtree: true };
      observer.observe(watched, options);
      // Where the element itself is replaced, its successor counts.
      const look = () => {
        if (!observer) return;
        if (!watched.isConnected && find(selector)) finish();
        else requestAnimationFrame(look);
      };
      look();
      setTimeout(() => reject(new Error(`no new paint of ${selector} in 20 seconds`)), 20000);
    });
  };
  return api;
})();
