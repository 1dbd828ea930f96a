import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { tenantsPage } from '../api/tenants';
import type { Tenant } from '../api/types';
import { Refused } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Table, type Column } from '../parts/Table';
import { useChooseCompany } from '../parts/useChooseCompany';
import { usePaging } from '../parts/usePaging';
import { atTime } from '../words';

const POLICY: Record<string, string> = { wait: 'Espera al día siguiente', reject: 'Se rechaza' };

export function Component() {
  const { search, setSearch, paging, onPaging } = usePaging();
  const choose = useChooseCompany();
  const part = search.get('empresa') ?? '';
  const tenants = useQuery({ queryKey: ['tenants', part, paging], queryFn: () => tenantsPage(part, paging.pageSize, paging.page), placeholderData: keepPreviousData });
  const open = (row: Tenant) => choose(row.company_id, '/empresa/limites');
  const columns: Column<Tenant>[] = [
    { field: 'company_id', headerName: 'Empresa', flex: 1, minWidth: 150, sortable: false, renderCell: ({ row, hasFocus }) => <Link component="button" type="button" tabIndex={hasFocus ? 0 : -1} onClick={() => open(row)}>{row.company_id}</Link> },
    { field: 'max_concurrent_jobs', headerName: 'A la vez', type: 'number', width: 90, sortable: false },
    { field: 'max_daily_jobs', headerName: 'Por día', type: 'number', width: 90, sortable: false },
    { field: 'daily_limit_policy', headerName: 'Pasado el límite', width: 190, sortable: false, wide: true, valueGetter: (_, row) => POLICY[row.daily_limit_policy] ?? row.daily_limit_policy },
    { field: 'weight', headerName: 'Peso', type: 'number', width: 80, sortable: false, wide: true },
    { field: 'storage_quota_mb', headerName: 'Archivos (MB)', type: 'number', width: 130, sortable: false, wide: true },
    { field: 'created_at', headerName: 'Alta', width: 180, sortable: false, wide: true, valueGetter: (_, row) => atTime(row.created_at) },
  ];
  return (
    <Page title="Empresas" lead="Las que tienen ajustes propios, la más reciente primero. Al abrir una, la consola trabaja con sus datos.">
      <Stack direction="row"><TextField label="Buscar empresa" value={part} onChange={e => setSearch(e.target.value ? { empresa: e.target.value } : {}, { replace: true })} /></Stack>
      {tenants.error && !tenants.data
        ? <Refused error={tenants.error} again={() => void tenants.refetch()} />
        : <Table label="Empresas" rows={tenants.data?.rows ?? []} total={tenants.data?.total} columns={columns} loading={tenants.isLoading} getRowId={row => row.company_id}
            onRowClick={({ row }) => open(row)} onCellKeyDown={({ row }, event) => event.key === 'Enter' && open(row)} empty={part ? 'Ninguna empresa se llama así.' : 'Todavía no hay empresas.'}
            paging={paging} onPaging={onPaging} />}
    </Page>
  );
}
