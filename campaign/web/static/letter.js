// Small helps for those who write. Every page works without them.
"use strict";

// How many characters are left, beneath a field that has a limit.
for (const told of document.querySelectorAll("output[data-count]")) {
  const field = document.getElementById(told.htmlFor);
  const most = Number(told.dataset.count);
  const tell = () => {
    // Line ends count as one sign, as they do on the server.
    const left = most - field.value.replace(/\r\n?/g, "\n").length;
    told.textContent = told.dataset.words.replace("{n}", left.toLocaleString(document.documentElement.lang, { numberingSystem: "latn" }));
  };
  field.addEventListener("input", tell);
  tell();
  told.hidden = false;
}

// Copying a text.
for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) continue;
  const words = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    const parts = [...source.querySelectorAll("p")].map((p) => p.innerText);
    await navigator.clipboard.writeText(parts.length ? parts.join("\n\n") : source.innerText);
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = words; }, 2500);
  });
}

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A letter is looked over while it is written; what is found is listed under it.
for (const form of document.querySelectorAll("form[data-check]")) {
  const list = form.querySelector(".notes");
  let waits, asked = 0;
  const look = async () => {
    const mine = ++asked;
    let answer;
    try {
      answer = await fetch(form.dataset.check, { method: "POST", body: new FormData(form) });
    } catch {
      return;
    }
    if (!answer.ok || mine !== asked) return;
    const found = await answer.json();
    list.replaceChildren(...found.notes.map(({ lead, text, grave }) => {
      const note = document.createElement("p");
      const first = document.createElement("strong");
      note.className = grave ? "note grave" : "note";
      first.textContent = lead;
      note.append(first, " ", text);
      return note;
    }));
    if (found.held) {
      const held = document.createElement("p");
      held.textContent = found.held;
      list.append(held);
    }
  };
  for (const name of ["subject", "body"]) {
    form.elements[name].addEventListener("input", () => {
      clearTimeout(waits);
      waits = setTimeout(look, 900);
    });
  }
}

// An official without an e-mail address can be written to by post alone.
for (const form of document.querySelectorAll("form[data-check]")) {
  const ways = [...form.querySelectorAll("input[name=channel]")];
  const fit = () => {
    const chosen = form.querySelector("input[name=target]:checked");
    const byPost = chosen !== null && chosen.dataset.mail === "no";
    for (const way of ways) {
      way.disabled = byPost && way.value !== "post";
      if (byPost && way.value === "post") way.checked = true;
    }
  };
  form.addEventListener("change", fit);
  fit();
}
