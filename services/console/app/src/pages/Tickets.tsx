import AddPhotoAlternateOutlined from '@mui/icons-material/AddPhotoAlternateOutlined';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import TextField from '@mui/material/TextField';
import Tooltip from '@mui/material/Tooltip';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link as RouterLink } from 'react-router';
import { api, ask, askPage } from '../api/client';
import type { Merchant, Ticket } from '../api/types';
import { Refused } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { StatusChip } from '../parts/StatusChip';
import { Table, type Column } from '../parts/Table';
import { usePaging } from '../parts/usePaging';
import { ago, atTime, OUTCOME, pesos, TIPO } from '../words';

const VIEWS = [
  { key: '', text: 'Todos' },
  { key: 'curso', text: 'En curso', status: 'pendiente,en_cola,procesando,ocr_completado,merchant_identificado,navegando,resolviendo_captcha,llenando_formulario,descarga_pendiente' },
  { key: 'persona', text: 'Necesitan a una persona', status: 'requiere_intervencion' },
  { key: 'facturados', text: 'Facturados', status: 'completado' },
  { key: 'no-facturados', text: 'No facturados', status: 'fallido,timeout,cancelado' },
];

const COLUMNS: Column<Ticket>[] = [
  { field: 'id', headerName: 'Ticket', width: 84, sortable: false, renderCell: ({ row, hasFocus }) => <Link component={RouterLink} to={`/tickets/${row.id}`} tabIndex={hasFocus ? 0 : -1}>{row.id}</Link> },
  { field: 'merchant_name', headerName: 'Comercio', flex: 1.2, minWidth: 120, sortable: false, valueGetter: (_, row) => row.merchant_name ?? row.extracted_fields.merchant ?? 'Por identificar' },
  { field: 'total', headerName: 'Total', width: 112, align: 'right', headerAlign: 'right', sortable: false, valueGetter: (_, row) => pesos(row.extracted_fields.total) },
  { field: 'automation_status', headerName: 'Estado', width: 200, sortable: false, renderCell: ({ row }) => <StatusChip status={row.automation_status} /> },
  { field: 'outcome', headerName: 'Resultado', flex: 1.6, minWidth: 180, sortable: false, wide: true, valueGetter: (_, row) => (row.outcome ? OUTCOME[row.outcome] ?? row.outcome : '') },
  { field: 'tipo', headerName: 'Origen', width: 110, sortable: false, wide: true, valueGetter: (_, row) => TIPO[row.tipo] ?? row.tipo },
  { field: 'created_at', headerName: 'Recibido', width: 150, sortable: false, wide: true, renderCell: ({ row }) => <Tooltip title={atTime(row.created_at)}><span>{ago(row.created_at)}</span></Tooltip> },
];

export function Component() {
  const { search, setSearch, paging, onPaging } = usePaging();
  const [view, merchant, from, to] = ['vista', 'comercio', 'desde', 'hasta'].map(name => search.get(name) ?? '');
  const filter = (name: string, value: string) => setSearch(now => {
    if (value) now.set(name, value); else now.delete(name);
    now.delete('pagina');
    return now;
  }, { replace: true });

  const merchants = useQuery({ queryKey: ['merchants'], queryFn: () => ask(api.GET('/invoicing/merchants')) as Promise<Merchant[]> });
  const query = {
    status: VIEWS.find(v => v.key === view)?.status, merchant_id: merchant ? Number(merchant) : undefined, limit: paging.pageSize, offset: paging.page * paging.pageSize,
    created_after: from ? new Date(from + 'T00:00').toISOString() : undefined, created_before: to ? new Date(to + 'T23:59:59').toISOString() : undefined,
  };
  const tickets = useQuery({
    queryKey: ['tickets', query],
    queryFn: () => askPage(api.GET('/invoicing/v2/tickets', { params: { query } })) as unknown as Promise<{ rows: Ticket[]; total?: number }>,
    placeholderData: keepPreviousData,
    refetchInterval: 5000,
  });

  return (
    <Page title="Tickets" lead="Cada ticket de compra y la factura que se obtuvo de él."
      actions={<Button component={RouterLink} to="/tickets/nuevos" variant="contained" startIcon={<AddPhotoAlternateOutlined />}>Agregar tickets</Button>}>
      <Tabs value={view} onChange={(_, value) => filter('vista', value)} variant="scrollable" allowScrollButtonsMobile aria-label="Estado de los tickets" sx={{ borderBottom: 1, borderColor: 'divider' }}>
        {VIEWS.map(v => <Tab key={v.key} value={v.key} label={v.text} />)}
      </Tabs>
      <Stack direction="row" sx={{ gap: 1.5, flexWrap: 'wrap' }}>
        <TextField select label="Comercio" value={merchants.data ? merchant : ''} onChange={e => filter('comercio', e.target.value)} sx={{ minWidth: 200, flexGrow: { xs: 1, sm: 0 } }}>
          <MenuItem value="">Todos los comercios</MenuItem>
          {merchants.data?.map(m => <MenuItem key={m.id} value={String(m.id)}>{m.nombre}</MenuItem>)}
        </TextField>
        {([['desde', 'Recibidos desde', from], ['hasta', 'Hasta', to]] as const).map(([name, label, value]) => (
          <TextField key={name} type="date" label={label} value={value} onChange={e => filter(name, e.target.value)} slotProps={{ inputLabel: { shrink: true } }} sx={{ flexGrow: { xs: 1, sm: 0 } }} />
        ))}
      </Stack>
      {tickets.error && !tickets.data
        ? <Refused error={tickets.error} again={() => void tickets.refetch()} />
        : <Table label="Tickets" rows={tickets.data?.rows ?? []} total={tickets.data?.total} columns={COLUMNS} loading={tickets.isLoading} open={row => `/tickets/${row.id}`}
            empty={view || merchant || from || to ? 'Ningún ticket cumple con estos filtros.' : 'Todavía no hay tickets. Agregue el primero.'}
            paging={paging} onPaging={onPaging} />}
    </Page>
  );
}
