import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import LinearProgress from '@mui/material/LinearProgress';
import Link from '@mui/material/Link';
import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import ListItemText from '@mui/material/ListItemText';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { Link as RouterLink, useParams } from 'react-router';
import { api, ask, download } from '../api/client';
import type { Artifact, Job, Step } from '../api/types';
import { useJobEvents } from '../api/useJobEvents';
import { JobActions } from '../parts/JobActions';
import { Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { Facts, Section } from '../parts/Section';
import { StatusChip } from '../parts/StatusChip';
import { Timeline } from '../parts/Timeline';
import { atTime, COST, dollars, isOver, lasted, OUTCOME, PRIORITY, STATUS } from '../words';

const FILES: Record<string, string> = { screenshot: 'Pantalla', cfdi_xml: 'CFDI en XML', cfdi_pdf: 'CFDI en PDF', page: 'Página del portal', trace: 'Registro del navegador', email: 'Correo' };

export function Component() {
  const id = Number(useParams().id);
  const query = useQuery({ queryKey: ['job', id], queryFn: () => ask(api.GET('/invoicing/v2/jobs/{id}', { params: { path: { id } } })) as unknown as Promise<Job> });
  return <Loaded query={query}>{job => <Content job={job} />}</Loaded>;
}

function Content({ job }: { job: Job }) {
  const path = { params: { path: { id: job.id } } };
  const over = isOver(job.status);
  const connected = useJobEvents(job.id, !over);
  const steps = useQuery({ queryKey: ['steps', job.id], queryFn: () => ask(api.GET('/invoicing/v2/jobs/{id}/steps', path)) as unknown as Promise<Step[]> });
  const files = useQuery({ queryKey: ['artifacts', job.id], queryFn: () => ask(api.GET('/invoicing/v2/jobs/{id}/artifacts', path)) as unknown as Promise<Artifact[]> });
  return (
    <Page title={`Trabajo ${job.id}`} back={{ to: '/trabajos', text: 'En vivo' }} lead={job.merchant_name ?? 'Comercio por identificar'}
      actions={<>
        {!over && <Chip size="small" variant="outlined" color={connected ? 'success' : 'warning'} label={connected ? 'En vivo' : 'Reconectando…'} />}
        <StatusChip status={job.status} paused={job.estado === 'pausado' && job.status === 'en_cola'} />
        <JobActions job={job} />
      </>}>
      <div role="status" aria-live="polite">
        <LinearProgress variant="determinate" value={job.progress_percentage} aria-label="Avance" sx={{ height: 6, borderRadius: 1 }} />
        <Typography variant="body2" color="textSecondary" sx={{ mt: 0.5 }}>{STATUS[job.status]?.text ?? job.status}, {job.progress_percentage} %</Typography>
      </div>
      {job.requires_intervention && (
        <Alert severity="warning" action={<Button component={RouterLink} to={`/intervenciones?trabajo=${job.id}`} color="inherit">Atender</Button>}>
          <AlertTitle>Espera a una persona</AlertTitle>{job.intervention_instructions}
        </Alert>
      )}
      {!job.requires_intervention && (job.outcome || job.human_explanation) && (
        <Alert severity={job.status === 'completado' ? 'success' : over ? 'error' : 'info'}>
          <AlertTitle>{job.outcome ? OUTCOME[job.outcome] ?? job.outcome : STATUS[job.status]?.text}</AlertTitle>{job.outcome_detail ?? job.human_explanation}
        </Alert>
      )}
      <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: { xs: '1fr', lg: 'minmax(0, 7fr) minmax(0, 4fr)' }, alignItems: 'start' }}>
        <Section title="Pasos"><Loaded query={steps}>{list => <Timeline steps={list} />}</Loaded></Section>
        <Stack spacing={2.5}>
          <Section title="Datos del trabajo">
            <Facts of={[
              ['Ticket', <Link key="ticket" component={RouterLink} to={`/tickets/${job.ticket_id}`}>{job.ticket_id}</Link>],
              ['Lote', job.batch_id ? <Link key="batch" component={RouterLink} to={`/lotes/${job.batch_id}`}>{job.batch_id}</Link> : '—'],
              ['Prioridad', PRIORITY[job.priority]], ['Reintentos', `${job.retry_count} de ${job.max_retries}`], ['Creado', atTime(job.created_at)], ['Comenzó', atTime(job.started_at)],
              ['Terminó', atTime(job.completed_at)], ['Duración', lasted(job.total_time_ms)], ...(job.next_attempt_at ? [['Próximo intento', atTime(job.next_attempt_at)] as [string, string]] : []),
              ['Última página', job.final_url ? <Link key="url" href={job.final_url} target="_blank" rel="noreferrer noopener">{job.final_url}</Link> : '—'],
            ]} />
          </Section>
          <Section title="Costo">
            <Facts of={Object.entries(job.cost_breakdown).map(([part, cost]) => [COST[part] ?? part, dollars(cost)] as [string, string])} />
            {Object.keys(job.cost_breakdown).length === 0 && <Typography color="textSecondary" variant="body2">Se calcula al terminar.</Typography>}
          </Section>
          <Section title="Archivos">
            <Loaded query={files} lines={2}>{list => <Files files={list} />}</Loaded>
          </Section>
        </Stack>
      </Box>
    </Page>
  );
}

function Files({ files }: { files: Artifact[] }) {
  if (files.length === 0) return <Typography color="textSecondary" variant="body2">Todavía no hay archivos.</Typography>;
  return (
    <List dense disablePadding>
      {files.map(file => (
        <ListItem key={file.id} disableGutters secondaryAction={<Button size="small" aria-label={`Descargar ${file.file_name}`} onClick={() => void download(file.url, file.file_name)}>Descargar</Button>}>
          <ListItemText primary={FILES[file.kind] ?? file.kind} secondary={`${file.file_name} · ${(file.size / 1024).toFixed(0)} KB`} slotProps={{ secondary: { sx: { overflowWrap: 'anywhere', pr: 8 } } }} />
        </ListItem>
      ))}
    </List>
  );
}
