import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link as RouterLink, useNavigate } from 'react-router';
import { api, ask } from '../api/client';
import type { Job } from '../api/types';
import { Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Table, type Column } from '../parts/Table';
import { ago } from '../words';

interface BatchRow { batch_id: string; total_jobs: number; completed_jobs: number; failed_jobs: number; created_at: string | null }

export const BATCH_STATUS: Record<string, string> = { processing: 'En proceso', completed: 'Terminado', failed: 'Terminado sin facturas', cancelled: 'Cancelado' };

const COLUMNS: Column<BatchRow>[] = [
  { field: 'batch_id', headerName: 'Lote', flex: 1, minWidth: 130, renderCell: ({ row, hasFocus }) => <Link component={RouterLink} to={`/lotes/${encodeURIComponent(row.batch_id)}`} tabIndex={hasFocus ? 0 : -1}>{row.batch_id}</Link> },
  { field: 'status', headerName: 'Estado', width: 120, valueGetter: (_, row) => (row.completed_jobs + row.failed_jobs < row.total_jobs ? 'En proceso' : 'Terminado') },
  {
    field: 'progress', headerName: 'Avance', width: 150, sortable: false, wide: true,
    renderCell: ({ row }) => <LinearProgress variant="determinate" value={row.total_jobs ? ((row.completed_jobs + row.failed_jobs) / row.total_jobs) * 100 : 0} aria-label={`Avance del lote ${row.batch_id}`} sx={{ width: 1, borderRadius: 1 }} />,
  },
  { field: 'total_jobs', headerName: 'Tickets', type: 'number', width: 90 },
  { field: 'completed_jobs', headerName: 'Facturados', type: 'number', width: 110, wide: true },
  { field: 'failed_jobs', headerName: 'No facturados', type: 'number', width: 130, wide: true },
  { field: 'created_at', headerName: 'Creado', width: 150, wide: true, valueGetter: (_, row) => ago(row.created_at) },
];

/** The API tells a batch by its name; which there are shows in the latest jobs. */
function batchesOf(jobs: Job[]): BatchRow[] {
  const batches = new Map<string, BatchRow>();
  for (const { batch_id, estado, created_at } of jobs) {
    if (!batch_id) continue;
    const batch = batches.get(batch_id) ?? { batch_id, total_jobs: 0, completed_jobs: 0, failed_jobs: 0, created_at };
    batch.total_jobs++;
    if (estado === 'completado') batch.completed_jobs++;
    if (estado === 'fallido' || estado === 'cancelado') batch.failed_jobs++;
    batch.created_at = created_at;
    batches.set(batch_id, batch);
  }
  return [...batches.values()];
}

export function Component() {
  const [name, setName] = useState('');
  const navigate = useNavigate();
  const batches = useQuery({ queryKey: ['batches'], queryFn: async () => batchesOf(await ask(api.GET('/invoicing/v2/jobs', { params: { query: { limit: 200 } } })) as unknown as Job[]), refetchInterval: 5000 });
  return (
    <Page title="Lotes" lead="Muchos tickets de una vez, como el cierre de mes. Aquí se ven los lotes de los 200 trabajos más recientes; los anteriores se abren por su nombre."
      actions={
        <Stack component="form" direction="row" sx={{ gap: 1 }} onSubmit={e => { e.preventDefault(); navigate(`/lotes/${encodeURIComponent(name.trim())}`); }}>
          <TextField label="Nombre del lote" value={name} onChange={e => setName(e.target.value)} required />
          <Button type="submit" variant="outlined">Abrir</Button>
        </Stack>
      }>
      <Loaded query={batches}>{rows => <Table label="Lotes" rows={rows} columns={COLUMNS} getRowId={row => row.batch_id} open={row => `/lotes/${encodeURIComponent(row.batch_id)}`} empty="Todavía no hay lotes. Se crean por la API (POST /v2/bulk)." />}</Loaded>
    </Page>
  );
}
