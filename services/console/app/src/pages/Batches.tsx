import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import TextField from '@mui/material/TextField';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link as RouterLink, useNavigate } from 'react-router';
import { api, askPage } from '../api/client';
import type { BatchRow } from '../api/types';
import { Refused } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Table, type Column } from '../parts/Table';
import { usePaging } from '../parts/usePaging';
import { ago } from '../words';

export const BATCH_STATUS: Record<string, string> = { processing: 'En proceso', completed: 'Terminado', failed: 'Terminado sin facturas', cancelled: 'Cancelado' };

const VIEWS = [
  { key: '', text: 'Todos', status: undefined },
  { key: 'en-proceso', text: 'En proceso', status: 'processing' },
  { key: 'terminados', text: 'Terminados', status: 'completed,failed,cancelled' },
];

const COLUMNS: Column<BatchRow>[] = [
  { field: 'batch_id', headerName: 'Lote', flex: 1, minWidth: 130, sortable: false, renderCell: ({ row, hasFocus }) => <Link component={RouterLink} to={`/lotes/${encodeURIComponent(row.batch_id)}`} tabIndex={hasFocus ? 0 : -1}>{row.batch_id}</Link> },
  { field: 'status', headerName: 'Estado', width: 170, sortable: false, valueGetter: (_, row) => BATCH_STATUS[row.status] ?? row.status },
  {
    field: 'progress', headerName: 'Avance', width: 150, sortable: false, wide: true,
    renderCell: ({ row }) => <LinearProgress variant="determinate" value={row.total_jobs ? ((row.completed_jobs + row.failed_jobs) / row.total_jobs) * 100 : 0} aria-label={`Avance del lote ${row.batch_id}`} sx={{ width: 1, borderRadius: 1 }} />,
  },
  { field: 'total_jobs', headerName: 'Tickets', type: 'number', width: 90, sortable: false },
  { field: 'completed_jobs', headerName: 'Facturados', type: 'number', width: 110, sortable: false, wide: true },
  { field: 'failed_jobs', headerName: 'No facturados', type: 'number', width: 130, sortable: false, wide: true },
  { field: 'created_at', headerName: 'Creado', width: 150, sortable: false, wide: true, valueGetter: (_, row) => ago(row.created_at) },
];

export function Component() {
  const [name, setName] = useState('');
  const { search, setSearch, paging, onPaging } = usePaging();
  const navigate = useNavigate();
  const view = VIEWS.find(v => v.key === search.get('vista')) ?? VIEWS[0];
  const batches = useQuery({
    queryKey: ['batches', view.key, paging],
    queryFn: () => askPage(api.GET('/invoicing/v2/bulk', { params: { query: { status: view.status, limit: paging.pageSize, offset: paging.page * paging.pageSize } } })) as unknown as Promise<{ rows: BatchRow[]; total?: number }>,
    placeholderData: keepPreviousData,
    refetchInterval: 5000,
  });
  return (
    <Page title="Lotes" lead="Muchos tickets de una vez, como el cierre de mes."
      actions={
        <Stack component="form" direction="row" sx={{ gap: 1 }} onSubmit={e => { e.preventDefault(); navigate(`/lotes/${encodeURIComponent(name.trim())}`); }}>
          <TextField label="Nombre del lote" value={name} onChange={e => setName(e.target.value)} required />
          <Button type="submit" variant="outlined">Abrir</Button>
        </Stack>
      }>
      <Tabs value={view.key} onChange={(_, key) => setSearch(key ? { vista: key } : {}, { replace: true })} aria-label="Lotes" sx={{ borderBottom: 1, borderColor: 'divider' }}>
        {VIEWS.map(v => <Tab key={v.key} value={v.key} label={v.text} />)}
      </Tabs>
      {batches.error && !batches.data
        ? <Refused error={batches.error} again={() => void batches.refetch()} />
        : <Table label="Lotes" rows={batches.data?.rows ?? []} total={batches.data?.total} columns={COLUMNS} loading={batches.isLoading} getRowId={row => `${row.company_id} ${row.batch_id}`}
            open={row => `/lotes/${encodeURIComponent(row.batch_id)}`} empty={view.key ? 'No hay lotes así.' : 'Todavía no hay lotes. Se crean por la API (POST /v2/bulk).'}
            paging={paging} onPaging={onPaging} />}
    </Page>
  );
}
