import Chip from '@mui/material/Chip';
import Link from '@mui/material/Link';
import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { Link as RouterLink } from 'react-router';
import { api, ask } from '../api/client';
import type { Breaker, PortalRow } from '../api/types';
import { Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Table, type Column } from '../parts/Table';
import { useAction } from '../parts/useAction';
import { ago, atTime } from '../words';

type Row = PortalRow & Partial<Breaker>;

export function BreakerChip({ state }: { state: string }) {
  const [label, color] = { closed: ['Disponible', 'success'], open: ['En pausa', 'error'], half_open: ['A prueba', 'warning'] }[state] ?? [state, 'default'];
  return <Chip size="small" variant="outlined" label={label} color={color as 'success'} />;
}

/** Breakers tell what the portals' list does not: how many jobs wait, and until when. */
export function Component() {
  const query = useQuery({
    queryKey: ['portals'],
    queryFn: async (): Promise<Row[]> => {
      const [portals, breakers] = await Promise.all([ask(api.GET('/invoicing/v2/admin/portals')), ask(api.GET('/invoicing/v2/admin/circuit-breakers'))]) as unknown as [PortalRow[], Breaker[]];
      return portals.map(portal => ({ ...portal, ...breakers.find(b => b.host === portal.host) }));
    },
    refetchInterval: 5000,
  });
  const reset = useAction((host: string) => ask(api.POST('/invoicing/v2/admin/circuit-breakers/{host}/reset', { params: { path: { host } } })), { done: 'El portal vuelve a usarse.', refresh: ['portals'] });
  const columns: Column<Row>[] = [
    { field: 'host', headerName: 'Portal', flex: 1, minWidth: 150, renderCell: ({ row, hasFocus }) => <Link component={RouterLink} to={`/portales/${encodeURIComponent(row.host)}`} tabIndex={hasFocus ? 0 : -1}>{row.host}</Link> },
    { field: 'breaker', headerName: 'Estado', width: 120, renderCell: ({ row }) => <BreakerChip state={row.breaker} /> },
    { field: 'waiting_jobs', headerName: 'En espera', type: 'number', width: 100, wide: true },
    { field: 'attempts', headerName: 'Intentos', type: 'number', width: 100, wide: true },
    { field: 'last_success_at', headerName: 'Última factura', width: 140, wide: true, valueGetter: (_, row) => ago(row.last_success_at) },
    { field: 'open_until', headerName: 'En pausa hasta', width: 160, wide: true, valueGetter: (_, row) => (row.breaker === 'closed' ? '' : atTime(row.open_until)) },
    { field: 'has_recipe', headerName: 'Receta', width: 120, wide: true, valueGetter: (_, row) => (row.has_recipe ? `Sí, ${ago(row.recipe_at)}` : 'Todavía no') },
    { field: 'reset', headerName: '', width: 110, sortable: false, renderCell: ({ row, hasFocus }) => row.breaker !== 'closed' && <Button size="small" tabIndex={hasFocus ? 0 : -1} onClick={e => { e.stopPropagation(); reset.mutate(row.host); }}>Reactivar</Button> },
  ];
  return (
    <Page title="Portales" lead="Cómo responden los portales de los comercios. Tras cinco fallas seguidas un portal se deja en pausa un minuto; los tickets esperan sin gastar intentos.">
      <Loaded query={query}>{rows => <Table label="Portales" rows={rows} columns={columns} getRowId={row => row.host} open={row => `/portales/${encodeURIComponent(row.host)}`} empty="Todavía no se ha visitado ningún portal." />}</Loaded>
    </Page>
  );
}
