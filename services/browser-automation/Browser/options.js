// The list that a combo or a type-ahead shows at the moment.
index => {
  const kept = (window[Symbol.for('invoicing.elements')] ??= []);
  const field = kept[index];
  const clean = s => String(s ?? '').replace(/\s+/g, ' ').trim();
  const all = [];
  const walk = root => { for (const el of root.querySelectorAll('*')) { all.push(el); if (el.shadowRoot) walk(el.shadowRoot); } };
  walk(document);
  const list = /(autocomplete|dropdown|select|options|items|results|listbox|menu|rcb|chosen|suggest|panel|typeahead|popup|popover|lista|opciones|sugerencias|resultados)/i;
  const words = el => `${el.id} ${typeof el.className === 'string' ? el.className : ''}`;
  const shown = el => (!el.checkVisibility || el.checkVisibility({ visibilityProperty: true, opacityProperty: true })) && el.getBoundingClientRect().height > 1;
  const pointed = el => getComputedStyle(el).cursor === 'pointer';
  const entry = /(^|\s)(p-dropdown-item|active-result|k-item|option|[\w-]*(option|list-item|menu-item|dropdown-item)[\w-]*)(\s|$)/i;
  const around = field?.parentElement;
  const isEntry = el => {
    const classed = entry.test(typeof el.className === 'string' ? el.className : '');
    if (/^(html|body|input|select|option|textarea|label|script|style|svg|path|nav|form)$/i.test(el.tagName) && el.getAttribute('role') !== 'option') return false;
    if (/^(button|a)$/i.test(el.tagName) && el.getAttribute('role') !== 'option' && !classed) return false;
    if (/^(option|menuitemradio|treeitem)$/.test(el.getAttribute('role') ?? '') || /^mat-option$/i.test(el.tagName)) return true;
    const named = el.tagName === 'LI' || classed;
    if (!named && (el.childElementCount > (el.tagName === 'TR' ? 8 : 2) || !pointed(el) || clean(el.textContent).length > 160)) return false;
    if (el === field || el.contains(field)) return false;
    for (let e = el.parentElement, i = 0; e && i < 6; e = e.parentElement, i++) {
      if (e.tagName === 'NAV') return false;
      // A dialog that came to choose from; not the one the field itself is in.
      if (e.getAttribute('role') === 'dialog') return !e.contains(field) && (el.tagName === 'TR' || el.tagName === 'LI');
      if (e.getAttribute('role') === 'listbox' || (/^[uo]l$/i.test(e.tagName) && (around?.contains(e) || field?.contains(e)) && getComputedStyle(e).position === 'absolute')) return true;
      if (list.test(words(e)) && (/absolute|fixed/.test(getComputedStyle(e).position) || (around?.contains(e) && e !== around))) return true;
    }
    return false;
  };
  const found = all.filter(el => shown(el) && isEntry(el));
  return found.filter(el => !found.some(o => o !== el && el.contains(o) && clean(o.textContent) !== clean(el.textContent)) && !found.some(o => o !== el && o.contains(el) && clean(o.textContent) === clean(el.textContent)))
    .slice(0, 800).map(el => ({ h: kept.push(el) - 1, text: clean(el.innerText ?? el.textContent).slice(0, 160), value: clean(el.dataset?.value ?? '').slice(0, 80), selected: false, disabled: el.getAttribute('aria-disabled') === 'true' })).filter(o => o.text);
}
