import AddIcon from '@mui/icons-material/Add';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import TextField from '@mui/material/TextField';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link as RouterLink, useNavigate } from 'react-router';
import { api, ask } from '../api/client';
import type { Merchant } from '../api/types';
import { FormDialog } from '../parts/FormDialog';
import { Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Table, type Column } from '../parts/Table';
import { useAction } from '../parts/useAction';

interface InvoicingWindow { hours?: number; days?: number; same_month?: boolean; days_after_month?: number; same_year?: boolean; wait_minutes?: number }

export interface MerchantMetadata {
  portal_url?: string;
  portal_urls?: string[];
  rfc?: string;
  aliases?: string[];
  required_fields?: string[];
  /** A list where sources differ. */
  window?: InvoicingWindow | InvoicingWindow[];
  has_captcha?: boolean;
  evidence?: string;
  seen?: string;
}
export const metadataOf = (merchant: Merchant) => (merchant.metadata ?? {}) as unknown as MerchantMetadata;
export const addressesOf = (merchant: Merchant) => [metadataOf(merchant).portal_url, ...(metadataOf(merchant).portal_urls ?? [])].filter(url => url !== undefined);

const METHOD: Record<string, string> = { portal: 'Portal', email: 'Correo', api: 'API' };

const COLUMNS: Column<Merchant>[] = [
  { field: 'nombre', headerName: 'Comercio', flex: 1, minWidth: 150, renderCell: ({ row, hasFocus }) => <Link component={RouterLink} to={`/comercios/${row.id}`} tabIndex={hasFocus ? 0 : -1}>{row.nombre}</Link> },
  { field: 'rfc', headerName: 'RFC', width: 150, valueGetter: (_, row) => metadataOf(row).rfc ?? '' },
  { field: 'metodo_facturacion', headerName: 'Factura por', width: 110, wide: true, valueGetter: (_, row) => METHOD[row.metodo_facturacion] ?? row.metodo_facturacion },
  { field: 'portal', headerName: 'Portal', flex: 1, minWidth: 160, wide: true, valueGetter: (_, row) => addressesOf(row)[0] ?? '' },
  { field: 'window', headerName: 'Plazo', width: 110, wide: true, valueGetter: (_, row) => windowOf(metadataOf(row)) },
];

const windowsOf = ({ window }: MerchantMetadata) => (Array.isArray(window) ? window : [window]).filter(one => typeof one === 'object' && one !== null);
const endOf = (window: InvoicingWindow) => {
  if (window.hours) return `${window.hours} horas`;
  if (window.days !== undefined) return window.days === 0 ? 'el mismo día' : `${window.days} días`;
  if (window.days_after_month) return `el mes y ${window.days_after_month} días`;
  return window.same_month ? 'el mismo mes' : window.same_year ? 'el mismo año' : '';
};

export const windowOf = (metadata: MerchantMetadata) => windowsOf(metadata).map(endOf).filter(end => end !== '').join(' o ');
export const waitOf = (metadata: MerchantMetadata) => Math.max(0, ...windowsOf(metadata).map(window => window.wait_minutes ?? 0));

export function Component() {
  const merchants = useQuery({ queryKey: ['merchants'], queryFn: () => ask(api.GET('/invoicing/merchants')) as unknown as Promise<Merchant[]> });
  return (
    <Page title="Comercios" lead="Los emisores que el sistema conoce: su portal, su plazo y lo que su ticket trae impreso." actions={<AddMerchant />}>
      <Loaded query={merchants}>{rows => <Table label="Comercios" rows={rows} columns={COLUMNS} open={row => `/comercios/${row.id}`} empty="Todavía no hay comercios." />}</Loaded>
    </Page>
  );
}

function AddMerchant() {
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  const add = useAction((given: FormData) => ask(api.POST('/invoicing/merchants', {
    body: {
      nombre: String(given.get('nombre')), metodo_facturacion: 'portal',
      metadata: { portal_url: String(given.get('portal_url')), ...(given.get('rfc') && { rfc: String(given.get('rfc')).toUpperCase() }) } as never,
    },
  })), { done: 'Comercio agregado.', refresh: ['merchants'], then: merchant => navigate(`/comercios/${merchant.id}`) });
  return (
    <>
      <Button variant="contained" startIcon={<AddIcon />} onClick={() => setOpen(true)}>Agregar comercio</Button>
      <FormDialog open={open} onClose={() => setOpen(false)} title="Agregar comercio" submit="Agregar" action={add}>
        <TextField name="nombre" label="Nombre" required autoFocus />
        <TextField name="portal_url" label="Página de facturación" type="url" required placeholder="https://" />
        <TextField name="rfc" label="RFC del emisor" slotProps={{ htmlInput: { maxLength: 13 } }} />
      </FormDialog>
    </>
  );
}
