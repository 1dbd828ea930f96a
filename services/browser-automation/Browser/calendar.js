// The calendar that is open now, for the day that is wanted: what to press next. Null when none is open.
({ year, month, day }) => {
  const kept = (window[Symbol.for('invoicing.elements')] ??= []);
  const keep = el => (el ? kept.push(el) - 1 : -1);
  const clean = s => String(s ?? '').replace(/\s+/g, ' ').trim();
  const plain = s => clean(s).toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '');
  const shown = el => (!el.checkVisibility || el.checkVisibility({ visibilityProperty: true, opacityProperty: true })) && el.getBoundingClientRect().height > 1;
  const all = [];
  const walk = root => { for (const el of root.querySelectorAll('*')) { all.push(el); if (el.shadowRoot) walk(el.shadowRoot); } };
  walk(document);
  const isCell = el => /^\d{1,2}$/.test(clean(el.textContent)) && +clean(el.textContent) <= 31 && ![...el.children].some(c => clean(c.textContent) === clean(el.textContent)) && !/^(option|select)$/i.test(el.tagName);
  const cells = all.filter(el => isCell(el) && shown(el));
  const up = el => el.parentElement ?? el.getRootNode().host ?? null;
  let grid = cells.find(el => clean(el.textContent) === '15');
  const within = box => cells.filter(c => { for (let e = c; e; e = up(e)) if (e === box) return true; return false; });
  while (grid && within(grid).length < 28) grid = up(grid);
  if (!grid || grid === document.body || grid === document.documentElement) return null;

  const months = ['ene|jan', 'feb', 'mar', 'abr|apr', 'may', 'jun', 'jul', 'ago|aug', 'sep', 'oct', 'nov', 'dic|dec'];
  let box = grid, at = null, lists = [];
  for (let i = 0; box && i < 5; i++, box = up(box)) {
    lists = [...box.querySelectorAll('select')].filter(shown);
    const text = plain(box.innerText ?? box.textContent);
    const named = text.match(/\b(ene|jan|feb|mar|abr|apr|may|jun|jul|ago|aug|sep|oct|nov|dic|dec)[a-z]*\.?\s*(?:de|del|,|\/|-)?\s*(20\d\d)/) ?? null;
    const numbered = text.match(/\b(0?[1-9]|1[0-2])\s*[\/-]\s*(20\d\d)\b/);
    if (named) at = { month: months.findIndex(m => m.split('|').includes(named[1])) + 1, year: +named[2] };
    else if (numbered) at = { month: +numbered[1], year: +numbered[2] };
    else {
      const alone = text.match(/\b(20\d\d)\b/), word = text.match(/\b(ene|jan|feb|mar|abr|apr|may|jun|jul|ago|aug|sep|oct|nov|dic|dec)[a-z]*\b/);
      if (alone && word && !lists.length) at = { month: months.findIndex(m => m.split('|').includes(word[1])) + 1, year: +alone[1] };
    }
    if (at || lists.length >= 2) break;
  }
  box ??= grid;
  if (lists.length) {
    const set = (list, wanted) => {
      const option = [...list.options].find(wanted);
      if (!option || option.selected) return false;
      list.value = option.value;
      for (const name of ['input', 'change']) list.dispatchEvent(new Event(name, { bubbles: true }));
      return true;
    };
    const years = lists.find(l => [...l.options].some(o => /^20\d\d$/.test(clean(o.text))));
    const names = lists.find(l => l !== years && l.options.length >= 1 && [...l.options].some(o => months.some(m => m.split('|').some(s => plain(o.text).startsWith(s)))));
    if (years && set(years, o => +clean(o.text) === year)) return { again: true, press: -1 };
    if (names && set(names, o => months[month - 1].split('|').some(s => plain(o.text).startsWith(s)))) return { again: true, press: -1 };
    if (years && names) at = { month, year };
    else if (names && at) at = { ...at, month };
  }
  if (!at) return null;
  const distance = (year - at.year) * 12 + month - at.month;
  if (distance !== 0) {
    const says = el => plain(`${el.getAttribute('aria-label') ?? ''} ${el.title ?? ''} ${typeof el.className === 'string' ? el.className : ''} ${el.children.length ? [...el.children].map(c => typeof c.className === 'string' ? c.className : '').join(' ') : ''} ${clean(el.textContent).length <= 12 ? el.textContent : ''}`);
    const way = distance < 0 ? /(prev|anterior|atras|left|izq|back|[‹<◀←])/ : /(next|siguiente|proximo|right|der|fwd|forward|[›>▶→])/;
    const pressable = [...box.querySelectorAll('*')].filter(el => shown(el) && !cells.includes(el) && !el.querySelector('table') && way.test(says(el)) && (/^(button|a)$/i.test(el.tagName) || el.getAttribute('role') === 'button' || el.hasAttribute('onclick') || getComputedStyle(el).cursor === 'pointer'));
    const step = pressable.find(el => !/(year|ano|super|double|«|»|<<|>>)/.test(says(el))) ?? pressable[0];
    return step ? { again: true, press: keep(step) } : null;
  }
  const foreign = el => { for (let e = el, i = 0; e && e !== grid && i < 3; e = up(e), i++) if (/(other|outside|old|new(?=$|\s)|muted|disabled|fuera|otro)/i.test(typeof e.className === 'string' ? e.className : '') || e.getAttribute('aria-disabled') === 'true' || e.disabled) return true; return false; };
  const days = within(grid).filter(c => +clean(c.textContent) === day);
  const first = within(grid).findIndex(c => clean(c.textContent) === '1');
  const own = days.filter(c => !foreign(c));
  const cell = own.length > 1 ? own.find(c => within(grid).indexOf(c) >= first && (day < 20 ? within(grid).indexOf(c) < first + 31 : true)) ?? own[0] : own[0];
  return cell ? { again: false, press: keep(cell) } : null;
}
