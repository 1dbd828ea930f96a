import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Link from '@mui/material/Link';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import Typography from '@mui/material/Typography';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link as RouterLink } from 'react-router';
import { api, askPage } from '../api/client';
import type { Job } from '../api/types';
import { Refused } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { StatusChip } from '../parts/StatusChip';
import { Table, type Column } from '../parts/Table';
import { usePaging } from '../parts/usePaging';
import { ago, isOver, lasted, OVER, OUTCOME, PRIORITY, STATUS } from '../words';

const VIEWS = [
  { key: '', text: 'En curso', status: Object.keys(STATUS).filter(s => !OVER.includes(s)).join(',') },
  { key: 'terminados', text: 'Terminados', status: OVER.join(',') },
];

const COLUMNS: Column<Job>[] = [
  { field: 'id', headerName: 'Trabajo', width: 92, sortable: false, renderCell: ({ row, hasFocus }) => <Link component={RouterLink} to={`/trabajos/${row.id}`} tabIndex={hasFocus ? 0 : -1}>{row.id}</Link> },
  { field: 'merchant_name', headerName: 'Comercio', flex: 1, minWidth: 120, sortable: false, valueGetter: (_, row) => row.merchant_name ?? 'Por identificar' },
  { field: 'status', headerName: 'Estado', width: 200, sortable: false, renderCell: ({ row }) => <StatusChip status={row.status} paused={row.estado === 'pausado' && row.status === 'en_cola'} /> },
  { field: 'progress_percentage', headerName: 'Avance', width: 150, sortable: false, wide: true, renderCell: ({ row }) => <Progress job={row} /> },
  { field: 'outcome', headerName: 'Resultado', flex: 1, minWidth: 160, sortable: false, wide: true, valueGetter: (_, row) => (row.outcome ? OUTCOME[row.outcome] ?? row.outcome : '') },
  { field: 'priority', headerName: 'Prioridad', width: 96, sortable: false, wide: true, valueGetter: (_, row) => PRIORITY[row.priority] },
  { field: 'total_time_ms', headerName: 'Duración', width: 104, sortable: false, wide: true, valueGetter: (_, row) => lasted(row.total_time_ms) },
  { field: 'created_at', headerName: 'Creado', width: 140, sortable: false, wide: true, valueGetter: (_, row) => ago(row.created_at) },
];

export function Component() {
  const { search, setSearch, paging, onPaging } = usePaging();
  const view = VIEWS.find(v => v.key === (search.get('vista') ?? ''))!;
  const jobs = useQuery({
    queryKey: ['jobs', view.key, paging],
    queryFn: () => askPage(api.GET('/invoicing/v2/jobs', { params: { query: { status: view.status, limit: paging.pageSize, offset: paging.page * paging.pageSize } } })) as unknown as Promise<{ rows: Job[]; total?: number }>,
    placeholderData: keepPreviousData,
    refetchInterval: 3000,
  });
  return (
    <Page title="En vivo" lead="Lo que el sistema hace ahora en los portales, y lo que ya terminó.">
      <Tabs value={view.key} onChange={(_, key) => setSearch(key ? { vista: key } : {}, { replace: true })} aria-label="Trabajos" sx={{ borderBottom: 1, borderColor: 'divider' }}>
        {VIEWS.map(v => <Tab key={v.key} value={v.key} label={v.text} />)}
      </Tabs>
      {jobs.error && !jobs.data
        ? <Refused error={jobs.error} again={() => void jobs.refetch()} />
        : <Table label={view.text} rows={jobs.data?.rows ?? []} total={jobs.data?.total} columns={COLUMNS} loading={jobs.isLoading} open={row => `/trabajos/${row.id}`}
            empty={view.key ? 'Ningún trabajo ha terminado todavía.' : 'No hay trabajos en curso.'}
            paging={paging} onPaging={onPaging} />}
    </Page>
  );
}

function Progress({ job }: { job: Job }) {
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, width: 1 }}>
      <LinearProgress variant="determinate" value={job.progress_percentage} aria-label={`Avance del trabajo ${job.id}`} color={isOver(job.status) && !job.success ? 'inherit' : 'primary'} sx={{ flexGrow: 1, borderRadius: 1 }} />
      <Typography variant="caption">{job.progress_percentage} %</Typography>
    </Box>
  );
}
