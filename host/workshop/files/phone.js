// Sends the forms of the page in the background, keeps what could not be sent and tries again.
// Without this script every form still works. Plain old JavaScript: phones may be ten years old.
(function () {
  "use strict";
  var room = document.body.getAttribute("data-room");
  var form = document.getElementById("vote");
  if (!room || !form || !window.XMLHttpRequest || !window.JSON) return;
  var said = document.getElementById("said");
  var kept = "workshop " + room;
  var queue = recall();
  var sending = null;
  var failures = 0;
  var timer = 0;
  var taps = 0; // in all, and whether the last ones have not been put in the queue yet
  var isTapping = false;
  var most = Number(form.getAttribute("data-most"));
  var isDots = form.getAttribute("data-method") === "dots";
  var voting = document.getElementById("closed").hidden;

  function recall() {
    try { return JSON.parse(localStorage.getItem(kept)) || []; } catch (error) { return []; }
  }

  function remember() {
    try { localStorage.setItem(kept, JSON.stringify(queue)); } catch (error) { /* memory will do */ }
  }

  function say(words, isMistake) {
    said.className = isMistake ? "mistake" : "";
    if (said.textContent !== words) said.textContent = words;
  }

  function each(list, act) { Array.prototype.forEach.call(list, act); }

  function newNumber() {
    var letters = "";
    while (letters.length < 24) letters += Math.random().toString(36).slice(2);
    return letters.slice(0, 24);
  }

  function ask(method, path, body, done) {
    var request = new XMLHttpRequest();
    request.open(method, room + "/" + path);
    request.setRequestHeader("Accept", "application/json");
    if (body) request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    request.timeout = 15000;
    request.onload = function () {
      var facts = {};
      try { facts = JSON.parse(request.responseText); } catch (error) { /* not from our server */ }
      done(facts.said || facts.ok ? request.status : 0, facts);
    };
    request.onerror = request.ontimeout = function () { done(0, {}); };
    request.send(body);
  }

  function pack(fields) {
    return Object.keys(fields).map(function (name) {
      return encodeURIComponent(name) + "=" + encodeURIComponent(fields[name]);
    }).join("&");
  }

  function add(path, fields) {
    fields.request = newNumber();
    // Only the newest ballot counts; one that is on its way is left alone.
    queue = queue.filter(function (one) { return one === sending || path !== "vote" || one.path !== "vote"; });
    queue.push({ path: path, fields: fields });
    remember();
    send();
  }

  function send() {
    if (sending || !queue.length) return;
    clearTimeout(timer);
    sending = queue[0];
    ask("POST", sending.path, pack(sending.fields), function (status, facts) {
      var one = sending;
      sending = null;
      if (status === 0 || status === 429 || status >= 500) return wait(status, facts);
      failures = 0;
      queue = queue.filter(function (other) { return other !== one; });
      remember();
      if (status === 200) settle(one, facts);
      else refuse(one, status, facts);
      send();
    });
  }

  function wait(status, facts) {
    failures += 1;
    say(status ? facts.said : "Not sent yet: no connection. It is kept here and sent later.", true);
    timer = setTimeout(send, Math.min(30, status === 429 ? 20 : Math.pow(2, failures - 1)) * 1000 * (0.7 + Math.random() * 0.6));
  }

  function settle(one, facts) {
    var isNewer = isTapping || queue.some(function (other) { return other.path === "vote"; });
    if (one.path === "vote" && !isNewer) show(facts.ballot);
    if (!isNewer) say(facts.said, false);
    setVoting(facts.voting);
  }

  function refuse(one, status, facts) {
    say(facts.said, true);
    if (one.path === "vote") check();
    each(document.querySelectorAll("form[action$='/" + one.path + "'] [name]"), function (input) {
      if (one.path !== "vote" && input.type !== "hidden" && !input.value) input.value = one.fields[input.name];
    });
  }

  function ballot() {
    var numbers = {};
    each(form.querySelectorAll("[name^=q]"), function (input) { numbers[input.name] = Number(input.value); });
    return numbers;
  }

  function show(numbers) {
    each(form.querySelectorAll("[name^=q]"), function (input) {
      input.value = numbers[input.name.slice(1)] || 0;
    });
    draw();
  }

  function draw() {
    var numbers = ballot();
    var names = Object.keys(numbers);
    var sum = names.reduce(function (total, name) { return total + numbers[name]; }, 0);
    var filled = names.filter(function (name) { return numbers[name]; }).length;
    document.getElementById("left").textContent = isDots
      ? most - sum + " of " + most + (most === 1 ? " dot left." : " dots left.")
      : filled + (filled === 1 ? " place of " : " places of ") + most + " filled.";
    each(form.querySelectorAll("select"), function (select) { select.disabled = !voting; });
    each(form.querySelectorAll(".dots"), function (box) {
      var given = Number(box.querySelector("input").value);
      box.querySelector("output").textContent = given;
      box.querySelector("span").textContent = new Array(given + 1).join("●");
      box.querySelector("[name=less]").disabled = !voting || given < 1;
      box.querySelector("[name=more]").disabled = !voting || sum >= most;
    });
  }

  function setVoting(isOpen) {
    voting = isOpen;
    document.getElementById("closed").hidden = isOpen;
    draw();
  }

  function vote() {
    var fields = ballot();
    fields.form = form.elements.form.value;
    draw();
    clearTimeout(vote.timer);
    taps += 1;
    isTapping = true;
    // At once: "saved" must never stand beside a tap that is not.
    say("Saving …", false);
    // Several quick taps make one ballot.
    vote.timer = setTimeout(function () {
      isTapping = false;
      add("vote", fields);
    }, 350);
  }

  function check() {
    var before = taps;
    ask("GET", "state", null, function (status, facts) {
      if (status === 404) say(facts.said, true);
      if (status !== 200) return;
      setVoting(facts.voting);
      // What was tapped in the meantime is newer than this answer.
      if (taps === before && !isTapping && !sending && !queue.length) show(facts.ballot);
    });
  }

  form.addEventListener("click", function (event) {
    var button = event.target;
    if (!isDots || !button.name || button.tagName !== "BUTTON") return;
    event.preventDefault();
    var input = button.parentNode.querySelector("input");
    input.value = Number(input.value) + (button.name === "more" ? 1 : -1);
    vote();
    if (button.disabled) button.parentNode.querySelector("button:not(:disabled)").focus();
  });

  form.addEventListener("change", function (event) {
    each(form.querySelectorAll("select"), function (other) {
      if (other !== event.target && other.value === event.target.value) other.value = 0;
    });
    vote();
  });

  each(document.querySelectorAll("form"), function (one) {
    one.addEventListener("submit", function (event) {
      event.preventDefault();
      if (one === form) return vote();
      var fields = {};
      each(one.elements, function (input) { if (input.name) fields[input.name] = input.value; });
      say("Sending …", false);
      add(one.getAttribute("action").split("/").pop(), fields);
      each(one.querySelectorAll("textarea, input:not([type=hidden])"), function (input) { input.value = ""; });
    });
  });

  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", function () { if (!document.hidden) { send(); check(); } });
  setInterval(function () { if (!document.hidden) check(); }, 15000 + Math.random() * 10000);

  queue.forEach(function (one) {
    if (one.path !== "vote") return;
    var numbers = {};
    Object.keys(one.fields).forEach(function (name) { numbers[name.slice(1)] = one.fields[name]; });
    show(numbers);
  });
  // Somebody may have chosen before this script was there.
  var isEarly = [].some.call(form.querySelectorAll("option"), function (option) {
    return option.selected && !option.defaultSelected && option.value !== "0";
  });
  if (isEarly && !queue.length) vote();
  send();
}());
