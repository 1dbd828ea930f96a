// One frame of the page as a person sees it. Elements are kept under a symbol, by index, for the hands that act on them.
(names, lists) => {
  const kept = [];
  window[Symbol.for('invoicing.elements')] = kept;
  const keep = el => kept.push(el) - 1;
  const clean = s => String(s ?? '').replace(/[\u200b\u00ad\ufeff]/g, '').replace(/\s+/g, ' ').trim();
  const cut = (s, n) => clean(s).slice(0, n);
  const all = [];
  const walk = root => {
    for (let el = root.firstElementChild; el && all.length < 15000; el = el.nextElementSibling) {
      if (/^(script|style|noscript|template|head)$/i.test(el.tagName)) continue;
      all.push(el);
      if (el.shadowRoot) walk(el.shadowRoot);
      walk(el);
    }
  };
  walk(document.documentElement);
  const orderOf = new Map(all.map((el, i) => [el, i]));
  const box = el => el.getBoundingClientRect();
  const visible = el => {
    if (el.checkVisibility && !el.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    const r = box(el);
    return r.width > 1 && r.height > 1 && r.right + scrollX > 0 && r.bottom + scrollY > 0;
  };
  const up = el => el.parentElement ?? (el.getRootNode() instanceof ShadowRoot ? el.getRootNode().host : null);
  const inside = (el, outer) => { for (let e = el; e; e = up(e)) if (e === outer) return true; return false; };
  const isInput = el => /^(input|select|textarea)$/i.test(el.tagName) && el.type !== 'hidden';
  const isButtonInput = el => el.tagName === 'INPUT' && /^(submit|button|image|reset)$/i.test(el.type);
  const words = el => `${el.id ?? ''} ${typeof el.className === 'string' ? el.className : el.className?.baseVal ?? ''}`;
  const textOf = el => clean(el.innerText ?? el.textContent);

  const dialogs = [];
  const isDialog = el => {
    if (/^(html|body|main|form|a|button|input|iframe|img)$/i.test(el.tagName) || !visible(el)) return false;
    const role = el.getAttribute('role');
    if (role === 'dialog' || role === 'alertdialog' || el.getAttribute('aria-modal') === 'true' || (el.tagName === 'DIALOG' && el.open)) return true;
    const style = getComputedStyle(el);
    if (style.position !== 'fixed' && style.position !== 'absolute') return false;
    // A bubble that asks, wherever it stands.
    const answers = el.querySelectorAll('button,[role=button]').length;
    if (answers > 1 && answers < 5 && !el.querySelector('input:not([type=hidden]),select,textarea,nav') && textOf(el).length < 300 && textOf(el).includes('?') && !/cookie/i.test(textOf(el))) return true;
    const r = box(el);
    const covers = r.left <= innerWidth / 2 && r.right >= innerWidth / 2 && r.top <= innerHeight * 0.55 && r.bottom >= innerHeight * 0.2 && r.width > 150 && r.height > 60;
    if (!covers) return false;
    const named = /(^|[\s_-])(modal|dialog|dlg|popup|pop-up|swal2|overlay|lightbox|velo|ventana)/i.test(words(el)) || /dialog|modal/i.test(words(el));
    return (named || (style.position === 'fixed' && parseInt(style.zIndex) >= 10)) && textOf(el).length > 2;
  };
  for (const el of all) if (!dialogs.some(d => inside(el, d)) && isDialog(el)) dialogs.push(el);
  window[Symbol.for('invoicing.dialogs')] = dialogs;
  const dialogOf = el => { const i = dialogs.findIndex(d => inside(el, d)); return i < 0 ? null : i; };
  // Buttons that touch each other are words apart.
  const piecesOf = d => all.filter(e => inside(e, d) && !/^(option|style|script)$/i.test(e.tagName) && visible(e)).flatMap(e => [...e.childNodes].filter(n => n.nodeType === 3 && clean(n.textContent)).map(n => ({ e, text: n.textContent }))).map(p => p.text).join(' ') || textOf(d);
  const forms = [];
  const formOf = el => {
    const form = el.form ?? el.closest?.('form');
    if (!form) return -1;
    if (!forms.includes(form)) forms.push(form);
    return forms.indexOf(form);
  };

  const isEditable = el => el.isContentEditable && el.getAttribute('contenteditable') !== null;
  // "Seleccione una opción" names nothing.
  const isPrompt = text => /^[-–—.…\s]*(?:(?:seleccion[ae]r?|elige|elija|elegir|escog[ea]r?|escoja|select|choose|pick)(?: (?:una?|la|el|tu|su|an?|one|opci[oó]n(?:es)?|option|valor|elemento|item))*|opciones)[-–—.…:\s]*$/i.test(text);

  const ariaTick = el => !isInput(el) && /^(checkbox|radio|switch)$/.test(el.getAttribute('role') ?? '') && !el.querySelector('input');
  const tools = { all, orderOf, clean, cut, box, visible, up, inside, isInput, isButtonInput, words, textOf, isEditable, ariaTick, isPrompt };
  const { isCombo, labelWithin } = lists(tools);
  const combos = all.filter(el => isCombo(el) && visible(el));
  const { labelOf, nearOf, floatingOver } = names(tools, combos);
  // A box to tick that is not to be seen itself: its label is, or what is drawn in its stead around it.
  const standIn = el => {
    if ([...(el.labels ?? [])].some(visible)) return true;
    for (let e = up(el), i = 0; e && i < 3 && e.querySelectorAll('input').length === 1; e = up(e), i++)
      if (visible(e)) return (box(e).width <= 60 && box(e).height <= 60) || getComputedStyle(e).cursor === 'pointer';
    return false;
  };
  const fields = [];
  const owned = new Set();
  for (const el of all) {
    const combo = combos.includes(el) && !combos.some(c => c !== el && inside(el, c));
    if (!combo && (!isInput(el) || isButtonInput(el)) && !isEditable(el) && !ariaTick(el)) continue;
    if (!combo && combos.some(c => inside(el, c))) continue;
    const tick = el.type === 'checkbox' || el.type === 'radio' || ariaTick(el);
    const row = tick ? el.closest('tr,li,[role=row]') : null;
    const seen = visible(el) || (tick && standIn(el));
    // What the form would send unseen: data on file, folded away.
    const folded = !seen && !combo && !tick && !!el.form && /^(text|email|tel|search|number|select-one)$/.test(el.type) && all.some(o => o !== el && o.form === el.form && isInput(o) && !isButtonInput(o) && visible(o));
    if (!seen && !folded) continue;
    if (seen) owned.add(el);
    const hidden = combo ? el.querySelector('select') ?? [el.previousElementSibling, el.nextElementSibling].find(s => s?.tagName === 'SELECT') ?? (el.parentElement?.querySelectorAll('select').length === 1 ? el.parentElement.querySelector('select') : null) : null;
    const select = el.tagName === 'SELECT' ? el : null;
    const within = combo && !isInput(el) ? labelWithin(el) : null;
    const label = (within ? textOf(within) : '') || labelOf(el) || (tick ? '' : floatingOver(el)) || (hidden ? labelOf(hidden) : '') || (combo ? labelOf(el.querySelector('input,[role=combobox]') ?? el) : '');
    fields.push({
      h: keep(el), folded,
      kind: combo ? 'combo' : select ? 'select' : tick ? (el.getAttribute('role') === 'radio' || el.type === 'radio' ? 'radio' : 'checkbox') : el.tagName === 'TEXTAREA' || isEditable(el) ? 'text' : el.type === 'password' ? 'password' : el.type === 'file' ? 'file'
        : el.getAttribute('role') === 'combobox' || el.hasAttribute('aria-autocomplete') || el.hasAttribute('list') || /autocomplete|typeahead|rcbInput|combo/i.test(words(el)) ? 'typeahead' : 'text',
      type: el.type ?? '', label: cut(label, 200), near: tick ? cut(el.closest('fieldset')?.querySelector('legend')?.textContent, 120) : cut(nearOf(el), 200), placeholder: cut(el.getAttribute('placeholder') ?? el.getAttribute('data-mask') ?? el.getAttribute('mask'), 120),
      title: cut(el.getAttribute('title'), 120),
      name: cut(`${el.getAttribute('name') ?? hidden?.name ?? ''}`, 120), id: cut(el.id || hidden?.id || '', 120),
      value: combo && isInput(el) ? cut(el.value, 200) : combo ? cut([...el.querySelectorAll('input')].find(i => i.readOnly && i.type !== 'hidden' && i.value)?.value ?? el.querySelector('.ui-selectonemenu-label,.p-dropdown-label,.chosen-single,.mat-select-value,.ant-select-selection-item,.mud-select-input,[class*=single-value i],[class*=singleValue i],.p-select-label')?.textContent ?? (within ? textOf(el).replace(textOf(within), '').trim() : textOf(el)), 200) : select ? cut(select.selectedOptions[0]?.text, 200) : isEditable(el) ? cut(el.textContent, 400) : String(el.value ?? '').slice(0, 400),
      checked: !!el.checked || (ariaTick(el) && el.getAttribute('aria-checked') === 'true'), row: row ? cut(textOf(row), 240) : '',
      options: select ? [...select.options].slice(0, 1500).map(o => ({ text: cut(o.label || o.text, 160), value: cut(o.value, 80), selected: o.selected, disabled: o.disabled })) : el.getAttribute('list') ? [...(document.getElementById(el.getAttribute('list'))?.options ?? [])].slice(0, 1500).map(o => ({ text: cut(o.label || o.value, 160), value: cut(o.value, 160), selected: false, disabled: false })) : [],
      max: el.maxLength > 0 ? el.maxLength : null, pattern: el.getAttribute('pattern'),
      required: !!el.required || el.getAttribute('aria-required') === 'true' || /\*\s*:?$|\(\*\)/.test(label || nearOf(el)),
      disabled: el.matches(':disabled') || el.getAttribute('aria-disabled') === 'true' || /(^|\s)(ui-state-disabled|p-disabled|disabled)(\s|$)/.test(words(el)) || getComputedStyle(el).pointerEvents === 'none',
      readonly: !!el.readOnly, invalid: el.getAttribute('aria-invalid') === 'true' ? 'inválido' : cut(el.willValidate && el.value && !el.checkValidity() ? el.validationMessage : '', 160),
      dialog: dialogOf(el), form: formOf(el), order: orderOf.get(el),
    });
  }

  const controls = [];
  const iconOf = el => [el, ...el.querySelectorAll('i,svg,img,span')].slice(0, 5).map(i => `${words(i)} ${i.getAttribute('alt') ?? ''} ${i.getAttribute('src')?.split('/').pop() ?? ''}`).join(' ');
  const captionOf = el => {
    const own = textOf(el) || (el.tagName === 'INPUT' ? clean(el.value) : '') || clean(el.getAttribute('aria-label')) || clean(el.title) || clean(el.getAttribute('alt'));
    return own || clean(el.querySelector('img[alt]')?.alt) || clean(el.querySelector('svg title,[title]')?.textContent || el.querySelector('[title]')?.title);
  };
  const clickable = el => {
    if (el.tagName === 'BUTTON' || isButtonInput(el) || el.tagName === 'SUMMARY') return true;
    if (el.tagName === 'A') return el.hasAttribute('href') || el.hasAttribute('onclick') || getComputedStyle(el).cursor === 'pointer';
    const role = el.getAttribute('role');
    if (/^(button|link|tab|menuitem|menuitemradio|option|treeitem)$/.test(role ?? '')) return true;
    if (el.hasAttribute('onclick') || el.hasAttribute('ng-click')) return !/^(body|form|table|tr|html)$/i.test(el.tagName);
    return getComputedStyle(el).cursor === 'pointer' && !/^(label|option|select|input|tr)$/i.test(el.tagName) && (!up(el) || getComputedStyle(up(el)).cursor !== 'pointer' || textOf(up(el)).length > 120);
  };
  // What pressing it would bring to light: the words that are there and not shown, line by line; none where the page only says that it is folded. Null for all else.
  const foldedUnder = el => {
    const id = el.getAttribute('aria-controls') ?? (el.dataset.bsTarget ?? el.dataset.target ?? (/^#./.test(el.getAttribute('href') ?? '') ? el.getAttribute('href') : '')).replace(/^#/, '');
    const alone = up(el) && up(el).children.length === 1 ? up(el) : null;
    const under = [id ? document.getElementById(id) : null, el.tagName === 'SUMMARY' && !up(el).open ? up(el) : null, el.nextElementSibling, alone?.nextElementSibling]
      .find(b => b && (el.tagName === 'SUMMARY' && b === up(el) || !visible(b)) && !/^(script|style|template|option|dialog)$/i.test(b.tagName) && clean(b.textContent).length > 2);
    if (under) return [...under.querySelectorAll('*')].concat(under).filter(e => !/^(script|style|option)$/i.test(e.tagName) && [...e.childNodes].some(n => n.nodeType === 3 && clean(n.textContent))).slice(0, 60).map(e => cut(e.textContent, 120)).join('\n');
    return el.getAttribute('aria-expanded') === 'false' ? '' : null;
  };

  // A notice about cookies at the edge of the page is no part of the form, whatever its buttons are called.
  const ofCookies = el => {
    for (let e = up(el), depth = 0; e && depth < 5; e = up(e), depth++) {
      if (/^(body|html|main|form)$/i.test(e.tagName) || e.querySelector('input:not([type=hidden]):not([type=checkbox]),select,textarea')) return false;
      if (/fixed|sticky|absolute/.test(getComputedStyle(e).position) && /\bcookies?\b/i.test(textOf(e))) return true;
    }
    return false;
  };
  for (const el of all) {
    if (controls.length >= 400) break;
    if (owned.has(el) || combos.some(c => inside(el, c)) || !clickable(el) || !visible(el)) continue;
    if (controls.some(c => inside(el, kept[c.h])) || el.querySelector('input:not([type=hidden]):not([type=submit]):not([type=button]),select,textarea')) continue;
    if (el.tagName !== 'BUTTON' && el.tagName !== 'A' && el.querySelector('button,a[href]')) continue;
    const text = captionOf(el);
    if (text.length > 120 || (dialogOf(el) === null && ofCookies(el))) continue;
    const row = el.closest('tr,li,[role=row]');
    controls.push({
      h: keep(el), text: cut(text, 120), title: cut(el.title || el.getAttribute('aria-label') || el.getAttribute('alt'), 120), name: cut(`${el.id} ${el.getAttribute('name') ?? ''} ${el.getAttribute('src')?.split('/').pop() ?? ''}`, 120), icon: cut(iconOf(el), 160),
      folded: foldedUnder(el), chosen: ['aria-checked', 'aria-selected', 'aria-pressed'].some(a => el.getAttribute(a) === 'true') || /(^|[\s_-])(on|active|activo|activa|selected|seleccionad[oa]|checked|chosen|elegid[oa]|marcad[oa])(\s|$)/i.test(words(el)),
      kind: (el.tagName === 'A' && el.hasAttribute('href')) || el.getAttribute('role') === 'link' ? 'link' : isButtonInput(el) && el.type !== 'button' || (el.tagName === 'BUTTON' && (el.getAttribute('type') ?? 'submit') === 'submit' && el.form) ? 'submit' : 'button',
      href: el.tagName === 'A' ? cut(el.getAttribute('href'), 400) : '', download: el.hasAttribute('download'),
      disabled: el.matches(':disabled') || el.getAttribute('aria-disabled') === 'true' || /(^|\s)([a-z]+-){0,2}disabled(\s|$)/.test(words(el)) || getComputedStyle(el).pointerEvents === 'none',
      row: row ? cut(textOf(row), 240) : '', dialog: dialogOf(el), form: formOf(el), order: orderOf.get(el),
    });
  }

  const messages = [];
  const tellers = /(error|alert|mensaje|message|msg|growl|toast|snack|swal2|warning|danger|success|valid|notif|aviso|info|invalid|feedback|help-block|snackbar|leyenda|resultado)/i;
  const isRed = el => { const m = getComputedStyle(el).color.match(/\d+/g)?.map(Number) ?? []; return m[0] > 150 && m[1] < 100 && m[2] < 100; };
  for (const el of all) {
    if (messages.length >= 60 || /^(html|body|main|form|input|select|option|textarea|table|tbody|label|a|button|h1)$/i.test(el.tagName)) continue;
    const role = el.getAttribute('role');
    const teller = el.tagName === 'OUTPUT' || role === 'alert' || role === 'status' || el.hasAttribute('aria-live') || tellers.test(words(el));
    const own = [...el.childNodes].some(n => n.nodeType === 3 && clean(n.textContent).length > 8);
    // A small box that floats over the page, by whatever name, comes to say something.
    const floats = () => getComputedStyle(el).position === 'fixed' && box(el).height < 200 && box(el).width < innerWidth * 0.9 && dialogOf(el) === null && !el.querySelector('button:not([aria-label]),nav');
    if (!teller && !(own && isRed(el)) && !floats()) continue;
    if (el.querySelector('input:not([type=hidden]),select,textarea') || !visible(el)) continue;
    // A thread that grows is heard by its last words.
    if (el.hasAttribute('aria-live') && el.childElementCount >= 3) {
      [...el.children].slice(-3).map(textOf).filter(t => t.length > 3 && t.length <= 600).forEach(text => messages.push({ text, kind: 'info', dialog: dialogOf(el) }));
      continue;
    }
    const text = textOf(el);
    if (text.length < 4 || text.length > 600) continue;
    const last = messages[messages.length - 1];
    if (last && last.text === text.slice(0, 600)) continue;
    messages.push({ text: text.slice(0, 600), kind: /success|exito|ok(\s|$)|correct/i.test(words(el)) ? 'success' : /error|danger|invalid|warning/i.test(words(el)) || isRed(el) ? 'error' : 'info', dialog: dialogOf(el) });
  }

  for (const { e, text } of (window[Symbol.for('invoicing.said')] ?? []).splice(0))
    if (!(e.isConnected && visible(e)) && !messages.some(m => m.text === text)) messages.push({ text, kind: 'info', dialog: null });

  // A drawn picture with a short box right after it asks for what it shows.
  const answered = img => !/\.(png|jpe?g|gif|svg|webp)(\?|$)/i.test(img.getAttribute('src') ?? '.png') && box(img).width >= 80 && box(img).width <= 320 && box(img).height >= 25
    && all.slice(orderOf.get(img) + 1, orderOf.get(img) + 5).some(e => e.tagName === 'INPUT' && /^(text|)$/.test(e.type) && e.maxLength > 0 && e.maxLength <= 8);
  const images = all.filter(el => /^(img|canvas)$/i.test(el.tagName) && visible(el)).map(el => ({ el, r: box(el) })).filter(x => x.r.width >= 40 && x.r.width <= 600 && x.r.height >= 15 && x.r.height <= 220).slice(0, 40).map(x => ({
    h: keep(x.el), order: orderOf.get(x.el), source: cut(x.el.getAttribute('src'), 200),
    suspicious: answered(x.el) || /captcha|kaptcha|securimage|verifica|imgcod|codigo_?img/i.test(`${words(x.el)} ${x.el.getAttribute('src') ?? ''} ${x.el.getAttribute('alt') ?? ''} ${x.el.name ?? ''}`),
  }));
  const optionTexts = new Set(all.filter(e => e.tagName === 'OPTION').map(e => clean(e.text)));
  const lines = [...new Set([document.body?.innerText ?? '', ...all.filter(e => e.shadowRoot).map(e => [...e.shadowRoot.children].map(c => c.innerText ?? '').join('\n'))].join('\n').split('\n').map(l => cut(l, 300)))].filter(l => l.length > 2 && !optionTexts.has(l)).slice(0, 500);
  // A code that stands in an element of its own, which innerText glues to the label before it.
  const codes = all.filter(e => !e.children.length && /^[A-ZÑ&]{3,4}\d{6}[A-Z\d]{3}$/i.test(clean(e.textContent)) && visible(e)).map(e => clean(e.textContent));
  const widget = all.find(el => visible(el) && ((el.tagName === 'IFRAME' && /recaptcha|hcaptcha|turnstile|challenges\.cloudflare/i.test(el.src)) || /(^|\s)(g-recaptcha|h-captcha|cf-turnstile)(\s|$)/.test(words(el))));
  // "Procesando…", "Validando ticket…": said by the page itself.
  const isWorking = el => {
    if (el.childElementCount > 2 || /^(option|script|title|h[1-3])$/i.test(el.tagName)) return false;
    const text = clean(el.textContent);
    return text.length < 60 && /^((procesando|cargando|validando|verificando|consultando|generando|timbrando|buscando|enviando|espere|un momento|loading|please wait)( por favor)?|(por favor,? )?(procesando|cargando|validando|verificando|consultando|generando|timbrando|buscando|enviando|espere|un momento)[^.\d]*(\.\.\.|…))$/i.test(text) && visible(el);
  };
  return {
    url: location.href, title: cut(document.title, 200),
    headings: all.filter(el => /^h[1-4]$|^legend$/i.test(el.tagName) && visible(el)).slice(0, 20).map(el => cut(textOf(el), 120)),
    fields, controls, messages, images, lines: [...new Set([...lines, ...codes])],
    dialogs: dialogs.map(d => ({ text: cut(piecesOf(d), 1500) })),
    embeds: all.filter(el => /^(iframe|embed|object)$/i.test(el.tagName) && visible(el)).slice(0, 10).map(el => cut(el.src || el.data || el.getAttribute('src'), 500)).filter(Boolean),
    captchaWidget: !!widget,
    busy: all.some(isWorking) || document.readyState === 'loading' || all.some(el => (/(^|[\s_-])(spinner|loading|loader|cargando|blockui|progress-bar|progress-circular|progress-linear|MuiCircularProgress|MuiLinearProgress|skeleton)/i.test(words(el)) || el.getAttribute('aria-busy') === 'true') && !/^(body|html|button)$/i.test(el.tagName) && visible(el)),
  };
}
