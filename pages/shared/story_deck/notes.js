// The presenter's own view: this slide, the next one, the notes and the time.

class Notes {
  constructor(parent) {
    this.root = make("section", "notes", parent);
    this.head = make("header", "", this.root);
    this.time = make("p", "time", this.head);
    this.place = make("p", "place", this.head);
    this.state = make("p", "state", this.head);
    this.state.setAttribute("role", "status");
    const bar = make("nav", "bar", this.head);
    bar.setAttribute("aria-label", "Slides");
    makeButton(bar, "‹ Previous", "Previous slide", () => this.act("previous"));
    makeButton(bar, "Next ›", "Next slide", () => this.act("next"));
    makeButton(bar, "Restart the time", "Restart the time", () => this.restart());
    const pair = make("div", "pair", this.root);
    this.now = this.makeBox(pair, "Now");
    this.next = this.makeBox(pair, "Next");
    make("h2", "", this.root, "Notes");
    this.words = make("div", "words", this.root);
    this.words.setAttribute("aria-live", "polite");
    this.started = Date.now();
    this.press = (event) => this.hearKey(event);
    window.addEventListener("keydown", this.press, true);
    this.clock = setInterval(() => this.tick(), 500);
  }

  makeBox(parent, name) {
    const box = make("div", "box", parent);
    make("h2", "", box, name);
    return make("div", "stage", box);
  }

  update(data) {
    if (!this.windows) {
      this.windows = new Windows(data.token, (message) => this.hear(message));
      this.windows.say("hello");
    }
    if (this.live) return; // what the presenting window said counts
    this.show(data, data.index);
    this.say("The slides are not open in another window of this computer.");
  }

  hear(message) {
    if (message.kind === "deck") this.show(message.data, message.index);
    else if (message.kind === "at" && this.data) this.show(this.data, message.index);
    else if (message.kind === "bye") this.live = false;
    if (message.kind === "deck" || message.kind === "at") {
      this.live = true;
      this.started = message.started;
    }
    this.say(this.live ? "In step with the slides." : "The slides were closed.");
    this.tick();
  }

  show(data, index) {
    this.data = data;
    this.index = index;
    const count = data.slides.length;
    const slide = data.slides[index];
    this.root.dataset.index = index;
    this.place.textContent = count ? `Slide ${index + 1} of ${count}` : "No slides";
    this.draw(this.now, slide, index, count);
    this.draw(this.next, data.slides[index + 1], index + 1, count);
    this.words.replaceChildren();
    const text = [slide?.notes, slide?.outdated].filter(Boolean).join("\n\n");
    for (const part of (text || "No notes for this slide.").split(/\n+/)) {
      make("p", "", this.words, part);
    }
    this.tick();
  }

  draw(stage, slide, index, count) {
    stage.replaceChildren();
    if (!slide) return make("p", "end", stage, "The end");
    const article = makeSlide(stage, slide, index + 1, count, "h3");
    article.classList.add("current");
  }

  say(text) {
    if (this.state.textContent !== text) this.state.textContent = text;
  }

  tick() {
    const planned = this.data?.minutes;
    const gone = Date.now() - this.started;
    const of = planned ? ` of ${planned} min` : "";
    this.time.textContent = `${printTime(gone)}${of}`;
    const late = Boolean(planned) && gone > planned * 60_000;
    this.time.classList.toggle("late", late);
    if (late) this.time.textContent += " (over time)";
  }

  hearKey(event) {
    const asked = readKey(event);
    if (!["next", "previous", "first", "last", "blank"].includes(asked)) return;
    event.preventDefault();
    event.stopPropagation();
    this.act(asked);
  }

  act(asked) {
    if (this.live) this.windows.say("act", { asked });
    else if (this.data) this.show(this.data, step(asked, this.index, this.data.slides.length));
  }

  restart() {
    this.started = Date.now();
    this.windows?.say("reset");
    this.tick();
  }

  close() {
    clearInterval(this.clock);
    window.removeEventListener("keydown", this.press, true);
    this.windows?.close();
    this.root.remove();
  }
}
