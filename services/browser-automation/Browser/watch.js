// When the page last changed, so that "it has come to rest" can be told without guessing a delay.
(() => {
  const key = Symbol.for('invoicing.changed');
  if (window[key] !== undefined) return;
  window[key] = performance.now();
  new MutationObserver(() => { window[key] = performance.now(); }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
})();
