// Keeps the windows of one deck on one computer in step.

const CHANNEL = "ward-needs-story";

class Windows {
  constructor(token, hear) {
    this.token = token;
    this.channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(CHANNEL) : null;
    this.channel?.addEventListener("message", ({ data }) => {
      if (data && data.token === this.token) hear(data);
    });
  }

  say(kind, content = {}) {
    this.channel?.postMessage({ kind, token: this.token, ...content });
  }

  close() {
    this.channel?.close();
  }
}
