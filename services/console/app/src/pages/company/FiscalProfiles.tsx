import AddIcon from '@mui/icons-material/Add';
import UploadFileIcon from '@mui/icons-material/UploadFile';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Chip from '@mui/material/Chip';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useQuery } from '@tanstack/react-query';
import { useState, type ChangeEvent } from 'react';
import { api, ask } from '../../api/client';
import type { Constancia, FiscalProfile } from '../../api/types';
import { FormDialog } from '../../parts/FormDialog';
import { Empty, Loaded } from '../../parts/Loaded';
import { Facts, Section } from '../../parts/Section';
import { useAction } from '../../parts/useAction';
import { REGIMEN, USO } from './catalogues';

/** Who the invoices are made out to. */
export function FiscalProfiles({ company }: { company: string }) {
  const [editing, setEditing] = useState<FiscalProfile | 'new'>();
  const query = useQuery({ queryKey: ['profiles', company], queryFn: () => ask(api.GET('/invoicing/v2/tenants/{company_id}/fiscal-profiles', { params: { path: { company_id: company } } })) as unknown as Promise<FiscalProfile[]> });
  return (
    <>
      <Stack direction="row"><Button variant="contained" startIcon={<AddIcon />} onClick={() => setEditing('new')}>Agregar datos fiscales</Button></Stack>
      <Loaded query={query}>{profiles => profiles.length === 0
        ? <Empty title="Todavía no hay datos fiscales">Sin ellos ningún ticket se puede facturar.</Empty>
        : (
          <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 420px), 1fr))' }}>
            {profiles.map(profile => (
              <Section key={profile.id} title={profile.nombre} actions={<Stack direction="row" sx={{ gap: 1, alignItems: 'center' }}>
                {profile.is_default && <Chip size="small" color="primary" variant="outlined" label="Predeterminado" />}
                <Button size="small" onClick={() => setEditing(profile)} aria-label={`Cambiar ${profile.nombre}`}>Cambiar</Button>
              </Stack>}>
                <Facts of={[
                  ['RFC', profile.rfc], ['Código postal', profile.codigo_postal], ['Régimen fiscal', `${profile.regimen_fiscal} ${REGIMEN[profile.regimen_fiscal] ?? ''}`],
                  ['Uso del CFDI', `${profile.uso_cfdi} ${USO[profile.uso_cfdi] ?? ''}`], ['Correo', profile.correo],
                ]} />
                {profile.warnings?.map(warning => <Alert key={warning.code} severity="warning" sx={{ mt: 1 }}>{warning.detail}</Alert>)}
              </Section>
            ))}
          </Box>
        )}
      </Loaded>
      {editing && <ProfileDialog company={company} profile={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </>
  );
}

function ProfileDialog({ company, profile, onClose }: { company: string; profile?: FiscalProfile; onClose: () => void }) {
  const save = useAction((given: FormData) => {
    const body = { ...Object.fromEntries(given), is_default: given.has('is_default') };
    return profile
      ? ask(api.PUT('/invoicing/v2/tenants/{company_id}/fiscal-profiles/{id}', { params: { path: { company_id: company, id: profile.id } }, body: body as never }))
      : ask(api.POST('/invoicing/v2/tenants/{company_id}/fiscal-profiles', { params: { path: { company_id: company } }, body }));
  }, { done: 'Datos fiscales guardados.', refresh: ['profiles'] });
  const [read, setRead] = useState<Constancia>();
  const proposed = (name: keyof Constancia['profile']) => read?.profile[name] ?? profile?.[name];
  const options = (of: Record<string, string>) => Object.entries(of).map(([key, text]) => <MenuItem key={key} value={key} sx={{ whiteSpace: 'normal' }}>{key} {text}</MenuItem>);
  return (
    <FormDialog open onClose={onClose} title={profile ? 'Cambiar datos fiscales' : 'Agregar datos fiscales'} submit="Guardar" action={save}>
      <ConstanciaButton onRead={setRead} />
      {read && <Alert severity="info">Revise lo que se leyó de la constancia; nada se guarda hasta que lo confirme.{read.reasons.length > 0 && <ul>{read.reasons.map(reason => <li key={reason.pointer + reason.code}>{reason.detail}</li>)}</ul>}</Alert>}
      <Stack key={read ? JSON.stringify(read.profile) : ''} spacing={2}>
        <TextField name="rfc" label="RFC" defaultValue={proposed('rfc')} required autoFocus={!profile} slotProps={{ htmlInput: { maxLength: 13, style: { textTransform: 'uppercase' } } }} />
        <TextField name="nombre" label="Nombre o razón social" defaultValue={proposed('nombre')} required helperText="Como aparece en la constancia de situación fiscal, sin el régimen de capital." />
        <TextField name="codigo_postal" label="Código postal" defaultValue={proposed('codigo_postal')} required slotProps={{ htmlInput: { inputMode: 'numeric', pattern: '[0-9]{5}', maxLength: 5 } }} />
        <TextField select name="regimen_fiscal" label="Régimen fiscal" defaultValue={proposed('regimen_fiscal') ?? '601'}>{options(REGIMEN)}</TextField>
        <TextField select name="uso_cfdi" label="Uso del CFDI" defaultValue={proposed('uso_cfdi') ?? 'G03'}>{options(USO)}</TextField>
      </Stack>
      <TextField name="correo" label="Correo que recibe las facturas" type="email" defaultValue={profile?.correo} required />
      <FormControlLabel control={<Checkbox name="is_default" defaultChecked={profile?.is_default} />} label="Usar si el ticket no indica otro" />
    </FormDialog>
  );
}

/** The profile a Constancia de Situación Fiscal proposes, for the form. */
function ConstanciaButton({ onRead }: { onRead: (read: Constancia) => void }) {
  const reading = useAction((pdf: File) => ask(api.POST('/invoicing/v2/fiscal/constancia', {
    body: pdf as never, bodySerializer: body => body as unknown as Blob, headers: { 'Content-Type': 'application/pdf' },
  })) as unknown as Promise<Constancia>, { then: onRead });
  return (
    <Button component="label" role={undefined} tabIndex={-1} variant="outlined" startIcon={<UploadFileIcon />} loading={reading.isPending} sx={{ alignSelf: 'flex-start' }}>
      Llenar con la constancia (PDF)
      <Box component="input" type="file" accept="application/pdf" aria-label="Constancia de Situación Fiscal (PDF)" sx={{ position: 'absolute', inset: 0, opacity: 0, cursor: 'pointer' }}
        onChange={(event: ChangeEvent<HTMLInputElement>) => {
          const pdf = event.target.files?.[0];
          event.target.value = '';
          if (pdf) reading.mutate(pdf);
        }} />
    </Button>
  );
}
