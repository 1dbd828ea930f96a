// Types into a kept element as a person does: focus, replace what stands there, leave. Answers what the field holds once the page has taken it, null when the element is gone.
async ({ index, value, secret }) => {
  const e = window[Symbol.for('invoicing.elements')]?.[index];
  if (!e?.isConnected) return null;
  const read = () => String(e.value ?? e.textContent ?? '');
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
  const start = performance.now(), changed = Symbol.for('invoicing.changed');
  do await new Promise(done => setTimeout(done, 20)); while (performance.now() - window[changed] < 20 && performance.now() - start < 250);
  return read();
}
