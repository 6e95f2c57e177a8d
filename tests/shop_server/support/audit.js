// SPDX-License-Identifier: MIT
// Run in a page: what of WCAG 2.1 AA can be computed from what the browser has drawn. Answers with a
// list of faults.
(() => {
  const faults = [];
  const tell = (element, what) => faults.push(`${what}: ${element.outerHTML.slice(0, 120)}`);
  const visible = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && !element.closest(".visually-hidden");

  const channels = (color) => {
    const parts = color.match(/^rgba?\(([^)]+)\)$/)[1].split(",").map(Number);
    return { rgb: parts.slice(0, 3), alpha: parts[3] ?? 1 };
  };
  const over = (top, bottom) => top.rgb.map((value, i) => value * top.alpha + bottom[i] * (1 - top.alpha));
  // The colour behind an element: all grounds below it, down to white paper.
  const ground = (element) => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) layers.push(channels(getComputedStyle(one).backgroundColor));
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const luminance = (rgb) => {
    const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = rgb.map((value) => linear(value / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };

  // 1.4.3: text against its ground.
  let texts = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !visible(element) || element.closest("script, noscript")) continue;
    texts += 1;
    const below = ground(element);
    const found = contrast(over(channels(getComputedStyle(element).color), below), below);
    if (found < 4.5) tell(element, `contrast of text ${found.toFixed(2)}`);
  }
  if (texts === 0) faults.push("no text was found");

  // 1.4.11: the border of what has no ground of its own.
  for (const element of document.querySelectorAll(".close, .plan, .meter, textarea")) {
    if (!visible(element)) continue;
    const found = contrast(channels(getComputedStyle(element).borderTopColor).rgb, ground(element.parentElement));
    if (found < 3) tell(element, `contrast of a border ${found.toFixed(2)}`);
  }

  // 3.1.1, 2.4.2, 1.3.1
  if (document.documentElement.lang !== "ja") faults.push("no lang=ja");
  if (!document.title.trim()) faults.push("no title");
  const headings = [...document.querySelectorAll("h1, h2, h3, h4")].filter((one) => one.checkVisibility());
  const levels = headings.map((one) => Number(one.tagName[1]));
  if (levels.filter((level) => level === 1).length !== 1 || levels[0] !== 1) faults.push(`headings ${levels}`);
  levels.forEach((level, i) => i > 0 && level > levels[i - 1] + 1 && faults.push(`headings skip a level: ${levels}`));

  // 4.1.2, 1.1.1: names of what can be used, and of pictures.
  for (const element of document.querySelectorAll("a[href], button, input, textarea, select")) {
    if (!visible(element)) continue;
    const labels = [...(element.labels ?? [])].map((label) => label.textContent).join("");
    const name = element.getAttribute("aria-label") ?? (labels || element.textContent);
    if (!name.trim()) tell(element, "no name");
  }
  for (const image of document.querySelectorAll("img")) {
    if (image.getAttribute("alt") === null) tell(image, "no alt");
    if (image.naturalWidth === 0) tell(image, "picture not drawn");
  }

  // Ids are single, and what is referred to is there.
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  ids.filter((id, i) => ids.indexOf(id) !== i).forEach((id) => faults.push(`id twice: ${id}`));
  for (const name of ["aria-labelledby", "aria-describedby", "aria-controls", "for"]) {
    for (const element of document.querySelectorAll(`[${name}]`)) {
      const missing = element.getAttribute(name).split(/\s+/).filter((id) => !ids.includes(id));
      if (missing.length > 0) tell(element, `${name} refers to nothing`);
    }
  }

  // 2.5.5: large enough for a thumb, in what a buyer uses.
  for (const element of document.querySelectorAll(".offer-page button, .offer-page input, .offer-page .buy")) {
    if (!visible(element)) continue;
    const { width, height } = (element.closest("label") ?? element).getBoundingClientRect();
    if (width < 44 || height < 44) tell(element, `target of ${width} by ${height}`);
  }

  // 1.4.10: nothing to scroll sideways.
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) faults.push(`wider than the window: ${scrollWidth} > ${clientWidth}`);
  return faults;
})();
