import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import type { AuditEntry } from '../api/types';
import { JsonView } from '../parts/JsonView';
import { Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Facts } from '../parts/Section';
import { Table, type Column } from '../parts/Table';
import { atTime, ROLE } from '../words';

const LIMIT = 200;

export function Component() {
  const [company, setCompany] = useState('');
  const [shown, setShown] = useState<AuditEntry>();
  const query = useQuery({
    queryKey: ['audit', company],
    queryFn: () => ask(api.GET('/invoicing/v2/admin/audit', { params: { query: { company_id: company || undefined, limit: LIMIT } } })) as unknown as Promise<AuditEntry[]>,
    placeholderData: keepPreviousData,
  });
  const chain = useQuery({ queryKey: ['audit-chain'], queryFn: () => ask(api.GET('/invoicing/v2/admin/audit/verification')) });
  const columns: Column<AuditEntry>[] = [
    { field: 'at', headerName: 'Cuándo', width: 170, valueGetter: (_, row) => atTime(row.at) },
    { field: 'action', headerName: 'Qué', flex: 1, minWidth: 150 },
    { field: 'company_id', headerName: 'Empresa', width: 150, wide: true },
    { field: 'target', headerName: 'Sobre', flex: 1, minWidth: 120, wide: true },
    { field: 'actor', headerName: 'Quién', flex: 1, minWidth: 140, wide: true },
    { field: 'show', headerName: 'Cambio', width: 80, sortable: false, renderCell: ({ row, hasFocus }) => <Button size="small" tabIndex={hasFocus ? 0 : -1} onClick={() => setShown(row)}>Ver</Button> },
  ];
  return (
    <Page title="Auditoría" lead="Quién cambió qué en empresas, llaves, credenciales y datos fiscales. Cada registro sella al anterior.">
      {chain.data && (chain.data.valid
        ? <Alert severity="success">La cadena está completa: {chain.data.entries} registros, ninguno alterado.</Alert>
        : <Alert severity="error">La cadena está rota desde el registro {chain.data.first_broken}.</Alert>)}
      <Stack direction="row"><TextField label="Empresa" value={company} onChange={e => setCompany(e.target.value.trim())} helperText={`Los ${LIMIT} registros más recientes`} /></Stack>
      <Loaded query={query}>{rows => <Table label="Auditoría" rows={rows} columns={columns} getRowId={row => row.sequence} empty="No hay registros." />}</Loaded>
      <Dialog open={!!shown} onClose={() => setShown(undefined)} fullWidth maxWidth="md" aria-labelledby="audit-title">
        <DialogTitle id="audit-title">{shown?.action}</DialogTitle>
        <DialogContent>
          {shown && (
            <Stack spacing={2}>
              <Facts of={[['Cuándo', atTime(shown.at)], ['Quién', `${shown.actor} (${ROLE[shown.role] ?? shown.role})`], ['Empresa', shown.company_id], ['Sobre', shown.target], ['Sello', shown.hash]]} />
              <Typography component="h3" variant="h3">Antes</Typography><JsonView value={shown.before} label="Antes" />
              <Typography component="h3" variant="h3">Después</Typography><JsonView value={shown.after} label="Después" />
            </Stack>
          )}
        </DialogContent>
        <DialogActions><Button onClick={() => setShown(undefined)}>Cerrar</Button></DialogActions>
      </Dialog>
    </Page>
  );
}
