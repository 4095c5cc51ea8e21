// The slides: one in the page (preview), or the whole window (present).

class Slides {
  constructor(parent) {
    this.root = make("section", "deck", parent);
    this.root.setAttribute("aria-roledescription", "slides");
    this.stage = make("div", "stage", this.root);
    this.live = make("div", "unseen", this.root);
    this.live.setAttribute("aria-live", "polite");
  }

  update(data, leave) {
    this.leave = leave;
    const content = JSON.stringify(data);
    if (content === this.content) return;
    const same = this.data && this.data.token === data.token && data.mode === "present";
    this.content = content;
    this.data = data;
    this.index = same ? Math.min(this.index, data.slides.length - 1) : data.index;
    this.root.dataset.mode = data.mode;
    this.root.setAttribute("aria-label", data.title || "Slides");
    this.stage.replaceChildren();
    const level = data.mode === "present" ? "h1" : "h2";
    this.slides = data.slides.map((slide, n) =>
      makeSlide(this.stage, slide, n + 1, data.slides.length, level),
    );
    if (data.mode === "present" && !this.windows) this.begin();
    this.show(this.index, false);
  }

  // Once, when the slides fill the window: keys, the bar, the notes window.
  begin() {
    this.root.tabIndex = -1;
    const kept = `story-started-${this.data.token}`;
    this.started = Number(sessionStorage.getItem(kept)) || Date.now();
    this.keepStart = () => sessionStorage.setItem(kept, this.started);
    this.keepStart();
    this.windows = new Windows(this.data.token, (message) => this.hear(message));
    this.bar = make("nav", "bar", this.root);
    this.bar.setAttribute("aria-label", "Slides");
    makeButton(this.bar, "‹", "Previous slide", () => this.act("previous"));
    this.place = make("span", "place", this.bar);
    makeButton(this.bar, "›", "Next slide", () => this.act("next"));
    makeButton(this.bar, "Notes", "Open the presenter's notes in a second window (N)", () =>
      this.act("notes"),
    );
    makeButton(this.bar, "Full screen", "Full screen (F)", () => this.act("full"));
    makeButton(this.bar, "End", "End the presentation (Escape)", () => this.act("leave"));
    this.press = (event) => {
      const asked = readKey(event);
      if (!asked) return;
      event.preventDefault();
      event.stopPropagation();
      this.act(asked);
    };
    window.addEventListener("keydown", this.press, true);
    this.root.focus({ preventScroll: true });
    this.tell();
  }

  act(asked) {
    if (asked === "leave") this.end();
    else if (asked === "blank") this.root.classList.toggle("blank");
    else if (asked === "full") this.toggleFull();
    else if (asked === "notes") this.openNotes();
    else {
      this.root.classList.remove("blank");
      this.show(step(asked, this.index, this.slides.length), true);
    }
  }

  show(index, announce) {
    this.index = index;
    this.slides.forEach((slide, n) => slide.classList.toggle("current", n === index));
    if (this.data.mode !== "present") return;
    const slide = this.data.slides[index];
    this.place.textContent = `${index + 1} / ${this.slides.length}`;
    const page = new URL(location.href);
    page.searchParams.set("slide", index + 1);
    history.replaceState(history.state, "", page);
    if (announce && slide) {
      const where = `Slide ${index + 1} of ${this.slides.length}`;
      this.live.textContent = `${where}: ${slide.title}. ${slide.description}`;
    }
    this.windows.say("at", { index, started: this.started });
  }

  hear(message) {
    if (message.kind === "hello") this.tell();
    else if (message.kind === "act") this.act(message.asked);
    else if (message.kind === "reset") {
      this.started = Date.now();
      this.keepStart();
      this.tell();
    }
  }

  // The whole deck, so that the notes window shows this story even where it is not saved.
  tell() {
    this.windows.say("deck", { data: this.data, index: this.index, started: this.started });
  }

  openNotes() {
    const page = new URL(location.href);
    page.searchParams.set("present", "notes");
    page.searchParams.set("channel", this.data.token);
    window.open(page, "story-notes", "popup,width=1100,height=760");
  }

  toggleFull() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => {});
  }

  end() {
    if (document.fullscreenElement) document.exitFullscreen();
    sessionStorage.removeItem(`story-started-${this.data.token}`);
    this.leave(this.index);
  }

  close() {
    if (this.press) window.removeEventListener("keydown", this.press, true);
    this.windows?.say("bye");
    this.windows?.close();
    this.root.remove();
  }
}
