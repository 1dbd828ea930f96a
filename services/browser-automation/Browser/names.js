// What a person would call a field: its own label, else what stands beside it.
(page, combos) => {
  const { all, orderOf, clean, cut, box, visible, up, inside, isInput, isButtonInput, textOf, ariaTick, isPrompt, isEditable } = page;
  const asking = e => isInput(e) && !isButtonInput(e) || e.getAttribute('role') === 'combobox' || e.tagName === 'MAT-SELECT';
  const boxes = 'input:not([type=hidden]),select,textarea';
  const asksToo = (e, el) => (asking(e) || combos.includes(e)) && !inside(e, el) && !inside(el, e);

  const textBefore = el => {
    for (let e = el, depth = 0; e && depth < 5; e = up(e), depth++) {
      for (let s = e.previousSibling; s; s = s.previousSibling) {
        if (s.nodeType === 3 && clean(s.textContent) && !isPrompt(clean(s.textContent))) return cut(s.textContent, 120);
        if (s.nodeType !== 1 || /^(script|style|br|svg)$/i.test(s.tagName)) continue;
        if (isInput(s) && !isButtonInput(s) && visible(s) || s.querySelector('input:not([type=hidden]):not([type=submit]):not([type=button]),select,textarea,[role=combobox],mat-select') || s.getAttribute('role') === 'combobox') return '';
        if (s.tagName === 'BUTTON' || isButtonInput(s) || isEditable(s)) return '';
        const t = visible(s) ? textOf(s) : '';
        // What a drawn list shows while nothing is chosen names nothing.
        if (t && !isPrompt(t)) return t.length <= 140 ? t : '';
      }
      const parent = up(e);
      if (!parent || /^(form|body|fieldset|tbody|table|dialog)$/i.test(parent.tagName)) return '';
    }
    return '';
  };
  // Out of wrappers that hold this box alone, too.
  const textAfter = el => {
    for (let e = el, depth = 0; e && depth < 3; e = up(e), depth++) {
      for (let s = e.nextSibling; s; s = s.nextSibling) {
        const t = s.nodeType === 3 ? clean(s.textContent) : s.nodeType === 1 && !isInput(s) && !s.querySelector(boxes) ? textOf(s) : '';
        if (t) return cut(t, 200);
        if (s.nodeType === 1 && (isInput(s) || s.querySelector(boxes))) return '';
      }
      const parent = up(e);
      if (!parent || !/^(label|span|div|i|b|ins)$/i.test(parent.tagName) || parent.querySelectorAll(boxes).length > 1) return '';
    }
    return '';
  };
  // A list that names itself by what it shows says nothing by that.
  const byIds = (el, ids) => (ids ?? '').split(/\s+/).filter(Boolean).map(id => (el.getRootNode().getElementById?.(id) ?? document.getElementById(id))).filter(e => e && e !== el && !inside(e, el)).map(textOf).join(' ');
  const columnHeader = el => {
    const cell = el.closest?.('td'), row = cell?.parentElement, over = row?.previousElementSibling;
    const th = cell?.closest('table')?.querySelector('thead tr, tr')?.children[cell.cellIndex];
    if (th && th.tagName === 'TH') return textOf(th);
    // Words in one row of a layout, their boxes in the next.
    const holds = c => c.querySelector(`${boxes},button,a`);
    return over && over.children.length === row.children.length && ![...over.children].some(holds) && [...row.children].every(c => holds(c) || !textOf(c)) ? textOf(over.children[cell.cellIndex]) : '';
  };
  const labelOf = el => {
    const labelled = byIds(el, el.getAttribute('aria-labelledby'));
    if (labelled) return labelled;
    if (el.labels?.length) {
      const t = [...el.labels].map(l => { const c = l.cloneNode(true); c.querySelectorAll('select,option,input,textarea,button').forEach(x => x.remove()); return clean(c.textContent); }).filter(Boolean).join(' ');
      if (t) return t;
    }
    const aria = clean(el.getAttribute('aria-label'));
    if (aria) return aria;
    // A card that is a radio says itself what it is; a plain box is named by what stands after it.
    if (ariaTick(el) && textOf(el)) return textOf(el);
    if (el.type === 'checkbox' || el.type === 'radio' || ariaTick(el)) return textAfter(el) || textBefore(el);
    return '';
  };
  const groups = '.form-group,.field,.mat-form-field,mat-form-field,.mat-mdc-form-field,.MuiFormControl-root,.form-floating,.input-field,.campo,.p-field,.mud-input-control,.v-input,.ant-form-item,.el-form-item,.q-field';
  // One box for every answer of a conversation: what it asks is the last question above it.
  const conversing = el => isInput(el) && /^(escrib|responde|tu (respuesta|mensaje)|mensaje|type|write)/i.test(clean(el.placeholder)) && all.filter(e => asking(e) && visible(e)).length === 1;
  const questionAbove = el => {
    const spoken = all.slice(0, orderOf.get(el)).filter(e => !e.childElementCount && /[?:]\s*$/.test(clean(e.textContent)) && clean(e.textContent).length <= 200 && visible(e));
    return spoken.length ? clean(spoken[spoken.length - 1].textContent).replace(/^.*[.!]\s+(?=¿)/, '') : '';
  };
  const nearOf = el => {
    if (conversing(el)) return questionAbove(el);
    const head = columnHeader(el);
    if (head) return head;
    const group = el.closest?.(groups), label = group?.querySelector('label,legend,.label');
    // A group of one field alone is named by its own label, wherever in it that stands.
    if (label && textOf(label) && [...group.querySelectorAll('*')].filter(e => asking(e) && !inside(e, el) && !inside(el, e)).length === 0) return textOf(label);
    return textBefore(el) || (label ? textOf(label) : '') || (el.type === 'file' ? '' : seenBeside(el));
  };
  // A label that floats over its box stands after it in the document: the words of the smallest wrapper that holds this box alone.
  const floatingOver = el => {
    for (let e = up(el), depth = 0; e && depth < 3 && !/^(form|body|fieldset|table|tbody|tr|dialog|main|section)$/i.test(e.tagName); e = up(e), depth++) {
      if ([...e.querySelectorAll('*')].some(o => o !== el && asksToo(o, el))) return '';
      const around = [...e.children].filter(c => c !== el && !inside(el, c) && visible(c) && !c.querySelector('button,a,ul'));
      if (!around.some(c => c.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_FOLLOWING && textOf(c))) {
        const after = around.find(c => !/^(button|a|ul)$/i.test(c.tagName) && /[a-záéíóúñ]/i.test(textOf(c)) && textOf(c).length <= 60 && getComputedStyle(c).position === 'absolute' && box(c).top < box(el).bottom && box(c).bottom > box(el).top - 24);
        if (after) return textOf(after);
      } else return '';
    }
    return '';
  };

  // Wherever the document has them: the words left of the box, right above it or right after it, with no other box between.
  let texts = null;
  const allTexts = () => texts ??= all.filter(e => !/^(option|textarea|select|title)$/i.test(e.tagName) && [...e.childNodes].some(n => n.nodeType === 3 && clean(n.textContent)) && !e.closest('button,a,[role=button],[role=option],nav') && visible(e)).slice(0, 400).map(e => {
    const range = document.createRange();
    range.selectNodeContents(e);
    return { e, text: textOf(e), r: range.getBoundingClientRect() };
  }).filter(t => t.text.length >= 2 && t.text.length <= 80 && /[a-záéíóúñ]/i.test(t.text) && !isPrompt(t.text));
  const seenBeside = el => {
    const r = box(el), others = all.filter(o => o !== el && asksToo(o, el) && visible(o)).map(box);
    const level = (a, b) => a.top < b.bottom - 2 && a.bottom > b.top + 2, over = (a, b) => a.left < b.right - 2 && a.right > b.left + 2;
    const near = allTexts().filter(t => !inside(t.e, el) && !inside(el, t.e) && !(t.e.control && t.e.control !== el)).map(({ text, r: t }) => {
      const left = r.left - t.right, above = r.top - t.bottom, right = t.left - r.right;
      if (left > -6 && left < 260 && level(t, r)) return { text, far: left, clear: !others.some(o => level(o, r) && o.left >= t.right - 6 && o.right <= r.left + 6) };
      if (above > -6 && above < 40 && over(t, r) && t.left > r.left - 30) return { text, far: above + 5, clear: !others.some(o => over(o, r) && o.top >= t.bottom - 6 && o.bottom <= r.top + 6) };
      if (right > -6 && right < 40 && level(t, r)) return { text, far: right + 300, clear: !others.some(o => level(o, r) && o.left >= t.right - 6) };
      return null;
    }).filter(t => t?.clear).sort((a, b) => a.far - b.far);
    return near.length ? near[0].text : '';
  };
  return { labelOf, nearOf, floatingOver };
}
