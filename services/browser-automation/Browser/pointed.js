// Which of the elements the last snapshot kept is at this point, or has the keyboard. -1: none. -2: none, and it looks as if it could be pressed.
p => {
  const kept = window[Symbol.for('invoicing.elements')] ?? [];
  let e = p ? document.elementFromPoint(p[0], p[1]) : document.activeElement;
  for (let inner; e?.shadowRoot && (inner = p ? e.shadowRoot.elementFromPoint(p[0], p[1]) : e.shadowRoot.activeElement) && inner !== e; e = inner);
  if (!e || (!p && e === document.body)) return -1;
  const label = e.closest('label');
  if (label?.control) return kept.indexOf(label.control);
  for (let n = e; n; n = n.parentElement ?? n.getRootNode().host) {
    const i = kept.indexOf(n);
    if (i >= 0) return i;
  }
  return e.tagName !== 'IFRAME' && getComputedStyle(e).cursor === 'pointer' ? -2 : -1;
}
