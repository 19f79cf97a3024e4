"use strict";
(() => {
  // A4 less its margins, in CSS pixels; the height leaves room for the figure's heading.
  const PRINT_WIDTH = 672;
  const PRINT_HEIGHT = 780;
  const ONE_PAGE = 0.85; // beside all the rest of a report on one sheet
  const SMALLEST = 0.6; // a chart shrunk further could not be read
  const root = document.documentElement;
  const slots = Array.from(document.querySelectorAll(".chart"));
  const setup = JSON.parse(document.getElementById("chart-setup").textContent);
  const embedded = document.getElementById("plotly-gz");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  let printing = false;

  const tint = (value) => {
    if (Array.isArray(value)) return value.map(tint);
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, tint(item)]));
    }
    return (typeof value === "string" && setup.dark[value.toLowerCase()]) || value;
  };

  const draw = (slot) => {
    const text = document.getElementById(`${slot.id}-json`).textContent;
    let figure = JSON.parse(text);
    if (dark.matches && !printing) figure = tint(figure);
    const tall = PRINT_HEIGHT / (figure.layout.height || 450);
    const most = document.body.classList.contains("one-page") ? ONE_PAGE : 1;
    const scale = printing ? Math.max(SMALLEST, Math.min(most, tall)) : 1;
    slot.style.zoom = String(scale);
    const width = printing ? Math.floor(PRINT_WIDTH / scale) : slot.clientWidth;
    slot.dataset.width = String(width);
    const layout = { ...figure.layout, width, autosize: false };
    return window.Plotly.react(slot, figure.data, layout, { ...setup.config });
  };

  const drawAll = () => Promise.all(slots.map(draw));

  const unpack = async () => {
    if (!embedded) return; // a script of its own, shared by many reports, has run before this one
    const packed = atob(embedded.textContent.trim());
    const bytes = Uint8Array.from(packed, (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const script = document.createElement("script");
    script.textContent = await new Response(stream).text();
    document.head.append(script);
  };

  const watch = () => {
    let waiting = 0;
    const resized = () => {
      if (printing) return;
      slots.filter((slot) => String(slot.clientWidth) !== slot.dataset.width).forEach(draw);
    };
    window.addEventListener("resize", () => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(resized, 120);
    });
    dark.addEventListener("change", drawAll);
    window.addEventListener("beforeprint", () => {
      printing = true;
      drawAll();
    });
    window.addEventListener("afterprint", () => {
      printing = false;
      drawAll();
    });
  };

  const start = async () => {
    if (embedded ? !("DecompressionStream" in window) : !("Plotly" in window)) {
      root.classList.add("no-charts");
      return;
    }
    try {
      await unpack();
      await drawAll();
      watch();
      root.dataset.charts = String(slots.length);
    } catch (problem) {
      root.classList.add("no-charts");
      console.error(problem);
    }
  };

  start();
})();
