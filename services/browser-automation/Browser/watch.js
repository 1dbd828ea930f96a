// Counts changes of the page, so that "it has come to rest" can be told without guessing a delay.
(() => {
  const key = Symbol.for('invoicing.changes');
  if (window[key] !== undefined) return;
  window[key] = 0;
  new MutationObserver(() => { window[key]++; }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
})();
