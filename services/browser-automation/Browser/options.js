// The list that a combo or a type-ahead shows at the moment.
() => {
  const kept = (window[Symbol.for('invoicing.elements')] ??= []);
  const clean = s => String(s ?? '').replace(/\s+/g, ' ').trim();
  const all = [];
  const walk = root => { for (const el of root.querySelectorAll('[role=option],li,.p-dropdown-item,mat-option,.option,.active-result,.k-item')) all.push(el); for (const el of root.querySelectorAll('*')) if (el.shadowRoot) walk(el.shadowRoot); };
  walk(document);
  const list = /(autocomplete|dropdown|select|options|items|results|listbox|menu|rcb|chosen|suggest|panel|typeahead|popup)/i;
  const shown = el => (!el.checkVisibility || el.checkVisibility({ visibilityProperty: true, opacityProperty: true })) && el.getBoundingClientRect().height > 1;
  return all.filter(shown).filter(el => {
    if (el.getAttribute('role') === 'option') return true;
    for (let e = el.parentElement, i = 0; e && i < 5; e = e.parentElement, i++) {
      if (e.tagName === 'NAV') return false;
      if (e.getAttribute('role') === 'listbox') return true;
      if (list.test(`${e.id} ${typeof e.className === 'string' ? e.className : ''}`) && /absolute|fixed/.test(getComputedStyle(e).position)) return true;
    }
    return /p-dropdown-item|mat-option|active-result|k-item/i.test(`${el.className} ${el.tagName}`);
  }).slice(0, 800).map(el => ({ h: kept.push(el) - 1, text: clean(el.innerText ?? el.textContent).slice(0, 160), value: clean(el.dataset?.value ?? '').slice(0, 80), selected: false, disabled: el.getAttribute('aria-disabled') === 'true' })).filter(o => o.text);
}
