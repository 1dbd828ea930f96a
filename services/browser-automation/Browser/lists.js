// What opens a list without being one of the browser's own.
page => {
  const { clean, box, isInput, words, textOf, isEditable } = page;
  const asks = text => text.length < 60 && /^[-\s]*(seleccion[ae]\b|elige\b|elija\b|escoge\b|escoja\b|select\b|choose\b)/i.test(text);
  // What was once seen to open a list is one for good, also when it shows what was chosen.
  const known = (window[Symbol.for('invoicing.lists')] ??= new WeakSet());
  const isCombo = el => known.has(el) || (opensList(el) && !!known.add(el));
  // Empty, as large as a box, with a place in the order of the keyboard and nothing to say for itself.
  const isBlankBox = el => /^(div|span)$/i.test(el.tagName) && el.getAttribute('tabindex') === '0' && !el.getAttribute('role') && !el.childElementCount && !isEditable(el) && !textOf(el) && box(el).width >= 50 && box(el).height >= 18 && box(el).height <= 70 && !/button|boton|btn/i.test(words(el));
  // The classes under which the known libraries draw one.
  const drawn = new RegExp('(^|\\s)(ant-select-selector|ng-select|vs__dropdown-toggle|v-select__slot|multiselect|select__control|react-select__control|css-[\\w-]+-control|el-select|q-select|k-dropdownlist|k-dropdown|k-picker|mud-select|'
    + 'ui-selectonemenu|ui-selectmenu-button|p-select|p-dropdown|rz-dropdown|chosen-container|chosen-container-single|choices__inner|ts-control|ss-main|select2-selection|mat-select|rddlInner|selectize-input|nice-select|bootstrap-select|select-selected|select-styled)(\\s|$)');
  const opensList = el => {
    const role = el.getAttribute('role'), pops = /^(true|listbox|menu)$/.test(el.getAttribute('aria-haspopup') ?? '') || el.hasAttribute('aria-expanded') || /(^|\s)dropdown-toggle(\s|$)/.test(words(el));
    // A box that cannot be typed in and opens a list.
    if (isInput(el)) return el.tagName === 'INPUT' && el.readOnly && (role === 'combobox' || /listbox|menu/.test(el.getAttribute('aria-haspopup') ?? '') || /(^|[\s-])(select|dropdown|combo)/i.test(words(el)) || asks(clean(el.placeholder)));
    if ((role === 'combobox' && !el.querySelector('input:not([type=hidden])')) || el.getAttribute('aria-haspopup') === 'listbox' || (role === 'listbox' && pops && !el.querySelector('[role=option]'))) return true;
    if (/^(button|a)$/i.test(el.tagName)) return pops && asks(textOf(el));
    // Drawn by the page's own hand: a short "Seleccione…" that can be pressed, no more than text.
    if (/^(div|span)$/i.test(el.tagName) && (asks(textOf(el)) || isBlankBox(el)) && el.childElementCount < 4 && !el.querySelector('input:not([type=hidden]),select,button') && (getComputedStyle(el).cursor === 'pointer' || el.tabIndex >= 0)) return true;
    return drawn.test(words(el)) || /^(mat-select|sl-select|ion-select|vaadin-select|fluent-select|md-(outlined|filled)-select)$/i.test(el.tagName) || (el.classList.contains('ui') && el.classList.contains('dropdown') && el.classList.contains('selection'));
  };
  // A label drawn inside the list's own box, over what was chosen.
  const labelWithin = el => [...el.querySelectorAll('label,[class*=label i]')].find(l => !l.childElementCount && /(^|[\s_-])(v-label|field__label|floating-label|input-label)(\s|$)/i.test(words(l)) && textOf(l));
  return { isCombo, labelWithin };
}
