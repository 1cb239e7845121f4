// Every page works without this. It offers a chart that answers the pointer, loaded when asked for.
for (const plot of document.querySelectorAll("[data-chart]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = plot.dataset.explore;
  button.addEventListener("click", () => explore(plot, button), { once: true });
  plot.after(button);
}

async function explore(plot, button) {
  try {
    const [twin] = await Promise.all([fetch(plot.dataset.chart), script(plot.dataset.vega)]);
    const spec = (await twin.json()).view.chart;
    spec.width = Math.max(240, plot.clientWidth - 60);
    for (const layer of spec.layer) layer.mark.tooltip = { content: "data" };
    const stage = document.createElement("div");
    plot.after(stage);
    await window.vegaEmbed(stage, spec, {
      ast: true, // expressions are walked, not compiled: the page's policy forbids eval
      actions: false,
      renderer: "canvas",
      defaultStyle: false,
      tooltip: { disableDefaultStyle: true },
    });
    plot.hidden = true;
    button.remove();
  } catch {
    button.replaceWith(Object.assign(document.createElement("p"), { textContent: plot.dataset.failed }));
  }
}

function script(address) {
  return new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement("script"), { src: address, type: "module" });
    element.addEventListener("load", resolve);
    element.addEventListener("error", reject);
    document.head.append(element);
  });
}

// Keys of the review pages. A key takes the reader somewhere and never decides; it can be switched
// off, because a single letter may also be what a speech recogniser hears (WCAG 2.2, 2.1.4).
const legend = document.querySelector("[data-keys]");
if (legend) {
  const choice = legend.querySelector("[data-keys-on]");
  choice.checked = remembered() !== "off";
  choice.addEventListener("change", () => remember(choice.checked ? "on" : "off"));
  legend.hidden = false;
  document.addEventListener("keydown", (event) => {
    if (!choice.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const to = event.key === "j" || event.key === "k" ? neighbour(event.key === "j" ? 1 : -1) : named(event.key);
    if (!to) return;
    event.preventDefault();
    if (to.hasAttribute("href") && event.key !== "j" && event.key !== "k") to.click();
    else to.focus();
  });
}

function named(key) {
  return [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
}

function neighbour(step) {
  const items = [...document.querySelectorAll("[data-item]")].filter((one) => one.checkVisibility());
  const here = items.indexOf(document.activeElement);
  return items[here < 0 ? (step > 0 ? 0 : items.length - 1) : here + step];
}

function remembered() {
  try {
    return localStorage.getItem("atalaya-keys");
  } catch {
    return null; // storage is closed to this site: the choice holds for this page
  }
}

function remember(choice) {
  try {
    localStorage.setItem("atalaya-keys", choice);
  } catch {
    // as above
  }
}
