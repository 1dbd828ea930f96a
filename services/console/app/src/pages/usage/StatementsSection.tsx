import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { api, ask, download } from '../../api/client';
import type { StatementRow } from '../../api/types';
import { Loaded } from '../../parts/Loaded';
import { Section } from '../../parts/Section';
import { Table, type Column } from '../../parts/Table';
import { dollars } from '../../words';

const COLUMNS: Column<StatementRow>[] = [
  { field: 'month', headerName: 'Mes', flex: 1, minWidth: 80 },
  { field: 'jobs', headerName: 'Tickets', type: 'number', width: 80 },
  { field: 'total_cost', headerName: 'Total', width: 110, align: 'right', headerAlign: 'right', valueFormatter: (value: number) => dollars(value) },
  { field: 'status', headerName: 'Estado', width: 85, wide: true, valueGetter: (_, row) => (row.status === 'closed' ? 'Cerrado' : 'Abierto') },
  {
    field: 'files', headerName: 'Descargar', width: 120, sortable: false, renderCell: ({ row, hasFocus }) => (['pdf', 'csv'] as const).map(format => (
      <Button key={format} size="small" tabIndex={hasFocus ? 0 : -1} sx={{ minWidth: 0 }} aria-label={`Estado de cuenta de ${row.month} en ${format.toUpperCase()}`}
        onClick={() => void download(`/invoicing/v2/billing/statements/${row.month}?format=${format}`, `estado-de-cuenta-${row.month}.${format}`)}>{format.toUpperCase()}</Button>
    )),
  },
];

export function StatementsSection() {
  const statements = useQuery({ queryKey: ['statements'], queryFn: () => ask(api.GET('/invoicing/v2/billing/statements')) as unknown as Promise<StatementRow[]> });
  return (
    <Section title="Estados de cuenta">
      <Loaded query={statements} lines={2}>{rows => <Table label="Estados de cuenta" rows={rows} columns={COLUMNS} getRowId={row => row.month} empty="Todavía no hay meses con uso." />}</Loaded>
    </Section>
  );
}
