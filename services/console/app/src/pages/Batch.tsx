import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { Link as RouterLink, useParams } from 'react-router';
import { api, ask } from '../api/client';
import type { Batch, BatchItem } from '../api/types';
import { ConfirmButton } from '../parts/ConfirmButton';
import { Figure } from '../parts/Figure';
import { Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { StatusChip } from '../parts/StatusChip';
import { Table, type Column } from '../parts/Table';
import { useAction } from '../parts/useAction';
import { OUTCOME } from '../words';
import { BATCH_STATUS } from './Batches';

const COLUMNS: Column<BatchItem>[] = [
  { field: 'index', headerName: 'Núm.', width: 70, valueGetter: (_, row) => row.index + 1 },
  { field: 'ticket_id', headerName: 'Ticket', width: 90, renderCell: ({ row, hasFocus }) => <Link component={RouterLink} to={`/tickets/${row.ticket_id}`} tabIndex={hasFocus ? 0 : -1}>{row.ticket_id}</Link> },
  { field: 'status', headerName: 'Estado', width: 200, renderCell: ({ row }) => <StatusChip status={row.status} /> },
  { field: 'outcome', headerName: 'Resultado', flex: 1, minWidth: 150, wide: true, valueGetter: (_, row) => (row.outcome ? OUTCOME[row.outcome] ?? row.outcome : '') },
  { field: 'detail', headerName: 'Detalle', flex: 2, minWidth: 180, wide: true },
];

export function Component() {
  const id = useParams().id!;
  const path = { params: { path: { batch_id: id } } };
  const query = useQuery({
    queryKey: ['batch', id],
    queryFn: () => ask(api.GET('/invoicing/v2/bulk/{batch_id}/status', path)) as unknown as Promise<Batch>,
    refetchInterval: ({ state }) => (state.data && state.data.status !== 'processing' ? false : 3000),
  });
  const cancel = useAction(() => ask(api.POST('/invoicing/v2/bulk/{batch_id}/cancel', path)), { done: 'Lote cancelado.', refresh: ['batch', 'batches'] });
  return (
    <Loaded query={query}>{batch => {
      const over = batch.completed_jobs + batch.failed_jobs;
      return (
        <Page title={`Lote ${batch.batch_id}`} back={{ to: '/lotes', text: 'Lotes' }} lead={BATCH_STATUS[batch.status] ?? batch.status}
          actions={batch.status === 'processing' && (
            <ConfirmButton variant="outlined" color="error" loading={cancel.isPending} title="¿Cancelar el lote?" text={`Se cancelan los ${batch.total_jobs - over} tickets que no han terminado. Lo facturado se conserva.`} confirm="Cancelar lote" onConfirm={() => cancel.mutate()}>Cancelar lote</ConfirmButton>
          )}>
          <div>
            <LinearProgress variant="determinate" value={batch.total_jobs ? (over / batch.total_jobs) * 100 : 0} aria-label="Avance del lote" sx={{ height: 8, borderRadius: 1 }} />
            <Typography variant="body2" color="textSecondary" sx={{ mt: 0.5 }} role="status">{over} de {batch.total_jobs} terminados</Typography>
          </div>
          <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr 1fr', md: 'repeat(4, 1fr)' } }}>
            <Figure name="Facturados" value={batch.completed_jobs} />
            <Figure name="No facturados" value={batch.failed_jobs} />
            <Figure name="En el portal" value={batch.running_jobs} />
            <Figure name="En espera" value={batch.pending_jobs} />
          </Box>
          <Table label="Tickets del lote" rows={batch.items} columns={COLUMNS} getRowId={row => row.job_id} open={row => `/tickets/${row.ticket_id}`} empty="Este lote no tiene tickets." />
        </Page>
      );
    }}</Loaded>
  );
}
