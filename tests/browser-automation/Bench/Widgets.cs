namespace Invoicing.BrowserAutomation.Tests.Bench;

/// <summary>Pieces of pages; leer() tells what each has taken.</summary>
internal static class Widgets
{
    internal const string Receptor = """
        <div style="margin-top:90px"><p><label for=rfc>RFC</label> <input id=rfc></p><p><label for=nom>Razón social</label> <input id=nom></p><p><label for=cp>Código postal</label> <input id=cp></p><p><label for=mail>Correo electrónico</label> <input id=mail></p>
        <button type=button>Generar factura</button></div>
        """;

    internal const string FoldedGroups = """
        <style>.h{cursor:pointer}.h + div{display:none}.h.ya + div{display:block}.r,.c{cursor:pointer;padding:4px}</style>
        <b>¿Cómo pagó?</b><div><span class=c data-v=01>Efectivo</span><span class=c data-v=04>Tarjeta de crédito</span></div>
        <b>Régimen</b><div class=h>Personas físicas</div><div><div class=r data-v=605>605 Sueldos y Salarios e Ingresos Asimilados a Salarios</div><div class=r data-v=612>612 Personas Físicas con Actividades Empresariales y Profesionales</div></div>
        <div class=h>Personas morales</div><div><div class=r data-v=601>601 General de Ley Personas Morales</div><div class=r data-v=603>603 Personas Morales con Fines no Lucrativos</div></div>
        <script>const v = {};
        document.querySelectorAll('.h').forEach(h => h.onclick = () => h.classList.toggle('ya'));
        document.querySelectorAll('.r').forEach(r => r.onclick = () => { v.r = r.dataset.v; r.style.background = 'gold'; });
        document.querySelectorAll('.c').forEach(c => c.onclick = () => { v.c = c.dataset.v; c.style.background = 'gold'; });
        function leer() { return `${v.r} ${v.c}`; }</script>
        """;

    internal const string SpanWithListOnTheBody = """
        <label for=reg>Régimen fiscal</label>
        <select id=reg style="position:absolute;width:1px;height:1px;clip:rect(0 0 0 0)" tabindex=-1><option></option><option value=a9>601 - General de Ley Personas Morales</option><option value=b7>603 - Personas Morales con Fines no Lucrativos</option></select>
        <span class="select2 select2-container" style="display:inline-block;width:300px"><span class=selection><span class=select2-selection role=combobox aria-haspopup=true aria-expanded=false tabindex=0 aria-labelledby=ver style="display:block;border:1px solid;height:26px"><span id=ver class=select2-selection__rendered>Seleccione una opción</span></span></span></span>
        <script>const s = document.getElementById('reg'), caja = document.querySelector('.select2-selection');
        caja.onmousedown = () => { if (document.querySelector('.select2-dropdown')) return; const d = document.createElement('span'); d.className = 'select2-dropdown'; d.style = 'position:absolute;left:8px;top:60px;background:#fff;width:300px';
          d.innerHTML = '<input type=search style="width:290px"><ul class=select2-results__options role=listbox></ul>';
          [...s.options].slice(1).forEach(o => { const l = document.createElement('li'); l.className = 'select2-results__option'; l.setAttribute('role', 'option'); l.textContent = o.text; l.onmouseup = () => { s.value = o.value; document.getElementById('ver').textContent = o.text; d.remove(); }; d.querySelector('ul').append(l); });
          document.body.append(d); };
        function leer() { return s.selectedOptions[0].text.slice(0, 3); }</script>
        """;

    internal const string SearchableList = """
        <div><label>Régimen fiscal</label><div class="css-b62m3t-container" style="position:relative;width:320px"><div class="css-13cymwt-control" style="border:1px solid;display:flex;min-height:30px"><div class="css-hlgwow" style="flex:1;display:grid"><div class="css-1jqq78o-placeholder" id=ver>Seleccione...</div>
        <div class="css-19bb58m"><input id=busca autocomplete=off style="width:2px;border:0;opacity:1" aria-autocomplete=list role=combobox aria-expanded=false aria-haspopup=true></div></div><div class="css-1wy0on6">▾</div></div></div></div>
        <script>const busca = document.getElementById('busca'), ver = document.getElementById('ver'), opciones = ['Sueldos y Salarios e Ingresos Asimilados a Salarios', 'General de Ley Personas Morales', 'Personas Morales con Fines no Lucrativos'], caja = document.querySelector('.css-13cymwt-control'); let v = '', menu;
        const abrir = () => { menu?.remove(); menu = document.createElement('div'); menu.className = 'css-1nmdiq5-menu'; menu.style = 'position:absolute;top:32px;background:#fff;width:100%;z-index:5';
          opciones.filter(o => o.toLowerCase().includes(busca.value.toLowerCase())).forEach(o => { const d = document.createElement('div'); d.className = 'css-10wo9uf-option'; d.textContent = o; d.onclick = e => { e.stopPropagation(); v = o; ver.textContent = o; ver.className = 'css-1dimb5e-singleValue'; busca.value = ''; menu.remove(); menu = null; }; menu.append(d); });
          caja.parentNode.append(menu); };
        caja.onmousedown = () => setTimeout(abrir, 30); busca.oninput = abrir;
        function leer() { return v; }</script>
        """;

    internal const string DropDownMenu = """
        <p>Régimen fiscal</p><div class=dropdown style="position:relative"><button type=button class="btn dropdown-toggle" data-bs-toggle=dropdown aria-expanded=false>Selecciona tu régimen</button>
        <div class=dropdown-menu style="display:none;position:absolute;background:#fff;z-index:9"><a class=dropdown-item href="#" style="display:block">601 General de Ley Personas Morales</a><a class=dropdown-item href="#" style="display:block">603 Personas Morales con Fines no Lucrativos</a></div></div>
        <script>const b = document.querySelector('.dropdown-toggle'), m = document.querySelector('.dropdown-menu');
        b.onclick = () => { m.style.display = m.style.display === 'none' ? 'block' : 'none'; };
        m.querySelectorAll('a').forEach(a => a.onclick = e => { e.preventDefault(); b.textContent = a.textContent; m.style.display = 'none'; });
        function leer() { return b.textContent.slice(0, 3); }</script>
        """;

    internal const string HeadingWithEntries = """
        <div class=fila><div class=titulo style="cursor:pointer;border-bottom:1px solid">Régimen fiscal</div><div class=lista style="display:none"></div></div>
        <script>const t = document.querySelector('.titulo'), l = document.querySelector('.lista'); let v = '';
        t.onclick = () => { l.style.display = 'block'; l.innerHTML = ''; ['605 Sueldos y Salarios e Ingresos Asimilados a Salarios', '601 General de Ley Personas Morales', '603 Personas Morales con Fines no Lucrativos'].forEach(o => { const d = document.createElement('div'); d.style.cursor = 'pointer'; d.textContent = o; d.onclick = () => { v = o; t.textContent = 'Régimen: ' + o; l.style.display = 'none'; }; l.append(d); }); };
        function leer() { return v.slice(0, 3); }</script>
        """;

    internal const string RowsOfWordsAndBoxes = """
        <table><tr><td>Folio del ticket</td><td>Total pagado</td></tr><tr><td><input id=a></td><td><input id=b></td></tr></table>
        <div style="display:flex;flex-direction:column-reverse;width:220px"><input id=c><span>Fecha de compra</span></div>
        <script>function leer() { return ['a', 'b', 'c'].map(i => document.getElementById(i).value).join(' '); }</script>
        """;

    internal const string DrawnBoxes = """
        <style>.t{cursor:pointer;border:1px solid;padding:6px;display:inline-block}.t input{display:none}.i{position:relative;width:22px;height:22px;border:1px solid;display:inline-block}.i input{position:absolute;opacity:0}.i ins{position:absolute;inset:0}</style>
        <p>Forma de pago</p><div class=t onclick="this.firstElementChild.checked=true"><input type=radio name=p value=04><span>Tarjeta de crédito</span></div><div class=t onclick="this.firstElementChild.checked=true"><input type=radio name=p value=03><span>Transferencia electrónica de fondos</span></div>
        <p><div class=i><input type=checkbox id=ok><ins></ins></div> <span>Acepto los términos y condiciones</span></p>
        <script>document.querySelector('.i').onclick = e => { if (e.target.tagName !== 'INPUT') document.getElementById('ok').click(); };
        function leer() { return `${document.querySelector('[name=p]:checked')?.value} ${document.getElementById('ok').checked}`; }</script>
        """;

    internal const string CalendarAndCents = """
        <p><label for=f>Fecha de compra</label> <input id=f readonly></p><p><label for=m>Monto total</label> <input id=m value="$ 0.00"></p>
        <div id=cal style="display:none;position:absolute;background:#fff;border:1px solid;width:240px;z-index:9"></div>
        <script>let mes = 11, ano = 2026; const f = document.getElementById('f'), m = document.getElementById('m'), cal = document.getElementById('cal'), nombres = ['Enero','Febrero','Marzo','Abril','Mayo','Junio','Julio','Agosto','Septiembre','Octubre','Noviembre','Diciembre'];
        const pinta = () => { cal.style.display = 'block'; cal.innerHTML = `<div><button type=button class=atras>‹</button> ${nombres[mes]} ${ano} <button type=button class=sig>›</button></div><div class=dias style="display:grid;grid-template-columns:repeat(7,1fr)"></div>`;
          cal.querySelector('.atras').onclick = () => { mes--; pinta(); }; cal.querySelector('.sig').onclick = () => { mes++; pinta(); };
          for (let d = 1; d <= new Date(ano, mes + 1, 0).getDate(); d++) { const c = document.createElement('span'); c.textContent = d; c.style.cursor = 'pointer'; c.onclick = () => { f.value = `${String(d).padStart(2, '0')}/${String(mes + 1).padStart(2, '0')}/${ano}`; cal.style.display = 'none'; }; cal.lastChild.append(c); } };
        f.onclick = pinta;
        let cifras = ''; m.onkeydown = e => { if (/^\d$/.test(e.key)) { cifras += e.key; m.value = '$ ' + (Number(cifras) / 100).toFixed(2); } else if (e.key === 'Delete' || e.key === 'Backspace') { cifras = ''; m.value = '$ 0.00'; } if (e.key !== 'Tab') e.preventDefault(); };
        m.oninput = () => { m.value = '$ ' + (Number(cifras) / 100).toFixed(2); };
        function leer() { return `${f.value} ${m.value}`; }</script>
        """;

    internal const string DialogAndSuggestions = """
        <p><label for=s>Sucursal</label> <input id=s readonly role=combobox aria-haspopup=dialog></p>
        <p><label for=g>Régimen fiscal</label> <input id=g autocomplete=off></p>
        <script>const s = document.getElementById('s'), g = document.getElementById('g'), reg = ['601 - General de Ley Personas Morales', '603 - Personas Morales con Fines no Lucrativos']; let v = '', lista;
        s.onclick = () => { if (document.querySelector('[role=dialog]')) return; const d = document.createElement('div'); d.setAttribute('role', 'dialog'); d.style = 'position:fixed;left:30%;top:10%;width:40%;height:300px;background:#fff;z-index:20';
          d.innerHTML = '<b>Sucursal</b><input placeholder="Buscar..."><table></table>'; ['Norte', 'Centro', 'Sur'].forEach(t => { const f = d.querySelector('table').insertRow(); f.style.cursor = 'pointer'; f.insertCell().textContent = t; f.onclick = () => { s.value = t; d.remove(); }; }); document.body.append(d); };
        g.oninput = () => { lista?.remove(); lista = document.createElement('div'); lista.className = 'lista-desplegable'; lista.style = 'position:absolute;background:#fff'; reg.filter(r => r.includes(g.value)).forEach(r => { const e = document.createElement('div'); e.style.cursor = 'pointer'; e.textContent = r; e.onmousedown = x => x.preventDefault(); e.onclick = () => { v = g.value = r; lista.remove(); }; lista.append(e); }); g.after(lista); };
        g.onblur = () => { lista?.remove(); g.value = v; };
        function leer() { return `${s.value} ${v.slice(0, 3)}`; }</script>
        """;

    internal const string BubbleAndFrame = """
        <style>body:not(.listo) > div:not(.m):not(.b) { display: none }</style>
        <div class=m role=dialog aria-modal=true style="position:fixed;left:20%;top:5%;width:60%;height:320px;background:#fff;z-index:20"><b>Su compra</b><iframe style="width:100%;height:200px;border:0" srcdoc="<p><label>Folio del ticket <input id=a></label></p><p><label>Total <input id=b></label></p>"></iframe><button type=button onclick="pregunta()">Continuar</button></div>
        <script>let v = ''; function pregunta() { if (document.querySelector('.b')) return; const d = document.querySelector('iframe').contentDocument, b = document.createElement('div'); b.className = 'b'; b.style = 'position:fixed;right:8px;top:4px;background:#fff;z-index:30';
          b.innerHTML = '<p>¿Es correcto?</p><button type=button>No</button><button type=button>Sí</button>'; b.querySelectorAll('button')[0].onclick = () => b.remove();
          b.querySelectorAll('button')[1].onclick = () => { v = `${d.getElementById('a').value} ${d.getElementById('b').value}`; b.remove(); document.querySelector('.m').remove(); document.body.classList.add('listo'); }; document.body.append(b); }
        function leer() { return v; }</script>
        """;

    internal const string EditableText = """
        <p>Folio del ticket</p><div id=a contenteditable=true style="border:1px solid;min-height:22px;width:240px"></div>
        <p><input id=b placeholder="$0.00"></p>
        <script>function leer() { return `${document.getElementById('a').textContent} ${document.getElementById('b').value}`; }</script>
        """;

    internal const string ColloquialButton = """
        <section id=uno><p><label for=a>Folio del ticket</label> <input id=a></p><button type=button onclick="document.getElementById('uno').remove(); document.body.classList.add('dos')">Jálalo</button></section>
        <style>body:not(.dos) > div { display: none }</style>
        <script>let folio = ''; document.getElementById('a').onchange = e => { folio = e.target.value; }; function leer() { return folio; }</script>
        """;

    internal const string FadingWords = """
        <p><label for=a>Folio del ticket</label> <input id=a></p><button type=button onclick="dice()">Continuar</button>
        <script>function dice() { const d = document.createElement('div'); d.style = 'position:fixed;right:10px;top:10px;background:#333;color:#fff;padding:9px'; d.textContent = 'Acción en modo lectura, llame a mesa de control'; document.body.append(d); setTimeout(() => d.remove(), 60); }</script>
        """;
}
