import { api, askPage } from './client';
import type { Tenant } from './types';

/** The platform's companies whose id has this part, newest first. */
export const tenantsPage = (search: string, limit: number, page = 0) =>
  askPage(api.GET('/invoicing/v2/tenants', { params: { query: { search: search || undefined, limit, offset: page * limit } } })) as unknown as Promise<{ rows: Tenant[]; total?: number }>;
