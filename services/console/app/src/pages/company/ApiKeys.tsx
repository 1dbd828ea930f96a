import AddIcon from '@mui/icons-material/Add';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../../api/client';
import type { ApiKey, NewApiKey } from '../../api/types';
import { ConfirmButton } from '../../parts/ConfirmButton';
import { FormDialog } from '../../parts/FormDialog';
import { Loaded } from '../../parts/Loaded';
import { Table, type Column } from '../../parts/Table';
import { useAction } from '../../parts/useAction';
import { ago, onDate, ROLE } from '../../words';
import { Secret } from './Secret';

const CREATABLE = ['viewer', 'operator', 'admin'];

export function ApiKeys({ company }: { company: string }) {
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string>();
  const path = { company_id: company };
  const query = useQuery({ queryKey: ['api-keys', company], queryFn: () => ask(api.GET('/invoicing/v2/tenants/{company_id}/api-keys', { params: { path } })) as unknown as Promise<ApiKey[]> });
  const add = useAction((given: FormData) => ask(api.POST('/invoicing/v2/tenants/{company_id}/api-keys', { params: { path }, body: { name: String(given.get('name')), role: String(given.get('role')) } })) as unknown as Promise<NewApiKey>,
    { refresh: ['api-keys'], then: made => setSecret(made.key) });
  const revoke = useAction((id: string) => ask(api.DELETE('/invoicing/v2/tenants/{company_id}/api-keys/{id}', { params: { path: { ...path, id } } })), { done: 'Llave revocada.', refresh: ['api-keys'] });
  const columns: Column<ApiKey>[] = [
    { field: 'name', headerName: 'Nombre', flex: 1, minWidth: 120 },
    { field: 'prefix', headerName: 'Empieza con', width: 150, wide: true, valueFormatter: (value: string) => `${value}…` },
    { field: 'role', headerName: 'Permite', width: 140, valueGetter: (_, row) => ROLE[row.role] ?? row.role },
    { field: 'created_at', headerName: 'Creada', width: 130, wide: true, valueGetter: (_, row) => onDate(row.created_at) },
    { field: 'last_used_at', headerName: 'Último uso', width: 150, wide: true, valueGetter: (_, row) => (row.last_used_at ? ago(row.last_used_at) : 'Nunca') },
    {
      field: 'revoke', headerName: '', width: 100, sortable: false, renderCell: ({ row, hasFocus }) => (
        <ConfirmButton size="small" color="error" tabIndex={hasFocus ? 0 : -1} title={`¿Revocar «${row.name}»?`} text="Deja de funcionar en cinco segundos. Lo que la use dejará de tener acceso." confirm="Revocar" onConfirm={() => revoke.mutate(row.id)}>Revocar</ConfirmButton>
      ),
    },
  ];
  return (
    <>
      <Stack direction="row"><Button variant="contained" startIcon={<AddIcon />} onClick={() => setAdding(true)}>Crear llave</Button></Stack>
      <Loaded query={query}>{rows => <Table label="Llaves de API" rows={rows} columns={columns} empty="Todavía no hay llaves." />}</Loaded>
      <FormDialog open={adding} onClose={() => setAdding(false)} title="Crear llave de API" submit="Crear" action={add}>
        <TextField name="name" label="Nombre" required autoFocus helperText="Quién o qué la usará." slotProps={{ htmlInput: { maxLength: 100 } }} />
        <TextField select name="role" label="Permite" defaultValue="operator">{CREATABLE.map(role => <MenuItem key={role} value={role}>{ROLE[role]}</MenuItem>)}</TextField>
      </FormDialog>
      <Secret title="Llave de API nueva" value={secret} onClose={() => setSecret(undefined)} />
    </>
  );
}
