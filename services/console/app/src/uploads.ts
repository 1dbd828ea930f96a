import { addressOf, credentialHeaders, problemOf } from './api/client';

export interface Upload {
  key: number;
  name: string;
  size: number;
  /** 0 to 1 while it is sent. */
  sent: number;
  ticketId?: number;
  error?: string;
}

const AT_ONCE = 3;
let uploads: Upload[] = [];
let running = 0;
const waiting: { key: number; file: File }[] = [];
const listeners = new Set<() => void>();

/** Photographs on their way; they go on while the person looks at other pages. */
export const uploadsStore = {
  get: () => uploads,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  add(files: Iterable<File>) {
    for (const file of files) {
      const key = performance.now() + Math.random();
      uploads = [{ key, name: file.name, size: file.size, sent: 0 }, ...uploads];
      waiting.push({ key, file });
    }
    changed();
    for (let free = AT_ONCE - running; free > 0; free--) void work();
  },
};

function changed(key?: number, change?: Partial<Upload>) {
  if (key) uploads = uploads.map(u => (u.key === key ? { ...u, ...change } : u));
  listeners.forEach(listener => listener());
}

async function work() {
  const next = waiting.shift();
  if (!next) return;
  running++;
  try {
    changed(next.key, { sent: 1, ticketId: await send(next.file, sent => changed(next.key, { sent })) });
  } catch (error) {
    changed(next.key, { error: (error as Error).message });
  }
  running--;
  await work();
}

/** fetch does not tell how much of a body has been sent. */
async function send(file: File, onSent: (share: number) => void) {
  const headers = await credentialHeaders();
  return new Promise<number>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', addressOf('/invoicing/v2/tickets'));
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.setRequestHeader('Idempotency-Key', crypto.randomUUID?.() ?? String(Math.random()));
    request.responseType = 'json';
    request.upload.onprogress = event => onSent(event.loaded / event.total);
    request.onload = () => (request.status < 300 ? resolve(request.response.id) : reject(problemOf(request.status, request.response)));
    request.onerror = () => reject(new Error('No hay conexión con el servicio.'));
    const form = new FormData();
    form.set('file', file);
    request.send(form);
  });
}
