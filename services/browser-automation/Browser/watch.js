// When the page last changed, so that "it has come to rest" can be told without guessing a delay; and what it said meanwhile, for words may have faded before the next look.
(() => {
  const key = Symbol.for('invoicing.changed');
  if (window[key] !== undefined) return;
  window[key] = performance.now();
  const said = window[Symbol.for('invoicing.said')] = [];
  const words = e => `${e.id} ${typeof e.className === 'string' ? e.className : ''}`;
  const tells = e => {
    for (let i = 0; e && e !== document.body && i < 4; e = e.parentElement, i++)
      if (/^(alert|status|log)$/.test(e.getAttribute('role') ?? '') || e.hasAttribute('aria-live') || /toast|snack|growl|notif|noty|swal|alert|mensaje|message|flash|aviso/i.test(words(e)) || getComputedStyle(e).position === 'fixed') return true;
    return false;
  };
  const hear = node => {
    const text = (node.textContent ?? '').replace(/\s+/g, ' ').trim(), e = node.nodeType === 1 ? node : node.parentElement;
    if (e && said.length < 20 && text.length > 8 && text.length <= 200 && !e.querySelector('input,select,textarea,button,script,style') && tells(e) && e.checkVisibility?.()) said.push({ e, text });
  };
  new MutationObserver(changes => {
    window[key] = performance.now();
    changes.slice(0, 60).forEach(c => c.type === 'characterData' ? hear(c.target) : [...c.addedNodes].slice(0, 10).forEach(hear));
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
})();
