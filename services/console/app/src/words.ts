/** What the API's words mean to a person, and how times, money and durations are written. */

type Tone = 'default' | 'info' | 'success' | 'warning' | 'error';

export const STATUS: Record<string, { text: string; tone: Tone }> = {
  pendiente: { text: 'Pendiente', tone: 'default' },
  en_cola: { text: 'En cola', tone: 'default' },
  procesando: { text: 'Leyendo', tone: 'info' },
  ocr_completado: { text: 'Leído', tone: 'info' },
  merchant_identificado: { text: 'Comercio identificado', tone: 'info' },
  navegando: { text: 'En el portal', tone: 'info' },
  resolviendo_captcha: { text: 'Resolviendo captcha', tone: 'info' },
  llenando_formulario: { text: 'Llenando formulario', tone: 'info' },
  descarga_pendiente: { text: 'Esperando archivos', tone: 'info' },
  requiere_intervencion: { text: 'Necesita a una persona', tone: 'warning' },
  completado: { text: 'Facturado', tone: 'success' },
  fallido: { text: 'No facturado', tone: 'error' },
  timeout: { text: 'Tiempo agotado', tone: 'error' },
  cancelado: { text: 'Cancelado', tone: 'default' },
};

export const OVER = ['completado', 'fallido', 'timeout', 'cancelado'];
export const isOver = (status: string) => OVER.includes(status);

export const OUTCOME: Record<string, string> = {
  entregada: 'Factura entregada',
  emitida_pendiente_archivos: 'Emitida; faltan los archivos',
  ya_facturada_recuperada: 'Ya estaba facturada; se recuperó',
  ya_facturada_otro_rfc: 'Ya facturada a otro RFC',
  ticket_no_encontrado: 'El portal no encuentra el ticket',
  aun_no_disponible: 'Todavía no se puede facturar',
  fuera_de_plazo: 'Fuera de plazo',
  datos_ticket_invalidos: 'Datos del ticket inválidos',
  receptor_rechazado: 'Datos fiscales rechazados',
  requiere_humano: 'Requiere a una persona',
  portal_caido: 'El portal no responde',
  portal_no_reconocido: 'Portal no reconocido',
  resultado_incierto: 'Resultado incierto',
};

export const FIELD: Record<string, string> = {
  rfc_emisor: 'RFC del emisor', merchant: 'Comercio', folio: 'Folio', fecha: 'Fecha', hora: 'Hora', subtotal: 'Subtotal', iva: 'IVA', total: 'Total',
  forma_pago: 'Forma de pago', sucursal: 'Sucursal', caja: 'Caja', web_id: 'Web ID', codigo_facturacion: 'Código de facturación', estacion: 'Estación',
  url_facturacion: 'Página de facturación', portal_url: 'Página de facturación', venta: 'Venta', referencia: 'Referencia', ticket: 'Número de ticket',
};
export const fieldName = (name: string) => FIELD[name] ?? (name.charAt(0).toUpperCase() + name.slice(1)).replaceAll('_', ' ');

export const KIND: Record<string, string> = { captcha: 'Captcha', login: 'Inicio de sesión', dato: 'Falta un dato', confirmacion: 'Confirmación' };
export const PRIORITY: Record<string, string> = { urgente: 'Urgente', alta: 'Alta', normal: 'Normal', baja: 'Baja' };
export const TIPO: Record<string, string> = { imagen: 'Fotografía', pdf: 'PDF', texto: 'Texto', voz: 'Voz' };
export const ROLE: Record<string, string> = { viewer: 'Consulta', operator: 'Operación', admin: 'Administración', platform_admin: 'Administración de la plataforma' };
export const COST: Record<string, string> = { ocr: 'Lectura', browser: 'Navegador', captcha: 'Captcha', model: 'Modelo', storage: 'Almacenamiento', total: 'Total' };

type Moment = string | null | undefined;
const moment = new Intl.DateTimeFormat('es-MX', { day: '2-digit', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false });
const clock = new Intl.DateTimeFormat('es-MX', { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
const date = new Intl.DateTimeFormat('es-MX', { day: '2-digit', month: 'short', year: 'numeric' });
const day = new Intl.DateTimeFormat('es-MX', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const mxn = new Intl.NumberFormat('es-MX', { style: 'currency', currency: 'MXN' });
const usd = new Intl.NumberFormat('es-MX', { style: 'currency', currency: 'USD', currencyDisplay: 'code', maximumFractionDigits: 4 });
const relative = new Intl.RelativeTimeFormat('es-MX', { numeric: 'auto' });

export const atTime = (time: Moment) => (time ? moment.format(new Date(time)) : '—');
export const atClock = (time: Moment) => (time ? clock.format(new Date(time)) : '—');
export const onDate = (time: Moment) => (time ? date.format(new Date(time)) : '—');
/** A calendar date, YYYY-MM-DD. */
export const onDay = (ymd: string) => day.format(new Date(ymd + 'T00:00:00Z'));
export const pesos = (amount: number | string | null | undefined) => (amount === null || amount === undefined || amount === '' || Number.isNaN(Number(amount)) ? '—' : mxn.format(Number(amount)));
export const dollars = (amount: number | null | undefined) => (amount === null || amount === undefined ? '—' : usd.format(amount));
export const percent = (share: number | null | undefined) => (share === null || share === undefined ? '—' : `${Math.round(share * 100)} %`);

export function lasted(ms: number | null | undefined) {
  if (ms === null || ms === undefined) return '—';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return ms < 3_600_000 ? `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s` : `${Math.floor(ms / 3_600_000)} h ${Math.round((ms % 3_600_000) / 60_000)} min`;
}

export function ago(time: Moment) {
  if (!time) return '—';
  const seconds = (new Date(time).getTime() - Date.now()) / 1000;
  const [unit, size] = ([['second', 1], ['minute', 60], ['hour', 3600], ['day', 86_400]] as const).findLast(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
  return relative.format(Math.round(seconds / size), unit);
}
