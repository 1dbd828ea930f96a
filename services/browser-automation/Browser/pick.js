// Chooses an entry of a kept native list; false when the element is gone.
({ index, option }) => {
  const e = window[Symbol.for('invoicing.elements')]?.[index];
  if (!e?.isConnected || e.disabled || !e.options[option]) return false;
  e.focus({ preventScroll: false });
  e.selectedIndex = option;
  for (const name of ['input', 'change']) e.dispatchEvent(new Event(name, { bubbles: true }));
  e.blur();
  return true;
}
