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
