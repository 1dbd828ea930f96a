import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, problemOf } from '../../api/client';
import type { Tenant } from '../../api/types';
import { Loaded } from '../../parts/Loaded';
import { Section } from '../../parts/Section';
import { useAction } from '../../parts/useAction';

type Limit = 'max_concurrent_jobs' | 'max_daily_jobs' | 'storage_quota_mb' | 'custom_timeout_seconds' | 'weight';
const LIMITS: [Limit, string, string][] = [
  ['max_concurrent_jobs', 'Trabajos a la vez', 'Los demás esperan su turno.'],
  ['max_daily_jobs', 'Trabajos por día', ''],
  ['custom_timeout_seconds', 'Tiempo máximo por intento (segundos)', ''],
  ['storage_quota_mb', 'Espacio de archivos (MB)', ''],
  ['weight', 'Peso en el reparto', 'Con 2 le toca el doble de turnos que a otra con 1.'],
];

/** The tenant and the version of it that a change must name. */
export function Limits({ company }: { company: string }) {
  const path = { path: { company_id: company } };
  const query = useQuery({
    queryKey: ['tenant', company],
    queryFn: async () => {
      const { data, error, response } = await api.GET('/invoicing/v2/tenants/{company_id}', { params: path });
      if (!response.ok) throw problemOf(response.status, error);
      return { tenant: data as unknown as Tenant, etag: response.headers.get('ETag') };
    },
  });
  return <Loaded query={query}>{({ tenant, etag }) => <Form key={etag} tenant={tenant} etag={etag} />}</Loaded>;
}

function Form({ tenant, etag }: { tenant: Tenant; etag: string | null }) {
  const [changes, setChanges] = useState<Partial<Record<keyof Tenant, string>>>({});
  const save = useAction(async () => {
    const body = Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, ['webhook_url', 'daily_limit_policy'].includes(name) ? value : Number(value)]));
    const { error, response } = await api.PUT('/invoicing/v2/tenants/{company_id}', { params: { path: { company_id: tenant.company_id } }, headers: etag ? { 'If-Match': etag } : {}, body: body as never });
    if (!response.ok) throw problemOf(response.status, error);
  }, { done: 'Límites guardados.', refresh: ['tenant'] });
  const field = (name: keyof Tenant) => ({ value: changes[name] ?? String(tenant[name] ?? ''), onChange: (e: { target: { value: string } }) => setChanges({ ...changes, [name]: e.target.value }) });
  return (
    <Section title="Límites y avisos">
      <Stack component="form" spacing={2.5} sx={{ maxWidth: 560 }} onSubmit={e => { e.preventDefault(); save.mutate(); }}>
        {LIMITS.map(([name, label, help]) => <TextField key={name} label={label} type="number" required helperText={help} {...field(name)} slotProps={{ htmlInput: { min: 1 } }} />)}
        <TextField select label="Al llegar al límite diario" {...field('daily_limit_policy')}>
          <MenuItem value="wait">Los tickets esperan al día siguiente</MenuItem>
          <MenuItem value="reject">Los tickets se rechazan</MenuItem>
        </TextField>
        <TextField label="Dirección que recibe los avisos (webhook)" type="url" {...field('webhook_url')} />
        <Button type="submit" variant="contained" sx={{ alignSelf: 'flex-start' }} disabled={Object.keys(changes).length === 0} loading={save.isPending}>Guardar</Button>
      </Stack>
    </Section>
  );
}
