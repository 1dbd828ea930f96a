/** Who works here. Kept for this tab only: a closed tab signs out. */
export interface Session {
  /** Absent: no credential, which only the local run allows. */
  credential?: { apiKey: string } | { clientId: string; clientSecret: string };
  /** The access token of a client, and when it ends (ms). */
  token?: { value: string; until: number };
  /** The company whose data is shown; empty: all of them (platform administrators). */
  company: string;
  /** platform_admin, admin … as the credential's token says; absent for API keys and without a credential. */
  role?: string;
}

const PLACE = 'invoicing.session';
const listeners = new Set<() => void>();
let current: Session = read();

function read(): Session {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE) ?? '') as Session;
  } catch {
    return { company: 'default' };
  }
}

export const session = {
  get: () => current,
  set(next: Session) {
    current = next;
    sessionStorage.setItem(PLACE, JSON.stringify(next));
    listeners.forEach(listener => listener());
  },
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};

export const mayChooseCompany = (of: Session) => !of.credential || of.role === 'platform_admin';
