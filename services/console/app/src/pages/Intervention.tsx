import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import Link from '@mui/material/Link';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Link as RouterLink, useNavigate, useParams } from 'react-router';
import { api, ask } from '../api/client';
import type { Intervention } from '../api/types';
import { ConfirmButton } from '../parts/ConfirmButton';
import { Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Picture } from '../parts/Picture';
import { Section } from '../parts/Section';
import { useAction } from '../parts/useAction';
import { ago, atTime, fieldName, KIND } from '../words';
import { LivePage } from './intervention/LivePage';

const STATE: Record<string, string> = { answered: 'Ya se respondió.', expired: 'El tiempo para responder terminó.', cancelled: 'El trabajo siguió sin esta respuesta.' };

export function Component() {
  const id = useParams().id!;
  const query = useQuery({
    queryKey: ['interventions', id],
    queryFn: () => ask(api.GET('/invoicing/v2/interventions/{id}', { params: { path: { id } } })) as unknown as Promise<Intervention>,
    refetchInterval: ({ state }) => (state.data?.status === 'open' ? 5000 : false),
  });
  return <Loaded query={query}>{asked => <Content key={asked.id} asked={asked} />}</Loaded>;
}

function Content({ asked }: { asked: Intervention }) {
  const open = asked.status === 'open';
  const taken = asked.screenshot_url && <Picture path={asked.screenshot_url} alt="Página del portal en el momento de la pregunta" sx={{ width: 1 }} />;
  return (
    <Page title={KIND[asked.kind] ?? asked.kind} back={{ to: '/intervenciones', text: 'Intervenciones' }}
      lead={<>Del <Link component={RouterLink} to={`/tickets/${asked.ticket_id}`}>ticket {asked.ticket_id}</Link>, <Link component={RouterLink} to={`/trabajos/${asked.job_id}`}>trabajo {asked.job_id}</Link>. {open && `Vence ${ago(asked.expires_at)}.`}</>}>
      <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: { xs: '1fr', lg: 'minmax(0, 4fr) minmax(0, 7fr)' }, alignItems: 'start' }}>
        <Section title="Pregunta">
          <Stack spacing={2}>
            <Typography sx={{ fontSize: '1.05rem' }}>{asked.prompt}</Typography>
            {asked.image_url && <Picture path={asked.image_url} alt={asked.kind === 'captcha' ? 'Imagen del captcha' : 'Dato en el ticket'} sx={{ alignSelf: 'flex-start', '& img': { minHeight: 80 } }} />}
            {open ? <AnswerForm asked={asked} /> : <Alert severity="info">{STATE[asked.status]} {asked.answered_at && `${atTime(asked.answered_at)}, ${asked.answered_by}.`}</Alert>}
          </Stack>
        </Section>
        {open && <Section title="La página, en vivo"><LivePage id={asked.id} otherwise={taken} /></Section>}
        {!open && taken && <Section title="La página al preguntar">{taken}</Section>}
      </Box>
    </Page>
  );
}

function AnswerForm({ asked }: { asked: Intervention }) {
  const [value, setValue] = useState('');
  const navigate = useNavigate();
  const answer = useAction((reply: { action: string; value?: string }) => ask(api.POST('/invoicing/v2/interventions/{id}', { params: { path: { id: asked.id } }, body: reply })), {
    done: 'Respuesta enviada; el trabajo sigue.', refresh: ['interventions', 'job', 'ticket'], then: () => navigate(`/trabajos/${asked.job_id}`),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    answer.mutate({ action: 'answer', value: value.trim() });
  };
  const confirmation = asked.kind === 'confirmacion';
  const label = asked.kind === 'captcha' ? 'Texto de la imagen' : asked.field ? fieldName(asked.field) : 'Respuesta';
  return (
    <Stack component="form" spacing={2} onSubmit={submit}>
      {!confirmation && asked.options.length > 0 && (
        <FormControl>
          <FormLabel id="options">{label}</FormLabel>
          <RadioGroup aria-labelledby="options" value={value} onChange={e => setValue(e.target.value)}>
            {asked.options.map(option => <FormControlLabel key={option} value={option} control={<Radio />} label={option} />)}
          </RadioGroup>
        </FormControl>
      )}
      {!confirmation && asked.options.length === 0 && (
        <TextField label={label} value={value} onChange={e => setValue(e.target.value)} autoFocus fullWidth autoComplete="off"
          slotProps={{ htmlInput: { autoCapitalize: 'off', spellCheck: false, style: asked.kind === 'captcha' ? { fontSize: '1.25rem', letterSpacing: '0.15em' } : undefined } }} />
      )}
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
        {confirmation
          ? <Button variant="contained" loading={answer.isPending} onClick={() => answer.mutate({ action: 'approve' })} autoFocus>Aprobar</Button>
          : <Button type="submit" variant="contained" disabled={!value.trim()} loading={answer.isPending}>Enviar respuesta</Button>}
        {(asked.kind === 'login' || asked.kind === 'captcha') && (
          <Button variant="outlined" disabled={answer.isPending} onClick={() => answer.mutate({ action: 'approve' })}>{asked.kind === 'login' ? 'Ya inicié sesión o guardé la credencial' : 'Ya lo resolví en la página'}</Button>
        )}
        <ConfirmButton color="error" title="¿Rechazar esta pregunta?" confirm="Rechazar" onConfirm={() => answer.mutate({ action: 'reject' })}
          text="Sin esta respuesta lo normal es que el trabajo termine sin factura. Podrá reintentarlo después.">Rechazar</ConfirmButton>
      </Stack>
    </Stack>
  );
}
