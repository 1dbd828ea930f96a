import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import type { Overview } from '../api/types';
import { Figure } from '../parts/Figure';
import { Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Section } from '../parts/Section';
import { Table, type Column } from '../parts/Table';
import { ago, lasted } from '../words';

type Worker = Overview['workers'][number];
type Service = Overview['services'][number];

const HEALTH: Record<string, [string, 'success' | 'warning' | 'error']> = { healthy: ['En servicio', 'success'], degraded: ['Con fallas', 'warning'], down: ['Sin respuesta', 'error'] };

const SERVICES: Column<Service>[] = [
  { field: 'name', headerName: 'Servicio', flex: 1, minWidth: 130 },
  { field: 'status', headerName: 'Estado', width: 130, renderCell: ({ row }) => { const [label, color] = HEALTH[row.status] ?? [row.status, 'warning']; return <Chip size="small" variant="outlined" label={label} color={color} />; } },
  { field: 'response_time_ms', headerName: 'Responde en', width: 120, wide: true, valueGetter: (_, row) => lasted(row.response_time_ms) },
  { field: 'error_rate', headerName: 'Errores', width: 100, wide: true, valueGetter: (_, row) => (row.error_rate === null ? '—' : `${(row.error_rate * 100).toFixed(1)} %`) },
  { field: 'last_check', headerName: 'Revisado', width: 140, wide: true, valueGetter: (_, row) => ago(row.last_check as string) },
];
const WORKERS: Column<Worker>[] = [
  { field: 'id', headerName: 'Trabajador', flex: 1, minWidth: 150 },
  { field: 'busy', headerName: 'Ocupado', width: 110, valueGetter: (_, row) => `${row.busy} de ${row.slots}` },
  { field: 'alive', headerName: 'Estado', width: 130, valueGetter: (_, row) => (!row.alive ? 'Sin señal' : row.draining ? 'Terminando' : 'En servicio') },
  { field: 'seen_at', headerName: 'Última señal', width: 140, wide: true, valueGetter: (_, row) => ago(row.seen_at as string) },
];

export function Component() {
  const query = useQuery({ queryKey: ['overview'], queryFn: () => ask(api.GET('/invoicing/v2/admin/overview')) as unknown as Promise<Overview>, refetchInterval: 5000 });
  return (
    <Page title="Estado de la plataforma" lead="Todas las empresas, en este momento.">
      <Loaded query={query}>{now => (
        <>
          <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr 1fr', md: 'repeat(3, 1fr)', xl: 'repeat(6, 1fr)' } }}>
            <Figure name="En el portal" value={(now.jobs_by_phase.running ?? 0) + (now.jobs_by_phase.dispatched ?? 0)} note={`${now.free_slots} lugares libres`} />
            <Figure name="En cola" value={now.jobs_by_phase.queued ?? 0} note={`el más antiguo, ${lasted(now.oldest_queued_seconds * 1000)}`} />
            <Figure name="Leyendo" value={now.jobs_by_phase.reading ?? 0} />
            <Figure name="Esperan a una persona" value={now.open_interventions} />
            <Figure name="Mensajes fallidos" value={now.dead_letters} />
            <Figure name="Avisos por enviar" value={now.pending_webhooks} />
          </Box>
          <Section title="Servicios"><Table label="Servicios" rows={now.services} columns={SERVICES} getRowId={row => row.name} empty="Ningún servicio se ha revisado." /></Section>
          <Section title="Navegadores"><Table label="Trabajadores" rows={now.workers} columns={WORKERS} empty="Ningún trabajador ha dado señales en la última hora." /></Section>
        </>
      )}</Loaded>
    </Page>
  );
}
