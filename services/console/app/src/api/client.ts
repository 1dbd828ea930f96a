import createClient from 'openapi-fetch';
import type { paths as V1 } from '#types/v1';
import type { paths as V2 } from '#types/v2';
import { mayChooseCompany, session, type Session } from './session';

/** What the API refused, in its own words (problem details). */
export class ApiProblem extends Error {
  constructor(readonly status: number, readonly code: string, detail: string, readonly errors: { pointer: string; detail: string }[] = []) {
    super(detail);
  }
}

export const api = createClient<V1 & V2>({
  fetch: async (request: Request) => {
    const body = request.method === 'GET' ? undefined : await request.blob();
    return send(new Request(addressOf(request.url), { method: request.method, headers: request.headers, body }));
  },
});

/** The answer's body, or the problem it told. */
export async function ask<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw problemOf(response.status, error);
  return data as T;
}

/** A page of a list, and how many there are in all. */
export async function askPage<T>(call: Promise<{ data?: T[]; error?: unknown; response: Response }>): Promise<{ rows: T[]; total?: number }> {
  const { data, error, response } = await call;
  if (!response.ok) throw problemOf(response.status, error);
  const total = response.headers.get('X-Total-Count');
  return { rows: data ?? [], total: total === null ? undefined : Number(total) };
}

/** The bytes at an address of the API: pictures and downloads need the credential as well. */
export async function fetchBytes(path: string): Promise<Blob> {
  const response = await send(new Request(addressOf(path)));
  if (!response.ok) throw problemOf(response.status, await response.json().catch(() => undefined));
  return response.blob();
}

export async function download(path: string, fileName: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await fetchBytes(path));
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const OF_THE_PLATFORM = /^\/invoicing\/v2\/(admin\/|tenants$)/;

/** An address of the API for the company at work. Platform routes are for every company: there the company is a filter of its own. */
export function addressOf(path: string) {
  const [url, { company, ...who }] = [new URL(path, location.origin), session.get()];
  if (company && mayChooseCompany({ company, ...who }) && !OF_THE_PLATFORM.test(url.pathname)) url.searchParams.set('company_id', company);
  return url.href;
}

export async function credentialHeaders(): Promise<Record<string, string>> {
  const { credential } = session.get();
  if (!credential) return {};
  return { Authorization: `Bearer ${'apiKey' in credential ? credential.apiKey : await tokenOf(session.get())}` };
}

export function problemOf(status: number, body: unknown) {
  const told = (body ?? {}) as { detail?: unknown; code?: string; errors?: { pointer: string; detail: string }[] };
  const list = Array.isArray(told.detail) ? (told.detail as { msg: string }[]).map(d => d.msg).join(' ') : undefined;
  const detail = list ?? (typeof told.detail === 'string' ? told.detail : undefined);
  return new ApiProblem(status, told.code ?? '', status === 429 ? 'Demasiadas peticiones en este minuto. Espere un momento.' : detail ?? 'El servicio no respondió.', told.errors);
}

/** Signs in and tells who it is. A bad credential is refused with the API's words. */
export async function signIn(credential: NonNullable<Session['credential']>) {
  const fresh: Session = { credential, company: '' };
  if (!('apiKey' in credential)) {
    fresh.token = await newToken(credential);
    const claims = JSON.parse(atob(fresh.token.value.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'))) as { role?: string; company_id?: string };
    [fresh.role, fresh.company] = [claims.role, claims.company_id ?? ''];
  }
  const bearer = 'apiKey' in credential ? credential.apiKey : fresh.token!.value;
  const response = await fetch('/invoicing/v2/billing/usage', { headers: { Authorization: `Bearer ${bearer}` } });
  const body = await response.json().catch(() => undefined);
  if (!response.ok) throw problemOf(response.status, body);
  session.set({ ...fresh, company: fresh.company || (body.company_id ?? '') });
}

/** A request with the credential of who is signed in; without one that holds it leads to the sign-in page. */
export async function send(request: Request) {
  for (const [name, value] of Object.entries(await credentialHeaders())) request.headers.set(name, value);
  const response = await fetch(request);
  if (response.status === 401 && !location.pathname.endsWith('/ingresar')) {
    const from = location.pathname.slice('/console'.length) + location.search;
    session.set({ company: session.get().company });
    location.assign(`/console/ingresar?volver=${encodeURIComponent(from)}`);
  }
  return response;
}

async function tokenOf(of: Session) {
  if (!of.token || of.token.until < Date.now() + 30_000) {
    session.set({ ...of, token: await newToken(of.credential as { clientId: string; clientSecret: string }) });
  }
  return session.get().token!.value;
}

async function newToken({ clientId, clientSecret }: { clientId: string; clientSecret: string }) {
  const response = await fetch('/connect/token', {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }),
  });
  if (!response.ok) throw new ApiProblem(401, 'invalid_client', 'El identificador o el secreto no son correctos.');
  const { access_token: value, expires_in } = await response.json();
  return { value: value as string, until: Date.now() + expires_in * 1000 };
}
