// Runs inside the page under measurement. Times are those of the page's own clock.
window.probe = (() => {
  // Streamlit's components live in shadow roots, which querySelector does not enter.
  // "outer >>> inner" is an inner one somewhere inside an outer one.
  const find = (selector, root = document) => {
    if (selector.includes(" >>> ")) {
      const [outer, inner] = selector.split(" >>> ");
      const around = find(outer, root);
      return around && find(inner, around);
    }
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

  // Sets api.switched to a promise of the milliseconds from the next click to a first view.
  api.armSwitch = (selectors) => {
    api.switched = new Promise((resolve) => {
      const begin = (event) =>
        firstView(selectors).then((shown) => resolve(shown - event.timeStamp));
      addEventListener("click", begin, { capture: true, once: true });
    });
  };

  // Sets api.settled to a promise of the milliseconds from the next click to the last change of
  // the page before it stays as it is for a while; no sooner than an element reads otherwise.
  api.armSettled = (selector, quiet = 400) => {
    let start = 0;
    let last = 0;
    const before = find(selector).textContent;
    let answered = false;
    addEventListener("click", (event) => (start = event.timeStamp), { capture: true, once: true });
    const observer = new MutationObserver(() => (last = performance.now()));
    const all = { attributes: true, characterData: true, childList: true, subtree: true };
    const watch = (root) => {
      observer.observe(root, all);
      for (const element of root.querySelectorAll("*")) {
        if (element.shadowRoot) watch(element.shadowRoot);
      }
    };
    watch(document);
    api.settled = new Promise((resolve, reject) => {
      const look = () => {
        const element = answered ? null : find(selector);
        answered ||= Boolean(element) && element.textContent !== before;
        if (start && answered && performance.now() - last > quiet) {
          observer.disconnect();
          resolve(last - start);
        } else requestAnimationFrame(look);
      };
      look();
      setTimeout(() => reject(new Error("the page did not settle in 20 seconds")), 20000);
    });
  };
  return api;
})();
