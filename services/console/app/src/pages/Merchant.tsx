import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import TextField from '@mui/material/TextField';
import { useQuery } from '@tanstack/react-query';
import { Link as RouterLink, useParams } from 'react-router';
import { api, ask } from '../api/client';
import { useCompany } from '../api/useCompany';
import type { Merchant } from '../api/types';
import { KeptSecret } from '../parts/KeptSecret';
import { Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Facts, Section } from '../parts/Section';
import { atTime, fieldName } from '../words';
import { addressesOf, metadataOf, waitOf, windowOf } from './Merchants';

const EVIDENCE: Record<string, string> = { A: 'se ha automatizado', B: 'página del comercio', C: 'guías y directorios', D: 'solo se menciona' };

export function Component() {
  const id = Number(useParams().id);
  const query = useQuery({ queryKey: ['merchants', id], queryFn: () => ask(api.GET('/invoicing/merchants/{id}', { params: { path: { id } } })) as unknown as Promise<Merchant> });
  return <Loaded query={query}>{merchant => <Content merchant={merchant} />}</Loaded>;
}

function Content({ merchant }: { merchant: Merchant }) {
  const known = metadataOf(merchant);
  return (
    <Page title={merchant.nombre} back={{ to: '/comercios', text: 'Comercios' }} actions={<Button component={RouterLink} to={`/tickets?comercio=${merchant.id}`}>Ver sus tickets</Button>}>
      <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: { xs: '1fr', lg: '1fr 1fr' }, alignItems: 'start' }}>
        <Section title="Lo que se sabe">
          <Facts of={[
            ['RFC', known.rfc ?? '—'],
            ['Portal', addressesOf(merchant).map(url => <Box key={url}><Link href={url} target="_blank" rel="noreferrer noopener">{url}</Link></Box>)],
            ['Otros nombres', known.aliases?.join(', ') || '—'],
            ['Datos que pide', known.required_fields?.map(fieldName).join(', ') || '—'],
            ['Plazo para facturar', windowOf(known) || '—'],
            ['Se puede facturar', waitOf(known) > 0 ? `${waitOf(known)} minutos después de la compra` : 'en cuanto se compra'],
            ['Captcha', known.has_captcha === undefined ? '—' : known.has_captcha ? 'Sí' : 'No'],
            ['Evidencia', known.evidence && known.seen ? `${EVIDENCE[known.evidence] ?? known.evidence}, ${known.seen}` : '—'],
            ['Actualizado', atTime(merchant.updated_at)],
          ]} />
        </Section>
        <CredentialSection merchant={merchant} />
      </Box>
    </Page>
  );
}

/** The account on the portal, where it asks for one. */
function CredentialSection({ merchant }: { merchant: Merchant }) {
  const company = useCompany();
  const path = { params: { path: { company_id: company, merchant_id: merchant.id } } };
  return (
    <KeptSecret title={`Cuenta en ${merchant.nombre}`} id={['credential', company, merchant.id]}
      without="No hay cuenta guardada. Solo hace falta si el portal pide iniciar sesión."
      forgotten="Los tickets de este comercio que pidan iniciar sesión quedarán en espera de una persona."
      read={() => ask(api.GET('/invoicing/v2/tenants/{company_id}/credentials/{merchant_id}', path))}
      write={body => ask(api.PUT('/invoicing/v2/tenants/{company_id}/credentials/{merchant_id}', { ...path, body }))}
      forget={() => ask(api.DELETE('/invoicing/v2/tenants/{company_id}/credentials/{merchant_id}', path))}>
      <TextField name="username" label="Usuario" required autoFocus autoComplete="off" />
      <TextField name="password" label="Contraseña" type="password" required autoComplete="new-password" />
      <TextField name="portal_url" label="Dirección donde se escribe" type="url" helperText="Opcional: la contraseña solo se escribe ahí o en las páginas del comercio." />
    </KeptSecret>
  );
}
