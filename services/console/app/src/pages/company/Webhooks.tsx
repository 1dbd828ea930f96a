import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../../api/client';
import type { Delivery } from '../../api/types';
import { ConfirmButton } from '../../parts/ConfirmButton';
import { Loaded } from '../../parts/Loaded';
import { Section } from '../../parts/Section';
import { Table, type Column } from '../../parts/Table';
import { useAction } from '../../parts/useAction';
import { ago } from '../../words';
import { Secret } from './Secret';

const EVENT: Record<string, string> = {
  'ticket.completed': 'Ticket facturado', 'ticket.failed': 'Ticket no facturado', 'ticket.cancelled': 'Ticket cancelado', 'job.intervention_required': 'Se necesita a una persona',
  'batch.completed': 'Lote terminado', 'budget.threshold_reached': 'Presupuesto',
};
const STATE: Record<string, string> = { pending: 'Por enviar', delivered: 'Entregado', failed: 'No entregado', gone: 'Receptor retirado' };

/** What the company's own systems are told, and with which secret it is signed. */
export function Webhooks({ company }: { company: string }) {
  const [secret, setSecret] = useState<string>();
  const renew = useAction(() => ask(api.POST('/invoicing/v2/tenants/{company_id}/webhook-secret', { params: { path: { company_id: company } } })), { then: made => setSecret((made as { secret: string }).secret) });
  const query = useQuery({ queryKey: ['deliveries'], queryFn: () => ask(api.GET('/invoicing/v2/webhooks/deliveries', { params: { query: { limit: 100 } } })) as unknown as Promise<Delivery[]>, refetchInterval: 8000 });
  const resend = useAction((id: string) => ask(api.POST('/invoicing/v2/webhooks/deliveries/{id}/resend', { params: { path: { id } } })), { done: 'Se envía de nuevo.', refresh: ['deliveries'] });
  const columns: Column<Delivery>[] = [
    { field: 'event', headerName: 'Aviso', flex: 1, minWidth: 150, valueGetter: (_, row) => EVENT[row.event] ?? row.event },
    { field: 'status', headerName: 'Estado', width: 130, valueGetter: (_, row) => STATE[row.status] ?? row.status },
    { field: 'url', headerName: 'Dirección', flex: 1, minWidth: 150, wide: true },
    { field: 'attempts', headerName: 'Intentos', type: 'number', width: 90, wide: true },
    { field: 'last_status_code', headerName: 'Respuesta', width: 110, wide: true, valueGetter: (_, row) => row.last_status_code ?? row.last_error ?? '' },
    { field: 'created_at', headerName: 'Creado', width: 140, wide: true, valueGetter: (_, row) => ago(row.created_at) },
    { field: 'resend', headerName: '', width: 100, sortable: false, renderCell: ({ row, hasFocus }) => <Button size="small" tabIndex={hasFocus ? 0 : -1} onClick={() => resend.mutate(row.id)}>Reenviar</Button> },
  ];
  return (
    <>
      <Section title="Secreto de firma" actions={
        <ConfirmButton variant="outlined" size="small" loading={renew.isPending} title="¿Generar un secreto nuevo?" text="El anterior sigue firmando un día más, para que cambie el suyo sin perder avisos." confirm="Generar" onConfirm={() => renew.mutate()}>Generar uno nuevo</ConfirmButton>
      }>
        <Typography variant="body2" color="textSecondary">Cada aviso va firmado (Standard Webhooks). La dirección se cambia en Límites.</Typography>
      </Section>
      <Section title="Avisos enviados">
        <Loaded query={query}>{rows => <Table label="Avisos enviados" rows={rows} columns={columns} empty="Todavía no hay avisos." />}</Loaded>
      </Section>
      <Secret title="Secreto de firma nuevo" value={secret} onClose={() => setSecret(undefined)} />
    </>
  );
}
