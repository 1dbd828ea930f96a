// Types into kept elements as a person does, one after the other: focus, replace what stands there, leave. Answers what each holds once the page has taken them, null where the element is gone.
async ({ fields }) => {
  const elements = fields.map(f => window[Symbol.for('invoicing.elements')]?.[f.index]);
  const read = e => String(e.value ?? e.textContent ?? '');
  const type = (e, { value, secret }) => {
    if (secret) e.setAttribute('data-secreto', '');
    e.focus({ preventScroll: false });
    if (/^(date|time|month|week|datetime-local|color|range)$/.test(e.type)) {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(e, value);
      for (const name of ['input', 'change']) e.dispatchEvent(new Event(name, { bubbles: true }));
    } else {
      if (e.select) e.select(); else getSelection()?.selectAllChildren(e);
      if (value === '') document.execCommand('delete'); else document.execCommand('insertText', false, value);
    }
    e.blur();
  };
  const typed = [];
  for (const [i, e] of elements.entries()) {
    if (!e?.isConnected) continue;
    // The page takes one value before the next comes.
    if (typed.length > 0) await new Promise(done => setTimeout(done));
    type(e, fields[i]);
    typed.push(e);
  }
  const start = performance.now(), changed = Symbol.for('invoicing.changed');
  do await new Promise(done => setTimeout(done, 20)); while (performance.now() - window[changed] < 20 && performance.now() - start < 250);
  return elements.map(e => typed.includes(e) ? read(e) : null);
}
